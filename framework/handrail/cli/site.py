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

    from handrail.model.bundle import Bundle
    from handrail.publish.build import SiteSummary
    from handrail.publish.gap import Gap
    from handrail.publish.kept import Kept

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
LanguageTag = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="LANG",
        help="The language of the pages, such as `de`, for which there are messages in `site/locale/`, a translation "
        "of the catalog, or both. Reports stay English.",
    ),
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
    language: LanguageTag = "en",
) -> None:
    """Build the site. Only projects whose declaration consents (`publish:`) get a page, but for --internal."""
    from handrail.cli.messages import say

    made = _build(_Wanted(projects or [], out, catalog, trust, day_or_today(as_of), internal, contact, language))
    gone = f", {made.withdrawn} withdrawn" if made.withdrawn else ""
    say(f"{made.pages} pages and {made.reports} gap reports{gone}; open {out / 'index.html'}")


@site.command()
def messages(
    language: Annotated[str, typer.Argument(metavar="LANG", help="The language, such as `de` or `pt-br`.")],
    out: Annotated[
        Path, typer.Option("--out", metavar="FILE", help="The file to write; what it has translated already is kept.")
    ],
    catalog: Catalog = None,
    as_of: AsOf = None,
) -> None:
    """Write every word of the site around the catalog into a .po file, for a translator to fill in."""
    from handrail.cli.messages import say
    from handrail.publish.engine import SiteEngineMissing, menu_words
    from handrail.publish.language import MessagesRefused
    from handrail.publish.messages import messages as all_messages
    from handrail.publish.messages import po_file
    from handrail.publish.source import site_source
    from handrail.source.diagnostics import Diagnostic, InputError
    from handrail.source.files import OutputError, write_file

    bundle, _ = chosen_catalog(catalog)
    try:
        found = all_messages(bundle, built_on=day_or_today(as_of), menu=menu_words(site_source()))
        out.parent.mkdir(parents=True, exist_ok=True)
        write_file(out, po_file(language, found, out.read_bytes() if out.is_file() else None))
    except SiteEngineMissing as error:
        raise InputError([Diagnostic("HR502", str(error), help='pip install "handrail[site]"')]) from None
    except MessagesRefused as error:
        raise InputError([Diagnostic("HR508", problem, help=_MESSAGES) for problem in error.problems]) from None
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    say(f"{len(found)} messages in {out}")


@site.command()
def serve(
    projects: Projects = None,
    out: Out = DEFAULT_OUT,
    catalog: Catalog = None,
    trust: TrustFile = None,
    as_of: AsOf = None,
    internal: Internal = False,
    contact: Contact = "",
    language: LanguageTag = "en",
    port: Annotated[int, typer.Option("--port", help="The port on this machine.")] = 8000,
) -> None:
    """Build the site, serve it on this machine only, and build it again when a source changes."""
    from importlib.resources import files

    from handrail.cli.messages import say
    from handrail.publish.kept import Kept
    from handrail.publish.serve import serve as serve_site
    from handrail.publish.source import site_source

    wanted = _Wanted(projects or [], out, catalog, trust, day_or_today(as_of), internal, contact, language)
    sources = [
        place / name
        for place in catalog or [Path()]
        for name in ("principles", "checklists", "endorsements", "pack.yaml")
    ]
    templates = Path(str(files("handrail.publish"))) / "templates"
    watched = [path for path in (*sources, site_source(), templates, *(projects or ())) if path.exists()]
    kept = _Kept(Kept(), {})
    try:
        serve_site(
            _reporting(lambda: _build(wanted, kept)),
            root=out,
            watch=watched,
            ready=lambda address: say(f"serving {address}; pages reload after a change; end with Ctrl-C"),
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
    catalog: list[Path] | None
    trust: Path | None
    day: date
    internal: bool
    contact: str
    language: str


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a preview keeps from build to build: the engine's pages, and what was made of each declaration."""

    engine: Kept
    before: dict[Path, tuple[object, Gap]]


def _build(wanted: _Wanted, kept: _Kept | None = None) -> SiteSummary:
    from importlib.metadata import version

    from handrail.catalog.endorsements import endorsements_of
    from handrail.catalog.translations import languages_of
    from handrail.cli.messages import Waiting, print_diagnostics, say
    from handrail.publish.build import build_site
    from handrail.publish.engine import SiteBroken, SiteEngineMissing, run
    from handrail.publish.inputs import Build, gaps
    from handrail.publish.language import MessagesRefused, read_language
    from handrail.publish.page import forget_changed
    from handrail.publish.source import site_source
    from handrail.source.diagnostics import Collector, Diagnostic, InputError
    from handrail.source.files import OutputError

    if kept:
        forget_changed()
    bundle, digest = chosen_catalog(wanted.catalog)
    build = Build(
        bundle=bundle,
        digest=digest,
        as_of=wanted.day,
        attestors=chosen_attestors(wanted.trust),
        internal=wanted.internal,
        before=kept.before if kept else {},
    )
    collector = Collector()
    try:
        language = read_language(wanted.language, site_source(), may_lack=languages_of(wanted.catalog or ()))
        if not language.source and not language.messages:
            say(f"no messages for {language.tag}: the words around the catalog are English")
        with Waiting() as waiting:
            made = build_site(
                bundle=bundle,
                digest=digest,
                reports=gaps(wanted.projects, build, collector, say=waiting.say),
                site_source=site_source(),
                out=wanted.out,
                built_on=wanted.day,
                version=version("handrail"),
                endorsements=endorsements_of(wanted.catalog or (), bundle),
                contact=wanted.contact,
                internal=wanted.internal,
                language=language,
                translated=_translated(bundle, wanted),
                engine=kept.engine if kept else run,
                tell=waiting.tell,
                workers=1 if kept else None,  # a preview has threads, and no process may be forked from one
            )
    except SiteEngineMissing as error:
        raise InputError([Diagnostic("HR502", str(error), help='pip install "handrail[site]"')]) from None
    except MessagesRefused as error:
        raise InputError([Diagnostic("HR508", problem, help=_MESSAGES) for problem in error.problems]) from None
    except SiteBroken as error:
        raise InputError([Diagnostic("HR504", problem, help=_MEND) for problem in error.problems]) from None
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    if collector.total:
        print_diagnostics(collector.sorted(), unlisted=collector.unlisted)
    return made


def _translated(bundle: Bundle, wanted: _Wanted) -> Bundle | None:
    """The catalog as its translation shows it; None for the language in which it is written."""
    from handrail.publish.language import SOURCE

    if wanted.language == SOURCE:
        return None
    from handrail.catalog.translated import translated
    from handrail.catalog.translations import translation_of

    return translated(bundle, translation_of(wanted.catalog or (), wanted.language))[0]


_MESSAGES = "write them, or mend them: see How to translate"
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
