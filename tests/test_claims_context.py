from datetime import date

import pytest

from counterclaim.coding.context import is_background
from counterclaim.language import PatternAnalyser
from counterclaim.records import Time

PUBLISHED = date(2021, 6, 10)


def judged(text: str, words: str, *times: tuple[str, str]) -> bool:
    (analysis,) = PatternAnalyser().analyse([text])
    start = text.index(words)
    stamps = []
    for number, (written, day) in enumerate(times):
        at = text.index(written)
        stamps.append(
            Time(
                id=f"t{number}",
                start=at,
                end=at + len(written),
                text=written,
                type="DATE",
                value=day,
                from_=day,
                to=day,
            )
        )
    return is_background(analysis, start, start + len(words), times=stamps, published=PUBLISHED)


@pytest.mark.parametrize(
    "text",
    [
        "A raid on the port last year killed nine sailors.",
        "A raid in 2014 killed nine sailors.",
        "Fighting has killed nine sailors since 2014.",
        "Three years ago shelling killed nine sailors.",
    ],
)
def test_a_clause_that_speaks_of_an_earlier_time_is_background(text: str) -> None:
    assert judged(text, "killed nine sailors")


def test_a_clause_without_any_sign_of_an_earlier_time_is_news() -> None:
    assert not judged("A raid on the port killed nine sailors.", "killed nine sailors")


def test_an_old_date_makes_background_and_a_fresh_one_news() -> None:
    text = "A raid on Monday killed nine sailors."
    assert not judged(text, "killed nine sailors", ("Monday", "2021-06-07"))
    assert judged(text, "killed nine sailors", ("Monday", "2021-02-01"))


def test_an_old_date_in_another_clause_does_not_count() -> None:
    text = "The treaty was signed in 2014; a raid killed nine sailors."
    assert not judged(text, "killed nine sailors")
