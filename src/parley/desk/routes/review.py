"""Review: the queue, decisions, undo, what was missed, and the log."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse

from parley.desk.pages.frame import Frame, is_process
from parley.desk.pages.review import (
    EmptyQueue,
    ReviewPage,
    add_entry_page,
    changes_in,
    found_entry,
    kinds_of,
    log_page,
    queue_of,
    review_page,
)
from parley.desk.routes.parts import Checked, DeskOf, Name
from parley.desk.state import process_of, remember_reviewer, reviewer_of
from parley.errors import LedgerError, StaleError
from parley.ledger.entries import fields_from_text
from parley.ledger.view import View

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=2000)]


@router.get("/review")
def review(request: Request, desk: DeskOf, process: Name = "", kind: Name = "", entry: Name = "", done: Name = "",
           note: Name = "") -> Response:  # fmt: skip
    """One entry of the queue; `entry` names which."""
    reviewer = reviewer_of(request)

    def make(view: View, token: str) -> str:
        return _page(desk, view, token, process, kind, entry, reviewer, note, done)

    return desk.form(request, make, key=f"{request.url.query} {reviewer}")


def _page(desk: DeskOf, view: View, token: str, process: str, kind: str, entry: str, reviewer: str, note: str,
          done: str) -> str:  # fmt: skip
    known = view.processes(200)
    of = process_of(view, process) if process else next((p for p in known if is_process(p)), known[0] if known else None)
    queue = queue_of(view, of["id"], kind) if of else []
    page: ReviewPage | EmptyQueue
    if entry or queue:
        page = review_page(view, entry or queue[0], process=of, kind=kind, queue=queue, reviewer=reviewer, form_token=token,
                           note=note, done=done)  # fmt: skip
        return desk.page("review.html", page)
    page = EmptyQueue(Frame("Review"), of, known, kind, kinds_of(), reviewer, token, note, done)
    return desk.page("review_empty.html", page)


@router.post("/review/{id_}", dependencies=[Checked])
async def decide(request: Request, desk: DeskOf, id_: str, verdict: Text, seen: Text, by: Text = "", reason: Text = "",
                 process: Text = "", kind: Text = "", following: Text = "") -> Response:  # fmt: skip
    """Add a decision; then the next entry. A form that is stale is shown anew with a word about it."""
    from fastapi.concurrency import run_in_threadpool

    form = await request.form(max_fields=60)
    given = {key[4:]: str(value) for key, value in form.items() if key.startswith("set.")}
    return await run_in_threadpool(_decide, request, desk, id_, verdict, seen, by.strip(), reason, given,
                                   {"process": process, "kind": kind}, following)  # fmt: skip


def _decide(request: Request, desk: DeskOf, id_: str, verdict: str, seen: str, by: str, reason: str, given: dict[str, str],
            where: dict[str, str], following: str) -> Response:  # fmt: skip
    by = by or reviewer_of(request)
    try:
        if not by:
            raise LedgerError("give your name first: a decision needs somebody who made it")
        with desk.ledger.view() as view:
            _, one = found_entry(view, id_)
        changes = changes_in(given, one.list, one.machine or one.entry) if verdict == "set" else {}
        if verdict not in ("accept", "reject", "set"):
            raise LedgerError(f"{verdict!r} is no decision")
        if verdict == "set" and not changes:
            raise LedgerError("nothing was changed; accept the entry if it is right")
        desk.ledger.review(id_, verdict, by=by, reason=reason, changes=changes, seen=seen)  # type: ignore[arg-type]
    except StaleError:
        return _again(request, desk, id_, where, "Somebody decided on this entry, or it was read anew, since you opened it. "
                      "Your decision was not kept; this is how it stands now.", by, 409)  # fmt: skip
    except LedgerError as error:
        return _again(request, desk, id_, where, str(error), by, 422)
    word = {"accept": "accepted", "reject": "rejected", "set": "corrected"}[verdict]
    with desk.ledger.view() as view:
        queue = queue_of(view, where["process"], where["kind"]) if where["process"] else []
    onward = following if following in queue else ""
    query = {**where, "entry": onward, "done": f"{word}:{id_}"}
    response = RedirectResponse("/review?" + urlencode({k: v for k, v in query.items() if v}), 303)
    remember_reviewer(response, request, by)
    return response


def _again(request: Request, desk: DeskOf, id_: str, where: dict[str, str], note: str, by: str, status: int) -> Response:
    return desk.form(request, lambda view, token: _page(
        desk, view, token, where["process"], where["kind"], id_, by, note, ""), status=status)  # fmt: skip


@router.post("/review/{id_}/undo", dependencies=[Checked])
def undo(request: Request, desk: DeskOf, id_: str, process: Text = "", kind: Text = "") -> Response:
    """Take back one's own last decision on an entry; the one before it stands again."""
    by = reviewer_of(request)
    if not by:
        raise LedgerError("give your name first: only your own decisions can be taken back")
    desk.ledger.undo(id_, by=by)
    query = {"process": process, "kind": kind, "entry": "" if id_.startswith("x") else id_, "done": f"undone:{id_}"}
    with desk.ledger.view() as view:
        try:
            found_entry(view, id_)
        except LedgerError:  # an entry that a person had added is gone
            query["entry"] = ""
    return RedirectResponse("/review?" + urlencode({k: v for k, v in query.items() if v}), 303)


@router.get("/d/{document}/add")
def add_form(request: Request, desk: DeskOf, document: str, kind: Name = "positions", note: Name = "") -> Response:
    """The form for what the machine missed."""
    by = reviewer_of(request)
    return desk.form(request, lambda view, token: desk.page(
        "add_entry.html", add_entry_page(view, document, kind, form_token=token, reviewer=by, note=note)))  # fmt: skip


@router.post("/d/{document}/add", dependencies=[Checked])
async def add_entry(request: Request, desk: DeskOf, document: str, kind: Text, by: Text = "", reason: Text = "") -> Response:
    """Add what the machine missed."""
    from fastapi.concurrency import run_in_threadpool

    form = await request.form(max_fields=60)
    given = {key[4:]: str(value) for key, value in form.items() if key.startswith("set.")}
    return await run_in_threadpool(
        _add_entry, request, desk, document, kind, given, by.strip() or reviewer_of(request), reason
    )


def _add_entry(
    request: Request, desk: DeskOf, document: str, kind: str, given: dict[str, str], by: str, reason: str
) -> Response:
    try:
        if not by:
            raise LedgerError("give your name first: an entry needs somebody who added it")
        with desk.ledger.view() as view:
            add_entry_page(view, document, kind, form_token="", reviewer=by, note="")
            fields = fields_from_text(kind, given, view.record(document).document)
        id_ = desk.ledger.add_entry(document, kind, fields, by=by, reason=reason)
    except LedgerError as error:
        note = str(error)
        return desk.form(request, lambda view, token: desk.page("add_entry.html", add_entry_page(
            view, document, kind, form_token=token, reviewer=by, note=note)), status=422)  # fmt: skip
    response = RedirectResponse(f"/d/{document}#e-{id_}", 303)
    remember_reviewer(response, request, by)
    return response


@router.get("/decisions")
def log(request: Request, desk: DeskOf, before: Annotated[int | None, Query(ge=1)] = None, by: Name = "") -> Response:
    """Who decided what."""
    return desk.form(request, lambda view, _: desk.page("log.html", log_page(view, before=before, by=by)))
