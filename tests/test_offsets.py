"""For any text whatever: offsets in bounds, in order and exact, every time the same, in a time that grows evenly."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.checking import violations
from counterclaim.language import Analysis, PatternAnalyser
from counterclaim.pipeline import Coder
from counterclaim.reading import clean
from counterclaim.records import Claim, CodedReport, Place, Report, Span

PIECES = [
    "Four soldiers were killed", "the U.S.", "Gen. A. Orlov", "Norland’s", "didn't", "said", "1.5 million",
    "6,600", "10^12", "31 Dec. 9999", "on Tuesday", "10-15", "al-Marib", "a.m.", "No. 5",
    "http://example.org/a?b", "“", "”", '"', "'", "‘", "’", "''", "``", "«", "»", "„", "(", ")", "[6]",
    ".", "...", "…", "!", "?", ",", ":", ";", "-", "--", "—", "\n", "\n\n", "\r\n", "\t", " ", "  ",
    "\u00a0", "\u200b", "\u00ad", "\u200f", "\u2028", "👩‍🚒", "e\u0301", "ﬁ", "İ", "קרב", "قتل", "战争",
    "\x00", "TARSK, Norland, May 3 (NNA) --", "By Ann Lee", "x" * 90, "and", "of", "The", "Ministry",
    "for", "killed", "\ud800",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
                  st.lists(st.sampled_from(PIECES), max_size=60).map("".join))  # fmt: skip
REPORTS = TEXTS.map(clean).filter(str.strip)


def analyse(text: str) -> Analysis:
    return PatternAnalyser().analyse([text])[0]


def assert_ordered(spans: list[Span], length: int) -> None:
    position = 0
    for start, end in spans:
        assert position <= start < end <= length
        position = end


@given(TEXTS)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_every_span_of_an_analysis_is_exact_and_in_order(text: str) -> None:
    analysis = analyse(text)
    assert analysis.text == text
    for token in analysis.tokens:
        assert text[token.start : token.end] == token.text
    for spans in (analysis.tokens, analysis.sentences, analysis.quotes, analysis.names, analysis.datelines):
        assert_ordered([(span[0], span[1]) for span in spans], len(text))
    assert_ordered(list(analysis.paragraphs), len(text))
    sentences = analysis.sentences
    assert [token for s in sentences for token in analysis.tokens[s.first : s.last]] == list(analysis.tokens)
    for index, sentence in enumerate(sentences):
        assert analysis.sentence_at(sentence.start) == index
        assert sentence.start == analysis.tokens[sentence.first].start
        assert sentence.end == analysis.tokens[sentence.last - 1].end
        start, end = analysis.paragraphs[sentence.paragraph]
        assert start <= sentence.start < sentence.end <= end
    assert {q for q in analysis.quotes if not text[q.start : q.end].strip()} == set()


@given(TEXTS)
@settings(max_examples=100, deadline=None, derandomize=True)
def test_every_letter_and_digit_is_in_a_token(text: str) -> None:
    covered = {offset for token in analyse(text).tokens for offset in range(token.start, token.end)}
    assert [offset for offset, letter in enumerate(text) if letter.isalnum() and offset not in covered] == []


@given(st.lists(TEXTS, max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_batch_gives_what_each_text_alone_gives(texts: list[str]) -> None:
    assert PatternAnalyser().analyse(texts) == [analyse(text) for text in texts]


@given(REPORTS, st.sampled_from([None, "2022-09-13", "1801-01-01", "2099-12-31"]))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_text_makes_a_coded_report_that_breaks_the_contract(text: str, published: str | None) -> None:
    coded = CODER.code(Report(text=text, id="r", published=published))
    assert violations(coded) == []
    assert CodedReport.from_json(coded.to_json()) == coded


CODER = Coder()


@pytest.mark.parametrize(
    "piece",
    [
        "a", "aa.aa", "A. ", "1,", "1/1/", "'", '"', "“", "‘a ", "a-", "@a", "a@", ". ", "\n", "a\n", "«",
        "http://a", "Mr. ", "(", " \n", "\u200b", "A ", "A of the ", "The Ministry for ", "a's ", "''",
        "said ", "\u00ad", "“a” ",
    ],
)  # fmt: skip
@pytest.mark.timeout(60)  # a guard against hanging, not a measurement: growth with the square would take minutes
def test_no_long_text_hangs_the_analyser(piece: str) -> None:
    analysis = analyse(piece * (100_000 // len(piece)))
    assert all(first.end <= then.start for first, then in pairwise(analysis.tokens))


@pytest.mark.parametrize("piece", ["the ", "12 killed, ", "KILLED IN TARSK ", "who killed ", "dozens and ", "said, "])
@pytest.mark.timeout(60)  # a guard against hanging, not a measurement: growth with the square would take minutes
def test_no_stage_hangs_on_a_text_without_stops(piece: str) -> None:
    coded = CODER.code(Report(text=piece * (40_000 // len(piece)), id="r", published="2022-09-13"))
    assert violations(coded) == []


def test_the_checker_sees_what_is_wrong() -> None:
    claim = Claim(id="c1", start=0, end=4, evidence="Five", sentence=3, harm="killed", min=5, max=4, confidence=2.0)
    place = Place(id="p1", start=10, end=99, text="Tarsk", name="Tarsk", kind="settlement", lat=91.0, lon=0.0)
    coded = CodedReport(
        id="r", text="Four died in Tarsk.", sentences=((0, 19),), claims=(claim, claim), places=(place,)
    )
    found = "\n".join(violations(coded))
    for fault in ("no span", "but the text has", "two claims", "no sentence 3", "at most 4", "confidence", "lies at"):
        assert fault in found
