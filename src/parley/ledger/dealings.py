"""Who deals with whom and who mediates, over all documents: what decides where a document without known parties belongs."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, func, or_, select

from parley.ledger import tables as t
from parley.ledger.process import STRONG

Pair = tuple[str, str]
Facts = dict[Pair, tuple[bool, tuple[str, ...]]]
"""For a pair: whether it deals with each other in any document, and who mediates between the two."""


class Dealings:
    """Looks dealings up in the ledger as it stands; nothing is kept, so that it always tells what is there now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def deals(self, one: str, other: str) -> bool:
        """Whether they negotiate or fight in any document."""
        d = t.dyad.c
        heaviest = self._connection.scalar(select(func.max(d.weight)).where(d.one == one, d.other == other))
        return (heaviest or 0) >= STRONG

    def mediators(self, one: str, other: str) -> tuple[str, ...]:
        """Who mediates between them in any document, in order."""
        m = t.mediation.c
        query = select(m.mediator).where(m.one == one, m.other == other).distinct()
        return tuple(sorted(self._connection.scalars(query)))

    def mediated(self, mediator: str, party: str) -> tuple[Pair, ...]:
        """The pairs with this party between which somebody mediates in any document, in order."""
        m = t.mediation.c
        query = select(m.one, m.other).where(m.mediator == mediator, or_(m.one == party, m.other == party)).distinct()
        return tuple(sorted((row.one, row.other) for row in self._connection.execute(query)))

    def facts(self, documents: Iterable[str]) -> Facts:
        """What holds now of the pairs that deal with each other or are mediated between in these documents."""
        ids, d, m = sorted(documents), t.dyad.c, t.mediation.c
        pairs: set[Pair] = set()
        for i in range(0, len(ids), 500):
            some = ids[i : i + 500]
            strong = select(d.one, d.other).where(d.document_id.in_(some), d.weight >= STRONG)
            mediated = select(m.one, m.other).where(m.document_id.in_(some))
            pairs |= {(row.one, row.other) for query in (strong, mediated) for row in self._connection.execute(query)}
        return {pair: self._fact(pair) for pair in pairs}

    def _fact(self, pair: Pair) -> tuple[bool, tuple[str, ...]]:
        return self.deals(*pair), self.mediators(*pair)

    def concerned(self, before: Facts, documents: Iterable[str]) -> set[str]:
        """The documents that may belong elsewhere now, given what held before these documents were laid out anew."""
        ids = set(documents)
        now = {pair: self._fact(pair) for pair in before} | self.facts(ids)
        found: set[str] = set()
        for pair, fact in now.items():
            old = before.get(pair) or self._without(pair, ids)
            if fact != old:
                pairs = {pair} | {_ordered(m, party) for m in {*fact[1], *old[1]} for party in pair}
                found |= self._documents(pairs)
        return found

    def _without(self, pair: Pair, ids: set[str]) -> tuple[bool, tuple[str, ...]]:
        """What would hold of a pair without these documents."""
        d, m, some = t.dyad.c, t.mediation.c, sorted(ids)[:500]
        query = select(d.weight).where(d.one == pair[0], d.other == pair[1], d.weight >= STRONG, d.document_id.not_in(some))
        mediators = select(m.mediator).where(m.one == pair[0], m.other == pair[1], m.document_id.not_in(some)).distinct()
        return self._connection.execute(query.limit(1)).first() is not None, tuple(
            sorted(self._connection.scalars(mediators))
        )

    def _documents(self, pairs: Iterable[Pair]) -> set[str]:
        d = t.dyad.c
        found: set[str] = set()
        for one, other in sorted(pairs):
            found |= set(self._connection.scalars(select(d.document_id).where(d.one == one, d.other == other)))
        return found


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
