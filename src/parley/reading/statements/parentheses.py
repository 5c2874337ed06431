"""A source and its verb in the middle of a sentence: "The army, the envoy said, had left" is one saying of the envoy's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.clause_edges import solid
from parley.reading.statements.cues import VERBS, CueWords
from parley.reading.statements.found import Found, Place, overlap, place_of, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 3
"""Characters between a piece of content and the comma beside it."""


def rejoined(reading: Reading, found: list[Found], known: CueWords) -> list[Found]:
    """The same, the words before and after a saying that stands between two commas being what it says."""
    for token in reading.tokens:
        if token.pos_ in VERBS and (spot := _between_commas(token, known)) is not None:
            found = _joined(reading, found, token, spot)
    return found


def _between_commas(verb: Token, known: CueWords) -> tuple[Token, Token, Place] | None:
    """The commas around a subject with its verb of saying, and the subject's place; None where it does not stand so."""
    cue = known.at(verb.doc, verb.i)
    if cue is None or cue.act != "say" or cue.needs or verb.i + 1 >= len(verb.doc):
        return None
    subject = next((c for c in verb.lefts if c.dep_ == "nsubj"), None)
    if subject is None or subject.right_edge.i != verb.i - 1:
        return None
    before, after = subject.left_edge.i - 1, verb.i + 1
    doc = verb.doc
    if before <= verb.sent.start or doc[before].text != "," or doc[after].text != ",":
        return None
    if after + 1 >= verb.sent.end or doc[before - 1].is_quote or doc[after + 1].is_quote:
        return None
    return doc[before], doc[after], place_of(subject.left_edge, subject.right_edge)


def _joined(reading: Reading, found: list[Found], verb: Token, spot: tuple[Token, Token, Place]) -> list[Found]:
    left, right, source = spot
    cue = place_of(verb)
    sentence = verb.sent
    pieces = (
        trimmed(reading.text, (sentence.start_char, left.idx)),
        trimmed(reading.text, (right.idx + 1, place_of(solid(sentence[-1]))[1])),
    )
    ends = [f for f in found if any(abs(b - left.idx) <= _NEAR and a >= sentence.start_char - 1 for a, b in f.content)]
    starts = [f for f in found if any(0 <= a - right.idx <= _NEAR + 1 for a, _ in f.content)]
    cut_short = reading.tokens[right.i + 1].pos_ in VERBS  # "Officers, the envoy said, had left": the subject stands before
    if not starts or not (ends or cut_short) or overlap([cue], [p for f in found for p in f.content]):
        return found
    if ends and starts[0] is ends[0] and starts[0].cue and overlap([starts[0].cue], [cue]):
        return found
    inner = [f for f in (*starts, *ends) if f.cue and overlap([f.cue], pieces)]
    if inner or any(p[0] >= p[1] for p in pieces):
        return found
    whole = replace(starts[0], content=pieces, cue=cue, source=source)
    rest = [f for f in found if f not in starts and f not in ends]
    return sorted([*rest, whole], key=lambda f: (f.start, f.end))
