"""Plain text to a document: what every document must hold, and where a headline is."""

from __future__ import annotations

import re

from parley.documents.dates import published_date
from parley.errors import DocumentError
from parley.record import Document

MAX_CHARACTERS = 1_000_000
"""The longest text that is read as one report: spaCy's own bound, some 1,500 reports; its parse takes gigabytes beyond."""

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(rf"^[A-Z][A-Z .'’/-]+,.*\b(?:{_MONTH}|\d{{4}})|[-–—]$|^(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})\b")
_BYLINE = re.compile(r"^(?:by|from|updated|published|posted|source)\b[: ]", re.IGNORECASE)
_ABBREVIATION_AT_END = re.compile(r"\b(?:[A-Z]\.)+$")
LONGEST_HEADLINE = 160


def from_text(text: str, *, published: str | None = None, title: str | None = None, publisher: str | None = None,
              url: str | None = None, source: str = "text") -> Document:  # fmt: skip
    """The document of a plain text. Without a `title`, a first line that is a headline becomes it, and stays in the text.

    `published` is an ISO date, as exact as known. Raises ``DocumentError`` (naming `source`) on a date that is none, on
    text that no encoding can hold, and on more than ``MAX_CHARACTERS``.
    """
    if len(text) > MAX_CHARACTERS:
        raise DocumentError(source, f"has {len(text):,} characters, and a report has at most {MAX_CHARACTERS:,}; split it")
    if half := _SURROGATE.search(text):
        problem = f"holds half of a surrogate pair at character {half.start()}; decode the text anew from its bytes"
        raise DocumentError(source, problem)
    date = published_date(published, source) if published else None
    return Document(text=text, published=date, title=title or headline(text), publisher=publisher or None, url=url or None)


def headline(text: str) -> str | None:
    """The first line of the text, where it is a headline: short, no sentence, with a blank line or a paragraph after it."""
    first = _LINE.search(text)
    while first and not first.group().strip("\ufeff \t\u00a0"):
        first = _LINE.search(text, first.end())
    if first is None:
        return None
    line, after = first.group().strip("\ufeff \t\u00a0"), text[first.end() :]
    follows = _LINE.search(after)
    while follows and not follows.group().strip():
        follows = _LINE.search(after, follows.end())
    if follows is None or not _reads_as_headline(line):
        return None
    blank_between = len(_BREAK.findall(after[: follows.start()])) > 1
    return line if blank_between or len(follows.group()) > max(len(line), 80) else None


def _reads_as_headline(line: str) -> bool:
    if len(line.split()) < 2 or len(line) > LONGEST_HEADLINE or not any(c.isalpha() for c in line):
        return False
    if _DATELINE.search(line) or _BYLINE.search(line) or re.match(r"[\"“‘'].*[,.][\"”’']", line):
        return False
    end = line.rstrip("\"”’')] ")
    return not end.endswith((".", "!", "…", ":", ";", ",")) or bool(_ABBREVIATION_AT_END.search(end))
