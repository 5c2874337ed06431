"""The processes whose past day is not told by today's tables alone, and the moments of all the others, asked for together.

A timeline of the whole ledger as of a day so costs a visit to the processes in which something differed then, and one
question for all that were as they are today: those that had ended, those that had not begun, those told of without delay.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, exists, or_, select, union

from parley.ledger import tables as t
from parley.ledger.days import ALWAYS, NEVER_ENDS, period_ends, spans_day
from parley.ledger.past_time import Data, moment_row, narrowed

_p, _b, _s, _m, _th, _mo, _st = (
    t.process.c, t.belongs.c, t.stance.c, t.mention.c, t.thread.c, t.moment.c, t.standing.c,
)  # fmt: skip
_DAY: Any = bindparam("as_of")


def _reported(*conditions: Any) -> Any:
    return exists().where(_b.process_id == _p.id, *conditions)


_SPANS = [
    exists().where(column == _p.id, *others, spans)
    for column, others, size, first, last in (
        (_s.process_id, (_s.until == ALWAYS,), _s.late, _s.said, _s.known),
        (_m.process_id, (_m.until == ALWAYS, _m.kind == "proposal"), _m.late, _m.anchor, _m.known),
        *((_th.process_id, (_th.kind == kind,), _th.told, _th.first, _th.last) for kind in ("talks", "claim", "proposal")),
    )
    for spans in spans_day(size, first, last, "as_of")
]
# What differs was told of both by the day and after it; only where that is so are the periods looked at.
_TOLD_OVER = select(_p.id).where(_reported(_b.day <= _DAY), _reported(_b.day > _DAY), or_(*_SPANS))
_REPLACED = union(*(
    select(table.c.process_id)
    .join_from(t.standing, table, table.c.document_id == _st.document_id)
    .where(_st.until < NEVER_ENDS, _st.until > _DAY, table.c.known <= _DAY)
    for table in (t.stance, t.mention)
))  # fmt: skip
_UP_TO = (
    select(t.moment)
    .where(_mo.known <= _DAY, _mo.day <= _DAY)
    .order_by(_mo.day.desc(), _mo.ref, _mo.place, _mo.process_id)
)  # fmt: skip
_AHEAD = (
    select(t.moment)
    .join_from(t.process, t.moment, _mo.process_id == _p.id)
    .where(_mo.known <= _DAY, _mo.day > _mo.known, _mo.day > _DAY)
)


def differing(connection: Connection, as_of: str) -> set[str]:
    """The processes in which something that counts today did not count on the day as it does, or the other way round."""
    told = connection.scalars(_TOLD_OVER, period_ends("as_of", as_of))
    return set(told) | set(connection.scalars(_REPLACED, {"as_of": as_of}))


def moments_elsewhere(connection: Connection, as_of: str, but: set[str], *, since: str, until: str, kinds: Sequence[str],
                      limit: int) -> list[Data]:  # fmt: skip
    """The latest `limit` moments up to the day of the processes that do not differ, and those that were then ahead."""
    past, ahead = (narrowed(query, since=since, until=until, kinds=kinds) for query in (_UP_TO, _AHEAD))
    found = [row for row in connection.execute(ahead, {"as_of": as_of}) if row.process_id not in but]
    many = limit
    while True:
        rows = connection.execute(past.limit(many), {"as_of": as_of}).all()
        taken = [row for row in rows if row.process_id not in but]
        if len(taken) >= limit or len(rows) < many:
            return [moment_row(row) for row in [*found, *taken[:limit]]]
        many *= 2
