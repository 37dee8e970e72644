"""`code()`: what it refuses, and what it warns of."""

from datetime import datetime
from typing import Any

import pytest

import counterclaim as cc
from counterclaim.errors import UsageError


@pytest.mark.parametrize(
    ("text", "published"), [(None, None), (b"Twelve died.", None), (12, None), ("Twelve died.", 20220913)]
)
def test_what_is_no_text_or_no_date_is_said_to_be_none(text: Any, published: Any) -> None:
    with pytest.raises(UsageError, match=r"not (NoneType|bytes|int)"):
        cc.code(text, published=published)


def test_a_moment_is_a_date_of_publication() -> None:
    assert cc.code("Twelve people died on Monday.", published=datetime(2022, 9, 13, 5)).published == "2022-09-13"


def test_a_figure_that_no_number_of_persons_can_be_is_kept_in_words_and_warned_of() -> None:
    coded = cc.code("The army killed 1,000,000,000,000 rebels in Aleppo.")
    assert [(claim.min, claim.max) for claim in coded.claims] == [(None, None)]
    assert [warning.message for warning in coded.warnings if warning.code == "unread-figure"] == [
        "not read as a number of persons: 1,000,000,000,000"
    ]
