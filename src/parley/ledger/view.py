"""The state of the ledger, today's or as of a day: what the commands, the desk and the exports show.

Today's state is read from tables that are kept up to date; the state as of a day is derived from the mentions that were
known
on it, by the same functions. Answers are plain data, ready for JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from parley.errors import LedgerError
from parley.ledger import stances
from parley.ledger import tables as t
from parley.ledger.cells import Cell, cell_ref, words_in
from parley.ledger.clusters import items_of, mentions_where
from parley.ledger.days import ALWAYS, UNDATED
from parley.ledger.entries import fields_of, named_entries, stored_record
from parley.ledger.likeness import accounts
from parley.ledger.mentions import Item, Moment
from parley.ledger.process import OUTSIDE
from parley.ledger.refresh import document_of
from parley.ledger.review import applied, meaning, reviews_of
from parley.ledger.store import found_process
from parley.record import Record

ISSUES = (
    "ceasefire", "talks", "prisoners", "missing", "displaced", "humanitarian", "territory", "recognition", "withdrawal",
    "guarantees", "alignment", "monitoring", "arms", "nuclear", "sanctions", "reparations", "justice", "governance",
    "rights",
    "economy", "relations", "implementation", "other",
)  # fmt: skip
"""The order in which issues are shown: that of the codebook."""


class View:
    """One unchanging state of the ledger. `as_of` is a day, or None for all that is known."""

    def __init__(self, connection: Connection, as_of: str | None = None) -> None:
        self.connection = connection
        self.as_of = as_of

    # Processes

    def processes(self, limit: int = 50) -> list[dict[str, Any]]:
        """The processes with the most documents, those that belong to none last."""
        p = t.process.c
        query = select(t.process).order_by((p.id == OUTSIDE), p.documents.desc(), p.id).limit(limit)
        return [self._process(row) for row in self.connection.execute(query)]

    def _process(self, row: Any) -> dict[str, Any]:
        return {"id": row.id, "name": row.name, "kind": row.kind, "parties": json.loads(row.parties),
                "mediators": json.loads(row.mediators), "since": row.since, "until": row.until,
                "documents": self._count(row), "first_report": self._edge(row.id, func.min),
                "last_report": self._edge(row.id, func.max)}  # fmt: skip

    def _count(self, process: Any) -> int:
        if self.as_of is None:
            return int(process.documents)
        b = t.belongs.c
        query = select(func.count()).where(b.process_id == process.id, b.day <= self.as_of)
        return self.connection.scalar(query) or 0

    def _edge(self, process: str, edge: Any) -> str | None:
        b = t.belongs.c
        query = select(edge(b.day)).where(b.process_id == process, b.day < UNDATED)
        return self.connection.scalar(query.where(b.day <= self.as_of) if self.as_of else query)

    def process(self, name: str | None = None) -> dict[str, Any] | None:
        """The process of this name; without a name the only one, or None where there are several. Raises ``LedgerError``."""
        if name is not None:
            return self._process(found_process(self.connection, name))
        query = select(t.process).where(t.process.c.id != OUTSIDE, t.process.c.documents > 0).limit(2)
        rows = self.connection.execute(query).all()
        if not rows:
            rows = self.connection.execute(select(t.process).limit(1)).all()
        return self._process(rows[0]) if len(rows) == 1 else None

    def today(self) -> str:
        """The day that the state is of: the one asked for, else that of the last dated report in the ledger."""
        d = t.document.c
        newest = select(d.known).order_by(d.number.desc()).limit(1)  # the undated have the lowest numbers
        found = self.as_of or self.connection.scalar(newest) or ""
        return "" if found == UNDATED else found

    # Positions

    def matrix(self, process: str) -> dict[str, dict[str, dict[str, Any]]]:
        """For each party, for each issue, where it stands; see `stances.summary`, with `silent` days added."""
        cells: dict[str, dict[str, dict[str, Any]]] = {}
        today = self.today()
        found = self._cells_as_of(process) if self.as_of else self._cells(process)
        for party, issue, summary in found:
            summary["silent"] = stances.silent_days(summary["last_said"], today)
            cells.setdefault(party, {})[issue] = summary
        rank = {party.casefold(): i for i, party in enumerate(self._parties(process))}
        order = sorted(cells, key=lambda party: (rank.get(party.casefold(), len(rank)), -len(cells[party]), party))
        return {party: {issue: cells[party][issue] for issue in ISSUES if issue in cells[party]} for party in order}

    def _parties(self, process: str) -> list[str]:
        row = self.connection.execute(select(t.process).where(t.process.c.id == process)).first()
        return [*json.loads(row.parties), *json.loads(row.mediators)] if row else []

    def _cells(self, process: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
        query = select(t.cell).where(t.cell.c.process_id == process)
        return [(row.party, row.issue, json.loads(row.summary)) for row in self.connection.execute(query)]

    def _cells_as_of(self, process: str) -> Iterable[tuple[str, str, dict[str, Any]]]:
        s = t.stance.c
        query = select(s.party, s.issue).where(s.process_id == process, *self._stood(t.stance)).distinct()
        for row in self.connection.execute(query).all():
            if summary := stances.summary_of(self.words((process, row.party, row.issue))):
                yield row.party, row.issue, summary

    def _stood(self, table: Any) -> tuple[Any, ...]:
        """The condition on a row's document to count on the day of this view."""
        if self.as_of is None:
            return (table.c.until == ALWAYS,)
        return table.c.known <= self.as_of, table.c.until > self.as_of

    def words(self, cell: Cell) -> list[stances.Word]:
        """All words of and about a party on an issue, the latest first."""
        return words_in(self.connection, cell, self.as_of)

    def positions(self, party: str, process: str | None = None) -> list[dict[str, Any]]:
        """A party's positions over time: for each process and issue the stances held in turn, with their quotations."""
        s = t.stance.c
        named = self.connection.scalars(select(s.party).where(s.party == party).limit(1)).first()
        if named is None:
            named = self.connection.scalars(select(s.party).where(func.lower(s.party) == party.casefold()).limit(1)).first()
        query = select(s.process_id, s.issue).where(s.party == named).distinct()
        if process:
            query = query.where(s.process_id == process)
        found = [self._course((row.process_id, named, row.issue)) for row in self.connection.execute(query) if named]
        return sorted((c for c in found if c), key=lambda c: (c["process"], ISSUES.index(c["issue"])))

    def _course(self, cell: Cell) -> dict[str, Any] | None:
        words = self.words(cell)
        summary = stances.summary_of(words)
        if summary is None:
            return None
        summary["silent"] = stances.silent_days(summary["last_said"], self.today())
        held = stances.runs(words)
        course = [
            {"stance": stance, "since": run[0].said, "until": run[-1].said,
             "change": stances.change(held[i - 1][0], stance) if i else None,
             **stances.moment_data([w for w in run if w.said == run[0].said], before=None, after=stance),
             "accounts": len(stances.independent([w for w in run if w.stance == stance])),
             "quotes": [{"entry": w.entry, "document": w.document, "day": w.said, "quote": w.quote, "stance": w.stance}
                        for w in run]}
            for i, (stance, run) in enumerate(held)
        ]  # fmt: skip
        return {"process": cell[0], "party": cell[1], "issue": cell[2], "now": summary, "course": course}

    def gap(self, process: str, one: str, other: str) -> dict[str, list[dict[str, Any]]]:
        """The map of the gap between two parties: issues agreed, contested, one-sided and unaddressed."""
        matrix = self.matrix(process)
        sides = [
            next((cells for party, cells in matrix.items() if party.casefold() == name.casefold()), {})
            for name in (one, other)
        ]
        found: dict[str, list[dict[str, Any]]] = {"agreed": [], "contested": [], "one-sided": [], "unaddressed": []}
        for issue in ISSUES[:-1]:
            pair = [side.get(issue) for side in sides]
            pair = [cell if cell and cell["stance"] != "unknown" else None for cell in pair]
            found[gap_of(pair)].append({"issue": issue, one: pair[0], other: pair[1]})
        return found

    # Talks, proposals, claims

    def items(self, process: str, kind: str, limit: int = 100) -> list[Item]:
        """Talks ("talks"), proposals ("proposal") or claims ("claim") of a process, the latest first."""
        if self.as_of is None:
            th = t.thread.c
            query = (
                select(t.thread).where(th.process_id == process, th.kind == kind).order_by(th.day.desc(), th.id).limit(limit)
            )
            return [Item(r.id, kind, r.day, json.loads(r.summary)) for r in self.connection.execute(query)]
        found = self._items_as_of(process, kind)
        return sorted(found, key=lambda item: (_backwards(item.day), item.id))[:limit]

    def _items_as_of(self, process: str, kind: str, *clusters: Any) -> list[Item]:
        m = t.mention.c
        rows = mentions_where(self.connection, m.process_id == process, m.kind == kind, *self._stood(t.mention), *clusters)
        by_cluster: dict[tuple[str, str], list[Any]] = {}
        for row, mention in rows:
            of = ("", row.block) if kind == "proposal" else (row.cluster, "")
            by_cluster.setdefault(of, []).append(mention)
        return [item for (_, block), of in by_cluster.items() for item in items_of(kind, block, of)]

    def talks(self, process: str, limit: int = 100) -> list[dict[str, Any]]:
        """Merged talks, the latest first: what is agreed of them, what is disputed, and what each account says."""
        return [{"id": item.id, "day": item.day, **item.summary} for item in self.items(process, "talks", limit)]

    def proposals(self, process: str, limit: int = 100) -> list[dict[str, Any]]:
        """Proposals with their terms, each term with its own life; the latest first."""
        packages: dict[str, dict[str, Any]] = {}
        for item in self.items(process, "proposal", limit):
            term = {"id": item.id, "day": item.day, **item.summary}
            package = packages.setdefault(term["package"], {"id": term["package"], "day": item.day, "by": term["by"],
                                                            "to": term["to"], "terms": []})  # fmt: skip
            package["terms"].append(term)
        for package in packages.values():
            package["terms"].sort(key=lambda term: ISSUES.index(term["issue"]))
        return list(packages.values())

    def claims(self, process: str, limit: int = 100) -> list[dict[str, Any]]:
        """Claims with who asserts, denies and confirms them; the latest first."""
        return [{"id": item.id, "day": item.day, **item.summary} for item in self.items(process, "claim", limit)]

    # Time

    def timeline(self, process: str | None = None, *, since: str | None = None, until: str | None = None, limit: int = 100,
                 kinds: Sequence[str] = ()) -> list[dict[str, Any]]:  # fmt: skip
        """Dated changes, the latest first: talks, steps of proposals, first words, shifts and reversals of stance,
        claims."""
        if self.as_of is not None:
            found = self._moments_as_of(process)
            chosen = [m for m in found if (not kinds or m["kind"] in kinds) and (not since or m["day"] >= since)
                      and (not until or m["day"] <= until)]  # fmt: skip
            return sorted(chosen, key=lambda m: (_backwards(m["day"]), m["ref"], m["place"]))[:limit]
        query = self._moments(process).order_by(t.moment.c.day.desc(), t.moment.c.ref, t.moment.c.place).limit(limit)
        if kinds:
            query = query.where(t.moment.c.kind.in_(list(kinds)))
        if since:
            query = query.where(t.moment.c.day >= since)
        if until:
            query = query.where(t.moment.c.day <= until)
        return [_moment(row) for row in self.connection.execute(query)]

    def changes(self, process: str, since: str, limit: int | None = None) -> list[dict[str, Any]]:
        """What became known after a day, in the order of its days; with a `limit` the last that became known."""
        if self.as_of is not None:
            found = [m for m in self._moments_as_of(process) if m["known"] > since]
        else:
            query = self._moments(process).where(t.moment.c.known > since, t.moment.c.known < UNDATED)
            query = query.order_by(t.moment.c.known.desc(), t.moment.c.ref, t.moment.c.place).limit(limit)
            found = [_moment(row) for row in self.connection.execute(query)]
        if limit is not None:
            found = sorted(found, key=lambda m: (_backwards(m["known"]), m["ref"], m["place"]))[:limit]
        return sorted(found, key=lambda m: (m["day"], m["known"], m["ref"], m["place"]))

    def _moments(self, process: str | None) -> Select[Any]:
        return select(t.moment).where(t.moment.c.process_id == process) if process else select(t.moment)

    def _moments_as_of(self, process: str | None) -> list[dict[str, Any]]:
        ids = [process] if process else list(self.connection.scalars(select(t.process.c.id)))
        found: list[dict[str, Any]] = []
        for id_ in ids:
            for kind in ("talks", "proposal", "claim"):
                for item in self._items_as_of(id_, kind):
                    found += [_moment_data(id_, item.id, place, m) for place, m in enumerate(item.moments)]
            found += self._turns_as_of(id_)
        return found

    def _turns_as_of(self, process: str) -> Iterable[dict[str, Any]]:
        s = t.stance.c
        query = select(s.party, s.issue).where(s.process_id == process, *self._stood(t.stance)).distinct()
        for row in self.connection.execute(query).all():
            cell, before = (process, row.party, row.issue), None
            for stance, run in stances.runs(self.words(cell)):
                day = [w for w in run if w.said == run[0].said]
                if run[0].said:
                    data = stances.moment_data(day, before=before, after=stance)
                    kind = stances.change(before, stance) if before else "position"
                    known = min(w.known for w in day if w.stance == stance)
                    of = Moment(run[0].said, known, kind, row.party, row.issue, data)
                    yield _moment_data(process, f"{cell_ref(cell)}-{run[0].said}", 0, of)
                before = stance

    # Actors and events

    def actors(self, parties: Sequence[str] = (), name: str = "", limit: int = 200) -> list[dict[str, Any]]:
        """Persons (or whoever bears `name`) and for whom they spoke in which role, from when to when, with evidence."""
        r = t.role.c
        query = select(r.person, r.party, r.role, r.former, func.min(r.day).label("first"), func.max(r.day).label("last"),
                       func.count().label("documents")).where(*self._stood(t.role))  # fmt: skip
        query = query.where(r.party.in_(list(parties))) if parties else query
        query = (
            query.where(func.lower(r.name).contains(name.casefold(), autoescape=True))
            if name
            else query.where(r.kind == "person")
        )
        query = query.group_by(r.person, r.party, r.role, r.former).order_by(
            r.party, r.person, func.min(r.day), r.role, r.former
        )
        return [self._mandate(row) for row in self.connection.execute(query.limit(limit)).all()]

    def _mandate(self, row: Any) -> dict[str, Any]:
        r = t.role.c
        same = and_(
            r.person == row.person, r.party == row.party, r.role == row.role, r.former == row.former, *self._stood(t.role)
        )
        first = self.connection.execute(select(t.role).where(same).order_by(r.day, r.entry_id).limit(1)).one()
        names = self.connection.scalars(select(r.name).where(r.person == row.person).distinct().limit(20))
        return {"person": row.person, "names": sorted(names, key=lambda n: (-len(n), n)), "party": row.party,
            "role": row.role,
                "former": bool(row.former), "from": row.first, "to": row.last, "documents": row.documents,
                "entry": first.entry_id, "document": first.document_id, "quote": first.quote}  # fmt: skip

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
        ids = sorted({hit[key] for hit in hits})
        found: set[str] = set()
        for i in range(0, len(ids), 500):
            found |= set(self.connection.scalars(select(column).where(column.in_(ids[i : i + 500]), *asked).distinct()))
        return found

    # Single things

    def sources(self, documents: Iterable[str]) -> dict[str, dict[str, Any]]:
        """What is known of documents: title, publisher, day, address, and whether a later version stands in their place."""
        d = t.document.c
        ids = sorted(set(documents))
        found: dict[str, dict[str, Any]] = {}
        for i in range(0, len(ids), 500):
            query = (select(d.id, d.title, d.publisher, d.published, d.updated, d.url, t.standing.c.version,
                t.standing.c.until)
                     .join(t.standing, t.standing.c.document_id == d.id).where(d.id.in_(ids[i : i + 500])))  # fmt: skip
            found |= {row.id: dict(row._mapping) for row in self.connection.execute(query)}
        return found

    def document(self, prefix: str) -> dict[str, Any]:
        """A document by its id or the beginning of it: its text, versions, copies and reviewed entries."""
        d = t.document.c
        rows = self.connection.execute(select(t.document).where(d.id.startswith(prefix, autoescape=True)).limit(2)).all()
        if len(rows) != 1 or len(prefix) < 4:
            raise LedgerError(f"{prefix!r} is the id of {'several documents' if rows else 'nothing in the ledger'}")
        row = rows[0]
        standing = self.connection.execute(select(t.standing).where(t.standing.c.document_id == row.id)).one()
        st = t.standing.c
        versions = self.connection.scalars(select(st.document_id).where(st.story == standing.story).order_by(st.version))
        copies = self.connection.scalars(
            select(st.document_id).where(st.account == standing.account).order_by(st.document_id)
        )
        origins = self.connection.scalars(select(t.sighting.c.origin).where(t.sighting.c.document_id == row.id))
        return {"id": row.id, "title": row.title, "published": row.published, "publisher": row.publisher, "url": row.url,
                "updated": row.updated, "sha256": row.sha256, "text": row.text, "version": standing.version,
                "until": None if standing.until == ALWAYS else standing.until, "versions": list(versions),
                "copies": list(copies), "found_at": sorted(origins),
                "processes": sorted(self.connection.scalars(
                    select(t.belongs.c.process_id).where(t.belongs.c.document_id == row.id))),
                "entries": [self._entry(r) for r in self.reviewed(row.id)]}  # fmt: skip

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
            raise LedgerError(f"there is no document {document} in the ledger")
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
        raise LedgerError(
            f"there is no entry {id_} in today's reading of its document; `parley history {id_}` shows older ones"
        )

    def _thread(self, id_: str) -> dict[str, Any]:
        row = self.connection.execute(select(t.thread).where(t.thread.c.id == id_)).first()
        if row is None:
            raise LedgerError(f"there is nothing called {id_} in the ledger today")
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
            raise LedgerError(f"there is no document {document or id_} in the ledger")
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
            raise LedgerError(f"there never was an entry {id_} in the ledger")
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


def gap_of(pair: list[dict[str, Any] | None]) -> str:
    """How two parties stand to each other on an issue: agreed, contested, one-sided or unaddressed."""
    one, other = pair
    if one is None and other is None:
        return "unaddressed"
    if one is None or other is None:
        return "one-sided"
    return "agreed" if one["stance"] == other["stance"] != "conditional" else "contested"


def _moment(row: Any) -> dict[str, Any]:
    return {"process": row.process_id, "ref": row.ref, "place": row.place, "day": row.day, "known": row.known,
            "kind": row.kind, "party": row.party, "issue": row.issue, **json.loads(row.data)}  # fmt: skip


def _moment_data(process: str, ref: str, place: int, of: Moment) -> dict[str, Any]:
    data = json.loads(json.dumps(of.data))  # the same types as from the tables
    return {"process": process, "ref": ref, "place": place, "day": of.day, "known": of.known, "kind": of.kind,
            "party": of.party, "issue": of.issue, **data}  # fmt: skip


def _backwards(day: str) -> tuple[int, ...]:
    """A key that sorts days backwards."""
    return tuple(-ord(c) for c in day)
