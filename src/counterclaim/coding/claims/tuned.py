"""Numbers fitted on gold/claims-dev, which the trained analyser never saw; written by `bench.claim_weights`."""

from __future__ import annotations

from typing import Final

EARLIER: Final = (1.4, 1.0)
"""Earlier context: weights of what the analyser hears and of the paragraph's other claims, beside the words' signs."""

KIND: Final = (0.65, 0.9, 0.4)
"""Probability from which the analyser's kind of victims is heard: where the words leave it open, against the words,
and "unknown" against the kind of the report's other victims."""

SOURCE: Final = 0.9
"""Probability from which the analyser is heard that somebody else than the author tells, where the rules see nobody."""

BOTH: Final[dict[str, float]] = {
    "always": 0.26,
    "pattern": 0.32,
    "heard": 0.43,
    "score": 0.13,
    "same figure": 0.77,
    "loose": -0.67,
}
PROPOSED: Final[dict[str, float]] = {
    "always": -1.60,
    "score": 0.37,
    "harm word": 0.47,
    "figure": 1.16,
    "person": 0.33,
    "one": 0.01,
    "sick": -1.12,
    "violent": -0.35,
    "short": -0.63,
    "beside": -0.50,
}
"""Log-odds that a claim is right in harm and bounds: of the rules, and of the analyser alone."""

LEAST: Final = 0.34
"""Claims less likely right than this are left out; below about half of the F1 keeping them costs F1 (Lipton, Elkan and
Naryanaswamy 2014, "Optimal thresholding of classifiers"), so a little lower is for recall. Set by hand."""

ALONE: Final = 0.5
"""The same for what the analyser alone hears, whose fields are less sure."""
