"""The file: its pages, its foreign keys, its schema, and the order of its times."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Final

from counterclaim.casebook.migrations import MIGRATIONS, NEWEST, apply
from counterclaim.casebook.verifying.finding import RESTORE, Finding

MOST: Final = 100
"""Faults of pages that are told one by one; a file with more is past mending page by page."""


def pages(connection: sqlite3.Connection) -> Iterator[Finding]:
    """SQLite's own check of pages, indexes, constraints and types."""
    for (told,) in connection.execute(f"PRAGMA integrity_check({MOST})"):
        if told != "ok":
            yield Finding(check="pages", message=str(told).strip("* \n"), mend=RESTORE)


def foreign_keys(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Rows that lead to rows that are not there."""
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        where = f"{table} {row}" if row is not None else str(table)
        yield Finding(
            check="foreign-keys", where=where, message=f"leads to a row of {parent} that is not there", mend=RESTORE
        )


def schema(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Tables, indexes, views and the triggers that hold the casebook append-only, against those of its version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < NEWEST:
        yield Finding(
            check="schema",
            message=f"made by an older version (schema {version}, this one knows {NEWEST})",
            mend="none is needed: the next command that opens it brings it up to date",
            weight="note",
        )
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        for migration in MIGRATIONS[:version]:
            apply(fresh, migration, "")
        expected, found = _objects(fresh), _objects(connection)
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            yield _changed(name, "is gone")
        elif name not in expected:
            yield Finding(
                check="schema",
                where=name,
                message="is none of the casebook's own",
                mend="none is needed, unless nobody knows who made it",
                weight="note",
            )
        elif expected[name] != found[name]:
            yield _changed(name, "is not what this program makes")


def _changed(name: str, how: str) -> Finding:
    return Finding(check="schema", where=name, message=f"{how}: another program has changed the file", mend=RESTORE)


def _objects(connection: sqlite3.Connection) -> dict[str, str]:
    """Every named part of the schema and the SQL that made it; what SQLite makes for itself is left out."""
    return {
        f"{kind} {name}": sql
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        if not name.startswith(("report_search_", "sqlite_"))
    }


def times(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Records are recorded in the order of their numbers; a clock that was set back shows here."""
    for table in ("reports", "revisions", "codings", "rejects"):
        rows = connection.execute(
            f"""SELECT pk, recorded_at, before FROM (
                    SELECT pk, recorded_at, lag(recorded_at) OVER (ORDER BY pk) AS before FROM {table}
                ) WHERE recorded_at < before"""
        )
        for pk, at, before in rows:
            yield Finding(
                check="times",
                where=f"{table} {pk}",
                message=f"recorded at {at}, before the record before it at {before}: the clock was set back",
                mend="none is needed; --as-of by recording may answer wrongly about the hours between",
                weight="note",
            )
