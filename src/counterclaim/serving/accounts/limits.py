"""Rate limits: a bucket a key, filled again as time goes by. Kept in memory; the server is one process."""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

KEYS: Final = 50_000
"""Buckets held at once, the latest used; the memory of somebody with many addresses must not become ours."""


class Limit:
    """At most `burst` at once, and one more every `seconds`, for each key."""

    def __init__(self, burst: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._seconds = seconds
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str) -> int:
        """Take one; 0 where that may be, else the whole seconds to wait, and nothing is taken."""
        now = self._clock()
        with self._lock:
            # A bucket is known by when it will be full again (the virtual scheduling of ATM's GCRA, ITU-T I.371).
            full_at = max(self._full_at.get(key, now), now) + self._seconds
            over = full_at - now - self._burst * self._seconds
            if over > 1e-9:
                return max(1, math.ceil(over))
            self._full_at[key] = full_at
            self._full_at.move_to_end(key)
            while len(self._full_at) > KEYS:
                self._full_at.popitem(last=False)
            return 0


def network_of(address: str) -> str:
    """What an address is counted as: IPv6 by its /64, which one customer has whole."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)
