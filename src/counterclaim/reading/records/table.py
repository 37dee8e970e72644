"""CSV tables of other data sets: the header checked, each row a report of record or a reject that says why not."""

from __future__ import annotations

import codecs
import csv
import io
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from counterclaim.errors import EmptyReport, InputError, MalformedRecord, NotText
from counterclaim.reading.base import Reject, Source, clean, iso_date
from counterclaim.records import CodedReport, Recorded

MOST: Final = 10_000_000
"""The highest count of persons a cell may hold; above it a column was mistaken for another."""


@dataclass(frozen=True, slots=True)
class RecordTable:
    """A `Reader` of one data set's CSV. `columns` must be there; a header with all of `marks` surely is one."""

    name: str
    title: str
    columns: tuple[str, ...]
    marks: tuple[str, ...]
    row: Callable[[Mapping[str, str], str | None], CodedReport]
    """A row, and the day it was published where that is known. Raises MalformedRecord."""
    where: str
    """Where such a file comes from, for the message to whoever gives another."""
    suffixes: tuple[str, ...] = ()
    """None: a folder's tables are not reports."""

    def sniff(self, head: bytes) -> bool:
        """Whether the first line is this data set's header."""
        line = head.removeprefix(codecs.BOM_UTF8).split(b"\n", 1)[0].decode("utf-8", "replace")
        return set(self.marks) <= {cell.strip().strip('"') for cell in line.replace(";", ",").split(",")}

    def read(self, stream: BinaryIO, source: Source) -> Iterator[Recorded | Reject]:
        """A report of record or a reject for each row. Raises InputError where it is not this table."""
        published = iso_date(source.published)
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            header = text.readline()
            names = next(csv.reader([header], delimiter=_delimiter(header)), [])
            self._check([name.strip() for name in names])
            names = [name.strip() for name in names]
            rows = csv.reader(text, delimiter=_delimiter(header))
            found = False
            for cells in rows:
                if any(cells):
                    found = True
                    yield self._report(names, cells, f"{source.name}:{rows.line_num + 1}", published)
            if not found:
                raise EmptyReport(f"the table of {self.title} without a row")
        except UnicodeDecodeError as error:
            raise NotText("not UTF-8: save the table as CSV in UTF-8") from error
        except csv.Error as error:
            raise MalformedRecord(f"not a CSV table from here on ({error}); download it again") from error
        finally:
            text.detach()

    def _check(self, names: list[str]) -> None:
        missing = [column for column in self.columns if column not in names]
        if missing:
            there = ", ".join(names)[:200]
            raise MalformedRecord(
                f"not {self.title}'s table: it lacks {', '.join(missing)} (it has {there}); {self.where}"
            )
        twice = sorted({name for name in names if name and names.count(name) > 1})
        if twice:
            raise MalformedRecord(f"two columns are called {', '.join(twice)}; {self.where}")

    def _report(self, names: list[str], cells: list[str], name: str, published: str | None) -> Recorded | Reject:
        try:
            if len(cells) != len(names):
                raise MalformedRecord(f"{len(cells)} cells in a table of {len(names)} columns: the row is broken")
            row = {column: " ".join(clean(cell).split()) for column, cell in zip(names, cells, strict=True)}
            coded = self.row(row, published)
        except InputError as error:
            return Reject(name, error)
        return Recorded(
            text=coded.text,
            id=coded.id,
            title=coded.title,
            outlet=coded.outlet,
            published=coded.published,
            language=coded.language,
            source=name,
            coded=coded,
        )


def _delimiter(header: str) -> str:
    """The comma, or what the spreadsheet of another country saved."""
    return max(",;\t", key=header.count)


def needed(row: Mapping[str, str], column: str) -> str:
    """A cell that must not be empty. Raises MalformedRecord."""
    value = row.get(column, "")
    if not value:
        raise MalformedRecord(f"{column} is empty")
    return value


def whole(row: Mapping[str, str], column: str) -> int | None:
    """A whole number not below 0 (`4`, `4.0`), None for an empty cell. Raises MalformedRecord."""
    number = real(row, column)
    if number is None:
        return None
    if number != int(number) or not 0 <= number <= MOST:
        raise MalformedRecord(f"{column} is {row[column][:40]!r}, which is no number of persons or of a code")
    return int(number)


def real(row: Mapping[str, str], column: str) -> float | None:
    """A number, None for an empty cell. Raises MalformedRecord."""
    written = row.get(column, "")
    if not written:
        return None
    try:
        number = float(written)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise MalformedRecord(f"{column} is {written[:40]!r}, which is no number")
    return number


def point(row: Mapping[str, str]) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, None where either is empty. Raises MalformedRecord."""
    lat, lon = real(row, "latitude"), real(row, "longitude")
    if lat is None or lon is None:
        return None
    if abs(lat) > 90 or abs(lon) > 180:
        raise MalformedRecord(f"latitude {lat}, longitude {lon} are no point on earth")
    return lat, lon


def day(row: Mapping[str, str], column: str) -> str:
    """A day as YYYY-MM-DD, of a date or a time. Raises MalformedRecord."""
    written = needed(row, column)
    try:
        found = iso_date(written)
    except MalformedRecord:
        found = None
    if found is None:
        raise MalformedRecord(f"{column} is {written[:40]!r}, which is no day; it is written 2016-01-31")
    return date.fromisoformat(found).isoformat()
