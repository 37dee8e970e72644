"""A coded report while decisions are applied to it: its records by id, and new ones where words were marked."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from counterclaim.records import Actor, Claim, CodedReport, Event, Place, Span, Time
from counterclaim.reviewing.dates import Dates

_PREFIX: Final = {"actors": "a", "places": "p", "times": "t"}


class Draft:
    """Claims and events by id, open to change; `finished` gives the report."""

    def __init__(self, report: CodedReport) -> None:
        self.report = report
        self.text = report.text
        self.claims: dict[str, Claim] = {claim.id: claim for claim in report.claims}
        self.events: dict[str, Event] = {event.id: event for event in report.events}
        self._actors = list(report.actors)
        self._places = list(report.places)
        self._times = list(report.times)

    def finished(self) -> CodedReport:
        """The report with what was changed, all lists in text order."""
        return replace(
            self.report,
            actors=tuple(self._actors),
            places=tuple(sorted(self._places, key=lambda place: place.start)),
            times=tuple(sorted(self._times, key=lambda time: time.start)),
            claims=tuple(sorted(self.claims.values(), key=lambda claim: claim.start)),
            events=tuple(sorted(self.events.values(), key=lambda event: event.start)),
        )

    def sentence(self, start: int) -> int | None:
        """The number of the sentence in which an offset lies."""
        spans = enumerate(self.report.sentences)
        return next((number for number, (first, last) in spans if first <= start < last), None)

    def attribution(self, span: Span) -> str | None:
        """The attribution whose source is named by these words."""
        return next((one.id for one in self.report.attributions if one.source and _touch(one.source, span)), None)

    def actor(self, span: Span) -> Actor | None:
        """The actor mentioned by these words: the mention most like them."""
        found = [(_shared(mention, span), actor) for actor in self._actors for mention in actor.mentions]
        best = max(found, key=lambda pair: pair[0], default=(0, None))
        return best[1] if best[0] > 0 else None

    def named(self, span: Span) -> Actor:
        """The actor mentioned by these words, or a new one that the program did not know."""
        known = self.actor(span)
        if known is not None:
            return known
        made = Actor(id=self._free("actors"), name=self.text[slice(*span)], kind="other", mentions=(span,))
        self._actors.append(made)
        return made

    def place(self, span: Span) -> Place:
        """The place that these words name, as the program resolved it, or a new one without coordinates."""
        near = [one for one in self._places if _touch((one.start, one.end), span)]
        if near:
            return max(near, key=lambda one: _shared((one.start, one.end), span))
        words = self.text[slice(*span)]
        made = Place(
            id=self._free("places"),
            start=span[0],
            end=span[1],
            text=words,
            name=words,
            kind="unresolved",
            confidence=1.0,
        )
        self._places.append(made)
        return made

    def time(self, span: Span, dates: Dates) -> Time:
        """A time expression of these words and days: the program's where it says the same, else a new one."""
        for one in self._times:
            if _touch((one.start, one.end), span) and (one.from_, one.to) == (dates.first, dates.last):
                return one
        made = Time(
            id=self._free("times"),
            start=span[0],
            end=span[1],
            text=self.text[slice(*span)],
            type="DATE",
            value=dates.written,
            from_=dates.first,
            to=dates.last,
            precision=dates.precision,
        )
        self._times.append(made)
        return made

    def time_at(self, span: Span) -> Time | None:
        """The time expression that these words are."""
        return next((one for one in self._times if _touch((one.start, one.end), span)), None)

    def time_of(self, id: str | None) -> Time | None:
        """A time expression by id."""
        return next((one for one in self._times if one.id == id), None)

    def _free(self, table: str) -> str:
        taken = {id for table in (self._actors, self._places, self._times) for id in (one.id for one in table)}
        letter = _PREFIX[table]
        number = 1
        while f"{letter}{number}" in taken:
            number += 1
        return f"{letter}{number}"


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _shared(one: Span, other: Span) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0
