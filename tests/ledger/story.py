"""The story of examples/story with records made by hand: what a careful reader finds in each of its reports."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger.reports import Builder

from parley.documents.items import document_of, items_in
from parley.record import Actor, Claim, Position, Proposal, Record, Statement, Talks

STORY = Path(__file__).parents[2] / "examples" / "story"
MARAVEL, FRONT, ESTMARK = "Maravel", "Highland Front", "Estmark"
PEOPLE = {"Joran Velk": (FRONT, "Commander"), "Ilse Dorman": (MARAVEL, "Foreign Minister"),
          "Ada Rennik": (MARAVEL, "President"), "Marten Holl": (ESTMARK, "Envoy")}  # fmt: skip


class Coder(Builder):
    """Codes one report: every entry is given by the words that it rests on."""

    def words(self, quote: str) -> Any:
        """The span of these words."""
        start = self.document.text.index(quote)
        return self.document.span(start, start + len(quote))

    def name_actors(self) -> None:
        """The parties and the people whom the text names."""
        for party, kind in ((MARAVEL, "state"), (FRONT, "armed-group"), (ESTMARK, "state")):
            if party in self.document.text:
                self.add("actors", "a", Actor, name=party, kind=kind, party=party, mentions=(self.words(party),))
        for name, (party, role) in PEOPLE.items():
            if name in self.document.text:
                self.add(
                    "actors", "a", Actor, name=name, kind="person", party=party, role=role, mentions=(self.words(name),)
                )

    def wants(
        self, party: str, issue: str, stance: str, quote: str, *, by: str = "", condition: str = "", **fields: Any
    ) -> str:
        """A position, in the voice of a speaker where one is named."""
        voice = "narrator"
        if by:
            speaker = next(a for a in self.lists["actors"] if a.name == by)
            voice = self.add("statements", "s", Statement, speaker=speaker.id, speaker_name=by, party=speaker.party, kind="indirect",
                             content=(self.words(quote),))  # fmt: skip
        on = self.words(condition) if condition else None
        return self.add("positions", "p", Position, party=party, issue=issue, stance=stance, act="demands", object=quote,
                        voice=voice, condition=on, evidence=self.words(quote), confidence=0.9, **fields)  # fmt: skip

    def proposal(self, by: tuple[str, ...], to: tuple[str, ...], status: str, quote: str, *terms: str) -> None:
        """A proposal with its terms."""
        self.add(
            "proposals", "r", Proposal, by=by, to=to, status=status, terms=terms, evidence=self.words(quote), confidence=0.9
        )

    def talks(self, quote: str, **fields: Any) -> None:
        """Talks between Maravel and the Front in Brenna."""
        known = {"kind": "round", "status": "held", "place": "Brenna", "participants": (MARAVEL, FRONT)} | fields
        self.add("talks", "t", Talks, evidence=self.words(quote), confidence=0.9, **known)

    def claim(self, quote: str, *, by: str = "", denied: str = "") -> None:
        """The claim that the Front shelled the market."""
        side: dict[str, Any] = {"asserted_by": (by,), "evidence_for": (self.words(quote),)} if by else {
            "denied_by": (denied,), "evidence_against": (self.words(quote),)}  # fmt: skip
        self.add("claims", "c", Claim, text="the Highland Front shelled the market of Tarn", confidence=0.9, **side)


def _refusal(c: Coder) -> None:
    c.wants(FRONT, "ceasefire", "opposes", "rejected a ceasefire with Maravel")
    c.wants(FRONT, "talks", "opposes", "refused to hold talks with the government")
    c.wants(MARAVEL, "talks", "supports", "Maravel was ready for talks without conditions", by="Ilse Dorman")


def _first_round(c: Coder) -> None:
    c.talks("The first round of talks between Maravel and the Highland Front was held in Brenna on February 4", date="2019-02-04",
            ordinal=1, mediators=(ESTMARK,), outcome="no-agreement")  # fmt: skip
    c.wants(MARAVEL, "arms", "supports", "Maravel demanded that the Highland Front disarm")
    c.wants(FRONT, "arms", "opposes", "rejected disarmament")
    c.wants(FRONT, "prisoners", "supports", "demanded the release of its prisoners")
    c.wants(MARAVEL, "prisoners", "conditional", "Maravel would not release prisoners before the Front gave up its heavy weapons",
            by="Ilse Dorman", condition="before the Front gave up its heavy weapons")  # fmt: skip


def _reversal(c: Coder) -> None:
    c.wants(FRONT, "ceasefire", "supports", "it supports a ceasefire with Maravel")


def _proposal(c: Coder) -> None:
    term = c.wants(MARAVEL, "ceasefire", "supports", "a 30-day ceasefire to the Highland Front", duration="P30D")
    c.proposal((MARAVEL,), (FRONT,), "tabled", "Maravel on Monday proposed a 30-day ceasefire to the Highland Front", term)
    c.wants(MARAVEL, "monitoring", "supports", "Maravel wants observers to watch the roads", by="Ilse Dorman")


def _counter(c: Coder) -> None:
    terms = (c.wants(FRONT, "ceasefire", "supports", "a 60-day ceasefire", duration="P60D"),
             c.wants(FRONT, "prisoners", "supports", "an exchange of all prisoners"))  # fmt: skip
    quote = "The Highland Front on Friday proposed a 60-day ceasefire and an exchange of all prisoners to Maravel"
    c.proposal((FRONT,), (MARAVEL,), "tabled", quote, *terms)


def _second_round(stance: str, words: str) -> Callable[[Coder], None]:
    def code(c: Coder) -> None:
        c.talks("Maravel and the Highland Front held a second round of talks in Brenna on March 13", date="2019-03-13", ordinal=2,
                outcome="partial")  # fmt: skip
        c.wants(MARAVEL, "prisoners", stance, words)

    return code


def _other_account(c: Coder) -> None:
    c.talks("The second round of talks with Maravel, held in Brenna on March 13, ended with no agreement", date="2019-03-13",
            ordinal=2, outcome="no-agreement")  # fmt: skip


def _agreement(c: Coder) -> None:
    term = c.wants(FRONT, "ceasefire", "supports", "a 60-day ceasefire", duration="P60D")
    c.wants(MARAVEL, "ceasefire", "supports", "agreed on a 60-day ceasefire", duration="P60D")
    c.proposal((MARAVEL, FRONT), (), "agreed", "Maravel and the Highland Front agreed on a 60-day ceasefire on Monday", term)


def _in_force(c: Coder) -> None:
    term = c.wants(FRONT, "ceasefire", "supports", "The ceasefire between Maravel and the Highland Front")
    c.proposal((MARAVEL, FRONT), (), "in-force", "The ceasefire between Maravel and the Highland Front took effect", term)


def _violation(c: Coder) -> None:
    term = c.wants(MARAVEL, "ceasefire", "supports", "The ceasefire between Maravel and the Highland Front")
    c.proposal((MARAVEL, FRONT), (), "violated", "The ceasefire between Maravel and the Highland Front was violated", term)
    c.claim("the Highland Front shelled the market of Tarn", by=MARAVEL)


def _denial(c: Coder) -> None:
    c.claim("it shelled the market of Tarn", denied=FRONT)


def _confirmation(c: Coder) -> None:
    c.claim("the Highland Front shelled the market of Tarn", by=ESTMARK)
    c.wants(MARAVEL, "prisoners", "supports", "Maravel wants the exchange of prisoners to go on", by="Ilse Dorman")


def _planned(c: Coder) -> None:
    c.talks("A summit between Maravel and the Highland Front is scheduled for June 10 in Brenna", kind="summit",
            status="scheduled", date="2019-06-10")  # fmt: skip
    c.wants(MARAVEL, "governance", "conditional", "Maravel would discuss autonomy for the highlands", by="Ilse Dorman",
            condition="only if the Front's heavy weapons were counted first")  # fmt: skip


def _held(c: Coder) -> None:
    c.talks("Leaders of Maravel and the Highland Front met at a summit in Brenna on June 10", kind="summit", level="leaders",
            date="2019-06-10", mediators=(ESTMARK,), outcome="agreement")  # fmt: skip
    c.wants(MARAVEL, "governance", "supports", "Maravel supports autonomy for the highlands", by="Ada Rennik")
    c.wants(FRONT, "withdrawal", "supports", "agreed to withdraw its fighters from Tarn", by="Joran Velk")


CODED: dict[str, Callable[[Coder], None]] = {
    "01": _refusal, "02": _first_round, "03": _first_round, "04": _reversal, "05": _proposal, "06": _counter, "07": _counter,
    "08": _second_round("opposes", "Maravel rejected an exchange of prisoners"), "09": _other_account,
    "10": _second_round("supports", "Maravel accepted an exchange of prisoners"), "11": _agreement, "12": _agreement,
    "13": _in_force, "14": _violation, "15": _denial, "16": _confirmation, "17": _planned, "18": _held,
}  # fmt: skip


def story() -> list[tuple[Record, str | None]]:
    """The records of all reports in the order of their names, each with the day of its update."""
    found = []
    for item in items_in(STORY):
        coder = Coder(document_of(item))
        coder.name_actors()
        CODED[Path(item.source).name[:2]](coder)
        found.append((coder.record(), item.updated))
    return found
