"""What the API takes and answers: pages of lists, single things, tables, and what is wrong in one sentence."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from parley.desk.routes.parts import DeskOf
from parley.ledger.view import View

MOST, DEEPEST = 200, 10_000
Format = Annotated[Literal["json", "csv"], Query(alias="format", description="csv gives the same items as a table")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most")]
Offset = Annotated[int, Query(ge=0, le=DEEPEST, description="How many to pass over; `next` has it")]
Short = Annotated[str, Query(max_length=200)]
Id = Annotated[str, Path(max_length=100)]


class Problem(BaseModel):
    """What is wrong, in one sentence."""

    detail: str


class Listed(BaseModel):
    """One page of a list: its items, and the address of the next page, if there is one."""

    items: list[dict[str, Any]]
    next: str | None = None


class Thing(BaseModel):
    """One thing with all its fields."""

    model_config = ConfigDict(extra="allow")


class NewDecision(BaseModel):
    """A decision on an entry."""

    verdict: Literal["accept", "reject", "set", "withdraw"]
    by: str = Field(min_length=1, max_length=80, pattern=r"\S")
    reason: str = Field(default="", max_length=2000)
    changes: dict[str, str] = Field(default_factory=dict, description="field: value, for `set`; spans as START:END")
    seen: str | None = Field(
        default=None, max_length=100, description="`state` of the entry as you saw it; 409 if it changed"
    )


class NewDocument(BaseModel):
    """A report to read and add."""

    text: str = Field(min_length=1, max_length=900_000)
    title: str | None = Field(default=None, max_length=500)
    published: str | None = Field(default=None, max_length=10)
    publisher: str | None = Field(default=None, max_length=200)
    url: str | None = Field(default=None, max_length=2000)


class Accepted(BaseModel):
    """A job that was begun."""

    job: str
    state: str
    outcomes: list[dict[str, Any]] = []
    problem: str = ""


WRONG: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (401, 404, 415, 421, 422, 503)}
"""What every address may answer when it cannot do what is asked."""
TABLE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
    304: {"description": "unchanged"},
}


async def listed(
    request: Request,
    desk: DeskOf,
    ask: Callable[[View, int], list[dict[str, Any]]],
    *,
    limit: int,
    offset: int,
    form: str,
    as_of: str | None = None,
) -> Response:
    """One page of a list. `ask` gives the first so many items."""

    def make(view: View) -> str:
        found = ask(view, offset + limit + 1)[offset:]
        items = found[:limit]
        if form == "csv":
            return table(items)
        more = len(found) > limit and offset + limit <= DEEPEST
        query = [(k, v) for k, v in request.query_params.multi_items() if k != "offset"]
        onward = f"{request.url.path}?{urlencode([*query, ('offset', offset + limit)])}" if more else None
        return as_json({"items": items, "next": onward})

    media = "text/csv; charset=utf-8" if form == "csv" else "application/json"
    return await desk.kept(request, make, as_of=as_of, media=media)


async def thing(request: Request, desk: DeskOf, ask: Callable[[View], Any], as_of: str | None = None) -> Response:
    """One thing with all its fields."""
    return await desk.kept(request, lambda view: as_json(ask(view)), as_of=as_of, media="application/json")


def as_json(data: Any) -> str:
    """Data as JSON."""
    return json.dumps(data, ensure_ascii=False, default=str)


def table(items: list[dict[str, Any]]) -> str:
    """Items as CSV: a column for each field, lists and objects as JSON; no cell is taken for a formula."""
    columns = list(dict.fromkeys(key for item in items for key in item))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for item in items:
        writer.writerow([_cell(item.get(column)) for column in columns])
    return out.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{text}" if isinstance(value, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
