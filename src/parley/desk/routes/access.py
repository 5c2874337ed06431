"""Giving the access token, where the desk asks for one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from parley.desk.guard import ACCESS
from parley.desk.pages.frame import Frame
from parley.desk.pages.others import LoginPage
from parley.desk.routes.parts import DeskOf
from parley.desk.state import set_cookie

router = APIRouter(include_in_schema=False)


@router.get("/login")
def login_form(desk: DeskOf) -> Response:
    """The form."""
    if not desk.keys.token:
        return RedirectResponse("/", 303)
    return HTMLResponse(desk.page("login.html", LoginPage(Frame("Access"))))


@router.post("/login")
def login(request: Request, desk: DeskOf, token: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Take the token; a cookie stands for it from then on."""
    if not desk.keys.token:
        return RedirectResponse("/", 303)
    if not desk.keys.is_token(token.strip()):
        return HTMLResponse(desk.page("login.html", LoginPage(Frame("Access"), "This is not the access token.")), 401)
    response = RedirectResponse("/", 303)
    set_cookie(response, request, ACCESS, desk.keys.access, http_only=True, days=30)
    return response
