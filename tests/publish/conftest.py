"""Two sites, each built once: the real catalog, and a small one with three reports."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from handrail.catalog.default import default_bundle
from handrail.model.bundle import Bundle
from handrail.publish.page import Page
from handrail.publish.pages import bundle_pages
from tests.publish.sites import BUILT_ON, DIGEST, build, contents, small_reports


@pytest.fixture(scope="session")
def catalog() -> Bundle:
    """The catalog of this checkout."""
    return default_bundle()[0]


@pytest.fixture(scope="session")
def pages(catalog: Bundle) -> Mapping[str, Page]:
    """The pages of the real catalog by their paths, before they stand in the theme's shell."""
    return {page.path: page for page in bundle_pages(catalog, DIGEST, built_on=BUILT_ON)}


@pytest.fixture(scope="session")
def real_site(catalog: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The site of the real catalog, without reports."""
    out = tmp_path_factory.mktemp("real") / "public"
    build(out, catalog)
    return contents(out)


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The site of a small catalog with three reports."""
    out = tmp_path_factory.mktemp("small") / "public"
    build(out, reports=small_reports())
    return contents(out)
