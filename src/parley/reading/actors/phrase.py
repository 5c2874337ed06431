"""A phrase: words of a text that may stand for an actor, with the phrases that it hangs on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parley.knowledge.rows import Agent, BodyNoun, Office
from parley.reading.actors.lexicon import Match

Form = Literal["table", "name", "body", "agent", "pronoun"]
"""What a phrase's head is: a name of a table, an unknown name, an unknown name of a body ("... Front"), a common noun."""
Relation = Literal["possessor", "modifier", "of", "place", "apposition"]


DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "your", "my", "whose"))
"""Determiners that say that the text has spoken of the thing before."""


@dataclass(eq=False)
class Phrase:
    """Words start..end (exclusive) with their head. `core` is where the name, or the noun with its title words, begins."""

    form: Form
    start: int
    end: int
    head: int
    core: int
    name: tuple[int, int] | None = None
    match: Match | None = None
    titles: list[Match] = field(default_factory=list)
    noun: Match | None = None
    modifier: bool = False
    former: bool = False
    determiner: str = ""
    links: list[tuple[Relation, Phrase]] = field(default_factory=list)
    joint: list[Phrase] = field(default_factory=list)
    """For "Russian and Ukrainian officials": the phrases of which each has the noun of its own."""
    acronym: str = ""
    role_words: tuple[int, int] | None = None
    backs: bool = False
    """Whether the name only says who backs or leads another: "Torlish" in "Torlish-backed rebels"."""
    within: tuple[Match, ...] = ()
    """Names of states and peoples that are a part of a body's name."""
    tentative: bool = False
    """Whether the noun stands for a person only if it turns out to describe a name ("second-in-command")."""
    relative: bool = False
    """Whether the noun is for somebody's relative, who does not speak for them ("cousin")."""
    honorific: bool = False
    """Whether a "Mr" or "Ms" stands before the name."""

    @property
    def kind_of_match(self) -> str:
        return self.match.term.kind if self.match else ""

    @property
    def plural(self) -> bool:
        return bool(self.noun and self.noun.term.plural)

    def agent(self) -> Agent | BodyNoun | None:
        """The row of the noun for agents at the head, or of the noun in the name of a body."""
        if self.noun is None:
            return None
        agents = self.noun.rows(Agent)
        return agents[0] if agents else next(iter(self.noun.rows(BodyNoun)), None)

    def offices(self) -> list[Office]:
        """The rows of the titles before the name, or of the title that stands alone."""
        found = list(self.titles)
        if self.noun:
            found.append(self.noun)
        return [row for match in found for row in match.rows(Office)]

    @property
    def person_like(self) -> bool:
        """Whether title or noun says that a person, or persons, are meant."""
        if self.kind_of_match == "person" or self.titles:
            return True
        if self.offices():
            return True
        agent = self.agent()
        return agent is not None and agent.kind == "person"
