"""Actors whose country or sector is told by the words around them, by their kin, owner or office."""

from __future__ import annotations

import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.records import Actor
from counterclaim.resolving.actors import ActorIndex, find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places

GAZETTEER = Gazetteer.open()


def index(text: str) -> ActorIndex:
    analysis = PatternAnalyser().analyse([text])[0]
    return find_actors(analysis, find_places(analysis, GAZETTEER), GAZETTEER, None)


def actor(text: str, words: str) -> Actor:
    """The actor of these words in a text."""
    at = text.index(words)
    found = index(text).at(at, at + len(words))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Fidel Castro's government rejected it.", "Fidel Castro's government", "CU", "GOV"),
        ("The Assad regime shelled Homs.", "Assad regime", "SY", "GOV"),
        ("President Obama spoke.", "President Obama", "US", "GOV"),
        ("Secretary Berg flew to Damascus.", "Secretary Berg", "US", "GOV"),
        ("The Foreign Secretary spoke in Damascus.", "Foreign Secretary", "GB", "GOV"),
        ("Foreign Minister Julie Bishop met officials.", "Foreign Minister Julie Bishop", "AU", "GOV"),
        ("An Israeli officer was shot.", "Israeli officer", "IL", "MIL"),
        ("An Israeli police officer was shot.", "Israeli police officer", "IL", "COP"),
        ("Soldiers shot dead a Palestinian teenager.", "Palestinian teenager", "PS", "CVL"),
        ("U.S.-allied Afghan forces captured him.", "U.S.-allied Afghan forces", "AF", "MIL"),
        ("Ana Sol, a 56-year-old female Italian reporter, was freed.", "Ana Sol", "IT", "JRN"),
        ("The 45th Engineer Group built it.", "45th Engineer Group", None, "MIL"),
        ("Pope John prayed in Lima.", "Pope John", "VA", "REL"),
    ],
)
def test_country_and_sector_are_read_from_the_words(text: str, words: str, country: str | None, sector: str) -> None:
    found = actor(text, words)
    assert (found.country, found.sector) == (country, sector)


def test_the_country_of_a_news_agency_is_not_where_the_report_plays() -> None:
    assert actor("Attackers came on pickup trucks, a police official told AFP.", "police official").country is None


def test_officers_of_the_united_nations_take_no_country_from_the_report() -> None:
    assert actor("In Baghdad, U.N. spokesman Alan Berg met Iraqi officials.", "Alan Berg").country is None


def test_an_english_name_is_not_taken_for_one_of_the_country_told_of() -> None:
    text = "The United States will help, said Gary Berg. Shells fell on Baghdad, Mosul, Basra and Tikrit in Iraq."
    assert actor(text, "Gary Berg").country == "US"
    assert actor(text.replace("Gary", "Omar"), "Omar Berg").country == "IQ"


def test_kin_share_the_country_that_is_told_of_one() -> None:
    text = "Italian reporter Ana Sol was freed. Ana Sol's father, Mr. Ola Sol, thanked police in Baghdad."
    assert actor(text, "Ola Sol").country == "IT"


def test_a_given_name_alone_is_the_person_so_called_unless_two_are() -> None:
    text = "Mr. Ola Berg spoke. Mr. Ola won."
    assert len(index(text).actors) == 1
    assert len(index("Mr. Ola Berg spoke. Mr. Ola Sund spoke. Mr. Ola won.").actors) == 3


def test_whose_supporters_they_are_is_a_mention_of_its_own() -> None:
    names = {one.name for one in index("General Berg's supporters marched.").actors}
    assert {"Berg", "General Berg's supporters"} <= names


def test_a_philippine_dateline_names_no_people() -> None:
    assert all(one.kind != "civilians" for one in index("MANILA, Philippines (AP) _ It rained.").actors)
