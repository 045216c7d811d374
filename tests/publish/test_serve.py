"""The preview builds first, offers an address of this machine only, and ends quietly when interrupted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import handrail
from handrail.publish import page
from handrail.publish.language import Language, speaking
from handrail.publish.serve import _server, serve


def test_an_interrupted_preview_has_built_once_and_ends_without_a_trace(tmp_path: Path) -> None:
    done: list[str] = []

    def ready(address: str) -> None:
        done.append(address)
        raise KeyboardInterrupt

    serve(lambda: done.append("built"), root=tmp_path, watch=[tmp_path], ready=ready, port=0)
    assert done == ["built", "http://127.0.0.1:0/"]


def test_a_page_reloads_by_a_script_that_its_policy_allows(tmp_path: Path) -> None:
    server = _server(lambda: None, tmp_path, 0)
    page = server._inject_js_into_html(b"<p>One</p></body></html>", 7)
    assert page == b'<p>One</p><script src="/_handrail-preview.js" data-epoch="7"></script></body></html>'
    answers: list[str] = []
    [script] = server.serve_request({"PATH_INFO": "/_handrail-preview.js"}, lambda status, _: answers.append(status))
    assert answers == ["200 OK"]
    assert b"location.reload()" in script
    server.server_close()


def test_an_edited_template_counts_from_the_next_build_on(tmp_path: Path) -> None:
    shutil.copytree(Path(handrail.__file__).parent, tmp_path / "handrail", ignore=shutil.ignore_patterns("__pycache__"))
    script = """
from datetime import date
from pathlib import Path
from handrail.publish.page import forget_changed, render

template = Path("handrail/publish/templates/withdrawn.html")

def page():
    return render("withdrawn.html", "reports/p.html", heading_id="id", since=date(2026, 1, 2))

first = page()
template.write_text(template.read_text() + "<p>More.</p>")
assert page() == first
forget_changed()
assert page() == first + "<p>More.</p>"
"""
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, check=True)


def test_a_preview_keeps_nothing_of_a_language_from_build_to_build() -> None:
    for _ in range(3):
        page.forget_changed()
        with speaking(Language("de")):
            page.render("translated.html", "index.html")
        assert sum(not one.source for one in page._environments) == 1
