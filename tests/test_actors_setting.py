"""The side of a party that its own words do not tell: description, setting, date."""

from datetime import date

import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.records import Actor
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places

GAZETTEER = Gazetteer.open()


def actors(text: str, published: date | None = None) -> list[Actor]:
    analysis = PatternAnalyser().analyse([text])[0]
    return find_actors(analysis, find_places(analysis, GAZETTEER), GAZETTEER, published).actors


def test_local_police_are_of_the_country_where_they_are_told_of() -> None:
    found = next(a for a in actors("Three policemen were shot in Kathmandu on Monday.") if a.sector == "COP")
    assert found.country == "NP"


@pytest.mark.parametrize(
    "text",
    [
        "Foreign peacekeepers were shot in Kathmandu.",
        "The embassy in Kathmandu was shut.",
        "Multinational forces left Kathmandu.",
        "The Islamic State attacked Kathmandu.",
    ],
)
def test_parties_from_abroad_get_no_country_from_the_setting(text: str) -> None:
    assert [a.country for a in actors(text) if a.kind != "state"] == [None]


def test_a_description_gives_country_and_sector() -> None:
    found = actors("Ola Bram, the governor of Gegharkunik, spoke to the men.")[0]
    assert (found.name, found.country, found.sector) == ("Ola Bram", "AM", "GOV")


def test_members_of_a_group_are_of_its_kind() -> None:
    found = next(a for a in actors("Nine members of Hezbollah were killed.") if "members" in a.name or a.kind)
    assert (found.kind, found.country, found.sector) == ("armed_group", "LB", "REB")


def test_an_agency_of_the_united_nations_is_no_government() -> None:
    assert [a.kind for a in actors("The UN refugee agency spoke.") if "agency" in a.name] == ["igo"]


def test_a_longer_name_is_not_the_listed_group_inside_it() -> None:
    assert all(a.name != "People's Army" for a in actors("The New People's Army attacked in the Philippines."))


@pytest.mark.parametrize(("day", "sector"), [("2016-12-01", "GOV"), ("2017-06-01", "ELI"), ("2008-06-01", None)])
def test_an_office_holder_is_right_for_the_day(day: str, sector: str | None) -> None:
    found = next(a for a in actors("Barack Obama spoke to the men.", date.fromisoformat(day)))
    assert (found.country, found.sector) == ("US", sector)


def test_the_country_of_a_town_is_no_party() -> None:
    assert [a.name for a in actors("Nine men died near Lund, Sweden.") if a.kind == "state"] == []


def test_possessives_are_mentions_but_find_nobody() -> None:
    text = "Norwegian Prime Minister Ola Berg said so. His men left."
    analysis = PatternAnalyser().analyse([text])[0]
    index = find_actors(analysis, [], GAZETTEER, None)
    at = text.index("His")
    assert (at, at + 3) in index.actors[0].mentions
    found = index.at(at, at + 7)
    assert found is None or found.kind != "person"
