"""Times: what is found, what it is worth, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from counterclaim.language import Analysis, PatternAnalyser
from counterclaim.language.analysis import Dateline
from counterclaim.records import Time
from counterclaim.resolving.times import find_times

TUESDAY = date(2022, 9, 13)


def analysed(text: str) -> Analysis:
    return PatternAnalyser().analyse([text])[0]


def times(text: str, published: date | None = TUESDAY) -> list[Time]:
    found = find_times(analysed(text), published)
    for each in found:
        assert text[each.start : each.end] == each.text
    assert [each.start for each in found] == sorted(each.start for each in found)
    return found


def values(text: str, published: date | None = TUESDAY) -> dict[str, str | None]:
    return {each.text: each.value for each in times(text, published)}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("13 September 2022", "2022-09-13"),
        ("September 13, 2022", "2022-09-13"),
        ("Sept. 13, 2022", "2022-09-13"),
        ("Tuesday, Sept. 13, 2022", "2022-09-13"),
        ("the 13th of September 2022", "2022-09-13"),
        ("September 13th", "2022-09-13"),
        ("2022-09-13", "2022-09-13"),
        ("2022/09/13", "2022-09-13"),
        ("13/09/2022", "2022-09-13"),
        ("9/13/2022", "2022-09-13"),
        ("13.09.2022", "2022-09-13"),
        ("September 2020", "2020-09"),
        ("mid-2019", "2019"),
        ("the 1990s", "199"),
        ("the summer of 2014", "2014-SU"),
        ("winter 2020", "2020-WI"),
        ("the third quarter of 2019", "2019-Q3"),
        ("Q3 2019", "2019-Q3"),
        ("the first half of 2019", "2019-H1"),
        ("fiscal 2021", "2021"),
        ("the 20th century", "19"),
        ("nineteen ninety-six", "1996"),
        ("9/11", "2001-09-11"),
        ("Christmas Eve 2000", "2000-12-24"),
    ],
)
def test_absolute_dates_are_read_in_all_their_forms(written: str, value: str) -> None:
    assert values(f"They fought in the hills on {written}, people said.") == {written: value}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Tuesday", "2022-09-13"),
        ("on Wednesday", "2022-09-07"),
        ("last Tuesday", "2022-09-06"),
        ("yesterday", "2022-09-12"),
        ("today", "2022-09-13"),
        ("the day before yesterday", "2022-09-11"),
        ("two days ago", "2022-09-11"),
        ("three weeks ago", "2022-W34"),
        ("two months ago", "2022-07"),
        ("two years ago", "2020"),
        ("last week", "2022-W36"),
        ("last month", "2022-08"),
        ("earlier this month", "2022-09"),
        ("this year", "2022"),
        ("late last year", "2021"),
        ("in August", "2022-08"),
        ("in October", "2021-10"),
        ("last May", "2022-05"),
        ("in July last year", "2021-07"),
        ("on Sept. 5", "2022-09-05"),
        ("on Monday last week", "2022-09-05"),
        ("last weekend", "2022-W36-WE"),
        ("recently", "PAST_REF"),
    ],
)
def test_relative_dates_are_counted_from_the_publication_date(written: str, value: str) -> None:
    (found,) = times(f"Gunmen attacked the town {written}.")
    assert found.value == value
    assert found.type == "DATE"


def test_a_verb_in_the_future_turns_a_weekday_and_a_month_forward() -> None:
    assert values("The envoys will meet again on Friday.") == {"Friday": "2022-09-16"}
    assert values("The vote is scheduled for November.") == {"November": "2022-11"}
    assert values("Talks resume next Friday.") == {"next Friday": "2022-09-16"}


@pytest.mark.parametrize(
    ("written", "value", "first", "last", "precision"),
    [
        ("Tuesday", "2022-09-13", "2022-09-13", "2022-09-13", 1),
        ("last week", "2022-W36", "2022-09-05", "2022-09-11", 3),
        ("last weekend", "2022-W36-WE", "2022-09-10", "2022-09-11", 2),
        ("in May 2021", "2021-05", "2021-05-01", "2021-05-31", 4),
        ("in 1994", "1994", "1994-01-01", "1994-12-31", 5),
        ("in the 1990s", "199", "1990-01-01", "1999-12-31", 5),
        ("in the winter of 2020", "2020-WI", "2020-12-01", "2021-02-28", 5),
        ("in the first quarter of 2020", "2020-Q1", "2020-01-01", "2020-03-31", 5),
    ],
)
def test_the_days_covered_and_the_ucdp_precision_follow_the_value(
    written: str, value: str, first: str, last: str, precision: int
) -> None:
    (found,) = times(f"Rebels took the bridge {written}.")
    assert (found.value, found.from_, found.to, found.precision) == (value, first, last, precision)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("a 40-minute lull", "PT40M"),
        ("a six-week siege", "P6W"),
        ("six days of fighting", "P6D"),
        ("two and a half years of siege", "P2.5Y"),
        ("several weeks of fighting", "PXW"),
        ("half an hour of shelling", "PT30M"),
        ("decades of war", "PXDE"),
        ("two decades of war", "P20Y"),
        ("a fight of more than a year", "P1Y"),
        ("the past three months", "P3M"),
    ],
)
def test_durations_have_a_length_and_no_dates(written: str, value: str) -> None:
    (found,) = times(f"The village saw {written}.")
    assert (found.type, found.value) == ("DURATION", value)
    assert (found.from_, found.to, found.precision) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("every day", "P1D"),
        ("daily", "P1D"),
        ("each Friday", "XXXX-WXX-5"),
        ("on Tuesdays", "XXXX-WXX-2"),
        ("weekly", "P1W"),
        ("50 times a day", "P1D"),
    ],
)
def test_what_recurs_is_a_set(written: str, value: str) -> None:
    (found,) = times(f"The guns fire {written}.")
    assert (found.type, found.value, found.from_) == ("SET", value, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Shells fell Tuesday night.", "2022-09-13TNI"),
        ("Shells fell on the night of 5 May.", "2022-05-05TNI"),
        ("Shells fell at 10 p.m. on Monday.", "2022-09-12T22:00"),
        ("Shells fell on Monday at 19:00 local time.", "2022-09-12T19:00"),
        ("Shells fell at 1700 GMT on Monday.", "2022-09-12T17:00"),
        ("Shells fell at dawn Friday.", "2022-09-09TMO"),
        ("Shells fell last night.", "2022-09-12TNI"),
        ("Shells fell this morning.", "2022-09-13TMO"),
    ],
)
def test_a_time_of_day_joins_its_day(text: str, value: str) -> None:
    (found,) = times(text)
    assert (found.type, found.value) == ("TIME", value)


def test_overnight_is_the_night_before_publication() -> None:
    found = times("Troops crossed the border Tuesday. The fighting raged overnight.")[-1]
    assert (found.value, found.from_, found.to) == ("2022-09-12TNI", "2022-09-12", "2022-09-13")


def test_plans_and_possibilities_of_the_past_do_not_turn_a_day_forward() -> None:
    assert values("The council announced the plan on Friday.") == {"Friday": "2022-09-09"}
    assert values("No survivor could be found on Friday.") == {"Friday": "2022-09-09"}
    assert values("The council plans to meet on Friday.") == {"Friday": "2022-09-16"}
    assert values("It soon became clear. Peace will come soon.") == {"soon": "FUTURE_REF"}


def test_a_time_of_day_without_a_day_takes_that_of_the_sentence_before_or_none() -> None:
    assert values("It began on Monday. Guards fled at 19:00.")["19:00"] == "2022-09-12T19:00"
    assert values("It began minutes after midnight Tuesday.")["midnight Tuesday"] == "2022-09-13T00:00"
    assert values("Guards fled in the evening.") == {"the evening": None}


def test_a_day_without_a_year_is_the_one_nearest_in_reason() -> None:
    published = date(2023, 10, 21)
    assert values("The list released on October 26 names them.", published) == {"October 26": "2023-10-26"}
    assert values("The raid of December 12 failed.", published) == {"December 12": "2022-12-12"}


def test_attacks_known_by_their_day_keep_their_year() -> None:
    assert values("He spoke of the September 11 attacks.") == {"September 11": "2001-09-11"}


def test_a_time_can_be_counted_from_one_told_before() -> None:
    text = (
        "The army came on 5 May 2019. The next day it left. Three days later it was back. So was peace the same month."
    )
    assert values(text) == {
        "5 May 2019": "2019-05-05",
        "The next day": "2019-05-06",
        "Three days later": "2019-05-09",
        "the same month": "2019-05",
    }


def test_days_after_an_event_are_dated_only_where_the_text_dates_the_event() -> None:
    dated = "Both sides signed the truce on 5 May 2019. Shelling began three days after the truce."
    assert values(dated)["three days after"] == "2019-05-08"
    (undated,) = times("Shelling began three days after the truce.")
    assert (undated.type, undated.value, undated.from_) == ("DURATION", "P3D", None)
    assert values("Shelling began two days after 5 May 2019.") == {"two days after 5 May 2019": "2019-05-07"}


@pytest.mark.parametrize(
    ("text", "ends", "first", "last"),
    [
        ("between 10 and 12 May 2020", ["2020-05-10", "2020-05-12"], "2020-05-10", "2020-05-12"),
        ("on 10-12 May 2020", ["2020-05-10", "2020-05-12"], "2020-05-10", "2020-05-12"),
        ("on May 10-12, 2020", ["2020-05-10", "2020-05-12"], "2020-05-10", "2020-05-12"),
        ("from March to June 2020", ["2020-03", "2020-06"], "2020-03-01", "2020-06-30"),
        ("between 1994 and 1997", ["1994", "1997"], "1994-01-01", "1997-12-31"),
        ("from Friday to Sunday", ["2022-09-09", "2022-09-11"], "2022-09-09", "2022-09-11"),
    ],
)
def test_both_ends_of_a_stretch_know_the_whole_of_it(text: str, ends: list[str], first: str, last: str) -> None:
    found = times(f"They were held {text}.")
    assert [each.value for each in found] == ends
    assert {(each.from_, each.to) for each in found} == {(first, last)}


def test_hours_of_a_stretch_share_its_day() -> None:
    found = times("The road is closed from 3 p.m. to 5 p.m. on Monday.")
    assert [each.value for each in found] == ["2022-09-12T15:00", "2022-09-12T17:00"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The road stays closed until Friday.", "2022-09-16"),
        ("The hearing was put off until Friday.", "2022-09-16"),
        ("The siege lasted until Friday.", "2022-09-09"),
        ("The council decided to meet in November.", "2022-11"),
        ("The court is to rule on Friday.", "2022-09-16"),
        ("He will speak of Friday's attack.", "2022-09-09"),
        ("He will speak at Friday's meeting.", "2022-09-16"),
        ("Two men died due to wounds on Saturday.", "2022-09-10"),
        ("The envoy is due to arrive on Saturday.", "2022-09-17"),
        ("He was born in 1994 and as of February leads the band.", "2022-02"),
    ],
)
def test_the_nearest_verb_that_plans_or_tells_gives_the_direction(text: str, value: str) -> None:
    assert times(text)[-1].value == value


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("The wounded came in the early morning hours of Monday.", "TIME", "2022-09-12TMO"),
        ("The raid began at 0530 hours on Monday.", "TIME", "2022-09-12T05:30"),
        ("The raid began at 5 o'clock on Monday.", "TIME", "2022-09-12T05:00"),
        ("The strike ended at 1700 GMT.", "TIME", "2022-09-13T17:00"),
        ("A month-long siege ended.", "DURATION", "P1M"),
        ("The daylong battle ended.", "DURATION", "P1D"),
        ("A war of three-and-a-half years ended.", "DURATION", "P3.5Y"),
        ("Peace will one day come.", "DATE", "FUTURE_REF"),
        ("No peace is seen in the near future.", "DATE", "FUTURE_REF"),
        ("The current talks failed.", "DATE", "PRESENT_REF"),
        ("Talks must end by year's end.", "DATE", "2022-12-31"),
        ("Exports fell in the last half of 2021.", "DATE", "2021-H2"),
        ("Exports fell in fiscal 2021's third quarter.", "DATE", "2021-Q3"),
        ("Traders settled there in the 1800s.", "DATE", "18"),
        ("The ship will sail two years from now.", "DATE", "2024"),
        ("The ship could sail as soon as Friday.", "DATE", "2022-09-16"),
        ("The talks are supposed to end by May.", "DATE", "2023-05"),
        ("The shelling began at 8:30 tonight.", "TIME", "2022-09-13T20:30"),
        ("The pact was signed on Sunday, May eighth.", "DATE", "2022-05-08"),
        ("They buried the eight-month-old truce.", "DURATION", "P8M"),
        ("Losses for the full year fell.", "DATE", "2022"),
        ("Talks must end by year-end.", "DATE", "2022-12-31"),
        ("The group was founded in the 60s.", "DATE", "196"),
    ],
)
def test_further_ways_to_tell_a_time(text: str, type_: str, value: str) -> None:
    (found,) = times(text)
    assert (found.type, found.value) == (type_, value)


@pytest.mark.parametrize(
    ("text", "value", "first", "last"),
    [
        ("Shelling went on during Ramadan.", "2022-04-02/2022-05-01", "2022-04-02", "2022-05-01"),
        ("Shelling stopped in Ramadan 2014.", "2014-06-28/2014-07-27", "2014-06-28", "2014-07-27"),
        ("The truce will begin on the first day of Ramadan.", "2023-03-23", "2023-03-23", "2023-03-23"),
        ("The truce of Eid al-Adha held.", "2022-07-09", "2022-07-09", "2022-07-09"),
        ("The truce of Labor Day held.", "2022-09-05", "2022-09-05", "2022-09-05"),
        ("The truce of Halloween held.", "2021-10-31", "2021-10-31", "2021-10-31"),
        ("The truce will start on the 20th.", "2022-09-20", "2022-09-20", "2022-09-20"),
        ("They met on the first of May.", "2022-05-01", "2022-05-01", "2022-05-01"),
    ],
)
def test_feasts_and_bare_days_take_their_year_and_month_from_publication(
    text: str, value: str, first: str, last: str
) -> None:
    (found,) = times(text)
    assert (found.value, found.from_, found.to) == (value, first, last)


def test_feasts_without_a_publication_date_have_no_days() -> None:
    assert values("It ended before Ramadan, after Eid al-Fitr and on the 20th.", None) == {
        "Ramadan": None,
        "Eid al-Fitr": None,
        "the 20th": None,
    }


def test_durations_of_two_units_are_one_and_a_shared_unit_gives_two() -> None:
    assert values("The siege took one year and two months.") == {"one year and two months": "P1Y2M"}
    assert values("The talks take two to six days.") == {"two": "P2D", "six days": "P6D"}
    assert values("The talks take between 60 and 90 days.") == {"60": "P60D", "90 days": "P90D"}
    assert values("The siege took half a dozen weeks.") == {"half a dozen weeks": "P6W"}


def test_periods_of_other_years_are_as_long_as_the_one_told_of() -> None:
    text = "Losses fell in the third quarter of 2021. In the 2019 period they rose, as in the same period last year."
    assert list(values(text).values()) == ["2021-Q3", "2019-Q3", "2021-Q3"]


def test_a_day_told_again_keeps_the_year_it_was_first_given() -> None:
    assert values("The town fell on 20 May 1995. The killing of May 20 lasted hours.")["May 20"] == "1995-05-20"


def test_the_year_of_a_past_event_is_not_that_of_a_plan_in_the_same_sentence() -> None:
    found = values("The country, which applied in July 2017, will join on 12 December.")
    assert found["12 December"] == "2022-12-12"


def test_what_a_description_is_to_be_is_no_plan() -> None:
    assert values("A rival called him unfit to be commander Monday.")["Monday"] == "2022-09-12"


def test_days_in_a_list_share_their_month() -> None:
    assert [each.value for each in times("Raids on 3, 5 and 9 June 2021 failed.")] == [
        "2021-06-03",
        "2021-06-05",
        "2021-06-09",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The army sent 2,000 troops.",
        "At least 2020 people fled.",
        "They killed 1994 rebels.",
        "UN resolution 1973 was passed.",
        "A 25-year-old man was hurt.",
        "The victim was 37 years old.",
        "Mr. May may march on.",
        "Theresa May spoke.",
        "The fall of Aster shook the spring offensive.",
        "A second man held the post.",
        "Three-quarters of the town is lost.",
        "Sameh Ramadan and Ramadan Younis spoke.",
        "The national daily said so.",
        "Survivors of Bloody Sunday spoke to the Sunday Times.",
        "The eight-month-old girl was hurt.",
        "He spoke on a programme called ''40 Minutes''.",
        "Guests of the Days Inn fled.",
        "A poll of 2047 registered voters was held.",
    ],
)
def test_numbers_names_and_ages_are_no_times(text: str) -> None:
    assert times(text) == []


def test_without_a_publication_date_nothing_relative_is_invented() -> None:
    found = values("On Tuesday and last week shells fell, as on 29 May and in 1994, two years ago.", None)
    assert found == {
        "Tuesday": None,
        "last week": None,
        "29 May": "XXXX-05-29",
        "1994": "1994",
        "two years ago": None,
    }


def test_a_full_date_in_the_dateline_stands_in_for_a_missing_publication_date() -> None:
    text = "ASTER, May 29, 2018 (Wire) -- Gunmen fled on Monday."
    analysis = analysed(text)
    dated = Analysis(
        text, analysis.tokens, analysis.sentences, analysis.paragraphs, datelines=(Dateline(0, 29, (0, 5), (7, 19)),)
    )
    assert [each.value for each in find_times(dated, None)] == ["2018-05-29", "2018-05-28"]
    assert [each.value for each in find_times(dated, date(2018, 6, 5))] == ["2018-05-29", "2018-06-04"]


def test_an_ambiguous_numeric_date_keeps_only_its_year_unless_the_text_settles_it() -> None:
    assert values("It fell on 05/09/2019.") == {"05/09/2019": "2019"}
    assert values("It fell on 05/09/2019, not on 25/09/2019.")["05/09/2019"] == "2019-09-05"
    assert values("It fell on 05/09/2019, not on 05/25/2019.")["05/09/2019"] == "2019-05-09"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It happened on February 31.", None),
        ("It happened on 31 February 2020.", None),
        ("It will end in the year 9999.", None),
        ("It was built in 2500 BC.", "BC2500"),
        ("It was 99999999 years ago.", "PAST_REF"),
    ],
)
def test_absurd_dates_have_no_days(text: str, value: str | None) -> None:
    for found in times(text):
        assert (found.from_, found.to, found.precision) == (None, None, None)
        assert found.value == value


def test_first_and_last_days_of_the_calendar_do_not_overflow() -> None:
    for published in (date.min, date.max):
        for text in (
            "yesterday, tomorrow, last year, next year, 9000 years ago, next week, 500 decades ago",
            "overnight",
        ):
            times(f"It came {text}.", published)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n" * 50_000,
        "1 2 3 " * 20_000,
        "May " * 30_000,
        "the " * 30_000,
        "10-12-" * 20_000,
        "three days after the " * 8_000,
        "a year ago, " * 10_000,
        "Tuesday night at 10 p.m. on " * 4_000,
        "x" * 200_000,
        "'9" * 50_000,
        "🙂‮١٤٤٥ في مايو \x00 " * 5_000,
    ],
)
def test_no_long_text_hangs(text: str) -> None:
    found = find_times(Analysis(text, [], [], []), TUESDAY)
    assert all(text[time.start : time.end] == time.text for time in found)


@pytest.mark.parametrize(
    "text", ["He spoke on Radio 4's Today programme.", "Demand rises in winter.", "I read the Daily Post."]
)
def test_titles_and_seasons_in_general_are_no_times(text: str) -> None:
    assert times(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("They met on 3 March 9999.", None),
        ("They met on March 3, 9999, he said.", None),
        ("They met in March 9999.", None),
        ("On 3 March 9999 people fled.", "2022-03-03"),
    ],
)
def test_a_day_of_an_impossible_year_is_not_one_of_this_year(text: str, value: str | None) -> None:
    assert list(values(text).values()) == [value]
