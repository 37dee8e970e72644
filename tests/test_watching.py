"""A watch over feeds and articles: what is new or changed is kept once, politely, whatever stops it."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from counterclaim.casebook import Casebook
from counterclaim.errors import WatchError
from counterclaim.watching import Allowed, Fetcher, Limits, Pauses, Settings, Told, Watcher, agent
from tests.run_coders import quick
from tests.watch_site import LATER, STORY, Page, SetClock, Site, article, feed, site

HOUR = 3600.0


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as served:
        yield served


class Desk:
    """A watch in a folder, begun anew at each call as a new process would."""

    def __init__(self, folder: Path, web: Site, settings: Settings | None = None) -> None:
        self.folder = folder
        self.book = folder / "my.db"
        self.clock = SetClock()
        self.web = web
        self.settings = settings or Settings()
        self.told: list[Told] = []

    def watch(self, *paths: str, hours: float | None = None, allowed: tuple[str, ...] | None = None) -> list[Told]:
        """One round, or so many hours; what was told of it."""
        self.told = []
        fetcher = Fetcher(
            agent("desk@example.org"),
            Allowed.of(allowed if allowed is not None else (self.web.host,)),
            Limits(seconds=5),
        )
        with (
            Casebook(self.book) as book,
            Watcher(
                self.folder / "captures", book, quick(), fetcher, settings=self.settings, clock=self.clock,
                pauses=Pauses(1), tell=self.told.append,
            ) as watcher,
        ):  # fmt: skip
            until = None if hours is None else self.clock.at + hours * HOUR
            urls = [f"{self.web.url}{path}" for path in paths]
            watcher.run(urls, once=hours is None, until=until)
        return self.told

    def reports(self) -> dict[str, list[str]]:
        """Report id to the texts of its revisions."""
        with Casebook.open(self.book) as book:
            return {entry.id: [one.text for one in book.revisions(entry.id)] for entry in book.reports()}

    def rejects(self) -> list[str]:
        with Casebook.open(self.book) as book:
            return [f"{one.source} {one.code}" for one in book.rejects()]


@pytest.fixture
def desk(tmp_path: Path, web: Site) -> Desk:
    return Desk(tmp_path, web)


def whats(told: list[Told]) -> list[str]:
    return [one.what for one in told]


def test_the_articles_of_a_feed_are_kept_with_their_bytes(desk: Desk, web: Site) -> None:
    web.feed("/feed.xml", "/tarsk.html", "/velm.html")
    web.article("/tarsk.html", STORY)
    web.article("/velm.html", STORY.replace("Tarsk", "Velm"))
    told = desk.watch("/feed.xml")
    assert whats(told) == ["added", "added"], told
    assert sorted(desk.reports()) == ["tarsk", "velm"]
    digest = hashlib.sha256(article(STORY)).hexdigest()
    kept = desk.folder / "captures" / "objects" / digest[:2] / digest
    assert kept.read_bytes() == article(STORY)
    with Casebook.open(desk.book) as book:
        assert book.report("tarsk").published == "2024-03-05"
        assert book.revisions("tarsk")[0].sources == (f"{web.url}/tarsk.html",)


def test_a_changed_text_is_a_revision_and_the_same_text_is_nothing(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY)
    desk.watch("/tarsk")
    assert whats(desk.watch("/tarsk")) == ["unchanged"]
    web.pages["/tarsk"] = Page(article(STORY) + b"<!-- 8 readers -->", headers={"Content-Type": "text/html"})
    assert whats(desk.watch("/tarsk")) == []
    web.article("/tarsk", LATER)
    [told] = desk.watch("/tarsk")
    assert (told.what, told.revision) == ("revised", 2)
    [texts] = desk.reports().values()
    assert ["12" in texts[0], "19" in texts[1]] == [True, True]


def test_a_date_that_a_page_tells_otherwise_later_is_no_revision(desk: Desk, web: Site) -> None:
    dated = article(STORY).replace(b"<head>", b'<head><meta property="article:published_time" content="2024-03-04">')
    web.pages["/tarsk"] = Page(dated, headers={"Content-Type": "text/html"})
    desk.watch("/tarsk")
    web.pages["/tarsk"] = Page(dated.replace(b"03-04", b"03-06"), headers={"Content-Type": "text/html"})
    assert whats(desk.watch("/tarsk")) == []
    with Casebook.open(desk.book) as book:
        assert [one.published for one in book.revisions("tarsk")] == ["2024-03-04"]


def test_unchanged_documents_are_asked_for_by_what_the_server_gave(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY, ETag='"one"')
    desk.watch("/tarsk")
    assert whats(desk.watch("/tarsk")) == ["unchanged"]
    first, second = (asked for asked in web.asked if asked.path == "/tarsk")
    assert "if-none-match" not in first.headers
    assert second.headers["if-none-match"] == '"one"'
    assert "desk@example.org" in second.headers["user-agent"]
    assert second.headers["user-agent"].startswith("Counterclaim/")


def test_what_robots_txt_forbids_is_not_fetched(desk: Desk, web: Site) -> None:
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private\nCrawl-delay: 30\n")
    web.feed("/feed.xml", "/private/a", "/open/a", "/open/b")
    for path in ("/private/a", "/open/a", "/open/b"):
        web.article(path, STORY.replace("Tarsk", path))
    desk.watch("/feed.xml")
    assert web.paths() == ["/robots.txt", "/feed.xml", "/open/a", "/open/b"]
    assert desk.rejects() == [f"{web.url}/private/a refused"]
    assert sum(desk.clock.slept) >= 60


def test_a_site_whose_robots_txt_fails_is_left_alone(desk: Desk, web: Site) -> None:
    web.pages["/robots.txt"] = Page(status=500)
    web.article("/tarsk", STORY)
    assert whats(desk.watch("/tarsk")) == ["failed"]
    assert web.paths() == ["/robots.txt"]


def test_hosts_are_asked_no_oftener_than_said(desk: Desk, web: Site) -> None:
    web.feed("/feed.xml", *(f"/{n}" for n in range(6)))
    for number in range(6):
        web.article(f"/{number}", STORY.replace("12", str(number)))
    desk.watch("/feed.xml")
    assert sum(desk.clock.slept) == pytest.approx(6 * 5.0, abs=0.5)


def test_a_server_that_asks_for_time_gets_it(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY)
    web.pages["/velm"] = Page(status=503, headers={"Retry-After": "7200"})
    desk.watch("/velm", "/tarsk", hours=1.9)
    assert web.paths().count("/velm") == 1
    asked = len(web.asked)
    desk.watch("/velm", "/tarsk", hours=0.5)
    assert len(web.asked) > asked


def test_pauses_grow_while_a_site_fails(desk: Desk, web: Site) -> None:
    web.pages["/tarsk"] = Page(status=500)
    at: list[float] = []
    desk.settings = Settings(every=60.0)
    for _ in range(80):
        before = len(web.asked)
        desk.watch("/tarsk", hours=0.1)
        if len(web.asked) > before:
            at.append(desk.clock.at)
    gaps = [later - earlier for earlier, later in itertools.pairwise(at)]
    assert 4 <= len(gaps) <= 10
    assert gaps[-1] > 3 * gaps[0]


def test_an_article_is_looked_at_again_less_and_less_and_a_correction_is_found(desk: Desk, web: Site) -> None:
    web.feed("/feed.xml", "/tarsk")
    web.article("/tarsk", STORY)
    desk.settings = Settings(every=2 * HOUR)
    desk.watch("/feed.xml", hours=2)
    web.article("/tarsk", LATER)
    desk.watch("/feed.xml", hours=24 * 9)
    looks = web.paths().count("/tarsk")
    assert 6 <= looks <= 9
    assert [len(texts) for texts in desk.reports().values()] == [2]
    desk.watch("/feed.xml", hours=24)
    assert web.paths().count("/tarsk") == looks
    web.pages["/feed.xml"] = Page(feed(web.url, ("/tarsk",), " (corrected)"))
    desk.watch("/feed.xml", hours=2.2)
    assert web.paths().count("/tarsk") == looks + 1


def test_entries_alone_can_be_coded(desk: Desk, web: Site) -> None:
    web.feed("/feed.xml", "/tarsk")
    desk.settings = Settings(articles=False)
    assert whats(desk.watch("/feed.xml")) == ["added"]
    assert "/tarsk" not in web.paths()
    assert desk.reports() == {"tarsk": ["Short of /tarsk"]}
    web.pages["/feed.xml"] = Page(feed(web.url, ("/tarsk",), ", 3 dead"))
    assert whats(desk.watch("/feed.xml")) == ["revised"]


def test_a_page_cannot_pass_for_that_of_another_address(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY)
    told = f'<link rel="canonical" href="{web.url}/tarsk"><meta property="og:url" content="{web.url}/tarsk">'
    web.pages["/other"] = Page(
        article(LATER).replace(b"<head>", b"<head>" + told.encode()), headers={"Content-Type": "text/html"}
    )
    desk.watch("/tarsk", "/other")
    assert [len(texts) for texts in desk.reports().values()] == [1, 1]


def test_what_cannot_be_had_or_read_is_named(desk: Desk, web: Site) -> None:
    web.pages["/picture"] = Page(b"\x89PNG\r\n\x1a\n" + bytes(500), headers={"Content-Type": "image/png"})
    web.pages["/gone"] = Page(status=410)
    web.pages["/empty"] = Page(b"<html><body></body></html>", headers={"Content-Type": "text/html"})
    assert sorted(whats(desk.watch("/picture", "/gone", "/empty"))) == ["left", "rejected", "rejected"]
    assert sorted(desk.rejects()) == [f"{web.url}/empty empty", f"{web.url}/gone fetch", f"{web.url}/picture not-text"]
    desk.watch("/gone", hours=48)
    assert web.paths().count("/gone") == 1


def test_a_feed_leads_to_no_private_address(desk: Desk, web: Site) -> None:
    links = ("http://127.0.0.1:1/admin", "http://169.254.169.254/latest", "http://2130706433/", "file:///etc/passwd")
    body = feed("", links)
    web.pages["/feed.xml"] = Page(body, headers={"Content-Type": "application/rss+xml"})
    told = desk.watch("/feed.xml")
    refused = [one for one in told if "not public" in one.message or "port 1;" in one.message]
    assert len(refused) == 2
    assert set(web.paths()) == {"/robots.txt", "/feed.xml"}


def test_a_host_that_is_not_allowed_by_name_is_not_fetched(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY)
    [told] = desk.watch("/tarsk", allowed=())
    assert told.what == "rejected"
    assert web.asked == []


def test_two_watches_do_not_share_a_folder(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY)
    fetcher = Fetcher(None, Allowed.of([web.host]))
    captures = desk.folder / "captures"
    with (
        Casebook(desk.book) as book,
        Watcher(captures, book, quick(), fetcher),
        pytest.raises(WatchError, match="in use"),
    ):
        Watcher(captures, book, quick(), fetcher)


def test_a_new_casebook_is_made_from_the_captures(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY, ETag='"one"')
    desk.watch("/tarsk")
    web.article("/tarsk", LATER, ETag='"two"')
    desk.watch("/tarsk")
    held = desk.reports()
    for file in desk.folder.glob("my.db*"):
        file.unlink()
    desk.watch("/tarsk")
    assert desk.reports() == held


def test_a_clock_that_was_years_ahead_stops_nothing(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY)
    desk.clock.at += 10 * 365 * 24 * HOUR
    desk.watch("/tarsk")
    desk.clock.at -= 10 * 365 * 24 * HOUR
    desk.watch("/tarsk", hours=24 * 8)
    assert web.paths().count("/tarsk") > 10


def test_a_listed_feed_that_was_too_long_once_is_asked_again_soon(desk: Desk, web: Site) -> None:
    web.pages["/feed.xml"] = Page(b"x" * 25_000_000, headers={"Content-Type": "application/rss+xml"})
    desk.watch("/feed.xml")
    assert desk.rejects() == [f"{web.url}/feed.xml limit"]
    web.feed("/feed.xml", "/tarsk")
    web.article("/tarsk", STORY)
    assert "added" in whats(desk.watch("/feed.xml", hours=1))


def test_an_article_is_waited_for_while_its_site_is_down(desk: Desk, web: Site) -> None:
    web.feed("/feed.xml", "/tarsk")
    web.pages["/tarsk"] = Page(status=503)
    told = desk.watch("/feed.xml", hours=6)
    assert set(whats(told)) <= {"failed", "unchanged"}
    web.article("/tarsk", STORY)
    assert "added" in whats(desk.watch("/feed.xml", hours=12))


def test_a_redirect_to_a_site_that_fails_is_that_sites_failure(desk: Desk, web: Site) -> None:
    with site() as other:
        other.pages["/robots.txt"] = Page(status=503, headers={"Retry-After": "86400"})
        other.host = other.host.replace("127.0.0.1", "localhost")
        web.pages["/moved"] = Page(status=302, headers={"Location": f"http://{other.host}/story"})
        web.article("/tarsk", STORY)
        told = desk.watch("/moved", "/tarsk", allowed=(web.host, other.host))
    assert sorted(whats(told)) == ["added", "failed"]


def test_a_capture_that_is_lost_before_it_was_read_is_fetched_again(desk: Desk, web: Site) -> None:
    web.article("/tarsk", STORY, ETag='"one"')
    desk.watch("/tarsk")
    for file in [*desk.folder.glob("my.db*"), *desk.folder.glob("captures/objects/*/*")]:
        file.unlink()
    desk.watch("/tarsk")
    assert [len(texts) for texts in desk.reports().values()] == [1]
    assert desk.rejects() == [f"{web.url}/tarsk broken"]
