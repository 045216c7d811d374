"""One byte is changed after it was signed, and the whole finding falls: a model's files, a picture with credentials.

Each project is judged twice in the same place, so that nothing that was remembered of the first time covers for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handrail.model.assessment import ControlFinding
from handrail.model.vocabulary import Attestor
from handrail.source.diagnostics import Collector
from handrail.workspace.check import check_project
from tests.evidence import c2pa_samples, model_samples
from tests.report.small import DIGEST, bundle_of, control

pytest.importorskip("c2pa")
pytest.importorskip("model_signing")

AS_OF = date(2026, 11, 24)
BUNDLE = bundle_of(
    control("SIG-01", "Sign the model", evidence={"sig": {"kind": "model-signature", "assurance": "verified"}}),
    control(
        "MRK-01",
        "Mark what is made",
        evidence={
            "samples": {
                "kind": "c2pa",
                "assurance": "verified",
                "with": {"source_type": "trainedAlgorithmicMedia", "min_samples": 2, "trusted": True},
            }
        },
    ),
    control(
        "REL-01",
        "Release it",
        requires=["SIG-01", "MRK-01"],
        evidence={"word": {"kind": "statement", "assurance": "claimed"}},
    ),
)
ATTESTORS: Mapping[str, Attestor] = {
    "publisher": model_samples.attestor("publisher"),
    "studio": c2pa_samples.attestor(c2pa_samples.authority("studio").root),
}
WORDS = " ".join(["We decided to release this model after every step of our plan was done."] * 3)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a signed model folder and two signed pictures."""
    model = model_samples.write(tmp_path / "model")
    signature = model_samples.signed(model)
    (tmp_path / "model.sig").write_bytes(signature)
    (tmp_path / "samples").mkdir()
    for name in ("a.png", "b.png"):
        (tmp_path / "samples" / name).write_bytes(c2pa_samples.signed(c2pa_samples.png()))
    digest = model_samples.statement(signature)["subject"][0]["digest"]["sha256"]
    word = {"owner": "Head of research", "date": "2026-11-01", "text": WORDS}
    declaration = {
        "handrail": 1,
        "catalog": {"digest": DIGEST},
        "project": {"id": "a", "name": "A"},
        "artifacts": {"model": {"sha256": digest, "path": "model"}},
        "controls": {
            "SIG-01": _done({"for": "sig", "path": "model.sig", "date": "2026-11-01"}),
            "MRK-01": _done({"for": "samples", "path": "samples", "date": "2026-11-01"}),
            "REL-01": _done({"for": "word", "statement": word}),
        },
    }
    (tmp_path / "handrail.yaml").write_text(json.dumps(declaration))
    return tmp_path


def _done(entry: dict[str, Any]) -> dict[str, Any]:
    return {"state": "implemented", "evidence": [entry]}


def judged(project: Path) -> dict[str, ControlFinding]:
    """Every finding of the project, as `check` makes it."""
    out = Collector()
    checked = check_project(project / "handrail.yaml", BUNDLE, DIGEST, out, as_of=AS_OF, attestors=ATTESTORS)
    assert checked is not None, out.sorted()
    return {one.control: one for one in checked.assessment.findings}


def told(finding: ControlFinding) -> tuple[str, list[str]]:
    """The finding and the codes of its reasons."""
    return finding.finding.value, [one.code for one in finding.reasons]


def flip(path: Path, place: int) -> None:
    """Change one bit of one byte; the file keeps its length."""
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


SATISFIED: tuple[str, list[str]] = ("satisfied", [])


def test_untouched_all_is_satisfied(project: Path) -> None:
    assert {one: told(finding) for one, finding in judged(project).items()} == dict.fromkeys(BUNDLE.controls, SATISFIED)
    assert judged(project)["SIG-01"].assurance == judged(project)["MRK-01"].assurance == "verified"


@pytest.mark.parametrize("file", model_samples.FILES)
def test_a_byte_of_any_file_of_a_signed_model_folder(file: str, project: Path) -> None:
    assert told(judged(project)["SIG-01"]) == SATISFIED
    flip(project / "model" / file, 0)
    after = judged(project)
    assert told(after["SIG-01"]) == ("undetermined", ["evidence-altered"])
    assert told(after["MRK-01"]) == SATISFIED
    assert told(after["REL-01"]) == ("undetermined", ["blocked-by"])
    assert after["REL-01"].blocked_by == ("SIG-01",)


def _pixels(sample: bytes) -> int:
    return sample.index(b"IDAT") + 8


def _record(sample: bytes) -> int:
    """In the words of the record that say how the picture was made."""
    return sample.index(b"trainedAlgorithmicMedia") + 3


@pytest.mark.parametrize("place", [_pixels, _record], ids=["the picture", "its record"])
def test_a_byte_of_a_signed_picture(place: Any, project: Path) -> None:
    assert told(judged(project)["MRK-01"]) == SATISFIED
    picture = project / "samples" / "b.png"
    flip(picture, place(picture.read_bytes()))
    after = judged(project)
    assert told(after["MRK-01"]) == ("undetermined", ["evidence-altered"])
    assert told(after["SIG-01"]) == SATISFIED
    assert after["REL-01"].blocked_by == ("MRK-01",)


def test_a_byte_of_the_signature_itself(project: Path) -> None:
    data = json.loads((project / "model.sig").read_text())
    signature = data["dsseEnvelope"]["signatures"][0]["sig"]
    data["dsseEnvelope"]["signatures"][0]["sig"] = (
        signature[:20] + ("A" if signature[20] != "A" else "B") + signature[21:]
    )
    (project / "model.sig").write_text(json.dumps(data))
    assert told(judged(project)["SIG-01"]) == ("undetermined", ["evidence-altered"])


def test_put_back_as_it_was_it_counts_again(project: Path) -> None:
    file = project / "model" / "config.json"
    flip(file, 0)
    assert told(judged(project)["SIG-01"])[0] == "undetermined"
    flip(file, 0)
    assert told(judged(project)["SIG-01"]) == SATISFIED
