"""What every request passes through: who may come in, from where, with how much; and what every answer carries."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: nothing inline, nothing from elsewhere, no eval, no frames."""
HEADERS = (
    ("content-security-policy", POLICY), ("x-content-type-options", "nosniff"), ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"), ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)  # fmt: skip
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SHORTEST_TOKEN = 16
ACCESS, SESSION = "parley_access", "parley_session"
MAX_BODY = 1_000_000
MAX_UPLOAD = 64_000_000
"""Bytes of a request: of any, and of one that adds files."""
_SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/login", "/static/")


def cookies_of(scope: Scope) -> dict[str, str]:
    """The cookies of a request; broken ones are none."""
    jar: SimpleCookie = SimpleCookie()
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                continue
    return {key: morsel.value for key, morsel in jar.items()}


class Keys:
    """The desk's secrets: the access token, if there is one, and what forms are signed with."""

    def __init__(self, token: str = "") -> None:
        self.token = token
        self._secret = secrets.token_bytes(32)

    @property
    def access(self) -> str:
        """What the cookie of somebody who gave the access token holds: not the token itself."""
        return hmac.new(self.token.encode(), b"access to the desk", hashlib.sha256).hexdigest()

    def is_token(self, given: str) -> bool:
        """Whether this is the access token, in a time that tells nothing."""
        return hmac.compare_digest(given.encode(), self.token.encode())

    def form_token(self, session: str) -> str:
        """What a form of this session must bring back."""
        return hmac.new(self._secret, session.encode(), hashlib.sha256).hexdigest()

    def is_form_token(self, session: str, given: str) -> bool:
        """Whether a form comes from a page of this session."""
        return bool(session) and hmac.compare_digest(given.encode(), self.form_token(session).encode())


class Guard:
    """ASGI middleware. Refuses foreign hosts, origins, callers without the token and bodies too large; sets the headers."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self.app, self.keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        carrying = _carrying(send)
        if (refusal := self._refusal(scope)) is not None:
            await refusal(scope, receive, carrying)
            return
        limit = MAX_UPLOAD if scope["path"] == "/add" else MAX_BODY
        if _announced(scope) > limit:
            await _too_large(limit)(scope, receive, carrying)
            return
        await self.app(scope, _bounded(receive, limit), carrying)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = _headers(scope)
        if not self.keys.token and _name_of(headers.get("host", "")) not in LOOPBACK:
            # A page elsewhere whose name was pointed at this machine must not read the ledger (DNS rebinding).
            return PlainTextResponse("This desk answers to localhost only.\n", 421)
        if scope["method"] not in _SAFE and not _same_origin(headers):
            return PlainTextResponse("This came from another site, and the desk takes nothing from other sites.\n", 403)
        if scope["method"] not in _SAFE and scope["path"].startswith("/api/") and not _is_json(headers):
            return PlainTextResponse("Send application/json.\n", 415)
        return self._stranger(scope, headers)

    def _stranger(self, scope: Scope, headers: dict[str, str]) -> Response | None:
        path: str = scope["path"]
        if not self.keys.token or path.startswith(_OPEN):
            return None
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.casefold() == "bearer" and self.keys.is_token(given.strip()):
            return None
        if kind.casefold() == "basic" and self.keys.is_token(_password(given)):
            return None
        if hmac.compare_digest(cookies_of(scope).get(ACCESS, "").encode(), self.keys.access.encode()):
            return None
        if path.startswith(("/api/", "/feeds/")) or scope["method"] not in _SAFE:
            return PlainTextResponse("Give the access token.\n", 401, {"WWW-Authenticate": 'Basic realm="Parley"'})
        return RedirectResponse("/login", 303)


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _name_of(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "") if host.count("[") < 2 else ""


def _same_origin(headers: dict[str, str]) -> bool:
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def _is_json(headers: dict[str, str]) -> bool:
    return headers.get("content-type", "").partition(";")[0].strip().casefold() == "application/json"


def _password(given: str) -> str:
    try:
        return base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


def _announced(scope: Scope) -> int:
    given = _headers(scope).get("content-length", "0")
    return int(given) if given.isdigit() else 0


def _too_large(limit: int) -> Response:
    return PlainTextResponse(f"This is too much at once: the desk takes at most {limit // 1_000_000} MB.\n", 413)


class TooLargeError(Exception):
    """A body that grew beyond what is taken."""


def _bounded(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLargeError
        return message

    return bounded


def _carrying(send: Send) -> Send:
    async def carrying(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            held = {name for name, _ in message.get("headers", ())}
            more = [(name.encode(), value.encode()) for name, value in HEADERS if name.encode() not in held]
            message["headers"] = [*message.get("headers", ()), *more]
        await send(message)

    return carrying
