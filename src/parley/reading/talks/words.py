"""The table ``talks_words`` as look-ups."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parley.record import TalksKind, TalksLevel, TalksOutcome

if TYPE_CHECKING:
    from parley.knowledge import Knowledge


@dataclass(frozen=True)
class TalksWords:
    """Words of contacts by role; see ``knowledge.rows.TalksWord``."""

    nouns: dict[str, TalksKind]
    verbs: dict[str, tuple[TalksKind, str]]
    """Lemma to the kind of contact and its frame: what the verb's object is."""
    acts: dict[str, str]
    heads: dict[str, str]
    adjectives: dict[str, str]
    before: frozenset[str]
    after: frozenset[str]
    hosting: frozenset[str]
    mediators: frozenset[str]
    hosted: frozenset[str]
    other_senses: frozenset[str]
    levels: tuple[tuple[TalksLevel, re.Pattern[str]], ...]
    outcomes: tuple[tuple[TalksOutcome, re.Pattern[str]], ...]
    contact_kinds: frozenset[str]
    """Words that tell how contacts are made ("indirect", "technical")."""
    classes: dict[str, frozenset[str]]
    """Sets of words by the name that the table ``talks_classes`` gives them."""


_OUTCOMES: tuple[TalksOutcome, ...] = ("no-agreement", "exchange-of-proposals", "partial", "agreement")
_LEVELS: tuple[TalksLevel, ...] = ("technical", "ministers", "delegations", "leaders")


@lru_cache(maxsize=4)
def talks_words(knowledge: Knowledge) -> TalksWords:
    """The words of this knowledge."""
    rows = knowledge.talks_words

    def values(role: str) -> dict[str, str]:
        return {row.word: row.value for row in rows if row.role == role}

    def having(role: str, value: str) -> list[str]:
        return [row.word for row in rows if row.role == role and row.value == value]

    def pattern(words: list[str], edge: str) -> re.Pattern[str]:
        return re.compile(edge + "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")" + edge)

    verbs = {word: value.split("/") for word, value in values("verb").items()}
    return TalksWords(
        nouns=values("noun"),  # type: ignore[arg-type]
        verbs={word: (kind, frame) for word, (kind, frame) in verbs.items()},  # type: ignore[misc]
        acts=values("act"),
        heads=values("head"),
        adjectives=values("adjective"),
        before=frozenset(having("other", "before")),
        after=frozenset(having("other", "after")),
        hosting=frozenset(having("mediator", "verb")),
        mediators=frozenset(having("mediator", "noun")),
        hosted=frozenset(having("mediator", "participle")),
        other_senses=frozenset(having("not", "")),
        levels=tuple((level, pattern([re.escape(w) for w in having("level", level)], r"\b")) for level in _LEVELS),
        outcomes=tuple((outcome, pattern(having("outcome", outcome), r"")) for outcome in _OUTCOMES),
        contact_kinds=frozenset(row.word for row in rows if row.role == "level"),
        classes={row.name: frozenset(row.words) for row in knowledge.talks_classes},
    )
