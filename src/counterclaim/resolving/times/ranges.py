"""Two dates that bound one stretch: "between 10 and 12 May", "from March to June 2020" as a single time."""

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
    """The times with each pair that bounds a stretch made one, valued as an ISO 8601 interval, first/last."""
    merged: list[Time] = []
    for time in times:
        if merged and (whole := _whole(merged[-1], time, text)) is not None:
            merged[-1] = whole
        else:
            merged.append(time)
    return merged


def _whole(left: Time, right: Time, text: str) -> Time | None:
    if right.start - left.end > _LONGEST_GAP or not (left.from_ and left.to and right.from_ and right.to):
        return None
    if not left.value or not right.value or "/" in left.value + right.value or left.type != right.type != "SET":
        return None
    link = text[left.end : right.start].strip().lower()
    if link == "and":
        before = text[max(0, left.start - 9) : left.start].lower()
        if not before.rstrip().endswith("between"):
            return None
    elif link not in _JOINS:
        return None
    first, last = date.fromisoformat(left.from_), date.fromisoformat(right.to)
    if first > date.fromisoformat(right.from_) or last < date.fromisoformat(left.to):
        return None
    return msgspec.structs.replace(
        left,
        end=right.end,
        text=text[left.start : right.end],
        value=f"{left.value}/{right.value}",
        to=right.to,
        precision=precision(first, last),
    )
