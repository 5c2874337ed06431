"""The state of the ledger, today's or as of a day: what the commands, the desk and the exports show.

Today's state is read from tables that are kept up to date. The state as of a day begins with them, and only what differed
then is derived anew, by the same functions (``past_cells.py``, ``past_threads.py``, ``past_time.py``). Answers are plain
data, ready for JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from parley.ledger import stances
from parley.ledger import tables as t
from parley.ledger.cells import Cell, page_of_words, words_in
from parley.ledger.days import LAST_DAY, UNDATED
from parley.ledger.mentions import Item
from parley.ledger.past_cells import PastCells
from parley.ledger.past_processes import differing, moments_elsewhere
from parley.ledger.past_threads import PastThreads, backwards
from parley.ledger.past_time import PastTime, moment_row, narrowed
from parley.ledger.people import People
from parley.ledger.process import OUTSIDE
from parley.ledger.writing import found_process

ISSUES = (
    "ceasefire", "talks", "prisoners", "missing", "displaced", "humanitarian", "territory", "recognition", "withdrawal",
    "guarantees", "alignment", "monitoring", "arms", "nuclear", "sanctions", "reparations", "justice", "governance",
    "rights",
    "economy", "relations", "implementation", "other",
)  # fmt: skip
"""The order in which issues are shown: that of the codebook."""


class View(People):
    """One unchanging state of the ledger. `as_of` is a day, or None for all that is known."""

    def __init__(self, connection: Connection, as_of: str | None = None) -> None:
        super().__init__(connection, min(as_of, LAST_DAY) if as_of else None)
        self._then: dict[str, PastTime] = {}

    # Processes

    def processes(self, limit: int = 50) -> list[dict[str, Any]]:
        """The processes with the most documents, those that belong to none last."""
        p = t.process.c
        query = select(t.process).order_by((p.id == OUTSIDE), p.documents.desc(), p.id).limit(limit)
        return [self._process(row) for row in self.connection.execute(query)]

    def _process(self, row: Any) -> dict[str, Any]:
        return {"id": row.id, "name": row.name, "kind": row.kind, "parties": json.loads(row.parties),
                "mediators": json.loads(row.mediators), "since": row.since, "until": row.until,
                "documents": self._count(row), "first_report": self._edge(row.id, func.min),
                "last_report": self._edge(row.id, func.max)}  # fmt: skip

    def _count(self, process: Any) -> int:
        if self.as_of is None:
            return int(process.documents)
        b = t.belongs.c
        query = select(func.count()).where(b.process_id == process.id, b.day <= self.as_of)
        return self.connection.scalar(query) or 0

    def _edge(self, process: str, edge: Any) -> str | None:
        b = t.belongs.c
        query = select(edge(b.day)).where(b.process_id == process, b.day < UNDATED)
        return self.connection.scalar(query.where(b.day <= self.as_of) if self.as_of else query)

    def process(self, name: str | None = None) -> dict[str, Any] | None:
        """The process of this name; without a name the only one, or None where there are several. Raises ``LedgerError``."""
        if name is not None:
            return self._process(found_process(self.connection, name))
        query = select(t.process).where(t.process.c.id != OUTSIDE, t.process.c.documents > 0).limit(2)
        rows = self.connection.execute(query).all()
        if not rows:
            rows = self.connection.execute(select(t.process).limit(1)).all()
        return self._process(rows[0]) if len(rows) == 1 else None

    def today(self) -> str:
        """The day that the state is of: the one asked for, else that of the last dated report in the ledger."""
        d = t.document.c
        newest = select(d.known).order_by(d.number.desc()).limit(1)  # the undated have the lowest numbers
        found = self.as_of or self.connection.scalar(newest) or ""
        return "" if found == UNDATED else found

    # Positions

    def matrix(self, process: str) -> dict[str, dict[str, dict[str, Any]]]:
        """For each party, for each issue, where it stands; see `stances.summary`, with `silent` days added."""
        cells: dict[str, dict[str, dict[str, Any]]] = {}
        today = self.today()
        found = self._past(process).cells.all() if self.as_of else self._cells(process)
        for party, issue, summary in found:
            summary["silent"] = stances.silent_days(summary["last_said"], today)
            cells.setdefault(party, {})[issue] = summary
        rank = {party.casefold(): i for i, party in enumerate(self._parties(process))}
        order = sorted(cells, key=lambda party: (rank.get(party.casefold(), len(rank)), -len(cells[party]), party))
        return {party: {issue: cells[party][issue] for issue in ISSUES if issue in cells[party]} for party in order}

    def _parties(self, process: str) -> list[str]:
        row = self.connection.execute(select(t.process).where(t.process.c.id == process)).first()
        return [*json.loads(row.parties), *json.loads(row.mediators)] if row else []

    def _cells(self, process: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
        query = select(t.cell).where(t.cell.c.process_id == process)
        return [(row.party, row.issue, json.loads(row.summary)) for row in self.connection.execute(query)]

    def words(self, cell: Cell) -> list[stances.Word]:
        """All words of and about a party on an issue, the latest first."""
        return words_in(self.connection, cell, self.as_of)

    def positions(self, party: str, process: str | None = None, issue: str | None = None, *, course: bool = True
                  ) -> list[dict[str, Any]]:  # fmt: skip
        """A party's positions over time: for each process and issue the stances held in turn, with their quotations.

        Without `course` only where it stands now.
        """
        s = t.stance.c
        named = self.connection.scalars(select(s.party).where(s.party == party).limit(1)).first()
        if named is None:
            named = self.connection.scalars(select(s.party).where(func.lower(s.party) == party.casefold()).limit(1)).first()
        query = select(s.process_id, s.issue).where(s.party == named).distinct()
        if process:
            query = query.where(s.process_id == process)
        if issue:
            query = query.where(s.issue == issue)
        of = self._course if course else self._present
        found = [of((row.process_id, named, row.issue)) for row in self.connection.execute(query) if named]
        return sorted((c for c in found if c), key=lambda c: (c["process"], ISSUES.index(c["issue"])))

    def course(self, cell: Cell, *, before: str = "", many: int = 60) -> dict[str, Any] | None:
        """Where a party stands on an issue (`now`) and the stances that it held in turn, in `many` words or fewer.

        The latest words come last; `earlier` is the day before which there are more, to be given as `before`. None if
        nothing is known.
        """
        now = self._cell(cell)
        if now is None:
            return None
        words = page_of_words(self.connection, cell, many + 1, before=before, as_of=self.as_of)
        whole = len(words) <= many
        if not whole and words[0].said != words[-1].said:  # the words of the earliest day may not be all here
            words = [w for w in words if w.said != words[-1].said]
        held, turned = stances.runs(words), None
        if not whole and len(held) > 1:
            turned, held = held[0][0], held[1:]
        told = [] if before else page_of_words(self.connection, cell, 40, as_of=self.as_of, own=False)
        course = _held_in_turn(held, turned)
        if course and not before and now["last_said"] == course[-1]["until"]:
            course[-1] |= {"since": now["since"], "change": now["change"]}
        return {"now": now, "course": course, "earlier": "" if whole else held[0][1][0].said, "told": told}

    def _cell(self, cell: Cell) -> dict[str, Any] | None:
        process, party, issue = cell
        if self.as_of is not None:
            found = self._past(process).cells.one(cell)
        else:
            c = t.cell.c
            query = select(c.summary).where(c.process_id == process, c.party == party, c.issue == issue)
            stored = self.connection.scalar(query)
            found = json.loads(stored) if stored else None
        return found and {**found, "silent": stances.silent_days(found["last_said"], self.today())}

    def _present(self, cell: Cell) -> dict[str, Any] | None:
        now = self._cell(cell)
        return now and {"process": cell[0], "party": cell[1], "issue": cell[2], "now": now}

    def _course(self, cell: Cell) -> dict[str, Any] | None:
        words = self.words(cell)
        summary = stances.summary_of(words)
        if summary is None:
            return None
        summary["silent"] = stances.silent_days(summary["last_said"], self.today())
        course = _held_in_turn(stances.runs(words))
        return {"process": cell[0], "party": cell[1], "issue": cell[2], "now": summary, "course": course}

    def gap(self, process: str, one: str, other: str) -> dict[str, list[dict[str, Any]]]:
        """The map of the gap between two parties: issues agreed, contested, one-sided and unaddressed."""
        matrix = self.matrix(process)
        sides = [
            next((cells for party, cells in matrix.items() if party.casefold() == name.casefold()), {})
            for name in (one, other)
        ]
        found: dict[str, list[dict[str, Any]]] = {"agreed": [], "contested": [], "one-sided": [], "unaddressed": []}
        for issue in ISSUES[:-1]:
            pair = [side.get(issue) for side in sides]
            pair = [cell if cell and cell["stance"] != "unknown" else None for cell in pair]
            found[gap_of(pair)].append({"issue": issue, one: pair[0], other: pair[1]})
        return found

    # Talks, proposals, claims

    def items(self, process: str, kind: str, limit: int = 100) -> list[Item]:
        """Talks ("talks"), proposals ("proposal") or claims ("claim") of a process, the latest first."""
        if self.as_of is None:
            th = t.thread.c
            query = (
                select(t.thread).where(th.process_id == process, th.kind == kind).order_by(th.day.desc(), th.id).limit(limit)
            )
            return [Item(r.id, kind, r.day, json.loads(r.summary)) for r in self.connection.execute(query)]
        return self._past(process).threads.latest(kind, limit)

    def talks(self, process: str, limit: int = 100) -> list[dict[str, Any]]:
        """Merged talks, the latest first: what is agreed of them, what is disputed, and what each account says."""
        return [{"id": item.id, "day": item.day, **item.summary} for item in self.items(process, "talks", limit)]

    def proposals(self, process: str, limit: int = 100) -> list[dict[str, Any]]:
        """Proposals with their terms, each term with its own life; the latest first."""
        packages: dict[str, dict[str, Any]] = {}
        for item in self.items(process, "proposal", limit):
            term = {"id": item.id, "day": item.day, **item.summary}
            package = packages.setdefault(term["package"], {"id": term["package"], "day": item.day, "by": term["by"],
                                                            "to": term["to"], "terms": []})  # fmt: skip
            package["terms"].append(term)
        for package in packages.values():
            package["terms"].sort(key=lambda term: ISSUES.index(term["issue"]))
        return list(packages.values())

    def claims(self, process: str, limit: int = 100) -> list[dict[str, Any]]:
        """Claims with who asserts, denies and confirms them; the latest first."""
        return [{"id": item.id, "day": item.day, **item.summary} for item in self.items(process, "claim", limit)]

    # Time

    def timeline(self, process: str | None = None, *, since: str | None = None, until: str | None = None, limit: int = 100,
                 kinds: Sequence[str] = ()) -> list[dict[str, Any]]:  # fmt: skip
        """Dated changes, the latest first: talks, steps of proposals, first words, shifts and reversals of stance,
        claims."""
        if self.as_of is not None:
            return self._past_timeline(process, since or "", until or "", kinds, limit)
        order = t.moment.c.day.desc(), t.moment.c.ref, t.moment.c.place, t.moment.c.process_id
        query = self._moments(process).order_by(*order).limit(limit)
        asked = narrowed(query, since=since or "", until=until or "", kinds=kinds)
        return [moment_row(row) for row in self.connection.execute(asked)]

    def _past_timeline(self, process: str | None, since: str, until: str, kinds: Sequence[str], limit: int
                       ) -> list[dict[str, Any]]:  # fmt: skip
        assert self.as_of is not None
        differ = {process} if process else differing(self.connection, self.as_of)
        asked: dict[str, Any] = {"until": until, "kinds": kinds, "limit": limit}
        found = [m for id_ in sorted(differ) for m in self._past(id_).timeline(since=since, **asked)]
        found.sort(key=_latest_first)
        if process is None:  # what comes before the last of these is not among the latest
            since = max(since, found[limit - 1]["day"]) if len(found) >= limit else since
            found += moments_elsewhere(self.connection, self.as_of, differ, since=since, **asked)
        return sorted(found, key=_latest_first)[:limit]

    def changes(self, process: str, since: str, limit: int | None = None) -> list[dict[str, Any]]:
        """What became known after a day, in the order of its days; with a `limit` the last that became known."""
        if self.as_of is not None:
            found = self._past(process).changes(since, limit)
        else:
            query = self._moments(process).where(t.moment.c.known > since, t.moment.c.known < UNDATED)
            query = query.order_by(t.moment.c.known.desc(), t.moment.c.ref, t.moment.c.place).limit(limit)
            found = [moment_row(row) for row in self.connection.execute(query)]
        return sorted(found, key=lambda m: (m["day"], m["known"], m["ref"], m["step"]))

    def _moments(self, process: str | None) -> Select[Any]:
        return select(t.moment).where(t.moment.c.process_id == process) if process else select(t.moment)

    def _past(self, process: str) -> PastTime:
        """A process as of the day of this view, looked up once: its state does not change."""
        if process not in self._then:
            assert self.as_of is not None
            of = self.connection, process, self.as_of
            self._then[process] = PastTime(*of, PastCells(*of), PastThreads(*of, ISSUES))
        return self._then[process]


def _latest_first(moment: dict[str, Any]) -> tuple[Any, ...]:
    return backwards(moment["day"]), moment["ref"], moment["step"], moment["process"]


def _held_in_turn(held: Sequence[tuple[str, list[stances.Word]]], before: str | None = None) -> list[dict[str, Any]]:
    """Stances held in turn, each with its words; `before` is the one before the first of them."""
    turns = [before, *(stance for stance, _ in held)]
    return [
        {"stance": stance, "since": run[0].said, "until": run[-1].said,
         "change": stances.change(last, stance) if (last := turns[i]) else None,
         **stances.moment_data([w for w in run if w.said == run[0].said], before=None, after=stance),
         "accounts": len(stances.independent([w for w in run if w.stance == stance])),
         "quotes": [{"entry": w.entry, "document": w.document, "day": w.said, "quote": w.quote, "stance": w.stance}
                    for w in run]}
        for i, (stance, run) in enumerate(held)
    ]  # fmt: skip


def gap_of(pair: list[dict[str, Any] | None]) -> str:
    """How two parties stand to each other on an issue: agreed, contested, one-sided or unaddressed."""
    one, other = pair
    if one is None and other is None:
        return "unaddressed"
    if one is None or other is None:
        return "one-sided"
    return "agreed" if one["stance"] == other["stance"] != "conditional" else "contested"
