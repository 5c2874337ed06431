"""Ledgers for tests: SQLite files, and a PostgreSQL server of our own where Debian's packages are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parley.ledger.store import Ledger


def _postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return found[-1].parent if found else (Path(p).parent if (p := shutil.which("pg_ctl")) else None)


def _as_postgres(command: list[str], folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: there it runs as the user that Debian's package makes."""
    if os.geteuid() != 0:
        return command
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]


class Server:
    """A private PostgreSQL server on a socket in its own folder."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.folder = programs, folder
        folder.mkdir(mode=0o755)
        self._run(
            "initdb", "-D", str(folder / "data"), "-U", "parley", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"
        )
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        command = _as_postgres([str(self.programs / program), *arguments], self.folder)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder)

    def start(self) -> None:
        options = f"-k {self.folder} -h '' -c fsync=off -c full_page_writes=off -c shared_buffers=32MB"
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def database(self) -> str:
        """The URL of a new, empty database."""
        return self._create()

    def copy(self, url: str) -> str:
        """The URL of a new database that holds what another one holds; nobody may be connected to that."""
        return self._create("-T", url.split("@/")[1].split("?")[0])

    def _create(self, *options: str) -> str:
        name = f"ledger_{uuid.uuid4().hex[:12]}"
        self._run("createdb", "-h", str(self.folder), "-U", "parley", *options, name)
        return f"postgresql://parley@/{name}?host={self.folder}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    pytest.importorskip("psycopg")
    folder = Path(f"/tmp/parley-pg-{uuid.uuid4().hex[:8]}")  # a socket's path must be short
    server = Server(programs, folder)
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a ledger that is not there yet, in either database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    server: Server = request.getfixturevalue("postgres")
    return server.database()


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with Ledger.open(url, create=True) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[[], Ledger]]:
    """Makes new SQLite ledgers."""
    opened: list[Ledger] = []

    def make() -> Ledger:
        opened.append(Ledger.open(tmp_path / f"{uuid.uuid4().hex}.db", create=True))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
