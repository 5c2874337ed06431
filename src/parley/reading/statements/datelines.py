"""Datelines ("VELM, Kestria, May 4 (Newswire) -"): where a report was written is nobody's words, and nobody speaks there."""

from __future__ import annotations

import re
from dataclasses import replace

from parley.reading.layers import Reading
from parley.reading.statements.found import Found, Place, overlap, trimmed

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]+(?:[ /][A-ZÀ-ÖØ-Þ.'’-]+){0,3}"
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: (?:of |de |al-)?[A-ZÀ-ÖØ-Þ][\w.'’-]*){0,3}"
_MONTH = r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_AGENCY = r"\([A-Z][^()\n]{1,30}\)"
_END = r"(?:\s*(?:[–—_]|--)|(?:\s+|(?<=\)))-)\s*"
_DATELINE = re.compile(
    rf"\s*(?:{_CAPITALS}(?:, {_NAME})?(?:,? {_DAY})?,?(?: {_AGENCY})?|{_NAME}(?:, {_NAME})?"
    rf"(?:,? {_DAY}(?: {_AGENCY})?|,? {_AGENCY})){_END}(?=\S)"
)
"""A town in capitals, or with the day or the agency, up to a dash (AP Stylebook, "datelines")."""


def without_datelines(reading: Reading, found: list[Found]) -> list[Found]:
    """The same without the words of datelines; a source that is only in one is none."""
    lines = _datelines(reading)
    return [kept for f in found if (kept := _without(reading, f, lines)).content] if lines else found


def _datelines(reading: Reading) -> list[Place]:
    matches = (_DATELINE.match(reading.text, p.start, p.end) for p in reading.paragraphs)
    return [m.span() for m in matches if m]


def _without(reading: Reading, found: Found, lines: list[Place]) -> Found:
    if not overlap([*found.content, *(p for p in (found.source, found.cue) if p)], lines):
        return found
    pieces = []
    for start, end in found.content:
        line = next((b for a, b in lines if a <= start < b), start)
        pieces.append(trimmed(reading.text, (line, end)) if line > start else (start, end))
    source, cue = (None if p is None or overlap([p], lines) else p for p in (found.source, found.cue))
    return replace(found, content=tuple(p for p in pieces if p[0] < p[1]), source=source, cue=cue)
