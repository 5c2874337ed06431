"""Reckoning with dates that are as exact as known: TIMEX3 values of days, weeks, months, quarters, years and decades."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$")
_WEEK = re.compile(r"^(\d{4})-W(\d\d)(?:-WE)?$")
_CARRIED = re.compile(r"^(\d{4}(?:-\d\d){0,2}|XXXX-\d\d(?:-\d\d)?)(?:T.*)?$")
_PART_OF_YEAR = re.compile(r"^(\d{4})-[QH]\d$")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A reference date, as exact as it is known: a day, a month, a year, or nothing at all."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, value: str | None) -> Anchor:
        """The anchor of an ISO date or TIMEX3 value (its week's Monday, its year ...), empty where it has none."""
        if value and (match := _DATE.match(value[:10])):
            year, month, day = (int(part) if part else None for part in match.groups())
            if valid(year, month, day):
                return cls(year, month, day)
        if value and (match := _WEEK.match(value)):
            monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
            return cls(monday.year, monday.month, monday.day)
        if value and len(value) >= 4 and value[:4].isdecimal():
            return cls(int(value[:4]))
        return cls()

    @property
    def exact(self) -> date | None:
        """The day, if it is known."""
        return date(self.year, self.month, self.day) if self.year and self.month and self.day else None


def valid(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether there is such a day, month or year."""
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return False
    return True


def day_value(day: date) -> str:
    """The value of a day: ``2025-06-02``."""
    return day.isoformat()


def month_value(year: int, month: int) -> str:
    """The value of a month; `month` may lie outside 1..12 and is carried over into the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return f"{year:04d}-{month:02d}"


def week_value(day: date) -> str:
    """The ISO week of a day: ``2025-W22``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_value(year: int, quarter: int) -> str:
    """The value of a quarter, carried over into the year where it lies outside 1..4."""
    return f"{year + (quarter - 1) // 4:04d}-Q{(quarter - 1) % 4 + 1}"


def shifted(anchor: Anchor, unit: str, steps: int) -> str | None:
    """The value that lies `steps` units after the anchor, in the grain of the unit; ``None`` if the anchor is too vague."""
    try:
        value = _shifted(anchor, unit, steps)
    except (OverflowError, ValueError):
        return None
    digits = {"DE": 3, "CE": 2}.get(unit, 4)
    return value if value and value[:digits].isdecimal() and not value[digits : digits + 1].isdecimal() else None


def _shifted(anchor: Anchor, unit: str, steps: int) -> str | None:
    day = anchor.exact
    match unit:
        case "D" if day:
            return day_value(day + timedelta(days=steps))
        case "W" if day:
            return week_value(day + timedelta(weeks=steps))
        case "WE" if day:
            return week_value(day + timedelta(weeks=steps)) + "-WE"
        case "FN" if day:
            return week_value(day + timedelta(weeks=2 * steps))
        case "M" if anchor.year and anchor.month:
            return month_value(anchor.year, anchor.month + steps)
        case "Q" if anchor.year and anchor.month:
            return quarter_value(anchor.year, (anchor.month - 1) // 3 + 1 + steps)
        case "Y" if anchor.year:
            return f"{anchor.year + steps:04d}"
        case "DE" if anchor.year:
            return f"{(anchor.year + 10 * steps) // 10:03d}"
        case "CE" if anchor.year:
            return f"{(anchor.year + 100 * steps) // 100:02d}"
        case _:
            return None


def weekday_near(anchor: date, weekday: int, direction: str) -> date:
    """The day with ISO weekday 1..7 that lies "before", "after", "on-or-before" or "on-or-after" the anchor."""
    back = (anchor.isoweekday() - weekday) % 7
    match direction:
        case "on-or-before":
            return anchor - timedelta(days=back)
        case "before":
            return anchor - timedelta(days=back or 7)
        case "on-or-after":
            return anchor + timedelta(days=-back % 7)
        case _:
            return anchor + timedelta(days=-back % 7 or 7)


def in_week(week: str, weekday: int) -> date | None:
    """The given ISO weekday of a week value, if it is one."""
    match = _WEEK.match(week)
    return date.fromisocalendar(int(match[1]), int(match[2]), weekday) if match else None


def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar (the anonymous algorithm; Meeus, Astronomical Algorithms)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def carried(value: str) -> str | None:
    """The part of a TIMEX3 value that the record can carry as a date: YYYY, YYYY-MM, YYYY-MM-DD or XXXX-MM-DD.

    A week gives its month where all its days lie in that month; a quarter or a half its year.
    """
    if match := _CARRIED.match(value):
        found = match[1]
        return found if found.startswith("XXXX") or Anchor.of(found).year else None
    if match := _WEEK.match(value):
        try:
            ends = [
                date.fromisocalendar(int(match[1]), int(match[2]), d) for d in ((6, 7) if value.endswith("WE") else (1, 7))
            ]
        except ValueError:
            return None
        return month_value(ends[0].year, ends[0].month) if ends[0].month == ends[1].month else None
    if match := _PART_OF_YEAR.match(value):
        return match[1]
    return None
