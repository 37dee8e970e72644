"""Choosing among candidates by the weights of their signs."""

from __future__ import annotations

import pytest

from counterclaim.coding.ranking import chances, choose, weights

TABLE = {"near": 2.0, "far": -1.0, "none": 0.5}


def test_the_candidate_with_the_most_weight_is_chosen() -> None:
    assert choose(TABLE, [["far"], ["near"], ["none"]], ["a", "b"], 0.0).option == 1


def test_mentions_of_one_thing_share_their_chance() -> None:
    options = [["near"], ["far", "near"], ["far", "near"], ["far", "near"], ["none"]]
    alone = choose(TABLE, options, ["a", "b", "c", "d"], 0.0)
    together = choose(TABLE, options, ["a", "b", "b", "b"], 0.0)
    assert (alone.option, together.option) == (0, 1)
    assert together.chance == pytest.approx(sum(chances(TABLE, options)[1:4]))


def test_what_is_not_likely_enough_is_left_open() -> None:
    options = [["near"], ["near"], ["none"]]
    assert choose(TABLE, options, ["a", "b"], 0.9).option == -1
    assert choose(TABLE, [["none"]], [], 0.0).option == -1


def test_chances_sum_to_one_and_an_unknown_sign_adds_nothing() -> None:
    found = chances(TABLE, [["near", "never met"], ["near"], ["none"]])
    assert sum(found) == pytest.approx(1.0)
    assert found[0] == found[1]


@pytest.mark.parametrize("name", ["claim_place", "event_place"])
def test_the_shipped_tables_have_weights(name: str) -> None:
    assert any(weight > 0.5 for weight in weights(name).values())
