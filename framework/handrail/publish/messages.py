"""All messages of the pages' interface, as a `.po` file that a translator fills in.

Belongs here: finding them, and keeping what is translated already. Never here: reading them for a build (`language`).
They are found by making the pages, and the data of their scripts, and listening to what is asked for; and in the
templates, whose every branch counts.
A text of the catalog is none of them: here each has the mark of a text that fell back, by which it is known again.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from handrail.catalog.texts import with_texts
from handrail.catalog.translated import marked
from handrail.model.bundle import Bundle
from handrail.publish.language import SOURCE, Language, speaking

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

_ENGLISH_ONLY = ("feed.xml", "portfolio.html", "withdrawn.html", "report")
"""Templates, by how their names begin, whose pages stay in English."""


@dataclass(frozen=True, slots=True, eq=False)
class _Listening(Language):
    """A language that writes down what it is asked for: message -> its plural, or nothing."""

    tag: str = "und"
    heard: dict[str, str] = field(default_factory=dict)

    def gettext(self, message: str) -> str:
        if message:
            self.heard.setdefault(message, "")
        return message

    def ngettext(self, one: str, many: str, number: int) -> str:
        self.heard[one] = many
        return one if number == 1 else many


def messages(bundle: Bundle, *, built_on: date, menu: tuple[str, ...] = ()) -> dict[str, str]:
    """Message -> its plural, or nothing, sorted.

    Args:
        bundle: any catalog; what only a page of another catalog would say is found in the templates.
        built_on: as for a build.
        menu: titles of the menu, and other words of `mkdocs.yml`.
    """
    from handrail.publish.pages import bundle_files, bundle_pages, fragments, navigation
    from handrail.publish.pages_schemas import schema_page
    from handrail.publish.words import MONTHS

    heard = _Listening()
    shown = with_texts(bundle, lambda _, text: marked(text, SOURCE))
    with speaking(heard):
        pages = (*bundle_pages(shown, "", built_on=built_on, source=bundle), schema_page(shown, ""))
        fragments(shown, "", built_on=built_on, version="")
        bundle_files(shown, "", built_on=built_on, source=bundle)
        navigation(shown, pages)
    own = {text for one in bundle.references.values() for text in (one.reference.short, one.reference.title)}
    for page in pages:
        for text in (page.title, page.nav_title, page.description):
            if text not in own:
                heard.gettext(text)
    for text in (*MONTHS, *menu, *_in_templates()):
        heard.gettext(text)
    # A message whose text begins with, or was cut from, a text of the catalog bears the beginning of its mark.
    mark = marked("", SOURCE)[0]
    return {one: heard.heard[one] for one in sorted(heard.heard) if mark not in one and any(map(str.isalpha, one))}


def _in_templates() -> list[str]:
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"])
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # by the extension
    found: list[str] = []
    for path in sorted(files("handrail.publish").joinpath("templates").iterdir(), key=lambda one: one.name):
        if not path.name.startswith(_ENGLISH_ONLY):
            extract = environment.extract_translations  # type: ignore[attr-defined]  # by the extension
            found += (text for _, _, text in extract(path.read_text(encoding="utf-8")) if isinstance(text, str))
    return found


def po_file(tag: str, found: dict[str, str], old: bytes | None = None) -> bytes:
    """A `.po` file with these messages and, from an older one, what was translated.

    Raises:
        MessagesRefused: the older file is not a `.po` file.
    """
    from babel.messages.pofile import write_po

    made = _catalog(tag)
    for one, many in found.items():
        made.add((one, many) if many else one)
    if old is not None:
        from handrail.publish.language import read_catalog

        before = read_catalog(old, shown="handrail.po")
        before.update(made, update_creation_date=False)
        made = before
    out = io.BytesIO()
    write_po(out, made, width=0, sort_output=True, omit_header=False, no_location=True)
    return out.getvalue()


def _catalog(tag: str) -> Catalog:
    from datetime import UTC, datetime

    from babel import UnknownLocaleError
    from babel.messages.catalog import Catalog

    day = datetime(2000, 1, 1, tzinfo=UTC)  # same input, same bytes: no clock is read
    head = {"project": "handrail", "version": "1", "creation_date": day, "revision_date": day, "fuzzy": False}
    head["header_comment"] = "# The words around the catalog on the site of handrail: see How to translate."
    try:
        return Catalog(locale=tag.replace("-", "_"), **head)  # type: ignore[arg-type]  # the dict is of mixed values
    except (UnknownLocaleError, ValueError):
        return Catalog(**head)  # type: ignore[arg-type]
