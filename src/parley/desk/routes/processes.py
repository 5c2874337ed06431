"""The processes and their parts: where things stand, timeline, proposals, talks, claims, actors, brief."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from parley.desk import story
from parley.desk.pages.others import brief_page, home_page
from parley.desk.pages.standing import cell_page, standing_page
from parley.desk.pages.threads import (
    actors_page,
    claims_page,
    dealings_of,
    proposals_page,
    talks_page,
    timeline_of,
    timeline_page,
)
from parley.desk.routes.parts import AsOf, Contested, DeskOf, Name, ProcessId, Since, day_of, pair_of
from parley.desk.state import is_fragment, process_of, set_cookie
from parley.ledger.view import View

router = APIRouter(include_in_schema=False)
VISITS = "parley_visits"
JSON = "application/json"


@router.get("/")
async def home(request: Request, desk: DeskOf) -> Response:
    """The processes of the ledger, or what a new desk can begin with."""

    def make(view: View, token: str = "") -> str:
        page = home_page(view, sample=story.reports() is not None, form_token=token)
        return "" if page.empty and not token else desk.page("home.html", page)

    response = await desk.kept(request, make)
    if response.status_code == 200 and not response.body:  # an empty ledger: the page has a form
        return await run_in_threadpool(desk.form, request, make)
    return response


@router.get("/p/{id_}")
async def standing(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, since: Since, contested: Contested,
                   one: Name = "", other: Name = "") -> Response:  # fmt: skip
    """Where things stand."""
    last = _visits(request).get(id_, ["", ""])

    def make(view: View) -> tuple[str, str]:
        page = standing_page(view, process_of(view, id_), since=since, between=pair_of(one, other), contested=contested)
        seen = next((day for day in reversed(last) if day and day < page.frame.today), None)
        return desk.page("standing.html", page, last_visit=seen), page.frame.today

    response = await desk.kept(request, make, as_of=as_of, key=".".join(last))
    if as_of is None:
        _remember_visit(request, response, id_, request.state.day)
    return response


def _visits(request: Request) -> dict[str, list[str]]:
    """For each process the last two days of reports that this browser was shown, as far as they differ."""
    found: dict[str, list[str]] = {}
    for part in request.cookies.get(VISITS, "").split("|")[:20]:
        id_, _, days = part.rpartition("~")
        if id_:
            found[id_] = ([""] + [day for day in days.split(".") if len(day) == 10])[-2:]
    return found


def _remember_visit(request: Request, response: Response, id_: str, day: str) -> None:
    """Keep the day shown, and the one shown before there were newer reports: "since your last visit"."""
    kept = _visits(request)
    before = kept.pop(id_, ["", ""])
    if not day or before[-1] == day:
        return
    kept = {id_: [before[-1], day], **kept}
    some = "|".join(f"{name}~{'.'.join(days)}" for name, days in list(kept.items())[:20])
    set_cookie(response, request, VISITS, some, http_only=True, days=365)


@router.get("/p/{id_}/cell")
async def cell(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, party: Name, issue: Name,
               before: Name = "") -> Response:  # fmt: skip
    """The words behind a cell: a part of the page for htmx, the whole page with it for a plain link."""
    earlier_than = day_of(before) or ""

    def make(view: View) -> str:
        process = process_of(view, id_)
        if is_fragment(request):
            part = cell_page(view, process, party, issue, earlier_than)
            return desk.page("cell.html", part, more=bool(earlier_than))
        page = standing_page(view, process, since=None, between=None, cell=(party, issue), before=earlier_than)
        return desk.page("standing.html", page, last_visit=None)

    return await desk.kept(request, make, as_of=as_of)


@router.get("/p/{id_}/timeline")
async def timeline(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, kind: Annotated[list[str], Query()] = [],  # noqa: B006
                   party: Name = "", issue: Name = "", since: Name = "", until: Name = "", one: Name = "",
                   other: Name = "") -> Response:  # fmt: skip
    """The timeline."""
    first, last = day_of(since) or "", day_of(until) or ""
    return await desk.kept(request, lambda view: desk.page("timeline.html", timeline_page(
        view, process_of(view, id_), kinds=kind, party=party, issue=issue, since=first, until=last,
        between=pair_of(one, other))), as_of=as_of)  # fmt: skip


@router.get("/p/{id_}/timeline.json")
async def timeline_data(
    request: Request,
    desk: DeskOf,
    id_: ProcessId,
    as_of: AsOf,
    kind: Annotated[list[str], Query()] = [],  # noqa: B006
    party: Name = "",
    issue: Name = "",
    since: Name = "",
    until: Name = "",
) -> Response:
    """What the timeline's chart draws."""
    first, last = day_of(since) or "", day_of(until) or ""

    def make(view: View) -> str:
        process_of(view, id_)
        found = timeline_of(view, id_, kind, party, issue, first, last, 1500)
        return _json([{"day": m["day"], "kind": m["kind"], "status": m.get("status") or m.get("stance") or "",
                       "party": m["party"], "sentence": m["sentence"], "accounts": m.get("accounts", 1),
                       "href": f"#{m['ref']}-{m['step']}"} for m in found])  # fmt: skip

    return await desk.kept(request, make, as_of=as_of, media=JSON)


@router.get("/p/{id_}/dealings.json")
async def dealings_data(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, one: Name, other: Name) -> Response:
    """Cooperation and conflict between two parties by month."""
    return await desk.kept(request, lambda view: _json(dealings_of(view, process_of(view, id_)["id"], one, other)),
                           as_of=as_of, media=JSON)  # fmt: skip


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


@router.get("/p/{id_}/proposals")
async def proposals(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, contested: Contested,
                    show: Annotated[list[str], Query()] = []) -> Response:  # noqa: B006  # fmt: skip
    """Proposals side by side."""
    return await desk.kept(request, lambda view: desk.page(
        "proposals.html", proposals_page(view, process_of(view, id_), show, contested=contested)), as_of=as_of)  # fmt: skip


@router.get("/p/{id_}/talks")
async def talks(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, contested: Contested) -> Response:
    """Talks."""
    return await desk.kept(request, lambda view: desk.page(
        "talks.html", talks_page(view, process_of(view, id_), contested=contested)), as_of=as_of)  # fmt: skip


@router.get("/p/{id_}/claims")
async def claims(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, contested: Contested, status: Name = ""
                 ) -> Response:  # fmt: skip
    """Claims."""
    return await desk.kept(request, lambda view: desk.page(
        "claims.html", claims_page(view, process_of(view, id_), status, contested=contested)), as_of=as_of)  # fmt: skip


@router.get("/p/{id_}/actors")
async def actors(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf) -> Response:
    """Actors."""
    return await desk.kept(
        request, lambda view: desk.page("actors.html", actors_page(view, process_of(view, id_))), as_of=as_of
    )


@router.get("/p/{id_}/brief")
async def brief(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, since: Since) -> Response:
    """The brief."""
    return await desk.kept(request, lambda view: desk.page(
        "brief.html", brief_page(view, process_of(view, id_), since)), as_of=as_of)  # fmt: skip
