"""Clusters kept up to date: mentions of talks, proposals and claims that may be of one thing, and what they come to.

A cluster is a connected component of what is near each other, so that a new mention settles only the clusters that it is
near.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, insert, select, update

from parley.ledger import tables as t
from parley.ledger.copies import enrol_claim
from parley.ledger.days import ALWAYS, apart, shifted
from parley.ledger.life import LIFE_WINDOW, lives_of
from parley.ledger.likeness import Groups, label
from parley.ledger.mentions import Item, Mention
from parley.ledger.merge import TALKS_WINDOW, claims_of, components, same_claim, same_talks, talks_of
from parley.ledger.tables import chunks

_m = t.mention.c


def _query(*conditions: Any) -> Select[Any]:
    return (
        select(t.mention, t.standing.c.account, func.coalesce(t.passage.c.copies, "").label("copies"))
        .join(t.standing, t.standing.c.document_id == _m.document_id)
        .join(t.passage, t.passage.c.id == _m.passage, isouter=True)
        .where(*conditions)
        .order_by(_m.anchor, _m.entry_id, _m.block)
    )


_BLOCK = (_m.process_id == bindparam("process"), _m.kind == bindparam("kind"), _m.block == bindparam("block"))
_WINDOW = _m.anchor.between(bindparam("first"), bindparam("last"))
_ONE = _query(_m.process_id == bindparam("process"), _m.entry_id == bindparam("entry"), _m.block == bindparam("block"))
_AROUND = _query(*_BLOCK, _WINDOW)
_IN_CLUSTERS = _query(_m.cluster.in_(bindparam("clusters", expanding=True)))
_IN_BLOCKS = _query(_m.process_id == bindparam("process"), _m.kind == bindparam("kind"),
                    _m.block.in_(bindparam("blocks", expanding=True)))  # fmt: skip
_CLUSTERS_AROUND = select(_m.cluster).where(*_BLOCK, _WINDOW).distinct()
_THREADS = select(t.thread.c.process_id, t.thread.c.id).where(t.thread.c.cluster.in_(bindparam("clusters", expanding=True)))
_FORGET_THREADS = delete(t.thread).where(t.thread.c.cluster.in_(bindparam("clusters", expanding=True)))
_WRITE_THREADS, _WRITE_MOMENTS = insert(t.thread), insert(t.moment)
_FORGET_MOMENTS = delete(t.moment).where(t.moment.c.process_id == bindparam("process"), t.moment.c.ref == bindparam("of"))

Found = tuple[Row[Any], Mention]


def mentions_where(connection: Connection, *conditions: Any) -> list[Found]:
    """Mentions with their accounts, and the rows that they come from."""
    return _mentions(connection, _query(*conditions), {})


def _mentions(connection: Connection, query: Select[Any], values: dict[str, Any]) -> list[Found]:
    return [
        (row, Mention(row.entry_id, row.document_id, row.anchor, row.known, row.account, row.copies, row.quote,
                      json.loads(row.data)))
        for row in connection.execute(query, values)
    ]  # fmt: skip


def settle_clusters(connection: Connection, touched: Iterable[str], new: Iterable[tuple[str, str, str]]) -> None:
    """Put mentions together anew wherever some came (`new`: process, entry, block), went or changed (`touched` clusters)."""
    keys = [dict(zip(("process", "entry", "block"), key, strict=True)) for key in new]
    fresh = [found for key in keys for found in _mentions(connection, _ONE, key)]
    clusters = set(touched) | {row.cluster for row, _ in fresh}
    for row, mention in fresh:
        clusters |= _near(connection, row, mention)
    gathered: dict[tuple[str, str, str], list[Found]] = {}
    for some in chunks(clusters):
        for row, mention in _mentions(connection, _IN_CLUSTERS, {"clusters": some}):
            block = row.block if row.kind == "proposal" else ""
            gathered.setdefault((row.process_id, row.kind, block), []).append((row, mention))
        if threads := [{"process": r.process_id, "of": r.id} for r in connection.execute(_THREADS, {"clusters": some})]:
            connection.execute(_FORGET_MOMENTS, threads)
        connection.execute(_FORGET_THREADS, {"clusters": some})
    for (process_id, kind, block), found in sorted(gathered.items(), key=lambda pair: pair[0]):
        for cluster in _clusters(kind, [mention for _, mention in found]):
            _write_cluster(connection, process_id, kind, block, cluster, {row.entry_id: row for row, _ in found})


def _near(connection: Connection, row: Row[Any], mention: Mention) -> set[str]:
    """Clusters that a new mention may belong to."""
    days = LIFE_WINDOW if row.kind == "proposal" else TALKS_WINDOW
    around = {"process": row.process_id, "kind": row.kind, "block": row.block,
              "first": shifted(mention.anchor, -days), "last": shifted(mention.anchor, days)}  # fmt: skip
    if row.kind == "proposal":
        return set(connection.scalars(_CLUSTERS_AROUND, around))
    if row.kind == "talks":
        return {other.cluster for other, told in _mentions(connection, _AROUND, around) if same_talks(mention, told)}
    alike: set[str] = set()
    for some in chunks(enrol_claim(connection, mention.data["words"], row.process_id, mention.known)):
        values = {"process": row.process_id, "kind": row.kind, "blocks": some}
        for other, told in _mentions(connection, _IN_BLOCKS, values):
            if same_claim(mention, told):
                alike.add(other.cluster)
    return alike


def _clusters(kind: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions put into clusters anew: whatever may be one thing, whether or not its documents still stand."""
    if kind == "talks":
        return components(mentions, same_talks)
    if kind == "claim":
        groups = Groups(m.entry for m in mentions)
        for item in claims_of(mentions):
            for entry in item.members[1:]:
                groups.join(item.members[0], entry)
        by_entry = {m.entry: m for m in mentions}
        return [[by_entry[entry] for entry in members] for members in groups.all().values()]
    found: list[list[Mention]] = []
    for mention in sorted(mentions, key=lambda m: (m.anchor, m.entry)):
        if found and (found[-1][-1].anchor == mention.anchor or apart(found[-1][-1].anchor, mention.anchor) <= LIFE_WINDOW):
            found[-1].append(mention)
        else:
            found.append([mention])
    return found


def items_of(kind: str, block: str, mentions: Sequence[Mention]) -> list[Item]:
    """What the mentions of a cluster come to."""
    if kind == "talks":
        return talks_of(mentions)
    return claims_of(mentions) if kind == "claim" else lives_of(mentions, block)


def _write_cluster(connection: Connection, process_id: str, kind: str, block: str, cluster: list[Mention],
                   rows: dict[str, Row[Any]]) -> None:  # fmt: skip
    name = label(f"{process_id}|{min(m.entry for m in cluster)}|{block}")
    moved = [mention.entry for mention in cluster if rows[mention.entry].cluster != name]
    for some in chunks(moved):
        of_block = (_m.block == block,) if kind == "proposal" else ()
        where = (_m.process_id == process_id, _m.kind == kind, *of_block, _m.entry_id.in_(some))
        connection.execute(update(t.mention).where(*where).values(cluster=name))
    standing = [mention for mention in cluster if rows[mention.entry].until == ALWAYS]
    threads, moments = [], []
    for item in items_of(kind, block, standing):
        threads.append({"process_id": process_id, "id": item.id, "kind": kind, "block": block, "cluster": name,
                        "day": item.day, "summary": json.dumps(item.summary, ensure_ascii=False)})  # fmt: skip
        for place, of in enumerate(item.moments):
            moments.append({"process_id": process_id, "ref": item.id, "place": place, "day": of.day, "known": of.known,
                            "kind": of.kind, "party": of.party, "issue": of.issue,
                            "data": json.dumps(of.data, ensure_ascii=False)})  # fmt: skip
    if threads:
        connection.execute(_WRITE_THREADS, threads)
    if moments:
        connection.execute(_WRITE_MOMENTS, moments)
