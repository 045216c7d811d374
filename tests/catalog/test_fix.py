"""`lint --fix`, by function: it mends what has one right answer, keeps every remark, and means what it meant."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handrail.catalog.bundle import compile_catalog, digest, to_bytes
from handrail.catalog.fix import fix_directory
from handrail.catalog.fixes import FIXES, fixed
from handrail.catalog.lint import RULES
from handrail.source.diagnostics import Collector, InputError
from handrail.source.reader import read_yaml
from handrail.source.tree import plain
from tests.catalog.cases import MINIMAL, SRC, checked, overlaid

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "principles").rglob("*.yaml")) + sorted((ROOT / "checklists").glob("*.yaml"))
MAPPING = '    mappings: [{reference: act, clause: "1", relation: supports, confidence: secondary}]\n'
ONE = '      - {reference: act, clause: "1", relation: supports, confidence: secondary}\n'
TWO = '      - {reference: act, clause: "2", relation: related, confidence: memory}\n'


def remarks(data: bytes) -> Counter[str]:
    return Counter(line.strip() for line in data.decode().splitlines() if line.strip().startswith("#"))


def values(data: bytes) -> object:
    tree = read_yaml(data, "", Collector())
    assert tree is not None
    return plain(tree)


def digest_of(folder: Path) -> str:
    out, sources, _ = checked(folder)
    assert not {one.code for one in out.sorted()} - set(RULES), [one.message for one in out.sorted()]
    return digest(to_bytes(compile_catalog(sources)))


def test_every_fix_is_of_a_rule() -> None:
    assert set(FIXES) <= set(RULES)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_catalog_has_nothing_to_fix(path: Path) -> None:
    assert fixed(path.read_bytes()).data == path.read_bytes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: b  \nc: d\t\n", "a: b\nc: d\n"),
        ("a: b  \r\nc: d\r\n", "a: b\r\nc: d\r\n"),
        ("a: b", "a: b\n"),
        ("a: |\n  two spaces  \n  end\nb: c  \n", "a: |\n  two spaces  \n  end\nb: c\n"),
        ('a: "b  \n  c"\n', 'a: "b\n  c"\n'),
        ('a: "b\\ \n  c"\n', 'a: "b\\ \n  c"\n'),
        ("a: >-\n  folded \n  text\n", "a: >-\n  folded \n  text\n"),
        ("a: |\n  last line", "a: |\n  last line\n"),
        ("with:\n  a: |\n    to the letter", "with:\n  a: |\n    to the letter"),
    ],
)
def test_ends_of_lines_are_mended_where_they_mean_nothing(before: str, after: str) -> None:
    assert fixed(before.encode()).data.decode() == after
    assert fixed(after.encode()).data.decode() == after


def test_a_long_list_is_broken_after_commas_and_its_remark_stays() -> None:
    ids = ", ".join(f"ID-{number:02}" for number in range(40))
    data = f"controls: [{ids}] # all of them\nwith: {{a: 'x, y', b: [{ids}]}}\n".encode()
    made = fixed(data)
    lines = made.data.decode().splitlines()
    assert max(map(len, lines)) <= 120
    assert lines[0].startswith("controls: [ID-00, ID-01")
    assert lines[1].startswith("           ID-")
    assert any(line.endswith("] # all of them") for line in lines)
    assert values(made.data) == values(data)
    assert len(made.done) == 1


@pytest.mark.parametrize(
    "line",
    [
        f"a: {'word, ' * 40}end",
        f"a: [{'w' * 130}]",
        f"# [{'word, ' * 40}]",
        f"a: |\n  [{'word, ' * 40}end]",
        f'a: ["{"word, " * 40}"]',
    ],
)
def test_what_is_no_long_list_stays_as_wide_as_it_is(line: str) -> None:
    data = f"{line}\nb: c\n".encode()
    assert fixed(data).data == data


def test_controls_are_put_in_order_with_the_remarks_above_them(tmp_path: Path) -> None:
    text = (MINIMAL / SRC).read_text()
    head, first, second = text.partition("  - id: SRC-01")[0], *text.split("  - id: SRC-0")[1:]
    shuffled = f"{head}  # on the second\n  - id: SRC-0{second}\n  # on the first\n  - id: SRC-0{first}# at the end\n"
    folder = overlaid(tmp_path)
    (folder / SRC).write_text(shuffled)
    mended = fix_directory(folder)
    assert [(one.path, one.done) for one in mended] == [
        (SRC, ("put the controls in the order of their ids (SRC-01, SRC-02)",))
    ]
    assert (folder / SRC).read_text() == (
        f"{head}  # on the first\n  - id: SRC-0{first}\n  # on the second\n  - id: SRC-0{second}# at the end\n"
    )
    assert checked(folder)[0].total == 0


def test_a_repeated_mapping_is_taken_out_and_one_that_differs_is_told(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    differs = ONE.replace("supports", "related")
    text = (MINIMAL / SRC).read_text()
    (folder / SRC).write_text(text.replace(MAPPING, f"    mappings:\n{ONE}      # kept\n{ONE}{TWO}{differs}"))
    fix_directory(folder)
    assert (folder / SRC).read_text() == text.replace(MAPPING, f"    mappings:\n{ONE}      # kept\n{TWO}{differs}")
    assert [one.code for one in checked(folder)[0].sorted()] == ["HR255"]


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([path for path in SHIPPED if "references" not in str(path)]))
def test_a_fix_means_the_same_keeps_remarks_and_is_done_once(chance: random.Random, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(lines))
        how = chance.randrange(3)
        if how == 0:
            lines[at] += " " * chance.randint(1, 3)
        elif how == 1:
            indent = len(lines[at]) - len(lines[at].lstrip())
            lines.insert(at, f"{' ' * indent}# a remark {chance.randrange(9)}")
        elif lines[at].rstrip().endswith(",") and at + 1 < len(lines):
            lines[at : at + 2] = [f"{lines[at]} {lines[at + 1].lstrip()}"]
    data = "\n".join(lines).encode()
    if chance.randrange(2):
        data = data.rstrip(b"\n")
    if read_yaml(data, "", Collector()) is None:
        return
    made = fixed(data)
    assert values(made.data) == values(data) or data[-1:] != b"\n"
    assert remarks(made.data) == remarks(data)
    assert fixed(made.data).data == made.data
    assert bool(made.done) == (made.data != data)


@pytest.mark.parametrize("spoil", ["ends", "wide", "order", "twice"])
def test_the_digest_changes_only_where_a_mapping_goes_or_controls_change_places(spoil: str, tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    text = (MINIMAL / SRC).read_text()
    first, second = text.split("  - id: SRC-0")[1:]
    (folder / SRC).write_text(
        {
            "ends": text.replace("level: must\n", "level: must  \n").removesuffix("\n"),
            "wide": text.replace("columns: [name, day]", f"columns: [name, day{', more' * 30}]"),
            "order": text.replace(first, "@").replace(second, first).replace("@", second),
            "twice": text.replace(MAPPING, f"    mappings:\n{ONE}{ONE}"),
        }[spoil]
    )
    before = digest_of(folder)
    assert fix_directory(folder)
    assert (digest_of(folder) == before) == (spoil in ("ends", "wide"))
    assert not {one.code for one in checked(folder)[0].sorted()} & set(FIXES)
    assert fix_directory(folder) == ()


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    last = f"principles/develop/{'z' * 245}.yaml"  # no name is left for the new file beside it
    (folder / SRC).rename(folder / last)
    paths = ("checklists/developer.yaml", last)
    for path in paths:
        (folder / path).write_text((folder / path).read_text().removesuffix("\n"))
    before = {path: (folder / path).read_bytes() for path in paths}
    with pytest.raises(InputError, match="nothing was fixed"):
        fix_directory(folder)
    assert {path: (folder / path).read_bytes() for path in paths} == before


def test_a_file_that_is_no_yaml_of_ours_is_left(tmp_path: Path) -> None:
    folder = overlaid(tmp_path)
    (folder / SRC).write_text("a: &b c  \n")
    assert fix_directory(folder) == ()
    assert (folder / SRC).read_text() == "a: &b c  \n"
