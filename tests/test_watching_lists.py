"""Lists of what to watch, and what a site's robots.txt says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from counterclaim.errors import UsageError
from counterclaim.watching import read_lists
from counterclaim.watching.robots import Rules

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Wires</title></head><body>
<outline text="Norland"><outline type="rss" text="Herald" xmlUrl="https://herald.example/rss" htmlUrl="https://x.example"/>
<outline type="rss" text="Radio" xmlUrl=" https://radio.example/atom.xml "/></outline>
<outline text="no address"/></body></opml>"""


def test_urls_come_from_opml_from_lists_and_from_the_command(tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML)
    (tmp_path / "urls.txt").write_text("# wires\nhttps://herald.example/rss  # twice\n\nhttps://c.example/?a=b#top\n")
    found = read_lists([str(tmp_path / "feeds.opml"), str(tmp_path / "urls.txt"), "https://d.example"])
    assert found == [
        "https://herald.example/rss",
        "https://radio.example/atom.xml",
        "https://c.example/?a=b",
        "https://d.example/",
    ]


def test_all_that_is_wrong_with_lists_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "urls.txt").write_text("https://fine.example/\nftp://no.example/\nnot a url\n")
    (tmp_path / "empty.opml").write_text("<opml><body/>")
    with pytest.raises(UsageError) as caught:
        read_lists([str(tmp_path / "urls.txt"), str(tmp_path / "empty.opml"), str(tmp_path / "none.opml")])
    for said in ("urls.txt:2", "urls.txt:3", "damaged OPML", "none.opml"):
        assert said in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE a [<!ENTITY b 'c'>]><opml><body><outline xmlUrl='&b;'/></body></opml>",
        "<rss><channel/></rss>",
        "<opml><body/></opml>",
        "# nothing\n",
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "list").write_text(text)
    with pytest.raises(UsageError):
        read_lists([str(tmp_path / "list")])


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/a", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news/live", "/news/live/1", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/a.pdf?b", True),
        ("User-agent: *\nDisallow: /*/print/*", "/news/print/1", False),
        ("User-agent: *\nDisallow: /*?s=", "/?s=war", False),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/caf%C3%A9/a", False),
        ("User-agent: Counterclaim\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: counterclaim/1.0\nDisallow: /b", "/a", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: other\nDisallow: /\n", "/a", True),
        ("Disallow: /\n", "/a", True),
        ("user-AGENT : * # all\n  disallow :/a # this", "/a", False),
        ("\x00\n::::\nUser-agent\nUser-agent: *\nCrawl-delay: ²\nDisallow: //[\nDisallow: /a", "/a", False),
    ],
)
def test_robots_txt_by_its_standard(rules: str, path: str, allowed: bool) -> None:
    assert Rules.of(rules).allow(path) is allowed


def test_the_slowest_pace_that_is_asked_for_is_kept() -> None:
    assert Rules.of("User-agent: *\nCrawl-delay: 2.5\nRequest-rate: 1/10s\n").delay == 10
    assert Rules.of("User-agent: *\nRequest-rate: 2/1m\n").delay == 30
    assert Rules.of("User-agent: *\nCrawl-delay: 999999\n").delay == 86_400
    assert Rules.of("User-agent: *\nCrawl-delay: soon\nRequest-rate: 1/0\n").delay == 0


def test_rules_made_to_be_slow_are_not() -> None:
    rules = Rules.of("User-agent: *\n" + "Disallow: /" + "*a" * 2000 + "b$\n" * 1 + "Disallow: /x\n" * 30_000)
    started = time.monotonic()
    assert rules.allow("/" + "a" * 2000)
    assert time.monotonic() - started < 2
