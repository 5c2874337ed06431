"""Who deals with whom and who mediates, over all documents: what decides where a document without known parties belongs."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import BindParameter, Connection, bindparam, func, or_, select

from parley.ledger import tables as t
from parley.ledger.process import STRONG

Pair = tuple[str, str]
Facts = dict[Pair, tuple[bool, tuple[str, ...]]]
"""For a pair: whether it deals with each other in any document, and who mediates between the two."""

_d, _m = t.dyad.c, t.mediation.c
_PAIR = (_d.one == bindparam("one"), _d.other == bindparam("other"))
_BETWEEN = (_m.one == bindparam("one"), _m.other == bindparam("other"))
_AMONG: BindParameter[str] = bindparam("ids", expanding=True)
_HEAVIEST = select(func.max(_d.weight)).where(*_PAIR)
_STRONG_ELSEWHERE = select(_d.weight).where(*_PAIR, _d.weight >= STRONG, _d.document_id.not_in(_AMONG)).limit(1)
_MEDIATORS = select(_m.mediator).where(*_BETWEEN).distinct()
_MEDIATORS_ELSEWHERE = select(_m.mediator).where(*_BETWEEN, _m.document_id.not_in(_AMONG)).distinct()
_MEDIATED = (
    select(_m.one, _m.other)
    .where(_m.mediator == bindparam("mediator"), or_(_m.one == bindparam("party"), _m.other == bindparam("party")))
    .distinct()
)
_PAIRS_OF = (
    select(_d.one, _d.other).where(_d.document_id.in_(_AMONG), _d.weight >= STRONG),
    select(_m.one, _m.other).where(_m.document_id.in_(_AMONG)),
)


class Dealings:
    """Looks dealings up in the ledger as it stands; nothing is kept, so that it always tells what is there now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def deals(self, one: str, other: str) -> bool:
        """Whether they negotiate or fight in any document."""
        return (self._connection.scalar(_HEAVIEST, {"one": one, "other": other}) or 0) >= STRONG

    def mediators(self, one: str, other: str) -> tuple[str, ...]:
        """Who mediates between them in any document, in order."""
        return tuple(sorted(self._connection.scalars(_MEDIATORS, {"one": one, "other": other})))

    def mediated(self, mediator: str, party: str) -> tuple[Pair, ...]:
        """The pairs with this party between which somebody mediates in any document, in order."""
        rows = self._connection.execute(_MEDIATED, {"mediator": mediator, "party": party})
        return tuple(sorted((row.one, row.other) for row in rows))

    def facts(self, documents: Iterable[str]) -> Facts:
        """What holds now of the pairs that deal with each other or are mediated between in these documents."""
        pairs: set[Pair] = set()
        for some in t.chunks(documents):
            for query in _PAIRS_OF:
                pairs |= {(row.one, row.other) for row in self._connection.execute(query, {"ids": some})}
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
        of = {"one": pair[0], "other": pair[1], "ids": sorted(ids)}
        strong = self._connection.execute(_STRONG_ELSEWHERE, of).first() is not None
        return strong, tuple(sorted(self._connection.scalars(_MEDIATORS_ELSEWHERE, of)))

    def _documents(self, pairs: Iterable[Pair]) -> set[str]:
        d = t.dyad.c
        found: set[str] = set()
        for one, other in sorted(pairs):
            found |= set(self._connection.scalars(select(d.document_id).where(d.one == one, d.other == other)))
        return found


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
