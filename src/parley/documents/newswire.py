"""The news industry's own formats (IPTC): ninjs 1.x to 3.x (JSON) and NewsML-G2 2.x (XML)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from parley.documents.items import MAX_ITEM_BYTES, Columns, Item, too_large

_NAR = "{http://iptc.org/std/nar/2006-10-01/}"
_WITHHELD = ("withheld", "canceled", "cancelled", "stat:withheld", "stat:canceled")


def ninjs(path: Path, columns: Columns) -> Iterator[Item]:
    """The item of a ninjs file, or those of a list of ninjs items."""
    if (size := path.stat().st_size) > MAX_ITEM_BYTES:
        yield Item(str(path), problem=too_large(size))
        return
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        yield Item(str(path), problem=f"is not JSON ({error})")
        return
    entries = data if isinstance(data, list) else [data]
    for number, entry in enumerate(entries, 1):
        source = f"{path}#{number}" if isinstance(data, list) else str(path)
        yield _ninjs_item(source, entry) if isinstance(entry, dict) else Item(source, problem="is not a ninjs object")


def _ninjs_item(source: str, entry: dict[str, Any]) -> Item:
    if str(entry.get("pubstatus", "usable")) in _WITHHELD:
        return Item(source, problem=f"its publication status is {entry['pubstatus']}; the publisher does not let it be used")
    text, page = _ninjs_body(entry)
    if not text:
        return Item(source, problem="is a ninjs item without a body_text, body_xhtml or bodies")
    heads = entry.get("headlines") or []
    title = entry.get("headline") or (heads[0].get("value") if heads else None)
    provider = (entry.get("infosources") or [{}])[0].get("name") or entry.get("copyrightholder") or entry.get("source")
    known = {"title": title, "published": entry.get("firstcreated") or entry.get("versioncreated"), "publisher": provider,
             "url": entry.get("uri") if str(entry.get("uri", "")).startswith("http") else None}  # fmt: skip
    return Item(source, text.encode("utf-8", "replace"), page=page, encoding="utf-8",
                known={name: str(value) if value else None for name, value in known.items()})  # fmt: skip


def _ninjs_body(entry: dict[str, Any]) -> tuple[str | None, bool]:
    bodies = {"text": entry.get("body_text"), "xhtml": entry.get("body_xhtml") or entry.get("body_html")}
    for body in entry.get("bodies") or []:
        kind = "xhtml" if "html" in str(body.get("contenttype", "")) else "text"
        bodies[kind] = bodies[kind] or body.get("value")
    return (str(bodies["text"]), False) if bodies["text"] else (bodies["xhtml"] and str(bodies["xhtml"]), True)


def xml(path: Path, columns: Columns) -> Iterator[Item]:
    """An XML file: NewsML-G2 items, or an RSS or Atom feed."""
    from parley.documents import feeds

    if (size := path.stat().st_size) > MAX_ITEM_BYTES:
        yield Item(str(path), problem=too_large(size))
        return
    data = path.read_bytes()
    if b"<!ENTITY" in data[:100_000].upper():
        yield Item(str(path), problem="declares XML entities, which are not expanded; save it without them")
    elif b"iptc.org/std/nar" in data[:100_000]:
        yield from _newsml(str(path), data)
    else:
        yield from feeds.items(path, columns)


def _newsml(source: str, data: bytes) -> Iterator[Item]:
    try:
        root = ET.fromstring(data)
    except ET.ParseError as error:
        yield Item(source, problem=f"is not well-formed XML ({error})")
        return
    found = [root] if root.tag == f"{_NAR}newsItem" else list(root.iter(f"{_NAR}newsItem"))
    for number, item in enumerate(found, 1):
        yield _newsml_item(f"{source}#{number}" if len(found) > 1 else source, item)
    if not found:
        yield Item(source, problem="is NewsML-G2 without a newsItem")


def _newsml_item(source: str, item: ET.Element) -> Item:
    status = item.find(f".//{_NAR}pubStatus")
    if status is not None and status.get("qcode") in _WITHHELD:
        return Item(
            source, problem=f"its publication status is {status.get('qcode')}; the publisher does not let it be used"
        )
    inline = item.find(f".//{_NAR}inlineXML")
    plain = item.find(f".//{_NAR}inlineData")
    if inline is not None:
        text, page = "".join(ET.tostring(child, encoding="unicode") for child in inline), True
    elif plain is not None and plain.text:
        text, page = plain.text, False
    else:
        return Item(source, problem="is a newsItem without inline text")
    date = next((e.text for tag in ("contentCreated", "firstCreated", "versionCreated")
                 if (e := item.find(f".//{_NAR}{tag}")) is not None and e.text), None)  # fmt: skip
    head = next(
        (e.text for tag in ("headline", "slugline") if (e := item.find(f".//{_NAR}{tag}")) is not None and e.text), None
    )
    provider = item.find(f".//{_NAR}provider")
    name = provider.find(f"{_NAR}name") if provider is not None else None
    publisher = name.text if name is not None else provider.get("literal") if provider is not None else None
    return Item(
        source, text.encode(), page=page, encoding="utf-8", known={"title": head, "published": date, "publisher": publisher}
    )
