"""Web archive collections (WACZ): the pages in the WARC files they hold. Indexes and logs are not reports."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from counterclaim.errors import BrokenFile
from counterclaim.reading.base import Reject, Source
from counterclaim.records import Report

INDEX: Final = "datapackage.json"


class WaczReader:
    """Web archive collections (.wacz)."""

    name = "wacz"
    suffixes = (".wacz",)

    def sniff(self, head: bytes) -> bool:
        """Never: its beginning is that of any ZIP, so the reader of those looks inside and knows it."""
        return False

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """A report or a reject for each HTML response."""
        from counterclaim.reading.zipped import opened

        with opened(stream, source.allowance) as archive:
            yield from read_wacz(archive, source)


def read_wacz(archive: zipfile.ZipFile, source: Source) -> Iterator[Report | Reject]:
    """The pages of the collection's WARC files. Raises BrokenFile where it has none."""
    from counterclaim.reading.zipped import read_members

    warcs = [info for info in archive.infolist() if info.filename.lower().endswith((".warc", ".warc.gz"))]
    if not warcs:
        raise BrokenFile("a web archive collection without a WARC file")
    yield from read_members(archive, source, warcs)
