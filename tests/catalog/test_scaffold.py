"""`handrail new`, by function: what is written lints once its blanks are filled, and nothing else changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.catalog.propose import ProposalRefused, Proposed, known_names, propose
from handrail.catalog.scaffold import filled, known_of
from handrail.catalog.scaffold_forms import Shape
from handrail.catalog.scaffold_rows_around import FORMS
from handrail.catalog.scaffold_text import text_of
from handrail.source.diagnostics import InputError
from handrail.source.edit import EditRefused
from handrail.source.lines import appended
from tests.catalog.cases import SRC, bundle_of, checked, edited, overlaid

STEWARDS = "principles/stewards.yaml"
BEGUN: dict[str, dict[str, Any]] = {
    "control": {"principle": "SRC"},
    "principle": {"id": "CAR", "phase": "deploy", "since": "1.1"},
    "checklist": {"id": "host"},
    "reference": {"id": "code", "reviewed-on": "2026-11-24"},
    "steward": {"id": "them"},
}
WRITTEN = {
    "who MUST, SHOULD or MAY do what": "The organisation MUST keep a list of who may read the data.",
    "the same as a question": "Is there a list of who may read the data?",
    "must, should or may": "must",
    "whose answer it is": "organisation",
    "S, M or L": "S",
    "who keeps it": "us",
    "develop, deploy": "deploy",
    "a control, such as": "SRC-01",
    "law, code": "code",
    "in-force": "voluntary",
    "how well you know it": "secondary",
    "the number of a clause": '"4"',
}
"""The beginning of what a blank asks for -> what a contributor writes; anything else is answered with a few words."""


def begun(folder: Path, form: str, **answers: Any) -> Proposed:
    return propose(folder, FORMS[form], {**BEGUN[form], **answers}, known_names(folder))


def fill(folder: Path, path: str) -> None:
    """Write something for every blank, as a contributor does in an editor."""
    file = folder / path
    lines = []
    for line in file.read_text(encoding="utf-8").splitlines():
        head, dots, wanted = line.partition("... ")
        if dots and not head.strip(' -"').endswith("#"):
            words = next((v for k, v in WRITTEN.items() if wanted.startswith(k)), "Some words of our own")
            line = head.rstrip('"') + words + (":" if wanted.endswith(":") else "")
        lines.append(line)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_what_is_begun_lints_clean_once_its_blanks_are_filled(form: str, tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    done = begun(folder, form)
    out, _, _ = checked(folder)
    assert done.blanks > 1
    assert [one.code for one in out.sorted()] == ["HR254"] * done.blanks, "a blank is told, and nothing else"
    assert len({one.message for one in out.sorted()}) > 1
    fill(folder, done.path)
    out, sources, bundle = checked(folder)
    assert [f"{one.code} {one.message}" for one in out.sorted()] == []
    assert bundle is not None
    if form == "control":
        assert sources.controls["SRC-03"].status == "draft", "it needs neither evidence nor a checklist"


def test_a_file_keeps_every_line_that_it_had(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    before = (folder / SRC).read_text() + "    # the last word on it\n\n# and on all of them\n"
    (folder / SRC).write_text(before)
    done = begun(folder, "control")
    after = (folder / SRC).read_text().splitlines()
    assert after[done.line - 1].startswith("  - id: SRC-03")
    assert after[: done.line - 1] == before.splitlines()[:-2]
    assert after[-2:] == before.splitlines()[-2:]


def test_an_id_is_never_used_again(tmp_path: Path) -> None:
    folder = edited(overlaid(tmp_path), SRC, ("effort: M", "effort: M\n    status: retired"))
    assert begun(folder, "control").id == "SRC-03", "a retired control keeps its id"
    assert begun(folder, "control").id == "SRC-04", "so does one that is still full of blanks"
    (folder / "principles/releases.yaml").write_text(
        'releases:\n  - version: "1.0"\n    date: 2026-01-01\n    digest: "' + "0" * 64 + '"\n'
        '    fingerprints: {SRC-11: "0000000000000000", OLD-01: "0000000000000000"}\n'
    )
    assert begun(folder, "control").id == "SRC-12", "so does one that was released and taken out"
    with pytest.raises(ProposalRefused, match="an id is never used again"):
        begun(folder, "principle", id="OLD")


def test_the_site_knows_the_same_next_ids_as_the_folder(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    assert known_of(bundle_of(folder)).next_control("SRC") == known_names(folder).next_control("SRC") == "SRC-03"
    assert known_names(folder).next_control("NEW") == "NEW-01"


def test_two_who_took_the_same_id_are_told_with_both_places(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    begun(folder, "control", title="One")
    fill(folder, SRC)
    lines = (folder / SRC).read_text().splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if "SRC-03" in line)
    theirs = "".join(lines[at:]).replace("title: One", "title: Another")
    (folder / SRC).write_text("".join(lines) + theirs)
    out, _, _ = checked(folder)
    told = [one for one in out.sorted() if one.code == "HR202"]
    assert [one.message for one in told] == ["control `SRC-03` is given twice"]
    assert told[0].span is not None
    assert told[0].also[0][0].line == at + 1
    assert told[0].span.line == len(lines) + 1


@pytest.mark.parametrize(
    ("form", "path"), [("checklist", "checklists/host.yaml"), ("principle", "principles/deploy/car.yaml")]
)
def test_nothing_is_ever_overwritten(form: str, path: str, tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    (folder / path).parent.mkdir(exist_ok=True)
    (folder / path).write_text("mine: yes\n")
    with pytest.raises((InputError, ProposalRefused), match="already"):
        begun(folder, form)
    assert (folder / path).read_text() == "mine: yes\n"


@pytest.mark.parametrize(
    ("form", "answers", "why"),
    [
        ("control", {"principle": "XYZ"}, "no principle `XYZ`"),
        ("principle", {"id": "src"}, "capital letters"),
        ("principle", {"id": "SRC"}, "a principle already"),
        ("reference", {"id": "act"}, "already"),
        ("steward", {"id": "us"}, "already"),
        ("checklist", {"id": "../up"}, "small letters and hyphens"),
        ("control", {"title": "red \x1b[31m"}, "cannot be shown"),
        ("control", {"title": "two\u2028lines"}, "cannot be shown"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused_and_nothing_is_written(
    form: str, answers: dict[str, str], why: str, tmp_path: Path
) -> None:
    folder = overlaid(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    with pytest.raises(ProposalRefused, match=why):
        begun(folder, form, **answers)
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before


def test_a_day_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        begun(overlaid(tmp_path), "reference", **{"reviewed-on": "yesterday"})
    assert [one.code for one in caught.value.diagnostics] == ["HR104"]


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=60
).filter(lambda text: text.strip() and "\ufeff" not in text and "\ufffe" not in text and "\uffff" not in text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FORMS)), st.lists(TEXT, min_size=3, max_size=3))
def test_an_answer_never_becomes_anything_but_text(form: str, texts: list[str]) -> None:
    keys = [field.key for field in FORMS[form].fields if field.shape in (Shape.LINE, Shape.TEXT, Shape.MARKDOWN)]
    answers = {key: texts[at % 3] for at, key in enumerate(keys)}
    text_of(FORMS[form], filled(FORMS[form], answers))  # it compares what it reads with what it was given


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("principle: {id: A}\n", "principle: {id: A}\ncontrols:\n  - id: A-01\n"),
        ("controls: [] # none\n", "controls: # none\n  - id: A-01\n"),
        ("controls:\nmore: x\n", "controls:\n  - id: A-01\nmore: x\n"),
        (
            "controls:\n- id: B\n  x: |\n    # no remark\nmore: x\n",
            "controls:\n- id: B\n  x: |\n    # no remark\n- id: A-01\nmore: x\n",
        ),
        ("controls:\n    - id: B\n\n    - id: C", "controls:\n    - id: B\n\n    - id: C\n\n    - id: A-01\n"),
        ("\ufeffcontrols:\r\n  - id: B\r\n# end\r\n", "\ufeffcontrols:\r\n  - id: B\r\n  - id: A-01\r\n# end\r\n"),
    ],
)
def test_an_item_is_added_as_the_file_is_laid_out(before: str, after: str) -> None:
    assert appended(before.encode(), "controls", "- id: A-01\n").decode() == after


@pytest.mark.parametrize("before", ["controls: [{id: B}]\n", "controls: text\n", "[a, b]\n", "controls: {a: b}\n"])
def test_what_cannot_be_added_to_for_certain_is_left(before: str) -> None:
    with pytest.raises(EditRefused):
        appended(before.encode(), "controls", "- id: A-01\n")
