"""The build hook: a wheel carries the compiled catalog and the site's sources.

An editable install needs neither (the checkout holds them), so the hook does nothing for it. `hatchling` alone imports
this file, in an environment that holds only what `[build-system] requires` names.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogHook(BuildHookInterface[Any]):
    """Compiles the catalog into a temporary folder and maps it into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add `_data/bundle.json`, `_data/endorsements/`, `_data/principles/i18n/` and `_data/site/` to the wheel.

        Raises:
            SystemExit: the catalog has errors; the wheel is not built.
        """
        self._folder: Path | None = None
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "framework"))
        from handrail.catalog.compiling import compile_directory
        from handrail.source.diagnostics import InputError

        self._folder = Path(tempfile.mkdtemp(prefix="handrail-build-"))
        try:
            data = compile_directory(root)
        except InputError as error:
            raise SystemExit("\n".join(f"{d.code}: {d.message} ({d.span})" for d in error.diagnostics)) from error
        bundle = self._folder / "bundle.json"
        bundle.write_bytes(data)
        included = build_data["force_include"]
        included[str(bundle)] = "handrail/_data/bundle.json"
        for name in ("mkdocs.yml", "pages", "overrides"):
            included[str(root / "site" / name)] = f"handrail/_data/site/{name}"
        included[str(root / "endorsements")] = "handrail/_data/endorsements"
        for place, name in (("principles", "i18n"), ("site", "locale")):  # other languages, once there are any
            if (root / place / name).is_dir():
                included[str(root / place / name)] = f"handrail/_data/{place}/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
