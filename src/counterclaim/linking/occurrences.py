"""One report to its occurrences: the distinct incidents it tells of, each with the claims and events that tell of it.

Campaigns, wars and running totals are no occurrences: claims of them stand in no incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

from counterclaim.linking.incident import Role
from counterclaim.linking.marks import UNMARKED, Marks, counted_apart, hours_differ, marks, one_more
from counterclaim.linking.words import Vector, cosine, vector, words
from counterclaim.records import Claim, CodedReport, Event, Place, Time

Told = Literal["news", "background", "story"]
"""As news, as earlier context, or `story`: a report without an occurrence of its own, which may tell of another's."""

VIOLENT: Final = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians", "Riots"})
HARMED: Final = frozenset(
    {
        *(
            "attack",
            "blast",
            "bomb",
            "bombing",
            "clashe",
            "collapse",
            "collision",
            "crash",
            "dead",
            "death",
            "die",
            "died",
        ),
        *("explosion", "fatal", "fatally", "gunman", "gunmen", "homicide", "injured", "kidnapped", "killed", "killing"),
        *("massacre", "murder", "murdered", "raid", "shelling", "shooting", "shot", "slain", "stabbed", "wounded"),
    }
)
"""Words (as `words` gives them) by which a title says that harm was done."""
BODILY: Final = frozenset({"killed", "injured", "missing", "casualties"})
LONGEST: Final = 31
"""Days. What is given as longer than "in May" is a campaign or a year's total, not one occurrence."""
ONE_MORE: Final = -4.0
"""A second attack, with hours or words of its own and another toll, is another whatever else the two share."""
LOOSE: Final = -1.0
"""What has neither place nor day of its own belongs to the nearest other occurrence unless this much speaks against."""
_AND: Final = re.compile(r",? (?:and|or|as well as) (?:in |near |around )?(?:the )?")
_COMMA: Final = re.compile(r", (?:in |near |around )?(?:the )?")
WIDE: Final = ("country", "admin1", "admin2", "region")
WAR: Final = 1000
"""Dead of a cumulative or background claim without a day from which a war or a disaster's total is meant."""


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day as ordinals; `sure` where the text gives the day itself.

    The day of publication is not sure: it is as often the day on which somebody spoke of the harm.
    """

    first: int
    last: int
    sure: bool = True

    def gap(self, other: Days) -> int:
        """Days between the two, 0 where they overlap."""
        return max(0, self.first - other.last, other.first - self.last)


@dataclass(frozen=True)
class Story:
    """What is said once a report: when it came out, and its words."""

    report: str
    published: int | None
    terms: Vector
    lead: Vector
    text: str
    places: tuple[Place, ...] = ()
    days: frozenset[int] = frozenset()

    @cached_property
    def spots(self) -> frozenset[str]:
        """The names of its towns and spots."""
        return frozenset(place.name for place in self.places)

    @property
    def key(self) -> tuple[int, str]:
        """Order among reports: the earliest first."""
        return (self.published or 0, self.report)


@dataclass(frozen=True)
class Occurrence:
    """One occurrence as one report tells it. `start` (code points) is where the report first speaks of it."""

    story: Story
    start: int
    told: Told
    days: Days | None
    place: Place | None
    places: tuple[Place, ...]
    claims: tuple[Claim, ...]
    events: tuple[Event, ...]
    actors: frozenset[str]
    acts: frozenset[str]
    parties: tuple[tuple[str, str | None, Role], ...]
    spans: tuple[tuple[int, int], ...]
    lead: bool = False
    """Whether it is what the report is news of: the first that is no background."""
    titled: bool = False
    """Of a `story`: whether its title says that harm was done."""
    marks: Marks = UNMARKED

    @property
    def key(self) -> tuple[int, str, int]:
        """A total order that does not depend on the order of reports."""
        return (*self.story.key, self.start)

    @cached_property
    def solid(self) -> bool:
        """Whether it is surely an occurrence: a figure of harm, or an act at a place of its own."""
        if self.claims:
            return True
        if self.told == "story":
            return self.titled
        return self.place is not None and self.place.kind not in WIDE

    @cached_property
    def terms(self) -> Vector:
        """The words of its own sentences."""
        return vector(word for start, end in self.spans for word in words(self.story.text[start:end]))

    @cached_property
    def killed(self) -> frozenset[int]:
        """The numbers of dead that its claims give."""
        return frozenset(c.min for c in self.claims if c.harm == "killed" and c.min is not None)

    @cached_property
    def injured(self) -> frozenset[int]:
        """The numbers of injured that its claims give."""
        return frozenset(c.min for c in self.claims if c.harm == "injured" and c.min is not None)


@dataclass
class _Group:
    days: Days | None
    place: Place | None
    background: bool
    first: int
    last: int
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    terms: Vector = field(default_factory=dict)
    marks: Marks = UNMARKED

    @property
    def killed(self) -> set[int]:
        """The numbers of dead that its claims give."""
        return {c.min for c in self.claims if c.harm == "killed" and c.min is not None}

    @property
    def anchored(self) -> bool:
        """Whether the text gives it a place or a day of its own."""
        return (self.days is not None and self.days.sure) or (self.place is not None and self.place.kind not in WIDE)


def occurrences(report: CodedReport) -> list[Occurrence]:
    """The occurrences of one report, in text order; one of kind `story` where none is found."""
    published = _ordinal(report.published)
    story = Story(
        report=report.id,
        published=published,
        terms=vector(words(f"{report.title or ''}\n{report.text}")),
        lead=vector(words(report.title or (report.text[slice(*report.sentences[0])] if report.sentences else ""))),
        text=report.text,
        places=tuple({p.name: p for p in reversed(report.places) if p.kind not in WIDE}.values())[::-1],
        days=frozenset(day for t in report.times if t.precision == 1 and (day := _ordinal(t.from_)) is not None),
    )
    groups = _gathered(_items(report, published))
    if groups:
        lead = min(groups, key=lambda group: (group.background, _start(group)))
        return [_occurrence(group, report, story, group is lead) for group in groups]
    places = tuple(p for p in report.places if p.lat is not None)
    days = Days(published, published, sure=False) if published else None
    actors = frozenset(a.name.lower() for a in report.actors if a.kind not in ("media", "other"))
    spans = ((0, len(report.text)),)
    totals = any(claim.cumulative or (claim.min or 0) >= WAR for claim in report.claims)
    titled = not totals and not HARMED.isdisjoint(story.lead)
    return [Occurrence(story, 0, "story", days, None, places, (), (), actors, frozenset(), (), spans, True, titled)]


def _items(report: CodedReport, published: int | None) -> list[_Group]:
    """The violent events with their claims, and claims without one, each as a group of its own, in text order."""
    times = {time.id: time for time in report.times}
    places = {place.id: place for place in report.places}
    listed = _listed(report)
    claims = {claim.id: claim for claim in report.claims if _bodily(claim)}
    items: list[_Group] = []
    tied: set[str] = set()
    for event in report.events:
        own = [claims[c] for c in event.claims if c in claims]
        tied.update(c.id for c in own)
        if event.reality not in ("actual", "ongoing", "negated") or not (own or _violent(event)):
            continue
        days = _days([times.get(event.time or ""), *(times.get(c.links.time_id or "") for c in own)], published)
        keys = (event.place, *(c.links.place_id for c in own))
        place = _finest(places.get(key or "") for key in keys if key not in listed)
        background = event.background or any(c.background for c in own)
        items.append(_Group(days, place, background, event.sentence, event.sentence, own, [event], _list(place)))
    for claim in claims.values():
        if claim.id not in tied:
            place = None if claim.links.place_id in listed else places.get(claim.links.place_id or "")
            days = _days([times.get(claim.links.time_id or "")], published) or _day(claim.date)
            items.append(
                _Group(days, place, claim.background, claim.sentence, claim.sentence, [claim], [], _list(place))
            )
    for item in items:
        start, end = report.sentences[item.first]
        sentence = report.text[start:end]
        item.terms = vector(words(sentence))
        told = [*(event.time for event in item.events), *(claim.links.time_id for claim in item.claims)]
        item.marks = marks(sentence, [times[key] for key in told if key in times and _on(times[key], item.days)])
    return [item for item in items if not _campaign(item)]


def _listed(report: CodedReport) -> set[str]:
    """The ids of places told side by side ("near A, B and C"): what happened there has no one place."""
    found: set[str] = set()
    named = sorted((place for place in report.places if place.kind not in WIDE), key=lambda place: place.start)
    for one, two in reversed(list(pairwise(named))):
        between = report.text[one.end : two.start]
        if _AND.fullmatch(between) or (_COMMA.fullmatch(between) and two.id in found):
            found |= {one.id, two.id}
    return found


def _list(place: Place | None) -> list[Place]:
    return [place] if place else []


def _bodily(claim: Claim) -> bool:
    return claim.harm in BODILY and claim.stance != "hypothetical"


def _violent(event: Event) -> bool:
    return event.acled is not None and event.acled.event_type in VIOLENT


def _campaign(item: _Group) -> bool:
    """A war, a year's total, or an act told of no place and no day of its own."""
    if item.days and item.days.last - item.days.first > LONGEST:
        return True
    dead = max((c.min or 0 for c in item.claims if c.harm in ("killed", "casualties")), default=0)
    if dead >= WAR and (item.days is None or item.background or any(c.cumulative for c in item.claims)):
        return True
    return item.background and item.days is None and item.place is None and not item.claims


def _gathered(items: Sequence[_Group]) -> list[_Group]:
    """Items that tell of one occurrence put together: first those with a place or a day of their own."""
    groups: list[_Group] = []
    for item in sorted(items, key=lambda item: (not item.anchored, item.first, _start(item))):
        best = max(groups, key=lambda group: _likeness(item, group), default=None)
        if best is not None and _likeness(item, best) > (0 if item.anchored else LOOSE):
            _join(best, item)
        else:
            groups.append(item)
    return [group for group in groups if len(groups) == 1 or group.claims or group.anchored]


def _likeness(item: _Group, group: _Group) -> float:
    """How much speaks for one occurrence, above 0 for more than against. The sizes were tried on incidents-dev."""
    if counted_apart(item.killed, group.killed) and (
        one_more(item.marks, group.marks) or (item.days == group.days and hours_differ(item.marks, group.marks))
    ):
        return ONE_MORE
    near = same_place(item.place, group.place)
    found = {True: 1.0, False: -2.0, None: 0.0}[near]
    if item.days and group.days:
        gap = item.days.gap(group.days)
        found += 1.0 if gap == 0 else -0.6 if gap == 1 or not (item.days.sure and group.days.sure) else -2.0
    found += 3.0 * cosine(item.terms, group.terms)
    if item.background != group.background:
        found -= 0.5
    if item.first - group.last <= 2 and group.first - item.last <= 2:
        found += 0.4
    if any(one.harm == two.harm and one.min == two.min and one.min for one in item.claims for two in group.claims):
        found += 0.4
    return found


def same_place(one: Place | None, other: Place | None) -> bool | None:
    """Whether two places may be one: None where either is unknown or the one only contains the other."""
    if one is None or other is None:
        return None
    if one.name == other.name or (one.geonames_id is not None and one.geonames_id == other.geonames_id):
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if one.kind in WIDE or other.kind in WIDE:
        return False if one.kind == other.kind else None
    return False


def _join(group: _Group, item: _Group) -> None:
    group.days = group.days or item.days
    group.marks = group.marks.joined(item.marks, hours=group.days == item.days)
    group.place = _finest([group.place, item.place])
    group.last = max(group.last, item.last)
    group.claims += item.claims
    group.events += item.events
    group.places += [place for place in item.places if place not in group.places]


def _occurrence(group: _Group, report: CodedReport, story: Story, lead: bool) -> Occurrence:
    actors = {actor.id: actor for actor in report.actors}
    violent = [event for event in group.events if _violent(event)]
    roles: list[tuple[str | None, Role]] = [(key, "perpetrator") for event in violent for key in event.actor]
    roles += [(key, "target") for event in violent for key in event.recipient]
    roles += [(c.links.perpetrator_actor, "perpetrator") for c in group.claims]
    roles += [(c.links.victim_actor, "target") for c in group.claims]
    parties = [(actors[key], role) for key, role in roles if key in actors]
    sentences = sorted({c.sentence for c in group.claims} | {e.sentence for e in group.events})
    return Occurrence(
        story=story,
        start=_start(group),
        told="background" if group.background else "news",
        days=group.days,
        place=group.place,
        places=tuple(group.places),
        claims=tuple(sorted(group.claims, key=lambda c: c.start)),
        events=tuple(sorted(group.events, key=lambda e: e.start)),
        actors=frozenset(actor.name.lower() for actor, _ in parties),
        acts=frozenset(_act(event) for event in violent),
        parties=tuple(dict.fromkeys((actor.name, actor.country, role) for actor, role in parties)),
        spans=tuple(report.sentences[number] for number in sentences if number < len(report.sentences)),
        lead=lead,
        marks=group.marks,
    )


def _act(event: Event) -> str:
    return event.acled.sub_event_type if event.acled else event.plover.type


def _start(group: _Group) -> int:
    return min([c.start for c in group.claims] + [e.start for e in group.events])


def _finest(places: Iterable[Place | None]) -> Place | None:
    """The place known to be nearest the spot (UCDP where_prec); the first of equals."""
    known = [place for place in places if place]
    return min(known, key=lambda place: place.precision or 4, default=None)


def _days(times: Iterable[Time | None], published: int | None) -> Days | None:
    for time in times:
        if time is None or time.from_ is None:
            continue
        first, last = _ordinal(time.from_), _ordinal(time.to or time.from_)
        if first is not None and last is not None:
            return Days(first, max(first, last), sure=time.precision == 1 and first != published)
    return None


def _day(written: str) -> Days | None:
    day = _ordinal(written)
    return None if day is None else Days(day, day, sure=False)


def _on(time: Time, days: Days | None) -> bool:
    """Whether a time lies on the first of these days: the hour of a later statement is not that of the harm."""
    return days is not None and _ordinal(time.from_) == days.first


def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat(day).toordinal() if day else None
    except ValueError:
        return None
