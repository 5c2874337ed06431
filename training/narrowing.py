"""Make the layers of a trained encoder narrower, so that its answers move as little as they can.

From each layer the attention heads and the inner units go whose loss the others can best make up for, and the weights after
them are set anew by least squares, so that the layer's answers stay as near as they can. How many go from which layer is
what harms the network's answers least, part by part, for the time that is to be saved (structured optimal brain surgeon:
Kurtic, Frantar and Alistarh, "ZipLM", NeurIPS 2023).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

HEADS = (12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
INNER = (1536, 1280, 1152, 1024, 896, 768, 640, 512, 384, 256)
"""How many heads, and how many inner units, a layer may be left with."""
HEAD_TIME, UNIT_TIME = 0.0066, 0.000048
"""What a head and an inner unit take of the time of a network with 12 and 1,536 in each of six layers (ONNX Runtime, int8,
windows of 150 pieces, AVX512-VNNI)."""


@dataclass(frozen=True)
class Part:
    """What can be made narrower: the map after a layer's attention (by heads) or after its inner units (one by one)."""

    name: str
    linear: nn.Linear
    group: int
    """How many inputs of the map go together."""
    levels: tuple[int, ...]
    """How many groups may stay, from all down."""
    time: float
    """What one group takes of the whole network's time."""


def parts_of(layers: Iterable[Any], head: int) -> list[Part]:
    """All parts, a layer's attention before its inner units. A layer has the maps `out` and `down`."""
    found = []
    for at, layer in enumerate(layers):
        heads, inner = layer.out.in_features // head, layer.down.in_features
        levels = tuple(n for n in HEADS if n <= heads), tuple(n for n in INNER if n <= inner)
        found.append(Part(f"layer {at} heads", layer.out, head, levels[0], HEAD_TIME))
        found.append(Part(f"layer {at} inner units", layer.down, 1, levels[1], UNIT_TIME))
    return found


Batch = tuple[Tensor, Callable[[], object]]
"""Which pieces of a batch are real (a mask), and what runs the network on it."""


@torch.no_grad()
def sums_of_products(parts: list[Part], batches: list[Batch]) -> list[Tensor]:
    """For each part's map the sum over all pieces of x times x transposed, where x is the map's input with a one after it
    (size + 1 by size + 1, double precision)."""
    sums = [torch.zeros(p.linear.in_features + 1, p.linear.in_features + 1, dtype=torch.float64) for p in parts]
    real = torch.ones(1)

    def add(at: int, given: tuple[Tensor, ...]) -> None:
        x = given[0][real].double()
        x = torch.cat([x, x.new_ones(len(x), 1)], 1)
        sums[at] += x.T @ x

    hooks = [p.linear.register_forward_pre_hook(lambda _, x, at=at: add(at, x)) for at, p in enumerate(parts)]
    for mask, run in batches:
        real = mask
        run()
    for hook in hooks:
        hook.remove()
    return sums


def removal_order(part: Part, products: Tensor, least: int) -> list[list[int]]:
    """The groups of inputs in the order in which they may go until `least` are left: always that one goes next whose loss,
    made up for by the rest, costs least."""
    n, group = part.linear.in_features, part.group
    weight = part.linear.weight.data.double().T.clone()
    inverse = torch.linalg.inv(products[:n, :n] + 1e-4 * products[:n, :n].diag().mean() * torch.eye(n, dtype=torch.float64))
    left, gone = list(range(n // group)), []
    while len(left) > least:
        at = torch.tensor(left)[:, None] * group + torch.arange(group)
        blocks = inverse[at[:, :, None], at[:, None, :]]
        costs = (weight[at] * torch.linalg.solve(blocks, weight[at])).sum((1, 2))
        gone.append(left.pop(int(costs.argmin())))
        out = torch.arange(gone[-1] * group, (gone[-1] + 1) * group)
        share = inverse[:, out] @ torch.linalg.inv(inverse[out][:, out])
        weight -= share @ weight[out]
        inverse -= share @ inverse[out]
    return [list(range(i * group, (i + 1) * group)) for i in gone]


def kept_inputs(part: Part, order: list[list[int]], level: int) -> list[int]:
    """The inputs of the part's map that are left when `level` groups are."""
    gone = {i for one in order[: part.linear.in_features // part.group - level] for i in one}
    return [i for i in range(part.linear.in_features) if i not in gone]


def refitted(linear: nn.Linear, products: Tensor, kept: list[int]) -> tuple[Tensor, Tensor]:
    """Weight and bias over the kept inputs alone that come nearest to what the map gave over all, by least squares."""
    some = torch.tensor([*kept, linear.in_features])
    both = torch.cat([linear.weight.data, linear.bias.data[:, None]], 1).double()
    ridge = 1e-4 * products.diag().mean() * torch.eye(len(some), dtype=torch.float64)
    found = torch.linalg.solve(products[some][:, some] + ridge, products[some] @ both.T + ridge @ both.T[some]).float()
    return found[:-1].T, found[-1]


def harms(part: Part, products: Tensor, distance: Callable[[], float]) -> list[float]:
    """How far the network's answers move (`distance`) when this part alone is cut to each of its levels."""
    weight, bias = part.linear.weight.data, part.linear.bias.data
    order, found = removal_order(part, products, part.levels[-1]), []
    for level in part.levels:
        cut(part, products, kept_inputs(part, order, level))
        found.append(distance())
        part.linear.weight.data, part.linear.bias.data = weight, bias
    found = [harm - found[0] for harm in found]
    print(part.name, " ".join(f"{n}:{each:.4f}" for n, each in zip(part.levels, found, strict=True)), flush=True)
    return found


def cut(part: Part, products: Tensor, kept: list[int]) -> None:
    """Leave the part's map these inputs alone: the weights of the others become zero."""
    weight, bias = refitted(part.linear, products, kept)
    part.linear.weight.data, part.linear.bias.data = torch.zeros_like(part.linear.weight.data), bias
    part.linear.weight.data[:, kept] = weight


def least_harm(parts: list[Part], harm: list[list[float]], time: float) -> list[int]:
    """A level for each part: the least sum of harms whose time is at most `time` of the network's (by thousandths)."""
    full = sum(part.levels[0] * part.time for part in parts)
    room = round(1000 * (time - (1 - full)))
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for part, costs in zip(parts, harm, strict=True):
        reached: dict[int, tuple[float, list[int]]] = {}
        for used, (so_far, chosen) in best.items():
            for level, cost in zip(part.levels, costs, strict=True):
                now = used + round(1000 * level * part.time)
                if now <= room and (now not in reached or so_far + cost < reached[now][0]):
                    reached[now] = (so_far + cost, [*chosen, level])
        best = reached
    if not best:
        raise SystemExit(f"no way to make the network so narrow that it takes {time} of its time")
    return min(best.values())[1]


def narrowed(parts: list[Part], sums: list[Tensor], levels: list[int] | None, time: float,
             distance: Callable[[], float]) -> list[list[int]]:  # fmt: skip
    """Cut the parts to these levels, or to those that harm least in the time asked for. Returns the inputs that stay."""
    levels = levels or least_harm(parts, [harms(p, s, distance) for p, s in zip(parts, sums, strict=True)], time)
    kept = [kept_inputs(p, removal_order(p, s, n), n) for p, s, n in zip(parts, sums, levels, strict=True)]
    for part, products, stay in zip(parts, sums, kept, strict=True):
        if len(stay) < part.linear.in_features:
            cut(part, products, stay)
    print("levels", *levels, f"distance {distance():.4f}", flush=True)
    return kept
