"""The two sides that a text shows as negotiating: whom "both sides" and "the parties" mean, whoever else is named near."""

from __future__ import annotations

from collections import Counter

from parley.reading.actors.cast import Cast, Draft
from parley.reading.actors.phrase import Phrase

TALKS = frozenset(
    ("talk", "talks", "negotiate", "negotiation", "negotiator", "negotiators", "negotiating", "delegate", "delegates",
     "deal", "truce", "ceasefire", "agreement", "accord", "round", "dialogue", "agree", "agreed", "envoys")
)  # fmt: skip
"""Words of a sentence that tells who negotiates."""
OUTSIDERS = frozenset(
    ("welcome", "urge", "praise", "host", "mediate", "broker", "guarantee", "act", "back", "support", "call", "condemn",
     "facilitate", "monitor", "sponsor", "invite", "hail", "offer", "express", "warn")
)  # fmt: skip
"""What those do who stand beside a negotiation."""
JOINING = frozenset(("and", "with"))
WIDEST = 12
"""Words between two names that "and" or "with" joins."""
LOCAL = 2
"""Sentences back within which another pair is meant rather than that of the text."""


def negotiators(cast: Cast, p: Phrase, outside: frozenset[str]) -> tuple[str, ...]:
    """The names of the two sides that negotiate in the text up to this phrase; none where another pair stands nearer."""
    words, counts = cast.words, Counter[frozenset[str]]()
    near: set[frozenset[str]] = set()
    of_talks = {n for k, n in enumerate(words.sentence) if words.folded[k] in TALKS}
    for at, pair in _pairs(cast, p.head):
        if pair & outside:
            continue
        sentence = words.sentence[at]
        if words.sentence[p.head] - sentence <= LOCAL:
            near.add(pair)
        if sentence in of_talks:
            counts[pair] += 2 if words.paragraph[at] <= 1 else 1
    if not counts:
        return ()
    best = max(counts, key=lambda pair: counts[pair])
    return () if near and best not in near else tuple(best)


def _pairs(cast: Cast, before: int) -> list[tuple[int, frozenset[str]]]:
    """Pairs of sides that stand joined, with the place of the later one, in text order."""
    found: list[tuple[int, frozenset[str]]] = []
    last: tuple[int, Phrase, Draft] | None = None
    heard = sorted(cast.before(before), key=lambda h: (h[1].start, -h[1].end))
    for at, q, drafts in heard:
        if q.form == "pronoun" or (last is not None and q.end <= last[1].end and len(drafts) == 1):
            continue
        sides = [s for d in drafts if d.sector != "IGO" and (s := cast.side_of(d))]
        if len(set(sides)) == 2 and len(drafts) == 2 and q.joint and not _outsider(cast, at):
            found.append((at, frozenset(sides)))
        if len(drafts) != 1 or not sides:
            last = None
            continue
        if last is not None and (earlier := cast.side_of(last[2])) and earlier != sides[0] and _joined(cast, last[1], q):
            found.append((at, frozenset((earlier, sides[0]))))
        last = (at, q, drafts[0])
    return found


def _joined(cast: Cast, first: Phrase, second: Phrase) -> bool:
    """Whether nothing but "and" or "with" and a few words without a verb stands between two names."""
    words = cast.words
    between = range(first.end, second.start)
    if words.sentence[first.head] != words.sentence[second.head] or not 0 < len(between) <= WIDEST:
        return False
    verbs = [k for k in between if words.tag[k].startswith(("VB", "MD"))]
    talking = any(words.folded[k] in TALKS for k in between) and words.folded[second.start - 1] == "with"
    joint = any(words.folded[k] in JOINING for k in between) and not any(words.text[k] in (",", ";", ":") for k in between)
    return (joint and (not verbs or talking)) and not _outsider(cast, first.head)


def _outsider(cast: Cast, at: int) -> bool:
    """Whether a name is the subject of what only third parties do."""
    words, k = cast.words, at
    for _ in range(4):
        if words.dep[k] in ("nsubj", "nsubjpass"):
            return words.lemma[words.head[k]] in OUTSIDERS
        k = words.head[k]
    return False
