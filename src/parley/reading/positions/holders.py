"""Whose position it is: from a word of the parse to the parties that it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from parley.reading.layers import Reading
from parley.reading.positions.syntax import Syntax
from parley.record import Statement

FIRST_PERSON = frozenset(("i", "we", "us", "me", "our", "my", "ours", "ourselves"))
_POSSESSIVE = ("poss", "nmod", "compound", "amod")
_SOURCES = ("by", "from", "of")

Parties = tuple[str, ...]


@dataclass(frozen=True)
class Holders:
    """Looks up parties in the mentions and statements of a reading."""

    reading: Reading
    syntax: Syntax
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Sets of words by the name that the table gives them."""
    _memory: dict[int, Parties] = field(default_factory=dict)
    _kin: dict[str, Parties] = field(default_factory=dict)
    """For persons without a party: that of the body which the text says they are of ("a member of its council")."""

    def __post_init__(self) -> None:
        self._kin.update(self._find_kin())

    @cached_property
    def _voices(self) -> list[tuple[int, int, Statement]]:
        """Contents of the statements with their token ranges, the shortest first."""
        ranges = [(*self.reading.tokens_between(s.start, s.end), st) for st in self.reading.statements for s in st.content]
        return sorted(ranges, key=lambda r: r[1] - r[0])

    @cached_property
    def _cues(self) -> dict[int, Statement]:
        return {t: st for st in self.reading.statements if st.cue
                for t in range(*self.reading.tokens_between(st.cue.start, st.cue.end))}  # fmt: skip

    def voice(self, token: int) -> Statement | None:
        """The innermost statement whose content this token belongs to."""
        return next((st for first, last, st in self._voices if first <= token < last), None)

    def cued_by(self, token: int) -> Statement | None:
        """The statement whose cue this token belongs to."""
        return self._cues.get(token)

    def speaker(self, token: int) -> Parties:
        """The parties of the statement that this token is said in."""
        statement = self.voice(token)
        return self.told_by(statement) if statement else ()

    def told_by(self, statement: Statement) -> Parties:
        """The parties of a statement's speaker, also where only what the text says of the speaker tells them."""
        return parties_of_statement(statement) or self._kin.get(statement.speaker or "", ())

    def _find_kin(self) -> dict[str, Parties]:
        kin: dict[str, Parties] = {}
        for mention in self.reading.mentions.all:
            if len(mention.actors) != 1 or mention.actors[0] in kin or self.reading.actor(mention.actors[0]).party:
                continue
            told = [mention.head, *(c for c in self.syntax.children[mention.head] if self.syntax.dep[c] == "appos")]
            if self.syntax.dep[mention.head] == "appos":
                told.append(self.syntax.head[mention.head])  # "its adviser, Ali Aydin"
            if self._heads(mention.head, mention.actors[0], kin):
                continue
            for noun in told:
                if self.syntax.lemma[noun] in self.words["speaking-for"] and (parties := self.owner(noun)):
                    kin[mention.actors[0]] = parties
                    break
        return kin

    def _heads(self, person: int, actor: str, kin: dict[str, Parties]) -> bool:
        """ "Who heads the Sudanese mediation": notes down for whom that person speaks."""
        syntax = self.syntax
        for clause in syntax.children[person]:
            if (
                syntax.dep[clause] == "relcl"
                and syntax.lemma[clause] in self.words["heading"]
                and not syntax.negated(clause)
            ):
                thing = syntax.child(clause, "dobj")
                if thing is not None and (parties := self._named(thing, 0) or self.owner(thing)):
                    kin[actor] = parties
                    return True
        return False

    def of(self, token: int) -> Parties:
        """The parties that the noun phrase headed by this token stands for, in the order of the text."""
        if token not in self._memory:
            self._memory[token] = self._of(token, 0)
        return self._memory[token]

    def _of(self, token: int, depth: int) -> Parties:
        syntax = self.syntax
        if syntax.low[token] in FIRST_PERSON and (said := self.speaker(token)):
            return said
        mention = self.reading.mentions.headed_by(token) or self.reading.mentions.at(token)
        found = list(self.reading.parties(mention.actors)) if mention else []
        if not found and mention and len(mention.actors) == 1:
            found = list(self._kin.get(mention.actors[0], ()))
        if not found and depth < 3 and syntax.lemma[token] not in self.words["beside-a-side"]:
            found = list(self.owner(token, depth))
        for joined in syntax.children[token]:
            if syntax.dep[joined] == "conj" and not syntax.verbal(joined) and depth < 4:
                found.extend(self._of(joined, depth + 1))
        return tuple(dict.fromkeys(found))

    def owner(self, noun: int, depth: int = 0) -> Parties:
        """The parties that a noun belongs to: "Riga's demand", "the rebel proposal", "a call by the rebels"."""
        syntax = self.syntax
        for child in syntax.children[noun]:
            if syntax.low[child - 1] == "-" and syntax.low[child - 2] in ("pro", "anti"):
                continue
            if syntax.dep[child] in _POSSESSIVE and (found := self._named(child, depth)):
                return found
        for child in syntax.children[noun]:
            if syntax.dep[child] in ("prep", "agent") and syntax.low[child] in _SOURCES:
                thing = syntax.child(child, "pobj")
                if thing is not None and (found := self._named(thing, depth)):
                    return found
        return ()

    def _named(self, token: int, depth: int) -> Parties:
        if self.syntax.low[token] in FIRST_PERSON:
            return self.speaker(token)
        mention = self.reading.mentions.headed_by(token) or self.reading.mentions.at(token)
        if mention is not None:
            return self._of(token, depth + 1)
        return self.owner(token, depth + 1) if depth < 2 and self.syntax.dep[token] in ("poss", "pobj") else ()


def parties_of_statement(statement: Statement) -> Parties:
    """The parties that a statement's speaker speaks for: the record joins several by semicolons."""
    return tuple(p.strip() for p in (statement.party or "").split(";") if p.strip())
