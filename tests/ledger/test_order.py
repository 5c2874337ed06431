"""The state is a function of what is in the ledger, not of how it came there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, permutations
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ledger.reports import claims, fights, meets, person, proposes, report, wants
from ledger.states import state

from parley.ledger.days import shifted
from parley.ledger.entries import document_id
from parley.ledger.store import Ledger
from parley.record import Record

QUICK: dict = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),
}
"""Each example fills whole ledgers: a failing one is reported as found, not made smaller for minutes."""

PARTIES = ("Tovar", "Karsan", "Velland")
days = st.integers(0, 60).map(lambda n: shifted("2024-03-01", n))
pairs = st.permutations(PARTIES).map(lambda p: p[:2])
stances = st.sampled_from(["supports", "opposes", "conditional"])
issues = st.sampled_from(["ceasefire", "prisoners"])
FILLER = " ".join(f"word{i}" for i in range(60))

lines = st.one_of(
    st.builds(lambda p, i, s, d: wants(p, i, s, condition="if asked" if s == "conditional" else None, said=d),
              st.sampled_from(PARTIES), issues, stances, st.none() | days),
    st.builds(lambda p, i, s: wants(p[0], i, s, teller=p[1]), pairs, issues, stances),
    st.builds(lambda p, d, place, n, o: meets(*p, date=d, place=place, ordinal=n, outcome=o), pairs, st.none() | days | st.just("2024-03"),
              st.sampled_from([None, "Geneva", "Oslo"]), st.sampled_from([None, 1, 2]), st.sampled_from(["unknown", "partial"])),
    st.builds(lambda p: meets(*p[:2], mediators=p[2:]), st.permutations(PARTIES)),
    st.builds(lambda p, s: meets(*p, status=s), pairs, st.sampled_from(["scheduled", "proposed", "held"])),
    st.builds(lambda p, i, s: proposes(p[0], p[1], i, s), pairs, issues,
              st.sampled_from(["tabled", "rejected", "accepted", "agreed", "violated", "withdrawn"])),
    st.builds(lambda p, w: claims(f"The {w} talks produced results.", by=p[0], denied=p[1]), pairs, st.sampled_from(["last", "two", "long"])),
    st.builds(lambda p: fights(*p), pairs),
    st.just(person("Lena Orsk", "Tovar", "President")),
)  # fmt: skip
reports = st.builds(
    lambda day, some, publisher, title, url, copied: report(
        day, *some, publisher=publisher, title=title, url=url, filler=FILLER if copied else ""),
    st.none() | days, st.lists(lines, min_size=1, max_size=4), st.sampled_from(["Gull Wire", "Herald", None]),
    st.sampled_from([None, "Talks end", "CORRECTED: Talks end"]), st.sampled_from([None, None, "https://a.example/1"]),
    st.booleans(),
)  # fmt: skip


def filled(ledger: Ledger, records: list[Record]) -> Ledger:
    with ledger.writing() as connection:
        for record in records:
            ledger.add(record, within=connection)
    return ledger


@settings(max_examples=15, **QUICK)
@given(st.lists(reports, min_size=2, max_size=9), st.randoms(use_true_random=False))
def test_any_order_of_adding_gives_the_same_state(
    fresh: Callable[[], Ledger], records: list[Record], random: Random
) -> None:
    shuffled = random.sample(records, len(records))
    one, other = filled(fresh(), records), filled(fresh(), [*shuffled, *shuffled[:2]])
    assert state(one) == state(other)


@settings(max_examples=15, **QUICK)
@given(st.lists(reports, min_size=1, max_size=8))
def test_making_everything_again_gives_what_was_kept_up_to_date(fresh: Callable[[], Ledger], records: list[Record]) -> None:
    ledger = filled(fresh(), records)
    before = state(ledger)
    ledger.rebuild()
    assert state(ledger) == before


def answers(ledger: Ledger, as_of: str | None) -> dict[str, object]:
    with ledger.view(as_of) as view:
        return {
            p["id"]: (view.matrix(p["id"]), sorted(map(repr, view.timeline(p["id"], limit=10_000))), view.talks(p["id"]),
                      view.claims(p["id"]), [term for package in view.proposals(p["id"]) for term in package["terms"]])
            for p in view.processes()
        }  # fmt: skip


@settings(max_examples=12, **QUICK)
@given(st.lists(reports.filter(lambda r: r.document.published is not None), min_size=1, max_size=8))
def test_the_state_of_the_last_day_is_todays_state(fresh: Callable[[], Ledger], records: list[Record]) -> None:
    ledger = filled(fresh(), records)
    last = max(r.document.published for r in records if r.document.published)
    assert answers(ledger, last) == answers(ledger, None)


@settings(max_examples=12, **QUICK)
@given(st.lists(reports.filter(lambda r: r.document.published is not None and "word1" not in r.document.text),
                min_size=1, max_size=8), days)  # fmt: skip
def test_the_state_as_of_a_day_is_that_of_a_ledger_that_ends_there(
    fresh: Callable[[], Ledger], records: list[Record], day: str
) -> None:
    # Which process a document belongs to is told from all documents, whatever the day: here from the first one on.
    wars = report("2024-03-01", *(fights(a, b) for a, b in combinations(PARTIES, 2)),
                  *(meets(a, b, mediators=(c,)) for a, b, c in permutations(PARTIES) if a < b))  # fmt: skip
    records = [wars, *records]
    known = [r for r in records if (r.document.published or "") <= day]
    whole, cut = filled(fresh(), records), filled(fresh(), known)
    then = {p: a for p, a in answers(whole, day).items() if any(a)}  # type: ignore[arg-type]
    assert then == {p: a for p, a in answers(cut, day).items() if any(a)}  # type: ignore[arg-type]


def test_rereading_and_reviewing_leave_what_a_rebuild_gives(fresh: Callable[[], Ledger]) -> None:
    ledger = fresh()
    first = report("2024-03-01", wants("Tovar", "ceasefire", text="Tovar spoke of a ceasefire."), meets("Tovar", "Karsan"))
    filled(ledger, [first, report("2024-03-03", wants("Tovar", "ceasefire", "opposes"), fights("Karsan", "Tovar"))])
    id_ = document_id(first.document)
    again = report(
        "2024-03-01", wants("Tovar", "ceasefire", "opposes", text="Tovar spoke of a ceasefire."), meets("Tovar", "Karsan")
    )
    change = ledger.reread(id_, again)
    assert change is not None
    ((entry, (before, after)),) = change.changed.items()
    assert (before["stance"], after["stance"]) == ("supports", "opposes")
    ledger.review(entry, "reject", by="Ann")
    kept = state(ledger)
    ledger.rebuild()
    assert state(ledger) == kept
