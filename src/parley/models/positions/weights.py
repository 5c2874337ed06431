"""Weigh the signs of a stance: a logistic regression over named signs, read from a table anybody can open."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from parley.errors import ModelError

FOLDER = Path(__file__).parent
OUTCOMES = ("none", "wants", "refuses", "conditional")
"""What the party may hold of the topic's own words: nothing, wanting, refusing, accepting on a condition."""
BIAS = "(always)"


@dataclass(frozen=True, eq=False)
class StanceWeights:
    """A weight of each sign for each of `OUTCOMES`."""

    weights: dict[str, tuple[float, ...]]
    threshold: float
    """How probable it must be that there is a stance at all; see the model card."""
    version: str

    @classmethod
    @lru_cache(maxsize=2)
    def load(cls, folder: Path = FOLDER) -> StanceWeights:
        """The weights in `folder`. Raises ``ModelError`` if a file is missing."""
        for name in ("weights.tsv", "settings.json"):
            if not (folder / name).exists():
                raise ModelError("positions", f"the file {name} is missing from {folder}")
        settings = json.loads((folder / "settings.json").read_text(encoding="utf-8"))
        rows = (line.split("\t") for line in (folder / "weights.tsv").read_text(encoding="utf-8").splitlines()[1:])
        return cls({sign: tuple(map(float, values)) for sign, *values in rows}, settings["threshold"], settings["version"])

    def probabilities(self, signs: Iterable[str]) -> dict[str, float]:
        """How probable each of `OUTCOMES` is, given the signs; those that the weights do not know count nothing."""
        scores = list(self.weights[BIAS])
        for sign in sorted(signs):
            for k, weight in enumerate(self.weights.get(sign, ())):
                scores[k] += weight
        highest = max(scores)
        shares = [math.exp(score - highest) for score in scores]
        return {outcome: share / sum(shares) for outcome, share in zip(OUTCOMES, shares, strict=True)}
