"""Bytes to a positioned tree: the bounded reader of our YAML.

Belongs here: building the tree and counting. Never here: the sentences of the refusals
(`refusals`) and what the words mean (`load`).

The format is UTF-8 text with mappings, lists and text. Refused, since each has been used to make
two readers see two files, or one reader fall over: anchors, aliases, merge keys, tags, directives,
second documents, duplicate keys, keys that are not text, control characters. libyaml's events are
taken one by one and counted; nothing is read past a limit, and nothing here recurses.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from handrail.model import limits
from handrail.source.diagnostics import Collector
from handrail.source.refusals import Refusals, Stop
from handrail.source.text import CONTROL, decode
from handrail.source.tree import Mapping, Node, Place, Scalar, Sequence

# The C scanner is ten times as fast; a PyYAML built without it reads the same files.
_PARSER: Callable[[str], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# A scalar of fewer characters cannot exceed the limit, whatever they are (4 bytes each at most).
_SURELY_SHORT = limits.YAML_SCALAR_BYTES // 4

# Stands for a key that was refused: what follows it is read, counted and dropped.
_REFUSED_KEY = "\0"


def read_yaml(data: bytes, path: str, out: Collector, *, max_bytes: int = limits.YAML_BYTES) -> Node | None:
    """Read a file into a tree; give None after telling the collector what is wrong with it."""
    before = out.errors
    text = decode(data, path, out, max_bytes=max_bytes)
    if text is None:
        return None
    root = read_text(text, path, out)
    return root if out.errors == before else None


def read_text(text: str, path: str, out: Collector, *, parser: Callable[[str], Any] = _PARSER) -> Node | None:
    """Build the tree of a text that `decode` has let through; `parser` makes the event source."""
    refusals = Refusals(text, path, out)
    events: Any = None
    try:
        events = parser(text)
        return _build(events.get_event, refusals)
    except Stop:
        return None
    except yaml.YAMLError as error:
        refusals.syntax(error)
        return None
    except (ValueError, OverflowError):
        # Only without C: an escape such as "\UFFFFFFFF" goes to `chr` unchecked.
        refusals.bad_escape(events.get_mark() if events is not None else None)
        return None
    finally:
        if events is not None:
            events.dispose()


def _build(get_event: Callable[[], Any], refuse: Refusals) -> Node | None:
    # One loop with local names: this runs once per token, and is the cost of reading a catalog.
    root: Node | None = None
    mapping: Mapping | None = None  # the open collection: at most one of these two is set
    sequence: Sequence | None = None
    key: str | None = None  # the key whose value comes next; None where a key comes next
    above: list[tuple[Mapping | None, Sequence | None, str | None]] = []
    count = documents = 0
    while True:
        event = get_event()
        kind = type(event)
        if kind is MappingEndEvent or kind is SequenceEndEvent:
            mapping, sequence, key = above.pop()
            continue
        mark = event.start_mark
        line, column = mark.line + 1, mark.column + 1
        node: Node
        if kind is ScalarEvent:
            value, style, end = event.value, event.style or "", event.end_mark
            if end.line == mark.line:
                length = end.column - column + 1 or 1
            else:
                length = 1 if style in ("|", ">") else refuse.rest_of_line(mark)
            if len(value) > _SURELY_SHORT:
                refuse.if_too_long(value, mark, length)
            # Only the escapes of a double-quoted scalar can still bring in a control character.
            if style == '"' and (found := CONTROL.search(value)):
                refuse.escaped_control(found[0], mark, length)
            node = Scalar(value, line, column, length, style)
        elif kind is MappingStartEvent:
            node = Mapping(line, column, 1, "flow" if event.flow_style else "")
        elif kind is SequenceStartEvent:
            node = Sequence(line, column, 1, "flow" if event.flow_style else "")
        elif kind is AliasEvent:
            node = Scalar("", line, column, 1, "*")
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                refuse.second_document(mark)
            if event.version or event.tags:
                refuse.directive(mark)
            continue
        elif kind is StreamEndEvent:
            if root is None or _is_nothing(root):
                refuse.empty_file()
            return root
        else:  # the start of the stream, the end of the document
            continue

        count += 1
        if count > limits.YAML_NODES:
            refuse.too_many_nodes(mark)
        if kind is AliasEvent:
            refuse.alias(event)
        elif event.anchor is not None or event.tag is not None:
            refuse.properties(event)

        if node.kind != "scalar" and len(above) >= limits.YAML_DEPTH:
            refuse.too_deep(mark)

        if mapping is not None:
            if key is None:
                if node.kind == "scalar":
                    key = _accept_key(node, mapping, refuse)
                    continue
                refuse.collection_as_key(mark)
                key = _REFUSED_KEY
            else:
                if key is not _REFUSED_KEY:
                    mapping.value[key] = node
                key = None
        elif sequence is not None:
            sequence.value.append(node)
        else:
            root = node

        if node.kind == "mapping":
            above.append((mapping, sequence, key))
            mapping, sequence, key = node, None, None
        elif node.kind == "sequence":
            above.append((mapping, sequence, key))
            mapping, sequence, key = None, node, None


def _accept_key(node: Scalar, mapping: Mapping, refuse: Refusals) -> str:
    name, at = node.value, Place(node.line, node.column, node.length)
    if not mapping.keys and not mapping.style:
        mapping.length = at.length  # a block mapping has no token of its own: its first key is it
    if not name.isascii():
        # Two keys that look alike must be one key: `é` has two spellings in Unicode.
        name = unicodedata.normalize("NFC", name)
    if name in mapping.keys:
        refuse.duplicate(name, at, mapping.keys[name])
        return _REFUSED_KEY
    if name == "<<" and not node.style:
        refuse.merge_key(at)
        return _REFUSED_KEY
    if node.style == "*":  # an alias, already refused
        return _REFUSED_KEY
    if node.style in ("|", ">") or not name:
        refuse.odd_key(at)
        return _REFUSED_KEY
    mapping.keys[name] = at
    return name


def _is_nothing(root: Node) -> bool:
    return root.kind == "scalar" and not root.value and not root.style
