"""The knowledge tables as one index of terms, and where the terms stand in a text.

A term matches whole words, without regard to accents. A word that its table writes with a capital must begin with a capital
in the text; a word that it writes in capitals only ("US", "WHO") must stand in capitals there. The longest term wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from parley.knowledge.rows import Group, Organisation, Person, Row, State
from parley.reading.actors.words import Words, fold

if TYPE_CHECKING:
    from parley.knowledge import Knowledge
    from parley.models import Models

TermKind = Literal[
    "state", "demonym", "capital", "seat", "organisation", "organisation-seat", "group", "person", "office", "agent", "body"
]
_ARTICLE = ("the ", "The ")


@dataclass(frozen=True)
class Term:
    """A name, title or noun of a table, as the words it is made of, with all rows that have it."""

    kind: TermKind
    words: tuple[str, ...]
    case: tuple[Literal["any", "capital", "capitals", "acronym"], ...]
    rows: tuple[Row, ...]
    plural: bool = False

    def stands_at(self, words: Words, i: int) -> bool:
        """Whether the term's words stand at word i."""
        n = len(self.words)
        if tuple(words.folded[i : i + n]) != self.words:
            return False
        for k, case in enumerate(self.case, i):
            if case == "acronym" and not words.text[k][:2].isupper():
                return False
            if (case == "capital" and not words.upper(k)) or (case == "capitals" and not words.text[k].isupper()):
                return False
        return True


@dataclass(frozen=True)
class Match:
    """A term where it stands: words start..end (exclusive). `also` are terms of other kinds with the same words."""

    start: int
    end: int
    term: Term
    also: tuple[Term, ...] = ()

    def rows(self, kind: type[Row]) -> tuple[Row, ...]:
        """The rows of one table that have this term."""
        return tuple(r for t in (self.term, *self.also) for r in t.rows if isinstance(r, kind))


@dataclass(frozen=True)
class Lexicon:
    """The index: terms by their first word, people by their last name, name and side."""

    names: dict[str, tuple[Term, ...]]
    nouns: dict[str, tuple[Term, ...]]
    bodies: dict[str, Term]
    """Nouns that in a name say what the named body is, by their word."""
    surnames: dict[str, tuple[Person, ...]]
    people: dict[str, tuple[Person, ...]]
    """The offices of a person, by name."""
    holders: dict[str, tuple[Person, ...]]
    """The offices of a side, by its name."""
    states: dict[str, State]
    groups: dict[str, Group]
    organisations: dict[str, Organisation]
    saying: frozenset[str]
    """Verbs that report speech, by lemma."""
    demonyms: dict[str, tuple[State, ...]] = field(default_factory=dict)

    def name_matches(self, words: Words) -> list[Match]:
        """Names of states, their people, capitals and seats, of organisations, groups and persons; none overlap."""
        return list(_scan(words, self.names, [False] * len(words)))

    def noun_matches(self, words: Words, taken: list[bool]) -> list[Match]:
        """Titles of office and nouns for agents among the words that are not taken; none overlap."""
        return list(_scan(words, self.nouns, taken))


def _scan(words: Words, index: dict[str, tuple[Term, ...]], taken: list[bool]) -> Iterator[Match]:
    i, n = 0, len(words)
    while i < n:
        terms = index.get(words.folded[i]) if not taken[i] else None
        found = [t for t in terms if t.stands_at(words, i) and True not in taken[i : i + len(t.words)]] if terms else []
        if not found:
            i += 1
            continue
        size = len(found[0].words)
        same = [t for t in found if len(t.words) == size]
        yield Match(i, i + size, same[0], tuple(same[1:]))
        i += size


_RANK: dict[TermKind, int] = {
    "person": 0, "group": 1, "organisation": 2, "state": 3, "demonym": 4, "seat": 5, "capital": 6, "organisation-seat": 7,
    "office": 8, "agent": 9, "body": 10,
}  # fmt: skip


@lru_cache(maxsize=4)
def lexicon_of(knowledge: Knowledge, models: Models) -> Lexicon:
    """The index of a knowledge base, its terms split into words as the parser splits texts. Made once."""
    tokenizer = models.parser.tokenizer

    @cache
    def split(text: str) -> tuple[str, ...]:
        return tuple(t.text for t in tokenizer(text) if not t.is_space)

    collected: dict[tuple[TermKind, tuple[str, ...], tuple[str, ...], bool], list[Row]] = defaultdict(list)
    for kind, text, row, plural in _surface_forms(knowledge):
        pieces = split(text.removeprefix("the ").removeprefix("The "))
        if pieces:
            key = (kind, tuple(fold(p) for p in pieces), tuple(_case(p, kind) for p in pieces), plural)
            if row not in collected[key]:
                collected[key].append(row)
    names: dict[str, list[Term]] = defaultdict(list)
    nouns: dict[str, list[Term]] = defaultdict(list)
    bodies: dict[str, list[Term]] = defaultdict(list)
    for (kind, pieces, case, plural), rows in collected.items():
        index = nouns if kind in ("office", "agent") else bodies if kind == "body" else names
        index[pieces[0]].append(Term(kind, pieces, case, tuple(rows), plural))  # type: ignore[arg-type]
    surnames: dict[str, list[Person]] = defaultdict(list)
    people: dict[str, list[Person]] = defaultdict(list)
    holders: dict[str, list[Person]] = defaultdict(list)
    for person in knowledge.people:
        people[person.name].append(person)
        holders[person.party].append(person)
        for form in (person.name, *person.aliases):
            last = fold(split(form)[-1])
            if person not in surnames[last]:
                surnames[last].append(person)
    demonyms: dict[str, list[State]] = defaultdict(list)
    for state in knowledge.states:
        for word in state.demonyms:
            demonyms[fold(word)].append(state)
    return Lexicon(
        names=_ordered(names), nouns=_ordered(nouns), bodies={w: t[0] for w, t in _ordered(bodies).items()},
        surnames={k: tuple(v) for k, v in surnames.items()}, people={k: tuple(v) for k, v in people.items()},
        holders={k: tuple(v) for k, v in holders.items()},
        states={s.name: s for s in knowledge.states}, groups={g.name: g for g in knowledge.groups},
        organisations={o.name: o for o in knowledge.organisations},
        demonyms={k: tuple(v) for k, v in demonyms.items()},
        saying=frozenset(c.words for c in knowledge.cues if c.pos == "verb" and c.needs != "never" and " " not in c.words),
    )  # fmt: skip


ACRONYMS = frozenset(("ngo", "ngos", "pow", "pows", "idp", "idps", "pm", "pms", "mp", "mps", "eu", "un"))
"""Nouns of the tables that are acronyms: in other than capitals they are other words, or parts of names."""


def _ordered(index: dict[str, list[Term]]) -> dict[str, tuple[Term, ...]]:
    return {w: tuple(sorted(terms, key=lambda t: (-len(t.words), _RANK[t.kind]))) for w, terms in index.items()}


def _case(piece: str, kind: TermKind) -> Literal["any", "capital", "capitals", "acronym"]:
    if kind in ("office", "agent") and piece.lower() in ACRONYMS:
        return "acronym"
    if kind in ("office", "agent", "body") or not piece[:1].isupper():
        return "any"
    letters = [c for c in piece if c.isalpha()]
    return "capitals" if len(letters) > 1 and piece.isupper() and kind != "person" else "capital"


def _surface_forms(knowledge: Knowledge) -> Iterator[tuple[TermKind, str, Row, bool]]:
    for state in knowledge.states:
        yield from (("state", text, state, False) for text in (state.name, *state.aliases))
        yield from (("demonym", text, state, False) for text in state.demonyms)
        yield from (("capital", text, state, False) for text in state.capitals)
        yield from (("seat", text, state, False) for text in state.seats)
    for body in knowledge.organisations:
        yield from (("organisation", text, body, False) for text in (body.name, *body.aliases))
        yield from (("organisation-seat", text, body, False) for text in body.seats)
    for group in knowledge.groups:
        yield from (("group", text, group, False) for text in (group.name, *group.aliases))
    for person in knowledge.people:
        yield from (("person", text, person, False) for text in (person.name, *person.aliases))
    for office in knowledge.offices:
        yield ("office", office.title, office, False)
        if (plural := plural_of(office.title)) != office.title:
            yield ("office", plural, office, True)
    for agent in knowledge.agents:
        yield ("agent", agent.noun, agent, False)
        if agent.plural and agent.plural != agent.noun:
            yield ("agent", agent.plural, agent, True)
    for noun in knowledge.body_nouns:
        yield ("body", noun.noun, noun, False)


def plural_of(noun: str) -> str:
    """The plural of an English noun or noun phrase by its last word: "army" -> "armies"."""
    if noun.endswith(("men", "people", "police", "forces", "troops", "personnel", "media", "staff", "ss")):
        return noun if not noun.endswith("ss") else noun + "es"
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("person"):
        return noun[:-6] + "people"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("s"):
        return noun
    return noun + ("es" if noun.endswith(("x", "z", "ch", "sh")) else "s")
