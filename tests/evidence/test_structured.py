"""JSON, YAML and TOML are read with the same bounds, and what two readers would read otherwise is not read."""

from __future__ import annotations

import pytest

from handrail.evidence.limits import DOTTED_KEY_PARTS
from handrail.evidence.structured import read_structured
from handrail.model.limits import YAML_BYTES, YAML_DEPTH

DEFECTS = {
    "a key twice": (".json", '{"a": 1, "a": 1}'),
    "a key twice, deep": (".json", '[{"b": {"a": 1, "a": 2}}]'),
    "a key twice, spelled in two ways": (".json", '{"\u00e9": 1, "e\u0301": 2}'),
    "a key twice, escaped": (".json", '{"a": 1, "\\u0061": 2}'),
    "not a number": (".json", "[NaN]"),
    "infinity": (".json", "[Infinity]"),
    "minus infinity": (".json", "[-Infinity]"),
    "a number too large to be one": (".json", "[1e400]"),
    "an integer of 65 bits": (".json", "[18446744073709551616]"),
    "an integer of 5,000 digits": (".json", "[" + "9" * 5000 + "]"),
    "text after the end": (".json", "[] []"),
    "a comma too many": (".json", "[1,]"),
    "a comment": (".json", "[1] // one"),
    "single quotes": (".json", "['a']"),
    "control character": (".json", '["\x01"]'),
    "TOML: a key twice": (".toml", "a = 1\na = 2"),
    "TOML: not a number": (".toml", "a = nan"),
    "TOML: infinity": (".toml", "a = inf"),
    "TOML: an integer of 65 bits": (".toml", "a = 0xffffffffffffffff1"),
    "TOML: no day": (".toml", "a = 2026-02-30"),
    "YAML: an alias": (".yaml", "a: &x 1\nb: *x"),
    "YAML: a merge key": (".yaml", "<<: {a: 1}"),
    "YAML: a tag": (".yaml", "a: !!int 1"),
    "YAML: two documents": (".yaml", "a: 1\n---\na: 2"),
    "YAML: a key twice": (".yaml", "a: 1\na: 2"),
    "another ending": (".xml", "[1]"),
    "no ending": ("", "[1]"),
}


@pytest.mark.parametrize(("suffix", "text"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_makes_the_file_unreadable(suffix: str, text: str) -> None:
    assert read_structured(text.encode(), suffix) is None


@pytest.mark.parametrize(("more", "readable"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize(("suffix", "before", "opening", "closing"), [
    (".json", "", "[", "]"), (".json", "", '{"[[[{{\\"": ', "}"), (".yaml", "", "[", "]"), (".toml", "a = ", "[", "]")
])  # fmt: skip
def test_depth_up_to_the_limit(more: int, readable: bool, suffix: str, before: str, opening: str, closing: str) -> None:
    depth = YAML_DEPTH + more - bool(before)  # a TOML file is a mapping already
    text = before + opening * depth + "1" + closing * depth
    assert (read_structured(text.encode(), suffix) is not None) is readable


@pytest.mark.parametrize(("more", "readable"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("suffix", [".json", ".yaml", ".toml"])
def test_size_up_to_the_limit(more: int, readable: bool, suffix: str) -> None:
    text = b"a = 1" if suffix == ".toml" else b"[1]"
    assert (read_structured(text + b"\n" * (YAML_BYTES + more - len(text)), suffix) is not None) is readable


@pytest.mark.parametrize("part", ["a", '"a b"', "'.'", "a "])
def test_a_dotted_key_of_too_many_parts_is_refused_before_it_is_parsed(part: str) -> None:
    # Within the limit of parts the depth decides, at one level a part.
    assert read_structured(f"{'.'.join([part] * YAML_DEPTH)} = 1".encode(), ".toml") is not None
    assert read_structured(f"{'.'.join([part] * (DOTTED_KEY_PARTS + 1))} = 1".encode(), ".toml") is None


def test_days_and_times_of_toml_become_text() -> None:
    read = read_structured(b"a = 2026-09-01\nb = 2026-09-01T10:00:00Z\nc = 10:00:00", ".toml")
    assert read == {"a": "2026-09-01", "b": "2026-09-01T10:00:00+00:00", "c": "10:00:00"}


def test_scalars_of_yaml_stay_text() -> None:
    assert read_structured(b"a: NO\nb: 010\nc:\n", ".yml") == {"a": "NO", "b": "010", "c": None}
