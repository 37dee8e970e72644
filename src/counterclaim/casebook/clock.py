"""The times under which records stand: in order, whatever this machine's clock does."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Final

from counterclaim.errors import ClockWentBack

STEP: Final = timedelta(hours=1)
"""A clock that is set right, or loses a leap second, goes back by less; a dead battery or a wrong year by more."""

TRUSTED: Final = "COUNTERCLAIM_CLOCK"
"""Set to `trusted` in the environment: the clock is right now, and it was the last record's time that was wrong."""

_FORMAT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"


def written(moment: datetime) -> str:
    """A moment as the casebook writes it, in UTC; such texts sort as their moments do."""
    return moment.astimezone(UTC).strftime(_FORMAT)


def recording_time(connection: sqlite3.Connection, clock: datetime, path: str) -> str:
    """The time to record under: the clock's, but never before the last record's; else `--as-of` would answer wrongly.

    The caller holds the transaction. Raises ClockWentBack where the clock has gone back by more than STEP.
    """
    # Every text and every coding anew leaves a coding, so its last tells when the casebook was last written to.
    row = connection.execute("SELECT recorded_at FROM codings ORDER BY pk DESC LIMIT 1").fetchone()
    last = row[0] if row else ""
    now = written(clock)
    if now >= last or os.environ.get(TRUSTED) == "trusted":
        return now
    if clock.astimezone(UTC) + STEP >= datetime.strptime(last, _FORMAT).replace(tzinfo=UTC):
        return last
    raise ClockWentBack(
        f"{path}: this machine's clock says {now[:19]}Z, but the last record was made at {last[:19]}Z: set the clock "
        f"and run the same again, or, where that record's time was wrong, set {TRUSTED}=trusted in the environment; "
        "nothing was written"
    )
