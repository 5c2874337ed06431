"""Score the dates stage on TimeBank: ``python benchmarks/timebank.py FOLDER [--only tune|held] [--errors]``.

FOLDER holds TimeML files (TempEval-3 edition). Prints, as TempEval-3 does (UzZaman et al. 2013), strict and relaxed F1 of
the spans, the accuracy of type and value among the relaxed matches, and the F1 of spans with value. Every third file is
"held": it was not looked at while the grammar was written.
"""

from __future__ import annotations

import argparse
import re
import time
from html import unescape
from pathlib import Path

from parley.knowledge import Knowledge
from parley.models import Models
from parley.reading.dates import find_dates
from parley.reading.layers import Reading
from parley.reading.parse import parse
from parley.record import Document

Gold = tuple[int, int, str, str]


def load(path: Path) -> tuple[str, str, list[Gold]]:
    """The text, its date and its TIMEX3 marks."""
    xml = path.read_text(encoding="utf-8")
    created = re.search(r'<TIMEX3[^>]*value="([^"]+)"[^>]*functionInDocument="CREATION_TIME"', xml)
    assert created is not None, path
    body = xml[xml.index("<TEXT>") + 6 : xml.index("</TEXT>")]
    text, gold, opened = "", [], None
    for part in re.split(r"(<[^>]*>)", body):
        if part.startswith("<TIMEX3"):
            opened = (len(text), re.search(r'type="(\w+)"', part)[1], re.search(r'value="([^"]*)"', part)[1])  # type: ignore[index]
        elif part.startswith("</TIMEX3") and opened:
            gold.append((opened[0], len(text), opened[1], opened[2]))
        elif not part.startswith("<"):
            text += unescape(part)
    return text, created[1][:10], gold


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--only", choices=("tune", "held"))
    arguments.add_argument("--errors", action="store_true")
    chosen = arguments.parse_args()
    knowledge, models = Knowledge.load(), Models()
    files = [
        f
        for i, f in enumerate(sorted(chosen.folder.glob("*.tml")))
        if not chosen.only or (i % 3 == 2) == (chosen.only == "held")
    ]
    golds = preds = strict = relaxed = types = values = value_strict = 0
    parsing = dating = 0.0
    find_dates.run(parse.run(Reading(Document(text="On May 3, 1999 it began.")), knowledge, models), knowledge, models)
    for file in files:
        text, published, gold = load(file)
        start = time.perf_counter()
        reading = parse.run(Reading(Document(text=text, published=published)), knowledge, models)
        parsing, start = parsing + time.perf_counter() - start, time.perf_counter()
        found = find_dates.run(reading, knowledge, models).dates
        dating += time.perf_counter() - start
        golds, preds, used = golds + len(gold), preds + len(found), set[int]()
        for g in gold:
            match = next((p for p in found if id(p) not in used and p.start < g[1] and p.end > g[0]), None)
            if match is None:
                if chosen.errors:
                    print(f"{file.stem}\tMISSED\t{text[g[0] : g[1]]!r}\t{g[3]}\t...{text[g[0] - 40 : g[1] + 30]!r}")
                continue
            used.add(id(match))
            relaxed, exact = relaxed + 1, (match.start, match.end) == g[:2]
            strict, types = strict + exact, types + (match.type == g[2])
            right = match.value == g[3]
            values, value_strict = values + right, value_strict + (right and exact)
            if chosen.errors and not right:
                print(f"{file.stem}\tVALUE\t{text[match.start : match.end]!r}\t{match.value}\t{g[3]}\t{match.rule}")
            elif chosen.errors and not exact:
                print(f"{file.stem}\tSPAN\t{text[match.start : match.end]!r}\t{text[g[0] : g[1]]!r}")
        if chosen.errors:
            for p in found:
                if id(p) not in used:
                    print(f"{file.stem}\tEXTRA\t{text[p.start : p.end]!r}\t{p.value}\t{p.rule}")

    def f1(right: int) -> str:
        p, r = right / max(preds, 1), right / max(golds, 1)
        return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / max(p + r, 1e-9):.3f}"

    print(f"texts {len(files)}  gold {golds}  found {preds}")
    print(f"strict span   {f1(strict)}\nrelaxed span  {f1(relaxed)}\nrelaxed+value {f1(values)}\nrelaxed+type  {f1(types)}")
    print(f"value accuracy {values / max(relaxed, 1):.3f}  type accuracy {types / max(relaxed, 1):.3f}")
    print(f"time {dating:.2f}s against parsing {parsing:.2f}s: {100 * dating / parsing:.1f} %")


if __name__ == "__main__":
    main()
