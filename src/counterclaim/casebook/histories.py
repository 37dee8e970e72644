"""What a report was, text by text and coding by coding."""

from __future__ import annotations

import sqlite3

from counterclaim.casebook.entries import CodingEntry, RevisionEntry
from counterclaim.records import CodedBy


def revisions(connection: sqlite3.Connection, id: str) -> list[RevisionEntry]:
    """Every text of a report, the earliest first."""
    rows = connection.execute(
        """SELECT v.pk, v.number, v.title, v.url, v.outlet, v.published, v.language, v.text, v.digest,
                  v.recorded_at
           FROM revisions v JOIN reports r ON r.pk = v.report WHERE r.id = ? ORDER BY v.number""",
        (id,),
    ).fetchall()
    seen = {
        pk: tuple(
            source
            for (source,) in connection.execute(
                "SELECT source FROM sightings WHERE revision = ? ORDER BY recorded_at, source", (pk,)
            )
        )
        for pk, *_ in rows
    }
    fields = ("number", "title", "url", "outlet", "published", "language", "text", "digest", "recorded_at")
    return [
        RevisionEntry(report=id, sources=seen[pk], **dict(zip(fields, values, strict=True))) for pk, *values in rows
    ]


def codings(connection: sqlite3.Connection, id: str) -> list[CodingEntry]:
    """Every coding of a report, the earliest first."""
    rows = connection.execute(
        """SELECT c.pk, v.number, c.program, c.analyser, c.gazetteer,
                  (SELECT count(*) FROM claims t WHERE t.coding = c.pk),
                  (SELECT count(*) FROM events t WHERE t.coding = c.pk), c.recorded_at,
                  EXISTS (SELECT 1 FROM current_codings k WHERE k.pk = c.pk)
           FROM codings c JOIN revisions v ON v.pk = c.revision JOIN reports r ON r.pk = v.report
           WHERE r.id = ? ORDER BY c.pk""",
        (id,),
    ).fetchall()
    return [
        CodingEntry(
            report=id,
            coding=pk,
            revision=number,
            coded_by=CodedBy(program=program, analyser=analyser, gazetteer=gazetteer),
            claims=claims,
            events=events,
            recorded_at=recorded_at,
            current=bool(current),
        )
        for pk, number, program, analyser, gazetteer, claims, events, recorded_at, current in rows
    ]
