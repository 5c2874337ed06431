"""A past day looked up from today's tables is the one that is derived from scratch from all that was known on it."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st
from ledger import scratch
from ledger.reports import claims, fights, meets, proposes, report, wants
from ledger.story import story
from ledger.test_order import QUICK, days, filled, reports
from sqlalchemy import event

from parley.ledger.days import shifted
from parley.ledger.store import Ledger
from parley.ledger.view import View
from parley.record import Record

AGES = st.sampled_from([0, 0, 1, 3, 9, 40, 400])


def check(view: View) -> None:
    each = [m for process in view.processes(100) for m in view.timeline(process["id"], limit=1000)]
    together = sorted(each, key=lambda m: (tuple(-ord(c) for c in m["day"]), m["ref"], m["step"], m["process"]))
    for limit in (1, 4, 1000):
        assert view.timeline(limit=limit) == together[:limit]
    days_of = sorted({m["day"] for m in together})
    if days_of:
        first, last = days_of[len(days_of) // 3], days_of[-1 - len(days_of) // 3]
        within = [m for m in together if first <= m["day"] <= last and m["kind"] != "position"]
        kinds = ("talks", "proposal", "claim", "denial", "confirmation", "shift", "reversal")
        assert view.timeline(since=first, until=last, kinds=kinds, limit=5) == within[:5]
    for process in view.processes(100):
        derived, given_ = scratch.state(view, process["id"]), scratch.told(view, process["id"])
        for part, of in derived.items():
            assert given_[part] == of, part
        timeline = derived["timeline"]
        for limit in (1, 3, 7):
            assert view.timeline(process["id"], limit=limit) == timeline[:limit]
            assert [i.id for i in view.items(process["id"], "talks", limit)] == [i[0] for i in derived["talks"][:limit]]
        some = [m for m in timeline if m["kind"] in ("talks", "shift", "reversal")]
        assert view.timeline(process["id"], kinds=("talks", "shift", "reversal"), limit=4) == some[:4]
        assert view.as_of is not None
        for since in (shifted(view.as_of, -2), shifted(view.as_of, -20), "2000-01-01"):
            new = [m for m in timeline if m["known"] > since]
            order = lambda m: (m["day"], m["known"], m["ref"], m["step"])  # noqa: E731
            assert view.changes(process["id"], since) == sorted(new, key=order)
            last = sorted(new, key=lambda m: (tuple(-ord(c) for c in m["known"]), m["ref"], m["step"]))[:5]
            assert view.changes(process["id"], since, 5) == sorted(last, key=order)


@settings(max_examples=12, **QUICK)
@given(st.lists(reports, min_size=3, max_size=14), st.lists(days, min_size=2, max_size=4))
def test_any_day_is_as_if_derived_from_scratch(fresh: Callable[[], Ledger], records: list[Record], asked: list[str]) -> None:
    ledger = filled(fresh(), records)
    for day in asked:
        with ledger.view(day) as view:
            check(view)


def test_long_stances_old_words_and_corrections_count_as_they_were_known(fresh: Callable[[], Ledger]) -> None:
    ledger = fresh()
    told_late = [wants("Tovar", "ceasefire", "opposes", said=shifted("2024-01-10", n), text=f"Tovar opposed it, {n}.")
                 for n in (0, 5, 30)]  # fmt: skip
    records = [
        *(report(shifted("2024-01-01", n), wants("Tovar", "ceasefire"), fights("Tovar", "Karsan"), title=f"Day {n}")
          for n in range(0, 60, 3)),
        *(report(shifted("2024-02-01", 9 * n), line, title=f"Late {n}") for n, line in enumerate(told_late)),
        report("2024-01-20", wants("Tovar", "ceasefire", "conditional"), title="Talks end", url="https://a.example/1"),
        report("2024-02-20", wants("Tovar", "ceasefire"), title="CORRECTED: Talks end", url="https://a.example/1"),
        report(None, wants("Tovar", "ceasefire", "opposes", text="Nobody knows when Tovar opposed it.")),
        report("2024-01-15", meets("Tovar", "Karsan", status="scheduled", date="2024-03-20", place="Oslo", ordinal=2)),
        report("2024-02-15", proposes("Tovar", "Karsan", "ceasefire"), claims("Karsan shelled the port.", by="Tovar")),
        report("2024-02-27", proposes("Tovar", "Karsan", "ceasefire", "rejected"), claims("Karsan shelled the port.", denied="Karsan")),
        report("2024-03-21", meets("Tovar", "Karsan", date="2024-03-20", place="Oslo", ordinal=2)),
    ]  # fmt: skip
    filled(ledger, records)
    for n in range(0, 90, 7):
        with ledger.view(shifted("2023-12-31", n)) as view:
            check(view)


def test_every_day_of_the_story_is_as_if_derived_from_scratch(fresh: Callable[[], Ledger]) -> None:
    ledger = fresh()
    for record, updated in story():
        ledger.add(record, updated=updated)
    for n in range(0, 160, 16):
        with ledger.view(shifted("2019-01-10", n)) as view:
            check(view)


@settings(max_examples=10, **QUICK)
@given(st.lists(st.tuples(days, AGES, st.sampled_from(["supports", "opposes"])), min_size=4, max_size=20), days)
def test_old_words_told_late_are_left_out_of_days_before(
    fresh: Callable[[], Ledger], told: list[tuple[str, int, str]], asked: str
) -> None:
    records = [report(day, wants("Tovar", "ceasefire", stance, said=shifted(day, -age), text=f"Tovar {stance} it, {i}."),
                      title=f"Report {i}") for i, (day, age, stance) in enumerate(told)]  # fmt: skip
    with filled(fresh(), records).view(asked) as view:
        check(view)


def test_processes_that_were_over_or_had_not_begun_are_not_gone_through(fresh: Callable[[], Ledger]) -> None:
    def told(ledger: Ledger, *, others: int) -> tuple[list[dict], int]:
        records = [report(shifted("2024-01-01", n), wants("Tovar", "ceasefire"), meets("Tovar", "Karsan"),
                          wants("Karsan", "prisoners", said=shifted("2023-12-25", n), text=f"Karsan spoke, {n}."),
                          fights("Tovar", "Karsan"), title=f"Day {n}") for n in range(0, 40, 4)]  # fmt: skip
        records += [report(day, meets(f"Velland {n}", "Ostrand"), wants(f"Velland {n}", "ceasefire"), title=f"{n} {day}")
                    for n in range(others) for day in ("2020-05-01", "2020-05-20", "2026-05-01")[:: 1 if n % 2 else 2]]  # fmt: skip
        filled(ledger, records)
        asked = 0

        def count(*_: object) -> None:
            nonlocal asked
            asked += 1

        event.listen(ledger.engine, "before_cursor_execute", count)
        with ledger.view("2024-01-20") as view:
            return view.timeline(limit=50), asked

    few, for_few = told(fresh(), others=1)
    many, for_many = told(fresh(), others=8)
    assert for_many == for_few
    assert len({moment["process"] for moment in many}) > len({moment["process"] for moment in few}) > 1


def test_a_past_day_of_the_whole_ledger_is_that_of_its_processes_in_any_database(ledger: Ledger) -> None:
    for record, updated in story():
        ledger.add(record, updated=updated)
    ledger.add_together([report("2019-03-12", meets("Velland", "Ostrand", date="2019-05-02"), wants("Velland", "ceasefire")),
                         report("2017-03-12", meets("Tovar", "Karsan"), proposes("Tovar", "Karsan", "arms"))])  # fmt: skip
    for day in ("2019-03-13", "2019-04-20"):
        with ledger.view(day) as view:
            check(view)
            assert len({moment["process"] for moment in view.timeline()}) == 3
