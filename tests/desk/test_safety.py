"""Safe by default: who is let in, what is taken, and that a report's words stay words."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from desk import hostile
from desk.conftest import PROCESS, client_of, no_reader
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from parley.cli import app
from parley.desk.app import create_app
from parley.errors import ParleyError
from parley.ledger.store import Ledger

TOKEN = "a-long-enough-access-token"


class Reading(HTMLParser):
    """Collects what a browser would run or follow."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inline: list[str] = []
        self.handlers: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag in ("style", "iframe", "object", "embed", "base") or (
            tag == "script" and not (held.get("src") or "").startswith("/static/")
        ):
            self.inline.append(tag)
        if tag in ("img", "svg") and any(name.startswith("on") for name in held):
            self.inline.append(tag)
        self.handlers += [name for name in held if name.startswith("on") or name == "style"]
        self.links += [value for name, value in attrs if name in ("href", "src", "action") and value]


@pytest.fixture
def attacked(tmp_path: Path) -> Iterator[TestClient]:
    with Ledger.open(tmp_path / "hostile.db", create=True) as ledger:
        for record in hostile.records():
            ledger.add(record, origin="hostile")
        with client_of(ledger) as client:
            yield client


def addresses(client: TestClient) -> list[str]:
    """Every page that the hostile ledger has."""
    found = ["/", "/search?q=Tovar", "/search?q=evil", "/review", "/decisions"]
    for process in client.get("/api/v1/processes").json()["items"]:
        at = f"/p/{process['id']}"
        found += [
            at + part for part in ("", "/timeline", "/proposals", "/talks", "/claims", "/actors", "/brief?since=2024-01-01")
        ]
        found += [f"/review?process={process['id']}"]
        for cell in client.get(f"/api/v1/processes/{process['id']}/standing").json()["items"]:
            found.append(
                str(client.build_request("GET", f"{at}/cell", params={"party": cell["party"], "issue": cell["issue"]}).url)
            )
    documents = {hit["document"] for hit in client.get("/api/v1/search?q=Tovar&limit=200").json()["items"]}
    return found + [f"/d/{document}{more}" for document in sorted(documents) for more in ("", "/add")]


def test_hostile_words_stay_words_on_every_page(attacked: TestClient) -> None:
    asked = addresses(attacked)
    assert len(asked) > 30
    for address in asked:
        answer = attacked.get(address)
        assert answer.status_code == 200, address
        page = Reading()
        page.feed(answer.text)
        assert page.inline == [], address
        assert page.handlers == [], address
        for link in page.links:
            assert re.match(r"(/(?!/)|#|\?|https://good\.example/|HTTPS://shout\.example/)", link), (address, link)
        assert not re.search("[\x00-\x08\x0b\x0e-\x1f\u202a-\u202e\u2066-\u2069]", entities.unescape(answer.text)), address
        told = re.sub(r"<svg.*?</svg>", "", answer.text, flags=re.DOTALL)  # a drawing has numbers of its own
        assert "49" not in re.findall(r"\b49\b", told), address


def test_hostile_words_do_not_break_feeds_or_tables(attacked: TestClient) -> None:
    from xml.etree import ElementTree as ET

    for process in attacked.get("/api/v1/processes").json()["items"]:
        ET.fromstring(attacked.get(f"/feeds/{process['id']}.atom").content)
        calendar = attacked.get(f"/feeds/{process['id']}.ics").text
        assert all(re.match(r"[A-Z-]+[:;]| ", line) for line in calendar.split("\r\n") if line)
        assert "\r" not in calendar.replace("\r\n", "")
        table = attacked.get(f"/api/v1/processes/{process['id']}/standing?format=csv").text
        assert not re.search(r'(^|,)"?[=+@]', table, re.M)


def test_every_answer_forbids_what_is_not_the_desks_own(client: TestClient) -> None:
    for address in ("/", f"/p/{PROCESS}", "/static/desk.js", "/api/v1/processes", "/nothing", "/add"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_another_host_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"Host": "localhost.evil.example:8765"}).status_code == 421
    assert client.get("/", headers={"Host": "[::1]:8765"}).status_code == 200


def test_other_sites_cannot_write(client: TestClient) -> None:
    form = {"form_token": "x" * 64, "text": "words"}
    assert client.post("/add", data=form, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/add", data=form, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/add", data=form).status_code == 403
    assert client.post("/add/story", data=form).status_code == 403
    assert (
        client.post("/review/0123456789abcdef-p12345678", data={**form, "verdict": "accept", "seen": "0"}).status_code == 403
    )
    assert (
        client.post("/api/v1/documents", content='{"text": "words"}', headers={"Content-Type": "text/plain"}).status_code
        == 415
    )


def test_a_form_token_is_of_one_session_alone(client: TestClient, story_ledger: Ledger) -> None:
    page = client.get("/add").text
    token = re.search(r'name="form_token" value="(\w+)"', page)[1]  # type: ignore[index]
    client.cookies.clear()
    client.cookies.set("parley_session", "somebody-elses-session-0123")
    assert client.post("/add/story", data={"form_token": token}).status_code == 403


def test_with_a_token_nobody_comes_in_without_it(story_ledger: Ledger) -> None:
    with client_of(story_ledger, token=TOKEN) as client:
        assert client.get("/").headers["location"] == "/login"
        assert client.get(f"/p/{PROCESS}").status_code == 303
        assert client.get("/api/v1/processes").status_code == 401
        assert client.get("/api/v1/openapi.json").status_code == 401
        assert client.get("/api/v1/processes", headers={"Authorization": f"Bearer {TOKEN}x"}).status_code == 401
        assert client.get("/api/v1/processes", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200
        assert client.get(f"/feeds/{PROCESS}.ics", auth=("reader", TOKEN)).status_code == 200
        assert client.post("/login", data={"token": "wrong"}).status_code == 401
        entered = client.post("/login", data={"token": TOKEN})
        assert TOKEN not in entered.headers["set-cookie"]
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"Host": "desk.example"}).status_code == 200


def test_a_token_that_can_be_guessed_is_refused(empty: Ledger) -> None:
    with pytest.raises(ParleyError, match="too short"):
        create_app(empty, open_reader=no_reader, token="short")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "desk.example"])
def test_another_address_needs_a_token(host: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["serve", "--host", host, "--ledger", str(tmp_path / "l.db")])
    assert told.exit_code == 2
    assert not (tmp_path / "l.db").exists()


def test_a_body_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/review/x", content=b"a" * 1_100_000).status_code == 413
    assert client.post("/add", content=b"", headers={"Content-Length": "99000000"}).status_code == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/d/..%2f..%2fetc%2fpasswd",
        "/static//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_desk(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_the_visit_cookie_says_is_not_trusted(client: TestClient) -> None:
    client.cookies.set("parley_visits", f"{PROCESS}~<script>.zzzzzzzzzz")
    assert client.get(f"/p/{PROCESS}").status_code == 200
