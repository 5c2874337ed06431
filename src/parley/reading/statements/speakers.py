"""Whose statement it is: from the words of the source to an actor, the name to print and the side it speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.layers import Mention, Reading
from parley.reading.statements.cues import CueWords
from parley.reading.statements.found import Place

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVE = frozenset({"who", "whom", "which", "that", "whose"})
_SINGULAR = frozenset({"he", "she", "him", "her", "his"})
_POINTING = frozenset({"the", "this", "that", "his", "her", "its", "their"})
_PRONOUNS = _SINGULAR | {"they", "it", "them", "their", "its", "i", "we"}


@dataclass(frozen=True)
class Speaker:
    """An actor's id (None if the source is nobody known, or several), name to print, party, and if many are meant."""

    actor: str | None
    name: str | None
    party: str | None
    plural: bool = False


NOBODY = Speaker(None, None, None)


def speaker_of(
    reading: Reading, source: Place | None, known: CueWords, before: Speaker = NOBODY, recent: bool = False,
    person: Speaker = NOBODY,
) -> Speaker:  # fmt: skip
    """Who the words of a source stand for.

    `before` is the last speaker: a pronoun of the same or the next paragraph (`recent`) stands for that person, as does
    "the statement" for whoever issued it. `person` is the last speaker who is one person: nobody else is "he" or "she".
    """
    if source is None:
        return NOBODY
    first, last = reading.tokens_between(*source)
    words = reading.text[source[0] : source[1]].strip()
    head = _head(reading, first, last)
    if head.lower_ in _RELATIVE and (antecedent := _antecedent(head)) is not None:
        head, words, first, last = antecedent, _words(antecedent), antecedent.left_edge.i, antecedent.i + 1
    if head.lower_ in _PRONOUNS and before.name:
        mention = _mention(reading, head)
        if (recent and _goes_on(reading, head, before)) or mention is None or not mention.actors:
            return person if head.lower_ in _SINGULAR and person.name and not one_person(reading, before) else before
    if head.lemma_.lower() in known.classes["papers"]:
        issuer = _issuer(reading, head)
        told = before.name and any(c.lower_ in _POINTING for c in head.lefts) and not any(c.like_num for c in head.lefts)
        return issuer if issuer.name else before if told else Speaker(None, words, None)
    if named := _person_named(reading, first, last):
        return _as_speaker(reading, named)
    beside = _named_beside(reading, head, first, last)
    joined = [head, *(t for t in head.conjuncts if first <= t.i < last)]
    actors = tuple(dict.fromkeys(a for t in joined if (m := _mention(reading, t)) is not None for a in m.actors))
    if len(actors) == 1 and (reading.actor(actors[0]).party or beside is None):
        return _as_speaker(reading, actors[0], plural=head.tag_ == "NNS")
    if beside is not None and len(joined) == 1:
        return _as_speaker(reading, beside)
    if actors:
        named = _before(reading, head, actors) if head.lower_ in _PRONOUNS else words
        return Speaker(None, named, "; ".join(reading.parties(actors)) or None)
    return Speaker(None, words, _party_nearby(reading, first, last))


def _as_speaker(reading: Reading, id: str, plural: bool = False) -> Speaker:
    actor = reading.actor(id)
    return Speaker(actor.id, actor.name, actor.party, plural)


def _goes_on(reading: Reading, pronoun: Token, before: Speaker) -> bool:
    """Whether a pronoun can stand for the last speaker: he and she for a person, it and they for what is none."""
    return one_person(reading, before) == (pronoun.lower_ in _SINGULAR) and pronoun.lower_ not in ("i", "we")


def one_person(reading: Reading, speaker: Speaker) -> bool:
    """Whether a speaker is one person."""
    return speaker.actor is not None and not speaker.plural and reading.actor(speaker.actor).kind == "person"


def _head(reading: Reading, first: int, last: int) -> Token:
    """The word that the others of the source depend on: the first noun whose own head lies outside."""
    tokens = reading.tokens[first:last]
    outside = [t for t in tokens if not first <= t.head.i < last or t.head.i == t.i]
    nouns = [t for t in outside if t.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM")]
    head = (nouns or outside or list(tokens))[0]
    noun = head.head  # a source that was cut short of its noun ("the Kestrian" of "the Kestrian president")
    if head.dep_ in ("amod", "compound", "nmod") and noun.pos_ in ("NOUN", "PROPN") and last <= noun.i <= last + 1:
        return noun
    return head


def _antecedent(relative: Token) -> Token | None:
    verb = relative.head
    while verb.dep_ not in ("relcl", "ROOT") and verb.head.i != verb.i:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else None


def _words(token: Token) -> str:
    return str(token.doc[token.left_edge.i : token.i + 1].text).strip()


def _mention(reading: Reading, token: Token) -> Mention | None:
    return reading.mentions.headed_by(token.i) or reading.mentions.at(token.i)


def _person_named(reading: Reading, first: int, last: int) -> str | None:
    """The one person whom the source names, unless the name only belongs to the source ("Bo's aide", "an aide to Bo")."""
    people = []
    for m in reading.mentions.within(first, last):
        head, before = reading.tokens[m.head], reading.tokens[m.start - 1] if m.start else None
        owner = head.dep_ == "poss" or (m.end < last and reading.tokens[m.end].text in ("'s", "’s", "'", "’"))
        behind = before is not None and m.start > first and before.pos_ == "ADP"
        if (
            m.kind == "name"
            and len(m.actors) == 1
            and not owner
            and not behind
            and reading.actor(m.actors[0]).kind == "person"
        ):
            people.append(m.actors[0])
    return people[0] if len(set(people)) == 1 else None


def _before(reading: Reading, pronoun: Token, actors: tuple[str, ...]) -> str:
    """The nearest words before a pronoun that stand for the same actors ("The foreign ministers" for "They")."""
    for mention in reversed(reading.mentions.within(0, pronoun.i)):
        if mention.kind != "pronoun" and set(mention.actors) == set(actors):
            return str(reading.tokens[mention.start : mention.end].text)
    return str(pronoun.text)


def _named_beside(reading: Reading, head: Token, first: int, last: int) -> str | None:
    """The actor whose name stands in apposition to the source ("the main opposition, the Reed Party"), within it or next."""
    whole = [t for of in head.children if of.lower_ == "of" for t in of.children]
    for child in (c for noun in (head, *whole) for c in noun.children):
        if child.dep_ == "appos" and first <= child.i and child.left_edge.i <= last + 1:
            mention = reading.mentions.headed_by(child.i)
            if mention is not None and mention.kind == "name" and len(mention.actors) == 1:
                return mention.actors[0]
    return None


def _issuer(reading: Reading, paper: Token) -> Speaker:
    """Who issued a paper, by the words beside it: "Bo's letter", "a statement by the council", "the Kestrian text"."""
    maker = next((t for t in paper.subtree if t.dep_ == "pobj" and t.head.lower_ in ("by", "from") and t.i > paper.i), None)
    if maker is not None and maker.pos_ == "NOUN" and reading.mentions.headed_by(maker.i) is None:
        first = maker.left_edge.i
        return Speaker(None, str(maker.doc[first : maker.i + 1].text), _party_nearby(reading, first, maker.i + 1))
    for child in paper.subtree:
        inner = child.i == paper.i or (child.dep_ == "poss" and child.head.i != paper.i)
        mention = None if inner else _mention(reading, child)
        if mention is not None and len(mention.actors) == 1 and mention.start <= child.i < mention.end:
            return _as_speaker(reading, mention.actors[0])
    return NOBODY


def _party_nearby(reading: Reading, first: int, last: int) -> str | None:
    """The side of the only actor whose mention stands within the source ("two Kestrian officers")."""
    parties = {p for m in reading.mentions.within(first, last) for p in reading.parties(m.actors)}
    return next(iter(parties)) if len(parties) == 1 else None
