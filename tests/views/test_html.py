from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

from factory import lake_record
from hypothesis import given
from hypothesis import strategies as st

from parley.documents import from_text
from parley.record import Actor, Provenance, Record
from parley.views import render
from parley.views.html import segments
from parley.views.wording import Wording

MADE = Provenance(stage="actors", rule="r", version="1")


class Page(HTMLParser):
    """What tests look for in a page: ids, links within it, text of the article, anything that loads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.open: list[str] = []
        self.paragraphs: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a" and (given.get("href") or "").startswith("#"):
            self.links.append((given["href"] or "")[1:])
        self.loads += [v for k, v in attrs if k in ("src", "srcset", "action", "data") and v] + [tag] * (
            tag in ("link", "iframe")
        )
        self.loads += [k for k, _ in attrs if k == "style" or k.startswith("on")]
        if tag not in ("meta", "input", "br"):
            self.open.append(tag)
        if tag == "p" and "article" in self.open:
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open and "p" in self.open:
            self.paragraphs[-1] += data


def record_with(text: str, *spans: tuple[int, int]) -> Record:
    document = from_text(text)
    actors = (Actor(id=f"a{n}", name="X", kind="other", mentions=(document.span(a, b),), made_by=MADE)
              for n, (a, b) in enumerate(spans, 1))  # fmt: skip
    return Record(parley="0", document=document, actors=tuple(actors))


def test_the_page_is_well_formed_and_its_links_lead_somewhere() -> None:
    page = Page(render(lake_record(), "html"))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert set(page.links) <= set(page.ids)
    assert {f"e-{entry.id}" for entry in lake_record().entries()} <= set(page.ids)


def test_the_page_loads_nothing_and_forbids_it() -> None:
    page = render(lake_record(), "html")
    assert Page(page).loads == []
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src &#x27;none&#x27;" in policy[1]
    for tag in ("style", "script"):
        content = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert content
        digest = b64encode(sha256(content[1].encode()).digest()).decode()
        assert f"{tag}-src &#x27;sha256-{digest}&#x27;" in policy[1]


def test_the_article_holds_the_whole_text() -> None:
    record = lake_record()
    lines = [line for line in record.document.text.splitlines() if line.strip()]
    assert Page(render(record, "html")).paragraphs == lines


def test_a_report_is_no_markup() -> None:
    evil = "</article><script>alert(1)</script> & \"x\" 'y' <img src=x onerror=alert(1)>"
    record = record_with(evil, (3, 40))
    page = render(record, "html")
    assert Page(page).paragraphs == [evil]
    assert page.count("<script>") == 1
    assert "<img" not in page


def test_a_strange_address_is_no_link() -> None:
    record = Record(parley="0", document=from_text("Nothing.", url="javascript:alert(1)"))
    assert 'href="javascript' not in render(record, "html")


def test_overlapping_words_are_cut_where_they_overlap() -> None:
    wording = Wording(record_with("abcdefghij", (0, 6), (3, 9), (4, 5)))
    ((_, pieces),) = segments(wording)
    assert [(p.start, p.end, p.entries) for p in pieces] == [
        (0, 3, ("a1",)), (3, 4, ("a1", "a2")), (4, 5, ("a3", "a1", "a2")), (5, 6, ("a1", "a2")), (6, 9, ("a2",)), (9, 10, ()),
    ]  # fmt: skip


def test_words_that_run_over_paragraphs_are_marked_in_each_and_anchored_once() -> None:
    record = record_with("one two\r\n\r\nthree four", (4, 16))
    page = Page(render(record, "html"))
    assert page.ids.count("w-a1-1") == 1
    assert [[p.entries for p in pieces] for _, pieces in segments(Wording(record))] == [[(), ("a1",)], [("a1",), ()]]


@given(st.text(min_size=1, max_size=60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 20)), max_size=6))
def test_segments_cover_each_paragraph_once_in_order(text: str, places: list[tuple[int, int]]) -> None:
    spans = [(a, min(a + n, len(text))) for a, n in places if a < len(text)]
    wording = Wording(record_with(text, *spans))
    for index, pieces in segments(wording):
        start, end = wording.paragraphs[index]
        assert "".join(text[p.start : p.end] for p in pieces) == text[start:end]
        for piece in pieces:
            holding = {f"a{n}" for n, (a, b) in enumerate(spans, 1) if a <= piece.start and piece.end <= b}
            assert set(piece.entries) == holding


def test_the_same_record_gives_the_same_page() -> None:
    assert render(lake_record(), "html") == render(lake_record(), "html")
