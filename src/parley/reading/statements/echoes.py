"""Who else says it: "an accusation echoed by Bo", "a claim repeated by Dunn", "a view shared by the north"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.by_parse import in_apposition
from parley.reading.statements.cues import CueWords
from parley.reading.statements.found import Found, Place, length, overlap, place_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_NAME = frozenset({"conj", "cc", "compound", "amod", "det", "nmod", "prep", "pobj", "poss", "case"})
_REACH = 3
"""Characters between what was said and the noun that sums it up: a dash or a comma with its spaces."""


def seconded_by(token: Token, known: CueWords) -> Token | None:
    """The participle by whose "by" this word stands, after a noun that sums up what was said before; None if it does not."""
    for by in (token, *token.ancestors):
        verb = by.head
        if (
            by.dep_ == "agent"
            and verb.dep_ == "acl"
            and verb.tag_ in ("VBN", "VBD")
            and verb.lemma_ in known.classes["seconding"]
        ):
            return verb if in_apposition(verb.head, known) else None
    return None


def echoes_of(reading: Reading, found: list[Found], known: CueWords) -> list[Found]:
    """A statement with the same content for each further source of what was said, in text order."""
    added = []
    for by in (t for t in reading.tokens if t.dep_ == "agent"):
        verb = seconded_by(by, known)
        source = next((c for c in by.children if c.dep_ == "pobj"), None)
        if verb is None or source is None or overlap([cue := place_of(verb)], [f.cue for f in found if f.cue]):
            continue
        noun = verb.head
        begin = min([noun, *noun.lefts], key=lambda t: t.i).idx
        near = [f for f in found if f.cue and f.source and 0 <= begin - max(f.end, f.cue[1]) <= _REACH]
        if near:
            first = max(near, key=lambda f: length(f.content))
            parts = [t for t in source.subtree if not t.is_punct or t.i < source.i]
            added.append(Found(first.content, cue, _named(source, parts), "echo", 0.7, echoes=first.cue))
    return added


def _named(noun: Token, inside: list[Token]) -> Place:
    """The words of a source with those joined to it, up to the first verb that hangs on it ("by two states that ...")."""
    last = noun
    for token in inside:
        if token.i > noun.i and token.dep_ in _OF_NAME:
            last = token if token.i <= last.i + 2 else last
        elif token.i > noun.i:
            break
    while last.pos_ in ("CCONJ", "ADP"):
        last = last.nbor(-1)
    return place_of(inside[0] if inside[0].i <= noun.i else noun, last)
