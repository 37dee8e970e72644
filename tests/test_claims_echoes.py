"""Harm said by pointing at another harm, companions of the named, and who mourns."""

from __future__ import annotations

import pytest

from counterclaim.language import PatternAnalyser
from counterclaim.pipeline import Coder
from counterclaim.records import Claim, Report

CODER = Coder(PatternAnalyser())


def claims(text: str) -> tuple[Claim, ...]:
    return CODER.code(Report(text=text, id="r", published="2024-05-14")).claims


def figures(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(claim.harm, claim.min, claim.max) for claim in claims(text)]


def test_a_rival_figure_is_a_claim_of_its_own() -> None:
    first, second = claims("Officials put the death toll at 12, while police say 14.")
    assert (first.min, first.source) == (12, "Officials")
    assert (second.harm, second.min, second.source) == ("killed", 14, "police")


def test_a_figure_told_of_something_else_is_no_rival() -> None:
    assert figures("The blast killed 12 people, and police said 14 houses burned down.") == [("killed", 12, 12)]


def test_who_suffered_the_same_is_counted() -> None:
    assert figures("His wife was killed in the raid, as were their two sons.") == [("killed", 1, 1), ("killed", 2, 2)]


def test_the_dead_are_counted_by_name() -> None:
    assert figures("The victims were identified as Ana Sol, Bo Lind and Karl Holm.") == [("killed", 3, 3)]


def test_people_identified_as_something_else_are_no_victims() -> None:
    assert figures("The witnesses were identified as Ana Sol and Bo Lind.") == []


def test_an_unknown_fate_is_missing() -> None:
    assert figures("The fate of the other 15 miners is unknown.") == [("missing", 15, 15)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ahmed Sol was killed along with his wife, Rima Sol, and their 11-year-old son, Karim Sol.", 3),
        ("Lena Holm was killed, along with 58-year-old Omar Hadi and his wife, 54-year-old Shafiqa Hadi.", 3),
    ],
)
def test_the_family_of_the_named_is_counted_with_them(text: str, count: int) -> None:
    assert figures(text) == [("killed", count, count)]


def test_names_that_spell_out_a_figure_are_not_counted_again() -> None:
    sons = "Their three sons, 23-year-old Riyad Sol, 20-year-old Omar Sol and 17-year-old Karim Sol were killed."
    assert figures(sons) == [("killed", 3, 3)]
    assert figures("The blast killed two brothers, Omar Hadi and Ali Hadi, on Monday.") == [("killed", 2, 2)]


def test_people_of_whom_some_were_fighters_are_mixed() -> None:
    whole, part = claims("Six people, including a soldier, were killed in Tarsk.")
    assert (whole.victim_kind, part.victim_kind) == ("mixed", "combatant")


def test_a_former_soldier_is_a_civilian() -> None:
    [claim] = claims("A former soldier was shot dead in Tarsk.")
    assert claim.victim_kind == "civilian"


def test_who_mourns_his_own_tells_of_their_death() -> None:
    [own] = claims("Omar Hadi mourned the killing of his three sons on Monday.")
    assert own.source == "Omar Hadi"
    [official] = claims("The president mourned the killing of three soldiers on Monday.")
    assert official.source == ""


def test_the_general_and_his_name_are_one_man() -> None:
    assert figures("The general, Omar Hadi, was captured near Tarsk by the rebels.") == [("captured", 1, 1)]


def test_an_age_at_death_counts_nobody() -> None:
    assert all(claim.max != 43 for claim in claims("The last sibling was shot in Tarsk and died at 43."))


def test_who_tells_of_the_wounded_is_not_among_them() -> None:
    said = claims("The blast wounded 30 others, witnesses and officials said on Monday.")
    assert [(claim.min, claim.victims) for claim in said] == [(30, "others")]


def test_fighters_who_flee_are_not_displaced() -> None:
    assert figures("Hundreds of rebels fled the town.") == []
    assert figures("Hundreds of villagers fled the town.") == [("displaced", None, None)]


def test_fatally_shot_is_killed_and_only_that() -> None:
    assert figures("Three people were fatally shot in Tarsk.") == [("killed", 3, 3)]


def test_who_suffers_wounds_is_injured() -> None:
    text = "Two people suffered non-life-threatening injuries when shots were fired in Tarsk."
    assert figures(text) == [("injured", 2, 2)]
    assert figures("The bank suffered heavy losses.") == []
