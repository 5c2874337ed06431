"""The ledger: what writes to it. Reading from it is `View` in ``view.py``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from sqlalchemy import Connection, Engine, bindparam, func, insert, select

from parley.errors import DocumentError, LedgerError, StaleError
from parley.ledger import connect
from parley.ledger import process as processes
from parley.ledger import tables as t
from parley.ledger.copies import enrol_document, insert_new
from parley.ledger.days import UNDATED, asked_day, last_day
from parley.ledger.entries import (
    CODEBOOK,
    changed_entry,
    document_id,
    fields_of,
    named_entries,
    record_text,
    stored_record,
)
from parley.ledger.layout import number_of
from parley.ledger.likeness import EDITION, signature
from parley.ledger.refresh import current_reading, document_of, keep_process, rebuild, refresh, remember_editions
from parley.ledger.review import Verdict, added_entry, added_id, meaning, state_of, words_key
from parley.ledger.tables import chunks
from parley.record import Document, Entry, Record

if TYPE_CHECKING:
    from parley.ledger.view import View


_UNDONE = "↶ undone"
"""The reason of a decision that takes back the one before it."""


@dataclass(frozen=True)
class Change:
    """What another reading of a document changed: entries by id that are gone, new, or say something else."""

    document: str
    gone: dict[str, dict[str, Any]] = field(default_factory=dict)
    new: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: dict[str, tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=dict)


class Ledger:
    """A store of documents, records and decisions, and the state of peace processes that is derived from them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._busy = connect.BUSY_SECONDS

    @classmethod
    def open(cls, ledger: str | Path, *, create: bool = False, busy_seconds: float = connect.BUSY_SECONDS) -> Self:
        """Open the ledger in a file or at a URL. With `create`, make it or bring an older one up to date first.

        Raises ``LedgerError`` if it is missing, of a newer Parley, another program's database, or out of reach.
        """
        engine = connect.engine_of(connect.address(ledger), busy_seconds=busy_seconds)
        try:
            connect.prepare(engine, create=create)
        except BaseException:
            engine.dispose()
            raise
        opened = cls(engine)
        opened._busy = busy_seconds
        return opened

    @property
    def name(self) -> str:
        """The address as messages show it."""
        return connect.shown(self.engine.url)

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def view(self, as_of: str | None = None) -> Iterator[View]:
        """The state of the ledger, today's or as of a day (YYYY-MM-DD, YYYY-MM, YYYY), unchanging while it is looked at."""
        from parley.ledger.view import View

        with connect.reading_of(self.engine) as connection:
            yield View(connection, asked_day(as_of) if as_of else None)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes, alone."""
        with connect.writing_to(self.engine, seconds=self._busy) as connection:
            yield connection

    # Documents

    def note(self, document: Document, *, origin: str = "", modified: str | None = None) -> bool:
        """Whether a document is in the ledger; if so, note that it was found at `origin` too."""
        id_ = document_id(document)
        with connect.reading_of(self.engine) as connection:
            if connection.execute(select(t.reading.c.number).where(t.reading.c.document_id == id_)).first() is None:
                return False
            s = t.sighting.c
            seen = select(s.origin).where(s.document_id == id_, s.origin == origin)
            if not origin or connection.execute(seen).first():
                return True
        with self.writing() as connection:
            if _see(connection, id_, origin, modified):
                refresh(connection, enrol_document(connection, id_))
        return True

    def add(self, record: Record, *, origin: str = "", modified: str | None = None, updated: str | None = None,
            within: Connection | None = None) -> Literal["added", "known"]:  # fmt: skip
        """Add a document with its record, in one transaction of its own; "known" if it is there already.

        `origin` says where it was found (a path, an address), `modified` when that file was last changed, `updated` the day
        of its latest version (ISO 8601). Raises ``DocumentError`` if its text cannot be stored, ``LedgerError`` if the
        ledger cannot be written to.
        """
        _refuse_unstorable(record.document, origin)
        if within is not None:
            return _add(within, record, origin, modified, updated)
        with self.writing() as connection:
            return _add(connection, record, origin, modified, updated)

    def add_together(self, records: Iterable[Record]) -> int:
        """Add many documents with their records in one transaction, all or none; give how many were not there yet.

        It costs less than adding one by one, because what they touch together is settled once. Raises as `add` does.
        """
        with self.writing() as connection:
            new: set[str] = set()
            changed: set[str] = set()
            for record in records:
                _refuse_unstorable(record.document, "")
                id_ = document_id(record.document)
                if connection.execute(_ID_OF, {"of": id_}).first() is None:
                    changed |= _store(connection, id_, record, None)
                    new.add(id_)
            refresh(connection, new | changed, new=new)
        return len(new)

    def documents(self, prefix: str = "") -> list[tuple[str, Document]]:
        """Every document with its id, in the order of ids: what `reread` goes through. `prefix` narrows the ids."""
        with connect.reading_of(self.engine) as connection:
            query = select(t.document).where(t.document.c.id.startswith(prefix)).order_by(t.document.c.id)
            return [(row.id, document_of(row)) for row in connection.execute(query)]

    def records(self) -> Iterator[Record]:
        """Today's reading of every document, in the order of their ids; memory holds one at a time."""
        with connect.reading_of(self.engine) as connection:
            for row in connection.execute(select(t.document).order_by(t.document.c.id).execution_options(yield_per=100)):
                stored = current_reading(connection, row.id)
                if stored is not None:
                    yield stored_record(stored.record, document_of(row))

    def reread(self, id_: str, record: Record) -> Change | None:
        """Store another reading of a document, if it differs from the current one, and say what it changed."""
        if document_id(record.document) != id_:
            raise LedgerError(f"this is no reading of the document {id_}: its text or what is known of it differs")
        with self.writing() as connection:
            stored = current_reading(connection, id_)
            text = record_text(record)
            if stored is not None and stored.digest == _digest(text):
                return None
            before = stored_record(stored.record, record.document) if stored is not None else None
            _store_reading(connection, id_, record, number=stored.number + 1 if stored is not None else 1)
            refresh(connection, [id_])
        return _difference(id_, before, record)

    def rebuild(self) -> None:
        """Make everything that is derived again."""
        with self.writing() as connection:
            rebuild(connection)

    def outdated(self) -> bool:
        """Whether the known conflicts have changed since the processes of this ledger were formed."""
        with connect.reading_of(self.engine) as connection:
            made = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == "conflicts"))
        return made is not None and made != processes.conflicts_edition()

    # Review

    def review(self, entry_id: str, verdict: Verdict, *, by: str, reason: str = "", changes: dict[str, str] | None = None,
               at: str | None = None, seen: str | None = None) -> None:  # fmt: skip
        """Add a decision on an entry to the log. Raises ``LedgerError`` if there is no such entry or change.

        `seen` is the state (`review.state_of`) that the reviewer looked at: if the entry has another one by now, nothing is
        written and ``StaleError`` is raised.
        """
        if not by.strip():
            raise LedgerError("a review needs the name of the reviewer (--by NAME)")
        with self.writing() as connection:
            document, name, entry = found_entry(connection, entry_id)
            if seen is not None and seen != state_of(connection, entry_id, entry):
                raise StaleError(f"{entry_id} was reviewed or read again since you opened it; look at it once more")
            text = document_of(connection.execute(select(t.document).where(t.document.c.id == document)).one())
            if verdict == "set":
                if not changes:
                    raise LedgerError("name what to set: --set FIELD=VALUE")
                changed_entry(entry, changes, text)
            snapshot = {"fields": fields_of(entry), "meaning": meaning(entry), "words": words_key(entry)}
            _log_review(connection, document, entry_id, name, verdict, changes or {}, snapshot, reason, by, at)
            story = select(t.standing.c.story).where(t.standing.c.document_id == document)
            versions = connection.scalars(select(t.standing.c.document_id).where(t.standing.c.story.in_(story)))
            refresh(connection, versions)

    def undo(self, entry_id: str, *, by: str, at: str | None = None) -> None:
        """Take back the last decision of a reviewer on an entry: the one before it, if there is one, is made again.

        Raises ``LedgerError`` if there is none to take back.
        """
        r = t.review.c
        with connect.reading_of(self.engine) as connection:
            query = select(t.review).where(r.entry_id == entry_id, r.by == by.strip()).order_by(r.number)
            standing: list[Any] = []
            for row in connection.execute(query):
                if row.reason != _UNDONE:
                    standing.append(row)
                elif standing:
                    standing.pop()
        if not standing or standing[-1].verdict == "withdraw":
            raise LedgerError(f"{by} made no decision on {entry_id} that could be taken back")
        before = standing[-2] if len(standing) > 1 else None
        if before is None or before.verdict in ("withdraw", "add"):
            self.review(entry_id, "withdraw", by=by, reason=_UNDONE, at=at)
        else:
            self.review(entry_id, before.verdict, by=by, reason=_UNDONE, changes=json.loads(before.changes), at=at)

    def add_entry(self, document: str, name: str, fields: dict[str, Any], *, by: str, reason: str = "",
                  at: str | None = None) -> str:  # fmt: skip
        """Add an entry that the machine missed; give its id. Raises ``LedgerError`` if its words are not in the text."""
        with self.writing() as connection:
            row = connection.execute(select(t.document).where(t.document.c.id == document)).first()
            if row is None:
                raise LedgerError(f"there is no document {document} in the ledger")
            entry = added_entry(name, fields, document_of(row))
            id_ = added_id(document, name, entry)
            snapshot = {"fields": fields_of(entry), "meaning": meaning(entry), "words": words_key(entry)}
            data = entry.model_dump(mode="json")
            _log_review(connection, document, id_, name, "add", data, snapshot, reason, by, at)
            refresh(connection, [document])
        return id_

    # Processes

    def define_process(self, name: str, parties: Sequence[str], *, mediators: Sequence[str] = (), since: str = "",
                       until: str = "", by: str = "", reason: str = "") -> str:  # fmt: skip
        """Define a process, or define one of the same name anew; give its id."""
        if len(parties) < 2:
            raise LedgerError("a process needs at least two parties")
        what = _process_data(processes.slug(name), name, parties, mediators, since, until)
        with self.writing() as connection:
            self._decide(connection, "define", what, reason, by, parties=parties, ids=[what["id"]])
        return str(what["id"])

    def rename_process(self, old: str, name: str, *, by: str = "", reason: str = "") -> None:
        """Give a process another name; its id stays."""
        with self.writing() as connection:
            row = found_process(connection, old)
            self._decide(connection, "rename", {"id": row.id, "name": name}, reason, by, ids=[row.id])

    def merge_processes(self, names: Sequence[str], into: str, *, by: str = "", reason: str = "") -> None:
        """Let processes go on as one, with the parties of all."""
        with self.writing() as connection:
            target = found_process(connection, into)
            rows = [row for name in names if (row := found_process(connection, name)).id != target.id]
            if not rows:
                raise LedgerError("name at least one other process to merge")
            every = [target, *rows]
            what = {
                "processes": [row.id for row in rows], "into": target.id, "id": target.id, "name": target.name,
                "kind": target.kind,
                "parties": list(dict.fromkeys(p for row in every for p in json.loads(row.parties))),
                "mediators": list(dict.fromkeys(m for row in every for m in json.loads(row.mediators))),
                "since": min(row.since for row in every),
                "until": "" if any(not row.until for row in every) else max(row.until for row in every),
            }  # fmt: skip
            self._decide(connection, "merge", what, reason, by, ids=[row.id for row in every])

    def split_process(self, origin: str, name: str, parties: Sequence[str], *, mediators: Sequence[str] = (),
                      since: str = "", until: str = "", by: str = "", reason: str = "") -> str:  # fmt: skip
        """Take what is between some parties (in a period) out of a process into one of its own; give its id."""
        with self.writing() as connection:
            row = found_process(connection, origin)
            parties = list(parties) or json.loads(row.parties)
            what = _process_data(processes.slug(name), name, parties, mediators, since, until) | {"from": row.id}
            self._decide(connection, "split", what, reason, by, ids=[row.id])
        return str(what["id"])

    def _decide(self, connection: Connection, action: str, what: dict[str, Any], reason: str, by: str, *,
                ids: Sequence[str], parties: Sequence[str] = ()) -> None:  # fmt: skip
        """Log a decision and assign anew the documents that it may concern."""
        processes.decide(connection, action, what, reason=reason, by=by, at=now())
        concerned = set(connection.scalars(select(t.belongs.c.document_id).where(t.belongs.c.process_id.in_(list(ids)))))
        if parties:
            folded = [party.casefold() for party in parties]
            query = select(t.dyad.c.document_id).where(
                func.lower(t.dyad.c.one).in_(folded), func.lower(t.dyad.c.other).in_(folded)
            )
            concerned |= set(connection.scalars(query))
        decided = processes.decisions(connection)

        for process in decided.defined:
            keep_process(connection, decided.final(process))
        for some in chunks(concerned):
            refresh(connection, some, decided)


def now() -> str:
    """The present moment, for decisions: they are acts of people, at a time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _refuse_unstorable(document: Document, origin: str) -> None:
    fields = (document.text, document.title or "", document.publisher or "", document.url or "")
    try:
        "".join(fields).encode("utf-8")
    except UnicodeEncodeError:
        raise DocumentError(
            origin or "document", "holds half a character (a lone surrogate); save it as UTF-8 again"
        ) from None
    if any("\x00" in text for text in fields):
        raise DocumentError(origin or "document", "holds a zero character, which no ledger can store; take it out")


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_ID_OF = select(t.document.c.id).where(t.document.c.id == bindparam("of"))
_LIKENESS = select(t.meta.c.value).where(t.meta.c.key == "likeness")
_AT_NUMBER = select(t.document.c.number).where(t.document.c.number == bindparam("number"))
_SEEN_AT = select(t.sighting.c.origin).where(
    t.sighting.c.document_id == bindparam("of"), t.sighting.c.origin == bindparam("origin")
)
_INSERT = {table: insert(table) for table in (t.document, t.reading, t.sighting)}


def _add(
    connection: Connection, record: Record, origin: str, modified: str | None, updated: str | None
) -> Literal["added", "known"]:
    id_ = document_id(record.document)
    row = connection.execute(_ID_OF, {"of": id_}).first()
    seen = _see(connection, id_, origin, modified)
    if row is not None:
        if seen:  # the same words at another place may make two stories one
            refresh(connection, enrol_document(connection, id_))
        return "known"
    refresh(connection, {id_} | _store(connection, id_, record, updated), new={id_})
    return "added"


def _store(connection: Connection, id_: str, record: Record, updated: str | None) -> set[str]:
    """Store a new document and its reading; give the documents whose standing that changes."""
    if connection.scalar(_LIKENESS) is None:
        insert_new(connection, t.meta, [{"key": "likeness", "value": EDITION}, {"key": "codebook", "value": CODEBOOK}])
        remember_editions(connection)
    _store_document(connection, id_, record.document, updated)
    _store_reading(connection, id_, record, number=1)
    return enrol_document(connection, id_)


def _see(connection: Connection, id_: str, origin: str, modified: str | None) -> bool:
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
        "text": document.text, "updated": updated, "signature": signature(document.text)})  # fmt: skip


def _store_reading(connection: Connection, id_: str, record: Record, *, number: int) -> None:
    text = record_text(record)
    connection.execute(_INSERT[t.reading], {
        "document_id": id_, "number": number, "digest": _digest(text), "parley": record.parley,
        "contract": record.contract, "codebook": CODEBOOK, "record": text})  # fmt: skip


def _log_review(connection: Connection, document: str, entry_id: str, name: str, verdict: str, changes: dict[str, Any],
                snapshot: dict[str, Any], reason: str, by: str, at: str | None) -> None:  # fmt: skip
    connection.execute(insert(t.review).values(
        document_id=document, entry_id=entry_id, list=name, verdict=verdict,
        changes=json.dumps(changes, ensure_ascii=False, sort_keys=True),
        snapshot=json.dumps(snapshot, ensure_ascii=False, sort_keys=True), reason=reason, by=by.strip(), at=at or now(),
        codebook=CODEBOOK))  # fmt: skip


def _difference(id_: str, before: Record | None, after: Record) -> Change:
    old = {i: meaning(e) for i, _, e in named_entries(id_, before)} if before else {}
    new = {i: meaning(e) for i, _, e in named_entries(id_, after)}
    return Change(
        id_,
        gone={i: old[i] for i in old if i not in new},
        new={i: new[i] for i in new if i not in old},
        changed={i: (old[i], new[i]) for i in old if i in new and old[i] != new[i]},
    )


def _process_data(
    id_: str, name: str, parties: Sequence[str], mediators: Sequence[str], since: str, until: str
) -> dict[str, Any]:
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
        raise LedgerError(f"the ledger knows no process {name!r}; `parley process list` shows them")
    raise LedgerError(f"{name!r} may be {', '.join(row.name for row in begins[:5])}; give the whole name")


def found_entry(connection: Connection, entry_id: str) -> tuple[str, str, Entry]:
    """The document, the list and the machine's current entry of an id. Raises ``LedgerError`` if there is none."""
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
    raise LedgerError(f"there is no entry {entry_id} in today's reading of the ledger's documents")
