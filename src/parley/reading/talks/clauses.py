"""Whether a clause tells what was done, is being done, will be done or only might be: read off its verb."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

    from parley.reading.talks.words import TalksWords

Reality = Literal["done", "now", "sure", "maybe", "not"]
"""What happened, is happening, is settled for the future, is possible or wanted, did not happen."""

_SURE_MODALS = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_MODALS = frozenset({"would", "could", "may", "might", "can", "should", "must", "ca", "'d", "’d", "ought"})
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither"})
SUBJECTS = ("nsubj", "nsubjpass")
OBJECTS = ("dobj", "obj", "dative")


def is_verb(token: Token) -> bool:
    """Whether a token is a verb or an auxiliary that heads a clause."""
    return token.pos_ in ("VERB", "AUX")


def ancestors(token: Token, limit: int = 8) -> Iterator[Token]:
    """The heads above a token, the nearest first."""
    for _ in range(limit):
        if token.head.i == token.i:
            return
        token = token.head
        yield token


def above(token: Token) -> Token | None:
    """The nearest verb above a token."""
    return next((t for t in ancestors(token) if is_verb(t)), None)


def lemma_with_particle(verb: Token) -> str:
    """The lemma with its particle: "break off", "take place"."""
    particle = next((c for c in verb.children if c.dep_ == "prt" or _goes_with(verb, c)), None)
    return f"{verb.lemma_.lower()} {particle.lower_}" if particle is not None else verb.lemma_.lower()


def act_of(verb: Token, words: TalksWords) -> str:
    """What a verb does with a contact, by the table's acts; "" where it has none."""
    return words.acts.get(lemma_with_particle(verb)) or words.acts.get(verb.lemma_.lower(), "")


_PARTICLES = frozenset(("out", "off", "down", "away", "apart", "back", "short", "up", "ahead", "through"))


def _goes_with(verb: Token, child: Token) -> bool:
    if verb.lemma_ == "take":
        return child.lower_ in ("place", "part")
    return child.i == verb.i + 1 and child.lower_ in _PARTICLES and child.dep_ in ("prep", "advmod", "acomp")


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, or that of the verb that it is joined to or governed by."""
    seen = 0
    if verb.dep_ == "dep" and verb.head.lower_ == "co":  # "co-chair", cut in three
        verb = verb.head
    while seen < 5:
        own = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        if own is not None and own.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
            return verb.head
        if own is not None:
            return own
        if verb.dep_ in ("relcl", "acl"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "advcl", "ccomp", "pcomp") or verb.head.i == verb.i:
            return None
        following = verb.head
        if following.pos_ == "ADJ" and is_verb(following.head):
            following = following.head
        if verb.dep_ == "xcomp":
            objects = [c for c in following.children if c.dep_ in OBJECTS]
            if objects:
                return objects[0]
        verb = above(verb) if verb.dep_ == "pcomp" else following
        if verb is None or not is_verb(verb):
            return None
        seen += 1
    return None


def reality(verb: Token, words: TalksWords, depth: int = 0) -> Reality:
    """What the clause of this verb claims of it."""
    children = list(verb.children)
    helpers = {c.lower_ for c in children if c.dep_ in ("aux", "auxpass")}
    if any(c.dep_ == "neg" or c.lower_ in _NOT for c in children):
        return "not"
    marks = {c.lower_ for c in children if c.dep_ == "mark"}
    when = {c.lower_ for c in children if c.dep_ == "advmod"}
    if helpers & _SURE_MODALS:
        return "sure"
    if "would" in helpers and verb.dep_ == "ccomp" and verb.head.tag_ == "VBD" and not marks:
        return "sure"
    if helpers & _MODALS or marks & {"if", "unless", "until", "whether"}:
        return "maybe"
    if "to" in helpers or (verb.tag_ == "VB" and verb.dep_ in ("xcomp", "ccomp", "acl", "advcl")):
        return _of_infinitive(verb, words, depth)
    if verb.dep_ == "conj" and not helpers and is_verb(verb.head) and depth < 4 and not _own_tense(verb):
        return reality(verb.head, words, depth + 1)
    if verb.tag_ == "VBG":
        return _of_gerund(verb, children, words, depth)
    have = any(c.lemma_ == "have" for c in children if c.dep_ == "aux")
    be_now = any(c.dep_ == "auxpass" and c.tag_ in ("VBZ", "VBP") for c in children)
    if verb.tag_ in ("VBD", "VBN") and be_now and not have:
        return "now"
    if verb.tag_ in ("VBD", "VBN"):
        return "done"
    return "maybe" if "until" in when else "now"


def _own_tense(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP")


def _of_infinitive(verb: Token, words: TalksWords, depth: int) -> Reality:
    head = verb.head
    if head.i == verb.i or depth > 4:
        return "maybe"
    lemma = head.lemma_.lower()
    if not is_verb(head) and head.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "attr"):
        return "maybe"
    outer = reality(head, words, depth + 1) if is_verb(head) else None
    if lemma in words.classes["failed"]:
        return "not"
    if lemma in words.classes["carried-out"] or lemma in words.classes["travel"]:
        return outer or "maybe"
    settled = words.classes["settled"]
    if lemma in settled or head.lower_ in settled:
        return "maybe" if outer in ("maybe", "not") else "sure"
    if lemma == "be" and head.tag_ in ("VBZ", "VBP", "VBD"):
        due = any(c.lower_ in settled or c.lemma_ in settled for c in head.children)
        ready = any(c.dep_ == "acomp" for c in head.children)
        return "sure" if due or not ready else "maybe"
    return "maybe"


def _of_gerund(verb: Token, children: list[Token], words: TalksWords, depth: int) -> Reality:
    be = next((c for c in children if c.dep_ == "aux" and c.lemma_ == "be"), None)
    if be is not None:
        going = verb.lemma_ == "go"
        return "sure" if going else "now" if be.tag_ in ("VBZ", "VBP", "VBG", "VBN") else "done"
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("toward", "towards", "for", "about", "on"):
        return "maybe"
    if verb.dep_ == "pcomp" and verb.head.lower_ in ("after", "following", "since", "by", "during"):
        return "done"
    outer = above(verb)
    while outer is not None and verb.dep_ == "advcl" and outer.dep_ == "xcomp" and is_verb(outer.head):
        outer = outer.head  # "failed to come, forcing them ...": what it led to was, though nobody came
    return reality(outer, words, depth + 1) if outer is not None and depth < 4 else "now"
