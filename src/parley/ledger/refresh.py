"""Deriving: from documents, readings and decisions to the tables that answer questions.

`refresh` takes all that rests on some documents away and lays it out anew, and settles only what that touches: the cells of
their positions, the clusters of their talks, proposals and claims. The result depends on what is in the ledger, never on the
order in which it came; `rebuild` makes everything again and must give the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, bindparam, delete, func, insert, select, update

from parley.ledger import process as processes
from parley.ledger import stances
from parley.ledger import tables as t
from parley.ledger.copies import enrol_claim, enrol_document, enrol_passages, insert_new
from parley.ledger.days import ALWAYS, apart, shifted
from parley.ledger.dealings import Dealings
from parley.ledger.entries import named_entries, stored_record
from parley.ledger.layout import Laid, lay_out
from parley.ledger.life import LIFE_WINDOW, lives_of
from parley.ledger.likeness import CLAIMS_ALIKE, Groups, label, shared
from parley.ledger.mentions import Item, Mention
from parley.ledger.merge import TALKS_WINDOW, claims_of, components, same_talks, talks_of
from parley.ledger.process import Decisions, Process
from parley.ledger.review import Reviewed, applied, reviews_of
from parley.record import Document, Record

_MANY = 500
Cell = tuple[str, str, str]


@dataclass
class _Touched:
    """What has to be settled after documents came, went or changed."""

    cells: dict[Cell, set[str]] = field(default_factory=dict)
    clusters: set[str] = field(default_factory=set)
    new: list[tuple[str, str, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    processes: dict[str, Process] = field(default_factory=dict)


def chunks(values: Iterable[Any], size: int = _MANY) -> Iterator[list[Any]]:
    """The values, sorted, so many at a time."""
    ordered = sorted(values)
    for i in range(0, len(ordered), size):
        yield ordered[i : i + size]


def refresh(connection: Connection, documents: Iterable[str], decided: Decisions | None = None) -> None:
    """Derive anew all that rests on these documents."""
    decided = decided or processes.decisions(connection)
    touched, ids = _Touched(), sorted(set(documents))
    dealings = Dealings(connection)
    before = dealings.facts(ids)
    for some in chunks(ids):
        _take_away(connection, some, touched)
    laid = {document: _dealings_of(connection, document) for document in ids}
    others = sorted(dealings.concerned(before, ids) - set(ids))  # what these say changes where others belong
    for some in chunks(others):
        _take_away(connection, some, touched)
    laid |= {document: _dealings_of(connection, document) for document in others}
    for source in laid.values():
        if source is not None:
            _lay_out(connection, source, decided, touched, dealings)
    _settle_processes(connection, touched)
    _settle_cells(connection, touched.cells)
    _settle_clusters(connection, touched)


def rebuild(connection: Connection) -> None:
    """Empty every derived table and make it again from what came in and what was decided."""
    for table in t.DERIVED:
        connection.execute(delete(table))
    ids = list(connection.scalars(select(t.document.c.id).order_by(t.document.c.id)))
    for document in ids:
        enrol_document(connection, document)
    for document in ids:
        enrol_passages(connection, _all_passages(connection, document))
    decided = processes.decisions(connection)
    for process in decided.defined:
        keep_process(connection, decided.final(process))
    for some in chunks(ids):
        refresh(connection, some, decided)
    remember_editions(connection)


def remember_editions(connection: Connection) -> None:
    """Note the edition of the known conflicts that documents are assigned by."""
    connection.execute(delete(t.meta).where(t.meta.c.key == "conflicts"))
    connection.execute(insert(t.meta).values(key="conflicts", value=processes.conflicts_edition()))


def document_of(row: Row[Any]) -> Document:
    """The record's document from its row."""
    return Document(text=row.text, title=row.title, published=row.published, publisher=row.publisher, url=row.url,
                    language=row.language, sha256=row.sha256)  # fmt: skip


def current_reading(connection: Connection, document: str) -> Row[Any] | None:
    """The newest reading of a document."""
    query = select(t.reading).where(t.reading.c.document_id == document).order_by(t.reading.c.number.desc()).limit(1)
    return connection.execute(query).first()


def _all_passages(connection: Connection, document: str) -> list[str]:
    """The passages of every reading of a document, of former ones too: labels depend on all that was ever read."""
    row = connection.execute(select(t.document).where(t.document.c.id == document)).one()
    text, found = document_of(row), set()
    for stored in connection.scalars(select(t.reading.c.record).where(t.reading.c.document_id == document)):
        record = stored_record(stored, text)
        reviewed = applied(document, text, named_entries(document, record), ())
        found |= lay_out(document, row, None, record, reviewed, ()).passages()
    return sorted(found)


def _take_away(connection: Connection, ids: list[str], touched: _Touched) -> None:
    s, m = t.stance.c, t.mention.c
    for row in connection.execute(select(s.process_id, s.party, s.issue, s.said).where(s.document_id.in_(ids)).distinct()):
        touched.cells.setdefault((row.process_id, row.party, row.issue), set()).add(row.said)
    touched.clusters.update(connection.scalars(select(m.cluster).where(m.document_id.in_(ids)).distinct()))
    for process_id in connection.scalars(select(t.belongs.c.process_id).where(t.belongs.c.document_id.in_(ids))):
        touched.counts[process_id] -= 1
    for table in (t.stance, t.mention, t.deed, t.role, t.searchable, t.dyad, t.mediation, t.belongs):
        connection.execute(delete(table).where(table.c.document_id.in_(ids)))


@dataclass(frozen=True)
class _Source:
    """A document with its entries after review and who deals with whom in it."""

    id: str
    row: Row[Any]
    standing: Row[Any]
    record: Record
    reviewed: list[Reviewed]
    pairs: dict[tuple[str, str], int]


def _dealings_of(connection: Connection, document: str) -> _Source | None:
    """Read a document's entries and note who deals with whom in it and who mediates; None if it has no reading."""
    row = connection.execute(select(t.document).where(t.document.c.id == document)).one()
    stored = current_reading(connection, document)
    if stored is None:
        return None
    standing = connection.execute(select(t.standing).where(t.standing.c.document_id == document)).one()
    text = document_of(row)
    record = stored_record(stored.record, text)
    story = [document]
    if standing.story != document or standing.version != 1 or standing.until != ALWAYS:
        story = list(connection.scalars(select(t.standing.c.document_id).where(t.standing.c.story == standing.story)))
    reviewed = applied(document, text, named_entries(document, record), reviews_of(connection, story))
    counting = [r.entry for r in reviewed if r.counts]
    pairs = processes.dyads_of(counting, record)
    insert_new(
        connection, t.dyad, [{"document_id": document, "one": a, "other": b, "weight": w} for (a, b), w in pairs.items()]
    )
    mediations = [
        {"document_id": document, "mediator": m, "one": a, "other": b} for m, a, b in processes.mediations_of(counting)
    ]
    insert_new(connection, t.mediation, mediations)
    return _Source(document, row, standing, record, reviewed, pairs)


def _lay_out(connection: Connection, source: _Source, decided: Decisions, touched: _Touched, dealings: Dealings) -> None:
    document, row = source.id, source.row
    of = processes.assign(source.pairs, row.day, decided, dealings) or (_OUTSIDE,)
    laid = lay_out(document, row, source.standing, source.record, source.reviewed, of)
    joined = enrol_passages(connection, sorted(laid.passages()))
    _touch_copies(connection, joined, touched)
    insert_new(connection, t.belongs, [{"process_id": p.id, "document_id": document, "day": row.known} for p in of])
    for process in of:
        touched.counts[process.id] += 1
        touched.processes[process.id] = process
    _insert(connection, laid, touched)


_OUTSIDE = Process(processes.OUTSIDE, "Outside any process", "outside", ())


def _insert(connection: Connection, laid: Laid, touched: _Touched) -> None:
    for mention in laid.mentions:  # a cluster of its own until it is settled
        mention["cluster"] = label(f"{mention['process_id']}|{mention['entry_id']}|{mention['block']}")
        touched.new.append((mention["process_id"], mention["entry_id"], mention["block"]))
    for stance in laid.stances:
        cell = (stance["process_id"], stance["party"], stance["issue"])
        touched.cells.setdefault(cell, set()).add(stance["said"])
    rows: list[tuple[Table, list[dict[str, Any]]]] = [(t.stance, laid.stances), (t.mention, laid.mentions),
                                                     (t.deed, laid.deeds), (t.role, laid.roles)]  # fmt: skip
    for table, of in rows:
        if of:
            connection.execute(insert(table), of)
    if laid.searchable:
        wanted = [row["number"] for row in laid.searchable]
        taken = set(connection.scalars(select(t.searchable.c.number).where(t.searchable.c.number.in_(wanted))))
        for row in laid.searchable:
            while row["number"] in taken:
                row["number"] += 1
            taken.add(row["number"])
        connection.execute(insert(t.searchable), laid.searchable)


def _touch_copies(connection: Connection, labels: set[str], touched: _Touched) -> None:
    """Accounts are counted anew wherever passages that were taken for two are copies of each other."""
    if not labels:
        return
    passages = list(connection.scalars(select(t.passage.c.id).where(t.passage.c.copies.in_(sorted(labels)))))
    s = t.stance.c
    for some in chunks(passages):
        query = select(s.process_id, s.party, s.issue, s.said).where(s.passage.in_(some)).distinct()
        for row in connection.execute(query):
            touched.cells.setdefault((row.process_id, row.party, row.issue), set()).add(row.said)
        query_clusters = select(t.mention.c.cluster).where(t.mention.c.passage.in_(some)).distinct()
        touched.clusters.update(connection.scalars(query_clusters))


# Processes


def _settle_processes(connection: Connection, touched: _Touched) -> None:
    p = t.process
    for _, process in sorted(touched.processes.items()):
        keep_process(connection, process)
    for process_id, change in sorted(touched.counts.items()):
        if change:
            connection.execute(update(p).where(p.c.id == process_id).values(documents=p.c.documents + change))
    gone = [process_id for process_id, change in touched.counts.items() if change < 0]
    if gone:
        connection.execute(delete(p).where(p.c.id.in_(sorted(gone)), p.c.documents <= 0, p.c.kind != "defined"))


def keep_process(connection: Connection, process: Process) -> None:
    """Write what a process is, if that is new; its number of documents is counted apart."""
    row = {"name": process.name, "kind": process.kind, "parties": json.dumps(process.parties, ensure_ascii=False),
           "mediators": json.dumps(process.mediators, ensure_ascii=False), "since": process.since,
           "until": process.until}  # fmt: skip
    insert_new(connection, t.process, [{"id": process.id, "documents": 0, **row}])
    stored = connection.execute(select(t.process).where(t.process.c.id == process.id)).one()
    if any(getattr(stored, key) != value for key, value in row.items()):
        connection.execute(update(t.process).where(t.process.c.id == process.id).values(row))


# Cells


def words_in(connection: Connection, cell: Cell, *conditions: Any, limit: int | None = None) -> list[stances.Word]:
    """The words of a party on an issue in a process, the latest first, with their accounts."""
    s = t.stance.c
    query = (
        select(s.entry_id, s.document_id, s.stance, s.said, s.known, s.teller, t.standing.c.account,
               func.coalesce(t.passage.c.copies, ""), s.quote, s.data)
        .join(t.standing, t.standing.c.document_id == s.document_id)
        .join(t.passage, t.passage.c.id == s.passage, isouter=True)
        .where(s.process_id == cell[0], s.party == cell[1], s.issue == cell[2], *conditions)
        .order_by(s.said.desc(), s.entry_id.desc())
    )  # fmt: skip
    rows = connection.execute(query.limit(limit) if limit else query)
    return [stances.Word(*row[:9], json.loads(row[9])) for row in rows]


_OWN = (t.stance.c.teller == "", t.stance.c.until == ALWAYS)


def _settle_cells(connection: Connection, cells: dict[Cell, set[str]]) -> None:
    for cell, days in sorted(cells.items()):
        for day in sorted(days | {following for d in days if (following := _next_day(connection, cell, d))}):
            _settle_day(connection, cell, day)
        _settle_summary(connection, cell)


def _in(cell: Cell) -> Any:
    s = t.stance.c
    return and_(s.process_id == cell[0], s.party == cell[1], s.issue == cell[2], *_OWN)


def _next_day(connection: Connection, cell: Cell, day: str) -> str | None:
    following: str | None = connection.scalar(select(func.min(t.stance.c.said)).where(_in(cell), t.stance.c.said > day))
    return following


def cell_ref(cell: Cell) -> str:
    """The name of a cell in moments."""
    return f"cell-{label('|'.join(cell))}"


def _settle_day(connection: Connection, cell: Cell, day: str) -> None:
    """Write or take away the change of stance on a day, which depends on that day and the one before it alone."""
    ref = f"{cell_ref(cell)}-{day}"
    connection.execute(delete(t.moment).where(t.moment.c.process_id == cell[0], t.moment.c.ref == ref))
    words = words_in(connection, cell, *_OWN, t.stance.c.said == day)
    if not words or not day:
        return
    after = stances.stance_of_day(words)
    earlier = connection.scalar(select(func.max(t.stance.c.said)).where(_in(cell), t.stance.c.said < day))
    before = None
    if earlier is not None:
        before = stances.stance_of_day(words_in(connection, cell, *_OWN, t.stance.c.said == earlier))
    if before == after:
        return
    data = stances.moment_data(list(reversed(words)), before=before, after=after)
    kind = stances.change(before, after) if before else "position"
    known = min(w.known for w in words if w.stance == after)
    connection.execute(insert(t.moment).values(
        process_id=cell[0], ref=ref, place=0, day=day, known=known, kind=kind, party=cell[1], issue=cell[2],
        data=json.dumps(data, ensure_ascii=False)))  # fmt: skip


def _settle_summary(connection: Connection, cell: Cell) -> None:
    c, s, m = t.cell.c, t.stance.c, t.moment.c
    connection.execute(delete(t.cell).where(c.process_id == cell[0], c.party == cell[1], c.issue == cell[2]))
    own = words_in(connection, cell, *_OWN, limit=stances.COUNTED)
    told = words_in(connection, cell, s.teller != "", s.until == ALWAYS, limit=stances.COUNTED)
    if own:
        heard = own[0].said
        stance = stances.stance_of_day([w for w in own if w.said == heard])
        changes = select(m.day, m.data).where(m.process_id == cell[0], m.party == cell[1], m.issue == cell[2],
                                              m.kind.in_(("position", "reversal", "shift")))  # fmt: skip
        last = connection.execute(changes.order_by(m.day.desc()).limit(1)).first()
        first = connection.scalar(select(func.min(s.said)).where(_in(cell))) or ""
        since, before = (last.day, json.loads(last.data)["before"]) if last else (first, None)
        summary = stances.summary(own, stance=stance, since=since, before=before, heard=heard, told=told)
    elif told:
        summary = stances.told_only(told)
    else:
        return
    connection.execute(insert(t.cell).values(process_id=cell[0], party=cell[1], issue=cell[2],
                                             summary=json.dumps(summary, ensure_ascii=False)))  # fmt: skip


# Clusters of talks, proposals and claims


def mentions_where(connection: Connection, *conditions: Any) -> list[tuple[Row[Any], Mention]]:
    """Mentions with their accounts, and the rows that they come from."""
    m = t.mention
    query = (
        select(m, t.standing.c.account, func.coalesce(t.passage.c.copies, "").label("copies"))
        .join(t.standing, t.standing.c.document_id == m.c.document_id)
        .join(t.passage, t.passage.c.id == m.c.passage, isouter=True)
        .where(*conditions)
        .order_by(m.c.anchor, m.c.entry_id, m.c.block)
    )
    return [
        (row, Mention(row.entry_id, row.document_id, row.anchor, row.known, row.account, row.copies, row.quote,
                      json.loads(row.data)))
        for row in connection.execute(query)
    ]  # fmt: skip


def _settle_clusters(connection: Connection, touched: _Touched) -> None:
    fresh = [pair for key in touched.new for pair in mentions_where(connection, *_is(key))]
    clusters = set(touched.clusters) | {row.cluster for row, _ in fresh}
    for row, mention in fresh:
        clusters |= _near(connection, row, mention)
    gathered: dict[tuple[str, str, str], list[tuple[Row[Any], Mention]]] = {}
    for some in chunks(clusters):
        for row, mention in mentions_where(connection, t.mention.c.cluster.in_(some)):
            block = row.block if row.kind == "proposal" else ""
            gathered.setdefault((row.process_id, row.kind, block), []).append((row, mention))
        threads = [(r.process_id, r.id) for r in connection.execute(
            select(t.thread.c.process_id, t.thread.c.id).where(t.thread.c.cluster.in_(some)))]  # fmt: skip
        if threads:
            own = and_(t.moment.c.process_id == bindparam("p"), t.moment.c.ref == bindparam("r"))
            connection.execute(delete(t.moment).where(own), [{"p": p, "r": r} for p, r in threads])
        connection.execute(delete(t.thread).where(t.thread.c.cluster.in_(some)))
    for (process_id, kind, block), pairs in sorted(gathered.items()):
        for cluster in _clusters(kind, [mention for _, mention in pairs]):
            _write_cluster(connection, process_id, kind, block, cluster, {row.entry_id: row for row, _ in pairs})


def _is(key: tuple[str, str, str]) -> tuple[Any, ...]:
    m = t.mention.c
    return m.process_id == key[0], m.entry_id == key[1], m.block == key[2]


def _near(connection: Connection, row: Row[Any], mention: Mention) -> set[str]:
    """Clusters that a new mention may belong to."""
    m = t.mention.c
    days = LIFE_WINDOW if row.kind == "proposal" else TALKS_WINDOW
    window = m.anchor.between(shifted(mention.anchor, -days), shifted(mention.anchor, days))
    same = (m.process_id == row.process_id, m.kind == row.kind)
    if row.kind == "proposal":
        return set(connection.scalars(select(m.cluster).where(*same, m.block == row.block, window).distinct()))
    if row.kind == "talks":
        near = mentions_where(connection, *same, m.block == "", window)
        return {other.cluster for other, told in near if same_talks(mention, told)}
    labels = enrol_claim(connection, mention.data["words"])
    return {other.cluster for some in chunks(labels) for other, told in
            mentions_where(connection, *same, m.block.in_(some))
            if shared(told.data["words"], mention.data["words"]) >= CLAIMS_ALIKE}  # fmt: skip


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
    m = t.mention.c
    moved = [mention.entry for mention in cluster if rows[mention.entry].cluster != name]
    for some in chunks(moved):
        of_block = (m.block == block,) if kind == "proposal" else ()
        where = (m.process_id == process_id, m.kind == kind, *of_block, m.entry_id.in_(some))
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
        connection.execute(insert(t.thread), threads)
    if moments:
        connection.execute(insert(t.moment), moments)
