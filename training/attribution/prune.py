"""Make a trained tagger narrower: ``python training/attribution/prune.py CORPUS RUN --out NARROW [--heads 9 --inner 768]``.

From each layer the attention heads and the inner units go whose loss the others can best make up for, and the weights after
them are set anew by least squares, so that the layer's answers on the corpus stay as near as they can (structured optimal
brain surgeon: Kurtic, Frantar and Alistarh, "ZipLM", NeurIPS 2023). Train on from NARROW afterwards (``train.py --start``).
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path

import torch
from corpus import read_corpus
from network import Layer, Tagger
from torch import Tensor, nn
from train import batch_of, batches, encoder_folder, epoch_examples, load_run, load_tokenizer

from parley.models.attribution.pieces import FEATURES


def sums_of_products(tagger: Tagger, windows: list[dict[str, Tensor]]) -> dict[nn.Linear, Tensor]:
    """For the linear map after the attention and that after the inner units of each layer: the sum over all pieces of
    x times x transposed, where x is the map's input with a one after it (size + 1 by size + 1, double precision)."""
    maps = [m for layer in tagger.layers for m in (layer.out, layer.down)]
    sums = {m: torch.zeros(m.in_features + 1, m.in_features + 1, dtype=torch.float64) for m in maps}
    real = torch.ones(1)

    def add(module: nn.Module, given: tuple[Tensor, ...]) -> None:
        x = given[0][real].double()
        x = torch.cat([x, x.new_ones(len(x), 1)], 1)
        sums[module] += x.T @ x  # type: ignore[index]

    hooks = [m.register_forward_pre_hook(add) for m in maps]
    with torch.no_grad():
        for window in windows:
            real = window["real"]
            tagger(window["ids"], window["features"], real[:, None, None, :])
    for hook in hooks:
        hook.remove()
    return sums


def kept_inputs(linear: nn.Linear, products: Tensor, group: int, keep: int) -> list[int]:
    """Which groups of `group` inputs to keep: always that one goes next whose loss, made up for by the rest, costs least."""
    n = linear.in_features
    weight = linear.weight.data.double().T.clone()
    inverse = torch.linalg.inv(products[:n, :n] + 1e-4 * products[:n, :n].diag().mean() * torch.eye(n, dtype=torch.float64))
    left = list(range(n // group))
    while len(left) > keep:
        at = torch.tensor(left)[:, None] * group + torch.arange(group)
        blocks = inverse[at[:, :, None], at[:, None, :]]
        costs = (weight[at] * torch.linalg.solve(blocks, weight[at])).sum((1, 2))
        gone = left.pop(int(costs.argmin()))
        out = torch.arange(gone * group, (gone + 1) * group)
        share = inverse[:, out] @ torch.linalg.inv(inverse[out][:, out])
        weight -= share @ weight[out]
        inverse -= share @ inverse[out]
    return [i * group + j for i in left for j in range(group)]


def refitted(linear: nn.Linear, products: Tensor, kept: list[int]) -> tuple[Tensor, Tensor]:
    """Weight and bias over the kept inputs alone that come nearest to what the map gave over all, by least squares."""
    some = torch.tensor([*kept, linear.in_features])
    both = torch.cat([linear.weight.data, linear.bias.data[:, None]], 1).double()
    ridge = 1e-4 * products.diag().mean() * torch.eye(len(some), dtype=torch.float64)
    found = torch.linalg.solve(products[some][:, some] + ridge, products[some] @ both.T + ridge @ both.T[some]).float()
    return found[:-1].T, found[-1]


def narrow(layer: Layer, into: Layer, sums: dict[nn.Linear, Tensor], heads: int, head: int, inner: int) -> None:
    """Fill `into`, a narrower layer, from `layer`."""
    state = layer.state_dict()
    attended = kept_inputs(layer.out, sums[layer.out], head, heads)
    width = layer.out.in_features
    rows = torch.tensor([part * width + i for part in range(3) for i in attended])
    state["qkv.weight"], state["qkv.bias"] = state["qkv.weight"][rows], state["qkv.bias"][rows]
    state["out.weight"], state["out.bias"] = refitted(layer.out, sums[layer.out], attended)
    units = kept_inputs(layer.down, sums[layer.down], 1, inner)
    state["up.weight"], state["up.bias"] = state["up.weight"][units], state["up.bias"][units]
    state["down.weight"], state["down.bias"] = refitted(layer.down, sums[layer.down], units)
    into.load_state_dict(state)


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("corpus", type=Path)
    parse.add_argument("run", type=Path)
    parse.add_argument("--out", type=Path, required=True)
    parse.add_argument("--heads", type=int, default=9)
    parse.add_argument("--inner", type=int, default=768)
    parse.add_argument("--articles", type=int, default=60, help="how many articles of the corpus to look at")
    ask = parse.parse_args()
    torch.set_num_threads(1)
    chance, tokenizer, wide = random.Random(1), load_tokenizer(encoder_folder()), load_run(ask.run)
    articles = chance.sample(read_corpus(ask.corpus, every_annotator=False), ask.articles)
    sums = sums_of_products(wide, [batch_of(b) for b in batches(epoch_examples(articles, tokenizer, chance), chance)])
    tagger = Tagger(replace(wide.shape, heads=ask.heads, inner=ask.inner), FEATURES)
    tagger.load_state_dict({k: v for k, v in wide.state_dict().items() if not k.startswith("layers.")}, strict=False)
    for layer, into in zip(wide.layers, tagger.layers, strict=True):
        narrow(layer, into, sums, ask.heads, wide.shape.head, ask.inner)
    ask.out.mkdir(parents=True, exist_ok=True)
    torch.save({k: v.half() for k, v in tagger.state_dict().items()}, ask.out / "tagger.pt")
    tokenizer.save(str(ask.out / "tokenizer.json"))
    about = {"shape": tagger.shape.__dict__, "settings": {"pruned": ask.run.name, "articles": ask.articles}}
    (ask.out / "run.json").write_text(json.dumps(about, indent=1))


if __name__ == "__main__":
    main()
