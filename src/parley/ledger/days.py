"""Days of the ledger: partial dates of the record brought to days that sort, ``YYYY-MM-DD`` as text.

A state "as of" a day holds what was surely known on it: a report dated only to its month counts from the month's last day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, literal_column

from parley.errors import LedgerError

UNDATED = "9999-12-31"
"""The day of a report without a date: it counts in the latest state, and in none that is asked for as of a day."""
LAST_DAY = "9999-12-30"
"""The last day that a state can be asked for as of."""
ALWAYS = "9999-12-31"
"""The end of what has not ended."""
NEVER_SAID = ""
"""The day of a word whose day nobody knows: sorts before every day, so that it is never taken for the latest."""


def last_day(partial: str | None) -> str | None:
    """The last day of a partial date, or None where the year is unknown."""
    if not partial or partial.startswith("X"):
        return None
    year, month, day = (*(int(part) for part in partial.split("-")), 0, 0)[:3]
    month = month or 12
    try:
        return date(year, month, day or monthrange(year, month)[1]).isoformat()
    except ValueError:
        return None


def is_day(partial: str | None) -> bool:
    """Whether the date is exact to the day, with its year."""
    return last_day(partial) is not None and len(partial or "") == 10


def shifted(day: str, days: int) -> str:
    """The day so many days later; the bounds of the calendar stay where they are."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return day


def apart(one: str, other: str) -> int:
    """Days between two days, without sign; very many where one of them is no day."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 1_000_000


UNSAID = "9999-12-32"
"""Sorts after every day on which a thing can have been said."""
LONGEST = 15
"""The size class of periods that have no end, or one that nobody knows."""


def period_class(first: str, last: str) -> int:
    """The size class of the days from one day to another: 0 where the second is not later, n for less than 2**n days.

    What lies over a given day is found class by class: of one class only what begins or ends near that day is looked at.
    """
    if first >= last:
        return 0
    return LONGEST if last == UNDATED else min(apart(first, last).bit_length(), LONGEST)


NEVER_ENDS: Any = literal_column(f"'{ALWAYS}'")
"""`ALWAYS` written out in a statement, as an index of the other rows has it."""


def spans_day(size: Any, first: Any, last: Any, day: str) -> list[Any]:
    """Conditions on the columns of a period, one for each class of its size, under which the day asked for lies in it.

    That is: it began on that day or before and ends after it. `day` names a parameter; `period_ends` gives the others.
    """
    spanning = (size > literal_column("0")) & (first <= bindparam(day)) & (last > bindparam(day))
    return [(size == n) & (last <= bindparam(f"{day}_{n}")) & spanning for n in range(1, LONGEST + 1)]


def period_ends(name: str, day: str) -> dict[str, str]:
    """The parameters of `spans_day`: the day, and the last days on which periods of each size that it lies in can end."""
    return {name: day, f"{name}_{LONGEST}": ALWAYS} | {f"{name}_{n}": shifted(day, 2**n - 1) for n in range(1, LONGEST)}


def asked_day(given: str) -> str:
    """The day that a person asks for: YYYY-MM-DD, or YYYY-MM and YYYY for their last day. Raises ``LedgerError``."""
    parts = given.strip().split("-")
    well_formed = 1 <= len(parts) <= 3 and all(part.isdigit() for part in parts) and len(parts[0]) == 4
    day = last_day(given.strip()) if well_formed else None
    if day is None:
        raise LedgerError(f"{given!r} is not a date; give it as YYYY-MM-DD, YYYY-MM or YYYY")
    return day
