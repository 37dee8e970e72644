"""Quotations of every shape of mark, also those that run over paragraphs; only the outermost of nested ones.

Straight marks open after a space and close before one; where they stand between two spaces or two letters they do
what the state asks for. A single mark opens a quotation only outside a double one, and only where its partner is found
in the same paragraph, so that apostrophes are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from counterclaim.language.analysis import Quote

_MARK = re.compile(r"''|``|[\"“”„‟«»‘‚'’‹›]")
_DOUBLE: Final = frozenset(("''", "``", '"', "“", "”", "„", "‟", "«", "»"))
_OPENS: Final = frozenset(("``", "“", "„", "‟", "«", "‹"))
_PARTNER: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "``": "''", "‹": "›"}
_SPACE_BEFORE = frozenset(" \t\n\r\u00a0\u2009\u200a\u202f([{-–—/\u200b\u200e\u200f")
_AFTER = frozenset(' \t\n\r\u00a0\u2009\u200a\u202f)]}.,;:!?-–—/…"”\u200b\u200e\u200f')
_STRAY_CLOSE = re.compile(r"[,.!?…][’'](?!\w)")


class QuoteScan:
    """Quotes of a text, and where marks open and close (start offsets of the marks)."""

    def __init__(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> None:
        self.quotes: list[Quote] = []
        self.opening: set[int] = set()
        self.closing: set[int] = set()
        for index, (start, end) in enumerate(paragraphs):
            following = paragraphs[index + 1][0] if index + 1 < len(paragraphs) else -1
            self._paragraph(text, start, end, following)

    def _paragraph(self, text: str, start: int, end: int, following: int) -> None:
        marks = list(_MARK.finditer(text, start, end))
        opened: re.Match[str] | None = None
        inner = ""
        skip_to = start
        for index, mark in enumerate(marks):
            if mark.start() < skip_to:
                continue
            symbol = mark.group()
            if symbol not in _DOUBLE:
                if opened is None and (close := _single(text, marks, index, start)) is not None:
                    self._add(text, mark, close.start(), closing=close.start())
                    skip_to = close.end()
                continue
            if opened is None:
                if _may_open(text, mark, start, end):
                    opened = mark
                    self.opening.add(mark.start())
            elif inner and _closes(text, inner, mark, start, end):
                inner = ""
            elif _closes(text, opened.group(), mark, start, end):
                self._add(text, opened, mark.start(), closing=mark.start())
                opened = None
            elif _opens_only(text, mark, start):
                if symbol != opened.group() or _nested(text, marks, index, start):
                    inner = symbol
                    continue
                self._add(text, opened, _unclosed_end(text, opened.end(), mark.start()), closed=False)
                opened = mark
        if opened is not None:
            carried = following >= 0 and _MARK.match(text, following) is not None and text[following] not in "’”»›"
            limit = end if carried else _unclosed_end(text, opened.end(), end)
            self._add(text, opened, limit, closed=not carried and limit < end)

    def _add(self, text: str, opened: re.Match[str], end: int, *, closing: int = -1, closed: bool = True) -> None:
        """Keep a quotation with the space inside its marks left out."""
        inside = text[opened.end() : end]
        start = opened.end() + len(inside) - len(inside.lstrip())
        end = opened.end() + len(inside.rstrip())
        self.opening.add(opened.start())
        if closing >= 0:
            self.closing.add(closing)
        if end > start:
            self.quotes.append(Quote(start, end, closed))


def _may_open(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    symbol = mark.group()
    if symbol in _OPENS or symbol == "»":
        return True
    if mark.end() >= end:
        return False
    before = mark.start() == start or text[mark.start() - 1] in _SPACE_BEFORE
    # A straight mark after a digit is an inch sign or a second.
    return before if symbol in ('"', "''") else False


def _closes(text: str, opener: str, mark: re.Match[str], start: int, end: int) -> bool:
    symbol = mark.group()
    if symbol in ('"', "''"):
        return opener in ('"', "''", "``", "“", "„") and not _opens_only(text, mark, start)
    if opener == '"':
        return symbol == "”"
    if symbol == opener == "“":
        return not _opens_only(text, mark, start)
    return symbol in _PARTNER.get(opener, "”")


def _opens_only(text: str, mark: re.Match[str], start: int) -> bool:
    """True where the mark stands as an opening one stands: space before it, none after."""
    before = mark.start() == start or text[mark.start() - 1] in _SPACE_BEFORE
    after = text[mark.end() : mark.end() + 1]
    if mark.group() in _OPENS:
        return before or after not in ("", " ", "\n")  # “ after a full stop and before a space is a misprinted ”
    return before and after != "" and after not in _AFTER


def _nested(text: str, marks: list[re.Match[str]], index: int, start: int) -> bool:
    """True where the next two double marks both close: then the mark at `index` opened a quotation inside another."""
    following = [mark for mark in marks[index + 1 : index + 20] if mark.group() in _DOUBLE][:2]
    return len(following) == 2 and not any(_opens_only(text, mark, start) for mark in following)


def _single(text: str, marks: list[re.Match[str]], index: int, start: int) -> re.Match[str] | None:
    """The mark that closes a single-quoted stretch opened at `index`, within the next few marks."""
    mark = marks[index]
    if mark.group() not in ("‘", "‚", "'", "‹"):
        return None
    if mark.start() > start and text[mark.start() - 1] not in _SPACE_BEFORE | {'"', "“"}:
        return None
    if not text[mark.end() : mark.end() + 1].strip():
        return None
    fallback = None
    for other in marks[index + 1 : index + 40]:
        symbol = other.group()
        if symbol == "‘" or (symbol in _OPENS and symbol != "‹"):
            continue
        if symbol not in ("’", "'", "›", "‘"):
            continue
        after = text[other.end() : other.end() + 1]
        if after and after not in _AFTER:
            continue  # an apostrophe inside a word
        before = text[other.start() - 1]
        if before in ",.!?…;" or symbol == "›":
            return other
        if before == "s" and after.isspace() and text[other.end() + 1 : other.end() + 2].islower():
            fallback = fallback or other  # perhaps a possessive ("the soldiers’ families")
            continue
        if not before.isspace():
            return other
    return fallback


def _unclosed_end(text: str, start: int, end: int) -> int:
    """Where a quotation without its closing mark most likely ends: at a stray single mark, else at the limit."""
    stray = _STRAY_CLOSE.search(text, start, end)
    return stray.start() + 1 if stray else end
