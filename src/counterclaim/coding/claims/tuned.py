"""Numbers fitted on gold/claims-dev, which the trained analyser never saw; written by `bench.claim_weights`."""

from __future__ import annotations

from typing import Final

EARLIER: Final = (0.7, 1.0)
"""Earlier context: weights of what the analyser hears and of the paragraph's other claims, beside the words' signs."""

KIND: Final = (0.5, 0.95, 0.5)
"""Probability from which the analyser's kind of victims is heard: where the words leave it open, against the words,
and "unknown" against the kind of the report's other victims."""

SOURCE: Final = 0.9
"""Probability from which the analyser is heard that somebody else than the author tells, where the rules see nobody."""

BOTH: Final[dict[str, float]] = {
    "always": 0.54,
    "pattern": 0.30,
    "heard": 0.21,
    "score": 0.14,
    "same figure": 0.72,
    "loose": -0.75,
}
PROPOSED: Final[dict[str, float]] = {
    "always": -1.51,
    "score": 0.21,
    "harm word": 0.69,
    "figure": 1.17,
    "person": 0.84,
    "one": -0.20,
    "sick": -1.47,
    "violent": -0.37,
    "short": 0.02,
    "beside": -0.90,
}
"""Log-odds that a claim is right in harm and bounds: of the rules, and of the analyser alone."""

LEAST: Final = 0.43
"""Claims less likely right than this are left out: about half of the F1, below which keeping them costs F1 (Lipton,
Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers")."""

ALONE: Final = 0.55
"""The same for what the analyser alone hears, whose fields are less sure."""
