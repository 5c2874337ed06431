"""The ledger's tables.

Three kinds: what came in and is never changed (document, sighting, reading), what people decided and is only added to
(review, process_decision), and what is derived from the two and can be made again at any time (the rest).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

metadata = MetaData()


def chunks(values: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """The values, sorted, so many at a time: no statement has more parameters than a database takes."""
    ordered = sorted(values)
    for i in range(0, len(ordered), size):
        yield ordered[i : i + size]


_ID, _DAY = String(64), String(10)
_COUNTER = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts only INTEGER keys by itself


def _id(name: str, **options: bool) -> Column[str]:
    return Column(name, _ID, nullable=options.pop("nullable", False), **options)  # type: ignore[arg-type]


def _day(name: str) -> Column[str]:
    return Column(name, _DAY, nullable=False)


def _text(name: str, *, null: bool = False, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=null, primary_key=key)


meta = Table("meta", metadata, Column("key", String(40), primary_key=True), _text("value"))
"""Editions that derived tables were made with: codebook, likeness, conflicts."""

# What came in.
document = Table(
    "document", metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    _id("id"), _text("sha256"), _text("title", null=True), _text("published", null=True), _day("day"), _day("known"),
    _text("publisher", null=True), _text("url", null=True), _text("language"), _text("text"), _text("updated", null=True),
    _text("date_method", null=True), _text("date_reliability", null=True),
    Column("signature", LargeBinary, nullable=False),
    Index("document_by_id", "id", unique=True), Index("document_by_url", "url"), Index("document_by_day", "day"),
)  # fmt: skip
"""A report. `number` sorts by day, so that search finds the newest first; `known` is its day, or that of its update."""

sighting = Table(
    "sighting", metadata, _id("document_id", primary_key=True), _text("origin", key=True), _text("modified", null=True),
    Index("sighting_by_origin", "origin"),
)  # fmt: skip
"""Where a document was found: a path or an address, and when that file was last changed."""

reading = Table(
    "reading", metadata, _id("document_id", primary_key=True), Column("number", Integer, primary_key=True),
    _text("digest"), _text("parley"), _text("contract"), _text("codebook"), _text("record"),
)  # fmt: skip
"""What a reader found in a document: the record without its document, as JSON. The highest number is the current one."""

# What people decided: rows are only ever added.
review = Table(
    "review", metadata, Column("number", _COUNTER, primary_key=True, autoincrement=True),
    _id("document_id"), _id("entry_id"), _text("list"), _text("verdict"), _text("changes"), _text("snapshot"),
    _text("reason"), _text("by"), _text("at"), _text("codebook"),
    Index("review_by_document", "document_id"), Index("review_by_entry", "entry_id"),
    sqlite_autoincrement=True,
)  # fmt: skip
process_decision = Table(
    "process_decision", metadata, Column("number", _COUNTER, primary_key=True, autoincrement=True),
    _text("action"), _text("what"), _text("reason"), _text("by"), _text("at"), sqlite_autoincrement=True,
)  # fmt: skip

# What is derived.
standing = Table(
    "standing", metadata, _id("document_id", primary_key=True), _id("story"), Column("version", Integer, nullable=False),
    _day("until"), _id("account"),
    Index("standing_replaced", "until", sqlite_where=text("until < '9999-12-31'"),
          postgresql_where=text("until < '9999-12-31'")),
    Index("standing_by_story", "story"), Index("standing_by_account", "account"),
)  # fmt: skip
"""A document's story (its versions), the day from which a later version stands instead, and its account (its copies)."""

band = Table(
    "band", metadata, Column("space", String(1), primary_key=True), Column("hash", BigInteger, primary_key=True),
    _id("item", primary_key=True),
)  # fmt: skip
"""Locality-sensitive hashes of documents (d), passages (p) and claims (c)."""

passage = Table("passage", metadata, _id("id", primary_key=True), _id("copies"), _text("words"),
                Index("passage_by_copies", "copies"))  # fmt: skip
"""The words of an entry; passages that are near-duplicates share the label `copies`."""

dyad = Table("dyad", metadata, _id("document_id", primary_key=True), _text("one", key=True), _text("other", key=True),
             Column("weight", Integer, nullable=False), Index("dyad_by_parties", "one", "other", "weight"))  # fmt: skip
"""Who negotiates or fights with whom in a document, in alphabetical order; weight 1 where they are only named together."""

mediation = Table(
    "mediation", metadata, _id("document_id", primary_key=True), _text("mediator", key=True), _text("one", key=True),
    _text("other", key=True), Index("mediation_by_parties", "one", "other", "mediator"),
    Index("mediation_by_one", "mediator", "one"), Index("mediation_by_other", "mediator", "other"),
)  # fmt: skip
"""A document's word that somebody mediates between two parties."""

process = Table(
    "process", metadata, _id("id", primary_key=True), _text("name"), _text("kind"), _text("parties"), _text("mediators"),
    _text("since"), _text("until"), Column("documents", Integer, nullable=False),
    Index("process_by_documents", "documents"),
)  # fmt: skip
belongs = Table("belongs", metadata, _id("process_id", primary_key=True), _id("document_id", primary_key=True), _day("day"),
                Index("belongs_by_day", "process_id", "day"), Index("belongs_by_document", "document_id"))  # fmt: skip

stance = Table(
    "stance", metadata, _id("process_id", primary_key=True), _id("entry_id", primary_key=True), _id("document_id"),
    _text("party"), _text("issue"), _text("stance"), _day("said"), _day("known"), _day("until"), _text("teller"),
    _text("data"), _text("quote"), _id("passage"), Column("late", SmallInteger, nullable=False, server_default="0"),
    Index("stance_by_cell", "process_id", "party", "issue", "said", "known", "until", "teller", "stance"),
    Index("stance_told", "process_id", "party", "issue", "said", sqlite_where=text("teller != ''"),
          postgresql_where=text("teller != ''")),
    Index("stance_late", "process_id", "late", "known", "said", "party", "issue", "until", "teller",
          sqlite_where=text("late > 0"), postgresql_where=text("late > 0")),
    Index("stance_by_document", "document_id"),
    Index("stance_by_passage", "passage"), Index("stance_by_party", "party", "process_id", "issue", "said"),
)  # fmt: skip
"""A position as it counts in a process. `teller` is empty where the party's own voice or the narrator says it; `late` is
the class of the days from `said` to `known`."""

cell = Table("cell", metadata, _id("process_id", primary_key=True), _text("party", key=True), _text("issue", key=True),
             _text("summary"), Index("cell_by_party", "party"))  # fmt: skip
"""Where a party stands on an issue today."""

mention = Table(
    "mention", metadata, _id("process_id", primary_key=True), _id("entry_id", primary_key=True),
    Column("block", String(20), primary_key=True), _id("document_id"), Column("kind", String(10), nullable=False),
    _id("cluster"), _day("anchor"), _day("known"), _day("until"), _text("data"), _text("quote"), _id("passage"),
    Column("late", SmallInteger, nullable=False, server_default="0"),
    Index("mention_late", "process_id", "kind", "late", "known", "anchor", sqlite_where=text("late > 0"),
          postgresql_where=text("late > 0")),
    Index("mention_by_anchor", "process_id", "kind", "block", "anchor"), Index("mention_by_cluster", "cluster"),
    Index("mention_by_document", "document_id"), Index("mention_by_passage", "passage"),
)  # fmt: skip
"""One report's word of talks, of a proposal (one row an issue: `block`) or of a claim; `cluster` joins what may be one.
`late` is the class of the days from a proposal's `anchor` to `known`."""

thread = Table(
    "thread", metadata, _id("process_id", primary_key=True), _id("id", primary_key=True),
    Column("kind", String(10), nullable=False), Column("block", String(20), nullable=False), _id("cluster"), _day("day"),
    _text("summary"), Column("first", _DAY, nullable=False, server_default=""),
    Column("last", _DAY, nullable=False, server_default=""),
    Column("told", SmallInteger, nullable=False, server_default="0"),
    Index("thread_told", "process_id", "kind", "told", "last", "first", sqlite_where=text("told > 0"),
          postgresql_where=text("told > 0")),
    Index("thread_ahead", "process_id", "kind", "day", sqlite_where=text("day > last"),
          postgresql_where=text("day > last")),
    Index("thread_by_day", "process_id", "kind", "day"), Index("thread_by_cluster", "cluster"), Index("thread_by_id", "id"),
)  # fmt: skip
"""Merged talks, the life cycle of a proposal on one issue, a claim across reports: as of today. `first` and `last` are the
days of the first and the last report of it, `told` is the class of the days between."""

moment = Table(
    "moment", metadata, _id("process_id", primary_key=True), _id("ref", primary_key=True),
    Column("place", SmallInteger, primary_key=True), _day("day"), _day("known"), Column("kind", String(16), nullable=False),
    _text("party"), _text("issue"), _text("data"),
    Index("moment_ahead", "process_id", "day", sqlite_where=text("day > known"), postgresql_where=text("day > known")),
    Index("moment_by_day", "process_id", "day"), Index("moment_by_known", "process_id", "known"), Index("moment_all", "day"),
    Index("moment_by_cell", "process_id", "party", "issue", "day"),
)  # fmt: skip
"""What the timeline shows: a dated change in a thread or a cell."""

deed = Table(
    "deed", metadata, _id("process_id", primary_key=True), _id("entry_id", primary_key=True), _id("document_id"),
    _day("day"), _day("known"), _day("until"), Column("type", String(12), nullable=False), _text("source"), _text("target"),
    _text("status"), _text("cameo"), _text("teller"),
    Index("deed_by_day", "process_id", "day", "type", "source", "target", "status", "known", "until"),
    Index("deed_by_document", "document_id"),
)  # fmt: skip
"""An event as it counts in a process."""

role = Table(
    "role", metadata, _id("document_id", primary_key=True), _id("entry_id", primary_key=True),
    _text("person"), _text("name"), Column("kind", String(16), nullable=False), _text("party"), _text("role"),
    Column("former", SmallInteger, nullable=False),    _text("wikidata"), _day("day"), _day("known"), _day("until"),
        _text("quote"),
    Index("role_by_person", "person", "party", "role", "day", "name"),
    Index("role_by_party", "party", "kind", "person", "role", "former", "day", "known", "until"),
    Index("role_by_document", "document_id"),
)  # fmt: skip
"""A document's word that somebody speaks for a party in a role."""

searchable = Table(
    "searchable", metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    _id("document_id"), _id("entry_id"), Column("kind", String(12), nullable=False), _day("day"),
    _text("words"), _id("passage"),    Index("searchable_by_document", "document_id"), Index("searchable_by_passage",
    "passage"),
)  # fmt: skip
"""The words of statements and entries for full-text search."""

doubt = Table(
    "doubt", metadata, _id("process_id", primary_key=True), _id("entry_id", primary_key=True), _id("document_id"),
    Column("list", String(12), nullable=False), Column("certainty", Float, nullable=False), _day("known"), _day("until"),
    Index("doubt_by_certainty", "process_id", "until", "certainty", "entry_id"), Index("doubt_by_document", "document_id"),
)  # fmt: skip
"""An entry that nobody has reviewed, with the reader's confidence; -1 where a decision on it has to be looked at again."""

DERIVED = (
    standing,
    band,
    passage,
    dyad,
    mediation,
    process,
    belongs,
    stance,
    cell,
    mention,
    thread,
    moment,
    deed,
    role,
    searchable,
    doubt,
)
"""Tables that `rebuild` empties and makes again."""
