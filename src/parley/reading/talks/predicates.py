"""What a clause does with a contact that a noun names: begins, holds, plans, cancels it; and how real that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.talks.clauses import SUBJECTS, Reality, above, act_of, is_verb, lemma_with_particle, reality
from parley.reading.talks.words import TalksWords

if TYPE_CHECKING:
    from spacy.tokens import Token


def predicate(token: Token, words: TalksWords) -> tuple[Token | None, str, Reality]:
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
        return (None, forced, "now") if relative is None else (relative, act_of(relative, words), reality(relative, words))
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
            if child.dep_ == "xcomp" and child.tag_ in ("VB", "VBN") and any(g.lower_ == "to" for g in child.children):
                return child  # "is to be held"
    inner = next((c for c in verb.children if c.dep_ == "xcomp" and is_verb(c)), None)
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    return inner if inner is not None and passive and verb.lemma_ in ("expect", "schedule", "set", "plan", "slate") else verb


def _broken_by(at: Token, verb: Token, words: TalksWords) -> Token | None:
    """The verb that undoes what the first planned of the same contact: "planned for May has been cancelled"."""
    if at.dep_ not in SUBJECTS:
        return None
    joined = (c for c in verb.children if c.dep_ == "conj" and is_verb(c) and c.i > verb.i)
    return next((c for c in joined if act_of(c, words) in ("cancel", "fail", "postpone", "fruitless")
                 and not any(g.dep_ in SUBJECTS for g in c.children)), None)  # fmt: skip


def _lasts(verb: Token, noun: Token) -> bool:
    """Whether talks have gone on until now: "have been in talks since May"."""
    perfect = verb.tag_ == "VBN" and any(c.lemma_ == "have" for c in verb.children if c.dep_ == "aux")
    near = [*verb.children, *noun.children]
    return perfect and any(c.lower_ == "since" or (c.lower_ == "for" and c.dep_ == "prep" and c.i > noun.i) for c in near)


def _of_clause(
    token: Token, at: Token, verb: Token, preposition: str, forced: str, words: TalksWords
) -> tuple[Token | None, str, Reality]:
    verb = _broken_by(at, verb, words) or _due_verb(verb)
    real = reality(verb, words)
    act = act_of(verb, words)
    if preposition == "of" and at.head.head.lower_ == "ahead":
        preposition = "ahead"
    if act in ("fail", "cancel") and preposition not in ("", "from", "of", "out", "away"):
        act = ""
    inner = _own_clause(token, at)
    if inner is not None and act not in ("cancel", "fail", "postpone"):
        inner_act = words.acts.get(lemma_with_particle(inner), "")
        took_place = inner.lemma_ in ("take", "hold", "occur", "convene") and inner_act == "hold"
        if took_place or inner_act in ("begin", "end", "fail", "cancel", "schedule", "fruitless", "postpone"):
            return inner, inner_act, reality(inner, words)
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
            return (verb, "continue", "now") if _lasts(verb, token) else (verb, "hold", real)
        if verb.lemma_ == "be":
            return verb, "", real
    if verb.lemma_ == "be" and not preposition:
        act = _of_copula(verb, words)
        if act == "hold" and real == "now":
            act = ""
    if verb.dep_ in ("xcomp", "ccomp", "acl") and real == "maybe":
        outer = words.acts.get(verb.head.lemma_.lower(), "") or words.heads.get(verb.head.lemma_.lower(), "")
        if outer in ("refuse", "propose", "weak"):
            forced = outer
    if forced in ("propose", "weak", "refuse", "fail", "cancel", "schedule"):
        return verb, forced, "now" if forced not in ("propose", "weak") else "maybe"
    if forced in ("begin", "end") and act in ("", "hold", "propose", "schedule"):
        act = act if act in ("propose", "schedule") else forced
    return verb, act, real
