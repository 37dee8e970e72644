"""Days of feasts that reports date by. Those of one country (Labor Day, Memorial Day) are of the United States."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

_MOON = """
    19800713+30+68 19810702+30+68 19820622+29+68 19830612+29+68 19840531+30+67 19850520+30+68 19860509+30+68
    19870429+29+68 19880417+29+68 19890407+29+68 19900327+30+67 19910317+29+68 19920305+30+68 19930222+30+68
    19940211+30+68 19950131+30+68 19960121+29+68 19970110+29+68 19971230+30+68 19981219+30+68 19991209+30+68
    20001127+30+68 20011116+30+68 20021106+29+68 20031026+30+68 20041015+30+68 20051004+30+68 20060924+29+69
    20070913+30+68 20080901+30+68 20090822+29+68 20100811+30+67 20110801+29+68 20120720+30+68 20130709+30+68
    20140628+30+68 20150618+29+68 20160606+30+67 20170527+29+68 20180516+30+67 20190506+29+68 20200424+30+68
    20210413+30+68 20220402+30+68 20230323+29+68 20240311+30+67 20250301+29+68 20260218+30+68 20270208+29+68
    20280128+29+69 20290116+29+69 20300105+30+68 20301226+29+68 20311215+30+68 20321204+29+68 20331123+30+68
    20341112+30+68 20351101+30+68 20361020+30+68 20371010+29+69 20380930+29+68 20390919+30+68 20400907+30+68
    20410828+29+69 20420817+29+69 20430806+29+69 20440726+29+68 20450715+30+68 20460705+29+68 20470624+30+68
    20480612+30+69 20490602+29+69 20500522+29+69
"""
"""First day of Ramadan of the years 1400 to 1472 of the Hijra, its days, and those from Eid al-Fitr to Eid al-Adha, by
the Umm al-Qura calendar of Saudi Arabia. Countries that watch for the moon may keep a feast a day earlier or later."""


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


@cache
def moon_feasts() -> dict[str, tuple[tuple[date, date], ...]]:
    """First and last day of each Ramadan, Eid al-Fitr and Eid al-Adha from 1980 to 2050, by name, in order."""
    feasts: dict[str, list[tuple[date, date]]] = {"ramadan": [], "fitr": [], "adha": []}
    for entry in _MOON.split():
        first, days, apart = entry.split("+")
        ramadan = datetime.strptime(first, "%Y%m%d").date()
        fitr = ramadan + timedelta(int(days))
        adha = fitr + timedelta(int(apart))
        feasts["ramadan"].append((ramadan, fitr - timedelta(1)))
        feasts["fitr"].append((fitr, fitr))
        feasts["adha"].append((adha, adha))
    return {name: tuple(days) for name, days in feasts.items()}


def holiday(name: str, year: int) -> date | None:
    """The day of a named holiday in a year; None for a name that is not known. Raises ValueError past year 9999."""
    if name in ("new_years_day", "new_years_eve"):
        return date(year, 1, 1) if name == "new_years_day" else date(year, 12, 31)
    if name == "thanksgiving":
        first = date(year, 11, 1)
        return first + timedelta((3 - first.weekday()) % 7 + 21)
    if name in ("labor_day", "memorial_day"):
        first = date(year, 9, 1) if name == "labor_day" else date(year, 5, 25)
        return first + timedelta(-first.weekday() % 7)
    days = {"easter": 0, "good_friday": -2, "easter_monday": 1}
    return easter(year) + timedelta(days[name]) if name in days else None
