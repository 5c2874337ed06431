"""The state as of a day derived from scratch: from all that was known on it, by the same functions as today's state."""

from __future__ import annotations

import json
from typing import Any

from parley.ledger import stances
from parley.ledger import tables as t
from parley.ledger.cells import cell_ref, words_where
from parley.ledger.clusters import items_of, mentions_where
from parley.ledger.mentions import Item, Moment
from parley.ledger.view import View


def words(view: View, process: str) -> dict[tuple[str, str], list[stances.Word]]:
    """All words that counted, by party and issue."""
    s = t.stance.c
    query = words_where(s.process_id == process, s.known <= view.as_of, s.until > view.as_of).add_columns(s.party, s.issue)
    found: dict[tuple[str, str], list[stances.Word]] = {}
    for row in view.connection.execute(query):
        found.setdefault((row[10], row[11]), []).append(stances.Word(*row[:9], json.loads(row[9])))
    return found


def matrix(view: View, process: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Where each party stood."""
    found = {cell: stances.summary_of(of) for cell, of in words(view, process).items()}
    return {cell: {**summary, "silent": stances.silent_days(summary["last_said"], view.today())}
            for cell, summary in found.items() if summary}  # fmt: skip


def items(view: View, process: str, kind: str) -> list[Item]:
    """Talks, proposals or claims."""
    m = t.mention.c
    known = (m.process_id == process, m.kind == kind, m.known <= view.as_of, m.until > view.as_of)
    by_cluster: dict[tuple[str, str], list[Any]] = {}
    for row, mention in mentions_where(view.connection, *known):
        by_cluster.setdefault(("", row.block) if kind == "proposal" else (row.cluster, ""), []).append(mention)
    return [item for (_, block), of in by_cluster.items() for item in items_of(kind, block, of)]


def moments(view: View, process: str) -> list[dict[str, Any]]:
    """All that had happened."""
    found = [_data(process, item.id, step, moment) for kind in ("talks", "proposal", "claim")
             for item in items(view, process, kind) for step, moment in enumerate(item.moments)]  # fmt: skip
    for (party, issue), of in words(view, process).items():
        before = None
        for stance, run in stances.runs(of):
            day = [w for w in run if w.said == run[0].said]
            if run[0].said:
                kind = stances.change(before, stance) if before else "position"
                data = stances.moment_data(day, before=before, after=stance)
                moment = Moment(run[0].said, min(w.known for w in day if w.stance == stance), kind, party, issue, data)
                found.append(_data(process, f"{cell_ref((process, party, issue))}-{run[0].said}", 0, moment))
            before = stance
    return found


def _data(process: str, ref: str, step: int, of: Moment) -> dict[str, Any]:
    return {"process": process, "ref": ref, "step": step, **vars(of), **json.loads(json.dumps(of.data))} | {"data": None}


def state(view: View, process: str) -> dict[str, Any]:
    """The whole of it, in the order in which the ledger gives it."""
    every = [{k: v for k, v in m.items() if k != "data"} for m in moments(view, process)]
    backwards = lambda day: tuple(-ord(c) for c in day)  # noqa: E731
    things = {kind: sorted(((i.id, i.day, i.summary) for i in items(view, process, kind)), key=lambda i: (backwards(i[1]), i[0]))
              for kind in ("talks", "proposal", "claim")}  # fmt: skip
    return {"matrix": matrix(view, process), **things,
            "timeline": sorted(every, key=lambda m: (backwards(m["day"]), m["ref"], m["step"]))}  # fmt: skip


def told(view: View, process: str) -> dict[str, Any]:
    """The same as the ledger gives it."""
    cells = {(party, issue): cell for party, of in view.matrix(process).items() for issue, cell in of.items()}
    things = {kind: [(i.id, i.day, i.summary) for i in view.items(process, kind, 10_000)]
              for kind in ("talks", "proposal", "claim")}  # fmt: skip
    return {"matrix": cells, **things, "timeline": view.timeline(process, limit=10_000)}
