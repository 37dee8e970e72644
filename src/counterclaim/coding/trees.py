"""Walks in the syntax trees of an analysis; without trees every walk ends where it began."""

from __future__ import annotations

from typing import Final

from counterclaim.coding.words import words
from counterclaim.language import Analysis

CLIMB: Final = 12
"""Steps up a tree that are walked, at most."""
WIDE: Final = 60
"""Tokens of a stretch that are asked for its head, at most."""
_SPEECH: Final = words("say tell announce report add claim confirm state speak condemn urge warn accuse call")


def top(analysis: Analysis, first: int, last: int) -> int:
    """The token of `[first, last)` whose head lies outside; its last token where no tree is known."""
    tokens = analysis.tokens
    last = min(last, len(tokens))
    for index in range(first, min(last, first + WIDE)):
        head = tokens[index].head
        if tokens[index].tag and not first <= head < last and tokens[index].tag != "PUNCT":
            return index
    return max(first, last - 1)


def above(analysis: Analysis, index: int) -> dict[int, int]:
    """The tokens above one in its tree, itself among them, with their distance in steps."""
    tokens = analysis.tokens
    found = {}
    for step in range(CLIMB):
        found[index] = step
        if not 0 <= index < len(tokens) or tokens[index].head < 0 or tokens[index].head in found:
            break
        index = tokens[index].head
    return found


def path(analysis: Analysis, index: int, above: dict[int, int]) -> list[str]:
    """Signs of how the tree joins a token to another, whose tokens `above` it are given."""
    tokens = analysis.tokens
    relation = tokens[index].relation.split(":")[0]
    seen: list[str] = []
    for step in range(CLIMB):
        if index in above:
            down = above[index]
            way = f"path {min(step, 4)} {min(down, 3)}"
            found = [way, f"{way} {relation}"]
            if down and tokens[index].lemma in _SPEECH:
                found.append(f"by speech {min(step, 2)}")
            if step and down == 0 and seen:
                found.append(f"under {seen[-1]}")
            return found
        seen.append(tokens[index].relation.split(":")[0])
        index = tokens[index].head
        if index < 0:
            break
    return ["path none"]
