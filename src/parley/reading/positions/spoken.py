"""What a party speaks of in its own words without refusing it: the weakest sign of a position, used where there is no other.

A side that says when the talks will be, what they should settle, or that prisoners came home, stands for talks and for
releases: both are common steps, which a side that is against them speaks of in words of refusing. The same is not true of
issues on which to speak is to describe (arms, territory, governance), so these are left out. Only quoted words count: what
is reported of a speaker is as often the report's own account of the talks (8 of 10 against 10 of 31 held good).
"""

from __future__ import annotations

from collections.abc import Iterable

from parley.reading.positions.holders import Holders
from parley.reading.positions.steps import Stance
from parley.reading.positions.syntax import Syntax
from parley.reading.positions.topics import Topic

COMMON_STEPS = frozenset(("talks", "prisoners"))
CONFIDENCE = 0.5
_SAYING = frozenset(("say", "believe", "announce", "claim", "confirm", "report", "promise"))
_REACH = 6
"""Tokens before a topic in which a negation counts as its own."""


def spoken_of(holders: Holders, topics: Iterable[Topic], held: Iterable[Stance]) -> list[Stance]:
    """Stances of speakers on the common steps that they speak of, for those who hold none on that issue yet."""
    reading, syntax = holders.reading, holders.syntax
    known = {(party, stance.issue) for stance in held for party in stance.parties}
    found: list[Stance] = []
    for topic in topics:
        if topic.issue not in COMMON_STEPS or topic.sign < 0 or topic.needs_operator:
            continue
        said = reading.statement_at(reading.tokens[topic.head].idx)
        if said is None or said.act not in _SAYING or said.denies or said.kind == "indirect":
            continue
        if _negated(syntax, topic) or _beside(syntax, topic, holders.words["beside-the-point"]):
            continue
        parties = tuple(p for p in holders.told_by(said) if (p, topic.issue) not in known)
        if parties:
            known.update((p, topic.issue) for p in parties)
            found.append(Stance(parties, topic, 1, "calls-for", topic.head, (topic.head,), CONFIDENCE, "spoken-of"))
    return found


def _beside(syntax: Syntax, topic: Topic, words: frozenset[str]) -> bool:
    """Whether the topic only tells when or on which condition something is: "before the talks", "during negotiations"."""
    at = topic.head
    for _ in range(6):
        above = syntax.head[at]
        if syntax.dep[at] == "pobj" and syntax.low[above] in words:
            return True
        opening = (c for c in syntax.children[at] if syntax.dep[c] in ("mark", "advmod")) if syntax.verbal(at) else ()
        if any(syntax.low[c] in words for c in opening):
            return True
        if above == at or (syntax.verbal(at) and at != topic.head):
            return False
        at = above
    return False


def _negated(syntax: Syntax, topic: Topic) -> bool:
    first = max(syntax.sentence[topic.head][0], topic.head - _REACH)
    before = range(first, topic.head)
    return any(syntax.dep[t] == "neg" or syntax.low[t] in ("no", "never", "without", "neither") for t in before)
