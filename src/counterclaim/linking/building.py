"""A cluster of occurrences to the incident that is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Final

from counterclaim.linking.incident import Candidate, Incident, IncidentPlace, Link, Party, Role
from counterclaim.linking.occurrences import Days, Occurrence
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
    near: Mapping[Name, Sequence[Name]],
    score: Callable[[Name, Name], float],
) -> list[Incident]:
    """Clusters (each in order) to incidents. A story without an occurrence of its own makes no incident alone."""
    told = [cluster for cluster in clusters if any(each.solid for each in cluster)]
    home = {each.key: incident_id(cluster[0].key) for cluster in told for each in cluster}
    return [_incident(cluster, home, near, score) for cluster in told]


def _incident(
    cluster: Sequence[Occurrence],
    home: Mapping[Name, str],
    near: Mapping[Name, Sequence[Name]],
    score: Callable[[Name, Name], float],
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
        candidates=_candidates(cluster, own, home, near, score),
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
    home: Mapping[Name, str],
    near: Mapping[Name, Sequence[Name]],
    score: Callable[[Name, Name], float],
) -> tuple[Candidate, ...]:
    best: dict[str, tuple[float, Name, Name]] = {}
    for each in cluster:
        for other in near[each.key]:
            there = home.get(other)
            if there is not None and there != own:
                found = (score(each.key, other), each.key, other)
                best[there] = max(best.get(there, found), found)
    return tuple(
        Candidate(incident=there, score=round(found, 3), reason="likely the same occurrence, not sure")
        for there, (found, _, _) in sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
    )
