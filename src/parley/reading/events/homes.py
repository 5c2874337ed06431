"""The country of those whom only a noun names ("protesters", "a school"): from the place or owner in the same words, where
it happens, or the state whose police, court or government deals with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from parley.reading.events.arguments import Arguments, Part
from parley.reading.events.lands import MARK

if TYPE_CHECKING:
    from parley.reading.layers import Reading
    from parley.record import Actor

WORLDWIDE = frozenset(("IGO", "MNC"))
"""Sectors of bodies that have no country."""
LAWLESS = frozenset(("REB", "UAF", "PRM", "CRM", "CVL"))
FIGHTERS = frozenset(("REB", "UAF", "PRM", "CRM", "MIL"))
ORDER = frozenset(("COP", "JUD", "LEG"))
"""Sectors of bodies that deal with people of their own country, unless these are said to be of another."""
STATE = ORDER | {"GOV", "MIL", "SPY", "OPP"}
NEAR = frozenset(("in", "at", "near", "outside", "inside", "across", "around", "throughout", "of", "from"))


class Dealing(Protocol):
    """An event as far as it matters here."""

    @property
    def trigger(self) -> int: ...
    @property
    def source(self) -> Part: ...
    @property
    def target(self) -> Part | None: ...


def settle_homes(reading: Reading, arguments: Arguments, dealings: Sequence[Dealing], codes: Mapping[str, str]) -> Reading:
    """The reading with countries for actors of these events that only nouns name, as far as the text tells them.

    `codes`: for each preliminary id of a land its code. Actors that have a country or a name of their own stay as they are.
    """
    for _ in range(2):  # who has got a country may be the one that deals with another
        found = _homes(reading, arguments, dealings, codes)
        if not found:
            break
        reading = reading.with_layer(
            actors=tuple(a.model_copy(update={"country": found[a.id]}) if a.id in found else a for a in reading.actors)
        )
    return reading


def _homes(reading: Reading, arguments: Arguments, dealings: Sequence[Dealing], codes: Mapping[str, str]) -> dict[str, str]:
    tree = arguments.tree
    named = {a for m in reading.mentions.all if m.kind == "name" and tree.pos[m.head] == "PROPN" for a in m.actors}
    found: dict[str, str] = {}
    for dealing in dealings:
        for part, other in ((dealing.target, dealing.source), (dealing.source, dealing.target)):
            for id in part.actors if part is not None else ():
                actor = reading.actor(id)
                if id in found or not _homeless(arguments, actor):
                    continue
                assert part is not None
                country = _beside(reading, arguments, part, codes)
                if country is None and id not in named:
                    there = _there(arguments, dealing.trigger, codes, reading)
                    country = there or _partner(reading, actor, other) or _site(reading, arguments, actor, other, codes)
                if country is not None:
                    found[id] = country
    return found


def _homeless(arguments: Arguments, actor: Actor) -> bool:
    words = {word.lower() for word in actor.name.split()}
    return (
        actor.country is None
        and actor.kind != "state"
        and actor.sector not in WORLDWIDE
        and not words & arguments.tree.classes["abroad"]
    )


def _country(reading: Reading, arguments: Arguments, noun: int, codes: Mapping[str, str]) -> str | None:
    """The one country of a name of a place or an actor."""
    land = arguments.land(noun)
    if land is not None:
        return codes[land.actors[0]]
    if arguments.tree.low[noun] in arguments.peoples:
        return arguments.peoples[arguments.tree.low[noun]]
    mention = arguments.named(noun)
    countries = {reading.actor(a).country for a in mention.actors} if mention is not None else set()
    return next(iter(countries)) if len(countries) == 1 else None


def _beside(
    reading: Reading, arguments: Arguments, part: Part, codes: Mapping[str, str], *, inner: bool = True
) -> str | None:
    """The country of who owns the noun (if `inner`), or of where it says that it is."""
    tree = arguments.tree
    heads = [i for i in range(part.first, part.last) if not part.first <= tree.head[i] < part.last or tree.head[i] == i]
    for head in heads:
        nouns = tree.kids(head, "poss", "nmod", "compound", "amod") if inner else []
        waiting = [link for link in tree.kids(head, "prep") if tree.low[link] in NEAR]
        for link in waiting:
            nouns += tree.kids(link, "pobj")
            waiting += [deeper for noun in tree.kids(link, "pobj") for deeper in tree.kids(noun, "prep")]
        nouns += [owner for noun in list(nouns) for owner in tree.kids(noun, "poss", "nmod", "amod", "compound")]
        for noun in nouns:
            if (country := _country(reading, arguments, noun, codes)) is not None:
                return country
    return None


def _there(arguments: Arguments, trigger: int, codes: Mapping[str, str], reading: Reading) -> str | None:
    """The country where it is done."""
    tree = arguments.tree
    nouns = tree.behind(trigger, NEAR)
    nouns += [n for noun in nouns for n in tree.behind(noun, NEAR)]
    lands = [noun for noun in nouns if arguments.land(noun) is not None]
    lands += [owner for noun in nouns for owner in tree.kids(noun, "poss", "nmod", "amod", "compound")]
    return next((c for noun in lands if (c := _country(reading, arguments, noun, codes)) is not None), None)


def _site(reading: Reading, arguments: Arguments, actor: Actor, other: Part | None, codes: Mapping[str, str]) -> str | None:
    """The country of those who strike where the other side is said to be ("gunmen killed villagers in Torland")."""
    return _beside(reading, arguments, other, codes, inner=False) if other is not None and actor.sector in LAWLESS else None


def _partner(reading: Reading, actor: Actor, other: Part | None) -> str | None:
    """The country of the other side, where one of the two is a body that deals with people of its own country."""
    partners = [reading.actor(a) for a in other.actors if not a.startswith(MARK)] if other is not None else []
    countries = {p.country for p in partners}
    if len(countries) != 1:
        return None
    ours = all(p.sector in (ORDER if actor.sector in FIGHTERS else STATE) for p in partners)
    theirs = actor.sector in STATE and actor.sector != "JUD" and all(p.kind != "person" for p in partners)
    return next(iter(countries)) if ours or theirs else None
