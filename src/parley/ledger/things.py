"""Single things in the ledger: a document, an entry, merged talks, a proposal or a claim, and all that happened to them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, select

from parley.errors import MissingError
from parley.ledger import tables as t
from parley.ledger.days import ALWAYS
from parley.ledger.entries import fields_of, named_entries, stored_record
from parley.ledger.likeness import accounts
from parley.ledger.refresh import document_of
from parley.ledger.review import applied, meaning, reviews_of
from parley.record import Record

SHORTEST_PREFIX = 4
"""So many letters of a document's id name it, if no other one begins with them."""


class Things:
    """Looks single things up. `as_of` is a day, or None for all that is known."""

    def __init__(self, connection: Connection, as_of: str | None = None) -> None:
        self.connection = connection
        self.as_of = as_of

    def sources(self, documents: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What is known of documents: title, publisher, day, address, and whether a later version stands in their place."""
        d = t.document.c
        found: dict[str, dict[str, Any]] = {}
        for some in t.chunks(set(documents)):
            query = (select(d.id, d.title, d.publisher, d.published, d.updated, d.url, t.standing.c.version,
                t.standing.c.until)
                     .join(t.standing, t.standing.c.document_id == d.id).where(d.id.in_(some)))  # fmt: skip
            found |= {row.id: dict(row._mapping) for row in self.connection.execute(query)}
        return found

    def document(self, prefix: str) -> dict[str, Any]:
        """A document by its id or the beginning of it: its text, versions, copies and reviewed entries.

        Raises ``MissingError`` if that names no document or several.
        """
        row = self._document_row(prefix)
        standing = self.connection.execute(select(t.standing).where(t.standing.c.document_id == row.id)).one()
        st = t.standing.c
        versions = self.connection.scalars(select(st.document_id).where(st.story == standing.story).order_by(st.version))
        copies = self.connection.scalars(
            select(st.document_id).where(st.account == standing.account).order_by(st.document_id)
        )
        origins = self.connection.scalars(select(t.sighting.c.origin).where(t.sighting.c.document_id == row.id))
        return {"id": row.id, "title": row.title, "published": row.published, "publisher": row.publisher, "url": row.url,
                "date_method": row.date_method, "date_reliability": row.date_reliability,
                "updated": row.updated, "sha256": row.sha256, "text": row.text, "version": standing.version,
                "until": None if standing.until == ALWAYS else standing.until, "versions": list(versions),
                "copies": list(copies), "found_at": sorted(origins),
                "processes": sorted(self.connection.scalars(
                    select(t.belongs.c.process_id).where(t.belongs.c.document_id == row.id))),
                "entries": [self._entry(r) for r in self.reviewed(row.id)]}  # fmt: skip

    def _document_row(self, prefix: str) -> Row[Any]:
        if len(prefix) < SHORTEST_PREFIX:
            raise MissingError(
                f"{prefix!r} is too short to name a document; give {SHORTEST_PREFIX} letters of its id or more"
            )
        d = t.document.c
        begin = prefix.lower()  # ids are hexadecimal: what begins so lies before what has a "g" there, and an index finds it
        rows = self.connection.execute(select(t.document).where(d.id >= begin, d.id < f"{begin}g").limit(2)).all()
        if not rows:
            raise MissingError(f"there is no document {prefix} in the ledger")
        if len(rows) > 1:
            raise MissingError(f"the ids of several documents begin with {prefix!r}; give more of the one you mean")
        return rows[0]

    def reviewed(self, document: str) -> list[Any]:
        """The entries of a document's current reading, with the decisions on them."""
        record = self.record(document)
        story = select(t.standing.c.story).where(t.standing.c.document_id == document)
        versions = self.connection.scalars(select(t.standing.c.document_id).where(t.standing.c.story.in_(story))).all()
        return applied(document, record.document, named_entries(document, record), reviews_of(self.connection, versions))

    def record(self, document: str, number: int | None = None) -> Record:
        """The record of a document: its current reading, or that of a number. Raises ``LedgerError`` if there is none."""
        row = self.connection.execute(select(t.document).where(t.document.c.id == document)).first()
        query = select(t.reading.c.record).where(t.reading.c.document_id == document).order_by(t.reading.c.number.desc())
        stored = self.connection.scalar(query.where(t.reading.c.number == number) if number else query.limit(1))
        if row is None or stored is None:
            raise MissingError(f"there is no document {document} in the ledger")
        return stored_record(stored, document_of(row))

    def _entry(self, reviewed: Any) -> dict[str, Any]:
        entry = reviewed.entry
        return {"id": reviewed.id, "list": reviewed.list, "status": reviewed.status, "flag": reviewed.flag,
                "fields": fields_of(entry), "made_by": entry.made_by.model_dump()}  # fmt: skip

    def show(self, id_: str) -> dict[str, Any]:
        """An entry, a document, or merged talks, a proposal or a claim, by its id. Raises ``LedgerError`` if there is
        none."""
        if id_.startswith(("talks-", "proposal-", "claim-")):
            return self._thread(id_)
        document, _, rest = id_.rpartition("-")
        if not document:
            return {"what": "document", **self.document(rest)}
        for reviewed in self.reviewed(document):
            if reviewed.id == id_:
                source = self.sources([document])[document]
                return {"what": "entry", **self._entry(reviewed), "source": source, "carried_by": self._carried(id_),
                        "machine": fields_of(reviewed.machine) if reviewed.machine else None,
                        "history": self.history(id_)}  # fmt: skip
        raise MissingError(
            f"there is no entry {id_} in today's reading of its document; `parley history {id_}` shows older ones"
        )

    def _thread(self, id_: str) -> dict[str, Any]:
        row = self.connection.execute(select(t.thread).where(t.thread.c.id == id_)).first()
        if row is None:
            raise MissingError(f"there is nothing called {id_} in the ledger today")
        return {"what": row.kind, "id": id_, "process": row.process_id, "day": row.day, **json.loads(row.summary)}

    def _carried(self, entry: str) -> list[list[str]]:
        """The independent accounts that carry the words of an entry, each as its documents."""
        query = (select(t.searchable.c.passage, t.stance.c.passage.label("s"), t.mention.c.passage.label("m"))
                 .select_from(t.searchable)
                 .join(t.stance, t.stance.c.entry_id == t.searchable.c.entry_id, isouter=True)
                 .join(t.mention, t.mention.c.entry_id == t.searchable.c.entry_id, isouter=True)
                 .where(t.searchable.c.entry_id == entry,
                        t.searchable.c.document_id == entry.rsplit("-", 1)[0]).limit(1))  # fmt: skip
        row = self.connection.execute(query).first()
        passage = next((p for p in row if p), "") if row else ""
        if not passage:
            return []
        label = select(t.passage.c.copies).where(t.passage.c.id == passage)
        same = self.connection.scalars(select(t.passage.c.id).where(t.passage.c.copies.in_(label))).all()
        documents: set[str] = set()
        for table in (t.searchable, t.stance, t.mention):
            documents |= set(
                self.connection.scalars(select(table.c.document_id).where(table.c.passage.in_(same)).distinct())
            )
        rows = self.connection.execute(select(t.standing).where(t.standing.c.document_id.in_(sorted(documents))))
        return accounts((r.document_id, r.account, "") for r in rows)

    def history(self, id_: str) -> list[dict[str, Any]]:
        """All that ever happened to an entry: what each reading said of it, and every decision on it, in order."""
        document = id_.rpartition("-")[0]
        found: list[dict[str, Any]] = []
        row = self.connection.execute(select(t.document).where(t.document.c.id == document)).first()
        if row is None:
            raise MissingError(f"there is no document {document or id_} in the ledger")
        readings = self.connection.execute(
            select(t.reading).where(t.reading.c.document_id == document).order_by(t.reading.c.number)
        )
        text, last = document_of(row), None
        for reading in readings:
            named = {i: e for i, _, e in named_entries(document, stored_record(reading.record, text))}
            now = meaning(named[id_]) if id_ in named else None
            if now != last:
                entry = named.get(id_)
                found.append({"what": "reading", "number": reading.number, "parley": reading.parley, "says": now,
                              "made_by": entry.made_by.model_dump() if entry else None})  # fmt: skip
            last = now
        decisions = select(t.review).where(t.review.c.entry_id == id_).order_by(t.review.c.number)
        for row in self.connection.execute(decisions):
            found.append({"what": "review", "verdict": row.verdict, "changes": json.loads(row.changes), "reason": row.reason,
                          "by": row.by, "at": row.at, "codebook": row.codebook})  # fmt: skip
        if not found:
            raise MissingError(f"there never was an entry {id_} in the ledger")
        return found

    def flagged(self, limit: int = 100) -> list[dict[str, Any]]:
        """Decisions whose entry is gone or reads differently now: what people should look at again."""
        found: list[dict[str, Any]] = []
        query = select(t.review.c.document_id).distinct().order_by(t.review.c.document_id)
        for document in self.connection.scalars(query).all():
            reviewed = {r.id: r for r in self.reviewed(document)}
            found += [{"entry": r.id, "list": r.list, "flag": r.flag} for r in reviewed.values() if r.status == "flagged"]
            rows = reviews_of(self.connection, [document])
            gone = {row.entry_id: row for row in rows if row.entry_id not in reviewed}
            found += [{"entry": id_, "list": row.list, "flag":
            f"{row.verdict} by {row.by}: today's reading has no such entry"}
                      for id_, row in gone.items()]  # fmt: skip
            if len(found) >= limit:
                break
        return found[:limit]
