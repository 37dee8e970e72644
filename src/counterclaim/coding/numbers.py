"""Numbers as people write them, "6,600", "1.5 million", "two dozen", "one hundred and five": tokens to integers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from counterclaim.coding.people import is_person
from counterclaim.language import Token

LARGEST = 8_000_000_000
"""Persons alive: a larger figure is no count of people and gets no bounds."""

CONTINUES = frozenset(["-", "–", "—", "‑"])


def _list(line: str) -> list[str]:
    return line.split()


_UNITS = {
    word: value
    for value, word in enumerate(
        _list(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS = {word: 10 * n for n, word in enumerate(_list("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}
_TENS["fourty"] = 40
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "lakh": 10**5, "crore": 10**7}
_SUFFIXES = {"m": 10**6, "mn": 10**6, "k": 1000, "bn": 10**9}
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_DECIMAL = re.compile(r"\d+\.\d+")


def share_scale(tokens: Sequence[Token], low: int | None, last: int, high: tuple[int | None, int]) -> int | None:
    """ "10 to 15 thousand" means ten thousand: a low bound without a scale takes that of the high one."""
    if low is None or high[0] is None:
        return low
    scale = SCALES.get(tokens[high[1] - 1].norm)
    if scale and scale >= 1000 and low < scale and tokens[last - 1].norm not in SCALES:
        return low * scale
    return low


def amount_at(tokens: Sequence[Token], index: int) -> tuple[int | None, int | None, int] | None:
    """A number or a range of two numbers at `index`: low, high, the token after."""
    first = number_at(tokens, index)
    if first is None:
        return None
    value, last = first
    if last + 1 < len(tokens):
        join = tokens[last].norm
        # "MANILA, March 4 - Seven rebels": a dateline's end, no range.
        if join in CONTINUES and tokens[last + 1].text[:1].isupper():
            return value, value, last
        if join in CONTINUES or join in ("to", "or"):
            second = number_at(tokens, last + 1)
            if second is not None and value is not None and second[0] is not None:
                low = share_scale(tokens, value, last, second)
                if low is not None and low < second[0]:
                    return low, second[0], second[1]
    return value, value, last


def opens_number(word: str) -> bool:
    """True for a word with which a number may begin."""
    return word in ("a", "an", "half", "another") or word[0].isdecimal() or _small_number(word) is not None


def number_at(tokens: Sequence[Token], index: int) -> tuple[int | None, int] | None:
    """The number that begins with token `index`, and the token after it; (None, after) where it is absurdly large."""
    if index >= len(tokens):
        return None
    word = tokens[index].norm
    if word in ("a", "an", "half") or (word == "another" and norm_at(tokens, index + 1) == "dozen"):
        return _article_number(tokens, index)
    if word[0].isdecimal():
        return _figure(tokens, index)
    return _in_words(tokens, index)


def _article_number(tokens: Sequence[Token], index: int) -> tuple[int | None, int] | None:
    """ "a hundred", "a dozen", "half a dozen", "half a million", "a couple"."""
    words = [norm_at(tokens, index + n) for n in range(3)]
    if words[0] == "half":
        if words[1] in ("a", "an") and (words[2] in SCALES or words[2] == "dozen"):
            return (6 if words[2] == "dozen" else SCALES[words[2]] // 2), index + 3
        if words[1] in ("dozen", "million"):
            return (6 if words[1] == "dozen" else 500_000), index + 2
        return None
    if words[1] == "half" and words[2] in ("dozen", "million"):
        return (6 if words[2] == "dozen" else 500_000), index + 3
    if words[1] == "dozen":
        return 12, index + 2
    if words[1] == "couple":
        return 2, index + (3 if words[2] == "of" else 2)
    if words[1] in SCALES:
        value, last = _scaled(tokens, 1, index + 1)
        return value, last
    return None


def _figure(tokens: Sequence[Token], index: int) -> tuple[int | None, int] | None:
    """ "6,600", "1.5 million", "38m", "7000"."""
    text = tokens[index].text
    if not text.isascii():
        return None
    match = re.fullmatch(r"(\d[\d.,]*)([a-z]{1,2})", text)
    if match and match[2] in _SUFFIXES:
        value = _decimal(match[1])
        return (None if value is None else _capped(value * _SUFFIXES[match[2]])), index + 1
    following = norm_at(tokens, index + 1)
    if _DECIMAL.fullmatch(text):
        factor = SCALES.get(following) or (_SUFFIXES.get(following) if touch(tokens, index) else None)
        if factor is None:
            return None
        value = _decimal(text)
        return (None if value is None else _capped(value * factor)), index + 2
    if not _FIGURE.fullmatch(text):
        return None
    if len(text) > 15:
        return None, index + 1
    if _is_torn(tokens, index):
        return int(text + tokens[index + 2].text), index + 3
    number = int(text.replace(",", ""))
    if following in _SUFFIXES and touch(tokens, index):
        return _capped(number * _SUFFIXES[following]), index + 2
    if following in ("dozen", "hundred", "thousand", "million", "billion", "lakh", "crore"):
        return _scaled(tokens, number, index + 1) if following != "dozen" else (number * 12, index + 2)
    return _capped(number), index + 1


def _is_torn(tokens: Sequence[Token], index: int) -> bool:
    """True for "2, 875 people", a thousand torn by a space: one number, as a list of two would not count the same."""
    if index + 3 >= len(tokens) or tokens[index + 1].text != "," or not touch(tokens, index):
        return False
    tail = tokens[index + 2].text
    return (
        tokens[index].text.isdecimal()
        and len(tokens[index].text) <= 3
        and len(tail) == 3
        and tail.isdecimal()
        and not touch(tokens, index + 1)
        and (tokens[index + 3].norm in ("people", "persons", "others") or is_person(tokens[index + 3].norm))
        and tokens[index + 3].norm not in ("dead", "wounded", "injured", "missing")
    )


def _in_words(tokens: Sequence[Token], index: int) -> tuple[int | None, int] | None:
    """ "twenty-four", "three hundred and five", "two dozen", "two thousand"."""
    total, current, at, seen = 0, 0, index, False
    while at < len(tokens):
        word = tokens[at].norm
        small = _small_number(word)
        if (
            small is not None
            and (current % 100 == 0 or (small < 10 and current % 10 == 0))
            and not (seen and small == 0)
        ):
            current += small
            seen = True
        elif (
            word == "-"
            and seen
            and _small_number(norm_at(tokens, at + 1)) is not None
            and current % 10 == 0
            and current
        ):
            pass
        elif word == "dozen" and seen and current:
            return _capped((total + current) * 12), at + 1
        elif word == "hundred" and seen and 0 < current < 100:
            current *= 100
        elif word in SCALES and word != "hundred" and seen and current:
            total += current * SCALES[word]
            current = 0
        elif word == "and" and seen and at > index and tokens[at - 1].norm in SCALES:
            if (_small_number(norm_at(tokens, at + 1)) or 0) == 0:
                break
        else:
            break
        at += 1
    if not seen or at == index:
        return None
    return _capped(total + current), at


def _small_number(word: str) -> int | None:
    if word in _UNITS:
        return _UNITS[word]
    if word in _TENS:
        return _TENS[word]
    if "-" in word:
        tens, _, unit = word.partition("-")
        if tens in _TENS and 0 < _UNITS.get(unit, 0) < 10:
            return _TENS[tens] + _UNITS[unit]
    return None


def _scaled(tokens: Sequence[Token], number: int, index: int) -> tuple[int | None, int]:
    """Multiply by the scale words that follow: "2 hundred thousand"."""
    value: int | None = number
    last = index
    while last < len(tokens) and last < index + 2 and (scale := SCALES.get(tokens[last].norm)):
        value = None if value is None else _capped(value * scale)
        last += 1
    return value, last


def _decimal(text: str) -> float | None:
    try:
        return float(text.replace(",", "")) if len(text) <= 15 else None
    except ValueError:
        return None


def _capped(value: float) -> int | None:
    return round(value) if value <= LARGEST else None


def norm_at(tokens: Sequence[Token], index: int) -> str:
    """The lower-case form of token `index`, or "" outside the text."""
    return tokens[index].norm if 0 <= index < len(tokens) else ""


def words_at(tokens: Sequence[Token], index: int, words: tuple[str, ...]) -> bool:
    """True where these words stand from token `index` on."""
    if index + len(words) > len(tokens):
        return False
    return all(tokens[index + n].norm == word for n, word in enumerate(words))


def touch(tokens: Sequence[Token], index: int) -> bool:
    """True where no space stands between token `index` and the next."""
    return index + 1 < len(tokens) and tokens[index].end == tokens[index + 1].start
