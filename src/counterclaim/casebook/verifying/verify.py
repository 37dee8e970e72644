"""All checks over one state of a casebook, in an order in which the first finding is the cause of the later ones."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from types import MappingProxyType
from typing import Final

from counterclaim.casebook.connection import look, translated
from counterclaim.casebook.verifying import captures, decisions, estimates, file, records
from counterclaim.casebook.verifying.finding import RESTORE, Finding
from counterclaim.errors import CasebookDamaged, UsageError

Check = Callable[[sqlite3.Connection], Iterator[Finding]]

CHECKS: Final[Mapping[str, Check]] = MappingProxyType(
    {
        "pages": file.pages,
        "schema": file.schema,
        "foreign-keys": file.foreign_keys,
        "times": file.times,
        "texts": records.texts,
        "codings": records.codings,
        "search": records.search,
        "decisions": decisions.decisions,
        "captures": captures.captures,
        "estimates": estimates.estimates,
    }
)
"""Name to check, each a pass over the casebook that holds a report at a time (`estimates`: a window of them)."""


def verify(
    path: str | os.PathLike[str],
    checks: tuple[str, ...] = tuple(CHECKS),
    *,
    timeout: float = 30.0,
    on_check: Callable[[str], None] = lambda name: None,
) -> Iterator[Finding]:
    """Everything in a casebook that is not as it was written; nothing where all is. Never writes.

    All checks read one state, whatever others write meanwhile. A page that cannot be read is a finding of the check
    that came upon it, and the next check goes on. `on_check` is told of each check before it begins.

    Raises NotACasebook, CasebookTooNew, CasebookBusy; UsageError for a check that there is not.
    """
    unknown = sorted(set(checks) - CHECKS.keys())
    if unknown:
        raise UsageError(f"no check {', '.join(unknown)}: there are {', '.join(CHECKS)}")
    path = os.fspath(path)
    connection, _ = look(path, timeout=timeout)
    with closing(connection), translated(path):
        connection.execute("BEGIN")
        for name in checks:
            on_check(name)
            try:
                yield from CHECKS[name](connection)
            except sqlite3.DatabaseError as error:
                if not _damage(error):
                    raise
                yield Finding(check=name, message=f"cannot be checked to its end: {error}", mend=RESTORE)


def require_sound(path: str | os.PathLike[str]) -> None:
    """Check that all of a casebook is what was recorded; raises CasebookDamaged with the first fault that is not.

    What a coder got wrong from the start (`spans`) is no damage: it is there as it was recorded. Raises as `verify`
    does besides.
    """
    for found in verify(path, tuple(name for name in CHECKS if name != "estimates")):
        if found.weight == "fault" and found.check != "spans":
            where = " of ".join(filter(None, (found.where, found.report and f"report {found.report}")))
            raise CasebookDamaged(
                f"{os.fspath(path)} is damaged: {where or found.check}: {found.message}; "
                "`counterclaim verify` lists all that is"
            )


def _damage(error: sqlite3.Error) -> bool:
    """Whether the file is at fault (SQLITE_ERROR, _CORRUPT or _NOTADB), not the system or another writer."""
    return getattr(error, "sqlite_errorcode", 1) & 0xFF in (1, 11, 26)
