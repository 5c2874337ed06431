#!/usr/bin/env python3
"""What reading costs, beside bare spaCy parsing of the same reports: speed.py PATHS... [--repeat N] [--json].

One core, one thread (pinned). Reports are parsed by bare spaCy and read whole in turn, N times each; the figures are medians
of those (seconds of processor time, so that other work on the machine does not count), the ratio is the median of the ratios
of neighbouring runs. Memory, import time and cold start are measured in processes of their own. Bars: ratio at most 1.6,
700 MB resident, `import parley` under 0.2 s without spaCy, first record within 4 s; the exit code is 1 if one does not hold.
"""

from __future__ import annotations

import os

THREADS = ("OMP_NUM_THREADS", "ORT_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "TOKENIZERS_PARALLELISM")
os.environ.update(dict.fromkeys(THREADS[:4], "1"), TOKENIZERS_PARALLELISM="false")

import argparse  # noqa: E402  (threads are set before anything that could start some)
import gc  # noqa: E402
import json  # noqa: E402
import resource  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from statistics import median  # noqa: E402
from typing import Any  # noqa: E402

from parley.documents import files_in, read_file  # noqa: E402
from parley.models import DEFAULT_PARSER  # noqa: E402
from parley.record import Document  # noqa: E402

BARS = {"ratio": 1.6, "resident MB": 700.0, "import s": 0.2, "first record s": 4.0}


def pin() -> None:
    """Keep this process and those it starts on one core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def documents_in(paths: list[Path]) -> list[Document]:
    files = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]
    return [read_file(file, published="2024-01-01") for file in files]


def compare(documents: list[Document], repeat: int) -> dict[str, Any]:
    """Seconds for all documents: bare parsing, whole reading, each stage."""
    import spacy

    from parley.reading import STAGES, Reader

    bare, reader = spacy.load(DEFAULT_PARSER), Reader()
    parses, reads, stages = [], [], {step.name: [] for step in STAGES} | {"record": []}
    for run in range(repeat + 1):
        gc.collect()
        started = time.process_time()
        for document in documents:
            bare(document.text)
        parsed = time.process_time() - started
        gc.collect()
        spent = read_by_stage(reader, documents)
        if run:  # the first run loads models and fills caches
            parses.append(parsed)
            reads.append(sum(spent.values()))
            for name, seconds in spent.items():
                stages[name].append(seconds)
    ratio = median(r / p for r, p in zip(reads, parses, strict=True))
    parse = median(parses)
    return {"documents": len(documents), "characters": sum(len(d.text) for d in documents), "bare parse s": parse,
            "reading s": median(reads), "ratio": ratio,
            "spread": [round(r / p, 3) for r, p in zip(reads, parses, strict=True)],
            "stages": {name: median(seconds) / parse for name, seconds in stages.items()}}  # fmt: skip


def read_by_stage(reader: Any, documents: list[Document]) -> dict[str, float]:
    """Seconds that each stage takes for all documents; "record" is the checked record at the end."""
    import parley
    from parley.reading import STAGES
    from parley.reading.layers import Reading
    from parley.record import LISTS, Record

    spent = dict.fromkeys([*(step.name for step in STAGES), "record"], 0.0)
    for document in documents:
        reading = Reading(document)
        for step in STAGES:
            started = time.process_time()
            reading = step.run(reading, reader.knowledge, reader.models)
            spent[step.name] += time.process_time() - started
        started = time.process_time()
        Record(parley=parley.__version__, document=document, **{name: getattr(reading, name) for name in LISTS})
        spent["record"] += time.process_time() - started
    return spent


MEMORY = """
import resource, sys
from pathlib import Path
from parley.documents import read_file
from parley.reading import Reader
reader = Reader()
for path in sys.argv[1:]:
    reader.read(read_file(Path(path), published="2024-01-01"))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
IMPORT = """
import sys, time
started = time.perf_counter()
import parley
print(time.perf_counter() - started, "spacy" in sys.modules)
"""


def python(code: str, *arguments: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True).stdout


def resident(paths: list[Path]) -> float:
    """The most memory, in MB, that a process takes that reads all the reports."""
    files = [str(file) for path in paths for file in (files_in(path) if path.is_dir() else [path])]
    return float(python(MEMORY, *files))


def import_time() -> tuple[float, bool]:
    """Seconds of `import parley` (median of five processes), and whether it imported spaCy."""
    runs = [python(IMPORT).split() for _ in range(5)]
    return median(float(seconds) for seconds, _ in runs), any(spacy == "True" for _, spacy in runs)


def cold_start(path: Path) -> tuple[float, float]:
    """Seconds from the command's start to the end of its first record, and of processor time in it (medians of five)."""
    file = str(files_in(path)[0] if path.is_dir() else path)
    command = [sys.executable, "-m", "parley", "read", file, "--published", "2024-01-01", "--format", "json"]
    runs, busy = [], []
    for _ in range(5):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        runs.append(time.perf_counter() - started)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(runs), median(busy)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="+", help="reports, or folders of them")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    pin()
    figures: dict[str, Any] = compare(documents_in(chosen.paths), chosen.repeat)
    figures["resident MB"] = resident(chosen.paths)
    figures["import s"], figures["import loads spaCy"] = import_time()
    figures["first record s"], figures["first record processor s"] = cold_start(chosen.paths[0])
    missed = [name for name, bar in BARS.items() if figures[name] > bar] + ["import"] * figures["import loads spaCy"]
    if chosen.json:
        print(json.dumps(figures | {"missed": missed}))
        return 1 if missed else 0
    print(f"{figures['documents']} reports, {figures['characters']:,} characters, one core")
    print(f"bare spaCy parse   {figures['bare parse s']:7.3f} s")
    print(f"whole reading      {figures['reading s']:7.3f} s   {figures['ratio']:.2f} x the parse {figures['spread']}")
    for name, share in figures["stages"].items():
        print(f"    {name:18} {share:6.3f} x")
    print(f"resident           {figures['resident MB']:7.0f} MB")
    print(f"import parley      {figures['import s']:7.3f} s   spaCy imported: {figures['import loads spaCy']}")
    busy = figures["first record processor s"]
    print(
        f"first record       {figures['first record s']:7.2f} s   from the command's start ({busy:.2f} s of the processor)"
    )
    print(f"missed: {', '.join(missed)}" if missed else "all bars hold")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
