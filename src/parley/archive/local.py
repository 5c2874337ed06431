"""Worker processes, each with its own models; one that dies or hangs is replaced. The local engine has as many as asked for,
and every actor of the Ray engine has one.

The parent tells a worker one shard at a time and hears which items it begins, so it knows on which ones a worker died. The
shard is then read one item after the other, and an item on which two workers died is set aside. Workers end by themselves
when the parent is gone.
"""

from __future__ import annotations

import contextlib
import gc
import os
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from parley.archive.shards import Folder, Receipt, Shard
from parley.errors import ParleyError
from parley.whole_files import not_written

ITEM_SECONDS = 300.0
"""A worker that takes longer over the items that it reads together, or over one, is taken for hung."""
_START_TRIES = 3


@dataclass
class _Worker:
    process: BaseProcess
    pipe: Connection
    shard: Shard | None = None
    items: range = range(0)
    since: float = field(default_factory=time.monotonic)
    ready: bool = False


def run(shards: Iterable[Shard], out: Path, settings: dict[str, Any], workers: int,
        item_seconds: float = ITEM_SECONDS) -> Iterator[tuple[Shard, Receipt]]:  # fmt: skip
    """Read the shards with so many processes; yields each as it is done. At most one shard a worker is in memory."""
    pool = Pool(out, settings, workers, item_seconds)
    try:
        yield from pool.read(iter(shards))
    finally:
        pool.stop()


class Pool:
    """So many worker processes, which stay until `stop`."""

    def __init__(self, out: Path, settings: dict[str, Any], workers: int, item_seconds: float = ITEM_SECONDS) -> None:
        self.out, self.settings, self.item_seconds = out, settings, item_seconds
        self.context = get_context("spawn")
        self.deaths: Counter[tuple[int, int]] = Counter()
        self.aside: dict[int, set[int]] = defaultdict(set)
        self.one_by_one: set[int] = set()
        self.failed_starts = 0
        self.workers = [self._start() for _ in range(workers)]

    def read(self, shards: Iterator[Shard]) -> Iterator[tuple[Shard, Receipt]]:
        """Read the shards; yields each as it is done. Raises ``ParleyError`` if the workers cannot be started."""
        again: list[Shard] = []
        while True:
            for worker in self.workers:
                if worker.ready and worker.shard is None:
                    shard = again.pop() if again else next(shards, None)
                    if shard is not None:
                        self._give(worker, shard)
            if all(w.ready for w in self.workers) and not again and all(w.shard is None for w in self.workers):
                return
            for worker in self._with_news():
                done = self._hear(worker, again)
                if done is not None:
                    yield done

    def _start(self) -> _Worker:
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_work, args=(theirs, str(self.out), self.settings), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _give(self, worker: _Worker, shard: Shard) -> None:
        worker.shard, worker.items, worker.since = shard, range(0), time.monotonic()
        with contextlib.suppress(BrokenPipeError):  # it died while idle; the next look at its pipe finds that out
            worker.pipe.send((shard, sorted(self.aside[shard.number]), shard.number in self.one_by_one))

    def _with_news(self) -> list[_Worker]:
        ready = wait([w.pipe for w in self.workers], timeout=1.0)
        for worker in self.workers:
            if worker.shard is not None and time.monotonic() - worker.since > self.item_seconds:
                worker.process.kill()
        return [w for w in self.workers if w.pipe in ready]

    def _hear(self, worker: _Worker, again: list[Shard]) -> tuple[Shard, Receipt] | None:
        try:
            said, value = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._replace(worker, again)
            return None
        if said == "ready":
            worker.ready, self.failed_starts = True, 0
        elif said == "begin":
            worker.items, worker.since = value, time.monotonic()
        elif said == "fault":
            raise ParleyError(value)
        elif worker.shard is not None:
            shard, worker.shard = worker.shard, None
            return shard, value
        return None

    def _replace(self, worker: _Worker, again: list[Shard]) -> None:
        if not worker.ready:
            self.failed_starts += 1
            if self.failed_starts >= _START_TRIES:
                raise ParleyError("the workers stop before they have begun; run `parley read` on one file to see why")
        if worker.shard is not None:
            number = worker.shard.number
            if len(worker.items) == 1:  # else nobody knows on which it died: the next one reads them one after the other
                place = (number, worker.items[0])
                self.deaths[place] += 1
                if self.deaths[place] >= 2:
                    self.aside[number].add(worker.items[0])
            self.one_by_one.add(number)
            again.append(worker.shard)
        worker.process.join()
        worker.pipe.close()
        self.workers[self.workers.index(worker)] = self._start()

    def stop(self) -> None:
        """End the workers, whatever they are at."""
        for worker in self.workers:
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()


def _work(pipe: Connection, out: str, settings: dict[str, Any]) -> None:
    """The life of a worker: load the models, then read shard after shard until the parent is gone."""
    try:
        reader = make_reader(settings)
    except ParleyError as error:
        pipe.send(("fault", str(error)))
        return
    from parley.archive.worker import read_shard

    folder = Folder(Path(out))
    pipe.send(("ready", None))
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is gone: end quietly
        while True:
            shard, aside, one_by_one = pipe.recv()
            try:
                receipt = read_shard(shard, folder, reader, set_aside=aside, one_by_one=one_by_one,
                                     begin=lambda items: pipe.send(("begin", items)))  # fmt: skip
            except (EOFError, BrokenPipeError, ConnectionResetError):
                raise
            except OSError as error:  # what is wrong with a document is told otherwise: here its tables cannot be written
                pipe.send(("fault", not_written(folder.path, error)))
                return
            pipe.send(("done", receipt))


def make_reader(settings: dict[str, Any]) -> Any:
    """A reader with its models loaded and one thread each: the processes share the cores, not the threads."""
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    if replacement := settings.get("reader"):
        # A test or a user's own program names its reader as "module:function".
        from importlib import import_module

        module, function = replacement.split(":")
        return getattr(import_module(module), function)()
    from parley.models import leave_out_torch

    leave_out_torch(settings["parser"])
    from parley.reading import Reader

    reader = Reader(knowledge=settings.get("knowledge"), parser=settings["parser"])
    reader.read("The first reading loads the models, the envoy said.")
    # Models and tables stay until the end: the garbage collector need not look through them again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    return reader
