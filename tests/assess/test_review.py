"""Which answers need review: those that the table of findings calls unreviewed or changed, and why."""

from __future__ import annotations

from typing import Any

import pytest

from handrail.assess.assess import Subject, controls_in_force, judge_subject
from handrail.assess.review import to_review
from handrail.catalog.fingerprint import fingerprint
from handrail.model.declaration import Declaration, Organisation
from handrail.model.vocabulary import Release
from tests.report.small import AS_OF, DIGEST, bundle_of, control

OLD_TEXT, OLD_DIGEST = "The organisation MUST do it in time.", "sha256:" + "2" * 64
OLD = fingerprint(OLD_TEXT)
SAME = [{"fingerprint": fingerprint("An editorial slip."), "reason": "A comma."}]

NOW = bundle_of(
    control("DAT-01", "One", scope="organisation"),
    control("DAT-02", "Two"),
    control("DAT-03", "Three", same_meaning_as=SAME),
)
THEN = {"version": "0.9.0", "date": AS_OF, "digest": OLD_DIGEST, "fingerprints": {**NOW.fingerprints, "DAT-02": OLD}}
BUNDLE = NOW.model_copy(update={"releases": (Release.model_validate(THEN),)})
OLDER = bundle_of(control("DAT-01", "One", scope="organisation"), control("DAT-02", "Two", statement=OLD_TEXT))


def declaration(pin: str | None, **answers: dict[str, Any]) -> Declaration:
    return Declaration.model_validate(
        {
            "handrail": 1,
            "catalog": {"digest": pin},
            "project": {"id": "mine", "name": "Mine"},
            "controls": {one.replace("_", "-"): {"state": "implemented", **given} for one, given in answers.items()},
        }
    )


@pytest.mark.parametrize(
    ("pin", "answer", "tied_to", "release"),
    [
        (OLD_DIGEST, {}, OLD, "0.9.0"),
        (DIGEST, {"statement": OLD}, OLD, "0.9.0"),
        (DIGEST, {"statement": "0" * 16}, "0" * 16, None),
        ("sha256:" + "3" * 64, {}, None, None),
        (None, {}, None, None),
        (OLD_DIGEST, {"state": "planned"}, OLD, "0.9.0"),
        (OLD_DIGEST, {"state": "not-implemented"}, OLD, "0.9.0"),
    ],
)
def test_an_answer_to_another_text_needs_review(
    pin: str | None, answer: dict[str, Any], tied_to: str | None, release: str | None
) -> None:
    (one,) = to_review(declaration(pin, DAT_02=answer), None, BUNDLE, DIGEST)
    assert (one.control, one.tied_to, one.release, one.by) == ("DAT-02", tied_to, release, "project")


@pytest.mark.parametrize(
    "given",
    [
        declaration(DIGEST, DAT_02={}),
        declaration(OLD_DIGEST, DAT_02={"statement": NOW.fingerprints["DAT-02"]}),
        declaration(OLD_DIGEST, DAT_01={}, DAT_03={}),
        declaration(None, DAT_03={"statement": SAME[0]["fingerprint"]}),
        declaration(None),
    ],
)
def test_an_answer_to_the_text_of_today_or_one_that_means_the_same_needs_none(given: Declaration) -> None:
    assert to_review(given, None, BUNDLE, DIGEST) == ()


def test_what_needs_review_is_what_the_findings_say() -> None:
    given = declaration(OLD_DIGEST, DAT_01={"statement": "0" * 16}, DAT_02={}, DAT_03={})
    controls = controls_in_force(BUNDLE, given, as_of=AS_OF)
    findings, _ = judge_subject(BUNDLE, DIGEST, Subject(declaration=given, observations={}), controls, as_of=AS_OF)
    codes = {"unreviewed", "requirement-changed"}
    said = {one for one, finding in findings.items() if codes & {reason.code for reason in finding.reasons}}
    assert said == {one.control for one in to_review(given, None, BUNDLE, DIGEST)} == {"DAT-01", "DAT-02"}


def test_the_organisations_answer_is_tied_by_its_own_pin_and_only_where_it_counts() -> None:
    shared = Organisation.model_validate(
        {
            "handrail": 1,
            "organisation": {"id": "they", "name": "They"},
            "controls": {"DAT-01": {"state": "implemented"}},
        }
    )
    (one,) = to_review(declaration(DIGEST), shared, BUNDLE, DIGEST)
    assert (one.control, one.by, one.tied_to) == ("DAT-01", "organisation", None)
    assert to_review(declaration(DIGEST, DAT_01={}), shared, BUNDLE, DIGEST) == ()


@pytest.mark.parametrize(
    ("pin", "digest", "earlier"),
    [
        (OLD_DIGEST, OLD_DIGEST, OLD_TEXT),
        (OLD_DIGEST, "sha256:" + "4" * 64, OLD_TEXT),  # the fingerprint says so, whatever the catalog's digest
        ("sha256:" + "3" * 64, "sha256:" + "3" * 64, OLD_TEXT),  # in no list of releases, but here it is
        ("sha256:" + "3" * 64, OLD_DIGEST, None),
        (None, OLD_DIGEST, None),
    ],
)
def test_the_earlier_text_is_shown_only_where_it_is_what_was_answered(
    pin: str | None, digest: str, earlier: str | None
) -> None:
    (one,) = to_review(declaration(pin, DAT_02={}), None, BUNDLE, DIGEST, (OLDER, digest))
    assert one.earlier == earlier


def test_a_text_that_is_neither_then_nor_now_is_not_shown() -> None:
    (one,) = to_review(declaration(DIGEST, DAT_02={"statement": "0" * 16}), None, BUNDLE, DIGEST, (OLDER, OLD_DIGEST))
    assert one.earlier is None
