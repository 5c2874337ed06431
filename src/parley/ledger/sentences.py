"""What happened, in plain sentences: for the timeline and the briefing. They say what is reported, never more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

_WANTS = {"supports": "supports", "opposes": "opposes", "conditional": "accepts only on a condition"}
ISSUE_NAMES = {
    "ceasefire": "a ceasefire", "talks": "talks", "prisoners": "the release of prisoners", "missing":
    "the return of the missing",
    "displaced": "the return of the displaced", "humanitarian": "humanitarian access", "territory": "a change of territory",
    "recognition": "recognition", "withdrawal": "a withdrawal", "guarantees": "security guarantees", "alignment":
    "an alignment",
    "monitoring": "monitoring", "arms": "limits on arms", "nuclear": "limits on nuclear programmes", "sanctions":
    "sanctions",
    "reparations": "reparations", "justice": "trials", "governance": "the political change in question", "rights": "rights",
    "economy": "economic opening", "relations": "normal relations", "implementation": "carrying out what was agreed",
    "other": "another matter",
}  # fmt: skip
"""What a party that supports an issue's pole wants."""


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def day_name(day: str | None) -> str:
    """A date as prose has it: "2 June 2025", "June 2025", "2025"."""
    if not day or day.startswith("X"):
        return day or "an unknown day"
    parts = [int(part) for part in day.split("-")]
    if len(parts) == 3:
        return f"{parts[2]} {date(*parts):%B %Y}"
    return f"{date(parts[0], parts[1], 1):%B %Y}" if len(parts) == 2 else str(parts[0])


_NUMBERS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth",
            9: "ninth", 10: "tenth"}  # fmt: skip


def ordinal(number: int) -> str:
    """ "second", "11th"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return _NUMBERS.get(number, f"{number}{ending}")


def sentence(moment: dict[str, Any]) -> str:
    """A moment as one sentence, without its full stop."""
    match moment["kind"]:
        case "talks":
            return _talks(moment)
        case "proposal":
            return _proposal(moment)
        case "claim":
            return f"{moment['party']} asserts: {moment['text']}"
        case "denial":
            return f"{moment['party']} denies: {moment['text']}"
        case "confirmation":
            return f"{moment['party']} also asserts: {moment['text']}"
        case "position":
            return f"{moment['party']} {_stands(moment)}"
        case _:
            before = {"supports": "had supported it", "opposes": "had opposed it"}.get(
                moment["before"], "had set a condition"
            )
            return f"{moment['party']}, which {before}, now {_stands(moment)}"


def _stands(moment: dict[str, Any]) -> str:
    issue = ISSUE_NAMES[moment["issue"]]
    condition = f" ({moment['condition']})" if moment.get("condition") else ""
    about = f": {moment['object']}" if moment.get("object") else ""
    return f"{_WANTS[moment['stance']]} {issue}{condition}{about}"


def _talks(moment: dict[str, Any]) -> str:
    number = f"{ordinal(moment['ordinal'])} " if moment.get("ordinal") else ""
    kind = {"round": "round of talks", "meeting": "meeting", "summit": "summit", "call": "call", "conference": "conference"}
    who = listed(moment["participants"]) or "Unnamed parties"
    place = f" in {moment['place']}" if moment.get("place") else ""
    when = f" {_when(moment)}" if moment.get("date") else ""
    through = f", mediated by {listed(moment['mediators'])}" if moment.get("mediators") else ""
    what = f"{'the ' if number else 'a '}{number}{kind[moment['kind_of_talks']] if 'kind_of_talks' in moment else 'talks'}"
    did = {"held": f"held {what}", "ongoing": f"are holding {what}", "scheduled": f"are to hold {what}",
           "proposed": f"may hold {what}, it is proposed", "cancelled": f"will not hold {what}: cancelled",
           "collapsed": f"broke off {what}"}[moment["status"]]  # fmt: skip
    outcome = {"agreement": "an agreement", "partial": "a partial agreement",
        "exchange-of-proposals": "an exchange of proposals",
               "no-agreement": "no agreement"}.get(moment.get("outcome", ""))  # fmt: skip
    ended = f"; outcome: {outcome}" if outcome else ""
    return f"{who} {did}{place}{when}{through}{ended}{_dispute(moment.get('disputed') or {})}"


def _when(moment: dict[str, Any]) -> str:
    return f"on {day_name(moment['date'])}" if len(moment["date"]) == 10 else f"in {day_name(moment['date'])}"


def _dispute(disputed: dict[str, list[list[Any]]]) -> str:
    if not disputed:
        return ""
    values = (f"{field}: {' or '.join(str(value) for value, _ in found)}" for field, found in sorted(disputed.items()))
    return f" (accounts disagree on the {'; '.join(values)})"


def _proposal(moment: dict[str, Any]) -> str:
    by, to = listed(moment["by"]) or "an unnamed side", listed(moment["to"])
    what = f"the proposal of {by} on {ISSUE_NAMES[moment['issue']]}"
    about = f" ({moment['object']})" if moment.get("object") else ""
    inferred = f" [{moment['basis']}]" if moment.get("basis") else ""
    said = {
        "tabled": f"{by} proposed{f' to {to}' if to else ''} {ISSUE_NAMES[moment['issue']]}",
        "accepted": f"{_upper(what)} was accepted", "rejected": f"{_upper(what)} was rejected",
        "countered": f"{_upper(what)} was countered", "agreed": f"{_upper(what)} was agreed",
        "in-force": f"{_upper(what)} came into force", "violated":
        f"What was agreed on {ISSUE_NAMES[moment['issue']]} was violated",
        "expired": f"{_upper(what)} expired", "withdrawn": f"{_upper(what)} was withdrawn",
    }[moment["status"]]  # fmt: skip
    return f"{said}{about}{inferred}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
