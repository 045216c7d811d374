"""The catalog's texts in another language, each tied to the text that it was made from.

Belongs here: the shape of a translation's file, and a language's texts as one value. Never here: which texts a catalog
has (`catalog.texts`), reading the files (`catalog.translations`). A translation is no part of a bundle: nobody is
judged by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handrail.model.base import Fingerprint, Key, Record, Text

# Languages and scripts (BCP 47, in lower case) that run from right to left.
_LEFTWARD = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "rhg", "sd", "syr", "ug", "ur", "yi")
_LEFTWARD_SCRIPTS = ("adlm", "arab", "aran", "hebr", "nkoo", "rohg", "syrc", "thaa")


class TranslationInfo(Record):
    """Which language a file is in, and who made it."""

    language: Key
    by: Text


class TranslatedText(Record):
    """A text in another language; `of` is the fingerprint of the text that it was made from."""

    of: Fingerprint
    text: Text


class TranslationFile(Record):
    """`principles/i18n/<language>/.../*.yaml`: texts by their addresses, such as `SRC-03.question`."""

    translation: TranslationInfo
    texts: dict[Text, TranslatedText]


class Untranslated(StrEnum):
    """Why a text stands in its source language."""

    MISSING = "missing"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Translation:
    """All that there is in a language: its texts by their addresses."""

    language: str
    texts: Mapping[str, TranslatedText]


def direction(language: str) -> str:
    """`rtl` or `ltr`: how the text of a language (a BCP 47 tag) runs, by its script where the tag gives one."""
    first, *more = language.lower().replace("_", "-").split("-")
    script = next((one for one in more if len(one) == 4 and one.isalpha()), None)
    leftward = script in _LEFTWARD_SCRIPTS if script else first in _LEFTWARD
    return "rtl" if leftward else "ltr"
