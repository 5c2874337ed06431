#!/usr/bin/env python3
"""Score Parley against coded articles: gold.py PATH [--half abc|def] [--ids ID ...] [--each] [--json] [--save DIR].

PATH holds `articles/ID.txt`, `gold/ID.json` and the scorer `score.py`, whose functions are used as they stand. Articles
are read in this process with one reader, so a whole run takes seconds. `--each` adds a line for each article (matched/gold/
predicted), `--save` keeps the records as DIR/ID.json. Exit code 1 if an article could not be read.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from parley.reading import Reader

Counts = dict[str, tuple[int, int, int]]
"""For each measure: how many matched, how many the gold has, how many were predicted."""


def scorer_of(folder: Path) -> ModuleType:
    """The scorer that stands beside the gold articles."""
    spec = importlib.util.spec_from_file_location("gold_scorer", folder / "score.py")
    if spec is None or spec.loader is None or not (folder / "score.py").exists():
        raise SystemExit(f"{folder}: has no score.py; give the folder that holds articles/, gold/ and score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_files(folder: Path, half: str | None, ids: list[str] | None) -> list[Path]:
    files = sorted((folder / "gold").glob("*.json"))
    if half:
        files = [f for f in files if f.stem[0] in half]
    if ids:
        files = [f for f in files if any(f.stem.startswith(i) for i in ids)]
    if not files:
        raise SystemExit(f"{folder}: no gold article fits")
    return files


def score_all(folder: Path, files: list[Path], reader: Reader, save: Path | None) -> tuple[dict[str, Counts], list[str]]:
    """Counts for each article, and the ids of those that could not be read (they score zero)."""
    scorer, counts, failed = scorer_of(folder), {}, []
    for file in files:
        gold = json.loads(file.read_text(encoding="utf-8"))
        text = (folder / "articles" / f"{file.stem}.txt").read_text(encoding="utf-8")
        record: dict[str, Any] = {"document": {"text": text}}
        try:
            record = reader.read(text, published=gold.get("published")).model_dump(mode="json")
        except Exception:
            failed.append(file.stem)
            print(f"{file.stem} could not be read:", file=sys.stderr)
            traceback.print_exc()
        counts[file.stem] = scorer.one(text, gold, record)
        if save:
            save.mkdir(parents=True, exist_ok=True)
            (save / f"{file.stem}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
    return counts, failed


def totals(counts: dict[str, Counts]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each measure over all articles (micro-averaged)."""
    sums: dict[str, list[int]] = {}
    for each in counts.values():
        for measure, triple in each.items():
            row = sums.setdefault(measure, [0, 0, 0])
            row[:] = [a + b for a, b in zip(row, triple, strict=True)]
    table: dict[str, dict[str, float]] = {}
    for measure, (matched, gold, predicted) in sums.items():
        if measure == "bad spans":
            table[measure] = {"count": matched}
            continue
        precision, recall = matched / predicted if predicted else 0.0, matched / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        table[measure] = {"precision": precision, "recall": recall, "f1": f1, "matched": matched, "gold": gold,
                          "predicted": predicted}  # fmt: skip
    return table


def print_table(table: dict[str, dict[str, float]], heading: str) -> None:
    print(f"{heading:24} {'P':>6} {'R':>6} {'F1':>6} {'match':>6} {'gold':>5} {'pred':>5}")
    for measure, row in table.items():
        if measure == "bad spans":
            print(f"{measure:24} {row['count']:>6}")
        else:
            numbers = f"{row['precision']:6.3f} {row['recall']:6.3f} {row['f1']:6.3f}"
            print(f"{measure:24} {numbers} {row['matched']:6} {row['gold']:5} {row['predicted']:5}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--half", help="articles whose id begins with one of these letters, as in abc or def")
    parser.add_argument("--ids", nargs="*", help="ids of articles, or how they begin")
    parser.add_argument("--each", action="store_true", help="a line for each article")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    parser.add_argument("--save", type=Path, help="folder for the records")
    parser.add_argument("--parser", help="another English spaCy pipeline")
    chosen = parser.parse_args()
    started = time.perf_counter()
    reader = Reader(parser=chosen.parser) if chosen.parser else Reader()
    counts, failed = score_all(chosen.path, gold_files(chosen.path, chosen.half, chosen.ids), reader, chosen.save)
    table = totals(counts)
    if chosen.json:
        each = {"each": counts} if chosen.each else {}
        print(json.dumps({**table, "articles": len(counts), "failed": failed, **each}))
        return 1 if failed else 0
    if chosen.each:
        short = {"statement": "stmt", "statement+speaker": "+spk", "statement+party": "+prty", "position": "pos",
                 "position party+issue": "pos-pi", "talks": "talks", "contested": "cont"}  # fmt: skip
        print(f"{'article (match/gold/pred)':26}" + "".join(f"{name:>10}" for name in short.values()))
        for id, each in counts.items():
            print(f"{id:26}" + "".join(f"{'/'.join(map(str, each[m])):>10}" for m in short))
    print_table(table, f"{len(counts)} articles")
    if len({id[0] in "abc" for id in counts}) == 2:
        for half in ("abc", "def"):
            print_table(totals({id: c for id, c in counts.items() if id[0] in half}), f"  half {half}")
    print(f"{time.perf_counter() - started:.1f} s" + (f"; failed: {', '.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
