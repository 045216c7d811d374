"""Texts that stand in the source language on a page of another one: told to the browser as well as to the eye.

Belongs here: elements around the marks that `catalog.translated` puts into texts. Never here: which text has one.
"""

from __future__ import annotations

import re

from handrail.catalog.translated import marked
from handrail.model.translation import direction

_BEFORE, _AFTER = marked("\0", "@").split("\0")
_MARKED = re.compile(
    re.escape(_BEFORE).replace("@", r"([a-z0-9-]+)") + f"([^<>{_AFTER}]*){re.escape(_AFTER)}", re.DOTALL
)
# Tags, and elements that hold nothing but text: what stands in them keeps its mark and gets no element.
_KEPT = re.compile(
    r"""(<(svg|option|title|script)\b.*?</\2>|<(?:[^<>"']|"[^"]*"|'[^']*')*>)""",
    re.DOTALL,
)


def source_text(language: str, finished: str, tag: str = "span") -> str:
    """Finished HTML of a text in the source language, with its mark before it, in an element that says so."""
    said = f'class="hr-source" lang="{language}" dir="{direction(language)}"'
    mark = f'<span class="hr-source__mark">[{language}]</span>'
    return f"<{tag} {said}>{mark} {finished}</{tag}>"


def told(body: str) -> str:
    """A finished body with an element around every marked text, where an element may stand."""
    if _AFTER not in body:
        return body
    parts: list[str] = []
    at = 0
    for kept in _KEPT.finditer(body):
        parts += (_MARKED.sub(_element, body[at : kept.start()]), kept[0])
        at = kept.end()
    return "".join(parts) + _MARKED.sub(_element, body[at:])


def _element(found: re.Match[str]) -> str:
    return source_text(found[1], found[2])
