"""Lint rules about translations of a catalog's texts.

Belongs here: whether what they are of is there, unchanged, and given once; one function a rule. Never here: how well a
text is translated, and what is not translated yet (`handrail translate` tells it): neither is a defect.
"""

from __future__ import annotations

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.texts import texts_of
from handrail.catalog.translations import Translations
from handrail.model.bundle import Bundle
from handrail.source.diagnostics import Collector, Span
from handrail.source.nearest import did_you_mean


def unknown_text(translations: Translations, bundle: Bundle, out: Collector) -> None:
    """HR290: every translation is of a text that is there."""
    texts = texts_of(bundle)
    for file in translations.files:
        for address in file.value.texts:
            if address not in texts:
                near = did_you_mean(address, texts) or "`handrail translate LANGUAGE -f yaml` lists the texts"
                out.error("HR290", f"there is no text `{address}`", file.key_span("texts", address), help=near)


def source_changed(translations: Translations, bundle: Bundle, out: Collector) -> None:
    """HR291: no text has changed since it was translated."""
    texts = texts_of(bundle)
    for file in translations.files:
        for address, one in file.value.texts.items():
            if address in texts and one.of != (now := fingerprint(texts[address])):
                out.error(
                    "HR291",
                    f"`{address}` has changed since it was translated",
                    file.span("texts", address, "of"),
                    help=f"look at the translation again, then write `of: {now}`",
                )


def translated_twice(translations: Translations, out: Collector) -> None:
    """HR292: in one language a text is translated once."""
    first: dict[tuple[str, str], Span] = {}
    for file in translations.files:
        for address in file.value.texts:
            at = (file.value.translation.language, address)
            if at in first:
                span = file.key_span("texts", address)
                out.error(
                    "HR292",
                    f"`{address}` is translated twice",
                    span,
                    help="keep one of them",
                    also=((first[at], "here too"),),
                )
            else:
                first[at] = file.key_span("texts", address)
