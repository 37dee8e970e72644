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
from counterclaim.errors import (
    CasebookBusy,
    CasebookDamaged,
    CasebookError,
    CasebookFull,
    CasebookReadOnly,
    CasebookTooNew,
    NotACasebook,
)
from counterclaim.resolving.gazetteer import name_key

MEMORY: Final = ":memory:"

# Result codes, https://www.sqlite.org/rescode.html; the extended ones carry the primary one in the low byte.
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_SHM_SIZE, _CORRUPT_FILE_SYSTEM = 4874, 8458
_MENDS: Final[dict[int, tuple[type[CasebookError], str]]] = {
    _READONLY: (
        CasebookReadOnly,
        "may not be written to: check the permissions of the file and its folder, or work on a copy",
    ),
    _CORRUPT: (
        CasebookDamaged,
        "is damaged: `counterclaim verify` says where; `counterclaim restore` puts a backup in its place, "
        "`sqlite3 FILE .recover` saves what can be saved",
    ),
    _FULL: (
        CasebookFull,
        "cannot grow, the disk is full: nothing of the last batch was written; make room, then run the same again",
    ),
    _IOERR: (
        CasebookError,
        "could not be read or written by the system: nothing of the last batch was written; check room, quota and "
        "health of the disk, then run the same again",
    ),
    _CANTOPEN: (CasebookError, "cannot be opened: check that the folder exists and may be written to"),
}
_MENDS[_SHM_SIZE], _MENDS[_CORRUPT_FILE_SYSTEM] = _MENDS[_FULL], _MENDS[_CORRUPT]


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Raise SQLite's errors as CasebookError: what is wrong, and the mend."""
    try:
        yield
    except sqlite3.Error as error:
        extended = getattr(error, "sqlite_errorcode", 0)
        code = extended & 0xFF
        if code in (_BUSY, _LOCKED):
            raise CasebookBusy(
                f"{path}: another process is writing to the casebook; wait for it to end, then run the same again"
            ) from error
        if code == _NOTADB:
            raise NotACasebook(f"{path} is not a casebook: give another path") from error
        if not extended and "decode to UTF-8" in str(error):
            code = _CORRUPT  # Python's own, which has no code: a text of it is no UTF-8 any more.
        kind, mend = _MENDS.get(extended) or _MENDS.get(code, (CasebookError, "failed"))
        raise kind(f"{path} {mend} ({error})") from error


def connect(path: str, *, create: bool, timeout: float, now: Callable[[], str]) -> sqlite3.Connection:
    """Open a casebook, make it where `create` and there is none, and bring an older one up to date.

    Raises NotACasebook, CasebookTooNew, CasebookBusy (after `timeout` seconds) or CasebookError.
    """
    if path != MEMORY:
        _refuse_other_files(path, create)
    sealed = _is_sealed(path)
    if sealed and create and Path(path).exists():
        raise CasebookReadOnly(f"{path} {_MENDS[_READONLY][1]}")
    with translated(path):
        sealed = sealed and not create
        connection = _connected(path, sealed, timeout)
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


def look(path: str, *, timeout: float) -> tuple[sqlite3.Connection, int]:
    """Open a casebook to read it as it is, of this or an older schema, and say which; nothing is brought up to date.

    Text that is no UTF-8 comes back with lone surrogates, so that a damaged record can be read and told of.
    Raises NotACasebook, CasebookTooNew or CasebookError.
    """
    _refuse_other_files(path, create=False)
    with translated(path):
        connection = _connected(path, _is_sealed(path), timeout)
        try:
            version = _version(connection, path, create=False)
            connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    return connection, version


def _connected(path: str, sealed: bool, timeout: float) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{Path(path).absolute().as_uri()}?immutable=1" if sealed else path,
        uri=sealed,
        timeout=timeout,
        isolation_level=None,
    )


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
        raise CasebookReadOnly(
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


def require_known(connection: sqlite3.Connection, path: str) -> None:
    """Raise CasebookTooNew where a newer program has brought the file up to date since it was opened here.

    The caller holds the transaction: what it writes is then of the schema that it knows.
    """
    _version(connection, path, create=False)


def _program(connection: sqlite3.Connection) -> str:
    """The program that last brought the file up to date, as the file tells it."""
    with suppress(sqlite3.Error, TypeError):
        row = connection.execute("SELECT program FROM migrations ORDER BY number DESC LIMIT 1").fetchone()
        return f"version {row[0]} or later"
    return "that version"


def _version(connection: sqlite3.Connection, path: str, create: bool) -> int:
    """The number of the last migration applied; 0 for an empty file."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION_ID:
        if version > NEWEST:
            raise CasebookTooNew(
                f"{path} was made by a newer version of Counterclaim (schema {version}, this one knows {NEWEST}): "
                f"install {_program(connection)} to read it"
            )
        return int(version)
    empty = application == 0 and version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    if empty and create:
        return 0
    if empty:
        raise NotACasebook(f"{path} is empty: add reports to make a casebook of it")
    raise NotACasebook(f"{path} is a database of something else: give another path")
