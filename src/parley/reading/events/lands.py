"""States that are acted on but named only as places ("sent peacekeepers to Angola"): they become actors of the text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.record import Actor, Provenance

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.reading.events.arguments import Part

MARK = "land:"
"""How the id begins that stands for such a state until its actor is found or made."""


@lru_cache(maxsize=4)
def lands_of(knowledge: Knowledge) -> dict[str, str]:
    """Names of states, of their capitals and of other places in them in lower case, each with the state's preliminary id."""
    states = [state for state in knowledge.states if not state.until]
    by_code = {state.alpha3: MARK + state.name for state in reversed(states)}
    places = {place.name.lower(): by_code[place.country] for place in knowledge.places if place.country in by_code}
    capitals = {name.lower(): MARK + s.name for s in states for name in s.capitals}
    return places | capitals | {name.lower(): MARK + s.name for s in states for name in (s.name, *s.aliases)}


@lru_cache(maxsize=4)
def peoples_of(knowledge: Knowledge) -> dict[str, str]:
    """Adjectives and nouns for the people of a place that is no state, in lower case, each with its country."""
    return {word.lower(): place.country for place in knowledge.places for word in place.adjectives}


@lru_cache(maxsize=4)
def codes_of_lands(knowledge: Knowledge) -> dict[str, str]:
    """The preliminary ids of states, each with its ISO 3166 code."""
    return {MARK + state.name: state.alpha3 for state in knowledge.states}


def settle_lands(
    reading: Reading, parts: Iterable[Part], knowledge: Knowledge, version: str
) -> tuple[Reading, dict[str, str]]:
    """The reading with an actor for each state that these sides name as a place, and their ids.

    An actor that the text already has for that state is used; a new one is put behind the others, whose ids stay.
    """
    known = {actor.name: actor.id for actor in reading.actors if actor.kind == "state"}
    ids: dict[str, str] = {}
    added: list[Actor] = []
    for part in parts:
        for land in part.actors:
            if not land.startswith(MARK) or land in ids:
                continue
            name = land.removeprefix(MARK)
            if name in known:
                ids[land] = known[name]
                continue
            last = reading.tokens[part.last - 1]
            span = reading.document.span(reading.tokens[part.first].idx, last.idx + len(last))
            ids[land] = f"a{len(reading.actors) + len(added) + 1}"
            added.append(
                Actor(id=ids[land], name=name, kind="state", country=codes_of_lands(knowledge)[land], sector="GOV",
                      party=name, mentions=(span,), made_by=Provenance(stage="events", rule="land", version=version))
            )  # fmt: skip
    return (reading.with_layer(actors=(*reading.actors, *added)) if added else reading), ids
