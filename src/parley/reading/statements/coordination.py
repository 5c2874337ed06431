"""Attributions that hold two: "said the talks went on and accused Bo of delay" is a saying and an accusation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.cues import SUBJECTS, VERBS, CueWords, negated, says
from parley.reading.statements.found import Found, Place, overlap, place_of, trimmed, words_in

if TYPE_CHECKING:
    from spacy.tokens import Token

_CONDITIONS = frozenset({"if", "unless", "until", "once"})


def divided(reading: Reading, found: list[Found], known: CueWords) -> list[Found]:
    """The same, an attribution into which a second verb of its source was drawn being two, or losing that verb's clause."""
    cues = [f.cue for f in found if f.cue]
    parts: list[Found] = []
    for each in found:
        joined = _joined_verb(reading, each, known)
        parts += [each] if joined is None else _around(reading, each, joined, known, cues)
    return parts


def _joined_verb(reading: Reading, found: Found, known: CueWords) -> Token | None:
    """The first verb inside the last piece of the content that the parse joins to the cue, with the cue's own subject."""
    if found.cue is None or found.rule != "tagger":
        return None
    first, last = reading.tokens_between(*found.cue)
    verbs = {t.i: t for t in reading.tokens[first:last] if t.pos_ in VERBS}
    begin, end = reading.tokens_between(*found.content[-1])
    for token in reading.tokens[begin + 1 : end]:
        if token.dep_ != "conj" or token.pos_ not in VERBS or any(c.dep_ in SUBJECTS for c in token.children):
            continue
        if token.head.i in verbs and token.head.i < begin and _of_source(token, verbs[token.head.i], begin, known):
            return token
        cue = next((verbs[h.i] for h in token.ancestors if h.i in verbs and h.i < begin), None)
        if cue is not None and token.tag_ == cue.tag_ and _beyond_clause(reading, token, cue, known):
            return token
    return None


def _beyond_clause(reading: Reading, verb: Token, cue: Token, known: CueWords) -> bool:
    """Whether the parse joined a verb of the source's to what is said: to a clause in which it cannot stand.

    It cannot where that clause has a modal ("said she would go and left"), nor where it speaks and the clause's subject is a
    thing ("said the plan was dead and threatened ...").
    """
    clause = next((h for h in verb.ancestors if h.dep_ == "ccomp" and h.head.i == cue.i), None)
    if clause is None:
        return False
    if _goes_on_condition(verb, clause):
        return False
    if verb.head.i == clause.i and verb.tag_ == "VBD" and any(c.tag_ == "MD" for c in clause.lefts):
        return True
    subject = next((c for c in clause.children if c.dep_ in SUBJECTS), None)
    if subject is None or not says(verb, known) or not reading.mentions.all:
        return False
    thing = subject.pos_ == "NOUN" or subject.lower_ in ("it", "this", "that", "there")
    return thing and reading.mentions.headed_by(subject.i) is None


def _goes_on_condition(verb: Token, clause: Token) -> bool:
    """Whether the verb is a further condition of what is said ("would sign only if the army left, disarmed and paid")."""
    conditions = (c for c in clause.rights if c.dep_ == "advcl" and c.i < verb.i and c.tag_ == verb.tag_)
    return any(m.dep_ == "mark" and m.lower_ in _CONDITIONS for c in conditions for m in c.lefts)


def _of_source(verb: Token, cue: Token, begin: int, known: CueWords) -> bool:
    """Whether it is the source that does this: it says something too, or what is said stands in another tense."""
    if verb.tag_ != cue.tag_:
        return False
    said = known.at(verb.doc, verb.i)
    if said is not None and said.needs != "never":
        return True
    clause = next((c for c in cue.children if c.dep_ in ("ccomp", "xcomp") and begin <= c.i < verb.i), None)
    return clause is not None and clause.tag_ != verb.tag_


def _around(reading: Reading, found: Found, verb: Token, known: CueWords, cues: list[Place]) -> list[Found]:
    """What stands before the joined verb, and what that verb reports, if it does."""
    start, end = found.content[-1]
    before = verb
    while before.i > 0 and before.idx > start and (before.i == verb.i or before.pos_ in ("CCONJ", "ADV", "AUX", "PUNCT")):
        before = before.nbor(-1)
    kept = trimmed(reading.text, (start, before.idx + len(before)))
    if words_in(reading.text, kept) == 0:
        return [found]
    first = found.at([*found.content[:-1], kept])
    cue = place_of(verb)
    rest = trimmed(reading.text, (cue[1], end))
    said = known.at(verb.doc, verb.i)
    if said is None or said.needs == "never" or negated(verb) or words_in(reading.text, rest) < 2 or overlap([cue], cues):
        return [first]
    return [first, replace(found, content=(rest,), cue=cue, attribution=-1)]
