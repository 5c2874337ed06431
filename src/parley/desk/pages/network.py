"""The drawing of who deals with whom: parties at their places, and arrows between them as wide as their events are many."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from parley.exchange.tables import plover_score

_WIDE, _NARROW, _FEW = (310, 170), (205, 135), 4
"""Half the width and height of the drawing, of many parties and of a few."""
_BOX, _LETTER, _LONGEST_NAME = 20, 9.4, 22
_MOST_NODES, _MOST_ARROWS = 10, 24
_BEND = 34
Point = tuple[float, float]


@dataclass(frozen=True)
class Node:
    """A party in the network, at its place in the drawing."""

    name: str
    shown: str
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Arrow:
    """What one party does toward another: how often, and whether it is cooperation or conflict on the whole."""

    source: str
    target: str
    events: int
    score: float
    path: str
    width: float
    tip: tuple[float, float, float]
    middle: tuple[float, float]
    types: list[tuple[str, int]] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return "cooperation" if self.score > 0.5 else "conflict" if self.score < -0.5 else "mixed"


@dataclass(frozen=True)
class Network:
    """A drawing of who deals with whom: `box` is the part of the plane that it takes, `few` whether it can be small."""

    nodes: list[Node]
    arrows: list[Arrow]
    box: str
    few: bool


def network_of(dealings: list[dict[str, Any]], sides: list[str]) -> Network:
    """The parties that deal most with each other, the two sides left and right, and arrows as wide as they are many."""
    counted: dict[tuple[str, str], dict[str, int]] = {}
    for row in dealings:
        for source in filter(None, row["source"].split(";")):
            for target in filter(None, row["target"].split(";")):
                if source != target:
                    types = counted.setdefault((source, target), {})
                    types[row["type"]] = types.get(row["type"], 0) + row["events"]
    weight: dict[str, int] = {}
    for pair, types in counted.items():
        for name in pair:
            weight[name] = weight.get(name, 0) + sum(types.values())
    names = sorted(weight, key=lambda name: (name not in sides[:2], -weight[name], name))[:_MOST_NODES]
    places = _placed(names)
    kept = [(pair, types) for pair, types in counted.items() if pair[0] in places and pair[1] in places]
    kept.sort(key=lambda item: (-sum(item[1].values()), item[0]))
    most = max((sum(types.values()) for _, types in kept), default=1)
    nodes = list(places.values())
    arrows = [_arrow(places, pair, types, most) for pair, types in kept[:_MOST_ARROWS]]
    return Network(nodes, arrows, _box(nodes, arrows), len(nodes) <= _FEW)


def _box(nodes: list[Node], arrows: list[Arrow]) -> str:
    """The part of the plane that the drawing takes, as SVG has it."""
    xs = [x for n in nodes for x in (n.x - n.width / 2, n.x + n.width / 2)] + [a.middle[0] for a in arrows]
    ys = [y for n in nodes for y in (n.y - _BOX, n.y + _BOX)]
    ys += [y for a in arrows for y in (a.middle[1] - 14, a.middle[1] + 14)]
    if not xs:
        return ""
    return f"{min(xs) - 20:.0f} {min(ys) - 16:.0f} {max(xs) - min(xs) + 40:.0f} {max(ys) - min(ys) + 32:.0f}"


def _placed(names: list[str]) -> dict[str, Node]:
    """The first two left and right, the others above and below between them."""
    above, below = names[2::2], names[3::2]
    angles = {name: 180.0 * (1 - i) for i, name in enumerate(names[:2])}
    angles |= {name: 180 + 180 * (i + 1) / (len(above) + 1) for i, name in enumerate(above)}
    angles |= {name: 180 - 180 * (i + 1) / (len(below) + 1) for i, name in enumerate(below)}
    half = _NARROW if len(names) <= _FEW else _WIDE
    return {name: _node(name, math.radians(angle), half) for name, angle in angles.items()}


def _node(name: str, angle: float, half: Point) -> Node:
    shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    x, y = half[0] * math.cos(angle), half[1] * math.sin(angle)
    return Node(name, shown, round(x, 1), round(y, 1), round(len(shown) * _LETTER + 30, 1))


def _arrow(places: dict[str, Node], pair: tuple[str, str], types: dict[str, int], most: int) -> Arrow:
    a, b = places[pair[0]], places[pair[1]]
    dx, dy = b.x - a.x, b.y - a.y
    length = math.hypot(dx, dy) or 1.0
    over = ((a.x + b.x) / 2 - dy / length * 2 * _BEND, (a.y + b.y) / 2 + dx / length * 2 * _BEND)

    def on_curve(t: float) -> Point:
        return ((1 - t) ** 2 * a.x + 2 * t * (1 - t) * over[0] + t * t * b.x,
                (1 - t) ** 2 * a.y + 2 * t * (1 - t) * over[1] + t * t * b.y)  # fmt: skip

    steps = [on_curve(n / 100) for n in range(101)]
    free = [p for p in steps if not _inside(p, a, 3) and not _inside(p, b, 12)] or steps
    tip = next((p for p in steps[steps.index(free[-1]) :] if _inside(p, b, 3)), free[-1])
    events = sum(types.values())
    score = sum(plover_score(type_, None) * n for type_, n in types.items()) / events
    width = round(2 + 7 * math.sqrt(events / most), 1)
    angle = math.degrees(math.atan2(tip[1] - free[-1][1], tip[0] - free[-1][0])) if tip != free[-1] else 0.0
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*free[:: max(1, len(free) // 24)], free[-1]])
    ordered = sorted(types.items(), key=lambda item: (-item[1], item[0]))
    (x, y), (tip_x, tip_y) = free[len(free) // 2], tip
    head = round(tip_x, 1), round(tip_y, 1), round(angle, 1)
    return Arrow(*pair, events, round(score, 1), path, width, head, (round(x, 1), round(y, 1)), ordered)


def _inside(point: Point, node: Node, margin: float) -> bool:
    return abs(point[0] - node.x) <= node.width / 2 + margin and abs(point[1] - node.y) <= _BOX + margin
