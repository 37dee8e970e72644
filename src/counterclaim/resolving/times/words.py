"""The words of time: a text as tokens, each with the one-letter class that the grammar reads.

Most tokens of a report are none of these words and get a filler class, so that the grammar, regular expressions over
the string of classes, costs little and stays linear: every repetition in it is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple


def words(listed: str) -> tuple[str, ...]:
    """A word list, written as one text."""
    return tuple(listed.split())


MONTHS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
WEEKDAYS = (
    ("monday", "mon"),
    ("tuesday", "tue", "tues"),
    ("wednesday", "wed"),
    ("thursday", "thu", "thurs"),
    ("friday", "fri"),
    ("saturday", "sat"),
    ("sunday", "sun"),
)
MONTH_NUMBERS = MappingProxyType({name: number for number, names in enumerate(MONTHS, 1) for name in names})
WEEKDAY_NUMBERS = MappingProxyType({name: number for number, names in enumerate(WEEKDAYS, 1) for name in names})
SEASONS = MappingProxyType({"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"})
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
            "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
            "nineteenth", "twentieth")  # fmt: skip
_SMALL = words(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen"""
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: Mapping[str, int] = MappingProxyType(
    {word: value for value, word in enumerate(_SMALL)}
    | {word: 10 * tens for tens, word in enumerate(_TENS, 2)}
    | {"hundred": 100, "thousand": 1000, "dozen": 12}
)
UNITS: Mapping[str, str] = MappingProxyType(
    {
        "second": "second", "sec": "second", "minute": "minute", "min": "minute", "mins": "minute", "hour": "hour",
        "hr": "hour", "hrs": "hour", "day": "day", "night": "night", "week": "week", "weekend": "weekend",
        "fortnight": "fortnight", "month": "month", "quarter": "quarter", "year": "year", "decade": "decade",
        "century": "century", "centuries": "century", "millennia": "millennium",
    }
)  # fmt: skip
PARTS: Mapping[str, str] = MappingProxyType(
    {
        "morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF", "evening": "EV",
        "dusk": "EV", "sunset": "EV", "night": "NI", "nightfall": "NI", "noon": "12:00", "midday": "12:00",
        "midnight": "00:00",
    }
)  # fmt: skip
"""Parts of the day as TIMEX3 writes them after the T; noon and midnight are clock times."""

DECADES = MappingProxyType(
    {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8,
     "nineties": 9}
)  # fmt: skip

CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "last": "last past previous preceding",
        "next": "next coming upcoming",
        "following": "following",
        "this": "this these current",
        "latest": "latest",
        "same": "same corresponding comparable",
        "that": "that those",
        "the": "the",
        "a": "a an another",
        "some_of": "few several many couple",
        "about": "some about around nearly almost over roughly approximately exactly barely just under",
        "than": "than",
        "more": "more less fewer longer",
        "at": "at",
        "least": "least most",
        "early": "early late earlier later mid",
        "edge": "end start beginning middle close turn",
        "eve": "eve",
        "ago": "ago",
        "after": "after before",
        "since": "since",
        "in": "in during by within throughout",
        "on": "on",
        "of": "of",
        "to": "to until till through",
        "from": "from",
        "between": "between",
        "and": "and",
        "or": "or",
        "every": "every each",
        "per": "per",
        "half": "half",
        "hence": "hence",
        "straight": "straight consecutive further additional full entire long successive trading whole solid tense "
        "bloody",
        "today": "today tonight yesterday tomorrow overnight",
        "recent": "recent",
        "season": "spring summer autumn fall winter",
        "ordinal": " ".join(word for word in ORDINALS if word != "second"),
        "second": "second",
        "number": " ".join(word for word in NUMBERS if word not in ("hundred", "thousand", "dozen")),
        "many": "hundred thousand dozen",
        "unit": "minute min hour hr day week weekend fortnight month quarter year decade century sec",
        "units": "seconds minutes mins hours hrs days nights weeks weekends fortnights months quarters years decades "
        "centuries millennia",
        "part": "morning dawn daybreak sunrise afternoon evening dusk sunset nightfall noon midday midnight",
        "night": "night",
        "parts": "mornings afternoons evenings",
        "often": "daily weekly monthly hourly yearly nightly",
        "possible": "possible",
        "date": "date",
        "now": "now currently nowadays",
        "recently": "recently lately",
        "soon": "soon",
        "future": "future",
        "present": "present moment",
        "fiscal": "fiscal financial",
        "final": "final",
        "period": "period",
        "rate": "times once twice percent",
        "other": "other",
        "old": "old",
        "long": "yearlong monthlong weeklong daylong",
        "small": "small wee predawn",
        "near": "near immediate distant",
        "oclock": "clock",
        "o": "o",
        "ramadan": "ramadan ramadhan",
        "eid": "eid",
        "al": "al ul",
        "feast": "fitr adha",
        "named_day": "halloween nowruz labor memorial veterans valentine",
        "as": "as",
        "s": "s",
        "zone": "gmt utc cet est edt bst",
        "am_pm": "am pm",
        "local": "local",
        "time": "time",
        "so": "so",
        "decades": " ".join(DECADES),
        "good": "good",
        "boxing": "boxing",
        "christmas": "christmas xmas",
        "new": "new",
        "thanksgiving": "thanksgiving",
        "easter": "easter",
    }
)
"""The word lists that the grammar names, by name."""

SPECIAL = words(
    """month weak_month weekday weekday_short weekdays day_number day_ordinal year_number other_number date_number
    clock decade_number ordinal_number short_year quarter_code meridiem fraction clock_number will did hyphen comma
    stop apostrophe word name break mark open nine_eleven fiscal_code"""
)
"""Classes that are not plain word lists."""

LETTERS: Mapping[str, str] = MappingProxyType({name: chr(0x100 + i) for i, name in enumerate((*CLASSES, *SPECIAL))})
"""The letter each class has in the string that the grammar reads: past ASCII, so none is a mark of regexes."""

_WILL = words(
    """will would shall ll scheduled due expected expects plan plans planned planning hopes hope hoped be should going
    must payable effective upcoming"""
)
_DID = words(
    """said says told was were had has did came began left took went broke shot hit blew met held found made gave fell
    struck saw killed wounded died lost won fought fled sent kept became brought rose drove flew ran led put set cut
    spoke wrote sought caught bought thought sank"""
)
"""Verbs that put a sentence in the future, and common ones, besides all in -ed, that put it in the past."""

_TOKEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|Q[1-4](?![\w])|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\."
    r"|[12][0-9]{2}[1-9](?=['’]s\b)"
    r"|[0-9]+(?:[.,:/][0-9]+)*(?:['’]?[A-Za-z]+)?"
    r"|[ap]\.\s?m\b\.?|[AP]\.\s?M\b\.?"
    r"|(?<![\w'’])['’][0-9]{2}(?:s\b)?(?![\w])"
    r"|[^\W\d_]+"
    r"|\n[ \t\r]*\n|[^\w\s]"
)
_MARKS = {"-": "hyphen", "–": "hyphen", "‑": "hyphen", "—": "mark", ",": "comma", ".": "stop", "'": "apostrophe",
          "’": "apostrophe", "(": "open", "$": "word", "£": "word", "€": "word"}  # fmt: skip
_MERIDIEM = re.compile(r"([0-9]{1,2})(?:[:.]([0-5][0-9]))?([ap])m$")
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4])[:.]([0-5][0-9])(?::[0-5][0-9])?(h|hrs)?$|([01]?[0-9]|2[0-4])h([0-5][0-9])?$")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)$")
_DECADE = re.compile(r"([12][0-9]{2}|[2-9])0['’]?s$")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    r"|[0-9]{1,2}([/.])[0-9]{1,2}\1(?:[12][0-9])?[0-9]{2}$"
    r"|[12][0-9]{3}([/.])[0-9]{1,2}\2[0-9]{1,2}$"
)


class Word(NamedTuple):
    """A token: its span, its lower-case text, its class letter, and itself."""

    start: int
    end: int
    low: str
    kind: str
    text: str


@cache
def _table() -> dict[str, str]:
    table = dict.fromkeys(_WILL, LETTERS["will"]) | dict.fromkeys(_DID, LETTERS["did"])
    return table | {word: LETTERS[name] for name, listed in CLASSES.items() for word in listed.split()}


@cache
def _capitalised() -> dict[str, str]:
    """Words that are words of time only with a capital."""
    table: dict[str, str] = {}
    for names in MONTHS:
        for name in names:
            table[name] = LETTERS["month"]
    for name in ("may", "march", "mar", "dec", "jan", "jun", "sep", "august"):
        table[name] = LETTERS["weak_month"]
    for full, *short in WEEKDAYS:
        table[full] = LETTERS["weekday"]
        table[full + "s"] = LETTERS["weekdays"]
        for name in short:
            table[name] = LETTERS["weekday_short"]
    table["fy"] = LETTERS["fiscal_code"]
    for code in ("q1", "q2", "q3", "q4"):
        table[code] = LETTERS["quarter_code"]
    return table


def split(text: str) -> tuple[list[Word], str]:
    """The tokens of a text, and their classes as one string (a letter a token)."""
    tokens = []
    for match in _TOKEN.finditer(text):
        token = match.group()
        low, kind = _known(token) if len(token) <= _KEPT_LENGTH else _classed(token)
        tokens.append(Word(match.start(), match.end(), low, kind, token))
    return tokens, "".join([token.kind for token in tokens])


def _classed(token: str) -> tuple[str, str]:
    """A token in lower case, and its class letter."""
    low = token.lower()
    first = token[0]
    if first.isalpha():
        if first != low[0]:
            kind = _capitalised().get(low.rstrip(".")) or _table().get(low) or LETTERS["name"]
        else:
            kind = _table().get(low) or LETTERS["did" if low.endswith("ed") else "word"]
        if low[-1] in ".m" and low[0] in "ap" and low[1:2] == ".":
            kind = LETTERS["meridiem"]
    elif "0" <= first <= "9":
        kind = LETTERS[_number_class(low)]
    elif first == "\n":
        kind = LETTERS["break"]
    elif len(token) > 1:
        kind = LETTERS["decade_number" if low.endswith("s") else "short_year"]
    else:
        kind = LETTERS[_MARKS.get(token, "mark")]
    return low.rstrip(".") or low, kind


_known = lru_cache(maxsize=4096)(_classed)
_KEPT_LENGTH = 24
"""Characters of the longest token whose class is kept for the next text."""


def _number_class(token: str) -> str:
    """The class of a token that starts with a digit."""
    if token.isdigit():
        if len(token) == 4:
            if 1000 <= int(token) <= 2199:
                return "year_number"
            return "clock_number" if int(token) < 2400 and int(token) % 100 < 60 else "other_number"
        return "day_number" if len(token) <= 2 and 1 <= int(token) <= 31 else "other_number"
    if _ORDINAL.match(token):
        return "day_ordinal" if 1 <= int(token[:-2]) <= 31 else "ordinal_number"
    for pattern, name in ((_DECADE, "decade_number"), (_DATE, "date_number"), (_MERIDIEM, "clock"), (_CLOCK, "clock")):
        if pattern.match(token):
            return name
    if token in {"1/2", "1/4", "3/4"}:
        return "fraction"
    if token == "9/11":
        return "nine_eleven"
    return "other_number" if token.replace(",", "").replace(".", "").isdigit() else "word"


def clock_value(token: str, meridiem: str = "") -> str | None:
    """`10:30pm`, `19h00`, `7` + `pm` as `22:30`, `19:00`, `19:00`; None where there is no such time of day."""
    if match := _MERIDIEM.match(token):
        hour, minute, meridiem = int(match[1]), match[2] or "00", match[3]
    elif match := _CLOCK.match(token):
        hour, minute = int(match[1] or match[4]), match[2] or match[5] or "00"
    elif token.isdigit() and len(token) == 4:
        hour, minute = int(token[:2]), token[2:]
    elif token.isdigit() and len(token) <= 2:
        hour, minute = int(token), "00"
    else:
        return None
    if meridiem:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if meridiem[0] == "p" else 0)
    return (
        f"{hour:02d}:{minute}"
        if hour < 24 and int(minute) < 60
        else ("24:00" if hour == 24 and minute == "00" else None)
    )
