"""Two occurrences of different reports compared: the features of the match score, and their names in words."""

from __future__ import annotations

from collections.abc import Set
from typing import Final, TypeVar

from counterclaim.linking.occurrences import Occurrence, same_place
from counterclaim.linking.words import Vector, cosine, rarity
from counterclaim.resolving.places.choice import distance_km

T = TypeVar("T")

NAMES: Final = (
    "own_text",
    "story_text",
    "text_in_story",
    "lead_text",
    "lead_in_story",
    "rare_words",
    "rare_story",
    "day_same",
    "day_near",
    "day_apart",
    "day_unknown",
    "place_same",
    "place_near",
    "place_apart",
    "place_unknown",
    "actors",
    "acts_same",
    "acts_apart",
    "toll_same",
    "toll_apart",
    "published_near",
    "both_news",
    "both_background",
    "story_only",
    "story_places",
    "story_days",
)
"""The features in the order of `compared`."""

OWN: Final = frozenset(
    {
        *("own_text", "rare_words", "day_same", "day_near", "day_apart", "day_unknown", "place_same", "place_near"),
        *("place_apart", "place_unknown", "actors", "acts_same", "acts_apart", "toll_same", "toll_apart"),
    }
)
"""What is known of the occurrences themselves, and not of the stories they are told in."""

WEEK: Final = 7
"""Two spans of days that overlap are one day only where neither is longer."""
NEAR_KM: Final = 30.0
"""Towns this near may be named for one another in reports of one occurrence."""


def compared(one: Occurrence, other: Occurrence) -> list[float]:
    """The features of a pair, each 0..1, in the order of NAMES. Symmetric."""
    day = _day(one, other)
    place = kilometres(one, other)
    toll = _toll(one, other)
    told = {one.told, other.told}
    acts = one.acts and other.acts
    apart = _apart(one.story.published, other.story.published)
    return [
        max(cosine(one.terms, other.terms), 0.0),
        cosine(one.story.terms, other.story.terms),
        max(cosine(one.terms, other.story.terms), cosine(other.terms, one.story.terms)),
        cosine(one.story.lead, other.story.lead),
        max(cosine(one.story.lead, other.story.terms), cosine(other.story.lead, one.story.terms)),
        min(1.0, _rare(one.terms, other.terms) / 30),
        min(1.0, _rare(one.story.terms, other.story.terms) / 60),
        float(day == 0),
        float(day is not None and 0 < day <= 1),
        0.0 if day is None else min(1.0, max(0, day - 1) / 7),
        float(day is None),
        float(place == 0),
        float(place is not None and 0 < place <= NEAR_KM),
        0.0 if place is None else min(1.0, max(0.0, place - NEAR_KM) / 100),
        float(place is None),
        _shared(one.actors, other.actors),
        float(bool(acts and one.acts & other.acts)),
        float(bool(acts and not one.acts & other.acts)),
        float(toll is True),
        float(toll is False),
        0.5 if apart is None else max(0.0, 1 - apart / 14),
        float(told == {"news"}),
        float(told == {"background"}),
        float("story" in told),
        _shared(one.story.spots, other.story.spots),
        _shared(one.story.days, other.story.days),
    ]


def _shared(one: Set[T], other: Set[T]) -> float:
    """The share of the smaller set that the other holds; 0 where one is empty."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _day(one: Occurrence, other: Occurrence) -> int | None:
    if one.days is None or other.days is None:
        return None
    gap = one.days.gap(other.days)
    longest = max(one.days.last - one.days.first, other.days.last - other.days.first)
    return None if gap == 0 and longest >= WEEK else gap


def _apart(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else abs(one - other)


def kilometres(one: Occurrence, other: Occurrence) -> float | None:
    """Kilometres between the two, 0 for one place; None where either is unknown or only contains the other."""
    same = same_place(one.place, other.place)
    if same:
        return 0.0
    a, b = one.place, other.place
    if same is None or a is None or b is None or a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return None
    return distance_km(a.lat, a.lon, b.lat, b.lon)


def both_towns(one: Occurrence, other: Occurrence) -> bool:
    """Whether both places are settlements or spots in one."""
    return all(each.place is not None and each.place.kind in ("settlement", "facility") for each in (one, other))


def _toll(one: Occurrence, other: Occurrence) -> bool | None:
    """Whether a number of dead or injured is shared; None where there is nothing to compare."""
    shared = one.killed & other.killed or one.injured & other.injured
    if shared:
        return True
    return False if one.killed and other.killed else None


def _rare(one: Vector, other: Vector) -> float:
    return sum(rarity(word) for word in one.keys() & other.keys() if rarity(word) > 5)
