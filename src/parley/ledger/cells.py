"""Cells kept up to date: where a party stands on an issue in a process, and on which days its stance changed.

A change of stance on a day depends on that day's words and on the day of words before it, so that a new word settles its
own day and the next one alone; the statements are made once, because building them costs more than running them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, delete, func, insert, literal_column, select

from parley.ledger import stances
from parley.ledger import tables as t
from parley.ledger.days import ALWAYS, UNSAID
from parley.ledger.likeness import label
from parley.ledger.mentions import FORGET_MOMENTS, WRITE_MOMENTS, Moment

Cell = tuple[str, str, str]
"""A process, a party and an issue."""

_s, _m = t.stance.c, t.moment.c
_CELL = and_(_s.process_id == bindparam("process"), _s.party == bindparam("party"), _s.issue == bindparam("issue"))
_COUNTS = _s.until == ALWAYS
_COUNTED = and_(_s.known <= bindparam("as_of"), _s.until > bindparam("as_of"))
_BY_OTHERS = _s.teller != literal_column("''")  # as the index of these rows has it
_OWN = and_(_CELL, _s.teller == "", _COUNTS)
_TOLD = and_(_CELL, _BY_OTHERS, _COUNTS)


def words_where(*conditions: Any) -> Select[Any]:
    """A query for words, the latest first."""
    return (
        select(_s.entry_id, _s.document_id, _s.stance, _s.said, _s.known, _s.teller, t.standing.c.account,
               func.coalesce(t.passage.c.copies, ""), _s.quote, _s.data)
        .join(t.standing, t.standing.c.document_id == _s.document_id)
        .join(t.passage, t.passage.c.id == _s.passage, isouter=True)
        .where(*conditions)
        .order_by(_s.said.desc(), _s.entry_id.desc())
    )  # fmt: skip


_STANDING = words_where(_CELL, _COUNTS)
_AS_OF = words_where(_CELL, _COUNTED)
_OWN_LATEST = words_where(_OWN, _s.said >= bindparam("first")).limit(stances.COUNTED)
_TOLD_LATEST = words_where(_TOLD).limit(stances.COUNTED)
_HEARD = select(func.max(_s.said)).where(_OWN)
_n = t.stance.alias().c
_NEAR = and_(_n.process_id == bindparam("process"), _n.party == bindparam("party"), _n.issue == bindparam("issue"),
             _n.teller == "")  # fmt: skip


def around(counts: Callable[[Any], Any]) -> Select[Any]:
    """A party's own words of a day, of the day of words before it and of the one after it, of those that count."""
    day: Any = bindparam("day")
    near = and_(_NEAR, counts(_n))
    before = select(func.max(_n.said)).where(near, _n.said < day).scalar_subquery()
    after = select(func.min(_n.said)).where(near, _n.said > day).scalar_subquery()
    return words_where(_CELL, _s.teller == "", counts(_s), _s.said >= func.coalesce(before, day),
                       _s.said <= func.coalesce(after, day))  # fmt: skip


_AROUND = around(lambda of: of.until == ALWAYS)
CHANGES = (
    select(_m.day, _m.data)
    .where(_m.process_id == bindparam("process"), _m.party == bindparam("party"), _m.issue == bindparam("issue"),
           _m.kind.in_(stances.CHANGES))
    .order_by(_m.day.desc())
)  # fmt: skip
"""The changes of stance of a cell, the latest first."""
_LAST_CHANGE = CHANGES.limit(1)
_WRITE_CELL = insert(t.cell)
_FORGET_CELL = delete(t.cell).where(t.cell.c.process_id == bindparam("process"), t.cell.c.party == bindparam("of_party"),
                                    t.cell.c.issue == bindparam("of_issue"))  # fmt: skip

_PAGES = {
    (own, past): words_where(_CELL, _s.teller == "" if own else _BY_OTHERS, _COUNTED if past else _COUNTS,
                             _s.said < bindparam("before")).limit(bindparam("many"))
    for own in (True, False) for past in (True, False)
}  # fmt: skip


def page_of_words(connection: Connection, cell: Cell, many: int, *, before: str = "", as_of: str | None = None,
                  own: bool = True) -> list[stances.Word]:  # fmt: skip
    """So many words of a party on an issue (or `own=False`: of others about it), the latest first, said before a day."""
    values = {"before": before or UNSAID, "many": many, **({"as_of": as_of} if as_of else {})}
    return run_words(connection, _PAGES[own, bool(as_of)], cell, **values)


def words_in(connection: Connection, cell: Cell, as_of: str | None = None) -> list[stances.Word]:
    """All words of and about a party on an issue in a process, today or as of a day, the latest first."""
    return run_words(connection, _AS_OF, cell, as_of=as_of) if as_of else run_words(connection, _STANDING, cell)


def key_of(cell: Cell) -> dict[str, str]:
    """The parameters of a query that name a cell."""
    return {"process": cell[0], "party": cell[1], "issue": cell[2]}


def run_words(connection: Connection, query: Select[Any], cell: Cell, **values: Any) -> list[stances.Word]:
    """What a query for words of a cell finds."""
    rows: Any = connection.execute(query, key_of(cell) | values)
    return [stances.Word(*(*row[:9], json.loads(row[9]))) for row in rows]


def cell_ref(cell: Cell) -> str:
    """The name of a cell in moments."""
    return f"cell-{label('|'.join(cell))}"


def settle_cells(connection: Connection, cells: dict[Cell, set[str]]) -> None:
    """Bring cells up to date in which words of these days came, went or changed."""
    for cell, days in sorted(cells.items()):
        _settle_days(connection, cell, days)
        _settle_summary(connection, cell)


def _settle_days(connection: Connection, cell: Cell, days: set[str]) -> None:
    """Write or take away the changes of stance on these days and on the days of words that follow them."""
    turns = turns_on(connection, cell, days, _AROUND)
    connection.execute(FORGET_MOMENTS, [{"process": cell[0], "of": ref} for ref in turns])
    if moments := [turn.row(cell[0], ref) for ref, turn in turns.items() if turn]:
        connection.execute(WRITE_MOMENTS, moments)


def turns_on(connection: Connection, cell: Cell, days: Iterable[str], query: Select[Any], **values: str
             ) -> dict[str, Moment | None]:  # fmt: skip
    """The changes of stance on these days and on the days of words that follow them, by name; None where there is none.

    `query` gives the words `around` a day that count.
    """
    words: dict[str, list[stances.Word]] = {}
    earlier: dict[str, str | None] = dict.fromkeys(days)
    for day in sorted(earlier):
        near: dict[str, list[stances.Word]] = {}
        for word in run_words(connection, query, cell, day=day, **values):
            near.setdefault(word.said, []).append(word)
        words |= near
        there = sorted(near)
        earlier |= {later: before for before, later in zip([None, *there], there, strict=False) if later >= day}
    return {
        f"{cell_ref(cell)}-{day}": _turn(cell, words[day], words[before] if before is not None else None)
        if day and day in words else None
        for day, before in sorted(earlier.items())
    }  # fmt: skip


def _turn(cell: Cell, words: list[stances.Word], earlier: list[stances.Word] | None) -> Moment | None:
    """The change of stance of a day, given its words and those of the day before it; None where there is no change."""
    after = stances.stance_of_day(words)
    before = stances.stance_of_day(earlier) if earlier else None
    if before == after:
        return None
    data = stances.moment_data(list(reversed(words)), before=before, after=after)
    kind = stances.change(before, after) if before else "position"
    known = min(w.known for w in words if w.stance == after)
    return Moment(words[0].said, known, kind, cell[1], cell[2], data)


def _settle_summary(connection: Connection, cell: Cell) -> None:
    connection.execute(_FORGET_CELL, {"process": cell[0], "of_party": cell[1], "of_issue": cell[2]})
    heard = connection.scalar(_HEARD, key_of(cell))
    told = run_words(connection, _TOLD_LATEST, cell)
    if heard is not None:
        last = connection.execute(_LAST_CHANGE, key_of(cell)).first()
        # Without a change there are only words of which nobody knows the day: any other first word would be one.
        since, before = (last.day, json.loads(last.data)["before"]) if last else ("", None)
        own = run_words(connection, _OWN_LATEST, cell, first=stances.reach(since, heard))
        stance = stances.stance_of_day([w for w in own if w.said == heard])
        summary = stances.summary(own, stance=stance, since=since, before=before, heard=heard, told=told)
    elif told:
        summary = stances.told_only(told)
    else:
        return
    row = {"process_id": cell[0], "party": cell[1], "issue": cell[2], "summary": json.dumps(summary, ensure_ascii=False)}
    connection.execute(_WRITE_CELL, row)
