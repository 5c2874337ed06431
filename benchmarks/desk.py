"""How the desk holds under load: `python benchmarks/desk.py [--records 100000] [--steps 1000] [--clients 20] [--seconds 8]`.

Fills a ledger with the made-up records of `benchmarks/ledger.py` and, at each size, serves it by a desk of its own (one
process) and asks each page with so many clients at once, each sending its next request when it has the answer to the last.
Prints for each page p50 and p95 in milliseconds and answers a second, as the desk runs (pages are kept until the ledger
changes), and `first`: the time of a page that nobody has asked for yet, alone; beside both the desk's processor time for an
answer, which other programs on the machine do not lengthen (Linux); at the end their growth from the first size
to the last. `--ledger FILE` uses and keeps a file that may be filled already (and brings it up to date: give a copy); sizes
smaller than what it holds are measured in ledgers of their own.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from ledger import fill, held

from parley.ledger.days import shifted
from parley.ledger.store import Ledger


def pages(ledger: Ledger) -> dict[str, str]:
    """The pages of the largest process, by name."""
    with ledger.view() as view:
        process = view.processes(1)[0]
        matrix = view.matrix(process["id"])
        party, cells = next(iter(matrix.items()))
        waiting = view.doubts(process["id"], limit=1)[0]
    at, month = f"/p/{process['id']}", shifted(process["last_report"], -30)
    cell = urlencode({"party": party, "issue": next(iter(cells))})
    return {
        "processes": "/", "matrix": at, "matrix, a month": f"{at}?since={month}", "cell": f"{at}/cell?{cell}",
        "timeline": f"{at}/timeline", "proposals": f"{at}/proposals", "talks": f"{at}/talks", "claims": f"{at}/claims",
        "actors": f"{at}/actors", "brief": f"{at}/brief", "document": f"/d/{waiting['document_id']}",
        "search": "/search?q=held+talks+geneva", "review": f"/review?process={process['id']}",
        "api standing": f"/api/v1/processes/{process['id']}/standing", "atom": f"/feeds/{process['id']}.atom",
        "matrix as of a day": f"{at}?as_of={shifted(process['last_report'], -2000)}",
    }  # fmt: skip


def asked(address: str, path: str, until: float, taken: list[float]) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
    while not taken or time.perf_counter() < until:
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        taken.append((time.perf_counter() - began) * 1000)
    connection.close()


def loaded(address: str, path: str, clients: int, seconds: float) -> tuple[float, float, float]:
    """p50 and p95 in milliseconds, and answers a second."""
    taken: list[float] = []
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=asked, args=(address, path, until, taken)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1], len(taken) / seconds


def first(address: str, path: str) -> float:
    """Milliseconds of one answer, alone."""
    taken: list[float] = []
    asked(address, path, 0.0, taken)
    return taken[0]


def served(path: Path) -> tuple[subprocess.Popen[bytes], str]:
    command = [sys.executable, "-m", "parley", "serve", "--ledger", str(path), "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "OMP_NUM_THREADS": "1"})
    assert process.stderr is not None
    line = process.stderr.readline().decode()
    return process, line[line.index("http://") :].split()[0].rstrip("/")


def worked(process: subprocess.Popen[bytes]) -> float:
    """Milliseconds of processor time that a program has had."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measured(path: Path, clients: int, seconds: float) -> dict[str, tuple[float, ...]]:
    with Ledger.open(path) as ledger:
        paths = pages(ledger)
    process, address = served(path)
    try:
        first(address, "/decisions")
        found = {}
        for name, page in paths.items():
            began = worked(process)
            alone = first(address, page)
            between = worked(process)
            middle, high, rate = loaded(address, page, clients, seconds)
            each = (worked(process) - between) / max(1.0, rate * seconds)
            found[name] = alone, middle, high, rate, between - began, each
            print(f"  {name:20} first {alone:9.1f} ms (processor {between - began:7.0f})   p50 {middle:8.1f}   "
                  f"p95 {high:8.1f} ms   {rate:7.0f} a second (processor {each:6.2f} ms)", flush=True)  # fmt: skip
        return found
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--steps", default="1000", help="sizes at which to measure besides the last")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each page is asked")
    parser.add_argument("--ledger", type=Path, help="a file to fill and keep; default: a temporary one")
    given = parser.parse_args()
    sizes = sorted({int(step) for step in given.steps.split(",") if step and int(step) < given.records} | {given.records})
    with tempfile.TemporaryDirectory() as place:
        kept, found = given.ledger or Path(place) / "ledger.db", {}
        with Ledger.open(kept, create=True) as ledger:
            full = held(ledger)
        for size in sizes:
            whole = size >= full or size == sizes[-1]  # a filled ledger is no measure of a smaller one
            path = kept if whole else Path(place) / "small.db"
            with Ledger.open(path, create=True) as ledger:
                fill(ledger, held(ledger), size)
            print(f"{size:,} records, {given.clients} clients", flush=True)
            found[size] = measured(path, given.clients, given.seconds)
        if len(sizes) > 1:
            print(f"growth from {sizes[0]:,} to {sizes[-1]:,}")
            for name, now in found[sizes[-1]].items():
                before = found[sizes[0]][name]
                print(f"  {name:20} first x {now[0] / before[0]:.2f}   p95 x {now[2] / before[2]:.2f}")


if __name__ == "__main__":
    main()
