"""CHANGELOG.md: every release of the catalog has a section, with its day, that names whatever statement it touched."""

from __future__ import annotations

import re

import pytest
import yaml

from handrail.catalog.default import default_bundle
from handrail.catalog.release import RELEASES
from handrail.model.vocabulary import ReleasesFile
from handrail.publish.pages_changes import Version, versions
from tests.conftest import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
BUNDLE, DIGEST = default_bundle()
LISTED = ReleasesFile.model_validate(yaml.safe_load((ROOT / RELEASES).read_text(encoding="utf-8"))).releases
# A bundle does not list the release that it is itself, so the list is taken from its file.
RELEASED = [one for one in versions(BUNDLE.model_copy(update={"releases": LISTED}), DIGEST) if one.day is not None]


def section(version: str) -> tuple[str, str]:
    """The day in the heading of a version's section, and the section."""
    found = re.search(rf"^## Catalog {re.escape(version)}, (\S+)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found, f"`handrail diff OLD . --changelog CHANGELOG.md` has not written the section of {version}"
    return found[1], found[2]


@pytest.mark.parametrize("release", RELEASED, ids=lambda one: one.version)
def test_a_release_has_its_section(release: Version) -> None:
    day, text = section(release.version)
    assert str(release.day) == day
    if release.first:
        assert f"{release.controls} controls" in text
    else:
        touched = (*release.added, *release.changed, *release.reworded, *release.removed)
        assert [one for one in touched if f"**{one}" not in text] == []


def test_no_section_is_of_a_version_that_was_not_released() -> None:
    assert re.findall(r"^## Catalog (\S+),", TEXT, re.MULTILINE) == [one.version for one in RELEASED]


def test_the_code_has_its_own_section_first() -> None:
    assert re.findall(r"^## (\w+)", TEXT, re.MULTILINE)[0] == "Unreleased"
