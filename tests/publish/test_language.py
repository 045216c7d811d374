"""Pages in another language: every word of the interface goes through gettext, and what stays English says so.

A language made up here has an accent on every letter, longer words and brackets, so what went past gettext is seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import html5lib
import pytest

from handrail.catalog.fingerprint import fingerprint
from handrail.catalog.texts import texts_of
from handrail.catalog.translated import translated
from handrail.model.translation import TranslatedText, Translation
from handrail.publish.language import ENGLISH, Language, MessagesRefused, parse, read_language, speaking, unlike
from handrail.publish.words import counted, day, how_fresh
from tests.publish.sites import BUILT_ON, build, contents, small_reports
from tests.report.small import CATALOG

TAG = "en-xa"
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
)
_FIXED = re.compile(r"(<[^<>]*>|%\([a-z0-9_]+\)s|&[a-z#0-9]+;|<code>.*?</code>)")


def pseudo(text: str) -> str:
    """A text in the made-up language; tags and names in it stay."""
    parts = _FIXED.split(text)
    said = "".join(part if at % 2 else part.translate(_ACCENTED) for at, part in enumerate(parts))
    return f"[{said} ~~~]"


class Everything(Mapping[str, tuple[str, ...]]):
    """Messages for whatever is asked for."""

    def __getitem__(self, message: str) -> tuple[str, ...]:
        return (pseudo(message) if message else message,)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@cache
def site() -> Mapping[str, bytes]:
    """The small site in the made-up language: every other text of the catalog is translated."""
    texts = {
        address: TranslatedText(of=fingerprint(text), text=f"[{pseudo(text)}]")
        for at, (address, text) in enumerate(texts_of(CATALOG).items())
        if at % 2
    }
    shown = translated(CATALOG, Translation(TAG, texts))[0]
    with TemporaryDirectory() as folder:
        language = Language(TAG, Everything())
        build(Path(folder, "site"), reports=small_reports(), language=language, translated=shown)
        return contents(Path(folder, "site"))
