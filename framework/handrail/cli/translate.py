"""`handrail translate`: what of the catalog stands in another language, and what is still to be translated.

Belongs here: arguments, the order of steps. Never here: layout, and the translating, which is a person's work.
"""

from __future__ import annotations

import json
import re
import sys
from enum import StrEnum
from typing import Annotated

import typer

from handrail.cli.options import Catalog, chosen_catalog


class Format(StrEnum):
    """How the state of a translation is printed."""

    TEXT = "text"
    JSON = "json"
    YAML = "yaml"


def translate(
    language: Annotated[str, typer.Argument(metavar="LANGUAGE", help="A language tag, such as de or pt-br.")],
    of: Annotated[
        str, typer.Option("--of", metavar="BEGINNING", help="Only texts whose address begins so, such as SRC or fact.")
    ] = "",
    catalog: Catalog = None,
    format_: Annotated[
        Format,
        typer.Option("--format", "-f", help="text: numbers; json: every text; yaml: a file of what is still to do."),
    ] = Format.TEXT,
) -> None:
    """Tell what of the catalog is translated, and what is still to be.

    The texts in a language stand in principles/i18n/LANGUAGE/. `handrail lint` tells what is wrong with them.
    """
    from handrail.catalog.texts import texts_of
    from handrail.catalog.translated import untranslated
    from handrail.catalog.translations import translation_of
    from handrail.report.translation import Standing, standing_rows, standing_text, to_fill_in

    if not re.fullmatch("[a-z]{2,3}(-[a-z0-9]{2,8})*", language):
        raise typer.BadParameter(
            f"'{language}' is no language tag in lower case, such as de or pt-br", param_hint="LANGUAGE"
        )
    bundle, _ = chosen_catalog(catalog)
    translation = translation_of(catalog or (), language)
    texts = [
        Standing(address, text, untranslated(text, address, translation))
        for address, text in texts_of(bundle).items()
        if address.startswith(of)
    ]
    if not texts:
        raise typer.BadParameter(f"the address of no text begins with '{of}'", param_hint="--of")
    if format_ is Format.JSON:
        sys.stdout.write(json.dumps(standing_rows(texts), indent=2, ensure_ascii=False) + "\n")
    elif format_ is Format.YAML:
        sys.stdout.write("".join(f"{line}\n" for line in to_fill_in(texts, language)))
    else:
        sys.stdout.write(standing_text(texts, bundle, language))


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command()(translate)
