"""What a catalog already has, and the values of something new beside it: the next free id, answers, blanks.

Belongs here: surveying a catalog that may still be full of blanks, and filling in a form. Never here: the questions
(`scaffold_rows`), the text of a file (`scaffold_text`), and writing it (`propose`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handrail.catalog.blanks import blank, is_blank
from handrail.catalog.files import catalog_files
from handrail.catalog.scaffold_forms import Form, Shape, requirement
from handrail.catalog.scaffold_rows import CONTROL
from handrail.model import limits
from handrail.model.bundle import Bundle
from handrail.source.diagnostics import Collector
from handrail.source.files import FileRefused, Root
from handrail.source.reader import read_yaml
from handrail.source.tree import plain

Answers = Mapping[str, Any]
"""Key of a field -> text; a list of text for choices; a map of fact -> list of text for a selector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Names of a catalog, each with a title; `path_of` leads from a principle to its file where there is one.

    `ids` are all ids of controls that are or ever were.
    """

    principles: Mapping[str, str]
    controls: Mapping[str, str]
    stewards: Mapping[str, str]
    roles: Mapping[str, str]
    jurisdictions: Mapping[str, str]
    facts: Mapping[str, Mapping[str, str]]
    references: frozenset[str]
    checklists: frozenset[str]
    ids: frozenset[str]
    version: str
    path_of: Mapping[str, str]

    def next_control(self, principle: str) -> str:
        """The number after the greatest that a control of the principle has or had: an id is never used again."""
        numbers = [found[1] for one in self.ids if (found := re.fullmatch(f"{re.escape(principle)}-([0-9]+)", one))]
        greatest = max(map(int, numbers), default=0)
        return f"{principle}-{greatest + 1:0{max(map(len, numbers), default=2)}d}"

    def taken(self, form: str, name: str) -> str:
        """Where a name is taken already, as a clause; nothing if it is free."""
        if form == "principle" and name in self.principles:
            return f"`{name}` is a principle already: {self.principles[name]}"
        if form == "principle" and any(one.startswith(f"{name}-") for one in self.ids):
            return f"controls of an earlier `{name}` were released, and an id is never used again"
        names = {"checklist": self.checklists, "reference": self.references, "steward": self.stewards}
        return f"there is a {form} `{name}` already" if name in names.get(form, ()) else ""

    def options(self, known: str) -> Mapping[str, str]:
        """The answers that only a catalog knows."""
        tables = {"stewards": self.stewards, "controls": self.controls, "roles": self.roles}
        return (tables | {"jurisdictions": self.jurisdictions}).get(known, {})


def known_of(bundle: Bundle) -> Known:
    """The names of a compiled catalog."""
    return Known(
        principles={one.id: one.title for one in bundle.principles},
        controls={one: bundle.controls[one].title for one in bundle.order},  # what others require comes first
        stewards={key: one.name for key, one in bundle.stewards.items()},
        roles=_labels(bundle, "role"),
        jurisdictions=_labels(bundle, "jurisdiction"),
        facts={name: _labels(bundle, name) for name in bundle.facts},
        references=frozenset(bundle.references),
        checklists=frozenset(one.checklist.id for one in bundle.checklists),
        ids=frozenset(bundle.controls) | {one for release in bundle.releases for one in release.fingerprints},
        version=bundle.catalog.version,
        path_of={},
    )


def _labels(bundle: Bundle, fact: str) -> dict[str, str]:
    return {key: one.label for key, one in bundle.facts[fact].values.items()} if fact in bundle.facts else {}


def survey(root: Root) -> Known:
    """The names of the catalog at an open root, as far as its files can be read: some may hold blanks or errors.

    Raises:
        FileRefused: its folders cannot be listed.
    """
    files = {path: _values(root, path) for path in catalog_files(root)}
    head = files.get("principles/catalog.yaml", {})
    principles = {
        str(one["id"]): (path, one)
        for path, file in files.items()
        if isinstance(one := file.get("principle"), dict) and one.get("id")
    }
    controls = [
        one for file in files.values() for one in _list(file.get("controls")) if isinstance(one, dict) and one.get("id")
    ]
    released = [
        one for one in _list(files.get("principles/releases.yaml", {}).get("releases")) if isinstance(one, dict)
    ]
    facts = {
        name: {key: str(_map(one).get("label", key)) for key, one in _map(_map(fact).get("values")).items()}
        for name, fact in _map(head.get("facts")).items()
    }
    return Known(
        principles={one: str(value.get("title", "")) for one, (_, value) in principles.items()},
        controls={str(one["id"]): str(one.get("title", "")) for one in controls},
        stewards={
            key: str(_map(one).get("name", ""))
            for key, one in _map(files.get("principles/stewards.yaml", {}).get("stewards")).items()
        },
        roles=facts.get("role", {}),
        jurisdictions=facts.get("jurisdiction", {}),
        facts=facts,
        references=_stems(files, "principles/references/"),
        checklists=_stems(files, "checklists/"),
        ids=frozenset(str(one["id"]) for one in controls)
        | {one for release in released for one in _map(release.get("fingerprints"))},
        version=str(_map(head.get("catalog")).get("version", "1.0")),
        path_of={one: path for one, (path, _) in principles.items()},
    )


def _values(root: Root, path: str) -> dict[str, Any]:
    try:
        tree = read_yaml(root.read(path, cap=limits.YAML_BYTES), path, Collector())
    except FileRefused:
        return {}
    return _map(plain(tree)) if tree is not None else {}


def _map(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _stems(paths: Iterable[str], folder: str) -> frozenset[str]:
    return frozenset(path.removeprefix(folder).removesuffix(".yaml") for path in paths if path.startswith(folder))


def filled(form: Form, answers: Answers) -> dict[str, Any]:
    """The values of what is proposed, in the order of its form: answers, defaults, and blanks for the rest."""
    made: dict[str, Any] = {}
    named = answers.get(form.named) or blank(next(one.wanted for one in form.fields if one.key == form.named))
    for field in form.fields:
        given = answers.get(field.key) or field.default
        if field.shape is Shape.HINT or (field.optional and not given):
            continue
        value: Any = given or blank(field.wanted)
        if field.shape is Shape.KIND:
            value = [requirement(given)]
        elif field.shape is Shape.CHOICES and not given:
            value = [value]
        _put(made, [named if step == "*" else step for step in field.path], value)
    if form.name == "principle":
        one = answers.get("id")
        first = filled(CONTROL, {"id": f"{one}-01" if one else blank("the principle's id, and -01")})
        del first["status"]  # it is that of the principle
        made["controls"] = [first]
    return made


def _put(made: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for step in path[:-1]:
        made = made.setdefault(step, {})
    made[path[-1]] = value


def blanks_in(value: object) -> int:
    """How many blanks are left in it, names included."""
    if isinstance(value, dict):
        return sum(is_blank(key) + blanks_in(one) for key, one in value.items())
    if isinstance(value, list):
        return sum(map(blanks_in, value))
    return int(isinstance(value, str) and is_blank(value))
