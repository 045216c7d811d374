"""Loading tells every error of a file, in our words, at the very token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from handrail.model import scalars
from handrail.source.codes import CODES
from handrail.source.complaints import FORMS
from handrail.source.diagnostics import Collector, InputError, Span
from handrail.source.files import Root
from handrail.source.load import load, load_file

GOOD = """\
name: Specimen
controls:
  - id: SRC-01
    title: A control
    level: should
    since: 2026-11-24
    max_age: P30D
    modality: [image]
    requires: [SRC-02, {any_of: [PRV-01, PRV-02]}]
    evidence:
      - {kind: file, with: {path: a.txt}}
answers:
  SRC-01: NO
"""


def test_a_good_file_is_a_model_that_knows_where_it_came_from(load_text: Any) -> None:
    loaded, diagnostics = load_text(GOOD)
    assert diagnostics == ()
    assert loaded.path == "f.yaml"
    assert loaded.value.controls[0].id == "SRC-01"
    assert loaded.value.answers == {"SRC-01": "NO"}
    assert loaded.span("controls", 0, "id") == Span("f.yaml", 3, 9, 6)
    assert loaded.key_span("controls", 0, "id") == Span("f.yaml", 3, 5, 2)
    assert loaded.span("controls", 0, "requires", 1, "any_of", 1) == Span("f.yaml", 9, 42, 6)
    assert loaded.span("controls", 0, "absent") == loaded.span("controls", 0)
    assert loaded.key_span("answers", "SRC-01") == Span("f.yaml", 13, 3, 6)
    assert loaded.span() == Span("f.yaml", 1, 1, 4)


HEAD = "name: N\ncontrols:\n  - id: A\n    title: T\n    "
CASES = [
    # text, code, line, column, length, message, help
    ("nam: N\nname: N", "HR101", 1, 1, 3, "unknown key `nam` in the file",
     "the keys here are `name`, `controls`, `answers`"),
    ("name: N\ncontrol: []", "HR101", 2, 1, 7, "unknown key `control` in the file",
     "did you mean `controls`?"),
    (HEAD + "leval: must", "HR101", 5, 5, 5, "unknown key `leval` in item 1 of `controls`",
     "did you mean `level`?"),
    (HEAD + "evidence: [{kind: file, wiht: {}}]", "HR101", 5, 29, 4,
     "unknown key `wiht` in item 1 of `evidence`", "did you mean `with`?"),
    (HEAD + "evidence: [{kind: file, parameters: {}}]", "HR101", 5, 29, 10,
     "unknown key `parameters` in item 1 of `evidence`", "the keys here are `kind`, `with`"),
    (HEAD + "requires: [{any_of: [A, B], x: y}]", "HR101", 5, 33, 1,
     "unknown key `x` in item 1 of `requires`", "the keys here are `any_of`"),
    ("answers: {}", "HR102", 1, 1, 7, "the file has no `name`", "add `name:`"),
    ("name: N\ncontrols:\n  - id: A\n", "HR102", 3, 5, 2,
     "item 1 of `controls` has no `title`", "add `title:`"),
    ("name: N\ncontrols: [{}]", "HR102", 2, 12, 1, "item 1 of `controls` has no `id`, `title`",
     "add `id:`, `title:`"),
    (HEAD + "evidence: [{}]", "HR102", 5, 16, 1, "item 1 of `evidence` has no `kind`",
     "add `kind:`"),
    ("name: [N]", "HR103", 1, 7, 1, "`name` must be text, not a list", ""),
    ("name: {a: b}", "HR103", 1, 7, 1, "`name` must be text, not a mapping",
     "put quotes around a text that holds `: ` or starts with `{`"),
    ("name:", "HR103", 1, 6, 1, "`name` has no value",
     "write a value after the colon, or leave the key out"),
    ("name: N\ncontrols: A", "HR103", 2, 11, 1, "`controls` must be a list, not text",
     "write `[one, two]`, or one item a line after `- `"),
    ("name: N\ncontrols: [A]", "HR103", 2, 12, 1,
     "item 1 of `controls` must be a mapping, not text", ""),
    ("name: N\nanswers: [A]", "HR103", 2, 10, 1, "`answers` must be a mapping, not a list", ""),
    ("text", "HR103", 1, 1, 4, "the file must be a mapping, not text", ""),
    (HEAD + "level: [must]", "HR103", 5, 12, 1,
     "`level` must be one of its values, not a list",
     "write `must`, `should`, `may`, without brackets or braces"),
    (HEAD + "since: 24.11.2026", "HR104", 5, 12, 10,
     "`since` is not a date of the form YYYY-MM-DD",
     "write year, month and day, such as `2026-11-24`"),
    (HEAD + "level: mus", "HR105", 5, 12, 3, "`level` is `mus`, which is not one of its values",
     "did you mean `must`? the values are `must`, `should`, `may`"),
    (HEAD + "level: \x20MUST", "HR105", 5, 13, 4,
     "`level` is `MUST`, which is not one of its values",
     "did you mean `must`? the values are `must`, `should`, `may`"),
    (HEAD + "evidence: [{kind: video}]", "HR105", 5, 23, 5,
     "`kind` is `video`, which is not one of its values", "the values are `file`, `document`"),
    ("name: N\ncontrols: [{id: a1, title: T}]", "HR106", 2, 17, 2,
     "`id` is `a1`, which does not have the right form",
     "capital letters and digits joined by `-`, such as `SRC-03`"),
    (HEAD + "requires: [a]", "HR106", 5, 16, 1,
     "item 1 of `requires` is `a`, which does not have the right form",
     "capital letters and digits joined by `-`, such as `SRC-03`"),
    (HEAD + "requires: [A, {any_of: [A, b]}]", "HR106", 5, 32, 1,
     "item 2 of `any_of` is `b`, which does not have the right form",
     "capital letters and digits joined by `-`, such as `SRC-03`"),
    ("name: N\nanswers:\n  a b: c", "HR106", 3, 3, 3,
     "key `a b`, which does not have the right form",
     "capital letters and digits joined by `-`, such as `SRC-03`"),
    (HEAD + "max_age: 1 month", "HR107", 5, 14, 7, "`max_age` is not a duration",
     "write it as `P180D`"),
    (HEAD + "since: 2026-02-30", "HR108", 5, 12, 10, "`since` day is out of range for month", ""),
    ("name: N\ncontrols: [{id: A, title: ''}]", "HR108", 2, 27, 2, "`title` is empty",
     "write it, or leave it out"),
    ("name: N\ncontrols: [{id: A, title: A title that is too long}]", "HR108", 2, 27, 24,
     "`title` is longer than 20 characters", ""),
    (HEAD + "requires: [{any_of: [A]}]", "HR108", 5, 25, 1, "`any_of` has fewer than 2 items", ""),
    (HEAD + "modality: []", "HR109", 5, 15, 1, "`modality` is an empty list",
     "name at least one, or leave the key out"),
    ("name: N\ncontrols: []", "HR109", 2, 11, 1, "`controls` is empty",
     "name at least one, or leave the key out"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "length", "message", "advice"),
    CASES,
    ids=[f"{case[1]}-{case[5][:40]}" for case in CASES],
)
def test_each_error_is_told_at_its_token(
    load_text: Any,
    text: str,
    code: str,
    line: int,
    column: int,
    length: int,
    message: str,
    advice: str,
) -> None:
    loaded, (diagnostic,) = load_text(text)
    assert loaded is None
    assert (diagnostic.code, diagnostic.message, diagnostic.help) == (code, message, advice)
    assert diagnostic.span == Span("f.yaml", line, column, length)


def test_all_errors_are_told_at_once_in_the_order_of_the_file(load_text: Any) -> None:
    text = "controls:\n  - id: a\n    levl: must\n    since: x\n  - title: ''\nname: [a]\n"
    _, diagnostics = load_text(text)
    assert [(d.code, d.span.line) for d in diagnostics] == [
        ("HR102", 2),
        ("HR106", 2),
        ("HR101", 3),
        ("HR104", 4),
        ("HR102", 5),
        ("HR108", 5),
        ("HR103", 6),
    ]


def test_a_misspelt_key_in_a_union_is_known_by_the_branch(load_text: Any) -> None:
    _, diagnostics = load_text(HEAD + "requires: [{any_off: [A, B]}]")
    assert [(d.code, d.span.column, d.help) for d in diagnostics] == [
        ("HR102", 16, "add `any_of:`"),
        ("HR101", 17, "did you mean `any_of`?"),
    ]


def test_a_list_with_a_bad_item_is_not_also_called_too_short(load_text: Any) -> None:
    _, diagnostics = load_text(HEAD + "requires: [{any_of: [a, b]}]")
    assert [d.code for d in diagnostics] == ["HR106", "HR106"]


def test_every_pattern_of_the_models_is_explained_in_words() -> None:
    patterns = {
        note.pattern
        for scalar in vars(scalars).values()
        for note in getattr(scalar, "__metadata__", ())
        if getattr(note, "pattern", None)
    }
    assert patterns
    assert patterns <= set(FORMS)


def test_every_schema_code_is_produced_here() -> None:
    assert {case[1] for case in CASES} == {code for code in CODES if code.startswith("HR1")}


def test_a_key_that_looks_like_a_branch_is_told_at_itself(load_text: Any) -> None:
    text = HEAD + "requires: [{any_of: [A, B], <any-of>: c}]"
    _, (diagnostic,) = load_text(text)
    assert (diagnostic.code, diagnostic.span.column, diagnostic.span.length) == ("HR101", 33, 8)


def test_several_files_share_one_collector(specimen: type[BaseModel]) -> None:
    out = Collector()
    assert load(specimen, b"nam: x\nname: y", "b.yaml", out) is None
    assert load(specimen, b"a: b: c", "a.yaml", out) is None
    with pytest.raises(InputError) as caught:
        out.raise_if_errors()
    assert [d.code for d in caught.value.diagnostics] == ["HR010", "HR101"]


def test_a_file_of_many_mistakes_costs_little_and_all_are_counted(load_text: Any) -> None:
    text = "name: N\n" + "".join(f"nmae{number}: x\n" for number in range(60_000))
    loaded, diagnostics = load_text(text)
    assert loaded is None
    assert len(diagnostics) == 1_000
    assert diagnostics[0].span.line == 2


def test_a_file_is_loaded_from_beneath_a_root(tmp_path: Path, specimen: type[BaseModel]) -> None:
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "link.yaml").symlink_to("good.yaml")
    (tmp_path / "large.yaml").write_bytes(b"#" * (1 << 20) + b"\n")
    out = Collector()
    with Root(tmp_path) as root:
        assert load_file(specimen, root, "good.yaml", out) is not None
        assert out.total == 0
        for name in ("absent.yaml", "link.yaml", "../x.yaml", "large.yaml"):
            assert load_file(specimen, root, name, out) is None
    assert [(d.code, d.message.split("`")[1]) for d in out.sorted()] == [
        ("HR003", "large.yaml"),
        ("HR004", "absent.yaml"),
        ("HR005", "../x.yaml"),
        ("HR005", "link.yaml"),
    ]
