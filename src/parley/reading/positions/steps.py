"""What a climb from a topic leaves (stances) and how far it has come (steps)."""

from __future__ import annotations

from dataclasses import dataclass

from parley.reading.positions.holders import Parties
from parley.reading.positions.topics import Topic


@dataclass(frozen=True)
class Stance:
    """One party's wanting (`sign` +1) or refusing (-1) of an issue's pole, with the words that show it."""

    parties: Parties
    topic: Topic
    sign: int
    act: str
    anchor: int
    path: tuple[int, ...]
    confidence: float
    rule: str
    condition: tuple[int, int] | None = None
    """Tokens of the condition, where the climb itself met it."""

    @property
    def issue(self) -> str:
        return self.topic.issue

    @property
    def recalled(self) -> bool:
        """Whether the topic is named by a noun that stands for what was put before ("the plan")."""
        return " = " in self.topic.words


@dataclass(frozen=True)
class Mentioned:
    """A topic within a clause of condition: the clause's verb or preposition, the word that opens it, the sign in it."""

    at: int
    word: str
    topic: Topic
    sign: int


@dataclass(frozen=True)
class Step:
    """Where a climb stands: at a token, reached through a relation, with what the words below made of the topic."""

    at: int
    via: str
    sign: int
    needs_operator: bool
    frame: str = ""
    certainty: float = 1.0
    act: str = ""
    path: tuple[int, ...] = ()
    skip: bool = False
