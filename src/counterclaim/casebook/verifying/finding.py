"""What a check finds."""

from __future__ import annotations

from typing import Literal

from counterclaim.records import Record

RESTORE = "restore a backup, or keep the file and make a new casebook of its reports"
"""The mend of what was changed after it was written: the record itself cannot be made again."""

RECODE = "its text is sound: add the report to a new casebook"


class Finding(Record, frozen=True, kw_only=True):
    """One thing that is not as it was written, or that a user should know (`note`, no fault).

    `check` is the check that found it, `where` the table and row, `report` the id of the report it belongs to.
    """

    check: str
    message: str
    mend: str
    where: str = ""
    report: str | None = None
    weight: Literal["fault", "note"] = "fault"
