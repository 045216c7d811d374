"""The text of a new file: it loads as it stands, declares nothing, and each block becomes an answer."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.catalog.default import default_bundle
from handrail.model.base import Selector
from handrail.model.declaration import Declaration, Organisation
from handrail.model.terms import Finding
from handrail.source.diagnostics import Collector
from handrail.source.load import load
from handrail.workspace.check import check_project
from handrail.workspace.discover import Found
from handrail.workspace.starting import fitting_checklists, organisation_to_answer, problem, to_answer
from handrail.workspace.starting_text import CONTROLS, Said, declaration_text, organisation_text
from tests.workspace.test_init_starting import FACTS

BUNDLE, DIGEST = default_bundle()
AS_OF = date(2026, 11, 24)
HOSTILE = (
    "NO",
    '"quoted" \\ and more: # {x} [y] &a *b !c %d @e `f`',
    "- x",
    "::error::x",
    "=cmd()",
    "]]>",
    "${{ x }}",
    "null",
    "'",
    "日本 · Möwe",
)
FIELDS = {"id": "my-model", "name": "My model", "version": None, "owner": None, "summary": None}


def text_of(
    facts: Selector,
    checklists: tuple[str, ...],
    *,
    fields: dict[str, str | None] | None = None,
    found: tuple[Found, ...] = (),
) -> str:
    said = Said(fields=fields or FIELDS, facts=facts, open_facts=["users"], checklists=checklists)
    questions = to_answer(BUNDLE, facts, checklists=checklists, as_of=AS_OF)
    return declaration_text(said, questions, BUNDLE, DIGEST, found=found)


def loaded(text: str) -> Declaration:
    out = Collector()
    read = load(Declaration, text.encode(), "handrail.yaml", out)
    assert out.sorted() == ()
    assert read is not None
    return read.value


def uncommented(text: str, state: str) -> str:
    """The file after somebody took the first `# ` off every block and wrote a state."""
    head, _, rest = text.partition(f"\n{CONTROLS}\n")
    lines = [
        line.removeprefix("# ") if re.match("# +( {2}[A-Z]| {4}|  #)", line) else line for line in rest.split("\n")
    ]
    return f"{head}\ncontrols:\n" + "\n".join(lines).replace("    state: #", f"    state: {state} #")


@settings(max_examples=25)
@given(facts=FACTS, name=st.sampled_from(HOSTILE) | st.text().filter(lambda text: problem("name", text) is None))
def test_the_file_loads_without_a_word_and_says_what_was_said(facts: Selector, name: str) -> None:
    facts.pop("users", None)
    checklists = fitting_checklists(BUNDLE, facts)
    fields = {**FIELDS, "name": name, "owner": name, "summary": name, "version": "2.1"}
    text = text_of(facts, checklists, fields=fields)
    said = loaded(text)
    assert {said.project.name, said.project.owner, said.project.summary} == {said.project.name}
    assert said.project.name == loaded(text_of(facts, checklists, fields={**FIELDS, "name": name.strip()})).project.name
    assert (said.facts, said.checklists, said.controls) == (facts, checklists, {})
    assert (said.catalog.version, said.catalog.digest) == ("1.0", DIGEST)
    assert text.isascii() or not name.isascii()


@settings(max_examples=10, deadline=None)
@given(facts=FACTS)
def test_the_first_report_is_honest(tmp_path_factory: pytest.TempPathFactory, facts: Selector) -> None:
    facts.pop("users", None)
    file = tmp_path_factory.mktemp("p") / "handrail.yaml"
    file.write_text(text_of(facts, fitting_checklists(BUNDLE, facts)))
    out = Collector()
    checked = check_project(file, BUNDLE, DIGEST, out, as_of=AS_OF)
    assert out.sorted() == ()
    assert checked is not None
    asked = set(re.findall("^#   ([A-Z]+-[0-9]+):$", file.read_text(), re.MULTILINE))
    for one in checked.assessment.findings:
        wanted = Finding.UNDETERMINED if one.control in asked else Finding.NOT_APPLICABLE
        assert (one.finding, one.reasons[0].code) == (wanted, "undeclared" if one.control in asked else "out-of-scope")


@pytest.mark.parametrize("checklist", [one.checklist.id for one in BUNDLE.checklists])
def test_every_block_becomes_an_answer_when_its_comment_signs_are_taken_off(checklist: str, tmp_path: Path) -> None:
    text = text_of({}, (checklist,))
    answers = loaded(uncommented(text, "partial")).controls
    asked = to_answer(BUNDLE, {}, checklists=(checklist,), as_of=AS_OF)
    assert list(answers) == [one.control.id for one in asked.controls]
    assert {answer.state for answer in answers.values()} == {"partial"}
    file = tmp_path / "handrail.yaml"
    file.write_text(uncommented(text, "planned"))
    out = Collector()
    assert check_project(file, BUNDLE, DIGEST, out, as_of=AS_OF) is not None
    assert out.sorted() == ()


def test_a_state_that_nobody_wrote_is_asked_for_in_its_place() -> None:
    out = Collector()
    text = text_of({}, ("first-steps",))
    assert load(Declaration, uncommented(text, "").encode(), "handrail.yaml", out) is None
    assert {(one.code, one.message) for one in out.sorted()} == {("HR103", "`state` has no value")}


def test_what_was_found_is_an_entry_only_where_it_shows_all_that_is_asked() -> None:
    path = 'odd "name" #1: {x}.md'
    whole = Found(control="GOV-03", requirement="policy", path=path, text="It is all there.", fits=True)
    part = Found(
        control="GOV-07", requirement="legal-register", path="law.csv", text="Lacks: day\u202e.\nx: y", fits=False
    )
    text = text_of({}, ("first-steps",), found=(whole, part))
    answers = loaded(uncommented(text, "implemented")).controls
    assert [entry.path for entry in answers["GOV-03"].evidence] == [path]
    assert answers["GOV-07"].evidence == ()
    assert '{for: legal-register, path: "law.csv"}' in text
    assert "#     #     found: Lacks: day\\u202e. x: y\n" in text
    assert loaded(text).controls == {}


def test_the_head_points_the_editor_to_the_schema_and_each_question_has_its_level() -> None:
    text = text_of({"role": ("model-developer",)}, ("model-developer",))
    assert text.startswith("# yaml-language-server: $schema=.schemas/handrail.schema.json\n")
    assert "\n# --- GOV-01, MUST: Name who answers for child safety\n# Does a dated document name" in text
    assert "\n#   GOV-01:\n#     state: # implemented, partial, planned, alternative, not-implemented\n" in text
    assert "\n# --- TRN-03, MAY: " in text
    assert text.endswith("\n")
    assert max(map(len, text.split("\n"))) <= 160


def test_values_that_other_readers_take_for_something_else_are_quoted() -> None:
    text = text_of({"role": ("fine-tuner",), "scans-content": ("no",)}, ("fine-tuner",))
    assert '\n  scans-content: ["no"] #' in text


def test_an_organisation_is_asked_once_for_all() -> None:
    questions = organisation_to_answer(BUNDLE, as_of=AS_OF)
    text = organisation_text(Said(fields={"id": "a", "name": "A: b"}, facts={}), questions, BUNDLE, DIGEST)
    for made, count in ((text, 0), (uncommented(text, "planned"), len(questions.controls))):
        out = Collector()
        read = load(Organisation, made.encode(), "organisation.yaml", out)
        assert out.sorted() == ()
        assert read is not None
        assert len(read.value.controls) == count
