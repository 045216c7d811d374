"""The catalog that this repository publishes."""

from __future__ import annotations

from pathlib import Path

from handrail.catalog.bundle import from_bytes, to_bytes
from handrail.source.render import render
from tests.catalog.cases import checked


def test_the_catalog_of_this_repository_has_no_defect(root: Path) -> None:
    out, sources, bundle = checked(root)
    assert render(out.sorted(), sources.text) == ""
    assert bundle is not None
    assert from_bytes(to_bytes(bundle), "bundle.json") == bundle
