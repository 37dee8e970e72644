"""An incident as one flat row with types, for GeoJSON, Parquet and GeoPackage."""

from __future__ import annotations

from typing import Any, Final

from counterclaim.exporting.columns import DATE_PRECISION, WHERE_PRECISION
from counterclaim.exporting.geojson import PIN_PRECISION
from counterclaim.exporting.incidents.settled import Settled
from counterclaim.exporting.incidents.table import Field

HARMS: Final = ("killed", "injured", "missing", "captured", "displaced", "casualties")


def _told(meanings: dict[int, str]) -> str:
    return ", ".join(f"{number} {meaning}" for number, meaning in meanings.items())


FLAT: Final = (
    Field("incident", "text", "id in the casebook"),
    Field("title", "text", "act, place, day"),
    Field("acts", "list", "ACLED sub-event types of its acts"),
    Field("from", "date", "first day", "YYYY-MM-DD"),
    Field("to", "date", "last day", "YYYY-MM-DD"),
    Field("date_precision", "integer", _told(DATE_PRECISION), "UCDP date_prec"),
    Field("place", "text", "the place"),
    Field("admin2", "text", "second-order division"),
    Field("admin1", "text", "first-order division"),
    Field("country", "text", "country", "ISO 3166-1 alpha-2"),
    Field("place_precision", "integer", _told(WHERE_PRECISION), "UCDP where_prec"),
    Field("place_precision_meaning", "text", "the same in words"),
    Field("pin", "yes/no", "false where the point stands for a whole area: draw it otherwise, or not"),
    Field("latitude", "number", "latitude", "degrees, WGS84"),
    Field("longitude", "number", "longitude", "degrees, WGS84"),
    Field("party_1", "text", "who did it, by most claims and acts"),
    Field("party_2", "text", "to whom"),
    Field("grade", "text", "Confirmed, Fair, Weak, Contested or Discounted", "Airwars grade"),
    Field("contested", "integer", "contradictions and denials among its claims"),
    Field("rule", "text", "the rule of the estimates"),
    Field("reports", "list", "ids of the reports that tell of it"),
    Field("outlets", "list", "who published them"),
    Field("sources", "list", "whom the claims are according to"),
    *(
        Field(f"{harm}_estimate_{end}", "integer", f"{harm}: {end} estimate by the rule; empty: not told", "persons")
        for harm in HARMS
        for end in ("low", "best", "high")
    ),
)
"""Columns of a flat incident. An estimated number is called so, and never shares a name with a claimed one."""


def flat(settled: Settled) -> dict[str, Any]:
    """The columns of FLAT; unknown is None."""
    incident, place = settled.incident, settled.incident.place
    point = place is not None and place.lat is not None and place.lon is not None
    precision = place.where_prec if place else None
    dyads = settled.dyads()
    one, other = dyads[0] if dyads else (None, None)
    row: dict[str, Any] = {
        "incident": incident.id,
        "title": incident.title,
        "acts": list(dict.fromkeys(event.acled.sub_event_type for _, event in settled.events if event.acled)),
        "from": incident.from_,
        "to": incident.to,
        "date_precision": incident.date_prec,
        "place": place.name if place else None,
        "admin2": settled.place.admin2 if settled.place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "place_precision": precision,
        "place_precision_meaning": WHERE_PRECISION.get(precision or 0),
        "pin": point and precision is not None and precision <= PIN_PRECISION,
        "latitude": place.lat if place and point else None,
        "longitude": place.lon if place and point else None,
        "party_1": one.name if one else None,
        "party_2": other.name if other else None,
        "grade": incident.grade,
        "contested": sum(relation.kind in ("contradicts", "denies") for relation in incident.relations),
        "rule": settled.rule,
        "reports": list(incident.reports),
        "outlets": settled.outlets,
        "sources": settled.sources,
    }
    for harm in HARMS:
        estimate = settled.estimate(harm)
        for end in ("low", "best", "high"):
            row[f"{harm}_estimate_{end}"] = getattr(estimate, end) if estimate else None
    return row
