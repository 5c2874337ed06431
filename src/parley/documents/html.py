"""A web page to a document: the article's text, its title, date, publisher and address (trafilatura, htmldate)."""

from __future__ import annotations

import logging
import re
from typing import Any, NamedTuple

from parley.documents.dates import published_date
from parley.documents.plain import from_text
from parley.errors import DocumentError
from parley.record import DateMethod, Document, Reliability

EARLIEST, LATEST = "1990-01-01", "2199-12-31"
"""Bounds for a page's date. The later one is fixed, not today, so that a page gives the same document on every day."""
_DATES: dict[str, Any] = {"extensive_search": False, "original_date": True, "min_date": EARLIEST, "max_date": LATEST}
_METADATA = re.compile(
    r"<meta\b[^<>]{0,2000}>|<script\b[^<>]{0,500}?\bapplication/(?:ld|settings)\+json\b[^<>]{0,500}>[^<]*</script>", re.I
)
FEWEST_WORDS = 25
"""A page whose main text has fewer words has no article: it is a list of links, a notice or a player."""


def from_html(page: str, *, published: str | None = None, title: str | None = None, publisher: str | None = None,
              url: str | None = None, source: str = "page") -> Document:  # fmt: skip
    """The document of a page's article; its text is the extracted text. What is given wins over what the page says.

    Raises ``DocumentError`` if the page holds no article.
    """
    found = _extract(page, url)
    text = (found.text or "") if found else ""
    if found is None or len(text.split()) < FEWEST_WORDS:
        raise DocumentError(source, "is a page without an article; save the article's own page, or its text as a .txt file")
    dated = _Dated(published)
    if published is None and found.date:
        dated = _dated(page, found.date, found.url or url)
    document = from_text(text, published=dated.date, title=title or _one_line(found.title), source=source,
                         publisher=publisher or _one_line(found.sitename), url=url or found.url)  # fmt: skip
    return document.model_copy(update={"date_method": dated.method, "date_reliability": dated.reliability})


def _extract(page: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return bare_extraction(page, url=url, include_comments=False, include_tables=False, with_metadata=True,
                           date_extraction_params=dict(_DATES))  # fmt: skip


class _Dated(NamedTuple):
    date: str | None = None
    method: DateMethod | None = None
    reliability: Reliability | None = None


def _dated(page: str, found: str, url: str | None) -> _Dated:
    """The date that was found, and where: htmldate asks the address first, then the metadata, then the text's markup.

    It is reliable where the address or the metadata tell it, less so where those two differ, little where neither does.
    """
    from htmldate import find_date

    try:
        date = published_date(found)
    except DocumentError:
        return _Dated()
    by_url = find_date("<html></html>", url=url, **_DATES) if url else None
    by_metadata = find_date(f"<html><head>{''.join(_METADATA.findall(page))}</head></html>", **_DATES)
    if found == by_metadata:
        return _Dated(date, "metadata", "high")
    if found == by_url:
        return _Dated(date, "url", "medium" if by_metadata else "high")
    return _Dated(date, "markup", "low")


def _one_line(found: str | None) -> str | None:
    return " ".join(found.split()) or None if found else None
