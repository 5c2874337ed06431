"""Adding by several programs and processes, and by programs that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ledger.adders import found_in, simple_reader, write_reports
from ledger.conftest import Server
from ledger.states import state

from parley.errors import LedgerError
from parley.ledger.adding import Found, add_all
from parley.ledger.store import Ledger
from parley.record import Document, Record

ADDERS = Path(__file__).parent / "adders.py"
KILLS = int(os.environ.get("PARLEY_TEST_KILLS", "4"))
"""How often the fault test kills: `PARLEY_TEST_KILLS=50` is what the project promises; `benchmarks/kills.py` kills the real command."""


def adder(ledger: str, folder: Path, *, workers: int = 1, seconds: float = 0.0) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ADDERS), ledger, str(folder), str(workers), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def undisturbed(tmp_path: Path, folder: Path) -> dict[str, list[object]]:
    with Ledger.open(tmp_path / "undisturbed.db", create=True) as ledger:
        assert {o.what for o in add_all(ledger, found_in(folder), simple_reader)} <= {"added"}
        return state(ledger)


def test_two_programs_adding_to_one_file_lose_and_double_nothing(tmp_path: Path) -> None:
    write_reports(folder := tmp_path / "reports", 24)
    url = str(tmp_path / "ledger.db")
    programs = [adder(url, folder) for _ in range(2)]
    assert [program.communicate(timeout=240)[1] for program in programs] == [b"", b""]
    with Ledger.open(url) as ledger:
        assert state(ledger) == undisturbed(tmp_path, folder)


def test_four_programs_adding_to_postgresql_lose_and_double_nothing(tmp_path: Path, postgres: Server) -> None:
    write_reports(folder := tmp_path / "reports", 24)
    url = postgres.database()
    programs = [adder(url, folder) for _ in range(4)]
    assert [program.communicate(timeout=240)[1] for program in programs] == [b""] * 4
    with Ledger.open(url) as ledger:
        assert state(ledger) == undisturbed(tmp_path, folder)


def test_killed_at_any_moment_no_finished_document_is_lost_and_none_is_half_there(tmp_path: Path) -> None:
    write_reports(folder := tmp_path / "reports", 16)
    url, chance, had = str(tmp_path / "ledger.db"), random.Random(5), 0
    for _ in range(KILLS):
        program = adder(url, folder, workers=2, seconds=0.05)
        time.sleep(chance.uniform(0.5, 6.0))
        os.kill(program.pid, signal.SIGKILL)  # the program alone: its reading processes have to end by themselves
        program.communicate(timeout=60)  # they hold its standard error open until they have ended
        if Path(url).exists():
            try:
                with Ledger.open(url) as ledger:
                    documents = state(ledger)["document"]
                    assert len(documents) >= had
                    had = len(documents)
            except LedgerError:  # killed before the ledger was made
                assert had == 0
    program = adder(url, folder, workers=2)
    assert program.communicate(timeout=240)[1] == b""
    with Ledger.open(url) as ledger:
        assert state(ledger) == undisturbed(tmp_path, folder)


def test_what_cannot_be_read_is_said_and_the_rest_is_added(tmp_path: Path) -> None:
    def reader() -> object:
        def read(document: Document) -> Record:
            if "stone" in document.text:
                raise RecursionError("too deep")
            return simple_reader()(document)

        return read

    def broken() -> Document:
        from parley.errors import DocumentError

        raise DocumentError("b.txt", "is empty; there is nothing to read")

    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        found = [Found("a.txt", lambda: Document(text="A stone.")), Found("b.txt", broken),
                 Found("c.txt", lambda: Document(text="Tovar supports ceasefire."))]  # fmt: skip
        outcomes = {o.source: (o.what, o.problem) for o in add_all(ledger, found, reader)}  # type: ignore[arg-type]
    assert outcomes == {
        "a.txt": ("failed", "a.txt: cannot be read (RecursionError: too deep)"),
        "b.txt": ("failed", "b.txt: is empty; there is nothing to read"), "c.txt": ("added", ""),
    }  # fmt: skip


@pytest.mark.parametrize("workers", [1, 2])
def test_several_reading_processes_give_what_one_gives(tmp_path: Path, workers: int) -> None:
    write_reports(folder := tmp_path / "reports", 6)
    program = adder(url := str(tmp_path / "ledger.db"), folder, workers=workers)
    assert program.communicate(timeout=240)[1] == b""
    with Ledger.open(url) as ledger:
        assert state(ledger) == undisturbed(tmp_path, folder)
