"""Mentions of a contact by a verb: "met", "spoke by phone with", "hosted the premier"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.talks.clauses import OBJECTS, lemma_with_particle, reality, subject_of
from parley.reading.talks.contacts import Contact, status_of
from parley.reading.talks.words import TalksWords

if TYPE_CHECKING:
    from spacy.tokens import Token


def verb_contact(token: Token, words: TalksWords) -> Contact | None:
    """The contact that this verb reports ("met", "held talks" is the noun's), or ``None``."""
    entry = words.verbs.get(token.lemma_.lower()) or words.verbs.get(lemma_with_particle(token))
    if entry is None or not (token.pos_ == "VERB" or token.tag_.startswith("VB")):
        return None
    kind, frame = entry
    if token.dep_ == "amod" or not _frame_fits(token, frame, words):
        return None
    if frame == "speak":
        close = [t.lower_ for t in token.subtree]
        if not ({"phone", "telephone"} & set(close) or any(c.lower_ in ("with", "by") for c in token.children)):
            return None
        kind = "call" if {"phone", "telephone"} & set(close) else "meeting"
        if kind == "meeting" and token.lemma_ == "speak":
            return None
    if frame == "discuss":
        if _by_phone(token):
            kind = "call"
        elif not any(c.lower_ == "with" for c in _objects_and(token)):
            return None
    real = reality(token, words)
    status = status_of("hold", real)
    if status is None:
        return None
    contact = Contact(token.i, token.i, kind, f"verb:{token.lemma_.lower()}", status=status)
    if status == "ongoing" and token.tag_ in ("VBZ", "VBP"):
        contact.status = "held" if token.tag_ == "VBZ" else "scheduled"
    contact.act = "hold" if status != "proposed" else "weak" if _is_wish(token, words) else "propose"
    contact.generic = contact.act == "weak"
    contact.other = "after" if any(c.lower_ in ("again",) for c in token.children) else ""
    return contact


def _frame_fits(verb: Token, frame: str, words: TalksWords) -> bool:
    """Whether those about the verb can meet: no deadline is met, no crowd confers, and nobody is called a liar to talk."""
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    if frame == "object":
        return not any(c.lemma_.lower() in words.classes["met-things"] for c in objects)
    if frame == "host":
        return _has_object(verb) and any(c.ent_type_ == "PERSON" or c.tag_ == "NNP" for c in objects)
    if frame == "visit":
        return _has_object(verb)
    if frame == "arrive":
        return _leads_to_state(verb) and _can_meet(verb, words)
    if frame == "gather":
        return _can_meet(verb, words)
    if frame in ("see", "call"):
        others = ("oprd", "ccomp", "attr", "acomp", *(("xcomp", "advmod") if frame == "see" else ("prt",)))
        person = any(c.ent_type_ == "PERSON" or c.lemma_.lower() in words.classes["officials"] for c in objects)
        plain = len(objects) == 1 and not any(c.dep_ in others for c in verb.children)
        told = any(c.ent_type_ in ("DATE", "TIME") or c.dep_ in ("advcl", "npadvmod", "xcomp") for c in verb.subtree)
        as_such = any(c.lower_ in ("as", "for", "on") and c.dep_ == "prep" for c in verb.children)
        return bool(person and plain and not as_such and (frame == "see" or told))
    return True


def _can_meet(verb: Token, words: TalksWords) -> bool:
    """Whether the subject is a person, a party by name, or somebody who is sent to talk; troops and crowds only come."""
    subject = subject_of(verb)
    if subject is None:
        return bool(verb.dep_ != "ROOT")
    named = subject.ent_type_ == "PERSON" or subject.pos_ in ("PROPN", "PRON")
    return bool(named or subject.lemma_.lower() in words.classes["meeters"])


def _by_phone(verb: Token) -> bool:
    return bool({"phone", "telephone", "telephoned", "videoconference"}.intersection(t.lower_ for t in verb.subtree))


def _is_wish(token: Token, words: TalksWords) -> bool:
    """Whether a contact is only what somebody would do: "is prepared to meet", "wants to meet"."""
    return bool({token.head.lemma_.lower(), token.head.lower_} & words.classes["wishes"])


def _objects_and(verb: Token) -> list[Token]:
    """The words under a verb and under its object."""
    return [*verb.children, *(g for c in verb.children if c.dep_ in OBJECTS for g in c.children)]


def _leads_to_state(token: Token) -> bool:
    """Whether somebody goes to a town or state ("arrived in Orsk"), and nothing else is said of a contact there."""
    return any(c.lower_ in ("in", "to") and any(g.ent_type_ == "GPE" for g in c.children) for c in token.children)


def _has_object(token: Token) -> bool:
    return any(c.dep_ in ("dobj", "nsubjpass", "obj") for c in token.children) or token.dep_ == "acl"
