"""Reports by the thousand: made one after the other, and from some number on by several processes.

Belongs here: that, and what a finished report is. Never here: what a report says, and writing it. The order in which
reports come out is not that in which they went in.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from handrail.publish.gap import Gap, InternalGap, NoConsent, PublicGap, RecordedGap
from handrail.publish.links import Scanned, scan_escaped
from handrail.publish.pages_portfolio import Card, card
from handrail.publish.pages_reports import Edition, report_made
from handrail.publish.report_view import Names
from handrail.publish.shell import Shell, fill

ALONE = 100
"""So many records are made in this process; only for more is it worth starting others."""
_BATCH = 25
_MOST = 8
_AHEAD = 3
"""Batches that wait for each process, so that none waits and memory stays that of a few hundred reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A report ready to be written: its page and files by their paths, its links, and what is kept of it."""

    path: str
    title: str
    description: str
    page: bytes
    links: Scanned
    files: Mapping[str, bytes]
    card: Card


class Maker:
    """Makes reports for one edition in one shell."""

    def __init__(self, edition: Edition, shell: Shell) -> None:
        self.edition, self.shell = edition, shell
        self._names = Names(edition.bundle)
        self._principles = [one.id for one in edition.bundle.principles]

    def finished(self, gap: PublicGap | InternalGap | RecordedGap) -> Finished:
        """Make one.

        Raises:
            InputError: a record is no assessment.
        """
        made = report_made(gap, self._names, self.edition)
        return Finished(
            path=made.page.path,
            title=made.page.title,
            description=made.page.description,
            page=fill(self.shell, made.page).encode(),
            links=scan_escaped(made.page.body),
            files=made.files,
            card=card(made.head, self._principles),
        )


def finished(gaps: Iterable[Gap], maker: Maker, *, workers: int | None = None) -> Iterator[Finished | NoConsent]:
    """Make all of them, by at most so many processes; what has no consent passes through.

    Raises:
        InputError: a record is no assessment.
    """
    workers = workers or min(os.cpu_count() or 1, _MOST)
    with ExitStack() as stack:
        pool: ProcessPoolExecutor | None = None
        running: deque[Future[list[Finished]]] = deque()
        batch: list[RecordedGap] = []
        for count, gap in enumerate(gaps):
            if isinstance(gap, NoConsent):
                yield gap
            elif not isinstance(gap, RecordedGap) or count < ALONE or workers == 1:
                yield maker.finished(gap)
            else:
                batch.append(gap)
            if len(batch) == _BATCH:
                pool = pool or stack.enter_context(_pool(maker, workers))
                running.append(pool.submit(_work, batch))
                batch = []
            if len(running) > _AHEAD * workers:
                yield from running.popleft().result()
        yield from map(maker.finished, batch)
        while running:
            yield from running.popleft().result()


def _pool(maker: Maker, workers: int) -> ProcessPoolExecutor:
    # Forking hands the bundle over for nothing. Elsewhere than on Linux it is not to be relied on.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(workers, context, initializer=_start, initargs=(maker.edition, maker.shell))


_maker: list[Maker] = []
"""The maker of a worker process."""


def _start(edition: Edition, shell: Shell) -> None:
    _maker[:] = [Maker(edition, shell)]
    gc.freeze()  # what was inherited stays; looking through it again and again takes a fifth of the time
    gc.set_threshold(100_000, 20, 100)


def _work(batch: list[RecordedGap]) -> list[Finished]:
    return [_maker[0].finished(gap) for gap in batch]
