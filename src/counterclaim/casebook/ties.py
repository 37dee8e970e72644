"""Claims and events with what their links stand for, from one coded report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from counterclaim.casebook.entries import ClaimEntry, EventEntry
from counterclaim.records import Actor, Attribution, CodedReport, Place, Time

R = TypeVar("R", Actor, Place, Time, Attribution)


def claim_entries(coded: CodedReport, positions: Iterable[int] | None = None) -> Iterator[ClaimEntry]:
    """The claims of a coded report, all or those at these places of its list."""
    actors, places, times = _by_id(coded.actors), _by_id(coded.places), _by_id(coded.times)
    attributions = _by_id(coded.attributions)
    for position in range(len(coded.claims)) if positions is None else positions:
        claim = coded.claims[position]
        links = claim.links
        yield ClaimEntry(
            report=coded.id,
            title=coded.title,
            url=coded.url,
            outlet=coded.outlet,
            published=coded.published,
            claim=claim,
            place=places.get(links.place_id or ""),
            time=times.get(links.time_id or ""),
            attribution=attributions.get(links.attribution or ""),
            source_actor=actors.get(links.source_actor or ""),
            perpetrator_actor=actors.get(links.perpetrator_actor or ""),
            victim_actor=actors.get(links.victim_actor or ""),
        )


def event_entries(coded: CodedReport, positions: Iterable[int] | None = None) -> Iterator[EventEntry]:
    """The events of a coded report, all or those at these places of its list."""
    actors, places, times = _by_id(coded.actors), _by_id(coded.places), _by_id(coded.times)
    attributions = _by_id(coded.attributions)
    for position in range(len(coded.events)) if positions is None else positions:
        event = coded.events[position]
        attribution = attributions.get(event.attribution or "")
        source = attribution.source if attribution else None
        yield EventEntry(
            report=coded.id,
            title=coded.title,
            url=coded.url,
            outlet=coded.outlet,
            published=coded.published,
            event=event,
            evidence=coded.text[event.start : event.end],
            actors=tuple(actors[id_] for id_ in event.actor if id_ in actors),
            recipients=tuple(actors[id_] for id_ in event.recipient if id_ in actors),
            place=places.get(event.place or ""),
            time=times.get(event.time or ""),
            attribution=attribution,
            source=coded.text[source[0] : source[1]] if source else "",
        )


def _by_id(records: Iterable[R]) -> dict[str, R]:
    return {record.id: record for record in records}
