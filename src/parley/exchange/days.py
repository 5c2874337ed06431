"""Dates for formats that have whole days alone."""

from __future__ import annotations


def whole_day(date: str | None) -> str | None:
    """A date as YYYY-MM-DD, the first day of its month or year where no more is known; None without a year."""
    if not date or date.startswith("X"):
        return None
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]
