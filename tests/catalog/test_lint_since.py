"""`lint --since` and the weights of rules, by function: what a change brought, and what may be told otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from handrail.catalog.compiling import Linted
from handrail.catalog.lint import RULES
from handrail.catalog.severity import WeightRefused, Weights
from handrail.catalog.since import brought, lint_earlier
from handrail.source.codes import CODES, Severity
from handrail.source.codes_endorsements import ENDORSEMENT_CODES
from handrail.source.codes_lint import LINT_CODES
from handrail.source.codes_translation import TRANSLATION_CODES
from handrail.source.diagnostics import InputError
from tests.catalog.cases import AS_OF, SRC, checked, edited, overlaid
from tests.repository import Repository

NO_MARK = ("Was each image screened?", "Each image was screened.")
LATER = ("  - id: SRC-01\n", "  # pushed\n  # down\n  - id: SRC-01\n")
HIDDEN = ("title: Keep a register", "title: Keep a re\u200bgister")


def linted(folder: Path) -> Linted:
    out, sources, bundle = checked(folder)
    return Linted(out, sources, bundle)


def new(before: Path, after: Path) -> list[str]:
    return [one.message for one in brought(lint_earlier(str(before), after, as_of=AS_OF), linted(after)).sorted()]


def test_what_was_there_is_not_shown_though_its_line_moved(tmp_path: Path) -> None:
    before = edited(overlaid(tmp_path / "old"), SRC, NO_MARK)
    after = edited(overlaid(tmp_path / "new"), SRC, NO_MARK, LATER)
    assert new(before, after) == []


def test_what_the_change_brought_is_shown_alone(tmp_path: Path) -> None:
    before = edited(overlaid(tmp_path / "old"), SRC, NO_MARK)
    after = edited(overlaid(tmp_path / "new"), SRC, NO_MARK, LATER, HIDDEN)
    assert new(before, after) == ["U+200B is invisible, or reorders what is shown"]


def test_of_two_alike_the_one_at_the_line_that_is_new_is_shown(tmp_path: Path) -> None:
    before = edited(overlaid(tmp_path / "old"), SRC, ("guidance: Ask", "guidance: A\u200bsk"))
    after = edited(overlaid(tmp_path / "new"), SRC, ("guidance: Ask", "guidance: A\u200bsk"), HIDDEN)
    shown = brought(lint_earlier(str(before), after, as_of=AS_OF), linted(after)).sorted()
    assert [one.span.line for one in shown if one.span] == [13]


def test_a_file_that_was_renamed_brings_nothing(tmp_path: Path) -> None:
    before = edited(overlaid(tmp_path / "old"), SRC, NO_MARK)
    after = edited(overlaid(tmp_path / "new"), SRC, NO_MARK)
    (after / SRC).rename(after / "principles/develop/other.yaml")
    assert new(before, after) == []


def test_a_revision_is_read_from_the_repository_of_the_catalog(tmp_path: Path) -> None:
    folder = overlaid(tmp_path / "sub")
    made = Repository(tmp_path)
    made.commit_folder("sub")
    edited(folder, SRC, NO_MARK)
    shown = brought(lint_earlier("HEAD", folder, as_of=AS_OF), linted(folder)).sorted()
    assert [one.code for one in shown] == ["HR232"]
    made.commit_folder("sub")
    assert brought(lint_earlier("HEAD", folder, as_of=AS_OF), linted(folder)).total == 0
    assert lint_earlier("HEAD~1", folder, as_of=AS_OF) is not None


def test_where_there_was_no_catalog_all_of_it_is_new(tmp_path: Path) -> None:
    made = Repository(tmp_path)
    made.commit({"README.md": b"none yet\n"})
    folder = edited(overlaid(tmp_path), SRC, NO_MARK)
    assert lint_earlier("HEAD", folder, as_of=AS_OF) is None
    assert brought(None, linted(folder)).total == 1


@pytest.mark.parametrize("given", ["no-such-branch", "HEAD:../x", "--option"])
def test_a_revision_that_is_none_is_told(given: str, tmp_path: Path) -> None:
    Repository(tmp_path).commit({"a": b""})
    with pytest.raises(InputError) as caught:
        lint_earlier(given, overlaid(tmp_path), as_of=AS_OF)
    assert [one.code for one in caught.value.diagnostics] == ["HR507"]


def test_every_rule_has_its_texts_and_every_text_its_rule() -> None:
    texts = (*LINT_CODES, *ENDORSEMENT_CODES, *TRANSLATION_CODES)
    assert set(RULES) | {"HR254"} == {one.code for one in texts}
    for code, rule in RULES.items():
        assert rule.entry is CODES[code]
        assert len(rule.entry.why.split()) > 6, code
        assert rule.must or rule.mild or rule.entry.severity is Severity.WARNING


@pytest.mark.parametrize("code", RULES)
def test_an_error_on_which_a_finding_depends_cannot_be_told_otherwise(code: str) -> None:
    rule = RULES[code]
    for option in ("warn", "off"):
        allowed = not rule.must and (option == "warn" or rule.entry.severity is Severity.WARNING)
        if allowed:
            Weights.of(**{option: [code]})
        else:
            with pytest.raises(WeightRefused, match=f"{code} .* cannot be turned"):
                Weights.of(**{option: [rule.entry.slug]})


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"off": ["HR9"]}, "no rule 'HR9'"),
        ({"off": ["keywrd"]}, "did you mean `keyword`"),
        ({"off": ["HR202"]}, "an error for everyone"),
        ({"off": ["HR231"], "error": ["long-sentence"]}, "given to --error too"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(given: dict[str, list[str]], why: str) -> None:
    with pytest.raises(WeightRefused, match=why):
        Weights.of(**given)


def test_weights_make_louder_quieter_and_silent(tmp_path: Path) -> None:
    long = ("Start with a table", "Start with a table  \n      and so on")
    folder = edited(overlaid(tmp_path), SRC, NO_MARK, long)
    out = checked(folder)[0]
    assert (out.errors, out.total) == (1, 2)
    weighed = Weights.of(warn=["question-mark"], error=["line-ends"]).weighed(out)
    assert [(one.code, one.severity.value) for one in weighed.sorted()] == [("HR256", "error"), ("HR232", "warning")]
    assert Weights.of(off=["HR256"]).weighed(out).total == 1
