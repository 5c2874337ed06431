#!/usr/bin/env python3
"""Score the relation classifier on sentences with source and target given: plv.py FILE.tsv [--json] [--cross-validate].

FILE is tab-separated with a header. It needs a column `root` (or `label`), and either `marked_sentence` with <s>source</s>
and <t>target</t>, or `sentence`, `source` and `target`. The 15 roots are PLOVER's types with CONCEDE and RETREAT as YIELD.
Prints macro-F1 by root, quad class and binary (cooperation or conflict), each class, the confusion table, the expected
calibration error and the cost of a pair. `--cross-validate` leaves the shipped model aside and trains on FILE instead
(training/events/train.py with the shipped settings, near-duplicates in one fold); it needs the extra `train` and a few
minutes a fold.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import time
from pathlib import Path

QUADS = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "AID": 2, "COOPERATE": 2, "YIELD": 2, "ACCUSE": 3, "REJECT": 3,
         "REQUEST": 3, "THREATEN": 3, "ASSAULT": 4, "COERCE": 4, "MOBILIZE": 4, "PROTEST": 4, "SANCTION": 4}  # fmt: skip
Span = tuple[int, int]
Pair = tuple[str, Span, Span | None]


def unmarked(marked: str) -> Pair:
    """The plain sentence, and the spans of its first <s>...</s> and <t>...</t>."""
    plain, spans, at = "", dict[str, Span](), dict[str, int]()
    for piece in re.split(r"(</?[st]>)", marked):
        if piece in ("<s>", "<t>"):
            at[piece[1]] = len(plain)
        elif piece in ("</s>", "</t>"):
            spans.setdefault(piece[2], (at.get(piece[2], 0), len(plain)))
        else:
            plain += piece
    return plain, spans.get("s", (0, len(plain.split(" ")[0]))), spans.get("t")


def pair_of(row: dict[str, str]) -> Pair:
    marked = row.get("marked_sentence") or ""
    if "<s>" in marked:
        return unmarked(marked)
    sentence = row.get("sentence") or marked
    spans: list[Span | None] = []
    for side in ("source", "target"):
        words = (row.get(side) or "").strip()
        at = sentence.find(words) if words else -1
        spans.append((at, at + len(words)) if at >= 0 else None)
    return sentence, spans[0] or (0, len(sentence.split(" ")[0])), spans[1]


def read(path: Path) -> tuple[list[Pair], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or not ({"root", "label"} & set(rows[0])):
        raise SystemExit(
            f"{path}: needs a header with `root` (or `label`) and `marked_sentence` (or sentence, source, target)"
        )
    roots = [(row.get("root") or row.get("label") or "").strip().upper() for row in rows]
    return [pair_of(row) for row in rows], ["YIELD" if root in ("CONCEDE", "RETREAT") else root for root in roots]


def scores(gold: list[str], got: list[str]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and number of each class of the gold."""
    table = {}
    for name in sorted(set(gold)):
        hit = sum(g == p == name for g, p in zip(gold, got, strict=True))
        said, there = got.count(name), gold.count(name)
        precision, recall = hit / said if said else 0.0, hit / there
        table[name] = {"precision": precision, "recall": recall, "number": there,
                       "f1": 2 * precision * recall / (precision + recall) if hit else 0.0}  # fmt: skip
    return table


def macro(gold: list[str], got: list[str]) -> float:
    table = scores(gold, got)
    return sum(row["f1"] for row in table.values()) / len(table)


def calibration_error(right: list[bool], sure: list[float]) -> float:
    """Expected calibration error in ten bins of confidence."""
    error = 0.0
    for k in range(10):
        inside = [i for i, s in enumerate(sure) if k / 10 < s <= (k + 1) / 10]
        if inside:
            error += abs(sum(right[i] for i in inside) - sum(sure[i] for i in inside)) / len(sure)
    return error


def figures(gold: list[str], distributions: list[dict[str, float]]) -> dict[str, object]:
    got = [max(d.items(), key=lambda item: item[1])[0] for d in distributions]
    sure = [max(d.values()) for d in distributions]

    def quad(roots: list[str]) -> list[str]:
        return [str(QUADS.get(r, 0)) for r in roots]

    def binary(roots: list[str]) -> list[str]:
        return ["conflict" if QUADS.get(r, 0) > 2 else "cooperation" for r in roots]

    return {
        "root": macro(gold, got), "quad": macro(quad(gold), quad(got)), "binary": macro(binary(gold), binary(got)),
        "accuracy": sum(g == p for g, p in zip(gold, got, strict=True)) / len(gold),
        "calibration_error": calibration_error([g == p for g, p in zip(gold, got, strict=True)], sure),
        "each": scores(gold, got), "got": got,
    }  # fmt: skip


def confusion(gold: list[str], got: list[str]) -> str:
    """A row for each gold class, a column for each predicted one."""
    names = sorted(set(gold) | set(got))
    lines = [" " * 10 + "".join(f"{name[:6]:>7}" for name in names)]
    for name in names:
        counts = [sum(g == name and p == other for g, p in zip(gold, got, strict=True)) for other in names]
        lines.append(f"{name:10}" + "".join(f"{c or '.':>7}" for c in counts))
    return "\n".join(lines)


def cross_validate(chosen: argparse.Namespace) -> int:
    script = Path(__file__).parent.parent / "training" / "events" / "train.py"
    command = [sys.executable, str(script), str(chosen.path), "--folds", str(chosen.folds), "--epochs", str(chosen.epochs),
               "--grouped", "--reversed", "200", "--seeds", *map(str, chosen.seeds)]  # fmt: skip
    return subprocess.run(command, check=False).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="print every sentence that is wrong")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--epochs", type=int, default=6)
    chosen = parser.parse_args()
    if chosen.cross_validate:
        return cross_validate(chosen)
    from parley.reading.events import classify_all

    pairs, gold = read(chosen.path)
    classify_all(pairs[:2])
    started = time.process_time()
    relations = classify_all(pairs)
    cost = (time.process_time() - started) / len(pairs)
    result = figures(gold, [r.roots for r in relations])
    got: list[str] = result.pop("got")  # type: ignore[assignment]
    if chosen.json:
        print(json.dumps({**result, "pairs": len(pairs), "ms_a_pair": round(1000 * cost, 2)}))
        return 0
    print(f"{len(pairs)} pairs, {1000 * cost:.2f} ms CPU a pair")
    print("  ".join(f"{k} {result[k]:.3f}" for k in ("root", "quad", "binary", "accuracy", "calibration_error")))
    print(f"{'':10} {'P':>6} {'R':>6} {'F1':>6} {'n':>5}")
    for name, row in result["each"].items():  # type: ignore[attr-defined]
        print(f"{name:10} {row['precision']:6.3f} {row['recall']:6.3f} {row['f1']:6.3f} {row['number']:5}")
    print(confusion(gold, got))
    if chosen.errors:
        for pair, g, p in zip(pairs, gold, got, strict=True):
            if g != p:
                print(f"{g} -> {p}: {pair[0]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
