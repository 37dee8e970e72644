"""The formats of incidents there are, and writing one to a file or stream."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from counterclaim.errors import UsageError
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.incidents.acled import ACLED
from counterclaim.exporting.incidents.beside import BesideTable
from counterclaim.exporting.incidents.dossier import Dossier, DossierPdf
from counterclaim.exporting.incidents.gdelt import CAMEO
from counterclaim.exporting.incidents.geopackage import GeoPackage
from counterclaim.exporting.incidents.hxl import HXL
from counterclaim.exporting.incidents.lines import IncidentGeoJson, IncidentLines
from counterclaim.exporting.incidents.parquet import IncidentParquet
from counterclaim.exporting.incidents.plover import PloverLines
from counterclaim.exporting.incidents.settled import IncidentExporter, Losses, Settled
from counterclaim.exporting.incidents.ucdp_ged import UCDP_GED

INCIDENT_EXPORTERS: Final[tuple[IncidentExporter, ...]] = (
    UCDP_GED,
    ACLED,
    PloverLines(),
    CAMEO,
    HXL,
    IncidentLines(),
    IncidentGeoJson(),
    IncidentParquet(),
    GeoPackage(),
    BesideTable(),
    Dossier(),
    DossierPdf(),
)


def incident_exporter(name: str) -> IncidentExporter:
    """The format of this name. Raises UsageError where there is none."""
    for one in INCIDENT_EXPORTERS:
        if one.name == name:
            return one
    raise UsageError(f"no format {name!r}: there are {', '.join(one.name for one in INCIDENT_EXPORTERS)}")


def export_incidents(
    target: str | os.PathLike[str] | BinaryIO, format: str | IncidentExporter, settled: Iterable[Settled]
) -> Losses:
    """Write incidents to a path or an open binary stream; what the format could not hold.

    A file is there whole or not at all. Raises UsageError for an unknown format or a path that cannot be written, and
    MissingExtra where the format's library is not installed.
    """
    chosen = incident_exporter(format) if isinstance(format, str) else format
    losses: Losses = []
    pieces = chosen.chunks(settled, losses)
    if isinstance(target, str | os.PathLike):
        with replacing(target) as out:
            _write(pieces, out)
    else:
        _write(pieces, target)
    return losses


def _write(pieces: Iterator[bytes], out: BinaryIO) -> None:
    for piece in pieces:
        out.write(piece)
