"""The record's vocabulary: what one reading of one report yields. Data and invariants only.

Every entry carries spans, and a span always holds the exact words at its place: ``text[start:end] == quote``. Offsets
count Unicode code points of ``document.text``, end exclusive. Codes follow PLOVER (draft 0.8, 2021), CAMEO 1.1b3, TimeML
TIMEX3 values, ISO 3166 alpha-3 and ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

CONTRACT_VERSION = "1.0"
"""Version of the record contract; its major part changes only when a field's meaning does."""

ActorKind = Literal[
    "person", "state", "government", "military", "armed-group", "party", "organisation", "population", "other"
]
StatementKind = Literal["direct", "indirect", "mixed"]
StatementAct = Literal[
    "say", "accuse", "deny", "demand", "propose", "offer", "threaten", "promise", "accept", "agree", "reject",
    "praise", "condemn", "call-for", "warn", "claim", "believe", "confirm", "announce", "ask", "report",
]  # fmt: skip
EventStatus = Literal["occurred", "ongoing", "planned", "proposed", "threatened", "denied", "hypothetical"]
PloverType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
Issue = Literal[
    "ceasefire", "talks", "prisoners", "missing", "displaced", "humanitarian", "territory", "recognition",
    "withdrawal", "guarantees", "alignment", "monitoring", "arms", "nuclear", "sanctions", "reparations", "justice",
    "governance", "rights", "economy", "relations", "implementation", "other",
]  # fmt: skip
Stance = Literal["supports", "opposes", "conditional"]
PositionAct = Literal["proposes", "demands", "offers", "accepts", "rejects", "calls-for"]
ProposalStatus = Literal[
    "tabled", "accepted", "rejected", "countered", "agreed", "in-force", "violated", "expired", "withdrawn"
]
TalksKind = Literal["round", "meeting", "summit", "call", "conference"]
TalksStatus = Literal["held", "ongoing", "scheduled", "proposed", "cancelled", "collapsed"]
TalksLevel = Literal["leaders", "ministers", "delegations", "technical"]
TalksOutcome = Literal["agreement", "partial", "exchange-of-proposals", "no-agreement", "unknown"]
DateMethod = Literal["metadata", "url", "markup"]
"""How the date of a web page was found: in its metadata, in its address, in its marked-up text."""
Reliability = Literal["high", "medium", "low"]

PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$|^XXXX-\d{2}(-\d{2})?$")]
"""A date as exact as known: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD``; ``XXXX-MM-DD`` where the year is unknown (TIMEX3)."""
Confidence = Annotated[float, Field(ge=0.0, le=1.0)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(_Entry):
    """Words of the document: ``start`` and ``end`` in code points, and the words themselves."""

    start: Annotated[int, Field(ge=0)]
    end: int
    quote: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _holds_its_words(self) -> Self:
        if self.end - self.start != len(self.quote):
            raise ValueError(f"span {self.start}:{self.end} does not have the length of its quote {self.quote!r}")
        return self


class Provenance(_Entry):
    """Which stage, rule or model made an entry, with its version (PROV: the activity and the agent)."""

    stage: str
    rule: str
    version: str


class Document(_Entry):
    """One report: its text, untouched, and what is known of where and when it was published.

    `date_method` and `date_reliability` tell how a page's date was found; they are None where the date was given with it.
    """

    text: str
    title: str | None = None
    published: PartialDate | None = None
    date_method: DateMethod | None = None
    date_reliability: Reliability | None = None
    publisher: str | None = None
    url: str | None = None
    language: str = "en"
    sha256: str = ""

    @model_validator(mode="before")
    @classmethod
    def _digest(cls, data: Any) -> Any:
        if isinstance(data, dict) and "text" in data and not data.get("sha256"):
            # A lone surrogate cannot be UTF-8; "surrogatepass" keeps every Python string digestible.
            data = {**data, "sha256": sha256(data["text"].encode("utf-8", "surrogatepass")).hexdigest()}
        return data

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``. Raises ``ValueError`` if it is empty or outside the text."""
        return Span(start=start, end=end, quote=self.text[start:end])


class Actor(_Entry):
    """Somebody or something that the text names: a person, a state, a group, an unnamed source."""

    id: str
    name: Annotated[str, Field(min_length=1)]
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    former: bool = False
    party: str | None = None
    wikidata: str | None = None
    mentions: Annotated[tuple[Span, ...], Field(min_length=1)]
    made_by: Provenance


class Statement(_Entry):
    """What a source says, in the report's words (direct, indirect or mixed)."""

    id: str
    speaker: str | None = None
    speaker_name: str | None = None
    source: Span | None = None
    party: str | None = None
    addressee: str | None = None
    kind: StatementKind
    act: StatementAct = "say"
    denies: bool = False
    cue: Span | None = None
    content: Annotated[tuple[Span, ...], Field(min_length=1)]
    date: PartialDate | None = None
    place: str | None = None
    setting: str | None = None
    within: str | None = None
    confidence: Confidence = 1.0
    made_by: Provenance


class Event(_Entry):
    """Who does what to whom (PLOVER), in the narrator's voice or in that of a statement."""

    id: str
    type: PloverType
    mode: str | None = None
    context: str | None = None
    cameo: str | None = None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    date: PartialDate | None = None
    place: str | None = None
    status: EventStatus
    voice: str = "narrator"
    evidence: Span
    confidence: Confidence
    made_by: Provenance


class Position(_Entry):
    """What a party wants or refuses on an issue; the stance is toward the issue's pole, never toward the verb."""

    id: str
    party: Annotated[str, Field(min_length=1)]
    issue: Issue
    stance: Stance
    act: PositionAct
    object: str
    condition: Span | None = None
    duration: str | None = None
    quantity: str | None = None
    voice: str = "narrator"
    evidence: Span
    confidence: Confidence
    made_by: Provenance


class Proposal(_Entry):
    """Terms that one side puts to another; ``terms`` are ids of positions, ``by`` and ``to`` names of parties."""

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...] = ()
    status: ProposalStatus
    terms: tuple[str, ...] = ()
    until: str | None = None
    evidence: Span
    confidence: Confidence
    made_by: Provenance


class Talks(_Entry):
    """A contact between parties, past, present or to come."""

    id: str
    kind: TalksKind
    status: TalksStatus
    date: PartialDate | None = None
    place: str | None = None
    ordinal: int | None = None
    level: TalksLevel | None = None
    participants: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    outcome: TalksOutcome = "unknown"
    evidence: Span
    confidence: Confidence
    made_by: Provenance


class Claim(_Entry):
    """A claim and who asserts and who denies it in this text (names of parties)."""

    id: str
    text: str
    asserted_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    evidence_for: tuple[Span, ...] = ()
    evidence_against: tuple[Span, ...] = ()
    confidence: Confidence
    made_by: Provenance

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if not self.evidence_for and not self.evidence_against:
            raise ValueError("a claim needs evidence for it or against it")
        return self


Entry = Actor | Statement | Event | Position | Proposal | Talks | Claim
LISTS = ("actors", "statements", "events", "positions", "proposals", "talks", "claims")
"""The record's lists, in the order in which they are printed."""


class Record(_Entry):
    """All that one reading found in one document. Raises ``ValueError`` where a span or a reference does not hold."""

    contract: str = CONTRACT_VERSION
    parley: str
    document: Document
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    talks: tuple[Talks, ...] = ()
    claims: tuple[Claim, ...] = ()

    def entries(self) -> Iterator[Entry]:
        """Every entry of every list, in the order of ``LISTS``."""
        for name in LISTS:
            yield from getattr(self, name)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        text, ids = self.document.text, set[str]()
        for entry in self.entries():
            if entry.id in ids:
                raise ValueError(f"two entries have the id {entry.id}")
            ids.add(entry.id)
            for span in spans_of(entry):
                if text[span.start : span.end] != span.quote:
                    raise ValueError(f"{entry.id}: the text at {span.start}:{span.end} is not {span.quote!r}")
        for entry in self.entries():
            if missing := [reference for reference in references_of(entry) if reference not in ids]:
                raise ValueError(f"{entry.id} refers to {missing[0]}, which is not in the record")
        return self


def spans_of(entry: Entry | Record) -> Iterator[Span]:
    """Every span of an entry or of a whole record."""
    for value in entry.__dict__.values():
        if isinstance(value, Span):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Span):
                    yield item
                elif isinstance(item, _Entry):
                    yield from spans_of(item)  # type: ignore[arg-type]


def references_of(entry: Entry) -> Iterator[str]:
    """The ids of other entries that an entry names."""
    match entry:
        case Statement():
            yield from (i for i in (entry.speaker, entry.addressee, entry.within) if i)
        case Event():
            yield from entry.source + entry.target
            if entry.voice != "narrator":
                yield entry.voice
        case Position():
            if entry.voice != "narrator":
                yield entry.voice
        case Proposal():
            yield from entry.terms
        case _:
            return
