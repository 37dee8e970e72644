"""How often a claim read this way was right: the first confidences, measured and not guessed.

Each is the share of its kind that agreed with the annotated training claims (claims-train: 142 documents, 800
sentences) in harm, words and both bounds, with one right and one wrong added so that few cases claim little.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from counterclaim.coding.claims import tuned
from counterclaim.coding.claims.harm_nouns import Stated

BY_KIND: Final[dict[str, float]] = {
    "counted": 0.95,
    "vague": 0.91,
    "part": 0.89,
    "singular": 0.86,
    "zero": 0.77,
    "name": 0.65,
    "pronoun": 0.63,
    "definite": 0.52,
    "bare": 0.43,
}
"""By how the victims are named: an amount, "dozens", "including two", "a soldier", "no", a name, "he", "the man"."""

BY_PATTERN: Final[dict[tuple[str, str], float]] = {
    ("active", "counted"): 0.95,
    ("active", "definite"): 0.39,
    ("active", "name"): 0.44,
    ("active", "singular"): 0.95,
    ("attribute", "counted"): 0.64,
    ("attribute", "singular"): 0.60,
    ("base", "singular"): 0.33,
    ("ing", "counted"): 0.98,
    ("ing", "singular"): 0.89,
    ("ing", "vague"): 0.96,
    ("intransitive", "counted"): 0.85,
    ("intransitive", "name"): 0.63,
    ("noun", "counted"): 0.70,
    ("noun", "vague"): 0.74,
    ("noun", "singular"): 0.40,
    ("of", "counted"): 0.92,
    ("of", "definite"): 0.33,
    ("of", "name"): 0.57,
    ("passive", "counted"): 0.98,
    ("passive", "name"): 0.75,
    ("passive", "singular"): 0.93,
    ("reduced", "counted"): 0.95,
    ("reduced", "vague"): 0.95,
    ("reduced", "singular"): 0.64,
    ("reduced", "pronoun"): 0.25,
    ("toll", "counted"): 0.83,
}
"""By pattern and kind, where eight cases or more were seen or the pattern stands out."""

CAPTURED: Final = {"name": 0.6, "bare": 0.6, "definite": 0.95, "counted": 0.86, "pronoun": 0.9, "singular": 0.9}
"""Factors for "captured": what is captured is as often a town as a man."""


def confidence(stated: Stated) -> float:
    """Chance, 0 to 1, that harm and bounds are right."""
    if stated.heard is None and not stated.silent:
        return round(_by_table(stated), 2)
    weights = tuned.PROPOSED if stated.signs is not None else tuned.BOTH
    odds = sum(weights.get(sign, 0.0) * value for sign, value in signs_of(stated).items())
    return round(1 / (1 + math.exp(-odds)), 2)


def signs_of(stated: Stated) -> Mapping[str, float]:
    """What speaks for and against a claim, where a trained analyser has read the text too."""
    if stated.signs is not None:
        return stated.signs
    heard, quantity = stated.heard, stated.quantity
    kind = stated.groups[0].kind if stated.groups else "counted"
    marked = heard.number if heard is not None else None
    return {
        "always": 1.0,
        "pattern": log_odds(_by_table(stated)),
        "heard": float(heard is not None),
        "score": log_odds(heard.score) if heard is not None else 0.0,
        "same figure": float(
            marked is not None and quantity is not None and marked[0] < quantity.end and quantity.start < marked[1]
        ),
        "loose": float(kind in ("pronoun", "name", "definite", "bare")),
    }


def _by_table(stated: Stated) -> float:
    kind = "part" if stated.part else stated.groups[0].kind if stated.groups else "counted"
    chance = BY_PATTERN.get((stated.pattern, kind), BY_KIND.get(kind, 0.5))
    return chance * CAPTURED.get(kind, 1.0) if stated.harm == "captured" else chance


def log_odds(chance: float) -> float:
    """Of a probability, kept within what a network's outputs can mean."""
    kept = min(max(chance, 0.003), 0.997)
    return math.log(kept / (1 - kept))
