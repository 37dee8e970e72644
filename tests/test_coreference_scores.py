"""The coreference scores of bench, by examples worked out on paper."""

import pytest

from bench.coreference import Mark, aligned, scores

pytest.importorskip("scipy")  # only benchmarks need it
A, B, C, D = (0, 1), (2, 3), (4, 5), (6, 7)


def test_the_same_chains_score_one() -> None:
    chains = [frozenset({A, B}), frozenset({C, D})]
    assert set(scores([(chains, chains)]).values()) == {1.0}


def test_one_chain_in_place_of_two() -> None:
    # MUC: recall 2/2, precision 2/3. B-cubed: recall 1, precision 1/2. CEAF-e: one pair of Dice 2/3, of 2 and of 1.
    found = scores([([frozenset({A, B}), frozenset({C, D})], [frozenset({A, B, C, D})])])
    assert found["muc"] == pytest.approx(0.8)
    assert found["b_cubed"] == pytest.approx(2 / 3)
    assert found["ceaf_e"] == pytest.approx(2 * (2 / 3) / 3)
    assert found["conll"] == pytest.approx((0.8 + 2 / 3 + 4 / 9) / 3)


def test_nothing_found_scores_nothing() -> None:
    assert set(scores([([frozenset({A, B})], [])]).values()) == {0.0}


def test_a_name_takes_the_phrase_that_it_heads() -> None:
    marks = [Mark((0, 20), (10, 14), "1", "person", True), Mark((30, 40), (36, 40), "1", "person", False)]
    assert aligned([{(10, 14), (36, 40)}], marks) == [frozenset({(0, 20), (30, 40)})]
