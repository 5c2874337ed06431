"""Talks: every distinct contact between parties that the text speaks of, past, present or to come."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.pipeline import stage
from parley.reading.talks.circumstances import Scene, find_circumstances
from parley.reading.talks.clauses import ancestors
from parley.reading.talks.contacts import Contact, noun_contact, verb_contact
from parley.reading.talks.merging import Entry, clarity, fill_participants, merged, worth_keeping
from parley.reading.talks.words import TalksWords, talks_words
from parley.record import Provenance, Talks

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

VERSION = "1"


@stage("talks", needs=("tokens", "paragraphs", "actors", "mentions", "dates"), gives=("talks",))
def find_talks(reading: Reading, knowledge: Knowledge, models: Models) -> Reading:
    """Find the mentions of contacts, join those of one contact, and keep the contacts that are more than a wish for talks."""
    words = talks_words(knowledge)
    states = _states_by_capital(knowledge)
    contacts = find_contacts(reading, words, frozenset(states))
    entries = merged(contacts, states)
    fill_participants(entries)
    entries = [e for e in entries if worth_keeping(e)]
    entries.sort(key=lambda e: _evidence(e).start)
    return reading.with_layer(talks=tuple(_talks(f"t{n}", entry, reading) for n, entry in enumerate(entries, 1)))


@lru_cache(maxsize=4)
def _states_by_capital(knowledge: Knowledge) -> dict[str, str]:
    return {town: state.name for state in knowledge.states for town in state.capitals}


def find_contacts(reading: Reading, words: TalksWords, towns: frozenset[str]) -> list[Contact]:
    """The mentions of contacts in text order, with their circumstances; headlines are not read."""
    scene, found = Scene(reading, words, towns), list[Contact]()
    for token in reading.tokens[_after_headline(reading) :]:
        lemma = token.lemma_.lower()
        contact = None
        if lemma in words.nouns or token.lower_ in words.nouns:
            contact = noun_contact(token, words)
        if contact is None and token.tag_.startswith("VB"):
            contact = verb_contact(token, words)
        if contact is not None:
            find_circumstances(contact, scene)
            if not _absorbed(contact, found, reading):
                found.append(contact)
    return found


def _absorbed(contact: Contact, found: list[Contact], reading: Reading) -> bool:
    """Join "talks" to "met" in "they met for talks": the verb and the noun of one clause are one mention."""
    token = reading.tokens[contact.token]
    renamed = {h.head.i for h in [token, *ancestors(token, 4)] if h.dep_ == "appos"}
    for other in found[-3:]:
        if other.token in renamed:
            _join(other, contact)
            return True
        if contact.verb == other.token and other.rule.startswith("verb") and token.dep_ in ("pobj", "dobj"):
            if token.dep_ == "pobj" and token.head.lower_ not in ("for", "in", "at", "during", "on"):
                continue
            _join(other, contact)
            other.kind = contact.kind
            return True
    return False


def _join(into: Contact, contact: Contact) -> None:
    for name in ("date", "place", "ordinal", "level", "other", "report_date"):
        setattr(into, name, getattr(into, name) or getattr(contact, name))
    into.mediators = tuple(dict.fromkeys(into.mediators + contact.mediators))
    joined = dict.fromkeys(into.participants + contact.participants)
    into.participants = tuple(p for p in joined if p not in into.mediators)
    into.outcome = contact.outcome if into.outcome == "unknown" else into.outcome


def _after_headline(reading: Reading) -> int:
    """The first token after the headline: a first paragraph that does not end like a sentence."""
    paragraphs = reading.paragraphs
    if len(paragraphs) < 2 or reading.text[paragraphs[0].start : paragraphs[0].end].rstrip("\"'”’»)").endswith(
        (".", "!", "?", "…")
    ):
        return 0
    return paragraphs[0].last


def _evidence(entry: Entry) -> Contact:
    return max(entry.contacts, key=lambda c: (clarity(c), -c.start))


def _talks(id: str, entry: Entry, reading: Reading) -> Talks:
    evidence = _evidence(entry)
    outcomes = [c.outcome for c in entry.contacts if c.outcome != "unknown"]
    status = entry.status or "held"
    return Talks(
        id=id, kind=entry.kind, status=status, date=entry.date, place=entry.place, ordinal=entry.first("ordinal"),
        level=entry.first("level"), participants=entry.participants, mediators=entry.mediators,
        outcome=outcomes[0] if outcomes and status not in ("scheduled", "proposed", "cancelled") else "unknown",
        evidence=reading.document.span(evidence.start, evidence.end),
        confidence=round(min(0.95, 0.4 + 0.1 * clarity(evidence)), 2) if clarity(evidence) > 0 else 0.3,
        made_by=Provenance(stage="talks", rule=evidence.rule, version=VERSION),
    )  # fmt: skip
