"""The HTTP API: all that the desk shows, as JSON or CSV, in pages, with stable ids and ETags."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from parley.desk.pages.review import list_of
from parley.desk.pages.standing import CHANGES_SHOWN
from parley.desk.pages.threads import KINDS
from parley.desk.routes.answers import (
    MOST,
    TABLE,
    WRONG,
    Accepted,
    Format,
    Id,
    Limit,
    Listed,
    NewDecision,
    NewDocument,
    Offset,
    Problem,
    Short,
    Thing,
    listed,
    thing,
)
from parley.desk.routes.parts import AsOf, DeskOf, ProcessId, Since, day_of
from parley.desk.state import process_of
from parley.documents import from_text
from parley.errors import MissingError
from parley.ledger.brief import brief as written
from parley.ledger.days import shifted
from parley.ledger.review import decisions, figures, state_of
from parley.ledger.search import search as hits
from parley.ledger.sentences import sentence
from parley.ledger.view import View

router = APIRouter(prefix="/api/v1", tags=["v1"], responses=WRONG)


@router.get("/processes", response_model=Listed, responses=TABLE)
async def processes(
    request: Request, desk: DeskOf, limit: Limit = 50, offset: Offset = 0, form: Format = "json"
) -> Response:
    """The processes, those with most documents first."""
    return await listed(request, desk, lambda view, n: view.processes(n), limit=limit, offset=offset, form=form)


@router.get("/processes/{id_}", response_model=Thing)
async def process(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf) -> Response:
    """A process: its parties, mediators and period."""
    return await thing(request, desk, lambda view: process_of(view, id_), as_of)


@router.get("/processes/{id_}/standing", response_model=Listed, responses=TABLE)
async def standing(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, limit: Limit = MOST, offset: Offset = 0,
                   form: Format = "json") -> Response:  # fmt: skip
    """Where things stand: one item a party and issue."""

    def ask(view: View, n: int) -> list[dict[str, Any]]:
        matrix = view.matrix(process_of(view, id_)["id"])
        return [
            {"party": party, "issue": issue, **cell} for party, cells in matrix.items() for issue, cell in cells.items()
        ][:n]

    return await listed(request, desk, ask, limit=limit, offset=offset, form=form, as_of=as_of)


@router.get("/processes/{id_}/positions", response_model=Listed, responses=TABLE)
async def positions(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, party: Short,
                    course: Annotated[bool, Query(description="false: only where it stands now")] = True,
                    limit: Limit = MOST, offset: Offset = 0, form: Format = "json") -> Response:  # fmt: skip
    """A party's positions, issue by issue: where it stands now, and the stances held in turn with their words."""

    def ask(view: View, n: int) -> list[dict[str, Any]]:
        return view.positions(party, process_of(view, id_)["id"], course=course)[:n]

    return await listed(request, desk, ask, limit=limit, offset=offset, form=form, as_of=as_of)


@router.get("/processes/{id_}/gap", response_model=Thing)
async def gap(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, one: Short, other: Short) -> Response:
    """What two parties agree on, contest, and say nothing of."""
    return await thing(request, desk, lambda view: view.gap(process_of(view, id_)["id"], one, other), as_of)


@router.get("/processes/{id_}/talks", response_model=Listed, responses=TABLE)
async def talks(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, limit: Limit = 50, offset: Offset = 0,
                form: Format = "json") -> Response:  # fmt: skip
    """Talks merged from all reports, the latest first."""
    return await listed(
        request,
        desk,
        lambda view, n: view.talks(process_of(view, id_)["id"], n),
        limit=limit,
        offset=offset,
        form=form,
        as_of=as_of,
    )


@router.get("/processes/{id_}/proposals", response_model=Listed, responses=TABLE)
async def proposals(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, limit: Limit = 50, offset: Offset = 0,
                    form: Format = "json") -> Response:  # fmt: skip
    """Proposals with their terms and lives, the latest first."""
    return await listed(request, desk, lambda view, n: view.proposals(process_of(view, id_)["id"], n * 4)[:n], limit=limit,
                         offset=offset, form=form, as_of=as_of)  # fmt: skip


@router.get("/processes/{id_}/claims", response_model=Listed, responses=TABLE)
async def claims(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, limit: Limit = 50, offset: Offset = 0,
                 form: Format = "json") -> Response:  # fmt: skip
    """Claims with who asserts, denies and confirms them."""
    return await listed(
        request,
        desk,
        lambda view, n: view.claims(process_of(view, id_)["id"], n),
        limit=limit,
        offset=offset,
        form=form,
        as_of=as_of,
    )


@router.get("/processes/{id_}/timeline", response_model=Listed, responses=TABLE)
async def timeline(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, since: Since,
                   until: Annotated[str, Query(max_length=10)] = "", kind: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006
                   limit: Limit = 100, offset: Offset = 0, form: Format = "json") -> Response:  # fmt: skip
    """Dated changes, the latest first, each with a sentence and its words."""
    last, kinds = day_of(until), [k for k in kind if k in KINDS]

    def ask(view: View, n: int) -> list[dict[str, Any]]:
        found = view.timeline(process_of(view, id_)["id"], since=since, until=last, kinds=kinds, limit=n)
        return [{**m, "sentence": sentence(m)} for m in found]

    return await listed(request, desk, ask, limit=limit, offset=offset, form=form, as_of=as_of)


@router.get("/processes/{id_}/changes", response_model=Listed, responses=TABLE)
async def changes(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, since: Since, limit: Limit = CHANGES_SHOWN,
                  offset: Offset = 0, form: Format = "json") -> Response:  # fmt: skip
    """What became known after a day (default: the last seven days of reports), the latest known first."""

    def ask(view: View, n: int) -> list[dict[str, Any]]:
        last = process_of(view, id_)["last_report"] or ""
        found = view.changes(id_, since or shifted(last, -7), n)
        found.sort(key=lambda m: (m["ref"], m["step"]))
        found.sort(key=lambda m: m["known"], reverse=True)
        return [{**m, "sentence": sentence(m)} for m in found]

    return await listed(request, desk, ask, limit=limit, offset=offset, form=form, as_of=as_of)


@router.get("/processes/{id_}/actors", response_model=Listed, responses=TABLE)
async def actors(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, limit: Limit = 100, offset: Offset = 0,
                 form: Format = "json") -> Response:  # fmt: skip
    """Who speaks for whom in which role, from when to when."""

    def ask(view: View, n: int) -> list[dict[str, Any]]:
        of = process_of(view, id_)
        names = [*of["parties"], *of["mediators"]]
        return view.actors(names, limit=n) if names else []

    return await listed(request, desk, ask, limit=limit, offset=offset, form=form, as_of=as_of)


@router.get("/processes/{id_}/events", response_model=Listed, responses=TABLE)
async def events(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, limit: Limit = 100, offset: Offset = 0,
                 form: Format = "json") -> Response:  # fmt: skip
    """Events by PLOVER type, the latest first."""
    return await listed(request, desk, lambda view, n: view.deeds(process_of(view, id_)["id"], limit=n), limit=limit,
                         offset=offset, form=form, as_of=as_of)  # fmt: skip


@router.get("/processes/{id_}/brief", responses={200: {"content": {"text/markdown": {"schema": {"type": "string"}}}}},
            response_class=Response)  # fmt: skip
async def brief(request: Request, desk: DeskOf, id_: ProcessId, as_of: AsOf, since: Since) -> Response:
    """The cited briefing of what changed since a day (default: the last thirty), as Markdown."""

    def make(view: View) -> str:
        of = process_of(view, id_)
        return written(view, of, since or shifted(of["last_report"] or view.today(), -30))

    return await desk.kept(request, make, as_of=as_of, media="text/markdown; charset=utf-8")


@router.get("/search", response_model=Listed, responses=TABLE)
async def search(
    request: Request,
    desk: DeskOf,
    as_of: AsOf,
    since: Since,
    q: Annotated[str, Query(min_length=1, max_length=400)],
    kind: Annotated[list[str], Query(max_length=6)] = [],  # noqa: B006
    publisher: Short = "",
    party: Short = "",
    issue: Short = "",
    process: Short = "",
    limit: Limit = 20,
    offset: Annotated[int, Query(ge=0, le=400)] = 0,
    form: Format = "json",
) -> Response:
    """Full-text search, the newest first; "quoted words" stand side by side."""

    def ask(view: View, n: int) -> list[dict[str, Any]]:
        narrow = bool(party or issue or since or process)
        found = hits(view.connection, q, kinds=tuple(kind)[:6], limit=1000 if narrow else n, publisher=publisher or None,
                     as_of=view.as_of)  # fmt: skip
        return view.narrowed(found, party=party, issue=issue, since=since or "", process=process)[:n]

    return await listed(request, desk, ask, limit=limit, offset=offset, form=form, as_of=as_of)


@router.get("/documents/{id_}", response_model=Thing)
async def document(request: Request, desk: DeskOf, id_: Id) -> Response:
    """A document: its text, versions, copies, and its entries with their review."""
    return await thing(request, desk, lambda view: view.document(id_))


@router.get("/documents/{id_}/record", response_model=Thing)
async def record(request: Request, desk: DeskOf, id_: Id) -> Response:
    """The record of a document by the published contract, as the machine read it."""
    return await thing(request, desk, lambda view: view.record(view.document(id_)["id"]).model_dump(mode="json"))


@router.get("/entries/{id_}", response_model=Thing)
async def entry(request: Request, desk: DeskOf, id_: Id) -> Response:
    """An entry with its words, rule, review and history; or merged talks, a proposal or a claim."""

    def ask(view: View) -> dict[str, Any]:
        found = view.show(id_)
        if found["what"] != "entry":
            if found["what"] == "document":
                raise MissingError(f"there is no entry {id_} in the ledger; /documents/{id_} has the document")
            return found
        one = next(r for r in view.reviewed(id_.rpartition("-")[0]) if r.id == id_)
        return {**found, "state": state_of(view.connection, id_, one.machine or one.entry)}

    return await thing(request, desk, ask)


@router.get("/entries/{id_}/history", response_model=Listed)
async def history(request: Request, desk: DeskOf, id_: Id) -> Response:
    """All that ever happened to an entry: what each reading said, and every decision."""
    return await thing(request, desk, lambda view: {"items": view.history(id_), "next": None})


@router.get("/processes/{id_}/queue", response_model=Listed, responses=TABLE)
async def queue(request: Request, desk: DeskOf, id_: ProcessId, kind: Short = "", limit: Limit = 50, offset: Offset = 0,
                form: Format = "json") -> Response:  # fmt: skip
    """Entries that nobody has reviewed, the least certain first."""
    return await listed(
        request,
        desk,
        lambda view, n: view.doubts(process_of(view, id_)["id"], kind=kind, limit=n),
        limit=limit,
        offset=offset,
        form=form,
    )


@router.get("/decisions", response_model=Listed, responses=TABLE)
async def log(request: Request, desk: DeskOf, by: Short = "", limit: Limit = 50, offset: Offset = 0,
              form: Format = "json") -> Response:  # fmt: skip
    """Who decided what, the latest first."""
    return await listed(
        request, desk, lambda view, n: decisions(view.connection, limit=n, by=by), limit=limit, offset=offset, form=form
    )


@router.get("/figures", response_model=Thing)
async def review_figures(request: Request, desk: DeskOf) -> Response:
    """From review: the precision of each list with its interval, and the agreement of reviewers."""
    return await thing(request, desk, lambda view: figures(view.connection))


@router.post("/entries/{id_}/decisions", status_code=201, response_model=Thing, responses={409: {"model": Problem}})
def decide(desk: DeskOf, id_: Id, decision: NewDecision) -> dict[str, Any]:
    """Decide on an entry. With `seen`, a decision on what somebody else changed in the meantime is refused (409)."""
    if not list_of(id_):
        raise MissingError(f"there is no entry {id_} in the ledger")
    desk.ledger.review(
        id_, decision.verdict, by=decision.by, reason=decision.reason, changes=decision.changes, seen=decision.seen
    )
    return {"entry": id_, "verdict": decision.verdict, "by": decision.by}


@router.post("/documents", status_code=202, response_model=Accepted)
async def add_document(desk: DeskOf, given: NewDocument) -> Accepted:
    """Read a report and add it; ask `/jobs/{job}` how far it is."""
    document = from_text(given.text, title=given.title, published=given.published, publisher=given.publisher, url=given.url,
                         source="text")  # fmt: skip
    job = await run_in_threadpool(desk.adding.text, document)
    return Accepted(job=job.id, state=job.state)


@router.get("/jobs/{id_}", response_model=Accepted)
def job_state(desk: DeskOf, id_: Id) -> Accepted:
    """How far a job is, and what became of each document."""
    job = desk.adding.job(id_)
    if job is None:
        raise MissingError("there is no such job any more; what it finished is in the ledger")
    outcomes = [{"source": o.source, "what": o.what, "problem": o.problem} for o in job.outcomes]
    return Accepted(job=job.id, state=job.state, outcomes=outcomes, problem=job.problem)
