"""What `diff` says, with hostile text in every place: each output is inert in its sink."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from handrail.assess.impact import ProjectImpact, Shift
from handrail.catalog.bundle import digest, to_bytes
from handrail.catalog.change import Change
from handrail.catalog.classes import KINDS, Class
from handrail.catalog.compare import Comparison, compare
from handrail.catalog.compiling import compile_directory
from handrail.catalog.sides import Side, read_side
from handrail.model.terms import Finding
from handrail.report import impact as impact_report
from handrail.report.canonical import values_to_json
from handrail.report.catalog_difference import DifferenceInput, change_lines, outline, titles_of, values
from handrail.report.outline import Outline, as_markdown, as_text
from handrail.report.sheet import Sheet
from tests.catalog.compare_cases import FILES
from tests.report.test_hostile_formats import HOSTILE

AS_OF = date(2026, 11, 24)


@pytest.fixture(scope="module")
def side(tmp_path_factory: pytest.TempPathFactory) -> Side:
    folder: Path = tmp_path_factory.mktemp("catalog")
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "bundle.json").write_bytes(compile_directory(folder))
    return read_side(str(folder / "bundle.json"))


def hostile(side: Side, text: str) -> DifferenceInput:
    """The catalog against one with the text in every place that a partner writes."""
    first, second, *others = side.bundle.controls.values()
    evidence = tuple(
        one.model_copy(update={"title": text, "kind": "file"}) if hasattr(one, "title") else one
        for one in first.evidence
    )
    changed = {
        first.id: first.model_copy(update={"title": text, "statement": text, "guidance": text, "evidence": evidence}),
        second.id: second.model_copy(update={"applies_when": {}, "evidence": (*second.evidence, *evidence)}),
        **{one.id: one for one in others[:-1]},
    }
    *lists, checklist = side.bundle.checklists
    tailored = {"SRC-02": next(iter(checklist.tailoring.values())).model_copy(update={"level": None, "because": text})}
    bundle = side.bundle.model_copy(
        update={
            "catalog": side.bundle.catalog.model_copy(update={"title": text, "licence": text}),
            "controls": changed,
            "fingerprints": dict.fromkeys(changed, "0" * 16),
            "checklists": (checklist.model_copy(update={"tailoring": tailored}), *lists),
        }
    )
    new = Side(name=text, bundle=bundle, digest=digest(to_bytes(side.bundle)))
    comparison = compare(side.bundle, bundle, new_digest=new.digest, because={"SRC-01": text})
    return DifferenceInput(
        comparison=comparison, old=side, new=new, fail_on=Class.WEAKENING, titles=titles_of(side, new)
    )


def felt(text: str, *, named: bool) -> impact_report.ImpactInput:
    """The impact on a project, with the text as the title of a control and of what is not known."""
    shift = Shift(
        control="SRC-01",
        before=Finding.SATISFIED,
        after=None,
        review=True,
        gap_from=date(2027, 1, 1),
        gap_closed=True,
    )
    project = ProjectImpact(project=text, shifts=(shift,), unread=(f"evidence SRC-01: {text}",))
    return impact_report.ImpactInput(projects=(project,), as_of=AS_OF, titles={"SRC-01": text}, named=named)


def outlines(side: Side, text: str) -> list[Outline]:
    return [outline(hostile(side, text)), impact_report.outline(felt(text, named=True))]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
@pytest.mark.parametrize("width", [40, 80])
def test_hostile_text_is_inert_in_a_terminal(text: str, width: int, side: Side) -> None:
    for one in outlines(side, text):
        lines = as_text(one, Sheet(width=width)).split("\n")
        assert all(line.isprintable() for line in lines)
        assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
        assert all(len(line) <= width or not line.isascii() for line in lines)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_text_is_inert_in_markdown(text: str, side: Side) -> None:
    for one in outlines(side, text):
        made = as_markdown(one)
        kinds = {token.type for block in MarkdownIt().parse(made) for token in (block, *(block.children or ()))}
        assert kinds <= {
            *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special"),
            *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
            *("strong_open", "strong_close", "softbreak", "html_inline"),
        }
        html = [
            token.content
            for block in MarkdownIt().parse(made)
            for token in block.children or ()
            if token.type == "html_inline"
        ]
        assert set(html) <= {"<br>"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_text_comes_back_whole_from_json(text: str, side: Side) -> None:
    given = hostile(side, text)
    made = values_to_json(values(given) | {"impact": impact_report.values(felt(text, named=True))})
    assert made.replace("\n", "").isprintable()
    assert "##[" not in made
    read = json.loads(made)
    assert read["new"]["name"] == text
    assert any(one["after"] == text for one in read["changes"])
    assert read["impact"]["named"][0]["id"] == text


def test_a_project_is_named_in_no_output_that_did_not_ask_for_it() -> None:
    project = ProjectImpact(project="painter", shifts=felt("x", named=False).projects[0].shifts, unread=("answer X",))
    for named in (False, True):
        given = impact_report.ImpactInput(projects=(project,), as_of=AS_OF, titles={}, named=named)
        shown = impact_report.outline(given)
        for text in (as_text(shown, Sheet()), as_markdown(shown), values_to_json(impact_report.values(given))):
            assert ("painter" in text) is named


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_of_change_reads_as_a_sentence(kind: str) -> None:
    for before, after in (("was", "is"), ("was", None), (None, "is"), (None, None)):
        first, *_ = change_lines(Change(kind=kind, at="SRC-01", before=before, after=after))
        assert first[0].isupper()
        assert "None" not in first
        assert ".:" not in first


def test_the_version_is_told_in_every_case() -> None:
    def told(old: str, new: str, *kinds: str) -> str:
        changes = tuple(Change(kind=one, at="SRC-01") for one in kinds)
        comparison = Comparison(old_version=old, new_version=new, changes=changes)
        side = Side(name="x", bundle=None, digest="")  # type: ignore[arg-type]  # no bundle is looked at
        return outline(DifferenceInput(comparison=comparison, old=side, new=side)).lines[-1]

    assert told("1.0.0", "1.0.0") == "Version 1.0.0, before and after."
    assert told("1.0.0", "1.0.1") == "Version 1.0.0, now 1.0.1."
    assert told("1.0.1", "1.0.0", "level-raised") == "The version goes back, from 1.0.1 to 1.0.0."
    assert told("1.0", "1.0", "level-raised") == (
        "After 1.0 this is a minor step: the next release is 1.1.0 at least; it still says 1.0."
    )
    assert told("1.0.0", "1.0.1", "level-raised").endswith("the next release is 1.1.0 at least; it says 1.0.1.")
    assert told("1.0.0", "1.1.0", "level-raised") == "After 1.0.0 this is a minor step, and 1.1.0 takes it."


def test_the_impact_is_counted_over_projects() -> None:
    def shift(gap: date | None, *, review: bool = False) -> Shift:
        after = Finding.UNDETERMINED if gap == AS_OF else Finding.SATISFIED
        return Shift(
            control="SRC-01", before=Finding.SATISFIED, after=after, review=review, gap_from=gap, gap_closed=False
        )

    projects = (
        ProjectImpact(project="a", shifts=(shift(AS_OF, review=True),)),
        ProjectImpact(project="b", shifts=(shift(AS_OF),)),
        ProjectImpact(project="c", shifts=(shift(date(2027, 2, 1)),)),
        ProjectImpact(project="d", shifts=()),
    )
    given = impact_report.ImpactInput(projects=projects, as_of=AS_OF, titles={"SRC-01": "Keep a register"})
    said = as_text(impact_report.outline(given), Sheet())
    assert said.splitlines()[:5] == [
        "Impact on 4 projects, as of 2026-11-24",
        "  3 projects are concerned, 1 not.",
        "  2 projects: a finding changes today.",
        "  3 projects: a MUST gap opens, today or later.",
        "  1 project: an answer stands for an earlier text and is to be reviewed.",
    ]
    assert said.splitlines()[6:12] == [
        "By control",
        "  SRC-01 Keep a register",
        "      satisfied \u2192 undetermined: 2 projects",
        "      Answer to be reviewed: 1 project",
        "      MUST gap from today: 2 projects",
        "      MUST gap from 2027-02-01: 1 project",
    ]
