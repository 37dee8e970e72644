"""The one gate before every page and every call: who asks, may they, and is a write meant by them.

A handler says which role it needs, `@post(..., role="coder")`. One that says nothing is for readers if it only reads
and for editors if it writes, so a route that is forgotten is shut, not open.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import Any, Final, Protocol

from litestar import Litestar, Request
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException, TooManyRequestsException
from litestar.handlers import BaseRouteHandler

from counterclaim.records import Record
from counterclaim.serving.accounts.limits import Limit, network_of
from counterclaim.serving.accounts.store import ROLES, Role, Users

Connection = ASGIConnection[Any, Any, Any, Any]

PUBLIC: Final = "public"
"""The `role` of a handler that anybody may call: signing in, and the files that pages are drawn with."""

READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class Visitor(Record, frozen=True, kw_only=True):
    """Whoever asks: `session` is the id of their session, "" for the local user or a program with a token."""

    name: str
    role: Role
    session: str = ""

    def may(self, role: Role) -> bool:
        """Whether their role is this one or holds it."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Access(Protocol):
    """Says who asks."""

    @property
    def users(self) -> Users | None:
        """The file of users; None where there is one user only."""

    def who(self, connection: Connection) -> Visitor | None:
        """The visitor, or None for nobody known."""

    def wait(self, visitor: Visitor, address: str) -> int:
        """Seconds until the visitor may write again; 0 for now."""


class Sole:
    """Everybody is the one user of this machine, who may do all."""

    users: Users | None = None

    def __init__(self, name: str = "reviewer") -> None:
        self._visitor = Visitor(name=name, role="editor")

    def who(self, connection: Connection) -> Visitor | None:
        """The one user."""
        return self._visitor

    def wait(self, visitor: Visitor, address: str) -> int:
        """No limit: they only hinder themselves."""
        return 0


ANYBODY: Final = Sole()


class SignedIn:
    """Visitors are those who signed in, or who bear a token."""

    def __init__(self, users: Users) -> None:
        self.users = users
        # Ten tries, then one a minute: 1,500 guesses a day at twelve characters. Offices share an address.
        self.tries_by_name = Limit(10, 60)
        self.tries_by_address = Limit(30, 20)
        # Faster than anybody reviews; a program that posts reports waits for their coding longer than that.
        self.writes_by_name = Limit(120, 0.5)
        self.writes_by_address = Limit(240, 0.25)

    def who(self, connection: Connection) -> Visitor | None:
        """By the token of the request where it has one, else by the cookie."""
        kind, _, token = connection.headers.get("authorization", "").partition(" ")
        if kind:
            user = self.users.of_token(token.strip()) if kind.lower() == "bearer" else None
            return Visitor(name=user.name, role=user.role) if user else None
        session = session_of(connection)
        user = self.users.of_session(session) if session else None
        return Visitor(name=user.name, role=user.role, session=session) if user else None

    def wait(self, visitor: Visitor, address: str) -> int:
        """By name and by address."""
        return self.writes_by_name.wait(visitor.name) or self.writes_by_address.wait(network_of(address))

    def wait_to_try(self, name: str, address: str) -> int:
        """Seconds until another sign-in may be tried."""
        return self.tries_by_address.wait(network_of(address)) or self.tries_by_name.wait(name.casefold()[:200])


async def gate(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of the whole application.

    Raises NotAuthorizedException (nobody known), PermissionDeniedException (not in that role, or a form that is not
    ours) or TooManyRequestsException.
    """
    access: Access = connection.app.state.access
    writes = connection.scope.get("method", "") not in READS
    needed = needed_role(handler, writes=writes)
    visitor = await sync_to_thread(access.who, connection) if access.users else access.who(connection)
    connection.scope["state"]["visitor"] = visitor
    if needed != PUBLIC:
        if visitor is None:
            raise NotAuthorizedException("sign in first", headers={"WWW-Authenticate": "Bearer"})
        if not visitor.may(needed):
            raise PermissionDeniedException(f"that needs the role {needed}; you are a {visitor.role}")
    if not writes:
        return
    if visitor is not None:
        hold_to(access.wait(visitor, address_of(connection)))
    # A program's token is no cookie: no page elsewhere can have it sent.
    if access.users and (visitor is None or visitor.session):
        assert isinstance(connection, Request)
        await _hold_to_form(connection, access.users)


def needed_role(handler: BaseRouteHandler, *, writes: bool) -> Any:
    """The role a handler asks for, or PUBLIC."""
    return handler.opt.get("role", "editor" if writes else "reader")


def hold_to(wait: int) -> None:
    """Raise TooManyRequestsException where there are seconds to wait."""
    if wait:
        raise TooManyRequestsException(f"too many requests: wait {wait} s", headers={"Retry-After": str(wait)})


async def _hold_to_form(request: Request[Any, Any, Any], users: Users) -> None:
    """A browser sends its cookie with whatever form it is led to send; only our own pages know the token."""
    given = request.headers.get("x-csrf-token", "")
    if not given and request.content_type[0] in FORMS:
        given = str((await request.form()).get("csrf", ""))
    if not given or not is_form_token(users, session_of(request), given):
        raise PermissionDeniedException("this form is out of date: open the page again, then send it")


# --- cookies and tokens -----------------------------------------------------------------------------------------------


def cookie_name(connection: Connection) -> str:
    """`__Host-` binds a cookie to this host and to https, where that is spoken."""
    return "__Host-counterclaim" if connection.url.scheme == "https" else "counterclaim"


def session_of(connection: Connection) -> str:
    """The id in the cookie, if its seal is ours; "" otherwise. That says nothing of whether it is a session still."""
    users = connection.app.state.access.users
    id, _, seal = connection.cookies.get(cookie_name(connection), "").rpartition(".")
    if not id or not id.isascii() or not seal.isascii() or users is None:
        return ""
    return id if hmac.compare_digest(users.signed(f"session {id}"), seal) else ""


def form_token(users: Users, session: str) -> str:
    """What every form of a session carries. Another each time, so that compressed pages tell nothing of it (BREACH)."""
    salt = secrets.token_hex(8)
    return f"{salt}.{users.signed(f'form {session} {salt}')}" if session else ""


def is_form_token(users: Users, session: str, given: str) -> bool:
    """Whether a form came with a token of this session."""
    salt, _, seal = given.partition(".")
    return bool(session) and hmac.compare_digest(users.signed(f"form {session} {salt}").encode(), seal.encode())


def address_of(connection: Connection) -> str:
    """Where a request comes from."""
    return connection.client.host if connection.client else ""


def of_templates(app_users: Users | None) -> dict[str, Callable[..., Any]]:
    """What templates ask: `visitor()`, `may(role)`, and `csrf()`, the field that every form holds."""
    import jinja2
    from markupsafe import Markup

    def visitor(context: jinja2.runtime.Context) -> Visitor | None:
        request = context.get("request")
        found: Visitor | None = request.scope["state"].get("visitor") if request else None
        return found

    @jinja2.pass_context
    def may(context: jinja2.runtime.Context, role: Role) -> bool:
        found = visitor(context)
        return found is not None and found.may(role)

    @jinja2.pass_context
    def csrf(context: jinja2.runtime.Context) -> Markup:
        request = context.get("request")
        if app_users is None or request is None:
            return Markup("")
        session = request.scope["state"].get("new_session") or session_of(request)
        return Markup('<input type="hidden" name="csrf" value="{}">').format(form_token(app_users, session))

    return {"visitor": jinja2.pass_context(visitor), "may": may, "csrf": csrf}


def writing_routes(app: Litestar) -> list[tuple[str, str, BaseRouteHandler]]:
    """Every (method, path, handler) that changes something."""
    return [
        (method, route.path_format, handler)
        for route in app.routes
        for handler in getattr(route, "route_handlers", [])
        for method in sorted(handler.http_methods - READS)
    ]
