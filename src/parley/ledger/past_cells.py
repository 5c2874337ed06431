"""Where parties stood on a past day, as far as it was known then: today's cells, put right where they differ.

A word differs if it counts today but was not known then, or if it counted then and was replaced since. The stance of any
other day is today's, so that a stance held for years is told from the changes that are stored and from the few days that
differ, however many words there are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, select, union_all

from parley.ledger import stances
from parley.ledger import tables as t
from parley.ledger.cells import CHANGES, Cell, around, key_of, run_words, turns_on, words_where
from parley.ledger.days import ALWAYS, NEVER_ENDS, period_ends, spans_day
from parley.ledger.mentions import Moment

_s, _c = t.stance.c, t.cell.c
_PROCESS = _s.process_id == bindparam("process")
_DAY: Any = bindparam("as_of")
_SEEN = and_(_s.said <= _DAY, _s.known <= _DAY, _s.until > _DAY)
_CELL = and_(_PROCESS, _s.party == bindparam("party"), _s.issue == bindparam("issue"))
_OWN = and_(_CELL, _s.teller == "", _SEEN)

_PLACES = (_s.process_id, _s.party, _s.issue, _s.said, _s.teller)
_NOT_YET = union_all(*(
    select(*_PLACES).where(_PROCESS, _s.until == ALWAYS, spans)
    for spans in spans_day(_s.late, _s.said, _s.known, "as_of")
))  # fmt: skip
_NO_MORE = (
    select(*_PLACES)
    .join_from(t.standing, t.stance, _s.document_id == t.standing.c.document_id)
    .where(t.standing.c.until < NEVER_ENDS, t.standing.c.until > _DAY, _s.known <= _DAY)
    .distinct()
)


def _latest(*conditions: Any) -> Any:
    return (
        select(_s.said)
        .where(_PROCESS, _s.party == _c.party, _s.issue == _c.issue, _SEEN, *conditions)
        .order_by(_s.said.desc()).limit(1).correlate(t.cell).scalar_subquery()
    )  # fmt: skip


_CELLS = select(
    _c.party, _c.issue, _c.summary, _latest(_s.teller == "").label("heard"), _latest(_s.teller != "").label("told")
).where(_c.process_id == bindparam("process"))
_HEARD = select(func.max(_s.said)).where(_OWN)
_ON_DAY = words_where(_OWN, _s.said.between(bindparam("day"), bindparam("day")))
_FIRST_BETWEEN = select(func.min(_s.said)).where(_OWN, _s.said > bindparam("after"), _s.said < bindparam("before"))
_LATEST = words_where(_OWN, _s.said >= bindparam("first")).limit(stances.COUNTED)
_TOLD = words_where(_CELL, _s.teller != "", _SEEN).limit(stances.COUNTED)
_FIRST_TODAY = words_where(_CELL, _s.teller == "", _s.said <= "", _s.until == ALWAYS)
_AROUND = around(lambda of: and_(of.known <= _DAY, of.until > _DAY))
_TURNS = CHANGES.where(t.moment.c.day <= bindparam("until")).limit(bindparam("page")).offset(bindparam("skip"))


@dataclass
class Differing:
    """The days of a party's own words on which a cell differs from today's, and whether what others say of it does."""

    days: set[str] = field(default_factory=set)
    told: bool = False


class PastCells:
    """The cells of a process as of a day."""

    def __init__(self, connection: Connection, process: str, as_of: str) -> None:
        self.connection, self.process, self.as_of = connection, process, as_of
        self._differing: dict[tuple[str, str], Differing] | None = None

    def differing(self) -> dict[tuple[str, str], Differing]:
        """The cells in which today's words are not those of the day, by party and issue."""
        if self._differing is None:
            self._differing = {}
            values = {"process": self.process, **period_ends("as_of", self.as_of)}
            for query in (_NOT_YET, _NO_MORE):
                for row in self.connection.execute(query, values):
                    if row.process_id != self.process:
                        continue
                    cell = self._differing.setdefault((row.party, row.issue), Differing())
                    if row.teller:
                        cell.told = True
                    else:
                        cell.days.add(row.said)
        return self._differing

    def all(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Every cell of which something was known on the day, with its summary."""
        values = {"process": self.process, "as_of": self.as_of}
        left = dict(self.differing())
        for row in self.connection.execute(_CELLS, values).all():
            differs = left.pop((row.party, row.issue), None)
            if differs is None and row.heard is None and row.told is None:
                continue
            summary = json.loads(row.summary)
            if differs is not None or _later(summary, self.as_of):
                summary = self.one((self.process, row.party, row.issue), has_told=row.told is not None)
            if summary is not None:
                yield row.party, row.issue, summary
        for party, issue in sorted(left):  # cells of which nothing is left today
            if summary := self.one((self.process, party, issue)):
                yield party, issue, summary

    def one(self, cell: Cell, *, has_told: bool = True) -> dict[str, Any] | None:
        """Where a party stood on an issue; None if nothing was known of it."""
        heard = self.connection.scalar(_HEARD, key_of(cell) | {"as_of": self.as_of})
        told = self._words(_TOLD, cell) if has_told else []
        if heard is None:
            return stances.told_only(told) if told else None
        stance, since, before = self._held(cell, heard, self.differing().get(cell[1:], Differing()).days)
        own = self._words(_LATEST, cell, first=stances.reach(since, heard))
        return stances.summary(own, stance=stance, since=since, before=before, heard=heard, told=told)

    def _words(self, query: Any, cell: Cell, **values: str) -> list[stances.Word]:
        return run_words(self.connection, query, cell, as_of=self.as_of, **values)

    def _held(self, cell: Cell, heard: str, differs: set[str]) -> tuple[str, str, str | None]:
        """The stance of the last day of words, since when it was held, and the one before it."""
        stance, since, upper = stances.stance_of_day(self._words(_ON_DAY, cell, day=heard)), heard, heard
        for day, after in self._days_back(cell, heard, differs):
            if day not in differs:  # a change of today's, which holds for that day and for all up to the one looked at last
                if after != stance:
                    return stance, since, after
                since = upper = day
                continue
            between = self.connection.scalar(_FIRST_BETWEEN, key_of(cell) | {"as_of": self.as_of, "after": day,
                                                                            "before": upper})  # fmt: skip
            if between is not None:  # days that do not differ: their stance is today's
                if after != stance:
                    return stance, since, after
                since = between
            if words := self._words(_ON_DAY, cell, day=day):
                if (then := stances.stance_of_day(words)) != stance:
                    return stance, since, then
                since = day
            upper = day
        return stance, since, None

    def _days_back(self, cell: Cell, heard: str, differs: set[str]) -> Iterator[tuple[str, str | None]]:
        """Days before the last one, the latest first, on which the stance changes today or on which it differs.

        With each the stance that today holds on it and after it. What was said on no known day comes before all.
        """
        of_nowhen = self._words(_FIRST_TODAY, cell)
        first = stances.stance_of_day(of_nowhen) if of_nowhen else None
        left = sorted((day for day in differs if day < heard), reverse=True)
        for day, after in self._turns(cell, heard):
            while left and left[0] > day:
                yield left.pop(0), after
            if left and left[0] == day:
                left.pop(0)
            if day < heard:
                yield day, after
        for day in left:
            yield day, first
        if first is not None and heard and "" not in differs:
            yield "", first

    def _turns(self, cell: Cell, until: str, page: int = 12) -> Iterator[tuple[str, str]]:
        """Today's changes of stance up to a day, the latest first: the day and the stance from it on."""
        skip = 0
        while True:
            rows = self.connection.execute(_TURNS, key_of(cell) | {"until": until, "page": page, "skip": skip}).all()
            for row in rows:
                yield row.day, json.loads(row.data)["stance"]
            if len(rows) < page:
                return
            skip += page
            page *= 4

    def turns(self, days: dict[tuple[str, str], Iterable[str]]) -> dict[str, Moment | None]:
        """The changes of stance on these days and on the days of words after them, by name; None where there was none."""
        found: dict[str, Moment | None] = {}
        for (party, issue), of in sorted(days.items()):
            found |= turns_on(self.connection, (self.process, party, issue), of, _AROUND, as_of=self.as_of)
        return found


def _later(summary: dict[str, Any], day: str) -> bool:
    """Whether a cell of today's holds words of later days."""
    return bool(summary["last_said"] > day or any(told["day"] > day for told in summary["told_by"]))
