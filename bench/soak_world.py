"""News in simulated time: sites on this machine that publish, correct and fail by a seed; its clock."""

from __future__ import annotations

import gzip
import html
import threading
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Final, NamedTuple

from counterclaim.watching import Allowed, Fetcher, Limits

BEGIN: Final = 1_720_000_000.0
"""The world's first second: 3 July 2024."""
LISTED: Final = 30
"""Articles in a feed, the latest first."""
CORRECTED: Final = 2700.0
"""Seconds after which every third article gives other figures."""
TROUBLE: Final = 0.1
"""Share of answers that are something else than what was asked for."""
PACKED_ZEROS: Final = gzip.compress(bytes(60_000_000))

_TOWNS: Final = ("Aleppo", "Goma", "Kharkiv", "Sanaa", "Mosul", "Gaza", "Kandahar", "Maiduguri", "Nyala", "Sloviansk")
_WHO: Final = ("a hospital director", "the mayor", "a police spokesman", "the defence ministry", "a rescue worker")
_DONE: Final = (
    "At least {n} people were killed and {m} wounded when shells hit a market in {town} on {day}, {who} said.",
    "{who} in {town} said that {n} soldiers died in an ambush on the road to the airport.",
    "Rescue workers pulled {m} people out of the rubble of a school in {town}, {who} told reporters.",
    "The army denied that it had fired at {town} and said that {n} fighters had been captured.",
    "Residents of {town} said that {m} families had fled since {day}, when the bridge was destroyed.",
    "The council of {town} met in the evening and asked both sides to let convoys with food and medicine pass.",
    "Prices of flour and fuel in {town} have doubled since the road was closed, traders at the market said.",
)


class Clock:
    """Simulated seconds since 1970."""

    def __init__(self) -> None:
        self.at = BEGIN

    def now(self) -> float:
        """What it shows."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Set it on."""
        self.at += seconds


class Article(NamedTuple):
    """One article of a site: its number, and which edition of it stands."""

    site: int
    number: int
    edition: int


class World:
    """So many sites; each publishes an article every `interval` simulated seconds."""

    def __init__(self, sites: int, interval: float, clock: Clock, seed: int) -> None:
        self.sites = sites
        self.interval = interval
        self.clock = clock
        self.seed = seed
        self.troubles = 0
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                world.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.hosts = [f"wire{number}.example:{self._server.server_port}" for number in range(sites)]

    def close(self) -> None:
        """End the server."""
        self._server.shutdown()
        self._server.server_close()

    def fetcher(self) -> Fetcher:
        """A fetcher to which all these names are this machine."""
        limits = Limits(bytes=5_000_000, seconds=5.0)
        return Fetcher(None, Allowed.of(self.hosts), limits, lambda host, port, seconds: ("127.0.0.1",))

    def feeds(self) -> list[str]:
        """The address of each site's feed."""
        return [f"http://{host}/feed.xml" for host in self.hosts]

    def url(self, article: Article) -> str:
        """The address of an article."""
        return f"http://{self.hosts[article.site]}/story-{article.number}"

    def published(self, site: int, now: float) -> list[Article]:
        """What a site has published by then, the latest first."""
        count = int((now - BEGIN) // self.interval) + 1
        return [
            Article(site, number, int(number % 3 == 0 and now - self._born(number) >= CORRECTED))
            for number in reversed(range(count))
        ]

    def _born(self, number: int) -> float:
        return BEGIN + number * self.interval

    def text(self, article: Article) -> list[str]:
        """The paragraphs of an article."""
        chance = Random(f"{self.seed} {article.site} {article.number}")
        town = chance.choice(_TOWNS)
        lines = [f"{town} dispatch {article.number} of wire {article.site}."]
        for _ in range(chance.randint(6, 16)):
            figures = {"n": chance.randint(2, 60) + article.edition, "m": chance.randint(2, 90)}
            named = {"who": chance.choice(_WHO), "day": chance.choice(("Monday", "Tuesday", "Wednesday"))}
            line = chance.choice(_DONE).format(town=town, **figures, **named)
            lines.append(line[0].upper() + line[1:])
        return lines

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request, or do one of the things that servers do instead."""
        now = self.clock.now()
        host = handler.headers.get("Host", "")
        site = self.hosts.index(host)
        chance = Random(f"{self.seed} {site} {handler.path} {now // 300}")
        if handler.path == "/robots.txt":
            return self._send(handler, b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n", "text/plain")
        if chance.random() < TROUBLE:
            self.troubles += 1
            return self._trouble(handler, chance)
        articles = self.published(site, now)
        if handler.path == "/feed.xml":
            return self._send(handler, self._feed(site, articles[:LISTED]), "application/rss+xml")
        number = int(handler.path.rpartition("-")[2])
        [article] = [one for one in articles if one.number == number]
        etag = f'"{article.number}-{article.edition}"'
        # Half of the sites know of ETags; the pages of the others hold a clock, as many do.
        if site % 2 and handler.headers.get("If-None-Match") == etag:
            handler.send_response(304)
            handler.end_headers()
            return None
        return self._send(handler, self._page(article, now), "text/html", etag if site % 2 else None)

    def _page(self, article: Article, now: float) -> bytes:
        told = "".join(f"<p>{html.escape(line)}</p>" for line in self.text(article))
        head = f"<title>Dispatch {article.number}</title><meta name='served' content='{now}'>"
        page = f"<body><nav><a href='/'>Home</a></nav><article>{told}</article></body>"
        return f"<!doctype html><html lang='en'><head>{head}</head>{page}</html>".encode()

    def _feed(self, site: int, articles: list[Article]) -> bytes:
        items = "".join(
            f"<item><title>Dispatch {one.number}</title><link>{self.url(one)}</link>"
            f"<pubDate>{formatdate(self._born(one.number))}</pubDate></item>"
            for one in articles
        )
        return f"<rss version='2.0'><channel><title>Wire {site}</title>{items}</channel></rss>".encode()

    def _send(self, handler: BaseHTTPRequestHandler, body: bytes, kind: str, etag: str | None = None) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        if etag:
            handler.send_header("ETag", etag)
        handler.end_headers()
        handler.wfile.write(body)

    def _trouble(self, handler: BaseHTTPRequestHandler, chance: Random) -> None:
        kind = chance.choice(("busy", "broken", "cut", "bomb", "private", "silent"))
        if kind == "silent":
            return
        handler.send_response({"busy": 503, "broken": 500, "private": 302}.get(kind, 200))
        if kind == "busy":
            handler.send_header("Retry-After", "300")
        if kind == "private":
            handler.send_header("Location", "http://10.0.0.1/admin")
        if kind == "cut":
            handler.send_header("Content-Length", "100000")
        if kind == "bomb":
            handler.send_header("Content-Encoding", "gzip")
            handler.send_header("Content-Length", str(len(PACKED_ZEROS)))
        handler.end_headers()
        handler.wfile.write({"cut": b"<html>half", "bomb": PACKED_ZEROS}.get(kind, b""))
