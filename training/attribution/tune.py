"""Score a run or an exported folder on a corpus split, at a grid of decoding costs.

``python training/attribution/tune.py FOLDER SPLIT [--grid]``: SPLIT's parent holds the scorer, score.py.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path
from typing import Any

from parley.models.attribution import Attributed, AttributionTagger
from parley.models.attribution.decoding import Costs
from parley.models.attribution.pieces import pieces_of

KINDS = (("all", ("direct", "indirect", "mixed")), ("direct", ("direct",)), ("indirect", ("indirect",)), ("mixed", ("mixed",)))


def predicted(found: tuple[Attributed, ...]) -> list[dict[str, Any]]:
    return [dict(content=list(a.content), source=[a.source] if a.source else None, cue=[a.cue] if a.cue else None)
            for a in found]  # fmt: skip


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("folder", type=Path)
    parse.add_argument("split", type=Path)
    parse.add_argument("--grid", action="store_true")
    ask = parse.parse_args()
    sys.path.insert(0, str(ask.split.parent))
    import score

    gold = score.load(str(ask.split))
    tagger = AttributionTagger.load(ask.folder, threads=2)
    pieces = {stem: pieces_of(text, tagger._tokenizer) for stem, (text, _) in gold.items()}
    scores = {stem: tagger.scores(p) for stem, p in pieces.items()}

    def measure(costs: Costs, kinds: tuple[str, ...] = KINDS[0][1]) -> tuple[float, ...]:
        pred = {stem: predicted(tagger.decoded(p, scores[stem], costs)) for stem, p in pieces.items()}
        s = score.score(gold, pred, kinds)
        return s["quote_and_speaker_F1"], s["F1"], s["P"], s["R"], s["F1_exact"], s["speaker_acc"]

    best = tagger._costs
    if ask.grid:
        values = dict(source=(-0.5, 0, 0.5), cue=(-1, -0.5, 0), content=(-0.5, 0, 0.5, 1.0), nothing=(-1, 0, 1, 2, 4))
        best = Costs()
        for name in ("content", "cue", "nothing", "source", "content", "cue"):
            tried = [Costs(**{**best.__dict__, name: v}) for v in values[name]]
            best = max(tried, key=lambda c: sum(measure(c)[:2]))
            print(best, measure(best), flush=True)
    for name, kinds in KINDS:
        print(name, *(f"{n} {v:.4f}" for n, v in zip(("with speaker", "content", "P", "R", "exact", "speaker acc"),
                                                   measure(best, kinds), strict=True)))  # fmt: skip


if __name__ == "__main__":
    main()
