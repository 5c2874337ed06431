"""Who acts and on whom: the actors in the places that a verb or noun of action gives to its agent and its object."""

from __future__ import annotations

from dataclasses import dataclass

from parley.reading.events.tree import Tree
from parley.reading.layers import Mention, Mentions

TARGET_LINKS = ("with", "on", "upon", "against", "to", "at", "into", "from", "of", "toward", "towards", "for", "over", "between",
                "in", "near", "around", "about", "by", "outside", "inside", "across", "along", "off", "through", "among")  # fmt: skip
"""Prepositions whose noun may be acted on, the likeliest first."""
PLACE_LINKS = frozenset(
    ("in", "near", "around", "outside", "inside", "across", "along", "off", "through", "for", "over", "about")
)
BEYOND = frozenset(("relcl", "advcl", "acl", "parataxis", "appos", "ccomp"))
AGENTLESS = frozenset(("there", "it", "this", "that", "which", "who", "what", "one"))


@dataclass(frozen=True)
class Part:
    """One side of an event: the ids of its actors, and the tokens (first, last exclusive) that name it."""

    actors: tuple[str, ...]
    first: int
    last: int


class Arguments:
    """Looks up actors in a parse."""

    def __init__(self, tree: Tree, mentions: Mentions) -> None:
        self.tree, self.mentions = tree, mentions

    def named(self, head: int) -> Mention | None:
        """The mention that a noun heads, or that covers it."""
        return self.mentions.headed_by(head) or self.mentions.at(head)

    def part(self, head: int, *, inner: bool = True) -> Part | None:
        """The actors of a noun phrase and of those joined to it; with `inner`, also those that stand within it."""
        actors: list[str] = []
        heads = self.tree.joined(head)
        for one in heads:
            mention = self.named(one)
            if mention is not None:
                actors += mention.actors
            elif inner:
                actors += self._within(one)
        if not actors:
            return None
        first, last = self._extent(heads[0])
        return Part(tuple(dict.fromkeys(actors)), first, max(last, self._extent(heads[-1])[1]))

    def _extent(self, head: int) -> tuple[int, int]:
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

    def _within(self, head: int) -> list[str]:
        """Actors before a noun that is none itself ("Israeli warplanes", "the army's tanks"), or behind its "of" or "by"."""
        tree = self.tree
        for child in tree.children[head]:
            if tree.dep[child] in ("poss", "amod", "compound", "nmod") and child < head:
                mention = self.named(child)
                if mention is not None:
                    return list(mention.actors)
        for link in tree.kids(head, "prep"):
            if tree.low[link] in ("of", "by", "from", "in"):
                for noun in tree.kids(link, "pobj"):
                    found = [a for one in tree.joined(noun) if (m := self.named(one)) for a in m.actors]
                    if found or (found := self._within(noun)):
                        return found
        return []

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
        return self.part(head), head

    def objects(self, verb: int, *, skip: frozenset[str]) -> list[Part]:
        """Those that may be acted on by a verb, the likeliest first; actors of `skip` (who acts) are none of them."""
        tree, heads = self.tree, list[int]()
        if tree.passive(verb) and (own := tree.subject(verb)) is not None:
            heads.append(own)
        elif tree.dep[verb] == "relcl" and tree.child(verb, "nsubj") not in (None, *self._relative(verb)):
            heads.append(tree.head[verb])
        heads += tree.kids(verb, "dobj", "dative", "attr", "oprd")
        heads += self._linked(verb)
        for clause in tree.kids(verb, "ccomp", "xcomp", "advcl"):
            if tree.dep[clause] == "advcl" and tree.tag[clause] not in ("VBG", "VB"):
                continue
            heads += tree.kids(clause, "nsubj", "nsubjpass", "dobj", "dative")
            heads += self._linked(clause)
            for deeper in tree.kids(clause, "xcomp", "ccomp"):
                heads += tree.kids(deeper, "nsubj", "dobj")
                heads += self._linked(deeper)
        return self._parts(heads, skip)

    def _relative(self, verb: int) -> list[int]:
        return [c for c in self.tree.kids(verb, "nsubj") if self.tree.low[c] in ("who", "which", "that")]

    def _linked(self, token: int) -> list[int]:
        """The nouns behind the prepositions of a verb or noun, in the order of TARGET_LINKS."""
        tree, found = self.tree, list[tuple[int, int]]()
        for link in tree.kids(token, "prep", "prt", "agent", "dative"):
            rank = TARGET_LINKS.index(tree.low[link]) if tree.low[link] in TARGET_LINKS else 99
            nouns = tree.kids(link, "pobj")
            for deeper in tree.kids(link, "prep"):
                nouns += tree.kids(deeper, "pobj")
            for clause in tree.kids(link, "pcomp"):
                nouns += tree.kids(clause, "dobj") + self._linked(clause)
            found += [(rank, noun) for noun in nouns]
        return [noun for _, noun in sorted(found, key=lambda pair: pair[0])]

    def _parts(self, heads: list[int], skip: frozenset[str]) -> list[Part]:
        """The actors of these nouns and of the phrases within them, each noun's own before those within."""
        parts: list[Part] = []
        for head in dict.fromkeys(heads):
            for noun in [head, *self._deeper(head)]:
                part = self.part(noun)
                if part is None:
                    continue
                actors = tuple(a for a in part.actors if a not in skip)
                if actors and not any(actors == p.actors for p in parts):
                    parts.append(Part(actors, part.first, part.last))
        return parts

    def _deeper(self, head: int) -> list[int]:
        """Nouns within a noun phrase that may be meant: behind its prepositions, and its possessor."""
        tree = self.tree
        found = [n for one in tree.joined(head) for n in self._linked(one)]
        found += [n for one in list(found) for n in self._linked(one)]
        return found + tree.kids(head, "poss", "appos")

    def of_noun(self, noun: int) -> tuple[Part | None, Part | None]:
        """Agent and object of a noun of action: "Israel's shelling of", "an attack by X on Y", "talks between A and B"."""
        tree = self.tree
        agent: Part | None = None
        object_: Part | None = None
        for child in tree.kids(noun, "poss", "amod", "compound", "nmod"):
            if child < noun and agent is None and (m := self.named(child)) is not None:
                agent = Part(m.actors, min(m.start, child), max(m.end, child + 1))
        rest: list[int] = []
        for link in tree.kids(noun, "prep", "agent"):
            for pobj in tree.kids(link, "pobj"):
                if tree.low[link] == "by" and agent is None:
                    agent = self.part(pobj)
                elif tree.low[link] == "between":
                    agent, object_ = self.split(pobj)
                else:
                    rest.append(pobj)
        if agent is None and tree.lemma[noun] in (
            "talk",
            "negotiation",
            "meeting",
            "agreement",
            "deal",
            "clash",
            "fighting",
        ):
            return None, None
        if object_ is None and agent is not None:
            ranked = [n for n in self._linked(noun) if n in rest]
            parts = self._parts(ranked, frozenset(agent.actors))
            object_ = parts[0] if parts else None
        return agent, object_

    def split(self, head: int) -> tuple[Part | None, Part | None]:
        """Actors joined by "and", the first apart from the rest: both sides of what is done by both."""
        heads = self.tree.joined(head)
        if len(heads) > 1:
            first = self.named(heads[0])
            alone = Part(first.actors, *self._extent(heads[0])) if first else None
            others = [m for one in heads[1:] if (m := self.named(one))]
            actors = tuple(dict.fromkeys(a for m in others for a in m.actors if not first or a not in first.actors))
            return alone, Part(actors, self._extent(heads[1])[0], self._extent(heads[-1])[1]) if actors else None
        mention = self.named(head)
        if mention is not None and len(mention.actors) > 1:
            return Part(mention.actors[:1], mention.start, mention.end), Part(mention.actors[1:], mention.start, mention.end)
        return self.part(head), None
