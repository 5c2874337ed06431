"""What the ledger writes, row by row, and what it finds by the names that people give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, insert, select

from parley.errors import DocumentError, LedgerError, MissingError
from parley.ledger import process as processes
from parley.ledger import tables as t
from parley.ledger.copies import enrol_document, insert_new
from parley.ledger.days import UNDATED, last_day
from parley.ledger.entries import CODEBOOK, document_id, named_entries, record_text, stored_record
from parley.ledger.layout import number_of
from parley.ledger.likeness import EDITION, signature
from parley.ledger.refresh import current_reading, document_of, refresh, remember_editions
from parley.ledger.review import added_entry
from parley.record import Document, Entry, Record


def now() -> str:
    """The present moment, for decisions: they are acts of people, at a time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def refuse_unstorable(document: Document, origin: str) -> None:
    """Raise ``DocumentError`` on a document that no database can hold."""
    fields = (document.text, document.title or "", document.publisher or "", document.url or "")
    try:
        "".join(fields).encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(
            origin or "document", "holds half a character (a lone surrogate); save it as UTF-8 again"
        ) from None
    if any("\x00" in text for text in fields):
        raise DocumentError(origin or "document", "holds a zero character, which no ledger can store; take it out")


def digest_of(text: str) -> str:
    """The digest by which equal readings are told."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


ID_OF = select(t.document.c.id).where(t.document.c.id == bindparam("of"))
_LIKENESS = select(t.meta.c.value).where(t.meta.c.key == "likeness")
_AT_NUMBER = select(t.document.c.number).where(t.document.c.number == bindparam("number"))
_SEEN_AT = select(t.sighting.c.origin).where(
    t.sighting.c.document_id == bindparam("of"), t.sighting.c.origin == bindparam("origin")
)
_INSERT = {table: insert(table) for table in (t.document, t.reading, t.sighting)}


def add_record(
    connection: Connection, record: Record, origin: str, modified: str | None, updated: str | None
) -> Literal["added", "known"]:
    """Store a document with its reading and derive what rests on it; "known" if it is there already."""
    id_ = document_id(record.document)
    row = connection.execute(ID_OF, {"of": id_}).first()
    seen = see(connection, id_, origin, modified)
    if row is not None:
        if seen:  # the same words at another place may make two stories one
            refresh(connection, enrol_document(connection, id_))
        return "known"
    refresh(connection, {id_} | store_record(connection, id_, record, updated), new={id_})
    return "added"


def store_record(connection: Connection, id_: str, record: Record, updated: str | None) -> set[str]:
    """Store a new document and its reading; give the documents whose standing that changes."""
    if connection.scalar(_LIKENESS) is None:
        insert_new(connection, t.meta, [{"key": "likeness", "value": EDITION}, {"key": "codebook", "value": CODEBOOK}])
        remember_editions(connection)
    _store_document(connection, id_, record.document, updated)
    store_reading(connection, id_, record, number=1)
    return enrol_document(connection, id_)


def see(connection: Connection, id_: str, origin: str, modified: str | None) -> bool:
    """Note where a document was found; true if it was not known to be there."""
    if not origin:
        return False
    if connection.execute(_SEEN_AT, {"of": id_, "origin": origin}).first():
        return False
    connection.execute(_INSERT[t.sighting], {"document_id": id_, "origin": origin, "modified": modified})
    return True


def _store_document(connection: Connection, id_: str, document: Document, updated: str | None) -> None:
    day = last_day(document.published) or UNDATED
    later = last_day(updated[:10]) if updated else None
    known = max(day, later) if later and day != UNDATED else later or day
    number = number_of(known, id_)
    while connection.execute(_AT_NUMBER, {"number": number}).first():
        number += 1
    connection.execute(_INSERT[t.document], {
        "number": number, "id": id_, "sha256": document.sha256, "title": document.title, "published": document.published,
        "day": day, "known": known, "publisher": document.publisher, "url": document.url, "language": document.language,
        "text": document.text, "updated": updated, "signature": signature(document.text),
        "date_method": document.date_method, "date_reliability": document.date_reliability})  # fmt: skip


def store_reading(connection: Connection, id_: str, record: Record, *, number: int) -> None:
    """Store a reading of a document under its number."""
    text = record_text(record)
    connection.execute(_INSERT[t.reading], {
        "document_id": id_, "number": number, "digest": digest_of(text), "parley": record.parley,
        "contract": record.contract, "codebook": CODEBOOK, "record": text})  # fmt: skip


def log_review(connection: Connection, document: str, entry_id: str, name: str, verdict: str, changes: dict[str, Any],
                snapshot: dict[str, Any], reason: str, by: str, at: str | None) -> None:  # fmt: skip
    """Add a decision on an entry to the log."""
    connection.execute(insert(t.review).values(
        document_id=document, entry_id=entry_id, list=name, verdict=verdict,
        changes=json.dumps(changes, ensure_ascii=False, sort_keys=True),
        snapshot=json.dumps(snapshot, ensure_ascii=False, sort_keys=True), reason=reason, by=by.strip(), at=at or now(),
        codebook=CODEBOOK))  # fmt: skip


def process_data(
    id_: str, name: str, parties: Sequence[str], mediators: Sequence[str], since: str, until: str
) -> dict[str, Any]:
    """What a decision on a process says, its dates made whole. Raises ``LedgerError`` on what is no date."""
    for partial in (since, until):
        if partial and last_day(partial) is None:
            raise LedgerError(f"{partial!r} is not a date; give it as YYYY-MM-DD, YYYY-MM or YYYY")
    return {"id": id_, "name": name, "parties": list(parties), "mediators": list(mediators),
            "since": processes.first_day(since), "until": last_day(until) or ""}  # fmt: skip


def found_process(connection: Connection, name: str) -> Any:
    """The process of that id or name, or whose name alone begins so. Raises ``LedgerError`` if none or several do."""
    p = t.process.c
    folded = name.casefold()
    exact = connection.execute(select(t.process).where((p.id == name) | (func.lower(p.name) == folded))).all()
    if len(exact) == 1:
        return exact[0]
    begins = connection.execute(
        select(t.process).where(func.lower(p.name).startswith(folded, autoescape=True) | p.id.startswith(folded,
            autoescape=True))
        .order_by(p.documents.desc(), p.id).limit(6)
    ).all()  # fmt: skip
    if len(begins) == 1:
        return begins[0]
    if not begins:
        raise MissingError(f"the ledger knows no process {name!r}; `parley process list` shows them")
    raise MissingError(f"{name!r} may be {', '.join(row.name for row in begins[:5])}; give the whole name")


def found_entry(connection: Connection, entry_id: str) -> tuple[str, str, Entry]:
    """The document, the list and the machine's current entry of an id. Raises ``MissingError`` if there is none."""
    document = entry_id.rsplit("-", 1)[0]
    stored = current_reading(connection, document)
    row = connection.execute(select(t.document).where(t.document.c.id == document)).first()
    if row is not None and stored is not None:
        text = document_of(row)
        for id_, name, entry in named_entries(document, stored_record(stored.record, text)):
            if id_ == entry_id:
                return document, name, entry
        added = select(t.review).where(t.review.c.entry_id == entry_id, t.review.c.verdict == "add")
        if (of := connection.execute(added).first()) is not None:
            return document, of.list, added_entry(of.list, json.loads(of.changes), text)
    raise MissingError(f"there is no entry {entry_id} in today's reading of the ledger's documents")
