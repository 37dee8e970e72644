"""Files and records to reports. Readers are a registry (docs/formats.md); another is one class and one line."""

from counterclaim.reading.base import MAX_CHARS, Reader, Reject, Source, clean, digest, finished, iso_date
from counterclaim.reading.inputs import READERS, read_inputs, reader_named

__all__ = [
    "MAX_CHARS",
    "READERS",
    "Reader",
    "Reject",
    "Source",
    "clean",
    "digest",
    "finished",
    "iso_date",
    "read_inputs",
    "reader_named",
]
