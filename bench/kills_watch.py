"""`watch`, to be killed: a feed and its articles, of another wording in every round; the bytes come from no network.

What a kill may hit is what is written: captures, the state of the watch, the casebook.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Final

from counterclaim.casebook import Casebook
from counterclaim.errors import FetchFailed
from counterclaim.reading.languages import language_of
from counterclaim.watching import Fetched, Fetcher, Settings, Told, Watcher, WebAddress
from counterclaim.watching.fetching import Validators
from tests.run_coders import quick

ARTICLES: Final = 5
FEED: Final = "http://wire.example/feed.xml"


class _Wire(Fetcher):
    """A feed and its articles, as they stand in a round."""

    round = 0

    def fetch(
        self,
        url: str,
        *,
        validators: Validators | None = None,
        trusted: bool = True,
        before: Callable[[WebAddress], None] | None = None,
        limit: int | None = None,
        cut: bool = False,
    ) -> Fetched:
        """The document as it stands, 304 where it has not changed."""
        address = WebAddress.of(url)
        if before is not None:
            before(address)
        if address.target == "/robots.txt":
            raise FetchFailed("none", status=404)
        now = Validators(url, f'"{self.round}"')
        if validators == now:
            return Fetched(address, 304, validators=now)
        kind = "application/rss+xml" if url == FEED else "text/plain"
        return Fetched(address, 200, self._body(address.target), kind, now)

    def _body(self, path: str) -> bytes:
        if path != "/feed.xml":
            return f"In round {self.round} shells killed {path[1:]} people in Kesra, the mayor said.\n".encode()
        items = "".join(
            f"<item><title>{number}</title><link>http://wire.example/{number}</link><description>{self.round}"
            "</description></item>"
            for number in range(ARTICLES)
        )
        return f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode()


class Watch:
    """Round after round of a watch. `held` says what is wrong with a casebook."""

    spread = 0.15

    def __init__(self, folder: Path, held: Callable[[Path, set[str], bool], Iterator[str]]) -> None:
        self.path, self.captures = folder / "my.db", folder / "captures"
        self.said: set[str] = set()
        self.round = 0
        self._casebook_faults = held
        # Loaded here, for the children to have it: a kill should meet their work and not what they load first.
        import_module("feedparser")
        language_of("Shells killed five people in Kesra, the mayor said.", None)

    def work(self, say: Callable[[str], None]) -> None:
        """Rounds without end; each report is said once the watch tells that it is kept."""

        def tell(told: Told) -> None:
            if told.what in ("added", "revised"):
                say(f"{told.url} {told.revision}")

        wire = _Wire()
        settings = Settings(host_interval=0.0, rechecks=())
        with (
            Casebook(self.path) as book,
            Watcher(self.captures, book, quick(), wire, settings=settings, tell=tell) as watcher,
        ):
            for wire.round in count(self.round):
                say(f"round {wire.round}")
                watcher.run([FEED], once=True)

    def check(self, said: list[str], thorough: bool) -> Iterator[str]:
        """After a kill: reports, revisions and captures that are lost, doubled or damaged."""
        rounds = [int(line.partition(" ")[2]) for line in said if line.startswith("round ")]
        self.round = max([self.round, *rounds]) + 1
        self.said |= {line for line in said if not line.startswith("round ")}
        yield from self._casebook_faults(self.path, set(), thorough)
        if self.said or self._made():
            with Casebook.open(self.path) as book:
                there = [f"{one.url} {one.number}" for entry in book.reports() for one in book.revisions(entry.id)]
            yield from (f"lost: {one}" for one in self.said - set(there))
        if self._made():
            yield from self._captures_faults()

    def _made(self) -> bool:
        state = self.captures / "watch.sqlite"
        if not state.exists():
            return False
        with closing(sqlite3.connect(state)) as connection:
            return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None

    def _captures_faults(self) -> Iterator[str]:
        with closing(sqlite3.connect(self.captures / "watch.sqlite")) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            captures = connection.execute("SELECT url, digest FROM captures").fetchall()
            readings = connection.execute("SELECT report, revision FROM readings").fetchall()
        if sound != "ok":
            yield f"damaged: the state of the watch: {sound}"
        yield from _twice(captures, "a capture")
        yield from _twice(readings, "a reading")
        for url, digest in captures:
            file = self.captures / "objects" / digest[:2] / digest
            if not file.exists():
                yield f"lost: the capture of {url}"
            elif hashlib.sha256(file.read_bytes()).hexdigest() != digest:
                yield f"damaged: the capture of {url}"


def _twice(rows: Iterable[tuple[object, ...]], what: str) -> Iterator[str]:
    held = list(rows)
    if len(held) != len(set(held)):
        yield f"doubled: {what}"
