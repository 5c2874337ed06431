"""Persons by name: full names, last names and other parts of names that stand for one person."""

from __future__ import annotations

from parley.knowledge.rows import Person
from parley.reading.actors.cast import Cast, Draft
from parley.reading.actors.phrase import Phrase
from parley.reading.actors.survey import name_words


def person(cast: Cast, p: Phrase, name: tuple[str, ...], rows: tuple[Person, ...]) -> Draft:
    """The person of this name: known from the text by the full name or a part of it, or from the table by the last name."""
    draft = _known_person(cast, p, name, rows)
    if draft is None:
        if not rows and len(name) == 1:
            rows = _by_surname(cast, p, name[0])
        text = cast.words.phrase(*p.name)  # type: ignore[misc]
        key = ("person", *name)
        if key in cast.drafts:
            key = (*key, _sex_by_title(cast, p))  # "Mrs Tal" beside a "Tal" who is a man
        draft = cast.draft(key, text, "person", "name of a person")
        draft.rows = rows
        if rows and len(name) == 1:
            draft.name = rows[0].name
        cast.persons.append((name, draft))
    else:
        draft.rows = draft.rows or rows
        text = cast.words.phrase(*p.name)  # type: ignore[misc]
        if len(name) > 1 and len(name) >= max(len(n) for n, d in cast.persons if d is draft) and len(text) > len(draft.name):
            draft.name = text
        if (name, draft) not in cast.persons:
            if len(name) > 1 and all(len(n) == 1 for n, d in cast.persons if d is draft):
                draft.name = text
            cast.persons.append((name, draft))
    return draft


def _known_person(cast: Cast, p: Phrase, name: tuple[str, ...], rows: tuple[Person, ...]) -> Draft | None:
    same_row = {r.name for r in rows}
    tokens = set(name)
    candidates: list[tuple[int, Draft]] = []
    for known, draft in cast.persons:
        if known == name or (same_row and any(r.name in same_row for r in draft.rows)):
            candidates.append((3, draft))
        elif tokens <= set(known) or set(known) <= tokens:
            short = name if len(name) <= len(known) else known
            full = known if short is name else name
            candidates.append((2 if short[-1] == full[-1] else 1, draft))
    if len(name) == 1 and not candidates:
        full_name = next((f for f in cast.full_names if len(f) > 1 and f[-1] == name[0]), None)
        if full_name is not None:
            return _person_to_come(cast, p, full_name)
    sex = _sex_by_title(cast, p)
    candidates = [(rank, d) for rank, d in candidates if not sex or cast.gender(d) in ("", sex)]
    if not candidates:
        return None
    best = max(rank for rank, _ in candidates)
    among = [d for rank, d in candidates if rank == best]
    latest = next((d for d in cast.recent(p.head + 1) if d in among), None)
    return latest or among[0]


def _sex_by_title(cast: Cast, p: Phrase) -> str:
    """ "f" after "Mrs", "m" after "Mr", else ""."""
    title = cast.words.folded[p.core] if p.honorific else ""
    classes = cast.lexicon.words
    return "f" if title in classes["titles-of-women"] else "m" if title in classes["titles-of-men"] else ""


def _person_to_come(cast: Cast, p: Phrase, full: tuple[str, ...]) -> Draft | None:
    """A person whose full name the text gives only later."""
    for q in cast.phrases:
        if q.name and q is not p and q.form in ("name", "table") and name_words(cast.words, q) == full:
            rows = q.match.rows(Person) if q.match else ()
            return person(cast, q, full, rows)
    return None


def _by_surname(cast: Cast, p: Phrase, surname: str) -> tuple[Person, ...]:
    """The only person of the table with this last name, or with it and the office that stands before it."""
    rows = [r for r in cast.lexicon.surnames.get(surname, ()) if cast.holds(r.from_, r.until)]
    if len({r.name for r in rows}) > 1:
        roles = {office.role for office in p.offices()}
        rows = [r for r in rows if r.role in roles]
    if len({r.name for r in rows}) != 1:
        return ()
    return cast.lexicon.people[rows[0].name]
