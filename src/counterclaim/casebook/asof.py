"""What the casebook held at a moment: by when reports were published, by when they were recorded, or by both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final, Literal

from counterclaim.casebook.queries import decode
from counterclaim.errors import UsageError
from counterclaim.records import CodedReport, Record

Clock = Literal["both", "published", "recorded"]


class AsOf(Record, frozen=True, kw_only=True):
    """A moment on one clock or on two; None asks nothing of that clock.

    `published`: the last day of publication that counts (a report's hour is not known, so the whole day does).
    `recorded`: the last instant of recording that counts, in UTC, as the casebook writes it.
    """

    published: str | None = None
    recorded: str | None = None

    @classmethod
    def parse(cls, written: str, clock: Clock = "both") -> AsOf:
        """`2022-09-14` (to its end) or `2022-09-14T12:00`, in UTC where no offset is given.

        Raises UsageError where it is no moment.
        """
        try:
            if len(written) == 10:
                moment = datetime.combine(date.fromisoformat(written), time.max, UTC)
            else:
                moment = datetime.fromisoformat(written)
                moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except ValueError as error:
            raise UsageError(f"{written!r} is no moment: write 2022-09-14 or 2022-09-14T12:00") from error
        return cls(
            published=None if clock == "recorded" else moment.date().isoformat(),
            recorded=None if clock == "published" else moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        )


_HELD: Final = """
    SELECT id, text, json FROM (
        SELECT r.id, v.text, c.json, v.published, r.pk,
               row_number() OVER (PARTITION BY r.pk ORDER BY v.number DESC, c.pk DESC) AS newest
        FROM reports r JOIN revisions v ON v.report = r.pk JOIN codings c ON c.revision = v.pk
        WHERE (:recorded IS NULL OR (v.recorded_at <= :recorded AND c.recorded_at <= :recorded))
          AND (:published IS NULL OR v.published <= :published OR (v.published IS NULL AND :recorded IS NOT NULL))
    ) WHERE newest = 1 ORDER BY published IS NULL, published, pk
"""


def held(connection: sqlite3.Connection, moment: AsOf) -> Iterator[CodedReport]:
    """Each report as it stood: the newest coding of its newest text of those that count.

    A report without a date of publication counts by its recording; where only publication is asked for, it does not
    count, since nobody can say that it was out by then.
    """
    parameters = {"recorded": moment.recorded, "published": moment.published}
    for id_, text, json in connection.execute(_HELD, parameters):
        yield decode(text, id_, json)
