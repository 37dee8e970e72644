"""Migration 2: what reviewers decide, and which codings are the program's with their decisions put into effect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from counterclaim.casebook.migrations.guards import guards

KEYS: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "decisions": (("number",),),
    "reviewed_codings": (("coding",),),
}

SCHEMA: Final = (
    # `json`: the whole decision as the API gives it; the columns are what it is looked for by.
    """CREATE TABLE decisions (
        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, reviewer TEXT NOT NULL, recorded_at TEXT NOT NULL,
        revision INTEGER REFERENCES revisions (pk), layer TEXT NOT NULL, record TEXT NOT NULL, incident TEXT NOT NULL,
        undoes INTEGER REFERENCES decisions (number), json TEXT NOT NULL
    )""",
    "CREATE INDEX decisions_by_revision ON decisions (revision) WHERE revision IS NOT NULL",
    "CREATE INDEX decisions_by_incident ON decisions (incident) WHERE incident <> ''",
    "CREATE INDEX decisions_by_reviewer ON decisions (reviewer)",
    # A coding made of `base` by the decisions on its text up to the number `decision`.
    """CREATE TABLE reviewed_codings (
        coding INTEGER PRIMARY KEY REFERENCES codings (pk), base INTEGER NOT NULL REFERENCES codings (pk),
        decision INTEGER NOT NULL REFERENCES decisions (number)
    )""",
)


def statements() -> Iterator[str]:
    """The statements, in order."""
    yield from SCHEMA
    yield from guards(KEYS)
