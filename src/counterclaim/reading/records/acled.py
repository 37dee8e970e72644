"""Rows of ACLED's export as reports of record.

Source: ACLED codebook. ACLED has one figure, `fatalities`, the lowest; its 0 means nobody or not known, so a 0 makes no
claim.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from counterclaim.errors import MalformedRecord
from counterclaim.reading.records.table import RecordTable, day, needed, point, whole
from counterclaim.reading.records.writing import Writer
from counterclaim.records import Acled, ActorKind, CodedReport, Event, Plover, VictimKind
from counterclaim.schemes.acled import EVENT_TYPE, HIERARCHY
from counterclaim.schemes.countries import country_by

_NEEDED: Final = (
    "event_id_cnty", "event_date", "time_precision", "event_type", "sub_event_type", "actor1", "country", "location",
    "latitude", "longitude", "geo_precision", "fatalities",
)  # fmt: skip
_PLOVER: Final = {
    "Battles": Plover(type="ASSAULT"),
    "Protests": Plover(type="PROTEST", mode="demo"),
    "Riots": Plover(type="PROTEST", mode="riot"),
    "Explosions/Remote violence": Plover(type="ASSAULT", mode="explosives"),
    "Violence against civilians": Plover(type="ASSAULT"),
}
_STRATEGIC: Final = {
    "Agreement": Plover(type="AGREE"),
    "Arrests": Plover(type="COERCE", mode="arrest"),
    "Disrupted weapons use": Plover(type="COERCE", mode="seize"),
    "Looting/property destruction": Plover(type="ASSAULT", mode="destroy"),
    "Non-violent transfer of territory": Plover(type="RETREAT", mode="withdraw"),
}
_MODES: Final = {
    "Air/drone strike": "aerial",
    "Suicide bomb": "suicide-attack",
    "Shelling/artillery/missile attack": "heavy-weapons",
    "Chemical weapon": "unconventional",
    "Sexual violence": "sexual",
    "Abduction/forced disappearance": "abduct",
}
_INTER: Final[Mapping[str, tuple[ActorKind, str | None]]] = {
    "1": ("military", "MIL"),
    "state forces": ("military", "MIL"),
    "2": ("armed_group", "REB"),
    "rebel group": ("armed_group", "REB"),
    "rebel forces": ("armed_group", "REB"),
    "3": ("armed_group", "PRM"),
    "political militia": ("armed_group", "PRM"),
    "4": ("armed_group", "UAF"),
    "identity militia": ("armed_group", "UAF"),
    "5": ("civilians", "CVL"),
    "rioters": ("civilians", "CVL"),
    "6": ("civilians", "CVL"),
    "protesters": ("civilians", "CVL"),
    "7": ("civilians", "CVL"),
    "civilians": ("civilians", "CVL"),
}
"""ACLED's kinds of actors, by the number of older exports and the words of newer ones."""
_WHERE: Final = {1: 1, 2: 2, 3: 4}
"""ACLED geo_precision (1 the town, 2 a part of a region, 3 a larger region) as UCDP where_prec."""


def _row(row: Mapping[str, str], published: str | None) -> CodedReport:
    number = needed(row, "event_id_cnty")
    kind, sub = needed(row, "event_type"), needed(row, "sub_event_type")
    if kind not in HIERARCHY or EVENT_TYPE.get(sub) != kind:
        raise MalformedRecord(f"{kind[:60]!r} with {sub[:60]!r} is no event type of ACLED")
    told, time, geo = day(row, "event_date"), whole(row, "time_precision"), whole(row, "geo_precision")
    if time not in (1, 2, 3) or geo not in _WHERE:
        raise MalformedRecord("time_precision and geo_precision are 1, 2 or 3")
    fatalities = whole(row, "fatalities")
    if fatalities is None:
        raise MalformedRecord("fatalities is empty")
    written = Writer("ACLED", "ACLED coders", number)
    country = country_by(iso=whole(row, "iso"), name=needed(row, "country"))
    doers = [written.party("Actor 1", needed(row, "actor1"), *_party(row, "inter1", country))]
    hit = [written.party("Actor 2", row["actor2"], *_party(row, "inter2", country))] if row.get("actor2") else []
    name = needed(row, "location")
    wider = [part for part in (row.get("admin2"), row.get("admin1"), row["country"]) if part and part != name]
    written.place(
        name,
        "".join(f", {part}" for part in wider) + f" (precision {geo})",
        "admin1" if geo == 3 else "settlement",
        point(row),
        country,
        row.get("admin1") or None,
        row.get("admin2") or None,
        _WHERE[geo],
    )
    first, last = _days(told, time)
    written.time(first, last, {1: 1, 2: 3, 3: 4}[time])
    plover = _PLOVER.get(kind) or _STRATEGIC.get(sub) or Plover(type="MOBILIZE")
    if plover.type == "ASSAULT" and sub in _MODES:
        plover = Plover(type="ASSAULT", mode=_MODES[sub])
    written.event(
        kind,
        sub,
        Event(
            id="e1",
            start=0,
            end=0,
            trigger=(0, 0),
            sentence=0,
            plover=plover,
            acled=Acled(event_type=kind, sub_event_type=sub),
            actor=tuple(doers),
            recipient=tuple(hit),
            confidence=1.0,
        ),
    )
    if fatalities:
        civilians = row.get("civilian_targeting") or kind == "Violence against civilians"
        victims: VictimKind = "civilian" if civilians else "unknown"
        written.killed(f"{fatalities}", "lowest figure", fatalities, fatalities, victims, None)
    else:
        written.say("Fatalities: 0, which in ACLED means nobody or not known.")
    if row.get("notes"):
        written.say(f"Notes: {row['notes']}")
    if row.get("source"):
        written.say(f"Sources coded: {row['source']}.")
    title = f"ACLED {number}: {sub}, {name}"
    return written.report(f"acled-{number}", title, published)


def _days(told: str, precision: int) -> tuple[str, str]:
    """ACLED gives the week's or the month's day that it starts from; the stretch that may be meant."""
    at = date.fromisoformat(told)
    if precision == 1:
        return told, told
    if precision == 2:
        return (at - timedelta(days=3)).isoformat(), (at + timedelta(days=3)).isoformat()
    return f"{told[:7]}-01", f"{told[:7]}-{monthrange(at.year, at.month)[1]:02d}"


def _party(row: Mapping[str, str], column: str, where: str | None) -> tuple[ActorKind, str | None, str | None]:
    kind, sector = _INTER.get(row.get(column, "").removesuffix(".0").lower(), ("other", None))
    return kind, where if kind in ("military", "civilians") else None, sector


ACLED: Final = RecordTable(
    "acled",
    "ACLED",
    _NEEDED,
    ("event_id_cnty", "sub_event_type", "fatalities"),
    _row,
    "take the CSV of ACLED's data export tool",
)
