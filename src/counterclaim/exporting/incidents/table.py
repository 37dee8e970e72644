"""A scheme of columns: header, rows, dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from counterclaim.exporting.csv_table import csv_line, guarded
from counterclaim.exporting.incidents.settled import Losses, Settled

Value = str | int | float | None
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class IncidentTable:
    """A table with fixed columns. `rows` gives an incident's rows (none where the scheme does not hold it) and notes
    in the list what was lost; `tags` is a second header line (HXL).
    """

    name: str
    description: str
    columns: tuple[tuple[str, str], ...]
    """(name, meaning) in the order of the scheme."""
    rows: Callable[[Settled, Losses], list[Row]]
    standing: Losses
    """What the scheme never holds, whatever the incident."""
    tags: tuple[str, ...] = ()
    extension: str = ".csv"

    def write(self, settled: Iterable[Settled], out: BinaryIO) -> Losses:
        """Write the header and a line a row; unknown is an empty cell."""
        losses = list(self.standing)
        names = [name for name, _ in self.columns]
        out.write(csv_line(names))
        if self.tags:
            out.write(csv_line(self.tags))
        for one in settled:
            for row in self.rows(one, losses):
                out.write(csv_line(_cell(row.get(name)) for name in names))
        return losses

    def dictionary(self) -> str:
        """Column and meaning, as CSV."""
        lines = [csv_line(("column", "meaning")), *(csv_line(column) for column in self.columns)]
        return b"".join(lines).decode("utf-8")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else repr(value)
