"""The gazetteer: names to places, read in place from one mapped file. Settlements, divisions, states, regions, waters.

    gazetteer = Gazetteer.open()
    gazetteer.lookup("Vardenis")           # (<Entry Vardenis, Gegharkunik, AM ...>, ...), the likeliest first
    gazetteer.country_of_name("Azeri")     # "AZ"
    gazetteer.names_at(text, words, 0)     # names that begin with the first word of a text

The shipped file is built by `gazetteer.build` from GeoNames (CC BY 4.0), Natural Earth and the project's tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from math import log10
from pathlib import Path
from typing import Literal, NamedTuple

from counterclaim.resolving.gazetteer import format as layout
from counterclaim.resolving.gazetteer.countries import Country, CountryTable
from counterclaim.resolving.gazetteer.format import GazetteerFile
from counterclaim.resolving.gazetteer.names import name_key

Kind = Literal["settlement", "admin1", "admin2", "country", "region", "water"]
MAX_WORDS = 6
"""Longest name looked for in a text; of the names in GeoNames cities500 all but 0.1 % have fewer words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. `lat`/`lon` WGS84 degrees, `where_prec` UCDP 1-7, `population` 0 where unknown; `number` in the file.

    A country, region or water that lies in no single state has `country` None. `admin1_number` and `admin2_number` are
    the entries of the divisions it lies in; a division is its own.
    """

    number: int
    geonames_id: int | None
    name: str
    kind: Kind
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    admin2: str | None
    admin1_number: int | None
    admin2_number: int | None
    population: int
    where_prec: int

    def __repr__(self) -> str:
        where = ", ".join(part for part in (self.name, self.admin2, self.admin1, self.country) if part)
        return f"<Entry {self.number} {self.kind} {where} {self.lat:.2f},{self.lon:.2f} pop {self.population:,}>"


class Bearer(NamedTuple):
    """An entry that bears a name: as its main name, as one of its others, or as the one the name mostly means."""

    entry: Entry
    how: Literal["preferred", "main", "other"]


_PROMINENCE_OF_KIND = {"country": 10.0, "water": 7.0, "region": 6.5}
_PROMINENCE_LOST = {"settlement": 0.0, "admin1": 1.0, "admin2": 1.5}
_PROMINENCE_OF_BEARING = {"preferred": 2.0, "main": 0.0, "other": -1.0}


def prominence(bearer: Bearer) -> float:
    """How likely a bare name means this bearer, in powers of ten of people; set by hand.

    A city comes before the division named after it ("Aleppo"), whose people are at most some times more; a state,
    region or sea before any city; a main name before another place's other name ("Goris" is also one for Gori).
    """
    entry = bearer.entry
    known = _PROMINENCE_OF_KIND.get(entry.kind)
    weight = log10(entry.population + 10) - _PROMINENCE_LOST[entry.kind] if known is None else known
    return weight + _PROMINENCE_OF_BEARING[bearer.how]


class Found(NamedTuple):
    """A name of the gazetteer in a text: units `[first, last)`, and the key it is stored under."""

    first: int
    last: int
    key: str


class Gazetteer:
    """Names to places. Holds a mapped file, so that opening costs no reading and processes share its memory."""

    def __init__(self, path: Path | None = None) -> None:
        """Map a gazetteer file, the shipped one by default. Raises DataError where it is missing or damaged."""
        self.path = path or Path(str(resources.files("counterclaim.data"))) / "gazetteer.bin"
        self._file = GazetteerFile(self.path)
        self._iso2 = list(self.countries.countries)

    @classmethod
    def open(cls, path: Path | None = None) -> Gazetteer:
        """The gazetteer of this path (None: the shipped one), opened once in a process. Raises DataError."""
        return _opened(path)

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return _opened, (self.path,)

    def __len__(self) -> int:
        return len(self._file)

    @property
    def version(self) -> str:
        """Stable name of the contents, made of their SHA-256."""
        return self._file.version

    def entry(self, number: int) -> Entry:
        """The place of this number. Raises IndexError where there is none."""
        columns = self._file.columns
        kind: Kind = layout.KINDS[columns["kind"][number]]
        first, second = columns["admin1"][number], columns["admin2"][number]
        if kind == "admin1":
            first = number
        elif kind == "admin2":
            second = number
        country = columns["country"][number]
        return Entry(
            number=number,
            geonames_id=columns["geonames_id"][number] or None,
            name=self._file.label(number),
            kind=kind,
            lat=columns["latitude"][number] / layout.SCALE,
            lon=columns["longitude"][number] / layout.SCALE,
            country=None if country == layout.NO_COUNTRY else self._iso2[country],
            admin1=None if first == layout.NONE else self._file.label(first),
            admin2=None if second == layout.NONE else self._file.label(second),
            admin1_number=None if first == layout.NONE else first,
            admin2_number=None if second == layout.NONE else second,
            population=columns["population"][number],
            where_prec=layout.PRECISION[kind],
        )

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """All places of this name in any spelling of its letters, the most prominent first; () for none."""
        return tuple(bearer.entry for bearer in self.bearers(name_key(name)))

    def bearers(self, key: str) -> list[Bearer]:
        """The places that bear the name of this key (see `name_key`), the most prominent first (see `prominence`).

        Places without coordinates are left out.
        """
        found = []
        for posting in self._file.find(key)[0]:
            number = posting & layout.ENTRY_MASK
            if self._file.columns["latitude"][number] == layout.NOWHERE:
                continue
            how: Literal["preferred", "main", "other"] = (
                "preferred" if posting & layout.PREFERRED else "other" if posting & layout.OTHER_NAME else "main"
            )
            found.append(Bearer(self.entry(number), how))
        return sorted(found, key=prominence, reverse=True)

    def knows(self, key: str) -> bool:
        """True where some place bears the name of this key."""
        return bool(self._file.find(key)[0])

    def names_at(self, text: str, units: Sequence[tuple[int, int]], first: int) -> list[Found]:
        """The names in `text` that begin with unit `first`, shortest first; `units` are spans of words, in text order.

        Words more than two characters apart, or parted by a line break, comma or bracket, are not one name.
        """
        found: list[Found] = []
        start = units[first][0]
        for last in range(first, min(first + MAX_WORDS, len(units))):
            if last > first and not _joins(text[units[last - 1][1] : units[last][0]]):
                break
            key = name_key(text[start : units[last][1]])
            postings, more = self._file.find(key)
            if postings:
                found.append(Found(first, last + 1, key))
            if not more:
                break
        return found

    @cached_property
    def countries(self) -> CountryTable:
        """All states and territories."""
        return CountryTable(self._file.text("countries"))

    @cached_property
    def _region_demonyms(self) -> dict[str, int]:
        lines = self._file.text("demonyms").splitlines()
        return {name_key(demonym): int(number) for demonym, _, number in (line.partition("\t") for line in lines)}

    def country(self, iso2: str) -> Country | None:
        """The country with this ISO 3166-1 alpha-2 code."""
        return self.countries.countries.get(iso2)

    def country_of_name(self, name: str) -> str | None:
        """ISO2 of a country named, abbreviated or as a demonym: "Armenia", "U.S.", "DRC", "Azeri", "Syrians"."""
        return self.countries.by_name(name) or self.countries.by_demonym(name)

    def demonym(self, word: str) -> str | None:
        """ISO2 of the country whose people or things are called so: "Armenian", "Azeris", "South Sudanese"."""
        return self.countries.by_demonym(word)

    def demonym_of_region(self, word: str) -> Entry | None:
        """The region or division whose people or things are called so: "Chechen", "Kurdish", "Darfuri", "Texans"."""
        key = name_key(word)
        number = self._region_demonyms.get(key, self._region_demonyms.get(key.removesuffix("s")))
        return None if number is None or word[:1].islower() else self.entry(number)

    def capital(self, iso2: str) -> str | None:
        """Name of the capital of a country."""
        country = self.country(iso2)
        return country.capital or None if country else None

    def country_of_seat(self, name: str) -> str | None:
        """ISO2 of the country for whose government a capital or seat may stand: "Moscow", "Kremlin", "White House"."""
        return self.countries.by_seat(name)


@lru_cache(maxsize=8)
def _opened(path: Path | None) -> Gazetteer:
    return Gazetteer(path)


def _joins(gap: str) -> bool:
    """True where what stands between two words may stand inside a name: "Deir ez-Zor", "St. Louis", "Val d’Isère"."""
    return len(gap) <= 2 and all(char in " -–.'’‘ʼ&/" or char == "\u00a0" for char in gap)
