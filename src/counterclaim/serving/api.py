"""The API: the same filters and records as the pages, as JSON. `GET /api/openapi.json` describes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from litestar import Request, Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.exceptions import ClientException, NotFoundException
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIType, Operation, RequestBody, Schema
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from counterclaim.casebook import AsOf, Casebook, ReportEntry
from counterclaim.errors import NotText, UsageError
from counterclaim.linking.incident import Incident
from counterclaim.records import CodedReport, Record, Report
from counterclaim.serving.countries import numeric
from counterclaim.serving.desk import Desk
from counterclaim.serving.filters import IncidentFilter, read_box
from counterclaim.serving.freshening import incident_as_decided
from counterclaim.serving.index import Area, IncidentIndex, IncidentPage, Spot

MOST: Final = 500
"""Rows of one page of the API."""

Query = Request[Any, Any, Any]
Served = NamedDependency[Desk]
Limit = Annotated[int, QueryParameter(ge=1, le=MOST, description="rows of a page")]
Cursor = Annotated[str, QueryParameter(max_length=60, description="`next` of the page before")]
Name = Annotated[str, QueryParameter(max_length=200, description="a part of the name, whatever its case")]
Exact = Annotated[str, QueryParameter(max_length=200)]
Words = Annotated[str, QueryParameter(max_length=200, description="words that title, place or names begin with")]
Country = Annotated[str, QueryParameter(max_length=200, description="ISO 3166-1 alpha-2")]
Day = Annotated[str, QueryParameter(max_length=200, description="YYYY-MM-DD, included")]
Least = Annotated[str, QueryParameter(max_length=200, description="killed at least, by the best estimate")]
Certain = Annotated[str, QueryParameter(max_length=200, description="1: graded Confirmed or Fair, and not contested")]
Box = Annotated[str, QueryParameter(max_length=200, description="west,south,east,north in degrees")]
Moment = Annotated[
    str, QueryParameter(max_length=200, description="as the casebook stood: 2022-09-14 or 2022-09-14T12:00, UTC")
]


class Problem(Record, frozen=True, kw_only=True):
    """What went wrong: a stable word for programs, and a message that says the mend."""

    error: str
    message: str
    status: int


class MapArea(Record, frozen=True, kw_only=True):
    """A country of which `vague` incidents are known only to lie somewhere in it; `numeric` is ISO 3166-1 numeric."""

    country: str
    numeric: str
    incidents: int
    vague: int
    killed: int


class MapData(Record, frozen=True, kw_only=True):
    """Marks for what is known closely, and areas for the rest."""

    spots: tuple[Spot, ...]
    areas: tuple[MapArea, ...]


class ReportPage(Record, frozen=True, kw_only=True):
    """Some reports, how many there are, and the cursor of the next page or null."""

    rows: tuple[ReportEntry, ...]
    total: int
    next: str | None


class NewReport(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report to code and keep. `published` is YYYY-MM-DD."""

    text: str
    id: str = ""
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None


class Recorded(Record, frozen=True, kw_only=True):
    """What became of a report, and its id in the casebook."""

    id: str
    status: Literal["added", "revised", "recoded", "unchanged", "rejected"]
    claims: int
    events: int


@dataclass
class NewReportOperation(Operation):
    """Says what the body of a new report may be, which the handler reads itself."""

    def __post_init__(self) -> None:
        """Both kinds of bodies."""
        text = Schema(type=OpenAPIType.STRING)
        optional = Schema(type=[OpenAPIType.STRING, OpenAPIType.NULL])
        fields: dict[str, Any] = dict.fromkeys(NewReport.__struct_fields__, optional)
        whole = Schema(
            type=OpenAPIType.OBJECT,
            properties=fields | {"text": text, "id": text},
            required=["text"],
            additional_properties=False,
        )
        self.request_body = RequestBody(
            required=True,
            content={"application/json": OpenAPIMediaType(schema=whole), "text/plain": OpenAPIMediaType(schema=text)},
        )


def _problem(description: str) -> ResponseSpec:
    return ResponseSpec(data_container=Problem, description=description, generate_examples=False)


BAD: Final = {400: _problem("A parameter or field is wrong; the message says which and how to mend it.")}
GONE: Final = {404: _problem("There is no such record.")}
BUSY: Final = {503: _problem("Another process holds the casebook: try again.")}
REFUSED: Final = {
    403: _problem("A page of another origin may not write."),
    413: _problem("The body is too large."),
    415: _problem("The body is of no kind that is read here."),
    429: _problem("Too many writes: wait as long as Retry-After says."),
}


def asked(query: Mapping[str, str]) -> IncidentFilter:
    """The filter in an address; UsageError where it is wrong."""
    return IncidentFilter.from_query(query)


@get(
    "/api/v1/incidents",
    sync_to_thread=True,
    summary="Incidents, newest first",
    tags=["incidents"],
    responses=BAD | BUSY,
)
def incidents(
    request: Query,
    desk: Served,
    limit: Limit = 50,
    cursor: Cursor = "",
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
) -> Response[IncidentPage]:
    """Every filter of the pages. `killed` is that of the rule the server was started with."""
    wanted = asked(request.query_params)
    index = desk.index(wanted.as_of)
    return tagged(request, index.stamp, lambda: index.rows(wanted, limit=limit, cursor=cursor))


@get(
    "/api/v1/incidents/{incident_id:str}",
    sync_to_thread=True,
    summary="One incident, whole",
    tags=["incidents"],
    responses=BAD | GONE | BUSY,
)
def incident(request: Query, desk: Served, incident_id: FromPath[str], as_of: Moment = "") -> Response[Incident]:
    """The contract's incident record, with every claim, relation and estimate; names of victims are not hidden."""
    moment = asked(request.query_params).as_of
    index = desk.index(moment)
    found = index.get(incident_id) if moment else incident_as_decided(desk, index, incident_id)
    if found is None:
        raise NotFoundException(f"there is no incident {incident_id!r}; it may have been merged or split since")
    return tagged(request, f"{index.stamp} {desk.stamp()}", lambda: found)


@get("/api/v1/map", sync_to_thread=True, summary="What the map shows", tags=["incidents"], responses=BAD | BUSY)
def map_data(
    request: Query,
    desk: Served,
    zoom: Annotated[int, QueryParameter(ge=0, le=18)] = 2,
    view: Annotated[str, QueryParameter(max_length=200, description="what the map shows; as bbox")] = "",
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
) -> Response[MapData]:
    """Marks gathered over a grid that fits the zoom; areas where only a country is known."""
    wanted = asked(request.query_params)
    seen = read_box("view", view.strip())
    index = desk.index(wanted.as_of)
    return tagged(
        request,
        index.stamp,
        lambda: MapData(
            spots=tuple(index.spots(wanted, cell_of(zoom), seen)),
            areas=tuple(_area(area) for area in index.areas(wanted) if area.vague),
        ),
    )


def cell_of(zoom: int) -> float:
    """The grid of a zoom in degrees: about 40 points of the screen, so that marks do not pile up."""
    return max(0.01, 60 / 2.0**zoom)


def _area(area: Area) -> MapArea:
    return MapArea(
        country=area.country,
        numeric=numeric(area.country),
        incidents=area.incidents,
        vague=area.vague,
        killed=area.killed,
    )


# Two handlers of one path: Litestar 2.25 wraps those that run in a thread twice, so these call the thread themselves.
@get("/api/v1/reports", summary="Reports of the casebook", tags=["reports"], responses=BAD | BUSY)
async def reports(
    request: Query,
    desk: Served,
    limit: Limit = 50,
    cursor: Annotated[str, QueryParameter(max_length=2000)] = "",
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
) -> Response[ReportPage]:
    """By id; with filters, those that tell of incidents that match. The cursor is the last id of the page before."""
    wanted = asked(request.query_params)

    def answer() -> Response[ReportPage]:
        index = desk.index(wanted.as_of) if wanted.to_query(as_of="") else None
        # What a filter finds is as old as the index that it asks.
        stamp = f"{desk.stamp()} {index.stamp if index else ''}"
        return tagged(request, stamp, lambda: _report_page(desk, wanted, index, limit, cursor))

    return await sync_to_thread(answer)


def _report_page(
    desk: Desk, wanted: IncidentFilter, index: IncidentIndex | None, limit: int, cursor: str
) -> ReportPage:
    among = index.reports(wanted) if index else None
    with desk.book() as book:
        moment = AsOf.parse(wanted.as_of) if wanted.as_of else None
        then = {one.id: one for one in book.coded_reports(as_of=moment)} if moment else {}
        entries = {entry.id: entry for entry in book.reports() if moment is None or entry.id in then}
        ids = sorted(id for id in entries if among is None or id in among)
        after = [id for id in ids if id > cursor][: limit + 1]
        rows = [entries[id] for id in after[:limit]]
        if moment:
            rows = [_as_it_stood(book, then[entry.id], moment) for entry in rows]
    return ReportPage(rows=tuple(rows), total=len(ids), next=after[limit - 1] if len(after) > limit else None)


def _as_it_stood(book: Casebook, coded: CodedReport, moment: AsOf) -> ReportEntry:
    """A report's line as of a moment."""
    last = moment.recorded or ""
    texts = [one for one in book.revisions(coded.id) if one.recorded_at <= last]
    return ReportEntry(
        id=coded.id,
        title=coded.title,
        url=coded.url,
        outlet=coded.outlet,
        published=coded.published,
        language=coded.language,
        revisions=len(texts),
        codings=sum(one.recorded_at <= last for one in book.codings(coded.id)),
        claims=len(coded.claims),
        events=len(coded.events),
        recorded_at=texts[0].recorded_at,
        changed_at=texts[-1].recorded_at,
    )


@get(
    "/api/v1/reports/{report_id:path}",
    sync_to_thread=True,
    summary="One coded report, whole",
    tags=["reports"],
    responses=GONE | BAD | BUSY,
)
def report(request: Query, desk: Served, report_id: FromPath[str], as_of: Moment = "") -> Response[CodedReport]:
    """The contract's coded report; names of victims are not hidden."""
    found = held_report(desk, report_id.removeprefix("/"), asked(request.query_params).as_of)
    return tagged(request, desk.stamp(), lambda: found)


@post(
    "/api/v1/reports",
    role="coder",
    status_code=200,
    operation_class=NewReportOperation,
    summary="Code a report and keep it",
    tags=["reports"],
    responses=BAD | REFUSED | BUSY,
)
async def add_report(
    request: Query,
    desk: Served,
    id: Annotated[str, QueryParameter(max_length=2000, description="of a plain text")] = "",
    title: Annotated[str, QueryParameter(max_length=2000, description="of a plain text")] = "",
    url: Annotated[str, QueryParameter(max_length=2000, description="of a plain text")] = "",
    outlet: Annotated[str, QueryParameter(max_length=2000, description="of a plain text")] = "",
    published: Annotated[str, QueryParameter(max_length=200, description="of a plain text: YYYY-MM-DD")] = "",
) -> Recorded:
    """Codes the text, records it, and says what became of it. The same report twice changes nothing.

    As JSON, or as plain text in UTF-8 with its other fields in the address.
    """
    kind, options = request.content_type
    body = await request.body()
    if kind == "application/json":
        try:
            given = msgspec.json.decode(body, type=NewReport)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise ClientException(f"body: {error}") from error
    elif kind == "text/plain" and options.get("charset", "utf-8").lower() in ("utf-8", "us-ascii"):
        try:
            text = body.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise NotText("the text is not UTF-8") from error
        given = NewReport(
            text=text,
            id=id,
            title=title or None,
            url=url or None,
            outlet=outlet or None,
            published=published or None,
        )
    else:
        raise ClientException("send the report as application/json, or as text/plain in UTF-8", status_code=415)
    return await sync_to_thread(recorded, desk, given)


def recorded(desk: Desk, data: NewReport) -> Recorded:
    """Code and keep a report. Raises InputError where it cannot be coded."""
    from counterclaim.pipeline import default_coder
    from counterclaim.reading import Source, finished

    given = Report(**{name: getattr(data, name) for name in NewReport.__struct_fields__})
    with desk.writing:
        coded = default_coder().code(finished(given, Source("api")))
        with desk.book(writing=True) as book:
            [outcome] = book.add(coded, source="api").outcomes
    return Recorded(id=outcome.report, status=outcome.status, claims=len(coded.claims), events=len(coded.events))


def held_report(desk: Desk, report_id: str, as_of: str = "") -> CodedReport:
    """A report by id, as it stood at a moment ("" now). Raises NotFoundException."""
    with desk.book() as book:
        try:
            if as_of:
                for found in book.coded_reports([report_id], as_of=AsOf.parse(as_of)):
                    return found
                raise NotFoundException(f"there was no report {report_id!r} then")
            return book.report(report_id)
        except (UsageError, UnicodeEncodeError) as error:
            raise NotFoundException(f"there is no report {report_id!r}") from error


Body = TypeVar("Body")


def tagged(request: Query, stamp: str, made: Callable[[], Body]) -> Response[Body]:
    """An answer with an entity tag; 304, and nothing worked out, where the caller holds it already."""
    tag = f'"{hashlib.blake2b(f"{stamp} {request.url}".encode("utf-8", "replace"), digest_size=12).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    held = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in held or "*" in held:
        return Response(None, status_code=304, headers=headers)  # type: ignore[arg-type]
    return Response(made(), headers=headers)


ROUTES: Final[list[ControllerRouterHandler]] = [incidents, incident, map_data, reports, report, add_report]
