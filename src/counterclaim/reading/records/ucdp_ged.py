"""Rows of the UCDP Georeferenced Event Dataset as reports of record.

Source: UCDP GED codebook. `best`, `low` and `high` become three claims of UCDP's coders; deaths by side stay words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, cast

from counterclaim.errors import MalformedRecord
from counterclaim.reading.records.table import RecordTable, day, needed, point, whole
from counterclaim.reading.records.writing import Writer
from counterclaim.records import ActorKind, CodedReport, Event, PlaceKind, Plover, VictimKind
from counterclaim.schemes.countries import country_by

_NEEDED: Final = (
    "id", "type_of_violence", "side_a", "side_b", "where_prec", "latitude", "longitude", "country", "date_prec",
    "date_start", "date_end", "low", "best", "high",
)  # fmt: skip
_VIOLENCE: Final = {1: "state-based violence", 2: "non-state violence", 3: "one-sided violence"}
_KIND: Final[Mapping[int, PlaceKind]] = {3: "admin2", 4: "admin1", 5: "region", 6: "country", 7: "water"}
_DEATHS: Final = (
    ("deaths_a", "side A"),
    ("deaths_b", "side B"),
    ("deaths_civilians", "civilians"),
    ("deaths_unknown", "not told apart"),
)


def _row(row: Mapping[str, str], published: str | None) -> CodedReport:
    number = needed(row, "id").removesuffix(".0")
    violence = whole(row, "type_of_violence")
    if violence not in _VIOLENCE:
        raise MalformedRecord(f"type_of_violence is {row['type_of_violence'][:40]!r}; it is 1, 2 or 3")
    first, last = day(row, "date_start"), day(row, "date_end")
    if last < first:
        raise MalformedRecord(f"date_end {last} is before date_start {first}")
    precision, where = whole(row, "date_prec") or 0, whole(row, "where_prec") or 0
    if precision not in range(1, 6) or where not in range(1, 8):
        raise MalformedRecord("date_prec is 1 to 5 and where_prec 1 to 7")
    low, best, high = (whole(row, name) for name in ("low", "best", "high"))
    if low is None or best is None or high is None:
        raise MalformedRecord("low, best and high are needed")
    # Our own export has the same columns: its rows are no work of UCDP's.
    machine = row.get("code_status", "") == "machine-coded"
    written = Writer(
        "UCDP GED columns" if machine else "UCDP GED", "Machine coders" if machine else "UCDP coders", number
    )
    side_a, side_b = needed(row, "side_a"), needed(row, "side_b")
    country = country_by(gw=whole(row, "country_id"), name=row["country"])
    doer = written.party("Side A", side_a, *_party(side_a, country))
    hit = written.party("Side B", side_b, *_party(side_b, country))
    name = row.get("where_coordinates") or row.get("adm_2") or row.get("adm_1") or row["country"] or "unknown place"
    wider = [part for part in (row.get("adm_2"), row.get("adm_1"), row["country"]) if part and part != name]
    written.place(
        name,
        "".join(f", {part}" for part in wider) + f" (precision {where})",
        _KIND.get(where, "settlement"),
        point(row),
        country,
        row.get("adm_1") or None,
        row.get("adm_2") or None,
        where,
    )
    written.time(first, last, precision)
    act = Event(
        id="e1",
        start=0,
        end=0,
        trigger=(0, 0),
        sentence=0,
        plover=Plover(type="ASSAULT"),
        ucdp_violence=cast(Literal[1, 2, 3], violence),
        actor=(doer,),
        recipient=(hit,),
        confidence=1.0,
    )
    written.event(f"Type of violence {violence}", _VIOLENCE[violence], act)
    victims: VictimKind = "civilian" if violence == 3 else "unknown"
    # In a battle each side kills; UCDP names the doer only of one-sided violence.
    by = doer if violence == 3 else None
    written.killed(f"{best}", "best estimate", best, best, victims, by)
    written.killed(f"at least {low}", "low estimate", low, None, victims, by)
    written.killed(f"at most {high}", "high estimate", None, high, victims, by)
    if not low <= best <= high:
        written.say("These three stand in the data set as they are here, though not in order.")
    apart = [f"{told} {count}" for column, told in _DEATHS if (count := whole(row, column))]
    if apart:
        written.say(f"Of the best estimate: {', '.join(apart)}.")
    if row.get("source_article"):
        written.say(f"Sources coded: {row['source_article']}")
    prefix = "ucdp-ged-columns" if machine else "ucdp-ged"
    return written.report(f"{prefix}-{number}", f"{written.dataset} {number}: {side_a} - {side_b}, {name}", published)


def _party(name: str, where: str | None) -> tuple[ActorKind, str | None, str | None]:
    if name.startswith("Government of "):
        return "government", country_by(name=name.removeprefix("Government of ")), "GOV"
    if name == "Civilians":
        return "civilians", where, "CVL"
    return "armed_group", None, "UAF"


UCDP_GED: Final = RecordTable(
    "ucdp-ged",
    "UCDP GED",
    _NEEDED,
    ("type_of_violence", "side_a", "side_b", "date_prec", "best"),
    _row,
    "take the CSV of the UCDP Georeferenced Event Dataset from ucdp.uu.se/downloads",
)
