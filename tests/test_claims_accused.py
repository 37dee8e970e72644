"""Who is accused or convicted of a harm is the one said to have done it."""

from __future__ import annotations

import pytest

from counterclaim import code


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Anton Vukic, convicted of the murders of nine women, was moved to another prison.", "Anton Vukic"),
        ("The ministry accused the rebels of killing twelve farmers near Ibb.", "rebels"),
        ("The court jailed three soldiers for the massacre of sixty villagers.", "three soldiers"),
    ],
)
def test_the_accused_is_the_perpetrator(text: str, by: str) -> None:
    [claim] = code(text, published="2022-09-14").claims
    assert claim.perpetrator.removeprefix("the ") in (by, by.removeprefix("three "))


def test_who_tells_of_a_charge_is_not_the_accused() -> None:
    text = "Police said a neighbour was suspected of killing two women."
    assert "olice" not in code(text, published="2022-09-14").claims[0].perpetrator


def test_those_fought_are_the_perpetrators_of_the_dead_of_the_other_side() -> None:
    text = "Two soldiers were killed while fighting Boko Haram near Maiduguri on Monday."
    assert code(text, published="2022-09-14").claims[0].perpetrator == "Boko Haram"
