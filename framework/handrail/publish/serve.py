"""A preview while writing: the site is built, served on this machine only, and built again when a source changes.

Belongs here: the loop around the engine's own server. Never here: building (`build`). The pages forbid inline scripts,
so the server's reload signal does not run in them: reload the page by hand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from handrail.publish.engine import SiteEngineMissing

HOST = "127.0.0.1"
"""Never another address: a preview is nobody else's business."""


def serve(
    build: Callable[[], None],
    *,
    root: Path,
    watch: Iterable[Path],
    ready: Callable[[str], None],
    port: int = 8000,
) -> None:
    """Build, then serve `root` until the process is interrupted.

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
    try:
        from mkdocs.livereload import LiveReloadServer
    except ImportError:
        raise SiteEngineMissing from None
    build()
    server: Any = LiveReloadServer(builder=build, host=HOST, port=port, root=str(root))
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
