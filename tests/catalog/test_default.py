"""Which catalog is judged by, and with how little work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handrail.catalog.bundle import digest, to_bytes
from handrail.catalog.default import default_bundle, load_bundle
from handrail.source.diagnostics import InputError
from tests.catalog.cases import SRC, bundle_of, edited, overlaid


def test_a_folder_and_its_bundle_file_are_the_same_catalog(tmp_path: Path) -> None:
    folder = overlaid(tmp_path / "catalog")
    file = tmp_path / "bundle.json"
    file.write_bytes(to_bytes(bundle_of(folder)))
    assert load_bundle(folder) == load_bundle(file) == (bundle_of(folder), digest(file.read_bytes()))


def test_the_path_that_the_reader_names_may_be_a_link(tmp_path: Path) -> None:
    file = tmp_path / "bundle.json"
    file.write_bytes(to_bytes(bundle_of(overlaid(tmp_path / "catalog"))))
    (tmp_path / "latest").symlink_to("bundle.json")
    assert load_bundle(tmp_path / "latest") == load_bundle(file)


def test_all_errors_of_a_folder_are_told(tmp_path: Path) -> None:
    folder = edited(overlaid(tmp_path), SRC, ("[SRC-01]", "[SRC-09]"), ("kind: register", "kind: registry"))
    with pytest.raises(InputError) as refused:
        load_bundle(folder)
    assert [each.code for each in refused.value.diagnostics] == ["HR211", "HR201"]


def test_a_cycle_is_told_and_not_thrown(tmp_path: Path) -> None:
    folder = edited(overlaid(tmp_path), SRC, ("[SRC-01]", "[SRC-01, SRC-02]"))
    with pytest.raises(InputError) as refused:
        load_bundle(folder)
    assert [each.code for each in refused.value.diagnostics] == ["HR203"]


def test_what_lint_alone_finds_does_not_stop_a_check(tmp_path: Path) -> None:
    folder = edited(overlaid(tmp_path), SRC, ("Was each image screened?", "Each image was screened."))
    assert load_bundle(folder)[0].controls["SRC-02"].question == "Each image was screened."


@pytest.mark.parametrize("name", ["absent.json", "empty", "notes.txt"])
def test_what_is_no_catalog_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("none\n", encoding="utf-8")
    with pytest.raises(InputError) as refused:
        load_bundle(tmp_path / name)
    expected = {"absent.json": "HR004", "empty": "HR200", "notes.txt": "HR219"}
    assert [each.code for each in refused.value.diagnostics] == [expected[name]]


def test_the_default_catalog_is_that_of_the_checkout_wherever_it_is_asked_for(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlaid(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert default_bundle() == load_bundle(root)
    assert default_bundle()[0].catalog.id == "handrail"


def test_a_compiled_catalog_is_had_without_yaml_and_without_lint(root: Path) -> None:
    program = (
        "import sys; from handrail.catalog.default import default_bundle; default_bundle();"
        "print(sorted(m for m in sys.modules if m == 'yaml' or m.startswith('handrail.catalog.li')))"
    )
    default_bundle()
    environment = {**os.environ, "PYTHONPATH": str(root / "framework")}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
