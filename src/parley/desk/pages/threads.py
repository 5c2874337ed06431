"""Talks, proposals, claims, actors and the timeline of a process."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from parley.desk.pages.frame import Frame, frame_of
from parley.desk.pages.standing import is_ahead
from parley.exchange.tables import plover_score
from parley.ledger.sentences import ISSUE_NAMES, sentence
from parley.ledger.view import ISSUES, View

SHOWN = 60


@dataclass(frozen=True)
class TalksPage:
    """Talks merged from all reports; accounts that disagree stand side by side."""

    frame: Frame
    coming: list[dict[str, Any]]
    announced: list[dict[str, Any]]
    past: list[dict[str, Any]]
    sources: dict[str, dict[str, Any]]
    more: bool


@dataclass(frozen=True)
class ProposalsPage:
    """Proposals side by side: issues as rows, proposals as columns."""

    frame: Frame
    columns: list[dict[str, Any]]
    rows: list[tuple[str, str, list[dict[str, Any] | None]]]
    every: list[dict[str, Any]]
    choices: list[dict[str, Any]]
    chosen: list[str]
    sources: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class ClaimsPage:
    """Claims: who asserts them, who denies them, in which words."""

    frame: Frame
    claims: list[dict[str, Any]]
    status: str
    sources: dict[str, dict[str, Any]]
    more: bool


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
class ActorsPage:
    """Who speaks for whom, from when to when; who deals with whom."""

    frame: Frame
    sides: list[tuple[str, list[dict[str, Any]]]]
    nodes: list[Node]
    arrows: list[Arrow]
    box: str
    sources: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class TimelinePage:
    """What happened, the latest first, with what the chart above it draws."""

    frame: Frame
    moments: list[dict[str, Any]]
    parties: list[str]
    issues: list[str]
    kinds: list[tuple[str, str, bool]]
    party: str
    issue: str
    since: str
    until: str
    data: str
    between: tuple[str, str] | None
    choices: list[str]
    dealings: str
    more: bool
    sources: dict[str, dict[str, Any]]


KINDS = {"talks": "talks", "proposal": "proposals and ceasefires", "reversal": "reversals", "shift": "shifts",
         "position": "first words", "claim": "claims", "denial": "denials", "confirmation": "confirmations"}  # fmt: skip


def talks_page(view: View, process: dict[str, Any]) -> TalksPage:
    """The talks of a process."""
    frame = frame_of(view, process, "talks", "Talks")
    found = view.talks(process["id"], SHOWN + 1)
    for talks in found[:SHOWN]:
        talks["sentence"] = sentence({**talks, "kind": "talks", "kind_of_talks": talks["kind"]})
    sources = view.sources(told["document"] for talks in found[:SHOWN] for told in talks["told"])
    planned = [t for t in found[:SHOWN] if t["status"] in ("scheduled", "proposed")]
    coming = [t for t in planned if is_ahead(t, frame.today)]
    announced = [t for t in planned if t not in coming]
    return TalksPage(frame, coming, announced, [t for t in found[:SHOWN] if t not in planned], sources, len(found) > SHOWN)


def proposals_page(view: View, process: dict[str, Any], chosen: list[str]) -> ProposalsPage:
    """Proposals side by side: those chosen, else the latest of each side."""
    frame = frame_of(view, process, "proposals", "Proposals")
    every = view.proposals(process["id"], SHOWN)
    columns = [p for p in every if p["id"] in chosen][:4] if chosen else []
    columns = columns or _latest_of_each(every)
    rows = []
    for issue in ISSUES:
        terms = [next((term for term in p["terms"] if term["issue"] == issue), None) for p in columns]
        if any(terms):
            rows.append((issue, _likeness(terms), terms))
    quotes = [q["document"] for p in every for term in p["terms"] for step in term["steps"] for q in step["quotes"]]
    quotes += [refused["document"] for p in every for term in p["terms"] for refused in term["refused"]]
    return ProposalsPage(frame, columns, rows, every, every, [p["id"] for p in columns], view.sources(quotes))


def _latest_of_each(every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The latest proposal of each side; what a side tabled on one day, in several reports, is one column."""
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for proposal in every:
        column = found.setdefault(tuple(proposal["by"]), {**proposal, "terms": []})
        if column["day"] == proposal["day"]:
            known = {term["issue"] for term in column["terms"]}
            column["terms"] += [term for term in proposal["terms"] if term["issue"] not in known]
    return list(found.values())[:3]


def _likeness(terms: list[dict[str, Any] | None]) -> str:
    """Whether the proposals have a term in common, differ in it, or some say nothing of it."""
    if len(terms) < 2:
        return ""
    if any(term is None for term in terms):
        return "missing"
    saying = {(term["duration"], term["condition"], (term["object"] or "").casefold()) for term in terms if term}
    return "common" if len(saying) == 1 else "differs"


def claims_page(view: View, process: dict[str, Any], status: str) -> ClaimsPage:
    """The claims of a process, those that are contested first."""
    frame = frame_of(view, process, "claims", "Claims")
    found = view.claims(process["id"], 200)
    if status:
        found = [claim for claim in found if claim["status"] == status]
    order = {"unresolved": 0, "denied": 1, "confirmed": 2, "one-sided": 3}
    found.sort(key=lambda claim: order[claim["status"]])
    sides = ("asserted_by", "denied_by")
    sources = view.sources(q["document"] for claim in found[:SHOWN] for side in sides for by in claim[side].values()
                           for q in by["quotes"])  # fmt: skip
    return ClaimsPage(frame, found[:SHOWN], status, sources, len(found) > SHOWN)


def actors_page(view: View, process: dict[str, Any]) -> ActorsPage:
    """The people of a process and the network of its parties."""
    frame = frame_of(view, process, "actors", "Actors")
    names = [*process["parties"], *process["mediators"]]
    found = view.actors(names) if names else []
    sides = [(party, [a for a in found if a["party"] == party]) for party in dict.fromkeys(a["party"] for a in found)]
    sides.sort(key=lambda side: names.index(side[0]) if side[0] in names else len(names))
    nodes, arrows = _network(view.dealings(process["id"]), process["parties"])
    return ActorsPage(frame, sides, nodes, arrows, _box(nodes, arrows), view.sources(a["document"] for a in found))


_WIDE, _NARROW, FEW = (310, 170), (205, 135), 4
"""Half the width and height of the drawing, of many parties and of a few."""
_BOX, _LETTER, _LONGEST_NAME = 20, 9.4, 22
_MOST_NODES, _MOST_ARROWS = 10, 24
_BEND = 34
Point = tuple[float, float]


def _network(dealings: list[dict[str, Any]], sides: list[str]) -> tuple[list[Node], list[Arrow]]:
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
    return list(places.values()), [_arrow(places, pair, types, most) for pair, types in kept[:_MOST_ARROWS]]


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
    half = _NARROW if len(names) <= FEW else _WIDE
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


def timeline_page(view: View, process: dict[str, Any], *, kinds: list[str], party: str, issue: str, since: str, until: str,
                  between: tuple[str, str] | None) -> TimelinePage:  # fmt: skip
    """The timeline of a process, filtered."""
    frame = frame_of(view, process, "timeline", "Timeline")
    found = timeline_of(view, process["id"], kinds, party, issue, since, until, 301)
    parties = list(dict.fromkeys([*process["parties"], *process["mediators"]]))
    choices = parties or []
    pair = between if between and all(between) else (parties[0], parties[1]) if len(parties) > 1 else None
    query = {"kind": kinds, "party": party, "issue": issue, "since": since, "until": until}
    return TimelinePage(
        frame, found[:300], parties, list(ISSUES), [(k, n, not kinds or k in kinds) for k, n in KINDS.items()], party, issue,
        since, until, frame.to("timeline.json", **query), pair, choices,
        frame.to("dealings.json", one=pair[0], other=pair[1]) if pair else "", len(found) > 300,
        view.sources(q["document"] for m in found[:300] for q in m["quotes"]),
    )  # fmt: skip


def timeline_of(view: View, process: str, kinds: list[str], party: str, issue: str, since: str, until: str,
                limit: int) -> list[dict[str, Any]]:  # fmt: skip
    """Moments of a process with their sentences, the latest first."""
    kinds = [kind for kind in kinds if kind in KINDS]
    found = view.timeline(process, since=since or None, until=until or None, kinds=kinds,
                          limit=limit if not (party or issue) else 2000)  # fmt: skip
    chosen = [m for m in found if (not issue or m["issue"] == issue) and (not party or _is_of(m, party))][:limit]
    return [{**m, "sentence": sentence(m), "issue_name": ISSUE_NAMES.get(m["issue"], "")} for m in chosen]


def _is_of(moment: dict[str, Any], party: str) -> bool:
    named = [moment["party"], *moment.get("by", []), *moment.get("to", []), *moment.get("participants", []),
             *moment.get("mediators", [])]  # fmt: skip
    return party in named


def dealings_of(view: View, process: str, one: str, other: str) -> list[dict[str, Any]]:
    """For each month the sum of the PLOVER scores of what two parties did to each other, cooperation and conflict apart."""
    months: dict[tuple[str, str], dict[str, Any]] = {}
    for row in view.dealings(process):
        sources, targets = row["source"].split(";"), row["target"].split(";")
        for a, b in ((one, other), (other, one)):
            if a in sources and b in targets:
                score = plover_score(row["type"], None)
                tone = "cooperation" if score >= 0 else "conflict"
                cell = months.setdefault(
                    (row["month"], tone), {"month": row["month"], "tone": tone, "events": 0, "score": 0.0}
                )
                cell["events"] += row["events"]
                cell["score"] = round(cell["score"] + score * row["events"], 1)
    return [months[key] for key in sorted(months)]
