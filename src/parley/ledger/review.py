"""Review: what people decided about the machine's entries. A log that is only added to, laid over each reading anew.

A decision is keyed to its words and to the edition of the codebook. It applies where an entry of the same list stands on the
same words (in the same document, or in another version of it) and still says what the reviewer saw; where it does not, it is
flagged and left to people.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, func, select

from parley.errors import LedgerError
from parley.ledger import tables as t
from parley.ledger.entries import CODEBOOK, ENTRY_TYPES, LETTERS, changed_entry, evidence_of
from parley.ledger.likeness import label, passage_words
from parley.record import Actor, Document, Entry

Verdict = Literal["accept", "reject", "set", "add", "withdraw"]
Status = Literal["unreviewed", "accepted", "rejected", "corrected", "added", "flagged"]
_NOT_MEANING = frozenset([
    "id", "made_by", "confidence", "speaker", "addressee", "within", "voice", "terms", "source", "target",
    "mentions", "content", "cue", "evidence", "evidence_for", "evidence_against",
])  # fmt: skip
"""Fields that change with every reading though the entry says the same: places, other entries' numbers, certainty."""


@dataclass(frozen=True)
class Reviewed:
    """An entry as it counts: after review, with the machine's own beside it and what is to be looked at again."""

    id: str
    list: str
    entry: Entry
    machine: Entry | None
    status: Status
    flag: str = ""

    @property
    def counts(self) -> bool:
        """Whether the state rests on it."""
        return self.status != "rejected"


def meaning(entry: Entry) -> dict[str, Any]:
    """What an entry says, apart from where its words stand and how sure the machine is: what a review confirms."""
    data = entry.model_dump(mode="json", exclude=set(_NOT_MEANING) & set(type(entry).model_fields))
    for name, value in data.items():
        if isinstance(value, dict) and "quote" in value:
            data[name] = value["quote"]
    return data


def words_key(entry: Entry) -> str:
    """The words that a decision is keyed to, the same in another version of the document."""
    return entry.name if isinstance(entry, Actor) else " | ".join(passage_words(s.quote) for s in evidence_of(entry))


_REVIEWS = select(t.review).where(t.review.c.document_id.in_(bindparam("ids", expanding=True))).order_by(t.review.c.number)


def reviews_of(connection: Connection, documents: Sequence[str]) -> list[Any]:
    """The log's rows on these documents, in order."""
    return list(connection.execute(_REVIEWS, {"ids": sorted(documents)}))


def in_force(rows: Iterable[Any]) -> list[Any]:
    """The decisions that stand: the last of each reviewer on each entry, without those withdrawn; in the log's order."""
    last: dict[tuple[str, str], Any] = {}
    for row in rows:
        last[(row.entry_id, row.by)] = row
    return sorted((row for row in last.values() if row.verdict != "withdraw"), key=lambda row: int(row.number))


def applied(document: str, text: Document, entries: Iterable[tuple[str, str, Entry]], rows: Sequence[Any]) -> list[Reviewed]:
    """The entries of a document with the decisions laid over them; `rows` are those on any version of it."""
    standing = in_force(rows)
    found = [_reviewed(id_, name, entry, _on(standing, document, id_, name, entry), text) for id_, name, entry in entries]
    for row in standing:
        if row.verdict == "add" and row.document_id == document:
            found.append(
                Reviewed(row.entry_id, row.list, added_entry(row.list, json.loads(row.changes), text), None, "added")
            )
    return found


def _on(rows: Iterable[Any], document: str, id_: str, name: str, entry: Entry) -> list[Any]:
    same_words = words_key(entry)
    return [
        row for row in rows
        if row.entry_id == id_
        or (row.document_id != document and row.list == name and json.loads(row.snapshot).get("words") == same_words)
    ]  # fmt: skip


def _reviewed(id_: str, name: str, entry: Entry, rows: Sequence[Any], text: Document) -> Reviewed:
    status: Status = "unreviewed"
    result, flag = entry, ""
    for row in rows:
        if problem := _stale(row, entry):
            status, flag, result = "flagged", f"{row.verdict} by {row.by}: {problem}", entry
        elif row.verdict == "set":
            status, result, flag = "corrected", changed_entry(entry, json.loads(row.changes), text), ""
        else:
            status, result, flag = ("accepted" if row.verdict == "accept" else "rejected"), entry, ""
    return Reviewed(id_, name, result, entry, status, flag)


def _stale(row: Any, entry: Entry) -> str:
    """Why a decision does not apply to an entry that stands on its words; empty if it does."""
    if row.codebook != CODEBOOK:
        return f"made under codebook {row.codebook}, today's is {CODEBOOK}"
    then, now = json.loads(row.snapshot)["meaning"], meaning(entry)
    changes = json.loads(row.changes)
    fields = changes if row.verdict == "set" else then
    moved = [f for f in fields if f in then and then[f] != now.get(f) and str(now.get(f)) != str(changes.get(f))]
    return f"the entry reads differently now ({', '.join(sorted(moved))})" if moved else ""


def added_entry(name: str, data: dict[str, Any], document: Document) -> Entry:
    """An entry that a person adds, its spans checked against the text. Raises ``LedgerError`` on one that does not hold."""
    made_by = {"stage": "review", "rule": "added", "version": CODEBOOK}
    try:
        entry = ENTRY_TYPES[name].model_validate({"id": "added", "confidence": 1.0, "made_by": made_by, **data})
    except (ValueError, KeyError) as error:
        raise LedgerError(f"this is no entry of {name}: {str(error).splitlines()[0]}") from None
    for span in evidence_of(entry):
        if document.text[span.start : span.end] != span.quote:
            raise LedgerError(f"the text at {span.start}:{span.end} is not {span.quote!r}")
    return entry


def added_id(document: str, name: str, entry: Entry) -> str:
    """The id of an entry that a person adds."""
    return f"{document}-{LETTERS[name]}{label(json.dumps(entry.model_dump(mode='json'), sort_keys=True))[:8]}"


def state_of(connection: Connection, entry_id: str, entry: Entry) -> str:
    """A name for what a reviewer sees of an entry: what the machine says, and the last decision on it."""
    last = connection.scalar(select(func.max(t.review.c.number)).where(t.review.c.entry_id == entry_id))
    said = label(json.dumps(entry.model_dump(mode="json", exclude={"id", "made_by"}), sort_keys=True))
    return f"{last or 0}-{said}"


def decisions(connection: Connection, *, limit: int = 100, before: int | None = None, by: str = "") -> list[dict[str, Any]]:
    """Who decided what, the latest first; `before` is the number of the decision to go on from."""
    r = t.review.c
    query = select(t.review).order_by(r.number.desc()).limit(limit)
    query = query.where(r.number < before) if before is not None else query
    query = query.where(r.by == by) if by else query
    return [{"number": row.number, "entry": row.entry_id, "document": row.document_id, "list": row.list,
             "verdict": row.verdict, "changes": json.loads(row.changes), "says": json.loads(row.snapshot)["meaning"],
             "reason": row.reason, "by": row.by, "at": row.at} for row in connection.execute(query)]  # fmt: skip


# Figures


def figures(connection: Connection) -> dict[str, Any]:
    """Precision of each list with its 95 % interval (Wilson), and the agreement of reviewers (Krippendorff's alpha)."""
    rows = list(connection.execute(select(t.review).order_by(t.review.c.number)))
    standing = [row for row in in_force(rows) if row.verdict in ("accept", "reject", "set")]
    by_entry: dict[str, list[Any]] = {}
    for row in standing:
        by_entry.setdefault(row.entry_id, []).append(row)
    lists: dict[str, dict[str, Any]] = {}
    for name in LETTERS:
        last = [of[-1] for of in by_entry.values() if of[-1].list == name]
        if last:
            right = sum(row.verdict == "accept" for row in last)
            low, high = wilson(right, len(last))
            lists[name] = {"reviewed": len(last), "right": right, "corrected": sum(r.verdict == "set" for r in last),
                           "precision": right / len(last), "low": low, "high": high}  # fmt: skip
    reviewers = sorted({row.by for row in standing})
    return {"lists": lists, "reviewers": reviewers, "alpha": _alpha(by_entry, reviewers),
            "reviewed_by_several": sum(len(of) > 1 for of in by_entry.values())}  # fmt: skip


def wilson(right: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not of:
        return 0.0, 1.0
    share, spread = right / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return max(0.0, middle - half), min(1.0, middle + half)


def _alpha(by_entry: dict[str, list[Any]], reviewers: list[str]) -> float | None:
    """Krippendorff's alpha (nominal) over entries that two or more reviewed; None where that says nothing."""
    shared = [of for _, of in sorted(by_entry.items()) if len(of) > 1]
    if len({row.verdict for of in shared for row in of}) < 2:
        return 1.0 if shared else None
    import krippendorff

    codes = {"accept": 0.0, "reject": 1.0, "set": 2.0}
    table = [[next((codes[r.verdict] for r in of if r.by == name), math.nan) for of in shared] for name in reviewers]
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
