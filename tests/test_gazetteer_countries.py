"""Countries are found by name, abbreviation, demonym and seat of government."""

import pytest

from counterclaim.errors import DataError
from counterclaim.resolving.gazetteer import CountryTable, Gazetteer, name_key
from counterclaim.resolving.gazetteer.countries import COLUMNS
from counterclaim.resolving.gazetteer.names import is_latin


@pytest.mark.parametrize(
    ("written", "iso2"),
    [
        ("Armenia", "AM"),
        ("Armenia’s", "AM"),
        ("Armenian", "AM"),
        ("Armenians", "AM"),
        ("Azeri", "AZ"),
        ("U.S.", "US"),
        ("the US", "US"),
        ("UK", "GB"),
        ("DRC", "CD"),
        ("Ivory Coast", "CI"),
        ("Côte d'Ivoire", "CI"),
        ("South Sudanese", "SS"),
        ("Sudanese", "SD"),
        ("Niger", "NE"),
        ("Nigerian", "NG"),
        ("SYRIAN", "SY"),
        ("Turkiye", "TR"),
        ("Burma", "MM"),
        ("Soviets", "RU"),
        ("South Vietnamese", "VN"),
        ("East German", "DE"),
        ("us", None),
        ("US", "US"),
        ("AND", None),
        ("car", None),
        ("CAR", "CF"),
        ("polish", None),
        ("Wednesday", None),
        ("", None),
    ],
)
def test_a_country_is_known_by_its_names(written: str, iso2: str | None) -> None:
    assert Gazetteer.open().country_of_name(written) == iso2


def test_a_demonym_is_not_a_name_and_a_name_is_no_demonym() -> None:
    gazetteer = Gazetteer.open()
    assert gazetteer.demonym("Armenian") == "AM"
    assert gazetteer.demonym("Armenia") is None


@pytest.mark.parametrize(
    ("seat", "iso2"),
    [
        ("Moscow", "RU"),
        ("the Kremlin", "RU"),
        ("Yerevan", "AM"),
        ("Kiev", "UA"),
        ("White House", "US"),
        ("Goris", None),
    ],
)
def test_a_capital_may_stand_for_its_government(seat: str, iso2: str | None) -> None:
    assert Gazetteer.open().country_of_seat(seat) == iso2


def test_every_country_has_a_name_and_all_but_a_few_a_demonym() -> None:
    countries = CountryTable.shipped().countries.values()
    assert len(countries) >= 249
    assert all(country.name for country in countries)
    assert sum(not country.demonyms for country in countries) < 15


def test_a_damaged_table_of_countries_is_a_data_error() -> None:
    header = "\t".join(COLUMNS)
    with pytest.raises(DataError, match="columns"):
        CountryTable("something else")
    with pytest.raises(DataError, match="line 2"):
        CountryTable(header + "\nAM\tARM")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("U.S.", "us"),
        ("U.S", "us"),
        ("St. Louis", "saint louis"),
        ("Ḩalab", "halab"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Xankəndi", "xankendi"),
        ("Tat’ev", "tatev"),
        ("ŁÓDŹ", "lodz"),
        ("  New   York ", "new york"),
        ("", ""),
    ],
)
def test_spellings_of_one_name_share_a_key(written: str, key: str) -> None:
    assert name_key(written) == key


def test_latin_script_is_told_from_others() -> None:
    assert is_latin("Şanlıurfa")
    assert not is_latin("Москва")
