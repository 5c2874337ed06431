"""Feeds of a process: its changes as Atom (RFC 4287), its talks as iCalendar (RFC 5545)."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from parley.desk.feeds import atom, icalendar
from parley.desk.routes.parts import DeskOf, ProcessId
from parley.desk.state import process_of

router = APIRouter(include_in_schema=False)


@router.get("/feeds/{id_}.atom")
async def changes(request: Request, desk: DeskOf, id_: ProcessId) -> Response:
    """The last changes of a process."""
    here = str(request.base_url).rstrip("/")
    return await desk.kept(
        request, lambda view: atom(view, process_of(view, id_), here), media="application/atom+xml", key=here
    )


@router.get("/feeds/{id_}.ics")
async def talks(request: Request, desk: DeskOf, id_: ProcessId) -> Response:
    """The talks of a process that have a day."""
    here = str(request.base_url).rstrip("/")
    return await desk.kept(
        request, lambda view: icalendar(view, process_of(view, id_), here), media="text/calendar", key=here
    )
