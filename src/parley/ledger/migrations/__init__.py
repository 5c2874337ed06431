"""The editions of the ledger's tables (Alembic). Only what is needed to compare editions is loaded at once."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

KNOWN = ("0001", "0002", "0003", "0004")
"""Every edition that this Parley can read or bring up to date, oldest first; one file each in ``versions``."""
HEAD = KNOWN[-1]


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the tables to an edition, within the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
