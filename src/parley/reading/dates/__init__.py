"""Dates: every absolute, relative and vague date and duration of the text, resolved against its date of publication."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.dates import calendar_dates, counted_dates, spans  # noqa: F401  (each registers its rules)
from parley.reading.dates.anchor import anchor_of, settled_years
from parley.reading.dates.calendar import Anchor, carried, shifted
from parley.reading.dates.grammar import Context, Found, phrases, resolved
from parley.reading.dates.lexemes import lexemes, time_words
from parley.reading.layers import Reading, TimeExpression
from parley.reading.pipeline import stage

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models


@stage("dates", needs=("tokens", "paragraphs"), gives=("dates",))
def find_dates(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Every time expression of the text, in order, as TIMEX3 (TimeML 1.2.1)."""
    words = lexemes(reading.text, time_words(knowledge))
    found = phrases("".join(word.letter for word in words), words)
    anchor = anchor_of(reading, found)
    context = Context(reading, words, anchor, {} if anchor.year else settled_years(reading, found))
    expressions = []
    for candidates in found:
        rule, readings = resolved(candidates, context)
        for reading_of_it in readings:
            expressions.append(_expression(reading_of_it, rule, context))
            if rule != "distance-back":
                _remember(reading_of_it, context)
    return reading.with_layer(dates=tuple(expressions))


def _expression(found: Found, rule: str, context: Context) -> TimeExpression:
    start, end = context.words[found.first].start, context.words[found.last - 1].end
    date = carried(found.value) if found.type in ("DATE", "TIME") else None
    return TimeExpression(start, end, found.type, found.value, date, rule)


def _remember(found: Found, context: Context) -> None:
    """Let later phrases ("the following day", "Monday or Tuesday" of "next week") count from this one."""
    if found.type not in ("DATE", "TIME"):
        return
    if "-Q" in found.value and found.value < (shifted(context.anchor, "Q", 0) or ""):
        context.quarter_spoken_of = max(found.value, context.quarter_spoken_of or "")
    if "-W" in found.value:
        context.week_spoken_of = (found.last, found.value)
    if (anchor := Anchor.of(found.value)).year is not None:
        context.spoken_of, context.spoken_at = anchor, found.last
