"""From scores to structure: spans by the best legal tag path, trees by maximum spanning arborescence. Numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

# A unit that is outside with at least this log-odds margin over every other tag cannot lie in a span worth keeping; the
# path search runs only over the stretches between such units. At 6, 9 spans of 4,076 change.
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


def best_paths(scores: Floats, lengths: Integers, moves: Floats) -> Integers:
    """The best tag sequence over each of many runs; each path starts as if after O.

    `scores` `[units of all runs, tags]` holds the runs one behind the other, `lengths` how long each is (at least 1).
    All runs are walked side by side, a unit a step.
    """
    order = np.argsort(-lengths, kind="stable")
    begins = (lengths.cumsum() - lengths)[order]
    # How many runs, the longest first, are longer than 0, 1, 2, ... units.
    alive = np.searchsorted(-lengths[order], -np.arange(int(lengths.max())), "left")
    back = np.zeros(scores.shape, np.int64)
    reached = scores[begins] + moves[0]
    for step, count in enumerate(alive[1:].tolist(), 1):
        options = reached[:count, :, None] + moves
        at = begins[:count] + step
        back[at] = options.argmax(1)
        reached[:count] = options.max(1) + scores[at]
    tags = reached.argmax(1)
    path = np.zeros(len(scores), np.int64)
    for step in range(len(alive) - 1, -1, -1):
        count = int(alive[step])
        at = begins[:count] + step
        path[at] = tags[:count]
        tags[:count] = back[at, tags[:count]]
    return path


def layered_spans(scores: Floats, moves: Floats) -> list[list[tuple[int, int, int, float]]]:
    """For each layer, the spans `(first, last, kind, score)` of the best path over `[units, layers, tags]` scores.

    The score is the mean probability of the span's tags.
    """
    found: list[list[tuple[int, int, int, float]]] = [[] for _ in range(scores.shape[1])]
    active = (scores[..., 0] - scores[..., 1:].max(-1) < SURE_OUTSIDE).T
    layer, unit = active.nonzero()
    if not len(unit):
        return found
    opens = np.flatnonzero((np.diff(unit, prepend=-2) != 1) | (np.diff(layer, prepend=-1) != 0))
    logs = log_softmax(scores[unit, layer])
    path = best_paths(logs, np.diff(opens, append=len(unit)), moves)
    chances = np.exp(logs[np.arange(len(path)), path])
    begins = path % 2 == 1
    stops = begins | (path == 0)
    stops[opens] = True
    firsts, ends = begins.nonzero()[0], np.append(stops.nonzero()[0], len(path))
    lasts = ends[np.searchsorted(ends, firsts, "right")]
    sums = np.append(0, chances.cumsum(dtype=np.float64))
    means = (sums[lasts] - sums[firsts]) / (lasts - firsts)
    rows = (layer[firsts], unit[firsts], unit[lasts - 1] + 1, (path[firsts] - 1) // 2, means)
    for number, first, last, kind, score in zip(*(row.tolist() for row in rows), strict=True):
        found[number].append((first, last, kind, score))
    return found


def tagged_spans(scores: Floats, moves: Floats) -> list[tuple[int, int, int, float]]:
    """The spans of one layer's `[units, tags]` scores."""
    return layered_spans(scores[:, None], moves)[0]


def tree_heads(scores: Floats) -> list[int]:
    """Heads of one sentence's `[words, words]` scores (`scores[i, j]`: j heads i; the diagonal: i is the root).

    Exactly one word is its own head; the rest form a tree under it.
    """
    count = len(scores)
    if count == 1:
        return [0]
    heads = scores.argmax(1)
    roots = np.flatnonzero(heads == np.arange(count))
    if len(roots) == 1 and (_reached(heads) == roots[0]).all():
        return [int(head) for head in heads]
    root = int(scores.diagonal().argmax())
    weights = scores.astype(np.float64)
    np.fill_diagonal(weights, -np.inf)
    heads = weights.argmax(1)
    heads[root] = root
    # What hangs on the root by best heads alone stays so in the best tree; the rest is solved with all of that as root.
    held = _reached(heads) == root
    loose, firm = np.flatnonzero(~held), np.flatnonzero(held)
    inner = np.full((len(loose) + 1, len(loose) + 1), -np.inf)
    inner[:-1, :-1] = weights[loose][:, loose]
    entering = weights[loose][:, firm]
    inner[:-1, -1] = entering.max(1)
    found = _arborescence(inner, len(loose))[:-1]
    inside = found < len(loose)
    heads[loose] = np.where(inside, np.append(loose, 0)[found], firm[entering.argmax(1)])
    return [int(head) for head in heads]


def _reached(heads: Integers) -> Integers:
    """Where each word arrives by following heads for as long as there are words."""
    reached = heads
    for _ in range(len(heads).bit_length()):
        reached = reached[reached]
    return reached


def _arborescence(weights: NDArray[np.float64], root: int) -> Integers:
    """Chu-Liu-Edmonds; `weights[i, j]` is the worth of j heading i, and is overwritten. Quadratic a cycle at worst.

    From each node the heads are followed; a cycle met on the way is merged into its first node, and the way goes on
    from there. At the end the merged nodes are taken apart again, the last first.
    """
    heads: Integers = np.asarray(weights.argmax(1), np.int64)
    heads[root] = root
    settled = [False] * len(heads)
    settled[root] = True
    merged: list[tuple[Integers, Integers, Integers, Integers]] = []
    for start in range(len(heads)):
        if settled[start]:
            continue
        way = [start]
        while not settled[after := int(heads[way[-1]])]:
            if after not in way:
                way.append(after)
                continue
            cycle = np.asarray(way[way.index(after) :], np.int64)
            way = way[: way.index(after) + 1]
            # An arc from outside into the cycle replaces the arc of the node it enters.
            gain = weights[cycle] - weights[cycle, heads[cycle]][:, None]
            gain[:, cycle] = -np.inf
            leaving = weights[:, cycle]
            merged.append((cycle, heads[cycle], gain.argmax(0), leaving.argmax(1)))
            weights[after] = gain.max(0)
            weights[:, cycle[1:]] = -np.inf
            weights[:, after] = leaving.max(1)
            weights[after, after] = -np.inf
            member = np.zeros(len(heads), bool)
            member[cycle] = True
            heads[member[heads]] = after
            heads[after] = weights[after].argmax()
            for node in cycle[1:].tolist():
                settled[node] = True
        for node in way:
            settled[node] = True
    for cycle, inside, entered, left in reversed(merged):
        chief = cycle[0]
        outer = heads[chief]
        under = np.flatnonzero(heads == chief)
        heads[under] = cycle[left[under]]
        heads[cycle] = inside
        heads[cycle[entered[outer]]] = outer
    return heads


@lru_cache(maxsize=1 << 16)
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
