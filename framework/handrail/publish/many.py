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
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

from handrail.model.limits import MIB
from handrail.publish.gap import Gap, InternalGap, NoConsent, PublicGap, RecordedGap
from handrail.publish.links import Scanned
from handrail.publish.page import first_sentence
from handrail.publish.pages_portfolio import Card, card
from handrail.publish.pages_reports import Edition, path_of, report_made
from handrail.publish.report_names import Names

ALONE = 100
"""So many records are made in this process; only for more is it worth starting others."""
_BATCH = 25
_AHEAD_BYTES = 200 * MIB
"""So much of records waits for the processes: work enough while the engine renders the rest of the site."""
_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A report ready for its shell: its page, of which `body` is UTF-8, the page's links, its files, and its row.

    Text stays bytes from here on, since to send it from process to process and to write it takes it as bytes anyway.
    """

    path: str
    title: str
    description: str
    body: bytes
    links: Scanned
    files: Mapping[str, bytes]
    card: Card


class Maker:
    """Makes reports for one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._names = Names(edition.bundle)
        self._principles = [one.id for one in edition.bundle.principles]

    def finished(self, gap: PublicGap | InternalGap | RecordedGap) -> Finished:
        """Make one.

        Raises:
            InputError: a record is no assessment.
        """
        made = report_made(gap, self._names, self.edition)
        return Finished(
            path=path_of(made.head.id),
            title=made.head.name,
            description=first_sentence(made.head.headline[0]),
            body=made.body,
            links=made.links,
            files=made.files,
            card=card(made.head, self._principles),
        )


def finished(
    gaps: Iterable[Gap], maker: Maker, *, workers: int | None = None
) -> Generator[Finished | NoConsent, None, None]:
    """Make all of them, by at most so many processes; what has no consent passes through.

    Taking the first one sets the others going. Close it if not all are taken.

    Raises:
        InputError: a record is no assessment.
    """
    workers = workers or min(os.cpu_count() or 1, _MOST)
    with ExitStack() as stack:
        pool: ProcessPoolExecutor | None = None
        running: deque[tuple[Future[list[Finished]], int]] = deque()
        records: list[RecordedGap] = []
        ahead = 0
        for gap in gaps:
            if isinstance(gap, NoConsent):
                yield gap
            elif not isinstance(gap, RecordedGap) or workers == 1:
                yield maker.finished(gap)
            else:
                records.append(gap)
            if pool is None and len(records) > ALONE:
                pool = _pool(maker, workers)
                stack.callback(pool.shutdown, cancel_futures=True)
            while pool is not None and len(records) >= _BATCH:
                batch = records[:_BATCH]
                del records[:_BATCH]
                running.append((pool.submit(_work, batch), sum(len(one.record) for one in batch)))
                ahead += running[-1][1]
            while ahead > _AHEAD_BYTES:
                made, size = running.popleft()
                ahead -= size
                yield from made.result()
        yield from map(maker.finished, records)
        while running:
            yield from running.popleft()[0].result()


def _pool(maker: Maker, workers: int) -> ProcessPoolExecutor:
    # Forking hands the bundle over for nothing. Elsewhere than on Linux it is not to be relied on.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(workers, context, initializer=_start, initargs=(maker.edition,))


_maker: list[Maker] = []
"""The maker of a worker process."""


def _start(edition: Edition) -> None:
    _maker[:] = [Maker(edition)]
    gc.freeze()  # what was inherited stays; looking through it again and again takes a fifth of the time
    gc.set_threshold(5_000, 50, 1_000)


def _work(batch: list[RecordedGap]) -> list[Finished]:
    return [_maker[0].finished(gap) for gap in batch]
