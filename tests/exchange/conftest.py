"""A record written by hand, with one entry of every list, to be exported in every format."""

from __future__ import annotations

import pytest

from parley.record import (
    Actor,
    Claim,
    Document,
    Event,
    Position,
    Proposal,
    Provenance,
    Record,
    Span,
    Statement,
    Talks,
)

TEXT = (
    "Karania and Velland agree to meet again; a “30-day” truce is on the table\n\n"
    "KARAN CITY, 3 May 2021 - "
    "Velland's foreign minister, Ilse Brandt, met her Karanian counterpart in Karan City on Sunday, "
    "and the two sides signed a protocol on prisoners.\n"
    "“We propose a 30-day ceasefire if the heavy guns are pulled back,” she said; "
    "Karania’s army shelled Ostwick on Friday.\n"
    "Karania denies it. Talks may resume in June.\n"
)


@pytest.fixture
def record() -> Record:
    document = Document(
        text=TEXT,
        published="2021-05-03",
        publisher="Example Wire",
        title="Karania and Velland agree",
        url="https://example.org/a?b=1&c=<2>",
    )
    made = Provenance(stage="test", rule="by-hand", version="1")

    def span(words: str) -> Span:
        start = TEXT.index(words)
        return document.span(start, start + len(words))

    actors = (
        Actor(
            id="a1",
            name="Karania",
            kind="state",
            country="KAR",
            sector="GOV",
            party="Karania",
            mentions=(span("Karania"),),
            made_by=made,
        ),
        Actor(
            id="a2",
            name="Velland",
            kind="state",
            country="VEL",
            sector="GOV",
            party="Velland",
            mentions=(span("Velland"),),
            made_by=made,
        ),
        Actor(
            id="a3",
            name="Ilse Brandt",
            kind="person",
            country="VEL",
            sector="GOV",
            role="Foreign Minister",
            party="Velland",
            wikidata="Q1",
            mentions=(span("Ilse Brandt"), span("she")),
            made_by=made,
        ),
    )
    statement = Statement(
        id="s1",
        speaker="a3",
        speaker_name="Ilse Brandt",
        source=span("she"),
        party="Velland",
        addressee="a1",
        kind="direct",
        act="propose",
        cue=span("said"),
        made_by=made,
        content=(span("We propose a 30-day ceasefire if the heavy guns are pulled back"),),
    )
    events = (
        Event(
            id="e1",
            type="ASSAULT",
            mode="heavy-weapons",
            cameo="194",
            source=("a1",),
            target=("a2",),
            date="2021-04-30",
            place="Ostwick",
            status="occurred",
            voice="s1",
            evidence=span("Karania’s army shelled Ostwick"),
            confidence=0.9,
            made_by=made,
        ),
        Event(
            id="e2",
            type="CONSULT",
            mode="visit",
            cameo="042",
            source=("a3",),
            target=("a1",),
            date="2021-05-02",
            place="Karan City",
            status="occurred",
            evidence=span("met her Karanian counterpart"),
            confidence=0.8,
            made_by=made,
        ),
        Event(
            id="e3",
            type="CONSULT",
            source=("a1", "a2"),
            status="planned",
            evidence=span("Talks may resume"),
            confidence=0.5,
            made_by=made,
        ),
    )
    position = Position(
        id="p1",
        party="Velland",
        issue="ceasefire",
        stance="conditional",
        act="proposes",
        object="a 30-day ceasefire",
        condition=span("if the heavy guns are pulled back"),
        duration="P30D",
        voice="s1",
        evidence=span("We propose a 30-day ceasefire"),
        confidence=0.9,
        made_by=made,
    )
    proposal = Proposal(
        id="r1",
        by=("Velland",),
        to=("Karania",),
        status="tabled",
        terms=("p1",),
        evidence=span("We propose a 30-day ceasefire"),
        confidence=0.9,
        made_by=made,
    )
    talks = (
        Talks(
            id="t1",
            kind="meeting",
            status="held",
            date="2021-05-02",
            place="Karan City",
            level="ministers",
            participants=("Velland", "Karania"),
            outcome="agreement",
            evidence=span("met her Karanian counterpart in Karan City"),
            confidence=0.9,
            made_by=made,
        ),
        Talks(
            id="t2",
            kind="round",
            status="proposed",
            date="2021-06",
            participants=("Velland", "Karania"),
            evidence=span("Talks may resume in June"),
            confidence=0.6,
            made_by=made,
        ),
    )
    claim = Claim(
        id="c1",
        text="Karania’s army shelled Ostwick",
        asserted_by=("Velland",),
        denied_by=("Karania",),
        evidence_for=(span("shelled Ostwick"),),
        evidence_against=(span("Karania denies it"),),
        confidence=0.7,
        made_by=made,
    )
    return Record(
        parley="0",
        document=document,
        actors=actors,
        statements=(statement,),
        events=events,
        positions=(position,),
        proposals=(proposal,),
        talks=talks,
        claims=(claim,),
    )
