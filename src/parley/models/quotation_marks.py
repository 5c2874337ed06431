"""Stretches of a text inside quotation marks, for text as it comes: typographic, straight, wire and missing marks.

The rules, of common news usage (AP Stylebook, "quotation marks"): a quotation of several paragraphs opens each of them
and closes only the last; so an open quotation ends with its paragraph, unless the next paragraph opens with a mark. A mark
that cannot open is read as closing, and the other way round, by what stands beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[\"“”„‟«»]|``|''|(?<!\w)[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_SINGLE = "‘’'"
_OPENING, _CLOSING = "“„‟«``", "”»''"


@dataclass(frozen=True)
class Quotation:
    """Characters start..end between two marks (the marks left out), in one paragraph.

    `closed` is whether a closing mark was there, `opened` whether an opening one was; `single` tells single marks.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True
    single: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """Every quotation of the text in order, the outermost only."""
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        found += _in_paragraph(text, paragraph.start(), paragraph.end())
    return tuple(found)


def _in_paragraph(text: str, first: int, last: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: re.Match[str] | None = None
    marks = list(_MARK.finditer(text, first, last))
    for at, mark in enumerate(marks):
        single = mark.group() in _SINGLE
        if opened is None:
            if single and not _single_closes(marks[at + 1 :], text):
                continue
            if _closes(text, mark, first, last) and not single:
                if not found:  # a quotation whose opening mark was lost, or that goes on from the paragraph before
                    start = _start_of_text(text, first)
                    if start < mark.start():
                        found.append(Quotation(start, mark.start(), opened=False))
                continue
            opened = mark
        elif single == (opened.group() in _SINGLE) and (opened.group() == "„" or not _opens(text, mark, first)):
            if opened.end() < mark.start():
                found.append(Quotation(opened.end(), mark.start(), single=single))
            opened = None
        elif not single and opened.group() not in _SINGLE and mark.group() in _OPENING:
            if opened.end() < mark.start():  # a second opening mark: the first was never closed
                end = opened.end() + len(text[opened.end() : mark.start()].rstrip())
                found.append(Quotation(opened.end(), max(end, opened.end() + 1), closed=False))
            opened = mark
    if opened is not None and opened.group() not in _SINGLE:
        end = first + len(text[first:last].rstrip())
        if opened.end() < end:
            found.append(Quotation(opened.end(), end, closed=False))
    return found


def _start_of_text(text: str, first: int) -> int:
    while first < len(text) and text[first].isspace():
        first += 1
    return first


def _single_closes(later: list[re.Match[str]], text: str) -> bool:
    """Whether a single mark further on can close: else this one is an apostrophe ("the '90s")."""
    return any(m.group() in "’'" and not (m.start() and text[m.start() - 1].isspace()) for m in later)


def _closes(text: str, mark: re.Match[str], first: int, last: int) -> bool:
    """Whether this mark, met where no quotation is open, can only be a closing one."""
    before = text[mark.start() - 1] if mark.start() > first else " "
    after = text[mark.end()] if mark.end() < last else " "
    if mark.group() in _OPENING:
        return False
    if before.isspace() or before in "([—–-:":
        return after.isspace() and mark.group() in _CLOSING
    return not after.isalnum()


def _opens(text: str, mark: re.Match[str], first: int) -> bool:
    """Whether this mark, met inside a quotation, can only be an opening one: it is shaped so, and begins a word."""
    if mark.group() not in _OPENING:
        return False
    before, after = text[max(first, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return not before.strip() or bool(after.strip())
