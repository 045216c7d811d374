"""Which projects a public site publishes, and which withdrew: kept in the site itself, for its next build.

Belongs here: that one file. Never here: consent (the declaration), and the page that stays (`pages_reports`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from handrail.model.limits import MIB
from handrail.model.scalars import KEY_PATTERN
from handrail.source.files import FileRefused, Root

REGISTER = "reports/_published.json"
"""No id of a project begins with a low line."""

_BYTES = 64 * MIB
_KEY = re.compile(KEY_PATTERN)


@dataclass(frozen=True, slots=True)
class Register:
    """Ids of projects: those with a report, and those of which it was withdrawn, with the day."""

    published: frozenset[str]
    withdrawn: Mapping[str, date]

    def withdrawn_since(self, project: str, *, today: date) -> date | None:
        """Since when a project that gives no consent has none, or None if it never had a report here."""
        if project in self.withdrawn:
            return self.withdrawn[project]
        return today if project in self.published else None

    def written(self) -> bytes:
        """The file."""
        days = {one: self.withdrawn[one].isoformat() for one in sorted(self.withdrawn)}
        data = {"published": sorted(self.published), "withdrawn": days}
        return f"{json.dumps(data, indent=1)}\n".encode()


def old_register(out: Path) -> Register:
    """The register of the site that stands in a folder; an empty one where there is none, or none that can be read."""
    try:
        with Root(out) as root:
            data: Any = json.loads(root.read(REGISTER, cap=_BYTES))
        published = frozenset(one for one in data["published"] if _KEY.fullmatch(one))
        withdrawn = {one: date.fromisoformat(day) for one, day in data["withdrawn"].items() if _KEY.fullmatch(one)}
    except (FileRefused, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Register(frozenset(), {})
    return Register(published, withdrawn)
