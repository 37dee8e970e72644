"""Occurrences that match, gathered into incidents without chaining distinct ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from counterclaim.linking.features import both_towns, kilometres
from counterclaim.linking.marks import counted_apart, hours_differ, one_more
from counterclaim.linking.occurrences import Occurrence, same_place

Node = TypeVar("Node", bound=tuple[int, str, int])


APART_KM: Final = 60.0
"""Two named towns farther apart than this are two places, whatever the texts share."""


SEEN: Final = 12
"""So many members of a cluster are compared before it is joined with another."""


def components(roots: Iterable[Node], near: Callable[[Node], Iterable[Node]]) -> list[list[Node]]:
    """The connected parts of a graph that hold one of `roots`."""
    seen: set[Node] = set()
    parts = []
    for root in roots:
        if root in seen:
            continue
        seen.add(root)
        part = [root]
        for node in part:  # grows while it is walked
            for other in near(node):
                if other not in seen:
                    seen.add(other)
                    part.append(other)
        parts.append(part)
    return parts


def must_differ(one: Occurrence, other: Occurrence) -> bool:
    """Whether two occurrences cannot well be one: sure of days or of towns that differ."""
    return days_differ(one, other) or far_apart(one, other)


def days_differ(one: Occurrence, other: Occurrence) -> bool:
    """Whether the two are sure of their days, and these lie more than a night apart."""
    if one.days is None or other.days is None or not (one.days.sure and other.days.sure):
        return False
    return one.days.gap(other.days) > 1


def far_apart(one: Occurrence, other: Occurrence) -> bool:
    """Whether the two stand in towns far apart."""
    far = kilometres(one, other)
    return far is not None and far > APART_KM and both_towns(one, other)


def elsewhere(one: Occurrence, other: Occurrence) -> bool:
    """Whether two reports' main news is of towns far apart that the other does not name: not one, however alike."""
    if not (one.lead and other.lead and one.days and other.days):
        return False
    return far_apart(one, other) and one.story.spots.isdisjoint(other.story.spots)


def another_hour(one: Occurrence, other: Occurrence) -> bool:
    """Whether the two are told of one day, of hours apart, with other numbers of dead."""
    if one.days is None or other.days is None or one.days != other.days:
        return False
    return hours_differ(one.marks, other.marks) and counted_apart(one.killed, other.killed)


def told_apart(one: Occurrence, other: Occurrence) -> bool:
    """Whether one report tells two occurrences apart by day, place, hour or words, not only in two passages."""
    if one.days and other.days and one.days.gap(other.days) > 0:
        return True
    if counted_apart(one.killed, other.killed) and (another_hour(one, other) or one_more(one.marks, other.marks)):
        return True
    return same_place(one.place, other.place) is False


def gathered(
    nodes: Sequence[Node],
    edges: Iterable[tuple[float, Node, Node]],
    verdict: Callable[[Node, Node], float | None],
    mean: float,
) -> list[list[Node]]:
    """Clusters of `nodes`: joined along `edges` (score and its two ends), the strongest first.

    Two clusters stay apart where `verdict`, the score of a pair or None for two that cannot be one, is None for any
    pair between them or on average below `mean`: one strong link alone chains nothing. Ties go by the order of nodes,
    so that the result depends on nothing else. Of large clusters the first SEEN members speak for all.
    """
    home: dict[Node, list[Node]] = {node: [node] for node in nodes}
    for _, one, other in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
        left, right = home[one], home[other]
        if left is right:
            continue
        between = [verdict(a, b) for a in left[:SEEN] for b in right[:SEEN]]
        known = [value for value in between if value is not None]
        if len(known) < len(between) or sum(known) < mean * len(known):
            continue
        joined = sorted(left + right)
        home.update(dict.fromkeys(joined, joined))
    return [home[node] for node in nodes if home[node][0] == node]
