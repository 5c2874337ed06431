"""Talks, proposals and claims on a past day, as far as they were known then: today's, put right where they differ.

What was all told of by that day, and rests on no report that was replaced since, is today as it was. What was told of
before and after it is put together anew from the reports of the time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, bindparam, select, union_all

from parley.ledger import tables as t
from parley.ledger.clusters import items_of
from parley.ledger.days import ALWAYS, NEVER_ENDS, period_ends, shifted, spans_day
from parley.ledger.life import LIFE_WINDOW
from parley.ledger.mentions import Found, Item, mention_query, mentions_in
from parley.ledger.proposals import PastLives, joined

_m, _th, _st = t.mention.c, t.thread.c, t.standing.c
_DAY: Any = bindparam("as_of")
_OF = (_m.process_id == bindparam("process"), _m.kind == bindparam("kind"))
_KNOWN = (_m.known <= _DAY, _m.until > _DAY)
_TOLD_OVER = union_all(*(
    select(_th.cluster).where(_th.process_id == bindparam("process"), _th.kind == bindparam("kind"), spans)
    for spans in spans_day(_th.told, _th.first, _th.last, "as_of")
))  # fmt: skip
_REPLACED = (
    select(_m.cluster, _m.block, _m.anchor, _m.process_id, _m.kind)
    .join_from(t.standing, t.mention, _m.document_id == _st.document_id)
    .where(_st.until < NEVER_ENDS, _st.until > _DAY, _m.known <= _DAY)
)
_IN_CLUSTERS = mention_query(_m.cluster.in_(bindparam("clusters", expanding=True)), *_KNOWN)
_NOT_YET = union_all(*(
    select(_m.cluster, _m.block, _m.anchor).where(*_OF, _m.until == ALWAYS, spans)
    for spans in spans_day(_m.late, _m.anchor, _m.known, "as_of")
))  # fmt: skip
_OPEN = (
    select(_m.block)
    .where(*_OF, _m.block.in_(bindparam("blocks", expanding=True)), _m.anchor >= bindparam("first"), _m.anchor <= _DAY,
           _m.until == ALWAYS)
    .distinct()
)  # fmt: skip
_STORED = select(t.thread).where(_th.cluster.in_(bindparam("clusters", expanding=True)))
_KIND = (_th.process_id == bindparam("process"), _th.kind == bindparam("kind"))
_LIMIT: Any = bindparam("most")
_THREADS = select(t.thread).where(*_KIND, _th.day <= _DAY).order_by(_th.day.desc(), _th.id).limit(_LIMIT)
_BY_THEN = _THREADS.where(_th.last <= _DAY)
_AHEAD = select(t.thread).where(*_KIND, _th.day > _th.last, _th.day > _DAY, _th.last <= _DAY)


@dataclass
class Differing:
    """What is not today as it was on a day: the clusters that are put aside, their names, and the things as they were."""

    clusters: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    items: list[Item] = field(default_factory=list)


class PastThreads:
    """The talks, proposals and claims of a process as of a day."""

    def __init__(self, connection: Connection, process: str, as_of: str, blocks: Iterable[str]) -> None:
        self.connection, self.process, self.as_of, self._blocks = connection, process, as_of, list(blocks)
        self._differing: dict[str, Differing] = {}

    @cached_property
    def _replaced(self) -> list[Any]:
        """Mentions of the process that counted then and have been replaced since."""
        # Asked of the whole ledger, so that it begins with the few documents that were replaced.
        return [row for row in self.connection.execute(_REPLACED, {"as_of": self.as_of}) if row.process_id == self.process]

    def latest(self, kind: str, limit: int) -> list[Item]:
        """Things of a kind, the latest first."""
        differing = self.differing(kind)
        values = {"process": self.process, "kind": kind, "as_of": self.as_of, "most": limit + len(differing.ids)}
        queries = (_THREADS,) if kind == "proposal" else (_BY_THEN, _AHEAD)
        rows = [row for query in queries for row in self.connection.execute(query, values)]
        kept = [Item(r.id, kind, r.day, json.loads(r.summary)) for r in rows if r.cluster not in differing.clusters]
        return sorted([*kept, *differing.items], key=lambda item: (backwards(item.day), item.id))[:limit]

    def differing(self, kind: str) -> Differing:
        """What differs of a kind, looked up once."""
        if kind not in self._differing:
            self._differing[kind] = self._lives() if kind == "proposal" else self._clusters(kind)
        return self._differing[kind]

    def _values(self, kind: str) -> dict[str, Any]:
        return {"process": self.process, "kind": kind, **period_ends("as_of", self.as_of)}

    def _clusters(self, kind: str) -> Differing:
        values = self._values(kind)
        found = Differing()
        found.clusters = set(self.connection.scalars(_TOLD_OVER, values)) | {
            row.cluster for row in self._replaced if row.kind == kind
        }
        gathered: dict[str, list[Found]] = {}
        for some in t.chunks(found.clusters):
            for row, mention in mentions_in(self.connection, _IN_CLUSTERS, {"clusters": some, "as_of": self.as_of}):
                gathered.setdefault(row.cluster, []).append((row, mention))
            found.ids |= {row.id for row in self._stored(some)}
        found.items = [item for of in gathered.values() for item in items_of(kind, "", [mention for _, mention in of])]
        return found

    def _stored(self, clusters: Iterable[str]) -> list[Any]:
        return list(self.connection.execute(_STORED, {"clusters": list(clusters)}))

    def _lives(self) -> Differing:
        """Lives that go on after the day, and those that a report bears on that was not known yet or was replaced."""
        values = self._values("proposal")
        changed: dict[str, list[str]] = {}
        touched: set[str] = set()
        for row in self.connection.execute(_NOT_YET, values):
            changed.setdefault(row.block, []).append(row.anchor)
            touched.add(row.cluster)
        for row in self._replaced:
            if row.kind == "proposal":
                changed.setdefault(row.block, []).append(row.anchor)
        window = {"blocks": self._blocks, "first": shifted(self.as_of, -LIFE_WINDOW)}
        blocks = {*changed, *self.connection.scalars(_OPEN, values | window)}
        gone = [row for some in t.chunks(touched) for row in self._stored(some)]
        after, found = shifted(self.as_of, 1), Differing()
        for block in sorted(blocks):
            left = joined([(day, day) for day in [*changed.get(block, ()), after]])
            names = {row.cluster: row.day for row in gone if row.block == block}
            while left:
                lives = PastLives(self.connection, (self.process, block), left, names, self.as_of)
                left = lives.run()
                found.clusters |= lives.over
                found.items += lives.items
        for some in t.chunks(found.clusters):
            found.ids |= {row.id for row in self._stored(some)}
        return found


def backwards(day: str) -> tuple[int, ...]:
    """A key that sorts days backwards."""
    return tuple(-ord(c) for c in day)
