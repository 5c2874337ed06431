"""The tagger as a torch module: a MiniLM encoder with piece features, a tag head and a head for the links."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from examples import TAGS

LINK = 48
RELATIONS = 2


@dataclass(frozen=True)
class Shape:
    """Sizes of an encoder of BERT's architecture: in each layer so many heads of `head` values, and so many inner units."""

    hidden: int = 384
    heads: tuple[int, ...] = (12,) * 6
    head: int = 32
    inner: tuple[int, ...] = (1536,) * 6
    layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5)
    """Which layers of the checkpoint these are."""
    vocabulary: int = 30522
    positions: int = 512

    @classmethod
    def read(cls, values: dict[str, Any]) -> Self:
        """The shape as a run's JSON has it; one number for all layers alike will do."""
        count = len(values["layers"])
        each = {k: (v,) * count if isinstance(v := values[k], int) else tuple(v) for k in ("heads", "inner")}
        return cls(**{**values, **each, "layers": tuple(values["layers"])})

    def keeping(self, layers: tuple[int, ...]) -> Self:
        """The shape with these layers only."""
        at = [self.layers.index(n) for n in layers]
        return replace(self, layers=layers, heads=tuple(self.heads[i] for i in at), inner=tuple(self.inner[i] for i in at))


class Layer(nn.Module):
    """A transformer layer, BERT's: post-norm, exact GELU."""

    def __init__(self, shape: Shape, number: int, dropout: float) -> None:
        super().__init__()
        h, attended, inner = shape.hidden, shape.heads[number] * shape.head, shape.inner[number]
        self.heads, self.scale = shape.heads[number], shape.head**-0.5
        self.qkv, self.out = nn.Linear(h, 3 * attended), nn.Linear(attended, h)
        self.up, self.down = nn.Linear(h, inner), nn.Linear(inner, h)
        self.norm1, self.norm2 = nn.LayerNorm(h, eps=1e-12), nn.LayerNorm(h, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, n, _ = x.shape
        q, k, v = self.qkv(x).chunk(3, -1)
        q, k, v = (t.view(b, n, self.heads, -1).transpose(1, 2) for t in (q, k, v))
        scores = q @ k.transpose(-1, -2)
        if self.scale != 1.0:
            scores = scores * self.scale
        if mask is not None:
            scores = scores.masked_fill(~mask, -1e4)
        a = torch.softmax(scores, -1) @ v
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, n, -1)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Scores of the tags for each piece, and for each piece the vectors whose products score the links."""

    def __init__(self, shape: Shape, features: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocabulary, shape.hidden)
        self.places = nn.Embedding(shape.positions, shape.hidden)
        self.features = nn.Embedding(features, shape.hidden)
        nn.init.zeros_(self.features.weight)
        self.norm = nn.LayerNorm(shape.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, number, dropout) for number in range(len(shape.layers)))
        self.tags = nn.Linear(shape.hidden, len(TAGS))
        self.link_from = nn.Linear(shape.hidden, RELATIONS * LINK)
        self.link_to = nn.Linear(shape.hidden, RELATIONS * LINK)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(places) + self.features(features))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor, Tensor]:
        x = self.encode(ids, features, mask)
        return self.tags(x), self.link_from(x), self.link_to(x)


def load_encoder(tagger: Tagger, path: Path) -> None:
    """Fill the encoder with a BERT checkpoint's weights (safetensors), its chosen layers only."""
    saved = {k.removeprefix("bert."): v.float() for k, v in load_file(path).items()}
    emb = "embeddings."
    tagger.words.weight.data = saved[emb + "word_embeddings.weight"].clone()
    kind = saved[emb + "token_type_embeddings.weight"][0]
    tagger.places.weight.data = saved[emb + "position_embeddings.weight"] + kind
    _fill(tagger.norm, saved, emb + "LayerNorm")
    for layer, number in zip(tagger.layers, tagger.shape.layers, strict=True):
        at = f"encoder.layer.{number}."
        parts = [at + f"attention.self.{n}" for n in ("query", "key", "value")]
        layer.qkv.weight.data = torch.cat([saved[p + ".weight"] for p in parts])
        layer.qkv.bias.data = torch.cat([saved[p + ".bias"] for p in parts])
        _fill(layer.out, saved, at + "attention.output.dense")
        _fill(layer.norm1, saved, at + "attention.output.LayerNorm")
        _fill(layer.up, saved, at + "intermediate.dense")
        _fill(layer.down, saved, at + "output.dense")
        _fill(layer.norm2, saved, at + "output.LayerNorm")


def _fill(module: nn.Module, saved: dict[str, Tensor], name: str) -> None:
    module.weight.data = saved[name + ".weight"].clone()
    module.bias.data = saved[name + ".bias"].clone()
