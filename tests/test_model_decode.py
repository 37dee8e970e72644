"""Decoding: legal tag paths, trees, lemma scripts."""

from itertools import product

import numpy as np
import pytest

from counterclaim.language.model_decode import apply_script, best_paths, legal_moves, tagged_spans, tree_heads


def test_an_inside_tag_never_follows_outside_or_another_kind() -> None:
    moves = legal_moves(2)  # O, B-a, I-a, B-b, I-b
    assert moves[0, 2] < -1000
    assert moves[3, 2] < -1000
    assert moves[1, 2] == moves[2, 2] == moves[4, 0] == 0


def test_the_best_path_is_the_best_of_all_legal_ones() -> None:
    chance = np.random.default_rng(7)
    moves = legal_moves(2)
    for _ in range(20):
        scores = chance.normal(size=(4, 5)).astype(np.float32)

        def worth(path: tuple[int, ...], scores: np.ndarray = scores) -> float:
            steps = sum(moves[a, b] for a, b in zip((0, *path[:-1]), path, strict=True))
            return float(steps + sum(scores[i, tag] for i, tag in enumerate(path)))

        best = max(product(range(5), repeat=4), key=worth)
        assert best_paths(scores, np.asarray([len(scores)]), moves).tolist() == list(best)


def test_spans_are_read_off_with_touching_ones_apart() -> None:
    tags = [0, 1, 2, 1, 0, 3, 4, 4]
    scores = np.full((8, 5), -9.0, np.float32)
    scores[np.arange(8), tags] = 9
    assert [span[:3] for span in tagged_spans(scores, legal_moves(2))] == [(1, 3, 0), (3, 4, 0), (5, 8, 1)]


def test_no_units_give_no_spans() -> None:
    assert tagged_spans(np.zeros((0, 5), np.float32), legal_moves(2)) == []


def worth_of(scores: np.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


def is_tree(heads: tuple[int, ...]) -> bool:
    roots = [i for i, head in enumerate(heads) if i == head]
    if len(roots) != 1:
        return False
    for start in range(len(heads)):
        node = start
        for _ in heads:
            node = heads[node]
        if node != roots[0]:
            return False
    return True


def test_heads_form_the_best_tree_under_the_likeliest_root() -> None:
    chance = np.random.default_rng(3)
    for _ in range(60):
        scores = chance.normal(size=(4, 4)).astype(np.float32)
        found = tuple(tree_heads(scores))
        assert is_tree(found)
        root = next(i for i, head in enumerate(found) if i == head)
        best = max(
            (heads for heads in product(range(4), repeat=4) if is_tree(heads) and heads[root] == root),
            key=lambda heads: worth_of(scores, heads),
        )
        assert worth_of(scores, found) == pytest.approx(worth_of(scores, best), abs=1e-4)


def test_a_long_chain_of_cycles_still_ends_in_one_tree() -> None:
    scores = np.full((40, 40), -5.0, np.float32)
    for i in range(0, 40, 2):
        scores[i, i + 1] = scores[i + 1, i] = 5
    scores[0, 0] = 1
    assert is_tree(tuple(tree_heads(scores)))


@pytest.mark.parametrize(
    ("form", "script", "lemma"),
    [
        ("Soldiers", "l1+", "soldier"),
        ("cities", "l3+y", "city"),
        ("Aleppo", "k0+", "Aleppo"),
        ("was", "=be", "be"),
        ("A", "l0+", "a"),
    ],
)
def test_lemma_scripts(form: str, script: str, lemma: str) -> None:
    assert apply_script(form, script) == lemma


def test_a_cost_of_leaving_joins_what_plain_scores_break() -> None:
    scores = np.full((6, 3), -3.0, np.float32)
    scores[0, 1] = scores[1, 2] = scores[2, 2] = scores[4, 2] = scores[5, 2] = 2
    scores[3, 0], scores[3, 2], scores[4, 1] = 0.5, 0.0, 2.2
    assert [span[:2] for span in tagged_spans(scores, legal_moves(1))] == [(0, 3), (4, 6)]
    assert [span[:2] for span in tagged_spans(scores, legal_moves(1, restart=1.0, leave=[2.0]))] == [(0, 6)]
