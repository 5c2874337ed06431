"""Documents keep how the date of their page was found, and how far that can be trusted.

Edition 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the tables to edition 0004; of documents that are there already nobody knows it."""
    for name in ("date_method", "date_reliability"):
        op.add_column("document", sa.Column(name, sa.Text(), nullable=True))
