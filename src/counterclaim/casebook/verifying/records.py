"""Texts against their digests; codings against the contract, their texts and their rows; the search index."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from counterclaim.casebook.identity import FIELDS, Identity
from counterclaim.casebook.ledger import COLUMNS, layers, versions
from counterclaim.casebook.verifying.finding import RECODE, RESTORE, Finding
from counterclaim.checking import violations
from counterclaim.errors import MalformedRecord
from counterclaim.records import CodedReport, Report


def texts(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every revision's text against its digest, its fields against its fingerprint; no revision or coding missing."""
    for id_, given, pk, digest, fingerprint, text, *fields in connection.execute(
        f"""SELECT r.id, r.given_id, v.pk, v.digest, v.fingerprint, v.text, {", ".join(f"v.{f}" for f in FIELDS)}
            FROM revisions v JOIN reports r ON r.pk = v.report ORDER BY v.pk"""
    ):
        identity = Identity.of(Report(text=text, id=given, **dict(zip(FIELDS, fields, strict=True))))
        if identity.digest != digest:
            yield _fault("texts", f"revision {pk}", id_, "the text is not the one that was recorded", RESTORE)
        elif identity.fingerprint != fingerprint:
            told = "title, address, outlet, date or language are not those that were recorded"
            yield _fault("texts", f"revision {pk}", id_, told, RESTORE)
    for id_, count, last in connection.execute(
        """SELECT r.id, count(v.pk), max(v.number) FROM reports r LEFT JOIN revisions v ON v.report = r.pk
           GROUP BY r.pk HAVING count(v.pk) = 0 OR max(v.number) <> count(v.pk) OR min(v.number) <> 1"""
    ):
        yield _fault("texts", "", id_, f"{count} revisions, the last of number {last}: some are missing", RESTORE)
    for id_, pk in connection.execute(
        """SELECT r.id, v.pk FROM revisions v JOIN reports r ON r.pk = v.report
           WHERE NOT EXISTS (SELECT 1 FROM codings c WHERE c.revision = v.pk)"""
    ):
        yield _fault("texts", f"revision {pk}", id_, "has no coding", RECODE)


def codings(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every coding: its JSON by the contract, its spans in its text, its rows the same as its JSON."""
    for id_, pk, revision, text, json, *rest in connection.execute(
        f"""SELECT r.id, c.pk, c.revision, v.text, c.json, c.program, c.analyser, c.gazetteer,
                   {", ".join(f"v.{field}" for field in FIELDS)}
            FROM codings c JOIN revisions v ON v.pk = c.revision JOIN reports r ON r.pk = v.report ORDER BY c.pk"""
    ):
        where = f"coding {pk} of revision {revision}"
        try:
            coded = replace(CodedReport.from_json(json), text=text)
        except (MalformedRecord, UnicodeError) as error:
            yield _fault("contract", where, id_, str(error), RECODE)
            continue
        made_by = tuple(rest[:3])
        if versions(coded.coded_by) != made_by:
            told = f"says it was coded by {versions(coded.coded_by)}, its row says {made_by}"
            yield _fault("contract", where, id_, told, RECODE)
        recorded = replace(coded, **dict(zip(FIELDS, rest[3:], strict=True)))
        if Identity.of(coded).fingerprint != Identity.of(recorded).fingerprint:
            yield _fault("contract", where, id_, "is of another title, address, outlet, date or language", RECODE)
        for told in violations(coded):
            yield _fault("spans", where, id_, told, RECODE)
        yield from _rows(connection, pk, coded, where, id_)


def _rows(connection: sqlite3.Connection, pk: int, coded: CodedReport, where: str, id_: str) -> Iterator[Finding]:
    for table, expected in layers(coded):
        rows = connection.execute(f"SELECT {', '.join(COLUMNS[table])} FROM {table} WHERE coding = ?", (pk,))
        try:
            found, wanted = Counter(rows), Counter(map(tuple, expected))
        except UnicodeError as error:
            yield _fault("rows", f"{table} of {where}", id_, str(error), RECODE)
            continue
        if found != wanted:
            lost, more = (wanted - found).total(), (found - wanted).total()
            told = f"not the rows of its coding: {lost} are missing or changed, {more} are none of its own"
            yield _fault("rows", f"{table} of {where}", id_, told, RECODE)


_WORD: Final = re.compile(r"(?<!\S)[A-Za-z]{3,20}(?!\S)")
"""What the index surely holds as one word, whatever it makes of other scripts and signs."""


def search(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every text in the search index, and found there by a word of its own."""
    mend = "`INSERT INTO report_search (report_search) VALUES ('rebuild')` in sqlite3 makes the index anew"
    for (pk,) in connection.execute("SELECT id FROM report_search_docsize EXCEPT SELECT pk FROM revisions"):
        yield _fault("search", f"revision {pk}", None, "is in the search index, and is not there", mend)
    for id_, pk, text, indexed in connection.execute(
        """SELECT r.id, v.pk, v.text, d.id IS NOT NULL FROM revisions v JOIN reports r ON r.pk = v.report
           LEFT JOIN report_search_docsize d ON d.id = v.pk ORDER BY v.pk"""
    ):
        word = max(_WORD.findall(text[:2000]), key=len, default=None)
        if not indexed:
            yield _fault("search", f"revision {pk}", id_, "is not in the search index", mend)
        elif (
            word is not None
            and connection.execute(
                "SELECT 1 FROM report_search WHERE report_search MATCH ? AND rowid = ?", (f'text : "{word}"', pk)
            ).fetchone()
            is None
        ):
            yield _fault("search", f"revision {pk}", id_, f"is not found by its word {word!r}", mend)


def _fault(check: str, where: str, report: str | None, message: str, mend: str) -> Finding:
    return Finding(check=check, where=where, report=report, message=message, mend=mend)
