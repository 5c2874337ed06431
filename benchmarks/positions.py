"""Positions found in sentences and articles written for Parley: precision, recall and F1, and what was missed or invented.

python benchmarks/positions.py [FILE.tsv | FOLDER ...] [--errors]

A file holds one coded sentence a line (text, positions); a folder holds articles, ID.txt with their positions in ID.tsv
(party, issue, stance). Without arguments: all of training/positions. Tuning may look at `sentences.tsv`, `more.tsv`,
`negotiations.tsv` and `articles/tune`; `scored.tsv`, `negotiations_scored.tsv` and `articles/scored` are only scored.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from parley.reading import Reader

Key = tuple[str, str, str]
OWN = Path(__file__).parent.parent / "training" / "positions"
DEFAULT = [
    OWN / name
    for name in (
        "sentences.tsv",
        "more.tsv",
        "negotiations.tsv",
        "scored.tsv",
        "negotiations_scored.tsv",
        "articles/tune",
        "articles/scored",
    )
]


def gold_of(codes: str) -> set[Key]:
    if codes.strip() == "-":
        return set()
    keys = [tuple(code.strip().split(":")) for code in codes.split(";")]
    return {(party.lower(), issue, stance) for party, issue, stance in keys}


def rows_of(path: Path) -> list[tuple[str, set[Key]]]:
    """Texts with their coded positions."""
    if path.is_dir():
        rows = []
        for file in sorted(path.glob("*.txt")):
            lines = file.with_suffix(".tsv").read_text("utf-8").splitlines()[1:]
            rows.append((file.read_text("utf-8"), gold_of("; ".join(":".join(line.split("\t")) for line in lines))))
        return rows
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")][1:]
    return [(text, gold_of(codes)) for text, codes in (line.split("\t") for line in lines)]


def same(gold: Key, found: Key, fields: int) -> bool:
    """Alike in the first so many fields; a party may be written longer or shorter ("rebels", "Tuareg rebels")."""
    parties = gold[0] in found[0] or found[0] in gold[0]
    return parties and gold[1:fields] == found[1:fields]


def score(reader: Reader, rows: Iterable[tuple[str, set[Key]]], *, errors: bool) -> Counter[str]:
    counts = Counter[str]()
    for text, gold in rows:
        positions = reader.read(text, published="2020-06-15").positions
        found = {(p.party.lower(), p.issue, p.stance): p for p in positions}
        for fields, name in ((3, "stance"), (2, "issue")):
            golds, founds = {g[:fields] for g in gold}, {f[:fields] for f in found}
            counts[f"gold {name}"] += len(golds)
            counts[f"found {name}"] += len(founds)
            counts[name] += sum(any(same(g, f, fields) for f in founds) for g in golds)  # type: ignore[arg-type]
        if errors:
            missed = sorted(g for g in gold if not any(same(g, f, 3) for f in found))
            invented = sorted(f for f in found if not any(same(g, f, 3) for g in gold))
            if missed or invented:
                print(text[:300])
                print(*(f"    missed   {m}\n" for m in missed), end="", sep="")
                for key in invented:
                    shown = found[key]
                    print(f"    invented {key} {shown.made_by.rule} {shown.confidence} | {shown.evidence.quote}")
    return counts


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("paths", nargs="*", type=Path, default=DEFAULT)
    arguments.add_argument("--errors", action="store_true")
    given = arguments.parse_args()
    reader = Reader()
    for path in given.paths:
        rows = rows_of(path)
        counts = score(reader, rows, errors=given.errors)
        for name, label in (("stance", "party, issue, stance"), ("issue", "party, issue")):
            gold, found, met = counts[f"gold {name}"], counts[f"found {name}"], counts[name]
            precision, recall = met / (found or 1), met / (gold or 1)
            f1 = 2 * precision * recall / (precision + recall or 1)
            print(f"{path.name:14} {label:22} P {precision:.3f} R {recall:.3f} F1 {f1:.3f} of {gold} in {len(rows)} texts")


if __name__ == "__main__":
    main()
