"""Talks: every distinct contact between parties that the text speaks of, past, present or to come."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.talks.by_noun import noun_contact
from parley.reading.talks.by_verb import verb_contact
from parley.reading.talks.circumstances import find_circumstances
from parley.reading.talks.clauses import SUBJECTS, ancestors
from parley.reading.talks.contacts import Contact
from parley.reading.talks.merging import (
    Entry,
    clarity,
    clearest_parties,
    fill_from_sides,
    fill_participants,
    merged,
    worth_keeping,
)
from parley.reading.talks.scene import Scene
from parley.reading.talks.sides import sides_of
from parley.reading.talks.words import TalksWords, talks_words
from parley.record import Provenance, Talks

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"


@stage("talks", needs=("tokens", "paragraphs", "actors", "mentions", "dates"), gives=("talks",))
def find_talks(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Find the mentions of contacts, join those of one contact, and keep what is more than a wish for talks."""
    words = talks_words(knowledge)
    states = _states_by_capital(knowledge)
    scene = Scene(reading, words, states)
    entries = merged(find_contacts(scene), states)
    fill_participants(entries)
    entries = [e for e in entries if worth_keeping(e)]
    if any(len(e.participants) < 2 or e.unnamed for e in entries):
        helpers = frozenset(m for e in entries for m in e.mediators)
        told = clearest_parties([e for e in entries if not e.unnamed], pairs=True)
        fill_from_sides(entries, told or sides_of(scene, helpers))
    entries.sort(key=lambda e: _evidence(e).start)
    return reading.with_layer(talks=tuple(_talks(f"t{n}", entry, reading) for n, entry in enumerate(entries, 1)))


@lru_cache(maxsize=4)
def _states_by_capital(knowledge: Knowledge) -> dict[str, str]:
    return {town: state.name for state in knowledge.states for town in state.capitals}


def find_contacts(scene: Scene) -> list[Contact]:
    """The mentions of contacts in text order, with their circumstances; headlines are not read."""
    reading, words, found = scene.reading, scene.words, list[Contact]()
    verbs = {verb.split()[0] for verb in words.verbs}
    for token in reading.tokens[reading.body_token :]:
        lemma = token.lemma_.lower()
        contact = None
        if lemma in words.nouns or token.lower_ in words.nouns:
            contact = noun_contact(token, words)
        if contact is None and lemma in verbs:
            contact = verb_contact(token, words)
        if contact is not None:
            find_circumstances(contact, scene)
            if not _absorbed(contact, found, reading):
                found.append(contact)
    _outcomes_told_after(found, reading, words)
    return found


def _outcomes_told_after(found: list[Contact], reading: Reading, words: TalksWords) -> None:
    """Read the outcome from the sentence after a contact, where it is about the two sides: "They exchanged drafts"."""
    for contact, following in zip(found, [*found[1:], None], strict=False):
        sentence = reading.tokens[contact.token].sent
        if sentence.end >= len(reading.tokens) or contact.status not in ("held", "collapsed", "ongoing"):
            continue
        after = reading.tokens[sentence.end].sent
        if following is not None and following.token < after.end:
            continue
        subject = next((t for t in after if t.dep_ in SUBJECTS and t.head.dep_ == "ROOT"), None)
        mention = reading.mentions.at(subject.i) if subject is not None else None
        if subject is None or not (
            subject.lemma_.lower() in words.classes["both"] or (mention is not None and len(mention.actors) > 1)
        ):
            continue
        told = next((o for o, pattern in words.outcomes if pattern.search(after.text.lower())), None)
        if told == "exchange-of-proposals" or (told and contact.outcome == "unknown"):
            contact.outcome = told


def _absorbed(contact: Contact, found: list[Contact], reading: Reading) -> bool:
    """Join "talks" to "met" in "they met for talks": the verb and the noun of one clause are one mention."""
    token = reading.tokens[contact.token]
    before = found[-1] if found else None
    if (
        before is not None
        and before.rule == "noun:round"
        and contact.verb == before.verb
        and contact.token - before.token < 14
    ):
        between = reading.tokens[before.token + 1 : contact.token]
        if contact.rule != "noun:round" and not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in between):
            _join(before, contact)
            before.internal = False
            return True
    renamed = {h.head.i for h in [token, *ancestors(token, 4)] if h.dep_ == "appos"}
    for other in found[-3:]:
        if other.token in renamed:
            _join(other, contact)
            return True
        if contact.verb == other.token and other.rule == "verb:discuss" and token.dep_ == "dobj":
            return True  # "discussed the talks": what they spoke of, not what they held
        if contact.verb == other.token and other.rule.startswith("verb") and token.dep_ in ("pobj", "dobj"):
            if token.dep_ == "pobj" and token.head.head.lemma_.lower() == "sideline":
                other.date, other.place = other.date or contact.date, other.place or contact.place
                return True
            if token.dep_ == "pobj" and token.head.lower_ not in ("for", "in", "at", "during", "on"):
                continue
            _join(other, contact)
            other.kind = contact.kind
            return True
    return False


def _join(into: Contact, contact: Contact) -> None:
    for name in ("date", "place", "ordinal", "level", "other", "report_date", "venue_guess"):
        setattr(into, name, getattr(into, name) or getattr(contact, name))
    into.mediators = tuple(dict.fromkeys(into.mediators + contact.mediators))
    joined = dict.fromkeys(into.participants + contact.participants)
    into.participants = tuple(p for p in joined if p not in into.mediators)
    into.outcome = contact.outcome if into.outcome == "unknown" else into.outcome


def _evidence(entry: Entry) -> Contact:
    return max(entry.contacts, key=lambda c: (clarity(c), -c.start))


def _talks(id: str, entry: Entry, reading: Reading) -> Talks:
    evidence = _evidence(entry)
    outcomes = [c.outcome for c in sorted(entry.contacts, key=clarity, reverse=True) if c.outcome != "unknown"]
    outcomes.sort(key=lambda outcome: outcome != "exchange-of-proposals")
    status = entry.status or "held"
    return Talks(
        id=id, kind=entry.kind, status=status, date=entry.date, place=entry.place, ordinal=entry.first("ordinal"),
        level=entry.first("level"), participants=entry.participants, mediators=entry.mediators,
        outcome=outcomes[0] if outcomes and status not in ("scheduled", "proposed", "cancelled") else "unknown",
        evidence=reading.document.span(evidence.start, evidence.end),
        confidence=round(min(0.95, 0.4 + 0.1 * clarity(evidence)), 2) if clarity(evidence) > 0 else 0.3,
        made_by=Provenance(stage="talks", rule=evidence.rule, version=VERSION),
    )  # fmt: skip
