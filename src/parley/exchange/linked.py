"""Linked data: JSON-LD with W3C Web Annotation selectors, PROV-O and schema.org; and FollowTheMoney entities."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import sha1
from pathlib import Path
from typing import Any

from parley.exchange.report import Report
from parley.record import Actor, Entry, Record, Span, spans_of

CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dcterms": "http://purl.org/dc/terms/",
    "parley": "https://w3id.org/parley/record#",
    "@base": "urn:parley:",
}
_CONTEXT_WORDS = 32
"""Characters of prefix and suffix in a TextQuoteSelector, enough to find a quotation again in a text that moved."""
_TYPES = {
    "Actor": "schema:Thing",
    "Statement": "schema:Statement",
    "Claim": "schema:Claim",
    "Event": "schema:Event",
    "Talks": "schema:Event",
}


def write_jsonld(records: Iterable[Record], path: Path, report: Report) -> None:
    """One JSON-LD document: articles, entries, an annotation for every evidence span, and how each was made."""
    graph: list[dict[str, Any]] = []
    for record in records:
        graph += _article(record)
        for entry in record.entries():
            graph += _linked_entry(record, entry)
    report.rows = len(graph)
    path.write_text(json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1), "utf-8")


def _article(record: Record) -> Iterator[dict[str, Any]]:
    document, base = record.document, record.document.sha256[:16]
    article: dict[str, Any] = {
        "@id": base,
        "@type": ["schema:NewsArticle", "prov:Entity"],
        "schema:articleBody": document.text,
        "schema:inLanguage": document.language,
    }
    for term, value in (
        ("schema:headline", document.title),
        ("schema:datePublished", document.published),
        ("parley:dateMethod", document.date_method),
        ("parley:dateReliability", document.date_reliability),
        ("schema:publisher", document.publisher),
        ("schema:url", document.url),
    ):
        if value:
            article[term] = value
    yield article
    yield {
        "@id": f"{base}/reading",
        "@type": "prov:Activity",
        "prov:used": {"@id": base},
        "prov:wasAssociatedWith": {"@id": "software"},
    }
    yield {
        "@id": "software",
        "@type": "prov:SoftwareAgent",
        "schema:name": "Parley",
        "schema:softwareVersion": record.parley,
    }


def _linked_entry(record: Record, entry: Entry) -> Iterator[dict[str, Any]]:
    base = record.document.sha256[:16]
    name, id_ = type(entry).__name__, f"{base}/{entry.id}"
    node: dict[str, Any] = {
        "@id": id_,
        "@type": [f"parley:{name}", _TYPES.get(name, "schema:Thing"), "prov:Entity"],
        "prov:wasGeneratedBy": {"@id": f"{base}/reading"},
        "parley:rule": f"{entry.made_by.stage}/{entry.made_by.rule}",
        "parley:ruleVersion": entry.made_by.version,
    }
    for field, value in entry.model_dump(mode="json", exclude={"id", "made_by"}).items():
        words = [v for v in (value if isinstance(value, list) else [value]) if v is not None and not isinstance(v, dict)]
        if words:
            node[f"parley:{field}"] = words if isinstance(value, list) else words[0]
    if name == "Claim":
        node["schema:text"] = node["parley:text"]
    yield node
    for number, span in enumerate(spans_of(entry)):
        yield {
            "@id": f"{id_}/evidence/{number}",
            "@type": "oa:Annotation",
            "oa:hasBody": {"@id": id_},
            "oa:motivatedBy": {"@id": "oa:describing"},
            "oa:hasTarget": {"oa:hasSource": {"@id": base}, "oa:hasSelector": _selectors(record.document.text, span)},
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


_FTM_SCHEMA = {
    "person": "Person",
    "state": "PublicBody",
    "government": "PublicBody",
    "military": "PublicBody",
    "organisation": "Organization",
    "party": "Organization",
    "armed-group": "Organization",
}


def write_followthemoney(records: Iterable[Record], path: Path, report: Report) -> None:
    """Actors as FollowTheMoney entities and articles as its Article, with a Mention joining them; one JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for record in records:
            report.leave_out_lists(record, "statements", "events", "positions", "proposals", "talks", "claims")
            for entity in _ftm_entities(record, report):
                file.write(json.dumps(entity, ensure_ascii=False) + "\n")
                report.rows += 1


def _ftm_entities(record: Record, report: Report) -> Iterator[dict[str, Any]]:
    document, article = record.document, record.document.sha256
    properties = {
        "title": document.title or document.text.strip()[:80],
        "publishedAt": document.published,
        "bodyText": document.text,
        "sourceUrl": document.url,
        "publisher": document.publisher,
        "contentHash": None,
    }
    yield _ftm("Article", article, properties)
    for actor in record.actors:
        if actor.kind not in _FTM_SCHEMA:
            report.leave_out(f"actors of kind '{actor.kind}'")
            continue
        id_ = sha1(f"{article}/{actor.id}".encode()).hexdigest()
        yield _ftm(
            _FTM_SCHEMA[actor.kind],
            id_,
            {
                "name": actor.name,
                "country": None,
                "wikidataId": actor.wikidata,
                "position": actor.role if actor.kind == "person" else None,
                "proof": article,
            },
        )
        yield _ftm("Mention", sha1(f"{id_}/mention".encode()).hexdigest(), _ftm_mention(actor, id_, article))


def _ftm_mention(actor: Actor, id_: str, article: str) -> dict[str, Any]:
    return {
        "document": article,
        "resolved": id_,
        "name": sorted({span.quote for span in actor.mentions}),
        "detectedSchema": _FTM_SCHEMA[actor.kind],
    }


def _ftm(schema: str, id_: str, properties: dict[str, Any]) -> dict[str, Any]:
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value}
    return {"id": id_, "schema": schema, "properties": values}
