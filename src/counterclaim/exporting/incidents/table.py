"""A scheme of columns: header, rows, dictionary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from counterclaim.exporting.csv_table import csv_line, guarded
from counterclaim.exporting.incidents.settled import Losses, Settled

Value = str | int | float | bool | None
Row = dict[str, Value]
Type = Literal["text", "integer", "number", "date", "yes/no", "list", "object"]
_BREAKS: Final = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")


class Field(NamedTuple):
    """One column or field of a format."""

    name: str
    type: Type
    meaning: str
    unit: str = ""


def fields(meanings: Iterable[tuple[str, str]], **types: str) -> tuple[Field, ...]:
    """Columns of (name, meaning), all text but those named, space-separated, under their type: `integer="id year"`."""
    of = {name: kind for kind, names in types.items() for name in names.split()}
    return tuple(Field(name, of.get(name, "text"), meaning) for name, meaning in meanings)  # type: ignore[arg-type]


def dictionary_csv(columns: Iterable[Field]) -> str:
    """What columns mean, as CSV: column, type, unit, meaning."""
    lines = [csv_line(("column", "type", "unit", "meaning"))]
    lines += [csv_line(map(guarded, (one.name, one.type, one.unit, one.meaning))) for one in columns]
    return b"".join(lines).decode("utf-8")


@dataclass(frozen=True, slots=True)
class IncidentTable:
    """A table with fixed columns. `rows` gives an incident's rows (none where the scheme does not hold it) and notes
    in the list what was lost; `tags` is a second header line (HXL); `tabs` makes it tab-separated, where nothing can be
    quoted: line ends and tabs within a text become spaces.
    """

    name: str
    description: str
    columns: tuple[Field, ...]
    """In the order of the scheme."""
    rows: Callable[[Settled, Losses], Sequence[Row]]
    standing: Losses
    """What the scheme never holds, whatever the incident."""
    tags: tuple[str, ...] = ()
    tabs: bool = False

    @property
    def extension(self) -> str:
        """`.csv` or `.tsv`."""
        return ".tsv" if self.tabs else ".csv"

    @property
    def media_type(self) -> str:
        """CSV (RFC 4180) or TSV."""
        return "text/tab-separated-values" if self.tabs else "text/csv"

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """The header and a line a row; unknown is an empty cell."""
        losses += self.standing
        names = [column.name for column in self.columns]
        yield self._line(names)
        if self.tags:
            yield self._line(self.tags)
        for one in settled:
            for row in self.rows(one, losses):
                yield self.line(row)

    def dictionary(self) -> str:
        """Column, type, unit and meaning, as CSV."""
        return dictionary_csv(self.columns)

    def line(self, row: Row) -> bytes:
        """One row; unknown is an empty cell."""
        return self._line(_cell(row.get(column.name)) for column in self.columns)

    def _line(self, cells: Iterable[str]) -> bytes:
        if not self.tabs:
            return csv_line(cells)
        return ("\t".join(_BREAKS.sub(" ", cell) for cell in cells) + "\n").encode("utf-8", "backslashreplace")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guarded(value) if isinstance(value, str) else repr(value)
