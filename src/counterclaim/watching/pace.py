"""When to ask again: a clock that tests can set, growing pauses after failures, and how often a text is looked at."""

from __future__ import annotations

import random
import time
from typing import Final, Protocol

MINUTE: Final = 60.0
HOUR: Final = 3600.0
DAY: Final = 86_400.0

FIRST_PAUSE: Final = MINUTE
LONGEST_PAUSE: Final = DAY
"""Seconds to wait after a first failure, doubled with each further one, and at most."""
LONGEST_ASKED: Final = 7 * DAY
"""Seconds of a Retry-After that are honoured; a server that asks for more is asked again after these."""
RECHECKS: Final = (HOUR, 3 * HOUR, 8 * HOUR, DAY, 3 * DAY)
"""Seconds from one look at an article found in a feed to the next. A toll is mostly corrected on the same day, hardly
after some days; each change begins the row anew, and its end is the last look (a changed entry in the feed is one
more)."""


class Clock(Protocol):
    """Seconds since 1970, and a pause."""

    def now(self) -> float:
        """Seconds since 1970."""

    def sleep(self, seconds: float) -> None:
        """Come back after so many seconds."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class Pauses:
    """Pauses with chance in them, so that a thousand watchers do not come back in the same second."""

    def __init__(self, seed: int | None = None) -> None:
        self._chance = random.Random(seed)

    def after_failures(self, failures: int, asked: float | None = None) -> float:
        """Seconds to wait after so many failures in a row: doubled each time, a quarter more or less, and no less than
        the server asked for."""
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(failures - 1, 20))
        pause *= self._chance.uniform(0.75, 1.25)
        return max(pause, min(asked or 0.0, LONGEST_ASKED))

    def between(self, seconds: float) -> float:
        """Seconds to the next regular look: up to a twentieth more."""
        return seconds * self._chance.uniform(1.0, 1.05)
