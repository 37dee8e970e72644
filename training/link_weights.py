"""Learn the weights of the match score: `python -m training.link_weights` writes `data/link_weights.json`.

Data: the half of the Gun Violence Archive's incidents that bench/incidents.py does not hold out. A pair of reports of
one incident is one example, by its two occurrences that the last weights find most alike; pairs of reports of different
incidents that share a block are the others. Logistic regression with a ridge; a likeness may only speak for a match and
a difference only against one, so that what holds of American crime alone does not turn a sign.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Set
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from bench.incidents import archive, as_report, coded_once, held_out
from counterclaim.linking.blocking import CAPS, keys
from counterclaim.linking.features import NAMES, OWN, compared
from counterclaim.linking.occurrences import occurrences
from counterclaim.linking.scoring import Weights

OUT = Path(__file__).parents[1] / "src/counterclaim/data/link_weights.json"
AGAINST = {
    "day_near": -1.0,
    "day_apart": 0.0,
    "place_near": 0.0,
    "place_apart": 0.0,
    "acts_apart": -1.0,
    "toll_apart": -0.3,
}
"""Differences, each with the least that it must count: an archive of single shootings cannot teach that one town is
struck on two days running."""
FREE = {"day_unknown", "place_unknown", "both_news", "both_background", "story_only"}
RIDGE = 3.0
ROUNDS = 3


def pairs() -> tuple[dict[tuple[str, str], list[list[float]]], list[list[float]]]:
    """Features of the pairs of each two reports of one incident, and of all other pairs that share a block."""
    rows = [row for row in archive() if not held_out(row["incident"])]
    incident = {row["id"]: row["incident"] for row in rows}
    found = [each for report in coded_once([as_report(row) for row in rows]) for each in occurrences(report)]
    blocks: dict[Any, list[int]] = defaultdict(list)
    for number, each in enumerate(found):
        for key in keys(each):
            blocks[key].append(number)
    near = {pair for key, block in blocks.items() if len(block) <= CAPS[key[0]] for pair in combinations(block, 2)}
    same: dict[tuple[str, str], list[list[float]]] = defaultdict(list)
    other = []
    for a, b in sorted(near):
        one, two = found[a], found[b]
        if one.story.report == two.story.report:
            continue
        features = compared(one, two)
        if incident[one.story.report] == incident[two.story.report]:
            same[one.story.report, two.story.report].append(features)
        else:
            other.append(features)
    return same, other


def fitted(features: np.ndarray, match: np.ndarray, use: Set[str]) -> Weights:
    """Logistic regression within the bounds, over the features named."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = features @ weights[:-1] + weights[-1]
        residual = 1 / (1 + np.exp(-odds)) - match
        value = np.logaddexp(0, odds).sum() - (odds * match).sum() + (weights[:-1] ** 2).sum() / (2 * RIDGE)
        return float(value), np.append(features.T @ residual + weights[:-1] / RIDGE, residual.sum())

    bounds = [(None, AGAINST[n]) if n in AGAINST else (None, None) if n in FREE else (0.0, None) for n in NAMES]
    bounds = [bound if n in use else (0.0, 0.0) for n, bound in zip(NAMES, bounds, strict=True)]
    start = np.zeros(len(NAMES) + 1)
    found = minimize(
        loss, start, jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B", options={"maxiter": 3000}
    )
    return Weights(round(float(found.x[-1]), 3), {n: round(float(w), 3) for n, w in zip(NAMES, found.x, strict=False)})


def main() -> None:
    same, other = pairs()
    learned = {}
    for part, use in (("story", frozenset(NAMES)), ("own", OWN)):
        weights = Weights(0.0, {"own_text": 1.0, "rare_words": 1.0, "day_same": 0.2, "place_same": 0.2})
        for _ in range(ROUNDS):
            alike = [max(group, key=weights.probability) for group in same.values()]
            match = np.array([1.0] * len(alike) + [0.0] * len(other))
            weights = fitted(np.array(alike + other), match, use)
        learned[part] = {"bias": weights.bias, "of": {name: value for name, value in weights.of.items() if value}}
    OUT.write_text(json.dumps(learned, indent=1) + "\n", "utf-8")
    print(len(same), len(other), learned)


if __name__ == "__main__":
    main()
