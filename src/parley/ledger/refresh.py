"""Deriving: from documents, readings and decisions to the tables that answer questions.

`refresh` takes all that rests on some documents away and lays it out anew, and settles only what that touches: the cells of
their positions, the clusters of their talks, proposals and claims. The result depends on what is in the ledger, never on the
order in which it came; `rebuild` makes everything again and must give the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Table, bindparam, delete, insert, select, update

from parley.ledger import process as processes
from parley.ledger import tables as t
from parley.ledger.cells import Cell, settle_cells
from parley.ledger.clusters import settle_clusters
from parley.ledger.copies import enrol_document, enrol_passages, insert_new
from parley.ledger.days import ALWAYS
from parley.ledger.dealings import Dealings
from parley.ledger.entries import named_entries, stored_record
from parley.ledger.layout import Laid, lay_out
from parley.ledger.likeness import label
from parley.ledger.process import Decisions, Process
from parley.ledger.review import Reviewed, applied, reviews_of
from parley.ledger.tables import chunks
from parley.record import Document, Record


@dataclass
class _Touched:
    """What has to be settled after documents came, went or changed."""

    cells: dict[Cell, set[str]] = field(default_factory=dict)
    clusters: set[str] = field(default_factory=set)
    new: list[tuple[str, str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    processes: dict[str, Process] = field(default_factory=dict)


# Statements are made once, because building them costs more than running them.
_s, _m, _p = t.stance.c, t.mention.c, t.process
_AMONG: BindParameter[str] = bindparam("ids", expanding=True)
_CELLS_OF = select(_s.process_id, _s.party, _s.issue, _s.said).where(_s.document_id.in_(_AMONG)).distinct()
_CLUSTERS_OF = select(_m.cluster).where(_m.document_id.in_(_AMONG)).distinct()
_PROCESSES_OF = select(t.belongs.c.process_id).where(t.belongs.c.document_id.in_(_AMONG))
_OF_DOCUMENTS = tuple(
    delete(table).where(table.c.document_id.in_(_AMONG))
    for table in (t.stance, t.mention, t.deed, t.role, t.searchable, t.doubt, t.dyad, t.mediation, t.belongs)
)
_DOCUMENT = select(t.document).where(t.document.c.id == bindparam("of"))
_READING = select(t.reading).where(t.reading.c.document_id == bindparam("of")).order_by(t.reading.c.number.desc()).limit(1)
_STANDING = select(t.standing).where(t.standing.c.document_id == bindparam("of"))
_STORY = select(t.standing.c.document_id).where(t.standing.c.story == bindparam("of"))
_INSERT = {table: insert(table) for table in (t.stance, t.mention, t.deed, t.role, t.doubt, t.searchable)}
_TAKEN = select(t.searchable.c.number).where(t.searchable.c.number.in_(_AMONG))
_PROCESS = select(t.process).where(_p.c.id == bindparam("of"))
_COUNT = update(_p).where(_p.c.id == bindparam("of")).values(documents=_p.c.documents + bindparam("change"))


def refresh(connection: Connection, documents: Iterable[str], decided: Decisions | None = None, *,
            new: Collection[str] = ()) -> None:  # fmt: skip
    """Derive anew all that rests on these documents, of which those in `new` have just come: nothing rests on them yet."""
    decided = decided or processes.decisions(connection)
    touched, ids = _Touched(), sorted(set(documents))
    dealings = Dealings(connection)
    there = [document for document in ids if document not in new]
    before = dealings.facts(there)
    for some in chunks(there):
        _take_away(connection, some, touched)
    laid = {document: _dealings_of(connection, document) for document in ids}
    others = sorted(dealings.concerned(before, ids) - set(ids))  # what these say changes where others belong
    for some in chunks(others):
        _take_away(connection, some, touched)
    laid |= {document: _dealings_of(connection, document) for document in others}
    for source in laid.values():
        if source is not None:
            _lay_out(connection, source, decided, touched, dealings)
    _settle_processes(connection, touched)
    settle_cells(connection, touched.cells)
    settle_clusters(connection, touched.clusters, touched.new)


def rebuild(connection: Connection) -> None:
    """Empty every derived table and make it again from what came in and what was decided."""
    for table in t.DERIVED:
        connection.execute(delete(table))
    ids = list(connection.scalars(select(t.document.c.id).order_by(t.document.c.id)))
    for document in ids:
        enrol_document(connection, document)
    for document in ids:
        enrol_passages(connection, *_all_passages(connection, document))
    decided = processes.decisions(connection)
    for process in decided.defined:
        keep_process(connection, decided.final(process))
    for some in chunks(ids):
        refresh(connection, some, decided)
    remember_editions(connection)


def remember_editions(connection: Connection) -> None:
    """Note the edition of the known conflicts that documents are assigned by."""
    connection.execute(delete(t.meta).where(t.meta.c.key == "conflicts"))
    connection.execute(insert(t.meta).values(key="conflicts", value=processes.conflicts_edition()))


def document_of(row: Row[Any]) -> Document:
    """The record's document from its row."""
    return Document(text=row.text, title=row.title, published=row.published, publisher=row.publisher, url=row.url,
                    language=row.language, sha256=row.sha256, date_method=row.date_method,
                    date_reliability=row.date_reliability)  # fmt: skip


def current_reading(connection: Connection, document: str) -> Row[Any] | None:
    """The newest reading of a document."""
    return connection.execute(_READING, {"of": document}).first()


def _all_passages(connection: Connection, document: str) -> tuple[list[str], str]:
    """The passages of every reading of a document, of former ones too, and its day: labels depend on all ever read."""
    row = connection.execute(select(t.document).where(t.document.c.id == document)).one()
    text, found = document_of(row), set()
    for stored in connection.scalars(select(t.reading.c.record).where(t.reading.c.document_id == document)):
        record = stored_record(stored, text)
        reviewed = applied(document, text, named_entries(document, record), ())
        found |= lay_out(document, row, None, record, reviewed, ()).passages()
    return sorted(found), row.known


def _take_away(connection: Connection, ids: list[str], touched: _Touched) -> None:
    for row in connection.execute(_CELLS_OF, {"ids": ids}):
        touched.cells.setdefault((row.process_id, row.party, row.issue), set()).add(row.said)
    touched.clusters.update(connection.scalars(_CLUSTERS_OF, {"ids": ids}))
    for process_id in connection.scalars(_PROCESSES_OF, {"ids": ids}):
        touched.counts[process_id] -= 1
    for deletion in _OF_DOCUMENTS:
        connection.execute(deletion, {"ids": ids})


@dataclass(frozen=True)
class _Source:
    """A document with its entries after review and who deals with whom in it."""

    id: str
    row: Row[Any]
    standing: Row[Any]
    record: Record
    reviewed: list[Reviewed]
    pairs: dict[tuple[str, str], int]


def _dealings_of(connection: Connection, document: str) -> _Source | None:
    """Read a document's entries and note who deals with whom in it and who mediates; None if it has no reading."""
    row = connection.execute(_DOCUMENT, {"of": document}).one()
    stored = current_reading(connection, document)
    if stored is None:
        return None
    standing = connection.execute(_STANDING, {"of": document}).one()
    text = document_of(row)
    record = stored_record(stored.record, text)
    story = [document]
    if standing.story != document or standing.version != 1 or standing.until != ALWAYS:
        story = list(connection.scalars(_STORY, {"of": standing.story}))
    reviewed = applied(document, text, named_entries(document, record), reviews_of(connection, story))
    counting = [r.entry for r in reviewed if r.counts]
    pairs = processes.dyads_of(counting, record)
    insert_new(
        connection, t.dyad, [{"document_id": document, "one": a, "other": b, "weight": w} for (a, b), w in pairs.items()]
    )
    mediations = [
        {"document_id": document, "mediator": m, "one": a, "other": b} for m, a, b in processes.mediations_of(counting)
    ]
    insert_new(connection, t.mediation, mediations)
    return _Source(document, row, standing, record, reviewed, pairs)


def _lay_out(connection: Connection, source: _Source, decided: Decisions, touched: _Touched, dealings: Dealings) -> None:
    document, row = source.id, source.row
    of = processes.assign(source.pairs, row.day, decided, dealings) or (_OUTSIDE,)
    laid = lay_out(document, row, source.standing, source.record, source.reviewed, of)
    joined = enrol_passages(connection, sorted(laid.passages()), row.known)
    _touch_copies(connection, joined, touched)
    insert_new(connection, t.belongs, [{"process_id": p.id, "document_id": document, "day": row.known} for p in of])
    for process in of:
        touched.counts[process.id] += 1
        touched.processes[process.id] = process
    _insert(connection, laid, touched)


_OUTSIDE = Process(processes.OUTSIDE, "Outside any process", "outside", ())


def _insert(connection: Connection, laid: Laid, touched: _Touched) -> None:
    for mention in laid.mentions:  # a cluster of its own until it is settled
        mention["cluster"] = label(f"{mention['process_id']}|{mention['entry_id']}|{mention['block']}")
        touched.new.append((mention["process_id"], mention["entry_id"], mention["block"]))
    for stance in laid.stances:
        cell = (stance["process_id"], stance["party"], stance["issue"])
        touched.cells.setdefault(cell, set()).add(stance["said"])
    rows: list[tuple[Table, list[dict[str, Any]]]] = [(t.stance, laid.stances), (t.mention, laid.mentions),
                                                     (t.deed, laid.deeds), (t.role, laid.roles), (t.doubt,
                                                         laid.doubts)]  # fmt: skip
    for table, of in rows:
        if of:
            connection.execute(_INSERT[table], of)
    if laid.searchable:
        wanted = [row["number"] for row in laid.searchable]
        taken = set(connection.scalars(_TAKEN, {"ids": wanted}))
        for row in laid.searchable:
            while row["number"] in taken:
                row["number"] += 1
            taken.add(row["number"])
        connection.execute(_INSERT[t.searchable], laid.searchable)


def _touch_copies(connection: Connection, labels: set[str], touched: _Touched) -> None:
    """Accounts are counted anew wherever passages that were taken for two are copies of each other."""
    if not labels:
        return
    passages = list(connection.scalars(select(t.passage.c.id).where(t.passage.c.copies.in_(sorted(labels)))))
    s = t.stance.c
    for some in chunks(passages):
        query = select(s.process_id, s.party, s.issue, s.said).where(s.passage.in_(some)).distinct()
        for row in connection.execute(query):
            touched.cells.setdefault((row.process_id, row.party, row.issue), set()).add(row.said)
        query_clusters = select(t.mention.c.cluster).where(t.mention.c.passage.in_(some)).distinct()
        touched.clusters.update(connection.scalars(query_clusters))


# Processes


def _settle_processes(connection: Connection, touched: _Touched) -> None:
    for _, process in sorted(touched.processes.items()):
        keep_process(connection, process)
    for process_id, change in sorted(touched.counts.items()):
        if change:
            connection.execute(_COUNT, {"of": process_id, "change": change})
    gone = [process_id for process_id, change in touched.counts.items() if change < 0]
    if gone:
        connection.execute(delete(_p).where(_p.c.id.in_(sorted(gone)), _p.c.documents <= 0, _p.c.kind != "defined"))


def keep_process(connection: Connection, process: Process) -> None:
    """Write what a process is, if that is new; its number of documents is counted apart."""
    row = {"name": process.name, "kind": process.kind, "parties": json.dumps(process.parties, ensure_ascii=False),
           "mediators": json.dumps(process.mediators, ensure_ascii=False), "since": process.since,
           "until": process.until}  # fmt: skip
    insert_new(connection, t.process, [{"id": process.id, "documents": 0, **row}])
    stored = connection.execute(_PROCESS, {"of": process.id}).one()
    if any(getattr(stored, key) != value for key, value in row.items()):
        connection.execute(update(t.process).where(t.process.c.id == process.id).values(row))
