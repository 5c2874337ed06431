"""Opening a ledger: its address, its engine, its edition, and what goes wrong said in one sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from parley.errors import LedgerError, UnavailableError

BUSY_SECONDS = 60.0
"""How long a writer waits for another one before it gives up."""
_WRITERS = 7_254_191  # key of the advisory lock that lets one writer at a time into a PostgreSQL ledger


def address(ledger: str | Path) -> URL:
    """The SQLAlchemy URL of a ledger given as a file or as a URL. Raises ``LedgerError`` on one that cannot be used."""
    given = str(ledger)
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise LedgerError(f"{given} is no address of a ledger; give a file or postgresql://user@host/name") from None
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"a ledger lives in SQLite or PostgreSQL, not in {url.drivername}")
    return url


def shown(url: URL) -> str:
    """The address as messages show it, without a password."""
    return (url.database or ":memory:") if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)


def engine_of(url: URL, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """An engine whose transactions are written one at a time and wait for each other."""
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": busy_seconds})
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
            return engine
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ImportError, NoSuchModuleError) as error:
        raise LedgerError("a PostgreSQL ledger needs psycopg: pip install 'parley-record[postgres]'") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")  # a finished document outlives a power cut
    cursor.execute("PRAGMA cache_size=-65536")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a transaction that reads first and writes later could be refused half-way.
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _is_postgresql(engine: Engine) -> bool:
    return engine.dialect.name == "postgresql"


@contextmanager
def reading_of(engine: Engine) -> Iterator[Connection]:
    """A connection that reads one unchanging state of the ledger."""
    with plain_errors(engine.url), engine.connect() as plain:
        # PostgreSQL shows each query of a transaction what others have written meanwhile, unless it is told not to.
        snapshot = plain.execution_options(isolation_level="REPEATABLE READ") if _is_postgresql(engine) else plain
        with snapshot.begin():
            yield snapshot


@contextmanager
def writing_to(engine: Engine, *, seconds: float = BUSY_SECONDS) -> Iterator[Connection]:
    """One transaction that writes, alone: kept whole when the block ends, undone whole when it raises."""
    with plain_errors(engine.url), engine.connect() as plain:
        connection = plain.execution_options(writing=True)
        with connection.begin():
            if _is_postgresql(engine):
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(seconds * 1000)}ms'")
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
            yield connection


# What a database says, and what that means: what others or some room can mend, then what is wrong with the ledger itself.
_FOR_NOW = (
    ("database is locked", "{at} is in use by another program; try again when that has finished"),
    ("lock timeout", "{at} is in use by another program; try again when that has finished"),
    ("readonly database", "{at} cannot be written to; check the permissions of the file and of its folder"),
    ("read-only", "{at} cannot be written to; its database allows reading only"),
    ("database or disk is full", "the disk of {at} is full; what was finished is kept, make room and run the command again"),
    ("no space left", "the disk of {at} is full; what was finished is kept, make room and run the command again"),
    ("could not extend file", "the disk of {at} is full; what was finished is kept, make room and run the command again"),
    ("disk i/o error", "the disk of {at} does not answer or is full; what was finished is kept, look at it and run again"),
)
_FOR_GOOD = (
    ("file is not a database", "{at} is not a ledger; name another file"),
    ("malformed", "{at} is damaged; restore it from a copy"),
    ("unable to open database", "{at} cannot be opened; check its folder and permissions"),
    ("password authentication failed", "{at} refuses the user or the password"),
    ("does not exist", "{at} has no such database; create it first (createdb)"),
    ("permission denied", "{at} allows this user too little; a ledger needs to create and write tables"),
)
_GONE = "the server of {at} cannot be reached; what was finished is kept, run the command again when it answers"


def told_of(error: BaseException, at: str) -> LedgerError:
    """What went wrong with the ledger at `at`, in one sentence."""
    cause = getattr(error, "orig", None) or error
    message = str(cause).casefold()
    if getattr(error, "connection_invalidated", False):
        return UnavailableError(_GONE.format(at=at))
    for kind, sentences in ((UnavailableError, _FOR_NOW), (LedgerError, _FOR_GOOD)):
        for sign, sentence in sentences:
            if sign in message:
                return kind(sentence.format(at=at))
    signs = ("connection", "server closed", "terminating", "could not translate host", "shutting down", "starting up")
    if any(sign in message for sign in signs):
        return UnavailableError(_GONE.format(at=at))
    first = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    return LedgerError(f"{at}: {first}")


@contextmanager
def plain_errors(url: URL) -> Iterator[None]:
    """Turn what a database raises into a ``LedgerError`` that a person can act on."""
    try:
        yield
    except DBAPIError as error:
        raise told_of(error, shown(url)) from error
    except SQLAlchemyError as error:
        raise LedgerError(f"{shown(url)}: {str(error).splitlines()[0]}") from error


def edition_of(connection: Connection) -> str | None:
    """The migration that the ledger stands at, or None where there is no ledger yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else None


def prepare(engine: Engine, *, create: bool) -> None:
    """Make the tables of a new ledger or bring those of an older one up to date (`create`), or check that they are there.

    Raises ``LedgerError`` if the ledger is missing, of a newer Parley, or some other program's database.
    """
    at = shown(engine.url)
    if engine.url.get_backend_name() == "sqlite" and engine.url.database:
        _check_file(Path(engine.url.database), create)
    from parley.ledger.migrations import HEAD, KNOWN

    with reading_of(engine) as connection:
        edition = edition_of(connection)
        strangers = edition is None and bool(inspect(connection).get_table_names())
    if edition == HEAD:
        return
    if edition is not None and edition not in KNOWN:
        raise LedgerError(f"{at} was written by a newer Parley (edition {edition}); upgrade Parley to open it")
    if strangers:
        raise LedgerError(f"{at} is another program's database, not a ledger; name another one")
    if not create:
        if edition is None:
            raise LedgerError(f"{at} holds no ledger yet; make one with: parley add PATHS --ledger {at}")
        raise LedgerError(
            f"{at} was written by an older Parley (edition {edition}); bring it up to date with: parley rebuild"
        )
    from parley.ledger.migrations import upgrade

    if engine.dialect.name == "sqlite":
        with plain_errors(engine.url), engine.connect() as connection:  # readers and the writer do not wait for each other
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.exec_driver_sql("BEGIN")
    with writing_to(engine) as connection:
        if edition_of(connection) != HEAD:  # another writer may have been quicker
            upgrade(connection)


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise LedgerError(f"{path} is a folder; name a file for the ledger")
    if not path.exists():
        if not create:
            raise LedgerError(f"there is no ledger at {path}; make one with: parley add PATHS --ledger {path}")
        if not path.parent.is_dir():
            raise LedgerError(f"the folder {path.parent} does not exist; make it, or name another file for the ledger")
    elif create and not os.access(path, os.W_OK):
        raise LedgerError(f"{path} cannot be written to; check the permissions of the file and of its folder")
    elif not os.access(path, os.R_OK):
        raise LedgerError(f"{path} cannot be read; check the permissions of the file")
