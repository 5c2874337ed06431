"""What a finder of statements hands on: places in the text, and which rule found them. Data and span arithmetic only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from spacy.tokens import Token

Place = tuple[int, int]
"""Characters start..end of the text."""
_EDGES = " \t\u00a0\r\n\"“”„«»‘’'`,;:—–-"


@dataclass(frozen=True)
class Found:
    """One attribution: the pieces of its content, its cue and the words that name its source (None where absent).

    Statements that come of one attribution (a quotation interrupted by its cue) share `attribution`, a number.
    """

    content: tuple[Place, ...]
    cue: Place | None
    source: Place | None
    rule: str
    sureness: float
    attribution: int = -1
    continues: bool = False
    """Whether it has no cue of its own and goes on from the speaker before."""
    echoes: Place | None = None
    """The cue of what it repeats: its act is that one's ("an accusation echoed by Bo" accuses)."""

    @property
    def start(self) -> int:
        return self.content[0][0]

    @property
    def end(self) -> int:
        return self.content[-1][1]

    def at(self, content: Iterable[Place]) -> Self:
        """The same with another content."""
        return replace(self, content=tuple(content))


def length(places: Iterable[Place]) -> int:
    """How many characters the places have together."""
    return sum(end - start for start, end in places)


def overlap(some: Iterable[Place], others: Iterable[Place]) -> int:
    """How many characters the places share."""
    others, shared = tuple(others), 0
    for a, b in some:
        for c, d in others:
            if a < d and c < b:
                shared += max(0, min(b, d) - max(a, c))
    return shared


def trimmed(text: str, place: Place) -> Place:
    """The place without quotation marks, spaces and separators at its edges; it may become empty."""
    start, end = place
    while start < end and text[start] in _EDGES + ".":
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def place_of(first: Token, last: Token | None = None) -> Place:
    """Where a token stands, or all tokens from it to a last one."""
    last = first if last is None else last
    return first.idx, last.idx + len(last)


def words_in(text: str, place: Place) -> int:
    """How many words with a letter or digit the place holds."""
    return sum(any(c.isalnum() for c in word) for word in text[place[0] : place[1]].split())
