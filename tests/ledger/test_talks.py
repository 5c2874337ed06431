"""Talks that are planned and then held are one thing with a life; what only looks alike stays apart."""

from __future__ import annotations

import pytest
from ledger.reports import fights, meets, report

from parley.ledger.store import Ledger

SIDES = ("Tovar", "Karsan")


def talks(ledger: Ledger, *told: tuple[str, dict]) -> list[dict]:
    """The talks that come of these reports, each a day and what it says of talks."""
    for i, (day, fields) in enumerate(told):
        ledger.add(report(day, meets(*SIDES, **fields), fights(*SIDES), publisher=f"Outlet {i}"))
    with ledger.view() as view:
        process = view.process()
        assert process is not None
        return view.talks(process["id"])


def moments(ledger: Ledger, id_: str) -> list[tuple[str, str]]:
    with ledger.view() as view:
        return [(m["day"], m["status"]) for m in reversed(view.timeline()) if m["ref"] == id_]


def test_a_planned_summit_that_is_held_is_one_summit_with_a_life(ledger: Ledger) -> None:
    found = talks(
        ledger, ("2024-05-20", {"kind": "summit", "status": "scheduled", "date": "2024-06-10", "level": "delegations"}),
        ("2024-06-11", {"kind": "summit", "date": "2024-06-10", "place": "Oslo", "level": "leaders", "outcome": "agreement"}),
    )  # fmt: skip
    (one,) = found
    assert (one["status"], one["level"], one["place"], one["outcome"], one["disputed"]) == (
        "held", "leaders", "Oslo", "agreement", {})  # fmt: skip
    assert moments(ledger, one["id"]) == [("2024-05-20", "scheduled"), ("2024-06-10", "held")]


def test_talks_put_off_by_two_days_are_the_same_and_the_plan_is_no_account_of_their_day(ledger: Ledger) -> None:
    (one,) = talks(
        ledger, ("2024-05-20", {"status": "scheduled", "date": "2024-06-10"}), ("2024-06-13", {"date": "2024-06-12"})
    )
    assert (one["date"], one["disputed"]) == ("2024-06-12", {})


def test_a_round_is_known_by_its_number_when_it_comes_weeks_later(ledger: Ledger) -> None:
    (one,) = talks(
        ledger, ("2024-02-05", {"status": "proposed", "ordinal": 2}), ("2024-03-14", {"date": "2024-03-13", "ordinal": 2})
    )
    assert (one["status"], one["ordinal"]) == ("held", 2)


@pytest.mark.parametrize(
    "told",
    [
        (("2024-06-11", {"date": "2024-06-10", "level": "leaders"}), ("2024-06-11", {"date": "2024-06-10", "level": "ministers"})),
        (("2024-05-20", {"status": "scheduled", "date": "2024-06"}), ("2024-06-11", {"date": "2024-06-10"})),
        (("2024-05-20", {"status": "scheduled", "date": "2024-06-10"}), ("2024-06-20", {"date": "2024-06-19"})),
        (("2024-05-20", {"status": "scheduled", "date": "2024-06-10", "place": "Oslo"}),
         ("2024-06-11", {"date": "2024-06-10", "place": "Doha"})),
        (("2024-06-11", {"date": "2024-06-10", "ordinal": 2}), ("2024-06-12", {"status": "proposed", "ordinal": 3})),
    ],
    ids=["two levels", "a round in a month", "nine days later", "another place", "the next round"],
)  # fmt: skip
def test_what_only_looks_alike_stays_apart(ledger: Ledger, told: tuple[tuple[str, dict], ...]) -> None:
    assert len(talks(ledger, *told)) == 2
