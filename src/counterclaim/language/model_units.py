"""Units: the smallest stretches the trained model tags, with their word pieces, casing shapes and gaps.

A unit is a run of letters, a run of digits, or one mark; English clitics stand alone ("do|n't", "Russia|'s"). The model
itself says which units join into words ("U|.|S|."), so one unit layer serves corpora that cut words differently.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_UNIT = re.compile(
    r"n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|can(?=not\b)|gon(?=na\b)|wan(?=na\b)|got(?=ta\b)"
    r"|[^\W\d_]+(?!\w|['’]t)"  # most words; what follows cuts the others
    r"|[^\W\d_]+?(?=n['’]t\b)|[^\W\d_]+|\d+|_+|[^\w\s]|\w",
    re.IGNORECASE,
)
_MARKS = str.maketrans("’‘‚‛“”„‟«»`´", "''''\"\"\"\"\"\"''")

SHAPES = ("lower", "title", "upper", "letter", "mixed", "digit", "mark", "other")
GAPS = ("none", "space", "line", "paragraph", "inside")
# Bounds of a window in word pieces, marks [CLS] and [SEP] included: the encoder's fine-tuning length, and how much of
# what stands before is read again as context (its own predictions are dropped).
WINDOW = 224
CONTEXT = 56
# A longer unit is a number dump or no word at all; its head says enough.
PIECES_A_UNIT = 8
LETTERS_A_UNIT = 60


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel lists, one entry a unit: offsets in the text, shape and gap indices, word-piece ids."""

    starts: Sequence[int]
    ends: Sequence[int]
    shapes: Sequence[int]
    gaps: Sequence[int]
    pieces: Sequence[tuple[int, ...]]
    breaks: Sequence[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def between(self, first: int, last: int) -> Units:
        """The units `[first, last)`, offsets unchanged."""
        part = slice(first, last)
        return Units(
            self.starts[part], self.ends[part], self.shapes[part], self.gaps[part], self.pieces[part], self.breaks[part]
        )


@dataclass(frozen=True, slots=True)
class Window:
    """Units `[first, last)` read together; those before `core` are context, scored in an earlier window."""

    first: int
    core: int
    last: int


class WordPieces:
    """Greedy longest-match word pieces over a lower-case vocabulary without accents (BERT uncased)."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._unknown = (vocabulary["[UNK]"],)
        self._cache: dict[str, tuple[int, ...]] = {}
        self.start = vocabulary["[CLS]"]
        self.end = vocabulary["[SEP]"]

    def __call__(self, word: str) -> tuple[int, ...]:
        """Ids of one unit's pieces, at least one."""
        found = self._cache.get(word)
        if found is None:
            found = self._cut(word)
            if len(self._cache) < 200_000:
                self._cache[word] = found
        return found

    def _cut(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFD", word[:LETTERS_A_UNIT].translate(_MARKS).lower())
        plain = "".join(letter for letter in plain if unicodedata.category(letter) != "Mn")
        pieces: list[int] = []
        start = 0
        while start < len(plain):
            end = len(plain)
            while end > start:
                piece = plain[start:end] if start == 0 else "##" + plain[start:end]
                number = self._vocabulary.get(piece)
                if number is not None:
                    break
                end -= 1
            else:
                return self._unknown
            pieces.append(number)
            start = end
        return tuple(pieces[:PIECES_A_UNIT]) or self._unknown


@lru_cache(maxsize=1 << 16)
def shape_of(word: str) -> int:
    """Index into SHAPES."""
    first = word[0]
    if first.isdigit():
        return 5
    if first in "'’" and len(word) > 1:
        return 0
    if not first.isalpha():
        return 6
    if word.islower():
        return 0
    if len(word) == 1:
        return 3 if word.isupper() else 7
    if word.isupper():
        return 2
    if word.istitle() or (first.isupper() and word[1:].islower()):
        return 1
    return 4 if any(letter.isupper() for letter in word) else 7


def cut_units(text: str, wordpieces: WordPieces) -> Units:
    """Cut a text into units; linear in its length."""
    starts: list[int] = []
    ends: list[int] = []
    shapes: list[int] = []
    gaps: list[int] = []
    pieces: list[tuple[int, ...]] = []
    breaks: list[bool] = []
    before = 0
    closing = False
    for match in _UNIT.finditer(text):
        start, end = match.span()
        word = match.group()
        between = text[before:start]
        gap = 0 if not between else 1
        if "\n" in between:
            gap = 3 if between.count("\n") > 1 else 2
        shape = shape_of(word)
        if not starts:
            gap = 3
        breaks.append(gap >= 2 or (closing and gap == 1 and shape != 0))
        closing = word in ".!?" or (closing and word in "\"'”’)]»")
        starts.append(start)
        ends.append(end)
        shapes.append(shape)
        gaps.append(gap)
        pieces.append(wordpieces(word))
        before = end
    return Units(starts, ends, shapes, gaps, pieces, breaks)


def cut_windows(units: Units, limit: int = WINDOW, context: int = CONTEXT) -> list[Window]:
    """Pack rough sentences into windows of at most `limit` pieces, each led by up to `context` pieces before it."""
    room = limit - 2
    lengths = [len(pieces) for pieces in units.pieces]
    sentences: list[tuple[int, int, int]] = []
    first = size = 0
    for index, length in enumerate(lengths):
        if index > first and (units.breaks[index] or size + length > room - context):
            sentences.append((first, index, size))
            first, size = index, 0
        size += length
    if lengths:
        sentences.append((first, len(lengths), size))
    windows: list[Window] = []
    at = 0
    while at < len(sentences):
        core = sentences[at][0]
        lead = 0
        first = core
        while first > 0 and lead + lengths[first - 1] <= context:
            first -= 1
            lead += lengths[first]
        size = lead
        while at < len(sentences) and size + sentences[at][2] <= room:
            size += sentences[at][2]
            at += 1
        windows.append(Window(first, core, sentences[at - 1][1]))
    return windows
