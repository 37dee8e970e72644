"""What durations, sets, times of day and counted shifts mean: a builder for each rule."""

from __future__ import annotations

import re

from counterclaim.resolving.times import guards
from counterclaim.resolving.times.grammar import Captured
from counterclaim.resolving.times.meanings import Base, DayPart, Fixed, Meaning, Shift
from counterclaim.resolving.times.numbers import amount
from counterclaim.resolving.times.numbers import duration as timex_duration
from counterclaim.resolving.times.words import (
    MONTH_NUMBERS,
    NUMBERS,
    PARTS,
    SEASONS,
    UNITS,
    WEEKDAY_NUMBERS,
    clock_value,
)

_SUBDAY = ("hour", "minute", "second")
_PLACES_PART = ("at", "in", "after", "before", "around", "about", "by", "until", "during", "since")
LONG_AGO = 100
"""Years ago from which a round number is no longer a year."""
_OFTEN = {"daily": "P1D", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "hourly": "PT1H", "nightly": "P1D"}


def unit_of(captured: Captured, name: str = "u") -> str:
    """The unit a capture names, in the singular."""
    word = captured.text(name)
    return UNITS.get(word) or UNITS[word.removesuffix("s")]


def ago(captured: Captured) -> Meaning | None:
    """Two years ago, three days later, a year earlier."""
    unit, word = unit_of(captured), captured.words()[-1]
    number = amount(captured.words("n"))
    if word in ("early", "late", "mid"):
        return None
    if number is None or unit in _SUBDAY:
        if word == "ago":
            return Fixed("DATE", "PAST_REF") if number is None else Fixed("DURATION", timex_duration(number, unit))
        return Fixed("DURATION", timex_duration(number, unit))
    count = round(number) if number >= 1 else 1
    if unit in ("year", "decade") and number % 1:
        unit, count = "month", round(number * (12 if unit == "year" else 120))
    if unit in ("decade", "century"):
        unit, count = "year", count * (10 if unit == "decade" else 100)
    if unit == "year" and count >= LONG_AGO and word == "ago":
        return Fixed("DATE", "PAST_REF")
    base: Base = "published" if word == "ago" else "narrative"
    compared = unit == "year" and count == 1 and word != "later"
    return Shift(unit, count if word == "later" else -count, base, period=compared)


def from_now(captured: Captured) -> Meaning | None:
    """Two years from now, six months hence."""
    unit, number = unit_of(captured), amount(captured.words("n"))
    if unit in _SUBDAY or number is None or number % 1:
        return None
    if unit in ("decade", "century"):
        unit, number = "year", number * (10 if unit == "decade" else 100)
    return Shift(unit, int(number))


def year_earlier(captured: Captured) -> Meaning | None:
    """The year-earlier period, a year-ago quarter."""
    if captured.text("e") not in ("ago", "earlier"):
        return None
    return Shift(unit_of(captured), -1, "narrative", period=True)


def from_event(captured: Captured) -> Meaning | None:
    """Three days after the truce: counted from a noun that the text may date elsewhere."""
    unit, number = unit_of(captured), amount(captured.words("n")) if captured.has("n") else 1
    if unit in _SUBDAY or number is None or number % 1:
        return None
    count = int(number) if captured.text("b") == "after" else -int(number)
    return Shift(unit, count, "narrative", event=guards.head_after(captured), counted=captured.has("n"))


def duration(captured: Captured) -> Meaning | None:
    """Six-week, the past two years, a month; "a day" as a set where it is a rate."""
    if guards.is_age(captured) or guards.is_named_unit(captured):
        return None
    unit, number_words = unit_of(captured), captured.words("n")
    number = amount(number_words)
    if number is None and "-" in number_words:
        number = amount(number_words[number_words.index("-") + 1 :])  # 18-24 months: the longer
    if captured.text("u") == "second" and (number_words in (["a"], ["an"], ["the"]) or not captured.has("dash")):
        return None
    if (
        captured.last - captured.first == 2
        and re.match(r"[12][0-9]{3}$", number_words[-1])
        and not captured.has("dash")
    ):
        return None
    if unit in ("night", "weekend", "quarter") and number_words[0] in ("a", "an"):
        return None
    if unit == "quarter" and number == 3 and captured.after().low in ("of", "percent"):
        return None  # three-quarters of the town
    if unit == "day" and captured.words() == ["one", "day"] and guards.is_some_day(captured):
        return Fixed("DATE", "FUTURE_REF")
    if number_words in (["a"], ["an"]) and guards.is_rate(captured):
        return Fixed("SET", timex_duration(1, unit))
    if number is None and not {"few", "several", "many"} & set(number_words):
        return None
    return Fixed("DURATION", timex_duration(number, unit))


def long_unit(captured: Captured) -> Meaning | None:
    """Month-long, daylong."""
    words = captured.words()
    if words[-1] == "long":
        return Fixed("DURATION", timex_duration(1, unit_of(captured)))
    unit = words[0].removesuffix("long")
    return Fixed("DURATION", timex_duration(1, unit)) if unit in UNITS else None


def half_unit(captured: Captured) -> Meaning | None:
    """Half an hour, a year and a half."""
    return Fixed("DURATION", timex_duration(0.5 if captured.text("h") == "half" else 1.5, unit_of(captured)))


def vague_units(captured: Captured) -> Meaning | None:
    """Weeks, decades."""
    unit = unit_of(captured)
    if captured.before().low == "on" or captured.before(2).low == "matter":
        return None
    if (
        guards.is_age(captured)
        or guards.is_title(captured)
        or guards.is_named_unit(captured)
        or unit in ("second", "night", "weekend")
    ):
        return None
    if unit == "quarter" and captured.words()[0] in ("quarters", "the"):
        return None
    return Fixed("DURATION", timex_duration(None, unit))


def every(captured: Captured) -> Meaning | None:
    """Every day, each Friday, per month."""
    word = captured.text("u")
    if word in WEEKDAY_NUMBERS:
        return Fixed("SET", f"XXXX-WXX-{WEEKDAY_NUMBERS[word]}")
    if word in MONTH_NUMBERS:
        return Fixed("SET", f"XXXX-{MONTH_NUMBERS[word]:02d}")
    if word in SEASONS:
        return Fixed("SET", f"XXXX-{SEASONS[word]}")
    if word in PARTS:
        return Fixed("SET", f"XXXX-XX-XXT{PARTS[word]}")
    number = amount(captured.words("n")) if captured.has("n") else (2 if "other" in captured.words() else 1)
    return Fixed("SET", timex_duration(number, unit_of(captured)))


def weekdays(captured: Captured) -> Meaning | None:
    """Tuesdays, Monday nights."""
    part = captured.text("p").removesuffix("s")
    if captured.has("p") and part not in PARTS:
        return None
    weekday = captured.text("wd").removesuffix("s")
    return Fixed("SET", f"XXXX-WXX-{WEEKDAY_NUMBERS[weekday]}" + (f"T{PARTS[part]}" if part else ""))


def often(captured: Captured) -> Meaning | None:
    """Daily, weekly."""
    word = captured.text("w")
    return None if guards.is_title(captured) or guards.is_newspaper(captured) else Fixed("SET", _OFTEN[word])


def reference(captured: Captured) -> Meaning | None:
    """Now, these days, recently, the past, soon, the future, as soon as possible, a later date."""
    word = captured.words()[-1]
    if word == "possible" or captured.words()[1:] == ["later", "date"]:
        return Fixed("DATE", "FUTURE_REF")
    if captured.after().low == "-" and word in ("now", "soon"):
        return None
    if word == "now":
        return Fixed("DATE", "PRESENT_REF") if captured.before().low not in ("by", "from") else None
    if word in ("currently", "nowadays", "present", "moment", "days"):
        return Fixed("DATE", "PRESENT_REF")
    if word in ("recently", "lately"):
        return Fixed("DATE", "PAST_REF")
    if word == "past":
        return None if guards.modifies_next(captured) else Fixed("DATE", "PAST_REF")
    if word == "soon":
        return None if guards.is_past_soon(captured) else Fixed("DATE", "FUTURE_REF")
    return Fixed("DATE", "FUTURE_REF") if word == "future" and not guards.modifies_next(captured) else None


def adjective(captured: Captured) -> Meaning | None:
    """The current talks. "The recent raids" is left: annotators mark it one time in three."""
    current = captured.words()[-1] == "current" and captured.before().low != "most"
    return Fixed("DATE", "PRESENT_REF") if current and guards.is_adjective(captured) else None


def day_part(captured: Captured) -> Meaning | None:
    """In the evening, at dawn; on its own it is a time only with its preposition."""
    word = captured.words()[-1]
    placed = captured.before().low in _PLACES_PART and (word != "night" or captured.has("t"))
    return DayPart(PARTS[word], definite=placed)


def small_hours(captured: Captured) -> Meaning | None:
    """The early hours, the small hours, the early morning hours."""
    words = captured.words()
    if words[-1] != "hours" or {"late", "later", "earlier", "mid"} & set(words):
        return None
    return DayPart(next((PARTS[word] for word in words if word in PARTS), "MO"))


def oclock(captured: Captured) -> Meaning | None:
    """5 o'clock, nine o'clock in the evening: of the day's two, the one told, else the figure as it stands."""
    word = captured.text("c")
    meridiem = {"MO": "am", "AF": "pm", "EV": "pm"}.get(PARTS.get(captured.text("p"), ""), "")
    value = clock_value(str(NUMBERS.get(word, word)), meridiem)
    return DayPart(value, definite=True) if value else None


def clock(captured: Captured) -> Meaning | None:
    """10 p.m., 19:00 local time, 1700 GMT, 0530 hours."""
    token, meridiem = captured.text("c"), captured.text("ap") if captured.has("ap") else ""
    military = captured.text("z") in ("hours", "hrs") and token.isdigit() and len(token) == 4
    if captured.text("z").removesuffix("s") in UNITS and not military:
        return None
    if "." in token and not (meridiem or token.endswith("m") or captured.has("z")):
        return None
    value = clock_value(token, meridiem)
    return DayPart(value, definite=True, zoned=captured.has("z")) if value else None
