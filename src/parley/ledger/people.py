"""Who speaks for whom, who does what to whom, and what people have yet to review."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_

from parley.ledger import tables as t
from parley.ledger.days import ALWAYS, UNDATED
from parley.ledger.things import Things


class People(Things):
    """Looks actors, events and doubts up."""

    def _stood(self, table: Any) -> tuple[Any, ...]:
        """The condition on a row's document to count on the day of this view."""
        if self.as_of is None:
            return (table.c.until == ALWAYS,)
        return table.c.known <= self.as_of, table.c.until > self.as_of

    def actors(self, parties: Sequence[str] = (), name: str = "", limit: int = 200) -> list[dict[str, Any]]:
        """Persons (or whoever bears `name`) and for whom they spoke in which role, from when to when, with evidence."""
        r = t.role.c
        query = select(r.person, r.party, r.role, r.former, func.min(r.day).label("first"), func.max(r.day).label("last"),
                       func.count().label("documents")).where(*self._stood(t.role))  # fmt: skip
        o = t.role.alias()
        same = (o.c.person == r.person, o.c.party == r.party, o.c.role == r.role, o.c.former == r.former)
        first = select(o.c.entry_id).where(*same, *self._stood(o)).order_by(o.c.day, o.c.entry_id).limit(1)
        query = query.add_columns(first.correlate(t.role).scalar_subquery().label("first_entry"))
        query = query.where(r.party.in_(list(parties))) if parties else query
        query = (
            query.where(func.lower(r.name).contains(name.casefold(), autoescape=True))
            if name
            else query.where(r.kind == "person")
        )
        query = query.group_by(r.person, r.party, r.role, r.former).order_by(
            r.party, r.person, func.min(r.day), r.role, r.former
        )
        rows = self.connection.execute(query.limit(limit)).all()
        names: dict[str, set[str]] = {}
        for some in t.chunks({row.person for row in rows}):
            for named in self.connection.execute(select(r.person, r.name).where(r.person.in_(some)).distinct()):
                names.setdefault(named.person, set()).add(named.name)
        keys = [(row.first_entry.rpartition("-")[0], row.first_entry) for row in rows]
        quotes: dict[str, str] = {}
        for keyed in t.chunks(keys):
            told = select(r.entry_id, r.quote).where(tuple_(r.document_id, r.entry_id).in_(keyed))
            quotes |= {found.entry_id: found.quote for found in self.connection.execute(told)}
        return [_mandate(row, names[row.person], quotes[row.first_entry]) for row in rows]

    def deeds(self, process: str, *, limit: int = 1000, types: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Events of a process, the latest first (PLOVER types, names of parties)."""
        d = t.deed.c
        query = (
            select(t.deed)
            .where(d.process_id == process, *self._stood(t.deed))
            .order_by(d.day.desc(), d.entry_id)
            .limit(limit)
        )
        query = query.where(d.type.in_(list(types))) if types else query
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def dealings(self, process: str) -> list[dict[str, Any]]:
        """What happened between parties, counted by month, type and sides: for plots of cooperation and conflict."""
        d, month = t.deed.c, func.substr(t.deed.c.day, 1, 7).label("month")
        query = (
            select(month, d.type, d.source, d.target, func.count().label("events"))
            .where(d.process_id == process, d.status.in_(("occurred", "ongoing")), d.day < UNDATED, *self._stood(t.deed))
            .group_by(month, d.type, d.source, d.target)
            .order_by(month, d.type, d.source, d.target)
        )
        return [dict(row._mapping) for row in self.connection.execute(query)]

    def doubts(self, process: str, *, kind: str = "", limit: int = 50) -> list[dict[str, Any]]:
        """Entries that nobody has reviewed, the least certain first; before them those whose decision no longer applies."""
        o = t.doubt.c
        query = select(o.entry_id, o.document_id, o.list, o.certainty, o.known).where(
            o.process_id == process, o.until == ALWAYS
        )
        query = query.where(o.list == kind) if kind else query
        rows = self.connection.execute(query.order_by(o.certainty, o.entry_id).limit(limit))
        return [dict(row._mapping) for row in rows]

    def narrowed(self, hits: Sequence[dict[str, Any]], *, party: str = "", issue: str = "", since: str = "",
                 process: str = "") -> list[dict[str, Any]]:  # fmt: skip
        """Of what a search found, that from a day on, in a process, and on a party's positions or on an issue.

        A document counts as being of a party or an issue if one of its positions is.
        """
        kept = [hit for hit in hits if not since or since <= hit["day"] < UNDATED]
        s = t.stance.c
        if process:
            within = self._among(t.belongs.c.document_id, kept, t.belongs.c.process_id == process)
            kept = [hit for hit in kept if hit["document"] in within]
        if party or issue:
            asked = [*([s.party == party] if party else []), *([s.issue == issue] if issue else [])]
            within = self._among(s.document_id, kept, *asked)
            entries = self._among(s.entry_id, [h for h in kept if h["kind"] == "position"], *asked, key="id")
            kept = [h for h in kept if (h["id"] in entries if h["kind"] == "position" else h["document"] in within)]
        return kept

    def _among(self, column: Any, hits: Sequence[dict[str, Any]], *asked: Any, key: str = "document") -> set[str]:
        found: set[str] = set()
        for some in t.chunks({hit[key] for hit in hits}):
            found |= set(self.connection.scalars(select(column).where(column.in_(some), *asked).distinct()))
        return found


def _mandate(row: Any, names: Collection[str], quote: str) -> dict[str, Any]:
    shown = sorted(names)[:20]
    return {"person": row.person, "names": sorted(shown, key=lambda n: (-len(n), n)), "party": row.party, "role": row.role,
            "former": bool(row.former), "from": row.first, "to": row.last, "documents": row.documents,
            "entry": row.first_entry, "document": row.first_entry.rpartition("-")[0], "quote": quote}  # fmt: skip
