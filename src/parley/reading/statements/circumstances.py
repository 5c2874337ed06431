"""When, where, in what setting and to whom a thing was said, where the text tells it beside the cue."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.cues import CueWords, cue_words
from parley.reading.statements.found import Found, overlap, place_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from parley.knowledge import Knowledge

_PLACES = ("GPE", "LOC", "FAC")
_BESIDE = frozenset(["in", "at", "from", "near"])


@dataclass(frozen=True)
class Circumstances:
    """Date, place and setting of a statement, and the id of the actor spoken to; None where the text does not say."""

    date: str | None = None
    place: str | None = None
    setting: str | None = None
    addressee: str | None = None


@lru_cache(maxsize=8)
def _settings(knowledge: Knowledge) -> re.Pattern[str]:
    words = sorted({s.words for s in knowledge.settings}, key=lambda w: (-len(w), w))
    return re.compile(r"\b(" + "|".join(re.escape(w) for w in words) + r")s?\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _setting_names(knowledge: Knowledge) -> dict[str, str]:
    return {s.words.lower(): s.setting for s in knowledge.settings}


def circumstances_of(reading: Reading, knowledge: Knowledge, found: Found) -> Circumstances:
    """What the sentence of the cue tells outside of what is said."""
    anchor = found.cue or found.source
    if anchor is None:
        return Circumstances()
    first, last = reading.tokens_between(*anchor)
    sentence = reading.tokens[first].sent
    start, end = sentence.start_char, sentence.end_char

    def outside(a: int, b: int) -> bool:
        return not overlap([(a, b)], found.content)

    dates = [
        d for d in reading.dates_between(start, end) if d.date and d.type in ("DATE", "TIME") and outside(d.start, d.end)
        and not _of_another(reading.tokens[reading.token_at(d.start)], reading.tokens[first])
    ]  # fmt: skip
    near = min(dates, key=lambda d: abs(d.start - anchor[0]), default=None)
    settings = [m for m in _settings(knowledge).finditer(reading.text, start, end) if outside(m.start(), m.end())]
    setting = min(settings, key=lambda m: abs(m.start() - anchor[0]), default=None)
    names, known = _setting_names(knowledge), cue_words(knowledge)
    return Circumstances(
        near.date if near else None, _place(sentence, knowledge.capitals, known, outside),
        _name(names, setting.group()) if setting else None,
        _addressee(reading, reading.tokens[first:last], known))  # fmt: skip


def _of_another(date: Token, cue: Token) -> bool:
    """Whether a date hangs on a clause that only describes somebody ("the union, founded in 1964, refuses")."""
    clauses = (a for a in date.ancestors if a.dep_ in ("relcl", "acl"))
    return any(a.i != cue.i and not a.is_ancestor(cue) for a in clauses)


def _name(names: dict[str, str], words: str) -> str:
    lower = words.lower()
    return names.get(lower) or names[lower.removesuffix("s")]


def _place(sentence: Tokens, capitals: frozenset[str], known: CueWords, outside: Callable[[int, int], bool]) -> str | None:
    """A named place after "in" or "at" that stands outside the content and not inside a name.

    Beside an occasion or its hearers ("at a press conference in Velm", "told reporters in Velm") the name is a place
    whatever else it may stand for.
    """
    for token in sentence:
        if token.lower_ not in _BESIDE or (
            token.lower_ == "from" and token.i and token.nbor(-1).lemma_ in known.classes["audiences"]
        ):
            continue
        occasion = _of_setting(token, known)
        for name in (c for c in token.children if c.dep_ == "pobj" and c.pos_ == "PROPN" and c.i > token.i):
            entity = next((e for e in sentence.ents if e.root.i == name.i), None)
            words = str(entity.text if entity is not None else name.text).removeprefix("the ")
            place = (entity is not None and entity.label_ in _PLACES) or words.lower() in capitals
            if not outside(*place_of(name)) or not (occasion or token.head.pos_ in ("VERB", "AUX")):
                continue
            if place or (occasion and entity is not None and entity.label_ == "PERSON"):
                return words
    return None


def _of_setting(token: Token, known: CueWords) -> bool:
    """Whether a preposition hangs on an occasion, or (but for "reporters from Velm") on those who were told."""
    noun = token.head.lemma_.lower()
    return noun in known.classes["occasions"] or (noun in known.classes["audiences"] and token.lower_ != "from")


def _addressee(reading: Reading, cue: Tokens, known: CueWords) -> str | None:
    """The actor who is told, urged, warned or asked."""
    for verb in cue:
        if verb.lemma_ not in known.classes["addressing"]:
            continue
        for child in verb.children:
            if child.dep_ in ("dobj", "dative", "obj") and (mention := reading.mentions.headed_by(child.i)):
                return mention.actors[0] if len(mention.actors) == 1 else None
    return None
