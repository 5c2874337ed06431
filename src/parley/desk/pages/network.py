"""The drawing of who deals with whom: parties at their places, and arrows between them as wide as their events are many."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from parley.exchange.tables import plover_score

_WIDE, _NARROW, _FEW = (310, 190), (215, 180), 4
"""Half the width and height of the drawing, of many parties and of a few."""
_BOX, _LETTER, _LONGEST_NAME = 20, 9.4, 22
_MOST_NODES, _MOST_ARROWS = 10, 24
_BEND, _BENT, _HEAD, _APART = 34, 0.09, 12, 26
"""How far arrows bend aside at most and for their length, how long their heads are, how far apart two are at a box."""
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
    ports = _ports(places, [pair for pair, _ in kept[:_MOST_ARROWS]])
    arrows = [_arrow(places, pair, ports[pair], types, most) for pair, types in kept[:_MOST_ARROWS]]
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


def _over(a: Node, b: Node) -> Point:
    """The point that an arrow bends toward: aside of the straight line, so that those of both directions lie apart."""
    dx, dy = b.x - a.x, b.y - a.y
    length = math.hypot(dx, dy) or 1.0
    aside = 2 * min(_BEND, _BENT * length) / length
    return (a.x + b.x) / 2 - dy * aside, (a.y + b.y) / 2 + dx * aside


def _half_way(a: Node, b: Node) -> Point:
    """The middle of the arrow from the middle of one box to that of another."""
    over = _over(a, b)
    return (a.x + b.x) / 4 + over[0] / 2, (a.y + b.y) / 4 + over[1] / 2


def _ports(places: dict[str, Node], pairs: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[Point, Point]]:
    """Where on the edges of the two boxes each arrow begins and ends: in the order of their directions, and apart."""
    along: dict[str, list[tuple[float, tuple[str, str]]]] = {name: [] for name in places}
    for pair in pairs:
        a, b = places[pair[0]], places[pair[1]]
        for node in (a, b):
            along[node.name].append((_along_edge(node, _half_way(a, b)), pair))
    found = {
        (name, pair): _on_edge(places[name], at)
        for name, ends in ((name, sorted(ends)) for name, ends in along.items())
        for at, (_, pair) in zip(_apart([at for at, _ in ends], places[name]), ends, strict=True)
    }
    return {pair: (found[pair[0], pair], found[pair[1], pair]) for pair in pairs}


def _round(node: Node) -> float:
    return 2 * node.width + 4 * _BOX


def _along_edge(node: Node, toward: Point) -> float:
    """How far along the edge of a box, clockwise from its upper left corner, it is left toward a point."""
    dx, dy = toward[0] - node.x, toward[1] - node.y
    half = node.width / 2
    scale = min(half / abs(dx) if dx else math.inf, _BOX / abs(dy) if dy else math.inf)
    x, y = dx * scale, dy * scale
    if abs(abs(y) - _BOX) < 1e-6:
        return x + half if y < 0 else node.width + 2 * _BOX + half - x
    return node.width + y + _BOX if x > 0 else 2 * node.width + 2 * _BOX + _BOX - y


def _on_edge(node: Node, along: float) -> Point:
    at, left, top = along % _round(node), node.x - node.width / 2, node.y - _BOX
    for length, point in (
        (node.width, lambda d: (left + d, top)), (2 * _BOX, lambda d: (left + node.width, top + d)),
        (node.width, lambda d: (left + node.width - d, top + 2 * _BOX)), (2 * _BOX, lambda d: (left, top + 2 * _BOX - d)),
    ):  # fmt: skip
        if at <= length:
            return point(at)
        at -= length
    return left, top


def _covers(node: Node, point: Point) -> bool:
    """Whether a number at a point would lie under a box."""
    return abs(point[0] - node.x) <= node.width / 2 + 14 and abs(point[1] - node.y) <= _BOX + 14


def _apart(ends: list[float], node: Node) -> list[float]:
    """The same places along the edge of a box, in the same order, pushed apart until no two are too near each other."""
    whole, many = _round(node), len(ends)
    least, placed = min(_APART, 0.9 * whole / max(many, 1)), list(ends)
    for _ in range(60):
        moved = False
        for i in range(many if many > 1 else 0):
            j = (i + 1) % many
            gap = placed[j] + (whole if j == 0 else 0) - placed[i]
            if gap < least - 0.1:
                placed[i] -= (least - gap) / 2
                placed[j] += (least - gap) / 2
                moved = True
        if not moved:
            break
    return placed


def _arrow(places: dict[str, Node], pair: tuple[str, str], ports: tuple[Point, Point], types: dict[str, int], most: int
           ) -> Arrow:  # fmt: skip
    over, (start, tip) = _over(places[pair[0]], places[pair[1]]), ports

    def on_curve(t: float) -> Point:
        return ((1 - t) ** 2 * start[0] + 2 * t * (1 - t) * over[0] + t * t * tip[0],
                (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * over[1] + t * t * tip[1])  # fmt: skip

    steps = [on_curve(n / 100) for n in range(101)]
    stem = [p for p in steps if math.dist(p, tip) > _HEAD] or steps[:1]
    events = sum(types.values())
    score = sum(plover_score(type_, None) * n for type_, n in types.items()) / events
    width = round(2 + 7 * math.sqrt(events / most), 1)
    angle = math.degrees(math.atan2(tip[1] - stem[-1][1], tip[0] - stem[-1][0]))
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in [*stem[:: max(1, len(stem) // 24)], stem[-1]])
    ordered = sorted(types.items(), key=lambda item: (-item[1], item[0]))
    seen = [n for n, p in enumerate(stem) if not any(_covers(node, p) for node in places.values())] or [len(stem) // 2]
    x, y = stem[min(seen, key=lambda n: abs(n - len(stem) // 2))]
    head = round(tip[0], 1), round(tip[1], 1), round(angle, 1)
    return Arrow(*pair, events, round(score, 1), path, width, head, (round(x, 1), round(y, 1)), ordered)
