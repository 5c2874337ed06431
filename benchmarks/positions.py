"""Positions found in single sentences written for Parley: precision, recall and F1, and what was missed or invented.

python benchmarks/positions.py [training/positions/sentences.tsv] [--errors]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from parley.reading import Reader

Key = tuple[str, str, str]


def gold_of(codes: str) -> set[Key]:
    if codes.strip() == "-":
        return set()
    keys = [tuple(code.strip().split(":")) for code in codes.split(";")]
    return {(party.lower(), issue, stance) for party, issue, stance in keys}


def same(gold: Key, found: Key, fields: int) -> bool:
    """Alike in the first so many fields; a party may be written longer or shorter ("rebels", "Tuareg rebels")."""
    parties = gold[0] in found[0] or found[0] in gold[0]
    return parties and gold[1:fields] == found[1:fields]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).parent.parent / "training" / "positions" / "sentences.tsv"
    arguments.add_argument("file", nargs="?", type=Path, default=default)
    arguments.add_argument("--errors", action="store_true")
    given = arguments.parse_args()
    rows = [line.split("\t") for line in given.file.read_text("utf-8").splitlines() if line and not line.startswith("#")][1:]
    reader, counts = Reader(), Counter[str]()
    for text, codes in rows:
        gold = gold_of(codes)
        record = reader.read(text, published="2020-06-15")
        found = {(p.party.lower(), p.issue, p.stance) for p in record.positions}
        counts["gold"] += len(gold)
        counts["found"] += len(found)
        for fields, name in ((3, "stance"), (2, "issue")):
            counts[name] += sum(any(same(g, f, fields) for f in found) for g in gold)
        if given.errors:
            missed = sorted(g for g in gold if not any(same(g, f, 3) for f in found))
            invented = sorted(f for f in found if not any(same(g, f, 3) for g in gold))
            if missed or invented:
                print(text, *(f"\n    missed   {m}" for m in missed), *(f"\n    invented {i}" for i in invented))
    for name, label in (("stance", "party, issue, stance"), ("issue", "party, issue")):
        precision, recall = counts[name] / (counts["found"] or 1), counts[name] / counts["gold"]
        f1 = 2 * precision * recall / (precision + recall or 1)
        print(
            f"{label:22} precision {precision:.3f} R {recall:.3f} F1 {f1:.3f} of {counts['gold']} in {len(rows)} sentences"
        )


if __name__ == "__main__":
    main()
