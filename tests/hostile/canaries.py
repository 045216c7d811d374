"""A copy of the worked examples in which everything that somebody wrote carries a canary of its own class.

Belongs here: putting canaries in. Never here: an assertion. Each canary is a harmless word that stands nowhere else.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

from handrail.source.diagnostics import Collector
from handrail.source.reader import read_yaml
from handrail.source.tree import plain

EXAMPLES = Path(__file__).parents[2] / "examples"

DECLARED = (
    "summary",
    "justification",
    "owner",
    "reviewed_by",
    "access",
    "custodian",
    "reason",
    "approved_by",
    "consent_by",
)
"""Keys of a declaration whose text is somebody's own."""

FILE, FILE_NAME, UNDECLARED, NONCE = "evidence-file", "evidence-file-name", "undeclared-file", "sealed-digest"
CLASSES = (*DECLARED, FILE, FILE_NAME, UNDECLARED, NONCE)


def canary(name: str) -> str:
    """The word of a class; a digest for the class of digests."""
    return "ca9a47" * 10 + "7f3a" if name == NONCE else f"zq{name.replace('_', '-')}7f3a"


def poisoned_examples(folder: Path) -> Path:
    """Put a copy of the examples with canaries into a folder, and give it."""
    copy = folder / "examples"
    shutil.copytree(EXAMPLES, copy)
    names = [path for path in copy.rglob("*") if path.is_file()]
    for path in names:
        if path.name in ("handrail.yaml", "organisation.yaml"):
            _poison_declaration(path)
        elif "artifacts" not in path.parts:
            _poison_evidence(path)
            path.rename(path.with_name(f"{path.stem}-{canary(FILE_NAME)}{path.suffix}"))
    for data in copy.glob("*/evidence/*"):
        (data / f"{canary(UNDECLARED)}.jsonl").write_text(json.dumps({"prompt": f"Draw a {canary(FILE)} on a lake."}))
    return copy


def _poison_declaration(path: Path) -> None:
    tree = _tree(path)
    _poison(tree)
    # A value a line, so that a diagnostic that shows a line shows one value.
    path.write_text(json.dumps(tree, indent=1, ensure_ascii=False))


def _poison(value: Any) -> None:
    for key, child in list(value.items()) if isinstance(value, dict) else list(enumerate(value)):
        if isinstance(child, dict | list):
            _poison(child)
        if key in DECLARED and isinstance(child, str):
            value[key] = f"{child} {canary(key)}"
        elif key == "path":
            whole = Path(child)
            value[key] = str(whole.with_name(f"{whole.stem}-{canary(FILE_NAME)}{whole.suffix}"))
        elif key == "sealed":
            child |= {"sha256": canary(NONCE), "access": f"By appointment {canary('access')}"}
        elif key == "sha256" and isinstance(value, dict) and "path" in value:
            del value[key]  # the files have changed


def _poison_evidence(path: Path) -> None:
    word, text = canary(FILE), path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        front = re.sub(r"^(owner: .+)$", rf"\1 {word}", text, count=1, flags=re.MULTILINE)
        text = re.sub(r"(?<=\w)\.(?=\s)", f" {word}.", front) + f"\n## Appendix {word}\n"
    elif path.suffix == ".csv":
        rows = list(csv.reader(io.StringIO(text)))
        out = io.StringIO()
        csv.writer(out).writerows(
            [rows[0], *([f"{cell} {word}" if cell[:1].isalpha() else cell for cell in row] for row in rows[1:])]
        )
        text = out.getvalue()
    elif path.suffix in (".json", ".yaml"):  # JSON is YAML
        read = json.loads(text) if path.suffix == ".json" else _tree(path)
        text = json.dumps(_worded_values(read), indent=1)
    elif path.suffix == ".xml":
        text = re.sub(r'( name="[^"]*)"', rf'\1 {word}"', text).replace(
            "</testsuites>", f"<!-- {word} --></testsuites>"
        )
    else:
        text = f"# {word}\n{text}"
    path.write_text(text, encoding="utf-8")


def _worded(text: str) -> str:
    return f"{text} {canary(FILE)}" if " " in text else text


def _worded_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: child if key == "name" else _worded_values(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_worded_values(child) for child in value]
    return _worded(value) if isinstance(value, str) else value


def _tree(path: Path) -> Any:
    read = read_yaml(path.read_bytes(), "", Collector())
    assert read is not None, path
    return plain(read)
