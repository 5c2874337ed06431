"""What one report says of a thing that many reports tell of, and the items that come of putting such mentions together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select

from parley.ledger import tables as t
from parley.ledger.days import period_class
from parley.ledger.likeness import accounts

T = TypeVar("T", bound=Hashable)
FORGET_MOMENTS = delete(t.moment).where(t.moment.c.process_id == bindparam("process"), t.moment.c.ref == bindparam("of"))
WRITE_MOMENTS = insert(t.moment)
"""How moments go and come: those of one thing together."""


@dataclass(frozen=True)
class Mention:
    """One report's word of talks, a proposal or a claim.

    `anchor` is the day that it is about as far as known, else that of the report; `known` is the report's day; `account`
    and `copies` tell which other reports it is a copy of; `data` are its fields.
    """

    entry: str
    document: str
    anchor: str
    known: str
    account: str
    copies: str
    quote: str
    data: dict[str, Any] = field(hash=False)


@dataclass(frozen=True)
class Moment:
    """A dated change: what the timeline shows. `known` is the day of the first report of it."""

    day: str
    known: str
    kind: str
    party: str
    issue: str
    data: dict[str, Any] = field(hash=False)

    def row(self, process: str, ref: str, place: int = 0) -> dict[str, Any]:
        """The row of the table `moment` that holds it."""
        return {"process_id": process, "ref": ref, "place": place, **vars(self),
                "data": json.dumps(self.data, ensure_ascii=False)}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """Talks, a proposal on one issue or a claim, put together from all that is reported of it."""

    id: str
    kind: str
    day: str
    summary: dict[str, Any] = field(hash=False)
    moments: tuple[Moment, ...] = ()
    members: tuple[str, ...] = ()

    def row(self, process: str, block: str, cluster: str) -> dict[str, Any]:
        """The row of the table `thread` that holds it."""
        return {"process_id": process, "id": self.id, "kind": self.kind, "block": block, "cluster": cluster, "day": self.day,
                "summary": json.dumps(self.summary, ensure_ascii=False), **told_between(self.day, self.summary)}  # fmt: skip

    def moment_rows(self, process: str) -> list[dict[str, Any]]:
        """The rows of the table `moment` that hold its moments."""
        return [of.row(process, self.id, place) for place, of in enumerate(self.moments)]


def told_between(day: str, summary: dict[str, Any]) -> dict[str, Any]:
    """The columns of `thread` that say when it was told of: the first day, the last, and the class of the time between."""
    first, last = summary.get("first_reported", day), summary["last_reported"]
    return {"first": first, "last": last, "told": period_class(first, last)}


class Stored:
    """A row of the table `thread`, its summary read when it is asked for."""

    def __init__(self, row: Row[Any]) -> None:
        self.day: str = row.day
        self._summary: str = row.summary

    def holds(self, item: Item) -> bool:
        """Whether it says of something just what is now to be said."""
        return item.day == self.day and json.dumps(item.summary, ensure_ascii=False) == self._summary

    @cached_property
    def summary(self) -> dict[str, Any]:
        """What is stored of it."""
        found: dict[str, Any] = json.loads(self._summary)
        return found


Found = tuple[Row[Any], Mention]


def mention_query(*conditions: Any) -> Select[Any]:
    """Mentions in the order of their anchors, with what tells which others they are copies of."""
    m = t.mention.c
    return (
        select(t.mention, t.standing.c.account, func.coalesce(t.passage.c.copies, "").label("copies"))
        .join(t.standing, t.standing.c.document_id == m.document_id)
        .join(t.passage, t.passage.c.id == m.passage, isouter=True)
        .where(*conditions)
        .order_by(m.anchor, m.entry_id, m.block)
    )


def mentions_in(connection: Connection, query: Select[Any], values: dict[str, Any]) -> list[Found]:
    """What a `mention_query` finds, each with the row that it comes from."""
    return [
        (row, Mention(row.entry_id, row.document_id, row.anchor, row.known, row.account, row.copies, row.quote,
                      json.loads(row.data)))
        for row in connection.execute(query, values)
    ]  # fmt: skip


def independent(mentions: Iterable[Mention]) -> list[list[str]]:
    """The independent accounts among these mentions, each as its documents."""
    return accounts((m.document, m.account, m.copies) for m in mentions)


def by_accounts(mentions: Sequence[Mention], value: Callable[[Mention], T | None]) -> list[tuple[T, int]]:
    """The values that mentions give, with how many independent accounts give each, most first; silence counts for none."""
    given: dict[T, list[Mention]] = {}
    for mention in mentions:
        if (found := value(mention)) is not None:
            given.setdefault(found, []).append(mention)
    counted = {found: len(independent(of)) for found, of in given.items()}
    return sorted(counted.items(), key=lambda pair: (-pair[1], str(pair[0])))


def quotations(mentions: Iterable[Mention], limit: int = 20) -> list[dict[str, str]]:
    """Quotations with their entry and document, the latest first, the same words of one account once."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for mention in sorted(mentions, key=lambda m: (m.known, m.entry), reverse=True):
        words = {"entry": mention.entry, "document": mention.document, "day": mention.known, "quote": mention.quote}
        found.setdefault((mention.account, mention.copies or mention.quote), words)
    return list(found.values())[:limit]


def commonest(values: Iterable[T]) -> T | None:
    """The commonest value, the first in order among equals; None of none."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], str(value))) if counted else None
