"""Which of the places that bear a name is meant: prominence, the countries of the report, its other places, and syntax.

A name means one place throughout a report, unless the words around it call it something else ("Kharkiv", "Kharkiv
region"). The score of a bearer is a sum of weighted features. The weights began as a coordinate search on the
even-numbered half of LGL (`python -m bench.places --fit`); the bench reports its odd-numbered half. LGL is local
news, so capitals, states and nations were then given more by hand, as reports of conflict mean them: it costs LGL about
one point. How the share of the belief becomes a confidence is in `confidence`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, exp, log1p, radians, sin, sqrt
from typing import NamedTuple

from counterclaim.resolving.gazetteer import Bearer, Entry, prominence
from counterclaim.resolving.places.mentions import Mention, Surroundings, holding

EARTH_KM = 6371.0
"""Mean radius of the earth."""


class Weights(NamedTuple):
    """What each feature adds; prominence is in powers of ten of people."""

    prominence: float = 0.5
    capital: float = 2.0
    state: float = 1.0
    nation: float = 1.0
    other: float = 1.0
    country: float = 1.4
    division: float = 0.7
    near: float = 3.5
    container: float = 5.0
    kind: float = 1.5
    softness: float = 1.2


WEIGHTS = Weights()
REACH_KM = 150.0
"""Two places of one report this far apart speak for each other by 1/e."""

SAME_KM = 40.0
"""Bearers of one name this near are one place for the reader of a map."""

OTHERS = 12
"""Other names of the report that are held against a bearer; more change nothing and cost time."""


Group = tuple[str, str]
"""A name and what the text calls it: mentions that mean one place."""

Scores = list[tuple[Bearer, float]]


@dataclass(slots=True)
class Choice:
    """The place chosen for a mention, and the share of the belief it got, 0-1."""

    bearer: Bearer
    belief: float

    @property
    def entry(self) -> Entry:
        """The place."""
        return self.bearer.entry


def choose(mentions: Sequence[Mention], around: Surroundings, weights: Weights = WEIGHTS) -> list[Choice]:
    """A choice for every mention, in the same order; each has at least one bearer."""
    groups: dict[Group, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(_group(mention), []).append(mention)
    base = {group: _base_scores(members, around, weights) for group, members in groups.items()}
    by_use = sorted(groups, key=lambda group: -len(groups[group]))
    scores = base
    for _ in range(3):
        others = _Others([(group[0], _best(scores[group]).entry) for group in by_use])
        scores = {group: others.add(group[0], alone, weights) for group, alone in base.items()}
    choices = {group: _choice(members[0], scores[group], weights) for group, members in groups.items()}
    return [choices[_group(mention)] for mention in mentions]


def _choice(mention: Mention, scores: Scores, weights: Weights) -> Choice:
    best = _best(scores)
    top = max(score for _, score in scores)
    shares = [(bearer.entry, exp((score - top) * weights.softness)) for bearer, score in scores]
    here = sum(share for entry, share in shares if _same_place(best.entry, entry))
    return Choice(_usual(best, mention), here / sum(share for _, share in shares))


def _usual(best: Bearer, mention: Mention) -> Bearer:
    """The bearer a bare name means of a town and the division around it that share the name.

    That is the town, unless the gazetteer says that the name mostly means the division ("Gaza").
    """
    if mention.kind in ("admin1", "admin2"):
        return best
    around = best.entry.admin1_number, best.entry.admin2_number
    for bearer in mention.bearers:
        if bearer.how == "preferred" and bearer.entry.number in around:
            return bearer
    if best.entry.kind in ("admin1", "admin2") and best.how != "preferred":
        for bearer in mention.bearers:
            if bearer.entry.kind == "settlement" and best.entry.number in (
                bearer.entry.admin1_number,
                bearer.entry.admin2_number,
            ):
                return bearer
    return best


def _same_place(one: Entry, other: Entry) -> bool:
    """True for a city and the division or quarter that bears its name: whichever is meant, the report is placed."""
    if one.country != other.country or "country" in (one.kind, other.kind):
        return one is other
    divisions = one.admin1_number, one.admin2_number, other.admin1_number, other.admin2_number
    if one.number in divisions[2:] or other.number in divisions[:2]:
        return True
    return distance_km(one.lat, one.lon, other.lat, other.lon) < SAME_KM


def _group(mention: Mention) -> Group:
    return mention.key, mention.kind if mention.kind in ("admin1", "admin2") else ""


def _best(scores: Scores) -> Bearer:
    return max(scores, key=lambda scored: scored[1])[0]


def _base_scores(members: Sequence[Mention], around: Surroundings, weights: Weights) -> Scores:
    """Scores of the bearers of one name by themselves, and by what the words around its mentions say."""
    mentioned = sum(around.countries.values())
    kinds = {member.kind for member in members}
    containers = [member.container for member in members if member.container is not None]
    seat = members[0].capital_of
    nation = any(bearer.entry.kind == "country" for bearer in members[0].bearers)
    scores: Scores = []
    for bearer in members[0].bearers:
        entry = bearer.entry
        weight = prominence(bearer)
        score = weights.prominence * weight + weights.nation * (entry.kind in ("country", "region", "water"))
        score -= weights.other * (bearer.how == "other")
        if entry.kind == "settlement" and entry.country == seat and weight > 5 and bearer.how != "other":
            score += weights.capital
        times = around.countries.get(entry.country or "", 0)
        if times and entry.kind != "country":
            score += weights.country * (0.5 + 0.5 * log1p(times) / log1p(mentioned))
            score += weights.state * (entry.kind == "admin1" and bearer.how != "other" and not nation)
        if any(holding([bearer], container.bearers) for container in containers):
            score += weights.container
        score += weights.kind * max(_fits(entry, kind) for kind in kinds)
        scores.append((bearer, score))
    return scores


def _fits(entry: Entry, kind: str) -> float:
    """How well an entry is what the text calls it, -1 to 1."""
    if kind in ("", "facility"):
        return 0.0
    if entry.kind == kind:
        return 1.0
    if {entry.kind, kind} <= {"admin1", "admin2", "region"}:
        return 0.5
    return 0.0 if entry.kind != "country" else -1.0


class _Others:
    """The places chosen so far, by name, the most used names first: what they say for the bearers of another name."""

    def __init__(self, chosen: Sequence[tuple[str, Entry]]) -> None:
        self.places = [(key, entry) for key, entry in chosen if entry.kind in ("settlement", "admin1", "admin2")]
        self.divisions: dict[int, set[str]] = {}
        for key, entry in chosen:
            if entry.kind in ("admin1", "admin2"):
                self.divisions.setdefault(entry.number, set()).add(key)
        del self.places[OTHERS + 1 :]

    def add(self, own: str, scores: Scores, weights: Weights) -> Scores:
        """The scores of one name with what the others say: same division, nearness."""
        places = [entry for key, entry in self.places if key != own][:OTHERS]
        if len(scores) == 1 or not (places or self.divisions):
            return scores
        divisions = {number for number, keys in self.divisions.items() if keys != {own}}
        return [
            (
                bearer,
                score
                + weights.division * _lies_in(bearer.entry, divisions)
                + weights.near * _nearness(bearer.entry, places),
            )
            for bearer, score in scores
        ]


def _lies_in(entry: Entry, divisions: set[int]) -> float:
    if entry.kind == "settlement" and entry.admin2_number in divisions:
        return 1.5
    return 1.0 if entry.kind in ("settlement", "admin2") and entry.admin1_number in divisions else 0.0


def _nearness(entry: Entry, places: Iterable[Entry]) -> float:
    """0-1: how near the nearest two other places are."""
    if entry.kind in ("country", "region", "water"):
        return 0.0
    near = sorted(
        (exp(-distance_km(entry.lat, entry.lon, place.lat, place.lon) / REACH_KM) for place in places), reverse=True
    )
    return sum(near[:2]) / 2


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in degrees (haversine), in kilometres."""
    across = sin(radians(other_lat - lat) / 2) ** 2
    along = cos(radians(lat)) * cos(radians(other_lat)) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(across + along)))
