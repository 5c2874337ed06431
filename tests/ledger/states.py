"""The whole state of a ledger as plain data, so that two ledgers can be compared."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from parley.ledger import connect, tables
from parley.ledger.store import Ledger

STORED = (tables.document, tables.reading)


def state(ledger: Ledger, *, stored: bool = True) -> dict[str, list[Any]]:
    """Every row of every derived table (and of what is stored), in a fixed order."""
    found = {}
    with connect.reading_of(ledger.engine) as connection:
        for table in (*tables.DERIVED, *(STORED if stored else ())):
            rows = [tuple(row) for row in connection.execute(select(table))]
            if table is tables.band:  # hints where a claim may have likes are kept after it moved to another process
                rows = [row for row in rows if row[0] != "c"]
            found[table.name] = sorted(json.dumps(row, default=repr) for row in rows)
    return found
