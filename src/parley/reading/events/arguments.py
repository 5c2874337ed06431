"""Who acts and on whom: the actors in the places that a verb or noun of action gives to its agent and its object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parley.reading.events.tree import Tree
from parley.reading.layers import Mention, Mentions

TARGET_LINKS = tuple(
    "with on upon against to at into from of toward towards for over between in near around about by outside inside "
    "across along off through among".split()
)
"""Prepositions whose noun may be acted on, the likeliest first."""
GROUNDS = frozenset(
    ("behalf", "condition", "basis", "ground", "charge", "sideline", "suspicion", "case", "occasion", "part", "role")
)
"""Nouns behind a preposition that never lead to the one acted on."""
PLACE_LINKS = frozenset(
    ("in", "near", "around", "outside", "inside", "across", "along", "off", "through", "for", "over", "about")
)
MOVED = frozenset(
    "troop soldier force peacekeeper army tank warship expert team instructor contingent police unit observer".split()
)
"""What is sent or taken back in what is agreed, refused or threatened: not the one acted on."""
VENUES = frozenset(("in", "at", "near", "inside", "across", "within", "around", "outside"))
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

    def __init__(self, tree: Tree, mentions: Mentions, speakers: Mapping[int, str] | None = None,
                 sides: Mapping[str, str] | None = None, lands: Mapping[str, str] | None = None) -> None:  # fmt: skip
        """What else is known of the text.

        `speakers`: for a token "we" or "I" in quoted words, whose they are. `sides`: the side of an actor. `lands`: names
        of states in lower case, each with the id to give where it is acted on but no actor of its own in the text.
        """
        self.tree, self.mentions, self.speakers, self.sides = tree, mentions, speakers or {}, sides or {}
        self.lands = lands or {}

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
            first, last = self._extent(known[0][0])[0], self._extent(known[-1][0])[1]
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

    def _within(self, head: int) -> Part | None:
        """Actors before a noun that is none itself ("Israeli warplanes"), or behind its "of", "by" or "fired by"."""
        tree = self.tree
        before = [
            m for c in tree.kids(head, "poss", "amod", "compound", "nmod") if c < head and (m := self.named(c)) is not None
        ]
        for mention in sorted(before, key=lambda m: m.kind == "pronoun"):
            return Part(mention.actors, *self._extent(head))
        links = [link for link in tree.kids(head, "prep") if tree.low[link] in ("of", "by")]
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
        return self.part(head), head

    def objects(self, verb: int, *, skip: frozenset[str], means: frozenset[str] = frozenset(),
                venues: bool = False) -> list[Part]:  # fmt: skip
        """Those that may be acted on by a verb, the likeliest first; actors of `skip` (who acts) are none of them.

        `means` are lemmas of what is used or moved ("troops", "prisoners"): they come last. With `venues`, a state in
        which it is done may be acted on ("imposed a curfew in").
        """
        tree, heads = self.tree, list[int]()
        if tree.passive(verb) and (own := tree.subject(verb)) is not None:
            heads.append(own)
        elif tree.dep[verb] == "relcl" and (tree.child(verb, "nsubj") or -1) not in (-1, *self._relative(verb)):
            heads.append(tree.head[verb])
        heads += tree.kids(verb, "dobj", "dative", "attr", "oprd")
        heads += self._linked(verb)
        clauses = tree.kids(verb, "ccomp", "xcomp", "advcl")
        clauses += [c for word in tree.kids(verb, "acomp", "attr") for c in tree.kids(word, "xcomp", "ccomp")]
        clauses += [c for thing in tree.kids(verb, "dobj") for c in tree.kids(thing, "acl") if tree.tag[c] == "VB"]
        for clause in clauses:
            if tree.dep[clause] == "advcl" and tree.tag[clause] not in ("VBG", "VB"):
                continue
            heads += tree.kids(clause, "nsubj", "nsubjpass", "dobj", "dative")
            heads += self._linked(clause)
            for deeper in tree.kids(clause, "xcomp", "ccomp"):
                heads += tree.kids(deeper, "nsubj", "dobj")
                heads += self._linked(deeper)
        moved = frozenset(h for h in tree.kids(verb, "dobj", "nsubjpass") if tree.lemma[h] in means)
        moved |= {h for clause in clauses for h in tree.kids(clause, "dobj") if tree.lemma[h] in MOVED}
        parts = self._parts(sorted(heads, key=lambda h: h in moved), skip, moved, venues)
        ours = {self.sides.get(actor, actor) for actor in skip}
        return sorted(parts, key=lambda part: all(self.sides.get(actor, actor) in ours for actor in part.actors))

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
            found += [(rank, noun) for noun in nouns if tree.lemma[noun] not in GROUNDS]
        return [noun for _, noun in sorted(found, key=lambda pair: pair[0])]

    def _parts(self, heads: list[int], skip: frozenset[str], moved: frozenset[int] = frozenset(),
               venues: bool = False) -> list[Part]:  # fmt: skip
        """The actors of these nouns and of the phrases within them, each noun's own before those within."""
        parts: list[Part] = []
        nouns: list[int] = []
        for head in dict.fromkeys(heads):
            deeper = self._deeper(head)
            nouns += [*deeper, head] if head in moved else [head, *deeper]
        for noun in sorted(dict.fromkeys(nouns), key=lambda n: self.named(n) is None and not self._led_to(n)):
            part = self.part(noun) or (self.land(noun) if venues or self._led_to(noun) else None)
            if part is None:
                continue
            actors = tuple(a for a in part.actors if a not in skip)
            if actors and not any(actors == p.actors for p in parts):
                parts.append(Part(actors, part.first, part.last))
        return parts

    def _led_to(self, noun: int) -> bool:
        """Whether a noun is where something goes or comes from, and not only where it happens."""
        return self.tree.low[self.tree.head[noun]] not in VENUES

    def _deeper(self, head: int) -> list[int]:
        """Nouns within a noun phrase that may be meant: behind its prepositions, and its possessor."""
        tree = self.tree
        found = [n for one in tree.joined(head) for n in self._linked(one)]
        found += [n for one in list(found) for n in self._linked(one)]
        found += [n for clause in tree.kids(head, "acl") if tree.tag[clause] == "VBN" for n in self._linked(clause)]
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
            ranked += [
                n for link in tree.kids(noun, "prep", "agent") for p in tree.kids(link, "pobj") for n in self._linked(p)
            ]
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
