"""Files and bytes to documents."""

from __future__ import annotations

import re
from pathlib import Path

from parley.documents.dates import published_date
from parley.documents.encoding import decode
from parley.documents.language import refuse_other_languages
from parley.documents.plain import MAX_CHARACTERS, from_text
from parley.errors import DocumentError
from parley.record import Document

PLAIN, PAGES = (".txt", ".text", ".md"), (".html", ".htm", ".xhtml")
SUFFIXES = PLAIN + PAGES
"""Files of a folder with these suffixes are read; a file named by itself may have any."""

MAX_BYTES = 4 * MAX_CHARACTERS
"""UTF-8 and UTF-16 need at most four bytes a character."""
MAX_PAGE_BYTES = 16_000_000
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)


def files_in(folder: Path) -> list[Path]:
    """The readable files of a folder and of those below it, by name; hidden ones are left out.

    Raises ``DocumentError`` if there is none.
    """
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()
                   and not any(part.startswith(".") for part in path.relative_to(folder).parts))  # fmt: skip
    if not found:
        raise DocumentError(str(folder), f"has no files to read; they end in {', '.join(SUFFIXES)}")
    return found


def read_file(path: Path | str, **known: str | None) -> Document:
    """The document in a file of plain text or HTML; for `known` see `read_bytes`.

    Raises ``DocumentError`` naming the file and what to do about it.
    """
    path, source = Path(path), str(path)
    try:
        if path.is_dir():
            raise DocumentError(source, "is a folder; name a file in it")
        if (size := path.stat().st_size) > MAX_PAGE_BYTES:
            raise DocumentError(source, _too_long(size))
        data = path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(source, "there is no such file; check the path") from None
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        reason = getattr(error, "strerror", None) or str(error)
        raise DocumentError(source, f"cannot be opened ({reason.lower()}); check its path and permissions") from None
    return read_bytes(data, source, page=path.suffix.lower() in PAGES or None, **known)


def read_bytes(data: bytes, source: str, *, page: bool | None = None, published: str | None = None,
               title: str | None = None, publisher: str | None = None, url: str | None = None,
               encoding: str | None = None) -> Document:  # fmt: skip
    """The document in `data`: a web page or plain text (`page` says which, None looks). What is given wins over the page.

    `source` names it in errors. Raises ``DocumentError`` if it is empty, too long, binary, wrongly encoded, a page without
    an article, not English, or dated by no date.
    """
    if published:
        published_date(published, source)
    if len(data) > MAX_PAGE_BYTES:
        raise DocumentError(source, _too_long(len(data)))
    looks_like_page = page or (page is None and bool(_PAGE.match(data[:2048].decode("latin-1"))))
    text = decode(data, source, html=looks_like_page, encoding=encoding)
    page = page if page is not None else bool(_PAGE.match(text[:2048]))
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u2028\u2029"):
        raise DocumentError(source, "is empty; there is nothing to read")
    if page:
        from parley.documents.html import from_html

        document = from_html(text, published=published, title=title, publisher=publisher, url=url, source=source)
    else:
        if len(data) > MAX_BYTES:
            raise DocumentError(source, _too_long(len(data)))
        document = from_text(text, published=published, title=title, publisher=publisher, url=url, source=source)
    refuse_other_languages(document.text, source)
    return document


def _too_long(size: int) -> str:
    return (f"is {size / 1e6:.1f} MB, and a report has at most {MAX_CHARACTERS:,} characters; "
            "split it into its reports, one file each")  # fmt: skip


def names_for(paths: list[Path]) -> list[str]:
    """A short name for each file, without suffix, no two the same: for files that are written beside each other."""
    names: list[str] = []
    for path in paths:
        stem, number = path.stem or "report", 1
        name = stem
        while name in names:
            number += 1
            name = f"{stem}-{number}"
        names.append(name)
    return names
