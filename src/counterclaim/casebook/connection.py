"""Opening a casebook file: what it must be, how it is set up, and SQLite's errors in our words."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from counterclaim.casebook.migrations import APPLICATION_ID, MIGRATIONS, NEWEST, apply
from counterclaim.errors import CasebookBusy, CasebookError, CasebookTooNew, NotACasebook
from counterclaim.resolving.gazetteer import name_key

MEMORY: Final = ":memory:"

# Primary result codes, https://www.sqlite.org/rescode.html; the extended ones carry them in the low byte.
_BUSY, _LOCKED, _READONLY, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 11, 13, 14, 26
_MESSAGES: Final = {
    _READONLY: "may not be written to: check the permissions of the file and its folder",
    _CORRUPT: "is damaged: restore it from a copy, or save what can be saved with `sqlite3 FILE .recover`",
    _FULL: "cannot grow: the disk is full; nothing of the last batch was written",
    _CANTOPEN: "cannot be opened: check that the folder exists and may be written to",
}


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Raise SQLite's errors as CasebookError: what is wrong, and the mend."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (_BUSY, _LOCKED):
            raise CasebookBusy(f"{path}: another process holds the casebook; try again, or wait longer") from error
        if code == _NOTADB:
            raise NotACasebook(f"{path} is not a casebook: give another path") from error
        raise CasebookError(f"{path} {_MESSAGES.get(code, 'failed')} ({error})") from error


def connect(path: str, *, create: bool, timeout: float, now: Callable[[], str]) -> sqlite3.Connection:
    """Open a casebook, make it where `create` and there is none, and bring an older one up to date.

    Raises NotACasebook, CasebookTooNew, CasebookBusy (after `timeout` seconds) or CasebookError.
    """
    if path != MEMORY:
        _refuse_other_files(path, create)
    with translated(path):
        sealed = not create and _is_sealed(path)
        connection = sqlite3.connect(
            f"{Path(path).absolute().as_uri()}?immutable=1" if sealed else path,
            uri=sealed,
            timeout=timeout,
            isolation_level=None,
        )
        try:
            if sealed:
                _set_up_sealed(connection, path)
            else:
                _set_up(connection, path, create, timeout, now)
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """One write: all of it or nothing. On leaving, it is on the disk."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _refuse_other_files(path: str, create: bool) -> None:
    file = Path(path)
    try:
        if file.is_dir():
            raise NotACasebook(f"{path} is a folder; a casebook is one file")
        if not file.exists():
            if not create:
                raise NotACasebook(f"there is no casebook at {path}: check the path, or add reports to make one")
            if not file.parent.is_dir():
                raise CasebookError(f"the folder {file.parent} is not there: make it first")
            return
        with file.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise CasebookError(f"{path} cannot be read: {os.strerror(error.errno or 0)}") from error
    if head and head != b"SQLite format 3\0":
        raise NotACasebook(f"{path} is not a casebook: give another path")


def _is_sealed(path: str) -> bool:
    """Whether a casebook lies where nothing can be written: on a disc, in an archive, in a colleague's folder.

    SQLite reads a file in WAL mode only beside a -shm file, which it cannot make there, unless it is told that nobody
    writes to it. Where such a file is, somebody may be writing.
    """
    return (
        path != MEMORY
        and not os.access(Path(path).absolute().parent, os.W_OK)
        and not any(Path(f"{path}{ending}").exists() for ending in ("-wal", "-shm"))
    )


def _set_up_sealed(connection: sqlite3.Connection, path: str) -> None:
    connection.create_function("names", 2, _names, deterministic=True)
    if _version(connection, path, create=False) < NEWEST:
        raise CasebookError(
            f"{path} was made by an older version and may not be written to: copy it, then open the copy"
        )


def _set_up(connection: sqlite3.Connection, path: str, create: bool, timeout: float, now: Callable[[], str]) -> None:
    connection.create_function("names", 2, _names, deterministic=True)
    deadline = time.monotonic() + timeout
    version = _version(connection, path, create)
    # Switching to WAL needs the file to itself and does not wait; two processes may be making one casebook.
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != _BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < NEWEST:
        with transaction(connection):
            # Read again under the lock: the other process may have done it.
            version = _version(connection, path, create)
            for migration in MIGRATIONS[version:]:
                apply(connection, migration, now())


def _names(text: str | None, key: str) -> bool:
    """Whether `text` has words that begin as `key` (a name key) does: `iran` is in `Iran's army`, not in `Tirana`."""
    return text is not None and f" {key}" in f" {name_key(text)}"


def _version(connection: sqlite3.Connection, path: str, create: bool) -> int:
    """The number of the last migration applied; 0 for an empty file."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION_ID:
        if version > NEWEST:
            raise CasebookTooNew(
                f"{path} was made by a newer version of Counterclaim (schema {version}, this one knows {NEWEST}): "
                "install that version to read it"
            )
        return int(version)
    empty = application == 0 and version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    if empty and create:
        return 0
    if empty:
        raise NotACasebook(f"{path} is empty: add reports to make a casebook of it")
    raise NotACasebook(f"{path} is a database of something else: give another path")
