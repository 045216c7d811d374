"""`handrail site`: publish the framework and the gap reports.

Belongs here: the verbs' arguments and the order of their steps. Never here: pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.options import AsOf, Catalog, TrustFile, chosen_attestors, chosen_catalog, day_or_today

if TYPE_CHECKING:
    from datetime import date

    from handrail.publish.build import SiteSummary

site = typer.Typer(name="site", help="Publish the framework and gap reports as a site.", no_args_is_help=True)

Projects = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PROJECT]...",
        help="Declarations, folders that hold them, or recorded assessments (.json, .ndjson), to make reports of.",
    ),
]
Internal = Annotated[
    bool, typer.Option("--internal", help="Reports for the projects' own people: everything, and no consent asked.")
]
Contact = Annotated[
    str, typer.Option("--contact", metavar="TEXT", help="Where to write for a reply to a report: an address.")
]
Out = Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the site goes.")]
DEFAULT_OUT = Path("site/public")


@site.command()
def build(
    projects: Projects = None,
    out: Out = DEFAULT_OUT,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    internal: Internal = False,
    contact: Contact = "",
) -> None:
    """Build the site. Only projects whose declaration consents (`publish:`) get a page, but for --internal."""
    from handrail.cli.messages import say

    made = _build(_Wanted(projects or [], out, catalog, trust, day_or_today(as_of), internal, contact))
    gone = f", {made.withdrawn} withdrawn" if made.withdrawn else ""
    say(f"{made.pages} pages and {made.reports} gap reports{gone}; open {out / 'index.html'}")


@site.command()
def serve(
    projects: Projects = None,
    out: Out = DEFAULT_OUT,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    internal: Internal = False,
    contact: Contact = "",
    port: Annotated[int, typer.Option("--port", help="The port on this machine.")] = 8000,
) -> None:
    """Build the site, serve it on this machine only, and build it again when a source changes."""
    from handrail.cli.messages import say
    from handrail.publish.serve import serve as serve_site
    from handrail.publish.source import site_source

    wanted = _Wanted(projects or [], out, catalog, trust, day_or_today(as_of), internal, contact)
    sources = [folder / name for folder in [catalog or Path()] for name in ("principles", "checklists")]
    watched = [path for path in (*sources, site_source(), *(projects or ())) if path.exists()]
    try:
        serve_site(
            _reporting(lambda: _build(wanted)),
            root=out,
            watch=watched,
            ready=lambda address: say(f"serving {address}; reload the page after a change, and end with Ctrl-C"),
            port=port,
        )
    except OSError as error:
        raise typer.BadParameter(f"port {port} cannot be used: {error.strerror}", param_hint="--port") from None


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(site)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a build was asked for."""

    projects: list[Path]
    out: Path
    catalog: Path | None
    trust: Path | None
    day: date
    internal: bool
    contact: str


def _build(wanted: _Wanted) -> SiteSummary:
    from importlib.metadata import version

    from handrail.cli.messages import print_diagnostics, say
    from handrail.publish.build import build_site
    from handrail.publish.engine import SiteBroken, SiteEngineMissing
    from handrail.publish.inputs import Build, gaps
    from handrail.publish.source import site_source
    from handrail.source.diagnostics import Collector, Diagnostic, InputError
    from handrail.source.files import OutputError

    bundle, digest = chosen_catalog(wanted.catalog)
    build = Build(
        bundle=bundle,
        digest=digest,
        as_of=wanted.day,
        attestors=chosen_attestors(wanted.trust),
        internal=wanted.internal,
    )
    collector = Collector()
    try:
        made = build_site(
            bundle=bundle,
            digest=digest,
            reports=gaps(wanted.projects, build, collector, say=say),
            site_source=site_source(),
            out=wanted.out,
            built_on=wanted.day,
            version=version("handrail"),
            contact=wanted.contact,
            internal=wanted.internal,
        )
    except SiteEngineMissing as error:
        raise InputError([Diagnostic("HR502", str(error), help='pip install "handrail[site]"')]) from None
    except SiteBroken as error:
        raise InputError([Diagnostic("HR504", problem, help=_MEND) for problem in error.problems]) from None
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    if collector.total:
        print_diagnostics(collector.sorted(), unlisted=collector.unlisted)
    return made


_MEND = "mend the link or page that it names; the old site is untouched"


def _reporting(build: Callable[[], SiteSummary]) -> Callable[[], None]:
    """A build for a preview: what is wrong with the input is told, and the preview goes on with the old site."""

    def run() -> None:
        from handrail.cli.messages import print_diagnostics
        from handrail.source.diagnostics import InputError

        try:
            build()
        except InputError as error:
            print_diagnostics(error.diagnostics, unlisted=error.unlisted)

    return run
