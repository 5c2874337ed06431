"""The first tables, and the full-text indexes of SQLite (FTS5) and PostgreSQL (tsvector).

Edition 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

SQLITE = (
    """CREATE VIRTUAL TABLE document_words USING fts5(title, text, content='document', content_rowid='number',
       tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER document_is_searchable AFTER INSERT ON document BEGIN
       INSERT INTO document_words(rowid, title, text) VALUES (new.number, new.title, new.text); END""",
    """CREATE VIRTUAL TABLE searchable_words USING fts5(words, content='searchable', content_rowid='number',
       tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER words_come AFTER INSERT ON searchable BEGIN
       INSERT INTO searchable_words(rowid, words) VALUES (new.number, new.words); END""",
    """CREATE TRIGGER words_go AFTER DELETE ON searchable BEGIN
       INSERT INTO searchable_words(searchable_words, rowid, words) VALUES ('delete', old.number, old.words); END""",
)
# A tsvector holds at most a megabyte; the first half million characters of a report are more than enough.
POSTGRESQL = (
    """ALTER TABLE document ADD COLUMN vector tsvector GENERATED ALWAYS AS
       (to_tsvector('english', left(coalesce(title, '') || ' ' || text, 500000))) STORED""",
    "CREATE INDEX document_words ON document USING gin (vector)",
    """ALTER TABLE searchable ADD COLUMN vector tsvector GENERATED ALWAYS AS
       (to_tsvector('english', left(words, 500000))) STORED""",
    "CREATE INDEX searchable_words ON searchable USING gin (vector)",
)


def upgrade() -> None:
    """Make every table of the ledger."""
    op.create_table(
        "band",
        sa.Column("space", sa.String(length=1), nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("space", "hash", "item"),
    )
    op.create_table(
        "belongs",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "document_id"),
    )
    op.create_index("belongs_by_day", "belongs", ["process_id", "day"], unique=False)
    op.create_index("belongs_by_document", "belongs", ["document_id"], unique=False)
    op.create_table(
        "cell",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "party", "issue"),
    )
    op.create_index("cell_by_party", "cell", ["party"], unique=False)
    op.create_table(
        "deed",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("type", sa.String(length=12), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("cameo", sa.Text(), nullable=False),
        sa.Column("teller", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "entry_id"),
    )
    op.create_index("deed_by_day", "deed", ["process_id", "day"], unique=False)
    op.create_index("deed_by_document", "deed", ["document_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated", sa.Text(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("document_by_day", "document", ["day"], unique=False)
    op.create_index("document_by_id", "document", ["id"], unique=True)
    op.create_index("document_by_url", "document", ["url"], unique=False)
    op.create_table(
        "doubt",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("list", sa.String(length=12), nullable=False),
        sa.Column("certainty", sa.Float(), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "entry_id"),
    )
    op.create_index("doubt_by_certainty", "doubt", ["process_id", "until", "certainty", "entry_id"], unique=False)
    op.create_index("doubt_by_document", "doubt", ["document_id"], unique=False)
    op.create_table(
        "dyad",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "one", "other"),
    )
    op.create_index("dyad_by_parties", "dyad", ["one", "other", "weight"], unique=False)
    op.create_table(
        "mediation",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("mediator", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "mediator", "one", "other"),
    )
    op.create_index("mediation_by_one", "mediation", ["mediator", "one"], unique=False)
    op.create_index("mediation_by_other", "mediation", ["mediator", "other"], unique=False)
    op.create_index("mediation_by_parties", "mediation", ["one", "other", "mediator"], unique=False)
    op.create_table(
        "mention",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("block", sa.String(length=20), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("cluster", sa.String(length=64), nullable=False),
        sa.Column("anchor", sa.String(length=10), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("passage", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "entry_id", "block"),
    )
    op.create_index("mention_by_anchor", "mention", ["process_id", "kind", "block", "anchor"], unique=False)
    op.create_index("mention_by_cluster", "mention", ["cluster"], unique=False)
    op.create_index("mention_by_document", "mention", ["document_id"], unique=False)
    op.create_index("mention_by_passage", "mention", ["passage"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "moment",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "ref", "place"),
    )
    op.create_index("moment_all", "moment", ["day"], unique=False)
    op.create_index("moment_by_cell", "moment", ["process_id", "party", "issue", "day"], unique=False)
    op.create_index("moment_by_day", "moment", ["process_id", "day"], unique=False)
    op.create_index("moment_by_known", "moment", ["process_id", "known"], unique=False)
    op.create_table(
        "passage",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("copies", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("passage_by_copies", "passage", ["copies"], unique=False)
    op.create_table(
        "process",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("mediators", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("process_by_documents", "process", ["documents"], unique=False)
    op.create_table(
        "process_decision",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reading",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("parley", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("codebook", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "number"),
    )
    op.create_table(
        "review",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("codebook", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sqlite_autoincrement=True,
    )
    op.create_index("review_by_document", "review", ["document_id"], unique=False)
    op.create_index("review_by_entry", "review", ["entry_id"], unique=False)
    op.create_table(
        "role",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("former", sa.SmallInteger(), nullable=False),
        sa.Column("wikidata", sa.Text(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "entry_id"),
    )
    op.create_index("role_by_document", "role", ["document_id"], unique=False)
    op.create_index("role_by_party", "role", ["party", "kind", "person"], unique=False)
    op.create_index("role_by_person", "role", ["person", "party", "role", "day"], unique=False)
    op.create_table(
        "searchable",
        sa.Column("number", NUMBER, autoincrement=False, nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("passage", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("searchable_by_document", "searchable", ["document_id"], unique=False)
    op.create_index("searchable_by_passage", "searchable", ["passage"], unique=False)
    op.create_table(
        "sighting",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("modified", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("document_id", "origin"),
    )
    op.create_index("sighting_by_origin", "sighting", ["origin"], unique=False)
    op.create_table(
        "stance",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("entry_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("said", sa.String(length=10), nullable=False),
        sa.Column("known", sa.String(length=10), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("teller", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("passage", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "entry_id"),
    )
    op.create_index("stance_by_cell", "stance", ["process_id", "party", "issue", "said"], unique=False)
    op.create_index("stance_by_document", "stance", ["document_id"], unique=False)
    op.create_index("stance_by_party", "stance", ["party", "process_id", "issue", "said"], unique=False)
    op.create_index("stance_by_passage", "stance", ["passage"], unique=False)
    op.create_table(
        "standing",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("story", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index("standing_by_account", "standing", ["account"], unique=False)
    op.create_index("standing_by_story", "standing", ["story"], unique=False)
    op.create_table(
        "thread",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("block", sa.String(length=20), nullable=False),
        sa.Column("cluster", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("process_id", "id"),
    )
    op.create_index("thread_by_cluster", "thread", ["cluster"], unique=False)
    op.create_index("thread_by_day", "thread", ["process_id", "kind", "day"], unique=False)
    op.create_index("thread_by_id", "thread", ["id"], unique=False)
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
