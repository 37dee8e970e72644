"""The formats there are, and writing one to a file or stream."""

from __future__ import annotations

import codecs
import io
import os
from collections.abc import Iterable, Iterator
from typing import IO, BinaryIO, Final, Protocol, cast

from counterclaim.errors import UsageError
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.csv_table import CLAIMS_CSV, EVENTS_CSV
from counterclaim.exporting.geojson import GeoJson
from counterclaim.exporting.jsonl import JsonLines
from counterclaim.exporting.page import HtmlPage
from counterclaim.records import CodedReport


class Exporter(Protocol):
    """One format: writes coded reports, as they come, as bytes.

    A format takes a report at a time and holds none back, so that a casebook of any size can be written.
    """

    @property
    def name(self) -> str:
        """How the format is asked for: `claims-csv`."""

    @property
    def extension(self) -> str:
        """The ending of its files, with the dot."""

    @property
    def description(self) -> str:
        """One line for the list of formats."""

    def write(self, codings: Iterable[CodedReport], out: BinaryIO) -> None:
        """Write the reports."""


EXPORTERS: Final[tuple[Exporter, ...]] = (
    JsonLines(),
    CLAIMS_CSV,
    EVENTS_CSV,
    GeoJson(),
    HtmlPage(),
)


def exporter(name: str) -> Exporter:
    """The format of this name. Raises UsageError where there is none."""
    for one in EXPORTERS:
        if one.name == name:
            return one
    raise UsageError(f"no format {name!r}: there are {', '.join(one.name for one in EXPORTERS)}")


def export_to(
    target: str | os.PathLike[str] | IO[bytes] | IO[str], format: str | Exporter, codings: Iterable[CodedReport]
) -> int:
    """Write coded reports to a path or an open stream, in a format by name or one made by the caller; how many.

    A file is there whole or not at all: should anything fail, what stood at the path stays. A text stream is written to
    as it is, whatever its encoding. Raises UsageError for an unknown format or a path that cannot be written.
    """
    chosen = exporter(format) if isinstance(format, str) else format
    count = _Count()
    if isinstance(target, str | os.PathLike):
        with replacing(target) as out:
            chosen.write(count.over(codings), out)
    elif isinstance(target, io.TextIOBase):
        chosen.write(count.over(codings), cast(BinaryIO, _Encoded(cast(IO[str], target))))
    else:
        chosen.write(count.over(codings), cast(BinaryIO, target))
    return count.reports


class _Count:
    """Counts the reports that pass."""

    reports = 0

    def over(self, codings: Iterable[CodedReport]) -> Iterator[CodedReport]:
        for coded in codings:
            self.reports += 1
            yield coded


class _Encoded:
    """A text stream as a sink of UTF-8 bytes."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def write(self, data: bytes) -> int:
        self._stream.write(self._decoder.decode(data))
        return len(data)
