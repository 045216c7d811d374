"""How hard the texts of a catalog are to read: lengths of sentences and reading ease.

Belongs here: counting. Never here: a verdict; `lint_text` warns of long sentences only, since a reading score is a
hint to a writer and no measure of what a reader understands.

Reading ease is Flesch's: 206.835 - 1.015 x words a sentence - 84.6 x syllables a word; about 60 is plain English,
below 30 is a legal text. Syllables are groups of vowels, less a silent final `e`: off by some per cent, alike for all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from handrail.model.bundle import Bundle
from handrail.model.catalog import Control

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# A sentence ends with its mark before white space or the end; a number such as 1.5 does not end one.
_END = re.compile(r"^\s*(?:[-*]|[0-9]+\.)\s|[.?!:;]+(?=\s|$)|\n\s*\n", re.MULTILINE)
_VOWELS = re.compile(r"[aeiouyà-öø-ÿ]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readability:
    """The figures of one control. `ease` is over statement, question and guidance together."""

    control: str
    statement_words: int
    question_words: int
    longest_sentence: int
    guidance_words: int
    ease: float


def readability(bundle: Bundle) -> tuple[Readability, ...]:
    """The figures of every control, in reading order."""
    return tuple(_of_control(control) for control in bundle.controls.values())


def _of_control(control: Control) -> Readability:
    texts = (control.statement, control.question, control.guidance)
    return Readability(
        control=control.id,
        statement_words=len(words(control.statement)),
        question_words=len(words(control.question)),
        longest_sentence=max(longest_sentence(text) for text in texts),
        guidance_words=len(words(control.guidance)),
        ease=reading_ease("\n\n".join(texts)),
    )


def words(text: str) -> list[str]:
    """The words of a text, as written."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """The sentences of a text; an item of a list and a part behind a colon or semicolon count as one."""
    return [part for part in _END.split(text) if _WORD.search(part)]


def longest_sentence(text: str) -> int:
    """How many words the longest sentence has."""
    return max((len(words(sentence)) for sentence in sentences(text)), default=0)


def reading_ease(text: str) -> float:
    """Flesch reading ease, to one decimal place; 100.0 for a text without words."""
    found = words(text)
    if not found:
        return 100.0
    syllables = sum(_syllables(word) for word in found)
    return round(206.835 - 1.015 * len(found) / len(sentences(text)) - 84.6 * syllables / len(found), 1)


def _syllables(word: str) -> int:
    low = word.casefold()
    count = len(_VOWELS.findall(low))
    if low.endswith("e") and not low.endswith(("le", "ee")) and count > 1:
        count -= 1
    return max(count, 1)
