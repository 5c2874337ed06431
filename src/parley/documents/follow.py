"""Following addresses: a page is fetched, a feed is read and its entries' links fetched; each once, cycles or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parley.documents.client import Answer, Client
from parley.documents.feeds import entries
from parley.documents.items import Item
from parley.errors import DocumentError

MAX_FOLLOWED = 500
"""The most links of one feed that are fetched in one run."""
_FEED = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.I | re.S)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def items_at(urls: list[str], client: Client, seen: dict[str, str | None] | None = None) -> Iterator[Item]:
    """The items at some addresses of pages and feeds. `seen` maps an address to its ETag from an earlier run, and is kept
    up to date: what has not changed since is not given again."""
    seen = {} if seen is None else seen
    visited: set[str] = set()
    for url in urls:
        yield from _visit(url, client, seen, visited, follow=True)


def _visit(url: str, client: Client, seen: dict[str, str | None], visited: set[str], *, follow: bool) -> Iterator[Item]:
    if url in visited:
        return
    visited.add(url)
    try:
        answer = client.get(url, etag=seen.get(url))
    except DocumentError as error:
        yield Item(url, problem=error.problem, known={"url": url})
        return
    if answer.status == 304:
        return
    seen[url] = answer.etag
    if not _FEED.match(answer.data[:2048]):
        charset = _CHARSET.search(answer.content_type)
        yield Item(url, answer.data, page=True, encoding=charset[1] if charset else None, known={"url": answer.url})
    elif follow:
        yield from _feed(answer, url, client, seen, visited)
    else:
        yield Item(url, problem="is a feed that another feed links to; name it by itself", known={"url": url})


def _feed(answer: Answer, url: str, client: Client, seen: dict[str, str | None], visited: set[str]) -> Iterator[Item]:
    for number, entry in enumerate(entries(answer.data, url)):
        link = entry.known.get("url")
        if not entry.problem or not link:
            yield entry
        elif number >= MAX_FOLLOWED:
            yield Item(link, problem=f"is beyond the {MAX_FOLLOWED} links of a feed that are followed in one run")
        elif link not in seen:
            for item in _visit(link, client, seen, visited, follow=False):
                # What the feed says of its entry stands in where the page says nothing.
                yield replace(item, known={"published": entry.known.get("published"), **item.known})
