"""Incidents as a GeoPackage for QGIS and its like: one layer for places, another for what is only known widely."""

from __future__ import annotations

import json
import struct
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from counterclaim.exporting.extra import library
from counterclaim.exporting.incidents.flat import FLAT, flat
from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import dictionary_csv

PLACES: Final = "incidents"
WIDE: Final = "incidents_wide"
"""Layers. In `incidents_wide` a point stands for an area, up to a whole country, or there is none."""
PIECE: Final = 1 << 20
_EMPTY: Final = {"integer": 0, "number": np.nan, "yes/no": False}


class GeoPackage:
    """A GeoPackage in WGS84. Needs pyogrio; the file is made in the system's folder for temporary files first."""

    name = "geopackage"
    extension = ".gpkg"
    description = "incidents for QGIS: a layer of places, another of wide areas (needs pyogrio)"
    media_type = "application/geopackage+sqlite3"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """The file, in pieces of a megabyte."""
        raw = library("pyogrio.raw")
        losses += [
            Loss("", "claims, relations, traces", "incidents-jsonl and parquet have them"),
            Loss("", "lists", "reports, outlets, sources and acts stand in one text each, as JSON"),
        ]
        layers: dict[str, list[dict[str, Any]]] = {PLACES: [], WIDE: []}
        for one in settled:
            row = flat(one)
            if row["latitude"] is None:
                losses.append(Loss(one.incident.id, "geometry", "no place is known"))
            layers[PLACES if row["pin"] else WIDE].append(row)
        with tempfile.TemporaryDirectory(prefix="counterclaim-") as folder:
            path = Path(folder) / "incidents.gpkg"
            for number, (layer, rows) in enumerate(layers.items()):
                _write(raw, path, layer, rows, append=number > 0)
            with path.open("rb") as stream:
                while piece := stream.read(PIECE):
                    yield piece

    def dictionary(self) -> str:
        """The columns of both layers."""
        return dictionary_csv(FLAT)


def _write(raw: Any, path: Path, layer: str, rows: Sequence[dict[str, Any]], *, append: bool) -> None:
    points = np.array([_point(row["longitude"], row["latitude"]) for row in rows], dtype=object)
    data, masks = [], []
    for one in FLAT:
        values = [row[one.name] for row in rows]
        masks.append(np.array([value is None for value in values], dtype=bool))
        data.append(_column(one.type, values))
    raw.write(
        path,
        geometry=points,
        field_data=data,
        field_mask=masks,
        fields=np.array([one.name for one in FLAT], dtype=object),
        layer=layer,
        driver="GPKG",
        geometry_type="Point",
        crs="EPSG:4326",
        append=append,
    )


def _point(lon: float | None, lat: float | None) -> bytes | None:
    """A point as well-known binary."""
    return None if lon is None or lat is None else struct.pack("<BIdd", 1, 1, lon, lat)


def _column(kind: str, values: Sequence[Any]) -> Any:
    if kind == "date":
        return np.array(values, dtype="datetime64[D]")
    if kind in _EMPTY:
        filled = [_EMPTY[kind] if value is None else value for value in values]
        return np.array(filled, dtype={"integer": np.int64, "number": np.float64, "yes/no": np.bool_}[kind])
    texts = [json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for value in values]
    return np.array(
        [None if text is None else text.encode("utf-8", "replace").decode() for text in texts], dtype=object
    )
