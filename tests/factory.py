"""A full record made by hand from a report of our own, so that views and exports can be tested without a reading."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from parley.documents import from_text
from parley.record import Actor, Claim, Document, Event, Position, Proposal, Provenance, Record, Span, Statement, Talks

GOLDEN = Path(__file__).parent / "golden"


def lake_document() -> Document:
    """The report on the talks between the invented states Tovar and Karsan."""
    text = (GOLDEN / "lake.txt").read_text(encoding="utf-8")
    return from_text(text, published="2024-03-05", publisher="Northern Wire", url="https://northern.example/lake")


class Words:
    """Finds words in a document and makes spans of them."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __call__(self, quote: str, within: str | None = None) -> Span:
        """The span of the first occurrence of `quote`, or of that in the first occurrence of the words `within`."""
        start = self.document.text.index(quote, self.document.text.index(within) if within else 0)
        return self.document.span(start, start + len(quote))


def by(stage: str, rule: str) -> Provenance:
    """Made by a rule of a stage, version 1."""
    return Provenance(stage=stage, rule=rule, version="1")


def lake_record() -> Record:
    """The whole record of `lake_document`, as a careful reader would code it."""
    document = lake_document()
    words = Words(document)
    lists: dict[str, Any] = {
        "actors": _actors(words), "statements": _statements(words), "events": _events(words),
        "positions": _positions(words), "proposals": _proposals(words), "talks": _talks(words), "claims": _claims(words),
    }  # fmt: skip
    return Record(parley="0.1.0", document=document, **lists)


# fmt: off
def _actors(words: Words) -> tuple[Actor, ...]:
    person = {"kind": "person", "sector": "GOV", "made_by": by("actors", "title-before-name")}
    state = {"kind": "state", "sector": "GOV", "made_by": by("actors", "state-name")}
    return (
        Actor(id="a1", name="Tovar", party="Tovar", **state, mentions=(
            words("Tovar", "Tovar’s President"), words("Tovar", "Tovar has"), words("Orsha", "Orsha claims"))),
        Actor(id="a2", name="Lena Orsk", role="President", party="Tovar", **person, mentions=(
            words("Lena Orsk"), words("Orsk", "Orsk said"), words("she", "she said"), words("she", "she added"),
            words("Orsk", "Orsk accused"))),
        Actor(id="a3", name="Karsan", party="Karsan", **state, mentions=(
            words("Karsan", "Karsan counterpart"), words("Karsan", "Karsan’s proposal"), words("Karsan", "accused Karsan"),
            words("Karsan", "Karsan, he said"))),
        Actor(id="a4", name="Idris Tal", role="President", party="Karsan", **person, mentions=(words("Idris Tal"),)),
        Actor(id="a5", name="Norway", country="NOR", party="Norway", wikidata="Q20", **state, mentions=(words("Norway"),)),
        Actor(id="a6", name="United States", country="USA", party="United States", wikidata="Q30", **state, mentions=(
            words("U.S."),)),
        Actor(id="a7", name="Pavel Dorn", role="Foreign Minister", party="Karsan", **person, mentions=(
            words("Pavel Dorn"), words("he", "he said, should"))),
        Actor(id="a8", name="troops", kind="military", sector="MIL", party="Karsan", made_by=by("actors", "agent-noun"),
              mentions=(words("Karsan troops"),)),
    )


def _statements(words: Words) -> tuple[Statement, ...]:
    orsk = {"speaker": "a2", "speaker_name": "Lena Orsk", "party": "Tovar"}
    dorn = {"speaker": "a7", "speaker_name": "Pavel Dorn", "party": "Karsan"}
    said = {"made_by": by("statements", "attribution-model"), "date": "2024-03-05"}
    there = {"place": "Orsha", "setting": "press conference"}
    return (
        Statement(id="s1", kind="indirect", act="call-for", **orsk, **said, addressee="a4", source=words("Lena Orsk"),
                  cue=words("called on"), content=(words("to sign a ceasefire"),), confidence=0.9),
        Statement(id="s2", kind="indirect", **orsk, **said, **there, source=words("Orsk", "Orsk said"),
                  cue=words("said", "Orsk said"), confidence=0.95, content=(
                      words("the summit could be hosted by Norway, because two earlier rounds of lower-level talks had "
                            "failed to stop the fighting"),)),
        Statement(id="s3", kind="direct", **orsk, **said, **there, source=words("she", "she said"),
                  cue=words("said", "she said"), confidence=0.98, content=(
                      words("We are ready to exchange all prisoners, but meeting for the sake of meeting helps nobody,"),)),
        Statement(id="s4", kind="direct", act="propose", **orsk, **said, **there, source=words("she", "she added"),
                  cue=words("added"), confidence=0.98, content=(
                      words("Our offer is simple: a truce until the two of us meet,"),)),
        Statement(id="s5", kind="indirect", act="claim", speaker="a1", speaker_name="Orsha", party="Tovar", **said,
                  source=words("Orsha", "Orsha claims"), cue=words("claims"), confidence=0.8, content=(
                      words("were taken across the lake by Karsan troops"),)),
        Statement(id="s6", kind="indirect", act="accuse", **orsk, **said, addressee="a3", source=words("Orsk", "Orsk accused"),
                  cue=words("accused"), content=(words("not being serious about peace"),), confidence=0.9),
        Statement(id="s7", kind="indirect", **orsk, **said, source=words("Orsk", "Orsk accused"), cue=words("saying"),
                  content=(words("its aim was to delay new U.S. sanctions"),), confidence=0.7),
        Statement(id="s8", kind="indirect", act="deny", denies=True, **dorn, **said, source=words("Pavel Dorn"),
                  cue=words("dismissed"), content=(words("the accusation"),), confidence=0.9),
        Statement(id="s9", kind="indirect", act="claim", **dorn, **said, source=words("Pavel Dorn"), cue=words("insisted"),
                  content=(words("the talks had produced results"),), confidence=0.9),
        Statement(id="s10", kind="mixed", **dorn, **said, source=words("he", "he said, should"), cue=words("said", "he said, should"),
                  content=(words("Karsan", "Karsan, he said"),
                           words("should not fall for “Tovar’s reckless games” <and> would keep negotiating & fighting")),
                  confidence=0.85),
    )


def _events(words: Words) -> tuple[Event, ...]:
    verb = {"made_by": by("events", "verb-frame")}
    return (
        Event(id="e1", type="REQUEST", mode="meet", context="diplomatic", cameo="1056", source=("a2",), target=("a4",),
              date="2024-03-05", status="occurred", evidence=words("has called on her Karsan counterpart, Idris Tal, to sign a ceasefire"),
              confidence=0.9, **verb),
        Event(id="e2", type="CONSULT", cameo="046", source=("a1", "a3"), date="2024-03-02", place="Geneva", status="occurred",
              evidence=words("the March 2 talks in Geneva"), confidence=0.85, **verb),
        Event(id="e3", type="COERCE", mode="abduct", cameo="181", source=("a8",), target=("a1",), status="occurred", voice="s5",
              evidence=words("were taken across the lake by Karsan troops"), confidence=0.6, **verb),
        Event(id="e4", type="ACCUSE", cameo="112", source=("a2",), target=("a3",), status="occurred", date="2024-03-05",
              evidence=words("Orsk accused Karsan of not being serious about peace"), confidence=0.9, **verb),
        Event(id="e5", type="SANCTION", cameo="163", source=("a6",), target=("a3",), status="threatened", voice="s7",
              evidence=words("new U.S. sanctions"), confidence=0.5, **verb),
    )


def _positions(words: Words) -> tuple[Position, ...]:
    lexicon = {"made_by": by("positions", "issue-lexicon")}
    return (
        Position(id="p1", party="Tovar", issue="ceasefire", stance="supports", act="calls-for", object="a ceasefire", voice="s1",
                 evidence=words("to sign a ceasefire"), confidence=0.9, **lexicon),
        Position(id="p2", party="Tovar", issue="prisoners", stance="supports", act="offers", object="exchange all prisoners",
                 quantity="all", voice="s3", evidence=words("We are ready to exchange all prisoners"), confidence=0.9, **lexicon),
        Position(id="p3", party="Tovar", issue="ceasefire", stance="supports", act="offers", object="a truce until the two of us meet",
                 voice="s4", evidence=words("a truce until the two of us meet"), confidence=0.8, **lexicon),
        Position(id="p4", party="Tovar", issue="ceasefire", stance="supports", act="proposes",
                 object="an unconditional 30-day ceasefire", duration="P30D",
                 evidence=words("an unconditional 30-day ceasefire"), confidence=0.9, **lexicon),
        Position(id="p5", party="Tovar", issue="prisoners", stance="supports", act="proposes", object="a full prisoner exchange",
                 quantity="all", evidence=words("a full prisoner exchange"), confidence=0.9, **lexicon),
        Position(id="p6", party="Tovar", issue="missing", stance="supports", act="proposes", object="the return of children",
                 evidence=words("the return of children"), confidence=0.9, **lexicon),
        Position(id="p7", party="Karsan", issue="recognition", stance="supports", act="proposes",
                 object="the recognition of Upper Melle", evidence=words("the recognition of Upper Melle"), confidence=0.9,
                 **lexicon),
        Position(id="p8", party="Karsan", issue="sanctions", stance="opposes", act="rejects", object="new U.S. sanctions", voice="s7",
                 evidence=words("its aim was to delay new U.S. sanctions"), confidence=0.5, **lexicon),
        Position(id="p9", party="Karsan", issue="talks", stance="conditional", act="accepts", object="keep negotiating", voice="s10",
                 condition=words("should not fall for “Tovar’s reckless games”"),
                 evidence=words("would keep negotiating"), confidence=0.4, **lexicon),
    )


def _proposals(words: Words) -> tuple[Proposal, ...]:
    made = {"made_by": by("proposals", "verb-frame"), "status": "tabled"}
    return (
        Proposal(id="r1", by=("Tovar",), to=("Karsan",), terms=("p3",), until="the leaders meet",
                 evidence=words("Our offer is simple: a truce until the two of us meet"), confidence=0.8, **made),
        Proposal(id="r2", by=("Tovar",), to=("Karsan",), terms=("p4", "p5", "p6"),
                 evidence=words("Tovar has proposed an unconditional 30-day ceasefire, a full prisoner exchange and the return of children"),
                 confidence=0.9, **made),
        Proposal(id="r3", by=("Karsan",), to=("Tovar",), terms=("p7",),
                 evidence=words("Karsan’s proposal calls instead for the recognition of Upper Melle"), confidence=0.9, **made),
    )


def _talks(words: Words) -> tuple[Talks, ...]:
    made = {"made_by": by("talks", "noun-frame")}
    sides = {"participants": ("Tovar", "Karsan")}
    return (
        Talks(id="t1", kind="summit", status="scheduled", place="Lake Melle", level="leaders", mediators=("Norway",), **sides,
              evidence=words("a leaders’ summit on Lake Melle"), confidence=0.8, **made),
        Talks(id="t2", kind="round", status="held", date="2024-03-02", place="Geneva", ordinal=2, level="delegations",
              outcome="exchange-of-proposals", **sides, confidence=0.9, **made,
              evidence=words("the March 2 talks in Geneva, the second round of direct negotiations, which ended without a breakthrough")),
    )


def _claims(words: Words) -> tuple[Claim, ...]:
    return (
        Claim(id="c1", text="the talks had produced results", asserted_by=("Karsan",), denied_by=("Tovar",), confidence=0.7,
              evidence_for=(words("insisted that the talks had produced results"),),
              evidence_against=(words("two earlier rounds of lower-level talks had failed to stop the fighting"),),
              made_by=by("claims", "opposite-predicates")),
    )
