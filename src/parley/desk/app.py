"""The desk as an application: routes put together, problems told in one sentence, nothing fetched from elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

import parley
from parley.desk.adding import OpenReader
from parley.desk.guard import SHORTEST_TOKEN, Guard, Keys, TooLargeError
from parley.desk.pages.frame import Frame
from parley.desk.pages.others import ProblemPage
from parley.desk.routes import access, add, api, documents, feeds, processes, review
from parley.desk.state import FOLDER, Desk
from parley.errors import MissingError, ParleyError, StaleError, UnavailableError
from parley.ledger.store import Ledger

THREADS = 8
"""Pages made at once: more would only wait for each other's turn."""


def create_app(ledger: Ledger, *, open_reader: OpenReader, token: str = "", kept_bytes: int | None = None) -> FastAPI:
    """The desk of a ledger.

    `open_reader` makes what reads documents that are added. With a `token` everybody has to give it; without one the desk
    answers to this machine alone. `kept_bytes` bounds the pages kept in memory (0: none). Raises ``ParleyError`` on a token
    that is too short.
    """
    if token and len(token) < SHORTEST_TOKEN:
        raise ParleyError(f"the access token is too short; give at least {SHORTEST_TOKEN} characters")
    keys = Keys(token)
    desk = Desk(ledger, keys, open_reader, kept_bytes=kept_bytes)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        desk.close()

    app = FastAPI(title="Parley", version=parley.__version__, summary="The record of a peace process, with its words.",
                  docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json", lifespan=lifespan)  # fmt: skip
    app.state.desk = desk
    for routes in (access, processes, documents, review, add, feeds, api):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=FOLDER / "static"), name="static")
    app.add_middleware(Guard, keys=keys)
    _tell_problems(app, desk)
    return app


_STATUS: dict[type[ParleyError], int] = {StaleError: 409, MissingError: 404, UnavailableError: 503}


def _tell_problems(app: FastAPI, desk: Desk) -> None:
    def told(request: Request, status: int, problem: str) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"detail": problem}, status)
        page = ProblemPage(Frame("Not possible"), problem)
        return HTMLResponse(desk.page("problem.html", page), status, {"Cache-Control": "no-store"})

    @app.exception_handler(ParleyError)
    async def parley_error(request: Request, error: ParleyError) -> Response:
        return told(request, next((code for of, code in _STATUS.items() if isinstance(error, of)), 422), str(error))

    @app.exception_handler(TooLargeError)
    async def too_large(request: Request, _: TooLargeError) -> Response:
        return told(request, 413, "This is too much at once.")

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return told(request, 422, f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}")

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        response = told(
            request, error.status_code, "There is no such page." if error.status_code == 404 else str(error.detail)
        )
        response.headers.update(error.headers or {})
        return response
