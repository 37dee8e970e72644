"""The pooled model: biased sources, bounds as censored figures, a credible interval."""

from __future__ import annotations

import math

import numpy as np
import pytest

from counterclaim.estimating.pooling import BIAS, NOISE, PRIOR, Figure, Relation, posterior


def exact(count: float, voice: str = "a", relation: Relation = "third") -> Figure:
    return Figure(count, count, voice, relation)


def test_three_independent_sources_that_agree_are_believed() -> None:
    found = posterior([exact(100, voice) for voice in "abc"])
    assert found.best == pytest.approx(100, rel=0.08)
    assert found.low < 100 < found.high


def test_own_losses_are_told_low_and_the_enemys_high() -> None:
    assert posterior([exact(100, "a", "own")]).best > 120
    assert posterior([exact(100, "a", "enemy")]).best < 80


def test_two_voices_of_one_side_are_not_two_witnesses() -> None:
    together = posterior([exact(100, "a", "own"), exact(100, "a", "own")])
    apart = posterior([exact(100, "a", "own"), exact(100, "b", "own")])
    assert math.log(together.high / together.low) > math.log(apart.high / apart.low)


def test_at_least_is_no_upper_bound_and_up_to_no_lower_one() -> None:
    assert posterior([Figure(100, None, "a", "third")]).best > posterior([exact(100)]).best
    assert posterior([Figure(None, 100, "a", "third")]).best < posterior([exact(100)]).best


def test_a_vague_word_leaves_a_wide_interval() -> None:
    vague = posterior([Figure(12, None, "a", "third", vague=True)])
    assert vague.high / vague.low > 3


def test_the_posterior_is_the_closed_form_where_there_is_one() -> None:
    """One exact third-party figure: normal prior, normal likelihood."""
    spread = NOISE**2 + BIAS["third"][1] ** 2
    x = math.log1p(400)
    precision = 1 / PRIOR[1] ** 2 + 1 / spread
    mean = (PRIOR[0] / PRIOR[1] ** 2 + x / spread) / precision
    found = posterior([exact(400)])
    assert found.best == pytest.approx(math.expm1(mean), rel=0.01)
    assert found.high == pytest.approx(math.expm1(mean + 1.6449 / math.sqrt(precision)), rel=0.02)


def test_zero_and_a_million_are_in_range() -> None:
    assert posterior([exact(0)]).best < 1
    assert posterior([exact(1_000_000)]).best == pytest.approx(1_000_000, rel=0.5)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(7)
    relations: tuple[Relation, ...] = ("own", "enemy", "third")
    covered = 0
    for _ in range(150):
        theta = random.normal(*PRIOR)
        while theta < 0:
            theta = random.normal(*PRIOR)
        figures = []
        for voice in range(int(random.integers(1, 4))):
            relation = relations[int(random.integers(3))]
            x = random.normal(theta + random.normal(*BIAS[relation]), NOISE)
            figures.append(exact(max(0.0, math.expm1(x)), str(voice), relation))
        found = posterior(figures)
        covered += found.low <= math.expm1(theta) <= found.high
    assert 0.82 <= covered / 150 <= 0.97
