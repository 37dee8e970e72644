"""PLOVER as JSON lines, an act a line.

Source: PLOVER manual, draft 0.8, tables "PLOVER JSON" and those of entities, texts, citations and locations. Fields
that the manual does not have are not added; `link` is the incident.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from counterclaim._version import __version__
from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import Field, dictionary_csv
from counterclaim.exporting.incidents.told import iso3, told_acts
from counterclaim.exporting.incidents.ucdp_ged import plain_name
from counterclaim.records import Actor, CodedReport, Event, Place
from counterclaim.schemes.plover import QUAD

_FIELDS: Final = (
    Field("id", "text", "incident/report/event"),
    Field("has_event", "yes/no", "true"),
    Field("date", "date", "first day of the act, else of the incident", "YYYY-MM-DD"),
    Field("enddate", "date", "last day, where it is another", "YYYY-MM-DD"),
    Field("actor[]", "object", "who did it; sector UNK alone where nobody says"),
    Field("recipient[]", "object", "to whom"),
    Field("actor[].code", "text", "country", "ISO 3166-1 alpha-3"),
    Field("actor[].sector", "text", "sector", "PLOVER"),
    Field("actor[].entity_text", "text", "the words of the report"),
    Field("actor[].identifier_text", "text", "the name they stand for"),
    Field("actor[].identifier_id", "text", "Wikidata id"),
    Field("event[]", "text", "event type", "PLOVER"),
    Field("mode[]", "text", "mode", "PLOVER"),
    Field("context[]", "text", "contexts", "PLOVER"),
    Field(
        "quad_code", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"
    ),
    Field("event_loc.extracted_place", "text", "the place in the report's words"),
    Field("event_loc.resolved_place", "text", "the place it stands for"),
    Field("event_loc.geonameid", "integer", "GeoNames id"),
    Field("event_loc.lat", "number", "latitude", "degrees, WGS84"),
    Field("event_loc.lon", "number", "longitude", "degrees, WGS84"),
    Field("event_loc.district", "text", "second-order division"),
    Field("event_loc.province", "text", "first-order division"),
    Field("event_loc.country", "text", "country"),
    Field("event_loc.country_code", "text", "country", "ISO 3166-1 alpha-3"),
    Field("event_loc.resolution", "integer", "5 below a city, 4 city, 3 district, 2 province, 1 country"),
    Field("event_text[]", "text", "the clause that tells it"),
    Field("link", "text", "the incident's id: acts of one occurrence share it"),
    Field("text_info.sequence", "integer", "number of the sentence, from 0"),
    Field("text_info.start", "integer", "where the clause begins", "code points of the report's text"),
    Field("text_info.end", "integer", "where it ends", "code points of the report's text"),
    Field("cite_info.citation", "text", "the report's id in the casebook"),
    Field("cite_info.publication", "text", "who published it"),
    Field("cite_info.title", "text", "its title"),
    Field("cite_info.url", "text", "its address"),
    Field("cite_info.language", "text", "its language", "ISO 639-1"),
    Field("cite_info.codebook", "text", "the codebook followed"),
    Field("coder", "text", "program, analyser and gazetteer with their versions"),
    Field("comment", "text", "according to whom, where the report hands the act to a source"),
)
_RESOLUTION: Final = {"facility": 5, "settlement": 4, "admin2": 3, "admin1": 2, "country": 1}


class PloverLines:
    """Acts of incidents that happened, each telling of one a line."""

    name = "plover"
    extension = ".jsonl"
    description = "acts as PLOVER JSON lines, a telling of an act a line; `link` is the incident"
    media_type = "application/x-ndjson"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """A line a telling of an act."""
        losses += [
            Loss("", "claims of harm, estimates", "PLOVER has acts only; claims-csv and hxl have the numbers"),
            Loss("", "confidence", "PLOVER has no field for it; events-csv has it"),
        ]
        for one in settled:
            for report, event in told_acts(one, "PLOVER", losses):
                record = _record(one, report, event)
                if record["date"] is None:
                    losses.append(Loss(one.incident.id, f"act {record['id']}", "no day is known; PLOVER needs one"))
                    continue
                yield json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

    def dictionary(self) -> str:
        """The fields; those in lists by `[]`. `recipient[]` has the fields of `actor[]`."""
        return dictionary_csv(_FIELDS)


def _record(settled: Settled, report: CodedReport, event: Event) -> dict[str, Any]:
    incident = settled.incident
    actors = {actor.id: actor for actor in report.actors}
    time = next((time for time in report.times if time.id == event.time and time.from_), None)
    first, last = (time.from_, time.to) if time else (incident.from_, incident.to)
    place = next((place for place in report.places if place.id == event.place), None)
    by = next((one for one in report.attributions if one.id == event.attribution), None)
    said = report.text[slice(*by.source)] if by and by.source else None
    coded = report.coded_by
    record = {
        "id": f"{incident.id}/{report.id}/{event.id}",
        "has_event": True,
        "date": first,
        "enddate": last if last != first else None,
        "actor": [_entity(actors[id], report) for id in event.actor if id in actors] or [{"sector": "UNK"}],
        "recipient": [_entity(actors[id], report) for id in event.recipient if id in actors],
        "event": [event.plover.type],
        "mode": [event.plover.mode] if event.plover.mode else [],
        "context": list(event.plover.contexts),
        "quad_code": QUAD[event.plover.type],
        "event_loc": _location(place) if place else None,
        "event_text": [report.text[event.start : event.end]],
        "link": incident.id,
        "text_info": {"sequence": event.sentence, "start": event.start, "end": event.end},
        "cite_info": {
            "citation": report.id,
            "publication": report.outlet,
            "title": report.title,
            "url": report.url,
            "language": report.language,
            "codebook": "plover-0.8",
        },
        "coder": f"counterclaim {coded.program}, {coded.analyser}" if coded else f"counterclaim {__version__}",
        "comment": f"according to {' '.join(said.split())}" if said else None,
    }
    return record


def _entity(actor: Actor, report: CodedReport) -> dict[str, Any]:
    words = report.text[slice(*actor.mentions[0])] if actor.mentions else actor.name
    return {
        "code": iso3(actor.country),
        "sector": actor.sector,
        "entity_text": words,
        "identifier_text": actor.name,
        "identifier_id": actor.wikidata,
    }


def _location(place: Place) -> dict[str, Any]:
    return {
        "extracted_place": place.text,
        "resolved_place": place.name if place.kind != "unresolved" else None,
        "geonameid": place.geonames_id,
        "lat": place.lat,
        "lon": place.lon,
        "district": place.admin2,
        "province": place.admin1,
        "country": plain_name(place.country) if place.country else None,
        "country_code": iso3(place.country),
        "resolution": _RESOLUTION.get(place.kind),
    }
