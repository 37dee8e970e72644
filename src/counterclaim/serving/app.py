"""The web application: pages for people, an API for programs, over one casebook."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import jinja2
from litestar import Litestar, MediaType, Request, Response
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect
from litestar.static_files import create_static_files_router
from litestar.template.config import TemplateConfig

from counterclaim._version import __version__
from counterclaim.errors import CasebookBusy, CounterclaimError, InputError, UsageError
from counterclaim.serving import api, exports, pages, review_api, review_pages
from counterclaim.serving.accounts import pages as accounts
from counterclaim.serving.accounts.access import ANYBODY, PUBLIC, READS, Access, gate, of_templates
from counterclaim.serving.desk import Desk
from counterclaim.serving.security import HOSTS, Guard
from counterclaim.serving.writing import reviewer_of

LARGEST_BODY: Final = 5_000_000
"""Bytes of a request: a report of a million words fits."""


def create_app(desk: Desk, *, hosts: Iterable[str] = HOSTS, access: Access = ANYBODY) -> Litestar:
    """The application over a casebook's desk: pages at `/`, the API at `/api/v1`, OpenAPI at `/api/openapi.json`.

    `hosts`: the names under which it answers; `access`: who may do what, by default everybody all.
    """
    here = Path(str(files("counterclaim.serving")))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(here / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(pages.FILTERS)
    environment.globals.update(of_templates(access.users))

    def provide_desk() -> Desk:
        return desk

    app = Litestar(
        route_handlers=[
            *pages.ROUTES,
            *review_pages.ROUTES,
            *api.ROUTES,
            *exports.ROUTES,
            *review_api.ROUTES,
            *(accounts.ROUTES if access.users else ()),
            create_static_files_router(
                path="/static", directories=[here / "static"], include_in_schema=False, opt={"role": PUBLIC}
            ),
        ],
        guards=[gate],
        dependencies={
            "desk": Provide(provide_desk, sync_to_thread=False),
            "reviewer": Provide(reviewer_of, sync_to_thread=False),
        },
        state=State({"desk": desk, "access": access}),
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment)),
        openapi_config=OpenAPIConfig(
            title="Counterclaim",
            version=__version__,
            path="/api",
            render_plugins=[JsonRenderPlugin()],
            description="Incidents, claims and reports of one casebook, and the review of them.",
        ),
        exception_handlers={
            CounterclaimError: _counterclaim_error,
            HTTPException: _http_error,
            UnicodeEncodeError: _no_text,
            Exception: _fault,
        },
        logging_config=None,
        compression_config=CompressionConfig(backend="gzip"),
        request_max_body_size=LARGEST_BODY,
        on_shutdown=[desk.close],
    )
    app.asgi_handler = Guard(app.asgi_handler, hosts, private=access.users is not None)
    return app


def _counterclaim_error(request: Request[Any, Any, Any], error: CounterclaimError) -> Response[Any]:
    asked = isinstance(error, UsageError | InputError)
    status = 503 if isinstance(error, CasebookBusy) else 400 if asked else 500
    return _answer(request, status, error.code, str(error))


def _no_text(request: Request[Any, Any, Any], error: UnicodeEncodeError) -> Response[Any]:
    """Half a surrogate pair, which no database and no page can hold."""
    return _answer(request, 400, "not-text", "the request holds characters that are no text")


def _fault(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A fault of ours: the trace goes to the log, not to the reader."""
    logging.getLogger("counterclaim.serving").error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _answer(request, 500, "fault", "a fault of the program; its log says more")


def _http_error(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    message = error.detail
    if error.status_code == 401 and request.method in READS and not request.url.path.startswith("/api"):
        return Redirect(
            f"/sign-in?{urlencode({'next': request.url.path + '?' * bool(request.url.query) + request.url.query})}"
        )
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        told = [f"{one.get('key', 'body')}: {one.get('message')}" for one in error.extra if isinstance(one, dict)]
        message = "; ".join(told) or message
    code = {
        401: "signed-out",
        403: "refused",
        404: "not-found",
        405: "method",
        413: "too-large",
        415: "media-type",
        429: "too-many",
    }.get(error.status_code, "usage")
    return _answer(request, error.status_code, code, message, dict(error.headers or {}))


def _answer(
    request: Request[Any, Any, Any], status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> Response[Any]:
    """An error as JSON to programs, as a page to people; never with a trace."""
    message = re.sub(r"[\ud800-\udfff]", "?", message)
    if request.url.path.startswith("/api"):
        problem = api.Problem(error=code, message=message, status=status)
        return Response(problem, status_code=status, headers=headers, media_type=MediaType.JSON)
    page = request.app.template_engine.get_template("error.html.j2")  # type: ignore[union-attr]
    text = page.render(
        request=request, message=message, status=status, title="Not found" if status == 404 else "That did not work"
    )
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=headers)
