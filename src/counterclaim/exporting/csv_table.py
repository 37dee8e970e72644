"""Claims or events as CSV, a row a record, and the dictionary that says what each column means."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO, Final

from counterclaim.casebook.entries import ClaimEntry, EventEntry
from counterclaim.casebook.ties import claim_entries, event_entries
from counterclaim.exporting.columns import CLAIM_COLUMNS, EVENT_COLUMNS, Cell, Column
from counterclaim.records import CodedReport

LIST_SEPARATOR: Final = " | "
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

# A spreadsheet runs a cell that begins with one of these as a formula (OWASP, "CSV Injection"). Apostrophes before it
# count too, so that taking one apostrophe off always gives the text back.
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class CsvTable:
    """One table as CSV (RFC 4180, UTF-8) with a header. Unknown is an empty cell, lists are joined by ` | `.

    `bom` puts a byte order mark first, by which Excel knows UTF-8. `guard` puts an apostrophe before text that a
    spreadsheet would run as a formula; numbers are left alone. Turn it off for programs that read evidence by offset.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[[CodedReport], Iterable[ClaimEntry | EventEntry]]
    bom: bool = False
    guard: bool = True
    extension: str = ".csv"

    def write(self, codings: Iterable[CodedReport], out: BinaryIO) -> None:
        """Write the header, and a row for each record."""
        if self.bom:
            out.write(BYTE_ORDER_MARK)
        out.write(csv_line(column.name for column in self.columns))
        for coded in codings:
            for row in self.rows(coded):
                out.write(csv_line(self._cell(column.of(row)) for column in self.columns))

    def _cell(self, value: Cell) -> str:
        match value:
            case None:
                return ""
            case bool():
                return "yes" if value else "no"
            case int() | float():
                return repr(value)
            case tuple():
                value = LIST_SEPARATOR.join(value)
        return guarded(value) if self.guard else value


CLAIMS_CSV: Final = CsvTable(
    "claims-csv", "claims as a table: who says how many, with place, time and source", CLAIM_COLUMNS, claim_entries
)
EVENTS_CSV: Final = CsvTable(
    "events-csv",
    "events as a table: who did what to whom, in PLOVER, CAMEO, ACLED and UCDP",
    EVENT_COLUMNS,
    event_entries,
)


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before `=1+1`; `-5`, `+1,200`, `x=1` as they are."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def data_dictionary(table: CsvTable) -> str:
    """What each column of a table means, as CSV: column, type, unit, meaning."""
    lines = [csv_line(("column", "type", "unit", "meaning"))]
    lines += [csv_line((column.name, column.type, column.unit, column.meaning)) for column in table.columns]
    return b"".join(lines).decode("utf-8")


def csv_line(cells: Iterable[str]) -> bytes:
    """One line of CSV (RFC 4180) in UTF-8."""
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "backslashreplace")
