"""Where the site's hand-written part lies: in the wheel beside the bundle, in a checkout under `site/`.

Belongs here: finding that folder, by the package's own place and never by the working directory. Never here: reading
it (that is `engine`).
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def site_source() -> Path:
    """The folder that holds `mkdocs.yml`, `pages/` and `overrides/`.

    Raises:
        FileNotFoundError: the package was installed without its site sources, which no build of ours does.
    """
    package = Path(str(files("handrail")))
    shipped = package / "_data" / "site"
    if (shipped / "mkdocs.yml").is_file():
        return shipped
    checkout = package.parent.parent
    if (checkout / "hatch_build.py").is_file() and (checkout / "site" / "mkdocs.yml").is_file():
        return checkout / "site"
    raise FileNotFoundError("this installation of handrail carries no site sources")
