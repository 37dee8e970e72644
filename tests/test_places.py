"""Place names are found where they are written as places, and resolved by what the report says."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.language import PatternAnalyser
from counterclaim.records import Place
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places


def places(text: str) -> list[Place]:
    found = find_places(PatternAnalyser().analyse([text])[0], Gazetteer.open())
    assert all(text[place.start : place.end] == place.text for place in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    return found


def place(text: str, written: str) -> Place:
    return next(found for found in places(text) if found.text == written)


def names(text: str) -> list[str]:
    return [found.text for found in places(text)]


def test_the_towns_of_a_list_are_found_and_lie_in_the_country_of_the_report() -> None:
    text = "Armenia said the towns of Vardenis, Jermuk, Goris and Tatev came under fire from Azerbaijan."
    assert names(text) == ["Armenia", "Vardenis", "Jermuk", "Goris", "Tatev", "Azerbaijan"]
    assert {found.country for found in places(text)[:5]} == {"AM"}
    assert [found.precision for found in places(text)] == [6, 1, 1, 1, 1, 6]


def test_a_province_is_an_admin1_and_a_disputed_region_belongs_to_its_state() -> None:
    text = "The governor of Gegharkunik province spoke of Nagorno-Karabakh after the Armenian army left."
    region = place(text, "Gegharkunik")
    assert (region.kind, region.country, region.precision) == ("admin1", "AM", 4)
    disputed = place(text, "Nagorno-Karabakh")
    assert (disputed.kind, disputed.country, disputed.precision) == ("region", "AZ", 5)


@pytest.mark.parametrize(
    ("text", "written", "country"),
    [
        ("Officials in Paris, Texas, closed the road.", "Paris", "US"),
        ("Officials in Paris closed the road, French radio said.", "Paris", "FR"),
        ("The bomb went off in Tripoli, Lebanon.", "Tripoli", "LB"),
        ("The bomb went off in Tripoli, Libyan police said.", "Tripoli", "LY"),
        ("Troops crossed from Russia into Georgia and Abkhazia.", "Georgia", "GE"),
        ("A storm hit Atlanta and other cities of Georgia and Alabama.", "Atlanta", "US"),
        ("Shells fell on Hama and Homs in Syria.", "Homs", "SY"),
        ("VARANASI, India (AP) — Ten were shot.", "VARANASI", "IN"),
    ],
)
def test_a_name_of_many_places_is_decided_by_the_report(text: str, written: str, country: str) -> None:
    assert place(text, written).country == country


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Paris Hilton met Jordan Smith, and Smith laughed at Hilton.", ("Paris", "Jordan", "Smith", "Hilton")),
        ("The Washington Post asked the Bank of England.", ("Washington", "England")),
        ("Police said May was a Nice month. Reading is fun. Mobile phones rang in March.",
         ("Police", "May", "Nice", "Reading", "Mobile", "March")),
        ("Armenian and Azeri soldiers fought; Turks and Kurds watched.", ("Armenian", "Azeri", "Turks", "Kurds")),
        ("Hamas and the Taliban denied it. The White House did not.", ("Hamas", "Taliban", "White House")),
        ("Of those, Most were Victims. He wants us to use it.", ("Of", "Most", "Victims", "us")),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_place_is_none(text: str, absent: tuple[str, ...]) -> None:
    assert not set(absent) & set(names(text))


def test_possessives_abbreviations_and_capital_letters_are_read() -> None:
    text = "REBELS SHELL ALEPPO, SYRIA SAYS\n\nArmenia's border is far from the U.S. and the UK. Moscow-backed men ran."
    assert names(text) == ["ALEPPO", "SYRIA", "Armenia", "U.S.", "UK", "Moscow"]


def test_words_around_a_name_set_the_precision() -> None:
    assert place("A convoy was hit near Kharkiv in Ukraine.", "Kharkiv").precision == 2
    assert place("A convoy was hit ten km north of Kharkiv in Ukraine.", "Kharkiv").precision == 2
    assert place("A convoy was hit in Kharkiv in Ukraine.", "Kharkiv").precision == 1
    region = place("A convoy was hit in the Kharkiv region of Ukraine.", "Kharkiv")
    assert (region.kind, region.precision) == ("admin1", 4)
    assert place("Clashes went on in northern Syria.", "Syria").precision == 5
    assert place("A ship was hit in the Red Sea off Yemen.", "Red Sea").precision == 7


def test_a_facility_lies_beside_its_town_and_carries_its_own_name() -> None:
    airport = place("Rockets hit Baghdad International Airport in Iraq.", "Baghdad International Airport")
    assert (airport.kind, airport.precision, airport.country) == ("facility", 2, "IQ")
    assert (airport.name, airport.geonames_id) == ("Baghdad International Airport", None)


def test_a_place_the_gazetteer_lacks_stays_unresolved() -> None:
    unknown = place("Men came to the village of Qwerzhovka in Ukraine.", "Qwerzhovka")
    assert (unknown.kind, unknown.lat, unknown.lon, unknown.country) == ("unresolved", None, None, None)


def test_a_namesake_far_from_the_report_is_not_taken() -> None:
    text = "Israeli fire killed Samer and Gaza doctors buried Samer in Rafah."
    assert "Samer" not in names(text)
    assert place(text, "Gaza").kind == "admin1"
    assert place(text, "Rafah").country == "PS"


def test_confidence_is_higher_where_the_report_says_more() -> None:
    bare = place("He was seen in Springfield.", "Springfield")
    told = place("He was seen in Springfield, Illinois.", "Springfield")
    assert bare.confidence < 0.6 < told.confidence <= 0.99
    assert told.admin1 == "Illinois"


@pytest.mark.parametrize("text", ["", "\n", "🙂" * 50, "\x00\x01", "A." * 300, "ب" * 99, "Paris " * 300, ", " * 500])
def test_odd_texts_do_not_break_it(text: str) -> None:
    places(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Goris", "U.S.", "in", "of the", ",", "Kyiv’s", "\n", "NEW YORK", "(", "Al-Bab", "é", "."])
    )
)
def test_offsets_hold_for_any_order_of_words(words: list[str]) -> None:
    places(" ".join(words))
