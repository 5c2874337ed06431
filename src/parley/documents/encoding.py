"""Bytes to text, exactly: by byte order mark, by what a page declares, by UTF-8; never by a guess."""

from __future__ import annotations

import codecs
import re

from parley.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip archive or an office document"), (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"{\\rtf", "an RTF document"), (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"SQLite format 3", "a database"), (b"\x7fELF", "a program"),
    (b"WARC/", "a web archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"ID3", "a sound file"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.+-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]+)""", re.I
)
_HTML_LABELS = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "latin-1": "windows-1252",
                "us-ascii": "windows-1252", "ascii": "windows-1252", "utf8": "utf-8", "unicode": "utf-16-le",
                "gb2312": "gb18030", "x-sjis": "shift_jis"}  # fmt: skip
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, source: str, *, html: bool = False, encoding: str | None = None) -> str:
    """The text of `data`, without its byte order mark. Raises ``DocumentError`` if it is binary or not in its encoding.

    `encoding` is the encoding that the user names; otherwise a byte order mark decides, then (in a page) the declared
    charset, read by the labels of the WHATWG Encoding Standard, then UTF-8.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], name, source, f"begins with the mark of {name[:6].upper()}")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise DocumentError(source, f"is {kind}, not text; save its text as UTF-8 and read that")
    if encoding:
        return _decode(data, encoding, source, f"was to be read as {encoding}")
    if html and (declared := _DECLARED.search(data[:4096])):
        label = (declared[1] or declared[2]).decode("ascii").lower()
        return _decode(data, _HTML_LABELS.get(label, label), source, f"declares the charset {label}")
    if wide := _utf16_without_mark(data):
        return _decode(data, wide, source, f"looks like {wide}")
    if _is_binary(data):
        raise DocumentError(source, "is binary, not text; save its text as UTF-8 and read that")
    return _decode(data, "utf-8", source, "")


def _decode(data: bytes, encoding: str, source: str, why: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        problem = f"{why}, which is no known encoding; name the right one with --encoding"
        raise DocumentError(source, problem) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"at byte {error.start} (line {line})"
        if why:
            problem = f"{why}, but is not valid {place}; name its real encoding with --encoding, or save it as UTF-8"
        else:
            problem = f"is not UTF-8 {place}; name its encoding (--encoding windows-1252, say) or save it as UTF-8"
        raise DocumentError(source, problem) from None


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 text of a Western script without a mark has a zero in every second byte."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:65536]
    return b"\x00" in sample or len(_CONTROL.findall(sample)) > 0.02 * len(sample)
