"""A cluster of occurrences to the incident that is printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from itertools import permutations
from typing import Final

from counterclaim.linking.incident import Candidate, Incident, IncidentPlace, Link, Party, Role
from counterclaim.linking.occurrences import WIDE, Days, Occurrence
from counterclaim.linking.scoring import reason
from counterclaim.records import Place

Name = tuple[int, str, int]

PLAIN: Final = {
    "Armed clash": "Clash",
    "Remote explosive/landmine/IED": "Bombing",
    "Shelling/artillery/missile attack": "Shelling",
    "Air/drone strike": "Air strike",
    "Abduction/forced disappearance": "Abduction",
}


def incident_id(first: Name) -> str:
    """The id of the incident whose earliest occurrence is this: the same as long as that one is its earliest."""
    return "i" + blake2b(repr(first).encode(), digest_size=6).hexdigest()


def incidents(
    clusters: Sequence[Sequence[Occurrence]],
    near: Mapping[Name, Mapping[Name, float]],
    score: Callable[[Name, Name], float],
) -> list[Incident]:
    """Clusters (each in order) to incidents. Acts of which no report gives harm or place make none."""
    told = [c for c in clusters if any(each.solid for each in c)]
    home = {each.key: incident_id(cluster[0].key) for cluster in told for each in cluster}
    found = {each.key: each for cluster in told for each in cluster}
    wider = _wider(told, home)
    return [_incident(cluster, found, home, near, score, wider.get(home[cluster[0].key])) for cluster in told]


def _wider(told: Iterable[Sequence[Occurrence]], home: Mapping[Name, str]) -> dict[str, str]:
    """Incident to the wider one it is a part of: told beside it, of a place around it and a larger toll."""
    by_report: dict[str, list[Occurrence]] = defaultdict(list)
    for cluster in told:
        for each in cluster:
            by_report[each.story.report].append(each)
    wider: dict[str, str] = {}
    for report in sorted(by_report):
        for part, whole in permutations(by_report[report], 2):
            if home[part.key] != home[whole.key] and is_part(part, whole):
                wider.setdefault(home[part.key], home[whole.key])
    # Of two that claim to be part of each other, in two reports, neither is.
    return {part: whole for part, whole in wider.items() if wider.get(whole) != part}


def is_part(part: Occurrence, whole: Occurrence) -> bool:
    """Whether one occurrence of a report is a part of another: its place and days within, its dead fewer."""
    inner, outer = part.place, whole.place
    if inner is None or outer is None or part.days is None or whole.days is None:
        return False
    if not (whole.days.first <= part.days.first and part.days.last <= whole.days.last):
        return False
    if outer.kind not in WIDE or inner.kind == outer.kind or inner.country != outer.country:
        return False
    if outer.kind != "country" and (inner.admin1 is None or inner.admin1 != outer.admin1):
        return False
    return bool(part.killed and whole.killed) and max(part.killed) < max(whole.killed)


def _incident(
    cluster: Sequence[Occurrence],
    found: Mapping[Name, Occurrence],
    home: Mapping[Name, str],
    near: Mapping[Name, Mapping[Name, float]],
    score: Callable[[Name, Name], float],
    part_of: str | None,
) -> Incident:
    own = incident_id(cluster[0].key)
    days = _days(cluster)
    place = _place(cluster)
    return Incident(
        id=own,
        title=_title(cluster, place, days),
        from_=date.fromordinal(days.first).isoformat() if days else None,
        to=date.fromordinal(days.last).isoformat() if days else None,
        date_prec=_date_prec(days),
        place=place,
        reports=tuple(dict.fromkeys(each.story.report for each in cluster)),
        claims=tuple((each.story.report, claim.id) for each in cluster for claim in each.claims),
        events=tuple((each.story.report, event.id) for each in cluster for event in each.events),
        parties=_parties(cluster),
        links=_links(cluster, score),
        candidates=_candidates(cluster, own, found, home, near),
        part_of=part_of,
    )


def _days(cluster: Sequence[Occurrence]) -> Days | None:
    """The days most often given, sure ones first; the earlier of equals."""
    counts = Counter(each.days for each in cluster if each.days)
    return min(counts, key=lambda d: (not d.sure, -counts[d], d.last - d.first, d.first), default=None)


def _date_prec(days: Days | None) -> int | None:
    """UCDP date_prec: 1 a day, 2 within six days, 3 a week, 4 a month, 5 a year."""
    if days is None:
        return None
    length = days.last - days.first + 1
    return next(code for code, longest in ((1, 1), (2, 6), (3, 7), (4, 31), (5, 10**9)) if length <= longest)


def _place(cluster: Sequence[Occurrence]) -> IncidentPlace | None:
    """The finest place known by coordinates, that most occurrences name; else the name most often given."""
    given = [each.place for each in cluster if each.place]
    counts = Counter(place.name for place in given)
    best = min(given, key=lambda p: (p.lat is None, p.precision or 9, -counts[p.name], p.name), default=None)
    return None if best is None else _shown(best)


def _shown(place: Place) -> IncidentPlace:
    return IncidentPlace(
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        country=place.country,
        admin1=place.admin1,
        where_prec=place.precision,
    )


def _title(cluster: Sequence[Occurrence], place: IncidentPlace | None, days: Days | None) -> str:
    acts = Counter(act for each in cluster for act in each.acts)
    act = min(acts, key=lambda name: (-acts[name], name), default="Harm")
    parts = [PLAIN.get(act, act.capitalize())]
    if place:
        parts.append(place.name)
    if days:
        parts.append(date.fromordinal(days.first).isoformat())
    return ", ".join(parts)


def _parties(cluster: Sequence[Occurrence]) -> tuple[Party, ...]:
    counts: Counter[tuple[str, str | None, Role]] = Counter()
    for each in cluster:
        counts.update(each.parties)
    return tuple(
        Party(name=name, country=country, role=role)
        for (name, country, role), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0][0], item[0][2]))
    )


def _links(cluster: Sequence[Occurrence], score: Callable[[Name, Name], float]) -> tuple[Link, ...]:
    """Each report after the first, by its best match among those before it."""
    links = []
    for number, each in enumerate(cluster[1:], 1):
        best = max(cluster[:number], key=lambda other: (score(each.key, other.key), other.key))
        if best.story.report != each.story.report:
            found = round(score(each.key, best.key), 3)
            links.append(Link(reports=(best.story.report, each.story.report), score=found, reason=reason(best, each)))
    return tuple(links)


def _candidates(
    cluster: Sequence[Occurrence],
    own: str,
    found: Mapping[Name, Occurrence],
    home: Mapping[Name, str],
    near: Mapping[Name, Mapping[Name, float]],
) -> tuple[Candidate, ...]:
    """Other incidents by their best pair with this one, the likeliest first."""
    best: dict[str, tuple[float, Name, Name]] = {}
    for each in cluster:
        for other, value in near[each.key].items():
            there = home.get(other)
            if there is not None and there != own:
                best[there] = max(best.get(there, (0.0, each.key, other)), (value, each.key, other))
    return tuple(
        Candidate(incident=there, score=round(value, 3), reason=reason(found[one], found[other]))
        for there, (value, one, other) in sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    )
