"""CAMEO as a table of the 61 columns of GDELT 2.0's events, an act and a pair of parties a row.

Source: GDELT Event Codebook V2.0 (columns, QuadClass, FractionDate, geography types) and the CAMEO codebook 1.1b3.
Tellings of one act by several reports are one row; NumMentions, NumSources and NumArticles count them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final

from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import IncidentTable, Row, fields
from counterclaim.exporting.incidents.told import iso3, told_acts
from counterclaim.exporting.incidents.ucdp_ged import plain_name
from counterclaim.records import Actor, CodedReport, Place
from counterclaim.schemes.countries import codes_of

_ACTOR: Final = (
    ("Code", "country and role"),
    ("Name", "name"),
    ("CountryCode", "country, ISO 3166-1 alpha-3"),
    ("KnownGroupCode", "empty: GDELT's own"),
    ("EthnicCode", "empty: not coded"),
    ("Religion1Code", "empty: not coded"),
    ("Religion2Code", "empty: not coded"),
    ("Type1Code", "CAMEO role"),
    ("Type2Code", "empty"),
    ("Type3Code", "empty"),
)
_GEO: Final = (
    ("Type", "1 country, 2 US state, 3 US town, 4 town, 5 first- or second-order division"),
    ("FullName", "place, division, country"),
    ("CountryCode", "country, FIPS 10-4, as GDELT has it"),
    ("ADM1Code", "empty: FIPS codes of divisions are not known"),
    ("ADM2Code", "empty"),
    ("Lat", "degrees, WGS84"),
    ("Long", "degrees, WGS84"),
    ("FeatureID", "GeoNames id"),
)


def _meanings() -> Iterator[tuple[str, str]]:
    yield from (
        ("GLOBALEVENTID", "number made from incident and act; not one of GDELT's"),
        ("SQLDATE", "day, YYYYMMDD"),
        ("MonthYear", "month, YYYYMM"),
        ("Year", "year"),
        ("FractionDate", "year and part of it: (month x 30 + day) / 365"),
    )
    for who, role in (("Actor1", "who did it"), ("Actor2", "to whom")):
        yield from ((f"{who}{name}", f"{role}: {meaning}") for name, meaning in _ACTOR)
    yield from (
        ("IsRootEvent", "1 where a report tells it in its first sentence"),
        ("EventCode", "CAMEO code"),
        ("EventBaseCode", "its first three digits"),
        ("EventRootCode", "its first two digits"),
        ("QuadClass", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict"),
        ("GoldsteinScale", "empty: not worked out"),
        ("NumMentions", "tellings of the act in the incident's reports"),
        ("NumSources", "outlets among them"),
        ("NumArticles", "reports among them"),
        ("AvgTone", "empty: tone is not measured"),
    )
    for who in ("Actor1", "Actor2"):
        yield from ((f"{who}Geo_{name}", "empty: parties are not placed") for name, _ in _GEO)
    yield from ((f"ActionGeo_{name}", f"where: {meaning}") for name, meaning in _GEO)
    yield ("DATEADDED", "empty: when it was recorded is told in the casebook")
    yield ("SOURCEURL", "address of the first report that has one")


_COLUMNS: Final = fields(
    _meanings(),
    integer="GLOBALEVENTID SQLDATE MonthYear Year IsRootEvent QuadClass NumMentions NumSources NumArticles "
    "ActionGeo_Type",
    number="FractionDate GoldsteinScale AvgTone ActionGeo_Lat ActionGeo_Long",
)
_ROLES: Final = {
    **{role: role for role in ("COP", "GOV", "JUD", "LEG", "MIL", "PTY", "REB", "SPY", "UAF", "OPP")},
    **{role: role for role in ("AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "LAB", "REF")},
    "JRN": "MED",
    "MED": "HLH",
    "PRM": "UAF",
}
"""PLOVER sector to CAMEO role: CAMEO's MED are media, its HLH health. Sectors that CAMEO lacks have none."""
_TYPE: Final = {"settlement": 4, "facility": 4, "admin1": 5, "admin2": 5, "country": 1}
_US: Final = {4: 3, 5: 2}


@dataclass
class _Act:
    """One act between two parties, with the reports that tell it."""

    code: str
    actor: Actor | None
    recipient: Actor | None
    day: str
    place: Place | None
    root: bool = False
    told: list[CodedReport] = field(default_factory=list)


def _rows(settled: Settled, losses: Losses) -> list[Row]:
    found: dict[tuple[str, str, str, str], _Act] = {}
    incident = settled.incident
    for report, event in told_acts(settled, "CAMEO", losses):
        if event.cameo is None:
            losses.append(Loss(incident.id, f"act {event.plover.type}", "no CAMEO code"))
            continue
        actors = {actor.id: actor for actor in report.actors}
        time = next((time for time in report.times if time.id == event.time and time.from_), None)
        day = (time.from_ if time else incident.from_) or ""
        if not day:
            losses.append(Loss(incident.id, f"act {event.cameo}", "no day is known; GDELT needs one"))
            continue
        place = next((place for place in report.places if place.id == event.place), settled.place)
        doers: list[Actor | None] = [actors[id] for id in event.actor if id in actors]
        hit: list[Actor | None] = [actors[id] for id in event.recipient if id in actors]
        for doer in doers or [None]:
            for other in hit or [None]:
                names = [f"{one.name} {one.country}" if one else "" for one in (doer, other)]
                key = (event.cameo, day, names[0], names[1])
                act = found.setdefault(key, _Act(event.cameo, doer, other, day, place))
                act.told.append(report)
                act.root = act.root or event.sentence == 0
    return [_row(settled, key, act) for key, act in found.items()]


def _row(settled: Settled, key: tuple[str, ...], act: _Act) -> Row:
    year, month, date = (int(part) for part in act.day.split("-"))
    name = repr((settled.incident.id, *key)).encode("utf-8", "replace")
    reports = {report.id: report for report in act.told}
    row: Row = {
        "GLOBALEVENTID": int.from_bytes(blake2b(name, digest_size=4).digest()) & 0x7FFFFFFF,
        "SQLDATE": int(act.day.replace("-", "")),
        "MonthYear": year * 100 + month,
        "Year": year,
        "FractionDate": round(year + (month * 30 + date) / 365, 4),
        "IsRootEvent": int(act.root),
        "EventCode": act.code,
        "EventBaseCode": act.code[:3],
        "EventRootCode": act.code[:2],
        "QuadClass": _quad(act.code),
        "NumMentions": len(act.told),
        "NumSources": len({report.outlet or report.id for report in act.told}),
        "NumArticles": len(reports),
        "SOURCEURL": next((report.url for report in reports.values() if report.url), None),
    }
    for who, actor in (("Actor1", act.actor), ("Actor2", act.recipient)):
        if actor is not None:
            country, role = iso3(actor.country), _ROLES.get(actor.sector or "")
            row |= {
                f"{who}Code": f"{country or ''}{role or ''}" or None,
                f"{who}Name": actor.name,
                f"{who}CountryCode": country,
                f"{who}Type1Code": role,
            }
    return row | _where(act.place)


def _where(place: Place | None) -> Row:
    if place is None or place.lat is None:
        return {}
    kind = _TYPE.get(place.kind)
    names = (place.name, place.admin1, plain_name(place.country) if place.country else None)
    return {
        "ActionGeo_Type": _US.get(kind or 0, kind) if place.country == "US" else kind,
        "ActionGeo_FullName": ", ".join(dict.fromkeys(name for name in names if name)),
        "ActionGeo_CountryCode": codes_of(place.country).fips,
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
        "ActionGeo_FeatureID": str(place.geonames_id) if place.geonames_id else None,
    }


def _quad(code: str) -> int:
    """GDELT's classes by CAMEO root: 01-05, 06-08, 09-13, 14-20."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


CAMEO: Final = IncidentTable(
    "cameo",
    "acts as CAMEO in GDELT 2.0's 61 columns, tab-separated, with a header",
    _COLUMNS,
    _rows,
    [
        Loss("", "claims of harm, estimates", "CAMEO has acts only; claims-csv and hxl have the numbers"),
        Loss("", "who tells the act", "GDELT has no column for it; plover and events-csv have"),
        Loss("", "Goldstein scale, tone", "not worked out"),
        Loss("", "tabs and line ends within a text", "spaces stand for them: GDELT's tables quote nothing"),
    ],
    tabs=True,
)
