"""The knowledge tables as one index of terms, and where the terms stand in a text.

A term matches whole words, without regard to accents and hyphens. A word that its table writes with a capital must begin
with a capital in the text; a word that it writes in capitals only ("US", "WHO") must stand in capitals there. The longest
term wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar

from parley.knowledge.rows import Group, Organisation, Person, Row, State
from parley.reading.actors.words import Words, fold, key_of

if TYPE_CHECKING:
    from parley.knowledge import Knowledge

TermKind = Literal[
    "state",
    "demonym",
    "capital",
    "seat",
    "organisation",
    "organisation-seat",
    "group",
    "person",
    "office",
    "agent",
    "body",
    "grouping",
]
R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Term:
    """A name, title or noun of a table, with all rows that have it.

    `text` is the term folded, without blanks and hyphens, so that it is found however a text is split into words; at the
    places `capitals` of it the text must have capital letters.
    """

    kind: TermKind
    text: str
    capitals: tuple[int, ...]
    rows: tuple[Row, ...]
    plural: bool = False


@dataclass(frozen=True)
class Match:
    """A term where it stands: words start..end (exclusive). `also` are terms of other kinds with the same words."""

    start: int
    end: int
    term: Term
    also: tuple[Term, ...] = ()

    def rows(self, kind: type[R]) -> tuple[R, ...]:
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
    words: dict[str, frozenset[str]] = field(default_factory=dict)
    """Classes of words by name (table ``actor_words``)."""
    learnt: frozenset[str] = frozenset()
    """Codes of the lands that only this text knows."""

    def taught(self, states: list[State]) -> Lexicon:
        """This index with the states that a text has shown."""
        names = dict(self.names)
        for state in states:
            for kind, form in _forms_of_state(state):
                text, capitals = _spelling(form, kind)
                key = key_of(fold(form))
                names[key] = tuple(sorted((*names.get(key, ()), Term(kind, text, capitals, (state,))), key=_order))
        demonyms = {fold(word): (state,) for state in states for word in state.demonyms}
        return replace(
            self, names=names, states=self.states | {s.name: s for s in states}, demonyms=demonyms | self.demonyms,
            learnt=frozenset(s.alpha3 for s in states),
        )  # fmt: skip

    def name_matches(self, words: Words) -> list[Match]:
        """Names of states, their people, capitals and seats, of organisations, groups and persons; none overlap."""
        return list(_scan(words, self.names, [False] * len(words)))

    def noun(self, words: Words, start: int, end: int) -> Match | None:
        """The title or noun that is just the words start..end."""
        text = "".join(words.folded[start:end]).replace("-", "")
        return next((Match(start, end, t) for t in self.nouns.get(words.key[start], ()) if t.text == text), None)

    def noun_matches(self, words: Words, taken: list[bool]) -> list[Match]:
        """Titles of office and nouns for agents among the words that are not taken; none overlap."""
        return list(_scan(words, self.nouns, taken))


def _scan(words: Words, index: dict[str, tuple[Term, ...]], taken: list[bool]) -> Iterator[Match]:
    i, n = 0, len(words)
    while i < n:
        terms = index.get(words.key[i]) if not taken[i] else None
        found = _longest(words, i, terms, taken) if terms else None
        if found is None:
            i += 1
        else:
            yield found
            i = found.end


def _longest(words: Words, i: int, terms: tuple[Term, ...], taken: list[bool]) -> Match | None:
    """The longest of the terms (given longest first) that stands at word i."""
    folded, raw, ends = "", "", dict[int, int]()
    k, longest = i, len(terms[0].text)
    while k < len(words) and len(folded) < longest and not taken[k] and words.paragraph[k] == words.paragraph[i]:
        folded += words.folded[k].replace("-", "")
        raw += words.text[k].replace("-", "")
        k += 1
        ends.setdefault(len(folded), k)
    same_length = len(raw) == len(folded)
    found: list[Term] = []
    for term in terms:
        if found and len(term.text) < len(found[0].text):
            break
        if len(term.text) in ends and folded.startswith(term.text):
            capitals = term.capitals if same_length else term.capitals[:1]
            if all(raw[at].isupper() for at in capitals):
                found.append(term)
    return Match(i, ends[len(found[0].text)], found[0], tuple(found[1:])) if found else None


_RANK: dict[TermKind, int] = {
    "person": 0, "group": 1, "organisation": 2, "state": 3, "demonym": 4, "seat": 5, "capital": 6, "organisation-seat": 7,
    "office": 8, "agent": 9, "body": 10, "grouping": 0,
}  # fmt: skip


@lru_cache(maxsize=4)
def lexicon_of(knowledge: Knowledge) -> Lexicon:
    """The index of a knowledge base. Made once."""
    collected: dict[tuple[TermKind, str, tuple[int, ...], bool], dict[int, Row]] = defaultdict(dict)
    keys: dict[str, str] = {}
    for kind, form, row, plural in _surface_forms(knowledge):
        text, capitals = _spelling(form.removeprefix("the ").removeprefix("The "), kind)
        if text:
            collected[kind, text, capitals, plural][id(row)] = row
            keys.setdefault(text, key_of(fold(form.removeprefix("the ").removeprefix("The "))))
    names: dict[str, list[Term]] = defaultdict(list)
    nouns: dict[str, list[Term]] = defaultdict(list)
    bodies: dict[str, Term] = {}
    for (kind, text, capitals, plural), rows in collected.items():
        term = Term(kind, text, capitals, tuple(rows.values()), plural)
        if kind == "body":
            bodies[text] = term
        else:
            (nouns if kind in ("office", "agent") else names)[keys[text]].append(term)
    demonyms: dict[str, list[State]] = defaultdict(list)
    for state in knowledge.states:
        for word in state.demonyms:
            demonyms[fold(word)].append(state)
    surnames, people, holders = _people(knowledge)
    return Lexicon(
        names=_ordered(names), nouns=_ordered(nouns), bodies=bodies,
        surnames=surnames, people=people, holders=holders,
        states={s.name: s for s in knowledge.states}, groups={g.name: g for g in knowledge.groups},
        organisations={o.name: o for o in knowledge.organisations},
        demonyms={k: tuple(v) for k, v in demonyms.items()},
        words={row.name: frozenset(row.words) for row in knowledge.actor_words} | _words_of_talks(knowledge),
        saying=frozenset(c.words for c in knowledge.cues if c.pos == "verb" and c.needs != "never" and " " not in c.words),
    )  # fmt: skip


def _words_of_talks(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """What the talks stage knows of those who help: their verbs, their nouns, and what is mediated."""
    rows = knowledge.talks_words
    verbs = {row.word for row in rows if row.role == "mediator" and row.value == "verb"}
    helped = (row.word for row in rows if row.role == "mediator" and row.value == "participle")
    works = next((row.words for row in knowledge.talks_classes if row.name == "peace-works"), ())
    return {
        "helping": frozenset(verbs),
        "helped": frozenset(word for word in helped if {word[:-1], word[:-2]} & verbs),
        "helpers": frozenset(row.word for row in rows if row.role == "mediator" and row.value == "noun"),
        "talks": frozenset(row.word for row in rows if row.role == "noun") | frozenset(works),
    }


def _people(knowledge: Knowledge) -> tuple[dict[str, tuple[Person, ...]], ...]:
    """Persons by surname, and the offices of each person and of each side."""
    surnames: dict[str, dict[int, Person]] = defaultdict(dict)
    people: dict[str, list[Person]] = defaultdict(list)
    holders: dict[str, list[Person]] = defaultdict(list)
    for person in knowledge.people:
        people[person.name].append(person)
        holders[person.party].append(person)
        for form in (person.name, *person.aliases):
            surnames[fold(form).replace("-", " ").split()[-1]][id(person)] = person
    by_surname = {k: tuple(v.values()) for k, v in surnames.items()}
    return by_surname, {k: tuple(v) for k, v in people.items()}, {k: tuple(v) for k, v in holders.items()}


SHORT = 3
"""Up to so many letters a name with a capital inside it is an acronym, and must be written so ("LeT")."""
ACRONYMS = frozenset(("ngo", "ngos", "pow", "pows", "idp", "idps", "pm", "pms", "mp", "mps", "eu", "un"))
"""Nouns of the tables that are acronyms: in other than capitals they are other words, or parts of names."""


def _order(term: Term) -> tuple[int, int]:
    return -len(term.text), _RANK[term.kind]


def _ordered(index: dict[str, list[Term]]) -> dict[str, tuple[Term, ...]]:
    return {w: tuple(sorted(terms, key=_order)) for w, terms in index.items()}


def _spelling(form: str, kind: TermKind) -> tuple[str, tuple[int, ...]]:
    """The term folded and joined, and where in it a text must have capital letters."""
    text, capitals = "", list[int]()
    for word in form.replace("-", " ").split():
        at, folded = len(text), fold(word)
        text += folded
        if kind in ("office", "agent", "body"):
            capitals += [at, at + 1] if folded in ACRONYMS else []
        elif word[:1].isupper():
            letters = [at + k for k, c in enumerate(word) if c.isalpha()] if len(word) == len(folded) else [at]
            acronym = kind != "person" and (word.isupper() or (len(word) <= SHORT and not word[1:].islower()))
            capitals += [at + k for k in range(len(word)) if word[k].isupper()] if acronym and len(letters) > 1 else [at]
    return text, tuple(capitals)


def _surface_forms(knowledge: Knowledge) -> Iterator[tuple[TermKind, str, Row, bool]]:
    for state in knowledge.states:
        yield from ((kind, text, state, False) for kind, text in _forms_of_state(state))
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
    for grouping in knowledge.groupings:
        yield ("grouping", grouping.phrase, grouping, True)
    for noun in knowledge.body_nouns:
        yield ("body", noun.noun, noun, False)


def _forms_of_state(state: State) -> Iterator[tuple[TermKind, str]]:
    yield from (("state", text) for text in (state.name, *state.aliases))
    yield from (("demonym", text) for text in state.demonyms)
    yield from (("capital", text) for text in state.capitals)
    yield from (("seat", text) for text in state.seats)


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
