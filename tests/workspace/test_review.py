"""Confirmed answers in their file: tied to today's text, the others as they were, and every other line untouched."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.assess.review import ToReview, to_review
from handrail.catalog.fingerprint import fingerprint
from handrail.model.bundle import Bundle
from handrail.model.vocabulary import Release
from handrail.source.diagnostics import Collector, InputError
from handrail.workspace.load import ProjectFiles, load_project
from handrail.workspace.review import rewritten, write_rewritten
from tests.report.small import AS_OF, DIGEST, bundle_of, control

OLD_DIGEST, UNKNOWN = "sha256:" + "2" * 64, "sha256:" + "3" * 64
IDS = ("DAT-01", "DAT-02", "DAT-03")
SCOPE = {"DAT-01": "organisation", "DAT-02": "model", "DAT-03": "model"}


def catalog(changed: Iterable[str] = IDS, *, version: str = "1.2.0", released: str = "1.0.0") -> Bundle:
    """Today's catalog, whose release lists other texts for what has changed."""
    made = bundle_of(*(control(one, one, scope=SCOPE[one]) for one in IDS))
    then = {**made.fingerprints, **{one: fingerprint(f"Earlier {one}.") for one in changed}}
    release = Release.model_validate({"version": released, "date": AS_OF, "digest": OLD_DIGEST, "fingerprints": then})
    info = made.catalog.model_copy(update={"version": version})
    return made.model_copy(update={"releases": (release,), "catalog": info})


def project(folder: Path, text: str) -> ProjectFiles:
    (folder / "handrail.yaml").write_text(text)
    loaded = load_project(folder / "handrail.yaml", out := Collector())
    assert loaded is not None, out.sorted()
    return loaded


def needed(one: ProjectFiles, bundle: Bundle) -> tuple[ToReview, ...]:
    shared = one.organisation.value if one.organisation else None
    return to_review(one.declaration.value, shared, bundle, DIGEST)


def confirm(one: ProjectFiles, bundle: Bundle, *controls: str) -> str:
    """The project's own file after these answers were confirmed."""
    chosen = [each for each in needed(one, bundle) if each.control in controls]
    assert {each.control for each in chosen} == set(controls)
    (change,) = rewritten(one, chosen, bundle, DIGEST)
    return change.data.decode()


HEAD = "# Ours.\nhandrail: 1\ncatalog: {version: '1.0', digest: " + OLD_DIGEST + "}  # then\n"
TEXT = (
    HEAD
    + """\
project: {id: mine, name: Mine}

controls:
  # --- Data ---
  DAT-02:
    # why
    state: implemented   # indeed
    evidence:
      - {for: record, path: a.md}

  DAT-03: {state: planned}
"""
)


def test_where_all_is_current_the_pin_moves_and_nothing_else(tmp_path: Path) -> None:
    made = confirm(project(tmp_path, TEXT), catalog(), "DAT-02", "DAT-03")
    assert made == TEXT.replace("'1.0'", "'1.2'").replace(OLD_DIGEST, DIGEST)


def test_where_some_are_not_the_confirmed_take_the_fingerprint_above_their_evidence(tmp_path: Path) -> None:
    bundle = catalog()
    made = confirm(project(tmp_path, TEXT), bundle, "DAT-02")
    line = f"    statement: {bundle.fingerprints['DAT-02']}\n"
    assert made == TEXT.replace("    evidence:\n", line + "    evidence:\n")


def test_an_answer_on_one_line_takes_it_there(tmp_path: Path) -> None:
    bundle = catalog()
    made = confirm(project(tmp_path, TEXT), bundle, "DAT-03")
    assert made == TEXT.replace("{state: planned}", f"{{state: planned, statement: {bundle.fingerprints['DAT-03']}}}")


def test_lines_that_are_no_longer_needed_go_when_the_pin_moves(tmp_path: Path) -> None:
    bundle = catalog()
    stamped = confirm(project(tmp_path, TEXT), bundle, "DAT-02")
    made = confirm(project(tmp_path, stamped), bundle, "DAT-03")
    assert made == TEXT.replace("'1.0'", "'1.2'").replace(OLD_DIGEST, DIGEST)


def test_an_answer_that_the_pin_ties_to_the_text_of_today_needs_no_line(tmp_path: Path) -> None:
    text = TEXT.replace("    state: implemented", "    statement: 0000000000000000\n    state: implemented")
    bundle = catalog(["DAT-03"])
    assert confirm(project(tmp_path, text), bundle, "DAT-02") == TEXT


def test_ahead_of_its_release_a_catalog_is_no_pin(tmp_path: Path) -> None:
    bundle = catalog(version="1.0.0")
    made = confirm(project(tmp_path, TEXT), bundle, "DAT-02", "DAT-03")
    assert HEAD in made
    assert made.count("statement:") == 2


@pytest.mark.parametrize(
    ("pin", "then"),
    [
        ("", f"catalog:\n  version: 1.2.0\n  digest: {DIGEST}\n"),
        (f"catalog: {{digest: {UNKNOWN}}}\n", f"catalog: {{digest: {DIGEST}}}\n"),
        ('catalog:\n  version: "1.2"\n', f'catalog:\n  version: "1.2"\n  digest: {DIGEST}\n'),
        (f"catalog:\n  digest: {UNKNOWN}\n  version: 1.1.9\n", f"catalog:\n  digest: {DIGEST}\n  version: 1.2\n"),
    ],
)
def test_a_pin_that_names_nothing_known_is_made_whole(pin: str, then: str, tmp_path: Path) -> None:
    head, rest = "handrail: 1\n", "project: {id: mine, name: Mine}\ncontrols:\n  DAT-02: {state: implemented}\n"
    assert confirm(project(tmp_path, head + pin + rest), catalog(), "DAT-02") == head + then + rest


def test_the_organisations_answers_are_confirmed_in_its_file(tmp_path: Path) -> None:
    shared = "handrail: 1\norganisation: {id: they, name: They}\ncontrols:\n  DAT-01: {state: implemented}  # all\n"
    (tmp_path / "organisation.yaml").write_text(shared)
    (tmp_path / "p").mkdir()
    text = TEXT.replace("project:", "organisation: ../organisation.yaml\nproject:")
    here = project(tmp_path / "p", text)
    bundle = catalog()
    write_rewritten(rewritten(here, needed(here, bundle), bundle, DIGEST))
    made = (tmp_path / "organisation.yaml").read_text()
    assert DIGEST in made
    assert "  DAT-01: {state: implemented}  # all\n" in made
    assert needed(project(tmp_path / "p", (tmp_path / "p" / "handrail.yaml").read_text()), bundle) == ()


def test_what_cannot_be_changed_for_certain_is_told_with_what_to_write(tmp_path: Path) -> None:
    here = project(tmp_path, "{handrail: 1, project: {id: mine, name: Mine}, controls: {DAT-02: {state: planned}}}\n")
    with pytest.raises(InputError) as caught:
        confirm(here, catalog(), "DAT-02")
    (one,) = caught.value.diagnostics
    assert one.code == "HR404"
    assert f"`digest: {DIGEST}` under `catalog`" in one.help


def test_a_file_that_somebody_changed_meanwhile_stops_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "organisation.yaml").write_text(
        "handrail: 1\norganisation: {id: they, name: They}\ncontrols:\n  DAT-01: {state: implemented}\n"
    )
    here = project(tmp_path, TEXT.replace("project:", "organisation: organisation.yaml\nproject:"))
    changes = rewritten(here, needed(here, catalog()), catalog(), DIGEST)
    assert len(changes) == 2
    (tmp_path / "organisation.yaml").write_text("handrail: 1\n")
    with pytest.raises(InputError, match="was changed by somebody else"):
        write_rewritten(changes)
    assert (tmp_path / "handrail.yaml").read_bytes() == here.declaration.data


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_what_is_confirmed_is_current_and_nothing_else_becomes_so(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The law of a review: afterwards exactly the answers that were not confirmed are left, tied as before."""
    bundle = catalog(
        data.draw(st.sets(st.sampled_from(IDS))), version=data.draw(st.sampled_from(["1.0.0", "1.2.0", "2.0.0"]))
    )
    pin = data.draw(st.sampled_from([OLD_DIGEST, UNKNOWN, DIGEST, None]))
    lines = ["handrail: 1", *([f'catalog: {{version: "1.0", digest: {pin}}}'] if pin else [])]
    lines += ["project: {id: mine, name: Mine}", "controls:"]
    for one in IDS:
        tie = data.draw(st.sampled_from([None, "0" * 16, bundle.fingerprints[one]]))
        lines += [f"  {one}:", "    state: implemented", *([f"    statement: {tie}"] if tie else [])]
    folder = tmp_path_factory.mktemp("law")
    here = project(folder, "\n".join(lines) + "\n")
    found = needed(here, bundle)
    chosen = [one for one in found if data.draw(st.booleans())]
    write_rewritten(rewritten(here, chosen, bundle, DIGEST))
    after = project(folder, (folder / "handrail.yaml").read_text())
    left = {one.control: one.tied_to for one in found if one not in chosen}
    assert {one.control: one.tied_to for one in needed(after, bundle)} == left
