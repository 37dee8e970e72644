"""One agency text in several outlets is one source."""

from __future__ import annotations

from counterclaim.linking import copies
from counterclaim.records import Report

WIRE = (
    "Eleven fishermen were killed on Sunday when a patrol boat fired on their vessel off Tarsa, port officials said. "
    "The boat sank within minutes. Survivors clung to nets and crates until a ferry found them at dawn. "
    "The navy said the vessel had not answered three warnings and that an inquiry was under way."
)
OTHER = (
    "Eleven fishermen died on Sunday off Tarsa. Their families blamed the navy, whose patrol boat fired at the vessel. "
    "A ferry captain told how he had pulled the living out of the water in the first light of the morning."
)


def groups(**texts: str) -> list[tuple[str, ...]]:
    return copies(Report(id=key, text=text) for key, text in texts.items())


def test_a_text_cut_short_and_given_another_head_is_a_copy() -> None:
    cut = "TARSA (Wire) - " + WIRE[: len(WIRE) * 2 // 3]
    assert groups(b=cut, a=WIRE, c=OTHER) == [("a", "b"), ("c",)]


def test_the_same_news_in_other_words_is_no_copy() -> None:
    assert groups(a=WIRE, b=OTHER) == [("a",), ("b",)]


def test_empty_texts_are_no_copies_of_each_other() -> None:
    assert groups(a="", b="  ") == [("a",), ("b",)]


def test_the_order_of_reports_changes_nothing() -> None:
    assert groups(c=OTHER, b=WIRE, a=WIRE) == groups(a=WIRE, b=WIRE, c=OTHER)
