"""`init --update`: new questions and remarks come in, every answer stays tied to its text, and no more moves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from handrail.catalog.default import default_bundle
from handrail.catalog.fingerprint import fingerprint
from handrail.model.base import Selector
from handrail.model.bundle import Bundle
from handrail.model.catalog import Control, SameMeaning
from handrail.model.terms import Finding, Status
from handrail.model.vocabulary import Release
from handrail.source.diagnostics import Collector, InputError
from handrail.workspace.check import check_project
from handrail.workspace.newer import Newer
from handrail.workspace.starting import organisation_to_answer, to_answer
from handrail.workspace.starting_text import Said, declaration_text, organisation_text
from handrail.workspace.updating import update_file

ROOT = Path(__file__).parents[2]
AS_OF = date(2026, 11, 24)
OLD, OLD_DIGEST = default_bundle()
NEW_DIGEST = f"sha256:{'b' * 64}"
OLD_TEXT = OLD.fingerprints["SRC-02"]


def catalog_of(controls: Iterable[Control], *, releases: bool = True, lists: dict[str, str] | None = None) -> Bundle:
    """A later catalog with these controls; `lists` puts a control behind another one in every checklist."""
    by_id = {one.id: one for one in controls}
    principles = {one: OLD.principle_of.get(one, one.partition("-")[0]) for one in by_id}
    return OLD.model_copy(
        update={
            "catalog": OLD.catalog.model_copy(update={"version": "1.1.0"}),
            "controls": by_id,
            "fingerprints": {one.id: fingerprint(one.statement) for one in by_id.values()},
            "principle_of": principles,
            "order": (*(one for one in OLD.order if one in by_id), *(one for one in by_id if one not in OLD.controls)),
            "checklists": tuple(
                one.model_copy(
                    update={
                        "selects": one.selects.model_copy(update={"controls": _with(one.selects.controls, lists or {})})
                    }
                )
                for one in OLD.checklists
            ),
            "releases": (release(OLD),) if releases else (),
        }
    )


def _with(ids: Iterable[str], lists: dict[str, str]) -> tuple[str, ...]:
    return tuple(new for one in ids for new in ((one, lists[one]) if one in lists else (one,)))


def release(bundle: Bundle) -> Release:
    return Release(version="1.0.0", date=AS_OF, digest=OLD_DIGEST, fingerprints=bundle.fingerprints)


def changed(one: str, **update: object) -> Control:
    return OLD.controls[one].model_copy(update=update)


OTHER = changed("SRC-02", statement="Something else MUST be done.", question="Is something else done?")
GONE = changed("SRC-05", status=Status.RETIRED, replaced_by="SRC-99")
FRESH = changed("SRC-05", id="SRC-99", requires=(), follows=())
NEW = catalog_of(
    [*(c for c in OLD.controls.values() if c.id not in ("SRC-02", "SRC-05")), OTHER, GONE, FRESH],
    lists={"SRC-02": "SRC-99"},
)


def update(path: Path, bundle: Bundle = NEW, **given: object) -> Newer | None:
    options = {"old": None, "organisation": False} | given
    return update_file(path, bundle, NEW_DIGEST, as_of=AS_OF, **options)[1]  # type: ignore[arg-type]  # see above


@pytest.fixture
def aurora(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path / "examples" / "aurora-image" / "handrail.yaml"


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """A file as `init` wrote it, and nothing in it answered."""
    facts: Selector = {"role": ("model-developer",), "modality": ("image",)}
    said = Said(fields={"id": "a", "name": "A"}, facts=facts, checklists=("model-developer",))
    questions = to_answer(OLD, facts, checklists=said.checklists, as_of=AS_OF)
    path = tmp_path / "handrail.yaml"
    path.write_text(declaration_text(said, questions, OLD, OLD_DIGEST))
    return path


def findings(path: Path, bundle: Bundle, digest: str) -> dict[str, tuple[Finding, str]]:
    out = Collector()
    checked = check_project(path, bundle, digest, out, as_of=AS_OF)
    assert checked is not None, out.sorted()
    return {
        one.control: (one.own, next((reason.code for reason in one.reasons), "")) for one in checked.assessment.findings
    }


def kept(old: str, new: str) -> bool:
    """Every old line is still there, in its order."""
    rest = iter(new.split("\n"))
    return all(line in rest for line in old.split("\n"))


def test_a_file_that_is_up_to_date_is_not_touched(aurora: Path) -> None:
    aurora.write_text(aurora.read_text() + "# PRV-05:\n")  # the one that the example leaves without an answer
    before = aurora.read_bytes()
    done = update_file(aurora, OLD, OLD_DIGEST, old=None, as_of=AS_OF, organisation=False)[1]
    assert done is None
    assert aurora.read_bytes() == before


def test_answers_stay_tied_to_their_text_and_only_those_that_changed_are_undetermined(aurora: Path) -> None:
    before = findings(aurora, OLD, OLD_DIGEST)
    done = update(aurora)
    assert done is not None
    assert (done.changed, done.retired, done.untied, done.pinned) == (("SRC-02",), ("SRC-05",), (), True)
    after = findings(aurora, NEW, NEW_DIGEST)
    assert before.pop("SRC-02")[0] is Finding.SATISFIED
    assert after.pop("SRC-02") == (Finding.UNDETERMINED, "requirement-changed")
    before.pop("SRC-05")
    assert after.pop("SRC-99") == (Finding.UNDETERMINED, "undeclared")
    assert after == before


def test_the_update_gives_the_findings_that_the_old_pin_gives(aurora: Path) -> None:
    wanted = findings(aurora, NEW, NEW_DIGEST)
    update(aurora)
    assert findings(aurora, NEW, NEW_DIGEST) == wanted


def test_every_line_but_the_pin_stays_and_the_update_is_done_once(aurora: Path) -> None:
    before = aurora.read_text()
    update(aurora)
    after = aurora.read_text()
    assert kept(before.replace(OLD_DIGEST, NEW_DIGEST).replace('version: "1.0"', 'version: "1.1"'), after)
    assert f"    statement: {OLD_TEXT}\n" in after
    assert "\n  # Retired: it is not judged any more; SRC-99 stands in its place.\n  SRC-05:\n" in after
    assert update(aurora) is None
    assert aurora.read_text() == after


def test_a_new_question_stands_behind_the_control_before_it_in_the_checklist(started: Path) -> None:
    before = started.read_text()
    done = update(started)
    assert done is not None
    assert (done.added, done.retired, done.reworded) == (("SRC-99",), ("SRC-05",), ("SRC-02",))
    after = started.read_text()
    blocks = re.findall("^#   ([A-Z]+-[0-9]+):$", after, re.MULTILINE)
    assert blocks[blocks.index("SRC-02") + 1] == "SRC-99"
    assert kept(before.replace(OLD_DIGEST, NEW_DIGEST).replace('version: "1.0"', 'version: "1.1"'), after)
    assert "\n# The text has changed since; the question is now: Is something else done?\n#   SRC-02:\n" in after
    assert update(started) is None
    assert set(findings(started, NEW, NEW_DIGEST).values()) == {(Finding.UNDETERMINED, "undeclared")}


def test_an_editorial_change_leaves_the_answer_as_it_is(aurora: Path) -> None:
    same = (SameMeaning(fingerprint=OLD_TEXT, reason="Shorter."),)
    mended = changed("SRC-02", statement="X MUST.", same_meaning_as=same)
    bundle = catalog_of([*(one for one in OLD.controls.values() if one.id != "SRC-02"), mended])
    before = findings(aurora, OLD, OLD_DIGEST)
    done = update(aurora, bundle)
    assert done is not None
    assert (done.changed, done.pinned) == ((), True)
    assert findings(aurora, bundle, NEW_DIGEST) == before


def test_an_answer_of_unknown_text_holds_the_pin_back(aurora: Path) -> None:
    bundle = NEW.model_copy(update={"releases": ()})
    done = update(aurora, bundle)
    assert done is not None
    assert not done.pinned
    assert "SRC-02" in done.untied
    assert OLD_DIGEST in aurora.read_text()
    assert findings(aurora, bundle, NEW_DIGEST)["SRC-02"] == (Finding.UNDETERMINED, "unreviewed")
    again = update(aurora, bundle)
    assert again is not None
    assert again.untied == done.untied
    assert again.data == aurora.read_bytes()


def test_the_earlier_catalog_may_be_named_where_no_release_is_listed(aurora: Path) -> None:
    bundle = NEW.model_copy(update={"releases": ()})
    done = update(aurora, bundle, old=(OLD, OLD_DIGEST))
    assert done is not None
    assert (done.changed, done.pinned) == (("SRC-02",), True)
    assert findings(aurora, bundle, NEW_DIGEST)["SRC-02"] == (Finding.UNDETERMINED, "requirement-changed")


def test_another_catalog_than_the_answers_were_written_for_ties_nothing(aurora: Path) -> None:
    bundle = NEW.model_copy(update={"releases": ()})
    done = update(aurora, bundle, old=(OLD, f"sha256:{'c' * 64}"))
    assert done is not None
    assert not done.pinned


def test_a_control_that_the_catalog_does_not_have_gets_a_remark(aurora: Path) -> None:
    bundle = catalog_of(c for c in OLD.controls.values() if c.id != "TST-05")
    done = update(aurora, bundle)
    assert done is not None
    assert done.unknown == ("TST-05",)
    assert "\n  # The catalog has no control of this name.\n  TST-05:\n" in aurora.read_text()
    assert update(aurora, bundle) is None


def test_a_file_without_any_question_gets_them_all_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "handrail.yaml"
    path.write_bytes(b"handrail: 1\r\nproject: {id: a, name: A}\r\nchecklists: [first-steps]")
    done = update(path, NEW)
    assert done is not None
    assert len(done.added) == 12
    data = path.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert b"\r\n# controls:\r\n" in data
    assert f"  version: 1.1.0\r\n  digest: {NEW_DIGEST}\r\n".encode() in data
    assert update(path, NEW) is None


def test_the_organisation_file_is_brought_up_to_date_too(tmp_path: Path) -> None:
    path = tmp_path / "organisation.yaml"
    fields = {"id": "a", "name": "A"}
    path.write_text(
        organisation_text(Said(fields=fields, facts={}), organisation_to_answer(OLD, as_of=AS_OF), OLD, OLD_DIGEST)
    )
    fresh = changed("GOV-03", id="GOV-99", requires=(), follows=())
    bundle = catalog_of([*OLD.controls.values(), fresh], lists={"GOV-01": "GOV-99"})
    done = update(tmp_path, bundle, organisation=True)
    assert done is not None
    assert done.added == ("GOV-99",)
    assert update(tmp_path, bundle, organisation=True) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("handrail: 1\nproject: {id: a, name: A}\nfacts: {role: [nobody]}\n", "HR303"),
        ("handrail: 1\nproject: {id: a, name: A}\nchecklists: [nothing]\n", "HR305"),
        ("handrail: 1\n", "HR102"),
        ("{handrail: 1, project: {id: a, name: A}}\n", "HR404"),
        ("a: [\n", "HR010"),
    ],
)
def test_a_file_that_cannot_be_used_stays_as_it_is(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "handrail.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as told:
        update(path)
    assert {one.code for one in told.value.diagnostics} == {code}
    assert path.read_text() == text


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        update(tmp_path)
    assert [one.code for one in told.value.diagnostics] == ["HR004"]
