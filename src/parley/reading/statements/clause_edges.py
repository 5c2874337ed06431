"""Contents brought to the edges that the parse shows: a cut-off phrase completed, the thing expressed taken in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.cues import CueWords
from parley.reading.statements.found import Found, Place, length, overlap, place_of, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN = ("ADP", "SCONJ", "DET", "CCONJ", "PART")
_MODIFIERS = ("prep", "nummod", "compound", "amod", "poss", "det", "nmod")
_LEADING = ("ADV", "AUX", "PART")
_LONGEST = 25
"""Tokens that a phrase may be completed by."""


def completed(reading: Reading, found: Found, others: list[Place]) -> Found:
    """The same with its content continued to the end of its clause, or of the phrase that its last word opens.

    `others` are places that it must not run into: sources, cues and contents of other attributions.
    """
    start, end = found.content[-1]
    taken = [p for p in (found.cue, found.source) if p] + others
    if (clause := _clause_of(reading, found)) is not None:
        whole = (found.start, max(found.end, clause.idx + len(clause)))
        added = length([whole]) - length(found.content)
        if added and overlap([whole], taken) == overlap(found.content, taken):
            return found.at([whole])
    last = reading.tokens[reading.token_at(end - 1)]
    if (last.pos_ in _OPEN or last.dep_ in _MODIFIERS or last.text == "-") and last.idx + len(last) == end:
        edge = solid(_edge(last))
        reach = edge.idx + len(edge)
        near = 0 < edge.i - last.i <= _LONGEST and edge.sent.start == last.sent.start
        if near and not overlap([(end, reach)], taken):
            end = reach
        elif last.pos_ == "CCONJ" and last.i > 0 and last.idx > start:
            before = solid(last.nbor(-1))
            end = max(before.idx + len(before), start + 1)
    return found.at([*found.content[:-1], (start, end)])


def with_verb(reading: Reading, found: Found) -> Found:
    """The same, a cue of adverbs or helpers alone taking in the verb that it stands before ("then | pointed out")."""
    if found.cue is None:
        return found
    first, last = reading.tokens_between(*found.cue)
    if last >= len(reading.tokens) or any(t.pos_ not in _LEADING for t in reading.tokens[first:last]):
        return found
    verb = reading.tokens[last]
    stop = place_of(verb)[1]
    if verb.pos_ != "VERB" or (found.source and overlap([place_of(verb)], [found.source])):
        return found
    if verb.i + 1 < len(reading.tokens) and verb.nbor(1).dep_ == "prt":
        stop = place_of(verb.nbor(1))[1]
    content = [(max(a, stop), b) if a < stop and b > verb.idx else (a, b) for a, b in found.content]
    kept = [place for place in (trimmed(reading.text, (a, max(a, b))) for a, b in content) if place[0] < place[1]]
    return replace(found, cue=(found.cue[0], stop), content=tuple(kept)) if kept else found


def _clause_of(reading: Reading, found: Found) -> Token | None:
    """The last word of the cue's clause that begins with this content, if all of the content lies in it."""
    if found.cue is None:
        return None
    first, last = reading.tokens_between(*found.cue)
    begin, stop = reading.token_at(found.start), reading.token_at(found.end - 1)
    for verb in reading.tokens[first:last]:
        for clause in verb.children:
            starts = clause.dep_ == "ccomp" and clause.i > verb.i and abs(clause.left_edge.i - begin) <= 1
            if starts and clause.right_edge.i >= stop:
                return solid(clause.right_edge)
    return None


def solid(token: Token) -> Token:
    """This token, or the last before it that is neither punctuation nor space."""
    while token.i > 0 and (token.is_punct or token.is_space):
        token = token.nbor(-1)
    return token


def _edge(token: Token) -> Token:
    """The last word of the phrase that a preposition, a conjunction or an article opens."""
    if token.right_edge.i > token.i:
        return token.right_edge
    head = token.head
    return head.right_edge if head.i > token.i else token


def without_relative(reading: Reading, found: Found) -> Found:
    """ "An offer that the union rejected": what is rejected is the offer, without the clause that tells of it."""
    if found.cue is None:
        return found
    first, last = reading.tokens_between(*found.cue)
    start, end = found.content[-1]
    for verb in reading.tokens[first:last]:
        pronoun = next((c for c in verb.lefts if c.lower_ in ("that", "which", "whom")), None)
        if verb.dep_ != "relcl" or pronoun is None or not start < pronoun.idx < end <= verb.idx + len(verb):
            continue
        kept = trimmed(reading.text, (start, pronoun.idx))
        if kept[0] < kept[1] and verb.head.idx >= start:
            return found.at([*found.content[:-1], kept])
    return found


def with_thing(reading: Reading, found: Found, known: CueWords) -> Found:
    """ "Expressed doubt about the plan": what is expressed is the doubt, so the content begins with it."""
    if found.cue is None:
        return found
    first, last = reading.tokens_between(*found.cue)
    for verb in reading.tokens[first:last]:
        thing = next((c for c in verb.children if c.dep_ == "dobj" and first <= c.i < last), None)
        if (
            verb.lemma_ in known.classes["expressing"]
            and thing is not None
            and 0 <= found.start - (thing.idx + len(thing)) <= 12
        ):
            begin: Place = (thing.left_edge.idx, found.content[0][1])
            return found.at([begin, *found.content[1:]])
    return found
