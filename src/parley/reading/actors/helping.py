"""Sides that only help others to an agreement: who mediates, hosts or brokers is none of "both sides"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parley.reading.actors.phrase import Phrase
from parley.reading.actors.words import Words

if TYPE_CHECKING:
    from parley.reading.actors.cast import Cast

MODIFIERS = frozenset(("poss", "amod", "compound", "nmod"))
NAMES = frozenset(("table", "name", "body"))


def helpers_of(cast: Cast) -> frozenset[str]:
    """The sides that the text shows as helping, anywhere in it."""
    if cast.helpers is None:
        cast.helpers = frozenset()  # While the names are resolved, nobody helps.
        found = set[str]()
        for p in cast.helping:
            found.update(side for d in cast.resolve(p) if (side := cast.side_of(d)))
        cast.helpers = frozenset(found)
    return cast.helpers


def helping_phrases(words: Words, phrases: list[Phrase], classes: dict[str, frozenset[str]]) -> list[Phrase]:
    """The names of those who mediate, host or broker, in text order."""
    told = classes["helping"] | classes["helpers"]
    telling = [i for i, lemma in enumerate(words.lemma) if lemma in told]
    heads: dict[int, list[Phrase]] = {}
    for p in phrases if telling else ():
        if p.form in NAMES:
            heads.setdefault(p.head, []).append(p)
    near, below = {words.sentence[i] for i in telling}, dict[int, list[int]]()
    for k, sentence in enumerate(words.sentence) if telling else ():
        if sentence in near:
            below.setdefault(words.head[k], []).append(k)
    found = dict[int, None]()
    for i in telling:
        if words.lemma[i] in classes["helping"] and words.tag[i].startswith("VB"):
            found.update(dict.fromkeys(_of_verb(words, i, below, classes)))
        elif words.lemma[i] in classes["helpers"] and words.tag[i].startswith("N"):
            found.update(dict.fromkeys(_of_noun(words, i, below, heads)))
    backing = [p for p in phrases if p.backs and _after_hyphen(words, p.end) in classes["helped"]]
    return sorted([*backing, *(p for k in found for p in heads.get(k, ()))], key=lambda p: p.core)


def _after_hyphen(words: Words, k: int) -> str:
    k += words.text[k] in ("-", "–", "‑")
    return words.folded[k].split("-")[-1] if k < len(words) else ""


def _of_verb(words: Words, verb: int, below: dict[int, list[int]], classes: dict[str, frozenset[str]]) -> Iterator[int]:
    """Who mediates, brokers or hosts talks: the subject, or who stands after "by"."""
    children = below.get(verb, [])
    objects = [k for k in children if words.dep[k] in ("dobj", "nsubjpass")]
    objects += [words.head[verb]] if words.dep[verb] in ("acl", "amod", "relcl") and words.tag[verb] == "VBN" else []
    helped = {words.lemma[k].lower() for k in objects}
    if words.lemma[verb].lower() != "mediate" and helped.isdisjoint(classes["talks"]):
        return
    if any(words.folded[g] == "with" for k in objects for g in below.get(k, [])):
        return  # "hosted talks with the rebels": one of those who talk
    for k in children:
        if words.dep[k] == "nsubj":
            subject = words.head[verb] if words.dep[verb] == "relcl" and words.tag[k] in ("WP", "WDT") else k
            yield from _joined(words, subject, below)
        elif words.dep[k] == "agent":
            for g in below.get(k, []):
                yield from _joined(words, g, below)


def _of_noun(words: Words, noun: int, below: dict[int, list[int]], heads: dict[int, list[Phrase]]) -> Iterator[int]:
    """Whose mediator somebody is, under whose auspices, who acts as host."""
    for k in below.get(noun, []):
        if words.dep[k] in MODIFIERS:
            yield from _joined(words, k, below)
        elif words.folded[k] in ("of", "by", "from"):
            for g in below.get(k, []):
                yield from _joined(words, g, below)
    above = words.head[noun]
    if words.dep[noun] == "appos" and above in heads:
        yield from _joined(words, above, below)
    if words.dep[noun] == "pobj" and words.folded[above] == "as":
        above = words.head[above]
    elif words.dep[noun] != "attr":
        return
    for k in below.get(above, []):
        if words.dep[k] in ("nsubj", "pobj"):
            yield from _joined(words, k, below)


def _joined(words: Words, k: int, below: dict[int, list[int]]) -> Iterator[int]:
    """A word and those that "and" joins to it."""
    yield k
    for g in below.get(k, []):
        if words.dep[g] == "conj":
            yield from _joined(words, g, below)
