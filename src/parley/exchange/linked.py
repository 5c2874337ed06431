"""Linked data: JSON-LD with W3C Web Annotation selectors, PROV-O and schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from parley.exchange.days import dated
from parley.exchange.report import Report
from parley.record import Actor, Claim, Entry, Event, Record, Span, Statement, Talks

CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "parley": "https://w3id.org/parley/record#",
    "item": "urn:parley:",
}
_CONTEXT_WORDS = 32
"""Characters of prefix and suffix in a TextQuoteSelector, enough to find a quotation again in a text that moved."""
_TYPES = {"Statement": "schema:Statement", "Claim": "schema:Claim", "Event": "schema:Event", "Talks": "schema:Event"}
_ACTOR_TYPES = {"person": "schema:Person", "state": "schema:Country", "population": "schema:Thing", "other": "schema:Thing"}
_LINKS = ("speaker", "addressee", "within", "source", "target", "voice", "terms")
"""Fields that name other entries of the record: they become links."""
_DATES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def write_jsonld(records: Iterable[Record], path: Path, report: Report) -> None:
    """One JSON-LD document: articles, entries, an annotation for every span, and how each was made."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [')
        for node in _nodes(records):
            file.write((",\n" if report.rows else "\n") + json.dumps(node, ensure_ascii=False))
            report.rows += 1
        file.write("\n]}\n")


def _nodes(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    readers = set()
    for record in records:
        if record.parley not in readers:
            readers.add(record.parley)
            yield {"@id": _reader(record), "@type": "prov:SoftwareAgent", "schema:name": "Parley",
                   "schema:softwareVersion": record.parley}  # fmt: skip
        yield from _article(record)
        for entry in record.entries():
            yield _linked_entry(record, entry)
            yield from _annotations(record, entry)


def _reader(record: Record) -> str:
    return f"item:reader-{record.parley}"


def _id(record: Record, entry: str = "") -> str:
    return f"item:{record.document.sha256[:16]}" + (f"/{entry}" if entry else "")


def _article(record: Record) -> Iterator[dict[str, Any]]:
    document = record.document
    article: dict[str, Any] = {
        "@id": _id(record),
        "@type": ["schema:NewsArticle", "prov:Entity"],
        "schema:articleBody": document.text,
        "schema:inLanguage": document.language,
    }
    for term, value in (
        ("schema:headline", document.title),
        ("schema:datePublished", _date(document.published)),
        ("parley:dateMethod", document.date_method),
        ("parley:dateReliability", document.date_reliability),
        ("schema:publisher", document.publisher and {"@type": "schema:Organization", "schema:name": document.publisher}),
        ("schema:url", document.url),
    ):
        if value:
            article[term] = value
    yield article
    yield {
        "@id": _id(record, "reading"),
        "@type": "prov:Activity",
        "prov:used": {"@id": _id(record)},
        "prov:wasAssociatedWith": {"@id": _reader(record)},
    }


def _date(date: str | None) -> dict[str, str] | str | None:
    """A date with its XML Schema type; one without a year is left as the words it is."""
    known = dated(date)
    return {"@type": _DATES[len(known)], "@value": known} if known else date


def _linked_entry(record: Record, entry: Entry) -> dict[str, Any]:
    name = type(entry).__name__
    kind = _ACTOR_TYPES.get(entry.kind, "schema:Organization") if isinstance(entry, Actor) else _TYPES.get(name)
    node: dict[str, Any] = {
        "@id": _id(record, entry.id),
        "@type": [f"parley:{name}", kind or "schema:Thing", "prov:Entity"],
        "prov:wasGeneratedBy": {"@id": _id(record, "reading")},
        "prov:wasDerivedFrom": {"@id": _id(record)},
        "parley:rule": f"{entry.made_by.stage}/{entry.made_by.rule}",
        "parley:ruleVersion": entry.made_by.version,
    }
    for field, value in entry.model_dump(mode="json", exclude={"id", "made_by"}).items():
        words = [v for v in (value if isinstance(value, list) else [value]) if v is not None and not isinstance(v, dict)]
        if field in _LINKS:
            words = [{"@id": "parley:narrator" if word == "narrator" else _id(record, word)} for word in words]
        elif field == "date":
            words = [_date(word) for word in words]
        elif field == "confidence":  # a bare 1.0 is a whole number to JSON-LD, and to some readers not
            words = [{"@type": "xsd:decimal", "@value": str(word)} for word in words]
        if words:
            node[f"parley:{field}"] = words if isinstance(value, list) else words[0]
    return node | _in_schema_org(record, entry)


def _in_schema_org(record: Record, entry: Entry) -> dict[str, Any]:
    """What schema.org has terms for."""
    found: dict[str, Any] = {}
    match entry:
        case Actor():
            found = {"schema:name": entry.name, "schema:jobTitle": entry.role if entry.kind == "person" else None}
            if entry.wikidata:
                found["schema:sameAs"] = {"@id": f"http://www.wikidata.org/entity/{entry.wikidata}"}
        case Statement():
            words = " … ".join(span.quote for span in entry.content)
            found = {"schema:text": words, "schema:isPartOf": {"@id": _id(record)},
                     "schema:creator": entry.speaker and {"@id": _id(record, entry.speaker)}}  # fmt: skip
        case Event() | Talks():
            place = entry.place and {"@type": "schema:Place", "schema:name": entry.place}
            found = {"schema:startDate": _date(entry.date), "schema:location": place,
                     "schema:description": entry.evidence.quote}  # fmt: skip
        case Claim():
            found = {"schema:text": entry.text, "schema:appearance": {"@id": _id(record)}}
    return {term: value for term, value in found.items() if value}


def _annotations(record: Record, entry: Entry) -> Iterator[dict[str, Any]]:
    """An annotation for each span, with the field of the entry that it is the words of."""
    of_fields = ((name, getattr(entry, name)) for name in type(entry).model_fields)
    spans = ((name, s) for name, v in of_fields for s in (v if isinstance(v, tuple) else (v,)) if isinstance(s, Span))
    for number, (field, span) in enumerate(spans):
        yield {
            "@id": _id(record, f"{entry.id}/evidence/{number}"),
            "@type": "oa:Annotation",
            "oa:hasBody": {"@id": _id(record, entry.id)},
            "oa:motivatedBy": {"@id": "oa:describing"},
            "parley:field": field,
            "oa:hasTarget": {
                "@type": "oa:SpecificResource",
                "oa:hasSource": {"@id": _id(record)},
                "oa:hasSelector": _selectors(record.document.text, span),
            },
        }


def _selectors(text: str, span: Span) -> list[dict[str, Any]]:
    return [
        {
            "@type": "oa:TextPositionSelector",
            "oa:start": {"@type": "xsd:nonNegativeInteger", "@value": span.start},
            "oa:end": {"@type": "xsd:nonNegativeInteger", "@value": span.end},
        },
        {
            "@type": "oa:TextQuoteSelector",
            "oa:exact": span.quote,
            "oa:prefix": text[max(0, span.start - _CONTEXT_WORDS) : span.start],
            "oa:suffix": text[span.end : span.end + _CONTEXT_WORDS],
        },
    ]
