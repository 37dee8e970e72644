"""The file of users: who they are, their sessions and tokens, a journal of sign-ins. SQLite, for its owner alone."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from counterclaim.errors import UsageError, UsersError
from counterclaim.records import Record
from counterclaim.serving.accounts import passwords

Role = Literal["reader", "coder", "editor"]
ROLES: Final[tuple[Role, ...]] = ("reader", "coder", "editor")
"""A reader reads; a coder decides too, and posts reports; an editor also merges, splits, grades, undoes what others
decided, and manages users. Each may what those before it may."""

IDLE: Final = 2 * 3600
ABSOLUTE: Final = 12 * 3600
"""Seconds after which a session ends: without a request, and at all."""

_APPLICATION: Final = 0x43435553  # "CCUS"
_SEEN_EVERY: Final = 60

_SCHEMA: Final = (
    """CREATE TABLE users (key TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, password TEXT NOT NULL,
        disabled INTEGER NOT NULL DEFAULT 0, added_at TEXT NOT NULL)""",
    # Ids and tokens are kept as their SHA-256: who reads the file cannot sign in with what is in it.
    """CREATE TABLE sessions (digest BLOB PRIMARY KEY, user TEXT NOT NULL REFERENCES users (key), started REAL NOT NULL,
        seen REAL NOT NULL)""",
    """CREATE TABLE tokens (digest BLOB PRIMARY KEY, user TEXT NOT NULL REFERENCES users (key), label TEXT NOT NULL,
        added_at TEXT NOT NULL, ends REAL NOT NULL)""",
    """CREATE TABLE journal (number INTEGER PRIMARY KEY, at TEXT NOT NULL, event TEXT NOT NULL, name TEXT NOT NULL,
        address TEXT NOT NULL, by TEXT NOT NULL)""",
    "CREATE TABLE secret (value BLOB NOT NULL)",
    "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    "CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END",
)


class User(Record, frozen=True, kw_only=True):
    """An account."""

    name: str
    role: Role
    disabled: bool = False
    added_at: str = ""


class Noted(Record, frozen=True, kw_only=True):
    """A line of the journal: what happened to whose account, from which address, by whom."""

    at: str
    event: str
    name: str
    address: str
    by: str


class Users:
    """The file of users. Each call opens its own connection, so it may be called from many threads.

    Raises UsersError where the file is something else or is not there, unless `create`.
    """

    def __init__(self, path: str | Path, *, create: bool = False, clock: Callable[[], float] = time.time) -> None:
        self.path = Path(path)
        self._clock = clock
        if not self.path.exists():
            if not create:
                raise UsersError(
                    f"{path} is not there: make it with `counterclaim users add NAME --role editor --users {path}`"
                )
            self._make()
        with self._open() as file:
            try:
                ours = file.execute("PRAGMA application_id").fetchone()[0] == _APPLICATION
            except sqlite3.DatabaseError:
                ours = False
            if not ours:
                raise UsersError(f"{path} is no file of users: give another path")
            self.secret: Final[bytes] = file.execute("SELECT value FROM secret").fetchone()[0]

    def _make(self) -> None:
        # Made closed to others before anything is in it.
        os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with self._open() as file:
            for statement in _SCHEMA:
                file.execute(statement)
            file.execute("INSERT INTO secret VALUES (?)", (secrets.token_bytes(32),))
            file.execute(f"PRAGMA application_id = {_APPLICATION}")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction."""
        try:
            file = sqlite3.connect(self.path, timeout=10, isolation_level=None)
        except sqlite3.Error as error:
            raise UsersError(f"{self.path} cannot be opened: {error}") from error
        try:
            file.execute("PRAGMA foreign_keys = ON")
            file.execute("BEGIN")
            yield file
            file.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise UsersError(f"{self.path} cannot be read or written: {error}") from error
        finally:
            file.close()

    # --- accounts -----------------------------------------------------------------------------------------------------

    def add(self, name: str, role: Role, password: str, *, by: str) -> None:
        """A new account. Raises UsageError where the name is taken or name or password may not be one."""
        shown, key = _named(name)
        kept = passwords.hashed(passwords.checked(password, shown))
        with self._changing() as file:
            if _row(file, key) is not None:
                raise UsageError(f"there is a user {shown!r} already")
            file.execute("INSERT INTO users VALUES (?, ?, ?, ?, 0, ?)", (key, shown, role, kept, self._now()))
            self._note(file, f"added as {role}", shown, by=by)

    def set_password(self, name: str, password: str, *, by: str) -> None:
        """A new password; every session of the user ends. Raises UsageError."""
        kept = passwords.hashed(passwords.checked(password, name))
        with self._changing() as file:
            user, key = _known(file, name)
            file.execute("UPDATE users SET password = ? WHERE key = ?", (kept, key))
            file.execute("DELETE FROM sessions WHERE user = ?", (key,))
            self._note(file, "password set", user.name, by=by)

    def set_role(self, name: str, role: Role, *, by: str) -> None:
        """Another role, from the next request on. Raises UsageError for the last editor."""
        with self._changing() as file:
            user, key = _known(file, name)
            file.execute("UPDATE users SET role = ? WHERE key = ?", (role, key))
            _keep_an_editor(file, user)
            self._note(file, f"made {role}", user.name, by=by)

    def set_disabled(self, name: str, disabled: bool, *, by: str) -> None:
        """Shut an account, which ends its sessions and tokens, or open it again. Raises UsageError for the last editor.

        Accounts are not removed: their names stand in decisions.
        """
        with self._changing() as file:
            user, key = _known(file, name)
            file.execute("UPDATE users SET disabled = ? WHERE key = ?", (disabled, key))
            if disabled:
                file.execute("DELETE FROM sessions WHERE user = ?", (key,))
                file.execute("DELETE FROM tokens WHERE user = ?", (key,))
            _keep_an_editor(file, user)
            self._note(file, "disabled" if disabled else "enabled", user.name, by=by)

    def all(self) -> list[User]:
        """Every account, by name."""
        with self._open() as file:
            return [_user(row) for row in file.execute("SELECT * FROM users ORDER BY key")]

    def journal(self, limit: int = 200) -> list[Noted]:
        """The latest lines of the journal, the newest first."""
        with self._open() as file:
            found = file.execute("SELECT * FROM journal ORDER BY number DESC LIMIT ?", (limit,)).fetchall()
        return [
            Noted(at=at, event=event, name=name, address=address, by=by) for _, at, event, name, address, by in found
        ]

    # --- signing in ---------------------------------------------------------------------------------------------------

    def check(self, name: str, password: str, *, address: str) -> User | None:
        """The user whose password this is, else None; takes as long where there is no such user. Noted either way."""
        with self._open() as file:
            row = _row(file, _key(name))
        right = passwords.matches(password, row[3] if row else passwords.NOBODY)
        user = _user(row) if row and right and not row[4] else None
        with self._changing() as file:
            # An unknown name is not kept: it may be a password that was typed in the wrong field.
            what = "signed in" if user else "wrong password" if row and not right else "disabled" if row else "unknown"
            self._note(file, what if user else f"refused: {what}", row[1] if row else "", address=address)
        return user

    def start(self, user: User) -> str:
        """A new session; gives its id. Sessions that are over are swept out."""
        id = secrets.token_urlsafe(32)
        now = self._clock()
        with self._changing() as file:
            file.execute("DELETE FROM sessions WHERE seen < ? OR started < ?", (now - IDLE, now - ABSOLUTE))
            file.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_digest(id), _key(user.name), now, now))
        return id

    def of_session(self, id: str) -> User | None:
        """Whose session this is; None where it is over or never was."""
        now = self._clock()
        with self._open() as file:
            row = file.execute(
                "SELECT u.*, s.started, s.seen FROM sessions s JOIN users u ON u.key = s.user WHERE s.digest = ?",
                (_digest(id),),
            ).fetchone()
        if row is None or row[4] or row[6] < now - ABSOLUTE or row[7] < now - IDLE:
            return None
        if row[7] < now - _SEEN_EVERY:
            with self._changing() as file:
                file.execute("UPDATE sessions SET seen = ? WHERE digest = ?", (now, _digest(id)))
        return _user(row)

    def end(self, id: str, *, name: str, address: str) -> None:
        """End a session."""
        with self._changing() as file:
            file.execute("DELETE FROM sessions WHERE digest = ?", (_digest(id),))
            self._note(file, "signed out", name, address=address)

    # --- tokens for programs ------------------------------------------------------------------------------------------

    def add_token(self, name: str, label: str, days: int, *, by: str) -> str:
        """A token that speaks for the user until `days` from now; shown this once. Raises UsageError."""
        token = "cc_" + secrets.token_urlsafe(32)
        with self._changing() as file:
            user, key = _known(file, name)
            if user.disabled:
                raise UsageError(f"{user.name} is disabled")
            ends = self._clock() + days * 86400
            file.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", (_digest(token), key, label, self._now(), ends))
            self._note(file, f"token made: {label}", user.name, by=by)
        return token

    def drop_tokens(self, name: str, *, by: str) -> int:
        """End every token of a user; gives how many there were."""
        with self._changing() as file:
            user, key = _known(file, name)
            dropped = file.execute("DELETE FROM tokens WHERE user = ?", (key,)).rowcount
            self._note(file, f"tokens dropped: {dropped}", user.name, by=by)
        return dropped

    def of_token(self, token: str) -> User | None:
        """Whose token this is; None where it has ended or never was."""
        with self._open() as file:
            row = file.execute(
                "SELECT u.*, t.ends FROM tokens t JOIN users u ON u.key = t.user WHERE t.digest = ?", (_digest(token),)
            ).fetchone()
        return None if row is None or row[4] or row[6] < self._clock() else _user(row)

    def signed(self, what: str) -> str:
        """A seal under the file's secret, for ids and tokens that go to browsers."""
        return hmac.new(self.secret, what.encode(), hashlib.sha256).hexdigest()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._open() as file:
            file.execute("COMMIT")
            file.execute("BEGIN IMMEDIATE")
            yield file

    def _note(self, file: sqlite3.Connection, event: str, name: str, *, address: str = "", by: str = "") -> None:
        file.execute(
            "INSERT INTO journal (at, event, name, address, by) VALUES (?, ?, ?, ?, ?)",
            (self._now(), event, name, address, by),
        )

    def _now(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _named(name: str) -> tuple[str, str]:
    shown = " ".join(unicodedata.normalize("NFKC", name).split())
    if not 1 <= len(shown) <= 64 or not shown.isprintable():
        raise UsageError("a user's name has 1 to 64 letters that can be seen")
    return shown, _key(shown)


def _key(name: str) -> str:
    folded = " ".join(unicodedata.normalize("NFKC", name[:200]).casefold().split())
    return folded.encode("utf-8", "replace").decode()


def _row(file: sqlite3.Connection, key: str) -> tuple[str, str, Role, str, int, str] | None:
    found: tuple[str, str, Role, str, int, str] | None = file.execute(
        "SELECT * FROM users WHERE key = ?", (key,)
    ).fetchone()
    return found


def _known(file: sqlite3.Connection, name: str) -> tuple[User, str]:
    row = _row(file, _key(name))
    if row is None:
        raise UsageError(f"there is no user {name!r}")
    return _user(row), row[0]


def _user(row: tuple[str, str, Role, str, int, str]) -> User:
    return User(name=row[1], role=row[2], disabled=bool(row[4]), added_at=row[5])


def _keep_an_editor(file: sqlite3.Connection, changed: User) -> None:
    left = file.execute("SELECT count(*) FROM users WHERE role = 'editor' AND NOT disabled").fetchone()[0]
    if changed.role == "editor" and not changed.disabled and not left:
        raise UsageError(f"{changed.name} is the last editor: make another first")


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
