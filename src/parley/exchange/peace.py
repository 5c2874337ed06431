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

from parley.exchange.days import dated, exact_day, whole_day
from parley.exchange.delimited import write_rows
from parley.exchange.report import Report
from parley.exchange.tables import country_of_place, gw_of_state, pax_categories, plover_score, quad_class
from parley.record import Position, Proposal, Record, Talks

PAX_COLUMNS = (
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
_QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
_COUNTS = ("talks", "agreements", *_QUADS)
DYAD_COLUMNS = ("dyad", "side_a", "side_b", "gwno_a", "gwno_b", "year", *_COUNTS, "mean_plover_score")
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
            none = category.fit.startswith("none")
            if none:
                report.leave_out(f"issue '{position.issue}' (no PA-X category)")
            yield {
                "dat": record.document.published,
                "party": position.party,
                "stance": position.stance,
                "act": position.act,
                "issue": position.issue,
                "pax_category": None if none else category.code,
                "pax_label": None if none else category.label,
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
    """UCDP-style dyad-years: how often two sides met, agreed, cooperated and fought, and their mean PLOVER score.

    What several reports tell counts once: talks of a kind, day and number, an event of a type and mode from one side to the
    other on a day (the field's one-a-day filter).
    """
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    told: set[tuple[Any, ...]] = set()
    for record in records:
        report.leave_out_lists(record, "statements", "positions", "proposals", "claims")
        for key, what, score in _dyadic(record, report):
            report.leave_out("talks and events of no known year", not key[-1])
            if not key[-1]:
                continue
            report.leave_out("further reports of the same talks or event", what in told)
            if what in told:
                continue
            told.add(what)
            count = counts.setdefault(key, Counter())
            count[what[0]] += 1
            if score is not None:
                count["scored"] += 1
                count["tenths"] += round(score * 10)
    report.rows = write_rows(path, DYAD_COLUMNS, (_dyad_row(key, count) for key, count in sorted(counts.items())))


def _dyad_row(key: tuple[str, str, str], count: Counter[str]) -> dict[str, Any]:
    side_a, side_b, year = key
    return {
        "dyad": f"{side_a} - {side_b}",
        "side_a": side_a,
        "side_b": side_b,
        "gwno_a": gw_of_state(side_a),
        "gwno_b": gw_of_state(side_b),
        "year": year,
        **{name: count[name] for name in _COUNTS},
        "mean_plover_score": round(count["tenths"] / 10 / count["scored"], 2) if count["scored"] else None,
    }


def _dyadic(record: Record, report: Report) -> Iterator[tuple[tuple[str, str, str], tuple[Any, ...], float | None]]:
    """What a record adds to its dyad-years: the dyad-year, what tells it from others with its column first, its score."""
    party_of = {actor.id: actor.party for actor in record.actors}

    def year_of(side_a: str, side_b: str, date: str | None) -> tuple[str, str, str]:
        day = dated(date) or record.document.published
        one, other = sorted((side_a, side_b))
        return one, other, (day or "")[:4]

    for talks in record.talks:
        if talks.status not in ("held", "ongoing") or len(talks.participants) < 2:
            report.leave_out("talks that were not held or name fewer than two sides")
            continue
        for pair in _dyads(talks.participants):
            same = (pair, talks.kind, talks.date or record.document.published, talks.ordinal)
            yield year_of(*pair, talks.date), ("talks", *same), None
            if talks.outcome == "agreement":
                yield year_of(*pair, talks.date), ("agreements", *same), None
    for event in record.events:
        pairs = {(a, b) for s in event.source for t in event.target if (a := party_of[s]) and (b := party_of[t]) and a != b}
        if not pairs or event.status not in ("occurred", "ongoing"):
            report.leave_out("events that did not occur or are not between two sides")
            continue
        for a, b in sorted(pairs):
            what = (
                _QUADS[quad_class(event.type) - 1],
                a,
                b,
                event.type,
                event.mode,
                event.date or record.document.published,
            )
            yield year_of(a, b, event.date), what, plover_score(event.type, event.mode)


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
            basis = _basis(record, proposal)
            side_a, side_b = _sides(proposal)
            yield {
                "cf_id": basis.pop("id"),
                "side_a": "; ".join(side_a) or None,
                "side_b": "; ".join(side_b) or None,
                "type": _ceasefire_type(proposal),
                "status": proposal.status,
                "start_date": record.document.published,
                "date_prec": "report",
                "duration": terms[0].duration,
                "until": proposal.until,
                "condition": terms[0].condition and terms[0].condition.quote,
                **basis,
            }


def _sides(proposal: Proposal) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who proposes and to whom; of what several agree on together, the first and the others."""
    return (proposal.by, proposal.to) if proposal.to else (proposal.by[:1], proposal.by[1:])


def _ceasefire_type(proposal: Proposal) -> str | None:
    """By how many sides; None for what one side put to nobody that the report names, which need not be meant for itself."""
    count = len({*proposal.by, *proposal.to})
    if count < 2 and proposal.status not in ("agreed", "in-force", "violated", "expired"):
        return None
    return {1: "unilateral", 2: "bilateral"}.get(count, "multilateral")


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
            report.leave_out("mediators of talks", len(talks.mediators))
            date = whole_day(dated(talks.date) or record.document.published)
            country, whole = country_of_place(talks.place)
            first, second = (*talks.participants, None)[:2]
            inter = [_inter(record, party) for party in (first, second)]
            yield {
                "event_id_cnty": _basis(record, talks)["id"],
                "event_date": date,
                "year": (date or "")[:4],
                "time_precision": 1 if exact_day(talks.date) else 3,
                "disorder_type": "Strategic developments",
                "event_type": "Strategic developments",
                "sub_event_type": "Agreement",
                "actor1": first,
                "actor2": second,
                "assoc_actor_2": "; ".join(talks.participants[2:]) or None,
                "inter1": inter[0],
                "inter2": inter[1],
                "interaction": "".join(sorted(map(str, inter))) if all(inter) else None,
                "iso": country and country.numeric,
                "country": country and country.name,
                "location": talks.place,
                "geo_precision": (3 if whole else 1) if talks.place else None,
                "source": record.document.publisher,
                "notes": talks.evidence.quote,
                "fatalities": 0,
            }


_INTER = {"GOV": 1, "MIL": 1, "REB": 2, "PRM": 3, "CVL": 7, "IGO": 8}
"""ACLED's codes of kinds of actors (state forces, rebel groups, political militias, civilians, external and other forces),
by the PLOVER sector of who bears the party's name."""


def _inter(record: Record, party: str | None) -> int | None:
    return next((_INTER.get(actor.sector or "") for actor in record.actors if actor.name == party), None)


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
