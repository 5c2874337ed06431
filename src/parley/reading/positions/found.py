"""All stances of one reading, with what each depends on; worked out once and shared by positions and proposals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parley.reading.positions.conditions import Condition, condition_of
from parley.reading.positions.holders import Holders
from parley.reading.positions.lexicon import Lexicon, lexicon_of
from parley.reading.positions.spoken import spoken_of
from parley.reading.positions.stances import Climb
from parley.reading.positions.steps import Stance
from parley.reading.positions.syntax import Syntax
from parley.reading.positions.topics import Topic, find_topics

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.reading.layers import Reading

SUREST = 0.45
"""Stances with less confidence are left out."""
LEAST = 0.3
"""What is foreseen on a condition is a stance from this confidence on."""
_MEMO = "parley.stances"


@dataclass(frozen=True)
class Held:
    """A stance with its condition, and whether it is a term of a proposal."""

    stance: Stance
    condition: Condition | None
    term: bool

    @property
    def toward(self) -> str:
        """The record's word for where the stance points."""
        return "conditional" if self.condition else "supports" if self.stance.sign > 0 else "opposes"


@dataclass(frozen=True)
class Found:
    """The stances of a reading in the order in which they were found."""

    syntax: Syntax
    lexicon: Lexicon
    holders: Holders
    held: tuple[Held, ...]
    topics: tuple[Topic, ...] = ()
    climbed: tuple[Stance, ...] = ()
    """What the climb left, also where it was too unsure to be held."""
    ids: dict[tuple[str, str, str, int, int], str] = field(default_factory=dict)
    """The position that each (party, issue, stance, anchor, topic) became."""


def stances_of(reading: Reading, knowledge: Knowledge) -> Found:
    """The stances of a reading. They are kept with its tokens, so that the second stage that asks does not pay again."""
    memo = reading.tokens.user_data.get(_MEMO)
    if isinstance(memo, Found) and memo.holders.reading.statements is reading.statements:
        return memo
    syntax, lexicon = Syntax.of(reading.tokens), lexicon_of(knowledge)
    body = reading.body_token
    topics = [t for t in find_topics(syntax, reading.mentions, lexicon) if t.head >= body]
    holders = Holders(reading, syntax, lexicon.words)
    climb = Climb(syntax, lexicon, holders, topics)
    held: list[Held] = []
    for stance in climb.stances(topics):
        if stance.confidence < LEAST:
            continue
        condition = condition_of(syntax, stance)
        meets = stance.topic.words in lexicon.words["generic-encounters"]  # "would meet them only if" is more than a date
        if stance.confidence >= SUREST or (condition is not None and (stance.rule == "foreseen" or meets)):
            held.append(Held(stance, condition, _is_term(syntax, lexicon, stance)))
    held += _demanded_by_conditions(climb, held)
    spoken = spoken_of(holders, topics, [h.stance for h in held])
    held += [Held(stance, None, False) for stance in spoken]
    found = Found(syntax, lexicon, holders, tuple(held), tuple(topics), tuple(climb.found))
    reading.tokens.user_data[_MEMO] = found
    return found


def _is_term(syntax: Syntax, lexicon: Lexicon, stance: Stance) -> bool:
    """Whether what is wanted is put to others as a proposal: by a verb of proposing, or in "the plan" of somebody."""
    if stance.sign == 0 or stance.act not in ("proposes", "offers", "calls-for", "demands"):
        return False
    if stance.rule in ("contents", "under-plan"):
        return True
    if stance.act in ("offers", "proposes") and any(syntax.verbal(t) and syntax.lemma[t] in lexicon.words["tabling"]
                                                    for t in stance.path[1:]):  # fmt: skip
        return True  # "is willing to offer an amnesty"
    if syntax.verbal(stance.anchor):
        if syntax.lemma[stance.anchor] in lexicon.words["tabling"]:
            return True
        papers = lexicon.words["proposals"] | lexicon.words["asked"]
        if syntax.lemma[stance.anchor] in lexicon.words["handing"] and any(syntax.lemma[t] in papers for t in stance.path):
            return True  # "sent them a list of demands"
        subject = syntax.subject(stance.anchor)
        return subject is not None and syntax.lemma[subject] in lexicon.words["proposals"]
    return syntax.lemma[stance.anchor] in lexicon.words["proposals"] and syntax.lemma[stance.anchor] not in (
        "agreement",
        "accord",
        "outcome",
    )


def _demanded_by_conditions(climb: Climb, found: list[Held]) -> list[Held]:
    """What a condition asks for is itself demanded: "no talks until the troops leave"; what must wait, conditional."""
    demands: list[Held] = []
    for mentioned in climb.conditions:
        topic, sign = mentioned.topic, mentioned.sign
        used = False
        for held in found:
            condition, stance = held.condition, held.stance
            if topic.issue == stance.issue:
                continue
            if condition is not None and condition.first <= mentioned.at < condition.last:
                used = True
                if mentioned.word != "once":
                    wanted = _derived(stance, topic, -sign if condition.must_cease else sign, "demands", "condition")
                    demands.append(Held(wanted, None, False))
            elif mentioned.word == "before" and _waits(climb.syntax, stance, mentioned.at):
                used = True
                span = climb.syntax.edges(stance.topic.head)
                later = _derived(stance, topic, sign, "accepts", "put-after")
                demands.append(Held(later, Condition(*span, mentioned.at, False), False))
        if not used and (alone := climb.demanded(mentioned)) is not None:
            demands.append(Held(alone, None, False))
    return demands


def _derived(stance: Stance, topic: Topic, sign: int, act: str, rule: str) -> Stance:
    return replace(stance, topic=topic, sign=sign, act=act, path=(topic.head,), condition=None,
                   confidence=round(stance.confidence * 0.8, 3), rule=rule)  # fmt: skip


def _waits(syntax: Syntax, stance: Stance, at: int) -> bool:
    """Whether "before ..." stands with what the stance demands: what it speaks of must wait for that."""
    attached = syntax.head[at]
    near = attached in {*stance.path, stance.anchor} or syntax.low[at] == "as"
    return (stance.act in ("demands", "calls-for") and near and syntax.sentence[at] == syntax.sentence[stance.anchor]
            and stance.condition is None)  # fmt: skip
