"""B-cubed, MUC and CEAF-e; the mean of the three is the CoNLL figure (Pradhan et al. 2012)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np

Sets = Mapping[str, set[str]]
"""Document to the keys of its incidents."""


def f1(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def bcubed(gold: Sets, found: Sets) -> dict[str, float]:
    """Extended B-cubed for overlapping clusters (Amigó et al. 2009)."""
    holds: dict[str, list[str]] = defaultdict(list)
    for sets, mark in ((gold, "g"), (found, "f")):
        for doc in gold:
            for key in sets.get(doc, ()):
                holds[mark + key].append(doc)
    precision, recall = [], []
    for doc, own in gold.items():
        mine = found.get(doc, set())
        others = {b for mark, keys in (("g", own), ("f", mine)) for key in keys for b in holds[mark + key]}
        both = [(len(own & gold[b]), len(mine & found.get(b, set()))) for b in others]
        ps = [min(g, q) / q for g, q in both if q]
        rs = [min(g, q) / g for g, q in both if g]
        precision += [sum(ps) / len(ps)] if ps else []
        recall += [sum(rs) / len(rs)] if rs else []
    p = sum(precision) / len(precision) if precision else 0.0
    r = sum(recall) / len(recall) if recall else 0.0
    return {"p": p, "r": r, "f1": f1(p, r)}


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
    return f1(precision, recall)


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
    return f1(precision, recall)
