"""The shipped gazetteer finds the places reports of conflict name, and says so when its file is damaged."""

import pickle
import shutil
from pathlib import Path

import pytest

from counterclaim.errors import DataError
from counterclaim.resolving.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Vardenis", "settlement", "AM", 40.18, 45.73),
        ("Jermuk", "settlement", "AM", 39.84, 45.67),
        ("Goris", "settlement", "AM", 39.51, 46.34),
        ("Tatev", "settlement", "AM", 39.38, 46.25),
        ("Gegharkunik", "admin1", "AM", 40.4, 45.2),
        ("Brussels", "settlement", "BE", 50.85, 4.35),
        ("Nagorno-Karabakh", "region", "AZ", 39.82, 46.75),
        ("Artsakh", "region", "AZ", 39.82, 46.75),
        ("Stepanakert", "settlement", "AZ", 39.82, 46.75),
        ("Khankendi", "settlement", "AZ", 39.82, 46.75),
        ("Martakert", "settlement", "AZ", 40.21, 46.81),
        ("Robotyne", "settlement", "UA", 47.44, 35.84),
        ("Darfur", "region", "SD", 13.5, 24.5),
        ("Gaza", "admin1", "PS", 31.42, 34.36),
        ("U.S.", "country", "US", 39.8, -98.5),
        ("Red Sea", "water", None, 20.3, 38.7),
    ],
)
def test_a_name_leads_to_its_place(
    gazetteer: Gazetteer, name: str, kind: str, country: str | None, lat: float, lon: float
) -> None:
    first = gazetteer.lookup(name)[0]
    assert (first.kind, first.country) == (kind, country)
    assert abs(first.lat - lat) < 0.5
    assert abs(first.lon - lon) < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kyiv", "Kiev"),
        ("KHARKIV", "Kharkov"),
        ("Ar-Raqqah", "al-Raqqa"),
        ("St. Louis", "Saint Louis"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_lead_to_the_same_places(gazetteer: Gazetteer, one: str, other: str) -> None:
    settlements = [
        {place.number for place in gazetteer.lookup(name) if place.kind == "settlement"} for name in (one, other)
    ]
    assert settlements[0] & settlements[1]


def test_a_settlement_knows_its_divisions_and_its_precision(gazetteer: Gazetteer) -> None:
    place = gazetteer.lookup("Vardenis")[0]
    assert (place.admin1, place.where_prec, place.geonames_id) == ("Gegharkunik", 1, 616108)
    assert [gazetteer.lookup(name)[0].where_prec for name in ("Gegharkunik", "Darfur", "Armenia", "Black Sea")] == [
        4,
        5,
        6,
        7,
    ]


def test_a_listed_place_lies_in_its_own_division_though_the_next_town_is_in_another(gazetteer: Gazetteer) -> None:
    assert [gazetteer.lookup(name)[0].admin1 for name in ("Zummar", "Hazano")] == ["Nineveh", "Idlib"]


@pytest.mark.parametrize("name", ["", " ", "Qwxyzzy", "\n", "a\nb", "\ud800", "x" * 10_000, "🙂", "-"])
def test_an_unknown_name_leads_nowhere(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_every_country_is_found_by_its_name(gazetteer: Gazetteer) -> None:
    lost = [
        country.name
        for country in gazetteer.countries.countries.values()
        if country.lat is not None
        and not any(
            place.kind == "country" and place.country == country.iso2 for place in gazetteer.lookup(country.name)
        )
    ]
    assert lost == []


def test_every_stored_name_is_found_again(gazetteer: Gazetteer) -> None:
    file = gazetteer._file
    keys = bytes(file._keys).decode("utf-8", "replace").split("\n")[:-2]
    assert keys == sorted(keys, key=lambda key: key.encode())
    for key in keys[:: len(keys) // 500]:
        assert file.find(key)[0], key


def test_the_region_behind_a_demonym_is_known(gazetteer: Gazetteer) -> None:
    chechnya = gazetteer.demonym_of_region("Chechens")
    assert chechnya is not None
    assert (chechnya.name, chechnya.country) == ("Chechnya", "RU")
    assert gazetteer.demonym_of_region("Tuesday") is None


def test_one_gazetteer_a_process_whoever_opens_it() -> None:
    assert Gazetteer.open() is Gazetteer.open()
    assert pickle.loads(pickle.dumps(Gazetteer.open())).version == Gazetteer.open().version


def test_a_missing_cut_or_damaged_file_is_a_data_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot read"):
        Gazetteer.open(tmp_path / "none.bin")
    broken = tmp_path / "broken.bin"
    broken.write_bytes(b"")
    with pytest.raises(DataError, match="cannot read"):
        Gazetteer.open(broken)
    broken.write_bytes(b"GIF89a" * 9)
    with pytest.raises(DataError, match="not a gazetteer"):
        Gazetteer(broken)
    shutil.copy(Gazetteer.open().path, broken)
    with broken.open("r+b") as file:
        file.truncate(file.seek(0, 2) - 8)
    with pytest.raises(DataError, match="cut short"):
        Gazetteer(broken)
    with broken.open("r+b") as file:
        file.seek(40)
        file.write(b"@@")
    with pytest.raises(DataError, match="header"):
        Gazetteer(broken)


def test_the_shipped_file_is_whole(gazetteer: Gazetteer) -> None:
    gazetteer._file.verify()
    assert gazetteer.path.stat().st_size < 30_000_000
