"""From scores to structure: spans by the best legal tag path, trees by maximum spanning arborescence. Numpy only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

# A unit that is outside with at least this log-odds margin over every other tag cannot lie in a span worth keeping; the
# path search runs only over the stretches between such units. At 6, no span of the dev parts changes.
SURE_OUTSIDE = 6.0


def log_softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), np.float32)


def legal_moves(kinds: int, restart: float = 0.0, leave: Sequence[float] = ()) -> Floats:
    """`[tags, tags]` of 0 where the second tag may follow the first, a large negative number elsewhere.

    Tags are O, then B and I of each kind; I follows only B or I of its own kind. `restart` is the cost of a span
    straight after one of its own kind, `leave` that of passing from a span to O or to another kind, by kind.
    """
    tags = 1 + 2 * kinds
    moves = np.zeros((tags, tags), np.float32)
    for kind in range(kinds):
        inside = 2 + 2 * kind
        moves[:, inside] = -1e4
        moves[inside - 1, inside] = moves[inside, inside] = 0
        moves[inside - 1 : inside + 1, inside - 1] -= restart
    for kind, cost in enumerate(leave):
        inside = 2 + 2 * kind
        others = [tag for tag in range(tags) if tag not in (inside - 1, inside)]
        moves[inside - 1 : inside + 1, others] -= cost
    return moves


def best_path(scores: Floats, moves: Floats) -> list[int]:
    """The best tag sequence over `[units, tags]` scores; the path starts as if after O."""
    count = len(scores)
    back = np.empty((count, scores.shape[1]), np.int64)
    reached = scores[0] + moves[0]
    for index in range(1, count):
        options = reached[:, None] + moves
        back[index] = options.argmax(0)
        reached = options.max(0) + scores[index]
    tag = int(reached.argmax())
    path = [tag]
    for index in range(count - 1, 0, -1):
        tag = int(back[index, tag])
        path.append(tag)
    return path[::-1]


def tagged_spans(scores: Floats, moves: Floats) -> list[tuple[int, int, int, float]]:
    """Spans `(first, last, kind, score)` of the best path over `[units, tags]` scores.

    The score is the mean probability of the span's tags.
    """
    margin = scores[:, 0] - scores[:, 1:].max(1) if len(scores) else np.zeros(0, np.float32)
    active = np.flatnonzero(margin < SURE_OUTSIDE)
    if not len(active):
        return []
    logs = log_softmax(scores)
    spans: list[tuple[int, int, int, float]] = []
    for run in np.split(active, np.flatnonzero(np.diff(active) > 1) + 1):
        start = int(run[0])
        piece = logs[start : start + len(run)]
        path = best_path(piece, moves)
        chances = np.exp(piece[np.arange(len(path)), path])
        opened = -1
        for index, tag in enumerate([*path, 0]):
            if opened >= 0 and (tag == 0 or tag % 2 == 1):
                kind = (path[opened] - 1) // 2
                spans.append((start + opened, start + index, kind, float(chances[opened:index].mean())))
                opened = -1
            if tag % 2 == 1:
                opened = index
    return spans


def tree_heads(scores: Floats) -> list[int]:
    """Heads of one sentence's `[words, words]` scores (`scores[i, j]`: j heads i; the diagonal: i is the root).

    Exactly one word is its own head; the rest form a tree under it.
    """
    count = len(scores)
    if count == 1:
        return [0]
    heads = scores.argmax(1)
    roots = np.flatnonzero(heads == np.arange(count))
    if len(roots) == 1 and _is_tree(heads, int(roots[0])):
        return [int(head) for head in heads]
    root = int(scores.diagonal().argmax())
    weights = scores.astype(np.float64).copy()
    np.fill_diagonal(weights, -np.inf)
    found = _arborescence(weights, root)
    found[root] = root
    return [int(head) for head in found]


def _is_tree(heads: Integers, root: int) -> bool:
    reached = heads.copy()
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return bool((reached == root).all())


def _arborescence(weights: NDArray[np.float64], root: int) -> Integers:
    """Chu-Liu-Edmonds by repeated contraction; `weights[i, j]` is the worth of j heading i. Cubic at worst."""
    count = len(weights)
    heads: Integers = np.asarray(weights.argmax(1), np.int64)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return heads
    inside = np.zeros(count, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    place = {int(node): number for number, node in enumerate(outside)}
    merged = len(outside)
    smaller = np.full((merged + 1, merged + 1), -np.inf)
    smaller[:merged, :merged] = weights[np.ix_(outside, outside)]
    # An arc from outside into the cycle replaces the arc of the node it enters.
    gain = weights[np.ix_(cycle, outside)] - weights[cycle, heads[cycle]][:, None]
    smaller[merged, :merged] = gain.max(0)
    entered = gain.argmax(0)
    leaving = weights[np.ix_(outside, cycle)]
    smaller[:merged, merged] = leaving.max(1)
    left = leaving.argmax(1)
    solved = _arborescence(smaller, place[root])
    for number, node in enumerate(outside):
        if node != root:
            head = int(solved[number])
            heads[node] = outside[head] if head < merged else int(cycle[int(left[number])])
    into = int(solved[merged])
    heads[cycle[int(entered[into])]] = outside[into]
    return heads


def _cycle(heads: Integers, root: int) -> Integers | None:
    state = [0] * len(heads)
    state[root] = 2
    for start in range(len(heads)):
        node, trail = start, []
        while state[node] == 0:
            state[node] = 1
            trail.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return np.asarray(trail[trail.index(node) :], np.int64)
        for seen in trail:
            state[seen] = 2
    return None


def apply_script(form: str, script: str) -> str:
    """The lemma a script makes of a form: `k` keeps its case, `l` lowers it; letters to cut, `+`, letters to add."""
    if script.startswith("="):
        return script[1:]
    keep, rest = script[:1], script[1:]
    cut, _, added = rest.partition("+")
    base = form if keep == "k" else form.lower()
    length = int(cut or 0)
    # A script learned on longer words never cuts a short one away.
    return (base[: len(base) - length] if length < len(base) else base) + added
