"""ACLED: 31 columns in order, a row an incident.

Source: ACLED codebook. ACLED writes the lowest figure, and 0 both for nobody and for not known: here an unknown number
of dead is 0 with the tag `fatalities=unknown`, so that the two can be told apart.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import IncidentTable, Row, fields
from counterclaim.exporting.incidents.ucdp_ged import ged_id, plain_name
from counterclaim.records import Acled, Actor
from counterclaim.resolving.gazetteer import CountryTable
from counterclaim.schemes.acled import DISORDER
from counterclaim.schemes.countries import codes_of
from counterclaim.schemes.ucdp import party_of

_MEANINGS: Final = (
    ("event_id_cnty", "ISO 3166-1 alpha-3 and a number made from the incident's id"),
    ("event_date", "first day"),
    ("year", "its year"),
    ("time_precision", "1 day, 2 week, 3 month"),
    ("disorder_type", "ACLED disorder type"),
    ("event_type", "ACLED event type"),
    ("sub_event_type", "ACLED sub-event type"),
    ("actor1", "who did it"),
    ("assoc_actor_1", "others named beside it"),
    ("inter1", "1 state forces, 2 rebels, 3 political militia, 5 rioters, 6 protesters, 7 civilians, 8 other"),
    ("actor2", "to whom"),
    ("assoc_actor_2", "others named beside it"),
    ("inter2", "as inter1"),
    ("interaction", "both, the lower first"),
    ("civilian_targeting", "`Civilian targeting` where civilians were the target"),
    ("iso", "ISO 3166-1 numeric"),
    ("region", "ACLED region"),
    ("country", "country"),
    ("admin1", "first-order division"),
    ("admin2", "second-order division"),
    ("admin3", "empty"),
    ("location", "the place"),
    ("latitude", "degrees, WGS84"),
    ("longitude", "degrees, WGS84"),
    ("geo_precision", "1 exact, 2 near or second-order division, 3 wider"),
    ("source", "outlets"),
    ("source_scale", "empty: not known"),
    ("notes", "the incident in words, with who says how many"),
    ("fatalities", "lowest figure of killed; 0 with the tag fatalities=unknown where no figure is given"),
    ("tags", "fatalities=unknown; crowd size is not coded"),
    ("timestamp", "empty: when it was recorded is told in the casebook"),
)

_COLUMNS: Final = fields(
    _MEANINGS,
    integer="year time_precision inter1 inter2 interaction iso geo_precision fatalities",
    number="latitude longitude",
    date="event_date",
)

_TIME: Final = {1: 1, 2: 2, 3: 2, 4: 3, 5: 3}
_GEO: Final = {1: 1, 2: 2, 3: 2}


def _rows(settled: Settled, losses: Losses) -> list[Row]:
    incident, place = settled.incident, settled.incident.place
    code = _code(settled)
    if code is None:
        losses.append(Loss(incident.id, "incident", "none of its acts is in ACLED's list"))
        return []
    if not incident.from_:
        losses.append(Loss(incident.id, "incident", "no date is known; ACLED needs one"))
        return []
    if (incident.date_prec or 5) > 4:
        losses.append(Loss(incident.id, "date precision", "only the year is known; ACLED goes to the month"))
    dyads = settled.dyads()
    one, other = dyads[0] if dyads else (None, None)
    killed = settled.estimate("killed")
    fatalities = next((n for n in (killed.low, killed.best, killed.high) if n is not None), None) if killed else None
    for harm in incident.estimates.get(settled.rule, {}):
        if harm != "killed":
            losses.append(Loss(incident.id, harm, "ACLED has no column for it"))
    if killed and killed.high != killed.low:
        losses.append(Loss(incident.id, "range", f"killed {killed.low}-{killed.high}: ACLED holds one figure"))
    country = place.country if place else None
    inters = [_inter(actor, code) for actor in (one, other) if actor]
    iso3 = _iso3(country)
    return [
        {
            "event_id_cnty": f"{iso3}{ged_id(incident.id)}",
            "event_date": incident.from_,
            "year": int(incident.from_[:4]),
            "time_precision": _TIME.get(incident.date_prec or 5, 3),
            "disorder_type": DISORDER.get(code.event_type),
            "event_type": code.event_type,
            "sub_event_type": code.sub_event_type,
            "actor1": _name(one),
            "assoc_actor_1": "; ".join(_name(actor) or "" for actor, _ in dyads[1:] if actor != one) or None,
            "inter1": _inter(one, code) if one else None,
            "actor2": _name(other),
            "inter2": _inter(other, code) if other else None,
            "interaction": int("".join(str(n) for n in sorted(inters))) if inters else None,
            "civilian_targeting": "Civilian targeting" if other and party_of(other) == "civilians" else None,
            "iso": codes_of(country).iso_numeric,
            "region": codes_of(country).acled_region,
            "country": plain_name(country) if country else None,
            "admin1": place.admin1 if place else None,
            "admin2": settled.place.admin2 if settled.place else None,
            "location": place.name if place else None,
            "latitude": place.lat if place else None,
            "longitude": place.lon if place else None,
            "geo_precision": _GEO.get(place.where_prec or 6, 3) if place else None,
            "source": "; ".join(settled.outlets) or None,
            "notes": _notes(settled),
            "fatalities": fatalities or 0,
            "tags": "fatalities=unknown" if fatalities is None else None,
        }
    ]


def _code(settled: Settled) -> Acled | None:
    """The code told most often of acts that happened."""
    codes = [event.acled for _, event in settled.events if event.acled and event.reality in ("actual", "ongoing")]
    if not codes:
        return None
    (kind, sub), _ = Counter((code.event_type, code.sub_event_type) for code in codes).most_common(1)[0]
    return Acled(event_type=kind, sub_event_type=sub)


def _inter(actor: Actor, code: Acled) -> int:
    party = party_of(actor)
    if party == "civilians":
        return {"Protests": 6, "Riots": 5}.get(code.event_type, 7)
    if party == "state":
        return 1
    return {"REB": 2, "PRM": 3, "UAF": 3}.get(actor.sector or "", 2) if party == "group" else 8


def _name(actor: Actor | None) -> str | None:
    if actor is None:
        return None
    if party_of(actor) == "state" and actor.country_name:
        arm = {"COP": "Police", "MIL": "Military"}.get(actor.sector or "")
        return f"{arm} Forces of {actor.country_name}" if arm else f"Government of {actor.country_name}"
    return "Civilians" if party_of(actor) == "civilians" else actor.name


def _notes(settled: Settled) -> str:
    said = [
        f"{claim.source or report.outlet or 'the author'}: {claim.figure} {claim.harm}"
        for report, claim in settled.claims
        if not claim.background and claim.stance == "asserts"
    ]
    return ". ".join([settled.incident.title, *dict.fromkeys(said)])


def _iso3(country: str | None) -> str:
    found = CountryTable.shipped().countries.get(country or "")
    return found.iso3 if found else "XXX"


ACLED: Final = IncidentTable(
    "acled",
    "incidents as ACLED rows (31 columns), fatalities by the lowest figure",
    _COLUMNS,
    _rows,
    [
        Loss("", "rival figures and stances", "kept in words in `notes` only"),
        Loss("", "admin3", "divisions are known to the second order"),
        Loss("", "source_scale, timestamp", "not known to an incident"),
    ],
)
