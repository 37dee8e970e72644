"""Occurrences that match, gathered into incidents without chaining distinct ones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Final, TypeVar

from counterclaim.linking.features import between, both_towns
from counterclaim.linking.occurrences import Occurrence, same_place

Node = TypeVar("Node", bound=Hashable)


APART_KM: Final = 60.0
"""Two named towns farther apart than this are two places, whatever the texts share."""


def components(roots: Iterable[Node], near: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """The connected parts of a graph that hold one of `roots`."""
    seen: set[Node] = set()
    parts = []
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        part = [root]
        for node in part:  # grows while it is walked
            for other in near[node]:
                if other not in seen:
                    seen.add(other)
                    part.append(other)
        parts.append(part)
    return parts


def must_differ(one: Occurrence, other: Occurrence) -> bool:
    """Whether two occurrences cannot well be one: sure of days or of towns that differ."""
    if one.days and other.days and one.days.sure and other.days.sure and one.days.gap(other.days) > 1:
        return True
    kilometres = between(one, other)
    return kilometres is not None and kilometres > APART_KM and both_towns(one, other)


def told_apart(one: Occurrence, other: Occurrence) -> bool:
    """Whether one report tells two occurrences apart by day or by place, and not only by standing in two passages."""
    if one.days and other.days and one.days.gap(other.days) > 0:
        return True
    return same_place(one.place, other.place) is False


def gathered(
    size: int, score: Callable[[int, int], float], apart: Callable[[int, int], bool], least: float
) -> list[list[int]]:
    """Average-link clusters of 0..size-1: the two alike most are joined while their mean score is at least `least`.

    Two clusters are never joined that hold a pair that must stay `apart`. Ties go to the first in order, so that the
    result depends on the order of the numbers alone.
    """
    clusters: dict[int, list[int]] = {number: [number] for number in range(size)}
    scores = {(a, b): -1.0 if apart(a, b) else score(a, b) for a in range(size) for b in range(a + 1, size)}
    while True:
        best = max(((value, -a, -b) for (a, b), value in scores.items()), default=(-1.0, 0, 0))
        if best[0] < least:
            return list(clusters.values())
        a, b = -best[1], -best[2]
        for other in clusters:
            if other in (a, b):
                continue
            first, second = scores[_pair(a, other)], scores.pop(_pair(b, other))
            scores[_pair(a, other)] = -1.0 if min(first, second) < 0 else LINK(first,second,len(clusters[a]),len(clusters[b]))
        del scores[a, b]
        clusters[a] += clusters.pop(b)


import os
_K=float(os.environ.get("LINK","0"))
def LINK(x,y,m,n):
    return _K*max(x,y)+(1-_K)*(x*m+y*n)/(m+n)

def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)
