"""Plain text, one report a file, with a few optional header lines.

The header is a block of `Key: value` lines at the very top, then a blank line:

    Published: 2022-09-13
    Outlet: Norland Herald

    TARSK, Norland - Four soldiers were killed ...

Known keys: Published (or Date), Outlet (or Source), URL, Title, Id, Language. It is taken as a header only where every
line of it is one of these and it has a Published or Date line, so that no text without one is touched. Offsets refer to
the text after the header, which is the text that is coded and stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from counterclaim.reading.base import MAX_BYTES_A_CHAR, Reject, Source, finished, too_long
from counterclaim.reading.decoding import decode
from counterclaim.records import Report

_KEYS: Final = {
    "published": "published", "date": "published", "outlet": "outlet", "source": "outlet", "url": "url",
    "title": "title", "id": "id", "language": "language",
}  # fmt: skip
_LINE = re.compile(r"([A-Za-z]{2,9})[ \t]*:[ \t]*(\S.{0,999})?\n")
_BLANK = re.compile(r"(?:[ \t]*\n)+")


class TextReader:
    """Plain text."""

    name = "text"
    suffixes = (".txt", ".text", ".md")

    def sniff(self, head: bytes) -> bool:
        """Anything may be plain text: this reader is asked last."""
        return True

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """One report."""
        limit = (source.max_chars + 20_000) * MAX_BYTES_A_CHAR
        data = stream.read(limit + 1)
        if len(data) > limit:
            raise too_long(source.max_chars)
        fields, text = split_header(decode(data))
        yield finished(Report(text=text, **fields), source)


def split_header(text: str) -> tuple[dict[str, str], str]:
    """The fields of the header (empty where there is none) and the text after it."""
    fields: dict[str, str] = {}
    position = 0
    while line := _LINE.match(text, position):
        key = _KEYS.get(line[1].lower())
        if key is None or key in fields:
            return {}, text
        fields[key] = (line[2] or "").strip()
        position = line.end()
    blank = _BLANK.match(text, position)
    if "published" not in fields or blank is None:
        return {}, text
    return fields, text[blank.end() :]
