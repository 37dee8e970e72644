"""UCDP Georeferenced Event Dataset: 49 columns in order, a row an incident and dyad.

Source: UCDP GED codebook (columns, where_prec, date_prec, event_clarity) and PRIO-GRID (cell numbers). Ids that UCDP
gives to conflicts and dyads are left empty: only UCDP can give them.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from hashlib import blake2b
from importlib import resources
from typing import Final

from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import IncidentTable, Row, fields
from counterclaim.linking.incident import Estimate
from counterclaim.records import Actor
from counterclaim.resolving.gazetteer import CountryTable
from counterclaim.schemes.countries import codes_of
from counterclaim.schemes.ucdp import party_of

_MEANINGS: Final = (
    ("id", "number made from the incident's id"),
    ("relid", "the incident's id in the casebook"),
    ("year", "year of the last day"),
    ("active_year", "empty: only UCDP knows which dyads reach 25 deaths a year"),
    ("code_status", "machine-coded"),
    ("type_of_violence", "1 state-based, 2 non-state, 3 one-sided"),
    ("conflict_dset_id", "empty: UCDP's own"),
    ("conflict_new_id", "empty: UCDP's own"),
    ("conflict_name", "side a - side b"),
    ("dyad_dset_id", "empty: UCDP's own"),
    ("dyad_new_id", "empty: UCDP's own"),
    ("dyad_name", "side a - side b"),
    ("side_a_dset_id", "empty: UCDP's own"),
    ("side_a_new_id", "UCDP actor id where side a is a group of its actor list"),
    ("side_a", "who did it; a state is `Government of ...`"),
    ("side_b_dset_id", "empty: UCDP's own"),
    ("side_b_new_id", "UCDP actor id where side b is a group of its actor list"),
    ("side_b", "to whom; Civilians in one-sided violence"),
    ("number_of_sources", "reports, copies of one text counted each"),
    ("source_article", "outlet, day and title of each report"),
    ("source_office", "outlets"),
    ("source_date", "days of publication"),
    ("source_headline", "titles"),
    ("source_original", "whom the claims are according to"),
    ("where_prec", "1 exact, 2 near, 3 second-order division, 4 first-order, 5 larger area, 6 country, 7 water or air"),
    ("where_coordinates", "the place"),
    ("where_description", "the place with its divisions"),
    ("adm_1", "first-order division"),
    ("adm_2", "second-order division"),
    ("latitude", "degrees, WGS84"),
    ("longitude", "degrees, WGS84"),
    ("geom_wkt", "the point as well-known text"),
    ("priogrid_gid", "half-degree cell, counted from the south-west, 720 a row"),
    ("country", "UCDP's name of the country"),
    ("country_id", "Gleditsch-Ward number"),
    ("region", "UCDP region"),
    ("event_clarity", "1 reported as one event, 2 only as part of a longer time or wider area"),
    ("date_prec", "1 day, 2 2-6 days, 3 week, 4 month, 5 year"),
    ("date_start", "first day"),
    ("date_end", "last day"),
    ("deaths_a", "killed of side a, by the best estimate"),
    ("deaths_b", "killed of side b"),
    ("deaths_civilians", "killed civilians"),
    ("deaths_unknown", "killed of whom it is not told"),
    ("best", "best estimate of killed, the sum of the four"),
    ("high", "highest reliable estimate"),
    ("low", "lowest reliable estimate"),
    ("gwnoa", "Gleditsch-Ward number of side a where it is a state"),
    ("gwnob", "Gleditsch-Ward number of side b where it is a state"),
)

_COLUMNS: Final = fields(
    _MEANINGS,
    integer="id year active_year type_of_violence conflict_dset_id conflict_new_id dyad_dset_id dyad_new_id "
    "side_a_dset_id side_a_new_id side_b_dset_id side_b_new_id number_of_sources where_prec priogrid_gid country_id "
    "event_clarity date_prec deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob",
    number="latitude longitude",
    date="date_start date_end",
)


def priogrid(lat: float, lon: float) -> int:
    """The PRIO-GRID cell of a point in degrees: 1 in the south-west corner, 720 to a row of half a degree."""
    row = min(int((lat + 90) * 2), 359)
    column = min(int((lon + 180) * 2), 719)
    return row * 720 + column + 1


def ged_id(incident: str) -> int:
    """A positive 31-bit number from an incident's id."""
    return int.from_bytes(blake2b(incident.encode("utf-8", "replace"), digest_size=4).digest()) & 0x7FFFFFFF


def _rows(settled: Settled, losses: Losses) -> list[Row]:
    incident = settled.incident
    killed = settled.estimate("killed")
    if killed is None or not (killed.high or killed.best or killed.low):
        losses.append(Loss(incident.id, "incident", "UCDP holds only events with a direct death"))
        return []
    if not incident.from_:
        losses.append(Loss(incident.id, "incident", "no date is known; UCDP needs one"))
        return []
    types = Counter(event.ucdp_violence for _, event in settled.events if event.ucdp_violence)
    dyads = settled.dyads()
    if not dyads:
        losses.append(Loss(incident.id, "incident", "nobody says who did it; UCDP needs an organised actor"))
        return []
    if len(dyads) > 1:
        others = "; ".join(f"{one.name} - {other.name if other else '?'}" for one, other in dyads[1:])
        losses.append(Loss(incident.id, "further dyads", f"deaths are not told apart by dyad: {others}"))
    for harm in incident.estimates.get(settled.rule, {}):
        if harm != "killed":
            losses.append(Loss(incident.id, harm, "UCDP has no column for it"))
    if incident.relations:
        losses.append(Loss(incident.id, "contradictions", f"{len(incident.relations)} relations between claims"))
    side_a, side_b = dyads[0]
    kind = types.most_common(1)[0][0] if types else _kind(side_a, side_b)
    return [_row(settled, killed, side_a, side_b, kind)]


def _row(settled: Settled, killed: Estimate, side_a: Actor, side_b: Actor | None, kind: int | None) -> Row:
    incident, place = settled.incident, settled.incident.place
    name_a, name_b = _side(side_a), "Civilians" if kind == 3 else _side(side_b) if side_b else "Unknown"
    country = codes_of(place.country if place else None)
    known = country_name(place.country) if place and place.country else None
    deaths = _deaths(killed, side_a, side_b)
    point = place if place and place.lat is not None and place.lon is not None else None
    reports = settled.reports
    second = settled.place.admin2 if settled.place else None
    where = [place.name, second, place.admin1, known] if place else []
    return {
        "id": ged_id(incident.id),
        "relid": incident.id,
        "year": int((incident.to or incident.from_ or "0")[:4]),
        "code_status": "machine-coded",
        "type_of_violence": kind,
        "conflict_name": f"{name_a} - {name_b}",
        "dyad_name": f"{name_a} - {name_b}",
        "side_a_new_id": _group_ids().get(side_a.name.casefold()),
        "side_a": name_a,
        "side_b_new_id": _group_ids().get(side_b.name.casefold()) if side_b else None,
        "side_b": name_b,
        "number_of_sources": len(reports),
        "source_article": ";".join(f'"{r.outlet or ""},{r.published or ""},{r.title or r.id}"' for r in reports),
        "source_office": ";".join(r.outlet or "" for r in reports),
        "source_date": ";".join(r.published or "" for r in reports),
        "source_headline": ";".join(r.title or r.id for r in reports),
        "source_original": ";".join(settled.sources),
        "where_prec": place.where_prec if place else None,
        "where_coordinates": place.name if place else None,
        "where_description": ", ".join(dict.fromkeys(part for part in where if part)) or None,
        "adm_1": place.admin1 if place else None,
        "adm_2": second,
        "latitude": point.lat if point else None,
        "longitude": point.lon if point else None,
        "geom_wkt": f"POINT ({point.lon} {point.lat})" if point else None,
        "priogrid_gid": priogrid(point.lat, point.lon)
        if point and point.lat is not None and point.lon is not None
        else None,
        "country": known,
        "country_id": country.gw,
        "region": country.ucdp_region,
        "event_clarity": 1 if (incident.date_prec or 5) <= 2 and (not place or (place.where_prec or 6) <= 4) else 2,
        "date_prec": incident.date_prec,
        "date_start": incident.from_,
        "date_end": incident.to or incident.from_,
        **deaths,
        "gwnoa": codes_of(side_a.country).gw if party_of(side_a) == "state" else None,
        "gwnob": codes_of(side_b.country).gw if side_b and party_of(side_b) == "state" else None,
    }


def _deaths(killed: Estimate, side_a: Actor, side_b: Actor | None) -> Row:
    """Best estimate by side; what nobody tells apart is unknown, so that the four add up to the best estimate."""
    best = killed.best if killed.best is not None else killed.low if killed.low is not None else killed.high
    left = best or 0
    parts: Row = {}
    shares = (("deaths_civilians", ["civilian"]), ("deaths_a", _names(side_a)), ("deaths_b", _names(side_b)))
    for column, names in shares:
        found = next((killed.by[name].best for name in names if name in killed.by), None) or 0
        taken = min(left, found)
        parts[column] = taken
        left -= taken
    return {
        **parts,
        "deaths_unknown": left,
        "best": best,
        "high": killed.high if killed.high is not None else best,
        "low": killed.low if killed.low is not None else best,
    }


def _names(actor: Actor | None) -> list[str]:
    return (
        [name for name in (actor.country_name, actor.name) if name] if actor and party_of(actor) != "civilians" else []
    )


def _side(actor: Actor) -> str:
    if party_of(actor) == "state" and actor.country:
        return f"Government of {country_name(actor.country)}"
    return "Civilians" if party_of(actor) == "civilians" else actor.name


def _kind(side_a: Actor, side_b: Actor | None) -> int | None:
    parties = {party_of(side_a), party_of(side_b) if side_b else "unknown"}
    if "civilians" in parties:
        return 3
    return 1 if "state" in parties else 2 if parties == {"group"} else None


@cache
def _countries() -> CountryTable:
    return CountryTable.shipped()


def country_name(code: str) -> str:
    """UCDP's name of a country by ISO 3166-1 alpha-2; ours where UCDP has the same."""
    return codes_of(code).ucdp_name or plain_name(code)


def plain_name(code: str) -> str:
    """The usual name of a country by ISO 3166-1 alpha-2."""
    found = _countries().countries.get(code)
    return found.name if found else code


@cache
def _group_ids() -> dict[str, int]:
    """UCDP actor ids of armed groups by every name in the UCDP actor list."""
    ids: dict[str, int] = {}
    text = resources.files("counterclaim.data").joinpath("armed_groups.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            _, name, others, number = line.split("\t")
            for written in (name, *others.split(";")):
                ids.setdefault(written.casefold(), int(number))
    return ids


UCDP_GED: Final = IncidentTable(
    "ucdp-ged",
    "incidents with deaths as UCDP GED rows (49 columns), one an incident and dyad",
    _COLUMNS,
    _rows,
    [
        Loss(
            "", "sources' rival figures", "one row holds low, best and high only; `counterclaim incidents` has them all"
        ),
        Loss("", "conflict, dyad and side ids", "only UCDP gives them"),
    ],
)
