"""Paragraphs, hard-wrapped text, headlines, bylines, datelines and credit lines."""

from __future__ import annotations

import pytest

from counterclaim.language import Analysis, PatternAnalyser

BODY = "Four soldiers were killed near the town on Tuesday, the army said, and two more were taken to a hospital."


def analyse(text: str) -> Analysis:
    return PatternAnalyser().analyse([text])[0]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.kind) for s in analyse(text).sentences]


def test_single_newlines_part_paragraphs_where_lines_are_long() -> None:
    text = f"{BODY}\n{BODY}\n{BODY}"
    assert [text[start:end] for start, end in analyse(text).paragraphs] == [BODY] * 3


def test_a_sentence_goes_on_over_the_newline_of_wrapped_text() -> None:
    text = (
        "Four soldiers were killed near the town of Tarsk on Tuesday, the\n"
        "army of Norland said, and two more were taken to the hospital of\n"
        "Varn. The fighting went on for three days.\n"
        "\n"
        "   A spokesman said that nobody had yet been able to reach the two\n"
        "villages. Civilians fled over the border into Ostmark, where they\n"
        "were given shelter.\n"
    )
    sentences = [" ".join(text[s.start : s.end].split()) for s in analyse(text).sentences]
    assert len(analyse(text).paragraphs) == 2
    assert sentences[0].endswith("the hospital of Varn.")
    assert sentences[1] == "The fighting went on for three days."
    assert sentences[3] == "Civilians fled over the border into Ostmark, where they were given shelter."


def test_short_lines_of_a_list_stay_apart() -> None:
    assert len(analyse("Dead:\nAnna Orlov, 24\nBela Varn, 31\nCarl Tarsk, 7").sentences) == 4


def test_a_short_first_line_without_a_stop_is_the_headline() -> None:
    assert kinds(f"Four soldiers killed near Tarsk\n\n{BODY}") == [
        ("Four soldiers killed near Tarsk", "headline"),
        (BODY, "body"),
    ]


def test_a_line_of_prose_is_no_headline() -> None:
    assert [kind for _, kind in kinds(f"The army attacked.\n\n{BODY}")] == ["body", "body"]


def test_a_text_of_one_line_has_no_headline() -> None:
    assert kinds("Four soldiers killed near Tarsk") == [("Four soldiers killed near Tarsk", "body")]


@pytest.mark.parametrize("line", ["By Ann Lee", "By ANN LEE and Bo Varn, Norland Press", "Reuters"])
def test_a_byline_is_known(line: str) -> None:
    assert kinds(f"Four soldiers killed\n{line}\n{BODY}")[1] == (line, "byline")


@pytest.mark.parametrize(
    "line", ["(Reporting by Ann Lee in Varn; Editing by Bo Tarsk)", "Ann Lee in Varn contributed to this report."]
)
def test_a_credit_line_at_the_end_is_known(line: str) -> None:
    assert kinds(f"{BODY}\n\n{BODY}\n\n{line}")[-1] == (line, "byline")


@pytest.mark.parametrize(
    ("line", "place", "day"),
    [
        ("TARSK, Norland-held Ostmark, May 29 (NNA) --", "TARSK", "May 29"),
        ("TARSK (NNA) —", "TARSK", None),
        ("Tarsk, 13 September -", "Tarsk", "13 September"),
        ("TARSK, Norland, Sept. 13, 2022 (NNA) -", "TARSK", "Sept. 13, 2022"),
        ("TARSK/VARN (NNA) -", "TARSK/VARN", None),
        ("Tarsk, Norland (NNA) —", "Tarsk", None),
        ("TARSK, Norland —", "TARSK", None),
        ("TARSK:", "TARSK", None),
        ("(NNA) --", None, None),
    ],
)
def test_a_dateline_gives_its_place_and_date_and_is_part_of_the_first_sentence(
    line: str, place: str | None, day: str | None
) -> None:
    text = f"{line} {BODY}"
    analysis = analyse(text)
    (dateline,) = analysis.datelines
    assert text[dateline.start : dateline.end] == line
    assert (dateline.place and text[slice(*dateline.place)]) == place
    assert (dateline.date and text[slice(*dateline.date)]) == day
    assert len(analysis.sentences) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Tarsk - the old capital - fell on Tuesday after a siege of three weeks, officials said.",
        "NATO: the alliance said nothing.",
        "In May 2021 - a year later - the army came.",
        "Norland's army, Ostmark said, attacked.",
    ],
)
def test_prose_that_only_begins_like_a_dateline_is_none(text: str) -> None:
    assert list(analyse(text).datelines) == []


def test_a_date_on_a_line_of_its_own_is_a_dateline_without_place() -> None:
    text = f"Four soldiers killed near Tarsk\nTuesday, September 13, 2022\n{BODY}"
    (dateline,) = analyse(text).datelines
    assert dateline.place is None
    assert dateline.date is not None
    assert text[slice(*dateline.date)] == "Tuesday, September 13, 2022"
    assert kinds(text)[1][1] == "dateline"


def test_no_sentence_is_longer_than_later_stages_can_take() -> None:
    analysis = analyse("killed and wounded, " * 2000)
    assert max(sentence.last - sentence.first for sentence in analysis.sentences) <= 400
