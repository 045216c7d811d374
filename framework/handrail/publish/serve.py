"""A preview while writing: the site is built, served on this machine only, and built again when a source changes.

Belongs here: the loop around the engine's own server. Never here: building (`build`). The pages forbid inline scripts,
so the script that reloads them is served beside them, and stands in no file of the site.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from handrail.publish.engine import SiteEngineMissing

HOST = "127.0.0.1"
"""Never another address: a preview is nobody else's business."""

_POLL = 0.25
"""Seconds between looks at the sources."""

_PATH = "/_handrail-preview.js"
_SCRIPT = b"""(async () => {
  const epoch = document.currentScript.dataset.epoch;
  for (;;) {
    try {
      const newest = await (await fetch(`/livereload/${epoch}/${Date.now()}`)).text();
      if (Number(newest) > Number(epoch)) return location.reload();
    } catch {
      await new Promise((again) => setTimeout(again, 1000));
    }
  }
})();
"""


def serve(
    build: Callable[[], None],
    *,
    root: Path,
    watch: Iterable[Path],
    ready: Callable[[str], None],
    port: int = 8000,
) -> None:
    """Build, then serve `root` until the process is interrupted; open pages reload after a build.

    Args:
        build: builds into `root`; called again after a change. It reports its own failures and does not raise.
        root: the folder of the built site.
        watch: the folders and files whose change asks for a new build.
        ready: is told the address, just before the server takes it.
        port: the port on this machine.

    Raises:
        SiteEngineMissing: the extra `site` is not installed.
        OSError: the port is taken.
    """
    build()
    server = _server(build, root, port)
    logging.getLogger("mkdocs.livereload").setLevel(logging.WARNING)
    for path in watch:
        server.watch(str(path))
    try:
        ready(server.url)
        server.serve()
    except KeyboardInterrupt:
        pass
    finally:
        server.shutdown()


def _server(build: Callable[[], None], root: Path, port: int) -> Any:
    try:
        from mkdocs.livereload import LiveReloadServer
    except ImportError:
        raise SiteEngineMissing from None

    class Server(LiveReloadServer):
        """The engine's server, with its script in a place that the pages' policy allows."""

        def _serve_request(self, environ: Any, start_response: Any) -> Any:
            if environ["PATH_INFO"] == _PATH:
                start_response("200 OK", [("Content-Type", "text/javascript")])
                return [_SCRIPT]
            return super()._serve_request(environ, start_response)

        def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
            script = f'<script src="{_PATH}" data-epoch="{epoch}"></script></body>'
            return content.replace(b"</body>", script.encode())

    return Server(builder=build, host=HOST, port=port, root=str(root), polling_interval=_POLL)
