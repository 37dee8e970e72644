"""The pages: rendered here, complete without scripts; scripts add the map's movement and the walk through a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from litestar.types import ControllerRouterHandler

from counterclaim.casebook import AsOf
from counterclaim.exporting.columns import DATE_PRECISION, WHERE_PRECISION
from counterclaim.exporting.page import LAYERS, Segment, cards_of, marks_of, segments_of
from counterclaim.linking.incident import Estimate, Incident, Range
from counterclaim.records import CodedReport
from counterclaim.reviewing import standing
from counterclaim.serving.api import Cursor, Query, Served, asked, held_report
from counterclaim.serving.charts import Bar, balance, key, timeline
from counterclaim.serving.countries import country_name
from counterclaim.serving.desk import Desk
from counterclaim.serving.exports import formats, laid_beside
from counterclaim.serving.filters import IncidentFilter
from counterclaim.serving.freshening import incident_as_decided
from counterclaim.serving.index import IncidentIndex, Row, Span
from counterclaim.serving.ledgers import account_of, balances, ledger_of
from counterclaim.serving.names import FILLER, shown, veil, veiled, victim_names
from counterclaim.serving.review_texts import notes_by_claim, read_as, told_of

ROWS: Final = 50
MOST_BARS: Final = 120
"""Periods of a timeline drawn with its gaps; narrower bars could not be told apart."""
HARMS: Final = ("killed", "injured", "missing", "captured", "displaced", "casualties")
GRADES: Final = ("Confirmed", "Fair", "Weak", "Contested", "Discounted")


def ranged(value: Range | Estimate | Row | None) -> str:
    """`12 (9–15)`: best, low and high; an open end is "?"; a range without a best `9–15`."""
    if value is None or (value.low is None and value.best is None and value.high is None):
        return "unknown"
    if value.best is None:
        return f"{_end(value.low)}–{_end(value.high)}"
    ends = "" if value.low == value.best == value.high else f" ({_end(value.low)}–{_end(value.high)})"
    return f"{_end(value.best)}{ends}"


def _end(number: int | None) -> str:
    return "?" if number is None else f"{number:,}"


def moment(written: str) -> str:
    """`2026-11-22T22:28:07.123456Z` as `2026-11-22 22:28 UTC`."""
    return f"{written[:10]} {written[11:16]} UTC" if len(written) > 15 else written


FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "ranged": ranged,
    "shown": shown,
    "moment": moment,
    "key": key,
    "country": country_name,
    "told": told_of,
    "read_as": read_as,
    "where_meaning": lambda precision: WHERE_PRECISION.get(precision or 0, "precision unknown"),
    "date_meaning": lambda precision: DATE_PRECISION.get(precision or 0, "precision unknown"),
}


@get("/", sync_to_thread=True, include_in_schema=False)
def home(request: Query, desk: Served, cursor: Cursor = "") -> Template:
    """Map, timeline and table of incidents."""
    wanted = asked(request.query_params)
    index = desk.index(wanted.as_of)
    page = index.rows(wanted, limit=ROWS, cursor=cursor)
    bars = list(_bars(index, wanted))
    return Template(
        "incidents.html.j2",
        context={
            "title": "Incidents",
            "wanted": wanted,
            "page": page,
            "bars": bars,
            "timeline": timeline(bars),
            "areas": index.areas(wanted),
            "rule": desk.rule,
            "harms": HARMS,
            "grades": GRADES,
            "acts": index.terms("act"),
            "countries": index.countries(),
            "next": f"/?{wanted.to_query(cursor=page.next)}" if page.next else "",
            "first": f"/?{wanted.to_query()}" if cursor else "",
            "formats": formats(),
            "current": desk.is_current(index, wanted.as_of),
        },
    )


def _bars(index: IncidentIndex, wanted: IncidentFilter) -> Iterator[Bar]:
    found = {span.period: span for span in index.timeline(wanted)}
    for period in _unbroken(list(found)):
        span = found.get(period) or Span(period=period, incidents=0, killed=0)
        since = period + {4: "-01-01", 7: "-01", 10: ""}[len(period)]
        until = period + "-12-31" if len(period) == 4 else _month_end(period) if len(period) == 7 else period
        yield Bar(period, span.incidents, span.killed, "/?" + wanted.to_query(since=since, until=until))


def _unbroken(periods: list[str]) -> list[str]:
    """Every period from the first to the last, so that a gap is seen; only those given where that would be too many."""
    if not periods:
        return []
    size = len(periods[0])
    first, last = (date.fromisoformat(period + "-01-01"[size - 4 :]) for period in (periods[0], periods[-1]))
    if size == 4:
        every = [f"{year:04d}" for year in range(first.year, last.year + 1)]
    elif size == 7:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        every = [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in months]
    else:
        every = [(first + timedelta(days)).isoformat() for days in range((last - first).days + 1)]
    return every if len(every) <= MOST_BARS else periods


def _month_end(month: str) -> str:
    from calendar import monthrange

    year, number = month.split("-")
    return f"{month}-{monthrange(int(year), int(number))[1]:02d}"


@get("/incidents/{incident_id:str}", sync_to_thread=True, include_in_schema=False)
def incident(request: Query, desk: Served, incident_id: FromPath[str]) -> Template | Redirect:
    """One incident: who says what, side against side, and what each rule makes of it."""
    wanted = asked(request.query_params)
    named = request.query_params.get("names") == "1"
    index = desk.index(wanted.as_of)
    found = index.get(incident_id) if wanted.as_of else incident_as_decided(desk, index, incident_id)
    if found is None:
        now = moved(desk, index, incident_id)
        if now and not wanted.as_of:
            return Redirect(f"/incidents/{now}?{request.url.query}".rstrip("?"))
        raise NotFoundException(f"there is no incident {incident_id!r}; it may have been merged or split since")
    reports = reports_of(desk, found, wanted.as_of)
    hidden = frozenset[str]().union(*(victim_names(report) for report in reports.values()))
    whole = reports
    if not named:
        reports = {id: veil(report, hidden) for id, report in reports.items()}
    parties = [party for party in found.parties if named or veiled(party.name, hidden) == party.name]
    others = {one.incident: index.get(one.incident) for one in found.candidates}
    return Template(
        "incident.html.j2",
        context={
            "title": found.title or found.id,
            "incident": found,
            "wanted": wanted,
            "ledger": ledger_of(found, whole, reports, desk.rule),
            "roles": {role: [party.name for party in group] for role, group in _by_role(parties)},
            "contested": [one for one in found.relations if one.kind in ("contradicts", "denies")],
            "kinds": _counted(found),
            "reports": reports,
            "others": others,
            "hidden": frozenset[str]() if named else hidden,
            "any_hidden": bool(hidden),
            "named": named,
            "rule": desk.rule,
            "beside": laid_beside(desk).get(found.id, ()),
            "notes": notes_by_claim(whole),
            "rejected": [
                (id, one)
                for id, told in whole.items()
                for one in told.decided
                if one.kind == "reject" and one.layer == "claims" and len(index.of_report(id)) == 1
            ],
            **_decided(desk, found),
        },
    )


def moved(desk: Desk, index: IncidentIndex, gone: str) -> str:
    """The id of the incident that holds most of what an incident held that a reviewer merged or split; "" for none."""
    with desk.book() as book:
        named = [one for one in book.decisions(incidents=True) if gone in (one.incident, one.other)]
    if not named:
        return ""
    last = named[-1]
    members = {(one.report, one.record) for one in (last.members if last.incident == gone else last.others)}
    found = {row.id for report in {report for report, _ in members} for row in index.of_report(report)}
    shared = {
        id: len(members & {*one.claims, *one.events}) for id in sorted(found) if (one := index.get(id)) is not None
    }
    return max(shared, key=lambda id: shared[id], default="")


def _decided(desk: Desk, incident: Incident) -> dict[str, Any]:
    """Every decision on an incident under the ids it has had, the newest first, and which of them stand."""
    ids = {incident.id, *(str(one.value) for one in incident.decided if one.kind == "merge")}
    with desk.book() as book:
        shaped = [book.decision(one.decision) for one in incident.decided]
        named = book.decisions(of=ids | {one.incident for one in shaped})
    found = {one.number: one for one in (*shaped, *named)}
    return {
        "decisions": [found[number] for number in sorted(found, reverse=True)],
        "standing": {one.number for one in standing(found.values())},
    }


def _by_role(parties: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    order = ("perpetrator", "target", "party")
    for role, group in groupby(sorted(parties, key=lambda one: order.index(one.role)), key=lambda one: one.role):
        yield role, list(group)


def _counted(incident: Incident) -> dict[str, int]:
    kinds = [relation.kind for relation in incident.relations]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def reports_of(desk: Desk, incident: Incident, as_of: str = "") -> dict[str, CodedReport]:
    """The coded reports of an incident by id, as they stood at a moment ("" now)."""
    with desk.book() as book:
        moment = AsOf.parse(as_of) if as_of else None
        return {report.id: report for report in book.coded_reports(incident.reports, as_of=moment)}


@get("/reports", sync_to_thread=True, include_in_schema=False)
def reports(desk: Served, cursor: Cursor = "") -> Template:
    """The reports of the casebook, the latest first."""
    with desk.book() as book:
        entries = book.reports()[::-1]
    at = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 10 else 0
    context = {
        "title": "Reports",
        "entries": entries[at : at + ROWS],
        "total": len(entries),
        "next": f"/reports?cursor={at + ROWS}" if len(entries) > at + ROWS else "",
    }
    return Template("reports.html.j2", context=context)


@get("/reports/{report_id:path}", sync_to_thread=True, include_in_schema=False)
def report(request: Query, desk: Served, report_id: FromPath[str]) -> Template:
    """A report's text with every record marked in it."""
    id = report_id.removeprefix("/")
    coded = held_report(desk, id)
    named = request.query_params.get("names") == "1"
    hidden = victim_names(coded)
    if not named:
        coded = veil(coded, hidden)
    with desk.book() as book:
        revisions = book.revisions(id)
    segments = _pieces(segments_of(coded.text, marks_of(coded)))
    return Template(
        "report.html.j2",
        context={
            "title": shown(coded.title or coded.id),
            "report": coded,
            "segments": segments,
            "cards": list(cards_of(coded)),
            "layers": LAYERS,
            "incidents": desk.index().of_report(id),
            "revisions": revisions,
            "hidden": bool(hidden),
            "names": frozenset[str]() if named else hidden,
            "named": named,
        },
    )


def _pieces(segments: Iterator[Segment]) -> list[tuple[Segment, list[str]]]:
    """Segments, each with the records whose words begin there. A hidden name that is cut in two shows once."""
    out: list[Segment] = []
    for segment in segments:
        text = segment.text
        if out and out[-1].text.endswith(FILLER):
            text = text.lstrip(FILLER)
        if text:
            out.append(segment._replace(text=text))
    seen: set[str] = set()
    pieces = []
    for segment in out:
        first = [record for record in segment.records if record not in seen]
        seen.update(first)
        pieces.append((segment._replace(text=shown(segment.text)), first))
    return pieces


@get("/actors", sync_to_thread=True, include_in_schema=False)
def actors(desk: Served) -> Template:
    """Who is named in incidents."""
    roles = {"says": "Claims it makes", "blamed": "Claims that blame it", "suffers": "Claims of its losses"}
    context = {
        "title": "Actors",
        "kind": "actor",
        "roles": roles,
        "about": "Those named in incidents: what they claim, what is claimed of them.",
        "terms": desk.index().quoted("actor", list(roles)),
    }
    return Template("terms.html.j2", context=context)


@get("/actors/{name:path}", sync_to_thread=True, include_in_schema=False)
def actor(desk: Served, name: FromPath[str]) -> Template:
    """What an actor says, what is said of it, and its own losses against those it claims of others."""
    name = name.removeprefix("/")
    index = desk.index()
    lists = {role: index.said(role, name) for role in ("says", "blamed", "suffers")}
    if not any(total for _, total in lists.values()):
        raise NotFoundException(f"no claim is by or about an actor {name!r}")
    its = {(one.said.report, one.said.claim) for one in lists["says"][0]}
    others = [one for one in lists["suffers"][0] if (one.said.report, one.said.claim) not in its]
    own, enemy = balances(index, name, [tied for tied, _ in lists.values()])
    return Template(
        "actor.html.j2",
        context={
            "title": name,
            "lists": lists | {"suffers": (others, len(others))},
            "own": balance(own, name, "others"),
            "enemy": balance(enemy, name, "others"),
        },
    )


@get("/sources", sync_to_thread=True, include_in_schema=False)
def sources(desk: Served) -> Template:
    """Who is quoted, how often."""
    context = {
        "title": "Sources",
        "kind": "source",
        "roles": {"source": "Claims quoted"},
        "about": "Who is quoted for claims of harm, and how often another source contradicts or denies what it says.",
        "terms": desk.index().quoted("source", ["source"]),
    }
    return Template("terms.html.j2", context=context)


@get("/sources/{name:path}", sync_to_thread=True, include_in_schema=False)
def source(desk: Served, name: FromPath[str]) -> Template:
    """A source: how often it is quoted, where, and by whom it is contradicted."""
    name = name.removeprefix("/")
    index = desk.index()
    told, total = index.said("source", name)
    if not total:
        raise NotFoundException(f"no claim is by a source {name!r}")
    return Template(
        "source.html.j2",
        context={
            "title": name,
            "told": told,
            "total": total,
            "account": account_of(told),
            "opposed": index.opposed(told[0].said.teller),
        },
    )


ROUTES: Final[list[ControllerRouterHandler]] = [home, incident, reports, report, actors, actor, sources, source]
