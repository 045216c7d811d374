"""The sentences and places of everything that the YAML reader refuses.

Belongs here: one method per refusal. Those that make the rest of the file meaningless raise `Stop`
after telling; the others let the reader go on, so that one run tells all. Never here: when to
refuse (`reader`).
"""

from __future__ import annotations

import re
from typing import Any, NoReturn

import yaml

from handrail.model import limits
from handrail.source.diagnostics import Collector, Span
from handrail.source.text import named
from handrail.source.tree import Place

_PROPERTY = re.compile(r"[&*!][^\s,\[\]{}]*")

# What libyaml says (a part of it) -> what to do. The first that is contained counts.
_ADVICE: tuple[tuple[str, str], ...] = (
    ("\\t", "indent with spaces, never with tabs"),
    ("mapping values are not allowed", "put quotes around a text that holds `: `"),
    ("cannot start any token", "put quotes around a text that starts with `@`, `%` or a backquote"),
    ("could not find expected ':'", "end the key with `: `, or put quotes around the text"),
    ("did not find expected key", "check the indentation, and quotes inside a quoted text"),
    ("did not find expected '-' indicator", "give the items of a list the same indentation"),
    ("did not find expected ',' or", "close the bracket, or put a comma between the items"),
    ("did not find expected node content", "write a value here, or close the bracket"),
    ("unexpected end of stream", "close the quotes"),
    ("unknown escape", "use single quotes, in which a backslash is only a backslash"),
    ("alphabetic or numeric", "put quotes around a text that starts with `&` or `*`"),
)


class Stop(Exception):  # noqa: N818 - a signal inside the reader, never an error to catch
    """The rest of the file is not worth reading; what was wrong has been told."""


class Refusals:
    """Tells the collector about one text."""

    def __init__(self, text: str, path: str, out: Collector) -> None:
        self._text = text
        self._path = path
        self._out = out

    def _at(self, mark: Any, length: int = 1) -> Span:
        return Span(self._path, mark.line + 1, mark.column + 1, length)

    def rest_of_line(self, mark: Any) -> int:
        """Count the characters from a mark to the end of its line, at least 1."""
        end = self._text.find("\n", mark.index)
        return max((end if end >= 0 else len(self._text)) - int(mark.index), 1)

    def second_document(self, mark: Any) -> NoReturn:
        """Refuse what follows the first document."""
        self._out.error(
            "HR014",
            "a second document in the file",
            self._at(mark),
            label="the first one ends here",
            help="remove the `---` or `...`, or put this part in a file of its own",
        )
        raise Stop

    def directive(self, mark: Any) -> None:
        """Refuse a line that starts with `%`."""
        self._out.error(
            "HR013",
            "a directive is not part of the format",
            self._at(mark, self.rest_of_line(mark)),
            help="remove the line",
        )

    def empty_file(self) -> None:
        """Refuse a file in which nothing is written."""
        self._out.error(
            "HR019",
            "the file holds nothing but comments or white space",
            Span(self._path, 1, 1),
            help="write its content, or remove the file",
        )

    def too_many_nodes(self, mark: Any) -> NoReturn:
        """Refuse to read on."""
        self._out.error(
            "HR017",
            f"the file holds more than {limits.YAML_NODES:,} keys and values",
            self._at(mark),
            label="reading stopped here",
            help="split it into several files",
        )
        raise Stop

    def too_deep(self, mark: Any) -> NoReturn:
        """Refuse to read on."""
        self._out.error(
            "HR015",
            f"nested deeper than {limits.YAML_DEPTH} levels",
            self._at(mark),
            label="reading stopped here",
            help="no file of ours needs more than ten levels; look for brackets left open",
        )
        raise Stop

    def properties(self, event: Any) -> None:
        """Refuse the anchor and the tag of a node, each at its own place."""
        mark = event.start_mark
        if event.anchor is not None:
            self._property("HR012", "anchor", mark, f"&{event.anchor}")
        if event.tag is not None:
            self._property("HR013", "tag", mark, "!")

    def alias(self, event: Any) -> None:
        """Refuse a `*name`."""
        self._property("HR012", "alias", event.start_mark, "*")

    def _property(self, code: str, what: str, mark: Any, sign: str) -> None:
        # The event starts at the first of anchor and tag; the other one is a little further on.
        index = max(self._text.find(sign, mark.index), mark.index)
        between = self._text[mark.index : index]
        lines = between.count("\n")
        column = len(between) - (between.rfind("\n") + 1) + (0 if lines else mark.column)
        found = _PROPERTY.match(self._text, index)
        written = found[0] if found else sign
        self._out.error(
            code,
            f"{what} `{written[:60]}` is not part of the format",
            Span(self._path, mark.line + lines + 1, column + 1, len(written)),
            help="remove it; the schema decides what a value is"
            if code == "HR013"
            else "write the value out in each place",
        )

    def merge_key(self, at: Place) -> None:
        """Refuse a plain `<<`."""
        self._out.error(
            "HR012",
            "merge key `<<` is not part of the format",
            Span(self._path, *at),
            help="write the keys out in each place",
        )

    def duplicate(self, key: str, at: Place, first: Place) -> None:
        """Refuse a key that the mapping has already; both places are told."""
        self._out.error(
            "HR011",
            f"key `{key[:60]}` is given twice",
            Span(self._path, *at),
            label="given again here",
            help="keep one of the two",
            also=((Span(self._path, *first), "first given here"),),
        )

    def odd_key(self, at: Place) -> None:
        """Refuse a key that is empty or a block of text."""
        self._odd_key(Span(self._path, *at))

    def collection_as_key(self, mark: Any) -> None:
        """Refuse a key that is a list or a mapping."""
        self._odd_key(self._at(mark))

    def _odd_key(self, span: Span) -> None:
        self._out.error(
            "HR018",
            "a key that is not a word or a quoted text",
            span,
            help="write `key: value`; put quotes around a value that starts with `{`, `[` or `?`",
        )

    def if_too_long(self, value: str, mark: Any, length: int) -> None:
        """Refuse a text by its size in bytes."""
        size = len(value.encode("utf-8", "surrogatepass"))
        if size > limits.YAML_SCALAR_BYTES:
            self._out.error(
                "HR016",
                f"a text of {size:,} bytes, and the limit is {limits.YAML_SCALAR_BYTES:,}",
                self._at(mark, length),
                help="put long material in a file of its own and name the file",
            )

    def escaped_control(self, character: str, mark: Any, length: int) -> None:
        """Refuse a character that came in by an escape."""
        self._out.error(
            "HR002",
            f"control character {named(character)} written as an escape",
            self._at(mark, length),
            help="remove the escape; only `\\n` and `\\t` are accepted",
        )

    def bad_escape(self, mark: Any) -> None:
        """Refuse an escape for a character that does not exist."""
        self._out.error(
            "HR010",
            "not valid YAML: found invalid Unicode character escape code",
            self._at(mark) if mark is not None else Span(self._path, 1, 1),
            help="remove the escape",
        )

    def syntax(self, error: yaml.YAMLError) -> None:
        """Tell what libyaml says, with advice where we know some."""
        problem = str(getattr(error, "problem", None) or "unreadable")
        context = str(getattr(error, "context", None) or "")
        mark = getattr(error, "problem_mark", None)
        context_mark = getattr(error, "context_mark", None)
        span = self._at(mark) if mark is not None else Span(self._path, 1, 1)
        also: tuple[tuple[Span, str], ...] = ()
        if context_mark is not None and (context_mark.line, context_mark.column) != (
            span.line - 1,
            span.column - 1,
        ):
            also = ((self._at(context_mark), context),)
        if any(word in f"{context} {problem}" for word in (" directive", " tag", "YAML document")):
            self._out.error(
                "HR013",
                "a tag or directive is not part of the format",
                span,
                help="remove it, or put quotes around a text that starts with `!` or `%`",
            )
            return
        said = f"{problem} {self._character_at(mark)}"
        advice = next((advice for part, advice in _ADVICE if part in said), "")
        self._out.error("HR010", f"not valid YAML: {problem}", span, help=advice, also=also)

    def _character_at(self, mark: Any) -> str:
        if mark is None or not 0 <= mark.index < len(self._text):
            return ""
        return "\\t" if self._text[mark.index] == "\t" else ""
