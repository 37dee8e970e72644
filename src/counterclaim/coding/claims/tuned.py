"""Numbers fitted on gold/claims-dev, which the trained analyser never saw; written by `bench.claim_weights`."""

from __future__ import annotations

from typing import Final

EARLIER: Final = (0.7, 1.0)
"""Earlier context: weights of what the analyser hears and of the paragraph's other claims, beside the words' signs."""

KIND: Final = (0.5, 0.97, 0.4)
"""Probability from which the analyser's kind of victims is heard: where the words leave it open, against the words,
and "unknown" against the kind of the report's other victims."""

BOTH: Final[dict[str, float]] = {
    "always": 0.32,
    "pattern": 0.20,
    "heard": 0.29,
    "score": 0.14,
    "same figure": 1.65,
    "loose": -0.55,
}
PROPOSED: Final[dict[str, float]] = {
    "always": -1.53,
    "score": 0.16,
    "harm word": 0.90,
    "figure": 1.12,
    "person": 0.86,
    "one": -0.41,
    "sick": -1.41,
    "violent": -0.47,
    "short": 0.05,
    "shared": -0.75,
    "beside": -0.30,
}
"""Log-odds that a claim is right in harm and bounds: of the rules, and of the analyser alone."""

LEAST: Final = 0.38
"""Claims less likely right than this are left out: about half of the F1, below which keeping them costs F1 (Lipton,
Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers")."""
