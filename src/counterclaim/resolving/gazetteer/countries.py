"""States and territories: names, demonyms, capitals, seats of government. Reads `data/countries.tsv`.

Codes, names, capitals and neighbours are those of GeoNames (CC BY 4.0), mended where they lag behind. Coordinates are
the customary round ones of the middle (World Factbook, GeoNames); for scattered islands those of the one where most
people live; none for the outlying islands of the United States. Demonyms, other names, older spellings of capitals
(after a semicolon) and seats of government are this project's own list.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources

from counterclaim.errors import DataError
from counterclaim.resolving.gazetteer.names import name_key

FORMER = {
    "RU": ("Soviet",),
    "VN": ("South Vietnamese", "North Vietnamese"),
    "DE": ("East German", "West German"),
    "YE": ("South Yemeni", "North Yemeni"),
    "ZW": ("Rhodesian",),
    "BF": ("Upper Voltan",),
    "BJ": ("Dahomeyan",),
    "TZ": ("Tanganyikan",),
}
"""What the people and things of states were called that are gone, under the state that holds their capital or their
ground today, as the table's other names have it. States parted since (Yugoslavia, Czechoslovakia) are regions."""

COLUMNS = (
    "iso2",
    "iso3",
    "name",
    "geonames_id",
    "lat",
    "lon",
    "population",
    "capital",
    "demonyms",
    "aliases",
    "seats",
    "neighbours",
)


@dataclass(frozen=True, slots=True)
class Country:
    """One state or territory with an ISO 3166-1 code (XK: Kosovo). `lat`/`lon` in WGS84 degrees, None where unknown."""

    iso2: str
    iso3: str
    name: str
    geonames_id: int
    lat: float | None
    lon: float | None
    population: int
    capital: str
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]
    seats: tuple[str, ...]
    neighbours: tuple[str, ...]
    capital_spellings: tuple[str, ...] = ()


class CountryTable:
    """Countries by code, name, demonym and seat of government. Keys are made by `name_key`."""

    def __init__(self, text: str) -> None:
        """From the text of a countries table. Raises DataError where a line is not what the header says."""
        lines = text.splitlines()
        if not lines or tuple(lines[0].split("\t")) != COLUMNS:
            raise DataError("the table of countries has the wrong columns: reinstall the package")
        self.countries: dict[str, Country] = {}
        for number, line in enumerate(lines[1:], start=2):
            try:
                country = _read(line.split("\t"))
            except (ValueError, TypeError) as error:
                raise DataError(f"line {number} of the table of countries: {error}") from error
            self.countries[country.iso2] = country
        self._by_name: dict[str, str] = {}
        self._by_demonym: dict[str, str] = {}
        self._by_seat: dict[str, str] = {}
        self._other_seats: set[str] = set()
        for iso2, country in self.countries.items():
            for name in (country.name, *country.aliases):
                self._by_name.setdefault(name_key(name), iso2)
            for demonym in (*country.demonyms, *FORMER.get(iso2, ())):
                self._by_demonym.setdefault(name_key(demonym), iso2)
            for seat in (country.capital, *country.capital_spellings, *country.seats):
                if seat:
                    self._by_seat.setdefault(name_key(seat), iso2)
            self._other_seats.update(name_key(seat) for seat in country.seats if seat != country.capital)

    @classmethod
    def shipped(cls) -> CountryTable:
        """The table inside the package."""
        try:
            return cls(resources.files("counterclaim.data").joinpath("countries.tsv").read_text("utf-8"))
        except OSError as error:
            raise DataError(f"the table of countries is missing ({error}): reinstall the package") from error

    def by_name(self, name: str) -> str | None:
        """ISO2 of the country of this name or abbreviation ("Armenia", "the U.S.", "DRC"); None where there is none."""
        bare = _bare(name)
        if len(bare) <= 4 and bare.islower():  # "us" and "car" are words, "US" and "CAR" are not
            return None
        return self._by_name.get(name_key(bare))

    def by_demonym(self, word: str) -> str | None:
        """ISO2 of the country whose people or things are called so ("Armenian", "Azeris", "South Sudanese")."""
        bare = _bare(word)
        if bare[:1].islower():  # "polish" and "pole" are words
            return None
        key = name_key(bare)
        return self._by_demonym.get(key) or (self._by_demonym.get(key[:-1]) if key.endswith("s") else None)

    def by_seat(self, name: str) -> str | None:
        """ISO2 of the country for whose government this capital or seat may stand ("Moscow", "Kremlin")."""
        return self._by_seat.get(name_key(_bare(name)))

    def by_other_seat(self, name: str) -> bool:
        """True for a seat of government that is no town: "Kremlin", "White House"."""
        return name_key(name) in self._other_seats


def _bare(name: str) -> str:
    """The name without a leading article and a closing possessive."""
    stripped = name.strip()
    if stripped[-2:].lower() in ("'s", "’s"):
        stripped = stripped[:-2]
    return stripped[4:] if stripped[:4].lower() == "the " else stripped


def _read(fields: list[str]) -> Country:
    iso2, iso3, name, geonames_id, lat, lon, population, capitals, *lists = fields
    capital, *spellings = capitals.split(";")
    demonyms, aliases, seats, neighbours = (tuple(part for part in field.split(";") if part) for field in lists)
    return Country(
        iso2=iso2,
        iso3=iso3,
        name=name,
        geonames_id=int(geonames_id),
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population),
        capital=capital,
        demonyms=demonyms,
        aliases=aliases,
        seats=seats,
        neighbours=neighbours,
        capital_spellings=tuple(spellings),
    )
