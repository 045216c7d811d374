"""The order of files, and of keys that the schema fixes, changes neither the bundle nor what is told."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.catalog.bundle import from_bytes, to_bytes
from tests.catalog.cases import bundle_of, checked, overlaid

RULES = Path(__file__).parent.parent / "rules"

# What is shown in the order written keeps it (`model.bundle`): these mappings are lists with names.
READING_ORDER = {"facts", "values", "clauses", "terms"}


def shuffled(node: Any, draw: st.DrawFn, *, key: str = "") -> Any:
    if isinstance(node, list):
        return [shuffled(one, draw) for one in node]
    if not isinstance(node, dict):
        return node
    keys = list(node) if key in READING_ORDER else draw(st.permutations(list(node)))
    return {one: shuffled(node[one], draw, key=one) for one in keys}


@st.composite
def rewritten(draw: st.DrawFn, source: Path) -> dict[str, str]:
    """The files of a catalog with keys in another order, to be written in another order."""
    paths = draw(st.permutations(sorted(source.rglob("*.yaml"))))
    # JSON with text only is in our subset of YAML.
    return {
        path.relative_to(source).as_posix(): json.dumps(
            shuffled(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader), draw)  # noqa: S506  text only
        )
        for path in paths
    }


def written(files: dict[str, str], folder: Path) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@settings(max_examples=30, deadline=None)
@given(st.data(), st.sampled_from(["HR207", "HR213", "HR235", "HR250", "HR253"]))
def test_the_digest_is_the_same(data: st.DataObject, case: str) -> None:
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        source = overlaid(Path(first), RULES / case / "ok")
        before = bundle_of(source)
        after = bundle_of(written(data.draw(rewritten(source)), Path(second)))
    assert to_bytes(after) == to_bytes(before)
    assert from_bytes(to_bytes(after), "bundle.json") == after


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_told_is_the_same_but_for_its_place(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(sorted(RULES.glob("HR2??/bad"))))
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        source = overlaid(Path(first), case)
        before, _, _ = checked(source)
        after, _, _ = checked(written(data.draw(rewritten(source)), Path(second)))
    assert told(after) == told(before)


def told(out: Any) -> list[tuple[str, str, str]]:
    return sorted((each.code, each.message, each.span.path if each.span else "") for each in out.sorted())
