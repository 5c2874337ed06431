"""Clusters kept up to date: mentions of talks and claims that may be of one thing, and what they come to.

A cluster is a connected component of what is near each other, so that a new mention settles only the clusters that it is
near. Proposals, which have a life instead, are in ``proposals.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from parley.ledger import tables as t
from parley.ledger.copies import enrol_claim
from parley.ledger.days import ALWAYS, shifted
from parley.ledger.life import lives_of
from parley.ledger.likeness import Groups, label
from parley.ledger.mentions import FORGET_MOMENTS, WRITE_MOMENTS, Found, Item, Mention, mention_query, mentions_in
from parley.ledger.merge import PLAN_WINDOW, TALKS_WINDOW, claims_of, components, same_claim, same_talks, talks_of
from parley.ledger.proposals import settle_proposals
from parley.ledger.tables import chunks

_m = t.mention.c
_BLOCK = (_m.process_id == bindparam("process"), _m.kind == bindparam("kind"), _m.block == bindparam("block"))
_WINDOW = _m.anchor.between(bindparam("first"), bindparam("last"))
_ONE = mention_query(
    _m.process_id == bindparam("process"), _m.entry_id == bindparam("entry"), _m.block == bindparam("block")
)
_AROUND = mention_query(*_BLOCK, _WINDOW)
_NUMBERED = mention_query(*_BLOCK, _WINDOW, _m.data.contains(bindparam("number")))
_IN_CLUSTERS = mention_query(_m.kind != "proposal", _m.cluster.in_(bindparam("clusters", expanding=True)))
_IN_BLOCKS = mention_query(_m.process_id == bindparam("process"), _m.kind == bindparam("kind"),
                    _m.block.in_(bindparam("blocks", expanding=True)))  # fmt: skip
_OF_CLUSTERS = (t.thread.c.kind != "proposal", t.thread.c.cluster.in_(bindparam("clusters", expanding=True)))
_THREADS = select(t.thread.c.process_id, t.thread.c.id).where(*_OF_CLUSTERS)
_FORGET_THREADS = delete(t.thread).where(*_OF_CLUSTERS)
_MOVE = (
    update(t.mention)
    .where(_m.process_id == bindparam("process"), _m.entry_id.in_(bindparam("entries", expanding=True)))
    .values(cluster=bindparam("to"))
)  # fmt: skip
_WRITE_THREADS = insert(t.thread)


def mentions_where(connection: Connection, *conditions: Any) -> list[Found]:
    """Mentions with their accounts, and the rows that they come from."""
    return mentions_in(connection, mention_query(*conditions), {})


def settle_clusters(connection: Connection, touched: Iterable[str], new: Iterable[tuple[str, str, str]]) -> None:
    """Put mentions together anew wherever some came (`new`: process, entry, block), went or changed (`touched` clusters)."""
    keys = [dict(zip(("process", "entry", "block"), key, strict=True)) for key in new]
    fresh = [found for key in keys for found in mentions_in(connection, _ONE, key)]
    settle_proposals(connection, touched, [row for row, _ in fresh if row.kind == "proposal"])
    clusters = set(touched)
    for row, mention in fresh:
        if row.kind != "proposal":
            clusters |= {row.cluster} | _near(connection, row, mention)
    gathered: dict[tuple[str, str], list[Found]] = {}
    for some in chunks(clusters):
        for row, mention in mentions_in(connection, _IN_CLUSTERS, {"clusters": some}):
            gathered.setdefault((row.process_id, row.kind), []).append((row, mention))
        if threads := [{"process": r.process_id, "of": r.id} for r in connection.execute(_THREADS, {"clusters": some})]:
            connection.execute(FORGET_MOMENTS, threads)
        connection.execute(_FORGET_THREADS, {"clusters": some})
    for (process_id, kind), found in sorted(gathered.items(), key=lambda pair: pair[0]):
        for cluster in _clusters(kind, [mention for _, mention in found]):
            _write_cluster(connection, process_id, kind, cluster, {row.entry_id: row for row, _ in found})


def _near(connection: Connection, row: Row[Any], mention: Mention) -> set[str]:
    """Clusters that a new mention may belong to."""
    around = {"process": row.process_id, "kind": row.kind, "block": row.block,
              "first": shifted(mention.anchor, -TALKS_WINDOW), "last": shifted(mention.anchor, TALKS_WINDOW)}  # fmt: skip
    if row.kind == "talks":
        found = mentions_in(connection, _AROUND, around)
        if (number := mention.data["ordinal"]) is not None:
            wide = {"first": shifted(mention.anchor, -PLAN_WINDOW), "last": shifted(mention.anchor, PLAN_WINDOW)}
            found += mentions_in(connection, _NUMBERED, around | wide | {"number": f'"ordinal": {number},'})
        return {other.cluster for other, told in found if same_talks(mention, told)}
    alike: set[str] = set()
    for some in chunks(enrol_claim(connection, mention.data["words"], row.process_id, mention.known)):
        values = {"process": row.process_id, "kind": row.kind, "blocks": some}
        for other, told in mentions_in(connection, _IN_BLOCKS, values):
            if same_claim(mention, told):
                alike.add(other.cluster)
    return alike


def _clusters(kind: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions put into clusters anew: whatever may be one thing, whether or not its documents still stand."""
    if kind == "talks":
        return components(mentions, same_talks)
    groups = Groups(m.entry for m in mentions)
    for item in claims_of(mentions):
        for entry in item.members[1:]:
            groups.join(item.members[0], entry)
    by_entry = {m.entry: m for m in mentions}
    return [[by_entry[entry] for entry in members] for members in groups.all().values()]


def items_of(kind: str, block: str, mentions: Sequence[Mention]) -> list[Item]:
    """What the mentions of a cluster come to."""
    if kind == "talks":
        return talks_of(mentions)
    return claims_of(mentions) if kind == "claim" else lives_of(mentions, block)


def _write_cluster(connection: Connection, process_id: str, kind: str, cluster: list[Mention],
                   rows: dict[str, Row[Any]]) -> None:  # fmt: skip
    name = label(f"{process_id}|{min(m.entry for m in cluster)}|")
    moved = [mention.entry for mention in cluster if rows[mention.entry].cluster != name]
    for some in chunks(moved):
        connection.execute(_MOVE, {"process": process_id, "entries": some, "to": name})
    items = items_of(kind, "", [mention for mention in cluster if rows[mention.entry].until == ALWAYS])
    if items:
        connection.execute(_WRITE_THREADS, [item.row(process_id, "", name) for item in items])
    if moments := [row for item in items for row in item.moment_rows(process_id)]:
        connection.execute(WRITE_MOMENTS, moments)
