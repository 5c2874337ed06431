"""What the functions that read a contact share: the reading, its words of talks, and who stands for which side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from parley.reading.layers import Mention, Reading
from parley.reading.talks.words import TalksWords

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACE_LABELS = ("GPE", "LOC", "FAC")
AT = frozenset({"in", "at", "near", "outside"})
_STATIONS = frozenset({"person", "state", "government", "military", "armed-group", "party", "organisation", "population"})


class Scene:
    """What the functions here share: the reading, its words of talks, and its outermost mentions by token."""

    def __init__(self, reading: Reading, words: TalksWords, towns: Mapping[str, str]) -> None:
        """`towns` gives the state of each capital."""
        self.towns = towns
        self.lands = frozenset(towns.values())
        self.reading = reading
        self.words = words
        self.tokens = reading.tokens
        self.by_head: dict[int, list[Mention]] = {}
        for mention in reading.mentions.all:
            self.by_head.setdefault(mention.head, []).append(mention)

    def mentions(self, indices: Iterable[int]) -> list[Mention]:
        """The outermost mentions whose head is among these tokens, those of no known party opened up."""
        inside = sorted(set(indices))
        if not inside:
            return []
        found: list[Mention] = []
        covered: set[int] = set()
        every = [m for i in inside for m in self.by_head.get(i, ())]
        for mention in sorted(every, key=lambda m: (m.start - m.end, m.start)):
            if mention.head in covered or set(range(mention.start, mention.end)) <= covered:
                continue
            if self.parties((mention,)):
                found.append(mention)
                covered.update(range(mention.start, mention.end))
        return sorted(found, key=lambda m: m.start)

    def parties(self, mentions: Iterable[Mention]) -> tuple[str, ...]:
        """The names of the sides that these mentions stand for, each once."""
        names: dict[str, None] = {}
        for mention in mentions:
            for actor in (self.reading.actor(a) for a in mention.actors):
                if actor.party and actor.kind in _STATIONS and actor.sector not in ("MED", "JRN"):
                    names[actor.party] = None
        return tuple(names)

    def state_named(self, name: str) -> tuple[str, ...]:
        """The party of an actor that the text calls by this name ("U.S." in "U.S.-mediated"), if there is one."""
        bare = name.replace(".", "")
        actors = [a for a in self.reading.actors if a.party and any(m.quote.replace(".", "") == bare for m in a.mentions)]
        return (actors[0].party,) if actors and actors[0].party else ()

    def is_place(self, token: Token) -> bool:
        """Whether a token names a place where something is, not the state that acts."""
        return token.ent_type_ in PLACE_LABELS and token.dep_ == "pobj" and token.head.lower_ in AT


def subtree(token: Token, scene: Scene) -> list[int]:
    """The tokens under a token without relative clauses, places, times and what is spoken about."""
    found = [token.i]
    for child in token.children:
        if child.dep_ in ("relcl", "acl", "advcl", "punct", "ccomp") or scene.is_place(child):
            continue
        if child.dep_ == "prep" and child.lower_ in scene.words.classes["topics"]:
            continue
        if child.dep_ == "prep" and child.lower_ in AT and any(g.ent_type_ in PLACE_LABELS for g in child.children):
            continue
        found.extend(subtree(child, scene))
    return found


def heads_of(noun: Token, scene: Scene) -> list[Token]:
    """The nouns over a contact noun that name a part of it or lead to it: "round" in "the second round of talks"."""
    heads, at = [], noun
    for _ in range(3):
        if at.dep_ != "pobj" or at.head.lower_ != "of" or at.head.head.pos_ not in ("NOUN", "PROPN"):
            break
        at = at.head.head
        if at.lemma_.lower() not in scene.words.heads and at.lemma_.lower() not in scene.words.nouns:
            break
        heads.append(at)
    return heads


def name_of(token: Token) -> str:
    """The named entity that covers a token, without its article."""
    for entity in token.sent.ents:
        if entity.start <= token.i < entity.end:
            words = [t for t in entity if not (t.i == entity.start and t.text == "the") and t.text not in ("'s", "’s")]
            return str(token.doc[words[0].i : words[-1].i + 1].text) if words else str(token.text)
    return str(token.text)


def without(names: Iterable[str], unwanted: Iterable[str]) -> tuple[str, ...]:
    """The names, each once and in order, without the unwanted ones."""
    out = set(unwanted)
    return tuple(dict.fromkeys(n for n in names if n not in out))
