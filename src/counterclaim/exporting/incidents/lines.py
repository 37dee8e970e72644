"""Incidents as the contract's JSON lines, and as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from counterclaim.exporting.incidents.flat import FLAT, flat
from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import Field, dictionary_csv

_REF: Final = "report id and the id of a claim or event in it"
_INCIDENT: Final = (
    Field("id", "text", "id in the casebook, that of its earliest telling"),
    Field("schema", "text", "`counterclaim/incident/1`"),
    Field("title", "text", "act, place, day"),
    Field("from", "date", "first day", "YYYY-MM-DD"),
    Field("to", "date", "last day", "YYYY-MM-DD"),
    Field("date_prec", "integer", "how exactly the days are known", "UCDP date_prec 1-5"),
    Field("place.name", "text", "the place"),
    Field("place.lat", "number", "latitude", "degrees, WGS84"),
    Field("place.lon", "number", "longitude", "degrees, WGS84"),
    Field("place.country", "text", "country", "ISO 3166-1 alpha-2"),
    Field("place.admin1", "text", "first-order division"),
    Field("place.where_prec", "integer", "how exactly the point tells the place", "UCDP where_prec 1-7"),
    Field("reports[]", "text", "ids of the reports that tell of it"),
    Field("claims[]", "list", f"its claims of harm: {_REF}"),
    Field("events[]", "list", f"its acts: {_REF}"),
    Field("parties[].name", "text", "a side, as claims and events name it"),
    Field("parties[].country", "text", "its country", "ISO 3166-1 alpha-2"),
    Field("parties[].role", "text", "perpetrator, target or party"),
    Field("estimates.RULE.HARM.low", "integer", "lowest estimate of a harm by a rule", "persons"),
    Field("estimates.RULE.HARM.best", "integer", "best estimate", "persons"),
    Field("estimates.RULE.HARM.high", "integer", "highest estimate; null: open", "persons"),
    Field("estimates.RULE.HARM.by", "object", "the same of civilians, combatants, unknown and each side", "persons"),
    Field("estimates.RULE.HARM.trace[].claim", "list", f"a claim that was weighed: {_REF}"),
    Field("estimates.RULE.HARM.trace[].weight", "number", "what it counted for; null: the rule has no weights"),
    Field("estimates.RULE.HARM.trace[].reason", "text", "why it counted, or was set aside"),
    Field("estimates.RULE.HARM.rule", "text", "the rule and its version"),
    Field("estimates.RULE.HARM.why", "text", "how the numbers came about"),
    Field("grade", "text", "Confirmed, Fair, Weak, Contested or Discounted", "Airwars grade"),
    Field("relations[].claims", "list", f"two claims, the first as it stands to the second: {_REF}"),
    Field("relations[].kind", "text", "contradicts, denies, corroborates, updates, subsumes or repeats"),
    Field("relations[].why", "text", "why"),
    Field("links[].reports", "list", "two reports held to tell of this incident"),
    Field("links[].score", "number", "the probability of that", "0-1"),
    Field("links[].reason", "text", "why"),
    Field("candidates[].incident", "text", "another incident that may be the same"),
    Field("candidates[].score", "number", "the probability of that", "0-1"),
    Field("candidates[].reason", "text", "why"),
    Field("decided[]", "object", "what reviewers decided of it: merges, splits, its grade; who, when, why"),
    Field("part_of", "text", "the wider incident of which it is a part"),
)


class IncidentLines:
    """One incident a line, whole."""

    name = "incidents-jsonl"
    extension = ".jsonl"
    description = "incidents whole, one JSON object a line"
    media_type = "application/x-ndjson"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """A line an incident."""
        losses.append(Loss("", "the words", "claims and events are named by id: the format `jsonl` has the reports"))
        for one in settled:
            yield one.incident.to_json().encode("utf-8", "replace") + b"\n"

    def dictionary(self) -> str:
        """The fields of the record; those in lists by `[]`."""
        return dictionary_csv(_INCIDENT)


class IncidentGeoJson:
    """Incidents on the map; what has no place has no geometry. `pin` is false where the point stands for an area."""

    name = "incidents-geojson"
    extension = ".geojson"
    description = "incidents on the map; `pin` is false where the point stands for a whole area"
    media_type = "application/geo+json"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """One FeatureCollection, a feature a line."""
        losses.append(Loss("", "claims, relations, traces", "not in the properties: incidents-jsonl has them"))
        yield b'{"type": "FeatureCollection", "features": ['
        separator = b"\n"
        for one in settled:
            feature = _feature(one)
            if feature["geometry"] is None:
                losses.append(Loss(one.incident.id, "geometry", "no place is known"))
            yield separator + json.dumps(feature, ensure_ascii=False).encode("utf-8", "backslashreplace")
            separator = b",\n"
        yield b"\n]}\n"

    def dictionary(self) -> str:
        """The properties."""
        return dictionary_csv(FLAT)


def _feature(settled: Settled) -> dict[str, Any]:
    properties = flat(settled)
    lat, lon = properties["latitude"], properties["longitude"]
    geometry = {"type": "Point", "coordinates": [lon, lat]} if lat is not None and lon is not None else None
    return {"type": "Feature", "id": settled.incident.id, "geometry": geometry, "properties": properties}
