"""How often a claim read this way was right: the first confidences, measured and not guessed.

Each is the share of its kind that agreed with the annotated training claims (claims-train: 142 documents, 800
sentences) in harm, words and both bounds, with one right and one wrong added so that few cases claim little.
"""

from __future__ import annotations

from typing import Final

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

AGREED: Final = 0.6
"""Of the doubt about a pattern's claim, what is left where the trained analyser sees the harm too (claims-dev)."""

SILENT: Final = {"pronoun": 0.5, "vague": 0.7}
"""Factor where the trained analyser sees no harm, by kinds then mostly wrong (3 of 15 right on claims-dev)."""

LEAST: Final = 0.36
"""Claims less likely right than this are left out: half of the F1 on claims-train (0.72), the threshold below which
keeping them costs F1 (Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers")."""


def confidence(stated: Stated) -> float:
    """Chance, 0 to 1, that harm and bounds are right."""
    kind = "part" if stated.part else stated.groups[0].kind if stated.groups else "counted"
    chance = BY_PATTERN.get((stated.pattern, kind), BY_KIND.get(kind, 0.5))
    if stated.harm == "captured":
        chance *= CAPTURED.get(kind, 1.0)
    if stated.heard is not None and chance >= LEAST:
        chance = 1 - AGREED * (1 - chance)
    elif stated.silent:
        chance *= SILENT.get(kind, 1.0)
    return round(chance, 2)
