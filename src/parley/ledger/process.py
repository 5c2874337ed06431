"""Processes: which peace processes a document belongs to, and what people decided about processes.

A process is parties, mediators and a period. Known conflicts come from the knowledge table; people define others; the rest
form from who negotiates and fights with whom. Assignment looks at one document alone, so that no order of adding matters.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, insert, select

from parley.errors import LedgerError
from parley.knowledge.load import BUILT_IN, read_table
from parley.knowledge.rows import Conflict
from parley.ledger import tables as t
from parley.ledger.days import UNDATED, last_day
from parley.ledger.likeness import label, words_of
from parley.record import Actor, Claim, Entry, Event, Position, Proposal, Record, Talks

OUTSIDE = "outside"
"""The process of documents that belong to none."""
Kind = Literal["known", "defined", "found", "outside"]
STRONG = 2
"""Weight from which a pair of parties is more than named together, and can form a process of its own."""
_DEALING = frozenset(
    ["AGREE", "CONSULT", "CONCEDE", "RETREAT", "REJECT", "THREATEN", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
)


@dataclass(frozen=True)
class Process:
    """A peace process: its parties, who mediates, and from when to when (empty: open)."""

    id: str
    name: str
    kind: Kind
    parties: tuple[str, ...]
    mediators: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def holds(self, one: str, other: str, day: str) -> bool:
        """Whether dealings between these two on that day are part of it. An undated report is taken as within."""
        within = day == UNDATED or ((not self.since or day >= self.since) and (not self.until or day <= self.until))
        return within and _named(one, self.parties) and _named(other, self.parties)

    def concerns(self, parties: Iterable[str]) -> bool:
        """Whether any of these is a party or a mediator of it."""
        return any(_named(party, self.parties + self.mediators) for party in parties)


def _named(party: str, among: tuple[str, ...]) -> bool:
    return party.casefold() in _folded(among)


@lru_cache(maxsize=512)
def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.casefold() for name in names)


def slug(name: str) -> str:
    """A short id from a name."""
    joined = "-".join(words_of(name)) or label(name)
    return joined if len(joined) <= 50 else f"{joined[:40]}-{label(name)[:8]}"


@lru_cache(maxsize=1)
def known_conflicts() -> tuple[Process, ...]:
    """The conflicts of the knowledge table, as processes."""
    rows = read_table(BUILT_IN / "conflicts.tsv", Conflict)
    return tuple(
        Process(slug(row.name), row.name, "known", row.parties, row.mediators,
                first_day(row.from_), last_day(row.until) or "")
        for row in rows
    )  # fmt: skip


def conflicts_edition() -> str:
    """A digest of the known conflicts: documents are assigned again when it changes."""
    return label(repr(known_conflicts()))


def first_day(partial: str) -> str:
    """The first day of a partial date; empty stays empty."""
    return partial + "-01-01"[len(partial) - 4 :] if partial else ""


# Who deals with whom


def dyads_of(entries: Iterable[Entry], record: Record) -> dict[tuple[str, str], int]:
    """Pairs of parties that negotiate or fight in a record, with weights; weight 1 where they are only named together."""
    weights: Counter[tuple[str, str]] = Counter()
    party_of = {actor.id: actor.party for actor in record.actors}
    holding: list[str] = []
    for entry in entries:
        match entry:
            case Talks():
                _add(weights, entry.participants, entry.participants, 1 if entry.status == "proposed" else 3)
            case Proposal():
                _add(weights, entry.by, entry.to or entry.by, 3)
            case Claim():
                _add(weights, entry.asserted_by, entry.denied_by, 2)
            case Event():
                sources, targets = _parties(entry.source, party_of), _parties(entry.target, party_of)
                _add(weights, sources, targets, 2 if entry.type in _DEALING else 1)
            case Position():
                holding.append(entry.party)
            case Actor() if entry.party:
                holding.append(entry.party)
    together = list(dict.fromkeys(holding))[:12]
    for pair in combinations(sorted(together), 2):
        weights.setdefault(pair, 1)
    return dict(sorted(weights.items()))


def mediations_of(entries: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """Who mediates between which two parties in a record: (mediator, one, other), in order."""
    found = {
        (mediator, *sorted(pair))
        for entry in entries if isinstance(entry, Talks)
        for mediator in entry.mediators
        for pair in combinations(entry.participants[:6], 2)
        if mediator not in pair and pair[0].casefold() != pair[1].casefold()
    }  # fmt: skip
    return sorted(found)  # type: ignore[arg-type]


def _parties(actors: Iterable[str], party_of: dict[str, str | None]) -> list[str]:
    return [party for actor in actors if (party := party_of.get(actor))]


def _add(weights: Counter[tuple[str, str]], some: Iterable[str], others: Iterable[str], weight: int) -> None:
    pairs = {(min(a, b), max(a, b)) for a in list(some)[:12] for b in list(others)[:12] if a.casefold() != b.casefold()}
    for pair in pairs:
        weights[pair] += weight


# Decisions


@dataclass(frozen=True)
class Decisions:
    """What people decided about processes, the log folded in its order: the last word on each stands."""

    defined: tuple[Process, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    into: dict[str, Process] = field(default_factory=dict)
    splits: tuple[tuple[str, Process], ...] = ()

    def final(self, process: Process) -> Process:
        """The process in which this one goes on after merging and renaming."""
        seen: set[str] = set()
        while (then := self.into.get(process.id)) and process.id not in seen:
            seen.add(process.id)
            process = then
        return replace(process, name=self.names.get(process.id, process.name))


_DECISIONS = select(t.process_decision).order_by(t.process_decision.c.number)


def decisions(connection: Connection) -> Decisions:
    """The decisions in force."""
    found = Decisions()
    for row in connection.execute(_DECISIONS):
        found = _folded_in(found, row.action, json.loads(row.what))
    return found


def _folded_in(so_far: Decisions, action: str, what: dict[str, Any]) -> Decisions:
    match action:
        case "define":
            process = _process(what, "defined")
            return replace(so_far, defined=(*(p for p in so_far.defined if p.id != process.id), process))
        case "rename":
            return replace(so_far, names={**so_far.names, what["id"]: what["name"]})
        case "merge":  # what is merged into goes on with the parties of all; that it was merged elsewhere before is past
            target = _process(what, what["kind"])
            gone = dict.fromkeys(what["processes"], target)
            return replace(so_far, into={**so_far.into, **gone, target.id: target})
        case "split":
            process = _process(what, "defined")
            return replace(so_far, splits=(*so_far.splits, (what["from"], process)))
        case _:
            raise LedgerError(f"the ledger holds a decision of a kind that this Parley does not know: {action}")


def _process(what: dict[str, Any], kind: Kind) -> Process:
    return Process(what["id"], what["name"], kind, tuple(what["parties"]), tuple(what.get("mediators", ())),
                   what.get("since", ""), what.get("until", ""))  # fmt: skip


def decide(connection: Connection, action: str, what: dict[str, Any], *, reason: str, by: str, at: str) -> None:
    """Add a decision to the log."""
    row = {"action": action, "what": json.dumps(what, ensure_ascii=False), "reason": reason, "by": by, "at": at}
    connection.execute(insert(t.process_decision).values(row))


# Assignment


class World(Protocol):
    """What other documents say of pairs of parties."""

    def deals(self, one: str, other: str) -> bool:
        """Whether they negotiate or fight in any document."""

    def mediators(self, one: str, other: str) -> tuple[str, ...]:
        """Who mediates between them in any document, in order."""

    def mediated(self, mediator: str, party: str) -> tuple[tuple[str, str], ...]:
        """The pairs with this party between which somebody mediates in any document, in order."""


def assign(pairs: dict[tuple[str, str], int], day: str, decided: Decisions, world: World) -> tuple[Process, ...]:
    """The processes that a document of this day belongs to, given who deals with whom in it; none if it belongs nowhere.

    A strong pair belongs to the known or defined process that holds it. Another one belongs to a process that concerns both
    (a mediator and a party), if the document names the parties of that process too or another one says who mediates; else
    it is a process of its own. A document without strong pairs goes where its parties deal with each other elsewhere.
    """
    standing = (*decided.defined, *known_conflicts())
    strong = {pair: weight for pair, weight in pairs.items() if weight >= STRONG}
    found = _matched(strong, day, standing)
    most = max(strong.values(), default=0)
    for pair, weight in strong.items():
        held = any(p.holds(*pair, day) or _both(p, pair) for p in found.values())
        if not held and weight >= 0.6 * most:
            found |= {p.id: p for p in _home(pair, pairs, day, standing, world)}
    if not found:
        found = _matched(pairs, day, standing)
    if not found:
        found = {p.id: p for pair in pairs if world.deals(*pair) for p in _home(pair, pairs, day, standing, world)}
    return tuple(sorted({_decided(p, pairs, day, decided) for p in found.values()}, key=lambda p: p.id))


def _both(process: Process, pair: tuple[str, str]) -> bool:
    return all(process.concerns([party]) for party in pair)


def _home(pair: tuple[str, str], pairs: Iterable[tuple[str, str]], day: str, standing: tuple[Process, ...],
          world: World) -> list[Process]:  # fmt: skip
    """The processes of a pair that no known process holds."""
    if named := [p for p in _matched(pairs, day, standing).values() if _both(p, pair)]:
        return named
    for mediator, party in (pair, pair[::-1]):
        if between := world.mediated(mediator, party):
            homes = [p for other in between for p in _matched([other], day, standing).values()]
            return homes or [_found(other, world) for other in between]
    return [_found(pair, world)]


def _found(pair: tuple[str, str], world: World) -> Process:
    name = f"{pair[0]} – {pair[1]}"
    return Process(slug(name), name, "found", pair, world.mediators(*pair))


def _matched(pairs: Iterable[tuple[str, str]], day: str, standing: tuple[Process, ...]) -> dict[str, Process]:
    return {p.id: p for p in standing for pair in pairs if p.holds(*pair, day)}


def _decided(process: Process, pairs: Iterable[tuple[str, str]], day: str, decided: Decisions) -> Process:
    """The process after splits, merges and renames."""
    process = decided.final(process)
    for origin, part in decided.splits:
        if process.id == origin and any(part.holds(*pair, day) for pair in pairs):
            process = decided.final(part)
    return process


def concerned(processes: tuple[Process, ...], parties: Iterable[str]) -> tuple[Process, ...]:
    """Those of a document's processes that an entry with these parties is about: all of them if it names nobody."""
    named = tuple(party for party in parties if party)
    if not named:
        return processes
    return tuple(p for p in processes if p.id == OUTSIDE or p.concerns(named))
