"""A denial of what others report is the denier's, whoever reported it."""

import pytest

import counterclaim as cc


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Kesran police denied reports that they had killed seven members of a family in Aleppo.", "Kesran police"),
        ("The ministry denied allegations that troops killed seven people in Aleppo.", "The ministry"),
        ("The ministry rejected claims that seven guards had been injured.", "The ministry"),
        ("The governor dismissed reports of seven deaths in Aleppo.", "The governor"),
    ],
)
def test_who_denies_a_report_is_the_source_of_the_denial(text: str, source: str) -> None:
    [claim] = cc.code(text, published="2024-04-21").claims
    assert (claim.min, claim.stance) == (7, "denies")
    assert claim.source.removeprefix("The ") == source.removeprefix("The ")


def test_reports_that_somebody_passes_on_are_not_denied() -> None:
    [claim] = cc.code("The governor cited reports that seven people were killed in Aleppo.").claims
    assert claim.stance == "asserts"


def test_a_car_in_capitals_is_no_country() -> None:
    coded = cc.code("CAR BOMB KILLS AT LEAST 80 IN ALEPPO, POLICE SAY.")
    assert [actor.name for actor in coded.actors if actor.country == "CF"] == []
    assert any(actor.country == "CF" for actor in cc.code("The CAR army killed two rebels.").actors)
