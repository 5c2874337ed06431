"""Adding reports: files dropped or text pasted, and how far they are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException

from parley.desk import story
from parley.desk.adding import MAX_FILES
from parley.desk.pages.frame import Frame
from parley.desk.pages.others import AddPage, JobPage
from parley.desk.routes.parts import Checked, DeskOf, checked_form
from parley.desk.state import is_fragment
from parley.documents import from_text
from parley.errors import MissingError, ParleyError

router = APIRouter(include_in_schema=False)
_PASTED = 1_100_000


@router.get("/add")
def add_form(request: Request, desk: DeskOf) -> Response:
    """The form."""
    return _form(request, desk)


def _form(
    request: Request, desk: DeskOf, problem: str = "", kept: dict[str, str] | None = None, status: int = 200
) -> Response:
    return desk.form(request, lambda _, token: desk.page("add.html", AddPage(
        Frame("Add reports"), token, story.reports() is not None, problem, kept or {})), status=status)  # fmt: skip


@router.post("/add")
async def add(request: Request, desk: DeskOf) -> Response:
    """Take files or a text, and go to their progress."""
    try:
        form = await request.form(max_files=MAX_FILES, max_fields=12, max_part_size=_PASTED)
    except MultiPartException as error:
        return _form(request, desk, f"{error.message} Give at most {MAX_FILES} files at a time.", status=422)
    except Exception as error:
        if "files" in str(getattr(error, "detail", error)).casefold():
            return _form(request, desk, f"Give at most {MAX_FILES} files at a time.", status=422)
        raise
    try:
        field = {key: value for key, value in form.items() if isinstance(value, str)}
        checked_form(request, field.get("form_token", ""))
        uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
        named = [(one.filename or "file", await one.read()) for one in uploads]
    finally:
        await form.close()
    known = {key: field.get(key, "").strip() or None for key in ("published", "publisher")}
    try:
        if named:
            job = await run_in_threadpool(desk.adding.files, named, known)
        elif field.get("text", "").strip():
            document = from_text(
                field["text"],
                title=field.get("title", "").strip() or None,
                url=field.get("url", "").strip(),
                source="the pasted text",
                **known,
            )
            job = desk.adding.text(document)
        else:
            return await run_in_threadpool(_form, request, desk, "Choose files or paste a text.", field, 422)
    except ParleyError as error:
        return await run_in_threadpool(_form, request, desk, str(error), field, 422)
    return RedirectResponse(f"/add/{job.id}", 303)


@router.post("/add/story", dependencies=[Checked])
def add_story(desk: DeskOf, form_token: Annotated[str, Form()] = "") -> Response:
    """Add the sample story."""
    return RedirectResponse(f"/add/{desk.adding.story().id}", 303)


@router.get("/add/{id_}")
def progress(request: Request, desk: DeskOf, id_: str) -> Response:
    """How far a job is: the whole page, or for htmx the part that changes."""
    job = desk.adding.job(id_)
    if job is None:
        raise MissingError("there is no such job any more; what it finished is in the ledger")
    page = JobPage(Frame("Adding"), job, "/")
    return HTMLResponse(
        desk.page("job_part.html" if is_fragment(request) else "job.html", page), headers={"Cache-Control": "no-store"}
    )
