"""A casebook's copy, and a copy in a casebook's place, while others read and write."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from counterclaim.casebook.connection import look, translated
from counterclaim.casebook.verifying import require_sound
from counterclaim.errors import CasebookBusy, CasebookDamaged, CasebookError, NotACasebook, UsageError

TIMEOUT: Final = 30.0
"""Seconds to wait for another process that is writing."""

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file that is open."""


def backup(
    casebook: str | os.PathLike[str], target: str | os.PathLike[str], *, force: bool = False, timeout: float = TIMEOUT
) -> None:
    """Copy a casebook as it stands into one file, whole or not at all, while others read and write.

    The copy is compact, stands alone (nothing beside it) and is verified before it gets its name. Raises UsageError
    where `target` is there already, unless `force`; CasebookDamaged where the casebook is; NotACasebook and the other
    errors of the store.
    """
    target = Path(target)
    if target.exists() and not force:
        raise UsageError(f"{target} is there already: give another path, or --force to put the new backup in its place")
    if _same(casebook, target):
        raise UsageError(f"{target} is the casebook itself: give another path")
    with _copied(casebook, target, timeout) as copy:
        _put(copy, target)


def restore(
    saved: str | os.PathLike[str],
    casebook: str | os.PathLike[str],
    *,
    force: bool = False,
    timeout: float = TIMEOUT,
    now: datetime | None = None,
) -> Path | None:
    """Put a backup in a casebook's place, verified first; gives the file that the casebook of before is kept in.

    Nothing is overwritten without `force`, and with it what was there is kept beside, as `NAME.before-TIME`. Readers
    (`counterclaim serve`) see either the one or the other; a writer that has the casebook open must end first. Raises
    UsageError where `casebook` is there already, unless `force`; CasebookDamaged where the backup is; CasebookBusy
    where the casebook stays in use for `timeout` seconds; the other errors of the store.
    """
    target = Path(casebook)
    if target.exists() and not force:
        raise UsageError(
            f"{target} is there already: give another path, or --force to put the backup in its place; "
            "what is there is then kept beside it"
        )
    if _same(saved, target):
        raise UsageError(f"{target} is the backup itself: give the casebook's path")
    with _copied(saved, target, timeout) as copy:
        if not target.exists():
            _put(copy, target)
            return None
        stamp = (now or datetime.now(UTC)).strftime("%Y%m%dT%H%M%SZ")
        aside = _free(target, f".before-{stamp}")
        try:
            _replace_content(copy, target, aside, timeout)
        except (NotACasebook, CasebookDamaged):
            _set_aside(target, aside)
            _put(copy, target)
        require_sound(target)
        return aside


def _same(one: str | os.PathLike[str], other: Path) -> bool:
    return Path(one).exists() and other.exists() and other.samefile(one)


@contextmanager
def _copied(source: str | os.PathLike[str], target: Path, timeout: float) -> Iterator[Path]:
    """A verified copy in a file of its own beside `target`, which is gone afterwards unless it was put in its place."""
    connection, _ = look(os.fspath(source), timeout=timeout)
    with closing(connection), _draft(target) as copy:
        with translated(os.fspath(source)):
            _copy(connection, copy)
        with copy.open("rb+") as written:
            os.fsync(written.fileno())
        try:
            require_sound(copy)
        except CasebookDamaged as error:
            raise CasebookDamaged(str(error).replace(str(copy), os.fspath(source))) from error
        copy.chmod(Path(source).stat().st_mode & 0o777)
        yield copy


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        raise UsageError(f"cannot write {target}: {error.strerror or error}; give another path") from error
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for ending in ("", *BESIDE):
            Path(f"{name}{ending}").unlink(missing_ok=True)


def _copy(connection: sqlite3.Connection, to: Path) -> None:
    """One reading of the whole casebook into an empty file; a page that cannot be read ends it."""
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("VACUUM INTO ?", (str(to),))


def _put(copy: Path, target: Path) -> None:
    copy.replace(target)
    # What a file of this name left beside it would be taken for the new one's.
    for ending in BESIDE:
        Path(f"{target}{ending}").unlink(missing_ok=True)
    _sync_folder(target)


def _replace_content(copy: Path, target: Path, aside: Path, timeout: float) -> None:
    """Keep the casebook of before, then write the copy's pages into it, in one transaction."""
    connection, _ = look(str(target), timeout=timeout)
    with closing(connection), translated(str(target)):
        _alone(connection, target, timeout)
        with _draft(aside) as kept:
            _copy(connection, kept)
            kept.chmod(target.stat().st_mode & 0o777)
            _put(kept, aside)
        with closing(sqlite3.connect(copy)) as new:
            new.backup(connection)


def _alone(connection: sqlite3.Connection, target: Path, timeout: float) -> None:
    """Have the casebook to ourselves until the connection is closed, so that nothing is written in between."""
    deadline = time.monotonic() + timeout
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    while True:
        try:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in (5, 6):
                raise
            if time.monotonic() > deadline:
                raise CasebookBusy(
                    f"{target}: another process has the casebook open; end it (counterclaim add, a notebook), then "
                    "restore again; nothing was changed"
                ) from error
            time.sleep(0.05)


def _set_aside(target: Path, aside: Path) -> None:
    """Keep what cannot be copied, a damaged casebook or another file, byte by byte, with what stands beside it."""
    try:
        for ending in ("", *BESIDE):
            with suppress(FileNotFoundError):
                Path(f"{target}{ending}").rename(f"{aside}{ending}")
    except OSError as error:
        raise CasebookError(f"cannot set {target} aside: {error.strerror or error}; nothing was restored") from error


def _free(target: Path, ending: str) -> Path:
    """A name beside `target` that nothing has."""
    number, path = 1, Path(f"{target}{ending}")
    while path.exists():
        number += 1
        path = Path(f"{target}{ending}-{number}")
    return path


def _sync_folder(target: Path) -> None:
    with suppress(OSError):
        descriptor = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
