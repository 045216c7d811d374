"""A dataset screening shows counts that add up on the project's dataset, and has no place for anything else."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from handrail.attest.predicates import PREDICATES
from handrail.attest.statement import STATEMENT_TYPE
from handrail.catalog.schema import schema
from handrail.model.predicates import DATASET_SCREENING, MOST_ITEMS, NAME_CHARACTERS, DatasetScreeningStatement
from tests.attest.throwaway import signed, trusting
from tests.evidence.samples import look_at
from tests.evidence.samples_json import DATASET, MODEL, NOTHING, OTHER, SCREENING, changed, written

CANARY = "harmless-canary-7f3a"
NO_PROOF = "No match is not proof of absence."

MUTANTS: dict[str, tuple[str, object, str]] = {
    "another dataset": ("subject 0 digest sha256", OTHER, "mismatched"),
    "any artifact of the project": ("subject 0 digest sha256", MODEL, "shown"),
    "a second part of the dataset": ("subject 1", {"name": "part 2", "digest": {"sha256": OTHER}}, "shown"),
    "nothing found": ("predicate matches", 0, "unreadable"),  # and yet seven were handled
    "one match more than handled": ("predicate matches", 8, "contradicted"),
    "one match handled less": ("predicate handled clearedOnReview", 0, "contradicted"),
    "one match handled twice": ("predicate handled referred", 2, "unreadable"),
    "one item left out": ("predicate items screened", 471099, "partial"),
    "one item screened that is not declared": ("predicate items screened", 471101, "unreadable"),
    "more matches than items screened": ("predicate items screened", 6, "unreadable"),
    "no items": ("predicate items declared", 0, "unreadable"),
    "list just young enough": ("predicate list date", "2026-08-02", "shown"),
    "list a day too old": ("predicate list date", "2026-08-01", "partial"),
    "list from after the run": ("predicate list date", "2026-09-02", "unreadable"),
    "ends before it begins": ("predicate startedOn", "2026-09-01T03:10:01Z", "unreadable"),
    "replaces an earlier run": ("predicate supersedes", "2026-08-01T00:00:00Z", "shown"),
    "replaces itself": ("predicate supersedes", "2026-09-01T03:10:00Z", "unreadable"),
    "tool left open": ("predicate tool name", "TBD", "unreadable"),
    "list lacking": ("predicate list", NOTHING, "unreadable"),
    "reviewer lacking": ("predicate reviewer", NOTHING, "unreadable"),
    "count lacking": ("predicate handled removed", NOTHING, "unreadable"),
    "count below nothing": ("predicate matches", -1, "unreadable"),
    "count that is no whole number": ("predicate matches", 7.5, "unreadable"),
    "count that is a truth value": ("predicate matches", True, "unreadable"),
    "count beyond reason": ("predicate items declared", MOST_ITEMS + 1, "unreadable"),
    "no digest": ("subject 0 digest", {}, "unreadable"),
    "another predicate": ("predicateType", "urn:handrail:predicate:release-gate:v1", "unreadable"),
    "a version to come": ("predicateType", "urn:handrail:predicate:dataset-screening:v2", "unreadable"),
    "a day as seconds since 1970": ("predicate list date", 1788220800, "unreadable"),
}

PLACES_FOR_NAMES = ("subject 0 name", "predicate tool name", "predicate list provider", "predicate reviewer role")
PLACES_FOR_VERSIONS = ("predicate datasetVersion", "predicate tool version", "predicate list version")
PLACES_FOR_TEXT = (
    *PLACES_FOR_NAMES,
    *PLACES_FOR_VERSIONS,
    *("_type", "predicate list date", "predicate startedOn", "predicate finishedOn", "predicate supersedes"),
    *("predicate matches", "predicate items declared", "predicate handled reported", "subject 0 digest sha256"),
)

NEVER = {
    "a sentence": "The reviewer looked at every one of the pictures and wrote this down here",
    "an address": "https://zeppelin.example/marmalade",
    "a bare address": "zeppelin.example",
    "a hidden service": "zeppelin.onion",
    "a file": "marmalade.zip",
    "a path": "pictures/marmalade",
    "an e-mail address": "marmalade@zeppelin",
    "a line end": "marmalade\n",
    "two lines": "marmalade\nzeppelin",
    "nothing": "",
    "a hash": "9e107d9d372bb6826bd81d3542a419d6",
    "a hash of a picture": "ffc3a1b2c3d4e5f6",
    "a hash in pairs": "9e 10 7d 9d 37 2b b6 82",
    "a hash as an id": "9e107d9d-372b-b682-6bd8-1d3542a419d6",
    "a hash in base64": "nhB9nTcrtoJr2B01QqQZ1g",
    "mark-up": "<b>marmalade</b>",
    "a turn of direction": "marma\u202elade",
    "an invisible blank": "marma\u200blade",
    "an object": {"marmalade": "zeppelin"},
    "a list": ["marmalade"],
}
NAMES_OF_THE_WORLD = (
    *("R\u00e9seau d\u2019alerte, 2e ligne", "\u5150\u7ae5\u4fdd\u8b77", "Hotline & Partners (list C)", "Tool 3+"),
    *("Datenschutzgrundverordnungsstelle", "x" * NAME_CHARACTERS),
)


def look(folder: Path, content: str | bytes, **more: Any) -> Any:
    return look_at(folder, "dataset-screening", content, **more)


def is_valid(tree: object) -> bool:
    """What the published schema says, and what the record says, which is the same."""
    published = jsonschema.Draft202012Validator(schema("dataset-screening")).is_valid(tree)
    try:
        DatasetScreeningStatement.model_validate(copy.deepcopy(tree))
    except ValidationError:
        assert not published
    else:
        assert published
    return published


def test_a_whole_screening_is_verified_on_the_day_on_which_it_finished(tmp_path: Path) -> None:
    seen = look(tmp_path, written(SCREENING))
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "verified", date(2026, 9, 1))
    assert (seen.artifact, seen.run, seen.supersedes) == ("dataset", "dataset 2026-09-01T03:10:00Z", None)


@pytest.mark.parametrize(("path", "value", "verdict"), MUTANTS.values(), ids=MUTANTS)
def test_one_change_to_a_screening(tmp_path: Path, path: str, value: object, verdict: str) -> None:
    seen = look(tmp_path, changed(SCREENING, path, value))
    assert seen.verdict == verdict
    assert (NO_PROOF in seen.text) is (verdict in ("shown", "partial", "contradicted"))


@pytest.mark.parametrize("handled", [{"reported": 0}, {"removed": 7}])
def test_no_text_carries_a_count(tmp_path: Path, handled: dict[str, int]) -> None:
    every = dict.fromkeys(("reported", "removed", "referred", "clearedOnReview"), 0)
    seen = look(tmp_path, changed(SCREENING, "predicate handled", {**every, **handled}))
    assert not any(character.isdigit() for character in seen.text)


def test_nothing_screened_is_no_part(tmp_path: Path) -> None:
    tree = copy.deepcopy(SCREENING)
    tree["predicate"]["items"]["screened"] = tree["predicate"]["matches"] = 0
    tree["predicate"]["handled"] = dict.fromkeys(tree["predicate"]["handled"], 0)
    assert look(tmp_path, written(tree)).verdict == "unreadable"


def test_without_a_greatest_age_any_list_will_do(tmp_path: Path) -> None:
    old = changed(SCREENING, "predicate list date", "2020-01-01")
    assert look(tmp_path, old, parameters={}).verdict == "shown"


def test_a_project_without_artifacts_has_no_dataset_that_it_could_be_of(tmp_path: Path) -> None:
    assert look(tmp_path, written(SCREENING), artifacts={}).verdict == "mismatched"


def test_counts_of_another_dataset_contradict_nothing(tmp_path: Path) -> None:
    tree = copy.deepcopy(SCREENING)
    tree["subject"][0]["digest"]["sha256"] = OTHER
    tree["predicate"]["handled"]["reported"] = 0
    assert look(tmp_path, written(tree)).verdict == "mismatched"


def test_a_later_run_names_the_one_it_replaces_on_the_same_artifact(tmp_path: Path) -> None:
    first = look(tmp_path, changed(SCREENING, "predicate handled reported", 0))
    later = json.loads(changed(SCREENING, "predicate supersedes", SCREENING["predicate"]["finishedOn"]))
    later["predicate"]["finishedOn"] = "2026-09-03T08:00:00Z"
    second = look(tmp_path, written(later))
    assert (first.verdict, second.verdict) == ("contradicted", "shown")
    assert second.supersedes == first.run
    assert look(tmp_path, written(later), artifacts={"other": DATASET}).supersedes != first.run


@pytest.mark.parametrize(
    "above",
    ["", "subject 0 ", "subject 0 digest ", "predicate "]
    + [f"predicate {part} " for part in ("tool", "list", "items", "handled", "reviewer")],
)
@pytest.mark.parametrize("member", ["note", "sha512", "dataset_version", "type_"])
def test_a_member_beyond_the_schema_is_refused(tmp_path: Path, above: str, member: str) -> None:
    for value in (CANARY, 5, None, [CANARY], {"a": CANARY}):
        content = changed(SCREENING, f"{above}{member}", value)
        seen = look(tmp_path, content)
        assert (seen.verdict, seen.date, seen.run) == ("refused", None, None)
        assert CANARY not in repr(seen)
        assert not is_valid(json.loads(content))


@pytest.mark.parametrize("place", PLACES_FOR_TEXT)
@pytest.mark.parametrize("value", NEVER.values(), ids=NEVER)
def test_what_is_more_than_a_name_is_refused_wherever_it_stands(tmp_path: Path, place: str, value: object) -> None:
    content = changed(SCREENING, place, value)
    seen = look(tmp_path, content)
    assert (seen.verdict, seen.date, seen.run) == ("refused", None, None)
    assert not is_valid(json.loads(content))


@pytest.mark.parametrize("place", PLACES_FOR_TEXT)
def test_canary_text_is_repeated_nowhere(tmp_path: Path, place: str) -> None:
    assert CANARY not in repr(look(tmp_path, changed(SCREENING, place, CANARY)))


@pytest.mark.parametrize("place", PLACES_FOR_NAMES)
@pytest.mark.parametrize("name", NAMES_OF_THE_WORLD)
def test_a_name_of_any_language_is_a_name(tmp_path: Path, place: str, name: str) -> None:
    content = changed(SCREENING, place, name)
    assert look(tmp_path, content).verdict == "shown"
    assert is_valid(json.loads(content))


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_name_up_to_the_limit(more: int) -> None:
    tree = json.loads(changed(SCREENING, "predicate tool name", "m" * (NAME_CHARACTERS + more)))
    assert is_valid(tree) is (more <= 0)


@pytest.mark.parametrize("version", ["1", "2026.09.01", "1.0rc1", "2026-09-01T0400", "r3_b+local", "14.2.0.1"])
def test_a_version_as_tools_write_them(version: str) -> None:
    for place in PLACES_FOR_VERSIONS:
        assert is_valid(json.loads(changed(SCREENING, place, version)))


@pytest.mark.parametrize(
    "moment",
    ["2026-09-01", "2026-09-01T03:10Z", "2026-09-01T03:10:00+02:00", "2026-09-01T03:10:00.5Z", "2026-09-01 03:10:00Z"],
)
def test_a_moment_has_one_form(moment: str) -> None:
    assert not is_valid(json.loads(changed(SCREENING, "predicate finishedOn", moment)))


@pytest.mark.parametrize("moment", ["2026-02-30T00:00:00Z", "2026-09-01T24:01:00Z", "1969-12-31T23:59:59Z"])
def test_a_moment_outside_of_the_calendar_is_refused(tmp_path: Path, moment: str) -> None:
    assert look(tmp_path, changed(SCREENING, "predicate finishedOn", moment)).verdict == "refused"


def test_the_names_are_those_of_the_attestations() -> None:
    assert PREDICATES["dataset-screening"] == DATASET_SCREENING == SCREENING["predicateType"]
    assert SCREENING["_type"] == STATEMENT_TYPE
    assert is_valid(SCREENING)


def envelope(by: str = "marmalade", **more: Any) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(signed(written(SCREENING).encode(), by, **more))
    return opened


@pytest.mark.parametrize(
    ("trust", "says"),
    [
        (trusting("marmalade"), "It is signed by an accepted organisation."),
        (trusting(named=("marmalade",)), "It is signed by a key the project named."),
        (trusting("stranger"), "Nobody whose key is known here, and held on the day of the statement, signed it."),
    ],
)
def test_an_envelope_says_who_signed_and_changes_no_tier(tmp_path: Path, trust: Any, says: str) -> None:
    seen = look(tmp_path, json.dumps(envelope()), trust=trust)
    assert (seen.verdict, seen.tier, seen.date) == ("shown", "verified", date(2026, 9, 1))
    assert seen.text.endswith(f"{NO_PROOF} {says}")


def test_an_envelope_that_was_changed_after_it_was_signed_is_altered(tmp_path: Path) -> None:
    opened = envelope()
    other = json.loads(signed(changed(SCREENING, "predicate matches", 6).encode(), "marmalade"))
    seen = look(tmp_path, json.dumps(opened | {"payload": other["payload"]}), trust=trusting("marmalade"))
    assert (seen.verdict, seen.date) == ("altered", None)


@pytest.mark.parametrize("place", ["note", "signatures 0 note", "signatures 0 keyid"])
def test_an_envelope_has_no_place_for_a_sentence_either(tmp_path: Path, place: str) -> None:
    content = changed(envelope(), place, f"{CANARY} was here")
    seen = look(tmp_path, content)
    assert seen.verdict == "refused"
    assert CANARY not in repr(seen)


def test_what_is_refused_is_refused_in_an_envelope_too(tmp_path: Path) -> None:
    content = signed(changed(SCREENING, "predicate note", CANARY).encode(), "marmalade")
    assert look(tmp_path, content, trust=trusting("marmalade")).verdict == "refused"


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(envelope() | {"payloadType": "text/plain"}),
        json.dumps(envelope() | {"payload": "bWFybWFsYWRl"}),
        json.dumps(envelope() | {"payload": "?"}),
        json.dumps(envelope() | {"signatures": []}),
        json.dumps([SCREENING]),
        json.dumps(SCREENING["predicate"]),
        written(SCREENING)[:-2],
        written(SCREENING).replace('"matches": 7', '"matches": 7, "matches": 0'),
    ],
)
def test_anything_else_is_unreadable(tmp_path: Path, content: str) -> None:
    assert look(tmp_path, content).verdict == "unreadable"


PAGE = Path(__file__).parents[2] / "site" / "pages" / "evidence" / "dataset-screening.md"


def test_the_example_of_the_page_is_a_whole_screening(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    example = page[page.index("    {\n") : page.index("    }\n\n") + 6]
    digest = json.loads(example)["subject"][0]["digest"]["sha256"]
    seen = look(tmp_path, example, artifacts={"photographs": digest}, parameters={"max_list_age": "P30D"})
    assert (seen.verdict, seen.tier) == ("shown", "verified")
    assert is_valid(json.loads(example))


def test_the_page_explains_every_member_and_names_the_type() -> None:
    page = PAGE.read_text(encoding="utf-8")
    definitions = schema("dataset-screening")["$defs"]
    members = {member for one in definitions.values() for member in one["properties"]}
    assert [one for one in sorted(members) if one not in page] == []
    assert f"    {DATASET_SCREENING}\n" in page
    assert f"at most {NAME_CHARACTERS} characters" in page
