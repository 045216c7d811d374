"""`handrail site`: publish the framework and the gap reports.

Belongs here: the verb's arguments and the order of its steps. Never here: pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handrail.cli.options import AsOf, Catalog, chosen_catalog, day_or_today

site = typer.Typer(name="site", help="Publish the framework and gap reports as a site.", no_args_is_help=True)


@site.command()
def build(
    projects: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PROJECT]...", help="Declarations, or folders that hold them, to publish reports of."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the site goes.")] = Path("site/public"),
    catalog: Catalog = None,
    as_of: AsOf = None,
) -> None:
    """Build the site. Only projects whose declaration consents (`publish:`) get a page."""
    from handrail.assess.project import may_publish, project_publicly
    from handrail.cli.messages import print_diagnostics, say
    from handrail.publish.build import build_site
    from handrail.publish.engine import SiteEngineMissing
    from handrail.publish.source import site_source
    from handrail.source.diagnostics import Collector, Diagnostic, InputError
    from handrail.source.files import OutputError
    from handrail.workspace.check import check_project
    from handrail.workspace.find import find_declarations

    bundle, digest = chosen_catalog(catalog)
    day = day_or_today(as_of)
    collector = Collector()
    reports = []
    found = find_declarations(tuple(projects), collector) if projects else ()
    for path in found:
        checked = check_project(path, bundle, digest, collector, as_of=day)
        if checked is None:
            continue
        if may_publish(checked.declaration):
            reports.append(project_publicly(checked.assessment, bundle, checked.declaration))
        else:
            say(f"{checked.assessment.project.name}: no page, because its declaration gives no consent (`publish:`)")
    collector.raise_if_errors()
    if collector.total:
        print_diagnostics(collector.sorted(), unlisted=collector.unlisted)
    try:
        made = build_site(
            bundle=bundle,
            digest=digest,
            reports=reports,
            site_source=site_source(),
            out=out,
            built_on=day,
            version=bundle.catalog.version,
        )
    except SiteEngineMissing as error:
        raise InputError([Diagnostic("HR502", str(error), help='pip install "handrail[site]"')]) from None
    except OutputError as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    say(f"{made.pages} pages and {made.reports} gap reports; open {out / 'index.html'}")


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(site)
