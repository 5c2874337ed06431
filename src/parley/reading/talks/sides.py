"""The two sides whose process a report is about: they take part where it names nobody ("Talks were frozen")."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.talks.clauses import SUBJECTS
from parley.reading.talks.scene import Scene, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = 3
"""Sentences of the body in which a report says whom it is about."""
_OFTEN = 3
"""Mentions that a party needs to be a side where no clause joins it to the other."""
_SIDES = frozenset({"state", "government", "armed-group", "military", "party", "population"})


def sides_of(scene: Scene, helpers: frozenset[str]) -> tuple[str, ...]:
    """The pair that the lead joins ("Chad and the rebels said"), or else the two parties spoken of most; or nothing.

    Args:
        scene: The reading with its words of talks.
        helpers: Parties that mediate or host, which are no sides.
    """
    counts = _mentions(scene.reading)
    for name in helpers:
        counts.pop(name, None)
    ranked = counts.most_common()
    leading = {name for name, number in ranked if number >= (ranked[2][1] if len(ranked) > 2 else 1)}
    for subject in _lead_subjects(scene):
        joined = scene.parties(scene.mentions(subtree(subject, scene)))
        if len(joined) == 2 and leading.issuperset(joined):
            return joined
    clear = len(ranked) >= 2 and ranked[1][1] >= _OFTEN and (len(ranked) == 2 or ranked[1][1] > ranked[2][1])
    return (ranked[0][0], ranked[1][0]) if clear else ()


def _mentions(reading: Reading) -> Counter[str]:
    """How often the text speaks of each party that can be a side."""
    sides = {a.party for a in reading.actors if a.kind in _SIDES and a.party}
    counts: Counter[str] = Counter()
    for mention in reading.mentions.all:
        counts.update({p for a in mention.actors if (p := reading.actor(a).party) and p in sides})
    return counts


def _lead_subjects(scene: Scene) -> list[Token]:
    found: list[Token] = []
    start = scene.reading.body_token
    for _ in range(_LEAD):
        if start >= len(scene.tokens):
            break
        sentence = scene.tokens[start].sent
        found += [t for t in sentence if t.dep_ in SUBJECTS]
        start = max(sentence.end, start + 1)
    return found
