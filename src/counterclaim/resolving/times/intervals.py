"""The days that a TIMEX3 value covers, and the UCDP precision of so long a span."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, timedelta

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
"""First and last month of the northern seasons; winter is named for the year it starts in."""
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?$")
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})(-WE)?$")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})$")
_SEASON = re.compile(r"([0-9]{4})-(SP|SU|FA|WI)$")
_PART = re.compile(r"([0-9]{4})-([QH])([1-4])$")
_YEARS = re.compile(r"[0-9]{2,4}$")

Interval = tuple[date, date]


def months(year: int, first: int, last: int) -> Interval:
    """From the first day of one month to the last day of another of the same year."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def interval(value: str) -> Interval | None:
    """First and last day of a value; None where it names no days (XXXX, PAST_REF, a duration) or none that exist.

    >>> interval("2022-W37")
    (datetime.date(2022, 9, 12), datetime.date(2022, 9, 18))
    """
    if "/" in value:
        first, last = (interval(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last and first[0] <= last[1] else None
    try:
        return _interval(value)
    except (ValueError, OverflowError):
        return None


def _interval(value: str) -> Interval | None:
    if match := _DAY.match(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := _WEEK.match(value):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return (monday + timedelta(5 if match[3] else 0), monday + timedelta(6))
    if match := _MONTH.match(value):
        return months(int(match[1]), int(match[2]), int(match[2]))
    if match := _SEASON.match(value):
        year, (first, last) = int(match[1]), SEASON_MONTHS[match[2]]
        if last < first:
            return date(year, first, 1), months(year + 1, last, last)[1]
        return months(year, first, last)
    if match := _PART.match(value):
        length = 3 if match[2] == "Q" else 6
        first = length * (int(match[3]) - 1) + 1
        return months(int(match[1]), first, first + length - 1)
    if _YEARS.match(value):
        each = 10 ** (4 - len(value))
        first = int(value) * each
        if first < 1 or first + each - 1 > MAXYEAR:
            return None
        return date(first, 1, 1), date(first + each - 1, 12, 31)
    return None


def precision(first: date, last: date) -> int:
    """UCDP date_prec: 1 one day, 2 up to six days, 3 a week, 4 a month, 5 more (UCDP GED codebook)."""
    days = (last - first).days + 1
    for most, code in ((1, 1), (6, 2), (7, 3), (31, 4)):
        if days <= most:
            return code
    return 5
