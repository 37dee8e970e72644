"""What a watch knows, in one SQLite file beside the captures: each URL's next look, each host's pause, each capture.

A fetch is recorded once its bytes are on the disk, in one transaction with the URL's validators and next look. Its
reports are recorded in the casebook, and only then is the capture marked as read. So a kill at any point leaves either
nothing, or a capture that is read again, which adds nothing that the casebook holds already.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from counterclaim.errors import WatchError
from counterclaim.watching.addresses import WebAddress
from counterclaim.watching.fetching import Validators
from counterclaim.watching.pace import LONGEST_ASKED

VERSION: Final = 1
_APPLICATION: Final = 0x43435741
"""`CCWA`, in the SQLite header of a watch's file."""

_SCHEMA: Final = (
    # state: active, resting (looked at often enough, or failed too often), gone (the server says so for ever).
    # looked: in this round.
    """CREATE TABLE targets (
        url TEXT PRIMARY KEY, host TEXT NOT NULL, listed INTEGER NOT NULL, feed TEXT, mark TEXT, title TEXT,
        published TEXT, outlet TEXT, language TEXT, state TEXT NOT NULL DEFAULT 'active', next_at REAL NOT NULL,
        last_at REAL, looked INTEGER NOT NULL DEFAULT 0, looks INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0, message TEXT,
        validated TEXT, etag TEXT, last_modified TEXT, digest TEXT
    ) WITHOUT ROWID""",
    "CREATE INDEX targets_by_next ON targets (next_at) WHERE state = 'active'",
    "CREATE TABLE hosts (host TEXT PRIMARY KEY, ready_at REAL NOT NULL, failures INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE robots (origin TEXT PRIMARY KEY, text TEXT NOT NULL, fetched_at REAL NOT NULL) WITHOUT ROWID",
    # `captured_at`, `seen_at`: when these bytes were first and last got from this URL, seconds since 1970.
    """CREATE TABLE captures (
        pk INTEGER PRIMARY KEY, url TEXT NOT NULL, final_url TEXT NOT NULL, hops TEXT NOT NULL, digest TEXT NOT NULL,
        bytes INTEGER NOT NULL, content_type TEXT NOT NULL, etag TEXT, last_modified TEXT, captured_at REAL NOT NULL,
        seen_at REAL NOT NULL, read INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX captures_by_url ON captures (url)",
    "CREATE INDEX captures_unread ON captures (pk) WHERE NOT read",
    # What came of a capture: a report of the casebook and which revision, or the reason why it was rejected.
    """CREATE TABLE readings (
        pk INTEGER PRIMARY KEY, capture INTEGER NOT NULL REFERENCES captures (pk), source TEXT NOT NULL,
        status TEXT NOT NULL, report TEXT, revision INTEGER, message TEXT
    )""",
    "CREATE INDEX readings_by_report ON readings (report)",
)


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that is watched: listed by the user, or found in a feed. Times are seconds since 1970."""

    url: str
    host: str
    listed: bool
    feed: str | None
    title: str | None
    published: str | None
    outlet: str | None
    language: str | None
    looks: int
    failures: int
    digest: str | None
    validators: Validators


@dataclass(frozen=True, slots=True)
class Capture:
    """What was got from a URL at one time."""

    pk: int
    url: str
    final_url: str
    digest: str
    content_type: str
    captured_at: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a capture, or of one entry of a captured feed."""

    source: str
    status: str
    report: str | None = None
    revision: int | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An article that a feed names. `mark` changes when the feed tells something else of it."""

    url: str
    mark: str
    title: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Fields:
    """Date, outlet and language of a URL's report, as they were first read."""

    published: str | None
    outlet: str | None
    language: str | None


class State:
    """The file of a watch. One process a folder. Raises WatchError."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "watch.sqlite"
        with self._told():
            # Held by this process alone until it ends, however it ends.
            self._lock = sqlite3.connect(folder / "lock.sqlite", timeout=0, isolation_level=None)
            try:
                self._lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as error:
                self._lock.close()
                raise WatchError(
                    f"{folder} is in use by another watch: stop that one, or give another --store"
                ) from error
            self._db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL").fetchone()
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._set_up()

    def _set_up(self) -> None:
        application, version = (
            self._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
        )
        if application == 0 and version == 0:
            with self._transaction():
                for statement in _SCHEMA:
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA application_id = {_APPLICATION}")
                self._db.execute(f"PRAGMA user_version = {VERSION}")
        elif application != _APPLICATION:
            raise WatchError(f"{self.path} is a database of something else: give another --store")
        elif version > VERSION:
            raise WatchError(f"{self.path} was made by a newer version of Counterclaim: install that version")

    def close(self) -> None:
        """Close the file and let another watch have it."""
        self._db.close()
        self._lock.close()

    # --- what to look at ---------------------------------------------------------------------------------------------

    def watch(self, urls: Iterable[str], now: float) -> None:
        """Watch these URLs, and what their feeds name; URLs of an earlier list are kept and rest."""
        with self._told(), self._transaction():
            self._db.execute("UPDATE targets SET listed = 0, looked = 0")
            for url in urls:
                self._db.execute(
                    """INSERT INTO targets (url, host, listed, next_at) VALUES (?1, ?2, 1, ?3)
                       ON CONFLICT (url) DO UPDATE SET listed = 1,
                           next_at = CASE state WHEN 'resting' THEN ?3 ELSE next_at END,
                           state = CASE state WHEN 'resting' THEN 'active' ELSE state END""",
                    (url, WebAddress.of(url).host, now),
                )
            # A clock that was wrong must not keep a host waiting for years.
            self._db.execute("UPDATE targets SET next_at = min(next_at, ?)", (now + LONGEST_ASKED,))
            self._db.execute("UPDATE hosts SET ready_at = min(ready_at, ?)", (now + LONGEST_ASKED,))

    def due(self, now: float, once: bool = False) -> Target | None:
        """The URL whose turn it is, on a host that is not to be left alone.

        `once`: of those only that were not looked at since `watch` was called, listed ones before their time.
        """
        with self._told():
            row = self._db.execute(
                f"""SELECT {_TARGET} FROM targets t LEFT JOIN hosts h ON h.host = t.host
                    WHERE {_eligible(once)} AND coalesce(h.ready_at, 0) <= :now
                    ORDER BY t.next_at, t.url LIMIT 1""",
                {"now": now},
            ).fetchone()
        return _target(row) if row else None

    def wake(self, now: float, once: bool = False) -> float | None:
        """When something is due next; with `once`, in that one round (hosts that failed are left for another)."""
        when = "coalesce(h.ready_at, 0)" if once else "max(t.next_at, coalesce(h.ready_at, 0))"
        failed = "AND coalesce(h.failures, 0) = 0" if once else ""
        with self._told():
            (when_,) = self._db.execute(
                f"""SELECT min({when}) FROM targets t LEFT JOIN hosts h ON h.host = t.host
                    WHERE {_eligible(once) if once else _WATCHED} {failed}""",
                {"now": now},
            ).fetchone()
        return None if when_ is None else float(when_)

    def target(self, url: str) -> Target | None:
        """A URL by itself."""
        with self._told():
            row = self._db.execute(f"SELECT {_TARGET} FROM targets t WHERE t.url = ?", (url,)).fetchone()
        return _target(row) if row else None

    def waiting(self) -> int:
        """URLs that are looked at again."""
        with self._told():
            return int(self._db.execute(f"SELECT count(*) FROM targets t WHERE {_WATCHED}").fetchone()[0])

    # --- hosts -------------------------------------------------------------------------------------------------------

    def ready_at(self, host: str) -> float:
        """When a host may be asked again; 0 for one never asked."""
        return self._host(host)[0]

    def host_failures(self, host: str) -> int:
        """How often in a row a host did not answer."""
        return self._host(host)[1]

    def _host(self, host: str) -> tuple[float, int]:
        with self._told():
            row = self._db.execute("SELECT ready_at, failures FROM hosts WHERE host = ?", (host,)).fetchone()
        return (float(row[0]), int(row[1])) if row else (0.0, 0)

    def pace(self, host: str, ready_at: float, failures: int) -> None:
        """Leave a host alone until then."""
        with self._told():
            self._db.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?, ?)", (host, ready_at, failures))

    def robots(self, origin: str, since: float) -> str | None:
        """The robots.txt of a site, where it was fetched at `since` or later."""
        with self._told():
            row = self._db.execute(
                "SELECT text FROM robots WHERE origin = ? AND fetched_at >= ?", (origin, since)
            ).fetchone()
        return str(row[0]) if row else None

    def keep_robots(self, origin: str, text: str, now: float) -> None:
        """Keep the robots.txt of a site."""
        with self._told():
            self._db.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (origin, text, now))

    # --- what was got ------------------------------------------------------------------------------------------------

    def captured(
        self,
        target: Target,
        *,
        final_url: str,
        hops: Sequence[str],
        digest: str,
        size: int,
        content_type: str,
        validators: Validators,
        now: float,
    ) -> None:
        """Record a capture that is on the disk; it waits to be read."""
        with self._told(), self._transaction(durable=True):
            self._db.execute(
                """INSERT INTO captures (url, final_url, hops, digest, bytes, content_type, etag, last_modified,
                                         captured_at, seen_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)""",
                (target.url, final_url, json.dumps(list(hops)), digest, size, content_type, validators.etag,
                 validators.last_modified, now),
            )  # fmt: skip
            self._validated(target.url, validators, digest)

    def seen(self, target: Target, validators: Validators, now: float) -> None:
        """Record that the latest capture of a URL is still what it gives."""
        with self._told(), self._transaction():
            self._db.execute(
                "UPDATE captures SET seen_at = ? WHERE pk = (SELECT max(pk) FROM captures WHERE url = ?)",
                (now, target.url),
            )
            self._validated(target.url, validators, target.digest)

    def _validated(self, url: str, validators: Validators, digest: str | None) -> None:
        self._db.execute(
            "UPDATE targets SET validated = ?, etag = ?, last_modified = ?, digest = ? WHERE url = ?",
            (validators.url, validators.etag, validators.last_modified, digest, url),
        )

    def plan(
        self, url: str, *, state: str, now: float, next_at: float, looks: int, failures: int, message: str | None
    ) -> None:
        """When a URL is looked at again, and why."""
        with self._told():
            self._db.execute(
                """UPDATE targets SET looked = 1, state = ?, last_at = ?, next_at = ?, looks = ?, failures = ?,
                                      message = ?
                   WHERE url = ?""",
                (state, now, next_at, looks, failures, message, url),
            )

    def unread(self) -> list[Capture]:
        """Captures that wait to be read, the earliest first, at most a hundred."""
        with self._told():
            rows = self._db.execute(
                """SELECT pk, url, final_url, digest, content_type, captured_at FROM captures WHERE NOT read
                   ORDER BY pk LIMIT 100"""
            ).fetchall()
        return [Capture(*row) for row in rows]

    def read(
        self,
        capture: Capture,
        readings: Iterable[Reading],
        found: Iterable[Found],
        fields: Fields | None,
        now: float,
        look_by: float | None = None,
    ) -> int:
        """Mark a capture as read: what came of it, and the articles it names. Gives how many of those are new.

        `look_by`: its text was changed, so its row of looks begins anew, the next one then at the latest.
        """
        new = 0
        with self._told(), self._transaction(durable=True):
            self._db.executemany(
                "INSERT INTO readings (capture, source, status, report, revision, message) VALUES (?, ?, ?, ?, ?, ?)",
                [(capture.pk, one.source, one.status, one.report, one.revision, one.message) for one in readings],
            )
            if fields is not None:
                self._db.execute(
                    "UPDATE targets SET published = ?, outlet = ?, language = ? WHERE url = ?",
                    (fields.published, fields.outlet, fields.language, capture.url),
                )
            if look_by is not None:
                self._db.execute(
                    "UPDATE targets SET looks = 1, next_at = min(next_at, ?) WHERE url = ? AND NOT listed",
                    (look_by, capture.url),
                )
            for one in found:
                new += self._find(one, capture.url, now)
            self._db.execute("UPDATE captures SET read = 1 WHERE pk = ?", (capture.pk,))
        return new

    def _find(self, found: Found, feed: str, now: float) -> int:
        row = self._db.execute("SELECT mark FROM targets WHERE url = ?", (found.url,)).fetchone()
        if row is None:
            self._db.execute(
                """INSERT INTO targets (url, host, listed, feed, mark, title, published, next_at)
                   VALUES (?, ?, 0, ?, ?, ?, ?, ?)""",
                (found.url, WebAddress.of(found.url).host, feed, found.mark, found.title, found.published, now),
            )
            return 1
        # Another feed names the same article: the first one's mark stands. Its own feed tells otherwise: look again.
        self._db.execute(
            """UPDATE targets SET mark = ?1, next_at = min(next_at, ?2), looks = 0,
                   state = CASE state WHEN 'resting' THEN 'active' ELSE state END
               WHERE url = ?3 AND feed = ?4 AND mark <> ?1""",
            (found.mark, now, found.url, feed),
        )
        return 0

    def known(self, url: str) -> bool:
        """Whether a URL is watched, or was."""
        with self._told():
            return self._db.execute("SELECT 1 FROM targets WHERE url = ?", (url,)).fetchone() is not None

    def forget(self, url: str, now: float) -> None:
        """Have a URL fetched anew, as if never had: its capture is lost."""
        with self._told():
            self._db.execute(
                """UPDATE targets SET validated = NULL, etag = NULL, last_modified = NULL, digest = NULL, next_at = ?,
                       state = CASE state WHEN 'resting' THEN 'active' ELSE state END WHERE url = ?""",
                (now, url),
            )

    def read_again(self) -> int:
        """Have every capture read again, for a casebook that holds nothing of them; gives how many."""
        with self._told(), self._transaction():
            self._db.execute("DELETE FROM readings")
            return self._db.execute("UPDATE captures SET read = 0").rowcount

    @contextmanager
    def _transaction(self, *, durable: bool = False) -> Iterator[None]:
        """One write, all of it or nothing. A killed process loses no write; a power failure none up to a durable one.

        Only captures and what came of them wait for the disk: when to look again can be lost, and is worked out anew.
        """
        if durable:
            self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise
        finally:
            if durable:
                self._db.execute("PRAGMA synchronous = NORMAL")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise WatchError(f"{self.path} cannot be read or written: {error}") from error


_TARGET: Final = """t.url, t.host, t.listed, t.feed, t.title, t.published, t.outlet, t.language, t.looks, t.failures,
    t.digest, coalesce(t.validated, ''), t.etag, t.last_modified"""
_WATCHED: Final = (
    "t.state = 'active' AND (t.listed OR EXISTS (SELECT 1 FROM targets f WHERE f.url = t.feed AND f.listed))"
)


def _eligible(once: bool) -> str:
    if once:
        return f"NOT t.looked AND (t.next_at <= :now OR (t.listed AND t.failures = 0)) AND {_WATCHED}"
    return f"t.next_at <= :now AND {_WATCHED}"


def _target(row: Sequence[Any]) -> Target:
    *names, _ = Target.__slots__
    return Target(**dict(zip(names, row, strict=False)), validators=Validators(*row[11:]))
