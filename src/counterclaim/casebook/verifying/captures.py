"""What a watch captured beside the casebook: each document's bytes by their SHA-256, each reading in the casebook.

The layout is that of docs/watch.md: `objects/ab/abcdef...` and `watch.sqlite`, in `CASEBOOK.captures`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from counterclaim.casebook.verifying.finding import Finding

FOLDER = ".captures"
"""Beside the casebook, where `counterclaim watch` keeps captures unless it is told another --store."""


def captures(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every capture that is recorded is there as it was got; what was read of it is in the casebook."""
    (path,) = (row[2] for row in connection.execute("PRAGMA database_list") if row[1] == "main")
    store = Path(f"{path}{FOLDER}")
    if not path or not (store / "watch.sqlite").is_file():
        return
    state = sqlite3.connect(f"{(store / 'watch.sqlite').absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    with closing(state):
        for digest, url in state.execute("SELECT digest, min(url) FROM captures GROUP BY digest ORDER BY min(pk)"):
            file = store / "objects" / digest[:2] / digest
            mend = f"restore {file} from a copy; without it {url} cannot be read again as it was"
            try:
                with file.open("rb") as data:
                    found = hashlib.file_digest(data, "sha256").hexdigest()
            except OSError as error:
                yield _fault(f"capture {digest[:16]}", f"{url}: cannot be read: {error.strerror or error}", mend)
                continue
            if found != digest:
                yield _fault(f"capture {digest[:16]}", f"{url}: its bytes are not those of its name", mend)
        for report, revision, source in state.execute(
            "SELECT DISTINCT report, revision, source FROM readings WHERE report IS NOT NULL AND revision IS NOT NULL"
        ):
            held = connection.execute(
                "SELECT 1 FROM revisions v JOIN reports r ON r.pk = v.report WHERE r.id = ? AND v.number = ?",
                (report, revision),
            ).fetchone()
            if held is None:
                told = f"{source} was read as text {revision} of it, which the casebook does not hold"
                mend = "where an older backup was restored: `counterclaim watch` with a new casebook reads all again"
                yield Finding(check="captures", report=report, message=told, mend=mend)


def _fault(where: str, message: str, mend: str) -> Finding:
    return Finding(check="captures", where=where, message=message, mend=mend)
