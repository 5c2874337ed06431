"""One shard: items to documents to records to rows. A plain function, which any engine can call."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.archive.shards import Folder, Receipt, Shard
from parley.documents.items import Item, document_of
from parley.errors import DocumentError, LanguageError
from parley.exchange.lists import TABLES, rows_of, schema_of
from parley.record import Document, Record
from parley.whole_files import in_place_of

if TYPE_CHECKING:
    import pyarrow as pa

    from parley.reading import Reader

Rows = dict[str, list[dict[str, Any]]]
Problem = tuple[str, str] | tuple[str, str, str]
"""What is wrong with an item, the kind of failure, and the language where it is that."""
TOGETHER, TOGETHER_BYTES = 32, 4_000_000
"""How many items, and of how many bytes, are opened before their texts are read together."""
DIED = "the reader stopped twice while reading it; it was set aside"


def read_shard(shard: Shard, folder: Folder, reader: Reader, *, set_aside: Collection[int] = (), one_by_one: bool = False,
               begin: Callable[[range], None] = lambda items: None) -> Receipt:  # fmt: skip
    """Read a shard's items, write its rows and its receipt, and return that.

    Items are read some together; `begin` is told which before they are. `set_aside` names items that are not to be tried
    again, and `one_by_one` reads each by itself, to find out on which one a worker died. What cannot be read becomes a row
    of ``failures`` with its reason. The rows are the same either way.
    """
    started = time.monotonic()
    rows: Rows = {table: [] for table in (*TABLES, "failures")}
    for items in _together(shard, 1 if one_by_one else TOGETHER):
        begin(items)
        tried = {i: _opened(shard.items[i]) for i in items if i not in set_aside}
        documents = {i: found for i, found in tried.items() if isinstance(found, Document)}
        done = tried | dict(zip(documents, _read(list(documents.values()), reader), strict=True))
        for i in items:
            _add(rows, shard.items[i], done.get(i, (DIED, "crash")))
    for table, table_rows in rows.items():
        _write(folder.part(table, shard), table_rows, _schema(table))
    kinds, languages = (Counter(row[name] for row in rows["failures"] if row[name]) for name in ("kind", "language"))
    receipt = Receipt(shard.digest, len(rows["documents"]), len(rows["failures"]), round(time.monotonic() - started, 3),
                      dict(sorted(kinds.items())), dict(sorted(languages.items())),
                      sum(not row["published"] for row in rows["documents"]))  # fmt: skip
    folder.finish(shard, receipt)
    return receipt


def _together(shard: Shard, most: int) -> Iterator[range]:
    """The indices of the shard's items, in runs that are read together."""
    first = size = 0
    for at, item in enumerate(shard.items):
        if at > first and (at - first == most or size + len(item.data) > TOGETHER_BYTES):
            yield range(first, at)
            first, size = at, 0
        size += len(item.data)
    yield range(first, len(shard.items))


def _opened(item: Item) -> Document | Problem:
    try:
        return document_of(item)
    except LanguageError as error:
        return error.problem, "language", error.language
    except DocumentError as error:
        return error.problem, "document"
    except Exception as error:
        return _fault(error)


def _read(documents: list[Document], reader: Reader) -> list[Record | Problem]:
    try:
        return list(reader.read_many(documents))
    except Exception:  # on one of them; each by itself shows on which
        return [_read_one(document, reader) for document in documents]


def _read_one(document: Document, reader: Reader) -> Record | Problem:
    try:
        return reader.read(document)
    except DocumentError as error:
        return error.problem, "document"
    except Exception as error:
        return _fault(error)


def _fault(error: Exception) -> Problem:
    # One report in a million must not cost the others: the fault goes into the table, named, for a maintainer to see.
    return f"Parley failed on it: {type(error).__name__}: {error}", "fault"


def _add(rows: Rows, item: Item, found: Record | Document | Problem) -> None:
    if isinstance(found, tuple):
        rows["failures"].append(_failure(item, *found))
    elif isinstance(found, Record):
        for table, new in rows_of(found, source=item.source).items():
            rows[table] += new


def _failure(item: Item, problem: str, kind: str, language: str | None = None) -> dict[str, Any]:
    return {"source": item.source, "url": item.known.get("url"), "kind": kind, "problem": problem, "language": language}


def _schema(table: str) -> pa.Schema:
    import pyarrow as pa

    if table == "failures":
        return pa.schema([(name, pa.string()) for name in ("source", "url", "kind", "problem", "language")])
    return schema_of(table)


def _write(path: Path, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with in_place_of(path) as temporary:
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), temporary, compression="zstd")
