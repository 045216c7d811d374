"""What looks like content is refused by its looks, and what people write about their work is not."""

from __future__ import annotations

import base64
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handrail.evidence.guard import GUARDED, HASHES, LOOKED_AT_BYTES, RUN, SNIFFED_BYTES, looks_like_content
from handrail.model.kinds import KINDS
from tests.evidence.samples import BANNED, GOOD, look, look_at, requirement
from tests.evidence.test_observe import HOSTILE_BYTES

ROOT = Path(__file__).parents[2]
SAID = "Draw a marmalade zeppelin over a quiet lake, please."
ANSWER = "Here is a marmalade zeppelin that floats over the lake."
NOISE = random.Random(7).randbytes(4 * RUN)
BASE64 = base64.b64encode(NOISE).decode()
HEX = NOISE.hex()


def hashes(count: int, length: int = 64) -> list[str]:
    rng = random.Random(count)
    return [rng.randbytes(length // 2).hex() for _ in range(count)]


def rows(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


MEDIA, DATASET, EMBEDDED = "a picture", "a dataset", "encoded data"
PROMPTS, CONVERSATION, MAIL, LIST = "prompts or outputs", "a conversation", "an e-mail", "a list of hashes"

CONTENT: dict[str, tuple[str, str | bytes, str]] = {
    "PNG": (".png", b"\x89PNG\r\n\x1a\n" + NOISE, MEDIA),
    "PNG under another name": (".md", b"\x89PNG\r\n\x1a\n" + NOISE, MEDIA),
    "JPEG": (".jpg", b"\xff\xd8\xff\xe0" + NOISE, MEDIA),
    "GIF": (".gif", b"GIF89a" + NOISE, MEDIA),
    "WebP": (".webp", b"RIFF\x00\x10\x00\x00WEBPVP8 " + NOISE, MEDIA),
    "TIFF": (".tif", b"II*\x00" + NOISE, MEDIA),
    "BMP": (".bmp", b"BM\x36\x10\x00\x00\x00\x00\x00\x00" + NOISE, MEDIA),
    "AVIF, HEIC, MP4": (".mp4", b"\x00\x00\x00\x20ftypisom" + NOISE, MEDIA),
    "Matroska": (".mkv", b"\x1aE\xdf\xa3" + NOISE, MEDIA),
    "wave": (".wav", b"RIFF\x00\x10\x00\x00WAVEfmt " + NOISE, MEDIA),
    "MP3": (".mp3", b"ID3\x03" + NOISE, MEDIA),
    "SQLite": (".db", b"SQLite format 3\x00" + NOISE, DATASET),
    "Parquet": (".parquet", b"PAR1" + NOISE, DATASET),
    "base64 in a row": (".md", f"# Report\n\n{BASE64}\n", EMBEDDED),
    "base64 in lines": (".txt", "\n".join(BASE64[at : at + 76] for at in range(0, 76 * 12, 76)) + "\n", EMBEDDED),
    "hex in a row": (".txt", HEX, EMBEDDED),
    "picture in Markdown": (".md", f"![it](data:image/png;base64,{BASE64[:400]})", EMBEDDED),
    "JSON Lines of prompts": (".jsonl", rows({"id": 1, "prompt": SAID}), PROMPTS),
    "JSON Lines of messages": (".jsonl", rows({"messages": [{"role": "user", "content": SAID}]}), PROMPTS),
    "JSON of prompts and outputs": (".json", json.dumps([{"prompt": SAID, "output": ANSWER}], indent=1), PROMPTS),
    "JSON of lists": (".json", json.dumps({"prompts": [SAID], "completions": [ANSWER]}), PROMPTS),
    "other spellings": (".json", json.dumps({"User_Prompt": SAID, "generated-text": ANSWER}), PROMPTS),
    "YAML of prompts": (".yaml", f"- prompt: {SAID}\n- prompt: >\n    {SAID}\n", PROMPTS),
    "TOML of prompts": (".toml", f'prompt = "{SAID}"\noutput = "{ANSWER}"\n', PROMPTS),
    "CSV of prompts": (".csv", f'id;prompt\n1;"{SAID}"\n2;"{SAID}"\n', PROMPTS),
    "in a script without spaces": (".jsonl", rows({"prompt": "\u7530\u4e2d" * 12}), PROMPTS),
    "garak": (".jsonl", rows({"entry_type": "attempt", "prompt": {"turns": [{"content": {"text": SAID}}]}}), PROMPTS),
    "speakers in turn": (".md", f"**User:** {SAID}\n\n**Assistant:** {ANSWER}\n\n" * 2, CONVERSATION),
    "chat template": (".txt", f"<|im_start|>user\n{SAID}<|im_end|>\n<|im_start|>assistant\n", CONVERSATION),
    "another template": (".txt", f"[INST] {SAID} [/INST] {ANSWER} [INST] {SAID} [/INST]", CONVERSATION),
    "a messenger's export": (
        ".txt",
        "".join(f"[12/03/2026, 10:1{n}:0{n}] {'Ann' if n % 2 else 'Bo'}: {SAID}\n" for n in range(8)),
        CONVERSATION,
    ),
    "an e-mail": (".eml", f"From: A <a@lake.example>\nTo: b@lake.example\nSubject: it\n\n{SAID}\n", MAIL),
    "an e-mail by its machine's fields": (".txt", f"Received: by lake.example\nFrom: A\nTo: B\n\n{SAID}\n", MAIL),
    "an answer with the mail under it": (".txt", f"Yes.\n\nOn Monday, 2 March 2026 Ann wrote:\n> {SAID}\n", MAIL),
    "SHA-256": (".txt", "\n".join(hashes(HASHES)), LIST),
    "SHA-1 with names": (".txt", "".join(f"{one}  {n}.bin\n" for n, one in enumerate(hashes(HASHES, 40))), LIST),
    "MD5 in a table": (".csv", "hash,seen\n" + "".join(f"{one},2026\n" for one in hashes(HASHES, 32)), LIST),
    "upper case": (".txt", "\n".join(hashes(HASHES)).upper(), LIST),
    "UTF-16": (".txt", ("\n".join(hashes(HASHES))).encode("utf-16"), LIST),
}


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@pytest.mark.parametrize(("suffix", "content", "sentence"), CONTENT.values(), ids=CONTENT)
def test_content_is_told_by_its_looks(suffix: str, content: str | bytes, sentence: str) -> None:
    told = looks_like_content(as_bytes(content), suffix)
    assert told is not None
    assert sentence in told
    assert told.startswith("This ")
    assert ", which evidence never holds: " in told
    assert told.endswith(".")
    assert BANNED.search(told) is None
    assert not any(part in told.lower() for part in ("marmalade", "zeppelin", "lake"))


HARMLESS: dict[str, tuple[str, str]] = {
    "settings": (".json", '{"prompt": "blocked", "output": "checked", "completions": 4, "messages": false}'),
    "one text in the settings": (".yaml", f"prompt: {SAID}\nowner: Trust and Safety\n"),
    "counts of prompts": (".yaml", "- name: prompts\n  definition: Prompts that the classifier saw in the period\n"),
    "counts below a key": (
        ".yaml",
        "outputs:\n  seen: 12\n  held: 3\nnote: Both are counted on the day they come in\n",
    ),
    "sections named so": (
        ".md",
        "- Prompts: every one of them is classified before it is answered\n"
        "- Outputs: every picture is matched before anyone sees it\n\n"
        "Prompt: the classifier looks at it first of all\n\nOutput: it is held back where it matches\n",
    ),
    "a memorandum": (".md", "To: the board\nFrom: Head of child safety\nDate: 2026-03-01\n\nWe decided to wait.\n"),
    "a contact": (".md", "From: 2026-03-01\nContact: mailto:safety@lake.example\n"),
    "a time-line": (
        ".md",
        "".join(f"2026-03-01 10:0{n} - Office {n}: took the next step of the plan\n" for n in range(8)),
    ),
    "questions and answers": (".md", "Question: who decides?\nAnswer: the board.\n" * 4),
    "a key": (
        ".txt",
        "-----BEGIN CERTIFICATE-----\n" + "\n".join([BASE64[:64]] * 20) + "\n-----END CERTIFICATE-----\n",
    ),
    "digests of artifacts": (".md", "".join(f"Version {n} is `{one}`.\n" for n, one in enumerate(hashes(5)))),
    "a long rule": (".md", "a" * 2000 + "\n" + "-" * 2000 + "\n" + "=" * 2000),
    "a long path": (".txt", "/".join(["evidence"] * 200)),
    "numbers": (".csv", "a,b\n" + "12345678901234567890123456789012,1\n" * 50),
}


@pytest.mark.parametrize(("suffix", "content"), HARMLESS.values(), ids=HARMLESS)
def test_what_people_write_about_their_work_is_not_content(suffix: str, content: str) -> None:
    assert looks_like_content(content.encode(), suffix) is None


@pytest.mark.parametrize("kind", sorted(GOOD))
def test_no_good_sample_looks_like_content(kind: str) -> None:
    name, content, _ = GOOD[kind]
    assert looks_like_content(as_bytes(content), Path(name).suffix) is None or kind not in GUARDED


def test_no_file_of_the_examples_looks_like_content() -> None:
    files = [path for path in (ROOT / "examples").rglob("*") if path.is_file()]
    assert len(files) > 100
    told = {path.name: looks_like_content(path.read_bytes(), path.suffix.lower()) for path in files}
    assert {name: sentence for name, sentence in told.items() if sentence} == {}


def test_the_reports_of_a_real_tool_look_like_content() -> None:
    folder = ROOT.parent / "shared" / "interop" / "garak"
    if not folder.is_dir():
        pytest.skip("the interop samples are not beside this repository")
    for path in folder.glob("*.jsonl"):
        assert PROMPTS in (looks_like_content(path.read_bytes()[:SNIFFED_BYTES], path.suffix) or "")


@pytest.mark.parametrize(("count", "told"), [(RUN - 1, False), (RUN, True), (RUN + 1, True)])
def test_a_run_of_encoded_data_counts_from_its_limit(count: int, told: bool) -> None:
    assert (looks_like_content(BASE64[:count].encode() + b" end", ".txt") is not None) is told


@pytest.mark.parametrize(("count", "told"), [(HASHES - 1, False), (HASHES, True), (HASHES + 1, True)])
def test_a_list_of_hashes_counts_from_its_limit(count: int, told: bool) -> None:
    assert (looks_like_content("\n".join(hashes(count)).encode(), ".txt") is not None) is told


@pytest.mark.parametrize(("before", "told"), [(-1, True), (0, True), (1, False)])
def test_signs_are_looked_for_up_to_a_limit(before: int, told: bool) -> None:
    run = BASE64[:RUN]
    content = b"-" * (LOOKED_AT_BYTES - RUN + before) + run.encode()
    assert (looks_like_content(content, ".txt") is not None) is told


@pytest.mark.parametrize("content", HOSTILE_BYTES.values(), ids=HOSTILE_BYTES)
@pytest.mark.parametrize("suffix", [".md", ".yaml", ".csv", ".jsonl"])
def test_hostile_bytes_are_passed_over(content: bytes, suffix: str) -> None:
    assert looks_like_content(content, suffix) is None


REPEATED = {
    "keys": '"prompt": ',
    "keys of YAML": "prompt:\n",
    "speakers": "user:\n",
    "turns": "On a day in the year we wrote:\n\n",
    "fields": "from: a\n",
    "armour": "-----BEGIN A-----\n",
    "times": "2026-01-01 10:00 - a\n",
    "almost hashes": "a1" * 15 + " ",
    "almost runs": "aB1" * 170 + " ",
    "quotes": '{"prompt": ["',
    "columns": "prompt,",
}


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
@pytest.mark.parametrize("suffix", [".md", ".yaml", ".csv"])
def test_a_sign_repeated_without_end_ends(unit: str, suffix: str) -> None:
    content = (unit * (LOOKED_AT_BYTES // len(unit) + 1)).encode()
    looks_like_content(content, suffix)


@given(st.binary(max_size=400), st.sampled_from(["", ".md", ".json", ".yaml", ".csv", ".jsonl"]))
def test_any_bytes_give_a_sentence_or_none(data: bytes, suffix: str) -> None:
    told = looks_like_content(data, suffix)
    assert told is None or told.startswith("This ")


@pytest.mark.parametrize("kind", sorted(GUARDED - {"statement"}))
@pytest.mark.parametrize("name", ["PNG", "SHA-256", "chat template", "base64 in a row", "an e-mail"])
def test_a_guarded_kind_refuses_content_in_the_form_it_takes(tmp_path: Path, kind: str, name: str) -> None:
    content, sentence = as_bytes(CONTENT[name][1]), CONTENT[name][2]
    seen = look_at(tmp_path, kind, content)
    assert seen.verdict == "refused"
    assert sentence in seen.text
    assert seen.date is None


def test_good_evidence_is_refused_as_soon_as_content_is_in_it(tmp_path: Path) -> None:
    good = GOOD["document"][1]
    assert look_at(tmp_path, "document", good).verdict == "shown"
    assert look_at(tmp_path, "document", f"{good}\n## Log\n\n{CONTENT['speakers in turn'][1]!s}").verdict == "refused"


def test_a_statement_is_looked_at_like_a_file(tmp_path: Path) -> None:
    words = {"owner": "Trust and Safety", "date": "2026-09-01"}
    asked = requirement("statement", {"min_words": "5"})
    said = "We look at every new case on the day on which it comes in."
    assert look(tmp_path, asked, statement={**words, "text": said}).verdict == "shown"
    text = f"User: {SAID}\nModel: {ANSWER}\n" * 2
    assert look(tmp_path, asked, statement={**words, "text": text}).verdict == "refused"


def test_a_register_may_hold_the_digests_that_the_catalog_asks_for(tmp_path: Path) -> None:
    table = "digest,reviewed\n" + "".join(f"{one},2026-09-01\n" for one in hashes(HASHES))
    asked = {"columns": ["digest"], "date_column": "reviewed"}
    assert look_at(tmp_path, "register", table, parameters=asked).verdict == "shown"
    other = {"columns": ["name"], "date_column": "reviewed"}
    assert look_at(tmp_path, "register", table.replace("digest,", "name,"), parameters=other).verdict == "refused"


def test_an_altered_file_is_altered_before_it_is_anything_else(tmp_path: Path) -> None:
    assert look_at(tmp_path, "document", as_bytes(CONTENT["PNG"][1]), sha256="0" * 64).verdict == "altered"


def test_the_kinds_that_are_not_guarded_need_content_or_discard_it() -> None:
    assert set(KINDS) - GUARDED == {
        "artifact-scan", "attestation", "c2pa", "croissant", "dataset-screening", "ml-bom", "model-signature",
        "red-team", "sealed-record", "security-contact", "test-report",
    }  # fmt: skip
