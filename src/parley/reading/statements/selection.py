"""From attributions to statements: what counts as one, and where one ends and the next begins.

The rules are those of the coding guide of the record: a statement needs reported content, headlines are none, a quotation
interrupted by its cue is two statements, and of a chain of sources only the one whose claim it is counts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parley.models.quotation_marks import Quotation
from parley.reading.layers import Reading
from parley.reading.statements.cues import SUBJECTS, VERBS, CueWords, act_of, evasive, negated
from parley.reading.statements.found import Found, Place, length, overlap, place_of, words_in

if TYPE_CHECKING:
    from spacy.tokens import Token


def split(text: str, found: Found, marks: tuple[Quotation, ...]) -> list[Found]:
    """One statement for each quoted piece of an attribution; pieces that are no quotations stay together.

    A later piece that begins a sentence of its own has no cue of its own: it continues the first.
    """
    if len(found.content) == 1:
        return [found]
    quoted = [piece for piece in found.content if share_quoted(piece, marks) > 0.9 and words_in(text, piece) >= 3]
    rest = tuple(piece for piece in found.content if piece not in quoted)
    if not quoted or (len(quoted) == 1 and length(rest) < 12):
        return [found.at(quoted)] if len(quoted) == 1 else [found]
    groups = [(piece,) for piece in quoted] + ([rest] if rest else [])
    parts: list[Found] = []
    for group in sorted(groups):
        between = text[found.content[0][1] : group[0][0]]
        own = not parts or not re.search(r"[.!?][\"”]?\s+[\"“„«]?\s*$", between)
        parts.append(replace(found, content=group, cue=found.cue if own else None, continues=not own))
    return parts


def share_quoted(piece: Place, marks: tuple[Quotation, ...]) -> float:
    """The share of a piece that stands inside quotation marks."""
    return overlap([piece], [(q.start, q.end) for q in marks]) / max(1, length([piece]))


def kind_of(text: str, content: tuple[Place, ...], marks: tuple[Quotation, ...]) -> str:
    """direct where (almost) all is inside quotation marks, mixed where at least one word is, else indirect."""
    inside = [(q.start, q.end) for q in marks]
    letters = sum(sum(map(str.isalnum, text[a:b])) for a, b in content)
    quoted = sum(sum(map(str.isalnum, text[max(a, x) : min(b, y)])) for a, b in content for x, y in inside)
    if quoted >= 0.95 * letters:
        return "direct"
    return "mixed" if quoted >= 3 else "indirect"


def counts(reading: Reading, found: Found, marks: tuple[Quotation, ...], known: CueWords) -> bool:
    """Whether an attribution is a statement: not a headline, somebody's, affirmed, and with reported content."""
    if found.end <= reading.body_start:
        return False
    if found.cue is None:
        return True
    first, last = reading.tokens_between(*found.cue)
    cue, token = act_of(reading.tokens, first, last, known)
    quoted = kind_of(reading.text, found.content, marks) != "indirect"
    if cue is not None and cue.needs == "never":
        return False
    verb = token if token is not None and cue is not None and cue.pos == "verb" else None
    if not quoted and (
        _nobody_says(reading, found, known) or (verb is not None and _only_done(reading, verb, found, known))
    ):
        return False
    if verb is not None and (evasive(verb, known) or _only_named(verb) or _is_question_put(verb)):
        return False
    if verb is not None and negated(verb) and not (cue and cue.denies) and not quoted:
        return False
    if _of_oneself(reading, found, marks):
        return False
    if (
        cue is not None
        and cue.pos == "noun"
        and token is not None
        and not quoted
        and _beside_verb(reading, found, token, known)
    ):
        return False
    if cue is None or cue.needs == "quote":
        return (
            quoted
            or (token is not None and _has_clause(token, found))
            or (cue is None and found.source is not None and _reported(reading, found))
        )
    if not quoted and cue.act in _TELLING and _only_mentioned(reading, found):
        return False
    return found.source is not None or quoted or (verb is not None and _passive(verb) and cue.act in _TOLD)


_TELLING = ("say", "report", "confirm", "believe", "praise", "announce")
_TOLD = ("say", "report", "confirm", "announce")
"""Acts that report speech though nobody is named ("is said to be ill"); what "is expected" or "considered" does not."""
_POINTING = frozenset({"the", "a", "an", "his", "her", "its", "their", "this", "that", "these", "those"})


def _beside_verb(reading: Reading, found: Found, noun: Token, known: CueWords) -> bool:
    """Whether the content belongs to another verb that the cue noun stands with ("her call follows the talks in Velm").

    Such a verb tells what became of the call or what led to it, and not what is called for.
    """
    verb = noun.head
    if verb.pos_ not in VERBS or verb.lemma_ in known.classes["holding"] or _reported(reading, found):
        return False
    if noun.dep_ in ("dobj", "pobj"):
        return any(c.dep_ == "nsubj" and overlap([place_of(c)], found.content) for c in verb.children)
    cue = known.at(reading.tokens, verb.i)
    says = cue is not None and cue.needs != "never"
    return noun.dep_ in SUBJECTS and noun.i < verb.i and found.start > verb.idx and not says


def _only_mentioned(reading: Reading, found: Found) -> bool:
    """Whether the content is a thing told of, not what is told of it ("restated that position", "noted the assurances")."""
    first, last = reading.tokens_between(*found.content[0])
    words = [t for t in reading.tokens[first:last] if not t.is_punct]
    if len(found.content) > 1 or not words or any(t.pos_ in VERBS for t in words):
        return False
    return (len(words) <= 3 and words[0].lower_ in _POINTING) or all(t.pos_ == "PROPN" for t in words)


def _reported(reading: Reading, found: Found) -> bool:
    """Whether the content is a clause that says that it is one: then it is reported, whatever the cue."""
    return reading.text[found.start : found.end].lower().startswith(("that ", "whether "))


def _passive(verb: Token) -> bool:
    """Whether nobody says it, but it is said ("is said to be ill")."""
    return any(c.dep_ == "auxpass" for c in verb.children)


def _only_named(verb: Token) -> bool:
    """Whether a thing is only said to bear a name, by nobody ("is known as", "were called", "an envoy named ...")."""
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children) or (verb.tag_ == "VBN" and verb.dep_ == "acl")
    return passive and verb.lemma_ in ("know", "call", "name", "dub") and not any(c.dep_ == "agent" for c in verb.children)


def _nobody_says(reading: Reading, found: Found, known: CueWords) -> bool:
    """Whether the source is a word or a name for a thing ("the term means ..."), which says nothing."""
    if found.source is None:
        return False
    head = reading.tokens[reading.token_at(found.source[1] - 1)]
    return head.pos_ == "NOUN" and head.lemma_ in known.classes["named-things"]


def _only_done(reading: Reading, verb: Token, found: Found, known: CueWords) -> bool:
    """Whether the cue tells no speech here: "the deal commits the rebels to ...", "claimed 800 lives", "they have"."""
    objects = [c for c in verb.rights if c.dep_ == "dobj"]
    if verb.lemma_ in known.classes["binding"]:
        return any(not c.lower_.endswith(("self", "selves")) for c in objects)
    if verb.lemma_ == "claim" and any(c.lemma_ in known.classes["taken"] for c in objects):
        return True
    first, last = reading.tokens_between(found.start, found.end)
    words = [t for t in reading.tokens[first:last] if not t.is_punct]
    return len(words) > 1 and all(t.pos_ in ("PRON", "AUX", "PART") for t in words)


def _is_question_put(verb: Token) -> bool:
    """Whether it is a question that somebody answers ("Asked whether he would go, ..."): it is not the answerer's."""
    return verb.lemma_ in ("ask", "question", "press") and verb.tag_ == "VBN" and verb.dep_ in ("advcl", "prep", "acl")


def _of_oneself(reading: Reading, found: Found, marks: tuple[Quotation, ...]) -> bool:
    """Whether a speaker only tells of his own speaking, within his quotation ("I told them", "we can say that")."""
    if found.source is None or share_quoted(found.source, marks) < 1:
        return False
    return reading.text[found.source[0] : found.source[1]].lower() in ("i", "we", "you", "who")


def _has_clause(verb: Token, found: Found) -> bool:
    """Whether a verb has a finite clause in this content ("condemned that the truce was broken")."""
    for clause in verb.children:
        if clause.dep_ == "ccomp" and overlap([place_of(clause)], found.content):
            infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in clause.children)
            return not infinitive and any(c.dep_ in SUBJECTS for c in clause.children)
    return False


def without_carriers(reading: Reading, found: list[Found]) -> list[Found]:
    """Leave out news media that only carry another's claim.

    A medium's statement is left out where it is another statement throughout; where it cites or quotes somebody for it
    ("Reuters reported, citing Ana Bo", "the agency quoted Ana Bo as saying"), it is that one's statement.
    """
    kept = []
    for each in found:
        inner = [f for f in found if f is not each and overlap(f.content, each.content) >= 0.9 * length(f.content)
                 and f.source and overlap([f.source], each.content)]  # fmt: skip
        carried = any(length(f.content) >= 0.4 * length(each.content) for f in inner)
        media = each.source is not None and is_media(reading, each.source)
        cited = _cited(reading, each) if media else None
        if cited and overlap([cited], each.content) > 0:
            continue
        if not (carried and media):
            kept.append(replace(each, source=cited) if cited else each)
    return kept


def _cited(reading: Reading, found: Found) -> Place | None:
    """Whom the sentence of a medium's statement names as its own source."""
    first, _ = reading.tokens_between(*(found.cue or found.content[0]))
    for verb in reading.tokens[first].sent:
        if verb.lemma_ not in ("cite", "quote") or verb.pos_ != "VERB":
            continue
        saying = any(c.lower_ == "as" for c in verb.children)
        for child in verb.children:
            if child.dep_ in ("dobj", "obj") and (verb.tag_ == "VBG" or saying) and child.pos_ in ("PROPN", "NOUN"):
                return reading.tokens[child.left_edge.i].idx, child.idx + len(child)
    return None


def is_media(reading: Reading, source: Place) -> bool:
    """Whether a source is a news medium (sector JRN of PLOVER's list)."""
    first, last = reading.tokens_between(*source)
    return any(reading.actor(a).sector == "JRN" and reading.actor(a).kind != "person"
               for m in reading.mentions.within(first, last) for a in m.actors)  # fmt: skip
