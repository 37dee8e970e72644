"""Paragraphs and tokens to sentences.

A sentence ends at `.`, `!`, `?` or an ellipsis with the quotation marks and brackets that close there, unless a short
form explains the period, or what follows goes on (lower case, or a speech verb that takes up a quotation: "“Why?” he
asked").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from counterclaim.language.analysis import Token
from counterclaim.language.lexicon import LOWER_SHORT, MAY_END, SPEECH, STARTERS

LONGEST: Final = 400
"""Tokens in one sentence. Real ones, with lists of the dead, reach 300; what is longer has no stops at all, and later
stages, which look at a sentence as a whole, must not take quadratic time over a megabyte of it."""

_CLOSERS: Final = frozenset(("''", '"', "”", "’", "'", ")", "]", "}", "»", "›", "*"))
_BRACKETS: Final = frozenset((")", "]", "}", "»", "›", "”"))
_OPENERS: Final = frozenset(("``", '"', "“", "‘", "'", "(", "[", "«", "„", "''", "-", "–", "—", "--", "*", "•"))
_ZONES: Final = frozenset(["est", "edt", "gmt", "utc", "cet", "pst", "pdt", "eastern", "local"])


def split(tokens: Sequence[Token], first: int, last: int, opening: set[int], closing: set[int]) -> list[int]:
    """Indices in `(first, last]` at which sentences of the paragraph `tokens[first:last]` end; the last is `last`.

    `opening` and `closing` hold the start offsets of quotation marks known to open and to close.
    """
    ends: list[int] = []
    index = begin = first
    while index < last:
        token = tokens[index]
        text = token.text
        index += 1
        mark = text[-1]
        if mark not in ".!?…。" or text == "_":
            continue
        while index < last and _closes(tokens, index, opening, closing):
            index += 1
        if _is_note(tokens, index, last):
            index += 3
        if index >= last:
            break
        if _is_end(tokens, begin, index, last, token):
            ends.append(index)
            begin = index
    if last > begin:
        ends.append(last)
    return _shortened(tokens, first, ends)


def _shortened(tokens: Sequence[Token], first: int, ends: list[int]) -> list[int]:
    """The same ends, with more put in where a sentence has above LONGEST tokens: after a soft mark if there is one."""
    shortened: list[int] = []
    begin = first
    for end in ends:
        while end - begin > LONGEST:
            latest = begin + LONGEST
            soft = (i + 1 for i in range(latest - 1, latest - LONGEST // 4, -1) if tokens[i].text in (",", ";", ":"))
            begin = next(soft, latest)
            shortened.append(begin)
        shortened.append(end)
        begin = end
    return shortened


def _closes(tokens: Sequence[Token], index: int, opening: set[int], closing: set[int]) -> bool:
    """True where the token at `index` is a closing mark that belongs to the sentence before it."""
    token = tokens[index]
    if token.text in (".", "...", "..", "…"):
        return True  # ". . ." is one ellipsis
    if token.text not in _CLOSERS or token.start in opening:
        return False
    return token.start in closing or token.text in _BRACKETS or token.start == tokens[index - 1].end


def _is_note(tokens: Sequence[Token], index: int, last: int) -> bool:
    """True for "[6]", the mark of a footnote."""
    return (
        index + 2 < last
        and tokens[index].text == "["
        and tokens[index + 1].text.isdigit()
        and (tokens[index + 2].text == "]")
    )


def _is_end(tokens: Sequence[Token], begin: int, after: int, last: int, token: Token) -> bool:
    """True where a sentence that began at `begin` ends before the token `after`; `token` is its end mark."""
    following = tokens[after]
    quoted = tokens[after - 1] is not token
    start = after
    while start < last - 1 and tokens[start].text in _OPENERS:
        start += 1
    word = tokens[start].text
    spaced = following.start > tokens[after - 1].end
    stem = token.norm
    if len(stem) > 1 and stem[0].isalnum():
        return spaced and following.text != "(" and _short_form_ends(token, tokens[start])
    before = tokens[max(begin, after - 2)].text
    if not spaced and not quoted:
        # "ended.The next": a space was lost; "example.com": not the end of anything.
        return stem == "." and word[:1].isupper() and before.islower() and len(word) > 1
    if stem == "." and after - begin == 2 and before.isdigit() and len(before) <= 2:
        return False  # "1. The first point"
    if word[:1].islower():
        # Lower case goes on after an ellipsis, a quotation or an unknown short form; else the text is merely careless.
        careless = stem[0] in "!?" or (stem == "." and len(before) > 2 and before.isalpha() and before.islower())
        return (careless and not quoted and spaced) or _lower_start(word)
    if quoted and stem != "." and _taken_up(tokens, after, last):
        return False
    return stem == "." or stem[-1] in "!?" or not word[:1].isdigit()


def _lower_start(word: str) -> bool:
    """True for a lower-case word that opens sentences: "al-Shabab", "iPhone"."""
    return any(letter.isupper() for letter in word[1:])


def _short_form_ends(token: Token, following: Token) -> bool:
    """True where a short form with its period is also the last word of a sentence."""
    stem = token.norm[:-1]
    plain = following.norm
    starter = following.text[:1].isupper() and plain in STARTERS and not following.text.isupper()
    if stem in ("a.m", "p.m"):
        return following.text[:1].isupper() and plain not in _ZONES and not plain.endswith("day")
    if stem in MAY_END or stem in LOWER_SHORT or "." in stem or len(stem) == 1:
        return starter
    return False


def _taken_up(tokens: Sequence[Token], start: int, last: int) -> bool:
    """True where a speech verb follows within a short name: "“Why?” President Smith asked."."""
    for token in tokens[start : min(last, start + 6)]:
        if token.norm in SPEECH:
            return True
        if not token.text[:1].isalpha() or (
            token.norm in STARTERS and token.norm not in ("he", "she", "they", "the", "one")
        ):
            return False
    return False
