"""Days of feasts that reports date by."""

from __future__ import annotations

from datetime import date, timedelta


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday(name: str, year: int) -> date | None:
    """The day of a named holiday in a year; None for a name that is not known. Raises ValueError past year 9999."""
    if name in ("new_years_day", "new_years_eve"):
        return date(year, 1, 1) if name == "new_years_day" else date(year, 12, 31)
    if name == "thanksgiving":
        first = date(year, 11, 1)
        return first + timedelta((3 - first.weekday()) % 7 + 21)
    days = {"easter": 0, "good_friday": -2, "easter_monday": 1}
    return easter(year) + timedelta(days[name]) if name in days else None
