"""What a time expression comes to: its TIMEX3 type and value, given the publication date and what was told before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from counterclaim.records import TimeType
from counterclaim.resolving.times.holidays import easter, holiday, moon_feasts
from counterclaim.resolving.times.intervals import Interval, interval
from counterclaim.resolving.times.meanings import Calendar, DayPart, Fixed, Meaning, Shift
from counterclaim.resolving.times.numbers import duration

Direction = Literal["past", "future", ""]
NARRATIVE_REACH = 4
"""How many sentences back "the next day" may look for the day before it."""
DAY_PART_REACH = 2
"""How many sentences back "in the evening" may look for its day."""
SAME_DAY_BACK = 12
NEXT_YEAR_MOST = 300
"""Days ahead at most of a day or month without a year in the future tense; past that it is the one just past."""
NEXT_QUARTER_MOST = 92
FAR_AHEAD = 45
"""Days ahead up to which a day without year or tense may lie ("the Jan. 14 deadline"); else it is the last such day."""
_GRAIN = {"day": 1, "week": 7, "weekend": 7, "fortnight": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653,
          "century": 36525, "millennium": 400000}  # fmt: skip


_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Told:
    """A time the text has given: its sentence, its value, the days it covers; `compared` of a year-ago period."""

    sentence: int
    value: str
    days: Interval
    explicit: bool
    compared: bool = False


@dataclass(slots=True)
class Narrative:
    """What the text has told of so far, last first in `recent`."""

    published: date | None
    told: list[Told] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """Note a time."""
        self.told.append(told)

    def last(self, sentence: int, grain: int, reach: int = NARRATIVE_REACH) -> Told | None:
        """The last time told of no longer than `grain` days, at most `reach` sentences back, and not yet to come."""
        for told in reversed(self.told[-8:]):
            if sentence - told.sentence > reach:
                return None
            ahead = self.published is not None and told.days[0] > self.published
            if (told.days[1] - told.days[0]).days < grain and not told.compared and not ahead:
                return told
        return None

    def year_in(self, sentence: int) -> int | None:
        """The year of a day or month that this sentence has already given in figures; "in 1994" dates no other day."""
        for told in reversed(self.told[-4:]):
            if told.sentence != sentence:
                return None
            if told.explicit and told.days[1] - told.days[0] < timedelta(31):
                return told.days[0].year
        return None

    def year_of(self, month: int, day: int) -> int | None:
        """The year that the text has already given this very day, among the last SAME_DAY_BACK times."""
        for told in reversed(self.told[-SAME_DAY_BACK:]):
            if told.explicit and told.days[0] == told.days[1] and told.value[5:10] == f"{month:02d}-{day:02d}":
                return told.days[0].year
        return None


def evaluate(
    meaning: Meaning, narrative: Narrative, sentence: int, direction: Direction, dated_event: date | None = None
) -> tuple[TimeType, str | None]:
    """The type and value of one expression; the value is None where the text and the date do not settle it."""
    try:
        if isinstance(meaning, Fixed):
            return meaning.type, meaning.value
        if isinstance(meaning, DayPart):
            told = narrative.last(sentence, 1, DAY_PART_REACH)
            # Agencies give the hour of a time zone in the news of the day.
            day = told.days[0] if told else (narrative.published if meaning.zoned and not narrative.told else None)
            return "TIME", f"{day.isoformat()}T{meaning.day_part}" if day else None
        if isinstance(meaning, Shift):
            return _shift(meaning, narrative, sentence, direction, dated_event)
        return _calendar(meaning, narrative, sentence, direction)
    except (OverflowError, ValueError):
        return "DATE", None


def _with_part(value: str | None, part: str) -> tuple[TimeType, str | None]:
    if not part:
        return "DATE", value
    return "TIME", f"{value}T{part}" if value is not None else None


def _shift(
    meaning: Shift, narrative: Narrative, sentence: int, direction: Direction, dated_event: date | None
) -> tuple[TimeType, str | None]:
    if meaning.overnight:
        told = narrative.last(sentence, 1) if narrative.published is None else None
        day = told.days[0] if told else narrative.published
        return "TIME", f"{(day - timedelta(1)).isoformat()}TNI" if day else None
    if meaning.period:
        told_year = (
            narrative.published.year + meaning.count if narrative.published and meaning.base == "published" else None
        )
        if like := _like_period(narrative, sentence, meaning.count, told_year):
            return "DATE", like
    if meaning.unit == "period":
        return "DATE", shifted(narrative.published, "quarter", -1) if narrative.published else None
    if meaning.origin is not None or meaning.event or meaning.base == "narrative":
        start = _start(meaning, narrative, sentence, direction, dated_event)
        if start is None and meaning.period:
            start = narrative.published
        if start is None and meaning.counted:
            return "DURATION", duration(abs(meaning.count), meaning.unit)
        if start is None:
            return ("TIME" if meaning.day_part else "DATE"), None
        return _with_part(shifted(start, meaning.unit, meaning.count), meaning.day_part)
    if narrative.published is None:
        return ("TIME" if meaning.day_part else "DATE"), None
    return _with_part(shifted(narrative.published, meaning.unit, meaning.count), meaning.day_part)


def rolled(published: date, unit: str, count: int) -> Interval | None:
    """The days of "the past week", "the coming year": so long up to publication, or from it on."""
    if unit in ("day", "week", "fortnight"):
        far = published + timedelta(count * int(_GRAIN[unit]))
    else:
        months = 12 * published.year + published.month - 1 + count * _MONTHS.get(unit, 0)
        whole = interval(f"{months // 12:04d}-{months % 12 + 1:02d}")
        if not whole or unit not in _MONTHS:
            return None
        far = min(whole[0] + timedelta(published.day - 1), whole[1])
    return (far, published) if count < 0 else (published, far)


def _start(
    meaning: Shift, narrative: Narrative, sentence: int, direction: Direction, dated_event: date | None
) -> date | None:
    if meaning.origin is not None:
        days = interval(_calendar(meaning.origin, narrative, sentence, direction)[1] or "")
        return days[0] if days else None
    if meaning.counted:
        return dated_event
    told = narrative.last(sentence, _GRAIN[meaning.unit])
    return told.days[0] if told else None


def _like_period(narrative: Narrative, sentence: int, count: int, year: int | None = None) -> str | None:
    """The same quarter or half of an earlier year, where the text tells of one: "a year ago" compares like things.

    A month counts only where it stands in the sentence or the one before.
    """
    for told in reversed(narrative.told[-8:]):
        if sentence - told.sentence > NARRATIVE_REACH:
            return None
        month = told.value[4:5] == "-" and len(told.value) == 7 and sentence - told.sentence <= 1
        if (month or told.value[4:6] in ("-Q", "-H")) and not told.compared and "/" not in told.value:
            return f"{year or int(told.value[:4]) + count:04d}{told.value[4:]}"
    return None


def shifted(start: date, unit: str, count: int) -> str | None:
    """The day, week, month ... so many units from the one that holds `start`, as a TIMEX3 value."""
    if unit == "day":
        return (start + timedelta(count)).isoformat()
    if unit in ("week", "fortnight", "weekend"):
        year, week, _ = (start + timedelta(7 * count * (2 if unit == "fortnight" else 1))).isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
    months = 12 * start.year + start.month - 1
    if unit == "month":
        return f"{(months + count) // 12:04d}-{(months + count) % 12 + 1:02d}"
    if unit == "quarter":
        quarters = months // 3 + count
        return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
    if unit == "year":
        return f"{start.year + count:04d}"
    if unit == "decade":
        return f"{start.year // 10 + count:03d}"
    return f"{start.year // 100 + count:02d}" if unit == "century" else None


def _calendar(
    meaning: Calendar, narrative: Narrative, sentence: int, direction: Direction
) -> tuple[TimeType, str | None]:
    if meaning.period and (like := _like_period(narrative, sentence, 0, meaning.year)):
        return "DATE", like
    if meaning.before_christ:
        return "DATE", f"BC{meaning.year:04d}"
    if meaning.decade is not None:
        return "DATE", f"{meaning.decade:03d}"
    if meaning.century is not None:
        return "DATE", f"{meaning.century - 1:02d}" if 0 < meaning.century <= 30 else None
    if meaning.weekday and not meaning.month:
        day = _weekday(meaning, narrative, sentence, direction)
        if meaning.weekend:
            return "DATE", shifted(date.fromisoformat(day), "weekend", 0) if day else None
        return _with_part(day, meaning.day_part)
    if meaning.holiday and meaning.holiday in moon_feasts():
        return "DATE", _moon_feast(meaning, narrative.published, direction)
    if meaning.day and not meaning.month and not meaning.year:
        return "DATE", _day_of_month(meaning.day, narrative.published, direction)
    year = _year(meaning, narrative, sentence, direction)
    written = _written(meaning, year)
    if written is not None and meaning.week:
        days = interval(written)
        return "DATE", shifted(days[0], "week", 0) if days else None
    if written is not None and meaning.day and year is not None and interval(written) is None:
        written = None
    return _with_part(written, meaning.day_part)


def _moon_feast(meaning: Calendar, published: date | None, direction: Direction) -> str | None:
    """A feast of the Islamic calendar: that of its year, else the one that tense and publication date point to."""
    feasts = moon_feasts()[meaning.holiday]
    if meaning.year is not None:
        chosen = [days for days in feasts if days[0].year == meaning.year][:1]
    elif published is None:
        return None
    elif direction == "future" or meaning.which == "next":
        chosen = [days for days in feasts if days[1] >= published][:1]
    else:
        ends = 1 if meaning.which == "last" else 0
        near = 0 if direction or meaning.which else FAR_AHEAD
        chosen = [days for days in feasts if days[ends] <= published + timedelta(near)][-1:]
    if not chosen:
        return None
    first, last = chosen[0]
    if meaning.day:
        day = first + timedelta(meaning.day - 1)
        return day.isoformat() if day <= last else None
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def _day_of_month(day: int, published: date | None, direction: Direction) -> str | None:
    """ "The 15th": the last such day, or the next where the verb points ahead."""
    if published is None:
        return None
    months = 12 * published.year + published.month - 1
    for month in range(months, months + 3) if direction == "future" else range(months, months - 3, -1):
        value = f"{month // 12:04d}-{month % 12 + 1:02d}-{day:02d}"
        days = interval(value)
        if days and (days[0] >= published if direction == "future" else days[0] <= published):
            return value
    return None


def _written(meaning: Calendar, year: int | None) -> str | None:
    """The parts of a date as TIMEX3 writes them, XXXX for an unknown year."""
    if year is not None and not 1 <= year <= 2199:
        return None
    shown = "XXXX" if year is None else f"{year:04d}"
    if meaning.holiday:
        if meaning.holiday == "easter_week":
            return shifted(easter(year), "week", 0) if year else None
        day = holiday(meaning.holiday, year) if year else None
        return day.isoformat() if day else None
    if meaning.month:
        if not 1 <= meaning.month <= 12 or (meaning.day is not None and not 1 <= meaning.day <= 31):
            return None
        return f"{shown}-{meaning.month:02d}" + (f"-{meaning.day:02d}" if meaning.day else "")
    if meaning.season:
        return f"{shown}-{meaning.season}"
    if meaning.quarter:
        return f"{shown}-Q{meaning.quarter}"
    if meaning.half:
        return f"{shown}-H{meaning.half}"
    return shown if year is not None else None


def _year(meaning: Calendar, narrative: Narrative, sentence: int, direction: Direction) -> int | None:
    """The year written, or that of the period it stands in, or the one that tense and publication date point to."""
    if meaning.year is not None:
        return meaning.year
    if meaning.within is not None:
        value = _shift(meaning.within, narrative, sentence, direction, None)[1]
        return int(value[:4]) if value and value[:4].isdigit() else None
    published = narrative.published
    if meaning.month and meaning.day and not meaning.which and (year := narrative.year_of(meaning.month, meaning.day)):
        return year
    year = narrative.year_in(sentence) if not meaning.which and direction != "future" else None
    if year and (published is None or year < published.year):
        return year
    if published is None:
        return None
    spans = {
        year: days
        for year in (published.year - 1, published.year, published.year + 1)
        if (days := interval(_written(meaning, year) or ""))
    }
    if not spans:
        return published.year
    past = [year for year, days in spans.items() if days[0] <= published]
    ahead = [year for year, days in spans.items() if days[1] >= published]
    if meaning.which == "this":
        return published.year
    if meaning.which == "last":
        past = [year for year, days in spans.items() if days[1] < published]
        return past[-1] if past else None
    if meaning.which == "next":
        ahead = [year for year, days in spans.items() if days[0] > published]
        return ahead[0] if ahead else None
    if meaning.weekday and meaning.day:
        right = [year for year, days in spans.items() if days[0].isoweekday() == meaning.weekday]
        if right:
            return min(right, key=lambda year: abs((spans[year][0] - published).days))
    farthest = NEXT_QUARTER_MOST if meaning.quarter else NEXT_YEAR_MOST
    if direction == "future" and ahead and (spans[ahead[0]][0] - published).days <= farthest:
        return ahead[0]
    if meaning.day and ahead and (spans[ahead[0]][0] - published).days <= FAR_AHEAD:
        long_past = not past or (published - spans[past[-1]][0]).days > NEXT_YEAR_MOST
        if not direction or long_past:
            return ahead[0]
    return past[-1] if past else None


def _weekday(meaning: Calendar, narrative: Narrative, sentence: int, direction: Direction) -> str | None:
    assert meaning.weekday is not None
    base = narrative.published
    if meaning.within is not None:
        value = _shift(meaning.within, narrative, sentence, direction, None)[1]
        days = interval(value or "")
        return (days[0] + timedelta(meaning.weekday - 1)).isoformat() if days else None
    if meaning.base == "narrative":
        told = narrative.last(sentence, 7)
        base = told.days[0] if told else None
    if base is None:
        return None
    back = (base.isoweekday() - meaning.weekday) % 7
    if meaning.which == "last":
        return (base - timedelta(back or 7)).isoformat()
    if meaning.which == "next":
        return (base + timedelta(7 - back)).isoformat()
    if direction == "future" or (meaning.which == "this" and direction != "past" and meaning.base == "published"):
        return (base + timedelta((7 - back) % 7)).isoformat()
    return (base - timedelta(back)).isoformat()
