"""MUC and CEAF-e of two partitions, for the CoNLL mean (Pradhan et al. 2012)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

Sets = Mapping[str, set[str]]


def clusters(of: Sets) -> list[set[str]]:
    by: dict[str, set[str]] = defaultdict(set)
    for doc, keys in of.items():
        for key in keys:
            by[key].add(doc)
    return list(by.values())


def muc(gold: Sets, found: Sets) -> float:
    """F1 of the links that each side's clusters need (Vilain et al. 1995)."""

    def kept(sides: Sets, other: Sets) -> float:
        home = {doc: next(iter(keys)) for doc, keys in other.items()}
        big = [cluster for cluster in clusters(sides) if len(cluster) > 1]
        links = sum(len(cluster) - 1 for cluster in big)
        return sum(len(c) - len({home.get(doc, doc) for doc in c}) for c in big) / links if links else 0.0

    recall, precision = kept(gold, found), kept(found, gold)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ceaf_e(gold: Sets, found: Sets) -> float:
    """F1 of the best one-to-one match of clusters by Dice (Luo 2005)."""
    from scipy.optimize import linear_sum_assignment

    left, right = clusters(gold), clusters(found)
    where = {doc: number for number, cluster in enumerate(right) for doc in cluster}
    dice = np.zeros((len(left), len(right)))
    for row, cluster in enumerate(left):
        for column, shared in Counter(where[doc] for doc in cluster if doc in where).items():
            dice[row, column] = 2 * shared / (len(cluster) + len(right[column]))
    total = float(dice[linear_sum_assignment(-dice)].sum())
    precision, recall = total / len(right), total / len(left)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
