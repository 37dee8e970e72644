"""What dates and shifts from a date mean: a builder for each rule of the calendar."""

from __future__ import annotations

import re

from counterclaim.resolving.times import guards
from counterclaim.resolving.times.build_spans import unit_of
from counterclaim.resolving.times.grammar import Captured
from counterclaim.resolving.times.meanings import Base, Calendar, Fixed, Meaning, Shift, Which
from counterclaim.resolving.times.numbers import duration as timex_duration
from counterclaim.resolving.times.words import (
    DECADES,
    MONTH_NUMBERS,
    NUMBERS,
    ORDINALS,
    PARTS,
    SEASONS,
    WEEKDAY_NUMBERS,
)

NAMED_DAYS = {(9, 11): 2001, (10, 7): 2023}
"""Attacks that reports name by day alone: "the September 11 attacks" are those of 2001 whenever that is written."""
_FIXED_FEASTS = {"halloween": (10, 31), "nowruz": (3, 21), "veterans": (11, 11), "valentine": (2, 14)}
_PLACED = ("weekend", "quarter")
"""Units of the calendar rather than lengths: "over the last quarter" is that one."""
_THROUGH_DAY = ("end", "ends", "ended", "ending", "finish", "finished", "finishing", "closed", "spent")
_PARTS_OF = ("half", "quarter", "quarters", "months", "weeks", "days", "rest", "part", "most", "much", "remainder")
_LAST = ("last", "past", "previous", "preceding")


def _digits(word: str) -> int | None:
    match = re.match(r"['’]?([0-9]{1,4})", word)
    return int(match[1]) if match else None


def _year(captured: Captured) -> int | None:
    """The year of `y`, four digits or two after an apostrophe ('98, '05)."""
    word = captured.text("y")
    year = _digits(word)
    if year is not None and len(word) == 3:
        return year + (2000 if year < 40 else 1900)
    return year


def _nth(word: str) -> int | None:
    return ORDINALS.index(word) + 1 if word in ORDINALS else _digits(word)


def _which(word: str) -> Which:
    if word in _LAST:
        return "last"
    return "next" if word in ("next", "coming", "upcoming") else ("this" if word else "")


def full_date(captured: Captured) -> Meaning | None:
    """A day of a month: "Tuesday, May 10, 2022", "13 September"."""
    weekday = WEEKDAY_NUMBERS.get(captured.text("wd"))
    month, day = MONTH_NUMBERS[captured.text("m")], _nth(captured.text("d"))
    year = _year(captured)
    if year is None and guards.counts_something(captured):
        return None
    if year is None and (month, day) in NAMED_DAYS and guards.names_attack(captured):
        year = NAMED_DAYS[month, day or 0]
    year = year or guards.year_out_of_range(captured)
    week = captured.has("wk")
    if week and "week" not in captured.words("wk"):
        return None
    return Calendar(year=year, month=month, day=day, weekday=weekday, week=week, which=_which(captured.text("w")))


def spelled_day(captured: Captured) -> Meaning | None:
    """Sunday, March eighth; not "May second that", "the June first round"."""
    return None if guards.counts_round(captured) else full_date(captured)


def numeric(captured: Captured) -> Meaning | None:
    """2022-09-13, 13/09/2022: day or month first as the numbers or the rest of the text show, else the year alone."""
    parts = [int(part) for part in re.split(r"[-/.]", captured.words()[0])]
    text = captured.words()[0]
    if len(re.split(r"[-/.]", text)[0]) == 4:
        return Calendar(year=parts[0], month=parts[1], day=parts[2])
    first, second, year = parts
    if year < 100:
        year += 2000 if year < 40 else 1900
    day_first = first > 12 or "." in text or (second <= 12 and bool(captured.day_first))
    if first <= 12 and second <= 12 and captured.day_first is None and "." not in text and first != second:
        return Calendar(year=year)
    return Calendar(year=year, month=second if day_first else first, day=first if day_first else second)


def month_year(captured: Captured) -> Meaning | None:
    """September 2020."""
    return Calendar(year=_year(captured), month=MONTH_NUMBERS[captured.text("m")])


def month(captured: Captured) -> Meaning | None:
    """A month alone: "May", "last May"."""
    if not captured.has("w") and not guards.is_month(captured):
        return None
    year = guards.year_out_of_range(captured)
    return Calendar(year=year, month=MONTH_NUMBERS[captured.text("m")], which=_which(captured.text("w")))


def weekday(captured: Captured) -> Meaning | None:
    """Tuesday, last Tuesday, the following Monday."""
    if guards.is_name_with_weekday(captured):
        return None
    words = captured.words("w") if captured.has("w") else []
    weekday = WEEKDAY_NUMBERS[captured.text("wd")]
    told = "the" in words or "that" in words or "same" in words or "following" in words
    base: Base = "narrative" if told and "last" not in words and "past" not in words else "published"
    which = "next" if "following" in words else _which(words[-1] if words else "")
    return Calendar(weekday=weekday, which=which, base=base)


def bare_year(captured: Captured) -> Meaning | None:
    """1994, where the guards take it for a year."""
    return Calendar(year=_year(captured)) if guards.is_year(captured) else None


def year_by_name(captured: Captured) -> Meaning | None:
    """The year 1994, fiscal year 2001."""
    return Calendar(year=_digits(captured.text("y"))) if captured.has("y") and captured.text("u") == "year" else None


def spelled_year(captured: Captured) -> Meaning | None:
    """Nineteen ninety-six, two thousand and five: a year in words, as broadcasts have it."""
    words = [word for word in captured.words("n") if word.isalpha() and word != "and"]
    values = [NUMBERS[word] for word in words]
    century, rest = values[0], values[1:]
    if words[:2] == ["two", "thousand"] and sum(rest[1:]) < 100 and (rest[1:] or captured.words()[0] == "the"):
        return Calendar(year=2000 + sum(rest[1:]))
    tens_first = (len(rest) == 1 and 10 <= rest[0] <= 90) or (len(rest) == 2 and rest[0] >= 20 > 10 > rest[1])
    return Calendar(year=100 * century + sum(rest)) if 15 <= century <= 20 and tens_first and max(rest) < 100 else None


def year_of_era(captured: Captured) -> Meaning | None:
    """2500 BC, 1066 AD."""
    era = captured.text("era")
    if era not in ("bc", "bce", "ad", "ce"):
        return None
    return Calendar(year=_digits(captured.text("y")), before_christ=era.startswith("b"))


def quarter_by_code(captured: Captured) -> Meaning | None:
    """Q3 2019."""
    return Calendar(quarter=int(captured.text("q")[1]), year=_year(captured))


def fiscal_year(captured: Captured) -> Meaning | None:
    """Fiscal 1989, FY2019: the year as numbered, for fiscal years start where they will."""
    return Calendar(year=_year(captured))


def period_of_year(captured: Captured) -> Meaning | None:
    """The 1988 period, the 1988 quarter: as long as the period told of."""
    if captured.has("u") and captured.text("u") not in ("quarter", "half"):
        return None
    return Calendar(year=_year(captured), period=True)


def like_last_year(captured: Captured) -> Meaning | None:
    """The same period last year, last year's quarter."""
    words = captured.words()
    if "year" not in words or "later" in words or (captured.has("u") and captured.text("u") != "quarter"):
        return None
    return Shift("year", -1, "published" if "last" in captured.words() else "narrative", period=True)


def latest_period(captured: Captured) -> Meaning:
    """The latest period: the quarter or half told of."""
    return Shift("period", 0, "narrative", period=True)


def whole_unit(captured: Captured) -> Meaning | None:
    """The full year, the fiscal year."""
    whole = captured.words()[1] in ("full", "whole", "entire", "fiscal", "financial")
    return Shift("year", 0) if whole and captured.text("u") == "year" else None


def nine_eleven(captured: Captured) -> Meaning | None:
    """9/11."""
    return Calendar(year=2001, month=9, day=11)


def decade(captured: Captured) -> Meaning | None:
    """The 1990s, the '90s, the nineties."""
    word = captured.words()[-1]
    if word in DECADES:
        return Calendar(decade=190 + DECADES[word])
    if word[0].isdigit() and len(word) < 5 and "the" not in captured.words():
        return None  # "in her 70s"
    digits = _digits(word) or 0
    if digits < 100:
        return Calendar(decade=190 + digits // 10) if digits % 10 == 0 else None
    return Calendar(century=digits // 100 + 1) if digits % 100 == 0 and digits < 2000 else Calendar(decade=digits // 10)


def nth_period(captured: Captured) -> Meaning | None:
    """The third quarter, the 20th century, the second half."""
    number, unit = _nth(captured.text("n")), captured.text("u")
    if captured.text("n") == "final" or (captured.text("n") in ("last", "latter") and unit == "half"):
        number = {"quarter": 4, "half": 2}.get(unit)
    if number is None:
        return None
    if unit == "century":
        return Calendar(century=number)
    if unit == "quarter" and number <= 4:
        return Calendar(quarter=number)
    return Calendar(half=number) if unit == "half" and number <= 2 else None


def season(captured: Captured) -> Meaning | None:
    """Last spring, the winter of 2014."""
    if not guards.is_season(captured):
        return None
    season = SEASONS[captured.text("s")]
    return Calendar(season=season, year=_year(captured), which=_which(captured.text("w")))


def relative(captured: Captured) -> Meaning | None:
    """Last week, next month, this year, that day, the following night."""
    if guards.is_named_unit(captured):
        return None
    words, word = captured.words("w"), captured.text("u")
    key = words[-1]
    if captured.words() == ["this", "day"] and captured.before().low == "to":
        return Fixed("DATE", "PRESENT_REF")
    if word in PARTS and word != "night":
        return _relative_part(words, word)
    unit = unit_of(captured)
    if unit in ("hour", "minute", "second"):
        return (
            Fixed("DURATION", timex_duration(1, unit)) if "the" in words and key in _LAST and unit == "hour" else None
        )
    if unit == "night":
        return _relative_part(words, "night")
    told = key in ("same", "that", "those", "following", "preceding") or (
        key == "previous" or ("the" in words and unit == "day")
    )
    if (key == "past" or "the" in words) and key in ("past", "last", "next", "coming") and unit not in _PLACED:
        spans = key == "past" or captured.before().low in ("over", "for", "in", "within", "during", "throughout")
        if spans or unit in ("decade", "century"):
            return Shift(unit, -1 if key in _LAST else 1, rolling=True)
    count = -1 if key in _LAST else (1 if key in ("next", "coming", "upcoming", "following") else 0)
    if key in ("latest", "recent"):
        count = -1 if unit == "quarter" else 0
    return Shift(unit, count, "narrative" if told else "published")


def _relative_part(words: list[str], part: str) -> Meaning | None:
    """Last night, this morning, the next evening."""
    key = words[-1]
    if key in ("current", "latest", "recent", "past"):
        return None
    count = -1 if key in _LAST else (1 if key in ("next", "coming", "following") else 0)
    told = key in ("same", "that", "those", "following", "previous", "preceding") or "the" in words
    return Shift("day", count, "narrative" if told else "published", day_part=PARTS[part])


def stretch(captured: Captured) -> Meaning | None:
    """Later in the day, the end of the year."""
    unit = unit_of(captured)
    if unit in ("hour", "minute", "second", "night"):
        return None
    return Shift(unit, 0, "narrative" if unit == "day" else "published")


def the_unit(captured: Captured) -> Meaning | None:
    """The weekend, the quarter; "the year", "the week" as lengths after a preposition."""
    unit = unit_of(captured)
    if unit == "weekend":
        return Calendar(weekday=6, weekend=True)
    if unit == "quarter":
        return Shift("quarter", 0, "narrative")
    if unit in ("week", "month", "year") and guards.is_length(captured):
        ended = captured.after().low in ("ended", "ending")
        return Fixed("DURATION", timex_duration(1, unit)) if ended else Shift(unit, 0)
    if unit in ("week", "month", "year") and captured.before().low == "of" and captured.before(2).low in _PARTS_OF:
        return Shift(unit, 0)
    if unit == "day" and captured.before().low in _THROUGH_DAY:
        return Shift("day", 0, "narrative")
    if unit in ("week", "month") and captured.after().low in ("'", "’"):
        return Shift(unit, 0)
    return None


def year_end(captured: Captured) -> Meaning | None:
    """Year-end, by month end."""
    unit = unit_of(captured)
    if captured.text("e") != "end" or unit not in ("year", "month", "week"):
        return None
    if unit == "year":
        return Calendar(month=12, day=31, which="last" if captured.before().low == "since" else "this")
    return Shift(unit, 0)


def today(captured: Captured) -> Meaning | None:
    """Yesterday, tonight, overnight, tomorrow morning."""
    word = captured.text("w")
    if guards.is_title(captured):
        return None
    part = PARTS.get(captured.text("p"), "")
    if word == "overnight":
        return Shift("day", -1, "narrative", day_part="NI", overnight=True)
    if word == "tonight":
        return Shift("day", 0, day_part="NI")
    return Shift("day", {"yesterday": -1, "today": 0, "tomorrow": 1}[word], day_part=part)


def beyond(captured: Captured) -> Meaning | None:
    """The day before yesterday, the day after tomorrow."""
    words = captured.words()
    if "yesterday" in words and "before" in words:
        return Shift("day", -2)
    return Shift("day", 2) if "tomorrow" in words and "after" in words else None


def holiday(captured: Captured) -> Meaning | None:
    """Christmas Eve, New Year's Day, Easter Monday."""
    words = captured.words("h")
    eve = "eve" in words
    if "new" in words:
        name = "new_years_eve" if eve else "new_years_day"
        return Calendar(holiday=name, which=_which(captured.text("w"))) if "year" in words else None
    if "christmas" in words or "xmas" in words:
        return Calendar(month=12, day=24 if eve else 25, which=_which(captured.text("w")))
    if "boxing" in words:
        return Calendar(month=12, day=26) if "day" in words else None
    name = words[0]
    if "good" in words:
        name = "good_friday" if words[-1] == "friday" else ""
    elif name == "easter" and words[-1] in ("monday", "week"):
        name = f"easter_{words[-1]}"
    return Calendar(holiday=name, which=_which(captured.text("w"))) if name else None


def moon_feast(captured: Captured) -> Meaning | None:
    """Ramadan, Eid al-Fitr, the third day of Ramadan."""
    day = _nth(captured.text("n")) if captured.has("n") else None
    if captured.has("n") and (captured.text("u") != "day" or day is None or day > 30):
        return None
    if guards.is_person(captured):
        return None
    name = "ramadan" if captured.text("h").startswith("ramad") else captured.text("h")
    return Calendar(holiday=name, day=day, year=_year(captured), which=_which(captured.text("w")))


def named_day(captured: Captured) -> Meaning | None:
    """Halloween, Nowruz, Labor Day."""
    word, which = captured.text("h"), _which(captured.text("w"))
    if word in _FIXED_FEASTS and (word in ("halloween", "nowruz") or captured.text("u") == "day"):
        month, day = _FIXED_FEASTS[word]
        return Calendar(month=month, day=day, which=which)
    if captured.text("u") != "day" or not captured.original[:1].isupper():
        return None
    return Calendar(holiday=f"{word}_day", which=which) if word in ("labor", "memorial") else None


def day_of_month(captured: Captured) -> Meaning | None:
    """The 15th, after "on" or "by" and before no noun: a day of the month of publication or the one before."""
    if captured.before().low not in ("on", "by", "until", "since") or guards.modifies_next(captured):
        return None
    return Calendar(day=_digits(captured.text("d")))
