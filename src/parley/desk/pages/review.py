"""Review: the queue, one entry at a time with its words, what can be corrected, and who decided what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from parley.desk.pages.document import STATUS_NAMES, known_document
from parley.desk.pages.frame import Frame
from parley.errors import MissingError
from parley.ledger.entries import ENTRY_TYPES, LIST_OF, evidence_of
from parley.ledger.review import Reviewed, decisions, figures, state_of
from parley.ledger.view import View
from parley.record import LISTS, Document, Entry, Span
from parley.views.wording import Wording

QUEUE = 200
"""Entries of the queue that the page goes through; when they are decided, the next come up."""
FIELDS = {
    "actors": ("name", "kind", "role", "party", "former", "country"),
    "statements": ("speaker_name", "party", "act", "kind", "denies", "date", "place", "content"),
    "events": ("type", "mode", "context", "status", "date", "place", "evidence"),
    "positions": ("party", "issue", "stance", "act", "object", "duration", "quantity", "condition", "evidence"),
    "proposals": ("by", "to", "status", "until", "evidence"),
    "talks": ("kind", "status", "date", "place", "ordinal", "level", "participants", "mediators", "outcome", "evidence"),
    "claims": ("text", "asserted_by", "denied_by", "evidence_for", "evidence_against"),
}
"""What a person can correct, in the order of the form. Parties are given by name, not by the record's numbers."""
ADDED = {**FIELDS, "actors": (*FIELDS["actors"], "mentions")}
LABELS = {
    "speaker_name": "speaker",
    "evidence": "words",
    "content": "words said",
    "evidence_for": "words for it",
    "evidence_against": "words against it",
    "mentions": "words that name it",
    "object": "what is wanted",
    "duration": "duration (P30D: 30 days)",
    "date": "date (YYYY-MM-DD, as exact as known)",
}
NOUNS = {"actors": "actor", "statements": "statement", "events": "event", "positions": "position", "proposals": "proposal",
         "talks": "talks", "claims": "claim"}  # fmt: skip


@dataclass(frozen=True)
class Input:
    """One field of the form: its name, how it is put in, and what it holds now."""

    name: str
    label: str
    kind: Literal["text", "choice", "yes-no", "list", "span", "spans"]
    value: str
    choices: tuple[str, ...] = ()
    shown: str = ""


@dataclass(frozen=True)
class ReviewPage:
    """One entry to decide on."""

    frame: Frame
    process: dict[str, Any] | None
    processes: list[dict[str, Any]]
    kind: str
    kinds: list[tuple[str, str]]
    id: str
    list_name: str
    noun: str
    head: str
    facts: list[str]
    status: str
    status_name: str
    flag: str
    confidence: float | None
    made_by: str
    seen: str
    inputs: list[Input]
    document: dict[str, Any]
    before: str
    words: list[tuple[str, bool]]
    after: str
    text_from: int
    waiting: int
    position: int
    previous: str
    next: str
    history: list[dict[str, Any]]
    reviewer: str
    form_token: str
    note: str
    done: str
    queue: str = ""


@dataclass(frozen=True)
class EmptyQueue:
    """Nothing left to review."""

    frame: Frame
    process: dict[str, Any] | None
    processes: list[dict[str, Any]]
    kind: str
    kinds: list[tuple[str, str]]
    reviewer: str
    form_token: str
    note: str
    done: str


@dataclass(frozen=True)
class AddEntryPage:
    """A form for what the machine missed in a document."""

    frame: Frame
    document: dict[str, Any]
    list_name: str
    noun: str
    kinds: list[tuple[str, str]]
    inputs: list[Input]
    text: str
    form_token: str
    reviewer: str
    note: str


@dataclass(frozen=True)
class LogPage:
    """Who decided what, how often the machine was right, and how far reviewers agree."""

    frame: Frame
    decisions: list[dict[str, Any]]
    figures: dict[str, Any]
    flagged: list[dict[str, Any]]
    older: int | None
    sources: dict[str, dict[str, Any]]


def queue_of(view: View, process: str, kind: str) -> list[str]:
    """The ids of the entries that wait, the least certain first."""
    return [row["entry_id"] for row in view.doubts(process, kind=kind if kind in LISTS else "", limit=QUEUE)]


def found_entry(view: View, id_: str) -> tuple[str, Reviewed]:
    """The document and the reviewed entry of an id. Raises ``MissingError`` if there is none."""
    document = id_.rpartition("-")[0]
    if document:
        for one in view.reviewed(document):
            if one.id == id_:
                return document, one
    raise MissingError(f"there is no entry {id_} in today's reading of the ledger's documents")


def kinds_of() -> list[tuple[str, str]]:
    """The lists that can be reviewed, with their names."""
    return [(name, name) for name in LISTS if name != "actors"]


def review_page(view: View, id_: str, *, process: dict[str, Any] | None, kind: str, queue: list[str], reviewer: str,
                form_token: str, note: str, done: str) -> ReviewPage:  # fmt: skip
    """The page of one entry of the queue."""
    of, one = found_entry(view, id_)
    document = known_document(view, of)
    record = view.record(of)
    wording = Wording(record.model_copy(update={one.list: (*getattr(record, one.list), one.entry)}))
    wording.by_id[one.entry.id] = one.entry
    told = wording.told(one.entry)
    text_from, before, words, after = in_context(record.document, one.entry)
    at = queue.index(id_) if id_ in queue else -1
    made = told.made_by
    decided = [step for step in view.history(id_) if step["what"] == "review"]
    machine = one.machine if one.machine is not None else one.entry
    return ReviewPage(
        Frame("Review"), process, view.processes(200), kind, kinds_of(), id_, one.list, NOUNS[one.list], told.head,
        [fact for fact in told.facts if fact], one.status, STATUS_NAMES[one.status], one.flag, told.confidence,
        f"stage {made.stage}, rule or model {made.rule}, version {made.version}",
        state_of(view.connection, id_, machine), inputs_of(one.list, one.entry, FIELDS[one.list]),
        {key: document[key] for key in ("id", "title", "publisher", "published", "url")}, before, words, after,
        text_from, len(queue), at + 1, queue[at - 1] if at > 0 else "",
        queue[at + 1] if 0 <= at < len(queue) - 1 else (queue[0] if at < 0 and queue else ""), decided, reviewer, form_token,
        note, done,
    )  # fmt: skip


def in_context(document: Document, entry: Entry, around: int = 420) -> tuple[int, str, list[tuple[str, bool]], str]:
    """The words of an entry within the report: where the text begins, text before, words and gaps (True: marked), after."""
    spans = sorted({(s.start, s.end) for s in evidence_of(entry)})
    if not spans:
        return 0, "", [], ""
    first, last = spans[0][0], max(end for _, end in spans)
    if last - first > 4000:  # an actor is named all over the report: its first words are enough
        spans, last = spans[:1], spans[0][1]
    pieces, at = [], first
    for start, end in spans:
        if start > at:
            pieces.append((document.text[at:start], False))
        if end > at:
            pieces.append((document.text[max(start, at) : end], True))
            at = end
    begins = max(0, first - around)
    return begins, document.text[begins:first], pieces, document.text[last : last + around]


def inputs_of(name: str, entry: Entry | None, fields: tuple[str, ...]) -> list[Input]:
    """The form's fields for an entry, or for a new one."""
    return [_input(name, field, getattr(entry, field) if entry is not None else None) for field in fields]


def _input(name: str, field: str, value: Any) -> Input:
    hint = ENTRY_TYPES[name].model_fields[field].annotation
    label, text = LABELS.get(field, field.replace("_", " ")), str(hint)
    choices = _choices(hint)
    if "Span" in text:
        spans: tuple[Span, ...] = value if isinstance(value, tuple) else (value,) if value else ()
        held = ";".join(f"{span.start}:{span.end}" for span in spans)
        kind: Literal["span", "spans"] = "spans" if "tuple" in text else "span"
        return Input(field, label, kind, held, shown=" … ".join(span.quote for span in spans))
    if choices:
        optional = ("",) if "None" in text or value is None else ()
        return Input(field, label, "choice", str(value or ""), (*optional, *choices))
    if hint is bool:
        return Input(field, label, "yes-no", "yes" if value else "no", ("yes", "no"))
    if "tuple" in text:
        return Input(field, f"{label} (separated by ;)", "list", "; ".join(value or ()))
    return Input(field, label, "text", "" if value is None else str(value))


def _choices(hint: Any) -> tuple[str, ...]:
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((found for part in get_args(hint) if (found := _choices(part))), ())


def changes_in(given: dict[str, str], name: str, entry: Entry) -> dict[str, str]:
    """The fields of a form that say something else than the entry."""
    now = {field.name: field.value for field in inputs_of(name, entry, FIELDS[name])}
    return {field: value for field, value in given.items() if field in now and value.strip() != now[field].strip()}


def add_entry_page(view: View, document: str, name: str, *, form_token: str, reviewer: str, note: str) -> AddEntryPage:
    """A form for an entry of a list that the machine missed. Raises ``MissingError`` if there is no such document."""
    if name not in ADDED:
        raise MissingError(f"there is no list {name!r}; the lists are {', '.join(LISTS)}")
    found = known_document(view, document)
    return AddEntryPage(Frame(f"Add {NOUNS[name]}"), found, name, NOUNS[name], [(n, NOUNS[n]) for n in ADDED],
                        inputs_of(name, None, ADDED[name]), found["text"], form_token, reviewer, note)  # fmt: skip


def log_page(view: View, *, before: int | None, by: str) -> LogPage:
    """The log of decisions and what it tells of machine and people."""
    found = decisions(view.connection, limit=101, before=before, by=by)
    return LogPage(
        Frame("Decisions"),
        found[:100],
        figures(view.connection),
        view.flagged(30),
        found[99]["number"] if len(found) > 100 else None,
        view.sources(d["document"] for d in found[:100]),
    )


def list_of(entry_id: str) -> str:
    """The list that an entry's id says it is of."""
    return LIST_OF.get(entry_id.rpartition("-")[2][:1], "")
