"""A choice among candidates by the signs at each: a conditional logit whose weights lie in `data/rankers.json`.

Every candidate, and the answer "none of them", has a worth: the sum of its signs' weights. Chances are their softmax
(McFadden, Conditional logit analysis of qualitative choice behavior, 1974). Fitted by `python -m training.rankers`.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat
from math import exp
from typing import NamedTuple

FILE = "rankers.json"


class Choice(NamedTuple):
    """The chosen candidate and the chance (0-1) that its key is the right one; -1 for none of them."""

    option: int
    chance: float


@cache
def weights(name: str) -> dict[str, float]:
    """The weights of one ranker by sign; read once, on first use."""
    table: dict[str, dict[str, float]] = json.loads(files("counterclaim").joinpath("data", FILE).read_text("utf-8"))
    return table[name]


def chances(table: dict[str, float], options: Sequence[Iterable[str]]) -> list[float]:
    """The chance of each option; a sign never met in training adds nothing."""
    worths = [sum(map(table.get, signs, repeat(0.0))) for signs in options]
    most = max(worths, default=0.0)
    parts = [exp(worth - most) for worth in worths]
    total = sum(parts)
    return [part / total for part in parts]


@lru_cache(maxsize=4096)
def binned(value: int, limits: tuple[int, ...]) -> str:
    """The first limit that a value does not pass, as part of a sign."""
    for limit in limits:
        if value <= limit:
            return f"<={limit}"
    return f">{limits[-1]}"


def choose(table: dict[str, float], options: Sequence[Iterable[str]], keys: Sequence[Hashable], least: float) -> Choice:
    """The best mention of the likeliest key; `options` has one entry more than `keys`, that of none.

    Mentions of one key share its chance. A key under `least` is not chosen.
    """
    found = chances(table, options)
    shared: dict[Hashable, float] = {}
    for key, chance in zip(keys, found, strict=False):
        shared[key] = shared.get(key, 0.0) + chance
    if not shared:
        return Choice(-1, 1.0)
    best = max(shared, key=lambda key: shared[key])
    if shared[best] < least:
        return Choice(-1, 1.0 - shared[best])
    index = max((i for i, key in enumerate(keys) if key == best), key=lambda i: found[i])
    return Choice(index, shared[best])
