"""What frames a figure: the court that tries it, the words that unsay it, the figure it replaces, towns in a row."""

import pytest

import counterclaim as cc
from counterclaim.records import Claim


def claims(text: str) -> tuple[Claim, ...]:
    return tuple(cc.code(text, published="2024-05-17").claims)


@pytest.mark.parametrize(
    "text",
    [
        "Judges on Wednesday jailed two men for the murder of 14 people in Aleppo in June 2009.",
        "The men were convicted on Wednesday of killing 14 people in Aleppo in June 2009.",
    ],
)
def test_a_crime_has_its_own_day_and_not_that_of_its_trial(text: str) -> None:
    [claim] = [one for one in claims(text) if one.min == 14]
    assert (claim.date, claim.background) == ("2009-06", True)


def test_all_whom_an_accused_killed_are_counted() -> None:
    told = claims("A man accused of killing three neighbours and two girls in Homs in 2018 went on trial on Tuesday.")
    assert [(one.min, one.date, one.background) for one in told] == [(3, "2018", True), (2, "2018", True)]


@pytest.mark.parametrize(
    "text",
    [
        "Claims that 17 villagers had died were baseless, the army said.",
        "It is not true that 17 villagers were killed, the mayor said.",
        "The mayor said it was false that 17 villagers were killed.",
    ],
)
def test_words_that_unsay_a_figure_deny_it(text: str) -> None:
    [claim] = claims(text)
    assert (claim.min, claim.stance) == (17, "denies")


def test_a_figure_told_beside_a_lie_is_not_denied() -> None:
    [claim] = claims("The army said 17 villagers were killed and that other reports were false.")
    assert claim.stance == "asserts"


@pytest.mark.parametrize(
    "text", ["The death toll climbed from 21 to 34.", "The toll was revised up from 21 to 34 dead, doctors said."]
)
def test_a_figure_that_another_replaces_is_no_range(text: str) -> None:
    assert [(one.min, one.max) for one in claims(text)] == [(34, 34)]


def test_a_range_stays_a_range() -> None:
    assert [(one.min, one.max) for one in claims("From 21 to 34 people were killed.")] == [(21, 34)]


def test_no_town_of_a_row_is_the_scene_of_what_is_told_after() -> None:
    towns = "Rockets fell near Aleppo, Homs and Hama overnight.\n\nForty soldiers were killed, the minister said."
    assert [one.place for one in claims(towns)] == [""]
    one_town = "Rockets fell near Aleppo overnight.\n\nForty soldiers were killed, the minister said."
    assert [one.place for one in claims(one_town)] == ["Aleppo"]


def test_what_could_happen_has_no_day_gone_by() -> None:
    [claim, *_] = claims("Thousands could die, as they did in 1988, when the dam was bombed.")
    assert (claim.stance, claim.date) == ("hypothetical", "")


def test_what_one_is_asked_to_imagine_is_hypothetical() -> None:
    [claim] = claims("Imagine a hundred girls killed every week.")
    assert claim.stance == "hypothetical"


@pytest.mark.parametrize(
    "text",
    [
        "A court on Monday jailed two men for killing 14 villagers near Homs.",
        "The general was charged on Monday with the killing of 14 protesters.",
        "They marked the anniversary on Monday of the bombing that killed 14 people.",
    ],
)
def test_a_crime_with_no_day_of_its_own_does_not_take_the_trials(text: str) -> None:
    [claim] = claims(text)
    assert (claim.date, claim.background) == ("", True)


@pytest.mark.parametrize(
    "text",
    [
        "A man was charged on Monday with killing 14 people in Homs on Sunday.",
        "A bomb outside a court on Sunday killed 14 people in Homs.",
    ],
)
def test_fresh_harm_beside_a_court_stays_news(text: str) -> None:
    [claim] = claims(text)
    assert (claim.date, claim.background) == ("2024-05-12", False)


def test_a_claim_scorned_as_a_lie_is_denied() -> None:
    for text in (
        "The army dismissed as lies claims that 17 people were killed.",
        "Claims by the rebels that they killed 17 guards are false, the army said.",
    ):
        assert [one.stance for one in claims(text)] == ["denies"]


def test_words_that_say_who_unsays_a_figure_may_stand_between() -> None:
    [claim] = claims("It was false, the mayor said, that 17 people were killed.")
    assert claim.stance == "denies"
