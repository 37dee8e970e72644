"""Records of other data sets laid beside incidents: which row may be of which occurrence, and why.

By place, time and toll, as event data sets are commonly matched (MELTT: Donnay, Dunford, McGrath, Backer and
Cunningham, "Integrating conflict event data", Journal of Conflict Resolution 2019). A record never changes an incident:
it makes none, and its figures enter no estimate, so that ours can be compared with theirs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from counterclaim.linking.incident import Incident
from counterclaim.records import CodedReport, Record

DAYS: Final = 2
"""Days that two accounts of one day may differ by: time zones, and the day of the report taken for that of the act."""
NEAR: Final = 25.0
"""Kilometres around a place that are still that place (UCDP where_prec 2)."""
LEAST: Final = 0.6
"""Points from which a record is laid beside: day and place fit, or one of them and the toll. Set by hand; no labelled
pairs of our incidents and such rows are at hand."""
_EARTH: Final = 6371.0


ALONE: Final = ""
"""Under this id stand the records that lie beside no incident."""


class Beside(Record, frozen=True, kw_only=True):
    """A record that may be of the same occurrence. `score` are points in 0..1, not a probability; low, best and high
    are the killed by its coders, `first` and `last` its days, `country` ISO 3166-1 alpha-2.
    """

    report: str
    dataset: str
    title: str = ""
    first: str | None = None
    last: str | None = None
    place: str = ""
    country: str | None = None
    score: float = 0.0
    reason: str = ""
    low: int | None = None
    best: int | None = None
    high: int | None = None
    km: float | None = None
    days: int | None = None


def beside(incidents: Sequence[Incident], reports: Mapping[str, CodedReport], rule: str) -> dict[str, list[Beside]]:
    """Incident id -> its records, the nearest first; under ALONE those that lie beside none. Each record lies beside
    one incident at most, the nearest.

    `reports`: report id -> coded report, the records among them; `rule` names the estimate whose toll is compared.
    """
    by_day: dict[int, list[tuple[int, Incident]]] = defaultdict(list)
    for number, incident in enumerate(incidents):
        first, last = _span(incident.from_, incident.to)
        # An incident that lasts for months is found by its first month.
        for at in range(first - DAYS, min(last, first + 31) + DAYS + 1) if first else ():
            by_day[at].append((number, incident))
    found: dict[str, list[Beside]] = {}
    for report in reports.values():
        if not report.is_record or not report.times:
            continue  # Every record that was imported has its days.
        first, last = _span(report.times[0].from_, report.times[0].to)
        near = {number: one for at in range(first, min(last, first + 31) + 1) for number, one in by_day.get(at, ())}
        scored = [(compared(one, report, rule), one.id) for _, one in sorted(near.items())]
        best = max(scored, key=lambda pair: (pair[0].score, pair[1]), default=None)
        if best is not None and best[0].score >= LEAST:
            found.setdefault(best[1], []).append(best[0])
        else:
            found.setdefault(ALONE, []).append(_told(report))
    for laid in found.values():
        laid.sort(key=lambda one: (-one.score, one.report))
    return found


def counted(record: CodedReport) -> tuple[int | None, int | None, int | None]:
    """Low, best and high of a report of record."""
    low = best = high = None
    for claim in record.claims:
        if claim.min is not None and claim.min == claim.max:
            best = claim.min
        elif claim.min is not None:
            low = claim.min
        elif claim.max is not None:
            high = claim.max
    return (low if low is not None else best), best, (high if high is not None else best)


def compared(incident: Incident, record: CodedReport, rule: str) -> Beside:
    """How near a record is to an incident: up to 0.4 for the day, 0.4 for the place, 0.2 for the toll."""
    gap, when, of_day = _when(incident, record)
    km, where, of_place = _where(incident, record)
    told = _told(record)
    toll, of_toll = _toll(incident, rule, told.low, told.high)
    return replace(
        told,
        score=round(of_day + of_place + of_toll, 2) if of_day and of_place else 0.0,
        reason="; ".join(filter(None, (when, where, toll))),
        km=None if km is None else round(km, 1),
        days=gap,
    )


def _told(record: CodedReport) -> Beside:
    low, best, high = counted(record)
    place = record.places[0] if record.places else None
    return Beside(
        report=record.id,
        dataset=record.outlet or "",
        title=record.title or "",
        first=record.times[0].from_,
        last=record.times[0].to,
        place=place.name if place else "",
        country=place.country if place else None,
        low=low,
        best=best,
        high=high,
    )


def _when(incident: Incident, record: CodedReport) -> tuple[int | None, str, float]:
    first, last = _span(incident.from_, incident.to)
    begin, end = _span(record.times[0].from_, record.times[0].to)
    if not first or not begin:
        return None, "", 0.0
    gap = max(0, begin - last, first - end)
    if gap > DAYS:
        return gap, f"{gap} days apart", 0.0
    if gap:
        return gap, f"{gap} day{'s' if gap > 1 else ''} apart", 0.2
    if (first, last) == (begin, end) and first == last:
        return 0, "the same day", 0.4
    return 0, "days that overlap", 0.3 if min(last - first, end - begin) < 7 else 0.2


def _where(incident: Incident, record: CodedReport) -> tuple[float | None, str, float]:
    ours, theirs = incident.place, record.places[0] if record.places else None
    if ours is None or theirs is None:
        return None, "", 0.0
    exact = max(ours.where_prec or 9, theirs.precision or 9) <= 2
    if None not in (ours.lat, ours.lon, theirs.lat, theirs.lon):
        km = distance(ours.lat or 0.0, ours.lon or 0.0, theirs.lat or 0.0, theirs.lon or 0.0)
        if exact:
            # Near a border two coders may name two countries; the points decide.
            points = 0.4 if km <= NEAR / 5 else 0.3 if km <= NEAR else 0.1 if km <= 2 * NEAR else 0.0
            return km, f"{km:.0f} km apart", points
    else:
        km = None
    if ours.country and theirs.country and ours.country != theirs.country:
        return km, "another country", 0.0
    if ours.admin1 and theirs.admin1 and _alike(ours.admin1, theirs.admin1):
        return km, f"both in {ours.admin1}", 0.25
    return km, "the same country" if ours.country == theirs.country else "", 0.1 if ours.country else 0.0


def _toll(incident: Incident, rule: str, low: int | None, high: int | None) -> tuple[str, float]:
    killed = incident.estimates.get(rule, {}).get("killed")
    if killed is None or low is None or high is None or killed.low is None:
        return "", 0.0
    most = killed.high if killed.high is not None else math.inf
    ours = (
        f"{killed.low}–{'?' if killed.high is None else killed.high}" if killed.low != killed.high else f"{killed.low}"
    )
    theirs = f"{low}–{high}" if low != high else f"{low}"
    if killed.low <= high and low <= most:
        return f"killed {ours} and {theirs}", 0.2
    return f"killed {ours} but {theirs}", 0.0


def _span(first: str | None, last: str | None) -> tuple[int, int]:
    """First and last day as ordinals; 0 where unknown."""
    if not first:
        return 0, -1
    begin = date.fromisoformat(first).toordinal()
    return begin, max(begin, date.fromisoformat(last).toordinal() if last else begin)


def _alike(one: str, other: str) -> bool:
    """Whether two names of a division share a word that is no kind of division: "Homs", "Homs Governorate"."""
    kinds = {"governorate", "province", "region", "state", "oblast", "district", "department", "of", "the", "division"}
    words = [set(name.casefold().replace("-", " ").split()) - kinds for name in (one, other)]
    return bool(words[0] & words[1])


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points in degrees, on a sphere (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    part = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * math.asin(min(1.0, math.sqrt(part)))
