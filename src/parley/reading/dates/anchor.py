"""The date that a text's relative dates count from, and the years that the text itself gives to its yearless dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from parley.reading.dates.calendar import Anchor
from parley.reading.dates.grammar import Candidates, Context, resolved

if TYPE_CHECKING:
    from parley.reading.layers import Reading

_DATELINE_ZONE = 700
_DATELINE_DEPTH = 70
_HANDLE = re.compile(r"\(@\w+\)[\s,|·•–—-]*$")
_AFTER_DATELINE = re.compile(r"\s*(?:\(|\[|--|[-–—:|]|$)")


def anchor_of(reading: Reading, found: list[Candidates]) -> Anchor:
    """The date of publication; where there is none, that of a dateline near the start, else of a post that is quoted.

    A dateline's date begins within the first words of a line that it ends, or stands before an agency's name or a dash:
    ``MANILA, May 3, 1999 (Agency) --``. A post's date follows its author's handle: ``(@name) September 7, 2019``.
    """
    if reading.document.published:
        return Anchor.of(reading.document.published)
    dated = [c for c in found if c[0][0].name in ("full-date", "numeric-date")]
    for fits in (_is_dateline, _dates_a_post):
        for candidates in dated:
            phrase = candidates[0][1]
            start, end = phrase.words[phrase.first].start, phrase.words[phrase.last - 1].end
            if fits(reading, start, end):
                _, readings = resolved(candidates, Context(reading, phrase.words, Anchor()))
                if readings and Anchor.of(readings[0].value).exact:
                    return Anchor.of(readings[0].value)
    return Anchor()


def _is_dateline(reading: Reading, start: int, end: int) -> bool:
    line = next((p for p in reading.paragraphs if p.start <= start < p.end), None)
    if line is None or start > _DATELINE_ZONE or start - line.start > _DATELINE_DEPTH:
        return False
    if not _AFTER_DATELINE.match(reading.text[end : line.end]):
        return False
    before = reading.tokens[line.first : reading.token_at(start)]
    return not any(token.tag_ in ("VBD", "VBN", "VBZ", "MD", "IN") for token in before)


def _dates_a_post(reading: Reading, start: int, end: int) -> bool:
    return bool(_HANDLE.search(reading.text[max(0, start - 60) : start]))


def settled_years(reading: Reading, found: list[Candidates]) -> dict[int, int]:
    """For a text without a date of its own: the year of each yearless date, where the text's full dates settle it.

    They do where all its full dates (with a day) are of one year, and one of them stands before the yearless date in the
    same paragraph or the one before. Keyed by the character where the month or day stands.
    """
    dated = [p for (r, p), *_ in found if r.name in ("full-date", "full-date-range", "numeric-date")]
    years: dict[int, int] = {}
    for phrase in dated:
        word = phrase.get("Y#")
        digits = re.findall(r"\d{4}", word.form) if word else []
        if digits and word is not None:
            years[word.start] = int(digits[0])
    if len(set(years.values())) != 1:
        return {}
    year = next(iter(years.values()))
    starts = [paragraph.start for paragraph in reading.paragraphs]
    settled: dict[int, int] = {}
    for (rule, phrase), *_ in found:
        if rule.name not in ("day-of-month", "date-range", "month"):
            continue
        here = phrase.words[phrase.first].start
        if any(start < here and 0 <= bisect_right(starts, here) - bisect_right(starts, start) <= 1 for start in years):
            settled.update({w.start: year for w in phrase.all("MDOo")})
    return settled
