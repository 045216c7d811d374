"""Lint rules about words: keywords, sentences, questions, abbreviations, shared text.

Belongs here: one function a rule. Never here: figures (`stats`) and ids (`lint_life`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator

from handrail.catalog.read import CatalogSources, PlacedControl
from handrail.catalog.stats import longest_sentence
from handrail.source.diagnostics import Collector

SENTENCE_WORDS = 40
"""The longest sentence of a statement or question: a lawyer's sentence, and twice what plain English advises."""

RUN_WORDS = 12
"""A run of words that two controls may not share: longer than any term, shorter than any sentence of guidance."""

# Every keyword of RFC 2119, so that one which no level has is told too.
_KEYWORD = re.compile(r"\b(MUST|SHALL|REQUIRED|SHOULD|RECOMMENDED|MAY|OPTIONAL)\b")
# Capitals that stand as a word: neither an id (`SRC-03`) nor a part of a path, file name or code.
_ABBREVIATION = re.compile(r"(?<![\w/`.-])[A-Z][A-Z0-9]+(?=s?(?![\w/`-]))")
_KEYWORDS = frozenset(("MUST", "SHALL", "REQUIRED", "SHOULD", "RECOMMENDED", "MAY", "OPTIONAL", "NOT"))
_TOKEN = re.compile(r"\w+")
# With the quotation marks, dashes and dots that a word processor makes.
_NO_PUNCTUATION = str.maketrans(dict.fromkeys(string.punctuation + "\u2018\u2019\u201c\u201d\u2013\u2014\u2026", " "))


def keyword(sources: CatalogSources, out: Collector) -> None:
    """HR230: the statement has exactly one RFC 2119 keyword, and it is the level."""
    for placed in sources.in_use():
        wanted = placed.control.level.upper()
        found = _KEYWORD.findall(placed.control.statement)
        if found == [wanted]:
            continue
        if not found:
            problem = "has no keyword"
        elif len(found) == 1:
            problem = f"says {found[0]}, and its level is `{placed.control.level}`"
        else:
            problem = f"has {len(found)} keywords: {', '.join(found)}"
        out.error(
            "HR230",
            f"the statement of `{placed.id}` {problem}",
            placed.span("statement"),
            help=f"write {wanted} exactly once, for one act; a second duty is a second control",
        )


def long_sentence(sources: CatalogSources, out: Collector) -> None:
    """HR231: a sentence of the statement or question has too many words."""
    for placed in sources.in_use():
        for field, text in (("statement", placed.control.statement), ("question", placed.control.question)):
            if len(text.split()) > SENTENCE_WORDS and (count := longest_sentence(text)) > SENTENCE_WORDS:
                out.error(
                    "HR231",
                    f"the {field} of `{placed.id}` has a sentence of {count} words, and {SENTENCE_WORDS} is the most",
                    placed.span(field),
                    help="split it, or move the detail to `guidance`",
                )


def question_mark(sources: CatalogSources, out: Collector) -> None:
    """HR232: the question ends with a question mark."""
    for placed in sources.in_use():
        if not placed.control.question.endswith("?"):
            out.error(
                "HR232",
                f"the question of `{placed.id}` does not end with `?`",
                placed.span("question"),
                help="ask what a project can answer with yes or no",
            )


def undefined_term(sources: CatalogSources, out: Collector) -> None:
    """HR237: abbreviations in what everyone reads (title, statement, question) stand in the lexicon or vocabulary."""
    known = _explained(sources)
    for placed in sources.in_use():
        control = placed.control
        for field, text in (("title", control.title), ("statement", control.statement), ("question", control.question)):
            for word in dict.fromkeys(_ABBREVIATION.findall(text)):
                if word not in known and word not in _KEYWORDS:
                    out.error(
                        "HR237",
                        f"the {field} of `{placed.id}` uses `{word}`, which the lexicon does not explain",
                        placed.span(field),
                        help=f"write it out, or add `{word.lower()}` to `principles/lexicon.yaml`",
                    )


def _explained(sources: CatalogSources) -> frozenset[str]:
    """Every word that a title or definition of the lexicon, or a label of the vocabulary, holds."""
    texts = [value.label for fact in sources.facts.values() for value in fact.values.values()]
    texts += [name.upper() for fact in sources.facts.values() for name in fact.values]
    if sources.lexicon:
        for name, term in sources.lexicon.value.terms.items():
            texts += (name.upper(), term.title, term.definition)
    return frozenset(word for text in texts for word in _TOKEN.findall(text))


def shared_words(sources: CatalogSources, out: Collector) -> None:
    """HR245: two controls share a run of words in statement, question or guidance; told once for each pair."""
    # A run is held as its hash, a tenth of the memory. Most catalogs repeat none, and then this loop is all.
    seen: set[int] = set()
    repeated: set[int] = set()
    for placed in sources.in_use():
        own = {run for _, text in _texts(placed) for run in map(hash, _runs(text))}
        repeated |= own & seen
        seen |= own
    first: dict[int, PlacedControl] = {}
    for placed in sources.in_use() if repeated else ():
        told = {placed.id}
        for field, text in _texts(placed):
            for run in _runs(text):
                if (key := hash(run)) in repeated:
                    other = first.setdefault(key, placed)
                    if other.id not in told:
                        told.add(other.id)
                        _tell_shared(placed, field, other, run, out)


def _texts(placed: PlacedControl) -> tuple[tuple[str, str], ...]:
    control = placed.control
    return ("statement", control.statement), ("question", control.question), ("guidance", control.guidance)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of words, in small letters and without punctuation."""
    tokens = text.casefold().translate(_NO_PUNCTUATION).split()
    return zip(*(tokens[i:] for i in range(RUN_WORDS)), strict=False)


def _tell_shared(placed: PlacedControl, field: str, other: PlacedControl, run: tuple[str, ...], out: Collector) -> None:
    for other_field, text in _texts(other):
        if run in _runs(text):
            out.error(
                "HR245",
                f"`{placed.id}` and `{other.id}` share a run of {RUN_WORDS} words or more",
                placed.span(field),
                label=f"holds the words: {' '.join(run)}",
                help="say it in one of the two, in the words of its own subject",
                also=((other.span(other_field), "as does this one"),),
            )
            return
