"""Proposals kept up to date: the lives on one issue are gone through anew only in the time that a change bears on.

What a mention does to the lives on its issue depends on what came before it alone. So a change leaves everything before it
as it is, and from it on the mentions are gone through until all lives that still go on are what the ledger has stored:
from there everything is again as it was. `mention.cluster` names the life of a mention.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from parley.ledger import tables as t
from parley.ledger.days import ALWAYS, shifted
from parley.ledger.life import LIFE_WINDOW, Life, Lives, in_order, proposal_of
from parley.ledger.likeness import label
from parley.ledger.mentions import (
    FORGET_MOMENTS,
    WRITE_MOMENTS,
    Found,
    Item,
    Mention,
    Stored,
    mention_query,
    mentions_in,
)

Block = tuple[str, str]
"""A process and an issue."""
Stretch = tuple[str, str]
"""The first and the last day of something that changed."""

_m, _th = t.mention.c, t.thread.c
_PAGE = 200
_BLOCK = (_m.process_id == bindparam("process"), _m.kind == "proposal", _m.block == bindparam("block"))
_FROM = mention_query(*_BLOCK, _m.until == ALWAYS, _m.anchor >= bindparam("first")).limit(bindparam("page"))
_FROM_AS_OF = mention_query(
    *_BLOCK, _m.known <= bindparam("as_of"), _m.until > bindparam("as_of"), _m.anchor >= bindparam("first")
).limit(bindparam("page"))
_OPEN = (
    select(_m.cluster)
    .where(*_BLOCK, _m.until == ALWAYS, _m.anchor >= bindparam("first"), _m.anchor < bindparam("last"))
    .distinct()
)
_STORED = select(t.thread).where(_th.kind == "proposal", _th.cluster.in_(bindparam("clusters", expanding=True)))
_FORGET = delete(t.thread).where(_th.process_id == bindparam("process"), _th.id == bindparam("of"))
_MOVE = (
    update(t.mention)
    .where(_m.process_id == bindparam("process"), _m.entry_id == bindparam("entry"), _m.block == bindparam("of_block"))
    .values(cluster=bindparam("to"))
)
_WRITE = insert(t.thread)


def settle_proposals(connection: Connection, touched: Iterable[str], new: Iterable[Any]) -> None:
    """Bring up to date the lives that bear one of the `touched` names, and those that the `new` mentions may be of."""
    stretches: dict[Block, list[Stretch]] = {}
    gone: dict[Block, dict[str, str]] = {}
    for some in t.chunks(touched):
        for row in connection.execute(_STORED, {"clusters": some}):
            block = row.process_id, row.block
            gone.setdefault(block, {})[row.cluster] = row.day
            stretches.setdefault(block, []).append((row.day, json.loads(row.summary)["last_reported"]))
    for row in new:
        if row.until == ALWAYS:
            stretches.setdefault((row.process_id, row.block), []).append((row.anchor, row.anchor))
    for block, of in sorted(stretches.items()):
        left = joined(of)
        while left:
            left = _Refold(connection, block, left, gone.setdefault(block, {})).run()


def settle_all_proposals(connection: Connection) -> None:
    """Make all lives anew: for ledgers of an edition in which mentions did not bear their names."""
    threads = select(_th.process_id.label("process"), _th.id.label("of")).where(_th.kind == "proposal")
    if keys := [dict(row._mapping) for row in connection.execute(threads)]:
        connection.execute(FORGET_MOMENTS, keys)
        connection.execute(_FORGET, keys)
    mentions = select(_m.process_id, _m.entry_id, _m.block, _m.until, _m.anchor).where(_m.kind == "proposal")
    rows = list(connection.execute(mentions))
    alone = [{"process": row.process_id, "entry": row.entry_id, "of_block": row.block,
              "to": label(f"{row.process_id}|{row.entry_id}|{row.block}")} for row in rows]  # fmt: skip
    if alone:
        connection.execute(_MOVE, alone)
    settle_proposals(connection, (), rows)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same days in stretches that lie apart, in order."""
    found: list[Stretch] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


class _Refold:
    """One going through the mentions of a block, from the first of its stretches on."""

    def __init__(self, connection: Connection, block: Block, stretches: list[Stretch], gone: dict[str, str]) -> None:
        self.connection, self.block, self.stretches, self.gone = connection, block, stretches, gone
        self.first = stretches[0][0]
        self.before = shifted(self.first, -LIFE_WINDOW)
        self.lives = Lives()
        self.stored: dict[str, Stored] = {}
        self.seen: dict[str, str] = {}
        self.held: dict[str, int] = {}
        self.replayed: dict[str, Life] = {}
        self.start = self._start()

    def run(self) -> list[Stretch]:
        """Settle the first stretch, and those that it reaches; give the ones that are left."""
        day = None
        for day, found in self._days():
            if day >= self.first and self._as_stored(day):
                break
            for row, mention in found:
                self.seen[mention.entry] = row.cluster
                self.held[row.cluster] = self.held.get(row.cluster, 0) + 1
            for mention in in_order(mention for _, mention in found):
                self._tell(mention)
        else:
            day = None
        going_on = self.lives.near(day) if day is not None else []
        over = [name for name, first in self.gone.items() if day is None or first < day]
        self._write([life for life in self.lives.all if life.last >= self.before and life not in going_on], over)
        for name in over:
            del self.gone[name]
        return [stretch for stretch in self.stretches if day is not None and stretch[0] >= day]

    def _start(self) -> str:
        """The day on which the earliest of the lives began that are open when the stretch begins."""
        window = self._key() | {"first": self.before, "last": self.first}
        self._look_up(self.connection.scalars(_OPEN, window))
        return min([self.first, *(stored.day for stored in self.stored.values())])

    def _key(self) -> dict[str, Any]:
        return {"process": self.block[0], "block": self.block[1]}

    def _look_up(self, clusters: Iterable[str]) -> None:
        for some in t.chunks(set(clusters) - self.stored.keys()):
            self.stored |= {row.cluster: Stored(row) for row in self.connection.execute(_STORED, {"clusters": some})}

    def _days(self) -> Iterator[tuple[str, list[Found]]]:
        """The mentions from the start on, day by day."""
        start, page = self.start, _PAGE
        while True:
            found = self._page(start, page)
            days = [(day, list(of)) for day, of in groupby(found, key=lambda pair: pair[1].anchor)]
            if len(found) == page and len(days) == 1:  # more on one day than a page holds
                page *= 2
                continue
            whole = days[:-1] if len(found) == page else days
            self._look_up(row.cluster for _, of in whole for row, _ in of)
            yield from whole
            if len(found) < page:
                return
            start = days[-1][0]

    def _page(self, start: str, page: int) -> list[Found]:
        return mentions_in(self.connection, _FROM, self._key() | {"first": start, "page": page})

    def _tell(self, mention: Mention) -> None:
        """Put a mention where it belongs: before the stretch, where it is stored."""
        if mention.anchor >= self.first:
            self.lives.tell(mention)
            return
        name = self.seen[mention.entry]
        life = self.replayed.get(name)
        if life is not None:
            life.told(mention)
        elif name in self.stored and self.stored[name].day >= self.start:  # others were over before the stretch
            self.replayed[name] = self.lives.begin(mention)

    def _as_stored(self, day: str) -> bool:
        """Whether, before the mentions of a day, nothing is pending and all lives that go on are the stored ones."""
        if self.stretches[0][1] >= day or any(first < day <= last for first, last in self.stretches):
            return False
        return all(self._is_stored(life, day) for life in self.lives.near(day))

    def _is_stored(self, life: Life, day: str) -> bool:
        name = self.seen[life.members[0].entry]
        stored = self.stored.get(name)
        if stored is None or name in self.gone or not self._is_whole(life, name):
            return False
        steps = [(step["status"], step["day"]) for step in stored.summary["steps"] if step["day"] < day]
        return steps == [(status, of[0].anchor) for status, of, _ in life.steps]

    def _write(self, lives: list[Life], over: list[str]) -> None:
        process, issue = self.block
        written = [(life, item, label(f"{process}|{min(item.members)}|{issue}"))
                   for life in lives for item in [proposal_of(life, issue)]]  # fmt: skip
        changed = [(item, name) for life, item, name in written if name in over or not self._same(life, item, name)]
        self._replace({self.seen[entry] for item, _ in changed for entry in item.members} | set(over), changed)

    def _replace(self, old: set[str], changed: list[tuple[Item, str]]) -> None:
        """Put lives, with their names, in the place of those that bear the `old` names."""
        process, issue = self.block
        threads = [row for some in t.chunks(old) for row in self.connection.execute(_STORED, {"clusters": some})]
        keys = [{"process": row.process_id, "of": row.id} for row in threads if (row.process_id, row.block) == self.block]
        if keys:
            self.connection.execute(FORGET_MOMENTS, keys)
            self.connection.execute(_FORGET, keys)
        moved = [{"process": process, "entry": entry, "of_block": issue, "to": name}
                 for item, name in changed for entry in item.members if self.seen[entry] != name]  # fmt: skip
        rows = [item.row(process, issue, name) for item, name in changed]
        moments = [row for item, _ in changed for row in item.moment_rows(process)]
        for statement, values in ((_MOVE, moved), (_WRITE, rows), (WRITE_MOMENTS, moments)):
            if values:
                self.connection.execute(statement, values)

    def _same(self, life: Life, item: Item, name: str) -> bool:
        """Whether a life is stored just as it is."""
        stored = self.stored.get(name)
        return stored is not None and self._is_whole(life, name) and stored.holds(item)

    def _is_whole(self, life: Life, name: str) -> bool:
        """Whether a life has all the mentions that bear a name, and no others."""
        return self.held.get(name) == len(life.members) and all(self.seen[m.entry] == name for m in life.members)


class PastLives(_Refold):
    """The lives of a block as of a day, where they are not today's: `stretches` ends with the day after it.

    `over` are the names of today's lives that do not count then; `items` stand in their place.
    """

    def __init__(self, connection: Connection, block: Block, stretches: list[Stretch], gone: dict[str, str],
                 as_of: str) -> None:  # fmt: skip
        self.as_of = as_of
        self.over: set[str] = set()
        self.items: list[Item] = []
        super().__init__(connection, block, stretches, gone)

    def _page(self, start: str, page: int) -> list[Found]:
        return mentions_in(self.connection, _FROM_AS_OF, self._key() | {"first": start, "page": page, "as_of": self.as_of})

    def _replace(self, old: set[str], changed: list[tuple[Item, str]]) -> None:
        self.over |= old
        self.items += [item for item, _ in changed]
