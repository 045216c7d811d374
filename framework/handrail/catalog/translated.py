"""A catalog as a reader of another language sees it; what is not translated, or no longer, says so where it stands.

Belongs here: which text stands where, and the marks of those that fell back. Never here: reading translations
(`translations`), HTML. Pure. What is judged is never this copy: ids, levels, evidence and fingerprints are the same in
it, but its texts are nobody's duty.
"""

from __future__ import annotations

from collections.abc import Mapping

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.texts import with_texts
from handrail.model.bundle import Bundle
from handrail.model.translation import Translation, Untranslated

_OPEN, _CLOSE = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def translated(bundle: Bundle, translation: Translation) -> tuple[Bundle, Mapping[str, Untranslated]]:
    """The catalog in another language, and why each text that stands in the source language does.

    A text without a translation, or whose source has changed since, is the source's with a mark before it (`marked`).
    """
    marks: dict[str, Untranslated] = {}
    source = bundle.catalog.languages[0]

    def say(address: str, text: str) -> str:
        why = untranslated(text, address, translation)
        if why is None:
            return translation.texts[address].text
        marks[address] = why
        return marked(text, source)

    return with_texts(bundle, say), marks


def untranslated(text: str, address: str, translation: Translation) -> Untranslated | None:
    """Why a text cannot be shown in the other language; None where it can."""
    found = translation.texts.get(address)
    if found is None:
        return Untranslated.MISSING
    return None if found.of == fingerprint(text) else Untranslated.STALE


def marked(text: str, language: str) -> str:
    """A text with the mark of its own language, `[en]`, apart from the direction of what stands around it.

    The mark is part of the text, so it goes wherever the text goes: a title, an attribute, a picture, a script.
    """
    return f"{_OPEN}[{language}] {text}{_CLOSE}"


def unmarked(text: str) -> tuple[str, str]:
    """The language of a marked text, and the text without the mark; no language where it has none."""
    if text.startswith(f"{_OPEN}["):
        language, _, rest = text[2:].partition("] ")
        return language, rest.removesuffix(_CLOSE)
    return "", text
