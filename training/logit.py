"""Conditional logits over candidates, by penalised maximum likelihood (see `counterclaim.coding.ranking`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

LEAST_MET = 3
"""Signs met in fewer options are left out."""


class Case(NamedTuple):
    """The signs of each option, the options that are right, and what the case counts."""

    options: Sequence[Iterable[str]]
    right: Collection[int]
    weight: float


def fitted(cases: Sequence[Case], penalty: float) -> dict[str, float]:
    """The weights by sign; `penalty` is the inverse of their variance."""
    met = Counter(sign for case in cases for option in case.options for sign in option)
    index = {sign: number for number, sign in enumerate(sorted(s for s, n in met.items() if n >= LEAST_MET))}
    rows: list[int] = []
    columns: list[int] = []
    starts, right = [], []
    for case in cases:
        starts.append(len(right))
        for number, option in enumerate(case.options):
            here = [index[sign] for sign in option if sign in index]
            rows += [len(right)] * len(here)
            columns += here
            right.append(number in case.right)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(right), len(index)))
    weight = np.array([case.weight for case in cases])
    found = minimum(matrix, np.array(starts), np.array(right), weight, np.full(len(index), penalty))
    return {sign: round(float(found[n]), 2) for sign, n in index.items() if abs(found[n]) >= 0.02}


def minimum(matrix: Any, starts: Any, right: Any, weight: Any, penalty: Any) -> Any:
    """The weights of most penalised likelihood; several options of a case may be right, which sums their chances."""
    lengths = np.diff(np.append(starts, matrix.shape[0]))

    def loss(weights: Any) -> tuple[float, Any]:
        worths = matrix @ weights
        parts = np.exp(worths - np.repeat(np.maximum.reduceat(worths, starts), lengths))
        chances = parts / np.repeat(np.add.reduceat(parts, starts), lengths)
        good = np.maximum(np.add.reduceat(chances * right, starts), 1e-12)
        share = chances * right / np.repeat(good, lengths)
        slope = matrix.T @ (np.repeat(weight, lengths) * (chances - share)) + penalty * weights
        return -(weight * np.log(good)).sum() + 0.5 * (penalty * weights) @ weights, slope

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
