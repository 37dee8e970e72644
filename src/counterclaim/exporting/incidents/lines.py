"""Incidents as the contract's JSON lines, and as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from counterclaim.exporting.columns import WHERE_PRECISION
from counterclaim.exporting.geojson import PIN_PRECISION
from counterclaim.exporting.incidents.settled import Loss, Losses, Settled


class IncidentLines:
    """contract/INCIDENT.md: one incident a line, whole."""

    name = "incidents-jsonl"
    extension = ".jsonl"
    description = "incidents whole, one JSON object a line (the contract)"

    def write(self, settled: Iterable[Settled], out: BinaryIO) -> Losses:
        """Write them; nothing is lost."""
        for one in settled:
            out.write(one.incident.to_json().encode("utf-8", "replace") + b"\n")
        return []

    def dictionary(self) -> str:
        """None: the contract tells."""
        return ""


class IncidentGeoJson:
    """Incidents on the map; what has no place has no geometry. `pin` is false where the point stands for an area."""

    name = "incidents-geojson"
    extension = ".geojson"
    description = "incidents on the map; `pin` is false where the point stands for a whole area"

    def write(self, settled: Iterable[Settled], out: BinaryIO) -> Losses:
        """Write one FeatureCollection, a feature a line."""
        losses = [Loss("", "claims, relations, traces", "not in the properties: incidents-jsonl has them")]
        out.write(b'{"type": "FeatureCollection", "features": [')
        separator = b"\n"
        for one in settled:
            if one.incident.place is None or one.incident.place.lat is None:
                losses.append(Loss(one.incident.id, "geometry", "no place is known"))
            out.write(separator + json.dumps(_feature(one), ensure_ascii=False).encode("utf-8", "backslashreplace"))
            separator = b",\n"
        out.write(b"\n]}\n")
        return losses

    def dictionary(self) -> str:
        """None: the properties are those of the HXL table."""
        return ""


def _feature(settled: Settled) -> dict[str, Any]:
    incident, place = settled.incident, settled.incident.place
    pinned = place is not None and place.where_prec is not None and place.where_prec <= PIN_PRECISION
    point = place is not None and place.lat is not None and place.lon is not None
    properties: dict[str, Any] = {
        "incident": incident.id,
        "title": incident.title,
        "from": incident.from_,
        "to": incident.to,
        "date_precision": incident.date_prec,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "place_precision": place.where_prec if place else None,
        "place_precision_meaning": WHERE_PRECISION.get((place.where_prec or 0) if place else 0),
        "pin": pinned and point,
        "grade": incident.grade,
        "rule": settled.rule,
        "reports": list(incident.reports),
    }
    for harm, estimate in incident.estimates.get(settled.rule, {}).items():
        properties |= {
            f"{harm}_estimate_low": estimate.low,
            f"{harm}_estimate_best": estimate.best,
            f"{harm}_estimate_high": estimate.high,
        }
    geometry = {"type": "Point", "coordinates": [place.lon, place.lat]} if place and point else None
    return {"type": "Feature", "id": incident.id, "geometry": geometry, "properties": properties}
