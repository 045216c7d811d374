"""Write the bill of materials of a release: handrail and what its installation brings, in CycloneDX 1.6.

Belongs here: walking the installed requirements of the core and of every extra that a user may choose. Never here:
tools of developers, which are in no release. Same environment and SOURCE_DATE_EPOCH, same bytes.
"""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import distribution
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement

EXTRAS = ("c2pa", "cyclonedx", "git", "signing", "site")


def requirements(name: str, extras: tuple[str, ...]) -> Iterator[Requirement]:
    """What an installed distribution asks for in this environment, with some of its extras."""
    for line in distribution(name).requires or ():
        one = Requirement(line)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            yield one


def bill(name: str, extras: tuple[str, ...]) -> Bom:
    """The distribution as the main component, and every distribution that it brings, with who asks for whom."""
    components: dict[str, Component] = {}
    asked: dict[str, list[Component]] = {}

    def known(one: str) -> Component:
        found = distribution(one)
        key = found.metadata["Name"].lower().replace("_", "-")
        if key not in components:
            purl = PackageURL("pypi", name=key, version=found.version)
            kind = ComponentType.APPLICATION if not components else ComponentType.LIBRARY
            components[key] = Component(
                name=key, version=found.version, type=kind, purl=purl, bom_ref=str(purl),
                description=found.metadata["Summary"],
            )  # fmt: skip
        return components[key]

    waiting = [(name, extras)]
    done: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        one = waiting.pop()
        if one in done:
            continue
        done.add(one)
        here = known(one[0])
        for requirement in requirements(*one):
            asked.setdefault(here.name, []).append(known(requirement.name))
            waiting.append((requirement.name, tuple(sorted(requirement.extras))))
    main, *others = components.values()
    made = Bom(components=others)
    made.metadata.component = main
    made.metadata.timestamp = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    for key, component in components.items():
        made.register_dependency(component, asked.get(key, ()))
    made.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, f"{main.bom_ref.value}@{os.environ['SOURCE_DATE_EPOCH']}")
    return made


if __name__ == "__main__":
    (target,) = sys.argv[1:]
    Path(target).write_text(JsonV1Dot6(bill("handrail", EXTRAS)).output_as_string(indent=2) + "\n", encoding="utf-8")
