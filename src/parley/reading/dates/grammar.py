"""The rules of the grammar of dates: a pattern over lexeme classes, and what resolves the words that it finds.

Class letters are those of `lexemes.LETTERS`. Patterns are tried everywhere; the longest phrase wins, then the earlier
rule. A resolver returns the TIMEX3 readings of the phrase (TimeML 1.2.1), or nothing where it turns out to be none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from parley.reading.dates.calendar import Anchor
from parley.reading.dates.lexemes import Lexeme
from parley.reading.dates.tense import Sense, sense_at

if TYPE_CHECKING:
    from parley.reading.layers import Reading

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved phrase: lexemes first..last (exclusive) of the text, TIMEX3 type and value."""

    first: int
    last: int
    type: TimexType
    value: str


@dataclass
class Context:
    """What a resolver may look at: the words, the reference date, the date last spoken of, and the clause's tense."""

    reading: Reading
    words: list[Lexeme]
    anchor: Anchor
    settled_years: dict[int, int] = field(default_factory=dict)
    """Years that the text itself gives to yearless dates, by character: see `anchor.settled_year`."""
    spoken_of: Anchor = field(default_factory=Anchor)
    spoken_at: int = 0
    """The lexeme where that date ends."""
    week_spoken_of: tuple[int, str] | None = None
    """The last week named ("next week"), with the lexeme where it ends."""
    quarter_spoken_of: str | None = None
    """The quarter that the last dates spoke of, for "a year earlier" and "the quarter"."""

    def sense(self, lexeme: int) -> Sense | None:
        """The time of the clause around a lexeme."""
        return sense_at(self.reading.tokens, self.reading.token_at(self.words[lexeme].start))

    def tag(self, lexeme: int) -> str:
        """The part-of-speech tag of a lexeme, empty beyond the text."""
        if not 0 <= lexeme < len(self.words):
            return ""
        return str(self.reading.tokens[self.reading.token_at(self.words[lexeme].start)].tag_)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The lexemes first..last (exclusive) that a rule's pattern has matched."""

    first: int
    last: int
    words: list[Lexeme]

    def at(self, letters: str) -> int | None:
        """The index of the first lexeme of these classes."""
        return next((i for i in range(self.first, self.last) if self.words[i].letter in letters), None)

    def get(self, letters: str) -> Lexeme | None:
        """The first lexeme of these classes."""
        return None if (i := self.at(letters)) is None else self.words[i]

    def all(self, letters: str) -> list[Lexeme]:
        """All lexemes of these classes, in order."""
        return [w for w in self.words[self.first : self.last] if w.letter in letters]

    def number(self, letters: str) -> int:
        """The number of the first lexeme of these classes, which must be there."""
        word = self.get(letters)
        assert word is not None, letters
        return int(word.value)


Resolver = Callable[[Phrase, Context], list[Found]]


@dataclass(frozen=True)
class Rule:
    """A named pattern over lexeme classes, with its resolver."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver
    must_hold: frozenset[str]
    """Classes without which the pattern cannot match."""


RULES: list[Rule] = []
Candidates = list[tuple[Rule, Phrase]]
"""Phrases over the same words, with the rules that found them, in the order in which they are to be tried."""


def _must_hold(pattern: str) -> frozenset[str]:
    """The letters that stand in a pattern outside of groups, sets and options; alternatives are always in groups."""
    rest, before = pattern, ""
    while rest != before:
        before, rest = rest, re.sub(r"\((?:[^()\[\]\\]|\[[^\]]*\]|\\.)*\)(?:[?*]|\{\d,\d\})?", "", rest)
    rest = re.sub(r"\[[^\]]*\](?:[?*]|\{\d,\d\})?|\\.\??|.[?*]", "", rest)
    return frozenset(c for c in rest if c.isalpha())


def rule(name: str, *patterns: str) -> Callable[[Resolver], Resolver]:
    """Add a rule to the grammar, after those before it."""

    def add(resolve: Resolver) -> Resolver:
        RULES.extend(Rule(name, re.compile(pattern), resolve, _must_hold(pattern)) for pattern in patterns)
        return resolve

    return add


_CORE = re.compile("[MWUVRpPKSd#YqryvEwhlnjz]")
_REACH = 12
"""No phrase without a word of these classes, and none that reaches farther from one."""


def _possible(stretch: str) -> list[tuple[int, Rule]]:
    letters = set(stretch)
    return [(order, rule) for order, rule in enumerate(RULES) if rule.must_hold <= letters]


def _stretches(classes: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text that hold words of time, with what may belong to them."""
    start = end = -1
    for match in _CORE.finditer(classes):
        if match.start() - _REACH > end and end >= 0:
            yield start, end
            start = -1
        start = max(0, match.start() - _REACH) if start < 0 else start
        end = match.start() + _REACH
    if end >= 0:
        yield start, end


def phrases(classes: str, words: list[Lexeme]) -> list[Candidates]:
    """The phrases of a text that do not overlap, in text order: the longest of those that do, the others behind it."""
    found = [
        (match.start(), match.end(), order, rule)
        for start, end in _stretches(classes)
        for order, rule in _possible(classes[start:end])
        for match in rule.pattern.finditer(classes, start, end)
    ]
    found.sort(key=lambda option: (option[0] - option[1], option[2], option[0]))
    owner: list[int | None] = [None] * len(classes)
    chosen: dict[int, Candidates] = {}
    for start, end, _, rule in found:
        owners = set(owner[start:end])
        if owners == {None}:
            owner[start:end] = [start] * (end - start)
            chosen[start] = [(rule, Phrase(start, end, words))]
        elif len(owners) == 1 and (first := owners.pop()) is not None:
            chosen[first].append((rule, Phrase(start, end, words)))
    return [chosen[start] for start in sorted(chosen)]


def resolved(candidates: Candidates, context: Context) -> tuple[str, list[Found]]:
    """The readings of the longest phrase that has any, with its rule's name; those after it are tried within its words.

    A phrase that leads out of the calendar (before year 1, after 9999) has no reading.
    """
    for rule, phrase in candidates:
        try:
            found = rule.resolve(phrase, context)
        except (OverflowError, ValueError):
            continue
        if found:
            return rule.name, found
    return "", []
