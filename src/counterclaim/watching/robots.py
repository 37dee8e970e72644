"""robots.txt: what a site's owner lets programs fetch, and how often.

By RFC 9309: the rule with the longest path decides, `*` and `$` count, no file is leave to fetch, and a site that
cannot answer is left alone. Crawl-delay and Request-rate, which are not in it, are honoured as usually meant. (The
`urllib.robotparser` of Python takes the first rule and knows neither `*` nor `$`: it fetches what many sites forbid.)
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import unquote

from counterclaim.errors import FetchFailed, FetchRefused
from counterclaim.watching.addresses import WebAddress
from counterclaim.watching.fetching import Fetcher
from counterclaim.watching.pace import DAY, Clock

NAME: Final = "counterclaim"
"""What the program is called in a robots.txt."""
MAX_BYTES: Final = 512_000
"""Bytes of a robots.txt that are read; the standard asks for 500 KiB at least."""
LASTS: Final = DAY
"""Seconds for which a robots.txt holds."""
LONGEST_DELAY: Final = DAY
PARSED: Final = 256
"""Sites whose rules are held ready in memory; those of others are read again from what was kept."""
NO_RULES: Final = ""

_LINE: Final = re.compile(r"\s*([A-Za-z-]{5,12})\s*:\s*([^#]*)")
_SECONDS: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", re.ASCII)
_RATE: Final = re.compile(r"([0-9]{1,6})\s*/\s*([0-9]{1,6})\s*([smh]?)", re.ASCII)
_UNITS: Final = {"": 1, "s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Rules:
    """What a site says to this program: `(path, allowed)` each, and seconds between two fetches."""

    paths: tuple[tuple[str, bool], ...] = ()
    delay: float = 0.0

    @classmethod
    def of(cls, text: str) -> Rules:
        """The rules for this program's name, else those for all; lines that say nothing are left out."""
        groups: dict[str, tuple[list[tuple[str, bool]], list[float]]] = {}
        names: list[str] = []
        begun = False
        for line in text.splitlines():
            if (match := _LINE.match(line)) is None:
                continue
            key, value = match[1].lower(), match[2].strip()
            if key == "user-agent":
                names = [*([] if begun else names), value.partition("/")[0].strip().lower()]
                begun = False
                groups.setdefault(names[-1], ([], []))
                continue
            begun = True
            for name in names:
                paths, delays = groups[name]
                if key in ("allow", "disallow") and value:
                    paths.append((unquote(value), key == "allow"))
                elif key == "crawl-delay" and _SECONDS.fullmatch(value):
                    delays.append(float(value))
                elif key == "request-rate" and (rate := _RATE.match(value)) and int(rate[1]):
                    delays.append(int(rate[2]) * _UNITS[rate[3]] / int(rate[1]))
        paths, delays = groups.get(NAME) or groups.get("*") or ([], [])
        return cls(tuple(paths), min(max(delays, default=0.0), LONGEST_DELAY))

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be fetched: by the longest rule that fits it, `allow` of two equal ones."""
        target = unquote(target)
        fitting = [(len(path), allowed) for path, allowed in self.paths if _fits(path, target)]
        return max(fitting, default=(0, True))[1]


def _fits(pattern: str, target: str) -> bool:
    """Whether a path begins as the pattern; `*` is any characters, `$` the end. Linear, whatever the pattern."""
    ended = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not target.startswith(first):
        return False
    at = len(first)
    if not others:
        return not ended or at == len(target)
    last = others.pop() if ended else ""
    for part in others:
        found = target.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(target) - len(last) >= at and target.endswith(last)


class Kept(Protocol):
    """Where robots.txt files are kept between runs."""

    def robots(self, origin: str, since: float) -> str | None:
        """The robots.txt of a site, fetched at `since` (seconds since 1970) or later."""

    def keep_robots(self, origin: str, text: str, now: float) -> None:
        """Keep the robots.txt of a site."""


class Robots:
    """The rules of sites, each fetched once a day through the guarded fetcher."""

    def __init__(self, fetcher: Fetcher, kept: Kept, clock: Clock) -> None:
        self._fetcher = fetcher
        self._kept = kept
        self._clock = clock
        self._parsed: OrderedDict[str, tuple[str, Rules]] = OrderedDict()

    def check(self, address: WebAddress) -> None:
        """Raise FetchRefused where the site forbids the address, FetchFailed where its rules cannot be had.

        The address is one that may be fetched as far as its host is concerned.
        """
        now = self._clock.now()
        text = self._kept.robots(address.origin, now - LASTS)
        if text is None:
            text = self._fetched(address)
            self._kept.keep_robots(address.origin, text, now)
        if not self._rules(address.origin, text).allow(address.target):
            raise FetchRefused(f"{address} is forbidden to programs by {address.origin}/robots.txt")

    def delay(self, address: WebAddress) -> float:
        """Seconds that the site asks to leave between two fetches; 0 where it asks for nothing or is not known."""
        text = self._kept.robots(address.origin, self._clock.now() - LASTS)
        return self._rules(address.origin, text).delay if text else 0.0

    def _fetched(self, address: WebAddress) -> str:
        url = f"{address.origin}/robots.txt"
        try:
            found = self._fetcher.fetch(url, limit=MAX_BYTES, cut=True)
        except FetchFailed as error:
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return NO_RULES
            raise FetchFailed(f"{url}: {error}", retry_after=error.retry_after) from error
        return found.body.decode("utf-8-sig", "replace")

    def _rules(self, origin: str, text: str) -> Rules:
        held = self._parsed.get(origin)
        if held is None or held[0] != text:
            held = self._parsed[origin] = (text, Rules.of(text))
        self._parsed.move_to_end(origin)
        while len(self._parsed) > PARSED:
            self._parsed.popitem(last=False)
        return held[1]
