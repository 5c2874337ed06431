"""A polite client for pages and feeds: robots.txt, a pause between requests to a host, ETags, no private addresses, limits.

Every address is resolved once, checked, and connected to as checked, so that a name cannot point elsewhere in between.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3

from parley.documents.items import MAX_ITEM_BYTES, too_large
from parley.errors import DocumentError

USER_AGENT = "parley-record (+https://pypi.org/project/parley-record/)"
MAX_REDIRECTS = 5
_CHUNK = 65_536


@dataclass(frozen=True)
class Answer:
    """What a server gave: the address in the end, the bytes, and what tells whether it changed. 304 has no bytes."""

    url: str
    status: int
    data: bytes
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None


@dataclass
class Client:
    """Fetches with manners. `pause` and `deadline` are in seconds; `private` lets it reach a newsroom's own network."""

    pause: float = 1.0
    deadline: float = 30.0
    private: bool = False
    sleep: Callable[[float], None] = time.sleep
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """The answer to a GET. Raises ``DocumentError`` naming the address where it may not or cannot be fetched."""
        headers = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": modified} if modified else {}
        for _ in range(MAX_REDIRECTS + 1):
            self._may_fetch(url)
            self._wait_for(url)
            answer, target = self._request(url, headers)
            if target is None:
                return answer
            url = urljoin(url, target)
        raise DocumentError(url, f"redirects more than {MAX_REDIRECTS} times")

    def _may_fetch(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise DocumentError(url, "is not an http or https address")
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            rules = RobotFileParser()
            answer, target = self._request(f"{root}/robots.txt", {"User-Agent": USER_AGENT})
            # RFC 9309: no file allows all; a server in trouble allows nothing until it answers.
            if answer.status >= 500:
                rules.disallow_all = True  # type: ignore[attr-defined]
            elif answer.status >= 400 or target is not None:
                rules.allow_all = True  # type: ignore[attr-defined]
            else:
                rules.parse(answer.data.decode("utf-8", "replace").splitlines())
            self._robots[root] = rules
        if not self._robots[root].can_fetch(USER_AGENT, url):
            raise DocumentError(url, "is not to be fetched by programs (robots.txt of its server)")

    def _wait_for(self, url: str) -> None:
        parts = urlsplit(url)
        asked = self._robots[f"{parts.scheme}://{parts.netloc}"].crawl_delay(USER_AGENT)
        pause = max(self.pause, min(float(asked or 0), 60.0))
        due = self._last.get(parts.netloc, -1e9) + pause
        if (left := due - time.monotonic()) > 0:
            self.sleep(left)
        self._last[parts.netloc] = time.monotonic()

    def _request(self, url: str, headers: dict[str, str]) -> tuple[Answer, str | None]:
        parts = urlsplit(url)
        end = time.monotonic() + self.deadline
        pool = self._pool(url)
        hurry = _Hurry(pool, self.deadline)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            response = pool.request("GET", path, headers=headers | {"Host": parts.netloc.rpartition("@")[2]},
                                    redirect=False, retries=False, preload_content=False)  # fmt: skip
            if response.status in (301, 302, 303, 307, 308) and (target := response.headers.get("Location")):
                return Answer(url, response.status, b""), target
            data = self._body(response, url, end)
            if response.status >= 400 and not url.endswith("/robots.txt"):
                raise DocumentError(url, f"cannot be fetched: its server answers {response.status}")
            given = response.headers
            return Answer(url, response.status, data, given.get("Content-Type", ""), given.get("ETag"),
                          given.get("Last-Modified")), None  # fmt: skip
        except (urllib3.exceptions.HTTPError, OSError) as error:
            if hurry.cut_off:
                raise DocumentError(url, self._too_slow()) from error
            raise DocumentError(url, f"cannot be fetched ({type(error).__name__}: {error})") from error
        finally:
            hurry.over()
            pool.close()

    def _too_slow(self) -> str:
        return f"takes longer than {self.deadline:.0f} seconds; it was given up"

    def _body(self, response: urllib3.BaseHTTPResponse, url: str, end: float) -> bytes:
        """The body, within the limits of size and time: a server that drips is cut off, a bomb is not unpacked whole."""
        data = bytearray()
        while chunk := response.read1(_CHUNK, decode_content=True):  # read() would wait for a whole chunk
            data += chunk
            if len(data) > MAX_ITEM_BYTES:
                raise DocumentError(url, too_large())
            if time.monotonic() > end:
                break
        if time.monotonic() > end:  # also where the connection was cut, which may look like the end of the body
            raise DocumentError(url, self._too_slow())
        return bytes(data)

    def _pool(self, url: str) -> urllib3.HTTPConnectionPool:
        parts = urlsplit(url)
        host = parts.hostname or ""
        address = self._checked_address(url, host, parts.port or (443 if parts.scheme == "https" else 80))
        # The read timeout bounds each wait for bytes; the deadline bounds them all, in `_body` and by `_Hurry`.
        timeout = urllib3.Timeout(connect=min(10.0, self.deadline), read=min(10.0, self.deadline))
        if parts.scheme == "https":
            return urllib3.HTTPSConnectionPool(address, parts.port or 443, timeout=timeout, server_hostname=host,
                                               assert_hostname=host, ssl_context=ssl.create_default_context())  # fmt: skip
        return urllib3.HTTPConnectionPool(address, parts.port or 80, timeout=timeout)

    def _checked_address(self, url: str, host: str, port: int) -> str:
        try:
            found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        except (OSError, UnicodeError) as error:
            raise DocumentError(url, f"has no address ({error}); check its spelling and the network") from error
        if not self.private and not all(ipaddress.ip_address(a.partition("%")[0]).is_global for a in found):
            raise DocumentError(url, "points to a private network, which is not fetched from")
        return found[0]


class _Hurry:
    """Cuts the connections of a pool at a deadline: a server that drips its headers keeps every single wait short."""

    def __init__(self, pool: urllib3.HTTPConnectionPool, seconds: float) -> None:
        made: list[Any] = []
        connection: type = pool.ConnectionCls

        def connect(*arguments: Any, **options: Any) -> Any:
            made.append(connection(*arguments, **options))
            return made[-1]

        pool.ConnectionCls = connect  # type: ignore[assignment]
        self.cut_off = False
        self._made, self._timer = made, threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        self.cut_off = True
        for connection in self._made:
            if connection.sock is not None:
                with contextlib.suppress(OSError):  # it has ended by itself in the meantime
                    connection.sock.shutdown(socket.SHUT_RDWR)

    def over(self) -> None:
        """The answer is there, or given up."""
        self._timer.cancel()
