"""Opposite accounts of one matter: an accusation and its answer, a negation, words that exclude each other."""

from __future__ import annotations

from parley.reading.claims.said import STEM, Ground, Made, Said, claim_of

_FAR, _NEAR = 12, 4
"""Statements apart that a negation, and that words excluding each other, may stand."""


def answers(said: list[Said], ground: Ground) -> Made:
    """An accusation, and what the accused says of the same matter."""
    made: Made = []
    for position, accusation in enumerate(said):
        if accusation.statement.act != "accuse" or not accusation.sides:
            continue
        accused = accusation.about - set(accusation.parties)
        for other in said[max(0, position - 3) : position + 7]:
            if other is accusation or not accused & set(other.parties) or set(other.parties) & set(accusation.parties):
                continue
            shared = (accusation.stems & other.stems) - {p.lower()[:STEM] for p in accused}
            if (shared and other.cue in other.words["answering"]) or len(shared) >= 2:
                made.append((claim_of(accusation.content, accusation.parties, other.parties, (accusation.content,),
                                      (other.content,), 0.6, "answered"), (accusation.statement.id,)))  # fmt: skip
                break
    return made


def contradictions(said: list[Said], ground: Ground) -> Made:
    """Two sources on the same matter that say opposite things of it."""
    made: Made = []
    for position, one in enumerate(said):
        for distance, other in enumerate(said[position + 1 : position + 1 + _FAR], 1):
            if not (one.sides and other.sides) or set(one.parties) & set(other.parties):
                continue
            if not (one.factual and other.factual and one.asserting and other.asserting):
                continue
            pair = _negated(one, other) or (_excluded(one, other, distance) if distance <= _NEAR else None)
            if pair is not None:
                yes, no = pair
                claim = claim_of(yes.content, yes.parties, no.parties, (yes.content,), (no.content,), 0.5, "contradicted")
                made.append((claim, (one.statement.id, other.statement.id)))
                break
    return made


def _negated(one: Said, other: Said) -> tuple[Said, Said] | None:
    """Who asserts and who denies, where both say the same of one thing and one of them negates it."""
    common = one.stems & other.stems
    if bool(common & one.denied_stems) == bool(common & other.denied_stems):
        return None
    named = len((one.about & other.about) - set(one.parties) - set(other.parties))
    least = min(len(one.stems), len(other.stems))
    if len(common) < 2 and not (len(common) == 1 and (named or least <= 3)):
        return None
    yes, no = (other, one) if common & one.denied_stems else (one, other)
    if no.subject & set(yes.parties) and not no.subject & set(no.parties):
        return no, yes  # who speaks against the other asserts, and the other answers
    return yes, no


def _excluded(one: Said, other: Said, distance: int) -> tuple[Said, Said] | None:
    """The same, where their words exclude each other, each blames the other, or the second is set against the first."""
    speakers = set(one.parties) | set(other.parties)
    shared = (one.stems & other.stems) | ((one.about & other.about) - speakers) | (one.names & other.names)
    opposite = one.opposites(other)
    if opposite and shared - opposite:
        return one, other
    blamed = bool(one.subject & set(other.parties)) and bool(other.subject & set(one.parties))
    countered = distance == 1 and other.cue in other.words["countering"]
    return (one, other) if shared and distance <= 2 and (blamed or countered) else None
