"""The record's lists as tables: one row an entry, with the document it comes from. The shape of Parquet, DuckDB and CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.exchange.delimited import open_rows
from parley.exchange.report import Report
from parley.record import LISTS, Record

if TYPE_CHECKING:
    import pyarrow as pa

TABLES = ("documents", *LISTS)
_TEXT, _TEXTS, _SPAN, _SPANS, _FLAG, _WHOLE, _REAL, _MADE = "text", "texts", "span", "spans", "flag", "whole", "real", "made"
COLUMNS: dict[str, dict[str, str]] = {
    "documents": {
        "document": _TEXT,
        "source": _TEXT,
        "title": _TEXT,
        "published": _TEXT,
        "date_method": _TEXT,
        "date_reliability": _TEXT,
        "publisher": _TEXT,
        "url": _TEXT,
        "language": _TEXT,
        "text": _TEXT,
        "sha256": _TEXT,
        "parley": _TEXT,
        "contract": _TEXT,
    },
    "actors": {
        "document": _TEXT,
        "id": _TEXT,
        "name": _TEXT,
        "kind": _TEXT,
        "country": _TEXT,
        "sector": _TEXT,
        "role": _TEXT,
        "former": _FLAG,
        "party": _TEXT,
        "wikidata": _TEXT,
        "mentions": _SPANS,
        "made_by": _MADE,
    },
    "statements": {
        "document": _TEXT,
        "id": _TEXT,
        "speaker": _TEXT,
        "speaker_name": _TEXT,
        "source": _SPAN,
        "party": _TEXT,
        "addressee": _TEXT,
        "kind": _TEXT,
        "act": _TEXT,
        "denies": _FLAG,
        "cue": _SPAN,
        "content": _SPANS,
        "date": _TEXT,
        "place": _TEXT,
        "setting": _TEXT,
        "within": _TEXT,
        "confidence": _REAL,
        "made_by": _MADE,
    },
    "events": {
        "document": _TEXT,
        "id": _TEXT,
        "type": _TEXT,
        "mode": _TEXT,
        "context": _TEXT,
        "cameo": _TEXT,
        "source": _TEXTS,
        "target": _TEXTS,
        "date": _TEXT,
        "place": _TEXT,
        "status": _TEXT,
        "voice": _TEXT,
        "evidence": _SPAN,
        "confidence": _REAL,
        "made_by": _MADE,
    },
    "positions": {
        "document": _TEXT,
        "id": _TEXT,
        "party": _TEXT,
        "issue": _TEXT,
        "stance": _TEXT,
        "act": _TEXT,
        "object": _TEXT,
        "condition": _SPAN,
        "duration": _TEXT,
        "quantity": _TEXT,
        "voice": _TEXT,
        "evidence": _SPAN,
        "confidence": _REAL,
        "made_by": _MADE,
    },
    "proposals": {
        "document": _TEXT,
        "id": _TEXT,
        "by": _TEXTS,
        "to": _TEXTS,
        "status": _TEXT,
        "terms": _TEXTS,
        "until": _TEXT,
        "evidence": _SPAN,
        "confidence": _REAL,
        "made_by": _MADE,
    },
    "talks": {
        "document": _TEXT,
        "id": _TEXT,
        "kind": _TEXT,
        "status": _TEXT,
        "date": _TEXT,
        "place": _TEXT,
        "ordinal": _WHOLE,
        "level": _TEXT,
        "participants": _TEXTS,
        "mediators": _TEXTS,
        "outcome": _TEXT,
        "evidence": _SPAN,
        "confidence": _REAL,
        "made_by": _MADE,
    },
    "claims": {
        "document": _TEXT,
        "id": _TEXT,
        "text": _TEXT,
        "asserted_by": _TEXTS,
        "denied_by": _TEXTS,
        "evidence_for": _SPANS,
        "evidence_against": _SPANS,
        "confidence": _REAL,
        "made_by": _MADE,
    },
}
"""The columns of each table and their kinds; `document` is the sha256 of the document's text and joins all tables."""


def rows_of(record: Record, source: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """The rows that one record adds to each table; `source` says where in a collection its document lay."""
    data, document = record.model_dump(mode="json"), record.document.sha256
    heading = {"document": document, "source": source, "parley": record.parley, "contract": record.contract}
    rows: dict[str, list[dict[str, Any]]] = {"documents": [data["document"] | heading]}
    return rows | {name: [{"document": document, **entry} for entry in data[name]] for name in LISTS}


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table. Needs the extra ``parley-record[tables]``."""
    import pyarrow as pa

    span = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("quote", pa.string())])
    made = pa.struct([("stage", pa.string()), ("rule", pa.string()), ("version", pa.string())])
    kinds = {
        _TEXT: pa.string(),
        _TEXTS: pa.list_(pa.string()),
        _SPAN: span,
        _SPANS: pa.list_(span),
        _FLAG: pa.bool_(),
        _WHOLE: pa.int64(),
        _REAL: pa.float64(),
        _MADE: made,
    }
    metadata = {"contract": "parley record", "table": table}
    return pa.schema([(name, kinds[kind]) for name, kind in COLUMNS[table].items()], metadata=metadata)


def write_parquet(records: Iterable[Record], path: Path, report: Report) -> None:
    """A folder with one Parquet file for each list, written in batches, so that memory does not grow with the input."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.mkdir(parents=True, exist_ok=True)
    schemas = {table: schema_of(table) for table in TABLES}
    writers = {table: pq.ParquetWriter(path / f"{table}.parquet", schemas[table]) for table in TABLES}
    try:
        for batch in _batches(records, 500):
            for table in TABLES:
                rows = [row for each in batch for row in each[table]]
                writers[table].write_table(pa.Table.from_pylist(rows, schema=schemas[table]))
                report.rows += len(rows)
    finally:
        for writer in writers.values():
            writer.close()


def write_duckdb(records: Iterable[Record], path: Path, report: Report) -> None:
    """One DuckDB file with a table for each list."""
    import duckdb
    import pyarrow as pa

    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        for table in TABLES:
            empty = schema_of(table).empty_table()  # noqa: F841  (DuckDB finds it by its name)
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM empty")
        for batch in _batches(records, 500):
            for table in TABLES:
                rows = pa.Table.from_pylist([row for each in batch for row in each[table]], schema=schema_of(table))
                connection.execute(f"INSERT INTO {table} SELECT * FROM rows")
                report.rows += rows.num_rows


def write_csv(records: Iterable[Record], path: Path, report: Report) -> None:
    """A folder with one CSV file for each list; lists of names are joined with ``; ``, spans are JSON."""
    path.mkdir(parents=True, exist_ok=True)
    with ExitStack() as files:
        add = {table: files.enter_context(open_rows(path / f"{table}.csv", list(COLUMNS[table]))) for table in TABLES}
        for record in records:
            for table, rows in rows_of(record).items():
                for row in rows:
                    add[table]({name: _cell(COLUMNS[table][name], value) for name, value in row.items()})
                report.rows += len(rows)


def _cell(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == _TEXTS:
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False) if kind in (_SPAN, _SPANS, _MADE) else value


def _batches(records: Iterable[Record], size: int) -> Iterator[list[dict[str, list[dict[str, Any]]]]]:
    batch = []
    for record in records:
        batch.append(rows_of(record))
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
