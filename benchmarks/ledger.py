"""What a ledger costs as it grows: `python benchmarks/ledger.py [--records 100000] [--steps 1000,10000] [--ledger URL]`.

Fills a ledger with made-up records (no reading) and, at each size, times `status`, `timeline --limit 100`, `search` and
one `add`, as the library does them, p50 and p95 in milliseconds over `--rounds`, and the processor's time; at the end their
growth from the first size to the last. `--ledger` goes on with a ledger that is filled in part. `--reading` reads the
documents of a folder and compares reading alone with reading and adding.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from parley.ledger import tables
from parley.ledger.days import shifted
from parley.ledger.search import search
from parley.ledger.store import Ledger
from parley.record import Actor, Claim, Document, Event, Position, Proposal, Provenance, Record, Statement, Talks

BY = Provenance(stage="synthetic", rule="made up", version="1")
PARTIES = [
    f"{a}{b}"
    for a in ("Mar", "Tov", "Kar", "Vel", "Ost", "Bel", "Dor", "Lin")
    for b in ("avel", "ara", "sund", "mark", "ia")
]
PROCESSES = [(PARTIES[i], PARTIES[i + 1]) for i in range(0, 40, 2)]
ISSUES = ("ceasefire", "prisoners", "withdrawal", "humanitarian", "sanctions", "talks", "territory", "governance")
PLACES = ("Geneva", "Oslo", "Doha", "Vienna")
SYLLABLES = ("ba ke lo mi nu ra se ti vo za der gan hol jun kar lem mor pel rid sun tav wen").split()


def word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(1, 3)))


def prose(chance: random.Random, words: int) -> str:
    return " ".join(word(chance) for _ in range(words)).capitalize() + "."


def made_up(number: int) -> Record:
    """Record number so-and-so: the same one each time. Twelve years, twenty processes of unequal size, a tenth are
    copies."""
    chance = random.Random(number)
    if number % 10 == 9:  # a copy of an earlier wire story in another outlet
        source = made_up(number - chance.randint(1, 8))
        return with_lists(source, publisher=f"Outlet {chance.randint(1, 40)}")
    one, other = PROCESSES[min(int(chance.paretovariate(0.7)) - 1, len(PROCESSES) - 1)]
    day = shifted("2012-01-01", chance.randint(0, 12 * 365))
    issue, second = chance.sample(ISSUES, 2)
    place, said = chance.choice(PLACES), chance.choice(("supports", "opposes", "conditional"))
    lines = [
        f"{one} and {other} held talks in {place}.", f"{one} {said} {issue}, {prose(chance, 6)}",
        f"{other} supports {second}, {prose(chance, 6)}", f"{one} proposed {issue} to {other}, {prose(chance, 5)}",
        f"{other} said that {prose(chance, 12)}", f"{one} claims that {prose(chance, 7)}", *(prose(chance,
        40) for _ in range(4)),
    ]  # fmt: skip
    text = "\n\n".join(lines)
    document = Document(text=text, published=day, publisher=f"Outlet {chance.randint(1, 40)}", title=prose(chance, 6),
                        url=f"https://news.example/{number}")  # fmt: skip
    return Record(
        parley="synthetic", document=document, **lists(document, lines, one, other, issue, second, said, place, number)
    )


def lists(document: Document, lines: list[str], one: str, other: str, issue: Any, second: Any, said: Any, place: str,
          number: int) -> dict[str, Any]:  # fmt: skip
    starts = [document.text.index(line) for line in lines]
    spans = [document.span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    common: dict[str, Any] = {"made_by": BY, "confidence": 0.9}
    names = [document.span(spans[0].start, spans[0].start + len(one)), spans[0]]
    actors = (Actor(id="a1", name=one, kind="state", party=one, mentions=(names[0], names[0]), made_by=BY),
              Actor(id="a2", name=other, kind="state", party=other, mentions=(names[1],), made_by=BY),
              Actor(id="a3", name=f"Person {number % 500}", kind="person", party=one, role="Minister", mentions=(spans[4],),
                    made_by=BY))  # fmt: skip
    statement = Statement(
        id="s1", speaker="a3", speaker_name="Person", party=one, kind="indirect", content=(spans[4],), **common
    )
    positions = (
        Position(id="p1", party=one, issue=issue, stance=said, act="demands", object=issue, evidence=spans[1], **common),
        Position(
            id="p2", party=other, issue=second, stance="supports", act="demands", object=second, evidence=spans[2], **common
        ),
        Position(
            id="p3", party=one, issue=issue, stance="supports", act="proposes", object=issue, evidence=spans[3], **common
        ),
    )
    statuses: Any = ("tabled", "rejected", "countered", "agreed", "violated")
    held = document.published if number % 3 else None
    return {
        "actors": actors, "statements": (statement,), "positions": positions,
        "events": (Event(id="e1", type="CONSULT", source=("a1",), target=("a2",), status="occurred", evidence=spans[0],
        **common),),
        "proposals": (Proposal(id="r1", by=(one,), to=(other,), status=statuses[number % 5], terms=("p3",),
        evidence=spans[3],
                               **common),),
        "talks": (Talks(id="t1", kind="round", status="held", date=held, place=place, participants=(one, other),
                        evidence=spans[0], **common),) if number % 2 else (),
        "claims": (Claim(id="c1", text=lines[5], asserted_by=(one,), evidence_for=(spans[5],), **common),),
    }  # fmt: skip


def with_lists(source: Record, publisher: str) -> Record:
    document = Document(**{**source.document.model_dump(), "publisher": publisher, "url": None})
    return Record(parley=source.parley, document=document, **{
        name: getattr(source, name)
        for name in ("actors", "statements", "events", "positions", "proposals", "talks", "claims")
    })  # fmt: skip


def times(rounds: int, what: Callable[[int], object]) -> tuple[float, float, float]:
    """p50 and p95 in milliseconds, and p50 of the processor's time alone, which other programs do not lengthen."""
    taken, worked = [], []
    for i in range(rounds):
        began, work = time.perf_counter(), time.process_time()
        what(i)
        taken.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - work) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1], statistics.median(worked)


def measured(ledger: Ledger, size: int, rounds: int) -> dict[str, tuple[float, float, float]]:
    chance = random.Random(size)

    def status(_: int) -> None:
        with ledger.view() as view:
            view.matrix(view.processes(1)[0]["id"])

    def timeline(_: int) -> None:
        with ledger.view() as view:
            assert view.timeline(view.processes(1)[0]["id"], limit=100)

    def find(i: int) -> None:
        words = ("talks geneva", "proposed ceasefire", word(chance), '"held talks in Oslo"')[i % 4]
        with ledger.view() as view:
            search(view.connection, words, limit=20)

    def add(i: int) -> None:
        ledger.add(made_up(50_000_000 + size * 1000 + i))

    return {"status": times(rounds, status), "timeline --limit 100": times(rounds, timeline), "search": times(rounds, find),
            "add": times(rounds, add)}  # fmt: skip


def fill(ledger: Ledger, start: int, end: int) -> None:
    for first in range(start, end, 2000):
        ledger.add_together(made_up(number) for number in range(first, min(first + 2000, end)))


def held(ledger: Ledger) -> int:
    """How many documents are in a ledger."""
    with ledger.view() as view:
        return view.connection.scalar(select(func.count()).select_from(tables.document)) or 0


def reading(folder: Path) -> dict[str, float]:
    """Seconds to read the documents of a folder alone, and to read and add them."""
    from parley.documents.items import document_of, items_in
    from parley.reading import Reader

    documents = [document_of(item) for item in items_in(folder) if not item.problem]
    reader = Reader()
    reader.read(documents[0])
    alone = both = 0.0
    with tempfile.TemporaryDirectory() as place, Ledger.open(Path(place) / "ledger.db", create=True) as ledger:
        for document in documents:
            began = time.perf_counter()
            record = reader.read(document)
            read = time.perf_counter()
            ledger.add(record)
            alone, both = alone + read - began, both + time.perf_counter() - began
    return {"documents": len(documents), "reading_s": alone, "reading_and_adding_s": both, "ratio": both / alone}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--steps", default="1000,10000", help="sizes at which to measure besides the last")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--ledger", help="where; default: a temporary SQLite file")
    parser.add_argument("--reading", type=Path, help="a folder of documents: compare reading alone with reading and adding")
    given = parser.parse_args()
    if given.reading:
        print(json.dumps(reading(given.reading), indent=1))
        return
    sizes = sorted({int(step) for step in given.steps.split(",") if int(step) < given.records} | {given.records})
    with (
        tempfile.TemporaryDirectory() as place,
        Ledger.open(given.ledger or Path(place) / "ledger.db", create=True) as ledger,
    ):
        found, filled = {}, held(ledger)
        for size in sizes:
            began = time.perf_counter()
            fill(ledger, filled, size)
            print(f"{size:,} records ({(time.perf_counter() - began) / max(1, size - filled) * 1000:.1f} ms each to fill)")
            filled, found[size] = max(size, filled), measured(ledger, size, given.rounds)
            for name, (middle, high, work) in found[size].items():
                print(f"  {name:22} p50 {middle:8.1f} ms   p95 {high:8.1f} ms   processor {work:8.1f} ms", flush=True)
        print(f"growth from {sizes[0]:,} to {sizes[-1]:,}")
        for name in found[sizes[0]]:
            last, first = found[sizes[-1]][name], found[sizes[0]][name]
            print(f"  {name:22} p50 x {last[0] / first[0]:.2f}   processor x {last[2] / first[2]:.2f}")


if __name__ == "__main__":
    main()
