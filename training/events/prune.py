"""Make a trained event classifier narrower: prune.py PLV_TRAIN.tsv MODEL.pt NARROW.pt (with ``PYTHONPATH=training``).

See ``training/narrowing.py``. The distance is the divergence of the classes on the texts that the classifier was trained on.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from data import own_rows, plv_reversed, plv_rows
from encoder import HEADS, WIDTH, PairClassifier
from narrowing import Batch, narrowed, parts_of, sums_of_products
from torch import Tensor
from train import tensors, tokenizer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plv", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("narrow", type=Path)
    parser.add_argument("--own", type=Path, default=Path(__file__).parent / "own")
    parser.add_argument("--time", type=float, default=0.6, help="share of the whole network's time to come to")
    parser.add_argument(
        "--levels", type=int, nargs="+", help="heads and inner units of layer 0, of layer 1 ... (not --time)"
    )
    a = parser.parse_args()
    torch.set_num_threads(1)
    model = PairClassifier.load(torch.load(a.model))
    texts = sorted({row.text for row in (*plv_rows(a.plv), *plv_reversed(a.plv)[:200], *own_rows(a.own))}, key=len)
    words = tokenizer()
    batches = [tensors(words, texts[at : at + 64]) for at in range(0, len(texts), 64)]
    looked_at = batches[::3]
    with torch.no_grad():
        wide = [model(*batch).log_softmax(-1) for batch in looked_at]

    @torch.no_grad()
    def distance() -> float:
        moved = (torch.nn.functional.kl_div(model(*batch).log_softmax(-1), before, log_target=True, reduction="batchmean")
                 for batch, before in zip(looked_at, wide, strict=True))  # fmt: skip
        return sum(each.item() for each in moved) / len(looked_at)

    parts = parts_of(model.layers, WIDTH // HEADS)
    runs: list[Batch] = [(batch[1] > 0, lambda batch=batch: model(*batch)) for batch in batches]  # type: ignore[misc]
    sums = sums_of_products(parts, runs)
    torch.save(weights(model, narrowed(parts, sums, a.levels, a.time, distance)), a.narrow)


def weights(model: PairClassifier, kept: list[list[int]]) -> dict[str, Tensor]:
    """The model's weights with these inputs of its parts alone."""
    state = model.state_dict()
    for at in range(len(model.layers)):
        name, (attended, units) = f"layers.{at}.", kept[2 * at : 2 * at + 2]
        for part, rows in (("query", attended), ("key", attended), ("value", attended), ("up", units)):
            for which in ("weight", "bias"):
                state[f"{name}{part}.{which}"] = state[f"{name}{part}.{which}"][rows]
        state[name + "out.weight"] = state[name + "out.weight"][:, attended]
        state[name + "down.weight"] = state[name + "down.weight"][:, units]
    return state


if __name__ == "__main__":
    main()
