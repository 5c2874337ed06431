"""Make a trained tagger narrower: ``PYTHONPATH=training python training/attribution/prune.py CORPUS RUN --out NARROW``.

See ``training/narrowing.py``. The distance is what a student would learn: the divergence of tags and links on articles of
the corpus. Train on from NARROW afterwards (``train.py --start NARROW --teacher RUN --hard 0``).
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import replace
from pathlib import Path

import torch
from corpus import read_corpus
from narrowing import Batch, narrowed, parts_of, sums_of_products
from network import Layer, Tagger
from train import batch_of, batches, encoder_folder, epoch_examples, load_run, load_tokenizer, loss_of

from parley.models.attribution.pieces import FEATURES


def narrow(layer: Layer, into: Layer, attended: list[int], units: list[int]) -> None:
    """Fill a narrower layer with the `attended` inputs of the map after the attention and the inner `units` of `layer`."""
    state = layer.state_dict()
    width = layer.out.in_features
    rows = torch.tensor([part * width + i for part in range(3) for i in attended])
    state["qkv.weight"], state["qkv.bias"] = state["qkv.weight"][rows], state["qkv.bias"][rows]
    state["up.weight"], state["up.bias"] = state["up.weight"][units], state["up.bias"][units]
    state["out.weight"], state["down.weight"] = state["out.weight"][:, attended], state["down.weight"][:, units]
    into.load_state_dict(state)


def main() -> None:
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("corpus", type=Path)
    parse.add_argument("run", type=Path)
    parse.add_argument("--out", type=Path, required=True)
    parse.add_argument("--time", type=float, default=0.66, help="share of the whole network's time to come to")
    parse.add_argument("--levels", type=int, nargs="+", help="heads and inner units of layer 0, of layer 1 ... (not --time)")
    parse.add_argument("--articles", type=int, default=60, help="how many articles of the corpus to look at")
    ask = parse.parse_args()
    torch.set_num_threads(1)
    chance, tokenizer, wide, dense = random.Random(1), load_tokenizer(encoder_folder()), load_run(ask.run), load_run(ask.run)
    articles = chance.sample(read_corpus(ask.corpus, every_annotator=False), ask.articles)
    windows = [batch_of(b) for b in batches(epoch_examples(articles, tokenizer, chance), chance)]
    looked_at, parts = windows[: len(windows) // 3], parts_of(wide.layers, wide.shape.head)

    @torch.no_grad()
    def distance() -> float:
        return sum(loss_of(wide, [dense], window, 0.0).item() for window in looked_at) / len(looked_at)

    runs: list[Batch] = [
        (w["real"], lambda w=w: wide(w["ids"], w["features"], w["real"][:, None, None, :]))  # type: ignore[misc]
        for w in windows
    ]
    sums = sums_of_products(parts, runs)
    kept = narrowed(parts, sums, ask.levels, ask.time, distance)
    heads, inner = tuple(len(k) // wide.shape.head for k in kept[::2]), tuple(len(k) for k in kept[1::2])
    tagger = Tagger(replace(wide.shape, heads=heads, inner=inner), FEATURES)
    tagger.load_state_dict({k: v for k, v in wide.state_dict().items() if not k.startswith("layers.")}, strict=False)
    for at, (layer, into) in enumerate(zip(wide.layers, tagger.layers, strict=True)):
        narrow(layer, into, kept[2 * at], kept[2 * at + 1])
    ask.out.mkdir(parents=True, exist_ok=True)
    torch.save({k: v.half() for k, v in tagger.state_dict().items()}, ask.out / "tagger.pt")
    tokenizer.save(str(ask.out / "tokenizer.json"))
    settings = {"pruned": ask.run.name, "articles": ask.articles, "levels": ask.levels, "time": ask.time}
    (ask.out / "run.json").write_text(json.dumps({"shape": tagger.shape.__dict__, "settings": settings}, indent=1))
    print("heads", heads, "inner units", inner)


if __name__ == "__main__":
    main()
