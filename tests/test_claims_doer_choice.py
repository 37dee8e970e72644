"""Who did a harm is chosen among all whom the report names: in the sentence, before it, or nobody."""

from __future__ import annotations

import time

import pytest

from counterclaim import code


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Four villagers were killed by Orinian soldiers near the river on Monday.", "Orinian soldiers"),
        ("Rebels attacked the post at dawn. Nine policemen were killed in the attack.", "rebels"),
    ],
)
def test_the_doer_is_given_by_name(text: str, by: str) -> None:
    [claim] = code(text, published="2022-09-14").claims
    assert claim.perpetrator.lower() == by.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Eleven passengers were killed on Monday when a bus plunged into a ravine, police said.",
        "Thirty people drowned when their ferry capsized. The army sent helicopters.",
    ],
)
def test_an_accident_has_no_doer(text: str) -> None:
    assert {claim.perpetrator for claim in code(text, published="2022-09-14").claims} == {""}


def test_what_a_war_did_no_party_did() -> None:
    text = "In 2020 Orinia attacked the island, starting a war that killed more than 6,000 people."
    [claim] = code(text, published="2022-09-14").claims
    assert claim.perpetrator == ""


def test_a_pronoun_is_nobodys_name() -> None:
    text = (
        "The Lorian Liberation Front attacked a convoy on Monday. It killed seven soldiers, the army said. "
        "They also killed two drivers."
    )
    names = {claim.perpetrator.lower() for claim in code(text, published="2022-09-14").claims}
    assert names.isdisjoint({"it", "they"})


def test_one_long_line_of_doers_is_read_in_linear_time() -> None:
    line = "the troops shot two men and rebels killed five soldiers and "
    started = time.perf_counter()
    code(line * 40)
    first = time.perf_counter() - started
    started = time.perf_counter()
    code(line * 200)
    assert time.perf_counter() - started < 5 * 4 * max(first, 0.05)
