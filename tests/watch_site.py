"""A web site on this machine for the tests of watching, a clock that is set by sleeping, and a watch over both."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """What is answered at a path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    """One request that the site got."""

    path: str
    headers: dict[str, str]


class Site:
    """Pages by path; a page may be a function of the request that writes its own answer."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[Asked] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
                self.close_connection = True
                page = site.pages.get(self.path, Page(b"nothing here", 404))
                if not isinstance(page, Page):
                    page(self)
                    return
                etag = page.headers.get("ETag")
                unchanged = etag is not None and self.headers.get("If-None-Match") == etag
                body = b"" if unchanged else page.body
                self.send_response(304 if unchanged else page.status)
                for name, value in page.headers.items():
                    self.send_header(name, value)
                if not unchanged:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        self.url = f"http://{self.host}"

    def start(self) -> None:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def article(self, path: str, text: str, **headers: str) -> None:
        self.pages[path] = Page(article(text), headers={"Content-Type": "text/html; charset=utf-8", **headers})

    def feed(self, path: str, *links: str, **headers: str) -> None:
        self.pages[path] = Page(feed(self.url, links), headers={"Content-Type": "application/rss+xml", **headers})


@contextmanager
def site() -> Iterator[Site]:
    served = Site()
    served.start()
    try:
        yield served
    finally:
        served.stop()


def article(text: str, title: str = "News from Norland") -> bytes:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    page = f"<body><article><h1>{title}</h1>{body}</article></body>"
    return f"<!doctype html><html><head><title>{title}</title></head>{page}</html>".encode()


def feed(base: str, links: tuple[str, ...], told: str = "") -> bytes:
    items = "".join(
        f"<item><title>Story {link}</title><link>{base}{link}</link><pubDate>{DATE}</pubDate>"
        f"<description>Short of {link}{told}</description></item>"
        for link in links
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Norland Wire</title>{items}</channel></rss>'.encode()
    )


DATE = format_datetime(datetime(2024, 3, 5, 9, tzinfo=UTC))
STORY = (
    "Shells hit a market in the town of Tarsk on Monday and killed 12 people, the mayor said.\n"
    "Rescue workers were still searching the rubble in the evening, and the number could rise, he told reporters.\n"
    "The army of Norland said that it had not fired at the town and that it would look into the matter."
)
LATER = STORY.replace("12 people", "19 people")


def packed(data: bytes) -> Page:
    return Page(gzip.compress(data), headers={"Content-Type": "text/html", "Content-Encoding": "gzip"})


class SetClock:
    """A clock that stands still but for sleeping."""

    def __init__(self, now: float = 1_700_000_000.0) -> None:
        self.at = now
        self.slept: list[float] = []
        self.on_sleep: Callable[[float], None] = lambda now: None

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds
        self.on_sleep(self.at)
