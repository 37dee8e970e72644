"""What a reader is, what it is told, and what it hands on: a `Report`, or a `Reject` with its reason."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import BinaryIO, Final, Protocol

from counterclaim.errors import EmptyReport, InputError, LimitExceeded, MalformedRecord, ReportTooLong
from counterclaim.reading.languages import language_of
from counterclaim.reading.limits import MAX_DEPTH, Allowance
from counterclaim.records import Report

MAX_CHARS: Final = 2_000_000
"""Characters in one report, about 300,000 words: no single report is longer (a commission of inquiry's 700 pages are
about 1.5 million); what is longer is many reports in one file."""
MAX_BYTES_A_CHAR: Final = 4
"""UTF-8 and UTF-16 take at most four bytes for one code point."""

# What must never reach the coder: control characters but tab and line ends, lone surrogates, noncharacters. Each is
# replaced one for one, so that offsets in the file as Python reads it stay true.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_WORD: Final = re.compile(r"[^\W_]")
_YEARS: Final = (1800, 2100)
_WRITTEN: Final = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%A, %d %B %Y", "%A, %B %d, %Y")


@dataclass(frozen=True, slots=True)
class Reject:
    """An input that cannot be coded: where it came from ("file.txt", "file.jsonl:12") and why."""

    source: str
    error: InputError


class Members(Protocol):
    """The registry as a reader of containers sees it: members are read as files of a folder are."""

    def wanted(self, filename: str) -> bool:
        """Whether a file of this name in a folder or an archive is read (or named as unreadable)."""

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """A member by the reader that fits it. Never raises: what is wrong is a Reject."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader is told of the input at hand. `published` overrides whatever date the input gives.

    `filename` helps to tell the format and is never a path to open. `reader` is the format that the user named.
    `allowance` and `depth` are shared with, and counted over, all that lies inside one input.
    """

    name: str
    stem: str = ""
    published: str | None = None
    max_chars: int = MAX_CHARS
    filename: str = ""
    reader: Reader | None = None
    members: Members | None = None
    allowance: Allowance = field(default_factory=Allowance)
    depth: int = 0

    def member(self, filename: str) -> Source:
        """The source of a part of this one. Raises LimitExceeded for too many parts or too deep a nest."""
        if self.depth >= MAX_DEPTH:
            raise LimitExceeded(f"archives within archives more than {MAX_DEPTH} deep; unpack it first")
        self.allowance.enter()
        shown = shown_name(filename)
        return replace(
            self,
            name=f"{self.name}:{shown}",
            stem=PurePosixPath(shown).stem,
            filename=shown,
            reader=None,
            depth=self.depth + 1,
        )


def shown_name(filename: str, limit: int = 200) -> str:
    """A member's name as it is printed: on one line, without control characters, its last `limit` characters."""
    return " ".join(clean(filename).split())[-limit:]


class Reader(Protocol):
    """One input format: adding another is one class and one line in `counterclaim.reading.READERS`.

    >>> class Shouting:
    ...     name = "shouting"
    ...     suffixes = (".shout",)
    ...     def sniff(self, head): return head.startswith(b"!!!")
    ...     def read(self, stream, source):
    ...         yield finished(Report(text=stream.read().decode("utf-8")), source)
    """

    @property
    def name(self) -> str:
        """What the user calls the format."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File endings that surely are this format, in lower case, with the dot."""

    def sniff(self, head: bytes) -> bool:
        """True where the first bytes of a file (`HEAD` of them at most) are surely this format."""

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Report | Reject]:
        """The reports in a binary stream. Raises InputError where the whole input cannot be read."""


def clean(text: str) -> str:
    """The text as it is coded: characters that no text holds replaced one for one (form feeds by line ends)."""
    return _FORBIDDEN.sub(_replacement, text)


def _replacement(match: re.Match[str]) -> str:
    character = match.group()
    if character in "\x0b\x0c":
        return "\n"
    return " " if character < "\xa0" else "\ufffd"


def finished(report: Report, source: Source) -> Report:
    """A report with its text cleaned and checked, its date and its id settled.

    Raises EmptyReport, ReportTooLong, MalformedRecord (a date that is none) or UnsupportedLanguage.
    """
    if len(report.text) > source.max_chars:
        raise too_long(source.max_chars)
    text = clean(report.text)
    if not _WORD.search(text):
        raise EmptyReport("no words in it")
    return Report(
        text=text,
        id=report.id or source.stem or digest(text),
        title=_field(report.title),
        url=_field(report.url),
        outlet=_field(report.outlet),
        published=iso_date(source.published or report.published),
        language=language_of(text, report.language),
        source=report.source or source.name,
    )


def _field(value: str | None) -> str | None:
    """A metadata field on one line, None where it is blank."""
    return " ".join(clean(value).split()) or None if value else None


def too_long(max_chars: int) -> ReportTooLong:
    """The error for a text above the limit."""
    return ReportTooLong(f"longer than {max_chars:,} characters; split it into one file a report, or use JSON lines")


def digest(text: str) -> str:
    """A short id from the text: the first 12 hex digits of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def iso_date(written: str | None) -> str | None:
    """`2022-09-13`, `2022-09-13T08:00:00Z`, `13 September 2022` or `September 13, 2022` as `YYYY-MM-DD`.

    The day is taken as written, whatever the time zone. Raises MalformedRecord for anything else, and for years outside
    1800 to 2100, in which no report of ours was published.
    """
    if written is None or not written.strip():
        return None
    day = _day(written.strip())
    if day is None:
        raise MalformedRecord(f"the publication date {written[:40]!r} is no date; write it as YYYY-MM-DD")
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise MalformedRecord(f"the publication date {written[:40]!r} is not between {_YEARS[0]} and {_YEARS[1]}")
    return day.isoformat()


def _day(written: str) -> date | None:
    if len(written) > 60:
        return None
    try:
        if re.match(r"\d{4}-\d\d-\d\d", written):
            return datetime.fromisoformat(written).date()
    except ValueError:
        return None
    for pattern in _WRITTEN:
        try:
            return datetime.strptime(written, pattern).date()
        except ValueError:
            continue
    return None
