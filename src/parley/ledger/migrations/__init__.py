"""The editions of the ledger's tables (Alembic). Only what is needed to compare editions is loaded at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

KNOWN = ("0001", "0002", "0003", "0004")
"""Every edition that this Parley can read or bring up to date, oldest first; one file each in ``versions``."""
HEAD = KNOWN[-1]


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to an edition, within the caller's transaction; at the last one, what today's code has to derive.

    An edition's file changes tables and what stands in them, and never calls code that changes later. What needs today's
    code, such as the lives of proposals, an edition notes in `meta` as unsettled; it is done when all tables are today's.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if to in ("head", HEAD) and connection.execute(text("DELETE FROM meta WHERE key = 'unsettled'")).rowcount:
        from parley.ledger.proposals import settle_all_proposals

        settle_all_proposals(connection)
