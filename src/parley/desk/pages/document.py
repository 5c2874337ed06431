"""One report: its text with every span marked by kind, and the entries beside it, each with its review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from parley.desk.pages.frame import Frame
from parley.errors import MissingError
from parley.ledger.review import Reviewed
from parley.ledger.view import View
from parley.record import LISTS, Record
from parley.views.html import Segment, segments
from parley.views.wording import HEADINGS, KINDS, Wording

MARKED = ("actor", "statement", "position", "proposal", "talks", "event", "claim")
STATUS_NAMES = {
    "unreviewed": "read by machine, not checked", "accepted": "checked: right", "rejected": "checked: wrong, does not count",
    "corrected": "corrected by a person", "added": "added by a person", "flagged": "decision to look at again",
}  # fmt: skip
"""How the desk names the state of an entry: what only the machine says is never shown as checked."""


@dataclass(frozen=True)
class Shown:
    """An entry as the page shows it. `id` is its id in the ledger, `local` its number in the record."""

    id: str
    local: str
    kind: str
    head: str
    facts: list[str]
    quotes: list[tuple[str, str, int]]
    status: str
    status_name: str
    flag: str
    confidence: float | None
    made_by: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, cut where spans begin and end: words, what rests on them, its kinds, whether they are a link.

    Blanks and commas between marks are none: no stop for the keyboard, nothing to read out.
    """

    place: str
    headline: bool
    pieces: list[tuple[str, Segment, tuple[str, ...], bool]]


@dataclass(frozen=True)
class DocumentPage:
    """The document page."""

    frame: Frame
    document: dict[str, Any]
    paragraphs: list[Paragraph]
    lists: list[tuple[str, str, list[Shown]]]
    kinds: list[str]
    reviewed: int
    entries: int
    versions: list[dict[str, Any]]
    copies: list[dict[str, Any]]
    processes: list[tuple[str, str]]


def document_page(view: View, id_: str) -> DocumentPage:
    """The page of a document. Raises ``MissingError`` if there is none."""
    document = known_document(view, id_)
    record, reviewed = reviewed_record(view, document["id"])
    wording = Wording(record)
    by_local = dict(zip((entry.id for entry in record.entries()), _in_order(reviewed), strict=True))
    lists = []
    for name, heading in HEADINGS.items():
        found = [_shown(wording, entry.id, by_local[entry.id]) for entry in getattr(record, name)]
        if found:
            lists.append((name, heading, found))
    sources = view.sources([*document["versions"], *document["copies"]])
    return DocumentPage(
        Frame(document["title"] or "Untitled report"), document, paragraphs(wording), lists,
        [kind for kind in MARKED if any(getattr(record, name) for name in LISTS if KINDS[name] == kind)],
        sum(r.status != "unreviewed" for r in by_local.values()), len(by_local),
        [{**sources[v], "id": v} for v in document["versions"] if v != document["id"]],
        [{**sources[c], "id": c} for c in document["copies"] if c != document["id"] and c not in document["versions"]],
        [(p, view.process(p)["name"]) for p in document["processes"]],  # type: ignore[index]
    )  # fmt: skip


def known_document(view: View, id_: str) -> dict[str, Any]:
    """What is known of a document of exactly this id. Raises ``MissingError`` if there is none."""
    document = view.document(id_)
    if document["id"] != id_:
        raise MissingError(f"there is no document {id_} in the ledger")
    return document


def reviewed_record(view: View, id_: str) -> tuple[Record, list[Reviewed]]:
    """The record of a document with the decisions of people laid into it, and each entry's review."""
    record, reviewed = view.record(id_), view.reviewed(id_)
    lists: dict[str, list[Any]] = {name: [] for name in LISTS}
    for number, one in enumerate(reviewed):
        entry = one.entry if one.machine is not None else one.entry.model_copy(update={"id": f"x{number}"})
        lists[one.list].append(entry)
    return record.model_copy(update={name: tuple(of) for name, of in lists.items()}), reviewed


def _in_order(reviewed: list[Reviewed]) -> list[Reviewed]:
    """The reviews in the order of the record's entries."""
    return [one for name in LISTS for one in reviewed if one.list == name]


def paragraphs(wording: Wording) -> list[Paragraph]:
    """The report's paragraphs with their marks."""
    text = wording.record.document.text
    found = []
    for index, pieces in segments(wording):
        marked = [_piece(wording, text[p.start : p.end], p) for p in pieces]
        found.append(Paragraph(wording.paragraph_label(index), wording.has_headline and index == 0, marked))
    return found


def _piece(wording: Wording, words: str, piece: Segment) -> tuple[str, Segment, tuple[str, ...], bool]:
    kinds = tuple(dict.fromkeys(wording.kind(entry) for entry in piece.entries))
    return words, piece, kinds, any(c.isalnum() for c in words)


def _shown(wording: Wording, local: str, reviewed: Reviewed) -> Shown:
    entry = wording.by_id[local]
    told = wording.told(entry)
    number = {(span.start, span.end): n for n, (_, span) in enumerate(wording.spans(entry), 1)}
    quotes = [(label, span.quote, number[span.start, span.end]) for label, span in told.quotes]
    made = told.made_by
    return Shown(reviewed.id, local, told.kind, told.head, [f for f in told.facts if f], quotes, reviewed.status,
                 STATUS_NAMES[reviewed.status], reviewed.flag, told.confidence,
                 f"stage {made.stage}, rule or model {made.rule}, version {made.version}")  # fmt: skip
