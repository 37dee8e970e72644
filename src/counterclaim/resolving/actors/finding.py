"""Parties named in a text: who they are, what they belong to, and every mention of them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from datetime import date

from counterclaim.language import Analysis
from counterclaim.records import Actor, ActorKind, Place, Span
from counterclaim.resolving.actors.linking import Linker
from counterclaim.resolving.actors.mentions import Reader
from counterclaim.resolving.actors.pronouns import Party
from counterclaim.resolving.actors.tables import leaders
from counterclaim.resolving.gazetteer import Gazetteer, name_key


class ActorIndex:
    """The actors of one report, found again by where they are mentioned."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self.actors = list(actors)
        self._by_id = {actor.id: actor for actor in self.actors}
        self._mentions = sorted((start, end, actor.id) for actor in self.actors for start, end in actor.mentions)

    def add(self, name: str, kind: ActorKind, mentions: Sequence[Span]) -> Actor:
        """Add a party that a later stage has found, as the last actor."""
        actor = Actor(id=f"a{len(self.actors) + 1}", name=name, kind=kind, mentions=tuple(sorted(mentions)))
        self.actors.append(actor)
        self._by_id[actor.id] = actor
        for start, end in actor.mentions:
            insort(self._mentions, (start, end, actor.id))
        return actor

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
        """The actor whom the words `[start, end)` name: by the first mention in them, the longest that starts there.

        Where no mention lies in them, the actor whose mention covers them; None where there is none.
        """
        inside = self.within(start, end)
        if inside:
            return min(inside, key=lambda found: (found[0][0], -found[0][1]))[1]
        last = bisect_right(self._mentions, (start, 1 << 60, ""))
        for s, e, actor_id in reversed(self._mentions[max(0, last - 8) : last]):
            if s <= start and end <= e:
                return self._by_id[actor_id]
        return None


def find_actors(
    analysis: Analysis, places: Sequence[Place], gazetteer: Gazetteer, published: date | None
) -> ActorIndex:
    """The actors of a text, by first mention, with all mentions (names, titles, acronyms, pronouns where clear)."""
    parties = Linker(Reader(analysis, places, gazetteer), published.year if published else None).link()
    parties.sort(key=lambda party: min((start, -end) for start, end in party.spans))
    mentioned = {party.country for party in parties}
    return ActorIndex(
        [_actor(f"a{number}", party, gazetteer, mentioned, published) for number, party in enumerate(parties, start=1)]
    )


def _actor(key: str, party: Party, gazetteer: Gazetteer, mentioned: set[str | None], published: date | None) -> Actor:
    country, sector = party.country, party.sector
    if party.kind == "person" and country is None:
        leader = leaders().get(name_key(party.name))
        if leader is not None and (published is None or published.year >= leader.since):
            country, sector = leader.country, sector or leader.sector
    if country == "US?":  # "Rep." and "Sen." are of the United States where the report speaks of them at all
        country = "US" if "US" in mentioned else None
    known = gazetteer.country(country) if country else None
    return Actor(
        id=key,
        name=party.name,
        kind=party.kind,
        role=party.role,
        country=country,
        country_name=known.name if known else None,
        sector=sector,
        mentions=tuple(sorted(party.spans)),
    )
