"""Decisions of reviewers: none missing, each as it was made, and every coding made of them beside its own decisions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from counterclaim.casebook.verifying.finding import RESTORE, Finding
from counterclaim.errors import MalformedRecord
from counterclaim.records import CodedReport
from counterclaim.reviewing import Decision


def decisions(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Numbers without a gap, JSON by its shape and the same as its columns, codings of decisions that are there."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < 2:
        return
    expected = 0
    for number, kind, by, at, layer, record, incident, undoes, json in connection.execute(
        """SELECT number, kind, reviewer, recorded_at, layer, record, incident, undoes, json FROM decisions
           ORDER BY number"""
    ):
        expected += 1
        where = f"decision {number}"
        if number != expected:
            yield _fault(f"decision {expected}", "is missing")
            expected = number
        try:
            one = Decision.from_json(json)
        except (MalformedRecord, UnicodeError) as error:
            yield _fault(where, str(error))
            continue
        held = (one.number, one.kind, one.by, one.at, one.layer, one.record, one.incident, one.undoes)
        if held != (number, kind, by, at, layer, record, incident, undoes):
            yield _fault(where, "says otherwise than its row")
        if undoes is not None and undoes >= number:
            yield _fault(where, f"undoes decision {undoes}, which was made later")
    for coding, report, json, revision, base, last in connection.execute(
        """SELECT w.coding, r.id, c.json, c.revision, b.revision, w.decision
           FROM reviewed_codings w JOIN codings c ON c.pk = w.coding JOIN codings b ON b.pk = w.base
           JOIN revisions v ON v.pk = c.revision JOIN reports r ON r.pk = v.report ORDER BY w.coding"""
    ):
        if revision != base:
            yield _fault(f"coding {coding}", "is made of a coding of another text", report)
        try:
            noted = {one.decision for one in CodedReport.from_json(json).decided}
        except (MalformedRecord, UnicodeError):
            continue  # `codings` tells of it.
        if any(not 1 <= number <= last for number in noted):
            yield _fault(f"coding {coding}", "tells of decisions that were not made on its text by then", report)


def _fault(where: str, message: str, report: str | None = None) -> Finding:
    return Finding(check="decisions", where=where, report=report, message=message, mend=RESTORE)
