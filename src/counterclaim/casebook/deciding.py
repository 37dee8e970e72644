"""Decisions into the casebook, and what they make of a report: a coding of its own, beside the program's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from counterclaim.casebook.ledger import add_coding
from counterclaim.casebook.queries import decode
from counterclaim.errors import UsageError
from counterclaim.records import CodedBy, CodedReport
from counterclaim.reviewing import Decision, UnderReview, reviewed


def record(connection: sqlite3.Connection, decisions: Iterable[Decision], now: str) -> list[Decision]:
    """Append decisions and put those on records into effect. The caller holds the transaction.

    Raises UsageError where a report or the decision to undo is not there.
    """
    made = []
    touched: dict[int, None] = {}
    for one in decisions:
        (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM decisions").fetchone()
        given = replace(one, number=number, at=now)
        revision = _revision(connection, one) if one.report else None
        if one.undoes is not None:
            held = connection.execute("SELECT 1 FROM decisions WHERE number = ?", (one.undoes,)).fetchone()
            if held is None:
                raise UsageError(f"there is no decision {one.undoes}")
        connection.execute(
            """INSERT INTO decisions (number, kind, reviewer, recorded_at, revision, layer, record, incident, undoes,
                                      json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (number, one.kind, one.by, now, revision, one.layer, one.record, one.incident, one.undoes, given.to_json()),
        )
        made.append(given)
        if revision is not None and one.kind != "comment":
            touched[revision] = None
    for revision in touched:
        review(connection, revision, now)
    return made


def _revision(connection: sqlite3.Connection, one: Decision) -> int:
    row = connection.execute(
        "SELECT v.pk FROM revisions v JOIN reports r ON r.pk = v.report WHERE r.id = ? AND v.number = ?",
        (one.report, one.revision),
    ).fetchone()
    if row is None:
        raise UsageError(f"report {one.report!r} has no text number {one.revision}")
    return int(row[0])


def review(connection: sqlite3.Connection, revision: int, now: str) -> None:
    """Make the coding that shows a text's newest coding by the program with its decisions; none where there are none.

    It is the text's newest coding from then on: whoever reads the casebook reads what stands after review.
    """
    decisions = of_revision(connection, revision)
    if not decisions:
        return
    base, machine = _machine(connection, revision)
    last = decisions[-1].number
    by = machine.coded_by or CodedBy(program="", analyser="", gazetteer="")
    coded = reviewed(machine, decisions, base)
    coding = add_coding(
        connection,
        revision,
        replace(coded, coded_by=replace(by, analyser=f"{by.analyser} reviewed/{last}/{base}".strip())),
        now,
    )
    connection.execute("INSERT INTO reviewed_codings (coding, base, decision) VALUES (?, ?, ?)", (coding, base, last))


def review_report(connection: sqlite3.Connection, report: str, now: str) -> None:
    """As `review`, of a report's newest text: the program has coded it anew."""
    row = connection.execute("SELECT pk FROM current_revisions WHERE report_id = ?", (report,)).fetchone()
    if row is not None:
        review(connection, row[0], now)


def of_revision(connection: sqlite3.Connection, revision: int) -> list[Decision]:
    """Every decision on records of a text, the earliest first."""
    rows = connection.execute("SELECT json FROM decisions WHERE revision = ? ORDER BY number", (revision,))
    return [Decision.from_json(line) for (line,) in rows]


def _machine(connection: sqlite3.Connection, revision: int) -> tuple[int, CodedReport]:
    """The newest coding of a text by the program, and its number."""
    pk, text, id_, stored = connection.execute(
        """SELECT c.pk, v.text, r.id, c.json FROM codings c JOIN revisions v ON v.pk = c.revision
           JOIN reports r ON r.pk = v.report
           WHERE c.revision = ? AND NOT EXISTS (SELECT 1 FROM reviewed_codings w WHERE w.coding = c.pk)
           ORDER BY c.pk DESC LIMIT 1""",
        (revision,),
    ).fetchone()
    return pk, decode(text, id_, stored)


def under_review(connection: sqlite3.Connection, report: str) -> UnderReview | None:
    """A report's newest text as a reviewer meets it; None where there is no such report."""
    row = connection.execute("SELECT pk, number FROM current_revisions WHERE report_id = ?", (report,)).fetchone()
    if row is None:
        return None
    coding, machine = _machine(connection, row[0])
    return UnderReview(
        machine=machine, coding=coding, revision=row[1], decisions=tuple(of_revision(connection, row[0]))
    )


def select(
    connection: sqlite3.Connection,
    *,
    reviewer: str | None,
    kind: str | None,
    incidents: bool | None,
    of: Collection[str] | None,
    after: int,
    before: int | None,
    limit: int | None,
    until: str | None,
) -> list[Decision]:
    """Decisions by number, the newest first where `limit` is given, else the earliest first."""
    order = "DESC" if limit is not None else "ASC"
    rows = connection.execute(
        f"""SELECT json FROM decisions
            WHERE number > :after AND (:before IS NULL OR number < :before) AND (:by IS NULL OR reviewer = :by)
              AND (:kind IS NULL OR kind = :kind)
              AND (:incidents IS NULL OR (incident <> '') = :incidents) AND (:until IS NULL OR recorded_at <= :until)
              {"AND incident IN (SELECT value FROM json_each(:of))" if of is not None else ""}
            ORDER BY number {order} LIMIT :limit""",
        {
            "after": after,
            "before": before,
            "by": reviewer,
            "kind": kind,
            "incidents": incidents,
            "until": until,
            "of": json.dumps(sorted(of or ())),
            "limit": -1 if limit is None else limit,
        },
    )
    return [Decision.from_json(line) for (line,) in rows]


def one(connection: sqlite3.Connection, number: int) -> Decision | None:
    """A decision by number."""
    row = connection.execute("SELECT json FROM decisions WHERE number = ?", (number,)).fetchone()
    return Decision.from_json(row[0]) if row else None
