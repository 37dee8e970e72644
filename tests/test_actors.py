"""Parties of a report: who they are, what they belong to, and all their mentions."""

from datetime import date

import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.records import Actor, Place
from counterclaim.resolving.actors import ActorIndex, find_actors
from counterclaim.resolving.gazetteer import Gazetteer

GAZETTEER = Gazetteer.open()


def index(text: str) -> ActorIndex:
    return find_actors(PatternAnalyser().analyse([text])[0], [], GAZETTEER, None)


def actor(text: str, words: str) -> Actor:
    """The actor mentioned by these very words."""
    start = text.index(words)
    found = index(text).at(start, start + len(words))
    assert found is not None, [a.name for a in index(text).actors]
    return found


@pytest.mark.parametrize(
    ("text", "name", "kind", "country", "sector"),
    [
        ("Norwegian Prime Minister Ola Berg spoke.", "Ola Berg", "person", "NO", "GOV"),
        ("Norway's prime minister, Ola Berg, spoke.", "Ola Berg", "person", "NO", "GOV"),
        ("Ola Berg, the foreign minister of Norway, spoke.", "Ola Berg", "person", "NO", "GOV"),
        ("Kremlin spokesman Ivan Tarasov spoke.", "Ivan Tarasov", "person", "RU", "GOV"),
        ("Swedish Gen. Nils Ek spoke.", "Nils Ek", "person", "SE", "MIL"),
        ("Police spokeswoman Eva Lund spoke.", "Eva Lund", "person", None, "COP"),
        ("The Chilean Defense Ministry spoke.", "Chilean Defense Ministry", "government", "CL", "GOV"),
        ("Chilean forces shelled the town.", "Chilean forces", "military", "CL", "MIL"),
        ("The Taliban attacked.", "Taliban", "armed_group", "AF", "REB"),
        ("The United Nations spoke.", "United Nations", "igo", None, None),
        ("Masked gunmen attacked.", "Masked gunmen", "armed_group", None, "UAF"),
        ("Residents fled.", "Residents", "civilians", None, "CVL"),
        ("Chile sent troops.", "Chile", "state", "CL", "GOV"),
        ("Moscow said it would wait.", "Moscow", "state", "RU", "GOV"),
    ],
)
def test_kind_country_and_sector(text: str, name: str, kind: str, country: str | None, sector: str | None) -> None:
    found = index(text).actors[0]
    assert (found.name, found.kind, found.country, found.sector) == (name, kind, country, sector)


def test_a_person_keeps_one_record_by_surname_and_pronoun() -> None:
    text = "Norwegian Prime Minister Ola Berg said the road was shut. He said it would open. Berg left on Monday."
    berg = actor(text, "Berg left")
    assert [text[s:e] for s, e in berg.mentions] == ["Norwegian Prime Minister Ola Berg", "He", "Berg"]


def test_an_office_is_the_person_who_holds_it() -> None:
    text = "Nine men died, Norway's prime minister said. Norwegian Prime Minister Ola Berg blamed the storm."
    assert actor(text, "Norway's prime minister").name == "Ola Berg"


def test_a_description_goes_to_the_latest_body_so_called() -> None:
    text = "The Chilean Defense Ministry spoke first. The ministry said nine men died. It noted the cold."
    assert actor(text, "ministry said").name == "Chilean Defense Ministry"
    assert actor(text, "It").name == "Chilean Defense Ministry"


def test_an_acronym_after_the_full_name_is_the_same_body() -> None:
    text = "The Nordic Committee of Rivers (NCR) spoke. Later NCR left."
    assert actor(text, "NCR left").name == "Nordic Committee of Rivers"


def test_two_possible_persons_leave_the_pronoun_alone() -> None:
    text = "Ola Berg said that Nils Ek said he was ill."
    assert all(text[s:e] != "he" for found in index(text).actors for s, e in found.mentions)


def test_a_country_as_a_place_is_no_mention_of_the_state() -> None:
    assert index("Nine men died in Chile.").actors[0].kind == "civilians"


@pytest.mark.parametrize(
    "text", ["", "A" * 5000, "Mr. " * 2000, "the ministry " * 2000, "Ola Berg, " * 2000, "\u200f😀 of the"]
)
def test_any_text_is_read_in_time_and_with_spans_inside_it(text: str) -> None:
    for found in index(text).actors:
        for start, end in found.mentions:
            assert 0 <= start < end <= len(text)


def test_ethnic_forces_are_not_those_of_the_state() -> None:
    found = index("The ethnic Chilean forces withdrew.").actors[0]
    assert (found.kind, found.country) == ("armed_group", None)


def test_fighters_of_a_group_are_the_group() -> None:
    assert actor("Hamas spoke. Later Hamas fighters attacked.", "Hamas fighters").name.startswith("Hamas")
    assert len(index("Hamas spoke. Later Hamas fighters attacked.").actors) == 1


def test_the_governor_told_of_before_his_name_is_the_same_person() -> None:
    text = "The governor of Lund province said nine died. The governor, Nils Ek, blamed the storm."
    assert len({a.name for a in index(text).actors if a.kind == "person"}) == 1


def test_two_ministers_of_one_state_share_it() -> None:
    text = "Norwegian Foreign Minister Eva Lund called for calm and Defense Minister Nils Ek agreed."
    assert actor(text, "Nils Ek").country == "NO"


def test_drones_without_an_owner_are_no_party() -> None:
    assert index("Drones hit the town.").actors == []


def test_a_place_with_a_word_of_bodies_in_its_name_is_no_body() -> None:
    text = "Troops left the West Bank on Monday."
    start = text.index("West")
    place = Place(id="p1", start=start, end=start + 9, text="West Bank", name="West Bank", kind="region")
    found = find_actors(PatternAnalyser().analyse([text])[0], [place], GAZETTEER, None)
    assert [a.kind for a in found.actors] == ["military"]


def test_a_name_that_holds_the_name_of_a_body_is_one_person() -> None:
    assert index("Egyptian president Abdel Fatah Karim spoke.").actors[0].name == "Abdel Fatah Karim"


def test_a_listed_group_needs_its_country_in_the_report() -> None:
    assert all(a.kind != "armed_group" for a in index("The Unity Party won the vote.").actors)


def test_a_leader_by_surname_is_known_only_in_office() -> None:
    analysis = PatternAnalyser().analyse(["Netanyahu said the road was open."])[0]
    assert find_actors(analysis, [], GAZETTEER, date(2014, 7, 1)).actors[0].country == "IL"
    assert find_actors(analysis, [], GAZETTEER, date(1980, 7, 1)).actors == []
