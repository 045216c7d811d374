"""The page that writes a proposal: its data is the table of `handrail new`, and what it writes lints as that does."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from handrail.catalog.propose import known_names
from handrail.catalog.scaffold import blanks_in, filled, known_of
from handrail.catalog.scaffold_forms import Shape
from handrail.catalog.scaffold_rows_around import FORMS
from handrail.model.bundle import Bundle
from handrail.publish.pages_propose import propose_data
from handrail.publish.source import site_source
from handrail.source.diagnostics import Collector
from handrail.source.reader import read_yaml
from handrail.source.tree import plain
from tests.catalog.cases import SRC, bundle_of, checked, overlaid
from tests.publish.sites import elements

TODAY = "2026-11-24"
HOSTILE = 'Say "no": # {a: b} - [x] | > & * ! %\t\u202e</textarea><script>alert(1)</script> ... \\ \u0000'
ASK = """
const fs = require("fs"), vm = require("vm");
const [questions, ...scripts] = process.argv.slice(1);
for (const script of scripts) vm.runInThisContext(fs.readFileSync(script, "utf8"));
const asked = JSON.parse(fs.readFileSync(questions, "utf8"));
globalThis.answer = vm.runInThisContext(`(name, answers, day) => [
  handrailPropose.yaml(name, answers, day), handrailPropose.left(name, answers, day),
  handrailPropose.place(name, answers), handrailPropose.problem(name, answers.id || ""),
]`);
process.stdout.write(JSON.stringify(asked.map(([name, answers, day]) => answer(name, answers, day))));
"""
WHOLE: dict[str, dict[str, Any]] = {
    "control": {
        "principle": "SRC",
        "title": "List who may read the data",
        "statement": "The organisation MUST keep a list\nof who may read the data.",
        "question": "Is there a list of who may read the data?",
        "level": "must",
        "scope": "organisation",
        "applies-when": {"role": ["developer"]},
        "guidance": "1. Write the names down.\n\n   Ask who else there is.  \n",
        "effort": "S",
    },
    "principle": {"id": "CAR", "phase": "deploy", "title": "Take care", "steward": "us", "statement": "It takes care."},
    "checklist": {"id": "host", "title": "Hosts", "introduction": "You host.", "control": ["SRC-01", "SRC-02"]},
    "reference": {
        "id": "code-2026",
        "title": "No",
        "short": "A: code",
        "publisher": "1.0",
        "kind": "code",
        "status": "voluntary",
        "url": "https://code.example/",
        "confidence": "seen",
        "clause": "4.2",
        "clause-title": "yes",
        "clause-confidence": "seen",
    },
    "steward": {"id": "them", "name": "They who help", "summary": "They answer for it."},
}


def written(bundle: Bundle, folder: Path, asked: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, int, str, str]]:
    """What the page's scripts give for answers: the YAML, its blanks, its place, what is wrong with the id."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("no `node` here to run the page's scripts in")
    folder.mkdir(exist_ok=True)
    (folder / "data.js").write_bytes(propose_data(bundle))
    (folder / "asked.json").write_text(json.dumps([[name, answers, TODAY] for name, answers in asked]))
    assets = site_source() / "overrides" / "assets"
    scripts = [folder / "data.js", assets / "form" / "yaml-write.js", assets / "propose" / "values.js"]
    command = [node, "-e", ASK, str(folder / "asked.json"), *map(str, scripts)]
    return [
        (one[0], one[1], one[2], one[3])
        for one in json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout)
    ]


def read(text: str) -> Any:
    out = Collector()
    tree = read_yaml(text.encode(), "", out)
    assert tree is not None, (text, [one.message for one in out.sorted()])
    return plain(tree)


def put(folder: Path, name: str, text: str, place: str) -> None:
    """Do what the page says."""
    if name == "control":
        assert place == "Paste it at the end of the file in principles/develop/ that begins with id: SRC."
        (folder / SRC).write_text((folder / SRC).read_text() + text)
    elif name == "steward":
        path = folder / "principles/stewards.yaml"
        path.write_text(path.read_text() + text)
    else:
        path = folder / place.removeprefix("Save it as ").removesuffix(".")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def test_what_the_page_writes_is_what_the_terminal_writes_and_it_lints(tmp_path: Path) -> None:
    folder = overlaid(tmp_path / "catalog")
    bundle, known = bundle_of(folder), known_names(folder)
    asked = [
        (name, answers)
        for name in FORMS
        for answers in ({"principle": "SRC"} if name == "control" else {}, WHOLE[name])
    ]
    for (name, answers), (text, blanks, place, problem) in zip(asked, written(bundle, tmp_path, asked), strict=True):
        given = {"since": "1.1", "reviewed-on": TODAY, **answers}
        if name == "control":
            given["id"] = known.next_control("SRC")
        wanted = filled(FORMS[name], given)
        got = read(text)
        got = got[0] if name == "control" else next(iter(got.values())) if name == "steward" else got
        assert spaced(got) == spaced(wanted)
        assert blanks == blanks_in(wanted)
        assert problem == ""
        if answers is not WHOLE[name]:
            continue
        put(folder, name, text, place)
        out = checked(folder)[0]
        assert [one.code for one in out.sorted()] == ["HR254"] * blanks, [one.message for one in out.sorted()]
        if blanks:  # a principle and its control; the others are whole
            assert name == "principle"
            (folder / "principles/deploy/take-care.yaml").unlink()
    assert checked(folder)[0].total == 0


def test_no_answer_becomes_anything_but_text(tmp_path: Path) -> None:
    folder = overlaid(tmp_path / "catalog")
    asked = []
    for name, form in FORMS.items():
        keys = [one.key for one in form.fields if one.shape in (Shape.LINE, Shape.TEXT, Shape.MARKDOWN, Shape.HINT)]
        asked.append((name, {"principle": "SRC", **dict.fromkeys(keys, HOSTILE)}))
    for text, _, _, _ in written(bundle_of(folder), tmp_path, asked):
        assert HOSTILE.split("\t")[0] in str(spaced(read(text)))


@pytest.mark.parametrize(
    ("name", "id_", "why"),
    [
        ("principle", "src", "capital"),
        ("principle", "SRC", "taken"),
        ("reference", "act", "taken"),
        ("steward", "A b", "Small"),
    ],
)
def test_an_id_that_cannot_be_used_is_told(name: str, id_: str, why: str, tmp_path: Path) -> None:
    bundle = bundle_of(overlaid(tmp_path / "catalog"))
    [(_, _, _, problem)] = written(bundle, tmp_path, [(name, {"id": id_})])
    assert why in problem


def test_the_data_is_one_constant_of_plain_characters_with_every_question(catalog: Bundle) -> None:
    data = propose_data(catalog)
    assert data.isascii()
    assert data.startswith(b"const handrailProposeData = {")
    values = json.loads(data.removeprefix(b"const handrailProposeData = ").removesuffix(b";\n"))
    for form, its in zip(FORMS.values(), values["forms"], strict=True):
        assert [(one.key, one.wanted) for one in form.fields] == [(one["key"], one["wanted"]) for one in its["fields"]]
    known = known_of(catalog)
    assert {one["id"]: one["next"] for one in values["principles"]} == {
        one.id: known.next_control(one.id) for one in catalog.principles
    }
    assert next(one["next"] for one in values["principles"] if one["id"] == "SRC") == "SRC-10"


def test_the_page_loads_only_its_own_scripts_and_says_how_to_do_without(real_site: dict[str, bytes]) -> None:
    page = real_site["propose.html"].decode()
    sources = [one.attributes.get("src", "") for one in elements(page) if one.tag == "script"]
    own = [one for one in sources if one.startswith(("assets/propose/", "assets/form/"))]
    assert own == [
        "assets/propose/propose-data.js",
        "assets/form/yaml-write.js",
        "assets/form/page.js",
        "assets/propose/values.js",
        "assets/propose/propose.js",
    ]
    assert set(own) <= set(real_site)
    assert "handrail new control SRC" in page
    for name in ("values.js", "propose.js"):
        script = real_site[f"assets/propose/{name}"].decode()
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "fetch(",
            "XMLHttp",
            "eval(",
            ".style",
        ):
            assert word not in script


def spaced(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: spaced(one) for key, one in value.items()}
    if isinstance(value, list):
        return [spaced(one) for one in value]
    return " ".join(value.split()) if isinstance(value, str) else value
