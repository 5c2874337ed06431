"""Feeds of a process, written from the ledger's state: the same state gives the same bytes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

from parley.exchange.calendars import ICAL_STATUS, cleaned, escaped, folded
from parley.ledger.days import UNDATED, is_day
from parley.ledger.sentences import sentence
from parley.ledger.view import View
from parley.views.html import printable

_ATOM = "http://www.w3.org/2005/Atom"
ENTRIES, EVENTS = 100, 500


def atom(view: View, process: dict[str, Any], here: str) -> bytes:
    """The last changes of a process, each with its words and sources."""
    ET.register_namespace("", _ATOM)
    moments = [m for m in view.timeline(process["id"], limit=ENTRIES) if m["known"] < UNDATED]
    sources = view.sources(q["document"] for m in moments for q in m["quotes"])
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _put(feed, "id", f"urn:parley:process:{process['id']}")
    _put(feed, "title", f"{process['name']}: what changed")
    _put(feed, "updated", f"{max((m['known'] for m in moments), default='1970-01-01')}T00:00:00Z")
    ET.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=cleaned(f"{here}/feeds/{process['id']}.atom"))
    ET.SubElement(feed, f"{{{_ATOM}}}link", href=cleaned(f"{here}/p/{process['id']}"))
    _put(ET.SubElement(feed, f"{{{_ATOM}}}author"), "name", "Parley")
    for m in moments:
        node = ET.SubElement(feed, f"{{{_ATOM}}}entry")
        _put(node, "id", f"urn:parley:{process['id']}:{m['ref']}:{m['step']}:{m['kind']}")
        _put(node, "title", sentence(m))
        _put(node, "updated", f"{m['known']}T00:00:00Z")
        first = m["quotes"][0]["document"] if m["quotes"] else ""
        ET.SubElement(node, f"{{{_ATOM}}}link", href=cleaned(f"{here}/d/{first}" if first else f"{here}/p/{process['id']}"))
        words = [f"“{' '.join(q['quote'].split())}” ({_source(sources.get(q['document'], {}))})" for q in m["quotes"]]
        _put(node, "content", "\n".join(words)).set("type", "text")
    return bytes(ET.tostring(feed, encoding="utf-8", xml_declaration=True))


def _source(source: dict[str, Any]) -> str:
    return ", ".join(str(part) for part in (source.get("publisher"), source.get("published")) if part) or "source not named"


def _put(parent: ET.Element, name: str, text: str) -> ET.Element:
    node = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    node.text = cleaned(printable(text))
    return node


def icalendar(view: View, process: dict[str, Any], here: str) -> str:
    """Talks with a known day as all-day events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parley//desk//EN", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{escaped(process['name'])}"]  # fmt: skip
    for talks in view.talks(process["id"], EVENTS):
        if not is_day(talks["date"]):
            continue
        day = date.fromisoformat(talks["date"])
        known = talks["last_reported"] if talks["last_reported"] < UNDATED else talks["date"]
        told = talks["told"][-1] if talks["told"] else None
        lines += [
            "BEGIN:VEVENT",
            f"UID:{talks['id']}@parley",
            f"DTSTAMP:{known.replace('-', '')}T000000Z",
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(sentence({**talks, 'kind': 'talks', 'kind_of_talks': talks['kind']}))}",
            *([f"LOCATION:{escaped(talks['place'])}"] if talks["place"] else []),
            f"STATUS:{ICAL_STATUS[talks['status']]}",
            f"URL:{here}/p/{process['id']}/talks",
            *([f"DESCRIPTION:{escaped('“' + printable(told['quote']) + '”')}"] if told else []),
            "END:VEVENT",
        ]
    return "".join(part + "\r\n" for line in [*lines, "END:VCALENDAR"] for part in folded(line))
