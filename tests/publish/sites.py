"""Sites built for the tests, and reading them.

Belongs here: inputs, and finding things in finished HTML. Never here: an assertion.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import html5lib

from handrail.assess.project import project_publicly
from handrail.model.bundle import Bundle
from handrail.model.public import PublicReport
from handrail.publish.build import SiteSummary, build_site
from handrail.publish.gap import Gap, PublicGap
from handrail.publish.source import site_source
from tests.report.small import ALL_SHOWN, CATALOG, FIRST_RUN, MIXED, Project

BUILT_ON = date(2026, 11, 24)
DIGEST = "sha256:" + "1" * 64


def report(project: Project, bundle: Bundle = CATALOG) -> PublicReport:
    """What the public may see of a small project."""
    return project_publicly(project.assessment(bundle), bundle, project.declaration())


def small_reports() -> list[PublicReport]:
    """Reports of three projects with names and ids of their own, in no order."""
    named = {"zephyr": ("Zephyr", FIRST_RUN), "beacon": ("beacon", MIXED), "anvil": ("Anvil", ALL_SHOWN)}
    return [renamed(report(project), one, name) for one, (name, project) in named.items()]


def renamed(given: PublicReport, one: str, name: str) -> PublicReport:
    """The report under another project's id and name."""
    return given.model_copy(
        update={
            "project": given.project.model_copy(update={"id": one, "name": name}),
            "headline": given.headline.model_copy(update={"project": name}),
        }
    )


def build(out: Path, bundle: Bundle = CATALOG, reports: Iterable[PublicReport | Gap] = (), **given: Any) -> SiteSummary:
    """Build a site with what a test does not care about filled in."""
    values: dict[str, Any] = {
        "digest": DIGEST,
        "site_source": site_source(),
        "built_on": BUILT_ON,
        "version": "0.1.0",
        **given,
    }
    gaps = (PublicGap(report=one) if isinstance(one, PublicReport) else one for one in reports)
    return build_site(bundle=bundle, reports=gaps, out=out, **values)


def contents(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element as a browser would see it."""

    tag: str
    attributes: Mapping[str, str]
    node: Any

    @property
    def text(self) -> str:
        """All its text, with single spaces."""
        return " ".join("".join(self.node.itertext()).split())


@functools.lru_cache(maxsize=256)
def elements(page: bytes | str) -> tuple[Element, ...]:
    """Every element of a page, in order, as a browser's parser makes them, those of pictures too."""
    text = page.decode() if isinstance(page, bytes) else page
    return tuple(
        Element(node.tag.rpartition("}")[2], {str(name): str(value) for name, value in node.attrib.items()}, node)
        for node in html5lib.parse(text).iter()
        if isinstance(node.tag, str)
    )


def ids(page: bytes) -> list[str]:
    """The ids of a page, in order, repeated ones too."""
    return [one.attributes["id"] for one in elements(page) if "id" in one.attributes]


def texts(page: bytes, css_class: str) -> list[str]:
    """The texts of the elements of a class."""
    return [one.text for one in elements(page) if css_class in one.attributes.get("class", "").split()]
