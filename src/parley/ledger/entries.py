"""Entries and their names in the ledger: an entry is named by its document, its list and its words, not by its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from parley.errors import LedgerError
from parley.record import (
    CONTRACT_VERSION,
    LISTS,
    Actor,
    Claim,
    Document,
    Entry,
    Event,
    Position,
    Proposal,
    Record,
    Span,
    Statement,
    Talks,
)

CODEBOOK = f"parley-{CONTRACT_VERSION.split('.')[0]}"
"""Edition of the codebook: the record's contract, whose major part changes only when a field's meaning does."""
ENTRY_TYPES: dict[str, type[Entry]] = {
    "actors": Actor, "statements": Statement, "events": Event, "positions": Position, "proposals": Proposal,
    "talks": Talks, "claims": Claim,
}  # fmt: skip
LETTERS = dict(zip(LISTS, "asepotc", strict=True))
LIST_OF = {letter: name for name, letter in LETTERS.items()}


def document_id(document: Document) -> str:
    """Sixteen characters made from the document's content and what is known of it: no two documents share them."""
    known = (document.publisher, document.published, document.title, document.url, document.language, document.text)
    return sha256(json.dumps(known, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def evidence_of(entry: Entry) -> tuple[Span, ...]:
    """The words that an entry rests on."""
    match entry:
        case Actor():
            return entry.mentions
        case Statement():
            return entry.content
        case Claim():
            return entry.evidence_for + entry.evidence_against
        case _:
            return (entry.evidence,)


def _words_key(entry: Entry) -> str:
    if isinstance(entry, Actor):  # mentions come and go with every better reading; the name stays
        return entry.name
    return ";".join(f"{span.start}:{span.end}" for span in evidence_of(entry))


def named_entries(document: str, record: Record) -> Iterator[tuple[str, str, Entry]]:
    """Every entry of a record as (its id in the ledger, its list, the entry).

    The id is the document's, a letter for the list, and a digest of where its words stand; entries of one list on the
    same words are told apart by their order.
    """
    seen: dict[str, int] = {}
    for name in LISTS:
        for entry in getattr(record, name):
            key = f"{name}|{_words_key(entry)}"
            seen[key] = seen.get(key, 0) + 1
            digest = sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:8]
            yield f"{document}-{LETTERS[name]}{digest}", name, entry


def fields_of(entry: Entry) -> dict[str, Any]:
    """An entry's fields as plain data, without its number in the record and its maker: what a review looks at."""
    return entry.model_dump(mode="json", exclude={"id", "made_by"})


def record_text(record: Record) -> str:
    """The record without its document, as canonical JSON: equal records give equal text."""
    data = record.model_dump(mode="json", exclude={"document"})
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stored_record(stored: str, document: Document) -> Record:
    """The record from its stored text and its document."""
    return Record.model_validate({**json.loads(stored), "document": document})


def changed_entry(entry: Entry, changes: dict[str, str], document: Document) -> Entry:
    """The entry with fields set from text: lists are separated by `;`, spans are ``START:END``, empty means unknown.

    Raises ``LedgerError`` naming the field if there is no such field or the value is none of its values.
    """
    data = entry.model_dump(mode="json")
    for field, value in changes.items():
        if field not in data or field in ("id", "made_by"):
            settable = ", ".join(name for name in data if name not in ("id", "made_by"))
            raise LedgerError(f"{type(entry).__name__.lower()} has no field {field!r} to set; it has {settable}")
        data[field] = _value(type(entry), field, value, document)
    try:
        return type(entry).model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "entry"
        raise LedgerError(f"{where} cannot be {changes.get(where, '')!r}: {first['msg']}") from None


def fields_from_text(name: str, given: dict[str, str], document: Document) -> dict[str, Any]:
    """The fields of a new entry of the list `name` from text, written as for `changed_entry`; empty ones are left out.

    Raises ``LedgerError`` on a field that the list does not have and on a span that is not in the text.
    """
    of = ENTRY_TYPES[name]
    if unknown := [field for field in given if field not in of.model_fields or field in ("id", "made_by")]:
        raise LedgerError(f"{of.__name__.lower()} has no field {unknown[0]!r} to set")
    return {field: _value(of, field, value, document) for field, value in given.items() if value.strip()}


def _value(of: type[Entry], field: str, value: str, document: Document) -> Any:
    hint = str(of.model_fields[field].annotation)
    if "Span" in hint:
        spans = [_span(part, document) for part in value.split(";") if part.strip()]
        return spans if "tuple" in hint else (spans[0] if spans else None)
    if "tuple" in hint:
        return [part.strip() for part in value.split(";") if part.strip()]
    if "bool" in hint:
        return value.strip().casefold() in ("true", "yes", "1")
    if value == "" and "None" in hint:
        return None
    if "int" in hint and "str" not in hint:
        return int(value) if value.strip().isdigit() else value
    return float(value) if field == "confidence" and value.replace(".", "", 1).isdigit() else value


def _span(given: str, document: Document) -> dict[str, Any]:
    try:
        start, end = (int(part) for part in given.split(":"))
        return document.span(start, end).model_dump()
    except ValueError:
        raise LedgerError(f"{given!r} is no span of the text; give START:END in characters") from None


def text_of(spans: Iterable[Span]) -> str:
    """The quotes of several spans, with a mark between those that are apart."""
    return " … ".join(span.quote for span in spans)
