"""One mention of a contact between parties: what is known of it, and the status that its clause gives it."""

from __future__ import annotations

from dataclasses import dataclass

from parley.reading.talks.clauses import Reality
from parley.record import TalksKind, TalksLevel, TalksOutcome, TalksStatus


@dataclass
class Contact:
    """One mention of a contact. `token` is its noun or verb, `verb` the verb of its clause; the rest may be unknown."""

    token: int
    verb: int | None
    kind: TalksKind
    rule: str
    act: str = ""
    """What its clause does with it: a value of the table's acts."""
    status: TalksStatus | None = None
    definite: bool = False
    indefinite: bool = False
    other: str = ""
    """"before" or "after" where it is told apart from the contact spoken of ("the previous round", "another meeting")."""
    plural: bool = False
    generic: bool = False
    """Whether it names talks as such ("ready for talks"), not one contact that was or is to be."""
    internal: bool = False
    """Whether it is one organisation's own session, or one of allies alone ("a meeting of the Security Council")."""
    ordinal: int | None = None
    date: str | None = None
    report_date: str | None = None
    """The day on which somebody spoke right after the contact: its date where nothing better is known."""
    place: str | None = None
    venue_guess: str | None = None
    """A town or region named before the noun ("the Orsk talks"): where they are held, or what they are about."""
    weak: bool = False
    """Whether its noun names a contact only between two parties ("a session")."""
    soft: bool = False
    """Whether only an adjective tells the status ("the next talks")."""
    participants: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    unnamed: bool = False
    """Whether one who takes part is called by a common noun that tells no party ("officials", "both leaders")."""
    level: TalksLevel | None = None
    outcome: TalksOutcome = "unknown"
    start: int = 0
    end: int = 0


def status_of(act: str, real: Reality) -> TalksStatus | None:
    """The status of a contact from what a clause does with it and how real the clause is."""
    if real == "not":
        return "proposed" if act in ("agree", "schedule") else None
    if act == "fail":
        return "collapsed" if real in ("done", "now") else None
    if act == "cancel":
        return "cancelled" if real in ("done", "now") else None
    if act == "postpone":
        return "scheduled" if real in ("done", "now", "sure") else None
    if act in ("propose", "weak"):
        return "proposed"
    act = "hold" if act == "travel" else act
    if act == "refuse":
        return "proposed" if real in ("done", "now") else None
    if act in ("schedule", "agree"):
        return "scheduled" if real in ("done", "now", "sure") else "proposed"
    if real == "maybe":
        return "proposed"
    if real == "sure":
        return "scheduled"
    if act in ("begin", "continue"):
        return "ongoing"
    if act in ("hold", "end", "fruitless"):
        return "ongoing" if real == "now" and act == "hold" else "held"
    return None
