"""Peace-process layouts, one row a fact, with the words it rests on.

PA-X issues, PNCC-style negotiations, UCDP-style dyads, ETH/PRIO-style ceasefires, ACLED agreements and Discourse Network
Analyzer statements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from parley.exchange.delimited import write_rows
from parley.exchange.report import Report
from parley.exchange.tables import pax_categories, plover_score, quad_class
from parley.record import Position, Record, Talks

PAX_COLUMNS = (
    "pp",
    "dat",
    "party",
    "stance",
    "act",
    "issue",
    "pax_category",
    "pax_label",
    "pax_fit",
    "object",
    "condition",
    "duration",
    "proposal",
    "status",
    "evidence",
    "source",
    "url",
    "id",
)
NEGOTIATION_COLUMNS = (
    "neg_id",
    "dyad",
    "side_a",
    "side_b",
    "start_date",
    "date_prec",
    "place",
    "kind",
    "status",
    "ordinal",
    "level",
    "mediated",
    "third_party",
    "outcome",
    "evidence",
    "source",
    "url",
)
DYAD_COLUMNS = (
    "dyad",
    "side_a",
    "side_b",
    "year",
    "talks",
    "agreements",
    "verbal_cooperation",
    "material_cooperation",
    "verbal_conflict",
    "material_conflict",
    "mean_plover_score",
)
CEASEFIRE_COLUMNS = (
    "cf_id",
    "side_a",
    "side_b",
    "type",
    "status",
    "start_date",
    "date_prec",
    "duration",
    "until",
    "condition",
    "evidence",
    "source",
    "url",
)
ACLED_COLUMNS = (
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
)
"""ACLED's columns since March 2023 (guide to the 2023 column changes)."""
DNA_COLUMNS = ("id", "date", "document", "start", "end", "text", "person", "organization", "concept", "agreement", "source")


def write_pax(records: Iterable[Record], path: Path, report: Report) -> None:
    """Positions and proposal terms by PA-X issue category, with how well each issue fits its category."""
    report.rows = write_rows(path, PAX_COLUMNS, _pax_rows(records, report))


def _pax_rows(records: Iterable[Record], report: Report) -> Iterator[dict[str, Any]]:
    for record in records:
        report.leave_out_lists(record, "statements", "events", "talks", "claims")
        proposals = {term: proposal for proposal in record.proposals for term in proposal.terms}
        for position in record.positions:
            category, proposal = pax_categories()[position.issue], proposals.get(position.id)
            if category.fit.startswith("none"):
                report.leave_out(f"issue '{position.issue}' (no PA-X category)")
            yield {
                "pp": None,
                "dat": record.document.published,
                "party": position.party,
                "stance": position.stance,
                "act": position.act,
                "issue": position.issue,
                "pax_category": None if category.fit.startswith("none") else category.code,
                "pax_label": category.label,
                "pax_fit": category.fit,
                "object": position.object,
                "condition": position.condition and position.condition.quote,
                "duration": position.duration,
                "proposal": proposal and proposal.id,
                "status": proposal and proposal.status,
                **_basis(record, position),
            }


def write_negotiations(records: Iterable[Record], path: Path, report: Report) -> None:
    """Talks as dyad x negotiation event, the unit of the PNCC data: a row for each pair of participants."""
    report.rows = write_rows(path, NEGOTIATION_COLUMNS, _negotiation_rows(records, report))


def _negotiation_rows(records: Iterable[Record], report: Report) -> Iterator[dict[str, Any]]:
    for record in records:
        report.leave_out_lists(record, "statements", "events", "positions", "proposals", "claims")
        for talks in record.talks:
            if len(talks.participants) < 2:
                report.leave_out("talks with fewer than two named participants")
            for side_a, side_b in _dyads(talks.participants):
                basis = _basis(record, talks)
                yield {
                    "neg_id": basis.pop("id"),
                    "dyad": f"{side_a} - {side_b}",
                    "side_a": side_a,
                    "side_b": side_b,
                    "start_date": talks.date,
                    "date_prec": _precision(talks.date),
                    "place": talks.place,
                    "kind": talks.kind,
                    "status": talks.status,
                    "ordinal": talks.ordinal,
                    "level": talks.level,
                    "mediated": int(bool(talks.mediators)),
                    "third_party": "; ".join(talks.mediators) or None,
                    "outcome": talks.outcome,
                    **basis,
                }


def write_dyads(records: Iterable[Record], path: Path, report: Report) -> None:
    """UCDP-style dyad-years: how often two sides met, agreed, cooperated and fought, and their mean PLOVER score."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for record in records:
        report.leave_out_lists(record, "statements", "positions", "proposals", "claims")
        _count_dyads(record, counts, report)
    rows = []
    for (side_a, side_b, year), count in sorted(counts.items()):
        scored = count.pop("scored", 0)
        total = count.pop("tenths", 0) / 10
        rows.append(
            {
                "dyad": f"{side_a} - {side_b}",
                "side_a": side_a,
                "side_b": side_b,
                "year": year,
                **count,
                "mean_plover_score": round(total / scored, 2) if scored else None,
            }
        )
    report.rows = write_rows(path, DYAD_COLUMNS, rows)


_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")


def _count_dyads(record: Record, counts: dict[tuple[str, str, str], Counter[str]], report: Report) -> None:
    party_of = {actor.id: actor.party for actor in record.actors}

    def of(side_a: str, side_b: str, date: str | None) -> Counter[str]:
        year = (date or record.document.published or "")[:4]
        return counts.setdefault((*sorted((side_a, side_b)), year), Counter())  # type: ignore[arg-type]

    for talks in record.talks:
        for pair in _dyads(talks.participants):
            count = of(*pair, talks.date)
            count["talks"] += talks.status in ("held", "ongoing")
            count["agreements"] += talks.outcome == "agreement"
    for event in record.events:
        pairs = {(a, b) for s in event.source for t in event.target if (a := party_of[s]) and (b := party_of[t]) and a != b}
        if not pairs or event.status not in ("occurred", "ongoing"):
            report.leave_out("events that did not occur or are not between two sides")
        for a, b in pairs if event.status in ("occurred", "ongoing") else ():
            count = of(a, b, event.date)
            count[_QUADS[quad_class(event.type) - 1]] += 1
            count["scored"] += 1
            count["tenths"] += round(plover_score(event.type, event.mode) * 10)


def write_ceasefires(records: Iterable[Record], path: Path, report: Report) -> None:
    """Ceasefires in the manner of the ETH/PRIO data: proposals with a ceasefire among their terms."""
    report.rows = write_rows(path, CEASEFIRE_COLUMNS, _ceasefire_rows(records, report))


def _ceasefire_rows(records: Iterable[Record], report: Report) -> Iterator[dict[str, Any]]:
    for record in records:
        report.leave_out_lists(record, "statements", "events", "talks", "claims")
        positions = {position.id: position for position in record.positions}
        for proposal in record.proposals:
            terms = [positions[id] for id in proposal.terms if positions[id].issue == "ceasefire"]
            if not terms:
                report.leave_out("proposals without a ceasefire")
                continue
            sides, basis = proposal.by + proposal.to, _basis(record, proposal)
            yield {
                "cf_id": basis.pop("id"),
                "side_a": "; ".join(proposal.by),
                "side_b": "; ".join(proposal.to) or None,
                "type": {1: "unilateral", 2: "bilateral"}.get(len(set(sides)), "multilateral"),
                "status": proposal.status,
                "start_date": record.document.published,
                "date_prec": "report",
                "duration": terms[0].duration,
                "until": proposal.until,
                "condition": terms[0].condition and terms[0].condition.quote,
                **basis,
            }


def write_acled(records: Iterable[Record], path: Path, report: Report) -> None:
    """Talks that ended in an agreement, as ACLED's strategic developments / Agreement."""
    report.rows = write_rows(path, ACLED_COLUMNS, _acled_rows(records, report))


def _acled_rows(records: Iterable[Record], report: Report) -> Iterator[dict[str, Any]]:
    for record in records:
        report.leave_out_lists(record, "statements", "events", "positions", "proposals", "claims")
        for talks in record.talks:
            if talks.outcome not in ("agreement", "partial") or not talks.participants:
                report.leave_out("talks without an agreement")
                continue
            date = talks.date if talks.date and not talks.date.startswith("X") else record.document.published
            basis = _basis(record, talks)
            yield {
                "event_id_cnty": basis["id"],
                "event_date": date,
                "year": (date or "")[:4],
                "time_precision": 1 if talks.date and len(talks.date) == 10 else 3,
                "disorder_type": "Strategic developments",
                "event_type": "Strategic developments",
                "sub_event_type": "Agreement",
                "actor1": talks.participants[0],
                "actor2": talks.participants[1] if len(talks.participants) > 1 else None,
                "assoc_actor_2": "; ".join(talks.participants[2:]) or None,
                "location": talks.place,
                "geo_precision": 3 if talks.place else None,
                "source": record.document.publisher,
                "notes": talks.evidence.quote,
                "fatalities": 0,
            }


def write_dna(records: Iterable[Record], path: Path, report: Report) -> None:
    """Positions as Discourse Network Analyzer statements: person, organisation, concept, agreement, with their text."""
    report.rows = write_rows(path, DNA_COLUMNS, _dna_rows(records, report))


def _dna_rows(records: Iterable[Record], report: Report) -> Iterator[dict[str, Any]]:
    for record in records:
        report.leave_out_lists(record, "events", "proposals", "talks", "claims")
        statements = {statement.id: statement for statement in record.statements}
        for position in record.positions:
            if position.stance == "conditional":
                report.leave_out("conditions (agreement is yes or no)")
            voice = statements.get(position.voice)
            yield {
                "id": _basis(record, position)["id"],
                "date": record.document.published,
                "document": record.document.title,
                "start": position.evidence.start,
                "end": position.evidence.end,
                "text": position.evidence.quote,
                "person": voice and voice.speaker_name,
                "organization": position.party,
                "concept": position.issue,
                "agreement": int(position.stance != "opposes"),
                "source": record.document.publisher,
            }


def _basis(record: Record, entry: Position | Talks | Any) -> dict[str, Any]:
    return {
        "evidence": entry.evidence.quote,
        "source": record.document.publisher,
        "url": record.document.url,
        "id": f"{record.document.sha256[:16]}-{entry.id}",
    }


def _dyads(participants: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield from combinations(sorted(set(participants)), 2)


def _precision(date: str | None) -> str | None:
    return {4: "year", 7: "month", 10: "day"}.get(len(date)) if date else None
