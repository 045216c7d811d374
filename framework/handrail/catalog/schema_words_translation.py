"""What each key of a translation's file means, as an editor shows it.

Belongs here: one sentence for each key. Never here: their shape (`model.translation`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TRANSLATIONS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "TranslationFile": {
            "translation": "Which language the texts are in, and who made them.",
            "texts": "The texts by their addresses, such as `SRC-03.question`; `handrail translate LANGUAGE -f yaml` "
            "lists those that are still to be translated.",
        },
        "TranslationInfo": {
            "language": "The language, as a BCP 47 tag in lower case, such as `de` or `pt-br`: the name of the folder.",
            "by": "Who translated, and answers for it.",
        },
        "TranslatedText": {
            "of": "Fingerprint of the text that was translated. When the text changes, the site shows the source "
            "again, with a mark, until somebody has looked at the translation.",
            "text": "The text in this language; Markdown where the source is Markdown.",
        },
    }
)
