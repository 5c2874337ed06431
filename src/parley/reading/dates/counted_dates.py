"""Rules for dates counted from the day of publication, or from the date spoken of before: weekdays, weeks, "yesterday"."""

from __future__ import annotations

from datetime import date, timedelta

from parley.reading.dates.calendar import Anchor, day_value, in_week, shifted, week_value, weekday_near
from parley.reading.dates.calendar_dates import MOD, one
from parley.reading.dates.grammar import Context, Found, Phrase, rule


@rule("day-word", r"(?:[meL]-?)?R(?:m?p)?", r"m-?pR")
def day_word(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "today", "late yesterday", "tomorrow morning", "tonight"."""
    word, part = phrase.get("R"), phrase.get("p")
    assert word is not None
    days, of_day = (word.value[:-3], word.value[-3:]) if word.value.endswith("TNI") else (word.value, "")
    of_day = f"T{part.value}" if part else of_day
    day = context.anchor.exact
    if day is None:
        return one(phrase, "TIME" if of_day else "DATE", f"XXXX-XX-XX{of_day}")
    return one(phrase, "TIME" if of_day else "DATE", day_value(day + timedelta(days=int(days))) + of_day)


@rule("part-of-day", r"(?:[meL]-?)?[hl]p", r"[meL]t?sp", r"[meL]Itp", r"tsp")
def part_of_day(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "this morning", "last night", "that evening"."""
    direction, part = phrase.get("hls"), phrase.get("p")
    assert part is not None
    base = context.spoken_of.exact if direction and direction.letter == "s" else context.anchor.exact
    if base is None:
        return one(phrase, "TIME", f"XXXX-XX-XXT{part.value}")
    return one(
        phrase,
        "TIME",
        day_value(base - timedelta(days=direction is not None and direction.letter == "l")) + f"T{part.value}",
    )


@rule(
    "weekday",
    rf"{MOD}(?:t?h?[lxhsf]|)W(?:m?p)?",
    r"m-?pW",
    r"KW",
    r"[meL]?Wk?,?[lhxs]U(?:p)?",
    r"[lhx]UW",
)
def weekday(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "on Tuesday", "next Friday", "late Saturday", "Monday night", "Tuesday of last week"."""
    at = phrase.at("W")
    assert at is not None
    number, part, unit = int(phrase.words[at].value), phrase.get("p"), phrase.get("U")
    of_day = f"T{part.value}" if part else ""
    if (clock := phrase.get("K")) is not None:
        of_day = f"T{clock.value[:5]}"
    if unit is not None and unit.value != "W":
        return []
    day = _weekday(phrase, at, number, context)
    value = day_value(day) if day else f"XXXX-WXX-{number}"
    return one(phrase, "TIME" if of_day else "DATE", value + of_day)


def _weekday(phrase: Phrase, at: int, number: int, context: Context) -> date | None:
    anchor, words = context.anchor.exact, phrase.words
    direction = next((w for w in reversed(phrase.all("lxhsf"))), None)
    if at >= 2 and words[at - 1].letter in "[(" and words[at - 2].letter == "R" and context.spoken_of.exact:
        said = context.spoken_of.exact
        return weekday_near(said + timedelta(days=3), number, "on-or-before")
    if phrase.get("U") is not None and anchor and direction is not None:
        week = week_value(anchor + timedelta(weeks={"l": -1, "x": 1}.get(direction.letter, 0)))
        return in_week(week, number)
    if direction is not None and (direction.letter in "fs" or direction.form in ("previous", "preceding")):
        base = context.spoken_of.exact or anchor
        order = {"f": "after", "s": "on-or-before"}.get(direction.letter, "before")
        return weekday_near(base, number, order) if base else None
    if anchor is None:
        return None
    if direction is not None and direction.letter in "lx":
        return weekday_near(anchor, number, "before" if direction.letter == "l" else "after")
    if context.week_spoken_of and at - context.week_spoken_of[0] <= 8:
        between = words[context.week_spoken_of[0] : at]
        if not any(w.letter in "|." for w in between) and (day := in_week(context.week_spoken_of[1], number)):
            return day
    ahead = context.sense(at) == "future"
    if direction is not None and direction.letter == "h":
        ahead = context.sense(at) != "past"
    return weekday_near(anchor, number, "on-or-after" if ahead else "on-or-before")


@rule(
    "this-or-next",
    rf"{MOD}(?:t?[lxhs]|h[lx]|s)F?U",
    r"[eLm]Ith?F?U",
    r"(?:A|t?(?:m-?)?Bk|t?m-?Bk)tF?U",
    r"t?[lxhs]?F?U-?B",
    r"t?U'_B",
)
def named_unit(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "last week", "earlier this month", "next year", "the end of the year", "year-end"."""
    unit, direction = phrase.all("U")[-1], next(iter(phrase.all("lxhs")), None)
    if direction is not None and phrase.get("h") is not None and len(phrase.all("lxhs")) > 1:
        direction = phrase.all("lx")[0]
    letter = direction.letter if direction else "h"
    if unit.value.startswith("T") or (unit.value in ("D", "DE", "CE") and direction is None):
        return [] if unit.value.startswith("T") else _edge_of_day(phrase, context)
    base, about_text = context.anchor, False
    if letter == "s" or (direction is not None and direction.form in ("previous", "preceding")):
        base, about_text = context.spoken_of if context.spoken_of.year else context.anchor, True
    if letter == "x" and unit.value == "D" and direction is not None and phrase.words[phrase.first].letter == "t":
        base, about_text = context.spoken_of, True
    if unit.value == "D" and letter in "lh" and not about_text:
        return []
    steps = {"l": -1, "x": 1}.get(letter, 0)
    if unit.value == "Q" and letter == "l" and direction is not None and direction.form == "latest":
        return one(phrase, "DATE", context.quarter_spoken_of or shifted(base, "Q", -1))
    if letter == "l" and not about_text and unit.value in ("Y", "M", "W", "DE", "CE") and _is_span(phrase, direction):
        return one(phrase, "DURATION", f"P1{unit.value}")
    value = shifted(base, unit.value, steps)
    return one(phrase, "DATE", value or _unknown(unit.value))


def _is_span(phrase: Phrase, direction: object) -> bool:
    """Reads "the past year", "the last decade": the stretch up to now, not the calendar unit before this one."""
    words = phrase.words[phrase.first : phrase.last]
    return words[0].letter == "t" and words[1].form in ("past", "last")


def _edge_of_day(phrase: Phrase, context: Context) -> list[Found]:
    unit = phrase.all("U")[-1]
    if unit.value == "D" and phrase.get("eL") is not None:
        return one(phrase, "DATE", shifted(context.anchor, "D", 0))
    return []


def _unknown(unit: str) -> str | None:
    return {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Y": "XXXX", "D": "XXXX-XX-XX"}.get(unit)


@rule("quarter-of-year", r"t?YU")
def quarter_of_year(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the 1988 quarter": the quarter spoken of, in that year."""
    unit, quarter_before = phrase.get("U"), context.quarter_spoken_of
    if unit is None or unit.value != "Q" or quarter_before is None:
        return []
    return one(phrase, "DATE", f"{phrase.number('Y'):04d}-{quarter_before[-2:]}")


@rule("weekend", r"tU")
def weekend(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the weekend", "the quarter": the one nearest behind, or ahead where the clause says so."""
    unit = phrase.all("U")[0].value
    if unit == "WE":
        day = context.anchor.exact
        ahead = context.sense(phrase.last - 1) == "future"
        step = 0 if day is None or ahead or day.isoweekday() >= 6 else -1
        return one(phrase, "DATE", shifted(context.anchor, "WE", step) or _unknown("WE"))
    if unit == "Q":
        return one(phrase, "DATE", context.quarter_spoken_of or shifted(context.anchor, "Q", -1))
    return []


@rule("following-unit", r"tf[UM]", r"t?[sx]U")
def following_unit(phrase: Phrase, context: Context) -> list[Found]:
    """Reads "the following day", "the same day", "the next day": counted from the date last spoken of."""
    unit, step = phrase.get("U"), 0 if phrase.get("s") else 1
    if unit is None or unit.value.startswith("T"):
        return []
    base = context.spoken_of if context.spoken_of.year else context.anchor
    return one(phrase, "DATE", shifted(base, unit.value, step) or _unknown(unit.value))


def base_of(context: Context, phrase: Phrase) -> Anchor:
    """The date that "two days earlier" counts from: the one last spoken of in the paragraph, else the reference date."""
    between = context.words[context.spoken_at : phrase.first]
    near = context.spoken_of.year is not None and not any(word.letter == "|" for word in between)
    return context.spoken_of if near else context.anchor
