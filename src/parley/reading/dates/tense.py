"""Whether the clause that a date stands in tells of the past or of the future: what settles "on Tuesday" and "in May"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Sense = Literal["past", "future"]

_AHEAD = frozenset(
    {"due", "scheduled", "slated", "set", "planned", "expected", "proposed", "postponed", "tentatively", "upcoming",
     "forthcoming", "payable", "effective"}
)  # fmt: skip
"""Participles and adjectives under which a date lies ahead, whatever the tense ("was due on Friday" is left to the verb)."""
_ACHIEVED = frozenset(
    {"fail", "begin", "start", "continue", "manage", "refuse", "happen", "seem", "appear", "cease", "stop", "come", "go",
     "decline", "use", "help", "force"}
)  # fmt: skip
"""Verbs whose infinitive tells what was or was not done, not what is to come ("failed to agree on Tuesday")."""
_MODALS_AHEAD = frozenset(
    {"will", "shall", "'ll", "’ll", "wo", "would", "could", "may", "might", "can", "should", "must", "ca"}
)  # fmt: skip
_SAYING = frozenset({"say", "tell", "add", "report", "announce", "warn", "note", "state", "write", "claim"})
_LASTING = frozenset({"last", "continue", "hold", "stay", "remain", "run", "work", "serve"})


def sense_at(tokens: Doc, index: int) -> Sense | None:
    """The time of the clause that governs the token, or ``None`` where its grammar does not tell."""
    token, before = tokens[index], tokens[index - 1].lower_ if index else ""
    if before == "since":
        return "past"
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > index and not token.head.tag_.startswith("VB"):
        return None
    verb = _governor(token)
    if before in ("until", "till") and (verb is None or verb.lemma_ not in _LASTING):
        return "future"
    if verb is None:
        return None
    sense = "future" if verb.lower_ in _AHEAD else _sense_of(verb)
    if before == "by" and sense == "past" and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return "future"
    return sense


def _governor(token: Token) -> Token | None:
    """The nearest verb above a token, or a word such as "due" on the way to it."""
    for _ in range(12):
        head = token.head
        if head.i == token.i:
            return token if token.pos_ in ("VERB", "AUX") else None
        if head.lower_ in _AHEAD or head.tag_.startswith("VB"):
            return head
        if any(child.lower_ in _AHEAD and child.dep_ in ("amod", "acl") for child in head.children):
            return next(child for child in head.children if child.lower_ in _AHEAD)
        token = head
    return None


def _sense_of(verb: Token, depth: int = 0) -> Sense | None:
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    forms = {child.lower_ for child in helpers}
    if forms & _MODALS_AHEAD:
        return "future"
    if "to" in forms:
        above = verb.head
        return (
            "past" if above.lemma_ in _ACHIEVED and above.i != verb.i and _sense_of(above, depth + 1) == "past" else "future"
        )
    if any(child.lemma_ == "have" or child.tag_ == "VBD" for child in helpers) or verb.tag_ == "VBD":
        return "past"
    if verb.dep_ == "conj" and verb.head.i != verb.i and depth < 4 and not helpers:
        return _sense_of(verb.head, depth + 1)
    if verb.tag_ == "VBN":
        return "past"
    if verb.tag_ in ("VBZ", "VBP"):
        return "past" if verb.lemma_ in _SAYING else "future"
    if verb.tag_ == "VBG":
        if any(child.lemma_ == "be" for child in helpers):
            return "future"
        return _sense_of(verb.head, depth + 1) if verb.head.i != verb.i and depth < 4 else None
    return None
