"""Exchanging the two sides of a report: templates with slots for side A and side B, and records with the names taken out.

Whatever Parley reads of one side it must read of the other. A template is read twice, the second time with the sides'
names, people and places exchanged throughout; with each name replaced by its slot, both records must be the same.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from parley.knowledge import Knowledge
from parley.reading import Reader
from parley.record import LISTS, Record

Side = dict[str, str]
"""The words of one side by slot: "state", "people", "capital", "leader" ..."""


@dataclass(frozen=True)
class State:
    """A state with invented people; `people` is the adjective, `short` and `deputy_short` the last names."""

    state: str
    people: str
    capital: str
    leader: str
    short: str
    deputy: str
    deputy_short: str
    town: str


@dataclass(frozen=True)
class Movement:
    """An invented armed group with its people."""

    group: str
    leader: str
    short: str
    deputy: str
    deputy_short: str
    town: str


def slots_of(side: State | Movement, knowledge: Knowledge) -> Side:
    """The side's words, and the codes that the tables hold for it."""
    slots = {slot: str(value) for slot, value in asdict(side).items()}
    for row in knowledge.states:
        if row.name == slots.get("state"):
            slots["alpha3"] = row.alpha3
            if row.wikidata:
                slots["wikidata"] = row.wikidata
    return slots


def filled(template: str, a: Side, b: Side) -> str:
    """The template with A and B in their slots: `{a.state}`, `{b.leader}`."""
    return re.sub(r"\{([ab])\.(\w+)\}", lambda m: (a if m[1] == "a" else b)[m[2]], template)


def without_names(record: Record, a: Side, b: Side) -> dict[str, list[dict[str, Any]]]:
    """The record's lists with every name of a side replaced by its slot, without offsets and confidence.

    Offsets differ with the lengths of names. A model's confidence may differ a little with the words that it reads; what is
    found may not.
    """
    slots = {word: f"⟨{side}.{slot}⟩" for side, words in (("a", a), ("b", b)) for slot, word in words.items()}
    pattern = re.compile("|".join(re.escape(word) for word in sorted(slots, key=len, reverse=True)))

    def strip(value: Any) -> Any:
        if isinstance(value, str):
            return pattern.sub(lambda m: slots[m[0]], value)
        if isinstance(value, list):
            return [strip(item) for item in value]
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k not in ("start", "end", "confidence")}
        return value

    dumped = record.model_dump(mode="json")
    return {name: strip(dumped[name]) for name in LISTS}


def both_ways(
    reader: Reader, template: str, one: State | Movement, other: State | Movement
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The record of the template with A = one and B = other, and of the exchanged one, both without names."""
    x, y = slots_of(one, reader.knowledge), slots_of(other, reader.knowledge)
    return (
        without_names(reader.read(filled(template, x, y), published="2024-03-06"), x, y),
        without_names(reader.read(filled(template, y, x), published="2024-03-06"), y, x),
    )
