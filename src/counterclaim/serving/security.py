"""What every answer carries and every request is held to. Nothing but our own files may run or load."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No inline script or style, no other host: text of a report that looks like markup can do nothing."""

HEADERS: Final[dict[str, str]] = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # With "no-referrer" a form of our own page would say that it comes from nowhere ("Origin: null").
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "geolocation=(), camera=(), microphone=()",
}

HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
"""The names under which a casebook on this machine answers."""

_RAW: Final = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_PRIVATE: Final = [(b"vary", b"Cookie, Authorization")]


class Guard:
    """Puts HEADERS on every answer, answers only under its own names, and takes no write from a page of another origin.

    A page elsewhere could otherwise reach a server on this machine: by a name that it makes point here (so the Host
    must be one of ours), or by sending a form (so Origin must be ours, where a browser tells it).

    `private`: answers are for whoever signed in, and no cache keeps them for another.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = HOSTS, *, private: bool = False) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._private = private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return

        headless = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_RAW]
                if self._private and not scope["path"].startswith("/static/"):
                    message["headers"] = _for_one(message["headers"])
            elif message["type"] == "http.response.body" and headless:
                message["body"] = b""
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await _answer(guarded, *refused)
        else:
            # What may be read may be asked about: HEAD is GET without the body.
            if headless:
                scope["method"] = HttpMethod.GET
            await self._app(scope, receive, guarded)

    def _refusal(self, scope: HTTPScope) -> tuple[int, str, str] | None:
        headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "").lower()
        if _name(host) not in self._hosts:
            return 421, "wrong-host", "not served under this name: start it with --name NAME to allow one"
        if scope["method"] in _SAFE:
            return None
        origin = headers.get("origin", "").lower()
        if origin and origin.partition("://")[2] != host:
            return 403, "other-origin", "a page of another site may not write here"
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return 403, "other-origin", "a page of another site may not write here"
        return None


def _for_one(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Headers of an answer that only its asker may keep: with an entity tag, to ask again; else not at all."""
    kept = [one for one in headers if one[0].lower() != b"cache-control"]
    tagged = any(name.lower() == b"etag" for name, _ in kept)
    return [*kept, *_PRIVATE, (b"cache-control", b"private, no-cache" if tagged else b"no-store")]


def _name(host: str) -> str:
    """A Host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


async def _answer(send: Send, status: int, code: str, message: str) -> None:
    body = json.dumps({"error": code, "message": message, "status": status}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    start: Message = {"type": "http.response.start", "status": status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": False})
