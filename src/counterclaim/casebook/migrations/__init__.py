"""Numbered migrations: each an ordered list of SQL statements, applied in one transaction, recorded, never edited.

To add one: a new module `m0002_what_it_does.py` with `statements()`, and one line in `MIGRATIONS`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from counterclaim._version import __version__
from counterclaim.casebook.migrations import m0001_first, m0002_decisions

APPLICATION_ID: Final = 0x43434C4D
"""`CCLM`, in the SQLite header of every casebook: how a casebook is told from any other database."""


class Migration(NamedTuple):
    """One step of the schema."""

    number: int
    name: str
    statements: Callable[[], Iterable[str]]


MIGRATIONS: Final = (
    Migration(1, "reports, codings, layers, rejects", m0001_first.statements),
    Migration(2, "decisions of reviewers", m0002_decisions.statements),
)
NEWEST: Final = MIGRATIONS[-1].number


def apply(connection: sqlite3.Connection, migration: Migration, now: str) -> None:
    """Apply one migration and record it. The caller holds the transaction."""
    for statement in migration.statements():
        connection.execute(statement)
    connection.execute(
        "INSERT INTO migrations (number, name, program, applied_at) VALUES (?, ?, ?, ?)",
        (migration.number, migration.name, __version__, now),
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {migration.number}")
