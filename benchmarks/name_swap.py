"""Coded articles with invented names: every state, capital, group and person that a table knows is given a name of no table.

What a reader finds in the exchanged article owes nothing to a table of names, only to the text. Each name is exchanged for
one of the same shape throughout ("Torland", "Torlish", the capital; "Moro Islamic Liberation Front (MILF)" and its acronym;
a person's full name and last name), in the text and in its coding alike, so that the same scorer scores both.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from parley.knowledge.rows import Group, Person, State
from parley.reading import Reader
from parley.reading.actors.lexicon import lexicon_of
from parley.reading.actors.words import words_of
from parley.reading.layers import Reading
from parley.reading.parse import parse
from parley.record import Document

STATES = [
    # name, adjective, people, capital
    ("Maravel", "Maravelian", "Maravelians", "Tesk"), ("Zandar", "Zandari", "Zandaris", "Ilmet"),
    ("Quenland", "Quenish", "Quenlanders", "Port Amery"), ("Ostrovia", "Ostrovian", "Ostrovians", "Halmgrad"),
    ("Belhara", "Belharese", "Belharese", "Dessa"), ("Tirland", "Tirlandish", "Tirlanders", "Corvin"),
    ("Ambaru", "Ambaruan", "Ambaruans", "Keta"), ("Lurmania", "Lurmanian", "Lurmanians", "Belmor"),
    ("Vestria", "Vestrian", "Vestrians", "Narva Lok"), ("Okandu", "Okandan", "Okandans", "Mawele"),
    ("Ashken", "Ashkeni", "Ashkenis", "Grelm"), ("Caldor", "Caldorian", "Caldorians", "Frome"),
    ("Pellora", "Pelloran", "Pellorans", "Saint Ives"), ("Daruth", "Daruthi", "Daruthis", "Obanj"),
    ("Sorrelia", "Sorrelian", "Sorrelians", "Vint"), ("Drovna", "Drovnan", "Drovnans", "Kaspin"),
    ("Hestan", "Hestani", "Hestanis", "Yurak"), ("Nordavia", "Nordavian", "Nordavians", "Stroem"),
    ("Talmyr", "Talmyrian", "Talmyrians", "Ardesh"), ("Corvandia", "Corvandian", "Corvandians", "Lisk"),
    ("Myrkistan", "Myrki", "Myrkis", "Toshkel"), ("Azmar", "Azmari", "Azmaris", "Derrun"),
    ("Felmark", "Felmarkish", "Felmarkers", "Ostby"), ("Granduria", "Grandurian", "Grandurians", "Altamar"),
]  # fmt: skip
PEOPLE = [
    ("Imre", "Talgo"), ("Sefu", "Marat"), ("Dorin", "Vasht"), ("Pavo", "Draskin"), ("Nadir", "Osso"), ("Bram", "Tule"),
    ("Karel", "Oudal"), ("Joss", "Hallin"), ("Oskar", "Wend"), ("Kolt", "Brenner"), ("Idar", "Zoum"), ("Hamo", "Dibo"),
    ("Viktor", "Strahl"), ("Alan", "Marrow"), ("Tavi", "Orenko"), ("Milo", "Issik"), ("Salim", "Hadra"), ("Nur", "Attal"),
    ("Elin", "Strand"), ("Ravi", "Morn"), ("Tomas", "Arrel"), ("Leon", "Abelard"), ("Petar", "Momo"), ("Ivo", "Kress"),
    ("Rolf", "Lusk"), ("Jonas", "Pellik"), ("Arno", "Quint"), ("Emil", "Sandor"), ("Otto", "Fenn"), ("Marko", "Ilves"),
]  # fmt: skip
GROUPS = [
    "Tarkun",
    "Zelbah",
    "Orvad",
    "Mishkar",
    "Tovari",
    "Velgan",
    "Kuruth",
    "Dalmeh",
    "Rusken",
    "Hadrun",
    "Belqat",
    "Simsar",
]
ROOTS = ["Koradi", "Tessal", "Halmar", "Orsha", "Velden", "Ruskal", "Dimar", "Yamuk", "Zomeh", "Bantal"]
ENDINGS = ("ish", "ese", "ian", "is", "i", "s")
_PLAIN = frozenset(
    """army front movement party liberation islamic national democratic revolutionary people's peoples united patriotic free
    popular socialist communist forces armed union council resistance alliance organisation organization congress government
    coalition state republic defence defense of the for and de la nacional ejército fuerzas armadas justice equality freedom
    party's brigades committee authority rapid support command league new sovereignty independence""".split()
)  # fmt: skip
"""Words in the names of groups that are no names themselves."""


@dataclass
class Swap:
    """Forms of names in one article with the invented ones, and the names that `party` may print for each exchanged side."""

    forms: dict[str, str] = field(default_factory=dict)
    sides: dict[str, str] = field(default_factory=dict)
    """Row name -> the invented name that stands for the side."""
    peoples: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    """Invented form -> the invented name that the coding has."""

    def __call__(self, text: str) -> str:
        """The text with all names exchanged, the longest first."""
        pattern = "|".join(re.escape(form) for form in sorted(self.forms, key=len, reverse=True))
        return re.sub(rf"(?<![\w])(?:{pattern})(?!\w)", lambda m: self.forms[m[0]], text) if pattern else text


class Inventor:
    """Gives out invented names, another one for each real name, beginning at a place that depends on the article."""

    def __init__(self, seed: int) -> None:
        self.seed, self.given = seed, dict[tuple[str, str], Any]()

    def one_of(self, pool: list[Any], kind: str, name: str) -> Any:
        taken = sum(k == kind for k, _ in self.given)
        return self.given.setdefault((kind, name), pool[(self.seed + taken) % len(pool)])


def swap_of(reader: Reader, text: str, seed: int) -> Swap:
    """The names of the tables that stand in the text, each with an invented one."""
    swap, inventor = Swap(), Inventor(seed)
    found = list(_names(reader, text))
    for kind, form, row in found:
        if isinstance(row, State):
            _state(swap, inventor.one_of(STATES, "state", row.name), kind, form, row, text)
    for _, form, row in found:
        if isinstance(row, Person):
            _person(swap, inventor, form, row, text)
    groups = [(form, row) for _, form, row in found if isinstance(row, Group)]
    for form, row in groups:
        if form not in swap.forms:
            _group(swap, inventor, form, row, [f for f, r in groups if r is row])
    _may_be_called(swap, found, inventor)
    return swap


def _names(reader: Reader, text: str) -> Iterator[tuple[str, str, Any]]:
    reading = parse.run(Reading(Document(text=text)), reader.knowledge, reader.models)
    words, seen = words_of(reading.tokens, reading.paragraphs), set()
    for m in lexicon_of(reader.knowledge).name_matches(words):
        form = words.source[words.begin[m.start] : words.finish[m.end - 1]]
        row = next((r for r in m.term.rows if isinstance(r, State | Group | Person)), None)
        if row is None:
            continue
        article = m.start and words.folded[m.start - 1] == "the" and m.end < len(words)
        if m.term.kind == "state" and article and words.dep[m.end - 1] not in ("compound", "amod", "nmod"):
            form = words.source[
                words.begin[m.start - 1] : words.finish[m.end]
            ]  # "the US said": invented names have no article
        if form not in seen:
            seen.add(form)
            yield m.term.kind, form, row


def _state(swap: Swap, invented: tuple[str, str, str, str], kind: str, form: str, row: State, text: str) -> None:
    name, adjective, people, capital = invented
    swap.sides[row.name] = name
    swap.peoples.update({word: people if word.endswith("s") else adjective for word in row.demonyms})
    if kind == "seat" and any(other in form.split() for other in (row.name, *row.aliases)):
        return  # "U.S. State Department": its first word is exchanged.
    plural = form.endswith("s") and form[:-1] in row.demonyms
    shapes = {"state": name, "demonym": people if plural else adjective, "capital": capital, "seat": capital}
    if form.lower().startswith("the ") and kind == "state":
        after = next((form[len(f"the {other}") :] for other in sorted((row.name, *row.aliases), key=len, reverse=True)
                     if form[4:].startswith(other)), None)  # fmt: skip
        if after is not None:
            swap.forms[form] = name + after
        return
    dateline = form.isupper() and form.isalpha() and form not in row.aliases
    swap.forms[form] = shapes[kind].upper() if dateline else shapes[kind]
    for half in ("North", "South"):
        if kind == "state" and form.startswith(f"{half} ") and f"the {half}" in text:
            swap.forms[f"the {half}"], swap.forms[f"The {half}"] = name, name


def _person(swap: Swap, inventor: Inventor, form: str, row: Person, text: str) -> None:
    words = form.split()
    family = words[-1] if _stands_alone(text, form) or not _stands_alone(text, form, 0) else words[0]
    first, _ = inventor.one_of(PEOPLE, "first", row.name)
    _, last = inventor.one_of(PEOPLE, "last", family.removeprefix("al-"))
    swap.forms[form] = f"{first} {last}" if len(words) > 1 else last
    swap.forms.setdefault(family, last)
    if len(words) > 1 and words[0][0].isupper():
        swap.forms.setdefault(words[0], first)


def _stands_alone(text: str, name: str, which: int = -1) -> bool:
    """Whether one word of a name stands without the others: the family name ("Zelensky", but "Xi" of "Xi Jinping")."""
    word = name.split()[which]
    return len(re.findall(rf"\b{re.escape(word)}\b", text)) > len(re.findall(re.escape(name), text))


def _group(swap: Swap, inventor: Inventor, form: str, row: Group, forms: list[str]) -> None:
    words = form.split()
    if form.isupper() or any(c.isdigit() for c in form):
        long = next((f for f in forms if "".join(w[0] for w in f.split() if w[0].isupper()) == form), None)
        letters = "".join(chr((ord(c) - 65 + 7) % 26 + 65) if c.isupper() else c for c in form)
        new = letters if long is None else "".join(w[0] for w in _renamed(swap, inventor, long).split() if w[0].isupper())
    elif len(words) == 1:
        single = [f for f in forms if len(f.split()) == 1]
        ending = next((e for e in ENDINGS if form.endswith(e)), "") if len(single) > 1 else "s" * form.endswith("s")
        new = inventor.one_of(GROUPS, "group", row.name) + ending
    else:
        new = _renamed(swap, inventor, form)
    swap.forms[form] = new
    swap.sides.setdefault(row.name, new)
    swap.aliases[new] = swap.sides[row.name]
    if not words[-1][0].isupper() and len(words) > 1:
        swap.aliases[new.rsplit(maxsplit=1)[0]] = swap.sides[row.name]


def _renamed(swap: Swap, inventor: Inventor, name: str) -> str:
    """The name with its words that are names exchanged; where it has none, with an invented people in front."""

    def word_for(word: str) -> str:
        known = swap.forms.get(word) or swap.peoples.get(word)
        if known or not word[:1].isupper() or word.lower() in _PLAIN:
            return known or word
        stem = word.removesuffix("s")
        return str(inventor.one_of(ROOTS, "root", stem)) + word[len(stem) :]

    new = " ".join(word_for(word) for word in name.split())
    return new if new != name else f"{inventor.one_of(ROOTS, 'root', name)} {name.split(maxsplit=1)[1]}"


def _may_be_called(swap: Swap, found: list[tuple[str, str, Any]], inventor: Inventor) -> None:
    """A state whose plain name an article does not print may be called by what it does print."""
    printed = {row.name for kind, _, row in found if kind == "state"}
    for row in {row.name: row for _, _, row in found if isinstance(row, State)}.values():
        name, adjective, people, capital = inventor.one_of(STATES, "state", row.name)
        if row.name not in printed:
            for other in (adjective, people, capital, f"{adjective} government", f"the {people}"):
                swap.aliases[other] = name


def swapped(gold: dict[str, Any], swap: Swap, norm: Callable[[str], str]) -> dict[str, Any]:
    """The coding with the same names exchanged; a side's name by the side, whatever form the article has of it."""
    sides = {norm(name): invented for name, invented in swap.sides.items()}

    def other(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: other(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [other(v, key) for v in value]
        if not isinstance(value, str) or key in ("id", "url", "published"):
            return value
        if key in ("party", "participants", "mediators", "asserted_by", "denied_by"):
            return "; ".join(sides.get(norm(part), swap(part.strip())) for part in value.split(";"))
        return swap(value)

    changed: dict[str, Any] = other(copy.deepcopy(gold))
    return changed
