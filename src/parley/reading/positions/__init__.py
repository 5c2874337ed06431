"""Positions: what each party wants or refuses on each issue, on which condition, in whose voice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.positions.conditions import Condition, condition_of, quantity_of
from parley.reading.positions.holders import Holders
from parley.reading.positions.lexicon import lexicon_of
from parley.reading.positions.stances import Climb, Stance
from parley.reading.positions.syntax import Syntax
from parley.reading.positions.topics import find_topics
from parley.record import Position, Provenance, Span

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"
SUREST = 0.45
"""Stances with less confidence are left out."""
LEAST = 0.3
"""What is foreseen on a condition is a stance from this confidence on."""
_LONGEST = 40
"""Tokens after the topic that its evidence may still take in."""


@stage("positions", needs=("tokens", "paragraphs", "actors", "mentions", "dates", "statements"),
       gives=("positions",))  # fmt: skip
def find_positions(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """One position for each party, issue and stance, with the clearest evidence for it."""
    syntax = Syntax.of(reading.tokens)
    lexicon = lexicon_of(knowledge)
    title_end = _headline(reading)
    topics = [t for t in find_topics(syntax, reading.mentions, lexicon) if t.head >= title_end]
    climb = Climb(syntax, lexicon, Holders(reading, syntax), topics)
    stances = climb.stances(topics)
    conditional = [(stance, condition_of(syntax, stance)) for stance in stances if stance.confidence >= LEAST]
    conditional = [(s, c) for s, c in conditional if s.confidence >= SUREST or (c is not None and s.rule == "foreseen")]
    conditional += [(demand, None) for demand in _demanded_by_conditions(climb, conditional)]
    best: dict[tuple[str, str, str], tuple[Stance, Condition | None]] = {}
    for stance, condition in conditional:
        toward = "conditional" if condition else "supports" if stance.sign > 0 else "opposes"
        for party in stance.parties:
            key = (party, stance.issue, toward)
            if key not in best or stance.confidence > best[key][0].confidence:
                best[key] = (stance, condition)
    ordered = sorted(best.items(), key=lambda item: (item[1][0].anchor, item[1][0].topic.head, item[0]))
    positions = tuple(_position(reading, syntax, f"p{n}", key, *found) for n, (key, found) in enumerate(ordered, 1))
    return reading.with_layer(positions=positions)


def _headline(reading: Reading) -> int:
    """The first token of the body: a first paragraph without an end mark is the headline, which is not read."""
    if len(reading.paragraphs) < 2:
        return 0
    title = reading.paragraphs[0]
    untitled = reading.text[title.end - 1] in ".!?\"'”’:" or title.last - title.first >= 30
    return 0 if untitled else title.last


def _demanded_by_conditions(climb: Climb, found: list[tuple[Stance, Condition | None]]) -> list[Stance]:
    """What a condition asks for is itself demanded: "no talks until the troops leave"."""
    demands = []
    for stance, condition in found:
        for at, topic, sign in climb.conditions:
            inside = condition is not None and condition.first <= at < condition.last
            if condition is not None and inside and topic.issue != stance.issue:
                sign = -sign if condition.must_cease else sign
                demands.append(replace(stance, topic=topic, sign=sign, act="demands", path=(topic.head,), condition=None,
                                       confidence=round(stance.confidence * 0.8, 3), rule="condition"))  # fmt: skip
    return demands


def _position(reading: Reading, syntax: Syntax, id: str, key: tuple[str, str, str], stance: Stance,
              condition: Condition | None) -> Position:  # fmt: skip
    party, issue, toward = key
    start, end = _evidence(syntax, stance, condition)
    evidence = _span(reading, start, end)
    topic = stance.topic
    first, last = syntax.edges(topic.head)
    last = min(last, topic.head + _LONGEST)
    durations = [d for d in reading.dates_between(reading.tokens[first].idx, evidence.end) if d.type == "DURATION"]
    return Position(
        id=id, party=party, issue=issue, stance=toward, act=stance.act,
        object=_span(reading, first, last).quote,
        condition=_span(reading, condition.first, condition.last) if condition else None,
        duration=durations[0].value if durations else None,
        quantity=quantity_of(syntax, stance),
        voice=reading.voice_at(reading.tokens[stance.anchor].idx),
        evidence=evidence,
        confidence=min(1.0, stance.confidence),
        made_by=Provenance(stage="positions", rule=f"{stance.rule}: {topic.words}", version=VERSION),
    )  # fmt: skip


def _evidence(syntax: Syntax, stance: Stance, condition: Condition | None) -> tuple[int, int]:
    """The clause that shows the stance: from its holder (where near) to the end of what is wanted."""
    first, last = syntax.sentence[stance.anchor]
    topic = stance.topic
    inside = [t for t in (*topic.tokens, stance.anchor) if first <= t < last]
    start = min(inside)
    subject = syntax.subject(stance.anchor) if syntax.verbal(stance.anchor) else None
    if subject is not None and first <= subject < start and start - subject < 25:
        start = max(first, min(subject, syntax.edges(subject)[0] if syntax.edges(subject)[1] <= start else subject))
    elif not syntax.verbal(stance.anchor):
        start = max(first, min(start, syntax.edges(stance.anchor)[0]))
    end = max(max(inside) + 1, min(syntax.edges(topic.head)[1], topic.head + _LONGEST, last))
    if condition is not None and first <= condition.first and condition.last <= last:
        start, end = min(start, condition.first), max(end, condition.last)
    return start, end


def _span(reading: Reading, first: int, last: int) -> Span:
    """The characters of tokens first..last (exclusive), without the punctuation and the conjunctions at their ends."""
    tokens = reading.tokens
    while last - first > 1 and tokens[last - 1].text in (",", ";", ":", ".", "-", "—", "–", "and", "but", "or", "”", '"'):
        last -= 1
    while last - first > 1 and tokens[first].text in (",", ";", ":", "-", "—", "–", "and", "but", "or"):
        first += 1
    return reading.document.span(tokens[first].idx, tokens[last - 1].idx + len(tokens[last - 1].text))
