"""Proposals kept up to date by stretches of time are what going through all that is reported of them gives."""

from __future__ import annotations

import json
from random import Random

import pytest
from ledger.reports import proposes, report
from ledger.states import state
from sqlalchemy import select

from parley.ledger import connect, tables
from parley.ledger.clusters import mentions_where
from parley.ledger.days import ALWAYS, shifted
from parley.ledger.entries import document_id
from parley.ledger.life import lives_of
from parley.ledger.proposals import settle_all_proposals
from parley.ledger.store import Ledger
from parley.record import Record

STATUSES = ("tabled", "tabled", "tabled", "rejected", "accepted", "countered", "agreed", "violated", "withdrawn", "expired")


def some(random: Random, day: str) -> Record:
    by, to = random.sample(("Tovar", "Karsan", "Velland"), 2)
    return report(day, proposes(by, to, "ceasefire", random.choice(STATUSES)), publisher=f"Outlet {random.randint(1, 9)}")


def kept_and_made_anew(ledger: Ledger) -> tuple[dict, dict]:
    """Proposals as the ledger keeps them, and as they are when all mentions are gone through from the first to the last."""
    with connect.reading_of(ledger.engine) as connection:
        rows = connection.execute(select(tables.thread).where(tables.thread.c.kind == "proposal"))
        kept = {(row.process_id, row.id): json.loads(row.summary) for row in rows}
        m, blocks, anew = tables.mention.c, {}, {}
        for row, mention in mentions_where(connection, m.kind == "proposal", m.until == ALWAYS):
            blocks.setdefault((row.process_id, row.block), []).append(mention)
        for (process, block), mentions in blocks.items():
            anew |= {(process, item.id): json.loads(json.dumps(item.summary)) for item in lives_of(mentions, block)}
        moments = connection.execute(select(tables.moment.c.ref).where(tables.moment.c.kind == "proposal")).scalars()
        assert sorted(moments) == sorted(id_ for (_, id_), said in anew.items() for _ in said["steps"])
    return kept, anew


@pytest.mark.parametrize("seed", range(6))
def test_reports_of_years_in_any_order_give_the_same_lives(ledger: Ledger, seed: int) -> None:
    random = Random(seed)
    days = [shifted("2020-01-01", random.randint(0, 900)) for _ in range(60)]
    records = [some(random, day) for day in days]
    for start in range(0, 30, 3):
        ledger.add_together(records[start : start + 3])
    for record in records[30:]:
        ledger.add(record)
    kept, anew = kept_and_made_anew(ledger)
    assert kept == anew
    assert len(kept) > 5


def test_a_correction_and_a_rejection_reach_the_lives_that_they_bear_on(ledger: Ledger) -> None:
    random = Random(7)
    records = [some(random, shifted("2020-01-01", 12 * i)) for i in range(40)]
    ledger.add_together(records)
    for record in (records[3], records[20]):
        with ledger.view() as view:
            (entry,) = [e for e in view.document(document_id(record.document))["entries"] if e["list"] == "proposals"]
        ledger.review(entry["id"], "reject", by="Ann")
        kept, anew = kept_and_made_anew(ledger)
        assert kept == anew
    before = state(ledger)
    ledger.rebuild()
    assert state(ledger) == before


def test_an_older_ledger_is_given_the_same_lives(ledger: Ledger) -> None:
    random = Random(8)
    ledger.add_together([some(random, shifted("2020-01-01", 9 * i)) for i in range(20)])
    before = state(ledger)
    with ledger.writing() as connection:
        of = tables.mention.c.kind == "proposal"
        connection.execute(tables.mention.update().where(of).values(cluster="what was one cluster"))
        settle_all_proposals(connection)
    assert state(ledger) == before
