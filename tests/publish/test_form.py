"""The self-assessment form as files: small, self-contained, without any way for a text to become markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from handrail.assess.evaluate import DECLARED
from handrail.model.bundle import Bundle
from handrail.publish.pages_form import DATA, SCRIPTS, form_data
from handrail.publish.source import site_source
from tests.publish.sites import DIGEST, elements

Site = Mapping[str, bytes]
KIB = 1024
OURS = sorted(
    path for path in (site_source() / "overrides" / "assets" / "form").iterdir() if path.suffix in (".js", ".css")
)
SHARED = [site_source() / "overrides" / "assets" / "handrail" / f"{name}.js" for name in ("scope", "words")]
MARKUP = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|\beval\b"
)
REQUEST = re.compile(r"\bfetch\b|XMLHttpRequest|sendBeacon|WebSocket|EventSource|\bimport\b\s*\(|new Image")


def test_the_scripts_have_at_most_60_kib_and_the_style_4() -> None:
    sizes = {path: path.stat().st_size for path in (*OURS, *SHARED)}
    assert sum(size for path, size in sizes.items() if path.suffix == ".js") <= 60 * KIB
    assert sum(size for path, size in sizes.items() if path.suffix == ".css") <= 4 * KIB
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 320 for path in OURS)


def test_no_text_can_become_markup_and_nothing_can_be_sent() -> None:
    for path in (*OURS, *SHARED):
        text = path.read_text(encoding="utf-8")
        assert not MARKUP.search(text), path.name
        assert not REQUEST.search(text), path.name


def test_the_page_loads_each_of_its_files_and_holds_no_script_of_its_own(real_site: Site) -> None:
    page = list(elements(real_site["self-assessment.html"]))
    loaded = [one.attributes.get("src", "") for one in page if one.tag == "script"]
    assert [one for one in loaded if "assets/form/" in one or one in SCRIPTS] == list(SCRIPTS)
    assert {f"assets/form/{path.name}" for path in OURS if path.suffix == ".js"} | {DATA} <= set(SCRIPTS)
    assert all(script in real_site for script in SCRIPTS)
    assert not [one for one in page if "style" in one.attributes]
    assert "sends nothing" in real_site["self-assessment.html"].decode()


def test_the_data_name_every_control_state_and_checklist(catalog: Bundle) -> None:
    data = json.loads(form_data(catalog, DIGEST).decode().removeprefix("const handrailForm = ").removesuffix(";\n"))
    assert list(data["controls"]) == list(catalog.controls)
    assert set(data["states"]) == {state.value for state in DECLARED}
    assert set(data["checklists"]) == {one.checklist.id for one in catalog.checklists}
    assert [one["digest"] for one in data["parts"][""]["releases"]] == [
        one.digest.removeprefix("sha256:") for one in catalog.releases
    ]
