"""Parties named in a text: who they are, what they belong to, and every mention of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from counterclaim.language import Analysis
from counterclaim.records import Actor, Place, Span
from counterclaim.resolving.gazetteer import Gazetteer


class ActorIndex:
    """The actors of one report, found again by where they are mentioned."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = list(actors)
        self._by_id = {actor.id: actor for actor in self.actors}
        self._mentions = sorted((start, end, actor.id) for actor in self.actors for start, end in actor.mentions)

    def get(self, actor_id: str) -> Actor:
        """The actor with this id. Raises KeyError."""
        return self._by_id[actor_id]

    def within(self, start: int, end: int) -> list[tuple[Span, Actor]]:
        """Mentions that lie inside `[start, end)`, in text order."""
        first = bisect_right(self._mentions, (start - 1, 1 << 60, ""))
        found = []
        for s, e, actor_id in self._mentions[first:]:
            if s >= end:
                break
            if e <= end:
                found.append(((s, e), self._by_id[actor_id]))
        return found

    def at(self, start: int, end: int) -> Actor | None:
        """The actor mentioned at exactly `[start, end)`, else by the longest mention within it, else None."""
        inside = self.within(start, end)
        if not inside:
            return None
        return max(inside, key=lambda found: found[0][1] - found[0][0])[1]


def find_actors(
    analysis: Analysis, places: Sequence[Place], gazetteer: Gazetteer, published: date | None
) -> ActorIndex:
    """The actors of a text with all their mentions (names, titles, acronyms, pronouns where clear)."""
    return ActorIndex([])
