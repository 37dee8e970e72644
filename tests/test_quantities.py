import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.coding.quantities import LARGEST, find_quantities
from counterclaim.language import PatternAnalyser


def found(text: str) -> list[tuple[str, int | None, int | None]]:
    (analysis,) = PatternAnalyser().analyse([text])
    return [(text[q.start : q.end], q.min, q.max) for q in find_quantities(analysis)]


@pytest.mark.parametrize(
    ("text", "amount", "low", "high"),
    [
        ("at least 41 porters", "at least 41", 41, None),
        ("more than 7,300 people", "more than 7,300", 7300, None),
        ("over a hundred guests", "over a hundred", 100, None),
        ("up to 25 sailors", "up to 25", None, 25),
        ("as many as 3,000 children", "as many as 3,000", None, 3000),
        ("12 to 17 men", "12 to 17", 12, 17),
        ("between 12 and 17 men", "between 12 and 17", 12, 17),
        ("12-17 men", "12-17", 12, 17),
        ("two or three men", "two or three", 2, 3),
        ("two to three thousand men", "two to three thousand", 2000, 3000),
        ("twenty-four villagers", "twenty-four", 24, 24),
        ("one hundred and twenty-four villagers", "one hundred and twenty-four", 124, 124),
        ("a dozen villagers", "a dozen", 12, 12),
        ("half a dozen villagers", "half a dozen", 6, 6),
        ("two dozen villagers", "two dozen", 24, 24),
        ("a couple of villagers", "a couple of", 2, 2),
        ("1.5 million villagers", "1.5 million", 1_500_000, 1_500_000),
        ("half a million villagers", "half a million", 500_000, 500_000),
        ("30 or more villagers", "30 or more", 30, None),
        ("100+ villagers", "100+", 100, None),
        ("another 43 villagers", "another 43", 43, 43),
        ("a total of 12 villagers", "a total of 12", 12, 12),
        ("both villagers", "both", 2, 2),
        ("no villagers", "no", 0, 0),
        ("nobody", "nobody", 0, 0),
        ("a villager", "a", 1, 1),
    ],
)
def test_an_amount_has_the_bounds_its_words_state(text: str, amount: str, low: int | None, high: int | None) -> None:
    assert found(text) == [(amount, low, high)]


@pytest.mark.parametrize("text", ["about 30 men", "some 30 men", "nearly 30 men", "roughly 30 men", "an estimated 30"])
def test_about_a_number_is_that_number_marked_approximate(text: str) -> None:
    (analysis,) = PatternAnalyser().analyse([text])
    (quantity,) = find_quantities(analysis)
    assert (quantity.min, quantity.max, quantity.approx) == (30, 30, True)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("dozens of men", "dozens"),
        ("hundreds of thousands of men", "hundreds of thousands"),
        ("a large number of men", "a large number of"),
        ("several hundred men", "several hundred"),
        ("a handful of men", "a handful of"),
        ("some men", "some"),
    ],
)
def test_a_vague_amount_has_no_bounds_and_keeps_its_words(text: str, vague: str) -> None:
    (analysis,) = PatternAnalyser().analyse([text])
    (quantity,) = find_quantities(analysis)
    assert (quantity.min, quantity.max, quantity.vague) == (None, None, vague)


@pytest.mark.parametrize(
    "text",
    [
        "Lena Okoro, 25, spoke",
        "the 25-year-old spoke",
        "on 12 May 2020",
        "in 2011",
        "on Nov. 24",
        "at 10:30",
        "5 percent",
        "60 kilometers",
        "$30",
        "155-mm shells",
        "10^12",
        "Resolution 1701",
        "the 3rd brigade",
    ],
)
def test_ages_dates_measures_money_and_labels_count_nobody(text: str) -> None:
    assert [q for q in found(text) if q[1] != 1] == []


def test_a_figure_larger_than_mankind_has_no_bounds() -> None:
    assert found("9" * 50 + " people") == [("9" * 50, None, None)]


@given(
    st.text(
        alphabet=st.sampled_from(list("at least one two dozen 1 0 9 , . - – million hundred $ % a an no up to")),
        max_size=200,
    )
)
def test_any_text_gives_exact_spans_in_order_and_sane_bounds(text: str) -> None:
    (analysis,) = PatternAnalyser().analyse([text])
    position = 0
    for quantity in find_quantities(analysis):
        assert position <= quantity.start < quantity.end <= len(text)
        assert analysis.tokens[quantity.first].start == quantity.start
        assert analysis.tokens[quantity.last - 1].end == quantity.end
        assert all(bound is None or 0 <= bound <= LARGEST for bound in (quantity.min, quantity.max))
        position = quantity.end


@pytest.mark.timeout(60)  # a guard against hanging, not a measurement: growth with the square would take minutes
def test_a_very_long_text_does_not_hang() -> None:
    (analysis,) = PatternAnalyser().analyse(["at least twenty hundred and " * 20_000])
    assert len(find_quantities(analysis)) > 0
