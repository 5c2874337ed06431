"""A web page to a document: the article's text, its title, date, publisher and address (trafilatura, htmldate)."""

from __future__ import annotations

import logging
from typing import Any

from parley.documents.dates import published_date
from parley.documents.plain import from_text
from parley.errors import DocumentError
from parley.record import Document

EARLIEST, LATEST = "1990-01-01", "2199-12-31"
"""Bounds for a page's date. The later one is fixed, not today, so that a page gives the same document on every day."""
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
    if published is None and found.date:
        published = _a_date(found.date)
    return from_text(text, published=published, title=title or _one_line(found.title), source=source,
                     publisher=publisher or _one_line(found.sitename), url=url or found.url)  # fmt: skip


def _extract(page: str, url: str | None) -> Any:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    dates = {"extensive_search": False, "original_date": True, "min_date": EARLIEST, "max_date": LATEST}
    return bare_extraction(page, url=url, include_comments=False, include_tables=False, with_metadata=True,
                           date_extraction_params=dates)  # fmt: skip


def _a_date(found: str) -> str | None:
    try:
        return published_date(found)
    except DocumentError:
        return None


def _one_line(found: str | None) -> str | None:
    return " ".join(found.split()) or None if found else None
