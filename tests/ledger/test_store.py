"""What a ledger promises, the same in SQLite and in PostgreSQL."""

from __future__ import annotations

import pytest
from ledger.reports import claims, fights, meets, person, proposes, report, wants
from ledger.states import state

from parley.errors import DocumentError, LedgerError
from parley.ledger import connect
from parley.ledger.check import lies
from parley.ledger.entries import document_id
from parley.ledger.search import search
from parley.ledger.store import Ledger
from parley.record import Document, Record

LONG = " ".join(f"The {word} of the valley waited for news by the river." for word in (
    "farmers", "teachers", "millers", "drivers", "bakers", "nurses", "traders", "singers", "weavers", "fishers"))  # fmt: skip


def only(ledger: Ledger, as_of: str | None = None) -> dict:
    with ledger.view(as_of) as view:
        process = view.process()
        assert process is not None
        return {"process": process, "matrix": view.matrix(process["id"]), "talks": view.talks(process["id"]),
                "proposals": view.proposals(process["id"]), "claims": view.claims(process["id"]),
                "timeline": view.timeline(process["id"])}  # fmt: skip


def war(day: str = "2024-03-01") -> Record:
    return report(day, fights("Tovar", "Karsan"))


def test_adding_the_same_document_again_changes_nothing(ledger: Ledger) -> None:
    record = report("2024-03-01", wants("Tovar", "ceasefire"), fights("Tovar", "Karsan"))
    assert ledger.add(record, origin="a.txt") == "added"
    before = state(ledger)
    assert ledger.add(record, origin="a.txt") == ledger.add(record, origin="elsewhere/a.txt") == "known"
    assert state(ledger) == before


def test_a_view_shows_one_state_whatever_is_added_meanwhile(ledger: Ledger) -> None:
    ledger.add(war("2024-03-01"))
    with ledger.view() as view:
        (before,) = view.processes(10)
        ledger.add(war("2024-03-09"))
        assert view.processes(10) == [before]
    with ledger.view() as view:
        assert view.processes(10) != [before]


def test_a_corrected_article_is_a_new_version_of_the_same_document(ledger: Ledger) -> None:
    url = "https://a.example/1"
    first = report(
        "2024-03-01", wants("Tovar", "ceasefire", "opposes"), war_line := fights("Tovar", "Karsan"), url=url, filler=LONG
    )
    ledger.add(first)
    ledger.add(report("2024-03-01", wants("Tovar", "ceasefire"), war_line, url=url, filler=LONG), updated="2024-03-03")
    assert only(ledger, "2024-03-02")["matrix"]["Tovar"]["ceasefire"]["stance"] == "opposes"
    now = only(ledger)["matrix"]["Tovar"]["ceasefire"]
    assert (now["stance"], now["change"], now["accounts"]) == ("supports", None, 1)  # the slip was no reversal
    with ledger.view() as view:
        shown = view.document(document_id(first.document))
        assert (shown["version"], shown["until"], len(shown["versions"])) == (1, "2024-03-03", 2)


def test_a_wire_story_in_three_outlets_is_one_account(ledger: Ledger) -> None:
    lines = (wants("Tovar", "ceasefire"), meets("Tovar", "Karsan", date="2024-03-01", place="Oslo"))
    for publisher in ("Gull Wire", "Herald", "Post"):
        ledger.add(report("2024-03-01", *lines, publisher=publisher, filler=LONG))
    ledger.add(report("2024-03-02", wants("Tovar", "ceasefire", text="Tovar asked for a truce."), fights("Tovar", "Karsan"),
                      publisher="Valley Radio"))  # fmt: skip
    found = only(ledger)
    assert found["matrix"]["Tovar"]["ceasefire"]["accounts"] == 2
    assert [len(documents) for documents in found["talks"][0]["accounts"]] == [3]


def test_accounts_that_disagree_stay_side_by_side(ledger: Ledger) -> None:
    ledger.add(report("2024-03-02", meets("Tovar", "Karsan", date="2024-03-01", place="Oslo", ordinal=2, outcome="partial")))
    ledger.add(report("2024-03-02", meets("Karsan", "Tovar", date="2024-03-02", place="Oslo", ordinal=2, outcome="no-agreement",
                                          text="In Oslo nothing was agreed."), publisher="Herald"))  # fmt: skip
    (talks,) = only(ledger)["talks"]
    assert talks["disputed"] == {
        "date": [["2024-03-01", 1], ["2024-03-02", 1]],
        "outcome": [["no-agreement", 1], ["partial", 1]],
    }
    assert len(talks["told"]) == 2


def test_an_impossible_transition_is_refused_with_its_reason(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", proposes("Tovar", "Karsan", "ceasefire")))
    ledger.add(report("2024-03-04", proposes("Tovar", "Karsan", "ceasefire", "rejected")))
    ledger.add(report("2024-03-06", proposes("Tovar", "Karsan", "ceasefire", "violated")))
    (term,) = only(ledger)["proposals"][0]["terms"]
    assert [step["status"] for step in term["steps"]] == ["tabled", "rejected"]
    assert [(r["status"], r["reason"]) for r in term["refused"]] == [("violated", "what is rejected cannot become violated")]


def test_who_is_told_of_is_not_taken_at_the_tellers_word(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", wants("Tovar", "ceasefire", "opposes", teller="Karsan"), fights("Tovar", "Karsan")))
    cell = only(ledger)["matrix"]["Tovar"]["ceasefire"]
    assert (cell["stance"], [t["teller"] for t in cell["told_by"]]) == ("unknown", ["Karsan"])


def test_reversal_silence_and_ambiguity_are_told_apart(ledger: Ledger) -> None:
    ledger.add(
        report("2024-01-01", wants("Tovar", "ceasefire", "opposes"), wants("Karsan", "ceasefire"), fights("Tovar", "Karsan"))
    )
    ledger.add(report("2024-02-10", wants("Tovar", "ceasefire"), wants("Karsan", "prisoners"), fights("Tovar", "Karsan")))
    ledger.add(report("2024-02-12", wants("Karsan", "prisoners", "opposes"), fights("Tovar", "Karsan")))
    ledger.add(report("2024-02-13", wants("Karsan", "prisoners"), fights("Tovar", "Karsan")))
    matrix = only(ledger)["matrix"]
    tovar = matrix["Tovar"]["ceasefire"]
    assert (tovar["change"], tovar["before"], tovar["since"]) == ("reversal", "opposes", "2024-02-10")
    assert matrix["Karsan"]["ceasefire"]["silent"] == 43
    assert len(matrix["Karsan"]["prisoners"]["ambiguous"]) == 3
    assert not tovar["ambiguous"]


def test_claims_meet_across_documents(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", claims("The talks in Oslo produced results.", by="Karsan"), fights("Tovar", "Karsan")))
    ledger.add(
        report("2024-03-03", claims("The talks in Oslo produced no results.", denied="Tovar"), fights("Tovar", "Karsan"))
    )
    (claim,) = only(ledger)["claims"]
    assert (claim["status"], list(claim["asserted_by"]), list(claim["denied_by"])) == ("unresolved", ["Karsan"], ["Tovar"])


def test_the_gap_between_two_parties(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", wants("Tovar", "ceasefire"), wants("Karsan", "ceasefire"), wants("Tovar", "prisoners"),
                      wants("Karsan", "prisoners", "opposes"), wants("Tovar", "arms"), fights("Tovar", "Karsan")))  # fmt: skip
    with ledger.view() as view:
        gap = view.gap("karsan-tovar", "Tovar", "Karsan")
    assert {kind: [item["issue"] for item in items] for kind, items in gap.items() if kind != "unaddressed"} == {
        "agreed": ["ceasefire"], "contested": ["prisoners"], "one-sided": ["arms"]}  # fmt: skip


def test_a_mandate_has_its_days(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", person("Lena Orsk", "Tovar", "Envoy"), fights("Tovar", "Karsan")))
    ledger.add(report("2024-05-01", person("Lena Orsk", "Tovar", "President"), fights("Tovar", "Karsan")))
    with ledger.view() as view:
        found = [(m["names"], m["role"], m["from"], m["to"]) for m in view.actors(["Tovar"])]
    assert found == [
        (["Lena Orsk"], "Envoy", "2024-03-01", "2024-03-01"),
        (["Lena Orsk"], "President", "2024-05-01", "2024-05-01"),
    ]


def test_search_finds_the_newest_first(ledger: Ledger) -> None:
    for day in ("2024-03-01", "2024-05-01", "2024-04-01"):
        ledger.add(
            report(day, wants("Tovar", "ceasefire", text=f"Tovar wants a truce by {day}."), fights("Tovar", "Karsan"))
        )
    with ledger.view() as view:
        hits = search(view.connection, "truces", kinds=("document",))
        assert [hit["day"] for hit in hits] == ["2024-05-01", "2024-04-01", "2024-03-01"]
        assert "[truce]" in hits[0]["excerpt"]
        assert {hit["kind"] for hit in search(view.connection, '"wants a truce"')} == {"document", "position"}
        assert [hit["day"] for hit in search(view.connection, "truce", kinds=("position",), as_of="2024-03-31")] == [
            "2024-03-01"
        ]
        assert search(view.connection, "nowhere") == []


def test_a_review_survives_a_reread_and_is_flagged_where_the_entry_changed(ledger: Ledger) -> None:
    words = "Tovar spoke of a truce."
    first = report("2024-03-01", wants("Tovar", "ceasefire", text=words), fights("Tovar", "Karsan"))
    ledger.add(first)
    id_ = document_id(first.document)
    with ledger.view() as view:
        entry = next(r.id for r in view.reviewed(id_) if r.list == "positions")
    ledger.review(entry, "set", by="Ann", reason="the text says no", changes={"stance": "opposes"})
    assert only(ledger)["matrix"]["Tovar"]["ceasefire"]["stance"] == "opposes"
    other = report("2024-03-01", wants("Tovar", "ceasefire", text=words), fights("Tovar", "Karsan"))
    other = other.model_copy(update={"parley": "later"})
    ledger.reread(id_, other)
    assert only(ledger)["matrix"]["Tovar"]["ceasefire"]["stance"] == "opposes"
    changed = report("2024-03-01", wants("Tovar", "ceasefire", "conditional", text=words), fights("Tovar", "Karsan"))
    ledger.reread(id_, changed)
    assert only(ledger)["matrix"]["Tovar"]["ceasefire"]["stance"] == "conditional"
    with ledger.view() as view:
        assert [f["entry"] for f in view.flagged()] == [entry]
        steps = [(h["what"], h.get("verdict") or h["says"]["stance"]) for h in view.history(entry)]
    assert steps == [("reading", "supports"), ("reading", "conditional"), ("review", "set")]


def test_a_rejected_entry_counts_no_more_until_that_is_withdrawn(ledger: Ledger) -> None:
    record = report("2024-03-01", wants("Tovar", "ceasefire"), fights("Tovar", "Karsan"))
    ledger.add(record)
    with ledger.view() as view:
        entry = next(r.id for r in view.reviewed(document_id(record.document)) if r.list == "positions")
    ledger.review(entry, "reject", by="Ann")
    assert only(ledger)["matrix"] == {}
    ledger.review(entry, "withdraw", by="Ann")
    assert only(ledger)["matrix"]["Tovar"]["ceasefire"]["stance"] == "supports"
    with pytest.raises(LedgerError, match="stance cannot be 'maybe'"):
        ledger.review(entry, "set", by="Ann", changes={"stance": "maybe"})


def test_figures_from_review(ledger: Ledger) -> None:
    from parley.ledger.review import figures

    record = report("2024-03-01", *(wants("Tovar", issue) for issue in ("ceasefire", "arms", "talks", "prisoners")))
    ledger.add(record)
    with ledger.view() as view:
        entries = [r.id for r in view.reviewed(document_id(record.document)) if r.list == "positions"]
    for by in ("Ann", "Ben"):
        for entry in entries[:3]:
            ledger.review(entry, "accept", by=by)
        ledger.review(entries[3], "reject", by=by)
    with ledger.view() as view:
        found = figures(view.connection)
    assert found["alpha"] == 1.0
    assert (found["lists"]["positions"]["precision"], found["lists"]["positions"]["reviewed"]) == (0.75, 4)
    assert 0.30 < found["lists"]["positions"]["low"] < 0.31
    assert 0.95 < found["lists"]["positions"]["high"] < 0.96


def test_processes_are_defined_renamed_merged_and_split(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", fights("Tovar", "Karsan"), wants("Tovar", "ceasefire")))
    ledger.add(report("2024-06-01", fights("Tovar", "Velland"), wants("Velland", "arms")))

    def processes() -> dict[str, int]:
        with ledger.view() as view:
            return {p["name"]: p["documents"] for p in view.processes() if p["documents"]}

    assert processes() == {"Karsan – Tovar": 1, "Tovar – Velland": 1}
    ledger.define_process("Lake war", ["Tovar", "Karsan"], since="2024", by="Ann")
    assert processes() == {"Lake war": 1, "Tovar – Velland": 1}
    ledger.rename_process("Tovar – Velland", "Hill war", by="Ann")
    ledger.merge_processes(["Hill war"], "Lake war", by="Ann")
    assert processes() == {"Lake war": 2}
    ledger.split_process("Lake war", "Summer war", ["Tovar", "Velland"], since="2024-05", by="Ann")
    assert processes() == {"Lake war": 1, "Summer war": 1}
    before = state(ledger)
    ledger.rebuild()
    assert state(ledger) == before


def test_a_mediator_forms_no_process_of_its_own(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", meets("Estmark", "Tovar", date="2024-03-01")))
    ledger.add(report("2024-03-05", meets("Tovar", "Karsan", date="2024-03-04", mediators=("Estmark",))))
    process = only(ledger)["process"]
    assert (process["name"], process["mediators"], process["documents"]) == ("Karsan – Tovar", ["Estmark"], 2)


def test_verify_finds_the_first_lie(ledger: Ledger) -> None:
    ledger.add(report("2024-03-01", wants("Tovar", "ceasefire")))
    assert all(not checked.lie for checked in lies(ledger))
    with connect.writing_to(ledger.engine) as connection:
        connection.exec_driver_sql("UPDATE reading SET record = replace(record, '\"start\":0', '\"start\":1')")
    assert [checked.lie for checked in lies(ledger) if checked.lie]


def test_what_no_database_can_hold_is_refused(ledger: Ledger) -> None:
    with pytest.raises(DocumentError, match="zero character"):
        ledger.add(report("2024-03-01", wants("Tovar", "ceasefire", text="Tovar\x00 wants it.")))
    with pytest.raises(DocumentError, match="half a character"):
        ledger.add(Record(parley="test", document=Document(text="Tovar \ud800 wants it.")))


def test_the_migrations_make_the_tables_that_the_program_uses(ledger: Ledger) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from parley.ledger.tables import metadata

    def ours(_object: object, name: str | None, kind: str, reflected: bool, _other: object) -> bool:
        return not (reflected and ("_words" in (name or "") or name in ("alembic_version", "vector")))

    with connect.reading_of(ledger.engine) as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": False})
        assert compare_metadata(context, metadata) == []
