"""What routes take from a request."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Form, HTTPException, Path, Query, Request

from parley.desk.guard import SESSION
from parley.desk.state import Desk
from parley.errors import LedgerError
from parley.ledger.days import asked_day


def desk_of(request: Request) -> Desk:
    """The desk that the application is of."""
    desk: Desk = request.app.state.desk
    return desk


def day_of(given: str | None) -> str | None:
    """A day asked for, or None. Raises ``LedgerError`` if it is none."""
    return asked_day(given) if given and given.strip() else None


def _as_of(as_of: Annotated[str, Query(max_length=10, description="The state as of this day")] = "") -> str | None:
    return day_of(as_of)


def _since(since: Annotated[str, Query(max_length=10, description="What became known after this day")] = "") -> str | None:
    return day_of(since)


def _contested(
    only: Annotated[str, Query(max_length=20, description="`contested`: that alone on which sides or accounts part")] = "",
) -> bool:
    if only not in ("", "contested"):
        raise LedgerError(f"{only!r} is nothing that a page can be narrowed to; give only=contested")
    return bool(only)


def checked_form(request: Request, form_token: Annotated[str, Form(max_length=128)] = "") -> None:
    """Refuse a form that no page of this desk made for this browser."""
    if not desk_of(request).keys.is_form_token(request.cookies.get(SESSION, ""), form_token):
        raise HTTPException(403, "This form is not from this desk, or it is from before a restart. Load the page again.")


def pair_of(one: str, other: str) -> tuple[str, str] | None:
    """Two parties, if both are named."""
    return (one, other) if one and other else None


DeskOf = Annotated[Desk, Depends(desk_of)]
AsOf = Annotated[str | None, Depends(_as_of)]
Since = Annotated[str | None, Depends(_since)]
Contested = Annotated[bool, Depends(_contested)]
Name = Annotated[str, Query(max_length=200)]
ProcessId = Annotated[str, Path(max_length=64)]
Checked: Any = Depends(checked_form)
__all__ = [
    "AsOf",
    "Checked",
    "Contested",
    "DeskOf",
    "LedgerError",
    "Name",
    "ProcessId",
    "Since",
    "day_of",
    "desk_of",
    "pair_of",
]
