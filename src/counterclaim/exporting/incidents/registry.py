"""The formats of incidents there are, and writing one to a file or stream."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import BinaryIO, Final

from counterclaim.errors import UsageError
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.incidents.acled import ACLED
from counterclaim.exporting.incidents.hxl import HXL
from counterclaim.exporting.incidents.lines import IncidentGeoJson, IncidentLines
from counterclaim.exporting.incidents.settled import IncidentExporter, Losses, Settled
from counterclaim.exporting.incidents.ucdp_ged import UCDP_GED

INCIDENT_EXPORTERS: Final[tuple[IncidentExporter, ...]] = (UCDP_GED, ACLED, HXL, IncidentLines(), IncidentGeoJson())


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

    A file is there whole or not at all. Raises UsageError for an unknown format or a path that cannot be written.
    """
    chosen = incident_exporter(format) if isinstance(format, str) else format
    if isinstance(target, str | os.PathLike):
        with replacing(target) as out:
            return chosen.write(settled, out)
    return chosen.write(settled, target)
