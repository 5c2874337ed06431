"""Positions: what each party wants or refuses on each issue, on which condition, in whose voice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.positions.conditions import Condition, quantity_of
from parley.reading.positions.found import Held, stances_of
from parley.reading.positions.steps import Stance
from parley.reading.positions.syntax import Syntax
from parley.reading.positions.weighed import weighed_of
from parley.record import Position, Provenance, Span

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"
_LONGEST = 40
"""Tokens after the topic that its evidence may still take in."""
_TOP = frozenset(("demand", "call", "appeal", "say"))
Key = tuple[str, str, str, int, int]


@stage("positions", needs=("tokens", "paragraphs", "actors", "mentions", "dates", "statements"), gives=("positions",))
def find_positions(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """One position for each party, issue and stance, with the clearest evidence; each term of a proposal has its own."""
    found = stances_of(reading, knowledge)
    best = _clearest([*found.held, *weighed_of(found, models.positions)])
    ordered = sorted(best.items(), key=lambda item: (item[1].stance.anchor, item[1].stance.topic.head))
    positions = tuple(_position(reading, found.syntax, f"p{n}", *entry) for n, entry in enumerate(ordered, 1))
    found.ids.update({_own_key(key, held): p.id for p, (key, held) in zip(positions, ordered, strict=True)})
    return reading.with_layer(positions=positions)


def _clearest(all_held: Iterable[Held]) -> dict[Key, Held]:
    best: dict[Key, Held] = {}
    for held in all_held:
        for party in held.stance.parties:
            own = (held.stance.anchor, held.stance.topic.head) if held.term else (-1, -1)
            key = (party, held.stance.issue, held.toward, *own)
            if key not in best or held.stance.confidence > best[key].stance.confidence:
                best[key] = held
    return best


def _own_key(key: Key, held: Held) -> Key:
    return (*key[:3], held.stance.anchor, held.stance.topic.head)


def _position(reading: Reading, syntax: Syntax, id: str, key: Key, held: Held) -> Position:
    stance, condition, topic = held.stance, held.condition, held.stance.topic
    evidence = evidence_of(reading, syntax, stance, condition)
    first, last = _thing_wanted(syntax, stance)
    start = reading.tokens[first].idx
    durations = [d for d in reading.dates_between(start, max(start, evidence.end)) if d.type == "DURATION"]
    return Position(
        id=id, party=key[0], issue=topic.issue, stance=held.toward, act=stance.act,
        object=span_of(reading, first, last).quote,
        condition=span_of(reading, condition.first, condition.last) if condition else None,
        duration=_duration(durations[0].value) if durations else None,
        quantity=quantity_of(syntax, stance),
        voice=reading.voice_at(reading.tokens[stance.anchor].idx),
        evidence=evidence,
        confidence=min(1.0, stance.confidence),
        made_by=Provenance(stage="positions", rule=f"{stance.rule}: {topic.words}", version=VERSION),
    )  # fmt: skip


def _duration(value: str) -> str | None:
    return value if value.startswith("P") and "X" not in value else None


def _thing_wanted(syntax: Syntax, stance: Stance) -> tuple[int, int]:
    """The words for what is wanted: what hangs from the topic, without what only joins it to others."""
    head = _whole(syntax, stance)
    first, last = syntax.edges(head)
    first = max(first, _after_opening(syntax, head, stance))
    for child in syntax.children[head]:
        if syntax.dep[child] in ("conj", "cc", "punct") and child > head:
            last = min(last, child if syntax.dep[child] != "conj" else syntax.edges(child)[0])
    inside = [t for t in stance.topic.tokens if t >= head]
    end = max(min(last, head + _LONGEST), max(inside, default=head) + 1)
    return min(max(first, head - 12), *stance.topic.tokens), min(_to_its_noun(syntax, end), syntax.sentence[head][1])


def _whole(syntax: Syntax, stance: Stance) -> int:
    """The word that what is wanted hangs from: "an end to attacks", not "attacks"; "resume raids", not "raids"."""
    head, previous = stance.topic.head, stance.topic.head
    for at in stance.path[1:]:
        if at == stance.anchor or syntax.lemma[at] in _TOP or not (previous > at and stance.anchor < at):
            break
        if syntax.dep[previous] in ("conj", "appos", "relcl", "advcl"):
            break  # what it is joined to is another thing
        if syntax.pos[at] in ("NOUN", "VERB"):
            head = at
        previous = at
    return head


def _after_opening(syntax: Syntax, head: int, stance: Stance) -> int:
    """Where the thing begins behind what opens its clause ("only if", "that") and behind the one whose own step it is."""
    first = syntax.edges(head)[0]
    if not syntax.verbal(head):
        for t in range(first, min(head, *stance.topic.tokens)):
            if syntax.low[t] == "that" and syntax.dep[t] in ("mark", "det"):
                first = t + 1
        return first
    subject = syntax.child(head, "nsubj", "nsubjpass")
    for t in range(first, head):
        if subject is not None and t >= syntax.edges(subject)[0]:
            break
        if syntax.dep[t] in ("mark", "cc", "punct") or syntax.low[t] in ("only", "until", "when", "that"):
            first = t + 1
    if subject is not None and head == stance.anchor and stance.rule in ("own-step", "step-taken", "under-agreement"):
        first = max(first, head)
    return first


def evidence_of(reading: Reading, syntax: Syntax, stance: Stance, condition: Condition | None) -> Span:
    """The clause that shows the stance: from its holder (where near) to the end of what is wanted."""
    first, last = syntax.sentence[stance.anchor]
    topic = stance.topic
    inside = [t for t in (*topic.tokens, stance.anchor) if first <= t < last]
    if stance.rule in _WITHOUT_VERB:
        return _clause_of(reading, syntax, topic.head)
    start = min(inside)
    if first <= topic.head < last:
        start = min(start, max(first, syntax.edges(topic.head)[0], topic.head - 8))
    subject = syntax.subject(stance.anchor) if syntax.verbal(stance.anchor) else None
    if subject is not None and first <= subject < start and start - subject < 25:
        start = max(first, min(subject, syntax.edges(subject)[0] if syntax.edges(subject)[1] <= start else subject))
    elif not syntax.verbal(stance.anchor):
        start = max(first, min(start, syntax.edges(stance.anchor)[0]))
    end = max(inside) + 1
    if first <= topic.head < last:
        end = max(end, min(_thing_wanted(syntax, stance)[1], last))
    predicate = syntax.child(stance.anchor, "acomp", "attr") if syntax.verbal(stance.anchor) else None
    if predicate is not None and stance.rule in ("judged", "said-judged"):
        end = max(end, predicate + 1)  # "seems pointless"
    opening = syntax.child(stance.anchor, "expl")
    if opening is not None:
        start = min(start, opening)  # "there will be no talks"
    end = min(_to_its_noun(syntax, end), last)
    if condition is not None and first <= condition.first and condition.last <= last:
        start, end = min(start, condition.first), max(end, condition.last)
    return span_of(reading, start, end)


def _to_its_noun(syntax: Syntax, end: int) -> int:
    """Words do not end at "four" or "the" where the noun follows: there the parse tore apart what belongs together."""
    if syntax.pos[end - 1] not in ("NUM", "DET", "ADJ"):
        return end
    for at in range(end, min(end + _MODIFIERS, syntax.sentence[end - 1][1])):
        if syntax.pos[at] in ("NOUN", "PROPN"):
            beyond = at + 1 < len(syntax.pos) and syntax.pos[at + 1] in ("NOUN", "PROPN")
            return at + (2 if beyond else 1)
        if syntax.pos[at] not in ("ADJ", "ADV", "NUM") and syntax.tag[at] not in ("VBN", "HYPH"):
            break
    return end


_MODIFIERS = 5
_WITHOUT_VERB = frozenset(("spoken-of",))
"""Rules that leave a stance at the topic itself: only its clause shows what is said of it."""


def _clause_of(reading: Reading, syntax: Syntax, topic: int) -> Span:
    """The clause that a topic stands in, up to the verb that says it."""
    at = topic
    while not syntax.verbal(at) and syntax.head[at] != at:
        at = syntax.head[at]
    first, last = syntax.edges(at)
    said = reading.statement_at(reading.tokens[topic].idx)
    for span in said.content if said is not None else ():
        begin, end = reading.tokens_between(span.start, span.end)
        if begin <= topic < end:
            first, last = max(first, begin), min(last, end)
    return span_of(reading, max(first, topic - _LONGEST), min(last, topic + _LONGEST))


_EDGES = frozenset((",", ";", ":", ".", "-", "—", "–", "and", "but", "or", "”", "“", '"', "that"))


def span_of(reading: Reading, first: int, last: int) -> Span:
    """The characters of tokens first..last (exclusive), without the punctuation and the conjunctions at their ends."""
    tokens = reading.tokens
    while last - first > 1 and (tokens[last - 1].text in _EDGES or tokens[last - 1].is_space):
        last -= 1
    while last - first > 1 and (tokens[first].text in _EDGES or tokens[first].is_space):
        first += 1
    return reading.document.span(tokens[first].idx, tokens[last - 1].idx + len(tokens[last - 1].text))
