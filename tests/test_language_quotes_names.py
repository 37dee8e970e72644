"""Quotations of every shape, and names."""

from __future__ import annotations

import pytest

from counterclaim.language import PatternAnalyser


def quotes(text: str) -> list[tuple[str, bool]]:
    return [(text[q.start : q.end], q.closed) for q in PatternAnalyser().analyse([text])[0].quotes]


def names(text: str) -> list[str]:
    return [text[name.start : name.end] for name in PatternAnalyser().analyse([text])[0].names]


@pytest.mark.parametrize(
    "shape", ["“{}”", '"{}"', "‘{}’", "'{}'", "''{}''", "``{}''", "«{}»", "„{}“", '“{}"', "« {} »"]
)
def test_every_shape_of_mark_is_a_quotation(shape: str) -> None:
    said = "We didn’t go to the soldiers’ camp,"
    assert quotes(f"In Tarsk, {shape.format(said)} she said.") == [(said, True)]


def test_an_apostrophe_is_no_quotation() -> None:
    assert quotes("Norland's army and the soldiers' families didn't go in '98, said O'Neil.") == []


def test_inches_are_no_quotation() -> None:
    assert quotes('A 5" shell and a 6" shell fell.') == []


def test_of_nested_quotations_the_outer_one_is_given() -> None:
    assert quotes("“He said ‘go’ and “run” to us,” she said.") == [("He said ‘go’ and “run” to us,", True)]
    assert quotes("\"He said 'go' to us,\" she said.") == [("He said 'go' to us,", True)]


def test_a_quotation_is_carried_over_paragraphs() -> None:
    assert quotes("“We fled.\n\n“We came back,” she said.") == [("We fled.", False), ("We came back,", True)]


def test_a_quotation_closed_by_a_stray_mark_ends_there() -> None:
    assert quotes('"This is Norland’s land,’ he added. Others fled.') == [("This is Norland’s land,", True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland’s prime minister, Ada Orlov, spoke.", ["Norland", "Ada Orlov"]),
        ("Prime Minister Ada Orlov spoke in Tarsk.", ["Prime Minister Ada Orlov", "Tarsk"]),
        ("He runs the Ministry of Labour and Social Affairs.", ["Ministry of Labour and Social Affairs"]),
        ("The Observatory for Human Rights and Ostmark agree.", ["Observatory for Human Rights", "Ostmark"]),
        ("Despite this, Abdul bin Rashid al-Tarski fled on Tuesday.", ["Abdul bin Rashid al-Tarski"]),
        ("Witnesses said the U.S.-led force left in May 2021.", ["U.S."]),
        ("Moscow-backed rebels left, said Gen. A. B. Orlov.", ["Moscow", "Gen. A. B. Orlov"]),
        ("The 25th Division left. It had been in Tarsk.", ["25th Division", "Tarsk"]),
        ("Theresa May spoke in May. I left.", ["Theresa May"]),
        ("US forces left New Tarsk.", ["US", "New Tarsk"]),
        ("Norland Says Four Soldiers Killed Near Tarsk", ["Norland", "Tarsk"]),
    ],
)  # fmt: skip
def test_names_are_whole_and_hold_nothing_else(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_a_word_that_the_text_also_writes_small_is_no_name_when_it_opens_a_sentence() -> None:
    assert names("Cordons were set up. The cordons held.") == []
