"""What had happened up to a past day, as far as it was known then: today's moments, put right where they differ."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, union_all

from parley.ledger import stances
from parley.ledger import tables as t
from parley.ledger.days import NEVER_ENDS, period_ends, spans_day
from parley.ledger.mentions import Moment
from parley.ledger.past_cells import PastCells
from parley.ledger.past_threads import PastThreads, backwards

_mo, _s = t.moment.c, t.stance.c
_KNOWN = (_mo.process_id == bindparam("process"), _mo.known <= bindparam("as_of"))
_UP_TO = select(t.moment).where(*_KNOWN, _mo.day <= bindparam("as_of")).order_by(_mo.day.desc(), _mo.ref, _mo.place)
_AHEAD = select(t.moment).where(*_KNOWN, _mo.day > _mo.known, _mo.day > bindparam("as_of"))
_SINCE = select(t.moment).where(*_KNOWN, _mo.known > bindparam("since")).order_by(_mo.known.desc(), _mo.ref, _mo.place)
_TOLD_LATE = union_all(*(
    select(_s.process_id, _s.party, _s.issue, _s.said)
    .where(_s.process_id == bindparam("process"), _s.teller == "", _s.known <= bindparam("as_of"), spans)
    for spans in spans_day(_s.late, _s.said, _s.known, "since")
))  # fmt: skip
_TOLD_THEN = (
    select(_s.process_id, _s.party, _s.issue, _s.said)
    .join_from(t.standing, t.stance, _s.document_id == t.standing.c.document_id)
    .where(t.standing.c.until < NEVER_ENDS, t.standing.c.until > bindparam("as_of"),
           _s.known <= bindparam("as_of"), _s.known > bindparam("since"), _s.said <= bindparam("since"), _s.teller == "")
    .distinct()
)  # fmt: skip
KINDS = {"talks": ("talks",), "proposal": ("proposal",), "claim": ("claim", "denial", "confirmation")}
"""Which kinds of moments come of which things; the others are changes of stance."""
Data = dict[str, Any]


def moment_row(row: Any) -> Data:
    """A moment from its row."""
    return {"process": row.process_id, "ref": row.ref, "step": row.place, "day": row.day, "known": row.known,
            "kind": row.kind, "party": row.party, "issue": row.issue, **json.loads(row.data)}  # fmt: skip


def _moment_data(process: str, ref: str, step: int, of: Moment) -> Data:
    data = json.loads(json.dumps(of.data))  # the same types as from the tables
    return {"process": process, "ref": ref, "step": step, "day": of.day, "known": of.known, "kind": of.kind,
            "party": of.party, "issue": of.issue, **data}  # fmt: skip


class PastTime:
    """The moments of a process as of a day."""

    def __init__(self, connection: Connection, process: str, as_of: str, cells: PastCells, threads: PastThreads) -> None:
        self.connection, self.process, self.as_of = connection, process, as_of
        self.cells, self.threads = cells, threads

    def timeline(self, *, since: str, until: str, kinds: Sequence[str], limit: int) -> list[Data]:
        """Moments of these kinds (of all where none is named) on these days, the latest first."""

        def asked(moment: Data) -> bool:
            return (
                (not kinds or moment["kind"] in kinds) and moment["day"] >= since and (not until or moment["day"] <= until)
            )

        with_turns = not kinds or bool(set(stances.CHANGES) & set(kinds))
        aside = self._aside(kinds)
        query = narrowed(_UP_TO, since=since, until=until, kinds=kinds)
        kept, turns = self._kept(query, limit, with_turns=with_turns, aside=aside, since=since)
        replaced = aside | turns.keys()
        found = [m for m in self._rows(_AHEAD) if m["ref"] not in replaced]
        found = [m for m in [*found, *self._anew(kinds), *self._moments(turns)] if asked(m)]
        return sorted([*kept, *found], key=lambda m: (backwards(m["day"]), m["ref"], m["step"]))[:limit]

    def _kept(self, query: Select[Any], limit: int, *, with_turns: bool, aside: set[str], since: str
              ) -> tuple[list[Data], dict[str, Moment | None]]:  # fmt: skip
        """Today's moments that count, `limit` or all there are, and the changes of stance that may stand among them."""
        many = limit
        while True:
            taken = self._taken(query, aside, many)
            every = len(taken) < many
            turns = self._turns(self._days_from(since if every else taken[-1]["day"])) if with_turns else {}
            kept = [m for m in taken if m["ref"] not in turns]
            if every or len(kept) >= limit:
                return kept, turns
            many *= 2

    def changes(self, since: str, limit: int | None) -> list[Data]:
        """What became known after a day, what became known last first."""
        turns = self._turns(self._days_told_since(since))
        aside = self._aside(()) | turns.keys()
        taken = self._taken(_SINCE, aside, limit, since=since)
        anew = [m for m in self._anew(()) + self._moments(turns) if m["known"] > since]
        return sorted([*taken, *anew], key=lambda m: (backwards(m["known"]), m["ref"], m["step"]))[:limit]

    def _rows(self, query: Select[Any], **values: Any) -> list[Data]:
        rows = self.connection.execute(query, {"process": self.process, "as_of": self.as_of, **values})
        return [moment_row(row) for row in rows]

    def _taken(self, query: Select[Any], aside: set[str], limit: int | None, **values: Any) -> list[Data]:
        """The first so many moments of a query, without those of the names put aside."""
        asked = limit
        while True:
            rows = self._rows(query if asked is None else query.limit(asked), **values)
            found = [moment for moment in rows if moment["ref"] not in aside]
            if asked is None or limit is None or len(found) >= limit or len(rows) < asked:
                return found[:limit]
            asked *= 2

    def _things(self, kinds: Sequence[str]) -> list[str]:
        return [thing for thing, of in KINDS.items() if not kinds or set(of) & set(kinds)]

    def _aside(self, kinds: Sequence[str]) -> set[str]:
        """Names of things of which today's moments do not count."""
        return {id_ for thing in self._things(kinds) for id_ in self.threads.differing(thing).ids}

    def _anew(self, kinds: Sequence[str]) -> list[Data]:
        """The moments of the things that were put together anew."""
        return [_moment_data(self.process, item.id, step, moment) for thing in self._things(kinds)
                for item in self.threads.differing(thing).items for step, moment in enumerate(item.moments)]  # fmt: skip

    def _moments(self, turns: dict[str, Moment | None]) -> list[Data]:
        return [_moment_data(self.process, ref, 0, turn) for ref, turn in turns.items() if turn]

    def _turns(self, days: dict[tuple[str, str], set[str]]) -> dict[str, Moment | None]:
        return self.cells.turns({cell: of for cell, of in days.items() if of})

    def _days_from(self, first: str) -> dict[tuple[str, str], set[str]]:
        """Days from the first on on which a cell differs, and the last one before it: the day after that may differ."""
        return {cell: _last_and_later(differing.days, first) for cell, differing in self.cells.differing().items()}

    def _days_told_since(self, since: str) -> dict[tuple[str, str], set[str]]:
        """Days of cells that differ of which something was told after a day: later ones, and earlier ones told of late."""
        days = self._days_from(since)
        values = {"process": self.process, "as_of": self.as_of, **period_ends("since", since)}
        for query in (_TOLD_LATE, _TOLD_THEN):
            for row in self.connection.execute(query, values):
                if row.process_id == self.process and (of := days.get((row.party, row.issue))):
                    of.add(row.said)
        return days


def _last_and_later(days: Iterable[str], first: str) -> set[str]:
    ordered = sorted(days)
    return set(ordered[max(0, bisect_right(ordered, first) - 1) :])


def narrowed(query: Select[Any], *, since: str, until: str, kinds: Sequence[str]) -> Select[Any]:
    """A query for moments, of these kinds (of all where none is named) and on these days alone."""
    query = query.where(_mo.kind.in_(list(kinds))) if kinds else query
    query = query.where(_mo.day >= since) if since else query
    return query.where(_mo.day <= until) if until else query
