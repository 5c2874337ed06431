"""One shard: items to documents to records to rows. A plain function, which any engine can call."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.archive.shards import Folder, Receipt, Shard
from parley.documents.items import Item, document_of
from parley.errors import DocumentError
from parley.exchange.lists import TABLES, rows_of, schema_of

if TYPE_CHECKING:
    import pyarrow as pa

    from parley.reading import Reader

Rows = dict[str, list[dict[str, Any]]]
DIED = "the reader stopped twice while reading it; it was set aside"


def read_shard(shard: Shard, folder: Folder, reader: Reader, *, set_aside: Collection[int] = (),
               begin: Callable[[int], None] = lambda index: None) -> Receipt:  # fmt: skip
    """Read a shard's items, write its rows and its receipt, and return that.

    `begin` is told the index of each item before it is read; `set_aside` names items that are not to be tried again.
    What cannot be read becomes a row of ``failures`` with its reason.
    """
    started = time.monotonic()
    rows: Rows = {table: [] for table in (*TABLES, "failures")}
    for index, item in enumerate(shard.items):
        begin(index)
        if index in set_aside:
            rows["failures"].append(_failure(item, DIED, "crash"))
        else:
            _read_item(item, reader, rows)
    for table, table_rows in rows.items():
        _write(folder.part(table, shard), table_rows, _schema(table))
    receipt = Receipt(shard.digest, len(rows["documents"]), len(rows["failures"]), round(time.monotonic() - started, 3))
    folder.finish(shard, receipt)
    return receipt


def _read_item(item: Item, reader: Reader, rows: Rows) -> None:
    try:
        record = reader.read(document_of(item))
    except DocumentError as error:
        rows["failures"].append(
            _failure(item, error.problem, "language" if "Parley reads English" in error.problem else "document")
        )
        return
    except Exception as error:
        # One report in a million must not cost the others: the fault goes into the table, named, for a maintainer to see.
        rows["failures"].append(_failure(item, f"Parley failed on it: {type(error).__name__}: {error}", "fault"))
        return
    for table, new in rows_of(record, source=item.source).items():
        rows[table] += new


def _failure(item: Item, problem: str, kind: str) -> dict[str, Any]:
    return {"source": item.source, "url": item.known.get("url"), "kind": kind, "problem": problem}


def _schema(table: str) -> pa.Schema:
    import pyarrow as pa

    if table == "failures":
        return pa.schema([(name, pa.string()) for name in ("source", "url", "kind", "problem")])
    return schema_of(table)


def _write(path: Path, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), partial, compression="zstd")
    partial.replace(path)
