"""Events in the layouts of the event data field: POLECAT (PLOVER), GDELT 1.0 and ICEWS (CAMEO)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

from parley.exchange.days import dated, whole_day
from parley.exchange.delimited import write_rows
from parley.exchange.report import Report
from parley.exchange.tables import (
    cameo_name,
    country_of_code,
    country_of_place,
    goldstein_score,
    known_group,
    numbers_of_code,
    plover_score,
    quad_class,
    sector_of_code,
)
from parley.record import Actor, Event, Record

POLECAT_COLUMNS = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
"""Columns of the POLECAT yearly files (Halterman et al. 2023, POLECAT data on Dataverse)."""

_GDELT_ACTOR = (
    "Code",
    "Name",
    "CountryCode",
    "KnownGroupCode",
    "EthnicCode",
    "Religion1Code",
    "Religion2Code",
    "Type1Code",
    "Type2Code",
    "Type3Code",
)
_GDELT_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
GDELT_COLUMNS = (
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    *(f"Actor{n}{field}" for n in (1, 2) for field in _GDELT_ACTOR),
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    *(f"{place}Geo_{field}" for place in ("Actor1", "Actor2", "Action") for field in _GDELT_GEO),
    "DATEADDED",
    "SOURCEURL",
)
"""The 58 columns of the GDELT Event Database 1.0 (codebook of 2013), which is written without a header."""

ICEWS_COLUMNS = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)
"""Columns of the ICEWS coded event data (Boschee et al. 2015)."""

_NO_EVENTS = ("statements", "positions", "proposals", "talks", "claims")


def write_polecat(records: Iterable[Record], path: Path, report: Report) -> None:
    """PLOVER events, one JSON object a line, with the column names of POLECAT."""
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            report.leave_out_lists(record, *_NO_EVENTS)
            actors = {actor.id: actor for actor in record.actors}
            for event in record.events:
                file.write(json.dumps(_polecat_row(record, event, actors, report), ensure_ascii=False) + "\n")
                report.rows += 1


def _places(record: Record) -> Iterator[str | None]:
    yield from (event.place for event in record.events)
    yield from (statement.place for statement in record.statements)
    yield from (talks.place for talks in record.talks)


_ORGANISATIONS = ("organisation", "armed-group", "party")


def _polecat_row(record: Record, event: Event, actors: dict[str, Actor], report: Report) -> dict[str, Any]:
    if event.status not in ("occurred", "ongoing"):
        report.leave_out(f"status '{event.status}' of an event")
    country, _ = country_of_place(event.place)
    row: dict[str, Any] = dict.fromkeys(POLECAT_COLUMNS)
    row |= {
        "Event ID": event_id(record, event),
        "Event Date": _day(event, record, report),
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": plover_score(event.type, event.mode),
        "Quad Code": quad_class(event.type),
        "Contexts": event.context,
        "Placename": event.place,
        "Country": country and country.alpha3,
        "Raw Placename": event.place,
        "Source": record.document.publisher,
        "Publication Date": record.document.published,
        "Language": record.document.language,
        "Version": f"parley {record.parley}",
        "Story People": _joined(dict.fromkeys(a.name for a in record.actors if a.kind == "person")),
        "Story Organizations": _joined(dict.fromkeys(a.name for a in record.actors if a.kind in _ORGANISATIONS)),
        "Story Locations": _joined(dict.fromkeys(_places(record))),
    }
    for side, ids in (("Actor", event.source), ("Recipient", event.target)):
        sides = [actors[id] for id in ids]
        if sides:
            row |= {
                f"{side} Name": ";".join(a.name for a in sides),
                f"{side} Country": _joined(a.country for a in sides),
                f"{side} COW": _joined(n and n.cow for n in (numbers_of_code(a.country) for a in sides)),
                f"Primary {side} Sector": sides[0].sector,
                f"{side} Sectors": _joined(a.sector for a in sides),
                f"{side} Title": _joined(a.role for a in sides),
                f"{side} Name Raw": _raw(sides),
            }
            report.leave_out("Wikidata id of an actor (POLECAT names Wikipedia pages)", sum(bool(a.wikidata) for a in sides))
    return row


def write_gdelt(records: Iterable[Record], path: Path, report: Report) -> None:
    """CAMEO events in GDELT 1.0's column order: tab-separated, no header, one row for each pair of source and target."""
    report.rows = write_rows(path, GDELT_COLUMNS, _gdelt_rows(records, report), delimiter="\t", header=False)


def _gdelt_rows(records: Iterable[Record], report: Report) -> Iterator[dict[str, Any]]:
    for record, event, source, target in _coded_pairs(records, report):
        date, cameo = _day(event, record, report), event.cameo or ""
        country, whole = country_of_place(event.place)
        row: dict[str, Any] = {
            "GLOBALEVENTID": _number(record, event, source, target),
            "IsRootEvent": int(event.evidence.start < 1000),
            "EventCode": cameo,
            "EventBaseCode": cameo[:3],
            "EventRootCode": cameo[:2],
            "QuadClass": quad_class(event.type),
            "GoldsteinScale": goldstein_score(cameo),
            "NumMentions": 1,
            "NumSources": 1,
            "NumArticles": 1,
            "ActionGeo_Type": _geo_type(whole) if country else None,
            "ActionGeo_FullName": event.place,
            "ActionGeo_CountryCode": country and country.fips,
            "SOURCEURL": record.document.url,
            "DATEADDED": (whole_day(record.document.published) or "").replace("-", "") or None,
        }
        if date:
            year, month, day = int(date[:4]), date[5:7], date[8:10]
            row |= {
                "SQLDATE": f"{year}{month}{day}",
                "MonthYear": f"{year}{month}",
                "Year": year,
                "FractionDate": f"{year + ((int(month) - 1) * 30 + int(day)) / 365:.4f}",
            }
        for n, actor in ((1, source), (2, target)):
            if actor is not None:
                type_ = sector_of_code(actor.sector).cameo
                report.leave_out(f"sector {actor.sector} of an actor (CAMEO has none)", bool(actor.sector and not type_))
                group = known_group(actor.name, actor.party)
                row |= {
                    f"Actor{n}Code": (actor.country or "") + type_ + group,
                    f"Actor{n}Name": actor.name.upper(),
                    f"Actor{n}CountryCode": actor.country,
                    f"Actor{n}KnownGroupCode": group,
                    f"Actor{n}Type1Code": type_,
                }
        yield row


def _geo_type(country: bool) -> int:
    return 1 if country else 4  # COUNTRY and WORLDCITY in the codebook


def write_icews(records: Iterable[Record], path: Path, report: Report) -> None:
    """CAMEO events in the ICEWS layout: tab-separated with a header, one row for each pair of source and target."""
    report.rows = write_rows(path, ICEWS_COLUMNS, _icews_rows(records, report), delimiter="\t")


def _icews_rows(records: Iterable[Record], report: Report) -> Iterator[dict[str, Any]]:
    for record, event, source, target in _coded_pairs(records, report):
        country, whole = country_of_place(event.place)
        yield {
            "Event ID": _number(record, event, source, target),
            "Event Date": _day(event, record, report),
            "Event Text": cameo_name(event.cameo),
            "CAMEO Code": event.cameo,
            "Intensity": goldstein_score(event.cameo),
            "Story ID": record.document.sha256[:16],
            "Publisher": record.document.publisher,
            "City": None if whole else event.place,
            "Country": country and country.name,
            **_icews_side("Source", source),
            **_icews_side("Target", target),
        }


def _icews_side(side: str, actor: Actor | None) -> dict[str, Any]:
    if actor is None:
        return {}
    country = country_of_code(actor.country)
    return {
        f"{side} Name": actor.name,
        f"{side} Sectors": sector_of_code(actor.sector).icews,
        f"{side} Country": country.name if country else actor.country,
    }


def _coded_pairs(records: Iterable[Record], report: Report) -> Iterator[tuple[Record, Event, Actor | None, Actor | None]]:
    """Each event that CAMEO can carry, once for every pair of a source and a target: its layouts have one of each."""
    for record in records:
        report.leave_out_lists(record, *_NO_EVENTS)
        actors = {actor.id: actor for actor in record.actors}
        for event in record.events:
            if event.cameo is None:
                report.leave_out("events without a CAMEO code")
            elif event.status not in ("occurred", "ongoing"):
                report.leave_out(f"events with status '{event.status}'")
            else:
                for source, target in product(event.source or (None,), event.target or (None,)):
                    yield record, event, source and actors[source], target and actors[target]  # type: ignore[misc]


def event_id(record: Record, event: Event) -> str:
    """An id that is the same in every export: of the document's text and the event's place in the record."""
    return f"{record.document.sha256[:16]}-{event.id}"


def _number(record: Record, event: Event, source: Actor | None, target: Actor | None) -> int:
    """An id as a whole number, which GDELT and ICEWS have, small enough for readers that keep numbers as doubles."""
    pair = "-".join([event_id(record, event), *(a.id for a in (source, target) if a)])
    return int(sha256(pair.encode()).hexdigest()[:13], 16)


def _day(event: Event, record: Record, report: Report) -> str | None:
    """The event's day, else that of the report; the first day of a month or year where no more is known."""
    known = dated(event.date) or record.document.published
    report.leave_out("dates known to the month or year (their first day stands)", bool(known) and len(known or "") < 10)
    return whole_day(known)


def _raw(sides: list[Actor]) -> str:
    return ";".join(actor.mentions[0].quote for actor in sides)


def _joined(values: Iterable[str | None]) -> str | None:
    return ";".join(v for v in values if v) or None
