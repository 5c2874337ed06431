"""Calendar and feed: talks as iCalendar (RFC 5545), positions, proposals and talks as Atom (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from parley.exchange.days import exact_day, whole_day
from parley.exchange.report import Report
from parley.record import Position, Proposal, Record, Talks

_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATOM = "http://www.w3.org/2005/Atom"
ICAL_STATUS = {
    "held": "CONFIRMED",
    "ongoing": "CONFIRMED",
    "scheduled": "CONFIRMED",
    "proposed": "TENTATIVE",
    "cancelled": "CANCELLED",
    "collapsed": "CANCELLED",
}
"""The status of talks in a calendar's words."""


def write_icalendar(records: Iterable[Record], path: Path, report: Report) -> None:
    """Talks with a known day as all-day events; the others are counted as not carried."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parley//talks//EN", "CALSCALE:GREGORIAN",
             "X-WR-CALNAME:Talks"]  # fmt: skip
    for record in records:
        report.leave_out_lists(record, "statements", "events", "positions", "proposals", "claims")
        for talks in record.talks:
            if not exact_day(talks.date):
                report.leave_out("talks without a known day")
                continue
            lines += _vevent(record, talks)
            report.rows += 1
    lines.append("END:VCALENDAR")
    path.write_text("".join(part + "\r\n" for line in lines for part in folded(line)), "utf-8", newline="")


def _vevent(record: Record, talks: Talks) -> Iterator[str]:
    day = date.fromisoformat(talks.date or "")
    # The stamp is the report's day, not the clock's: the same record must give the same bytes.
    stamp = exact_day(record.document.published) or day.isoformat()
    yield "BEGIN:VEVENT"
    yield f"UID:{record.document.sha256[:16]}-{talks.id}@parley"
    yield f"DTSTAMP:{stamp.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(title_of(talks))}"
    if talks.place:
        yield f"LOCATION:{escaped(talks.place)}"
    yield f"STATUS:{ICAL_STATUS[talks.status]}"
    reported_by = record.document.publisher or record.document.title or "report"
    yield "DESCRIPTION:" + escaped(f"“{talks.evidence.quote}” ({reported_by})")
    yield f"CATEGORIES:{escaped(talks.kind)},{escaped(talks.outcome)}"
    if record.document.url:
        yield f"URL:{cleaned(''.join(record.document.url.split()))}"
    yield "END:VEVENT"


def title_of(entry: Talks | Position | Proposal) -> str:
    """An entry in one line, for a calendar or a feed."""
    match entry:
        case Talks():
            who = ", ".join(entry.participants) or "parties not named"
            return f"{entry.kind.capitalize()} ({entry.status}): {who}" + (f", {entry.place}" if entry.place else "")
        case Position():
            stance = entry.stance.replace("conditional", "conditionally supports")
            return f"{entry.party} {stance} {entry.issue}: {entry.object}"
        case Proposal():
            return f"Proposal by {', '.join(entry.by) or 'a side not named'} ({entry.status})"


def write_atom(records: Iterable[Record], path: Path, report: Report) -> None:
    """Positions, proposals and talks as an Atom feed, each with the words it rests on."""
    ET.register_namespace("", _ATOM)
    feed = ET.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", "urn:parley:feed")
    _add(feed, "title", "Parley: positions, proposals and talks")
    _add(feed, "generator", "Parley")
    updated = _add(feed, "updated", "1970-01-01T00:00:00Z")
    for record in records:
        report.leave_out_lists(record, "statements", "events", "claims")
        moment = _moment(record.document.published)
        updated.text = max(updated.text or "", moment)
        entries: tuple[Position | Proposal | Talks, ...] = (*record.positions, *record.proposals, *record.talks)
        for entry in entries:
            node = ET.SubElement(feed, f"{{{_ATOM}}}entry")
            _add(node, "id", f"urn:parley:{record.document.sha256[:16]}:{entry.id}")
            _add(node, "title", title_of(entry))
            _add(node, "updated", moment)
            _add(ET.SubElement(node, f"{{{_ATOM}}}author"), "name", record.document.publisher or "unknown publisher")
            if record.document.url:
                ET.SubElement(node, f"{{{_ATOM}}}link", href=cleaned(record.document.url))
            _add(node, "content", f"“{entry.evidence.quote}”").set("type", "text")
            report.rows += 1
    ET.ElementTree(feed).write(path, encoding="utf-8", xml_declaration=True)


def _moment(published: str | None) -> str:
    return f"{whole_day(published) or '1970-01-01'}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    node = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    node.text = cleaned(text)
    return node


def cleaned(text: str) -> str:
    """Text without what XML 1.0 has no place for: control characters, which a hostile text may hold."""
    return _NOT_IN_XML.sub("", text)


def escaped(text: str) -> str:
    """Text as a value of RFC 5545 (3.3.11), which has no place for control characters."""
    return cleaned(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """RFC 5545 3.1: lines of at most 75 octets; a continuation begins with a space; no character is cut."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > 74:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
