"""Kill `parley add --workers 2` at random moments, then let it finish, and compare with a run that nobody disturbed.

`python benchmarks/kills.py FOLDER [--kills 50] [--knowledge DIR]`, for instance on examples/story with its knowledge.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ledger import held
from sqlalchemy import select

from parley.errors import LedgerError
from parley.ledger import connect, tables
from parley.ledger.store import Ledger


def state(path: Path) -> dict[str, list[str]]:
    with Ledger.open(path) as ledger, connect.reading_of(ledger.engine) as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)) if row[0] != "c")
            for table in (*tables.DERIVED, tables.document, tables.reading)
        }


def held_at(path: Path) -> int:
    """How many documents are in the ledger; none where it is not made yet."""
    try:
        with Ledger.open(path) as ledger:
            return held(ledger)
    except LedgerError:
        return 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--knowledge", type=Path)
    parser.add_argument("--longest", type=float, default=4.0, help="seconds from the first document of a run to its end")
    given = parser.parse_args()
    known = ["--knowledge", str(given.knowledge)] if given.knowledge else []
    chance, had = random.Random(50), []
    with tempfile.TemporaryDirectory() as place:
        disturbed, quiet = Path(place) / "disturbed.db", Path(place) / "quiet.db"

        def add(ledger: Path) -> subprocess.Popen[bytes]:
            command = [
                sys.executable,
                "-m",
                "parley",
                "add",
                str(given.folder),
                "--workers",
                "2",
                "--ledger",
                str(ledger),
                *known,
            ]
            return subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)

        kills, before = 0, 0
        while kills < given.kills:
            program = add(disturbed)
            while program.poll() is None and held_at(disturbed) == before:  # loading the models is not what is to be tried
                time.sleep(0.02)
            try:
                program.wait(chance.uniform(0, given.longest))
            except subprocess.TimeoutExpired:
                os.kill(program.pid, signal.SIGKILL)
                kills += 1
            program.communicate()
            before = held_at(disturbed)
            had.append(before)
            if program.returncode == 0:  # all were in: begin anew, so that kills go on meeting work
                assert had[-1] > 0
                for file in disturbed.parent.glob("disturbed.db*"):
                    file.unlink()
                before = 0
        assert add(disturbed).wait() == 0
        assert add(quiet).wait() == 0
        same = state(disturbed) == state(quiet)
    print(f"{kills} kills; documents found after each: {had}")
    print("equal to the undisturbed run" if same else "DIFFERENT from the undisturbed run")
    sys.exit(not same)


if __name__ == "__main__":
    main()
