"""Adding in the background: jobs of files or pasted text, read one after the other by one thread, with their progress."""

from __future__ import annotations

import queue
import secrets
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from parley.desk import story
from parley.documents.items import Item, document_of, items_in
from parley.errors import DocumentError, ParleyError
from parley.ledger.adding import Found, Outcome, ReadDocument, add_all
from parley.ledger.store import Ledger
from parley.record import Document

MAX_FILES = 50
MAX_DOCUMENTS = 500
"""Documents that one job reads, whatever its archives hold; more is for `parley add`."""
MAX_WAITING = 20
KEPT_JOBS = 50
OpenReader = Callable[[Path | None], ReadDocument]
"""Makes what reads a document, with the knowledge tables of a folder laid over the built-in ones."""


@dataclass
class Job:
    """Files on their way into the ledger: what became of each so far."""

    id: str
    what: str
    state: Literal["waiting", "reading", "done", "failed"] = "waiting"
    outcomes: list[Outcome] = field(default_factory=list)
    problem: str = ""

    def count(self, what: str) -> int:
        """How many documents were added, known or failed."""
        return sum(outcome.what == what for outcome in self.outcomes)

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")


class Adding:
    """The queue of jobs and the thread that works on it."""

    def __init__(self, ledger: Ledger, open_reader: OpenReader) -> None:
        self.ledger, self._open_reader = ledger, open_reader
        self._readers: dict[Path | None, ReadDocument] = {}
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.Queue[tuple[Job, Callable[[], Iterable[Found]], Path | None, Path | None] | None] = (
            queue.Queue()
        )
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def job(self, id_: str) -> Job | None:
        """The job of this id, if it is still remembered."""
        return self._jobs.get(id_)

    def files(self, named: list[tuple[str, bytes]], known: dict[str, str | None] | None = None) -> Job:
        """Add files, given as (name, content); `known` (published, publisher) holds where a file does not say it.

        Raises ``ParleyError`` where they are too many.
        """
        if len(named) > MAX_FILES:
            raise ParleyError(f"these are {len(named)} files; give at most {MAX_FILES} at a time, or use `parley add`")
        folder = Path(tempfile.mkdtemp(prefix="parley-desk-"))
        placed = []
        for number, (name, content) in enumerate(named):
            plain = _plain(name)
            path = folder / str(number) / f"upload{''.join(Path(plain).suffixes[-2:])}"
            path.parent.mkdir()
            path.write_bytes(content)
            placed.append((plain, path))
        return self._put(", ".join(name for name, _ in placed[:3]) + (" …" if len(placed) > 3 else ""),
                         partial(_found, placed, known or {}), None, folder)  # fmt: skip

    def text(self, document: Document) -> Job:
        """Add one document that was pasted."""
        return self._put(document.title or "the pasted text", lambda: [Found("pasted text", lambda: document)], None, None)

    def story(self) -> Job:
        """Add the sample story. Raises ``ParleyError`` if this installation has none."""
        from parley.documents.items import items_in as items

        folder = story.reports()
        if folder is None:
            raise ParleyError("this installation has no sample story")
        found = lambda: (Found(f"sample: {Path(item.source).name}", partial(document_of, item), None, item.updated)  # noqa: E731
                         for item in items(folder))  # fmt: skip
        return self._put(story.NAME, found, story.knowledge(), None)

    def close(self) -> None:
        """Finish the document at hand and end the thread."""
        if self._thread is not None:
            self._waiting.put(None)
            self._thread.join(timeout=30)

    def _put(self, what: str, found: Callable[[], Iterable[Found]], knowledge: Path | None, folder: Path | None) -> Job:
        if self._waiting.qsize() >= MAX_WAITING:
            raise ParleyError("too much is waiting to be read already; try again when some of it is done")
        job = Job(secrets.token_urlsafe(9), what)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > KEPT_JOBS:
                self._jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="parley-desk-adding", daemon=True)
                self._thread.start()
        self._waiting.put((job, found, knowledge, folder))
        return job

    def _work(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            job, found, knowledge, folder = waiting
            job.state = "reading"
            try:
                for outcome in add_all(self.ledger, found(), partial(self._reader, knowledge)):
                    job.outcomes.append(outcome)
                job.state = "done"
            except Exception as error:  # whatever it is, the next job must find a thread that works
                job.problem = str(error) if isinstance(error, ParleyError) else f"{type(error).__name__}: {error}"
                job.state = "failed"
            finally:
                if folder is not None:
                    shutil.rmtree(folder, ignore_errors=True)

    def _reader(self, knowledge: Path | None) -> ReadDocument:
        if knowledge not in self._readers:
            self._readers[knowledge] = self._open_reader(knowledge)
        return self._readers[knowledge]


def _plain(name: str) -> str:
    """A file's name as a name: no folders, no control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:120] or "file"


def _found(placed: list[tuple[str, Path]], known: dict[str, str | None]) -> Iterator[Found]:
    taken = 0
    for name, path in placed:
        try:
            for item in items_in(path):
                taken += 1
                source = item.source.replace(str(path), name)
                if taken > MAX_DOCUMENTS:
                    problem = f"the desk reads at most {MAX_DOCUMENTS} documents at a time; add the rest with `parley add`"
                    yield Found(source, partial(document_of, Item(source, problem=problem)))
                    return
                told = {key: value for key, value in item.known.items() if value}
                named = replace(item, source=source, known={**known, **told} if not item.page else dict(item.known))
                yield Found(source, partial(document_of, named), None, item.updated)
        except DocumentError as error:
            yield Found(name, partial(document_of, Item(name, problem=error.problem)))
