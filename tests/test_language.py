"""The pattern analyser: tokens, sentences, paragraphs."""

from __future__ import annotations

import pytest

from counterclaim.language import Analysis, PatternAnalyser


def analyse(text: str) -> Analysis:
    return PatternAnalyser().analyse([text])[0]


def words(text: str) -> list[str]:
    return [token.text for token in analyse(text).tokens]


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in analyse(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland’s army", ["Norland", "’s", "army"]),
        ("a six-week war", ["a", "six-week", "war"]),
        ("6,600 dead, 1.5 million fled", ["6,600", "dead", ",", "1.5", "million", "fled"]),
        ("10-15 men", ["10", "-", "15", "men"]),
        ("the U.S.-led force and an anti-U.S. rally", ["the", "U.S.-led", "force", "and", "an", "anti-U.S.", "rally"]),
        ("Lt. Col. J. Smith didn't go", ["Lt.", "Col.", "J.", "Smith", "did", "n't", "go"]),
        ("at 5:30pm on Sept. 13", ["at", "5:30", "pm", "on", "Sept.", "13"]),
        ("a 24-year-old man", ["a", "24-year-old", "man"]),
        ("They fled -- all of them...", ["They", "fled", "--", "all", "of", "them", "..."]),
    ],
)
def test_words_numbers_and_short_forms_are_one_token_each(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Gen. A. Orlov spoke to Rep. Lee in the U.S. on Monday. He left at 5 p.m. It rained.",
            ["Gen. A. Orlov spoke to Rep. Lee in the U.S. on Monday.", "He left at 5 p.m.", "It rained."],
        ),
        ("“We will go on.” He left.", ["“We will go on.”", "He left."]),
        ("“Why?” Minister Orlov asked. Nobody spoke.", ["“Why?” Minister Orlov asked.", "Nobody spoke."]),
        ("James C. Orlov and P. Lee met Arthur P. Kane.", ["James C. Orlov and P. Lee met Arthur P. Kane."]),
        ("They saw plan C. He left.", ["They saw plan C.", "He left."]),
        ("About 1.5 million fled. No. 5 camp is full.", ["About 1.5 million fled.", "No. 5 camp is full."]),
    ],
)
def test_sentences_end_where_a_reader_says(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
