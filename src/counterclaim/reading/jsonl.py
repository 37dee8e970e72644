"""JSON lines: one record a line with `id text title url outlet published language`, of which only `text` is required.

Unknown keys are left alone, so that coded reports can be coded again. A line that is not such a record is a reject with
its number and the lines after it are read; the file is never held in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import msgspec

from counterclaim.errors import InputError, MalformedRecord, NotText
from counterclaim.reading.base import Reject, Source, finished, too_long
from counterclaim.reading.decoding import refuse_binary
from counterclaim.records import Report

BYTES_A_CHAR: Final = 12
"""One code point in JSON takes at most twelve bytes (two \\uXXXX escapes)."""
ROOM: Final = 1_000_000
"""Bytes left for the fields beside the text; coded reports carry their layers there."""


_OBJECT = re.compile(rb'[\[\s]*\{\s*"\w{1,40}"\s*:')


class _Line(msgspec.Struct):
    """The input record of the contract."""

    text: str
    id: str | int | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    language: str | None = None


class JsonlReader:
    """JSON lines."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def sniff(self, head: bytes) -> bool:
        """It begins with an object and its first key."""
        return _OBJECT.match(head.removeprefix(b"\xef\xbb\xbf")) is not None

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """A report or a reject for each line that is not blank."""
        decoder = msgspec.json.Decoder(_Line)
        limit = source.max_chars * BYTES_A_CHAR + ROOM
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            if number == 1:
                refuse_binary(line[:16])
                if line.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise NotText("JSON lines must be UTF-8; this file is UTF-16, so convert it first")
                line = line.removeprefix(b"\xef\xbb\xbf")
            try:
                if len(line) > limit:
                    _skip_line(stream, line, limit)
                    raise too_long(source.max_chars)
                if line.strip():
                    yield _report(decoder, line, source, number)
            except InputError as error:
                yield Reject(f"{source.name}:{number}", error)


def _skip_line(stream: BinaryIO, line: bytes, limit: int) -> None:
    """Leave the stream at the beginning of the next line."""
    while line and not line.endswith(b"\n"):
        line = stream.readline(limit)


def _report(decoder: msgspec.json.Decoder[_Line], line: bytes, source: Source, number: int) -> Report:
    try:
        record = decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedRecord(
            f'not a report record: {error}; a line is {{"text": "...", "published": "YYYY-MM-DD"}}'
        ) from error
    report = Report(
        text=record.text,
        id="" if record.id is None else str(record.id),
        title=record.title,
        url=record.url,
        outlet=record.outlet,
        published=record.published,
        language=record.language,
    )
    return finished(report, Source(f"{source.name}:{number}", "", source.published, source.max_chars))
