"""Whose harm is told: fallen men, all of those counted, the driven out; sport and markets kill nobody."""

import pytest

import counterclaim as cc
from counterclaim.records import Claim


def claims(text: str) -> tuple[Claim, ...]:
    return tuple(cc.code(text, published="2024-05-17").claims)


@pytest.mark.parametrize(
    "text",
    [
        "Rovers lost four players to injury in a week.",
        "“We died in the second half,” the captain said.",
        "The slump claimed its first victims among pension funds, killing four.",
        "Four soldiers fell asleep at the gate.",
        "Four workers fell in the yard.",
    ],
)
def test_figures_of_speech_harm_nobody(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    ("text", "harm", "low", "high"),
    [
        ("Ten to 15 rebels were sleeping there and all of them were killed.", "killed", 10, 15),
        ("Nine rebels hid in a barn and all were captured.", "captured", 9, 9),
        ("Thirty of our men fell, the commander said.", "killed", 30, 30),
        ("Nine conscripts fell in battle.", "killed", 9, 9),
        ("The shelling has driven more than 2.5 million people from their homes.", "displaced", 2_500_000, None),
        ("Four guards lost to the blast were killed.", "killed", 4, 4),
    ],
)
def test_harm_told_in_other_words_is_counted(text: str, harm: str, low: int, high: int | None) -> None:
    assert [(one.harm, one.min, one.max) for one in claims(text)] == [(harm, low, high)]


def test_a_gunman_who_is_shot_is_not_his_own_killer() -> None:
    first, second = claims("A gunman killed four people before he was shot dead.")
    assert (first.perpetrator, second.perpetrator) == ("gunman", "")


def test_the_sum_of_a_period_is_not_the_doing_of_the_day() -> None:
    first, second = claims("Militants killed four guards; a total of 300 have died since January.")
    assert (first.perpetrator, first.date) == ("Militants", "")
    assert (second.perpetrator, second.date) == ("", "2024-01/2024-05-17")


@pytest.mark.parametrize(
    "text",
    [
        "A gunman who killed five people was shot dead by police.",
        "Police shot dead a gunman who had killed five people.",
    ],
)
def test_the_dead_of_a_gunman_are_not_those_of_the_police_who_shot_him(text: str) -> None:
    [claim] = [one for one in claims(text) if one.min == 5]
    assert claim.perpetrator == "gunman"


def test_the_sum_of_a_year_is_not_dated_by_the_last_day_told() -> None:
    [claim, *_] = claims("Nearly 300 people have been killed so far this year, 20 of them in Homs on Monday.")
    assert (claim.max, claim.date) == (300, "2024")


def test_a_source_that_counts_its_own_dead_tells_of_its_side() -> None:
    [claim] = claims("OSLO, May 17 - Norway raised its own count of soldiers killed to 77.")
    assert (claim.source, claim.victim_side) == ("Norway", "Norway")
