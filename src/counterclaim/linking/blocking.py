"""Which pairs of occurrences are worth a score: those that share a key, and never all with all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import combinations
from math import floor
from typing import Final

from counterclaim.linking.occurrences import Occurrence
from counterclaim.linking.words import cosine, rarity
from counterclaim.records import Place

Key = tuple[str, ...]

CELL: Final = 0.5
"""Degrees. A place stands in its own cell and, near an edge, in the neighbour's: places within about 25 km meet."""
MONTH: Final = 31
RARE: Final = 4.5
"""A word rarer than one story in 90 may be a key."""
NAMES: Final = 14
"""So many of its rarest words are keys of an occurrence."""
TWO: Final = 6
"""Each two of so many words that weigh most in a story are a key at any distance in time."""
SPOTS: Final = 4
"""So many places of a story are keys of an occurrence without one of its own."""
CAPS: Final = {"two": 40, "day": 200, "toll": 200, "place": 60, "word": 40}
"""A key that more occurrences share tells nothing apart and is not used, so that no block grows without bound."""


WORDY: Final = 3
ALIKE: Final = 0.1
"""Where no place is shared, so many keys of words must be, or the stories so much alike, before a pair is scored."""


def worth(one: Occurrence, other: Occurrence, shared: Collection[Key]) -> bool:
    """Whether the keys that two occurrences share make the pair worth a score."""
    if len(shared) >= WORDY or any(key[0] not in ("word", "two") for key in shared):
        return True
    return bool(shared) and cosine(one.story.terms, other.story.terms) >= ALIKE


def keys(occurrence: Occurrence) -> Iterator[Key]:
    """The keys of one occurrence, each once: cell and day, or place and half-month; rare words of one month."""
    seen: set[Key] = set()
    for key in _keys(occurrence):
        if key not in seen:
            seen.add(key)
            yield key


def _keys(occurrence: Occurrence) -> Iterator[Key]:
    days = occurrence.days
    when = _spans(days.first if days else occurrence.story.published)
    for place in occurrence.places or occurrence.story.places[:SPOTS]:
        for spot in _spots(place):
            yield from (("place", spot, span) for span in when)
            if days and days.sure:
                for day in (str(days.first), str(days.first + 1)):
                    yield ("day", spot, day)
                    yield from (("toll", spot, day, str(dead)) for dead in occurrence.killed)
    told = _spans(occurrence.story.published)
    for word in _rare(occurrence):
        yield from (("word", word, span) for span in told)
    for terms in (occurrence.terms, occurrence.story.terms):
        heavy = sorted(sorted(terms, key=lambda w: (-terms[w], w))[:TWO])
        yield from (("two", *pair) for pair in combinations(heavy, 2))


def _spans(day: int | None) -> tuple[str, ...]:
    """The month-long spans of days, overlapping by half, in which a day lies: days within two weeks share one."""
    if day is None:
        return ("?",)
    half = MONTH // 2
    return (str(day // half), str(day // half + 1))


def _spots(place: Place) -> Iterator[str]:
    if place.lat is None or place.lon is None:
        yield place.name.lower()
    elif place.kind != "country":
        for lat in {floor((place.lat - CELL / 4) / CELL), floor((place.lat + CELL / 4) / CELL)}:
            for lon in {floor((place.lon - CELL / 4) / CELL), floor((place.lon + CELL / 4) / CELL)}:
                yield f"{lat}:{lon}"


def _rare(occurrence: Occurrence) -> list[str]:
    """Its rarest words: of its own sentences, and of the whole story."""
    story = occurrence.story.terms
    own = sorted(occurrence.terms, key=lambda w: (-occurrence.terms[w], w))
    whole = sorted(story, key=lambda w: (-story[w], w))
    rare = [word for word in own if rarity(word) > RARE and not word.isdigit()][:NAMES]
    return rare + [word for word in whole if rarity(word) > RARE and not word.isdigit()][:NAMES]
