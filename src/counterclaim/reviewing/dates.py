"""Days as people write them in a correction."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import NamedTuple, Self

from counterclaim.errors import UsageError


class Dates(NamedTuple):
    """First and last day (ISO) of `written`; UCDP date_prec: 1 a day, 2 up to six, 3 a week, 4 a month, 5 a year."""

    written: str
    first: str
    last: str
    precision: int

    @classmethod
    def read(cls, written: str) -> Self:
        """`2022-09-13`, `2022-09`, `2022` or an interval `2022-09-12/2022-09-14`. Raises UsageError for all else."""
        begin, slash, end = written.partition("/")
        try:
            first, last = _ends(begin)[0], _ends(end if slash else begin)[1]
        except ValueError as error:
            raise UsageError(
                f"{written!r} is no day: write 2022-09-13, 2022-09, 2022 or 2022-09-12/2022-09-14"
            ) from error
        if first > last:
            raise UsageError(f"{written!r} ends before it begins")
        length = (last - first).days + 1
        precision = next(code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31), (5, 10**9)) if length <= most)
        return cls(written, first.isoformat(), last.isoformat(), precision)


def _ends(written: str) -> tuple[date, date]:
    if not written.isascii() or len(written) not in (4, 7, 10):
        raise ValueError(written)
    parts = [int(part) for part in written.split("-")]
    year, month, day = [*parts, 0, 0][:3]
    if len(written) == 10:
        return date(year, month, day), date(year, month, day)
    if len(written) == 7:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
