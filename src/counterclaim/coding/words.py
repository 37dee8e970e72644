"""Word lists of the coders: a line of words to a set."""

from __future__ import annotations


def words(line: str) -> frozenset[str]:
    """The words of a line, parted by white space, as a set."""
    return frozenset(line.split())
