#!/usr/bin/env python3
"""Score contested claims on reports written for it: ``python benchmarks/claims.py [--only tune|held] [--errors]``.

`samples/claims.txt` (rules were written with it) and `samples/claims_held.txt` (only its figure was looked at) hold short
reports; under `=== contested` stands a line for each claim: who asserts, who denies, words for, words against. A claim is
found where both parties are named the right way round and its evidence holds the words for or the words against; it is
found with its words where it holds both.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from parley.reading import Reader
from parley.record import Claim, Span

SAMPLES = Path(__file__).parent / "samples"
Row = tuple[str, str, str, str]


def reports(file: Path) -> list[tuple[str, str, list[Row]]]:
    """Id, text and coded claims of each report of a file."""
    found = []
    for block in file.read_text(encoding="utf-8").split("# ")[1:]:
        id, _, rest = block.partition("\n")
        text, _, coded = rest.partition("=== contested\n")
        rows = [line.split(" | ") for line in coded.splitlines() if line.strip()]
        found.append((id, text.strip(), [(a.strip(), b, c, d) for a, b, c, d in rows]))
    return found


def names(coded: str, said: tuple[str, ...]) -> bool:
    """Whether a coded party is among those that a claim names; nobody coded fits anybody."""
    return not coded or any(coded.lower() in s.lower() or s.lower() in coded.lower() for s in said)


def holds(text: str, words: str, spans: tuple[Span, ...]) -> bool:
    """Whether one of the spans has most of the coded words, or lies within them."""
    start = text.index(words)
    shared = [min(s.end, start + len(words)) - max(s.start, start) for s in spans]
    return any(n > 0.5 * min(len(words), s.end - s.start) for n, s in zip(shared, spans, strict=True))


def score(text: str, rows: list[Row], claims: tuple[Claim, ...]) -> tuple[int, int]:
    """How many coded claims were found, and how many of them with both their words."""
    left, found, whole = list(claims), 0, 0
    for asserted, denied, words_for, words_against in rows:
        for claim in left:
            sides = (
                holds(text, words_for, (*claim.evidence_for, claim_place(text, claim))),
                holds(text, words_against, claim.evidence_against),
            )
            if names(asserted, claim.asserted_by) and names(denied, claim.denied_by) and any(sides):
                left.remove(claim)
                found, whole = found + 1, whole + all(sides)
                break
    return found, whole


def claim_place(text: str, claim: Claim) -> Span:
    """Where the words of a claim stand."""
    start = text.index(claim.text)
    return Span(start=start, end=start + len(claim.text), quote=claim.text)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", choices=("tune", "held"))
    arguments.add_argument("--errors", action="store_true", help="print what was missed or too much (never for held)")
    chosen = arguments.parse_args()
    reader = Reader()
    for name, file in (("tune", "claims.txt"), ("held", "claims_held.txt")):
        if chosen.only in (None, name):
            coded = said = found = whole = 0
            for id, text, rows in reports(SAMPLES / file):
                claims = reader.read(text, published="2031-06-04").claims
                right, both = score(text, rows, claims)
                coded, said, found, whole = coded + len(rows), said + len(claims), found + right, whole + both
                if chosen.errors and name == "tune" and (right < len(rows) or both < len(claims)):
                    print(f"{id}: {right} of {len(rows)}, {both} with words, {len(claims)} said")
                    for c in claims:
                        print(f"   {c.made_by.rule} {c.asserted_by} {c.denied_by}: {c.text!r}")
                        print(f"   FOR {[s.quote for s in c.evidence_for]} AGAINST {[s.quote for s in c.evidence_against]}")
            f1, words = 2 * found / max(1, said + coded), 2 * whole / max(1, said + coded)
            print(f"{name:5} coded {coded:3}  said {said:3}  P {found / max(1, said):.3f}  R {found / coded:.3f}  ", end="")
            print(f"F1 {f1:.3f}  with words {words:.3f}")


if __name__ == "__main__":
    main()
