#!/usr/bin/env python3
"""Score attribution on a split of PolNeAR: polnear.py PATH_TO_SPLIT [--json].

PATH_TO_SPLIT holds `text/` and `attributions/`; the scorer `score.py` beside the split is used as it stands. Articles are
read in this process, up to the statements. PolNeAR's unit is the attribution: what Parley records as two statements (a
quotation interrupted by its cue) counts here as one content of two pieces.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from parley.reading import STAGES, Reader
from parley.reading.layers import Reading
from parley.reading.statements import attributed
from parley.record import Document

KINDS = {"all": ("direct", "indirect", "mixed"), "direct": ("direct",), "indirect": ("indirect",), "mixed": ("mixed",)}
FIGURES = (("content", "F1"), ("with speaker", "quote_and_speaker_F1"), ("precision", "P"), ("recall", "R"),
           ("exact", "F1_exact"), ("speaker right", "speaker_acc"))  # fmt: skip


def scorer_beside(split: Path) -> ModuleType:
    """The scorer in the folder above the split."""
    path = split.resolve().parent / "score.py"
    spec = importlib.util.spec_from_file_location("polnear_scorer", path)
    if spec is None or spec.loader is None or not path.exists():
        raise SystemExit(f"{path} is missing; give a split of the data folder that holds the scorer")
    module = importlib.util.module_from_spec(spec)
    sys.modules["polnear_scorer"] = module
    spec.loader.exec_module(module)
    return module


def attributions(reader: Reader, text: str) -> list[dict[str, Any]]:
    """The attributions of one text in the scorer's shape."""
    reading = Reading(Document(text=text))
    for step in STAGES:
        if step.name == "statements":
            break
        if step.name == "parse":
            reading = step.run(reading, reader.knowledge, reader.models)
    found = attributed(reading, reader.knowledge, reader.models)
    return [
        {"content": list(f.content), "source": [f.source] if f.source else None, "cue": [f.cue] if f.cue else None}
        for f in found
    ]


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("split", type=Path)
    parse.add_argument("--json", action="store_true")
    ask = parse.parse_args()
    scorer = scorer_beside(ask.split)
    gold = scorer.load(str(ask.split))
    reader = Reader()
    began = time.time()
    predicted = {stem: attributions(reader, text) for stem, (text, _) in gold.items()}
    table = {name: scorer.score(gold, predicted, kinds) for name, kinds in KINDS.items()}
    if ask.json:
        print(json.dumps({kind: {name: row[key] for name, key in FIGURES} for kind, row in table.items()}))
        return
    print(f"{len(gold)} articles, {time.time() - began:.0f} s".ljust(26) + "".join(name.rjust(15) for name, _ in FIGURES))
    for kind, row in table.items():
        print(kind.ljust(26) + "".join(f"{row[key] or 0:.3f}".rjust(15) for _, key in FIGURES))


if __name__ == "__main__":
    main()
