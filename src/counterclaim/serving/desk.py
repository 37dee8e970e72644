"""What the pages and the API read from: the casebook, and an index of its incidents kept up to date."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from counterclaim._version import __version__
from counterclaim.casebook import Casebook
from counterclaim.estimating import RULES, Rule
from counterclaim.linking.beside import Beside
from counterclaim.serving.index import IncidentIndex
from counterclaim.serving.indexing import Indexed

Assemble = Callable[[Casebook, str], Iterable[Indexed]]
"""The incidents of a casebook as it stood at a moment ("" now)."""

KEPT: Final = 4
"""Indexes held at once: the present and the last few as-of times asked for."""

PATIENCE: Final = 3.0
"""Seconds that a reader waits for what was just recorded before the index of a moment ago is shown instead."""

PAUSE: Final = 30.0
"""Seconds without anything recorded after which an index that takes long is built anew."""

LONGEST_PAUSE: Final = 300.0
"""Seconds after which it is, though somebody still decides."""


class Desk:
    """One casebook, served. Safe to use from many threads: each call opens its own connection to the casebook.

    The index of the present is kept in `cache` (a folder; by default the user's cache folder) and used again as long as
    nothing was recorded since and the program is the same; after that it is built anew, beside the one in use. `rule`
    is the one of `rules` that tables show; `rules` are those that `assemble` estimates by.
    """

    def __init__(
        self,
        path: str | Path,
        assemble: Assemble,
        *,
        rule: str = "ucdp",
        rules: Sequence[Rule] = RULES,
        cache: str | Path | None = None,
        patience: float = PATIENCE,
        pause: float = PAUSE,
    ) -> None:
        self.path = str(path)
        self.rule = rule
        self.rules = rules
        self.writing = threading.Lock()
        self.laid: tuple[str, Mapping[str, list[Beside]]] = ("", {})
        """The casebook's state, and the imported records beside its incidents then (`exports.laid_beside`)."""
        self.laying = threading.Lock()
        self._assemble = assemble
        self._patience = patience
        self._pause = pause
        self._behind: tuple[str, float, float] | None = None
        self._cache = Path(cache) if cache else cache_folder()
        self._folder = tempfile.TemporaryDirectory(prefix="counterclaim-")
        self._indexes: OrderedDict[str, IncidentIndex] = OrderedDict()
        self._building: dict[str, Future[IncidentIndex]] = {}
        self._lock = threading.Lock()
        self._workers = ThreadPoolExecutor(max_workers=1, thread_name_prefix="index")
        self._dropped: list[IncidentIndex] = []
        self._made = 0

    def close(self) -> None:
        """Drop the indexes; the one kept on the disk stays."""
        self._workers.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            for index in (*self._indexes.values(), *self._dropped):
                index.close()
            self._indexes.clear()
            self._folder.cleanup()

    @contextmanager
    def book(self, *, writing: bool = False) -> Iterator[Casebook]:
        """The casebook, opened for this call: to read only, unless `writing`."""
        with Casebook.open(self.path, read_only=not writing) as book:
            yield book

    def stamp(self) -> str:
        """Changes whenever anything is recorded: the entity tag of every answer."""
        with self.book() as book:
            return book.stamp()

    def index(self, as_of: str = "") -> IncidentIndex:
        """The index of the casebook as it was at a time ("" now).

        Where something was recorded since it was built, it is built anew: the caller waits for that at most `patience`
        seconds if there is an older one, and gets the older one then. Where the last time it took longer than that,
        nobody waits, and while somebody decides in review it is built once they pause.
        """
        stamp = self._stamp_of(as_of)
        with self._lock:
            held = self._indexes.get(as_of)
            if held is None and not as_of and not self._building:
                held = self._kept_from_before()
            if held is not None:
                self._indexes.move_to_end(as_of)
                if held.of(stamp):
                    self._behind = None
                    return held
                if not as_of and held.took > self._patience and self._may_rest(stamp):
                    return held
            future = self._building.get(as_of)
            if future is None:
                future = self._workers.submit(self._make, as_of, stamp)
                self._building[as_of] = future
        try:
            if held is None:
                return future.result()
            return future.result(0 if held.took > self._patience else self._patience)
        except NotYet:
            assert held is not None
            return held

    def _may_rest(self, stamp: str) -> bool:
        """Whether a build that takes long can wait: something was recorded a moment ago, and more may follow."""
        now = time.monotonic()
        if self._behind is None:
            self._behind = (stamp, now, now)
        elif self._behind[0] != stamp:
            self._behind = (stamp, self._behind[1], now)
        _, first, last = self._behind
        return now - last < self._pause and now - first < LONGEST_PAUSE

    def decided_since(self, index: IncidentIndex) -> set[tuple[str, str]]:
        """What was decided after an index was built, as (report, record) or (incident, the other incident or "")."""
        with self.book() as book:
            found = book.decisions(after=index.decided)
        return {(one.report, one.record) if one.report else (one.incident, one.other) for one in found} | {
            (one.other, one.incident) for one in found if one.other
        }

    def is_current(self, index: IncidentIndex, as_of: str = "") -> bool:
        """Whether nothing was recorded since the index was built."""
        return index.of(self._stamp_of(as_of))

    def _stamp_of(self, as_of: str) -> str:
        return self.stamp() + self._made_by(as_of)

    def _made_by(self, as_of: str) -> str:
        return f" {as_of} {self.rule} {__version__} {_program()}"

    def _make(self, as_of: str, stamp: str) -> IncidentIndex:
        try:
            made = self._kept(stamp) if not as_of else None
            if made is None:
                with self.book() as book:
                    decided = book.last_decision()
                    made = IncidentIndex.build(
                        self._file(), self._assemble(book, as_of), rule=self.rule, stamp=stamp, decided=decided
                    )
                if not as_of:
                    self._keep(made)
            with self._lock:
                self._drop(as_of)
                self._indexes[as_of] = made
                while len(self._indexes) > KEPT:
                    self._drop(next(iter(self._indexes)))
            return made
        finally:
            with self._lock:
                self._building.pop(as_of, None)

    def _drop(self, as_of: str) -> None:
        """Set an index aside. The last few dropped stay open for requests that still read them."""
        if as_of in self._indexes:
            self._dropped.append(self._indexes.pop(as_of))
        while len(self._dropped) > KEPT:
            gone = self._dropped.pop(0)
            gone.close()
            with suppress(OSError):
                Path(gone.path).unlink()

    def _file(self) -> str:
        self._made += 1
        return str(Path(self._folder.name) / f"index-{self._made}.sqlite")

    # --- the index on the disk, for the next start --------------------------------------------------------------------

    def _kept_at(self) -> Path:
        name = hashlib.blake2b(f"{Path(self.path).absolute()} {self.rule}".encode(), digest_size=12).hexdigest()
        return self._cache / f"{name}.sqlite"

    def _kept(self, stamp: str) -> IncidentIndex | None:
        """The index kept from an earlier start, if it is still true: as a file of our own, which nobody replaces."""
        index = self._opened()
        if index is None or index.of(stamp):
            return index
        index.close()
        return None

    def _opened(self) -> IncidentIndex | None:
        """The kept index, whatever it is of; None where there is none that can be read."""
        if not self._kept_at().is_file():
            return None
        path = self._file()
        try:
            _link_or_copy(self._kept_at(), path)
            return IncidentIndex(path)
        except (OSError, sqlite3.Error, LookupError, TypeError, ValueError):  # Damaged, or of an older program.
            return None

    def _kept_from_before(self) -> IncidentIndex | None:
        """The kept index of an earlier state of the casebook, where a new one takes long: shown until that is there."""
        kept = self._opened()
        if kept is None:
            return None
        if kept.took > self._patience and kept.stamp.endswith(self._made_by("")):
            self._indexes[""] = kept
            return kept
        kept.close()
        return None

    def _keep(self, index: IncidentIndex) -> None:
        """For its owner's eyes alone, as a casebook may be; where the folder cannot be written to, nothing is kept."""
        with suppress(OSError):
            self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = f"{self._kept_at()}.{os.getpid()}"
            _link_or_copy(index.path, draft)
            Path(draft).chmod(0o600)
            Path(draft).replace(self._kept_at())


@cache
def _program() -> str:
    """Changes with the code that makes incidents, which a developer's does without a new version."""
    folders = (files("counterclaim") / name for name in ("linking", "estimating", "reviewing", "serving", "data"))
    changed = [file.stat().st_mtime_ns for folder in folders for file in sorted(Path(str(folder)).iterdir())]
    return hashlib.blake2b(repr(changed).encode(), digest_size=6).hexdigest()


def _link_or_copy(path: str | Path, to: str) -> None:
    Path(to).unlink(missing_ok=True)
    try:
        os.link(path, to)
    except OSError:
        shutil.copyfile(path, to)


def cache_folder() -> Path:
    """The user's folder for what can be made again: `~/.cache/counterclaim` or what the system has for it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or "~/AppData/Local"
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser() / "counterclaim"
