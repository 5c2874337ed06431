"""One document's entries laid out as rows: what it says, in which process, from when until when it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from parley.ledger.copies import passage_label
from parley.ledger.days import ALWAYS, NEVER_SAID, UNDATED, is_day, last_day, period_class
from parley.ledger.entries import evidence_of, text_of
from parley.ledger.likeness import claim_words, label, passage_words, words_of
from parley.ledger.process import Process, concerned
from parley.ledger.review import Reviewed
from parley.record import Actor, Claim, Entry, Event, Position, Proposal, Record, Span, Statement, Talks

NAME_LENGTH = 200
"""Characters of a name that the ledger keeps as a key."""


@dataclass
class Laid:
    """The rows of one document."""

    stances: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    deeds: list[dict[str, Any]] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)
    searchable: list[dict[str, Any]] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)
    words: set[str] = field(default_factory=set)

    def passages(self) -> set[str]:
        """The words of entries that can be told as copies of others."""
        return {words for words in self.words if passage_label(words)}


def number_of(day: str, name: str) -> int:
    """A number that sorts by day, the undated first, and within a day by chance: search goes through it backwards."""
    ordinal = 0 if day == UNDATED or not day else date.fromisoformat(day).toordinal()
    return (ordinal << 36) | int(sha256(name.encode()).hexdigest()[:9], 16)


class _Sheet:
    """What is the same for all entries of a document."""

    def __init__(self, document: str, row: Any, standing: Any, record: Record, of: Sequence[Process]) -> None:
        self.document, self.record, self.of = document, record, tuple(of)
        self.day, self.known = row.day, row.known
        self.until = standing.until if standing else ALWAYS
        self.laid = Laid()
        self.party_of = {actor.id: actor.party for actor in record.actors}
        self.statements = {statement.id: statement for statement in record.statements}
        self.issues = {position.id: position for position in record.positions}

    def said(self, statement: Statement | None) -> str:
        """The day on which something was said: that of its statement where it is exact, else that of the report."""
        if statement is not None and is_day(statement.date):
            day = last_day(statement.date) or ""
            if day <= (self.known if self.known != UNDATED else day):
                return day
        return NEVER_SAID if self.day == UNDATED else self.day

    def around(self, span: Span) -> Statement | None:
        """The innermost statement whose content holds these words."""
        holding = [(c.end - c.start, s.id, s) for s in self.record.statements for c in s.content
                   if c.start <= span.start and span.end <= c.end]  # fmt: skip
        return min(holding, key=lambda h: h[:2])[2] if holding else None

    def passage(self, text: str) -> str:
        """The label of an entry's words."""
        words = passage_words(text)
        self.laid.words.add(words)
        return passage_label(words)

    def frame(self, reviewed: Reviewed, process: Process) -> dict[str, Any]:
        """The columns that every row of an entry shares."""
        return {"process_id": process.id, "entry_id": reviewed.id, "document_id": self.document, "known": self.known,
                "until": self.until}  # fmt: skip


def lay_out(document: str, row: Any, standing: Any, record: Record, reviewed: Iterable[Reviewed],
            of: Sequence[Process]) -> Laid:  # fmt: skip
    """The rows of a document's entries, those that a person rejected left out."""
    sheet = _Sheet(document, row, standing, record, of)
    for entry in reviewed:
        if not entry.counts:
            continue
        match entry.entry:
            case Position():
                _stance(sheet, entry, entry.entry)
            case Talks():
                _talks(sheet, entry, entry.entry)
            case Proposal():
                _proposal(sheet, entry, entry.entry)
            case Claim():
                _claim(sheet, entry, entry.entry)
            case Event():
                _deed(sheet, entry, entry.entry)
            case Actor():
                _role(sheet, entry, entry.entry)
            case Statement():
                pass
        _searchable(sheet, entry)
        _doubt(sheet, entry)
    return sheet.laid


def _stance(sheet: _Sheet, reviewed: Reviewed, entry: Position) -> None:
    statement = sheet.statements.get(entry.voice)
    teller = statement.party if statement is not None and statement.party else ""
    data = {"act": entry.act, "object": entry.object, "duration": entry.duration, "quantity": entry.quantity,
            "condition": entry.condition.quote if entry.condition else None}  # fmt: skip
    said = sheet.said(statement)
    for process in concerned(sheet.of, [entry.party]) or sheet.of:
        sheet.laid.stances.append(sheet.frame(reviewed, process) | {
            "party": entry.party[:NAME_LENGTH], "issue": entry.issue, "stance": entry.stance, "said": said,
            "late": period_class(said, sheet.known),
            "teller": "" if teller.casefold() == entry.party.casefold() else teller, "quote": entry.evidence.quote,
            "data": json.dumps(data, ensure_ascii=False), "passage": sheet.passage(entry.evidence.quote)})  # fmt: skip


def _mention(sheet: _Sheet, reviewed: Reviewed, process: Process, *, kind: str, block: str, anchor: str,
             data: dict[str, Any], quote: str) -> None:  # fmt: skip
    late = period_class(anchor, sheet.known) if kind == "proposal" else 0
    sheet.laid.mentions.append(sheet.frame(reviewed, process) | {
        "kind": kind, "block": block, "anchor": anchor, "data": json.dumps(data, ensure_ascii=False), "quote": quote,
        "passage": sheet.passage(quote), "late": late})  # fmt: skip


def _talks(sheet: _Sheet, reviewed: Reviewed, entry: Talks) -> None:
    data = {"kind": entry.kind, "status": entry.status, "date": entry.date, "place": entry.place, "ordinal": entry.ordinal,
            "level": entry.level, "participants": sorted(entry.participants), "mediators": sorted(entry.mediators),
            "outcome": entry.outcome}  # fmt: skip
    for process in concerned(sheet.of, entry.participants):
        _mention(sheet, reviewed, process, kind="talks", block="", data=data, quote=entry.evidence.quote,
                 anchor=_middle(entry.date) or sheet.day)  # fmt: skip


def _middle(partial: str | None) -> str | None:
    """A day to stand for a date: itself, the middle of its month or of its year."""
    if last_day(partial) is None or partial is None:
        return None
    return partial if len(partial) == 10 else f"{partial}-15" if len(partial) == 7 else f"{partial}-07-01"


def _proposal(sheet: _Sheet, reviewed: Reviewed, entry: Proposal) -> None:
    said = sheet.said(sheet.around(entry.evidence)) or sheet.known
    terms = [sheet.issues[term] for term in entry.terms if term in sheet.issues]
    by_issue: dict[str, Position | None] = {term.issue: term for term in reversed(terms)}
    for process in concerned(sheet.of, entry.by + entry.to):
        for issue, term in sorted((by_issue or {"other": None}).items()):
            data = {"by": sorted(entry.by), "to": sorted(entry.to), "status": entry.status, "until": entry.until,
                    "object": term.object if term else entry.evidence.quote, "duration": term.duration if term else None,
                    "condition": term.condition.quote if term and term.condition else None}  # fmt: skip
            _mention(sheet, reviewed, process, kind="proposal", block=issue, anchor=said, data=data,
                     quote=entry.evidence.quote)  # fmt: skip


def _claim(sheet: _Sheet, reviewed: Reviewed, entry: Claim) -> None:
    words = claim_words(entry.text) or passage_words(entry.text) or entry.text
    data = {
        "text": entry.text,
        "words": words,
        "asserted_by": sorted(entry.asserted_by),
        "denied_by": sorted(entry.denied_by),
    }
    for process in concerned(sheet.of, entry.asserted_by + entry.denied_by):
        _mention(sheet, reviewed, process, kind="claim", block=label(words), anchor=sheet.known, data=data,
                 quote=text_of(evidence_of(entry)))  # fmt: skip


def _deed(sheet: _Sheet, reviewed: Reviewed, entry: Event) -> None:
    sides = [sorted({p for actor in actors if (p := sheet.party_of.get(actor))}) for actors in (entry.source, entry.target)]
    statement = sheet.statements.get(entry.voice)
    day = (last_day(entry.date) if is_day(entry.date) else None) or sheet.said(statement) or sheet.known
    for process in concerned(sheet.of, [*sides[0], *sides[1]]):
        sheet.laid.deeds.append(sheet.frame(reviewed, process) | {
            "day": day, "type": entry.type, "source": ";".join(sides[0])[:NAME_LENGTH],
            "target": ";".join(sides[1])[:NAME_LENGTH], "status": entry.status, "cameo": entry.cameo or "",
            "teller": (statement.party or "") if statement else ""})  # fmt: skip


def person_key(name: str, wikidata: str | None) -> str:
    """What an actor is merged by: its public id, else its name folded to lower case without accents."""
    return wikidata or " ".join(words_of(name))[:NAME_LENGTH] or name[:NAME_LENGTH]


def _role(sheet: _Sheet, reviewed: Reviewed, entry: Actor) -> None:
    day = NEVER_SAID if sheet.day == UNDATED else sheet.day
    sheet.laid.roles.append({
        "document_id": sheet.document, "entry_id": reviewed.id, "person": person_key(entry.name, entry.wikidata),
        "name": entry.name[:NAME_LENGTH], "kind": entry.kind, "party": (entry.party or "")[:NAME_LENGTH],
        "role": (entry.role or "")[:NAME_LENGTH], "former": int(entry.former), "wikidata": entry.wikidata or "", "day": day,
        "known": sheet.known, "until": sheet.until, "quote": _fullest(entry)})  # fmt: skip


def _fullest(entry: Actor) -> str:
    return max(entry.mentions, key=lambda span: (len(span.quote), -span.start)).quote


def _words(entry: Entry) -> str:
    match entry:
        case Position():
            return f"{entry.party} {entry.object} {entry.evidence.quote}"
        case Claim():
            return f"{entry.text} {text_of(evidence_of(entry))}"
        case Statement():
            return f"{entry.speaker_name or entry.party or ''} {text_of(entry.content)}".strip()
        case Talks() | Proposal():
            return entry.evidence.quote
        case _:
            return ""


_KINDS = {"statements": "statement", "positions": "position", "proposals": "proposal", "talks": "talks", "claims": "claim"}


def _searchable(sheet: _Sheet, reviewed: Reviewed) -> None:
    if words := _words(reviewed.entry):
        spoken = text_of(reviewed.entry.content) if isinstance(reviewed.entry, Statement) else ""
        sheet.laid.searchable.append({
            "number": number_of(sheet.known, reviewed.id), "document_id": sheet.document, "entry_id": reviewed.id,
            "kind": _KINDS[reviewed.list], "day": sheet.known, "words": words,
            "passage": sheet.passage(spoken) if spoken else ""})  # fmt: skip


def _doubt(sheet: _Sheet, reviewed: Reviewed) -> None:
    """What people have yet to look at: entries without a decision, and those whose decision no longer applies."""
    certainty = -1.0 if reviewed.status == "flagged" else getattr(reviewed.entry, "confidence", None)
    if certainty is None or reviewed.status not in ("unreviewed", "flagged"):
        return
    for process in sheet.of:
        sheet.laid.doubts.append(sheet.frame(reviewed, process) | {"list": reviewed.list, "certainty": certainty})
