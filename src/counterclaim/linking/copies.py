"""Near-copies: reports that carry one agency text, whatever the outlet. They count as one source.

Word shingles, found by shared min-hashes and verified by containment of the smaller text (Broder 1997): an outlet cuts
an agency text at the end, so that the copy is often a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Final, Protocol
from zlib import crc32

SHINGLE: Final = 5
"""Words a shingle."""
KEYS: Final = 24
"""So many least hashes of a text are its keys; two texts that share none are not compared."""
CONTAINED: Final = 0.6
"""From this share of the shorter text's shingles two texts are copies."""
CAP: Final = 50
"""A shingle that more texts share is boilerplate: no key."""


class Text(Protocol):
    """What has an id and a text: a Report or a CodedReport."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def text(self) -> str: ...  # noqa: D102


def copies(reports: Iterable[Text]) -> list[tuple[str, ...]]:
    """Report ids in groups that carry one text, the ids in order, groups of one too, whatever the order of reports."""
    shingled = {report.id: shingles(report.text) for report in reports}
    blocks: dict[int, list[str]] = {}
    for key in sorted(shingled):
        for least in sorted(shingled[key])[:KEYS]:
            blocks.setdefault(least, []).append(key)
    pairs = {pair for block in blocks.values() if len(block) <= CAP for pair in combinations(block, 2)}
    head = {key: key for key in shingled}

    def first(key: str) -> str:
        while head[key] != key:
            head[key] = head[head[key]]
            key = head[key]
        return key

    for one, other in sorted(pairs):
        if contained(shingled[one], shingled[other]) >= CONTAINED:
            low, high = sorted((first(one), first(other)))
            head[high] = low
    groups: dict[str, list[str]] = {}
    for key in sorted(shingled):
        groups.setdefault(first(key), []).append(key)
    return [tuple(group) for group in groups.values()]


def shingles(text: str) -> frozenset[int]:
    """Hashes of every five words running; the whole text where it is shorter."""
    found = re.findall(r"\w+", text.lower())
    if not found:
        return frozenset()
    runs = (" ".join(found[i : i + SHINGLE]) for i in range(max(1, len(found) - SHINGLE + 1)))
    return frozenset(crc32(run.encode()) for run in runs)


def contained(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the smaller set that the other holds, 0..1; 0 for an empty one."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0
