"""Lines to paragraphs: blank lines part paragraphs, and so do single newlines, unless the text is wrapped by hand.

A text is taken as hard-wrapped where its inner lines (those that another line follows at once) are of one narrow
width and mostly end in mid-sentence. Then a newline ends a paragraph only where the next word would well have fitted on
the line, or the next line is indented.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from counterclaim.language.tokens import IGNORABLE

WIDEST_WRAP: Final = 100
"""Columns: mail and wire services wrap at 65 to 80; beyond 100 a line is a paragraph."""
ENDED_SHARE: Final = 0.45
"""Wrapped prose ends a sentence at one line end in ten; line-a-paragraph prose at nearly all."""
FITTED: Final = 0.75
"""A line shorter than this share of the width, next word included, was ended on purpose."""

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = f"[\\s{IGNORABLE}]*"
_VISIBLE = re.compile(f"[^\\s{IGNORABLE}](?:.*[^\\s{IGNORABLE}])?", re.DOTALL)
_ENDED = re.compile(f"[.!?:;…][\"'”’»)\\]]*{_BLANK}$")
_ITEM = re.compile(r"(?:[-*•·–—>+]|\(?\d{1,2}[.)]|\[)\s*\S")


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Paragraphs as `(start, end)`, without the space around them, in order."""
    lines = [
        (m.start() + v.start(), m.start() + v.end(), m.start())
        for m in _LINE.finditer(text)
        if (v := _visible(m.group()))
    ]
    if not lines:
        return []
    joined = [False, *(_close(text[a[1] : b[2]]) for a, b in pairwise(lines))]
    width = _wrap_width(text, lines, joined)
    paragraphs = [(lines[0][0], lines[0][1])]
    for index in range(1, len(lines)):
        before, line = lines[index - 1], lines[index]
        if joined[index] and _continues(text, before, line, width):
            paragraphs[-1] = (paragraphs[-1][0], line[1])
        else:
            paragraphs.append((line[0], line[1]))
    return paragraphs


def _visible(line: str) -> re.Match[str] | None:
    return _VISIBLE.search(line)


def _close(gap: str) -> bool:
    """True where only one line end stands between two lines."""
    return len(gap.splitlines()) <= 1


def _wrap_width(text: str, lines: list[tuple[int, int, int]], joined: list[bool]) -> int:
    """Columns at which the text was wrapped, 0 where it was not."""
    inner = [line for line, follows in zip(lines, joined[1:], strict=False) if follows]
    if not inner:
        return 0
    runs = sorted(
        line[1] - line[2]
        for line, before, after in zip(lines, joined, [*joined[1:], False], strict=True)
        if before or after
    )
    width = runs[int(len(runs) * 0.95)]
    middle = sorted(end - raw for _, end, raw in inner)[len(inner) // 2]
    ended = sum(1 for start, end, _ in inner if _ENDED.search(text[max(start, end - 8) : end]))
    wrapped = 30 <= width <= WIDEST_WRAP and middle >= 0.6 * width and ended <= ENDED_SHARE * len(inner)
    return width if wrapped else 0


def _continues(text: str, before: tuple[int, int, int], line: tuple[int, int, int], width: int) -> bool:
    """True where `line` goes on with the sentence of the line before it."""
    ended = _ENDED.search(text[max(before[0], before[1] - 8) : before[1]]) is not None
    opening = text[line[0]]
    if not width:
        return not ended and opening.islower() and before[1] - before[0] >= 30
    if line[0] - line[2] >= 2 and before[0] - before[2] < line[0] - line[2]:
        return False
    if _ITEM.match(text, line[0], line[1]):
        return not ended and opening not in "-*•·>+[" and not text.startswith(("–", "—"), line[0])
    first_word = len(text[line[0] : line[1]].split(maxsplit=1)[0])
    if opening.islower() and not ended:
        return True
    return before[1] - before[2] + 1 + first_word >= FITTED * width
