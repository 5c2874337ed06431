"""Stances that no rule reaches: for each party and topic of one sentence or statement, what the stance weights make of it.

Parses err and English has more ways to want a thing than any table. Where the climb left nothing on an issue for a party,
the signs that it went by are weighed together instead, and a stance is left where they are plain enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.positions.conditions import condition_of
from parley.reading.positions.found import Found, Held
from parley.reading.positions.lexicon import act_at, given_up, let_go
from parley.reading.positions.signs import Candidate, Signs
from parley.reading.positions.steps import Stance
from parley.reading.positions.topics import Topic

if TYPE_CHECKING:
    from parley.models.positions import StanceWeights

RULE = "weighed"


def candidates_of(found: Found, *, settled: bool) -> list[Candidate]:
    """Candidates of a reading; with `settled`, also those whose party the rules gave a stance on the issue."""
    held = frozenset() if settled else frozenset((p, h.stance.issue) for h in found.held for p in h.stance.parties)
    signs = Signs(found.syntax, found.lexicon, found.holders, found.climbed)
    return signs.candidates([topic for topic in found.topics if not _barred(found, signs, topic)], held)


def weighed_of(found: Found, weights: StanceWeights) -> list[Held]:
    """The stances that the weights find where the rules found none: at most one for each party, issue and direction."""
    best: dict[tuple[str, str, str], Held] = {}
    for candidate in candidates_of(found, settled=False):
        shares = weights.probabilities(candidate.signs)
        sure = 1 - shares["none"]
        if sure < weights.threshold:
            continue
        held = _held(found, candidate, shares, sure)
        if held.stance.sign * candidate.topic.sign < 0 and _refused_by_another(found, candidate):
            continue
        key = (candidate.party, held.stance.issue, held.toward)
        if key not in best or best[key].stance.confidence < held.stance.confidence:
            best[key] = held
    return list(best.values())


def _barred(found: Found, signs: Signs, topic: Topic) -> bool:
    """What no weight may overrule: a question, mere blame, fighting that nothing is said to end, a topic within another."""
    syntax = found.syntax
    chain = [at for at, _ in signs.chain(topic)]
    kinds = {kind for at in chain if at not in topic.tokens for kind in signs.kinds(at)}
    if "blame" in kinds or _denied(found, chain) or any(syntax.low[t] == "?" for t in range(*syntax.sentence[topic.head])):
        return True
    if let_go(found.lexicon, syntax, chain):
        return True
    if topic.needs_operator and kinds.isdisjoint(("op.ends", "op.keeps")):
        return True
    heads = {other.head for other in found.topics if other.issue != topic.issue}
    for at in chain[1:]:
        if at in heads:
            return True
        if syntax.verbal(at):
            break
    return False


def _denied(found: Found, chain: list[int]) -> bool:
    """ "Denied that it had met", "reports that it had met": no wish for it; nor is a demand let go."""
    syntax, told = found.syntax, found.lexicon.words["accusations"]
    for at in chain[1:]:
        act = act_at(found.lexicon, syntax, at)
        if act is not None and act.act in ("demands", "calls-for") and given_up(found.lexicon, syntax, at):
            return True
        clause = syntax.child(at, "ccomp", "acl")
        if clause is None or clause not in chain or syntax.modality(clause) != "asserted":
            continue
        if syntax.lemma[at] == "deny" or (syntax.lemma[at] in told and not syntax.verbal(at)):
            return True
    return False


def _refused_by_another(found: Found, candidate: Candidate) -> bool:
    """ "They rejected Estmark's plan to disarm": who refuses what a side has put is not that side."""
    if "voice=own" in candidate.signs:
        return False
    others = (s for s in found.climbed if s.topic.head == candidate.topic.head and candidate.party not in s.parties)
    return any(s.sign * s.topic.sign < 0 for s in others)


def _held(found: Found, candidate: Candidate, shares: dict[str, float], sure: float) -> Held:
    """The stance of a candidate. It is conditional only where the text states a condition that can be shown."""
    syntax, topic = found.syntax, candidate.topic
    wants = shares["wants"] >= shares["refuses"]
    above = [at for at, _ in candidate.chain]
    words = ((at, act) for at in above if at not in topic.tokens and (act := act_at(found.lexicon, syntax, at)) is not None)
    anchor, how = next(((at, act.act) for at, act in words if (act.act == "rejects") != wants), (topic.head, ""))
    path = tuple(above[: above.index(anchor) + 1])
    sign = topic.sign if wants else -topic.sign
    stance = Stance((candidate.party,), topic, sign, how or ("calls-for" if wants else "rejects"), anchor, path,
                    round(0.5 * sure, 3), RULE)  # fmt: skip
    condition = condition_of(syntax, stance) if shares["conditional"] >= max(shares["wants"], shares["refuses"]) else None
    return Held(stance, condition, False)
