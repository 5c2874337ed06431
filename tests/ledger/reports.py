"""Reports made by hand for tests of the ledger: each line is a sentence with the entries that a reader would find in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from parley.record import Actor, Claim, Document, Event, Position, Proposal, Provenance, Record, Span, Statement, Talks

BY = Provenance(stage="hand", rule="by-hand", version="1")
Line = tuple[str, Callable[["Builder", Span], None]]


class Builder:
    """Collects the entries of one report, numbered in the order of its text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lists: dict[str, list[Any]] = {name: [] for name in (
            "actors", "statements", "events", "positions", "proposals", "talks", "claims")}  # fmt: skip
        self._parties: dict[str, str] = {}

    def add(self, list_: str, letter: str, type_: Any, /, **fields: Any) -> str:
        """Add an entry and give its id."""
        id_ = f"{letter}{len(self.lists[list_]) + 1}"
        self.lists[list_].append(type_(id=id_, made_by=BY, **fields))
        return id_

    def actor(self, party: str, span: Span, **fields: Any) -> str:
        """The actor that stands for a party."""
        if party not in self._parties:
            known = {"name": party, "kind": "state", "party": party, "mentions": (span,)} | fields
            self._parties[party] = self.add("actors", "a", Actor, **known)
        return self._parties[party]

    def record(self) -> Record:
        """The record of the report."""
        return Record(parley="test", document=self.document, **{n: tuple(of) for n, of in self.lists.items()})


def report(day: str | None, *lines: Line, publisher: str | None = "Gull Wire", title: str | None = None, url: str | None = None,
           filler: str = "") -> Record:  # fmt: skip
    """The record of a report of that day with these lines."""
    texts = [text for text, _ in lines] + ([filler] if filler else [])
    document = Document(text="\n\n".join(texts), published=day, publisher=publisher, title=title, url=url)
    builder, start = Builder(document), 0
    for text, find in lines:
        find(builder, document.span(start, start + len(text)))
        start += len(text) + 2
    return builder.record()


def wants(party: str, issue: str, stance: str = "supports", *, text: str = "", teller: str = "", said: str | None = None,
          condition: str | None = None, **fields: Any) -> Line:  # fmt: skip
    """A position; with `teller` in the voice of another party, with `said` on another day than that of the report."""
    sentence = text or f"{party} {stance} {issue}" + (f", {condition}" if condition else "") + "."

    def find(builder: Builder, span: Span) -> None:
        actor, voice = builder.actor(party, span), "narrator"
        if teller or said:
            speaker = builder.actor(teller, span) if teller else actor
            voice = builder.add("statements", "s", Statement, speaker=speaker, speaker_name=teller or party,
                                party=teller or party, kind="indirect", content=(span,), date=said)  # fmt: skip
        on = None
        if condition:
            start = builder.document.text.index(condition, span.start)
            on = builder.document.span(start, start + len(condition))
        builder.add("positions", "p", Position, party=party, issue=issue, stance=stance, act="demands", object=issue, voice=voice,
                    condition=on, evidence=span, confidence=0.9, **fields)  # fmt: skip

    return sentence, find


def meets(*parties: str, status: str = "held", date: str | None = None, place: str | None = None, text: str = "",
          **fields: Any) -> Line:  # fmt: skip
    """Talks between parties."""
    sentence = text or f"{' and '.join(parties)} talks: {status} {date or ''} {place or ''} {fields.get('outcome', '')}."

    def find(builder: Builder, span: Span) -> None:
        for party in parties:
            builder.actor(party, span)
        known = {"kind": "round"} | fields
        builder.add("talks", "t", Talks, status=status, date=date, place=place, participants=parties, evidence=span,
                    confidence=0.9, **known)  # fmt: skip

    return sentence, find


def proposes(by: str, to: str, issue: str, status: str = "tabled", *, text: str = "", duration: str | None = None) -> Line:
    """A proposal on one issue; `by` may name both sides ("Tovar;Karsan")."""
    sentence = text or f"{by} to {to} on {issue}: {status}."

    def find(builder: Builder, span: Span) -> None:
        names = tuple(by.split(";"))
        for party in (*names, to):
            builder.actor(party, span)
        term = builder.add("positions", "p", Position, party=names[0], issue=issue, stance="supports", act="proposes",
                           object=f"a deal on {issue}", evidence=span, confidence=0.9, duration=duration)  # fmt: skip
        builder.add("proposals", "r", Proposal, by=names, to=(to,) if to else (), status=status, terms=(term,), evidence=span,
                    confidence=0.9)  # fmt: skip

    return sentence, find


def claims(text: str, by: str = "", denied: str = "") -> Line:
    """A claim, asserted or denied."""

    def find(builder: Builder, span: Span) -> None:
        for party in filter(None, (by, denied)):
            builder.actor(party, span)
        asserted = {"asserted_by": (by,), "evidence_for": (span,)} if by else {}
        refused = {"denied_by": (denied,), "evidence_against": (span,)} if denied else {}
        builder.add("claims", "c", Claim, text=text.rstrip("."), confidence=0.8, **asserted, **refused)

    return text, find


def fights(source: str, target: str, text: str = "") -> Line:
    """An event between two parties."""

    def find(builder: Builder, span: Span) -> None:
        ids = [builder.actor(party, span) for party in (source, target)]
        builder.add("events", "e", Event, type="ASSAULT", source=(ids[0],), target=(ids[1],), status="occurred", evidence=span,
                    confidence=0.9)  # fmt: skip

    return text or f"{source} shelled {target}.", find


def person(name: str, party: str, role: str, text: str = "") -> Line:
    """A person who speaks for a party."""

    def find(builder: Builder, span: Span) -> None:
        builder.add("actors", "a", Actor, name=name, kind="person", party=party, role=role, mentions=(span,))

    return text or f"{name}, {role} of {party}, arrived.", find
