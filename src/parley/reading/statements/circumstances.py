"""When, where, in what setting and to whom a thing was said, where the text tells it beside the cue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.reading.layers import Reading
from parley.reading.statements.found import Found, overlap

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from parley.knowledge import Knowledge

_PLACES = ("GPE", "LOC", "FAC")
_HEARERS = frozenset(["tell", "inform", "assure", "warn", "urge", "ask", "remind", "brief", "notify", "advise", "promise"])
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
    ]
    near = min(dates, key=lambda d: abs(d.start - anchor[0]), default=None)
    settings = [m for m in _settings(knowledge).finditer(reading.text, start, end) if outside(m.start(), m.end())]
    setting = min(settings, key=lambda m: abs(m.start() - anchor[0]), default=None)
    names = _setting_names(knowledge)
    return Circumstances(
        near.date if near else None, _place(sentence, outside), _name(names, setting.group()) if setting else None,
        _addressee(reading, reading.tokens[first:last]))  # fmt: skip


def _name(names: dict[str, str], words: str) -> str:
    lower = words.lower()
    return names.get(lower) or names[lower.removesuffix("s")]


def _place(sentence: Tokens, outside: object) -> str | None:
    """A named place after "in" or "at" that stands outside the content and not inside a name."""
    for entity in sentence.ents:
        before = entity[0].i - 1
        if entity.label_ not in _PLACES or before < sentence.start or not outside(entity.start_char, entity.end_char):  # type: ignore[operator]
            continue
        token = sentence.doc[before]
        if token.lower_ == "the" and before > sentence.start:
            token = sentence.doc[before - 1]
        if (token.lower_ in _BESIDE and token.head.pos_ in ("VERB", "AUX")) or _of_setting(token):
            return str(entity.text).removeprefix("the ")
    return None


def _of_setting(token: Token) -> bool:
    """Whether a preposition hangs on a noun such as "conference" or "interview"."""
    return token.lower_ in _BESIDE and token.head.lemma_ in (
        "conference",
        "interview",
        "speech",
        "briefing",
        "address",
        "meeting",
    )


def _addressee(reading: Reading, cue: Tokens) -> str | None:
    """The actor who is told, urged, warned or asked."""
    for verb in cue:
        if verb.lemma_ not in _HEARERS:
            continue
        for child in verb.children:
            if child.dep_ in ("dobj", "dative", "obj") and (mention := reading.mentions.headed_by(child.i)):
                return mention.actors[0] if len(mention.actors) == 1 else None
    return None
