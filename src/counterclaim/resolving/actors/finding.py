"""Parties named in a text: who they are, what they belong to, and every mention of them."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Sequence
from datetime import date

from counterclaim.language import Analysis
from counterclaim.records import Actor, ActorKind, Place, Span
from counterclaim.resolving.actors.known import KnownActors, shipped
from counterclaim.resolving.actors.linking import Linker
from counterclaim.resolving.actors.mentions import Reader
from counterclaim.resolving.actors.pronouns import Party
from counterclaim.resolving.actors.setting import Setting
from counterclaim.resolving.gazetteer import Gazetteer

_HIGHEST = frozenset(("president", "prime minister", "chancellor"))
"""Offices of which a state has one, so that a title and a surname are enough."""


class ActorIndex:
    """The actors of one report, found again by where they are mentioned."""

    def __init__(self, actors: Sequence[Actor], owning: Collection[Span] = ()) -> None:
        """`owning` are the mentions that are possessives: nothing is found by them, since "his men" are not he."""
        self.actors = list(actors)
        self._by_id = {actor.id: actor for actor in self.actors}
        self._mentions = sorted(
            (*span, actor.id) for actor in self.actors for span in actor.mentions if span not in owning
        )

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
    analysis: Analysis,
    places: Sequence[Place],
    gazetteer: Gazetteer,
    published: date | None,
    known: KnownActors | None = None,
) -> ActorIndex:
    """The actors of a text, by first mention, with all mentions (names, titles, acronyms, pronouns where clear).

    `known` are the actors known by name, those of the package where it is None.
    """
    known = known or shipped()
    reader = Reader(analysis, places, gazetteer, known.bodies_on(published))
    parties = _without_bylines(Linker(reader, known, published).link(), analysis)
    parties.sort(key=lambda party: min((start, -end) for start, end in party.spans))
    for party in parties:
        _identify(party, known, published)
    setting = Setting(analysis, places, parties)
    for party in parties:
        if party.country is None:
            party.country = setting.country(party)
    mentioned = {party.country for party in parties}
    actors = [_actor(f"a{number}", party, gazetteer, mentioned) for number, party in enumerate(parties, 1)]
    return ActorIndex(actors, {span for party in parties for span in party.owning})


def _without_bylines(parties: list[Party], analysis: Analysis) -> list[Party]:
    """The parties but for who only wrote the report."""
    lines = [(one.start, one.end) for one in analysis.sentences if one.kind == "byline"]
    if not lines:
        return parties
    return [
        party
        for party in parties
        if any(not any(left <= start and end <= right for left, right in lines) for start, end in party.spans)
    ]


def _identify(party: Party, known: KnownActors, published: date | None) -> None:
    """Fill in what is known of a person by name; what the report says comes first."""
    if party.kind != "person":
        return
    office = known.of_name(party.name, published, titled=party.head in _HIGHEST)
    if office is not None and party.country in (None, office.country):
        party.country, party.sector = office.country, party.sector or office.sector


def _actor(key: str, party: Party, gazetteer: Gazetteer, mentioned: set[str | None]) -> Actor:
    country = party.country
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
        sector=party.sector,
        mentions=tuple(sorted(party.spans)),
    )
