"""Mentions of a contact by a noun: "talks", "a second round of negotiations", "the summit", "a phone call with Bo"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.talks.contacts import Contact, status_of
from parley.reading.talks.predicates import predicate
from parley.reading.talks.words import TalksWords
from parley.record import TalksKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "these", "that", "those", "such", "both", "their", "its", "his", "her", "our"})


def noun_contact(token: Token, words: TalksWords) -> Contact | None:
    """The contact that this noun names, or ``None`` where it is used in another sense."""
    lemma = token.lemma_.lower()
    kind = words.nouns.get(lemma) or words.nouns.get(token.lower_)
    nominal = token.pos_ in ("NOUN", "PROPN") or token.lower_ == "talks"
    if kind is None or not nominal or not _is_contact_noun(token, lemma, kind, words):
        return None
    if lemma in ("call", "conversation") or (lemma == "conference" and token.i and token.nbor(-1).lower_ == "video"):
        kind = "call"
    modifiers = [c for c in token.children if c.i < token.i]
    low = [c.lower_ for c in modifiers]
    contact = Contact(token.i, None, kind, f"noun:{lemma}", plural=token.tag_ in ("NNS", "NNPS") and lemma not in
                      ("talk", "talks", "negotiation", "discussion", "consultation"))  # fmt: skip
    contact.weak = lemma in words.classes["weak-nouns"] and not (words.before | words.after).intersection(low)
    contact.definite = bool(_DEFINITE.intersection(low)) or any(c.dep_ == "poss" for c in modifiers)
    contact.indefinite = bool({"a", "an"}.intersection(low)) and "such" not in low
    heads = _part_heads(token, words)
    around = low + [c.lower_ for head in heads for c in head.children if c.i < token.i]
    contact.other = "after" if words.after.intersection(around) else "before" if words.before.intersection(around) else ""
    verb, act, real = predicate(token, words)
    if "no" in around or any(t.lower_ == "no" for c in modifiers for t in c.subtree):
        real = "not"
    if verb is not None and _is_condition(verb):
        return None
    contact.verb = verb.i if verb is not None else None
    if lemma == "table" and (act not in words.classes["table-acts"] or real not in ("done", "now")):
        return None
    if lemma == "table" and verb is not None and verb.lemma_ in ("return", "come"):
        act = "begin"
    by_adjective = next((words.adjectives[m] for m in around if m in words.adjectives), "")
    contact.act = act
    contact.status = status_of(act, real) if act else None
    contact.soft = contact.definite and act in ("hold", "continue", "end") and real in ("sure", "maybe")
    if act == "schedule" and real == "done" and contact.definite:
        contact.status = None
    if by_adjective in ("fruitless", "hold") and contact.status in (None, "ongoing"):
        contact.status = "held"
    elif by_adjective in ("schedule", "propose") and contact.status in (None, "held", "ongoing"):
        contact.soft = contact.soft or contact.status is None
        contact.status = "scheduled" if by_adjective == "schedule" else "proposed"
    elif by_adjective == "continue" and contact.status is None:
        contact.status = "ongoing"
    elif by_adjective in ("fail", "cancel"):
        contact.status = "collapsed" if by_adjective == "fail" else "cancelled"
    if by_adjective == "fruitless" or act in ("fruitless", "fail"):
        contact.outcome = "no-agreement"
    contact.generic = act in ("weak", "refuse", "") and not contact.definite
    contact.plural = contact.plural or any(h.tag_ == "NNS" and h.lemma_ in words.nouns for h in heads)
    return contact


def _is_condition(verb: Token) -> bool:
    """Whether the clause names talks only as what depends on something: "before formal talks can restart"."""
    marked = any(c.dep_ == "mark" and c.lower_ in ("before", "until", "unless") for c in verb.children)
    return marked and any(c.dep_ == "aux" and c.lower_ in ("can", "could", "may", "might") for c in verb.children)


def _between_parties(token: Token, lemma: str, beside: list[str], words: TalksWords) -> bool:
    """Whether a noun that may be one side's own affair can be a contact: "a session", "contacts", "the signing ceremony"."""
    if words.classes["one-sided"].intersection(beside):
        return False
    together = any(c.lower_ in ("with", "between", "among", "involving") for c in token.children)
    if lemma == "contact":
        told = any(b in words.adjectives or b in words.contact_kinds for b in beside)
        return token.tag_ == "NNS" and (together or told)
    if lemma in words.classes["meals"]:
        return together
    if lemma in ("ceremony", "exchange"):
        return "signing" in beside or together
    return lemma != "signing" or any(c.lower_ in ("of", "with") for c in token.children)


def _part_heads(token: Token, words: TalksWords) -> list[Token]:
    """The nouns over a contact that name a part of it: "the second round of talks", "two days of negotiations"."""
    found, at = [], token
    while at.dep_ == "pobj" and at.head.lower_ == "of" and at.head.head.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        at = at.head.head
        if words.heads.get(at.lemma_.lower()) != "part" and at.lemma_.lower() not in words.nouns:
            break
        found.append(at)
    return found


def _is_contact_noun(token: Token, lemma: str, kind: TalksKind, words: TalksWords) -> bool:
    beside = [c.lower_ for c in token.children if c.dep_ in ("compound", "amod", "nmod")]
    before = token.nbor(-1).lower_ if token.i else ""
    if words.other_senses.intersection(beside) or before in words.other_senses:
        return False
    if token.dep_ in ("compound", "nmod") and token.head.i > token.i:
        return False
    below = [g.lemma_.lower() for c in token.children if c.lower_ == "of" for g in c.children]
    if lemma in ("talk", "talks") and (token.tag_ not in ("NNS", "NNPS") and token.lower_ != "talks"):
        return False
    if any(b in words.nouns for b in below):
        return False
    if lemma == "table":
        return bool(words.classes["tables"].intersection(beside))
    if lemma == "round":
        return not below or any(g.pos_ == "PROPN" for c in token.children if c.lower_ == "of" for g in c.children)
    if lemma == "meet" and token.pos_ != "NOUN":
        return False
    if lemma == "call":
        with_phone = bool({"phone", "telephone", "video", "conference"}.intersection(beside)) or before in (
            "phone",
            "telephone",
        )
        return with_phone or any(c.lower_ in ("with", "between") for c in token.children)
    if lemma in ("negotiation", "discussion", "consultation") and token.tag_ == "NN":
        return any(c.lower_ in ("with", "between", "among") for c in token.children)
    if lemma in words.classes["weak-nouns"]:
        return _between_parties(token, lemma, beside, words)
    if lemma in ("visit", "trip"):
        return any(c.lower_ == "to" and any(g.pos_ == "PROPN" for g in c.children) for c in token.children)
    if lemma == "conference" or lemma == "forum":
        if any(c.lower_ in ("on", "for", "with", "about") and c.dep_ == "prep" for c in token.children) or "video" in beside:
            return True
        if any(c.lower_ == "in" and any(g.ent_type_ == "GPE" for g in c.children) for c in token.children):
            return True
        return bool(
            {"peace", "international", "donor", "donors", "reconciliation", "geneva", "national"}.intersection(beside)
        )
    if lemma in ("conversation", "dialogue", "dialog"):
        opened = token.dep_ == "dobj" and token.head.lemma_.lower() in words.classes["opened"]
        return opened or any(c.lower_ in ("with", "between", "among") for c in token.children) or bool(beside)
    return True
