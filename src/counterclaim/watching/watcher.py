"""The watch: whose turn it is, fetch, keep the bytes, read them, keep the reports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, Protocol, Self

from msgspec.structs import replace

from counterclaim.casebook import Casebook, Entry
from counterclaim.errors import (
    BrokenFile,
    CasebookBusy,
    EmptyReport,
    FetchFailed,
    FetchRefused,
    InputError,
    LimitExceeded,
    MissingExtra,
)
from counterclaim.reading import Reject
from counterclaim.records import CodedBy, CodedReport, Report
from counterclaim.watching.addresses import WebAddress
from counterclaim.watching.captures import Captures
from counterclaim.watching.contents import Kind, items_of, kind_of, reports_of
from counterclaim.watching.fetching import Fetched, Fetcher
from counterclaim.watching.pace import DAY, HOUR, MINUTE, RECHECKS, Clock, Pauses, SystemClock
from counterclaim.watching.robots import Robots
from counterclaim.watching.state import Capture, Fields, Found, Reading, State, Target

EVERY: Final = 0.5 * HOUR
"""Seconds from one look at a listed URL to the next. News feeds change some times an hour and hold a day or more."""
HOST_INTERVAL: Final = 5.0
"""Seconds between two fetches from one host."""
NEW_A_LOOK: Final = 100
"""New articles followed from one look at a feed, the topmost first; feeds list 10 to 50. The others are found at the
next look, if they still stand in it: no feed can make the watch fill its queue, or another's server."""
GIVEN_UP: Final = 4
HOST_GIVEN_UP: Final = 12
"""Failures in a row after which an article found in a feed is left: the page's own, within a quarter of an hour; and
those of its host, within some three days."""
LONGEST_SLEEP: Final = 5 * MINUTE
"""Seconds after which a waiting watch looks at the clock again, which may have been set."""
REDIRECT_WAIT: Final = 2 * MINUTE
"""Seconds that a redirect waits for its host's turn; where it would be longer, the fetch is put off."""

What = Literal["added", "revised", "recoded", "rejected", "failed", "unchanged", "left"]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that happened, for whoever looks on: `next_at` is when the URL is looked at again (None: never)."""

    what: What
    url: str
    message: str = ""
    revision: int | None = None
    claims: int = 0
    next_at: float | None = None


@dataclass(slots=True)
class Tally:
    """Counts of one watch: looks at URLs, captures with new bytes, and what came of their reports."""

    looks: int = 0
    captures: int = 0
    unchanged: int = 0
    failed: int = 0
    added: int = 0
    revised: int = 0
    recoded: int = 0
    known: int = 0
    rejected: int = 0
    found: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """How often, in seconds; `articles`: the articles behind a feed's entries are fetched, not the entries coded."""

    every: float = EVERY
    host_interval: float = HOST_INTERVAL
    articles: bool = True
    rechecks: tuple[float, ...] = field(default=RECHECKS)


class Coding(Protocol):
    """What codes the reports: a `Coder`."""

    @property
    def coded_by(self) -> CodedBy:
        """The versions."""

    def code_all(self, items: Iterable[Report | Reject]) -> Iterator[CodedReport | Reject]:
        """Code reports in their order."""


class _PutOff(Exception):
    """The address redirects to a host that is to be left alone for longer than a fetch waits."""

    def __init__(self, address: WebAddress, seconds: float) -> None:
        super().__init__(f"{address.netloc}, where it leads, is to be left alone for now")
        self.seconds = seconds


class Watcher:
    """A watch over a folder of captures and a casebook. Use it in a `with`, or close it.

    Raises WatchError where the folder cannot be used, or another watch uses it; MissingExtra where feedparser is not
    installed and a feed is met.
    """

    def __init__(
        self,
        folder: Path,
        book: Casebook,
        coder: Coding,
        fetcher: Fetcher,
        *,
        settings: Settings | None = None,
        clock: Clock | None = None,
        pauses: Pauses | None = None,
        tell: Callable[[Told], None] = lambda told: None,
    ) -> None:
        self.settings = settings or Settings()
        self.tally = Tally()
        self._book = book
        self._coder = coder
        self._fetcher = fetcher
        self._clock = clock or SystemClock()
        self._pauses = pauses or Pauses()
        self._tell = tell
        self._captures = Captures(folder)
        self._state = State(folder)
        self._robots = Robots(fetcher, self._state, self._clock)

    def close(self) -> None:
        """Let another watch have the folder."""
        self._state.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, urls: Iterable[str], *, once: bool = False, until: float | None = None) -> Tally:
        """Watch URLs: with `once`, look at each and at the articles they name, and end; else go on for ever.

        `until`: end at that time (seconds since 1970). Stop it anywhere: what was told is kept, and the next call goes
        on from there.
        """
        self._state.watch(urls, self._clock.now())
        if self._book.stats().reports == 0:
            self._state.read_again()  # a new casebook over captures that are there: they are read into it
        self._read_captures()
        while True:
            now = self._clock.now()
            if until is not None and now >= until:
                return self.tally
            target = self._state.due(now, once)
            if target is None:
                wake = self._state.wake(now, once)
                if once and wake is None:
                    return self.tally
                pause = LONGEST_SLEEP if wake is None else min(max(wake - now, 0.01), LONGEST_SLEEP)
                self._clock.sleep(pause if until is None else min(pause, max(until - now, 0.01)))
                continue
            self._look(target)
            self._read_captures()

    @property
    def waiting(self) -> int:
        """URLs that are looked at again."""
        return self._state.waiting()

    # --- one look ----------------------------------------------------------------------------------------------------

    def _look(self, target: Target) -> None:
        self.tally.looks += 1
        asked: list[WebAddress] = []
        trying = WebAddress.of(target.url)
        trusted = self._trusted(target)

        def before(address: WebAddress) -> None:
            nonlocal trying
            trying = address
            if asked and address.host != asked[-1].host:
                self._paced(asked[-1])
                self._await(address)
            self._robots.check(address)
            asked.append(address)

        try:
            fetched = self._fetcher.fetch(target.url, validators=target.validators, trusted=trusted, before=before)
        except (FetchRefused, LimitExceeded) as error:
            if asked:
                self._paced(asked[-1])
            # Refused as it is written, an address stays so; where a redirect led, or how long it was, may be a fault.
            self._reject(target, error, for_good=not asked)
        except FetchFailed as error:
            self._fail(target, trying, error)
        except _PutOff as put_off:
            self._plan(
                target, pause=put_off.seconds, looks=target.looks, failures=target.failures, message=str(put_off)
            )
        else:
            self._paced(fetched.url)
            self._got(target, fetched)

    def _trusted(self, target: Target) -> bool:
        """Whether the user, or a site that the user allowed by name, gave this URL."""
        return target.listed or (target.feed is not None and WebAddress.of(target.feed) in self._fetcher.allowed)

    def _await(self, address: WebAddress) -> None:
        wait = self._state.ready_at(address.host) - self._clock.now()
        if wait > REDIRECT_WAIT:
            raise _PutOff(address, wait)
        if wait > 0:
            self._clock.sleep(wait)

    def _paced(self, address: WebAddress, failures: int = 0, pause: float = 0.0) -> None:
        interval = max(self.settings.host_interval, self._robots.delay(address), pause)
        self._state.pace(address.host, self._clock.now() + interval, failures)

    def _got(self, target: Target, fetched: Fetched) -> None:
        now = self._clock.now()
        digest = target.digest if fetched.status == 304 else self._captures.keep(fetched.body)
        changed = digest != target.digest
        if changed and digest is not None:
            self.tally.captures += 1
            self._state.captured(
                target,
                final_url=str(fetched.url),
                hops=fetched.hops,
                digest=digest,
                size=len(fetched.body),
                content_type=fetched.content_type,
                validators=fetched.validators,
                now=now,
            )
        else:
            self.tally.unchanged += 1
            self._state.seen(target, fetched.validators, now)
        if target.listed:
            self._plan(target, pause=self._pauses.between(self.settings.every), looks=target.looks + 1)
        else:
            over = target.looks >= len(self.settings.rechecks)
            pause = DAY if over else self._pauses.between(self.settings.rechecks[target.looks])
            self._plan(target, pause=pause, looks=target.looks + 1, over=over)
        if not changed:
            self._tell(Told("unchanged", target.url))

    def _plan(
        self, target: Target, *, pause: float, looks: int, failures: int = 0, over: bool = False, message: str = "",
        gone: bool = False,
    ) -> float | None:  # fmt: skip
        now = self._clock.now()
        state = "gone" if gone else "resting" if over else "active"
        self._state.plan(
            target.url,
            state=state,
            now=now,
            next_at=now + pause,
            looks=looks,
            failures=failures,
            message=message or None,
        )
        return None if gone or over else now + pause

    def _reject(self, target: Target, error: InputError, *, for_good: bool) -> None:
        """An address that may not be fetched, or a document that is too large."""
        failures = target.failures + 1
        pause = self._pauses.after_failures(failures)
        over = not target.listed and (for_good or failures >= GIVEN_UP)
        if target.listed:
            pause = max(pause, self.settings.every)
        next_at = self._plan(target, pause=pause, looks=target.looks, failures=failures, over=over, message=str(error))
        rejected = over or target.listed
        if rejected:
            self._book.reject(target.url, error)
            self.tally.rejected += 1
        else:
            self.tally.failed += 1
        what: What = "rejected" if rejected else "failed"
        self._tell(Told(what, target.url, f"[{error.code}] {error}", next_at=next_at))

    def _fail(self, target: Target, address: WebAddress, error: FetchFailed) -> None:
        """A server that did not answer with the document: the host is left alone where it is the host that fails."""
        self.tally.failed += 1
        failures = target.failures + 1
        host_fails = error.status is None or error.status in (429, 503) or error.retry_after is not None
        pause = self._pauses.after_failures(failures, error.retry_after)
        if host_fails:
            of_host = self._state.host_failures(address.host) + 1
            host_pause = self._pauses.after_failures(of_host, error.retry_after)
            self._paced(address, of_host, host_pause)
            pause = max(pause, host_pause)
        else:
            self._paced(address)
        gone = error.status == 410
        over = not target.listed and failures >= (HOST_GIVEN_UP if host_fails else GIVEN_UP)
        if target.listed:
            pause = max(pause, self.settings.every)
        next_at = self._plan(
            target, pause=pause, looks=target.looks, failures=failures, over=over, gone=gone, message=str(error)
        )
        if (over or gone) and target.digest is None:
            # Never had: an input that was not read must be named. One that was had is only looked at no more.
            self._book.reject(target.url, FetchFailed(str(error)))
            self.tally.rejected += 1
        self._tell(Told("left" if next_at is None else "failed", target.url, str(error), next_at=next_at))

    # --- reading what was got ----------------------------------------------------------------------------------------

    def _read_captures(self) -> None:
        while captures := self._state.unread():
            for capture in captures:
                while True:
                    try:
                        self._read(capture)
                        break
                    except CasebookBusy as error:
                        self._tell(Told("failed", capture.url, f"{error}; it is tried again"))
                        self._clock.sleep(MINUTE / 2)

    def _read(self, capture: Capture) -> None:
        try:
            data = self._captures.read(capture.digest)
        except BrokenFile as error:
            lost = self._rejected(Reject(capture.url, error))
            self._state.read(capture, [lost], (), None, self._clock.now())
            self._state.forget(capture.url, self._clock.now())
            return
        target = self._state.target(capture.url)
        found: list[Found] = []
        fields: Fields | None = None
        readings: list[Reading] = []
        try:
            kind = kind_of(data, capture.content_type)
            if kind == "feed":
                reports, found = self._of_feed(data, capture)
            else:
                reports, fields = self._of_page(data, kind, capture, target)
            readings = list(self._kept(reports))
        except EmptyReport as error:
            if kind != "feed":
                readings = [self._rejected(Reject(capture.url, error))]
        except MissingExtra:
            raise
        except InputError as error:
            readings = [self._rejected(Reject(capture.url, error))]
        now = self._clock.now()
        revised = any(reading.status == "revised" for reading in readings)
        look_by = now + self.settings.rechecks[0] if revised and self.settings.rechecks else None
        self.tally.found += self._state.read(capture, readings, found, fields, now, look_by)

    def _of_feed(self, data: bytes, capture: Capture) -> tuple[list[Report | Reject], list[Found]]:
        """The entries to code as they stand in the feed, and the articles to fetch."""
        reports: list[Report | Reject] = []
        found: dict[str, Found] = {}
        new = 0
        try:
            for item in items_of(data, capture.final_url):
                if item.url is None or not self.settings.articles:
                    reports.append(item.own)
                elif item.url not in found and (new < NEW_A_LOOK or self._state.known(item.url)):
                    new += not self._state.known(item.url)
                    found[item.url] = Found(item.url, item.mark, item.title, item.published)
        except InputError:
            raise
        except Exception as error:
            raise BrokenFile(f"the feed cannot be read ({type(error).__name__}: {str(error)[:200]})") from error
        return reports, list(found.values())

    def _of_page(
        self, data: bytes, kind: Kind, capture: Capture, target: Target | None
    ) -> tuple[list[Report | Reject], Fields | None]:
        """The report of a page. Date, outlet and language stay what they were at first: pages tell them erratically,
        and each other one would be a revision of the same text."""
        reports: list[Report | Reject] = []
        fields: Fields | None = None
        for item in reports_of(data, kind, capture.final_url):
            if isinstance(item, Report) and target is not None:
                item = replace(
                    item,
                    title=item.title or target.title,
                    published=target.published or item.published,
                    outlet=target.outlet or item.outlet,
                    language=target.language or item.language,
                )
                fields = Fields(item.published, item.outlet, item.language)
            reports.append(item)
        return reports, fields

    def _kept(self, reports: list[Report | Reject]) -> Iterator[Reading]:
        """Code what the casebook does not hold, and keep it; a reading is given once it is on the disk."""
        for item in reports:
            if isinstance(item, Reject):
                yield self._rejected(item)
                continue
            if not self._book.needs_coding(item, self._coder.coded_by, source=item.source):
                self.tally.known += 1
                continue
            [coded] = self._coder.code_all([item])
            if isinstance(coded, Reject):
                yield self._rejected(coded)
                continue
            source = item.source or item.id
            [outcome] = self._book.add(Entry(coded=coded, source=source)).outcomes
            if outcome.status == "rejected":
                self.tally.rejected += 1
            elif outcome.status == "unchanged":
                self.tally.known += 1
                continue
            else:
                setattr(self.tally, outcome.status, getattr(self.tally, outcome.status) + 1)
            self._tell(Told(outcome.status, source, outcome.message, revision=outcome.revision, claims=outcome.claims))
            yield Reading(source, outcome.status, outcome.report, outcome.revision, outcome.message or None)

    def _rejected(self, reject: Reject) -> Reading:
        self._book.reject(reject.source, reject.error)
        self.tally.rejected += 1
        message = f"[{reject.error.code}] {reject.error}"
        self._tell(Told("rejected", reject.source, message))
        return Reading(reject.source, "rejected", message=message)
