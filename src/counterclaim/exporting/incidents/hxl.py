"""HXL: a CSV whose second row tags each column, for HDX and its tools.

Source: HXL 1.1 hashtags; nobody tags low and high of an estimate today, `+min` and `+max` are the natural attributes.
"""

from __future__ import annotations

from typing import Final

from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import IncidentTable, Row, fields
from counterclaim.exporting.incidents.ucdp_ged import plain_name

_TAGGED: Final = (
    ("incident", "#event+id", "id in the casebook"),
    ("title", "#description", "act, place, day"),
    ("event_type", "#event+type", "ACLED sub-event types of its acts"),
    ("date_start", "#date+start", "first day"),
    ("date_end", "#date+end", "last day"),
    ("year", "#date+year", "year of the first day"),
    ("date_precision", "#date+precision", "UCDP date_prec"),
    ("party_1", "#group+name+first", "who did it"),
    ("party_2", "#group+name+second", "to whom"),
    ("location", "#loc+name", "the place"),
    ("adm1", "#adm1+name", "first-order division"),
    ("adm2", "#adm2+name", "second-order division"),
    ("latitude", "#geo+lat", "degrees, WGS84"),
    ("longitude", "#geo+lon", "degrees, WGS84"),
    ("place_precision", "#geo+precision", "UCDP where_prec"),
    ("country", "#country+name", "country"),
    ("country_code", "#country+code", "ISO 3166-1 alpha-2"),
    *(
        (f"{harm}_{end}", f"#affected+{harm}+{tag}", f"{harm}: {meaning}")
        for harm in ("killed", "injured", "missing", "captured", "displaced")
        for end, tag, meaning in (
            ("low", "min", "low estimate"),
            ("best", "best", "best estimate"),
            ("high", "max", "high estimate"),
        )
    ),
    ("killed_civilians", "#affected+killed+civilians", "killed civilians, best estimate"),
    ("grade", "#status+grade", "Airwars grade"),
    ("contested", "#indicator+contested", "number of contradictions and denials among its claims"),
    ("rule", "#meta+rule", "the rule of the estimates"),
    ("sources", "#meta+source", "outlets"),
)


def _rows(settled: Settled, losses: Losses) -> list[Row]:
    incident, place = settled.incident, settled.incident.place
    estimates = incident.estimates.get(settled.rule, {})
    if "casualties" in estimates:
        losses.append(Loss(incident.id, "casualties", "killed and injured not told apart: no column"))
    dyads = settled.dyads()
    one, other = dyads[0] if dyads else (None, None)
    subs = dict.fromkeys(event.acled.sub_event_type for _, event in settled.events if event.acled)
    row: Row = {
        "incident": incident.id,
        "title": incident.title,
        "event_type": " | ".join(subs) or None,
        "date_start": incident.from_,
        "date_end": incident.to or incident.from_,
        "year": int(incident.from_[:4]) if incident.from_ else None,
        "date_precision": incident.date_prec,
        "party_1": one.name if one else None,
        "party_2": other.name if other else None,
        "location": place.name if place else None,
        "adm1": place.admin1 if place else None,
        "adm2": settled.place.admin2 if settled.place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "place_precision": place.where_prec if place else None,
        "country": plain_name(place.country) if place and place.country else None,
        "country_code": place.country if place else None,
        "grade": incident.grade,
        "contested": sum(relation.kind in ("contradicts", "denies") for relation in incident.relations),
        "rule": settled.rule,
        "sources": " | ".join(settled.outlets) or None,
    }
    for harm, estimate in estimates.items():
        row |= {f"{harm}_low": estimate.low, f"{harm}_best": estimate.best, f"{harm}_high": estimate.high}
    if "killed" in estimates and (civilians := estimates["killed"].by.get("civilian")):
        row["killed_civilians"] = civilians.best
    return [row]


HXL: Final = IncidentTable(
    "hxl",
    "incidents as CSV with HXL tags, low and high of every harm",
    fields(
        ((name, meaning) for name, _, meaning in _TAGGED),
        integer="year date_precision place_precision killed_civilians contested "
        + " ".join(name for name, tag, _ in _TAGGED if tag.startswith("#affected")),
        number="latitude longitude",
        date="date_start date_end",
    ),
    _rows,
    [Loss("", "claims", "only estimates: claims-csv has who says what")],
    tags=tuple(tag for _, tag, _ in _TAGGED),
)
