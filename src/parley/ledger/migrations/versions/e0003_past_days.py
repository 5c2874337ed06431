"""Rows say how much later than its day something was told, so that a past day is looked up without going through the rest.

Edition 0003.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_LATE = sa.text("late > 0")
_TOLD = sa.text("told > 0")
_AHEAD = sa.text("day > last")
_MOMENT_AHEAD = sa.text("day > known")
_REPLACED = sa.text("until < '9999-12-31'")
_PAGE = 20_000
# What the tables and their days were in this edition: the code of later ones may differ, this file may not.
_STANCE = sa.table("stance", *map(sa.column, ("process_id", "entry_id", "said", "known", "late")))
_MENTION = sa.table("mention", *map(sa.column, ("process_id", "entry_id", "block", "kind", "anchor", "known", "late")))
_THREAD = sa.table("thread", *map(sa.column, ("process_id", "id", "day", "summary", "first", "last", "told")))
_UNDATED, _LONGEST = "9999-12-31", 15


def upgrade() -> None:
    """Bring the tables to edition 0003."""
    small = sa.SmallInteger()
    for table in ("stance", "mention"):
        op.add_column(table, sa.Column("late", small, nullable=False, server_default="0"))
    for name in ("first", "last"):
        op.add_column("thread", sa.Column(name, sa.String(10), nullable=False, server_default=""))
    op.add_column("thread", sa.Column("told", small, nullable=False, server_default="0"))
    _fill(op.get_bind())
    for name, table, columns, where in (
        ("stance_late", "stance", ["process_id", "late", "known", "said", "party", "issue", "until", "teller"], _LATE),
        ("mention_late", "mention", ["process_id", "kind", "late", "known", "anchor"], _LATE),
        ("thread_told", "thread", ["process_id", "kind", "told", "last", "first"], _TOLD),
        ("thread_ahead", "thread", ["process_id", "kind", "day"], _AHEAD),
        ("moment_ahead", "moment", ["process_id", "day"], _MOMENT_AHEAD),
        ("standing_replaced", "standing", ["until"], _REPLACED),
    ):
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
    op.drop_index("deed_by_day", table_name="deed")
    op.create_index("deed_by_day", "deed", ["process_id", "day", "type", "source", "target", "status", "known", "until"])
    op.drop_index("role_by_party", table_name="role")
    op.create_index("role_by_party", "role", ["party", "kind", "person", "role", "former", "day", "known", "until"])
    op.drop_index("role_by_person", table_name="role")
    op.create_index("role_by_person", "role", ["person", "party", "role", "day", "name"])


def _fill(connection: sa.Connection) -> None:
    s, m, th = _STANCE.c, _MENTION.c, _THREAD.c
    said = sa.select(s.process_id, s.entry_id, s.said, s.known).where(s.said < s.known)
    _update(connection, said, _STANCE, lambda row: {"late": _period_class(row.said, row.known)}, ("process_id", "entry_id"))
    put = sa.select(m.process_id, m.entry_id, m.block, m.anchor, m.known).where(m.kind == "proposal", m.anchor < m.known)
    _update(connection, put, _MENTION, lambda row: {"late": _period_class(row.anchor, row.known)},
            ("process_id", "entry_id", "block"))  # fmt: skip
    threads = sa.select(th.process_id, th.id, th.day, th.summary)
    _update(connection, threads, _THREAD, lambda row: _told_between(row.day, json.loads(row.summary)), ("process_id", "id"))


def _told_between(day: str, summary: dict[str, Any]) -> dict[str, Any]:
    first, last = summary.get("first_reported", day), summary["last_reported"]
    return {"first": first, "last": last, "told": _period_class(first, last)}


def _period_class(first: str, last: str) -> int:
    """0 where the second day is not later, n for less than 2**n days, the last class where one of them is no day."""
    if first >= last:
        return 0
    try:
        days = abs((date.fromisoformat(first) - date.fromisoformat(last)).days)
    except ValueError:
        return _LONGEST
    return _LONGEST if last == _UNDATED else min(days.bit_length(), _LONGEST)


def _update(connection: sa.Connection, query: sa.Select[Any], table: sa.TableClause, values: Callable[[Any], dict[str, Any]],
            keys: tuple[str, ...]) -> None:  # fmt: skip
    """Set in the rows that a query finds what is worked out of each."""
    wanted = [({f"of_{key}": getattr(row, key) for key in keys} | values(row)) for row in connection.execute(query)]
    statement = sa.update(table).where(*(table.c[key] == sa.bindparam(f"of_{key}") for key in keys))
    for begin in range(0, len(wanted), _PAGE):
        connection.execute(statement, wanted[begin : begin + _PAGE])
