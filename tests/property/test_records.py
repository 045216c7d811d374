"""A record stays the same whatever way it takes: to pydantic's class, to JSON, and back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from handrail.catalog.default import load_bundle
from handrail.model.base import Record, Result
from handrail.model.bundle import Bundle
from handrail.model.declaration import Declaration, Evidence, Organisation
from handrail.model.reading import light, writable
from handrail.model.terms import FailOn
from handrail.model.trusted import rebuild
from handrail.source.diagnostics import Collector
from handrail.workspace.check import check_project

ROOT = Path(__file__).parents[2]
PROJECTS = sorted(path.parent.name for path in (ROOT / "examples").glob("*/handrail.yaml"))


def records() -> list[Record]:
    """Real records of every shape: the catalog, the examples and their assessments."""
    bundle, digest = load_bundle(ROOT)
    found: list[Record] = [bundle]
    for name in PROJECTS:
        out = Collector()
        path = ROOT / "examples" / name / "handrail.yaml"
        checked = check_project(path, bundle, digest, out, as_of=date(2026, 11, 24), fail_on=FailOn.MAY)
        assert checked is not None
        found += [checked.declaration, checked.assessment]
        if checked.subject.organisation is not None:
            found.append(checked.subject.organisation)
        found += [one for seen in checked.subject.observations.values() for one in seen]
    return found


@pytest.fixture(scope="module")
def real() -> list[Record]:
    return records()


def test_every_kind_of_file_is_among_the_records(real: list[Record]) -> None:
    assert {type(one) for one in real} >= {Bundle, Declaration, Organisation}


def test_going_to_pydantic_and_back_changes_nothing(real: list[Record]) -> None:
    for one in real:
        assert light(writable(one)) == one


def test_what_the_cache_remakes_is_what_was_kept(real: list[Record]) -> None:
    for one in real:
        kept = one.model_dump_json(by_alias=True, exclude_defaults=True).encode()
        assert rebuild(type(one), kept) == one


def test_what_is_written_is_valid_when_read(real: list[Record]) -> None:
    for one in real:
        assert type(one).model_validate_json(one.model_dump_json(by_alias=True)) == one


def test_a_record_that_a_person_writes_is_validated_when_made() -> None:
    with pytest.raises(ValidationError):
        Evidence(requirement="a", path="x", date="soon")  # type: ignore[arg-type]


def test_a_record_as_a_whole_is_checked() -> None:
    with pytest.raises(ValidationError, match="exactly one of"):
        Evidence(requirement="a")


def test_an_unknown_field_of_a_result_is_our_own_error(real: list[Record]) -> None:
    result = next(one for one in real if isinstance(one, Result))
    with pytest.raises(TypeError):
        type(result)(nonsense=1)
    with pytest.raises(TypeError):
        type(result)()


def test_records_never_change(real: list[Record]) -> None:
    with pytest.raises(AttributeError):
        real[0].catalog = None  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        del real[0].catalog  # type: ignore[attr-defined]


def test_a_changed_copy_is_another_record_and_the_first_stays(real: list[Record]) -> None:
    bundle = real[0]
    assert isinstance(bundle, Bundle)
    copy = bundle.model_copy(update={"themes": ()})
    assert copy != bundle
    assert copy.themes == ()
    assert bundle.themes
