"""What filters, pictures and the order of rows look at: a few columns of every incident, in memory.

A hundred thousand incidents are some five megabytes, and a filter over them a few milliseconds; everything else of an
incident is read from the index only where it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int32]

_TYPES: Final = {
    "n": "i4",
    "day": "S10",
    "last_day": "S10",
    "country": "S2",
    "grade": "S10",
    "where_prec": "u1",
    "contested": "?",
    "best": "f8",
    "lat": "f8",
    "lon": "f8",
}
"""Column to its numpy type; unknown is "", 0 or not a number."""


class Fact(NamedTuple):
    """One incident's columns; `where_prec` 0 and `best`, `lat`, `lon` not a number where unknown."""

    n: int
    day: bytes
    last_day: bytes
    country: bytes
    grade: bytes
    where_prec: int
    contested: bool
    best: float
    lat: float
    lon: float


class Facts:
    """Columns over incidents in the order of rows: the newest first, the undated last. Shape of each: (incidents,)."""

    def __init__(self, columns: Mapping[str, npt.NDArray[Any]]) -> None:
        self._columns = columns
        self.n: npt.NDArray[np.int32] = columns["n"]
        self._at = np.zeros(len(self.n) + 1, np.int32)
        self._at[self.n] = np.arange(len(self.n), dtype=np.int32)

    @classmethod
    def packed(cls, facts: Sequence[Fact]) -> Iterator[tuple[str, bytes]]:
        """The columns of incidents given in any order, each as bytes."""
        ordered = sorted(facts, key=lambda fact: (fact.day, fact.n), reverse=True)
        for at, (name, kind) in enumerate(_TYPES.items()):
            yield name, np.array([fact[at] for fact in ordered], dtype=kind).tobytes()

    @classmethod
    def unpacked(cls, columns: Mapping[str, bytes]) -> Facts:
        """What `packed` gave."""
        return cls({name: np.frombuffer(columns[name], dtype=kind) for name, kind in _TYPES.items()})

    def __len__(self) -> int:
        return len(self.n)

    def column(self, name: str, at: Positions) -> npt.NDArray[Any]:
        """A column's values at some positions."""
        values: npt.NDArray[Any] = self._columns[name][at]
        return values

    def position(self, n: int) -> int:
        """Where the incident of a number stands. Raises IndexError where there is none."""
        if not 1 <= n <= len(self):
            raise IndexError(n)
        return int(self._at[n])

    def matching(
        self,
        *,
        members: Sequence[npt.NDArray[np.int32]] = (),
        country: str = "",
        grade: str = "",
        since: str = "",
        until: str = "",
        least: int | None = None,
        certain: bool = False,
        box: tuple[float, float, float, float] | None = None,
        pin: int = 0,
    ) -> Positions:
        """Positions of the incidents for which all holds that is asked, in the order of rows.

        `members`: sets of incident numbers, in each of which an incident must be; `box`: west, south, east, north in
        degrees, for incidents known as closely as `pin` (UCDP where_prec).
        """
        columns = self._columns
        mask = np.ones(len(self), np.bool_)
        for numbers in members:
            among = np.zeros(len(self) + 1, np.bool_)
            among[numbers] = True
            mask &= among[self.n]
        if country:
            mask &= columns["country"] == country.upper().encode("utf-8", "replace")
        if grade:
            mask &= columns["grade"] == grade.encode("utf-8", "replace")
        if since:
            mask &= columns["last_day"] >= since.encode()
        if until:
            mask &= (columns["day"] <= until.encode()) & (columns["day"] != b"")
        if least is not None:
            mask &= columns["best"] >= least
        if certain:
            mask &= np.isin(columns["grade"], [b"Confirmed", b"Fair"]) & ~columns["contested"]
        if box is not None:
            west, south, east, north = box
            mask &= (columns["lon"] >= west) & (columns["lon"] <= east)
            mask &= (columns["lat"] >= south) & (columns["lat"] <= north) & self._pinned(pin)
        return np.flatnonzero(mask).astype(np.int32)

    def _pinned(self, pin: int) -> npt.NDArray[np.bool_]:
        precision = self._columns["where_prec"]
        known: npt.NDArray[np.bool_] = (precision > 0) & (precision <= pin) & ~np.isnan(self._columns["lat"])
        return known

    def days(self, at: Positions) -> Iterator[tuple[str, int, int]]:
        """(day, incidents, killed by the best estimates) of the dated among them, in order of days."""
        at = at[self.column("day", at) != b""][::-1]
        days = self.column("day", at)
        if not len(days):
            return
        begins = np.concatenate(([0], np.flatnonzero(days[1:] != days[:-1]) + 1))
        killed = np.add.reduceat(np.nan_to_num(self.column("best", at)), begins)
        times = np.diff(np.append(begins, len(days)))
        for begin, count, dead in zip(begins, times, killed, strict=True):
            yield days[begin].decode(), int(count), int(dead)

    def countries(self, at: Positions, pin: int) -> Iterator[tuple[str, int, int, int]]:
        """(country, incidents, those not known as closely as `pin`, killed), those with the most incidents first."""
        at = at[self.column("country", at) != b""]
        codes, which = np.unique(self.column("country", at), return_inverse=True)
        times = np.bincount(which, minlength=len(codes))
        vague = np.bincount(which, ~self._pinned(pin)[at], minlength=len(codes))
        killed = np.bincount(which, np.nan_to_num(self.column("best", at)), minlength=len(codes))
        for code in np.argsort(-times, kind="stable"):
            yield codes[code].decode(), int(times[code]), int(vague[code]), int(killed[code])

    def cells(
        self, at: Positions, cell: float, pin: int, view: tuple[float, float, float, float] | None = None
    ) -> Iterator[tuple[float, float, int, int, int, int]]:
        """Incidents known as closely as `pin`, gathered over a grid of `cell` degrees: mean latitude and longitude, how
        many, killed, the least exact where_prec, the number of one. `view` (west, south, east, north) leaves out cells
        that lie outside.
        """
        at = at[self._pinned(pin)[at]]
        lat, lon = self.column("lat", at), self.column("lon", at)
        if view is not None:
            west, south, east, north = view
            near = (lon >= west - cell) & (lon <= east + cell) & (lat >= south - cell) & (lat <= north + cell)
            at, lat, lon = at[near], lat[near], lon[near]
        grid = np.floor((lat + 90) / cell) * 1e6 + np.floor((lon + 180) / cell)
        _, one, which, times = np.unique(grid, return_index=True, return_inverse=True, return_counts=True)
        killed = np.bincount(which, np.nan_to_num(self.column("best", at)), minlength=len(times))
        means = [np.bincount(which, values, minlength=len(times)) / times for values in (lat, lon)]
        worst = np.zeros(len(times), np.uint8)
        np.maximum.at(worst, which, self.column("where_prec", at))
        for number in range(len(times)):
            yield (
                float(means[0][number]),
                float(means[1][number]),
                int(times[number]),
                int(killed[number]),
                int(worst[number]),
                int(self.n[at[one[number]]]),
            )
