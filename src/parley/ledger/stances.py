"""Where a party stands on an issue over time: current stance, since when, reversals, ambiguity, silence.

Days are those on which a thing was said. On one day the stance that more independent accounts carry counts; words that
others put into a party's mouth are kept apart and never count as its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from parley.ledger.days import UNDATED, apart, shifted
from parley.ledger.likeness import accounts

CLOSE_DAYS = 14
"""Contradicting words within so many days make a stance ambiguous."""
SILENT_DAYS = 30
"""A party of which nothing is heard on an issue for so many days is silent on it."""
COUNTED = 100
"""Words that are counted of a stance at most; where there are more, the count says "at least"."""

CHANGES = ("position", "reversal", "shift")
"""The kinds of moments that are changes of stance: a first word, one between for and against, one of a condition."""


@dataclass(frozen=True)
class Word:
    """A position as one report has it."""

    entry: str
    document: str
    stance: str
    said: str
    known: str
    teller: str
    account: str
    copies: str
    quote: str
    data: dict[str, Any] = field(hash=False)


def independent(words: Iterable[Word]) -> list[list[str]]:
    """The independent accounts that carry these words."""
    return accounts((w.document, w.account, w.copies) for w in words)


def stance_of_day(words: Sequence[Word]) -> str:
    """The stance of a day: that of most independent accounts, the more cautious among equals."""
    if len({w.stance for w in words}) == 1:
        return words[0].stance
    counts = {stance: len(independent([w for w in words if w.stance == stance])) for stance in _CAUTIOUS}
    return max(_CAUTIOUS, key=lambda stance: (counts[stance], -_CAUTIOUS.index(stance)))


_CAUTIOUS = ("conditional", "opposes", "supports")


def change(before: str, after: str) -> str:
    """What a change is called: "reversal" between for and against, "shift" where a condition comes or goes."""
    return "reversal" if {before, after} == {"supports", "opposes"} else "shift"


def runs(words: Sequence[Word]) -> list[tuple[str, list[Word]]]:
    """The own words of a party on an issue as stances held in turn, the earliest first."""
    days: dict[str, list[Word]] = {}
    for word in sorted((w for w in words if not w.teller), key=lambda w: (w.said, w.entry)):
        days.setdefault(word.said, []).append(word)
    found: list[tuple[str, list[Word]]] = []
    for of in days.values():
        stance = stance_of_day(of)
        if found and found[-1][0] == stance:
            found[-1][1].extend(of)
        else:
            found.append((stance, of))
    return found


def summary(latest: Sequence[Word], *, stance: str, since: str, before: str | None, heard: str,
            told: Sequence[Word] = ()) -> dict[str, Any]:  # fmt: skip
    """Where a party stands on an issue.

    `latest` are its own words since its `reach`, the latest first (at most `COUNTED`); `stance` is the present one, held
    `since`, `before` the one before it, `heard` the last day; `told` are words that others put into its mouth, the latest
    first.
    """
    run = [w for w in latest if w.said >= since and w.stance == stance]
    last = run[0] if run else None
    carried = independent(run)
    return {
        "stance": stance, "since": since, "last_said": heard, "before": before,
        "change": change(before, stance) if before else None,
        "condition": next((c for w in run if (c := w.data.get("condition"))), None),
        "object": last.data.get("object", "") if last else "", "act": last.data.get("act", "") if last else "",
        "duration": last.data.get("duration") if last else None, "quantity": last.data.get("quantity") if last else None,
        "accounts": len(carried), "at_least": len(latest) >= COUNTED, "ambiguous": _contradictions(latest, heard),
        "quotes": _quotes(run, 3), "told_by": _told_by(told),
    }  # fmt: skip


def _contradictions(latest: Sequence[Word], heard: str) -> list[dict[str, str]]:
    """Words of the last days that contradict each other, unless they are one clean change from one stance to another."""
    near = sorted((w for w in latest if apart(w.said, heard) <= CLOSE_DAYS), key=lambda w: (w.said, w.entry))
    if {"supports", "opposes"} - {w.stance for w in near}:
        return []
    split_day = any({"supports", "opposes"} <= {w.stance for w in near if w.said == day} for day in {w.said for w in near})
    turns = [stance for stance, _ in runs(near)]
    if not split_day and len(turns) <= 2:
        return []
    return _quotes([w for w in reversed(near) if w.stance != "conditional"], 4)


def _quotes(words: Iterable[Word], limit: int) -> list[dict[str, str]]:
    found: dict[tuple[str, str], dict[str, str]] = {}
    for w in words:
        found.setdefault((w.account, w.copies or w.quote), {
            "entry": w.entry, "document": w.document, "day": w.said, "quote": w.quote, "stance": w.stance})  # fmt: skip
    return list(found.values())[:limit]


def _told_by(told: Sequence[Word]) -> list[dict[str, str]]:
    by: dict[str, dict[str, str]] = {}
    for w in told:
        by.setdefault(w.teller, {"teller": w.teller, "stance": w.stance, "day": w.said, "entry": w.entry,
                                 "document": w.document, "quote": w.quote})  # fmt: skip
    return [by[teller] for teller in sorted(by)]


def summary_of(words: Sequence[Word]) -> dict[str, Any] | None:
    """The same from all words on an issue at once; None where there are none."""
    own = sorted((w for w in words if not w.teller), key=lambda w: (w.said, w.entry), reverse=True)
    told = sorted((w for w in words if w.teller), key=lambda w: (w.said, w.entry), reverse=True)
    if not own:
        return told_only(told) if told else None
    held = runs(own)
    stance, run = held[-1]
    before = held[-2][0] if len(held) > 1 else None
    since, heard = run[0].said, run[-1].said
    latest = [w for w in own if w.said >= reach(since, heard)][:COUNTED]
    return summary(latest, stance=stance, since=since, before=before, heard=heard, told=told[:COUNTED])


def reach(since: str, heard: str) -> str:
    """The day from which words bear on a present stance: it is held `since`, or they may contradict the last `heard`."""
    return min(since, shifted(heard, -CLOSE_DAYS)) if heard else ""


def told_only(told: Sequence[Word]) -> dict[str, Any]:
    """A cell of which only others speak: no stance of the party's own."""
    return summary([], stance="unknown", since="", before=None, heard="", told=told)


def moment_data(words: Sequence[Word], *, before: str | None, after: str) -> dict[str, Any]:
    """What the timeline shows of a first word or of a change."""
    of = [w for w in words if w.stance == after]
    last = of[-1] if of else words[-1]
    return {"stance": after, "before": before, "condition": last.data.get("condition"),
            "object": last.data.get("object", ""), "accounts": len(independent(of)),
            "quotes": _quotes(reversed(of), 3)}  # fmt: skip


def silent_days(heard: str, today: str) -> int | None:
    """Days since a party was last heard on an issue, where that is silence; else None."""
    if not heard or heard == UNDATED or today in ("", UNDATED):
        return None
    days = apart(heard, today)
    return days if heard < today and days > SILENT_DAYS else None
