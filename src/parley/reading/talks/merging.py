"""One entry for each contact: which mentions speak of one and the same, and which of them are worth an entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from parley.reading.talks.contacts import Contact
from parley.record import TalksKind, TalksStatus

_GROUP: dict[TalksStatus | None, str] = {
    "held": "past", "ongoing": "past", "collapsed": "past",
    "cancelled": "future", "scheduled": "future", "proposed": "future",
}  # fmt: skip
_STRONG: tuple[TalksStatus, ...] = ("cancelled", "collapsed", "held", "ongoing", "scheduled", "proposed")


@dataclass
class Entry:
    """Mentions of one contact."""

    contacts: list[Contact] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)

    def first(self, name: str) -> Any:
        """The first known value of a field among the mentions."""
        return next((v for c in self.contacts if (v := getattr(c, name))), None)

    @property
    def date(self) -> str | None:
        """The most exact date."""
        dated = [c for c in self.contacts if c.date]
        order = {"begin": 2, "end": 0}
        best = max(dated, key=lambda c: (len(c.date or ""), order.get(c.act, 1)), default=None)
        return best.date if best is not None else self.first("report_date")

    @property
    def place(self) -> str | None:
        """The most exact place: a town rather than the state around it."""
        places = [c.place for c in self.contacts if c.place]
        towns = [p for p in places if p not in self.states.values()]
        return next(iter(towns or places), None) or self.first("venue_guess")

    @property
    def participants(self) -> tuple[str, ...]:
        """Everyone who took part by any mention."""
        names = dict.fromkeys(p for c in self.contacts for p in c.participants)
        return tuple(n for n in names if n not in self.mediators)

    @property
    def mediators(self) -> tuple[str, ...]:
        """Everyone who helped by any mention."""
        return tuple(dict.fromkeys(p for c in self.contacts for p in c.mediators))

    @property
    def status(self) -> TalksStatus | None:
        """The status of the clearest mention; a failure outweighs that talks were held."""
        found = [c.status for c in self.contacts if c.status]
        firm = [c for c in self.contacts if c.status and not c.soft]
        if "collapsed" in found or "cancelled" in found:
            return next(s for s in _STRONG if s in found)
        return max(firm or self.contacts, key=lambda c: (c.status is not None, clarity(c))).status

    @property
    def unnamed(self) -> bool:
        """Whether any mention leaves one who takes part unnamed."""
        return any(c.unnamed for c in self.contacts)

    @property
    def kind(self) -> TalksKind:
        """The kind that the clearest mention gives."""
        return max(self.contacts, key=lambda c: (c.kind in ("summit", "call", "conference"), clarity(c))).kind


def clarity(contact: Contact) -> int:
    """How much a mention tells of its contact."""
    return (
        2 * bool(contact.date) + bool(contact.place) + min(2, len(contact.participants)) + bool(contact.ordinal)
        + bool(contact.status) + (contact.status in ("held", "scheduled", "collapsed")) - 2 * contact.generic
    )  # fmt: skip


def merged(contacts: list[Contact], states: dict[str, str]) -> list[Entry]:
    """Entries in the order of their first mention; `states` gives the state of each known capital."""
    entries: list[Entry] = []
    for contact in contacts:
        scored = [(_likeness(contact, e, len(entries) - n, states), n, e) for n, e in enumerate(entries)]
        best = max(scored, key=lambda s: (s[0], s[1]), default=None)
        if best is not None and best[0] >= 2:
            best[2].contacts.append(contact)
        else:
            entries.append(Entry([contact], states))
    return entries


def _likeness(contact: Contact, entry: Entry, age: int, states: dict[str, str]) -> int:
    """How likely a mention speaks of an entry's contact; negative where something speaks against it."""
    if _contradicts(contact, entry, states):
        return -9
    told = bool(contact.date or contact.place or contact.ordinal)
    common = len(set(contact.participants) & set(entry.participants))
    score = 0
    dated = any(c.date for c in entry.contacts)
    if bool(contact.date) != dated and not contact.definite and (contact.date or contact.status != entry.status):
        score -= 1 + (contact.kind != entry.kind)
    if contact.date and dated:
        score += 2
    if contact.ordinal and contact.ordinal == entry.first("ordinal"):
        score += 2
    if contact.place and entry.place:
        score += 2
    if common >= 2:
        score += 2
    elif common == 1 and len(contact.participants) < 2:
        score += 1
    if contact.definite and not contact.other:
        score += 2
    if not told and not contact.other and (len(contact.participants) < 2 or contact.generic):
        score += 1
    if contact.kind == entry.kind or {contact.kind, entry.kind} <= {"round", "meeting", "summit", "conference"}:
        score += contact.kind == entry.kind
    else:
        score -= 2
    group, other = _GROUP.get(contact.status), _GROUP.get(entry.status)
    if group and group == other:
        score += 1
    if not told and not contact.status:
        score += 1
    return score - (age > 2)


def _contradicts(contact: Contact, entry: Entry, states: dict[str, str]) -> bool:
    ordinal = entry.first("ordinal")
    if contact.ordinal and ordinal and contact.ordinal != ordinal:
        return True
    if contact.plural != entry.contacts[0].plural:
        return True
    theirs_dated = next((c.date for c in entry.contacts if c.date), None)
    edge = contact.act in ("begin", "end") and any(c.act in ("begin", "end") for c in entry.contacts if c.date)
    if (
        contact.date
        and theirs_dated
        and not edge
        and not any(_same_date(contact.date, c.date) for c in entry.contacts if c.date)
    ):
        return True
    if (
        any(c.status == "cancelled" for c in entry.contacts)
        and not contact.definite
        and contact.status in ("scheduled", "proposed")
    ):
        return True
    shared = (contact.date and theirs_dated) or (contact.place and entry.place) or (contact.ordinal and ordinal)
    if contact.indefinite and not shared:
        return True
    if contact.place and entry.place and not _same_place(contact.place, entry.place, states):
        return True
    group, other = _GROUP.get(contact.status), _GROUP.get(entry.status)
    if group and other and group != other and not contact.soft:
        return True
    if contact.other and not any(c.other == contact.other for c in entry.contacts):
        return True
    same_noun = any(c.rule == contact.rule for c in entry.contacts) and contact.rule.startswith("noun")
    if contact.definite and same_noun and contact.status == entry.status and contact.kind in ("summit", "conference"):
        return False
    mine = {p for p in contact.participants if p[:1].isupper()}
    theirs = {p for p in (*entry.participants, *entry.mediators) if p[:1].isupper()}
    return len(mine) >= 2 and len(theirs) >= 2 and not (mine <= theirs or theirs <= mine or len(mine & theirs) >= 2)


def _same_date(a: str, b: str) -> bool:
    return a.startswith(b) or b.startswith(a)


def _same_place(a: str, b: str, states: dict[str, str]) -> bool:
    if a == b or a in b or b in a:
        return True
    if a in states and b in states:
        return False
    return states.get(a, b) == b or states.get(b, a) == a


_TOLD = frozenset({"begin", "continue", "end", "fail", "fruitless", "cancel", "postpone"})


def clearest_parties(entries: list[Entry], *, pairs: bool = False) -> tuple[str, ...]:
    """The parties of the clearest contact of two or more, of just two where `pairs` asks for it; or nothing."""
    known = [e for e in entries if len(e.participants) >= 2 and e.status and not (pairs and len(e.participants) > 2)]
    best = max(known, key=lambda e: (len(e.contacts), max(clarity(c) for c in e.contacts)), default=None)
    return best.participants if best is not None else ()


def fill_participants(entries: list[Entry]) -> None:
    """Give rounds of talks whose parties the text leaves out those of its clearest contact of two parties or more."""
    main = clearest_parties(entries)
    if not main:
        return
    for entry in entries:
        if (
            not entry.participants
            and entry.contacts[0].kind in ("round", "meeting")
            and any(
                c.definite or c.plural or c.ordinal or c.act in _TOLD or c.level == "delegations" or c.rule[:4] == "verb"
                for c in entry.contacts
            )
        ):
            entry.contacts[0].participants = tuple(p for p in main if p not in entry.mediators)


def fill_from_sides(entries: list[Entry], sides: tuple[str, ...]) -> None:
    """Give contacts of nobody named, or of one side and people unnamed, the two sides that the text is about.

    `sides` is the pair found in the text; a contact that names both sides itself goes before it.
    """
    for entry in entries:
        known = entry.participants
        lone = entry.unnamed and len(set(known) & set(sides)) == 1 and len(known) == 1
        both = entry.unnamed and not set(known) & set(sides)
        if lone or both or (not known and entry.kind in ("round", "meeting")):
            added = dict.fromkeys((*known, *sides))
            entry.contacts[0].participants = tuple(p for p in added if p not in entry.mediators)


_TO_SOMEBODY = ("verb:arrive", "verb:travel", "verb:fly", "verb:visit", "verb:see", "verb:call", "noun:visit", "noun:trip")
"""What is a contact only where the text says with whom."""


def worth_keeping(entry: Entry) -> bool:
    """Whether the mentions tell of a contact that was or is to be, not of talks as such."""
    status = entry.status
    if status is None:
        return False
    best = max(entry.contacts, key=clarity)
    if all(c.internal for c in entry.contacts):
        return False
    parties = len(entry.participants) + len(entry.mediators)
    if parties < 2 and all(c.rule in _TO_SOMEBODY for c in entry.contacts):
        return False
    if all(c.weak for c in entry.contacts) and parties < 2:
        return False
    if status == "proposed":
        told = bool(entry.date or entry.place) and parties > 0
        return told or (parties >= 2 and (clarity(best) >= 2 or best.act == "propose"))
    told = bool(entry.date or entry.place or entry.first("ordinal"))
    return told or (bool(entry.participants) and (parties > 1 or entry.kind == "round"))
