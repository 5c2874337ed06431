"""Mentions of proposals bear the name of their life, so that a report settles the lives near it and no others.

Where a party stands is told from an index that holds all that tells it, and what others say of a party has one of its own.

Edition 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Bring the tables to edition 0002."""
    op.drop_index("stance_by_cell", table_name="stance")
    op.create_index(
        "stance_by_cell", "stance", ["process_id", "party", "issue", "said", "known", "until", "teller", "stance"]
    )
    told = sa.text("teller != ''")
    op.create_index(
        "stance_told", "stance", ["process_id", "party", "issue", "said"], sqlite_where=told, postgresql_where=told
    )
    # Today's code, which knows the columns of today's edition, makes the lives anew after the last one (`upgrade`).
    op.execute("INSERT INTO meta (key, value) VALUES ('unsettled', 'proposals')")
