"""What a time expression says before anybody asks when it was said: the parts it names, or how far it is from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from counterclaim.records import TimeType

Which = Literal["", "last", "next", "this"]
Base = Literal["published", "narrative"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Parts of the calendar as written: "Tuesday", "13 September", "last May", "the third quarter of 2019".

    `season` is SP, SU, FA or WI; `decade` 199 for the 1990s; `century` 20 for the twentieth. `within` is the longer
    period that holds the parts ("July *last year*"). `day_part` is what TIMEX3 writes after the T: NI, MO, 19:00.
    `week` is true of "the week of March 6", `weekend` of "the weekend", `period` of "the 1988 period", which takes the
    length of the period told of.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str = ""
    quarter: int | None = None
    half: int | None = None
    decade: int | None = None
    century: int | None = None
    holiday: str = ""
    which: Which = ""
    base: Base = "published"
    within: Shift | None = None
    day_part: str = ""
    before_christ: bool = False
    week: bool = False
    weekend: bool = False
    period: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from a base: "yesterday" is -1 day from publication, "the next day" +1 day in the narrative.

    `counted` is true of "three days after" something; `event` is the noun of what is counted from ("the *truce*"), ""
    where nothing is named, and `origin` the date that follows ("two days after *12 May*"). `period` is true of "a year
    earlier", which takes the length of the period told of; `overnight` of the night before publication; `rolling` of
    "in the past week", whose value is the week before and whose days are the seven up to publication.
    """

    unit: str
    count: int
    base: Base = "published"
    day_part: str = ""
    event: str = ""
    period: bool = False
    counted: bool = False
    origin: Calendar | None = None
    overnight: bool = False
    rolling: bool = False


@dataclass(frozen=True, slots=True)
class DayPart:
    """A time of day with no day of its own: "at 19:00", "in the evening"; `zoned` of "at 1700 GMT"."""

    day_part: str
    definite: bool = False
    zoned: bool = False


@dataclass(frozen=True, slots=True)
class Fixed:
    """An expression whose value needs no date: durations, sets, "now", "recently"."""

    type: TimeType
    value: str


Meaning = Calendar | Shift | DayPart | Fixed


@dataclass(frozen=True, slots=True)
class Mention:
    """A time expression found: tokens `[first, last)`, what it means, and by which rule."""

    first: int
    last: int
    meaning: Meaning
    rule: str = ""
