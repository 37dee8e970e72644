"""Numbers fitted on gold/claims-dev, which the trained analyser never saw; written by `bench.claim_weights`."""

from __future__ import annotations

from typing import Final

EARLIER: Final = (0.7, 1.0)
"""Earlier context: weights of what the analyser hears and of the paragraph's other claims, beside the words' signs."""

KIND: Final = (0.5, 0.97, 0.4)
"""Probability from which the analyser's kind of victims is heard: where the words leave it open, against the words,
and "unknown" against the kind of the report's other victims."""

SOURCE: Final = 0.9
"""Probability from which the analyser is heard that somebody else than the author tells, where the rules see nobody."""

BOTH: Final[dict[str, float]] = {
    "always": 0.39,
    "pattern": 0.24,
    "heard": 0.17,
    "score": 0.11,
    "same figure": 1.68,
    "loose": -0.48,
}
PROPOSED: Final[dict[str, float]] = {
    "always": -1.51,
    "score": 0.12,
    "harm word": 0.83,
    "figure": 1.05,
    "person": 1.00,
    "one": -0.59,
    "sick": -1.56,
    "violent": -0.40,
    "short": 0.20,
    "beside": -0.66,
}
"""Log-odds that a claim is right in harm and bounds: of the rules, and of the analyser alone."""

LEAST: Final = 0.42
"""Claims less likely right than this are left out: about half of the F1, below which keeping them costs F1 (Lipton,
Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers")."""
