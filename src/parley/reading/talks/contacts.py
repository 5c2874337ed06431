"""Mentions of a contact between parties: the nouns and verbs that report it, with what their clause tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parley.reading.talks.clauses import OBJECTS, Reality, above, is_verb, lemma_with_particle, reality
from parley.reading.talks.words import TalksWords
from parley.record import TalksKind, TalksLevel, TalksOutcome, TalksStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEFINITE = frozenset({"the", "this", "these", "that", "those", "such", "both", "their", "its", "his", "her", "our"})
_BESIDE = (
    "in",
    "at",
    "during",
    "after",
    "following",
    "since",
    "from",
    "before",
    "ahead",
    "for",
    "to",
    "into",
    "until",
    "with",
)


@dataclass
class Contact:
    """One mention of a contact. `token` is its noun or verb, `verb` the verb of its clause; the rest may be unknown."""

    token: int
    verb: int | None
    kind: TalksKind
    rule: str
    act: str = ""
    """What its clause does with it: a value of the table's acts."""
    status: TalksStatus | None = None
    definite: bool = False
    indefinite: bool = False
    other: str = ""
    """"before" or "after" where it is told apart from the contact spoken of ("the previous round", "another meeting")."""
    plural: bool = False
    generic: bool = False
    """Whether it names talks as such ("ready for talks"), not one contact that was or is to be."""
    internal: bool = False
    """Whether it is one organisation's own session, or one of allies alone ("a meeting of the Security Council")."""
    ordinal: int | None = None
    date: str | None = None
    report_date: str | None = None
    """The day on which somebody spoke right after the contact: its date where nothing better is known."""
    place: str | None = None
    venue_guess: str | None = None
    """A town or region named before the noun ("the Orsk talks"): where they are held, or what they are about."""
    soft: bool = False
    """Whether only an adjective tells the status ("the next talks")."""
    participants: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    level: TalksLevel | None = None
    outcome: TalksOutcome = "unknown"
    start: int = 0
    end: int = 0


def status_of(act: str, real: Reality) -> TalksStatus | None:
    """The status of a contact from what a clause does with it and how real the clause is."""
    if real == "not":
        return "proposed" if act in ("agree", "schedule") else None
    if act == "fail":
        return "collapsed" if real in ("done", "now") else None
    if act == "cancel":
        return "cancelled" if real in ("done", "now") else None
    if act == "postpone":
        return "scheduled" if real in ("done", "now", "sure") else None
    if act in ("propose", "weak"):
        return "proposed"
    act = "hold" if act == "travel" else act
    if act == "refuse":
        return "proposed" if real in ("done", "now") else None
    if act in ("schedule", "agree"):
        return "scheduled" if real in ("done", "now", "sure") else "proposed"
    if real == "maybe":
        return "proposed"
    if real == "sure":
        return "scheduled"
    if act in ("begin", "continue"):
        return "ongoing"
    if act in ("hold", "end", "fruitless"):
        return "ongoing" if real == "now" and act == "hold" else "held"
    return None


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
    contact.definite = bool(_DEFINITE.intersection(low)) or any(c.dep_ == "poss" for c in modifiers)
    contact.indefinite = bool({"a", "an"}.intersection(low)) and "such" not in low
    around = low + [c.lower_ for c in _part_heads(token, words) for c in c.children if c.i < token.i]
    contact.other = "after" if words.after.intersection(around) else "before" if words.before.intersection(around) else ""
    verb, act, real = _predicate(token, words)
    if "no" in around or any(t.lower_ == "no" for c in modifiers for t in c.subtree):
        real = "not"
    contact.verb = verb.i if verb is not None else None
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
    contact.plural = contact.plural or any(h.tag_ == "NNS" and h.lemma_ in words.nouns for h in _part_heads(token, words))
    return contact


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
    if lemma == "session":
        return any(b in words.nouns for b in beside)
    if lemma in ("visit", "trip"):
        return any(c.lower_ == "to" and any(g.pos_ == "PROPN" for g in c.children) for c in token.children)
    if lemma == "conference" or lemma == "forum":
        if any(c.lower_ in ("on", "for", "with", "about") and c.dep_ == "prep" for c in token.children) or "video" in beside:
            return True
        return bool(
            {"peace", "international", "donor", "donors", "reconciliation", "geneva", "national"}.intersection(beside)
        )
    if lemma in ("conversation", "dialogue", "dialog"):
        opened = token.dep_ == "dobj" and token.head.lemma_.lower() in ("open", "begin", "start", "hold", "resume", "launch")
        return opened or any(c.lower_ in ("with", "between", "among") for c in token.children) or bool(beside)
    return True


def _predicate(token: Token, words: TalksWords) -> tuple[Token | None, str, Reality]:
    """The verb that a contact noun belongs to, what it does with the contact, and how real that is."""
    at, forced = token, ""
    for _ in range(4):
        if at.dep_ == "pobj" and at.head.dep_ == "prep" and at.head.head.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
            head = at.head.head
            role = words.heads.get(head.lemma_.lower(), "")
            if at.head.lower_ in ("of", "for", "to", "in") and (role or head.lemma_.lower() in words.nouns):
                forced = role if role and role != "part" else forced
                at = head
                continue
        if at.dep_ in ("conj", "appos", "nmod") and at.head.pos_ in ("NOUN", "PROPN"):
            at = at.head
            continue
        break
    if at.dep_ == "pobj" and at.head.dep_ == "prep" and (role := words.heads.get(at.head.head.lemma_.lower(), "")) == "weak":
        return None, role, "maybe"
    if any(c.lower_ in ("after", "following") and c.dep_ in ("mark", "prep") for c in at.children):
        return above(at), "hold", "done"
    verb = at.head if is_verb(at.head) and at.dep_ != "ROOT" else None
    preposition = ""
    if verb is None and at.dep_ == "pobj":
        preposition = at.head.lower_
        verb = above(at)
    if verb is None:
        relative = next((c for c in at.children if c.dep_ in ("relcl", "acl") and is_verb(c)), None)
        return _of_modifier(relative, words) if relative is not None else (None, forced, "now")
    return _of_clause(token, at, verb, preposition, forced, words)


def _of_copula(verb: Token, words: TalksWords) -> str:
    """What "is under way", "was the first", "are possible", "was in May" tell of their subject."""
    for child in verb.children:
        if child.dep_ in ("acomp", "advmod", "prt") and (told := words.adjectives.get(child.lower_)):
            return told
        if child.dep_ == "prep":
            below = {g.lower_ for g in child.children}
            if child.lower_ in ("under", "in", "on") and below & {"way", "progress", "session", "track"}:
                return "continue"
            if child.lower_ == "on" and "hold" in below:
                return "fail"
    if any(c.dep_ == "attr" or (c.dep_ == "prep" and c.lower_ in ("in", "on", "at", "between")) for c in verb.children):
        return "hold"
    return ""


def _own_clause(token: Token, at: Token) -> Token | None:
    """The clause that a contact noun carries itself: "the talks which ended", "the round kicked off on Tuesday"."""
    own = next((c for n in (at, token) for c in n.children if c.dep_ in ("relcl", "acl") and is_verb(c)), None)
    if (
        own is None
        and token.i + 1 < token.sent.end
        and token.nbor(1).tag_ in ("VBD", "VBN")
        and token.nbor(1).dep_ == "advcl"
    ):
        return token.nbor(1)
    return own


def _due_verb(verb: Token) -> Token:
    """In "talks are due to resume", "is expected to start" the verb that tells of the talks is the second."""
    if verb.lemma_ == "be":
        for child in verb.children:
            if child.dep_ in ("acomp", "attr", "xcomp") and (
                inner := next((g for g in child.children if g.dep_ == "xcomp"), None)
            ):
                return inner
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and is_verb(c)), None)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return inner if inner is not None and passive and verb.lemma_ in ("expect", "schedule", "set", "plan", "slate") else verb


def _of_modifier(clause: Token, words: TalksWords) -> tuple[Token | None, str, Reality]:
    lemma = lemma_with_particle(clause)
    act = words.acts.get(lemma) or words.acts.get(clause.lemma_.lower()) or ""
    return clause, act, reality(clause)


def _of_clause(
    token: Token, at: Token, verb: Token, preposition: str, forced: str, words: TalksWords
) -> tuple[Token | None, str, Reality]:
    verb = _due_verb(verb)
    real = reality(verb)
    lemma = lemma_with_particle(verb)
    act = words.acts.get(lemma) or words.acts.get(verb.lemma_.lower()) or ""
    if preposition == "of" and at.head.head.lower_ == "ahead":
        preposition = "ahead"
    if act in ("fail", "cancel") and preposition not in ("", "from", "of", "out", "away"):
        act = ""
    inner = _own_clause(token, at)
    if inner is not None and act not in ("cancel", "fail", "postpone"):
        inner_act = words.acts.get(lemma_with_particle(inner), "")
        took_place = inner.lemma_ in ("take", "hold", "occur", "convene") and inner_act == "hold"
        if took_place or inner_act in ("begin", "end", "fail", "cancel", "schedule", "fruitless", "postpone"):
            return inner, inner_act, reality(inner)
    if preposition:
        if preposition in ("for", "to", "in", "at", "during") and (act == "travel" or verb.lemma_.lower() in words.verbs):
            return verb, "hold", real
        if preposition in ("after", "following", "since", "during", "at") and real in ("done", "now"):
            return verb, "hold", "done"
        if preposition in ("in", "during", "at") and verb.head.lemma_ == "fail":
            return verb, "fruitless", "done"
        if preposition in ("in", "during", "at") and real in ("done", "now") and at.head.i < verb.i and verb.tag_ != "VBN":
            return verb, "hold", "done"
        if preposition in ("ahead", "before", "until"):
            return verb, "schedule", "now"
        if preposition == "in" and verb.lemma_ == "be":
            return verb, "hold", real
        if verb.lemma_ == "be":
            return verb, "", real
    if verb.lemma_ == "be" and not preposition:
        act = _of_copula(verb, words)
        if act == "hold" and real == "now":
            act = ""
        if not act and preposition in ("for", "to", "into"):
            act = "propose" if preposition == "for" else "hold"
    if verb.dep_ in ("xcomp", "ccomp", "acl") and real == "maybe":
        outer = words.acts.get(verb.head.lemma_.lower(), "") or words.heads.get(verb.head.lemma_.lower(), "")
        if outer in ("refuse", "propose", "weak"):
            forced = outer
    if forced in ("propose", "weak", "refuse", "fail", "cancel", "schedule"):
        return verb, forced, "now" if forced not in ("propose", "weak") else "maybe"
    if forced in ("begin", "end") and act in ("", "hold", "propose", "schedule"):
        act = act if act in ("propose", "schedule") else forced
    return verb, act, real


def verb_contact(token: Token, words: TalksWords) -> Contact | None:
    """The contact that this verb reports ("met", "held talks" is the noun's), or ``None``."""
    entry = words.verbs.get(token.lemma_.lower()) or words.verbs.get(lemma_with_particle(token))
    if entry is None or not (token.pos_ == "VERB" or token.tag_.startswith("VB")):
        return None
    kind, frame = entry
    if frame == "speak":
        close = [t.lower_ for t in token.subtree]
        if not ({"phone", "telephone"} & set(close) or any(c.lower_ in ("with", "by") for c in token.children)):
            return None
        kind = "call" if {"phone", "telephone"} & set(close) else "meeting"
        if kind == "meeting" and token.lemma_ == "speak":
            return None
    if frame == "host" and not any(c.ent_type_ == "PERSON" or c.tag_ == "NNP" for c in token.children if c.dep_ in OBJECTS):
        return None
    if frame in ("host", "visit") and not _has_object(token):
        return None
    if frame == "discuss" and not any(c.dep_ == "prep" and c.lower_ == "with" for c in _objects_and(token)):
        return None
    if frame == "arrive" and not _leads_to_state(token):
        return None
    real = reality(token)
    status = status_of("hold", real)
    if status is None:
        return None
    contact = Contact(token.i, token.i, kind, f"verb:{token.lemma_.lower()}", status=status)
    if status == "ongoing" and token.tag_ in ("VBZ", "VBP"):
        contact.status = "held" if token.tag_ == "VBZ" else "scheduled"
    contact.act = "hold" if status != "proposed" else "weak" if _is_wish(token) else "propose"
    contact.generic = contact.act == "weak"
    contact.other = "after" if any(c.lower_ in ("again",) for c in token.children) else ""
    return contact


_WISHES = frozenset({"want", "ready", "prepared", "willing", "hope", "seek", "need", "like", "wish", "able", "eager"})


def _is_wish(token: Token) -> bool:
    """Whether a contact is only what somebody would do: "is prepared to meet", "wants to meet"."""
    return token.head.lemma_.lower() in _WISHES or token.head.lower_ in _WISHES


def _objects_and(verb: Token) -> list[Token]:
    """The words under a verb and under its object."""
    return [*verb.children, *(g for c in verb.children if c.dep_ in OBJECTS for g in c.children)]


def _leads_to_state(token: Token) -> bool:
    """Whether somebody goes to a town or state ("arrived in Orsk"), and nothing else is said of a contact there."""
    return any(c.lower_ in ("in", "to") and any(g.ent_type_ == "GPE" for g in c.children) for c in token.children)


def _has_object(token: Token) -> bool:
    return any(c.dep_ in ("dobj", "nsubjpass", "obj") for c in token.children) or token.dep_ == "acl"
