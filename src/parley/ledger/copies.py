"""Copies and versions: which documents tell one account, which are versions of one story, which passages are the same words.

Labels only ever join, whatever the order of adding; a label is the smallest name in its group.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from parley.ledger import tables as t
from parley.ledger.days import ALWAYS, UNDATED, apart
from parley.ledger.likeness import (
    CLAIM_DAYS,
    COPY_DAYS,
    DOCUMENTS_ALIKE,
    FEWEST_WORDS,
    PASSAGE_DAYS,
    PASSAGES_ALIKE,
    claim_bands,
    document_bands,
    in_period,
    label,
    passage_bands,
    resemblance,
    shared_runs,
)

_MARKER = re.compile(r"^\W*(correct(?:ed|ion|s)|updated?|revised|refile[ds]?|clarification)\b[\s:\d()-]*", re.I)


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if rows:
        connection.execute(_insertion(table, connection.dialect.name), list(rows))


@lru_cache(maxsize=64)
def _insertion(table: Table, dialect: str) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _among(query: Select[Any], column: Any) -> Select[Any]:
    """The query for those rows whose column is one of `ids`: made once, because building costs more than running it."""
    return query.where(column.in_(bindparam("ids", expanding=True)))


_d = t.document.c
_SIGHTINGS = _among(select(t.sighting), t.sighting.c.document_id)
_PAPER = (_d.id, _d.signature, _d.day, _d.known, _d.publisher, _d.url, _d.title, func.substr(_d.text, 1, 200).label("start"))
_PAPERS = _among(select(*_PAPER), _d.id).order_by(_d.id)
_STANDING = _among(select(t.standing), t.standing.c.document_id)
_OF_BANDS = _among(select(t.band.c.item).where(t.band.c.space == "d"), t.band.c.hash).distinct()
_OF_URL = select(_d.id).where(_d.url == bindparam("url"))
_OF_ORIGINS = _among(select(t.sighting.c.document_id), t.sighting.c.origin)


@dataclass(frozen=True)
class _Paper:
    """What is looked at to tell copies and versions."""

    id: str
    signature: bytes
    day: str
    known: str
    publisher: str | None
    url: str | None
    title: str | None
    start: str
    origins: frozenset[str] = frozenset()

    @property
    def marked(self) -> bool:
        """Whether it calls itself corrected or updated."""
        return bool(_MARKER.match(self.title or "") or _MARKER.match(self.start))

    @property
    def plain_title(self) -> str:
        return _MARKER.sub("", self.title or "").strip().casefold()


def enrol_document(connection: Connection, document: str) -> set[str]:
    """Find the copies and other versions of a document just stored or found elsewhere; give those whose standing changed.

    Documents are copies when they are alike and of one week; versions when one publisher put one in the other's place.
    """
    paper = _papers(connection, [document])[0]
    bands = document_bands(paper.signature)
    own = in_period(bands, paper.day, COPY_DAYS)
    insert_new(connection, t.band, [{"space": "d", "hash": value, "item": document} for value in own])
    bands = in_period(bands, paper.day, COPY_DAYS, around=True)
    others = [p for p in _papers(connection, _candidates(connection, paper, bands)) if p.id != document]
    likeness = {p.id: resemblance(paper.signature, p.signature) for p in others}
    copies = [p.id for p in others if likeness[p.id] >= DOCUMENTS_ALIKE and _one_week(paper, p)]
    versions = [p.id for p in others if _versions(paper, p, likeness[p.id])]
    before = _standing(connection, [document, *copies, *versions])
    changed = _join_accounts(connection, document, [*copies, *versions], before)
    return changed | _join_stories(connection, document, versions, before)


def _one_week(one: _Paper, other: _Paper) -> bool:
    return apart(one.day, other.day) <= COPY_DAYS


def _versions(one: _Paper, other: _Paper, alike: float) -> bool:
    if one.url and one.url == other.url and one.publisher == other.publisher:
        return alike >= 0.15 or bool(one.plain_title and one.plain_title == other.plain_title)
    if one.origins & other.origins:
        return alike >= 0.3
    marked = one.marked or other.marked
    if one.publisher != other.publisher or alike < DOCUMENTS_ALIKE or not _one_week(one, other):
        return False
    if one.url and other.url:
        return marked
    return marked or bool(one.publisher and one.plain_title and one.plain_title == other.plain_title)


def _candidates(connection: Connection, paper: _Paper, bands: list[int]) -> list[str]:
    found = list(connection.scalars(_OF_BANDS, {"ids": bands}))
    if paper.url:
        found += connection.scalars(_OF_URL, {"url": paper.url})
    if paper.origins:
        found += connection.scalars(_OF_ORIGINS, {"ids": sorted(paper.origins)})
    return sorted(set(found) - {paper.id})


def _papers(connection: Connection, ids: Sequence[str]) -> list[_Paper]:
    if not ids:
        return []
    origins: dict[str, set[str]] = {}
    for row in connection.execute(_SIGHTINGS, {"ids": ids}):
        origins.setdefault(row.document_id, set()).add(row.origin)
    rows = connection.execute(_PAPERS, {"ids": ids}).mappings()
    return [_Paper(**row, origins=frozenset(origins.get(row["id"], ()))) for row in rows]


def _standing(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    return {row.document_id: row for row in connection.execute(_STANDING, {"ids": sorted(set(ids))})}


def _join_accounts(connection: Connection, document: str, copies: list[str], before: dict[str, Any]) -> set[str]:
    labels = {before[i].account for i in (document, *copies) if i in before}
    joined = min(labels | {document})
    insert_new(connection, t.standing, [{"document_id": document, "story": document, "version": 1, "until": ALWAYS,
                                         "account": joined}])  # fmt: skip
    gone = sorted(labels - {joined})
    changed: set[str] = set()
    if len(labels) > 1:  # accounts that were two are one: what they carry is counted anew
        changed = set(connection.scalars(select(t.standing.c.document_id).where(t.standing.c.account.in_(labels))))
    if gone:
        connection.execute(update(t.standing).where(t.standing.c.account.in_(gone)).values(account=joined))
    return changed


def _join_stories(connection: Connection, document: str, versions: list[str], before: dict[str, Any]) -> set[str]:
    if not versions:
        return set()
    labels = {before[i].story for i in (document, *versions) if i in before} | {document}
    members = sorted(set(connection.scalars(select(t.standing.c.document_id).where(t.standing.c.story.in_(labels)))))
    old = _standing(connection, members)
    modified: dict[str, str] = {}
    for row in connection.execute(select(t.sighting).where(t.sighting.c.document_id.in_(members))):
        if row.modified:
            modified[row.document_id] = min(row.modified, modified.get(row.document_id, row.modified))
    papers = sorted(_papers(connection, members), key=lambda p: (p.known, p.marked, modified.get(p.id, ""), p.id))
    changed = set()
    for number, paper in enumerate(papers, 1):
        until = _until(paper, papers[number]) if number < len(papers) else ALWAYS
        now = {"story": min(members), "version": number, "until": until}
        if any(getattr(old[paper.id], key) != value for key, value in now.items()):
            connection.execute(update(t.standing).where(t.standing.c.document_id == paper.id).values(now))
            changed.add(paper.id)
    return changed


def _until(paper: _Paper, following: _Paper) -> str:
    """The day from which the following version stands; where that has no day, this one never stands."""
    return paper.known if following.known == UNDATED else max(following.known, paper.known)


# Passages


def passage_label(words: str) -> str:
    """The name of a passage, or "" where it is too short to tell a copy by."""
    return label(words) if words.count(" ") + 1 >= FEWEST_WORDS else ""


def enrol_passages(connection: Connection, texts: Iterable[str], day: str) -> set[str]:
    """Store passages (words joined) of a day and join those that are near-duplicates of passages of that time.

    Gives the labels of the groups in which something was joined.
    """
    named = {name: words for words in texts if (name := passage_label(words))}
    if not named:
        return set()
    insert_new(connection, t.passage, [{"id": i, "copies": i, "words": w} for i, w in sorted(named.items())])
    first = {in_period(passage_bands(words)[:1], day, PASSAGE_DAYS)[0]: name for name, words in named.items()}
    there = set(connection.scalars(_THERE, {"hashes": sorted(first), "ids": sorted(named)}))
    new = {name: words for name, words in sorted(named.items()) if name not in there}
    if not new:
        return set()
    rows = [
        {"space": "p", "hash": h, "item": i} for i, w in new.items() for h in in_period(passage_bands(w), day, PASSAGE_DAYS)
    ]
    insert_new(connection, t.band, rows)
    around = {i: in_period(passage_bands(w), day, PASSAGE_DAYS, around=True) for i, w in new.items()}
    owners = _sharing_bands(connection, around)
    joined: set[str] = set()
    for name, words in new.items():
        joined |= _join_passage(connection, name, words, owners[name] - {name})
    return joined


def _sharing_bands(connection: Connection, hashes: dict[str, list[int]]) -> dict[str, set[str]]:
    """For each passage those that share a band with it."""
    at: dict[int, set[str]] = {}
    every = {value for of in hashes.values() for value in of}
    for some in t.chunks(every, 900):
        for value, item in connection.execute(_BANDS, {"hashes": some}):
            at.setdefault(value, set()).add(item)
    return {name: {item for value in of for item in at.get(value, ())} for name, of in hashes.items()}


_BANDS = select(t.band.c.hash, t.band.c.item).where(
    t.band.c.space == "p", t.band.c.hash.in_(bindparam("hashes", expanding=True))
)
_THERE = _among(
    select(t.band.c.item).where(t.band.c.space == "p", t.band.c.hash.in_(bindparam("hashes", expanding=True))),
    t.band.c.item,
)
_OF_CLAIM_BANDS = _among(select(t.band.c.item).where(t.band.c.space == "c"), t.band.c.hash).distinct()


def _join_passage(connection: Connection, name: str, words: str, others: set[str]) -> set[str]:
    if not others:
        return set()
    rows = connection.execute(select(t.passage).where(t.passage.c.id.in_(sorted(others))))
    labels = {row.copies for row in rows if shared_runs(words, row.words) >= PASSAGES_ALIKE}
    own = connection.scalar(select(t.passage.c.copies).where(t.passage.c.id == name))
    joined = min(labels | {str(own)})
    for gone in sorted((labels | {str(own)}) - {joined}):
        connection.execute(update(t.passage).where(t.passage.c.copies == gone).values(copies=joined))
    return {joined} if labels - {name} else set()


def enrol_claim(connection: Connection, words: str, process: str, day: str) -> list[str]:
    """Store a claim's words; give the labels of claims of that process and time that may be the same one, itself first."""
    name, bands = label(words), claim_bands(words)
    own = in_period(bands, day, CLAIM_DAYS, within=process)
    insert_new(connection, t.band, [{"space": "c", "hash": h, "item": name} for h in own])
    around = in_period(bands, day, CLAIM_DAYS, around=True, within=process)
    return [name, *sorted(set(connection.scalars(_OF_CLAIM_BANDS, {"ids": around})) - {name})]
