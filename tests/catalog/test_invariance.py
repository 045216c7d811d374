"""The order of files, and of keys that the schema fixes, changes neither the bundle nor what is told."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.catalog.bundle import from_bytes, to_bytes
from tests.catalog.cases import bundle_of, checked, overlaid

RULES = Path(__file__).parent.parent / "rules"

# What is shown in the order written keeps it (`model.bundle`): these mappings are lists with names.
READING_ORDER = {"facts", "values", "clauses", "terms"}


Order = Callable[[list[str]], list[str]]


def ordered(node: Any, order: Order, *, key: str = "") -> Any:
    """The same values with the keys of every mapping in another order."""
    if isinstance(node, list):
        return [ordered(one, order) for one in node]
    if not isinstance(node, dict):
        return node
    keys = list(node) if key in READING_ORDER else order(list(node))
    return {one: ordered(node[one], order, key=one) for one in keys}


def text_only(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  it makes text only


@st.composite
def rewritten(draw: st.DrawFn, source: Path) -> dict[str, str]:
    """The files of a catalog with keys in another order, to be written in another order; all others as they are."""
    paths = draw(st.permutations(sorted(path for path in source.rglob("*") if path.is_file())))
    # JSON with text only is in our subset of YAML.
    return {
        path.relative_to(source).as_posix(): json.dumps(
            ordered(text_only(path), lambda keys: list(draw(st.permutations(keys))))
        )
        if path.suffix == ".yaml"
        else path.read_text(encoding="utf-8")
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


@pytest.mark.parametrize("case", sorted(RULES.glob("HR2??/ok")), ids=lambda case: case.parent.name)
def test_the_digest_is_the_same_with_every_key_in_reverse(case: Path, tmp_path: Path) -> None:
    source = overlaid(tmp_path / "first", case)
    files = {path.relative_to(source).as_posix(): path for path in sorted(source.rglob("*.yaml"), reverse=True)}
    turned = {name: json.dumps(ordered(text_only(path), lambda keys: keys[::-1])) for name, path in files.items()}
    assert to_bytes(bundle_of(written(turned, tmp_path / "second"))) == to_bytes(bundle_of(source))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_told_is_the_same_but_for_its_place(data: st.DataObject) -> None:
    case = data.draw(st.sampled_from(sorted(RULES.glob("HR2??/bad"))))
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        source = overlaid(Path(first), case)
        before, _, _ = checked(source)
        after, _, _ = checked(written(data.draw(rewritten(source)), Path(second)))
    assert told(after) == told(before)


LAYOUT = ("HR256", "HR257")
"""What is told of how a file is laid out; here that is what differs."""


def told(out: Any) -> list[tuple[str, str, str]]:
    found = (each for each in out.sorted() if each.code not in LAYOUT)
    return sorted((each.code, each.message, each.span.path if each.span else "") for each in found)
