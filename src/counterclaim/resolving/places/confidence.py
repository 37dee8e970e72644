"""How sure a place is: two logistic curves, fitted on what was right on LGL (`python -m bench.place_confidence --fit`).

The confidence of a place is the chance that the name does name a place and that the point given lies within 161 km of
where an annotator put it: the chance that the choice is right, from its share of the belief (which already holds the
margin over the other bearers, their number and size, the countries and divisions told of), times the chance that the
name is a place at all, from the evidence. Each curve only rises. LGL is local news and was used to build the resolver:
reports of war name larger and better known places, so the figure is rather too low there.
"""

from __future__ import annotations

from math import exp, log
from typing import Final, NamedTuple


class Curve(NamedTuple):
    """A logistic curve of one sign; the sign counts between `least` and `most`, where LGL has enough names."""

    bias: float
    slope: float
    least: float
    most: float

    def at(self, sign: float) -> float:
        """The chance for this sign, 0-1."""
        return 1 / (1 + exp(-self.bias - self.slope * min(self.most, max(self.least, sign))))


CHOICE: Final = Curve(0.72, 0.6, -4.0, 4.6)
"""The place is the right one, by the log odds of its share of the belief (0.02 to 0.99)."""

NAMED: Final = Curve(1.51, 0.55, -2.0, 4.0)
"""The name is a place's, by its evidence."""

_SLIM: Final = 1e-6


def log_odds(share: float) -> float:
    """Of a share of the belief, 0-1; finite for all and nothing."""
    kept = min(1 - _SLIM, max(_SLIM, share))
    return log(kept / (1 - kept))


def confidence(belief: float, evidence: float) -> float:
    """The chance that a name is a place and this one: below 0.95, as LGL is never surer."""
    return CHOICE.at(log_odds(belief)) * NAMED.at(evidence)
