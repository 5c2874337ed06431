"""The story of examples/story: the state of its ledger as of five days is the one that a careful reader would write down."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from ledger.story import MARAVEL, story

from parley.ledger.brief import brief
from parley.ledger.store import Ledger
from parley.ledger.view import View

GOLDEN = Path(__file__).parents[1] / "golden" / "story.json"
DAYS = ("2019-02-10", "2019-03-16", "2019-04-10", "2019-04-30", "2019-06-30")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("story") / "ledger.db", create=True) as ledger:
        reports = story()
        for record, updated in Random(7).sample(reports, len(reports)):  # in any order
            ledger.add(record, updated=updated)
        yield ledger


def _cell(cell: dict) -> str:
    marks = [cell["stance"], f"since {cell['since']}", cell["change"] or "", f"{cell['accounts']} accounts",
             "silent" if cell["silent"] else "", "ambiguous" if cell["ambiguous"] else "",
             f"if: {cell['condition']}" if cell["condition"] else ""]  # fmt: skip
    return ", ".join(mark for mark in marks if mark)


def written_down(view: View) -> dict:
    """The state in few words."""
    process = view.process()
    assert process is not None
    id_ = process["id"]
    return {
        "documents": process["documents"],
        "matrix": {party: {issue: _cell(cell) for issue, cell in cells.items()} for party, cells in view.matrix(id_).items()},
        "talks": [f"{t['day']} {t['kind']} {t['status']}, {len(t['accounts'])} accounts, disputed: {t['disputed']}, "
                  f"outcome: {t['outcome']}, through {t['mediators']}" for t in view.talks(id_)],
        "proposals": [
            f"{' and '.join(package['by'])} on {term['issue']}: "
            + "; ".join(f"{step['status']} {step['day']} ({step['accounts']})" for step in term["steps"])
            for package in view.proposals(id_) for term in package["terms"]
        ],
        "claims": [f"{c['text']}: {c['status']}, asserted by {', '.join(c['asserted_by'])}, denied by {', '.join(c['denied_by'])}, "
                   f"confirmed by {', '.join(c['confirmed_by'])}" for c in view.claims(id_)],
    }  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_the_state_as_of_a_day_is_the_golden_one(told: Ledger, day: str) -> None:
    with told.view(day) as view:
        assert written_down(view) == json.loads(GOLDEN.read_text(encoding="utf-8"))[day]


def test_today_is_the_last_day(told: Ledger) -> None:
    with told.view() as today, told.view("2019-06-11") as last:
        assert written_down(today) == written_down(last)


def test_the_briefing_cites_every_sentence(told: Ledger) -> None:
    with told.view() as view:
        process = view.process()
        assert process is not None
        text = brief(view, process, "2019-03-31")
    lines = [
        line
        for line in text.splitlines()
        if line.startswith("- ") and not line.startswith(("- agreed", "- contested", "- one-"))
    ]
    assert lines
    assert all("[^" in line for line in lines)
    assert "1 April 2019: The proposal of Highland Front on a ceasefire was agreed" in text
    assert "Highland Front denies: the Highland Front shelled the market of Tarn" in text
    assert "— Harbour Post" not in text.split("[^1]:")[0]


def test_the_correction_takes_the_refused_exchange_back(told: Ledger) -> None:
    def prisoners(day: str) -> str:
        with told.view(day) as view:
            process = view.process()
            assert process is not None
            return str(view.matrix(process["id"])[MARAVEL]["prisoners"]["stance"])

    assert (prisoners("2019-03-16"), prisoners("2019-03-17")) == ("opposes", "supports")
