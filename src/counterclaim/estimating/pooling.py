"""The model behind `pooled`: one true number, told by sources that are biased, in figures that are bounds.

After Radford, Dai, Stoehr, Schein, Fernandez and Sajid (2023), "Estimating conflict losses and reporting biases", PNAS
120 (34) e2307372120: what a source tells is the true loss times a bias of that source about that side, and noise. On
the scale x = log(1 + persons):

    theta        ~ Normal(PRIOR)                        the true number
    b[voice]     ~ Normal(BIAS[relation])               one bias for all who speak for one side
    x[told]      ~ Normal(theta + b[voice], NOISE)      what a source holds to be so

and a figure says where x lies: "49" at log 50, "10 to 15" between, "at least 49" from 49 to AT_LEAST times that,
"dozens" from the least that the word means to VAGUE_REACH times that (interval-censored). One unknown is left once the
biases are integrated out (Gauss-Hermite), so its posterior is computed on a grid, without sampling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log1p
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Relation = Literal["own", "enemy", "third"]
Array = NDArray[np.float64]

PRIOR: Final = (2.0, 2.0)
"""Mean and standard deviation of log(1 + persons): half of all incidents below about 6, one in twenty above 200.
Chosen wide; three sources outweigh it."""
BIAS: Final[Mapping[Relation, tuple[float, float]]] = {"own": (-0.6, 0.6), "enemy": (1.0, 0.5), "third": (0.0, 0.3)}
"""Mean and standard deviation of a voice's log bias. The means of own and enemy losses lie between what the paper finds
for the two sides: own military deaths told as 0.3 of the truth by Russian sources and without bias by Ukrainian ones,
the enemy's as 4.3 times by Russian and almost 2 times by Ukrainian ones. They come from one war."""
NOISE: Final = 0.15
"""Standard deviation of log(1 + persons) about the biased truth; twice that for "about" and "some"."""
AT_LEAST: Final = 2.0
"""Nobody who knew of twice as many would say "at least"."""
VAGUE_REACH: Final = 8.0
"""Eight dozens are nearly a hundred, eight hundreds nearly a thousand: where the next unit's word would be used."""
MASS: Final = 0.9
"""Probability between low and high."""

_MOST: Final = log1p(5e7)
_MARGIN: Final = 4.0
"""How far beyond the figures the grid reaches: the largest bias four of its spreads away from its mean, about."""
_POINTS: Final = 500
_NODES: Final = 24
_ERFC: Final = (
    0.17087277,
    -0.82215223,
    1.48851587,
    -1.13520398,
    0.27886807,
    -0.18628806,
    0.09678418,
    0.37409196,
    1.00002368,
    -1.26551223,
)
"""Chebyshev fit of erfc, to 1e-7 of itself everywhere: Press et al., Numerical Recipes, 2nd ed., section 6.2."""


class Figure(NamedTuple):
    """What one source tells: between `low` and `high` persons (None: open), by a voice in a relation to the victims."""

    low: float | None
    high: float | None
    voice: str
    relation: Relation
    approx: bool = False
    vague: bool = False


class Bias(NamedTuple):
    """By how much a voice multiplies the truth: the posterior median and the ends of its 90 % interval."""

    times: float
    low: float
    high: float


class Posterior(NamedTuple):
    """The true number in persons: median and the ends of its 90 % interval; and each voice's bias."""

    low: float
    best: float
    high: float
    biases: dict[str, Bias]


def posterior(
    figures: Sequence[Figure],
    *,
    prior: tuple[float, float] = PRIOR,
    bias: Mapping[Relation, tuple[float, float]] = BIAS,
    noise: float = NOISE,
) -> Posterior:
    """The posterior of the true number given at least one figure."""
    # Sources are told apart, never known by name: incidents told alike have one answer, computed once.
    numbers = {voice: str(at) for at, voice in enumerate(dict.fromkeys(figure.voice for figure in figures))}
    alike = tuple(figure._replace(voice=numbers[figure.voice]) for figure in figures)
    found = _posterior(alike, prior, tuple(sorted(bias.items())), noise)
    return found._replace(biases={voice: found.biases[number] for voice, number in numbers.items()})


@lru_cache(maxsize=4096)
def _posterior(
    figures: tuple[Figure, ...],
    prior: tuple[float, float],
    known: tuple[tuple[Relation, tuple[float, float]], ...],
    noise: float,
) -> Posterior:
    bias = dict(known)
    least, most = min(ends(figure)[0] for figure in figures), max(ends(figure)[1] for figure in figures)
    theta = np.linspace(max(0.0, least - _MARGIN), min(_MOST, most + _MARGIN), _POINTS)
    log_weight = -0.5 * ((theta - prior[0]) / prior[1]) ** 2
    voices: dict[tuple[str, Relation], list[Figure]] = {}
    for figure in figures:
        voices.setdefault((figure.voice, figure.relation), []).append(figure)
    nodes, weights = _hermite()
    inner: dict[tuple[str, Relation], tuple[Array, Array]] = {}
    for voice, told in voices.items():
        mean, spread = bias[voice[1]]
        b = mean + spread * nodes
        joint = np.log(weights)[None, :] + sum(
            _likelihood(figure, theta[:, None] + b[None, :], noise) for figure in told
        )
        top = joint.max(axis=1, keepdims=True)
        log_weight = log_weight + top[:, 0] + np.log(np.exp(joint - top).sum(axis=1))
        inner[voice] = (b, np.exp(joint - top))
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    biases = {}
    for (name, _), (b, joint) in inner.items():
        of_b = (weight[:, None] * joint / joint.sum(axis=1, keepdims=True)).sum(axis=0)
        biases[name] = Bias(*(float(np.exp(_quantile(b, of_b, at))) for at in (0.5, (1 - MASS) / 2, (1 + MASS) / 2)))
    low, best, high = (float(np.expm1(_quantile(theta, weight, at))) for at in ((1 - MASS) / 2, 0.5, (1 + MASS) / 2))
    return Posterior(low, best, high, biases)


def ends(figure: Figure) -> tuple[float, float]:
    """The interval of x in which a figure lies; both the same for an exact one."""
    low, high = figure.low, figure.high
    if low is None and high is None:
        return 0.0, _MOST
    if low is None and high is not None:
        low = high / AT_LEAST
    elif high is None and low is not None:
        high = low * (VAGUE_REACH if figure.vague else AT_LEAST)
    return log1p(low or 0.0), log1p(high or 0.0)


def _likelihood(figure: Figure, centre: Array, noise: float) -> Array:
    """Log-likelihood of a figure where the source holds x to be Normal(centre, noise)."""
    low, high = ends(figure)
    spread = noise * (2 if figure.approx else 1)
    if low == high:
        exact: Array = -0.5 * ((low - centre) / spread) ** 2 - np.log(spread)
        return exact
    # Both tails from the side on which they are small, so that no difference of numbers near 1 is taken.
    first, second = (low - centre) / spread, (high - centre) / spread
    flip = first > 0
    below, above = np.where(flip, -second, first), np.where(flip, -first, second)
    inside: Array = np.log(np.maximum(_normal(above) - _normal(below), 1e-300))
    return inside


def _normal(x: Array) -> Array:
    """The standard normal distribution function, far into its tails."""
    z = np.abs(x) / np.sqrt(2.0)
    t = 1.0 / (1.0 + 0.5 * z)
    series = np.polyval(_ERFC, t)
    tail = 0.5 * t * np.exp(-z * z + series)
    result: Array = np.where(x < 0, tail, 1.0 - tail)
    return result


@lru_cache(maxsize=1)
def _hermite() -> tuple[Array, Array]:
    """Nodes and weights for the mean over a standard normal."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return nodes, weights / weights.sum()


def _quantile(values: Array, weight: Array, at: float) -> float:
    total = np.cumsum(weight)
    return float(np.interp(at, (total - 0.5 * weight) / total[-1], values))
