"""Programs that add to a ledger, for tests that run several of them or kill them. Reading is simple here, so that it is quick.

`python adders.py LEDGER FOLDER WORKERS` does what `parley add FOLDER --workers N` does, with a reader that takes each line
"PARTY supports ISSUE." for a position and each "A met B in PLACE." for talks.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from parley.documents.items import document_of, items_in
from parley.ledger.adding import Found, add_all
from parley.ledger.store import Ledger
from parley.record import Actor, Document, Position, Provenance, Record, Talks

BY = Provenance(stage="test", rule="line", version="1")
_WANTS = re.compile(r"(\w+) (supports|opposes) (ceasefire|prisoners|arms)\.")
_MET = re.compile(r"(\w+) met (\w+) in (\w+)\.")


def simple_reader(seconds: float = 0.0) -> Callable[[Document], Record]:
    """A reader that takes so long for each document."""

    def read(document: Document) -> Record:
        time.sleep(seconds)
        positions = tuple(
            Position(id=f"p{i}", party=m[1], issue=m[3], stance=m[2], act="demands", object=m[3], confidence=1.0, made_by=BY,  # type: ignore[arg-type]
                     evidence=document.span(*m.span()))
            for i, m in enumerate(_WANTS.finditer(document.text), 1)
        )  # fmt: skip
        met = list(_MET.finditer(document.text))
        talks = tuple(
            Talks(id=f"t{i}", kind="round", status="held", participants=(m[1], m[2]), place=m[3], confidence=1.0, made_by=BY,
                  evidence=document.span(*m.span()))
            for i, m in enumerate(met, 1)
        )  # fmt: skip
        names = dict.fromkeys(name for m in met for name in m.groups()[:2])
        actors = tuple(
            Actor(id=f"a{i}", name=name, kind="state", party=name, made_by=BY,
                  mentions=(document.span(start := document.text.index(name), start + len(name)),))
            for i, name in enumerate(names, 1)
        )  # fmt: skip
        return Record(parley="test", document=document, actors=actors, positions=positions, talks=talks)

    return read


def found_in(folder: Path) -> Iterator[Found]:
    """The documents of a folder."""
    for item in items_in(folder):
        yield Found(Path(item.source).name, partial(document_of, item))


def write_reports(folder: Path, count: int) -> None:
    """So many short reports, a fifth of them copies."""
    folder.mkdir()
    rows = ["file\tpublished\tpublisher"]
    for i in range(count):
        story = i - 1 if i % 5 == 4 else i
        what = ("supports", "opposes")[story % 2]
        text = (f"Tovar met Karsan in Oslo.\n\nTovar {what} {('ceasefire', 'arms')[story % 3 == 0]}.\n\nKarsan supports prisoners.\n\n"
                f"The number of the day in the valley was {story}, and the river by the mill stood {story * 7} hands high.\n")  # fmt: skip
        (folder / f"{i:03}.txt").write_text(text)
        rows.append(f"{i:03}.txt\t2024-{1 + story % 12:02}-{1 + story % 28:02}\tOutlet {i % 7}")
    (folder / "manifest.tsv").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    ledger, folder, workers, seconds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    with Ledger.open(ledger, create=True) as book:
        for outcome in add_all(book, found_in(folder), partial(simple_reader, seconds), workers=workers):
            print(outcome.what, outcome.source, outcome.problem, flush=True)
