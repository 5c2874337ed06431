"""Who acts and on whom: the actors in the places that a verb or noun of action gives to its agent and its object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parley.reading.events.tree import Tree
from parley.reading.layers import Mention, Mentions


@dataclass(frozen=True)
class Part:
    """One side of an event: the ids of its actors (none: nobody named) and the tokens (first, last excluded) of its name."""

    actors: tuple[str, ...]
    first: int
    last: int
    tier: int = 0
    """How near it stands to what is done: 0 acted on directly, 1 behind a preposition, more: in a clause, a place, aside."""


class Arguments:
    """Looks up actors in a parse."""

    def __init__(self, tree: Tree, mentions: Mentions, speakers: Mapping[int, str] | None = None,
                 sides: Mapping[str, str] | None = None, lands: Mapping[str, str] | None = None,
                 official: frozenset[str] = frozenset(), seats: frozenset[str] = frozenset(),
                 countries: Mapping[str, str | None] | None = None,
                 peoples: Mapping[str, str] | None = None) -> None:  # fmt: skip
        """What else is known of the text.

        `speakers`: for a token "we" or "I" in quoted words, whose they are. `sides`: the side of an actor. `lands`: names
        of states in lower case, each with the id to give where it is acted on but no actor of its own in the text.
        `official`: the actors that are part of a state. `seats`: names of capitals in lower case. `countries`: the country
        of an actor. `peoples`: the country of the people of a place that is no state ("Scottish"), in lower case.
        """
        self.tree, self.mentions, self.speakers, self.sides = tree, mentions, speakers or {}, sides or {}
        self.lands, self.official, self.seats, self.countries = lands or {}, official, seats, countries or {}
        self.peoples = peoples or {}

    def named(self, head: int) -> Mention | None:
        """The mention that a noun heads, or that covers it."""
        mention = self.mentions.headed_by(head) or self.mentions.at(head)
        if mention is None and head in self.speakers:
            return Mention(head, head + 1, head, (self.speakers[head],), "pronoun")
        return mention

    def part(self, head: int, *, inner: bool = True) -> Part | None:
        """The actors of a noun phrase and of those joined to it; with `inner`, else those that stand within it."""
        heads = self.tree.joined(head)
        known = [(one, mention) for one in heads if (mention := self.named(one)) is not None]
        if known:
            first, last = self.extent(known[0][0])[0], self.extent(known[-1][0])[1]
            return Part(tuple(dict.fromkeys(a for _, m in known for a in m.actors)), first, max(last, first + 1))
        if inner:
            return next((found for one in heads if (found := self._within(one)) is not None), None)
        return None

    def land(self, noun: int) -> Part | None:
        """The state that a noun names as a place ("sent peacekeepers to Angola")."""
        tree, first = self.tree, noun
        while first > 0 and tree.dep[first - 1] == "compound" and tree.head[first - 1] == noun:
            first -= 1
        land = self.lands.get(" ".join(tree.low[first : noun + 1])) if tree.pos[noun] == "PROPN" else None
        return Part((land,), first, noun + 1) if land else None

    def places(self, verb: int) -> list[Part]:
        """The states in which, or out of which, something is done."""
        tree = self.tree
        nouns = tree.behind(verb, ("in", "from"))
        nouns += [n for noun in nouns for n in tree.behind(noun, ("in", "at", "near"))]  # "in a raid in Torberg"
        return [part for noun in nouns if (part := self.land(noun) or self.state(noun)) is not None]

    def state(self, noun: int) -> Part | None:
        """The actor that a name of a place stands for."""
        mention = self.named(noun) if self.tree.pos[noun] == "PROPN" else None
        return Part(mention.actors, mention.start, mention.end) if mention is not None else None

    def extent(self, head: int) -> tuple[int, int]:
        """The tokens of a noun phrase: from its first modifier to its head, with the "of" phrase and name that follow."""
        tree, first, last = self.tree, head, head + 1
        for child in tree.children[head]:
            if child < head and tree.dep[child] in (
                "det",
                "amod",
                "compound",
                "nmod",
                "poss",
                "nummod",
                "quantmod",
                "advmod",
            ):
                first = min(first, tree.below(child)[0])
        mention = self.mentions.headed_by(head)
        if mention is not None:
            first, last = min(first, mention.start), max(last, mention.end)
        for link in tree.kids(head, "prep"):
            if tree.low[link] == "of" and link <= last + 1 and (nouns := tree.kids(link, "pobj")):
                last = max(last, nouns[0] + 1)
        return first, last

    def _within(self, head: int) -> Part | None:
        """Actors before a noun that is none itself ("Israeli warplanes"), or behind its "of", "by" or "fired by"."""
        tree = self.tree
        inside = tree.kids(head, "poss", "amod", "compound", "nmod")
        inside += [c for one in inside for c in tree.kids(one, "poss", "amod", "compound", "nmod", "npadvmod")]
        before = [m for c in inside if c < head and (m := self.named(c)) is not None]
        for mention in sorted(before, key=lambda m: m.kind == "pronoun"):
            return Part(mention.actors, *self.extent(head))
        links = [link for link in tree.kids(head, "prep") if tree.low[link] == "by"]
        if not tree.among(head, "return"):
            links += [link for link in tree.kids(head, "prep") if tree.low[link] == "of"]
        links += [
            link for clause in tree.kids(head, "acl") for link in tree.kids(clause, "agent") if tree.tag[clause] == "VBN"
        ]
        for link in links:
            for noun in tree.kids(link, "pobj"):
                found = self.part(noun)
                if found is not None:
                    return found
        return None

    def subject(self, verb: int) -> tuple[Part | None, int | None]:
        """Who does the verb (active) or is named by "by" (passive), and the noun that heads it."""
        tree = self.tree
        if tree.passive(verb):
            for link in tree.kids(verb, "agent", "prep"):
                if tree.low[link] == "by" and (nouns := tree.kids(link, "pobj")):
                    return self.part(nouns[0]), nouns[0]
            return None, None
        head = tree.subject(verb)
        if head is None:
            return None, None
        found = self.part(head)
        if found is None and tree.dep[verb] == "acl" and tree.dep[head] == "dobj" and tree.verbal(tree.head[head]):
            return self.subject(tree.head[head])  # "issued a statement calling on"
        return found, head

    def split(self, head: int) -> tuple[Part | None, Part | None]:
        """Actors joined by "and", the first apart from the rest: both sides of what is done by both."""
        heads = self.tree.joined(head)
        if len(heads) > 1:
            first = self.named(heads[0])
            alone = Part(first.actors, *self.extent(heads[0])) if first else None
            others = [m for one in heads[1:] if (m := self.named(one))]
            actors = tuple(dict.fromkeys(a for m in others for a in m.actors if not first or a not in first.actors))
            return alone, Part(actors, self.extent(heads[1])[0], self.extent(heads[-1])[1]) if actors else None
        mention = self.named(head)
        if mention is not None and len(mention.actors) > 1:
            start, end = mention.start, mention.end
            within = self.mentions.within(start, end)
            named = [m for m in within if m.kind == "name" and m.end < end and len(m.actors) == 1]
            if len(named) == len(mention.actors):  # "Norwegian and Chilean officials"
                return (Part(mention.actors[:1], named[0].start, named[0].end),
                        Part(mention.actors[1:], named[1].start, end))  # fmt: skip
            return Part(mention.actors[:1], start, end), Part(mention.actors[1:], start, end)
        return self.part(head), None
