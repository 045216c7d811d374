"""What must never be in the tree, told by its looks: prompts, outputs, conversations, dumps, media, lists of hashes.

Belongs here: saying that bytes look like content, by signs that a format has. Never here: what a kind asks for. This
is a net under a slip of the hand, not a filter against someone who means to hide something: archives stay opaque, and
prose is never read for its meaning. What was looked at is neither kept nor repeated.

| sign | how it is told |
|---|---|
| picture, recording, video; database, dataset | the first bytes |
| embedded file | a data address, or 512 characters of base64 or hex in a row; armoured keys and signatures aside |
| prompts and outputs | keys or columns named so that hold sentences: two of them, or one in JSON Lines |
| conversation | speakers in turn, marks of a chat template, lines as a messenger exports them |
| e-mail | its header, or the mail quoted under an answer |
| list of hashes | 20 or more that are a quarter of the text; not where the catalog asks for digests |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise

from handrail.model.limits import KIB, MIB

GUARDED = frozenset({"document", "data", "register", "metrics", "model-card", "statement", "file"})
"""Kinds that must not hold content. The others need it (samples), or count it and keep nothing (test runs)."""

LOOKED_AT_BYTES = 1 * MIB
"""How far into evidence signs are looked for: as far as the kinds that are text read."""

SNIFFED_BYTES = 64 * KIB
"""How far into a file beside the evidence: signs stand at the start, or repeat in what people collect."""

RUN = 512
"""Characters of an encoded run: four times the longest digest, and less than a picture of any use."""

LINE, LINES = 60, 8
"""Fewest characters of an encoded line, and fewest lines of an encoded file that is wrapped."""

HASHES = 20
"""Fewest hashes of a list; a text that tells of a handful of artifacts has fewer."""

VALUES = 1_000
"""Values that are looked at; what people collect repeats long before."""

SENTENCE = 24
"""Fewest characters of a value that somebody wrote in words: `written to the log` (18) is still a setting."""

_MEDIA = "This looks like a picture, a recording or a video, which evidence never holds: seal it, or give counts."
_DATASET = "This looks like a database or a dataset, which evidence never holds: seal it, or give counts."
_EMBEDDED = "This holds a long run of encoded data, such as an embedded file, which evidence never holds: take it out."
_PROMPTS = "This looks like prompts or outputs of a model, which evidence never holds: seal them, or give counts."
_CONVERSATION = "This looks like a conversation, which evidence never holds: seal it, or sum it up in your own words."
_MAIL = "This looks like an e-mail, which evidence never holds: seal it, or sum it up in your own words."
_HASHES = "This looks like a list of hashes, which evidence never holds: seal it, or give counts."

_MEDIA_STARTS = (
    *(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS\0", b"\xff\x0a"),
    *(b"\x1aE\xdf\xa3", b"OggS\0", b"fLaC\0", b"ID3\2", b"ID3\3", b"ID3\4", b"FLV\1", b"\0\0\1\xba", b"\0\0\1\xb3"),
    *(b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"#!AMR"),
)
_MEDIA_MARKS = ((4, b"ftyp"), (4, b"jP  "), (4, b"JXL "), (8, b"WEBP"), (8, b"WAVE"), (8, b"AVI "))
_DATASET_STARTS = (b"SQLite format 3\0", b"PAR1", b"ARROW1", b"\x89HDF\r\n", b"\x93NUMPY", b"PGDMP", b"Obj\1")

# Patterns stay text: one is compiled only where a cheaper look says that it could match. All of them are linear: a run
# is taken from its start only and never given back.
_ARMOUR = r"-----BEGIN [A-Z0-9 ]+-----[^-]*+-----END [A-Z0-9 ]+-----"
_DIGEST = r"[0-9A-Fa-f]{64}(?:[0-9A-Fa-f]{32})?\b"  # a line that is one is no line of a file, wrapped
_LINE = rf"^[ \t>]*(?!{_DIGEST})[A-Za-z0-9+/]{{{LINE},100}}=*\r?\n"
_EMBEDDED_RUN = rf"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{{{RUN},}}+|(?:{_LINE}){{{LINES}}}"
_DATA_ADDRESS = r"data:[\w.+-]+/[\w.+-]+;base64,[A-Za-z0-9+/]{64}"
_KEY = (
    r"(?:(?:user|system|model|raw|full|negative|generated)[_ -]?)?(?:prompt|output|completion)s?"
    r"|messages|conversations?|transcripts?|generated[_ -]?text"
)
_JSON_KEY = rf'"(?:{_KEY})"\s*:\s*'
_YAML_KEY = rf"^[ \t-]*+(?:{_KEY})[ \t]*[:=][ \t]*"
_ASKS = ("user", "human", "customer", "prompt")
_ANSWERS = ("assistant", "ai", "bot", "chatbot", "model", "completion", "response", "output")
_SPEAKER = rf"^[ \t>*_#-]{{0,8}}(?:({'|'.join(_ASKS)})|({'|'.join(_ANSWERS)}))[ \t*_]{{0,4}}:"
_TEMPLATE = r"<\|(?:im_start|user|assistant|system|start_header_id)\|>|\[inst\]|<start_of_turn>"
_EXPORTED = r"^\[?[0-9/.-]{6,10},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][Mm])?\]?(?: -)? ([^:\n]{1,40}): "
_HEADER = r"^(from|to|cc|message-id|received|return-path|mime-version|in-reply-to)[ \t]*:([^\n]*)"
_QUOTED_MAIL = r"^On [^\n]{8,120} wrote:\s*\n>"
_HASH = r"(?<![0-9A-Za-z])[0-9A-Fa-f]{32,128}+(?![0-9A-Za-z])"
_SHORTEST_HASH = 32
_HASH_LENGTHS = frozenset({_SHORTEST_HASH, 40, 64, 96, 128})


def looks_like_content(data: bytes, suffix: str, *, digests_asked: bool = False) -> str | None:
    """Say in a fixed sentence what content bytes look like; None where they look like none.

    Args:
        data: the bytes, or the first of them.
        suffix: the ending of the file's name in lower case, with its dot.
        digests_asked: the catalog asks for digests in it, so that many of them are no sign.
    """
    data = data[:LOOKED_AT_BYTES]
    if data.startswith(_MEDIA_STARTS) or any(data[at:].startswith(mark) for at, mark in _MEDIA_MARKS):
        return _MEDIA
    if data[:2] == b"BM" and data[6:10] == bytes(4):  # two letters alone would be the start of a text
        return _MEDIA
    if data.startswith(_DATASET_STARTS):
        return _DATASET
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
    low = text.lower()
    words = [*map(len, text.split())]
    long = [length for length in words if length >= _SHORTEST_HASH]
    if _embeds(text, long):
        return _EMBEDDED
    if _tells_prompts(text, low, suffix):
        return _PROMPTS
    if _converses(text, low):
        return _CONVERSATION
    if _is_mail(text, low):
        return _MAIL
    return _HASHES if not digests_asked and _lists_hashes(text, long, sum(words)) else None


def _embeds(text: str, long: Sequence[int]) -> bool:
    if ";base64," in text and re.search(_DATA_ADDRESS, text):
        return True
    if max(long, default=0) < RUN and sum(length >= LINE for length in long) < LINES:
        return False
    if "-----BEGIN " in text:
        text = re.sub(_ARMOUR, " ", text)
    # A word repeated, or a rule drawn across the page, is long too; what is encoded uses its whole alphabet.
    return any(len(set(run[0])) >= 14 for run in re.finditer(_EMBEDDED_RUN, text, re.MULTILINE))


def _tells_prompts(text: str, low: str, suffix: str) -> bool:
    if not any(word in low for word in ("prompt", "output", "completion", "messages", "conversation", "transcript")):
        return False
    said: Iterable[str] = _json_values(text)
    if suffix in (".yaml", ".yml", ".toml"):
        said = chain(said, _yaml_values(text))
    elif suffix in (".csv", ".tsv"):
        said = chain(said, _column_values(text))
    enough = 1 if suffix in (".jsonl", ".ndjson") else 2
    return len(list(islice(filter(_is_sentence, islice(said, VALUES)), enough))) == enough


def _json_values(text: str) -> Iterator[str]:
    for found in re.finditer(_JSON_KEY, text, re.IGNORECASE):
        value = text[found.end() : found.end() + 400]
        if value[:1] == '"':
            yield value[1:].partition('"')[0]
        elif value[:1] in ("[", "{"):  # turns of a conversation, each with its role and its words
            yield max(value.split('"')[1::2], key=len, default="")


def _yaml_values(text: str) -> Iterator[str]:
    for found in re.finditer(_YAML_KEY, text, re.IGNORECASE | re.MULTILINE):
        line, *below = text[found.end() : found.end() + 400].split("\n")
        deep = len(found[0]) - len(found[0].lstrip(" \t-"))
        inner = [one for one in below if len(one) - len(one.lstrip()) > deep]
        yield line if len(line) > 3 else max(inner, key=len, default="").strip()


def _column_values(text: str) -> Iterator[str]:
    import csv

    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        rows = csv.reader(text.splitlines(), delimiter=delimiter)
        named = [at for at, name in enumerate(next(rows, [])) if re.fullmatch(_KEY, name.strip(), re.IGNORECASE)]
        for row in rows if named else ():
            yield from (row[at] for at in named if at < len(row))
    except csv.Error:  # no table; the kind says so
        return


def _is_sentence(value: str) -> bool:
    value = value.strip()
    return len(value) >= SENTENCE and (" " in value or "\\u" in value or not value.isascii())


def _converses(text: str, low: str) -> bool:
    if ("<|" in low or "[inst]" in low or "<start" in low) and len(re.findall(_TEMPLATE, low)) > 1:
        return True
    if any(word in low for word in _ASKS) and any(word in low for word in _ANSWERS):
        turns = [bool(asks) for asks, _ in re.findall(_SPEAKER, low, re.MULTILINE)]
        if sum(asks and not answers for asks, answers in pairwise(turns)) > 1:
            return True
    speakers = re.findall(_EXPORTED, text, re.MULTILINE)
    return len(speakers) >= 6 and 1 < len(set(speakers)) <= len(speakers) // 2


def _is_mail(text: str, low: str) -> bool:
    if " wrote:" in low and re.search(_QUOTED_MAIL, text, re.MULTILINE | re.IGNORECASE):
        return True
    if "from:" not in low:
        return False
    fields = dict(re.findall(_HEADER, low, re.MULTILINE))
    # A memorandum has From and To as well; only a mail has addresses there, or the fields that machines add.
    addressed = sum("@" in fields.get(name, "") for name in ("from", "to", "cc"))
    return "from" in fields and (addressed > 1 or bool(fields.keys() - {"from", "to", "cc"}))


def _lists_hashes(text: str, long: Sequence[int], characters: int) -> bool:
    if sum(long) < HASHES * _SHORTEST_HASH:
        return False
    found = {one for one in re.findall(_HASH, text) if len(one) in _HASH_LENGTHS and not one.isdigit()}
    return len(found) >= HASHES and 4 * sum(map(len, found)) >= characters
