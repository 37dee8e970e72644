"""Two dates that bound one stretch, "between 10 and 12 May", "from March to June 2020": each knows the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from counterclaim.records import Time
from counterclaim.resolving.times.intervals import precision

_JOINS = frozenset(("-", "–", "—", "to", "until", "till", "through"))
_LONGEST_GAP = 12
"""Characters between the two ends at most: enough for " through "."""


def spanned(times: Sequence[Time], text: str) -> list[Time]:
    """The times with the days of the whole stretch given to both of its ends.

    Spans and values stay those of the ends, as TIMEX3 has it; `from_`, `to` and `precision` are the stretch's.
    """
    whole = list(times)
    for index in range(len(whole) - 1):
        left, right = whole[index], whole[index + 1]
        if _bounds(left, right, text):
            days = precision(date.fromisoformat(left.from_ or ""), date.fromisoformat(right.to or ""))
            whole[index] = msgspec.structs.replace(left, to=right.to, precision=days)
            whole[index + 1] = msgspec.structs.replace(right, from_=left.from_, precision=days)
    return whole


def _bounds(left: Time, right: Time, text: str) -> bool:
    """Whether two neighbours are the first and the last day of one stretch."""
    if right.start - left.end > _LONGEST_GAP or not (left.from_ and left.to and right.from_ and right.to):
        return False
    if "SET" in (left.type, right.type) or left.from_ > right.from_ or left.to > right.to:
        return False
    link = text[left.end : right.start].strip().lower()
    if link == "and":
        return text[max(0, left.start - 9) : left.start].lower().rstrip().endswith("between")
    return link in _JOINS
