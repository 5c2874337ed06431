"""Proposals: terms that one side puts to another, what became of them, and until when they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.positions import evidence_of, span_of
from parley.reading.positions.found import Found, Held, stances_of
from parley.reading.positions.ground import HYPOTHETICAL
from parley.reading.positions.lexicon import answer_at
from parley.reading.positions.syntax import RELATIVE_PRONOUNS
from parley.record import Proposal, Provenance, Span

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"
_PUT_TO = ("ceasefire", "talks")
"""Issues whose noun may have "to" with the side that it is put to ("a truce to the rebels"); aid and arms go to others."""
_REACH, _REACH_OF_PRONOUN = 150, 50
"""Tokens from a proposal to its answer: "the plan" reaches farther than "it"."""
_PUT = ("act", "adjective", "own-step")
"""Rules whose offers become proposals where somebody answers them."""
Key = tuple[tuple[str, ...], int, bool]
_ANSWERS = {"accepts": "accepted", "rejects": "rejected"}


@dataclass(frozen=True)
class Answer:
    """An accepting or rejecting of a proposal: the verb, what it makes of it, whose it is, and whether a noun names it.

    `issue` and `path` are those of the stance that the answer is, where it is one: its issue and the words that it governs.
    """

    verb: int
    status: str
    parties: tuple[str, ...]
    named: bool
    issue: str | None = None
    path: tuple[int, ...] = ()


@stage("proposals", needs=("tokens", "actors", "mentions", "statements", "positions"), gives=("proposals",))
def find_proposals(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Positions that were put as one proposal, and agreements of several sides, each with its terms."""
    found = stances_of(reading, knowledge)
    groups = _groups(found)
    answers = sorted([*_answers(found), *_stances_that_answer(found)], key=lambda a: a.verb)
    proposals: list[Proposal] = []
    for (by, anchor, agreed), terms in sorted(groups.items(), key=lambda g: g[0][1]):
        met = [] if agreed else [a for a in answers if _meets(a, by, anchor, groups)]
        put = agreed or any(held.term for held in terms) or any(a.named for a in met)
        ids = tuple(dict.fromkeys(
            i for held in terms for party in held.stance.parties if (i := _position(found, party, held))
        ))  # fmt: skip
        if not ids or not put:
            continue
        answering = tuple(dict.fromkeys(p for a in met for p in a.parties if p not in by))
        proposals.append(Proposal(
            id=f"r{len(proposals) + 1}", by=by, to=_addressees(found, terms, by) or answering,
            status="agreed" if agreed else met[-1].status if met else "tabled",
            terms=ids, until=_until(reading, found, terms), evidence=_evidence(reading, found, terms),
            confidence=round(min(h.stance.confidence for h in terms), 3),
            made_by=Provenance(stage="proposals", rule="agreed" if agreed else f"put: {found.syntax.lemma[anchor]}",
                               version=VERSION),
        ))  # fmt: skip
    return reading.with_layer(proposals=tuple(proposals))


def _groups(found: Found) -> dict[Key, list[Held]]:
    """Stances that may be terms, by what was put together: by whom, at which word, and whether all sides agreed."""
    groups: dict[Key, list[Held]] = {}
    bound: list[Held] = []
    for held in sorted(found.held, key=lambda h: h.stance.anchor):
        stance, agreed = held.stance, _agreed(found, held)
        if stance.rule == "under-agreement":
            bound.append(held)
        elif held.term or agreed or (stance.act in ("proposes", "offers") and stance.rule in _PUT):
            groups.setdefault((stance.parties, stance.anchor, agreed), []).append(held)
    loose: list[Held] = []
    for held in bound:
        before = [k for k in groups if k[2] and set(held.stance.parties) <= set(k[0]) and k[1] < held.stance.anchor]
        (groups[before[-1]] if before else loose).append(held)
    sides = tuple(dict.fromkeys(p for held in loose for p in held.stance.parties))
    if len(sides) > 1:
        groups[sides, loose[0].stance.anchor, True] = loose
    return groups


def _answers(found: Found) -> list[Answer]:
    """Verbs that accept or reject "the plan", "it", or the noun above them ("an offer that the rebels rejected")."""
    syntax, answers = found.syntax, list[Answer]()
    for verb in range(len(syntax.lemma)):
        act = answer_at(found.lexicon, syntax, verb)
        if act is None or syntax.modality(verb) != "asserted":
            continue
        negated = syntax.negated(verb)
        doubtful = any(syntax.dep[c] in ("mark", "advmod") and syntax.low[c] in HYPOTHETICAL for c in syntax.children[verb])
        if doubtful or (negated and act.act == "rejects"):
            continue
        thing = _answered(found, verb)
        if thing is None:
            continue
        subject = syntax.agent(verb) if syntax.passive(verb) else syntax.subject(verb)
        parties = found.holders.of(subject) if subject is not None else ()
        status = "rejected" if negated else _ANSWERS[act.act]
        answers.append(Answer(verb, status, parties, syntax.pos[thing] == "NOUN"))
    return answers


def _stances_that_answer(found: Found) -> list[Answer]:
    """Stances that accept or reject what was put: "the plan" with its issue, "the proposal for a truce"."""
    answers: list[Answer] = []
    for stance in (held.stance for held in found.held):
        puts = any(found.syntax.lemma[t] in found.lexicon.words["proposals"] for t in stance.path[1:])
        if stance.act in _ANSWERS and (stance.recalled or puts):
            answers.append(Answer(stance.anchor, _ANSWERS[stance.act], stance.parties, True, stance.issue, stance.path))
    return answers


def _answered(found: Found, verb: int) -> int | None:
    """What a verb answers: a noun of proposing without terms of its own, or "it"."""
    syntax = found.syntax
    thing = syntax.child(verb, "nsubjpass") if syntax.passive(verb) else syntax.child(verb, "dobj")
    if thing is None and (preposition := syntax.child(verb, "prep")) is not None and syntax.low[preposition] in ("to", "on"):
        thing = syntax.child(preposition, "pobj")
    if syntax.dep[verb] == "relcl" and (thing is None or syntax.low[thing] in RELATIVE_PRONOUNS):
        thing = syntax.head[verb]
    if thing is None or syntax.low[thing] == "it":
        return thing
    if syntax.lemma[thing] not in found.lexicon.words["proposals"] or syntax.pos[thing] != "NOUN":
        return None
    last = verb if thing < verb else syntax.edges(thing)[1]
    return None if any(syntax.edges(thing)[0] <= topic.head < last for topic in found.topics) else thing


def _meets(answer: Answer, by: tuple[str, ...], anchor: int, groups: dict[Key, list[Held]]) -> bool:
    """Whether an answer is to what was put at `anchor`: the last proposal before it that is not the answerer's own."""
    if answer.parties and not set(answer.parties) - set(by):
        return False
    if anchor in answer.path and anchor != answer.verb:
        return True
    reach = _REACH if answer.named else _REACH_OF_PRONOUN
    before = [k[1] for k, terms in groups.items() if not k[2] and k[1] < answer.verb <= k[1] + reach
              and (not answer.parties or set(answer.parties) - set(k[0]))
              and (answer.issue is None or any(held.stance.issue == answer.issue for held in terms))]  # fmt: skip
    return bool(before) and max(before) == anchor


def _agreed(found: Found, held: Held) -> bool:
    """Whether several sides agreed to it, or one with another ("signed a truce with")."""
    stance = held.stance
    return (len(stance.parties) > 1 and stance.act == "accepts" and stance.sign > 0
            and found.syntax.lemma[stance.anchor] in found.lexicon.words["agreeing"])  # fmt: skip


def _position(found: Found, party: str, held: Held) -> str | None:
    stance = held.stance
    key = (party, stance.issue, held.toward)
    if id := found.ids.get((*key, stance.anchor, stance.topic.head)):
        return id
    return next((id for other, id in found.ids.items() if other[:3] == key), None)


def _addressees(found: Found, terms: list[Held], by: tuple[str, ...]) -> tuple[str, ...]:
    """To whom it is put: "offered the rebels a truce", "a proposal to Paris"."""
    syntax, parties = found.syntax, list[str]()
    handing = found.lexicon.words["handing"]
    proposing = found.lexicon.words["proposals"] | found.lexicon.words["tabling"] | handing
    for held in terms:
        put = syntax.lemma[held.stance.anchor] in proposing and held.stance.topic.issue in _PUT_TO
        for token in (*held.stance.path, held.stance.anchor):
            for child in syntax.children[token]:
                whom = child if syntax.dep[child] == "dative" and syntax.low[child] != "to" else None
                if (
                    syntax.low[child] == "to"
                    and syntax.dep[child] in ("prep", "dative")
                    and (syntax.lemma[token] in proposing or (put and token == held.stance.topic.head))
                ):
                    whom = syntax.child(child, "pobj")
                if syntax.lemma[token] in handing and syntax.low[child] == "with":
                    whom = syntax.child(token, "dobj")
                if syntax.lemma[token] in ("offer", "propose", "ask", "urge", "call", "invite") and whom is None:
                    whom = syntax.child(token, "dobj") if syntax.child(token, "xcomp", "ccomp") else None
                parties += [p for p in (found.holders.of(whom) if whom is not None else ()) if p not in by]
    return tuple(dict.fromkeys(parties))


def _until(reading: Reading, found: Found, terms: list[Held]) -> str | None:
    """The event or the date that bounds it: the words after "until"."""
    syntax = found.syntax
    for held in terms:
        if held.condition is not None:
            continue
        stance = held.stance
        last = syntax.sentence[stance.topic.head][1]
        for token in range(stance.topic.head + 1, last):
            if syntax.low[token] not in ("until", "till"):
                continue
            clause = syntax.head[token] if syntax.dep[token] == "mark" else token
            if syntax.head[clause] not in (stance.topic.head, *stance.path):
                continue
            begin, end = syntax.edges(clause)
            span = span_of(reading, max(begin, token + 1), end)
            dates = [d.date for d in reading.dates_between(span.start, span.end) if d.date]
            return dates[0] if dates and span.quote and syntax.dep[token] != "mark" else span.quote
    return None


def _evidence(reading: Reading, found: Found, terms: list[Held]) -> Span:
    spans = [evidence_of(reading, found.syntax, h.stance, h.condition) for h in terms]
    return reading.document.span(min(s.start for s in spans), max(s.end for s in spans))
