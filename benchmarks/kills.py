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
from pathlib import Path

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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--knowledge", type=Path)
    parser.add_argument("--longest", type=float, default=40.0, help="seconds after which at the latest a run is killed")
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

        kills = 0
        while kills < given.kills:
            program = add(disturbed)
            try:
                program.wait(chance.uniform(1, given.longest))
            except subprocess.TimeoutExpired:
                os.kill(program.pid, signal.SIGKILL)
                kills += 1
            program.communicate()
            try:
                had.append(len(state(disturbed)["document"]))
            except LedgerError:  # killed before the ledger was made
                had.append(0)
            if program.returncode == 0:  # all were in: begin anew, so that kills go on meeting work
                assert had[-1] > 0
                for file in disturbed.parent.glob("disturbed.db*"):
                    file.unlink()
        assert add(disturbed).wait() == 0
        assert add(quiet).wait() == 0
        same = state(disturbed) == state(quiet)
    print(f"{kills} kills; documents found after each: {had}")
    print("equal to the undisturbed run" if same else "DIFFERENT from the undisturbed run")
    sys.exit(not same)


if __name__ == "__main__":
    main()
