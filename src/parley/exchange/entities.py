"""FollowTheMoney: articles, who they name, and the talks and events between them, for Aleph and its kin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

from parley.exchange.calendars import title_of
from parley.exchange.days import dated
from parley.exchange.report import Report
from parley.exchange.tables import Country, cameo_name, country_of_code, country_of_place
from parley.record import Actor, Event, Record, Talks

_SCHEMA = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "military": "PublicBody",
    "organisation": "Organization",
    "party": "Organization",
    "armed-group": "Organization",
}
_LANGUAGES = {"en": "eng"}
"""FollowTheMoney has ISO 639-3, and what Parley reads is English."""


def write_followthemoney(records: Iterable[Record], path: Path, report: Report) -> None:
    """Articles, actors with the mentions that join them, talks and what happened as its events; one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            report.leave_out_lists(record, "statements", "positions", "proposals", "claims")
            for entity in _entities(record, report):
                file.write(json.dumps(entity, ensure_ascii=False) + "\n")
                report.rows += 1


def _entities(record: Record, report: Report) -> Iterator[dict[str, Any]]:
    document = record.document
    properties = {
        "title": document.title or document.text.strip()[:80],
        "publishedAt": dated(document.published),
        "bodyText": document.text,
        "language": _LANGUAGES.get(document.language),
        "sourceUrl": document.url,
        "publisher": document.publisher,
    }
    yield _entity("Article", document.sha256, properties)
    for actor in record.actors:
        if actor.kind not in _SCHEMA:
            report.leave_out(f"actors of kind '{actor.kind}'")
            continue
        yield _actor(record, actor)
        yield _mention(record, actor)
    for talks in record.talks:
        yield _talks(record, talks)
    for event in record.events:
        if event.status in ("occurred", "ongoing"):
            yield _event(record, event)
        else:
            report.leave_out(f"events with status '{event.status}'")


def _actor(record: Record, actor: Actor) -> dict[str, Any]:
    role = f"former {actor.role}" if actor.role and actor.former else actor.role
    return _entity(
        _SCHEMA[actor.kind],
        _id(record, actor.id),
        {
            "name": actor.name,
            "country": _alpha2(country_of_code(actor.country)),
            "wikidataId": actor.wikidata,
            "position": role if actor.kind == "person" else None,
            "proof": record.document.sha256,
        },
    )


def _mention(record: Record, actor: Actor) -> dict[str, Any]:
    id_ = _id(record, actor.id)
    return _entity(
        "Mention",
        sha1(f"{id_}/mention".encode()).hexdigest(),
        {
            "document": record.document.sha256,
            "resolved": id_,
            "name": sorted({span.quote for span in actor.mentions}),
            "detectedSchema": _SCHEMA[actor.kind],
            "contextCountry": _alpha2(country_of_code(actor.country)),
        },
    )


def _talks(record: Record, talks: Talks) -> dict[str, Any]:
    involved, mediators = (_named(record, names) for names in (talks.participants, talks.mediators))
    return _happening(record, talks, title_of(talks), involved, mediators, [talks.kind, talks.status, talks.outcome])


def _event(record: Record, event: Event) -> dict[str, Any]:
    involved = [_id(record, a.id) for a in record.actors if a.id in (*event.source, *event.target) and a.kind in _SCHEMA]
    name = cameo_name(event.cameo) or event.type.capitalize()
    return _happening(record, event, name, involved, [], [event.type, *([event.cameo] if event.cameo else [])])


def _happening(record: Record, entry: Talks | Event, name: str, involved: list[str], organizers: list[str],
               keywords: list[str]) -> dict[str, Any]:  # fmt: skip
    country, _ = country_of_place(entry.place)
    return _entity(
        "Event",
        _id(record, entry.id),
        {
            "name": name,
            "date": dated(entry.date or record.document.published),
            "location": entry.place,
            "country": _alpha2(country),
            "involved": involved,
            "organizer": organizers,
            "summary": entry.evidence.quote,
            "keywords": keywords,
            "sourceUrl": record.document.url,
            "publisher": record.document.publisher,
            "proof": record.document.sha256,
        },
    )


def _named(record: Record, parties: Iterable[str]) -> list[str]:
    """The entities of parties: who bears the name, or else the first that speaks for it."""
    found = []
    for party in parties:
        bearers = [a for a in record.actors if a.party == party and a.kind in _SCHEMA]
        bearers.sort(key=lambda actor: actor.name != party)
        found += [_id(record, actor.id) for actor in bearers[:1]]
    return found


def _id(record: Record, entry: str) -> str:
    return sha1(f"{record.document.sha256}/{entry}".encode()).hexdigest()


def _alpha2(country: Country | None) -> str | None:
    return country.alpha2.lower() if country else None


def _entity(schema: str, id_: str, properties: dict[str, Any]) -> dict[str, Any]:
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value}
    return {"id": id_, "schema": schema, "properties": values}
