"""Exports over HTTP: any format of incidents, of what the filters let through, sent as it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain, islice
from typing import Annotated, Final

from litestar import Response, get
from litestar.enums import MediaType
from litestar.exceptions import NotFoundException
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from counterclaim.casebook import AsOf
from counterclaim.errors import UsageError
from counterclaim.estimating import RULES
from counterclaim.exporting.incidents import (
    INCIDENT_EXPORTERS,
    BesideTable,
    Dossier,
    DossierPdf,
    IncidentExporter,
    Losses,
    Settled,
    incident_exporter,
    losses_csv,
    style_sheet,
)
from counterclaim.linking.beside import ALONE, Beside, beside
from counterclaim.linking.incident import Incident
from counterclaim.records import CodedReport, Record
from counterclaim.serving.api import (
    BAD,
    BUSY,
    GONE,
    Box,
    Certain,
    Country,
    Day,
    Exact,
    Least,
    Moment,
    Name,
    Query,
    Served,
    Words,
    asked,
)
from counterclaim.serving.desk import Desk
from counterclaim.serving.settling import ready

PIECE: Final = 1 << 16
"""Bytes sent at a time."""
TOGETHER: Final = 100
"""Incidents whose reports are read from the casebook together."""
TOGETHER_AS_OF: Final = 5_000
"""The same for a moment of the past, for which the casebook is read from end to end each time."""

OneIncident = Annotated[str, QueryParameter(max_length=200, description="only this incident, by id")]
RuleName = Annotated[str, QueryParameter(max_length=200, description="whose estimates; the server's own by default")]
Names = Annotated[str, QueryParameter(max_length=200, description="1: a dossier prints the names of victims")]


class ExportFormat(Record, frozen=True, kw_only=True):
    """A format, and the addresses of its file, of what its columns mean, and of what it could not hold."""

    name: str
    description: str
    extension: str
    media_type: str
    file: str
    dictionary: str
    losses: str


def formats() -> list[ExportFormat]:
    """Every format of incidents."""
    return [
        ExportFormat(
            name=one.name,
            description=one.description,
            extension=one.extension,
            media_type=one.media_type,
            file=f"/api/v1/exports/{one.name}",
            dictionary=f"/api/v1/exports/{one.name}/dictionary",
            losses=f"/api/v1/exports/{one.name}/losses",
        )
        for one in INCIDENT_EXPORTERS
    ]


@get("/api/v1/exports", sync_to_thread=False, summary="The formats of exports", tags=["exports"])
def export_formats() -> list[ExportFormat]:
    """Each is asked for with the filters of `/api/v1/incidents`."""
    return formats()


_FILE: Final = {200: ResponseSpec(bytes, media_type="*/*", description="The file.", generate_examples=False)}
_CSV: Final = {200: ResponseSpec(str, media_type="text/csv", description="A CSV table.", generate_examples=False)}


# Of the filters only the names are told here: they are read from the address, as those of the list are.
@get(
    "/api/v1/exports/{form:str}",
    sync_to_thread=True,
    summary="Incidents in the format of another tool",
    tags=["exports"],
    responses=_FILE | BAD | GONE | BUSY,
)
def export_file(
    request: Query,
    desk: Served,
    form: FromPath[str],
    incident: OneIncident = "",
    rule: RuleName = "",
    names: Names = "",
    q: Words = "",
    actor: Name = "",
    place: Name = "",
    country: Country = "",
    act: Exact = "",
    harm: Exact = "",
    source: Name = "",
    grade: Exact = "",
    since: Day = "",
    until: Day = "",
    least: Least = "",
    certain: Certain = "",
    bbox: Box = "",
    as_of: Moment = "",
) -> Response[bytes]:
    """Every filter of the list; sent as it is written, so a casebook of any size can be had."""
    chosen = _exporter(form, as_of)
    if form == "beside" and not incident and not asked(request.query_params).to_query(as_of=""):
        chosen = BesideTable(laid_beside(desk).get(ALONE, ()))
    tag = _tag(desk, request, form)
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers={"etag": tag})
    pieces = _pieces(chosen.chunks(_asked(request, desk, incident, rule, names), []))
    # The first piece is made before the answer begins, so that what is wrong is told as an error.
    first = next(pieces, b"")
    return Stream(  # type: ignore[return-value]
        chain([first], pieces),
        media_type=chosen.media_type,
        headers={
            "content-disposition": f'attachment; filename="{_filename(form, incident)}{chosen.extension}"',
            "etag": tag,
            "cache-control": "no-cache",
        },
    )


@get(
    "/api/v1/exports/{form:str}/losses",
    sync_to_thread=True,
    summary="What a format could not hold",
    tags=["exports"],
    responses=_CSV | BAD | GONE | BUSY,
)
def export_losses(
    request: Query,
    desk: Served,
    form: FromPath[str],
    incident: OneIncident = "",
    rule: RuleName = "",
    q: Words = "",
    actor: Name = "",
    place: Name = "",
    country: Country = "",
    act: Exact = "",
    harm: Exact = "",
    source: Name = "",
    grade: Exact = "",
    since: Day = "",
    until: Day = "",
    least: Least = "",
    certain: Certain = "",
    bbox: Box = "",
    as_of: Moment = "",
) -> Response[bytes]:
    """As CSV: incident (empty for what the scheme never holds), what, why. With the same filters."""
    losses: Losses = []
    # Paper loses what the page does.
    chosen = Dossier() if form == "dossier-pdf" else _exporter(form, as_of)
    for _ in chosen.chunks(_asked(request, desk, incident, rule, ""), losses):
        pass
    return _csv(losses_csv(losses), f"{_filename(form, incident)}.losses")


@get(
    "/api/v1/exports/{form:str}/dictionary",
    sync_to_thread=False,
    summary="What the columns of a format mean",
    tags=["exports"],
    responses=_CSV | GONE,
)
def export_dictionary(form: FromPath[str]) -> Response[bytes]:
    """As CSV: column, type, unit, meaning."""
    return _csv(_exporter(form).dictionary().encode(), f"{_filename(form)}.dictionary")


@get("/incidents/{incident_id:str}/dossier", sync_to_thread=True, include_in_schema=False)
def dossier(request: Query, desk: Served, incident_id: FromPath[str]) -> Response[bytes]:
    """An incident to read and print. Names of victims are hidden but for `?names=1`."""
    wanted = asked(request.query_params)
    found = _asked(request, desk, incident_id, "", request.query_params.get("names", ""))
    page = Dossier(style="/dossier.css", made=_now(), of=f"{wanted.as_of} (UTC)" if wanted.as_of else "")
    return Response(b"".join(page.chunks(found, [])), media_type=MediaType.HTML)


@get("/dossier.css", sync_to_thread=False, include_in_schema=False)
def dossier_style() -> Response[str]:
    """Its style."""
    return Response(style_sheet(), media_type=MediaType.CSS, headers={"cache-control": "max-age=3600"})


def _exporter(form: str, as_of: str = "") -> IncidentExporter:
    try:
        chosen = incident_exporter(form)
    except UsageError as error:
        raise NotFoundException(str(error)) from error
    page = Dossier(made=_now(), of=f"{as_of} (UTC)" if as_of else "")
    return {"dossier": page, "dossier-pdf": DossierPdf(page)}.get(form, chosen)  # type: ignore[return-value]


def _asked(request: Query, desk: Desk, only: str, rule: str, names: str) -> Iterator[Settled]:
    """The incidents that the address asks for, with their reports. Raises UsageError or NotFoundException at once."""
    wanted = asked(request.query_params)
    used = rule or desk.rule
    if used != desk.rule and used not in {one.name for one in RULES}:
        raise UsageError(f"rule: there are {', '.join(one.name for one in RULES)}")
    index = desk.index(wanted.as_of)
    if only:
        one = index.get(only)
        if one is None:
            raise NotFoundException(f"there is no incident {only!r}; it may have been merged or split since")
        found: Iterator[Incident] = iter([one])
    else:
        found = index.every(wanted)
    return _settled(desk, found, wanted.as_of, used, names == "1")


def _settled(desk: Desk, found: Iterator[Incident], as_of: str, rule: str, named: bool) -> Iterator[Settled]:
    laid = laid_beside(desk)
    moment = AsOf.parse(as_of) if as_of else None
    while batch := list(islice(found, TOGETHER_AS_OF if moment else TOGETHER)):
        ids = list(dict.fromkeys(id for incident in batch for id in incident.reports))
        # Opened for each batch: the next may be made by another thread.
        with desk.book() as book:
            reports = {report.id: report for report in book.coded_reports(ids, as_of=moment)}
        yield from ready(batch, reports, rule, named=named, laid=laid)


def laid_beside(desk: Desk) -> Mapping[str, list[Beside]]:
    """Incident id -> imported records beside it, of the present; worked out once for each state of the casebook."""
    stamp = desk.stamp()
    with desk.laying:
        held, laid = desk.laid
        if held == stamp:
            return laid
        with desk.book() as book:
            records: dict[str, CodedReport] = {one.id: one for one in book.coded_reports(book.records())}
        laid = beside(list(desk.index().every(asked({}))), records, desk.rule) if records else {}
        desk.laid = (stamp, laid)
        return laid


def _pieces(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks put together to pieces worth sending."""
    held, size = [], 0
    for chunk in chunks:
        held.append(chunk)
        size += len(chunk)
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _csv(data: bytes, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response(data, media_type="text/csv", headers=headers)


def _filename(form: str, incident: str = "") -> str:
    """A name without anything that a header or a file system would read otherwise."""
    safe = "".join(letter for letter in incident if letter.isascii() and letter.isalnum())
    return f"counterclaim-{form}-{safe}" if safe else f"counterclaim-{form}"


def _tag(desk: Desk, request: Query, form: str) -> str:
    mark = f"{desk.stamp()} {request.url} {form}".encode("utf-8", "replace")
    return f'"{hashlib.blake2b(mark, digest_size=12).hexdigest()}"'


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")


ROUTES: Final[list[ControllerRouterHandler]] = [
    export_formats,
    export_file,
    export_losses,
    export_dictionary,
    dossier,
    dossier_style,
]
