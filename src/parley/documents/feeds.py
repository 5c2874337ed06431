"""RSS and Atom feeds: the entries that carry their text; a teaser is reported with its link."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from parley.documents.items import MAX_ITEM_BYTES, Columns, Item, too_large

FEWEST_WORDS = 60
"""An entry with fewer words is a teaser, not an article."""


def items(path: Path, columns: Columns) -> Iterator[Item]:
    """The entries of a feed that was saved to a file."""
    if (size := path.stat().st_size) > MAX_ITEM_BYTES:
        yield Item(str(path), problem=too_large(size))
        return
    yield from entries(path.read_bytes(), str(path))


def entries(data: bytes, source: str) -> Iterator[Item]:
    """The entries of a feed; one with a teaser alone carries its link in ``known["url"]`` and a problem that says so."""
    import feedparser

    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        yield Item(source, problem="is not a feed with entries")
        return
    publisher = feed.feed.get("title")
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(f"{source}#{number}", entry, publisher)


def _entry(source: str, entry: Any, publisher: str | None) -> Item:
    html = max([*(c.get("value", "") for c in entry.get("content", [])), entry.get("summary", "")], key=len)
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    known = {"title": entry.get("title"), "publisher": publisher, "url": entry.get("link"),
             "published": f"{moment.tm_year:04}-{moment.tm_mon:02}-{moment.tm_mday:02}" if moment else None}  # fmt: skip
    if len(html.split()) < FEWEST_WORDS:
        return Item(source, known=known, problem="the feed carries a teaser, not the article; follow its link")
    page = f"<html><body><article>{html}</article></body></html>"
    return Item(source, page.encode("utf-8", "replace"), page=True, encoding="utf-8", known=known)
