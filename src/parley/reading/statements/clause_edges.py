"""Contents brought to the edges that the parse shows: a cut-off phrase completed, the thing expressed taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.found import Found, Place, overlap

if TYPE_CHECKING:
    from spacy.tokens import Token

_OPEN = ("ADP", "SCONJ", "DET", "CCONJ", "PART")
_LONGEST = 25
"""Tokens that a phrase may be completed by."""
_EXPRESS = frozenset({"express", "voice", "signal", "reiterate"})


def completed(reading: Reading, found: Found, others: list[Place]) -> Found:
    """The same with its last piece continued to the end of its clause, or of the phrase that its last word opens.

    `others` are places that it must not run into: sources, cues and contents of other attributions.
    """
    start, end = found.content[-1]
    taken = [p for p in (found.cue, found.source) if p] + others
    if (reach := _clause_end(reading, found)) and reach > end and not overlap([(end, reach)], taken):
        return _with_thing(reading, found.at([*found.content[:-1], (start, reach)]))
    last = reading.tokens[reading.token_at(end - 1)]
    if last.pos_ in _OPEN and last.idx + len(last) == end:
        edge = _edge(last)
        reach = edge.idx + len(edge)
        if (
            edge.i > last.i
            and edge.i - last.i <= 25
            and edge.sent.start == last.sent.start
            and not overlap([(end, reach)], taken)
        ):
            end = reach
    return _with_thing(reading, found.at([*found.content[:-1], (start, end)]))


def _clause_end(reading: Reading, found: Found) -> int | None:
    """Where the clause of the cue's verb ends that begins with this content."""
    if found.cue is None or len(found.content) > 1:
        return None
    first, last = reading.tokens_between(*found.cue)
    begin, stop = reading.tokens_between(*found.content[0])
    for verb in reading.tokens[first:last]:
        for clause in verb.children:
            if (
                clause.dep_ == "ccomp"
                and begin <= clause.left_edge.i + 1
                and clause.left_edge.i <= begin + 1
                and clause.i > verb.i
            ):
                edge = clause.right_edge
                while edge.i > stop and edge.is_punct:
                    edge = edge.nbor(-1)
                return int(edge.idx + len(edge))
    return None


def _edge(token: Token) -> Token:
    """The last word of the phrase that a preposition, a conjunction or an article opens."""
    if token.right_edge.i > token.i:
        return token.right_edge
    head = token.head
    return head.right_edge if head.i > token.i else token


def _with_thing(reading: Reading, found: Found) -> Found:
    """ "Expressed doubt about the plan": what is expressed is the doubt, so the content begins with it."""
    if found.cue is None:
        return found
    first, last = reading.tokens_between(*found.cue)
    for verb in reading.tokens[first:last]:
        thing = next((c for c in verb.children if c.dep_ == "dobj" and first <= c.i < last), None)
        if verb.lemma_ in _EXPRESS and thing is not None and 0 <= found.start - (thing.idx + len(thing)) <= 12:
            begin: Place = (thing.left_edge.idx, found.content[0][1])
            return found.at([begin, *found.content[1:]])
    return found
