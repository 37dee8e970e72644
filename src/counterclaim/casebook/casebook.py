"""The casebook: coded reports in one SQLite file, append-only, acknowledged only once they are on the disk."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from counterclaim.casebook import deciding, histories, queries
from counterclaim.casebook.asof import AsOf, held
from counterclaim.casebook.clock import recording_time, written
from counterclaim.casebook.connection import connect, require_known, transaction, translated
from counterclaim.casebook.entries import (
    AddResult,
    ClaimEntry,
    CodingEntry,
    Entry,
    EventEntry,
    Filter,
    Hit,
    Outcome,
    Reject,
    ReportEntry,
    RevisionEntry,
    Stats,
)
from counterclaim.casebook.identity import Identity, find
from counterclaim.casebook.ledger import is_coded, write
from counterclaim.errors import CounterclaimError, MalformedRecord, UsageError
from counterclaim.records import RECORD, CodedBy, CodedReport, Report
from counterclaim.reviewing import Decision, UnderReview
from counterclaim.reviewing.decisions import Kind

if TYPE_CHECKING:
    import pandas as pd

BATCH: Final = 50
"""Reports committed together. Each commit waits for the disk, a few milliseconds; fifty share one wait."""

LINGER: Final = 1.0
"""Seconds after which a batch is committed though not full: slow coding must not leave finished work unsaved."""

TIMEOUT: Final = 30.0
"""Seconds to wait for another process that is writing."""

EVERYTHING: Final = Filter()


class Casebook:
    """A casebook file. Use it in a `with`, or close it. One thread a Casebook; many processes may hold the same file.

    What was recorded stays: a report's changed text is a new revision, another version's coding a new coding, and the
    file itself refuses UPDATE and DELETE. Which text is which report is told in `casebook/identity.py`.

    Raises NotACasebook, CasebookTooNew, CasebookBusy (a lock held longer than `timeout` seconds) or CasebookError.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        create: bool = True,
        timeout: float = TIMEOUT,
        clock: Clock | None = None,
        read_only: bool = False,
    ) -> None:
        self.path = os.fspath(path)
        self._clock = clock or _utc_now
        self._connection = connect(self.path, create=create, timeout=timeout, now=self._now)
        if read_only:
            self._connection.execute("PRAGMA query_only = ON")

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, create: bool = False, timeout: float = TIMEOUT, read_only: bool = False
    ) -> Self:
        """Open a casebook that is there; with `create`, make it where it is not; with `read_only`, refuse to write."""
        return cls(path, create=create, timeout=timeout, read_only=read_only)

    def close(self) -> None:
        """Close the file. Closing twice does no harm."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        with suppress(Exception):
            self._connection.close()

    def __repr__(self) -> str:
        return f"<Casebook {self.path!r}>"

    # --- writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[str]:
        """One write, all of it or nothing, on the disk when it ends; gives the time to record it under."""
        with translated(self.path), transaction(self._connection):
            require_known(self._connection, self.path)
            yield recording_time(self._connection, self._clock(), self.path)

    def add(
        self,
        coded: CodedReport | Entry | Iterable[CodedReport | Entry],
        *,
        source: str | None = None,
        batch: int = BATCH,
        on_commit: Callable[[Outcome], None] | None = None,
    ) -> AddResult:
        """Record coded reports; what is held already adds nothing.

        Reports are committed in batches of up to `batch`, each report whole or not at all; `on_commit` is called for
        each one after its commit, when it is safe from a crash. Should the iterable raise, what it gave before is
        committed first. A coding at odds with itself becomes a reject and an outcome "rejected"; the others go on.
        `source` is where the reports were read, for those that come without an Entry of their own.
        """
        if isinstance(coded, CodedReport | Entry):
            coded = (coded,)
        outcomes: list[Outcome] = []
        for done in self._add(coded, source, max(1, batch)):
            outcomes.extend(done)
            if on_commit is not None:
                for outcome in done:
                    on_commit(outcome)
        return AddResult(outcomes=tuple(outcomes))

    def _add(self, coded: Iterable[CodedReport | Entry], source: str | None, batch: int) -> Iterator[list[Outcome]]:
        waiting: list[Entry] = []
        since = 0.0
        try:
            # The coding happens while this iterates: never inside a transaction, which would hold up other writers.
            for one in coded:
                if not waiting:
                    since = time.monotonic()
                waiting.append(one if isinstance(one, Entry) else Entry(coded=one, source=source))
                if len(waiting) >= batch or time.monotonic() - since > LINGER:
                    full, waiting = waiting, []
                    yield self._commit(full)
        finally:
            if waiting:
                last, waiting = waiting, []
                done = self._commit(last)
                yield done

    def _commit(self, entries: list[Entry]) -> list[Outcome]:
        outcomes = []
        with self._writing() as now:
            for entry in entries:
                source = _plain(entry.source) if entry.source is not None else None
                try:
                    outcome = write(self._connection, entry.coded, source, now)
                    if outcome.status == "recoded":
                        deciding.review_report(self._connection, outcome.report, now)
                    outcomes.append(outcome)
                except MalformedRecord as error:
                    given = _plain(entry.coded.id)
                    self._insert_reject(source or given, error, None, now)
                    outcomes.append(
                        Outcome(report=given, given=given, status="rejected", source=source, message=_plain(str(error)))
                    )
        return outcomes

    def reject(self, source: str, error: CounterclaimError, *, content: bytes | str | None = None) -> bool:
        """Record an input that could not be read or coded, and why; `content` only for its digest.

        The same input with the same reason is recorded once, with the time of the first; True where it was new.
        """
        digest = None
        if content is not None:
            data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
            digest = hashlib.sha256(data).hexdigest()
        with self._writing() as now:
            return self._insert_reject(_plain(source), error, digest, now)

    def _insert_reject(self, source: str, error: CounterclaimError, digest: str | None, now: str) -> bool:
        cursor = self._connection.execute(
            """INSERT INTO rejects (source, code, message, digest, recorded_at) SELECT ?1, ?2, ?3, ?4, ?5
               WHERE NOT EXISTS (SELECT 1 FROM rejects
                                 WHERE source = ?1 AND code = ?2 AND message = ?3 AND digest = ?4)""",
            (source, error.code, _plain(str(error)), digest or "", now),
        )
        return cursor.rowcount == 1

    def decide(self, decisions: Iterable[Decision]) -> list[Decision]:
        """Append a reviewer's decisions, all or none, and put them into effect; gives them with number and time.

        What they say of a report's records is its newest coding from then on; the program's stays beside it. See
        `counterclaim.reviewing` for how they are made. Raises UsageError where what they name is not there.
        """
        with self._writing() as now:
            return deciding.record(self._connection, decisions, now)

    def needs_coding(self, report: Report, coded_by: CodedBy, *, source: str | None = None) -> bool:
        """Whether adding this report, coded by these versions, would record anything new. Cheap: nothing is coded."""
        source = _plain(source) if source is not None else None
        with translated(self.path):
            try:
                match = find(self._connection, Identity.of(report), source)
            except UnicodeEncodeError:
                return True  # Half a surrogate pair in the id or outlet: adding it will say so.
            if match.revision is None:
                return True
            return match.exact and not is_coded(self._connection, match.revision, coded_by)

    # --- reading ------------------------------------------------------------------------------------------------------

    def reports(self) -> list[ReportEntry]:
        """Every report, by date of publication, the undated last."""
        with translated(self.path):
            rows = self._connection.execute(
                """SELECT v.report_id, v.title, v.url, v.outlet, v.published, v.language, v.number,
                          (SELECT count(*) FROM codings k JOIN revisions w ON w.pk = k.revision
                           WHERE w.report = v.report),
                          (SELECT count(*) FROM claims t WHERE t.coding = c.pk),
                          (SELECT count(*) FROM events t WHERE t.coding = c.pk),
                          (SELECT recorded_at FROM reports r WHERE r.pk = v.report), v.recorded_at
                   FROM current_revisions v JOIN current_codings c ON c.revision = v.pk
                   ORDER BY v.published IS NULL, v.published, v.report"""
            ).fetchall()
        return [ReportEntry.from_dict(dict(zip(ReportEntry.__struct_fields__, row, strict=True))) for row in rows]

    def report(self, id: str, *, coding: int | None = None) -> CodedReport:
        """A coded report by its casebook id: the latest coding of the latest revision, or the coding of that number.

        Raises UsageError where there is none.
        """
        with translated(self.path):
            if coding is None:
                where = "r.id = :id AND c.pk IN (SELECT pk FROM current_codings WHERE report_id = :id)"
            else:
                where = "r.id = :id AND c.pk = :coding"
            row = self._connection.execute(
                f"""SELECT v.text, r.id, c.json FROM codings c JOIN revisions v ON v.pk = c.revision
                    JOIN reports r ON r.pk = v.report WHERE {where}""",
                {"id": id, "coding": coding},
            ).fetchone()
        if row is None:
            self._require(id)
            raise UsageError(f"report {id!r} has no coding {coding}: codings({id!r}) lists them")
        return queries.decode(*row)

    def coded_reports(self, ids: Iterable[str] | None = None, *, as_of: AsOf | None = None) -> Iterator[CodedReport]:
        """Every coded report, or those of these ids, as `report()` gives them; for exports. One at a time in memory.

        With `as_of`, each as it stood at that moment, and only those that were there.
        """
        if as_of is not None:
            wanted = None if ids is None else set(ids)
            with translated(self.path):
                for coded in held(self._connection, as_of):
                    if wanted is None or coded.id in wanted:
                        yield coded
            return
        chosen = [entry.id for entry in self.reports()] if ids is None else ids
        for id_ in chosen:
            yield self.report(id_)

    def records(self) -> list[str]:
        """Ids of the reports of record: rows of other data sets (`CodedReport.is_record`)."""
        with translated(self.path):
            found = self._connection.execute(
                """SELECT DISTINCT r.id FROM codings c JOIN revisions v ON v.pk = c.revision
                   JOIN reports r ON r.pk = v.report WHERE c.analyser LIKE ? || '%' ORDER BY r.id""",
                (RECORD,),
            ).fetchall()
        return [id for (id,) in found]

    def revisions(self, id: str) -> list[RevisionEntry]:
        """Every text of a report, the earliest first. Raises UsageError where there is no such report."""
        self._require(id)
        with translated(self.path):
            return histories.revisions(self._connection, id)

    def codings(self, id: str) -> list[CodingEntry]:
        """Every coding of a report, the earliest first. Raises UsageError where there is no such report."""
        self._require(id)
        with translated(self.path):
            return histories.codings(self._connection, id)

    def claims(self, filter: Filter = EVERYTHING) -> list[ClaimEntry]:
        """The claims of the latest codings that the filter lets through, by publication, report, place in the text."""
        with translated(self.path):
            if filter.report is not None:
                self._require(filter.report)
            return queries.claims(self._connection, filter)

    def events(self, filter: Filter = EVERYTHING) -> list[EventEntry]:
        """The events of the latest codings that the filter lets through, by publication, report, place in the text."""
        with translated(self.path):
            if filter.report is not None:
                self._require(filter.report)
            return queries.events(self._connection, filter)

    def search(self, query: str, *, limit: int = 20, marks: tuple[str, str] = ("[", "]")) -> list[Hit]:
        """Reports whose latest title or text has all these words, best first.

        `"a phrase"`, `begin*`, `-without`, `one OR other` work; case and accents do not count; nothing else is
        syntax. Raises UsageError where there is no word to look for.
        """
        with translated(self.path):
            return queries.search(self._connection, query, limit=limit, marks=marks)

    def under_review(self, id: str) -> UnderReview:
        """A report's newest text as a reviewer meets it. Raises UsageError where there is no such report."""
        self._require(id)
        with translated(self.path):
            found = deciding.under_review(self._connection, id)
        assert found is not None
        return found

    def decisions(
        self,
        *,
        reviewer: str | None = None,
        kind: Kind | None = None,
        incidents: bool | None = None,
        of: Collection[str] | None = None,
        after: int = 0,
        before: int | None = None,
        limit: int | None = None,
        as_of: AsOf | None = None,
    ) -> list[Decision]:
        """Decisions with their undos, the earliest first; with `limit`, the newest so many, the newest first.

        `incidents`: only those on incidents, or only the others; `of`: only those that name one of these incidents,
        with their undos; `after` and `before` bound the number, `as_of` the time of recording.
        """
        with translated(self.path):
            return deciding.select(
                self._connection,
                reviewer=reviewer,
                kind=kind,
                incidents=incidents,
                of=of,
                after=after,
                before=before,
                limit=limit,
                until=as_of.recorded if as_of else None,
            )

    def last_decision(self) -> int:
        """The number of the last decision; 0 where there is none."""
        with translated(self.path):
            (last,) = self._connection.execute("SELECT coalesce(max(number), 0) FROM decisions").fetchone()
        return int(last)

    def decision(self, number: int) -> Decision:
        """A decision by number. Raises UsageError where there is none."""
        with translated(self.path):
            found = deciding.one(self._connection, number)
        if found is None:
            raise UsageError(f"there is no decision {number}")
        return found

    def rejects(self) -> list[Reject]:
        """What could not be read or coded, the earliest first."""
        with translated(self.path):
            rows = self._connection.execute(
                "SELECT source, code, message, nullif(digest, ''), recorded_at FROM rejects ORDER BY pk"
            ).fetchall()
        return [
            Reject(source=source, code=code, message=message, digest=digest, recorded_at=recorded_at)
            for source, code, message, digest, recorded_at in rows
        ]

    def stats(self) -> Stats:
        """What the casebook holds, in numbers."""
        with translated(self.path):
            count = {
                table: self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("reports", "revisions", "codings", "rejects")
            }
            for layer in ("claims", "events", "actors", "places"):
                (count[layer],) = self._connection.execute(f"SELECT count(*) FROM current_{layer}").fetchone()
            first, last = self._connection.execute(
                "SELECT min(published), max(published) FROM current_revisions"
            ).fetchone()
        return Stats(**count, published_from=first, published_to=last)

    def stamp(self) -> str:
        """A short text that changes whenever a report's text, a coding or a decision is recorded. Cheap."""
        with translated(self.path):
            newest = [
                self._connection.execute(
                    f"SELECT rowid, recorded_at FROM {table} ORDER BY rowid DESC LIMIT 1"
                ).fetchone()
                for table in ("revisions", "codings", "decisions")
            ]
        return " ".join(str(value) for row in newest for value in row or ("-",))

    def to_frame(self, table: str = "claims", filter: Filter = EVERYTHING) -> pd.DataFrame:
        """Claims or events as a pandas DataFrame, a row a record: the contract's fields, nested ones joined by `_`.

        Raises UsageError for another table, or where pandas is not installed.
        """
        if table not in ("claims", "events"):
            raise UsageError(f"no frame of {table!r}: claims or events; report(id).to_frame({table!r}) has the layers")
        try:
            import pandas as pd
        except ImportError as error:
            raise UsageError("pandas is not installed: pip install 'counterclaim[pandas]'") from error
        return pd.DataFrame(queries.rows_of(self.claims(filter) if table == "claims" else self.events(filter)))

    def _require(self, id: str) -> None:
        with translated(self.path):
            if self._connection.execute("SELECT 1 FROM reports WHERE id = ?", (id,)).fetchone() is None:
                raise UsageError(f"no report {id!r} in {self.path}")

    def _now(self) -> str:
        return written(self._clock())


Clock = Callable[[], datetime]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _plain(text: str) -> str:
    """Text that any database takes: a file name's undecodable bytes (lone surrogates) are written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
