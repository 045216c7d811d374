"""The verbs that read the catalog: `list`, `show`, `bundle`, `schema`.

Belongs here: arguments, the order of steps, exit codes. Never here: selection, layout of a control.
"""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from handrail.cli.completion import entries, values_of
from handrail.cli.options import AsOf, Catalog, Colour, chosen_catalog, day_or_today, wants_colour
from handrail.model.terms import Level, Phase

if TYPE_CHECKING:
    from datetime import date

    from handrail.model.vocabulary import Release


class Format(StrEnum):
    """How facts of the catalog are printed."""

    TEXT = "text"
    JSON = "json"


class Listed(StrEnum):
    """What `list` lists."""

    CONTROLS = "controls"
    PRINCIPLES = "principles"
    CHECKLISTS = "checklists"
    REFERENCES = "references"
    MAPPINGS = "mappings"
    KINDS = "kinds"
    FACTS = "facts"


AsFormat = Annotated[Format, typer.Option("--format", "-f", help="text or json.")]


def list_(
    what: Annotated[Listed, typer.Argument(help="What to list.")],
    role: Annotated[
        list[str] | None,
        typer.Option("--role", help="Fact; repeat for several values.", autocompletion=values_of("role")),
    ] = None,
    modality: Annotated[
        list[str] | None, typer.Option("--modality", help="Fact.", autocompletion=values_of("modality"))
    ] = None,
    distribution: Annotated[
        list[str] | None, typer.Option("--distribution", help="Fact.", autocompletion=values_of("distribution"))
    ] = None,
    jurisdiction: Annotated[
        list[str] | None, typer.Option("--jurisdiction", help="Fact.", autocompletion=values_of("jurisdiction"))
    ] = None,
    audience: Annotated[
        list[str] | None, typer.Option("--audience", help="Fact.", autocompletion=values_of("audience"))
    ] = None,
    fact: Annotated[list[str] | None, typer.Option("--fact", metavar="NAME=VALUE", help="Any other fact.")] = None,
    level: Annotated[Level | None, typer.Option("--level", help="Only this level in force.")] = None,
    phase: Annotated[Phase | None, typer.Option("--phase", help="Only this phase.")] = None,
    catalog: Catalog = None,
    as_of: AsOf = None,
    format_: AsFormat = Format.TEXT,
) -> None:
    """List what the catalog holds.

    Facts given narrow `controls` to those that apply to such a project.
    """
    from handrail.report.listing import Question, rows_of, table

    bundle, _ = chosen_catalog(catalog)
    given = {
        "role": role,
        "modality": modality,
        "distribution": distribution,
        "jurisdiction": jurisdiction,
        "audience": audience,
    }
    facts = {name: tuple(values) for name, values in given.items() if values}
    for one in fact or ():
        name, equals, value = one.partition("=")
        if not equals:
            raise typer.BadParameter(f"'{one}' is not of the form NAME=VALUE", param_hint="--fact")
        facts[name] = (*facts.get(name, ()), value)
    _known(facts, {name: tuple(f.values) for name, f in bundle.facts.items()})
    rows = rows_of(what.value, bundle, Question(facts=facts, level=level, phase=phase, as_of=day_or_today(as_of)))
    if format_ is Format.JSON:
        sys.stdout.write(json.dumps(rows, indent=2, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(table(what.value, rows))


def show(
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A control, principle, checklist, reference or kind.", autocompletion=entries
        ),
    ],
    catalog: Catalog = None,
    as_of: AsOf = None,
    format_: AsFormat = Format.TEXT,
    color: Colour = "auto",
) -> None:
    """Show one entry of the catalog whole."""
    from handrail.report.entry import entry_json, entry_text

    bundle, _ = chosen_catalog(catalog)
    if format_ is Format.JSON:
        found = entry_json(what, bundle)
        text = None if found is None else json.dumps(found, indent=2, ensure_ascii=False) + "\n"
    else:
        colour = wants_colour(color, sys.stdout.isatty())
        text = entry_text(what, bundle, as_of=day_or_today(as_of), colour=colour)
    if text is None:
        from handrail.source.nearest import did_you_mean

        known = (*bundle.controls, *(p.id for p in bundle.principles), *bundle.references)
        near = did_you_mean(what, known) or "`handrail list controls` lists the controls"
        raise typer.BadParameter(f"the catalog has no '{what}'; {near}", param_hint="ID")
    sys.stdout.write(text)


def bundle(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="The folder of the catalog, or of a pack.")] = Path(),
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where the bundle goes.")] = None,
    release: Annotated[bool, typer.Option("--release", help="Enter this version in principles/releases.yaml.")] = False,
    catalog: Annotated[
        list[Path] | None,
        typer.Option(
            "--catalog",
            metavar="DIR|BUNDLE",
            help="For a pack: the catalog that it adds to (default: the bundled one), and packs that it depends on.",
        ),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Compile the catalog, or a pack, to one file and print its digest."""
    from handrail.catalog.bundle import digest
    from handrail.catalog.pack_place import is_pack
    from handrail.catalog.release import RELEASES, releases_text
    from handrail.source.diagnostics import Diagnostic, InputError
    from handrail.source.files import OutputError, write_file

    pack = is_pack(folder)
    if catalog and not pack:
        raise typer.BadParameter("this goes with a pack; a catalog needs no other", param_hint="--catalog")
    data = _compiled(folder, catalog, pack=pack)
    try:
        if release:
            releases = _released(data, folder, day_or_today(as_of), pack=pack)
            (folder / RELEASES).parent.mkdir(exist_ok=True)
            write_file(folder / RELEASES, releases_text(releases).encode())
            data = _compiled(folder, catalog, pack=pack)
        if out is not None:
            write_file(out, data)
    except (OutputError, OSError) as error:
        raise InputError([Diagnostic("HR501", str(error))]) from None
    sys.stdout.write(f"{digest(data)}  {out or folder}\n")


def _compiled(folder: Path, catalogs: list[Path] | None, *, pack: bool) -> bytes:
    if pack:
        from handrail.catalog.composing import compile_pack_folder

        return compile_pack_folder(folder, catalogs or ())
    from handrail.catalog.compiling import compile_directory

    return compile_directory(folder)


def _released(data: bytes, folder: Path, day: date, *, pack: bool) -> tuple[Release, ...]:
    """The releases of a catalog or pack with this one more."""
    from handrail.catalog.bundle import from_bytes, release_entry
    from handrail.catalog.pack_bundle import pack_from_bytes, pack_release
    from handrail.catalog.release import with_release

    if pack:
        made = pack_from_bytes(data, str(folder))
        return with_release(made, pack_release(made, day))
    plain = from_bytes(data, str(folder))
    return with_release(plain, release_entry(plain, day))


def schema(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Which file's schema; none lists them.")] = None,
    draft: Annotated[str, typer.Option("--draft", help="2020-12, or draft-07 for editors.")] = "2020-12",
    with_catalog: Annotated[
        bool,
        typer.Option(
            "--with-catalog", help="Name the catalog's controls, facts and checklists in a project's schemas."
        ),
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write every schema, or the one named, into DIR.")
    ] = None,
    catalog: Catalog = None,
) -> None:
    """Print the JSON Schemas of the files, for editors."""
    from handrail.catalog.schema import FORMATS, schemas
    from handrail.source.diagnostics import Diagnostic, InputError
    from handrail.source.files import OutputError, write_file

    if draft not in ("2020-12", "draft-07"):
        raise typer.BadParameter(f"'{draft}' is neither 2020-12 nor draft-07", param_hint="--draft")
    if name is not None and name not in FORMATS:
        raise typer.BadParameter(f"there is no schema '{name}'; there are: {', '.join(FORMATS)}", param_hint="NAME")
    if name is None and out is None:
        sys.stdout.write("".join(f"{one}\n" for one in FORMATS))
        return
    choices = chosen_catalog(catalog)[0] if with_catalog else None
    known = schemas(draft="07" if draft == "draft-07" else "2020-12", choices=choices)
    texts = {
        one: json.dumps(made, indent=2, ensure_ascii=False) + "\n" for one, made in known.items() if name in (None, one)
    }
    if out is None:
        sys.stdout.writelines(texts.values())
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
        for one, text in texts.items():
            write_file(out / f"{one}.schema.json", text.encode())
    except (OutputError, OSError) as error:
        raise InputError([Diagnostic("HR501", f"`{out}` cannot be written: {error}")]) from None


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command(name="list")(list_)
    app.command()(show)
    app.command()(bundle)
    app.command()(schema)


def _known(facts: dict[str, tuple[str, ...]], vocabulary: dict[str, tuple[str, ...]]) -> None:
    for name, values in facts.items():
        if name not in vocabulary:
            raise typer.BadParameter(f"there is no fact '{name}'; there are: {', '.join(vocabulary)}")
        for value in values:
            if value not in vocabulary[name]:
                known = ", ".join(vocabulary[name])
                raise typer.BadParameter(f"'{name}' has no value '{value}'; it has: {known}", param_hint=f"--{name}")
