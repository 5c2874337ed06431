"""Tables of articles: JSON Lines, CSV and Parquet, with a mapping from document fields to columns."""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from parley.documents.items import MAX_ITEM_BYTES, Columns, Item, too_large, unpacked_bound

USUAL: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "maintext", "content_original", "article_content", "full_text"),
    "title": ("title", "headline"),
    "published": ("published", "date", "date_publish", "publish_date", "publication_date", "published_at", "publishedat",
                  "date_published", "pub_date", "pubdate"),
    "publisher": ("publisher", "source", "source_domain", "outlet", "sitename"), "url": ("url", "link", "uri"),
}  # fmt: skip
"""Column names, in any case, that are taken for a field when no mapping is given, the first that is there."""

_UNREADABLE = (OSError, EOFError, zlib.error)
"""What a compressed file raises that breaks off, is damaged or is a bomb."""


def json_lines(path: Path, columns: Columns) -> Iterator[Item]:
    """The objects of a JSON Lines file, one a line."""
    number = 0
    try:
        with _open(path) as file:
            while line := file.readline(MAX_ITEM_BYTES + 1):
                number += 1
                source = f"{path}:{number}"
                if len(line) > MAX_ITEM_BYTES:
                    _skip_line(file, line)
                    yield Item(source, problem=too_large())
                elif line.strip():
                    yield _parsed(source, line, columns)
    except _UNREADABLE as error:
        yield Item(f"{path}:{number + 1}", problem=f"the table cannot be read further ({error}); fetch it anew")


def _parsed(source: str, line: bytes, columns: Columns) -> Item:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return Item(source, problem=f"is not a JSON object ({error.msg} at column {error.colno})")
    except (ValueError, RecursionError) as error:
        return Item(source, problem=f"is not a JSON object ({error})")
    return _row(source, row, columns) if isinstance(row, dict) else Item(source, problem="is not a JSON object")


def _skip_line(file: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(MAX_ITEM_BYTES)


def delimited(path: Path, columns: Columns) -> Iterator[Item]:
    """The rows of a CSV file, or of a tab-separated one with the suffix ``.tsv``."""
    limit = csv.field_size_limit(MAX_ITEM_BYTES)
    number = 1
    try:
        with _open(path) as binary:
            lines = (line.decode("utf-8-sig" if not n else "utf-8") for n, line in enumerate(_bounded_lines(binary)))
            reader = csv.DictReader(lines, delimiter="\t" if ".tsv" in path.name.lower() else ",")
            for row in reader:
                number = reader.line_num
                yield _row(f"{path}:{number}", row, columns)
    except (csv.Error, UnicodeDecodeError, ValueError, *_UNREADABLE) as error:
        yield Item(f"{path}:{number + 1}", problem=f"the table cannot be read further ({error}); save it as UTF-8 CSV")
    finally:
        csv.field_size_limit(limit)


def _bounded_lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(MAX_ITEM_BYTES + 1):
        if len(line) > MAX_ITEM_BYTES:
            raise ValueError("a line " + too_large())
        yield line


def parquet(path: Path, columns: Columns) -> Iterator[Item]:
    """The rows of a Parquet file. Needs the extra ``parley-record[tables]``."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as file:
            present = file.schema_arrow.names
            holding = _columns(present, columns)
            if holding["text"] not in present:
                yield Item(str(path), problem=_no_text(present))
                return
            wanted = [column for column in holding.values() if column in present]
            for batch in file.iter_batches(batch_size=64, columns=list(dict.fromkeys(wanted))):
                for row in batch.to_pylist():
                    number += 1
                    yield _row(f"{path}:{number}", row, columns)
    except (pa.ArrowException, OSError) as error:
        yield Item(f"{path}:{number + 1}", problem=f"the table cannot be read further ({error})")


def _row(source: str, row: Mapping[Any, Any], columns: Columns) -> Item:
    known: dict[str, str | None] = {}
    for name, column in _columns(row, columns).items():
        value = row.get(column)
        known[name] = None if value is None else str(value)
    text = known.pop("text")
    if not text:
        return Item(source, problem=_no_text(row))
    return Item(source, text.encode("utf-8", "replace"), encoding="utf-8", known=known)


def _no_text(there: Iterable[Any]) -> str:
    names = ", ".join(map(str, list(there)[:12]))
    return f"has no text; its columns are {names}; name the column of the text with --column text=NAME"


def _columns(there: Iterable[Any], columns: Columns) -> dict[str, str | None]:
    """The column that holds each field: the one named for it, else the first usual one that is there."""
    by_name: dict[str, str] = {}
    for name in there:
        by_name.setdefault(str(name).strip().lower(), name)
    return {
        field: columns[field] if field in columns else next((by_name[n] for n in usual if n in by_name), None)
        for field, usual in USUAL.items()
    }


def _open(path: Path) -> IO[bytes]:
    return _Unpacked(path) if path.name.lower().endswith(".gz") else path.open("rb")  # type: ignore[return-value]


class _Unpacked(gzip.GzipFile):
    """A gzip file that stops where it has grown beyond what text can be packed to. Raises ``OSError`` there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "rb")
        self.packed = path.stat().st_size
        self.bound = unpacked_bound(self.packed)

    def readline(self, size: int | None = -1) -> bytes:
        """A line, or so many bytes of it."""
        line = super().readline(size)
        if self.tell() > self.bound:
            raise OSError(f"it unpacks to more than {self.bound / 1e6:.0f} MB from {self.packed / 1e6:.1f} MB")
        return line
