"""Words and how rare they are in news: the weights of every comparison of texts.

The counts are fixed (`data/word_rarity.tsv`), not taken from the reports at hand, so that a new report changes no score
between two others and linking does not depend on the order of reports.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[^\W\d_]{3,}|\d+")
Vector = Mapping[str, float]
"""Word to weight, of length 1 (or empty)."""


def words(text: str) -> list[str]:
    """Words of three letters and more, and numbers, in lower case; a plural or possessive `s` is dropped."""
    return [_stem(word) for word in WORD.findall(text.lower())]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word


@cache
def _counts() -> tuple[int, dict[str, int]]:
    lines = files("counterclaim").joinpath("data", "word_rarity.tsv").read_text("utf-8").splitlines()
    total = int(lines[0].split("\t")[1])
    return total, {word: int(count) for word, _, count in (line.partition("\t") for line in lines[1:])}


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """Inverse document frequency in natural logarithms: 0 for a word in every story, about 8 for one never seen."""
    total, counts = _counts()
    return math.log((total + 1) / (counts.get(word, 0) + 1))


def vector(found: Iterable[str]) -> Vector:
    """Sublinear TF-IDF (Manning, Raghavan, Schütze 2008, 6.4) of length 1."""
    weights = {word: (1 + math.log(count)) * rarity(word) for word, count in Counter(found).items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Cosine of two vectors of length 1, 0..1."""
    return sum([one[word] * other[word] for word in one.keys() & other.keys()])
