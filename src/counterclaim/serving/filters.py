"""What a reader asks for: one record, the same in the address of a page, of the API and of an export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Self
from urllib.parse import urlencode

from counterclaim.errors import UsageError
from counterclaim.records import Record

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class IncidentFilter(Record, frozen=True, kw_only=True):
    """Which incidents; "" or None sets no condition. Dates are ISO days, both ends included.

    `actor`, `place`, `source` match a part of a name, whatever its case; `country` is ISO 3166-1 alpha-2; `act` a
    PLOVER type, or an ACLED sub-event type; `bbox` west, south, east, north in degrees, for incidents whose place is
    known to the district at least; `least` the least number killed by the best estimate; `certain` leaves out what is
    contested or graded below Fair.
    """

    q: str = ""
    actor: str = ""
    place: str = ""
    country: str = ""
    act: str = ""
    harm: str = ""
    source: str = ""
    grade: str = ""
    since: str = ""
    until: str = ""
    least: int | None = None
    certain: bool = False
    bbox: tuple[float, float, float, float] | None = None
    as_of: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Self:
        """Read the parameters of an address. Raises UsageError that names the parameter that is wrong."""
        given: dict[str, object] = {}
        for name in ("q", "actor", "place", "country", "act", "harm", "source", "grade"):
            value = " ".join(query.get(name, "").split())
            if len(value) > 200:
                raise UsageError(f"{name}: at most 200 characters")
            if "\0" in value:
                raise UsageError(f"{name}: not a text")
            given[name] = value
        for name in ("since", "until"):
            given[name] = _day(name, query.get(name, "").strip())
        given["as_of"] = _moment(query.get("as_of", "").strip())
        given["certain"] = query.get("certain", "") in {"1", "true", "yes", "on"}
        given["least"] = _number(query.get("least", "").strip())
        given["bbox"] = read_box("bbox", query.get("bbox", "").strip())
        return cls(**given)  # type: ignore[arg-type]

    def to_query(self, **changed: object) -> str:
        """The address parameters that give this filter again, with some changed; "" where nothing is asked."""
        values = {name: getattr(self, name) for name in self.__struct_fields__} | changed
        kept = {}
        for name, value in values.items():
            if value is None or value is False or value == "":
                continue
            kept[name] = ",".join(f"{v:.9g}" for v in value) if isinstance(value, tuple) else str(value)
            if value is True:
                kept[name] = "1"
        return urlencode(kept)


def _day(name: str, value: str) -> str:
    if value and not (_DAY.fullmatch(value) and _is_date(value)):
        raise UsageError(f"{name}: give a day as YYYY-MM-DD")
    return value


def _moment(value: str) -> str:
    if value and not _is_date(value):
        raise UsageError("as_of: give a day or a time as 2022-09-14 or 2022-09-14T12:00")
    return value


def _is_date(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _number(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise UsageError("least: give a number of persons")
    return int(value)


def read_box(name: str, value: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north in degrees; None for "". Raises UsageError that names the parameter."""
    if not value:
        return None
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        raise UsageError(f"{name}: give west,south,east,north in degrees") from None
    if not (-90 <= south <= north <= 90 and -540 <= west <= east <= 540):
        raise UsageError(f"{name}: give west,south,east,north in degrees")
    return west, south, east, north
