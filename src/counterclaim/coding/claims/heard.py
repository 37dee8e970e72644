"""What the trained analyser hears of harm, beside the rules: where both agree, and where it is certain of a class.

Harms that it alone sees are not made claims: on claims-dev they added recall, and figures of speech with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.language import Analysis, HarmSpan

CERTAIN: Final = 0.9
"""Probability from which the analyser's class of a claim is heard: it was then right 34 times of 43 where it and the
rules differed on claims-dev over background and kind of victim, and below no better than they. Chosen on claims-dev."""


def checked(analysis: Analysis, stated: Sequence[Stated]) -> list[Stated]:
    """The statements, each with the analyser's span of the same harm there, or marked as seen by the rules alone."""
    if not analysis.harms:
        return list(stated)
    runs: dict[str, list[tuple[int, int, HarmSpan]]] = {}
    for harm in analysis.harms:
        runs.setdefault(harm.harm, []).append((*_tokens(harm, analysis), harm))
    made = []
    for one in stated:
        near = runs.get(one.harm, [])
        at = bisect_left(near, one.last, key=lambda run: run[0])
        shared = [(min(last, one.last) - max(first, one.first), h) for first, last, h in near[max(0, at - 8) : at]]
        most = max(shared, key=lambda pair: pair[0], default=(0, None))
        made.append(one._replace(heard=most[1]) if most[0] > 0 else one._replace(silent=True))
    return made


def sure(stated: Stated, name: str) -> str:
    """The value of one of the analyser's classes where it is all but certain; "" where it is not or is silent."""
    value, chance = stated.heard.about.get(name, ("", 0.0)) if stated.heard is not None else ("", 0.0)
    return value if chance >= CERTAIN else ""


def _tokens(harm: HarmSpan, analysis: Analysis) -> tuple[int, int]:
    return analysis.token_at(harm.start), min(analysis.token_at(harm.end - 1) + 1, len(analysis.tokens))
