"""Where what is said ends: before an adverbial of the saying itself, and before what the narrator tells of a thing named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.cues import VERBS
from parley.reading.statements.found import Found, trimmed, words_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_SAYING_TIMES = frozenset({"in", "at", "on", "during", "after", "before", "throughout", "following", "amid"})
_ADVERBIALS = frozenset({"as", "while", "after", "when", "before", "because"})
_TOLD = frozenset({"which", "who", "where", "whose"})


def ended(reading: Reading, found: Found, quoted: list[tuple[int, int]]) -> Found:
    """The same without a last phrase that tells when or where it was said, not what ("demanded a truce | after the raid").

    Of a thing named alone ("announced a coalition | which Bo joined") what a relative clause adds is left out too.
    """
    start, end = found.content[-1]
    if found.cue is None or any(a < end <= b + 1 for a, b in quoted):
        return found
    first, last = reading.tokens_between(*found.cue)
    begin, stop = reading.tokens_between(start, end)
    for verb in (t for t in reading.tokens[first:last] if t.pos_ in VERBS):
        cut = _adverbial(verb, begin, stop) or _relative(verb, begin, stop)
        if cut is not None:
            kept = trimmed(reading.text, (start, cut.idx))
            return found.at([*found.content[:-1], kept]) if words_in(reading.text, kept) >= 1 else found
    return found


def _adverbial(verb: Token, begin: int, stop: int) -> Token | None:
    """The first word of an adverbial of the verb with which the content ends."""
    for child in verb.rights:
        edge = child.left_edge
        if not begin + 1 < edge.i < stop or child.right_edge.i < stop - 2:
            continue
        if (child.dep_ == "prep" and child.lower_ in _SAYING_TIMES) or (
            child.dep_ == "advcl" and edge.lower_ in _ADVERBIALS
        ):
            return edge
    return None


def _relative(verb: Token, begin: int, stop: int) -> Token | None:
    """The first word of a relative clause with which a thing named ends, where the content is nothing but that thing."""
    thing = next((c for c in verb.rights if c.dep_ == "dobj" and abs(c.left_edge.i - begin) <= 1), None)
    for clause in thing.subtree if thing is not None else ():
        edge = clause.left_edge
        within = begin + 1 < edge.i < stop <= clause.right_edge.i + 2
        if clause.dep_ != "relcl" or edge.lower_ not in _TOLD or not within:
            continue
        if edge.nbor(-1).text == "," or clause.head.pos_ == "PROPN":  # else it may say which thing is meant
            return edge
    return None
