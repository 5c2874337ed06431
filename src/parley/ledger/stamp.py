"""A stamp of the ledger's state: two equal stamps of one program mean that nothing was written between them."""

from __future__ import annotations

import threading
from typing import Any, Self

from sqlalchemy import Engine

from parley.ledger import connect


class Stamp:
    """Asks the database whether anything changed, over a connection of its own that never writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, threading.Lock()
        self._connection: Any = None
        self._sqlite = engine.dialect.name == "sqlite"

    def __call__(self) -> str:
        """The stamp of the present state. Raises ``LedgerError`` if the ledger is out of reach."""
        # data_version changes with every commit of another connection; a snapshot with every writer that ends or begins.
        question = "PRAGMA data_version" if self._sqlite else "SELECT pg_current_snapshot()::text"
        with self._lock, connect.plain_errors(self._engine.url):
            if self._connection is None:
                self._connection = self._engine.raw_connection()
            cursor = self._connection.cursor()
            try:
                cursor.execute(question)
                found = str(cursor.fetchone()[0])
                if not self._sqlite:
                    self._connection.rollback()
            except Exception:
                self._connection.invalidate()
                self._connection = None
                raise
            finally:
                cursor.close()
            return found

    def close(self) -> None:
        """Give the connection back."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
