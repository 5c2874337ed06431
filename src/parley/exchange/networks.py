"""Networks of who does what to whom and who addresses whom, for Gephi and igraph: GraphML and GEXF."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from parley.exchange.calendars import cleaned
from parley.exchange.report import Report
from parley.exchange.tables import plover_score
from parley.record import Record

if TYPE_CHECKING:
    import networkx as nx


def network(records: Iterable[Record], report: Report) -> nx.MultiDiGraph:
    """Parties as nodes; events and statements between them as edges, parallel ones kept, each with type, date and score.

    Every edge weighs 1, since layouts and measures want positive weights; the PLOVER score (-10 to 10) stands beside it.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    for record in records:
        report.leave_out_lists(record, "positions", "proposals", "talks", "claims")
        party_of = {actor.id: cleaned(actor.party or "") for actor in record.actors}
        published, document = record.document.published or "", record.document.sha256[:16]
        for actor in record.actors:
            party, bears = party_of[actor.id], actor.name == actor.party
            if party and (bears or party not in graph):
                graph.add_node(party, kind=actor.kind if bears else "", country=actor.country or "",
                               sector=(actor.sector or "") if bears else "")  # fmt: skip
        for event in record.events:
            pairs = [(party_of[s], party_of[t]) for s in event.source for t in event.target]
            ends = [(s, t) for s, t in dict.fromkeys(pairs) if s and t and s != t]
            report.leave_out("events that are not between two sides", not ends)
            for source, target in ends:
                graph.add_edge(
                    source,
                    target,
                    layer="event",
                    code=event.type,
                    status=event.status,
                    date=event.date or published,
                    weight=1.0,
                    score=plover_score(event.type, event.mode),
                    words=cleaned(event.evidence.quote),
                    document=document,
                )
        for statement in record.statements:
            party, addressee = cleaned(statement.party or ""), statement.addressee and party_of[statement.addressee]
            if party and addressee and addressee != party:
                graph.add_edge(
                    party,
                    addressee,
                    layer="statement",
                    code=statement.act,
                    status="occurred",
                    date=statement.date or published,
                    weight=1.0,
                    score=0.0,
                    words=cleaned(statement.content[0].quote),
                    document=document,
                )
            else:
                report.leave_out("statements that address nobody")
    report.rows = graph.number_of_edges()
    return graph


def write_graphml(records: Iterable[Record], path: Path, report: Report) -> None:
    """The network as GraphML 1.0."""
    import networkx as nx

    nx.write_graphml(network(records, report), path)


def write_gexf(records: Iterable[Record], path: Path, report: Report) -> None:
    """The network as GEXF 1.2draft, as Gephi reads it."""
    import networkx as nx

    nx.write_gexf(network(records, report), path)
