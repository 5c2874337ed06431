"""Score a run or an exported folder on a corpus split, at a grid of decoding costs.

``python training/attribution/tune.py FOLDER SPLIT [--grid [--keep]]``: SPLIT's parent holds the scorer, score.py.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from parley.models.attribution import Attributed, AttributionTagger
from parley.models.attribution.decoding import Costs
from parley.models.attribution.pieces import pieces_of

KINDS = {"all": ("direct", "indirect", "mixed"), "direct": ("direct",), "indirect": ("indirect",), "mixed": ("mixed",)}
GRID = {
    "source": (-3.0, -2.0, -1.0, 0.0),
    "cue": (-4.0, -3.0, -2.0, -1.0, 0.0),
    "content": (0.0, 0.75, 1.0, 1.25, 1.5, 2.25, 3.0),
    "nothing": (0.0, 3.0, 6.0, 9.0),
    "least": (0.0, 0.6, 0.65, 0.7),
}


def predicted(found: tuple[Attributed, ...]) -> list[dict[str, Any]]:
    return [
        {"content": list(a.content), "source": [a.source] if a.source else None, "cue": [a.cue] if a.cue else None}
        for a in found
    ]


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("folder", type=Path)
    parse.add_argument("split", type=Path)
    parse.add_argument("--grid", action="store_true", help="look for the best costs, one after the other")
    parse.add_argument("--keep", action="store_true", help="write them into the folder's tagger.json")
    ask = parse.parse_args()
    sys.path.insert(0, str(ask.split.parent))
    import score

    gold = score.load(str(ask.split))
    tagger = AttributionTagger.load(ask.folder, threads=2)
    pieces = {stem: pieces_of(text, tagger._tokenizer) for stem, (text, _) in gold.items()}
    scores = {stem: tagger.scores(p) for stem, p in pieces.items()}

    def measure(costs: Costs, kinds: tuple[str, ...] = KINDS["all"]) -> tuple[float, ...]:
        pred = {stem: predicted(tagger.decoded(p, scores[stem], costs)) for stem, p in pieces.items()}
        s = score.score(gold, pred, kinds)
        return s["quote_and_speaker_F1"], s["F1"], s["P"], s["R"], s["F1_exact"], s["speaker_acc"]

    best = tagger._costs
    if ask.grid:
        for name in ("content", "cue", "nothing", "source", "content", "cue", "least"):
            best = max((replace(best, **{name: v}) for v in GRID[name]), key=lambda c: sum(measure(c)[:2]))
            print(best, *(f"{v:.4f}" for v in measure(best)), flush=True)
        if ask.keep:
            about = json.loads((ask.folder / "tagger.json").read_text())
            (ask.folder / "tagger.json").write_text(json.dumps({**about, "costs": asdict(best)}, indent=1) + "\n")
    for name, kinds in KINDS.items():
        print(name, *(f"{n} {v:.4f}" for n, v in zip(("with speaker", "content", "P", "R", "exact", "speaker acc"),
                                                   measure(best, kinds), strict=True)))  # fmt: skip


if __name__ == "__main__":
    main()
