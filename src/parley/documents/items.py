"""Collections: what lies in an archive, a feed, a table or a folder, one item after another, as bytes not yet read.

To take an item out of its collection is cheap; to turn it into a document (`document_of`) is not, and can be done by
another process. An item that cannot be taken out carries its problem, so that nothing disappears without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from parley.errors import DocumentError
from parley.record import Document

MAX_ITEM_BYTES = 16_000_000
"""The largest item that is taken out; a longer one is a failure, whatever it would grow to when unpacked."""

MAX_UNPACKED_BYTES = 200_000_000_000
MAX_RATIO = 200
"""How many times its packed size a file over 10 MB may unpack to; text packs some 3 to 10 times, bombs 1,000 times."""

Columns = Mapping[str, str]
"""Which column of a table holds what: document field (text, title, published, publisher, url) -> column name."""


@dataclass(frozen=True)
class Item:
    """One document-to-be: where it comes from, its bytes, and what its collection says of it."""

    source: str
    data: bytes = b""
    page: bool | None = None
    encoding: str | None = None
    known: dict[str, str | None] = field(default_factory=dict)
    problem: str | None = None
    updated: str | None = None
    """When its publisher last changed it (ISO 8601), where that is known."""


Opener = Callable[[Path, Columns], Iterator[Item]]


def document_of(item: Item) -> Document:
    """The document in an item. Raises ``DocumentError`` with its problem, or with what is wrong in it."""
    from parley.documents.files import read_bytes

    if item.problem:
        raise DocumentError(item.source, item.problem)
    return read_bytes(item.data, item.source, page=item.page, encoding=item.encoding, **item.known)


def items_in(path: Path, columns: Columns | None = None) -> Iterator[Item]:
    """Every item of a file or of a folder and those below it, in the order of their names.

    Raises ``DocumentError`` if there is no such path; whatever is wrong further in becomes an item with a problem.
    """
    if not path.exists():
        raise DocumentError(str(path), "there is no such file or folder; check the path")
    if path.is_dir():
        for below in _files_in(path):
            if opener_of(below) is not None:
                yield from items_in(below, columns)
        return
    opener = opener_of(path) or _one_file
    yield from opener(path, columns or {})


def passed_over(folder: Path) -> list[Path]:
    """The files of a folder, and of those below it, from which nothing is taken because their names tell no known kind."""
    from parley.documents.sidecar import is_sidecar

    return [path for path in _files_in(folder) if opener_of(path) is None and not is_sidecar(path)]


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def opener_of(path: Path) -> Opener | None:
    """What takes the items out of a file with this name, or None where the name does not say."""
    from parley.documents import feeds, newswire, tables, warc, zipped
    from parley.documents.files import SUFFIXES
    from parley.documents.sidecar import is_sidecar

    if is_sidecar(path):
        return None
    name = path.name.lower()
    openers: dict[tuple[str, ...], Opener] = {
        (".warc", ".warc.gz"): warc.items, (".zip",): zipped.items, (".rss", ".atom"): feeds.items,
        (".jsonl", ".ndjson", ".jsonl.gz"): tables.json_lines, (".csv", ".tsv", ".csv.gz"): tables.delimited,
        (".parquet",): tables.parquet, (".json",): newswire.ninjs, (".xml",): newswire.xml, SUFFIXES: _one_file,
    }  # fmt: skip
    return next((opener for suffixes, opener in openers.items() if name.endswith(suffixes)), None)


def _one_file(path: Path, columns: Columns) -> Iterator[Item]:
    from parley.documents.files import PAGES
    from parley.documents.sidecar import known_beside

    if (size := path.stat().st_size) > MAX_ITEM_BYTES:
        yield Item(str(path), problem=too_large(size))
        return
    try:
        known = known_beside(path)
    except DocumentError as error:
        yield Item(str(path), problem=str(error))
        return
    updated = known.pop("updated", None)
    yield Item(str(path), path.read_bytes(), page=path.suffix.lower() in PAGES or None, known=known, updated=updated)


def unpacked_bound(packed: int) -> int:
    """How many bytes a compressed file of this size may unpack to; beyond that it is a bomb and no text."""
    return min(MAX_UNPACKED_BYTES, max(10_000_000, packed * MAX_RATIO))


def too_large(size: int | None = None) -> str:
    """The problem of an item over the limit; `size` in bytes where it is known."""
    has = f"has {size / 1e6:.1f} MB, more" if size else "has more"
    return f"{has} than the {MAX_ITEM_BYTES / 1e6:.0f} MB that one document may have"
