"""Whose statement it is: from the words of the source to an actor, the name to print and the side it speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.layers import Mention, Reading
from parley.reading.statements.found import Place

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset(["who", "whom", "which", "that", "whose"])
_PRONOUNS = frozenset(["he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "i", "we"])


@dataclass(frozen=True)
class Speaker:
    """An actor's id (None if the source is nobody known, or several), the name to print, and the party."""

    actor: str | None
    name: str | None
    party: str | None


NOBODY = Speaker(None, None, None)


def speaker_of(reading: Reading, source: Place | None, before: Speaker = NOBODY) -> Speaker:
    """Who the words of a source stand for. `before` is the last speaker, for a pronoun that no mention resolves."""
    if source is None:
        return NOBODY
    first, last = reading.tokens_between(*source)
    words = reading.text[source[0] : source[1]].strip()
    head = _head(reading, first, last)
    if head.lower_ in _RELATIVE and (antecedent := _antecedent(head)) is not None:
        head, words = antecedent, _words(antecedent)
    joined = [head, *(t for t in head.conjuncts if first <= t.i < last)]
    mentions = [m for t in joined if (m := _mention(reading, t)) is not None]
    if not mentions:
        mentions = _inside(reading, first, last, head)
    actors = tuple(dict.fromkeys(a for m in mentions for a in m.actors))
    if len(actors) == 1:
        actor = reading.actor(_named_beside(reading, actors[0], first, last))
        return Speaker(actor.id, actor.name, actor.party)
    if actors:
        return Speaker(None, words, "; ".join(reading.parties(actors)) or None)
    if head.lower_ in _PRONOUNS and before.name:
        return before
    return Speaker(None, words, _party_nearby(reading, first, last))


def _head(reading: Reading, first: int, last: int) -> Token:
    """The word that the others of the source depend on: the first noun whose own head lies outside."""
    tokens = reading.tokens[first:last]
    outside = [t for t in tokens if not first <= t.head.i < last or t.head.i == t.i]
    nouns = [t for t in outside if t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")]
    return (nouns or outside or list(tokens))[0]


def _antecedent(relative: Token) -> Token | None:
    verb = relative.head
    while verb.dep_ not in ("relcl", "ROOT") and verb.head.i != verb.i:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else None


def _words(token: Token) -> str:
    inside = [t for t in token.subtree if t.i <= token.i or t.dep_ in ("compound", "flat")]
    return str(token.doc[inside[0].i : token.i + 1].text).strip()


def _mention(reading: Reading, token: Token) -> Mention | None:
    return reading.mentions.headed_by(token.i) or reading.mentions.at(token.i)


def _inside(reading: Reading, first: int, last: int, head: Token) -> list[Mention]:
    """Mentions that stand for a source whose head has none: an apposition's name ("his aide, Ana Bo")."""
    names = [m for m in reading.mentions.within(first, last) if m.kind == "name"]
    return [m for m in names if reading.tokens[m.head].dep_ == "appos" or reading.tokens[m.head].head.i == head.i][:1]


def _named_beside(reading: Reading, actor: str, first: int, last: int) -> str:
    """A person's name that stands in apposition to an unnamed description within the source, else the actor itself."""
    if any(m.kind == "name" and actor in m.actors for m in reading.mentions.all):
        return actor
    for m in reading.mentions.within(first, last):
        head = reading.tokens[m.head]
        if m.kind == "name" and head.dep_ == "appos" and len(m.actors) == 1 and reading.actor(m.actors[0]).kind == "person":
            return m.actors[0]
    return actor


def _party_nearby(reading: Reading, first: int, last: int) -> str | None:
    """The side of the only actor whose mention stands within the source ("two Ruritanian officers")."""
    parties = {p for m in reading.mentions.within(first, last) for p in reading.parties(m.actors)}
    return next(iter(parties)) if len(parties) == 1 else None
