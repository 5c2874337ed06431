"""WARC archives (ISO 28500, as CC-NEWS lays them out): the HTML responses, with address and the date of the crawl."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parley.documents.items import MAX_ITEM_BYTES, Columns, Item, too_large

_PAGE_TYPES = ("text/html", "application/xhtml")


def items(path: Path, columns: Columns) -> Iterator[Item]:
    """The pages of a WARC file. A file that breaks off gives the pages before the break, then an item that says so."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    count = 0
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
                count += 1
                item = _item(f"{path}#{count}", record)
                if item is not None:
                    yield item
    except (OSError, EOFError, ValueError) as error:
        yield Item(f"{path}#{count + 1}", problem=f"the archive breaks off after {count} responses ({error}); fetch it anew")
        return
    if count == 0:
        yield Item(str(path), problem="holds no response records; it is empty, truncated or not a WARC file")


def _item(source: str, record: Any) -> Item | None:
    content_type = record.http_content_type or ""
    if content_type and not content_type.startswith(_PAGE_TYPES):
        return None
    known = {"url": record.headers.get("WARC-Target-URI")}
    data = record.reader.read(MAX_ITEM_BYTES + 1)
    if len(data) > MAX_ITEM_BYTES:
        return Item(source, problem=too_large(), known=known)
    if len(data) < record.content_length or (not data and not content_type):
        return Item(source, problem="breaks off before its end; the archive is truncated, fetch it anew", known=known)
    return Item(source, data, page=True, encoding=record.http_charset, known=known)
