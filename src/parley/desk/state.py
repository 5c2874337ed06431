"""What the routes share: the ledger, the shelf of made pages, the templates, and who is asking."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

import parley
from parley.desk.adding import Adding, OpenReader
from parley.desk.guard import SESSION, Keys
from parley.desk.pages.frame import address
from parley.desk.shelf import Made, Shelf
from parley.errors import MissingError
from parley.ledger.days import UNDATED
from parley.ledger.sentences import ISSUE_NAMES, day_name, listed
from parley.ledger.stamp import Stamp
from parley.ledger.store import Ledger
from parley.ledger.view import View
from parley.views.html import printable
from parley.views.wording import readable_duration

FOLDER = Path(str(files("parley.desk")))
REVIEWER = "parley_reviewer"
HTML = "text/html; charset=utf-8"
SHAPES = {"supports": "▲", "opposes": "▼", "conditional": "◆", "unknown": "○"}
STANCES = {"supports": "supports", "opposes": "opposes", "conditional": "on a condition", "unknown": "no words of its own"}


class Desk:
    """The desk of one ledger."""

    def __init__(self, ledger: Ledger, keys: Keys, open_reader: OpenReader, *, kept_bytes: int | None = None) -> None:
        self.ledger, self.keys = ledger, keys
        self.stamp = Stamp(ledger.engine)
        self.shelf = Shelf(self.stamp) if kept_bytes is None else Shelf(self.stamp, kept=kept_bytes)
        self.adding = Adding(ledger, open_reader)
        self.templates = _templates()
        self._token_here = secrets.token_hex(16)  # stands in kept pages where a session's token comes
        self._quick = ledger.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Finish what is being added and give the connections back."""
        self.adding.close()
        self.stamp.close()

    def page(self, template: str, page: Any, **more: Any) -> str:
        """A page as HTML."""
        return self.templates.get_template(template).render(page=page, **more)

    async def kept(
        self,
        request: Request,
        make: Callable[[View], str | bytes | tuple[str, str]],
        *,
        as_of: str | None = None,
        key: str = "",
        media: str = HTML,
    ) -> Response:
        """An answer that depends on the ledger, the address and `key` alone: made once for each state of the ledger.

        `make` may also give the day of the state that is shown, which is then in ``request.state.day``.
        """
        fragment = "fragment" if is_fragment(request) else "whole"
        question = f"{fragment} {request.url.path}?{request.url.query} {as_of} {key}"

        def made() -> Made:
            with self.ledger.view(as_of) as view:
                body = make(view)
                return Made.of(body[0], media, body[1]) if isinstance(body, tuple) else Made.of(body, media)

        found = self.shelf.peek(question) if self._quick else None
        if found is None:
            found = await run_in_threadpool(self.shelf.get, question, made)
        request.state.day = found.day
        return answer(request, found)

    def session(self, request: Request) -> str:
        """The session of a browser: the one of its cookie, or a new one."""
        given: str = request.cookies.get(SESSION, "")
        return given if 20 <= len(given) <= 64 and given.isascii() else secrets.token_urlsafe(24)

    def form(self, request: Request, make: Callable[[View, str], str], *, status: int = 200, key: str = "") -> Response:
        """A page with a form, and in it the token of the session that the form must bring back.

        With a `key`, which tells all that the page depends on but the ledger and the token, it is made once for each state
        of the ledger.
        """
        session = self.session(request)

        def made() -> Made:
            with self.ledger.view() as view:
                return Made.of(make(view, self._token_here), HTML)

        found = self.shelf.get(f"form {key}", made) if key else made()
        body = found.body.replace(self._token_here.encode(), self.keys.form_token(session).encode())
        response = HTMLResponse(body, status, {"Cache-Control": "no-store"})
        set_cookie(response, request, SESSION, session, http_only=True)
        return response


def answer(request: Request, made: Made) -> Response:
    """A made page as an answer, or word that the caller has it already."""
    headers = {"ETag": made.tag, "Cache-Control": "private, no-cache", "Vary": "HX-Request, Cookie"}
    if made.tag in [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    return Response(made.body, media_type=made.media, headers=headers)


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("hx-request") == "true" and "hx-history-restore-request" not in request.headers


def set_cookie(response: Response, request: Request, name: str, value: str, *, http_only: bool, days: int = 0) -> None:
    """Set a cookie that only this site gets back."""
    response.set_cookie(name, value, httponly=http_only, samesite="strict", secure=request.url.scheme == "https", path="/",
                        max_age=days * 86_400 or None)  # fmt: skip


def reviewer_of(request: Request) -> str:
    """The name under which somebody reviews: what they said, kept in a cookie."""
    return unquote(request.cookies.get(REVIEWER, ""))[:80].strip()


def remember_reviewer(response: Response, request: Request, name: str) -> None:
    """Keep the name of a reviewer for a year."""
    set_cookie(response, request, REVIEWER, quote(name), http_only=True, days=365)


def process_of(view: View, id_: str) -> dict[str, Any]:
    """The process of exactly this id. Raises ``MissingError`` if there is none."""
    process = view.process(id_)
    if process is None or process["id"] != id_:
        raise MissingError(f"the ledger knows no process {id_!r}")
    return process


def _templates() -> Environment:
    environment = Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, finalize=_finalize)  # fmt: skip
    environment.filters |= {
        "shortday": shortday,
        "duration": readable_duration,
        "exact": _exact,
        "day": day_name,
        "listed": listed,
        "words": _words,
        "brief_words": _brief_words,
    }
    environment.globals |= {
        "version": parley.__version__, "shapes": SHAPES, "stances": STANCES, "issue_names": ISSUE_NAMES, "address": address,
        "outlink": outlink, "query": lambda **given: urlencode(given), "data": _data,
    }  # fmt: skip
    return environment


def _finalize(value: Any) -> Any:
    """Every string of a page without control characters and direction overrides; escaping comes after."""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def shortday(day: str | None) -> str:
    """A day in few letters: "2 Jun 2025"."""
    if not day or len(day) != 10 or day.startswith("X"):
        return day_name(day)
    return "date not known" if day >= UNDATED else f"{int(day[8:])} {_MONTHS[int(day[5:7]) - 1]} {day[:4]}"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _exact(text: str) -> Markup:
    """A report's text so that a browser counts its characters as Parley does: a carriage return stays one."""
    return Markup(str(escape(printable(text))).replace("\r", "&#13;"))


def _words(text: str) -> str:
    """Words of a report on one line."""
    return " ".join(text.split())


def _brief_words(text: str, length: int = 140) -> str:
    """The beginning of some words, cut between two of them."""
    text = _words(text)
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"


def outlink(url: str | None) -> str:
    """An address that is safe to follow: http or https, else none."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def _data(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
