"""The form's reader and writer of YAML against handrail's own: what the form takes, handrail reads as the same."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from handrail.catalog.default import default_bundle
from handrail.model.declaration import Declaration
from handrail.publish.pages_applies import applies_data
from handrail.publish.pages_form import form_data
from handrail.publish.source import site_source
from handrail.source.diagnostics import Collector
from handrail.source.reader import read_yaml
from handrail.source.tree import plain
from handrail.workspace.link import link_project
from handrail.workspace.load import load_project
from tests.browser.conftest import ROOT, Opening

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCRIPTS = ("handrail/scope", "form/yaml-read", "form/yaml-write", "form/shape", "form/judge", "form/declaration")
READ = """texts => {
  const plain = node => node.kind === "text" ? (node.empty ? null : node.value)
    : node.kind === "list" ? node.value.map(plain)
    : {map: [...node.value].map(([name, place]) => [name, plain(place.node)])};
  return texts.map(text => {
    try { return {read: plain(handrailYamlReader.read(text).root)}; }
    catch (error) { if (!(error instanceof handrailYamlReader.Refused)) throw error;
                    return {line: error.line, column: error.column, text: error.text}; }
  });
}"""
WRITE = """values => values.map(value => handrailYamlWriter.write(value))"""
IMPORT = """([catalog, form, texts]) => texts.map(text =>
  handrailDeclaration.read(text, {catalog: JSON.parse(catalog), ...JSON.parse(form)}).problems)"""


@pytest.fixture
def page(opened: Opening) -> Page:
    """A page that holds the form's scripts without the form."""
    made = opened()
    for script in SCRIPTS:
        made.add_script_tag(path=site_source() / "overrides" / "assets" / f"{script}.js")
    return made


def by_handrail(text: str) -> Any:
    """The text as handrail reads it, maps as lists of pairs; None where it refuses."""
    node = read_yaml(text.encode("utf-8", "surrogatepass"), "x.yaml", Collector())
    return None if node is None else paired(plain(node))


def paired(value: Any) -> Any:
    if isinstance(value, dict):
        return {"map": [[name, paired(one)] for name, one in value.items()]}
    return [paired(one) for one in value] if isinstance(value, list) else value


PIECES = [
    *("a: b", "k:", "- x", "  - y: z", "  k2: |", "  k3: >-", "    text  more", "      deeper", "'it''s': x", ""),
    *('"q\\n\\u00e9 "', "[a, b]", "{a: b, c: [d]}", "# c", " # c", "x: 'a", "  b'", 'y: "a  ', '  b"', "---", "..."),
    *("&a", "*a", "!t", "? x", "a:b", "a: b: c", "- - q", "-", "\t", "x: {a: b,", "  c: d}", "t: plain", "  more"),
    *("k: |2", "   ind", "k: >", "  fold", "  ed", "\u00e9: \U0001f600 x", "l: http://x.y/z?q#f", "n: a #b", "o: a# b"),
    *("w: {\"a\":1}", "    - a", "   - b", "<<: x", "'a': b", "%x", "x: |-", "  a", "k: >+", "n: [a,]", "n: {a: }"),
    *('x: "a\\', "v: 'x' y", "[a]: b", "s: ?x", "u: a,b", "q: `x", "r: -1", "n: {a:}", "    "),
]  # fmt: skip
TEXTS = [
    *("a", "it's", "a: b", "- x", "# c", "x #c", "two\nlines", "two\n\nparts\n", " lead", "trail ", "\u00e9\U0001f600"),
    *("true", "1.0", "0x1f", "1e5", "12:30", "long " * 30, "tab\tx", 'quote"x\\', "a\n  b\nc", "\nx", "{", "[a", "@"),
    *("null", "~", "2026-01-01", "x\n\n\n", "http://x.y/z?a#b", "\u00a0x", "a \nb", "---", "-1", ".5", "y", "|", "> x"),
]  # fmt: skip


def value(chance: random.Random, depth: int = 0) -> Any:
    kind = chance.random()
    if depth > 4 or kind < 0.5:
        signs = "ab:- #\n'\"[]{},&*!|>%@`?\\\u00e90."
        return chance.choice([*TEXTS, "".join(chance.choice(signs) for _ in range(chance.randint(1, 9)))])
    if kind < 0.7:
        return [value(chance, depth + 1) for _ in range(chance.randint(0, 3))]
    return {
        chance.choice(["a", "b c", "d-e", "\u00e9", "x: y", "'q", "#"]) + str(at): value(chance, depth + 1)
        for at in range(chance.randint(0, 3))
    }


def mutated(text: str, chance: random.Random) -> str:
    """A part of a text with a few slips."""
    start = chance.randrange(len(text))
    text = text[max(0, start - chance.randint(0, 300)) : start + chance.randint(1, 300)]
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(text) + 1)
        slip = chance.choice(
            ["", ":", " ", "\n", "  ", "#", "'", '"', "[", "]", "{", "}", ",", "-", "|", ">", "&", "\t"]
        )
        text = text[:at] + slip + text[at + chance.choice([0, 0, 1, 3]) :]
    return text


def files() -> list[str]:
    """The YAML of this repository."""
    folders = ("examples", "principles", "checklists", "tests/conformance")
    return [one.read_text("utf-8") for folder in folders for one in sorted((ROOT / folder).rglob("*.yaml"))]


def test_what_the_form_reads_handrail_reads_as_the_same(page: Page) -> None:
    chance = random.Random(11)
    whole = files()
    pieces = [
        "\n".join(chance.choices(PIECES, k=chance.randint(1, 6))) + chance.choice(["", "\n"]) for _ in range(3000)
    ]
    slips = [mutated(chance.choice(whole), chance) for _ in range(2000)]
    styles: list[dict[str, Any]] = [
        {"default_style": style, "default_flow_style": flow, "width": width}
        for style in (None, "'", '"', "|", ">")
        for flow in (None, True)
        for width in (20, 1000)
    ]
    dumps = [yaml.safe_dump({"k": value(chance)}, allow_unicode=True, **chance.choice(styles)) for _ in range(1000)]
    texts = [*whole, *pieces, *slips, *dumps]
    taken = 0
    for text, found in zip(texts, page.evaluate(READ, texts), strict=True):
        if "read" in found:
            assert found["read"] == by_handrail(text), text
            taken += 1
        else:
            assert found["line"] >= 1, text
            assert found["column"] >= 1, text
            assert found["text"], text
    assert taken > 1500


def test_every_map_in_this_repository_is_read(page: Page) -> None:
    whole = [text for text in files() if "map" in (by_handrail(text) or {})]
    refused = [found for found in page.evaluate(READ, whole) if "read" not in found]
    assert refused == []


def test_what_the_form_writes_every_reader_reads_back(page: Page) -> None:
    chance = random.Random(12)
    values = [{"a": value(chance), "b": value(chance, 1)} for _ in range(2000)]
    for given, text in zip(values, page.evaluate(WRITE, values), strict=True):
        assert by_handrail(text) == paired(given), text
        assert in_text(yaml.safe_load(text)) == given, text


def in_text(given: Any) -> Any:
    if isinstance(given, dict):
        return {str(name): in_text(one) for name, one in given.items()}
    return [in_text(one) for one in given] if isinstance(given, list) else str(given)


PLACES = [
    ("a: b\n\tc: d\n", 2, 1, "a tab"),
    ("a: &x b\n", 1, 4, "anchors"),
    ("a: b\na: c\n", 2, 1, "given twice"),
    ("a: b\n---\nc: d\n", 2, 1, "second document"),
    ("a: 'b\n", 1, 4, "never closed"),
    ("\u00e9: \U0001f600 x: y\n", 1, 7, "put quotes around"),
    ("a: [b, c\n", 1, 4, "never closed"),
    ("a: b\x07\n", 1, 5, "control character"),
    ("- a\n", 1, 1, "a mapping should stand here"),
    ("# nothing\n", 1, 1, "nothing but comments"),
    ("a:\n" + "".join("  " * depth + "b:\n" for depth in range(1, 40)), 33, 65, "deeper than 32"),
]


def test_a_refusal_says_where_and_why(page: Page) -> None:
    for (text, line, column, says), found in zip(PLACES, page.evaluate(READ, [one[0] for one in PLACES]), strict=True):
        assert (found["line"], found["column"]) == (line, column), (text, found)
        assert says in found["text"]
        assert by_handrail(text) is None or text.startswith("- ")


HEAD = "handrail: 1\nproject: {id: p, name: P}\n"
GOOD = [
    HEAD,
    HEAD + "facts: {role: model-developer, jurisdiction: [eu, us-ca]}\nchecklists: [first-steps]\n",
    HEAD + "controls:\n  GOV-01:\n    state: implemented\n    summary:\n",
    HEAD + 'catalog: {version: "1.0", digest: ' + "0" * 64 + "}\n",
    HEAD
    + "controls: {SRC-03: {state: implemented, evidence: [{for: log, sealed: {custodian: X, since: 2026-09-30}}]}}\n",
    HEAD + "artifacts: {model: {sha256: " + "0" * 64 + "}}\npublish: {consent_by: X, date: 2026-01-01}\n",
    "handrail: 1\nproject: {id: p, name: P, fictional: true}\n",
]
BAD = [
    "project: {id: p, name: P}\n",
    "handrail: 2\nproject: {id: p, name: P}\n",
    "handrail: 1\nproject: {id: P p, name: P}\n",
    "handrail: 1\nproject: {id: p}\n",
    "handrail: 1\nproject: {id: p, name: ''}\n",
    HEAD + "colour: red\n",
    HEAD + "facts: {colour: [red]}\n",
    HEAD + "facts: {role: [painter]}\n",
    HEAD + "facts: {role: []}\n",
    HEAD + "facts: {messaging: [none, e2ee]}\n",
    HEAD + "checklists: [nobody]\n",
    HEAD + "checklists: nobody\n",
    HEAD + 'catalog: {version: "2.0"}\n',
    HEAD + 'catalog: {version: "1.9"}\n',
    HEAD + "controls: {XXX-99: {state: planned}}\n",
    HEAD + "controls: {GOV-01: {state: done}}\n",
    HEAD + "controls: {GOV-01: {summary: x}}\n",
    HEAD + "controls: {GOV-01: {state: planned, due: 2026-02-30}}\n",
    HEAD + "controls: {GOV-01: {state: planned, due: 1926-02-03}}\n",
    HEAD + "controls: {GOV-01: {state: planned, statement: abc}}\n",
    HEAD + "controls: {GOV-01: {state: inherited}}\n",
    HEAD + "controls: {GOV-01: {state: inherited, from: base}}\n",
    HEAD + "controls: {GOV-01: {state: planned, from: base}}\n",
    HEAD + "controls: {GOV-01: {state: implemented, evidence: [{for: nothing, path: x}]}}\n",
    HEAD + "controls: {GOV-01: {state: implemented, evidence: [{for: appointment}]}}\n",
    HEAD
    + "controls: {GOV-01: {state: implemented, evidence: [{for: appointment, path: x, sealed: {custodian: a}}]}}\n",
    HEAD + "waivers: [{control: XXX-01, reason: r, granted: 2026-01-01, expires: 2026-02-01, approved_by: a}]\n",
    HEAD + "controls: []\n",
    HEAD + "publish: {consent_by: X}\n",
]


def test_the_form_takes_what_handrail_takes_and_refuses_the_rest_with_a_place(page: Page, tmp_path: Path) -> None:
    bundle, digest = default_bundle()
    data = [one(bundle, digest).decode().split(" = ", 1)[1].removesuffix(";\n") for one in (applies_data, form_data)]
    for text, problems in zip(GOOD + BAD, page.evaluate(IMPORT, [*data, GOOD + BAD]), strict=True):
        path = tmp_path / "handrail.yaml"
        path.write_text(text, encoding="utf-8")
        out = Collector()
        if (project := load_project(path, out)) is not None:
            link_project(project, bundle, out)
        assert bool(out.errors) == (text in BAD), text
        assert bool(problems) == (text in BAD), (text, problems)
        if problems:
            lines = [one.span.line for one in out.sorted() if one.span]
            assert problems[0]["line"] == lines[0], (text, problems)


def test_the_form_knows_every_key_of_a_declaration(page: Page) -> None:
    shape = page.evaluate(
        """() => { const keys = shape => shape.fields
          ? Object.fromEntries(Object.entries(shape.fields).map(([name, one]) => [name, keys(one)]))
          : shape.list || shape.of ? keys(shape.list || shape.of) : null;
        return keys(handrailShape.DECLARATION); }"""
    )
    assert shape == keys(Declaration.model_json_schema(by_alias=True))


def keys(schema: dict[str, Any]) -> Any:
    """The keys of a JSON Schema, level by level."""
    definitions = schema.get("$defs", {})

    def below(one: dict[str, Any]) -> Any:
        if "$ref" in one:
            one = definitions[one["$ref"].rpartition("/")[2]]
        for choice in one.get("anyOf", ()):
            if choice.get("type") != "null" and (found := below(choice)) is not None:
                return found
        if "properties" in one:
            return {name: below(value) for name, value in one["properties"].items()}
        inner = one.get("items") or next(iter(one.get("patternProperties", {}).values()), None)
        inner = inner or one.get("additionalProperties")
        return below(inner) if isinstance(inner, dict) else None

    return below(schema)
