"""GeoJSON (RFC 7946) of claims and events: a feature each, with the columns of the tables as properties."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from counterclaim.casebook.entries import ClaimEntry, EventEntry
from counterclaim.casebook.ties import claim_entries, event_entries
from counterclaim.exporting.columns import CLAIM_COLUMNS, EVENT_COLUMNS, WHERE_PRECISION, Cell, Column
from counterclaim.records import CodedReport, Place

PIN_PRECISION: Final = 2
"""UCDP where_prec up to which a point is a place on the ground; above it stands for an area, up to a whole country."""


class GeoJson:
    """Claims and events on the map. What has no place has no geometry: it is in the file, and nowhere on the map.

    `pin` is false where the point only stands for an area (a district, a country): draw those otherwise, or not.
    """

    name = "geojson"
    extension = ".geojson"
    description = "claims and events on the map; `pin` is false where the point stands for a whole area"

    def write(self, codings: Iterable[CodedReport], out: BinaryIO) -> None:
        """Write one FeatureCollection, a feature a line."""
        out.write(b'{"type": "FeatureCollection", "features": [')
        separator = b"\n"
        for coded in codings:
            for feature in _features(coded):
                # Half a surrogate pair is no UTF-8, but JSON can say it: the error handler writes JSON's own escape.
                line = json.dumps(feature, ensure_ascii=False).encode("utf-8", "backslashreplace")
                out.write(separator + line)
                separator = b",\n"
        out.write(b"\n]}\n")


def _features(coded: CodedReport) -> Iterator[dict[str, Any]]:
    for claim in claim_entries(coded):
        yield _feature("claim", claim.report, claim.claim.id, claim.place, _values(CLAIM_COLUMNS, claim))
    for event in event_entries(coded):
        yield _feature("event", event.report, event.event.id, event.place, _values(EVENT_COLUMNS, event))


def _feature(record: str, report: str, id_: str, place: Place | None, values: dict[str, object]) -> dict[str, Any]:
    point = _point(place)
    precision = place.precision if place else None
    return {
        "type": "Feature",
        "id": f"{report}/{id_}",
        "geometry": point,
        "properties": {
            "record": record,
            "pin": point is not None and precision is not None and precision <= PIN_PRECISION,
            "place_precision_meaning": WHERE_PRECISION.get(precision or 0),
            **values,
        },
    }


def _point(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.lat is None or place.lon is None:
        return None
    if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _values(columns: Iterable[Column], entry: ClaimEntry | EventEntry) -> dict[str, object]:
    return {column.name: _value(column.of(entry)) for column in columns}


def _value(value: Cell) -> object:
    """A cell in JSON: unknown, be it "" or not a number, is null."""
    if isinstance(value, tuple):
        return list(value)
    if value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value
