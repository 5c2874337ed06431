"""The ledger: what writes to it. Reading from it is `View` in ``view.py``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self

from sqlalchemy import Connection, Engine, func, select

from parley.errors import LedgerError, MissingError, StaleError
from parley.ledger import connect
from parley.ledger import process as processes
from parley.ledger import tables as t
from parley.ledger.copies import enrol_document
from parley.ledger.days import asked_day
from parley.ledger.entries import (
    changed_entry,
    document_id,
    fields_of,
    named_entries,
    record_text,
    stored_record,
)
from parley.ledger.refresh import current_reading, document_of, keep_process, rebuild, refresh
from parley.ledger.review import Verdict, added_entry, added_id, meaning, state_of, words_key
from parley.ledger.tables import chunks
from parley.ledger.writing import (
    ID_OF,
    add_record,
    digest_of,
    found_entry,
    found_process,
    log_review,
    now,
    process_data,
    refuse_unstorable,
    see,
    store_reading,
    store_record,
)
from parley.record import Document, Record

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
            if see(connection, id_, origin, modified):
                refresh(connection, enrol_document(connection, id_))
        return True

    def add(self, record: Record, *, origin: str = "", modified: str | None = None, updated: str | None = None,
            within: Connection | None = None) -> Literal["added", "known"]:  # fmt: skip
        """Add a document with its record, in one transaction of its own; "known" if it is there already.

        `origin` says where it was found (a path, an address), `modified` when that file was last changed, `updated` the day
        of its latest version (ISO 8601). Raises ``DocumentError`` if its text cannot be stored, ``LedgerError`` if the
        ledger cannot be written to.
        """
        refuse_unstorable(record.document, origin)
        if within is not None:
            return add_record(within, record, origin, modified, updated)
        with self.writing() as connection:
            return add_record(connection, record, origin, modified, updated)

    def add_together(self, records: Iterable[Record]) -> int:
        """Add many documents with their records in one transaction, all or none; give how many were not there yet.

        It costs less than adding one by one, because what they touch together is settled once. Raises as `add` does.
        """
        with self.writing() as connection:
            new: set[str] = set()
            changed: set[str] = set()
            for record in records:
                refuse_unstorable(record.document, "")
                id_ = document_id(record.document)
                if connection.execute(ID_OF, {"of": id_}).first() is None:
                    changed |= store_record(connection, id_, record, None)
                    new.add(id_)
            refresh(connection, new | changed, new=new)
        return len(new)

    def documents(self, prefix: str = "") -> list[tuple[str, Document]]:
        """Every document with its id, in the order of ids: what `reread` goes through. `prefix` narrows the ids.

        Raises ``MissingError`` if no id begins with the prefix.
        """
        with connect.reading_of(self.engine) as connection:
            begins = t.document.c.id.startswith(prefix.lower(), autoescape=True)
            found = [(row.id, document_of(row)) for row in connection.execute(
                select(t.document).where(begins).order_by(t.document.c.id))]  # fmt: skip
        if prefix and not found:
            raise MissingError(f"there is no document {prefix} in the ledger")
        return found

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
            if stored is not None and stored.digest == digest_of(text):
                return None
            before = stored_record(stored.record, record.document) if stored is not None else None
            store_reading(connection, id_, record, number=stored.number + 1 if stored is not None else 1)
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
            log_review(connection, document, entry_id, name, verdict, changes or {}, snapshot, reason, by, at)
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
                raise MissingError(f"there is no document {document} in the ledger")
            entry = added_entry(name, fields, document_of(row))
            id_ = added_id(document, name, entry)
            snapshot = {"fields": fields_of(entry), "meaning": meaning(entry), "words": words_key(entry)}
            data = entry.model_dump(mode="json")
            log_review(connection, document, id_, name, "add", data, snapshot, reason, by, at)
            refresh(connection, [document])
        return id_

    # Processes

    def define_process(self, name: str, parties: Sequence[str], *, mediators: Sequence[str] = (), since: str = "",
                       until: str = "", by: str = "", reason: str = "") -> str:  # fmt: skip
        """Define a process, or define one of the same name anew; give its id."""
        if len(parties) < 2:
            raise LedgerError("a process needs at least two parties")
        what = process_data(processes.slug(name), name, parties, mediators, since, until)
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
            what = process_data(processes.slug(name), name, parties, mediators, since, until) | {"from": row.id}
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


def _difference(id_: str, before: Record | None, after: Record) -> Change:
    old = {i: meaning(e) for i, _, e in named_entries(id_, before)} if before else {}
    new = {i: meaning(e) for i, _, e in named_entries(id_, after)}
    return Change(
        id_,
        gone={i: old[i] for i in old if i not in new},
        new={i: new[i] for i in new if i not in old},
        changed={i: (old[i], new[i]) for i in old if i in new and old[i] != new[i]},
    )
