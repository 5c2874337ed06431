"""Claims that the parse shows: a verb of saying with its clause, where the tagger, which is flat, has nothing.

It finds the claim within a claim ("Ana said that Bo had promised her to come"), and a plain clause that was missed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.cues import SUBJECTS, VERBS, CueWords, negated
from parley.reading.statements.found import Found, Place, overlap, place_of, trimmed

if TYPE_CHECKING:
    from spacy.tokens import Token

    from parley.models.quotation_marks import Quotation

_HANGING = ("conj", "xcomp", "advcl", "ccomp", "pcomp")
_WITH_INFINITIVE = ("promise", "threaten", "reject", "offer", "demand", "claim", "ask", "call-for")
_MAY = frozenset({"can", "could", "may", "might"})
_RELATIVE = frozenset({"who", "which", "that"})
_EMPTY = frozenset(["it", "there", "this", "that", "what", "which"])


def clauses_of(reading: Reading, found: list[Found], known: CueWords, marks: tuple[Quotation, ...]) -> list[Found]:
    """Statements by the parse that the found ones lack, in text order."""
    cues = [f.cue for f in found if f.cue]
    added = []
    for token in reading.tokens:
        if token.pos_ not in VERBS or overlap([place_of(token)], cues):
            continue
        cue = known.at(reading.tokens, token.i)
        if cue is None or cue.needs == "never" or negated(token):
            continue
        if token.lemma_ in known.classes["showing"] or token.lemma_ in known.classes["wishing"]:
            continue
        source, content = subject_of(token, known), _clause(reading, token, cue.act)
        if source is None or content is None or _told(content, found):
            continue
        if cue.act == "believe" and token.lemma_ not in ("believe", "think", "hope", "fear", "doubt"):
            continue
        if _lopsided(found, place_of(token), source) or any(c.lower_ in _MAY for c in token.children):
            continue
        if _leaves_quotation(source, place_of(token), marks):  # the parse hung "arguing" on a verb of what was said
            source = next((f.source for f in found if overlap([source], f.content)), None)
        if source is not None:
            added.append(Found((content,), place_of(token), source, "clause", 0.7))
    return added


def _lopsided(found: list[Found], cue: Place, source: Place) -> bool:
    """Whether the cue stands in what somebody says and its source does not: then the parse ran across a quotation."""
    return any(overlap([cue], f.content) and not overlap([source], f.content) for f in found)


def _leaves_quotation(source: Place, cue: Place, marks: tuple[Quotation, ...]) -> bool:
    """Whether the source stands inside of a quotation and the cue behind it."""
    return any(q.start <= source[0] and source[1] <= q.end <= cue[0] for q in marks)


def subject_of(verb: Token, known: CueWords) -> Place | None:
    """The words of a verb's subject, by way of the verbs that it is joined to or hangs on; None for an empty one.

    A participle that modifies a noun has that noun for its subject ("a letter demanding ...").
    """
    seen, first = 0, verb
    while seen < 6:
        seen += 1
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        apposed = subject if subject is not None else verb.head
        if first.tag_ == "VBG" and apposed.i < first.i and in_apposition(apposed, known):
            return _of_main_clause(apposed)
        if subject is not None:
            if verb.dep_ == "relcl" and subject.lower_ in _RELATIVE:
                return _short(verb.head)[0], subject.idx + len(subject)
            if subject.dep_ == "nsubjpass" or subject.lower_ in _EMPTY:
                return None
            return _short(subject)
        if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN", "PRON") and verb.tag_ == "VBG":
            return _short(verb.head)
        if verb.dep_ not in _HANGING or verb.head.pos_ not in VERBS:
            return _of_sentence(verb) if verb.tag_ == "VBG" or verb.dep_ == "conj" else None
        verb = verb.head
    return None


def in_apposition(noun: Token, known: CueWords) -> bool:
    """Whether the noun sums up what was said before it in its sentence ("..., an accusation echoed by Bo")."""
    first = min([noun, *(c for c in noun.lefts if c.dep_ in ("det", "amod", "compound", "advmod"))], key=lambda t: t.i)
    before = first.i - 1
    return noun.lemma_ in known.classes["summaries"] and before >= noun.sent.start and noun.doc[before].text in _BREAKS


_BREAKS = frozenset({",", "—", "–", "-", "--", "("})


def _of_main_clause(noun: Token) -> Place | None:
    """The subject of the main verb before a noun: of the verb highest in the tree, since the parse may err at a dash."""
    verbs = [t for t in noun.doc[noun.sent.start : noun.i] if t.pos_ in VERBS and t.tag_ != "VBG"]
    subjects = [(sum(1 for _ in v.ancestors), v.i, c) for v in verbs for c in v.children
                if c.dep_ == "nsubj" and c.i < noun.i and c.lower_ not in _EMPTY]  # fmt: skip
    return _short(min(subjects, key=lambda s: s[:2])[2]) if subjects else None


def _of_sentence(verb: Token) -> Place | None:
    """The subject of the sentence, for a participle or a joined verb that the parse hung on something else."""
    root = verb.sent.root
    subject = next((c for c in root.children if c.dep_ == "nsubj" and c.lower_ not in _EMPTY), None)
    return _short(subject) if subject is not None and root.i != verb.i else None


def _short(noun: Token) -> Place:
    """A noun with what stands before it, and an apposition that is a name."""
    inside = [t for t in noun.subtree if t.i <= noun.i or (t.dep_ in ("flat", "compound") and t.head.i == noun.i)]
    for child in noun.children:
        if child.dep_ in ("appos", "conj", "cc") and child.i > noun.i:
            inside += list(child.subtree)
    inside.sort(key=lambda t: t.i)
    return place_of(inside[0], inside[-1])


def _clause(reading: Reading, verb: Token, act: str) -> Place | None:
    """The words of a verb's clause: a finite one, or an infinitive after a verb that promises, refuses, demands."""
    for child in verb.children:
        if child.i < verb.i:
            continue
        if child.dep_ == "ccomp" and any(c.dep_ in SUBJECTS for c in child.children):
            return _content(reading, child)
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        if child.dep_ in ("xcomp", "ccomp") and infinitive and act in _WITH_INFINITIVE:
            content = _content(reading, child)
            asked = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < child.i), None)
            return (asked.left_edge.idx, content[1]) if asked is not None and content else content
    for token in verb.subtree:  # "told him in a call that ...": the parse hangs the clause on the call
        if token.dep_ == "mark" and token.lower_ == "that" and token.i > verb.i and token.head.head.i > verb.i:
            return _content(reading, token.head) if token.head.head.pos_ == "NOUN" and token.head.dep_ == "relcl" else None
    return None


def _content(reading: Reading, head: Token) -> Place | None:
    inside = list(head.subtree)
    while inside and (inside[0].is_punct or inside[0].lower_ == "that"):
        inside.pop(0)
    while inside and inside[-1].is_punct:
        inside.pop()
    if len(inside) < 3:
        return None
    return trimmed(reading.text, place_of(inside[0], inside[-1]))


def _told(content: Place, found: list[Found]) -> bool:
    """Whether a found statement has this very content already."""
    return any(overlap([content], f.content) > 0.7 * max(content[1] - content[0], sum(b - a for a, b in f.content))
               for f in found)  # fmt: skip
