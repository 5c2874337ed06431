"""The life of a proposal on one issue: tabled, accepted, rejected, countered, agreed, in force, violated, ended.

The state is worked out from all mentions in the order of their days. A report that an already later state went back without
cause ("tabled" after "agreed") is background and is kept as refused, with its words and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from parley.ledger.days import apart, shifted
from parley.ledger.likeness import label
from parley.ledger.mentions import Item, Mention, Moment, independent, quotations

LIFE_WINDOW = 60
"""A proposal of which nobody spoke for so many days is not taken up by a later report: that begins a new one."""

NEXT: dict[str, frozenset[str]] = {
    "tabled": frozenset(["accepted", "rejected", "countered", "agreed", "in-force", "expired", "withdrawn"]),
    "accepted": frozenset(["rejected", "countered", "agreed", "in-force", "violated", "expired", "withdrawn"]),
    "rejected": frozenset(["tabled", "accepted", "countered", "agreed", "expired", "withdrawn"]),
    "countered": frozenset(["tabled", "accepted", "rejected", "agreed", "expired", "withdrawn"]),
    "agreed": frozenset(["in-force", "violated", "expired", "withdrawn"]),
    "in-force": frozenset(["violated", "expired", "withdrawn"]),
    "violated": frozenset(["in-force", "agreed", "expired", "withdrawn"]),
    "expired": frozenset(["tabled", "in-force"]),
    "withdrawn": frozenset(["tabled"]),
}
"""Which state can follow which. A report may leave steps unseen (from tabled to in force), but not the impossible: what
nobody accepted cannot be violated, what is withdrawn can only be tabled anew, what is agreed is no longer rejected."""

_ORDER = ("tabled", "countered", "rejected", "accepted", "agreed", "in-force", "violated", "expired", "withdrawn")
_JOINT = frozenset(["accepted", "agreed", "in-force", "violated", "expired"])
_OPEN = frozenset(["tabled", "countered", "accepted", "rejected"])


@dataclass
class Life:
    """A proposal while its mentions are gone through."""

    by: set[str]
    to: set[str]
    members: list[Mention]
    steps: list[tuple[str, list[Mention], str]] = field(default_factory=list)
    refused: list[tuple[str, Mention, str]] = field(default_factory=list)

    @property
    def status(self) -> str:
        """Its present state."""
        return self.steps[-1][0]

    @property
    def last(self) -> str:
        """The day of the last word of it."""
        return self.members[-1].anchor

    def told(self, mention: Mention) -> None:
        """One more mention: a step, a confirmation of the present state, or a refused transition."""
        status = mention.data["status"]
        self.members.append(mention)
        self.by |= set(mention.data["by"]) if len(mention.data["by"]) == 1 else set()
        self.to |= set(mention.data["to"])
        if not self.steps or status in NEXT[self.status]:
            self.steps.append((status, [mention], ""))
        elif status == self.status:
            self.steps[-1][1].append(mention)
        elif earlier := [step for step in self.steps if step[0] == status]:
            earlier[-1][1].append(mention)
            self.refused.append((status, mention, f"it had been {status} before and is {self.status} since"))
        else:
            self.refused.append((status, mention, f"what is {self.status} cannot become {status}"))


class Lives:
    """The proposals on one issue, while the mentions of them are gone through in their order."""

    def __init__(self) -> None:
        self.all: list[Life] = []
        self._near: list[Life] = []

    def near(self, day: str) -> list[Life]:
        """Those that a mention of that day may still be of; the others are over."""
        self._near = [life for life in self._near if apart(day, life.last) <= LIFE_WINDOW]
        return self._near

    def tell(self, mention: Mention) -> Life:
        """Put a mention where it belongs: into a life that goes on, the one last heard of, or into one that begins."""
        fitting = [life for life in self.near(mention.anchor) if _is_of(mention, life)]
        if not fitting:
            return self.begin(mention)
        life = max(enumerate(fitting), key=lambda pair: (pair[1].last, pair[0]))[1]
        life.told(mention)
        return life

    def begin(self, mention: Mention) -> Life:
        """Begin a life with a mention."""
        life = Life(set(mention.data["by"]), set(mention.data["to"]), [])
        life.told(mention)
        if mention.data["status"] == "tabled":
            _counter_those_open(self.near(mention.anchor), mention)
        self.all.append(life)
        self._near.append(life)
        return life


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions in the order in which lives are made of them."""
    return sorted(mentions, key=lambda m: (m.anchor, _ORDER.index(m.data["status"]), m.entry))


def lives_of(mentions: Iterable[Mention], issue: str) -> list[Item]:
    """The proposals on one issue that these mentions are of, each with its life."""
    lives = Lives()
    for mention in in_order(mentions):
        lives.tell(mention)
    return [proposal_of(life, issue) for life in lives.all]


def _is_of(mention: Mention, life: Life) -> bool:
    """Whether a mention can be of a proposal near in time: by those who made it or by both sides together."""
    by, status = set(mention.data["by"]), mention.data["status"]
    parties = life.by | life.to
    if status == "tabled" and life.status in ("expired", "withdrawn", "violated"):
        return False
    if len(by) == 1 or status == "tabled":
        if by & life.by:
            return True
        # "Karda violated the truce", "Bellan accepted the plan": the one who acts is a side of it, not its author.
        return status in _JOINT and len(life.by) > 1 and bool(by & parties)
    return not by or (status in _JOINT and bool(by & parties)) or bool(by & life.by)


def _counter_those_open(lives: list[Life], mention: Mention) -> None:
    """Terms tabled by the other side while a proposal is open counter it; the step says that it was inferred."""
    by, to = set(mention.data["by"]), set(mention.data["to"])
    for life in lives:
        addressed = (not to or bool(to & life.by)) and (not life.to or bool(by & life.to))
        if life.status in ("tabled", "rejected") and not by & life.by and addressed:
            life.steps.append(("countered", [mention], f"inferred: {_names(by)} tabled terms of its own"))


def _names(parties: set[str]) -> str:
    return " and ".join(sorted(parties)) or "the other side"


def proposal_of(life: Life, issue: str) -> Item:
    """What a life comes to."""
    first = min(m.entry for m in life.members)
    id_ = f"proposal-{label(f'{first}|{issue}')}"
    duration = next((d for m in reversed(life.members) if (d := m.data.get("duration"))), None)
    steps = [_step(status, of, basis) for status, of, basis in life.steps]
    summary = {
        "issue": issue, "by": sorted(life.by), "to": sorted(life.to - life.by), "status": life.status, "steps": steps,
        "object": next((o for m in life.members if (o := m.data.get("object"))), ""), "duration": duration,
        "condition": next((c for m in reversed(life.members) if (c := m.data.get("condition"))), None),
        "until": next((u for m in reversed(life.members) if (u := m.data.get("until"))), None),
        "refused": [{"status": status, "day": m.anchor, "entry": m.entry, "document": m.document, "quote": m.quote,
                     "reason": reason} for status, m, reason in life.refused[-20:]],
        "package": f"package-{label(first)}", "accounts": independent(life.members), "last_reported": life.last,
        "ends": _ends(life, duration),
    }  # fmt: skip
    moments = tuple(_moment(id_, summary, step, life) for step in steps)
    members = tuple(m.entry for m in life.members)
    return Item(id_, "proposal", life.members[0].anchor, summary, moments, members)


def _step(status: str, of: list[Mention], basis: str) -> dict[str, Any]:
    return {"status": status, "day": of[0].anchor, "known": min(m.known for m in of), "basis": basis,
            "accounts": len(independent(of)), "quotes": quotations(of, 3)}  # fmt: skip


def _moment(id_: str, summary: dict[str, Any], step: dict[str, Any], life: Life) -> Moment:
    about = {key: summary[key] for key in ("by", "to", "object", "duration", "condition", "package")}
    return Moment(step["day"], step["known"], "proposal", _names(life.by), summary["issue"], {**about, **step, "id": id_})


def _ends(life: Life, duration: str | None) -> str | None:
    """The day on which a term of so many days in force runs out by itself."""
    began = [step for step in life.steps if step[0] in ("in-force", "agreed")]
    if not began or not duration or not duration.startswith("P"):
        return None
    days = {"D": 1, "W": 7, "M": 30, "Y": 365}.get(duration[-1])
    number = duration[1:-1]
    return shifted(began[-1][1][0].anchor, days * int(number)) if days and number.isdigit() else None
