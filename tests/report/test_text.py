"""The terminal report: any width, with and without colour, whatever the input holds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.assess.project import project_publicly
from handrail.report import markdown, text
from handrail.report.columns import columns, wrap
from handrail.report.formats import FORMATS, ReportInput
from handrail.report.view import view_of
from tests.report.small import ALL_SHOWN, CASES, CATALOG, FIRST_RUN, MIXED, Project, bundle_of, control, done, seen

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = "Au\x1b[31mro\nra \u202eevil\u202c ::error::x ##[group]"


def report(one: Project, *, width: int = 80, colour: bool = False, verbose: bool = False) -> str:
    return text.render(one.assessment(), CATALOG, one.declaration(), width=width, colour=colour, verbose=verbose)


def named(name: str) -> Project:
    return Project(controls=MIXED.controls, seen=MIXED.seen, waivers=MIXED.waivers, name=name)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("width", [40, 50, 80, 100])
def test_no_line_is_wider_than_the_terminal(case: str, width: int) -> None:
    assert max(map(columns, report(CASES[case], width=width, verbose=True).splitlines())) <= width


def test_a_terminal_that_is_too_narrow_gets_forty_columns() -> None:
    assert report(MIXED, width=3) == report(MIXED, width=40)


@pytest.mark.parametrize("case", CASES)
def test_colour_adds_escapes_and_changes_no_word(case: str) -> None:
    coloured = report(CASES[case], colour=True)
    assert "\x1b[" in coloured
    assert ESCAPES.sub("", coloured) == report(CASES[case])


def test_all_open_findings_have_one_colour() -> None:
    coloured = report(MIXED, colour=True)
    styles = {
        w: set(re.findall(rf"(\x1b\[[0-9;]*m){w}\x1b", coloured)) for w in ("not-satisfied", "undetermined", "partial")
    }
    assert all(styles.values())
    assert len(set.union(*styles.values())) == 1


def test_hostile_input_cannot_reach_the_terminal() -> None:
    shown = report(named(HOSTILE))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "##[" not in shown
    assert not [line for line in shown.splitlines() if line.startswith("::")]


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1).filter(lambda s: s.strip()), st.integers(40, 100))
def test_any_name_keeps_the_report_in_its_columns(name: str, width: int) -> None:
    lines = report(named(name), width=width).splitlines()
    assert max(map(columns, lines)) <= width
    assert all(line.isprintable() for line in lines)


def test_open_must_controls_stand_under_phase_and_principle_with_chain_and_reasons() -> None:
    shown = report(MIXED)
    assert "  Deploy: Guard the service (SRV)\n  ? SRV-01 Let people report\n" in shown
    assert "blocked by SRV-01 \u2190 REP-01" in shown
    assert "The project says that this is planned." in shown


def test_a_chain_names_no_control_twice() -> None:
    bundle = bundle_of(
        control("A-01", "Root"),
        control("A-02", "Middle", requires=["A-01"]),
        control("A-03", "Top", requires=["A-01", "A-02"]),
    )
    done_but_waiting = {one: done("record") for one in ("A-02", "A-03")}
    one = Project(controls=done_but_waiting, seen={key: {"record": seen()} for key in done_but_waiting})
    shown = text.render(one.assessment(bundle), bundle, one.declaration(), width=80, colour=False)
    assert "      blocked by A-01, A-02\n" in shown


def test_three_counts_add_up_to_the_must_controls_that_apply() -> None:
    for one in CASES.values():
        view = view_of(one.assessment(), CATALOG, one.declaration())
        must = one.assessment().summary.must
        applicable = sum(n for finding, n in must.items() if finding.value != "not-applicable")
        assert sum(count for count, _ in view.counts) == applicable


def test_a_first_run_reads_as_not_answered() -> None:
    view = view_of(FIRST_RUN.assessment(), CATALOG, FIRST_RUN.declaration())
    assert view.counts == ((0, "shown"), (0, "declared but not shown"), (8, "not answered"))


def test_verbose_names_every_control_and_plain_only_the_open_must() -> None:
    assert all(one in report(MIXED, verbose=True) for one in CATALOG.controls)
    assert "REP-02" not in report(MIXED)
    assert "DAT-02" not in report(MIXED)


def test_a_prerequisite_outside_the_checklists_is_shown_and_not_counted() -> None:
    one = Project(controls=MIXED.controls, seen=MIXED.seen, checklists=("developer",))
    shown = report(one)
    assert "Open prerequisites that no chosen checklist holds" in shown
    assert "REP-01 Prepare the route" in shown
    assert "REP-01" not in one.assessment().summary.open_must


def test_nothing_open_has_no_empty_parts() -> None:
    shown = report(ALL_SHOWN)
    assert "Open MUST" not in shown
    assert "Next steps" not in shown
    assert "Waivers" not in shown
    assert "handrail explain" not in shown


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_several_projects_stand_one_after_the_other(name: str) -> None:
    projects = [named("First"), named("Second")]
    both = FORMATS[name](
        ReportInput(
            assessments=tuple(p.assessment() for p in projects),
            declarations=tuple(p.declaration() for p in projects),
            bundle=CATALOG,
        )
    )
    assert both.index("First 2.1") < both.index("Second 2.1")
    assert both.count("has endorsed it.") == 2


@pytest.mark.parametrize("name", FORMATS)
def test_no_project_gives_an_empty_report(name: str) -> None:
    assert FORMATS[name](ReportInput(assessments=(), declarations=(), bundle=CATALOG)).strip() in ("", "[]")


HOSTILE_MARKUP = "# <img src=x onerror=y> [a](javascript:b) @someone `c` **d** | e"


def test_markdown_shows_hostile_names_titles_and_reasons_as_text() -> None:
    from markdown_it import MarkdownIt

    bundle = bundle_of(control("A-01", HOSTILE_MARKUP, allow={"waive": "true"}), titles={"A": HOSTILE_MARKUP})
    waiver = {
        "control": "A-01",
        "reason": HOSTILE_MARKUP,
        "granted": "2026-09-01",
        "expires": "2027-03-01",
        "approved_by": HOSTILE_MARKUP,
    }
    one = Project(name=HOSTILE_MARKUP, waivers=(waiver,), controls={"A-01": done("record")})
    made = markdown.render(one.assessment(bundle), bundle, one.declaration(), verbose=True)
    assert "<img" not in made
    rendered = MarkdownIt("commonmark", {"html": False}).enable("table").render(made)
    assert rendered.count("img src=x onerror=y") > 5
    assert "<a" not in rendered
    assert "<code>" not in rendered
    assert "<strong>d" not in rendered
    assert "@someone" not in rendered


def test_public_report_and_internal_report_speak_of_the_same_counts() -> None:
    view = view_of(MIXED.assessment(), CATALOG, MIXED.declaration())
    public = project_publicly(MIXED.assessment(), CATALOG, MIXED.declaration())
    assert public.headline.satisfied == view.counts[0][0]
    assert public.headline.must == sum(count for count, _ in view.counts)


@pytest.mark.parametrize(
    ("given", "width", "lines"),
    [
        ("", 10, []),
        ("a b c", 3, ["a b", "c"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdef", 4, ["a", "abcd", "ef"]),
        ("\u6f22\u5b57\u6f22", 4, ["\u6f22\u5b57", "\u6f22"]),
    ],
)
def test_lines_break_between_words_and_else_inside_them(given: str, width: int, lines: list[str]) -> None:
    assert wrap(given, width) == lines


@given(st.text(), st.integers(6, 30))
def test_wrapping_keeps_every_character_that_is_not_space(given: str, width: int) -> None:
    lines = wrap(given, width, first="  ", rest="    ")
    assert "".join("".join(lines).split()) == "".join(given.split())
    assert all(columns(line) <= width for line in lines)


def test_controls_with_the_same_reasons_are_told_together() -> None:
    bundle = bundle_of(control("A-01", "One"), control("A-02", "Two"), control("A-03", "Three"))
    one = Project(controls={"A-03": done("record")}, seen={"A-03": {"record": seen("missing")}})
    shown = text.render(one.assessment(bundle), bundle, one.declaration(), width=80, colour=False)
    assert (
        "  ? A-01 One\n  ? A-02 Two\n      each undetermined, MUST (this catalogue)\n"
        "      The declaration has no answer for this control.\n  ? A-03 Three\n      undetermined, MUST" in shown
    )
