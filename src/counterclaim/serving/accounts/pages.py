"""Signing in and out, one's own account, and the accounts of all."""

from __future__ import annotations

import secrets
from typing import Any, Final

from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie
from litestar.exceptions import PermissionDeniedException
from litestar.response import Redirect, Template
from litestar.types import ControllerRouterHandler

from counterclaim.errors import UsageError
from counterclaim.serving.accounts.access import (
    PUBLIC,
    SignedIn,
    Visitor,
    address_of,
    cookie_name,
    hold_to,
    session_of,
)
from counterclaim.serving.accounts.passwords import MOST
from counterclaim.serving.accounts.store import ROLES, Users

Query = Request[Any, Any, Any]

FORM: Final = 20_000
"""Bytes of a form of these pages."""


@get("/sign-in", role=PUBLIC, include_in_schema=False)
async def sign_in_page(request: Query) -> Template | Redirect:
    """The form; a visitor who is known goes on."""
    if _visitor(request) is not None:
        return Redirect(local(request.query_params.get("next", "")))
    return _form(request, request.query_params.get("next", ""))


@post("/sign-in", role=PUBLIC, include_in_schema=False, request_max_body_size=FORM)
async def sign_in(request: Query) -> Response[Any]:
    """A session with a new id, or the form again."""
    access: SignedIn = request.app.state.access
    form = await request.form()
    name, password = str(form.get("name", "")), str(form.get("password", ""))
    address = address_of(request)
    hold_to(access.wait_to_try(name, address))
    user = await sync_to_thread(lambda: access.users.check(name, password, address=address))
    if user is None:
        return _form(request, str(form.get("next", "")), "Name or password is wrong.", 401)
    # Never the id that was there before: it may have been planted.
    id = await sync_to_thread(access.users.start, user)
    return Redirect(local(str(form.get("next", ""))), status_code=303, cookies=[_cookie(request, id)])


@post("/sign-out", role="reader", include_in_schema=False, request_max_body_size=FORM)
async def sign_out(request: Query) -> Redirect:
    """The session ends here and in the file."""
    access: SignedIn = request.app.state.access
    visitor = _known(request)
    await sync_to_thread(lambda: access.users.end(visitor.session, name=visitor.name, address=address_of(request)))
    gone = Cookie(key=cookie_name(request), value="", path="/", max_age=0, httponly=True, secure=_https(request))
    return Redirect("/sign-in", status_code=303, cookies=[gone])


@get("/account", include_in_schema=False)
async def account(request: Query) -> Template:
    """One's own name, role, and password."""
    return _account(request)


@post("/account", role="reader", include_in_schema=False, request_max_body_size=FORM)
async def change_password(request: Query) -> Response[Any]:
    """A new password, by whoever knows the old one. Every other session ends."""
    access: SignedIn = request.app.state.access
    visitor = _known(request)
    form = await request.form()
    old, new, again = (str(form.get(field, "")) for field in ("old", "new", "again"))
    address = address_of(request)
    hold_to(access.wait_to_try(visitor.name, address))
    user = await sync_to_thread(lambda: access.users.check(visitor.name, old, address=address))
    if user is None:
        return _account(request, "The old password is wrong.", 400)
    if new != again:
        return _account(request, "The new password was not typed twice alike.", 400)
    try:
        await sync_to_thread(lambda: access.users.set_password(visitor.name, new, by=visitor.name))
    except UsageError as error:
        return _account(request, str(error), 400)
    id = await sync_to_thread(access.users.start, user)
    return Redirect("/account?done=1", status_code=303, cookies=[_cookie(request, id)])


@get("/users", role="editor", include_in_schema=False)
async def users_page(request: Query) -> Template:
    """Every account, and the journal."""
    return await sync_to_thread(_users, request)


@post("/users", role="editor", include_in_schema=False, request_max_body_size=FORM)
async def change_user(request: Query) -> Response[Any]:
    """Add an account, or change one."""
    form = await request.form()
    by = _known(request).name
    given = {field: str(form.get(field, "")) for field in ("action", "name", "role", "password")}
    try:
        await sync_to_thread(_change, request.app.state.access.users, by=by, **given)
    except UsageError as error:
        return await sync_to_thread(_users, request, str(error), 400)
    return Redirect("/users", status_code=303)


def _change(users: Users, *, action: str, name: str, role: str, password: str, by: str) -> None:
    chosen = next((one for one in ROLES if one == role), None)
    if action == "add" and chosen:
        users.add(name, chosen, password, by=by)
    elif action == "role" and chosen:
        users.set_role(name, chosen, by=by)
    elif action == "password":
        users.set_password(name, password, by=by)
    elif action in ("disable", "enable"):
        users.set_disabled(name, action == "disable", by=by)
    else:
        raise UsageError("action: add or role, with one of the roles; password, disable or enable")


def local(address: str) -> str:
    """A page of ours to go on to; "/" where the address is none."""
    plain = address.isascii() and all(33 <= ord(letter) < 127 for letter in address)
    return address if plain and address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def _form(request: Query, next: str, wrong: str = "", status: int = 200) -> Template:
    id = session_of(request) or secrets.token_urlsafe(32)
    request.scope["state"]["new_session"] = id
    return Template(
        "sign_in.html.j2",
        context={"title": "Sign in", "next": local(next), "wrong": wrong, "most": MOST},
        status_code=status,
        cookies=[_cookie(request, id)],
    )


def _account(request: Query, wrong: str = "", status: int = 200) -> Template:
    context = {"title": "Account", "wrong": wrong, "done": "done" in request.query_params, "most": MOST}
    return Template("account.html.j2", context=context, status_code=status)


def _users(request: Query, wrong: str = "", status: int = 200) -> Template:
    users: Users = request.app.state.access.users
    context = {"title": "Users", "users": users.all(), "roles": ROLES, "journal": users.journal(), "wrong": wrong}
    return Template("users.html.j2", context=context | {"most": MOST}, status_code=status)


def _visitor(request: Query) -> Visitor | None:
    found: Visitor | None = request.scope["state"].get("visitor")
    return found


def _known(request: Query) -> Visitor:
    """Whoever signed in. Raises PermissionDeniedException for a program with a token: these pages are for people."""
    visitor = _visitor(request)
    if visitor is None or not visitor.session:
        raise PermissionDeniedException("only in a browser, signed in")
    return visitor


def _cookie(request: Query, id: str) -> Cookie:
    users: Users = request.app.state.access.users
    return Cookie(
        key=cookie_name(request),
        value=f"{id}.{users.signed(f'session {id}')}",
        path="/",
        httponly=True,
        secure=_https(request),
        samesite="lax",
    )


def _https(request: Query) -> bool:
    return request.url.scheme == "https"


ROUTES: Final[list[ControllerRouterHandler]] = [
    sign_in_page,
    sign_in,
    sign_out,
    account,
    change_password,
    users_page,
    change_user,
]
