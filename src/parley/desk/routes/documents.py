"""Single documents and entries, and search."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from parley.desk.pages.document import document_page
from parley.desk.pages.others import search_page
from parley.desk.routes.parts import AsOf, DeskOf, Name, day_of
from parley.errors import MissingError

router = APIRouter(include_in_schema=False)
_THREADS = {"talks": "talks", "proposal": "proposals", "claim": "claims"}


@router.get("/d/{id_}")
async def document(request: Request, desk: DeskOf, id_: Annotated[str, Path(max_length=64)]) -> Response:
    """A report with its marks and entries."""
    return await desk.kept(request, lambda view: desk.page("document.html", document_page(view, id_)))


@router.get("/e/{id_}")
def entry(desk: DeskOf, id_: Annotated[str, Path(max_length=100)]) -> Response:
    """Where an entry, talks, a proposal or a claim is shown."""
    head, _, _ = id_.partition("-")
    with desk.ledger.view() as view:
        found = view.show(id_)
        if head in _THREADS:
            return RedirectResponse(f"/p/{found['process']}/{_THREADS[head]}#{id_}", 303)
    if found["what"] != "entry":
        raise MissingError(f"there is no entry {id_} in today's reading of the ledger's documents")
    return RedirectResponse(f"/d/{id_.rpartition('-')[0]}#e-{id_}", 303)


@router.get("/search")
async def search(request: Request, desk: DeskOf, as_of: AsOf, q: Annotated[str, Query(max_length=400)] = "",
                 kind: Annotated[list[str], Query()] = [], party: Name = "", issue: Name = "",  # noqa: B006
                 publisher: Name = "", since: Name = "", until: Name = "", process: Name = "") -> Response:  # fmt: skip
    """Full-text search."""
    asked = {"party": party, "issue": issue, "publisher": publisher, "since": day_of(since) or "",
             "until": day_of(until) or "", "process": process}  # fmt: skip
    return await desk.kept(
        request, lambda view: desk.page("search.html", search_page(view, q, tuple(kind), asked)), as_of=as_of
    )
