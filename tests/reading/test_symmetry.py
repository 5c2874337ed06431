"""Whatever is read of one side is read of the other: exchanging the sides exchanges them in the record, and nothing else."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from symmetry import Movement, State, both_ways

from parley.reading import Reader
from parley.record import LISTS

NORTH = State("Serbia", "Serbian", "Belgrade", "Marko Dolan", "Dolan", "Petar Simic", "Simic", "Nova Luka")
SOUTH = State("Bulgaria", "Bulgarian", "Sofia", "Ivan Terziev", "Terziev", "Georgi Panov", "Panov", "Stara Reka")
FRONT = Movement("Orsha Liberation Front", "Daniel Mirek", "Mirek", "Thomas Olin", "Olin", "Velden")
UNION = Movement("Melle Resistance Union", "Samuel Torda", "Torda", "Victor Hale", "Hale", "Brisk")

STATES = {
    "call-for-truce": "{a.people} President {a.leader} called on {b.people} President {b.leader} on Tuesday to sign a ceasefire. “We are ready to exchange all prisoners,” {a.short} told reporters in {a.capital}.",
    "ministers-differ": "{a.people} Foreign Minister {a.deputy} accused {b.state} of breaking the truce. {b.people} Foreign Minister {b.deputy} rejected the accusation and said {b.capital} would keep its word.",
    "round-of-talks": "{a.state} and {b.state} held a second round of direct talks in Geneva on March 2. The talks ended without a breakthrough, the {a.people} foreign ministry said in a statement.",
    "proposal": "{a.state} has proposed an unconditional 30-day ceasefire and a full prisoner exchange. {b.state} demands that {a.people} troops withdraw from {b.town} first.",
    "capitals": "{a.capital} said it would recognize the border if {b.capital} lifted its sanctions. {b.capital} has refused to lift the sanctions.",
    "denial": "{a.state} denied on Monday that its army had shelled {b.town}. {b.people} officials said three people were killed.",
    "summit": "{b.people} President {b.leader} will meet {a.people} President {a.leader} in Vienna next week, with Austria as mediator. {b.short} said he hoped for an agreement.",
    "agreement": "{a.people} and {b.people} negotiators agreed on Friday to withdraw troops from {a.town}, {a.people} Defense Minister {a.deputy} said.",
    "interrupted-quotation": "“There will be no talks,” said {a.leader}, the {a.people} prime minister, “until {b.state} releases our prisoners.” {b.leader}, the {b.people} prime minister, called the demand absurd.",
}
MOVEMENTS = {
    "offer": "The {a.group} offered a ten-day truce on Sunday. “Our guns will fall silent if the {b.group} leaves {a.town},” its commander, {a.leader}, told reporters. A spokesman for the {b.group}, {b.deputy}, said the offer was being studied.",
    "claims": "The {a.group} said its fighters had taken {b.town}. The {b.group} denied the claim and accused the {a.group} of spreading lies.",
    "mediation": "Delegates of the {a.group} and the {b.group} met in Nairobi on Thursday for talks mediated by Kenya. {b.leader}, leader of the {b.group}, said the two sides had agreed to free all detainees.",
    "conditions": "The leader of the {a.group}, {a.leader}, said he would not negotiate unless the {b.group} laid down its arms. {b.leader}, who leads the {b.group}, rejected any disarmament.",
}


@pytest.fixture(scope="module")
def read(reader: Reader) -> Any:
    @cache
    def reading(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        if name in STATES:
            return both_ways(reader, STATES[name], NORTH, SOUTH)
        return both_ways(reader, MOVEMENTS[name], FRONT, UNION)

    return reading


@pytest.mark.parametrize("list_name", LISTS)
@pytest.mark.parametrize("name", [*STATES, *MOVEMENTS])
def test_exchanging_the_sides_exchanges_them_in_the_record(read: Any, name: str, list_name: str) -> None:
    one_way, other_way = read(name)
    assert one_way[list_name] == other_way[list_name]


def test_both_sides_are_found_in_every_report(read: Any) -> None:
    for name in (*STATES, *MOVEMENTS):
        parties = {actor["party"] for actor in read(name)[0]["actors"]}
        slot = "state" if name in STATES else "group"
        assert {f"⟨a.{slot}⟩", f"⟨b.{slot}⟩"} <= parties, name
