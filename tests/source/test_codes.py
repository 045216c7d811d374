"""The table of codes is complete: it is published as it stands."""

from __future__ import annotations

import re

import pytest

from handrail.source.code import Code
from handrail.source.codes import CODES


@pytest.mark.parametrize("entry", CODES.values(), ids=list(CODES))
def test_every_code_has_all_its_texts(entry: Code) -> None:
    assert re.fullmatch("HR[0-9]{3}", entry.code)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", entry.slug)
    assert entry.title
    assert "\n" not in entry.title
    assert entry.why.endswith(".")
    assert 1 <= len(re.findall(r"\.(?= [A-Z]|$)", entry.why)) <= 3
    assert entry.example
    assert entry.instead
    assert entry.example != entry.instead


def test_codes_and_slugs_are_used_once_and_in_order() -> None:
    assert [entry.code for entry in CODES.values()] == sorted(CODES)
    assert len({entry.slug for entry in CODES.values()}) == len(CODES)
