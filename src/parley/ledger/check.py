"""The evidence test: every stored span against its text, every text against its digest and its id."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from parley.ledger import connect
from parley.ledger import tables as t
from parley.ledger.entries import document_id
from parley.ledger.refresh import document_of
from parley.ledger.store import Ledger


@dataclass(frozen=True)
class Checked:
    """A reading that was looked at: how many spans it holds, and the first thing in it that is not so."""

    reading: str
    spans: int
    lie: str = ""


def lies(ledger: Ledger) -> Iterator[Checked]:
    """Look at every reading of every document, in the order of their ids."""
    with connect.reading_of(ledger.engine) as connection:
        query = select(t.document).order_by(t.document.c.id).execution_options(yield_per=200)
        for row in connection.execute(query):
            text, wrong = row.text, ""
            if sha256(text.encode("utf-8")).hexdigest() != row.sha256:
                wrong = f"document {row.id}: its text is not the one that was added (its digest differs)"
            elif document_id(document_of(row)) != row.id:
                wrong = f"document {row.id}: what is known of it is not what was added (its id differs)"
            readings = select(t.reading).where(t.reading.c.document_id == row.id).order_by(t.reading.c.number)
            for reading in connection.execute(readings):
                spans, lie = _spans(reading, text)
                yield Checked(f"{row.id}/{reading.number}", spans, wrong or lie)


def _spans(reading: Any, text: str) -> tuple[int, str]:
    where = f"document {reading.document_id}, reading {reading.number}"
    if sha256(reading.record.encode("utf-8", "surrogatepass")).hexdigest() != reading.digest:
        return 0, f"{where}: the record is not the one that was stored (its digest differs)"
    count = 0
    for start, end, quote in _found(json.loads(reading.record)):
        count += 1
        if text[start:end] != quote:
            return count, f"{where}: the text at {start}:{end} is {text[start:end]!r}, not {quote!r}"
    return count, ""


def _found(value: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(value, dict):
        if value.keys() == {"start", "end", "quote"}:
            yield value["start"], value["end"], value["quote"]
        else:
            for inner in value.values():
                yield from _found(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _found(inner)
