"""Partial dates in formats that have no place for a date without a year, or for anything but whole days."""

from __future__ import annotations


def dated(date: str | None) -> str | None:
    """A date as exact as it is known; None without a year."""
    return None if not date or date.startswith("X") else date


def exact_day(date: str | None) -> str | None:
    """A date that is known to the day, with its year; None for all others."""
    known = dated(date)
    return known if known and len(known) == 10 else None


def whole_day(date: str | None) -> str | None:
    """A date as YYYY-MM-DD, the first day of its month or year where no more is known; None without a year."""
    known = dated(date)
    return known and known + "-01-01"[len(known) - 4 :]
