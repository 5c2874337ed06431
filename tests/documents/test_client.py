"""The client is polite and cannot be misled: robots, pauses, ETags, private networks, endless and dripping servers."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from parley.documents.client import Client
from parley.documents.follow import items_at
from parley.documents.items import document_of
from parley.errors import DocumentError

STORY = "The two delegations met in Port Alba on Monday, and the mediator said that they would meet again in June. " * 6
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{STORY}</p><p>{STORY}</p></article></body></html>".encode()


class Newsroom(BaseHTTPRequestHandler):
    """A small server with one page of every kind of trouble."""

    asked: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        type(self).asked.append(self.path)
        routes = {
            "/robots.txt": (200, b"User-agent: *\nDisallow: /private/\n", {}),
            "/page": (200, PAGE, {"ETag": '"v1"', "Content-Type": "text/html; charset=utf-8"}),
            "/loop": (302, b"", {"Location": "/loop"}),
            "/moved": (301, b"", {"Location": "/page"}),
            "/inside": (302, b"", {"Location": "http://10.0.0.1/secret"}),
            "/one": (200, self.feed("/two", "/page"), {"Content-Type": "application/rss+xml"}),
            "/two": (200, self.feed("/one", "/two"), {"Content-Type": "application/rss+xml"}),
            "/feed": (200, self.feed("/page", "/page", "/feed", "/none"), {"Content-Type": "application/rss+xml"}),
        }
        if self.path == "/page" and self.headers.get("If-None-Match") == '"v1"':
            self.answer(304, b"", {})
        elif self.path == "/drip":
            self.drip()
        elif self.path == "/drip-headers":
            self.drip_headers()
        elif self.path == "/endless":
            self.endless()
        else:
            self.answer(*routes.get(self.path, (404, b"gone", {})))

    def feed(self, *paths: str) -> bytes:
        root = f"http://127.0.0.1:{self.server.server_address[1]}"  # type: ignore[str-bytes-safe]
        links = "".join(f"<item><title>t</title><link>{root}{p}</link></item>" for p in paths)
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{links}</channel></rss>'.encode()

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)

    def drip_headers(self) -> None:
        with contextlib.suppress(OSError):  # the client goes away
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)

    def endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(400):
            self.wfile.write(b"x" * 100_000)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def newsroom() -> Iterator[str]:
    Newsroom.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Newsroom)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def client(**options: object) -> Client:
    return Client(private=True, pause=0.0, **options)  # type: ignore[arg-type]


def test_a_page_is_fetched_once_until_it_changes(newsroom: str) -> None:
    seen: dict[str, str | None] = {}
    (item,) = items_at([f"{newsroom}/page"], client(), seen)
    assert document_of(item).url == f"{newsroom}/page"
    assert list(items_at([f"{newsroom}/page"], client(), seen)) == []


def test_robots_are_heeded(newsroom: str) -> None:
    with pytest.raises(DocumentError, match=r"robots\.txt"):
        client().get(f"{newsroom}/private/page")
    assert Newsroom.asked == ["/robots.txt"]


def test_a_pause_is_kept_between_requests_to_a_host(newsroom: str) -> None:
    slept: list[float] = []
    polite = Client(private=True, pause=5.0, sleep=slept.append)
    polite.get(f"{newsroom}/page")
    polite.get(f"{newsroom}/page")
    assert len(slept) == 1
    assert 4.0 < slept[0] <= 5.0


def test_redirects_are_followed_and_loops_are_not(newsroom: str) -> None:
    assert client().get(f"{newsroom}/moved").url == f"{newsroom}/page"
    with pytest.raises(DocumentError, match="redirects more than"):
        client().get(f"{newsroom}/loop")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://192.168.1.1/", "http://169.254.169.254/"]
)
def test_private_networks_are_not_fetched_from(url: str) -> None:
    with pytest.raises(DocumentError, match="private network"):
        Client().get(url)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "example.org", "http://"])
def test_only_the_web_is_fetched(url: str) -> None:
    with pytest.raises(DocumentError, match="not an http"):
        Client().get(url)


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_server_that_drips_is_given_up(newsroom: str, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(DocumentError, match="takes longer than 1 seconds; it was given up"):
        client(deadline=1.0).get(f"{newsroom}{path}")
    assert time.monotonic() - started < 8


def test_feeds_that_link_to_each_other_end(newsroom: str) -> None:
    found = list(items_at([f"{newsroom}/one", f"{newsroom}/two"], client()))
    assert [i.known["url"] for i in found if not i.problem] == [f"{newsroom}/page"]
    assert ["feed that another feed links to" in str(i.problem) for i in found if i.problem] == [True]
    assert Newsroom.asked.count("/one") == Newsroom.asked.count("/two") == 1


def test_a_server_without_end_is_cut_off(newsroom: str) -> None:
    with pytest.raises(DocumentError, match="more than the 16 MB"):
        client().get(f"{newsroom}/endless")


def test_a_feed_is_followed_once_and_its_cycles_are_not(newsroom: str) -> None:
    found = list(items_at([f"{newsroom}/feed"], client()))
    assert [bool(i.problem) for i in found] == [False, True]
    assert "answers 404" in (found[1].problem or "")
    assert Newsroom.asked.count("/feed") == 1
    assert Newsroom.asked.count("/page") == 1
