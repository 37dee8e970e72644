"""The page shows the whole text with every record marked, and is safe whatever the text holds."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from counterclaim.exporting.page import Mark, render_page, segments_of
from counterclaim.records import Attribution, Claim, ClaimLinks, CodedReport, Place

TEXT = "Ministry: 49 soldiers killed in <b>Goris</b>"


def coded(text: str = TEXT) -> CodedReport:
    return CodedReport(
        id="story",
        text=text,
        published="2022-09-13",
        claims=(
            Claim(
                id="c1",
                start=10,
                end=28,
                evidence=text[10:28],
                sentence=0,
                harm="killed",
                quantity="49",
                min=49,
                max=49,
                victims="soldiers",
                source="Ministry",
                place="Goris",
                source_kind="named",
                links=ClaimLinks(place_id="p1", attribution="a1"),
            ),
        ),
        attributions=(Attribution(id="a1", source=(0, 8), cue=(8, 9), content=((10, 44),), kind="named"),),
        places=(Place(id="p1", start=35, end=40, text="Goris", name="Goris", kind="settlement", lat=39.5, lon=46.3),),
    )


class Page(HTMLParser):
    """Collects what a browser would show inside the text paragraph, and every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "p" and dict(attrs).get("class") == "text":
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.text += data


def parsed(html: str) -> Page:
    page = Page()
    page.feed(html)
    return page


def test_the_text_on_the_page_is_the_coded_text_to_the_letter() -> None:
    assert parsed(render_page([coded()])).text == TEXT


def test_markup_in_a_report_stays_text() -> None:
    page = render_page([coded("Ministry: 49 soldiers killed <script>alert(1)</script> in Goris")])
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_asks_the_network_for_nothing() -> None:
    page = parsed(render_page([coded()]))
    fetched = [
        (tag, name, value)
        for tag, attrs in page.tags
        for name, value in attrs.items()
        if name in {"src", "href"} and not (value or "").startswith("#")
    ]
    assert fetched == []
    policies = [attrs.get("content") or "" for tag, attrs in page.tags if tag == "meta"]
    assert any("default-src 'none'" in policy for policy in policies)


def test_a_claim_leads_from_its_words_to_its_value_and_its_place() -> None:
    html = render_page([coded()])
    page = parsed(html)
    marked = [attrs for tag, attrs in page.tags if tag == "span" and "m claim" in (attrs.get("class") or "")]
    assert marked
    assert all("r0-c1" in (attrs.get("data-r") or "") for attrs in marked)
    assert 'href="#r0-card-p1"' in html
    assert 'id="r0-card-p1"' in html


def test_every_link_on_the_page_has_its_target() -> None:
    page = parsed(render_page([coded(), coded()]))
    targets = {attrs["id"] for _, attrs in page.tags if "id" in attrs}
    links = {(attrs.get("href") or "")[1:] for tag, attrs in page.tags if tag == "a"}
    assert links <= targets


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(st.tuples(spans, st.sampled_from(["claim", "event", "place"])), max_size=12))
def test_segments_cover_the_text_once_and_keep_every_mark_however_they_overlap(
    drawn: list[tuple[tuple[int, int], str]],
) -> None:
    text = "abcdefghijklmnopqrstuvwxyz1234"
    marks = sorted(Mark(start, end, layer, f"x{n}") for n, ((start, end), layer) in enumerate(drawn))
    segments = list(segments_of(text, marks))
    assert "".join(segment.text for segment in segments) == text
    for mark in marks:
        under = "".join(segment.text for segment in segments if mark.record in segment.records)
        assert under == text[mark.start : mark.end]


def test_what_begins_at_a_word_comes_before_what_lies_around_it() -> None:
    marks = sorted([Mark(0, 20, "content", "s1"), Mark(4, 8, "place", "p1"), Mark(4, 12, "source", "s2")])
    at_four = next(segment for segment in segments_of("abcdefghijklmnopqrst", marks) if segment.text == "efgh")
    assert at_four.records == ("s2", "p1", "s1")


def test_one_claim_is_not_counted_as_claims() -> None:
    assert "1 claim," in render_page([coded()])
