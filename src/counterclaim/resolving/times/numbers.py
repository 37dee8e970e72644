"""Amounts in time expressions: "two and a half years" as P2.5Y, "several weeks" as PXW."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.resolving.times.words import NUMBERS

_UNIT_CODES = {
    "second": ("T", "S", 1.0),
    "minute": ("T", "M", 1.0),
    "hour": ("T", "H", 1.0),
    "day": ("", "D", 1.0),
    "night": ("", "D", 1.0),
    "weekend": ("", "D", 2.0),
    "week": ("", "W", 1.0),
    "fortnight": ("", "W", 2.0),
    "month": ("", "M", 1.0),
    "quarter": ("", "Q", 1.0),
    "year": ("", "Y", 1.0),
    "decade": ("", "Y", 10.0),
    "century": ("", "Y", 100.0),
    "millennium": ("", "Y", 1000.0),
}
"""TIMEX3 unit of each word: after a T or not, the letter, and how many of them; TimeBank writes decades in years."""
_VAGUE_CODES = {"decade": "PXDE", "century": "PXCE", "millennium": "PXML"}
"""Unnumbered decades and longer, with the unit letters of TIMEX2 that TIMEX3 keeps."""
_FRACTIONS = {"1/2": 0.5, "1/4": 0.25, "3/4": 0.75, "half": 0.5}
_HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y", "minute": "PT30S"}
_PLAIN = re.compile(r"P(T?)([0-9]+)([YMWDHS])$")
_ORDER = ("Y", "M", "W", "D", "TH", "TM", "TS")
_LARGEST = 100_000
"""More of any unit than this is no duration a report means."""


def amount(words: Sequence[str]) -> float | None:
    """The number that words or digits say; None for "several" and the like, and for what is no number.

    "twenty four" 24, "two hundred" 200, "a dozen" 12, "two and a half" 2.5, "5 1/2" 5.5, "a couple of" 2.
    """
    if "few" in words or "several" in words or "many" in words:
        return None
    if "couple" in words:
        return 2.0
    total, seen = 0.0, False
    if words[:2] == ["half", "a"] and len(words) > 2:
        rest = amount(words[1:])
        return rest / 2 if rest else None
    for index, word in enumerate(words):
        if word in _FRACTIONS:
            total += _FRACTIONS[word]
        elif word in NUMBERS:
            value = NUMBERS[word]
            total = max(total, 1.0) * value if value in (12, 100, 1000) else total + value
        elif word[0].isdigit():
            digits = word.replace(",", "")
            if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,3})?", digits) or seen:
                return None
            total += float(digits)
        elif word in {"a", "an", "another"} and index == 0 and len(words) == 1:
            total = 1.0
        else:
            continue
        seen = True
    return total if seen and 0 < total <= _LARGEST else None


def compound(left: str, right: str) -> str | None:
    """ "P1Y" and "P2M" as P1Y2M; None where the second is not of a smaller unit."""
    a, b = _PLAIN.match(left), _PLAIN.match(right)
    if not a or not b or _ORDER.index(a[1] + a[3]) >= _ORDER.index(b[1] + b[3]):
        return None
    return left + ("" if a[1] == b[1] else "T") + b[2] + b[3]


def with_number(number: float, value: str) -> str | None:
    """The duration that has another number: 2 and P6D make P2D."""
    plain = _PLAIN.match(value)
    return f"P{plain[1]}{number:g}{plain[3]}" if plain and number < float(plain[2]) else None


def duration(number: float | None, unit: str) -> str:
    """The TIMEX3 value of so many units; an unknown number is X, half an hour is PT30M."""
    prefix, letter, times = _UNIT_CODES[unit]
    if number is None:
        return _VAGUE_CODES.get(unit, f"P{prefix}X{letter}")
    if number == 0.5 and unit in _HALVES:
        return _HALVES[unit]
    whole, rest = divmod(number * times, 1)
    if unit == "hour" and rest:
        return f"PT{int(whole)}H{round(rest * 60)}M"
    return (
        f"P{prefix}{number * times:g}{letter}"
        if number * times < _LARGEST
        else f"P{prefix}{int(number * times)}{letter}"
    )
