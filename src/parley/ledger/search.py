"""Full-text search over documents, statements and entries, the newest first (SQLite FTS5, PostgreSQL tsvector)."""

from __future__ import annotations

import re
from typing import Any, Literal

from sqlalchemy import Connection, text

from parley.errors import LedgerError
from parley.ledger.days import UNDATED
from parley.ledger.layout import number_of

Kind = Literal["document", "statement", "position", "proposal", "talks", "claim"]
_TOKEN = re.compile(r'"([^"]*)"|(\S+)')


def search(connection: Connection, words: str, *, kinds: tuple[str, ...] = (), limit: int = 20, as_of: str | None = None,
           publisher: str | None = None) -> list[dict[str, Any]]:  # fmt: skip
    """Where these words stand, the newest first: all of them, in any order; "in quotation marks" side by side.

    Each hit has its kind, id, document, day and an excerpt with the words between ``[`` and ``]``.
    """
    phrases = [p for quoted, plain in _TOKEN.findall(words) if (p := (quoted or plain).strip()) and re.search(r"\w", p)]
    if not phrases:
        raise LedgerError("name the words to search for")
    last = number_of(as_of, "") | (1 << 36) - 1 if as_of else number_of(UNDATED, "") | (1 << 62)
    entry_kinds = [kind for kind in kinds if kind != "document"]
    found = []
    if not kinds or "document" in kinds:
        found += _hits(connection, "document", phrases, last, limit, (), publisher)
    if not kinds or entry_kinds:
        found += _hits(connection, "searchable", phrases, last, limit, tuple(entry_kinds), publisher)
    return sorted(found, key=lambda hit: (-int(hit.pop("number")), hit["id"]))[:limit]


def _hits(connection: Connection, table: str, phrases: list[str], last: int, limit: int, kinds: tuple[str, ...],
          publisher: str | None) -> list[dict[str, Any]]:  # fmt: skip
    sqlite = connection.dialect.name == "sqlite"
    query = _sqlite(table, bool(kinds), bool(publisher)) if sqlite else _postgresql(table, bool(kinds), bool(publisher))
    words = " ".join('"' + p.replace('"', '""') + '"' for p in phrases)
    values: dict[str, Any] = {"words": words, "last": last, "limit": limit, "publisher": publisher}
    for i in range(6):
        values[f"kind{i}"] = kinds[i] if i < len(kinds) else ""
    names = [name for name in values if f":{name}" in query]
    return [dict(row._mapping) for row in connection.execute(text(query), {name: values[name] for name in names})]


_KINDS = " AND kind IN (:kind0, :kind1, :kind2, :kind3, :kind4, :kind5)"


def _sqlite(table: str, by_kind: bool, by_publisher: bool) -> str:
    if table == "document":
        return f"""SELECT d.number, 'document' AS kind, d.id, d.id AS document, d.known AS day,
            snippet(document_words, 1, '[', ']', ' … ', 24) AS excerpt
            FROM document_words JOIN document d ON d.number = document_words.rowid
            WHERE document_words MATCH :words AND document_words.rowid <= :last {_of(by_publisher)}
            ORDER BY document_words.rowid DESC LIMIT :limit"""
    return f"""SELECT s.number, s.kind, s.entry_id AS id, s.document_id AS document, s.day,
        snippet(searchable_words, 0, '[', ']', ' … ', 24) AS excerpt
        FROM searchable_words JOIN searchable s ON s.number = searchable_words.rowid
        {"JOIN document d ON d.id = s.document_id" if by_publisher else ""}
        WHERE searchable_words MATCH :words AND searchable_words.rowid <= :last {_KINDS if by_kind else ""} {
        _of(by_publisher)
    }
        ORDER BY searchable_words.rowid DESC LIMIT :limit"""


def _postgresql(table: str, by_kind: bool, by_publisher: bool) -> str:
    mark = "'StartSel=[, StopSel=], MaxFragments=1, MaxWords=24, MinWords=8'"
    if table == "document":
        inner = f"""SELECT d.number, 'document' AS kind, d.id, d.id AS document, d.known AS day, d.text AS body
            FROM document d
            WHERE d.vector @@ websearch_to_tsquery('english', :words) AND d.number <= :last {_of(by_publisher)}
            ORDER BY d.number DESC LIMIT :limit"""
    else:
        inner = f"""SELECT s.number, s.kind, s.entry_id AS id, s.document_id AS document, s.day, s.words AS body
            FROM searchable s {"JOIN document d ON d.id = s.document_id" if by_publisher else ""}
            WHERE s.vector @@ websearch_to_tsquery('english', :words) AND s.number <= :last
            {_KINDS if by_kind else ""} {_of(by_publisher)} ORDER BY s.number DESC LIMIT :limit"""
    return f"""SELECT number, kind, id, document, day,
        ts_headline('english', body, websearch_to_tsquery('english', :words), {mark}) AS excerpt FROM ({inner}) AS found"""


def _of(by_publisher: bool) -> str:
    return "AND d.publisher = :publisher" if by_publisher else ""
