from __future__ import annotations

import codecs

import pytest

from parley.documents.encoding import decode
from parley.errors import DocumentError

TEXT = "Tovar’s café — “truce”\r\n\u202eרמה\u202c 🕊\n"
PAGE = '<html><head><meta charset="{}"></head><body>caf\u00e9 \u201ctruce\u201d</body></html>'


@pytest.mark.parametrize("data", [
    TEXT.encode(), codecs.BOM_UTF8 + TEXT.encode(), codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
], ids=["utf-8", "utf-8 with mark", "utf-16-le", "utf-16-be", "utf-32-le"])  # fmt: skip
def test_unicode_texts_are_read_exactly(data: bytes) -> None:
    assert decode(data, "report.txt") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_seen(encoding: str) -> None:
    assert decode("The truce holds, he said.".encode(encoding), "report.txt") == "The truce holds, he said."


@pytest.mark.parametrize(("declared", "encoding"), [
    ("windows-1252", "windows-1252"), ("iso-8859-1", "windows-1252"), ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("koi8-r", None),
])  # fmt: skip
def test_a_page_is_read_by_the_charset_that_it_declares(declared: str, encoding: str | None) -> None:
    page = PAGE.format(declared)
    if encoding is None:
        with pytest.raises(UnicodeEncodeError):
            page.encode("koi8-r")
        return
    assert decode(page.encode(encoding), "page.html", html=True) == page


def test_the_users_encoding_wins_over_utf8() -> None:
    assert decode("caf\u00e9".encode("windows-1252"), "report.txt", encoding="windows-1252") == "café"


@pytest.mark.parametrize(("data", "problem"), [
    ("one\ntwo caf\u00e9 x".encode("latin-1"), r"is not UTF-8 at byte 11 \(line 2\); name its encoding"),
    (b"%PDF-1.7 ...", "is a PDF, not text; save its text"),
    (b"PK\x03\x04...", "is a zip archive or an office document"),
    (b"abc\x00def\x01" * 40, "is binary, not text"),
    (codecs.BOM_UTF16_LE + b"abc", "begins with the mark of UTF-16, but is not valid"),
])  # fmt: skip
def test_what_is_no_text_is_refused_with_what_to_do(data: bytes, problem: str) -> None:
    with pytest.raises(DocumentError, match=f"^report.txt: .*{problem}"):
        decode(data, "report.txt")


def test_a_page_that_declares_nonsense_is_refused() -> None:
    with pytest.raises(DocumentError, match="declares the charset klingon, which is no known encoding"):
        decode(PAGE.format("klingon").encode(), "page.html", html=True)
