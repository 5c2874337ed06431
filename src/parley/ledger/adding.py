"""Adding many documents: read by several processes, written by one, each document in a transaction of its own.

Whatever ends the program, a finished document is in the ledger and an unfinished one is not; the same call again does the
rest.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Literal

from parley.errors import LedgerError, ParleyError
from parley.ledger.store import Ledger
from parley.record import Document, Record

ReadDocument = Callable[[Document], Record]
ReaderFactory = Callable[[], ReadDocument]
"""Makes what reads a document. With several workers each makes its own, so it must be a function of a module."""


@dataclass(frozen=True)
class Found:
    """A document on its way into the ledger: where it was found, and what opens it (or raises ``ParleyError``)."""

    source: str
    open: Callable[[], Document]
    modified: str | None = None
    updated: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one source: added, known before, or failed with a problem."""

    source: str
    what: Literal["added", "known", "failed"]
    problem: str = ""


def add_all(ledger: Ledger, found: Iterable[Found], reader: ReaderFactory, *, workers: int = 1) -> Iterator[Outcome]:
    """Read and add documents, in any order when there are several workers; yields what became of each as it is done.

    Raises ``LedgerError`` if the ledger cannot be written to, or if a reading process dies.
    """
    if workers <= 1:
        yield from _alone(ledger, found, reader)
    else:
        yield from _together(ledger, found, reader, workers)


def _alone(ledger: Ledger, found: Iterable[Found], reader: ReaderFactory) -> Iterator[Outcome]:
    read: ReadDocument | None = None
    for one in found:
        opened = _opened(ledger, one)
        if isinstance(opened, Outcome):
            yield opened
            continue
        read = read or reader()  # models are loaded only if there is something to read
        try:
            record = read(opened)
        except LedgerError:
            raise
        except Exception as error:
            yield _failed(one, error)
            continue
        yield _added(ledger, one, record)


def _opened(ledger: Ledger, one: Found) -> Document | Outcome:
    """The document, unless it cannot be opened or is in the ledger already."""
    try:
        document = one.open()
        if ledger.note(document, origin=one.source, modified=one.modified):
            return Outcome(one.source, "known")
    except LedgerError:
        raise
    except ParleyError as error:
        return Outcome(one.source, "failed", str(error))
    return document


def _added(ledger: Ledger, one: Found, record: Record) -> Outcome:
    try:
        return Outcome(one.source, ledger.add(record, origin=one.source, modified=one.modified, updated=one.updated))
    except LedgerError:
        raise
    except ParleyError as error:
        return Outcome(one.source, "failed", str(error))


def _failed(one: Found, error: Exception) -> Outcome:
    told = (
        str(error) if isinstance(error, ParleyError) else f"{one.source}: cannot be read ({type(error).__name__}: {error})"
    )
    return Outcome(one.source, "failed", told)


def _together(ledger: Ledger, found: Iterable[Found], reader: ReaderFactory, workers: int) -> Iterator[Outcome]:
    context = multiprocessing.get_context("spawn")  # a forked child would share the parent's connection
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(reader, os.getpid()))
    waiting: dict[Future[Record], Found] = {}
    try:
        for one in found:
            opened = _opened(ledger, one)
            if isinstance(opened, Outcome):
                yield opened
                continue
            waiting[pool.submit(_read, opened)] = one
            if len(waiting) >= workers * 4:
                yield from _collected(ledger, waiting)
        while waiting:
            yield from _collected(ledger, waiting)
        pool.shutdown()
    except BrokenProcessPool:
        raise LedgerError(
            "a reading process ended without a word (out of memory?); what was finished is kept, "
            "run again with fewer --workers"
        ) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _collected(ledger: Ledger, waiting: dict[Future[Record], Found]) -> Iterator[Outcome]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        one = waiting.pop(future)
        try:
            record = future.result()
        except (BrokenProcessPool, LedgerError):
            raise
        except Exception as error:
            yield _failed(one, error)
            continue
        yield _added(ledger, one, record)


_reader: ReadDocument | None = None


def _begin(reader: ReaderFactory, parent: int) -> None:
    """Set up a reading process: its reader, and an end of its own should the parent be killed."""
    global _reader
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    _reader = reader()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _read(document: Document) -> Record:
    assert _reader is not None
    return _reader(document)
