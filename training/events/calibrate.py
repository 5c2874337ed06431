"""Fit the temperature of the event classifier to cross-validated scores: calibrate.py PLV_TRAIN.tsv logs-1.npy [--mapping].

The file is what `train.py --folds ... --out` wrote: for each PLV row the log-probabilities of the model that had not seen it
(rows of folds that were not run are all zero and are left out). Prints the expected calibration error before and after, and
how often the surest answers are right, from which the threshold of the model card is taken.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from data import plv_rows
from train import figures, root_of, root_probabilities


def tempered(logs: np.ndarray, temperature: float) -> np.ndarray:
    scaled = logs / temperature
    scaled -= scaled.max(1, keepdims=True)
    return scaled - np.log(np.exp(scaled).sum(1, keepdims=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plv", type=Path)
    parser.add_argument("logs", type=Path)
    a = parser.parse_args()
    logs = np.load(a.logs)
    done = np.flatnonzero(np.abs(logs).sum(1) > 0)
    every = plv_rows(a.plv)
    rows, logs = [every[i] for i in done], logs[done]
    gold = np.array([root_of(r) for r in rows])

    def loss(temperature: float) -> float:
        p = root_probabilities(tempered(logs, temperature))
        return -float(np.log(p[np.arange(len(gold)), gold] + 1e-9).mean())

    best = min(np.arange(0.3, 3.01, 0.02), key=loss)
    print(f"{len(rows)} rows; temperature {best:.2f}, log loss {loss(1.0):.4f} -> {loss(best):.4f}")
    for temperature in (1.0, best):
        p = root_probabilities(tempered(logs, temperature))
        print(f"at {temperature:.2f}:", {k: v for k, v in figures(rows, p).items() if k != "each"})
        right, sure = p.argmax(1) == gold, p.max(1)
        for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            kept = sure >= threshold
            print(f"  confidence >= {threshold}: {kept.mean():.3f} of the rows, {right[kept].mean():.3f} of them right")


if __name__ == "__main__":
    main()
