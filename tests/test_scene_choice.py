"""Which place of a report belongs to a harm."""

from __future__ import annotations

import time

from counterclaim import code


def places_of(text: str) -> list[str]:
    return [claim.place for claim in code(text, published="2022-09-14").claims]


def test_a_site_named_later_is_finer_than_the_country_of_the_headline() -> None:
    text = (
        "At least twelve people were killed in Egypt on Monday, officials said.\n\n"
        "The bomb went off at a crowded market in El-Arish, killing twelve people, the ministry said."
    )
    assert set(places_of(text)) == {"El-Arish"}


def test_a_named_site_is_a_place_though_no_gazetteer_has_it() -> None:
    text = "Five men were killed when a shell hit Omar bin Salim Mosque in Ibb on Monday, medics said."
    assert places_of(text) == ["Omar bin Salim Mosque"]


def test_a_harm_in_the_next_sentence_happened_in_the_same_town() -> None:
    text = "A car bomb exploded in central Ibb on Monday. Nine people were killed and dozens were wounded."
    assert set(places_of(text)) == {"Ibb"}


def test_where_nothing_is_named_nothing_is_given() -> None:
    assert places_of("Nine people were killed when a bus fell into a ravine.") == [""]


def test_many_names_and_harms_take_no_quadratic_time() -> None:
    short, long = (("Nine people were killed in Ibb. " * n) for n in (100, 400))
    begun = time.process_time()
    code(short)
    once = time.process_time() - begun
    begun = time.process_time()
    code(long)
    assert time.process_time() - begun < 12 * max(once, 0.05)
