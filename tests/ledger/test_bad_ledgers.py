"""What is wrong with a ledger is said in one clear sentence, and nothing is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from ledger.conftest import Server
from ledger.reports import fights, report, wants
from ledger.states import state
from ledger.story import story
from sqlalchemy import insert, inspect, select, update

from parley.errors import LedgerError, UnavailableError
from parley.ledger import connect, tables
from parley.ledger.migrations import KNOWN, upgrade
from parley.ledger.store import Ledger
from parley.record import Record


def some(day: str = "2024-03-01") -> Record:
    return report(day, wants("Tovar", "ceasefire"), fights("Tovar", "Karsan"))


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"there is no ledger at .*; make one with: parley add PATHS"):
        Ledger.open(tmp_path / "ledger.db")
    with pytest.raises(LedgerError, match=r"the folder .* does not exist"):
        Ledger.open(tmp_path / "no" / "ledger.db", create=True)
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path, create=True)
    with pytest.raises(LedgerError, match="SQLite or PostgreSQL, not in mysql"):
        Ledger.open("mysql://here/ledger")


def test_a_ledger_of_a_newer_parley(url: str) -> None:
    with Ledger.open(url, create=True) as ledger:
        ledger.add(some())
        with connect.writing_to(ledger.engine) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0999'")
    for create in (True, False):
        with pytest.raises(LedgerError, match=r"was written by a newer Parley \(edition 0999\); upgrade Parley"):
            Ledger.open(url, create=create)


def test_a_ledger_from_before_dates_of_pages_were_kept_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        ledger.add(some())
        before = list(ledger.records())
        with connect.writing_to(ledger.engine) as connection:
            for name in ("date_method", "date_reliability"):
                connection.exec_driver_sql(f"ALTER TABLE document DROP COLUMN {name}")
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(LedgerError, match="bring it up to date with: parley rebuild"):
        Ledger.open(path)
    with Ledger.open(path, create=True) as ledger:
        assert list(ledger.records()) == before
        assert before[0].document.date_method is None


def first_edition(url: str, of: Ledger) -> None:
    """A ledger as the first edition of the tables held what is in another one, its proposals told apart by no name."""
    engine = connect.engine_of(connect.address(url))
    with connect.reading_of(of.engine) as source, connect.writing_to(engine) as connection:
        upgrade(connection, KNOWN[0])
        for table in tables.metadata.sorted_tables:
            there = {column["name"] for column in inspect(connection).get_columns(table.name)}
            columns = [column for column in table.c if column.name in there]
            if rows := [dict(row._mapping) for row in source.execute(select(*columns))]:
                connection.execute(insert(table), rows)
        connection.execute(update(tables.mention).where(tables.mention.c.kind == "proposal").values(cluster="unnamed"))
    engine.dispose()


def test_a_ledger_of_the_first_edition_is_brought_up_to_date(url: str, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "today.db", create=True) as today:
        for record, updated in story():
            today.add(record, updated=updated)
        first_edition(url, today)
        with Ledger.open(url, create=True) as ledger:
            assert state(ledger) == state(today)
            with ledger.view("2019-03-16") as then, today.view("2019-03-16") as same:
                (process,) = [p["id"] for p in then.processes(1)]
                assert then.proposals(process) == same.proposals(process) != []


def test_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_text("These are notes, and not a database at all. " * 50)
    with pytest.raises(LedgerError, match="is not a ledger; name another file"):
        Ledger.open(tmp_path / "notes.db", create=True)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(LedgerError, match="is another program's database"):
        Ledger.open(tmp_path / "other.db", create=True)


def test_a_locked_file_is_waited_for_and_then_said_to_be_in_use(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "ledger.db", create=True, busy_seconds=0.3) as ledger:
        ledger.add(some())
        before = state(ledger)
        other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="is in use by another program; try again"):
            ledger.add(some("2024-03-02"))
        with ledger.view() as view:  # readers need not wait
            assert view.processes()
        other.execute("ROLLBACK")
        other.close()
        assert state(ledger) == before
        assert ledger.add(some("2024-03-02")) == "added"


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    if (
        os.geteuid() == 0
    ):  # root may write anything: a read-only mount would be needed, so the driver's own refusal is tested
        with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
            ledger.add(some())
        read_only = Ledger(connect.engine_of(connect.address(f"sqlite:///file:{tmp_path}/ledger.db?mode=ro&uri=true")))
        with pytest.raises(LedgerError, match="cannot be written to; check the permissions"):
            read_only.add(some("2024-03-02"))
        read_only.close()
        return
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        ledger.add(some())
    (tmp_path / "ledger.db").chmod(0o444)
    with pytest.raises(LedgerError, match="cannot be written to; check the permissions"):
        Ledger.open(tmp_path / "ledger.db", create=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here (needs root)")
    yield folder  # type: ignore[misc]
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk(small_disk: Path) -> None:
    _fill(small_disk / "ledger.db")


def test_a_ledger_that_may_grow_no_further(tmp_path: Path) -> None:
    """The same without a disk of its own: SQLite says "full" at a page limit as it does on a full disk."""
    from sqlalchemy import event

    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        event.listen(ledger.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=400"))
        ledger.engine.dispose()
        _until_full(ledger)


def _fill(path: Path) -> None:
    with Ledger.open(path, create=True) as ledger:
        _until_full(ledger)


def _until_full(ledger: Ledger) -> None:
    added, full = 0, r"the disk of .* is full; what was finished is kept|does not answer or is full"
    with pytest.raises(UnavailableError, match=full):  # noqa: PT012
        for day in range(1, 29):
            ledger.add(report(f"2024-03-{day:02}", wants("Tovar", "ceasefire"), filler=f"Rain on day {day}. " * 6000))
            added += 1
    assert added > 0
    with ledger.view() as view:
        assert sum(p["documents"] for p in view.processes()) == added


def test_a_server_that_goes_away_in_the_middle(postgres: Server) -> None:
    url = postgres.database()
    with Ledger.open(url, create=True) as ledger:
        ledger.add(some())
        before = state(ledger)

        def lose_the_server() -> None:
            with ledger.writing() as connection:
                ledger.add(some("2024-03-02"), within=connection)
                postgres.stop()
                ledger.add(some("2024-03-03"), within=connection)

        with pytest.raises(UnavailableError, match="cannot be reached; what was finished is kept, run the command again"):
            lose_the_server()
        with pytest.raises(UnavailableError, match="cannot be reached"):
            ledger.add(some("2024-03-03"))
        postgres.start()
        assert state(ledger) == before
        assert ledger.add(some("2024-03-02")) == "added"


def test_a_server_that_is_not_there() -> None:
    with pytest.raises(UnavailableError, match=r"the server of .*\*\*\*.* cannot be reached"):
        Ledger.open("postgresql://parley:secret@127.0.0.1:9/ledger", create=True)
