"""Proposals: terms that one side puts to another, what became of them, and until when they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.positions import evidence_of, span_of
from parley.reading.positions.found import Found, Held, stances_of
from parley.record import Proposal, Provenance, Span

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"
_ANSWERS = {"accepts": "accepted", "rejects": "rejected"}


@stage("proposals", needs=("tokens", "actors", "mentions", "statements", "positions"), gives=("proposals",))
def find_proposals(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Positions that were put as one proposal, and agreements of several sides, each with its terms."""
    found = stances_of(reading, knowledge)
    groups: dict[tuple[tuple[str, ...], int, bool], list[Held]] = {}
    for held in found.held:
        agreed = _agreed(found, held)
        if held.term or agreed:
            groups.setdefault((held.stance.parties, held.stance.anchor, agreed), []).append(held)
    proposals: list[Proposal] = []
    for (by, anchor, agreed), terms in sorted(groups.items(), key=lambda g: g[0][1]):
        ids = tuple(dict.fromkeys(i for held in terms for party in by if (i := _position(found, party, held))))
        if not ids:
            continue
        proposals.append(Proposal(
            id=f"r{len(proposals) + 1}", by=by, to=_addressees(found, terms, by),
            status="agreed" if agreed else _status(found, terms, by),
            terms=ids, until=_until(reading, found, terms), evidence=_evidence(reading, found, terms),
            confidence=round(min(h.stance.confidence for h in terms), 3),
            made_by=Provenance(stage="proposals", rule="agreed" if agreed else f"put: {found.syntax.lemma[anchor]}",
                               version=VERSION),
        ))  # fmt: skip
    return reading.with_layer(proposals=tuple(proposals))


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
    proposing = found.lexicon.words["proposals"] | found.lexicon.words["tabling"]
    for held in terms:
        for token in (*held.stance.path, held.stance.anchor):
            for child in syntax.children[token]:
                whom = child if syntax.dep[child] == "dative" and syntax.low[child] != "to" else None
                if (
                    syntax.low[child] == "to"
                    and syntax.dep[child] in ("prep", "dative")
                    and syntax.lemma[token] in proposing
                ):
                    whom = syntax.child(child, "pobj")
                if syntax.lemma[token] in ("offer", "propose", "ask", "urge", "call") and whom is None:
                    whom = syntax.child(token, "dobj") if syntax.child(token, "xcomp", "ccomp") else None
                parties += [p for p in (found.holders.of(whom) if whom is not None else ()) if p not in by]
    return tuple(dict.fromkeys(parties))


def _status(found: Found, terms: list[Held], by: tuple[str, ...]) -> str:
    """What became of it: the last answer of another party to a proposal on the same issue."""
    anchor = max(h.stance.anchor for h in terms)
    issues = {h.stance.issue for h in terms}
    status = "tabled"
    for other in sorted(found.held, key=lambda h: h.stance.anchor):
        stance = other.stance
        answers = " = " in stance.topic.words or any(
            found.syntax.lemma[t] in found.lexicon.words["proposals"] for t in stance.path[1:]
        )
        others = not set(stance.parties) & set(by) and (anchor in stance.path or stance.anchor > anchor)
        if answers and others and stance.issue in issues and stance.act in _ANSWERS:
            status = _ANSWERS[stance.act]
    return status


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
