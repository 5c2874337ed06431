"""Every page of the desk, asked as a browser asks: what it promises to show."""

from __future__ import annotations

import itertools
import math
import re
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from desk.conftest import PROCESS, client_of
from fastapi.testclient import TestClient
from ledger.reports import fights, report, wants

from parley.desk.pages.network import Network, network_of
from parley.ledger.days import shifted
from parley.ledger.store import Ledger

PARTS = ("", "/timeline", "/proposals", "/talks", "/claims", "/actors", "/brief")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("day", ["", "2019-03-05", "2018-01-01"])
def test_every_part_of_a_process_is_shown_as_of_every_day(client: TestClient, part: str, day: str) -> None:
    shown = client.get(f"/p/{PROCESS}{part}", params={"as_of": day} if day else {})
    assert shown.status_code == 200
    if day:
        assert "You see what was known on" in shown.text


def test_the_matrix_shows_stance_since_when_condition_and_accounts(client: TestClient) -> None:
    shown = client.get(f"/p/{PROCESS}").text
    row = shown[shown.index('<span class="issue">ceasefire</span>') :]
    cell = row[row.index('data-party="Highland Front"') : row.index('data-party="Maravel"')]
    assert "▲" in cell
    assert "supports" in cell
    assert "since 27 Feb 2019" in cell
    assert "3 accounts" in cell
    assert "before: opposes" in cell


def test_the_matrix_as_of_a_day_knows_nothing_later(client: TestClient) -> None:
    early = client.get(f"/p/{PROCESS}?as_of=2019-02-10").text
    row = early[early.index('<span class="issue">ceasefire</span>') :]
    assert "▼" in row[: row.index("</td>")]
    assert "Jun 2019" not in early[early.index("<main") :]


def test_what_changed_in_the_period_is_marked_in_its_cell(client: TestClient) -> None:
    assert "moved" not in re.findall(r'<td class="([^"]*)"', client.get(f"/p/{PROCESS}?since=2019-06-11").text)
    shown = client.get(f"/p/{PROCESS}?since=2019-06-01").text
    assert any("moved" in names for names in re.findall(r'<td class="([^"]*)"', shown))


def test_a_cell_opens_its_words_over_time_alone_or_within_the_page(client: TestClient) -> None:
    address = f"/p/{PROCESS}/cell?party=Highland+Front&issue=ceasefire"
    part = client.get(address, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert part.index("supports") < part.index("opposes")
    assert "rejected a ceasefire with Maravel" in part
    assert "<html" in client.get(address).text


def test_a_cell_of_many_words_shows_them_page_by_page(empty: Ledger) -> None:
    days = [shifted("2024-01-01", n) for n in range(150)]
    stances = ["supports"] * 90 + ["opposes", "opposes", "supports", "opposes", "conditional"] * 12
    for day, stance in zip(days, stances, strict=True):
        words = f"Tovar {stance} it on {day}."
        empty.add(
            report(day, wants("Tovar", "ceasefire", stance, text=words), fights("Tovar", "Karsan"), title=f"News of {day}")
        )
    with client_of(empty) as client:
        process = client.get("/api/v1/processes").json()["items"][0]["id"]
        address, pages = f"/p/{process}/cell?party=Tovar&issue=ceasefire", []
        while address:
            pages.append(client.get(address, headers={"HX-Request": "true"}).text)
            found = re.search(r'class="button" href="([^"]+)"', pages[-1])
            address = unescape(found[1]) if found else ""
        told = re.findall(r"it on (\d{4}-\d\d-\d\d)\.”", " ".join(pages))
    assert len(pages) >= 3
    assert told == sorted(days, reverse=True)
    assert "Tovar on ceasefire" in pages[0]
    assert "Tovar on ceasefire" not in pages[1]


def test_the_drawing_of_the_network_says_what_its_table_says(client: TestClient) -> None:
    shown = client.get(f"/p/{PROCESS}/actors").text
    drawn = set(re.findall(r"<title>([\w ]+) to ([\w ]+): (\d+) event", shown))
    table = set(
        re.findall(r'<th scope="row">([^<]+)</th><td data-label="to">([^<]+)</td><td data-label="events">(\d+)', shown)
    )
    assert drawn
    assert drawn == table


def boxes_and_ends(sides: int) -> tuple[Network, list[tuple[str, tuple[float, float]]]]:
    """A drawing in which each of so many parties deals with every other, and where its arrows begin and end at which box."""
    names = [f"Party {n}" for n in range(sides)]
    row = {"type": "CONSULT", "events": 2}
    drawn = network_of([{**row, "source": a, "target": b} for a in names for b in names if a != b], names)
    ends = []
    for arrow in drawn.arrows:
        start = tuple(map(float, arrow.path[1:].split("L")[0].split()))
        ends += [(arrow.source, start), (arrow.target, arrow.tip[:2])]
    return drawn, ends


@pytest.mark.parametrize("sides", range(2, 6))
def test_arrows_of_the_network_begin_and_end_apart_at_the_edges_of_their_boxes(sides: int) -> None:
    drawn, ends = boxes_and_ends(sides)
    assert len(drawn.arrows) == sides * (sides - 1)
    for node in drawn.nodes:
        at = [point for name, point in ends if name == node.name]
        for x, y in at:
            across, along = abs(abs(x - node.x) - node.width / 2), abs(abs(y - node.y) - 20)
            assert min(across, along) < 0.2
        assert min(math.dist(a, b) for a, b in itertools.combinations(at, 2)) > 14


def test_only_what_is_contested_is_shown_and_the_address_says_so(client: TestClient) -> None:
    at = f"/p/{PROCESS}"
    whole, narrow = client.get(at).text, client.get(f"{at}?only=contested").text
    gaps = set(re.findall(r'<tr class="row-([\w-]+)"', whole))
    assert {"contested", "agreed"} <= gaps
    assert set(re.findall(r'<tr class="row-([\w-]+)"', narrow)) == {"contested"}
    assert narrow.count('<tr class="row-contested"') == whole.count('<tr class="row-contested"')
    for part in ("", "/proposals", "/talks", "/claims"):
        page = client.get(f"{at}{part}?only=contested&as_of=2019-05-01").text
        for other in ("", "/proposals", "/talks", "/claims"):
            assert f'href="{at}{other}?as_of=2019-05-01&amp;only=contested"' in page, (part, other)
        assert '<input type="hidden" name="only" value="contested">' in page
        assert f'href="{at}/timeline?as_of=2019-05-01"' in page
        assert f'href="{at}{part}?only=contested">Back to the latest</a>' in page
    assert client.get(f"{at}?only=nothing").status_code == 422


def test_what_was_chosen_stays_when_another_day_is_looked_at(client: TestClient) -> None:
    for part, chosen in (("timeline", "kind=talks&kind=denial&party=Maravel&since=2019-02-01"), ("claims", "status=denied"),
                         ("", "one=Maravel&other=Estmark")):  # fmt: skip
        page = client.get(f"/p/{PROCESS}{part and '/' + part}?{chosen}&as_of=2019-05-01").text
        form = page[page.index('<form class="asof') : page.index("You see what was known on")]
        pairs = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', form)
        assert pairs == [tuple(pair.split("=")) for pair in chosen.split("&")]
        back = unescape(re.findall(r'href="([^"]+)">Back to the latest', form)[0])
        assert back == f"/p/{PROCESS}{part and '/' + part}?{chosen}"


def test_contested_talks_claims_and_terms_are_those_of_which_accounts_or_sides_part(
    client: TestClient, story_ledger: Ledger
) -> None:
    with story_ledger.view() as view:
        disputed = {t["id"] for t in view.talks(PROCESS) if t["disputed"]}
        denied = {c["id"] for c in view.claims(PROCESS) if c["denied_by"]}
    assert disputed
    assert denied
    for part, ids in (("talks", disputed), ("claims", denied)):
        cards = re.findall(
            r'<article class="card \w+" id="([\w-]+)"', client.get(f"/p/{PROCESS}/{part}?only=contested").text
        )
        assert set(cards) == ids
    terms = client.get(f"/p/{PROCESS}/proposals?only=contested").text
    assert "g-differs" in terms
    assert "g-common" not in terms


def test_a_process_remembers_the_last_visit(client: TestClient) -> None:
    assert f"{PROCESS}~" in client.get(f"/p/{PROCESS}").headers["set-cookie"]
    client.cookies.clear()
    client.cookies.set("parley_visits", f"{PROCESS}~2019-03-01.2019-04-02")
    assert f"/p/{PROCESS}?since=2019-04-02" in client.get(f"/p/{PROCESS}").text


def test_a_document_shows_its_text_whole_and_links_words_with_entries(client: TestClient) -> None:
    [document] = {hit["document"] for hit in client.get("/api/v1/search", params={"q": "scheduled June"}).json()["items"]}
    text = client.get(f"/api/v1/documents/{document}").json()["text"]
    shown = client.get(f"/d/{document}").text
    report = shown[shown.index('<article id="report"') : shown.index("</article>")]
    told = re.sub(r"<[^>]+>", "", report).replace("&#39;", "'")
    assert "".join(told.split()) == "".join(text.split())
    for local in re.findall(r'href="#l-(\w+)"', report):
        assert f'id="l-{local}"' in shown
    assert "read by machine, not checked" in shown


def test_search_finds_words_and_narrows_by_party_kind_and_period(client: TestClient) -> None:
    assert "<mark>ceasefire</mark>" in client.get("/search?q=ceasefire").text
    found = client.get("/search?q=ceasefire&kind=position&party=Maravel&since=2019-03-01&until=2019-03-31").text
    days = set(re.findall(r", (\d+ \w{3} 2019)</a>", found))
    assert days
    assert all(day.endswith("Mar 2019") for day in days)
    assert "Nothing was found" in client.get("/search?q=unobtainium").text
    assert "name the words" in client.get("/search?q=%22%22").text.lower()


def test_an_entry_has_an_address_of_its_own(client: TestClient) -> None:
    [hit, *_] = client.get("/api/v1/search?q=ceasefire&kind=position").json()["items"]
    assert client.get(f"/e/{hit['id']}").headers["location"] == f"/d/{hit['document']}#e-{hit['id']}"
    [talks, *_] = client.get(f"/api/v1/processes/{PROCESS}/talks").json()["items"]
    assert client.get(f"/e/{talks['id']}").headers["location"] == f"/p/{PROCESS}/talks#{talks['id']}"


def test_the_brief_cites_every_sentence(client: TestClient) -> None:
    shown = client.get(f"/p/{PROCESS}/brief?since=2019-01-01").text
    body = shown[shown.index("<h2>Brief") : shown.index("<h3>Sources")]
    dated = [line for line in re.findall(r"<li>(.*?)</li>", body, re.S) if re.match(r"\d+ \w+ 2019:", line)]
    assert len(dated) > 10
    assert all("#note-" in line for line in dated)


def test_accounts_of_one_meeting_stand_side_by_side(client: TestClient) -> None:
    shown = client.get(f"/p/{PROCESS}/talks").text
    assert shown.count('<article class="card talks"') > 2
    assert "independent account" in shown


def test_the_feed_of_changes_is_atom(client: TestClient) -> None:
    answer = client.get(f"/feeds/{PROCESS}.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed, atom = ET.fromstring(answer.content), "{http://www.w3.org/2005/Atom}"
    entries = feed.findall(f"{atom}entry")
    assert len(entries) > 10
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == len(entries)
    assert all("“" in (entry.findtext(f"{atom}content") or "") for entry in entries)


def test_the_calendar_holds_the_talks_with_a_day(client: TestClient) -> None:
    lines = client.get(f"/feeds/{PROCESS}.ics").text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert "DTSTART;VALUE=DATE:20190204" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_what_is_not_there_is_said(client: TestClient) -> None:
    for address in ("/p/none", "/d/0123456789abcdef", "/e/0123456789abcdef-p1", "/nothing", "/feeds/none.atom", "/add/none"):
        assert client.get(address).status_code == 404, address
    assert client.get(f"/p/{PROCESS}?as_of=yesterday").status_code == 422


def test_a_page_is_made_once_until_the_ledger_changes(client: TestClient, story_ledger: Ledger) -> None:
    address = f"/p/{PROCESS}/claims"
    tag = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    [waiting, *_] = client.get(f"/api/v1/processes/{PROCESS}/queue?kind=claims").json()["items"]
    story_ledger.review(waiting["entry_id"], "reject", by="Ana")
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_an_empty_ledger_offers_the_sample_story(empty: Ledger) -> None:
    with client_of(empty) as client:
        assert "Read the sample story" in client.get("/").text
        for address in ("/search?q=x", "/review", "/decisions", "/add"):
            assert client.get(address).status_code == 200


def test_no_entry_of_the_machine_is_shown_as_checked(client: TestClient, story_ledger: Ledger) -> None:
    [waiting, *_] = client.get(f"/api/v1/processes/{PROCESS}/queue?kind=positions").json()["items"]
    address = f"/d/{waiting['document_id']}"
    assert "c-accepted" not in client.get(address).text
    story_ledger.review(waiting["entry_id"], "accept", by="Ana")
    assert client.get(address).text.count("c-accepted") == 1
