"""The files to take away are the catalog: the bundle gives its digest again, the lists are whole."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping

import pytest

from handrail.catalog.bundle import digest, from_bytes
from handrail.catalog.default import default_bundle
from handrail.model.bundle import Bundle
from handrail.publish.downloads import BUNDLE, downloads
from handrail.publish.page import Page
from handrail.source.escape import terminal
from tests.publish.sites import BUILT_ON, elements
from tests.report.small import bundle_of, control


@pytest.fixture(scope="module")
def files(catalog: Bundle) -> Mapping[str, bytes]:
    """The files of the real catalog by their paths."""
    return {one.path: one.data for one in downloads(catalog, as_of=BUILT_ON)}


def test_the_bundle_is_the_one_that_the_program_reads(files: Mapping[str, bytes], catalog: Bundle) -> None:
    assert digest(files[BUNDLE]) == default_bundle()[1]
    assert from_bytes(files[BUNDLE], BUNDLE) == catalog


def test_lists_are_whole_as_json_and_as_csv(files: Mapping[str, bytes], catalog: Bundle) -> None:
    wanted = {
        "controls": list(catalog.controls),
        "references": list(catalog.references),
        "mappings": [f"{c.id} {m.reference} {m.clause}" for c in catalog.controls.values() for m in c.mappings],
    }
    for name, ids in wanted.items():
        rows = json.loads(files[f"downloads/{name}.json"])
        assert [row["id"] for row in rows] == ids
        table = list(csv.DictReader(io.StringIO(files[f"downloads/{name}.csv"].decode())))
        assert [row["id"] for row in table] == [terminal(one) for one in ids]


def test_the_page_names_every_file_with_its_digest(files: Mapping[str, bytes], pages: Mapping[str, Page]) -> None:
    rows = [one.text for one in elements(pages["downloads.html"].body) if one.tag == "li"]
    for path, data in files.items():
        assert any(
            row.startswith(path.removeprefix("downloads/")) and row.endswith(hashlib.sha256(data).hexdigest())
            for row in rows
        ), path


def test_the_site_holds_every_file_that_the_page_names(
    real_site: Mapping[str, bytes], files: Mapping[str, bytes]
) -> None:
    assert {path: real_site[path] for path in files} == dict(files)


def test_no_cell_is_a_formula() -> None:
    data = {one.path: one.data for one in downloads(bundle_of(control("DAT-01", "=1+1")), as_of=BUILT_ON)}
    assert '"\'=1+1"' in data["downloads/controls.csv"].decode()
