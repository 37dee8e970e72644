"""The match score: the probability that two occurrences are one, and its reason in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from counterclaim.linking.features import NAMES, compared
from counterclaim.linking.marks import counted_apart, sites_differ
from counterclaim.linking.occurrences import Occurrence

OTHER_SITE: Final = 0.4
"""What a match counts for where the two name other kinds of place hit and other tolls: offered, and not made."""
VAGUE: Final = 0.6
"""What an act told in passing counts for, of which the report gives neither harm nor place. Tried on incidents-dev."""


@dataclass(frozen=True)
class Weights:
    """A logistic regression: the log-odds of a match are `bias` plus each feature by its weight."""

    bias: float
    of: Mapping[str, float] = field(default_factory=dict)

    def probability(self, features: list[float]) -> float:
        """The probability of a match, 0..1."""
        odds = self.bias + sum(self.of.get(name, 0.0) * value for name, value in zip(NAMES, features, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


@dataclass(frozen=True)
class Scorer:
    """Two sets of weights: of all that is known of the two stories, and of what is said of the occurrences alone.

    For two reports' main news the stories decide. What is told in passing or as background stands in another story,
    which is weak evidence: there the two have equal weight.
    """

    story: Weights
    own: Weights

    def score(self, one: Occurrence, other: Occurrence) -> float:
        """The probability that two occurrences of different reports are one."""
        found = self._score(one, other)
        apart = sites_differ(one.marks, other.marks) and counted_apart(one.killed, other.killed)
        return OTHER_SITE * found if apart else found

    def _score(self, one: Occurrence, other: Occurrence) -> float:
        features = compared(one, other)
        story = self.story.probability(features)
        if one.lead and other.lead:
            return story
        found = (story + self.own.probability(features)) / 2
        return found if one.solid and other.solid else VAGUE * found


@cache
def shipped() -> Scorer:
    """The shipped weights (`data/link_weights.json`; training/link_weights.py says how they were learned)."""
    data = msgspec.json.decode(files("counterclaim").joinpath("data", "link_weights.json").read_bytes())
    return Scorer(*(Weights(data[part]["bias"], data[part]["of"]) for part in ("story", "own")))


def reason(one: Occurrence, other: Occurrence) -> str:
    """What speaks for and against the match, in words."""
    seen = dict(zip(NAMES, compared(one, other), strict=True))
    said = []
    if seen["day_same"]:
        said.append("same day")
    elif seen["day_near"]:
        said.append("a day apart")
    elif seen["day_apart"]:
        said.append("days apart")
    if seen["place_same"] and one.place:
        said.append(f"same place ({one.place.name})")
    elif seen["place_near"]:
        said.append("places near each other")
    elif seen["place_apart"]:
        said.append("places far apart")
    if sites_differ(one.marks, other.marks):
        said.append(f"other places hit ({', '.join(sorted(one.marks.sites))}; {', '.join(sorted(other.marks.sites))})")
    if seen["acts_same"]:
        said.append(f"same act ({sorted(one.acts & other.acts)[0].lower()})")
    if seen["toll_same"]:
        said.append("a shared figure")
    elif seen["toll_apart"]:
        said.append("other figures")
    if seen["actors"]:
        said.append(f"shared actors ({', '.join(sorted(one.actors & other.actors)[:3])})")
    shared = sorted(one.terms.keys() & other.terms.keys(), key=lambda w: (-one.terms[w] * other.terms[w], w))[:4]
    if shared:
        said.append(f"shared words ({', '.join(shared)})")
    said.append(f"texts alike {max(seen['own_text'], seen['story_text']):.2f}")
    return "; ".join(said)
