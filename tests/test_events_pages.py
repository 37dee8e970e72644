"""No event from what stands around an article on a page: bylines, photo credits, advertisements, navigation."""

from __future__ import annotations

from pathlib import Path

import pytest

import counterclaim
from counterclaim.reading import Reject, read_inputs
from counterclaim.records import CodedReport, Event

STORY = (
    "<p>Rebels shelled the market of Goma on Monday, the army said. Two women were wounded, the mayor said. The market "
    "is the largest of the city, and traders come to it from across the lake every week of the year.</p>"
    "<p>Soldiers arrested three men near the lake. The president condemned the shelling in a speech on the radio, and "
    "the mayor asked the traders to stay at home until the end of the week.</p>"
)

AROUND = {
    "navigation": "<nav><ul><li><a href='/1'>Police arrest protesters</a></li><li><a href='/2'>War</a></li></ul></nav>",
    "advertisement": "<aside class='ad'><p>Advertisement</p><p>Attack high prices! Fight back now.</p></aside>",
    "related": "<div class='related'><h3>Read more</h3><a href='/3'>Troops bombed Lokwira</a></div>",
    "footer": "<footer><p>Protest against this decision by mail. We condemn spam.</p></footer>",
    "credit": "<figure><img src='x.jpg' alt=''><figcaption>Photo: Kill Devil / Strike Images</figcaption></figure>",
}


def coded(folder: Path, body: str) -> CodedReport:
    file = folder / "page.html"
    file.write_text(
        f"<!doctype html><html lang='en'><head><title>Market of Goma shelled</title></head><body>{body}</body></html>",
        "utf-8",
    )
    [report] = read_inputs([file])
    assert not isinstance(report, Reject)
    return counterclaim.pipeline.default_coder().code(report)


def told(report: CodedReport) -> list[tuple[str, str]]:
    def words(event: Event) -> str:
        return report.text[event.trigger[0] : event.trigger[1]] if event.trigger else ""

    return [(event.plover.type, words(event)) for event in report.events]


def article(inside: str = "") -> str:
    return f"<main><article><h1>Market of Goma shelled</h1>{inside}{STORY}</article></main>"


@pytest.mark.parametrize("what", ["navigation", "advertisement", "related", "footer"])
def test_what_stands_around_an_article_gives_no_event(tmp_path: Path, what: str) -> None:
    plain = told(coded(tmp_path, article()))
    assert ("ASSAULT", "shelled") in plain
    assert told(coded(tmp_path, AROUND[what] + article())) == plain
    assert told(coded(tmp_path, article() + AROUND[what])) == plain


def test_a_photo_credit_gives_no_event(tmp_path: Path) -> None:
    assert told(coded(tmp_path, article(AROUND["credit"]))) == told(coded(tmp_path, article()))


@pytest.mark.parametrize(
    "line",
    [
        "<p class='byline'>By Ann Shelling and Tom Raid</p>",
        "<p>By Ann Warfield, Defence Correspondent</p>",
    ],
)
def test_a_byline_gives_no_event(tmp_path: Path, line: str) -> None:
    # A line more moves the analyser's scores a little, so an act told again may be heard or not; none may be new.
    assert set(told(coded(tmp_path, article(line)))) <= set(told(coded(tmp_path, article())))


@pytest.mark.parametrize(
    "line",
    [
        "By Ann Strike and Tom Battle",
        "Photo: Fire Images / Protest Pictures",
        "Advertisement",
        "Read more: War in pictures",
        "Share this article",
    ],
)
def test_a_line_of_the_page_left_in_a_text_gives_no_event(line: str) -> None:
    text = f"Market shelled\n\n{line}\n\nRebels shelled the market of Goma on Monday, the army said.\n"
    report = counterclaim.code(text)
    start = text.index(line)
    assert not [event for event in report.events if start <= event.start < start + len(line)]
