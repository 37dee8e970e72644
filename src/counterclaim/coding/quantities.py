"""Amounts of people in words and figures: "at least 49", "two dozen", "10 to 15", "hundreds", "another", "no".

Bounds follow the annotation guide of the gold standard: "more than 6,600" is 6600 and above, "up to 20" is 20 and
below, "about 30" is 30 and approximate, "dozens" has no bounds. Ages, dates, times, money, distances, shares, ordinals
and list numbers are left out; what a number counts (soldiers or tanks) is for the caller to see from the words after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from counterclaim.coding.numbers import (
    CONTINUES,
    LARGEST,
    amount_at,
    norm_at,
    number_at,
    opens_number,
    share_scale,
    touch,
    words_at,
)
from counterclaim.coding.words import words
from counterclaim.language import Analysis, Token

QuantityKind = Literal["count", "singular", "vague", "zero"]

__all__ = ["LARGEST", "Quantity", "QuantityKind", "find_quantities"]


class Quantity(NamedTuple):
    """An amount at `[start, end)` of the text, tokens `[first, last)`; `min`/`max` are persons, None where open."""

    start: int
    end: int
    first: int
    last: int
    min: int | None
    max: int | None
    approx: bool = False
    vague: str | None = None
    kind: QuantityKind = "count"
    another: bool = False


_LOWER = (
    "at least, no fewer than, no less than, not less than, not fewer than, a minimum of, well more than, "
    "many more than, more than, "
    "greater than, well over, just over, over, above, exceeding, upwards of, upward of, in excess of, minimum"
)
_UPPER = (
    "up to, as many as, as much as, as high as, no more than, not more than, at most, "
    "a maximum of, fewer than, less than, under"
)
_ABOUT = (
    "an estimated, estimated, just under, close to, approximately, about, some, nearly, around, "
    "roughly, almost, circa, perhaps, possibly, ~"
)
_PLAIN = "a total of, an average of, a further, a record, a combined, another, additional, exactly, only, just"
_OPENERS: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _kind, _openers in (("min", _LOWER), ("max", _UPPER), ("about", _ABOUT), ("plain", _PLAIN)):
    for _opener in (tuple(line.split()) for line in _openers.split(", ")):
        _OPENERS.setdefault(_opener[0], []).append((_opener, _kind))
_VAGUE = words("dozens scores hundreds thousands millions several many numerous countless multiple most few various")
_FIRST = _VAGUE | words(
    "between from tens a an the another huge large unknown countless some single lone both no none nobody zero "
    "neither without"
)
"""First words of the ranges, vague and small amounts below."""
_COLLECTIVE = words("dozen hundred thousand million")
_VAGUE_COUNTER = words("number handful group majority spate wave string series crowd score few lot")
_VAGUE_ADJECTIVES = words(
    "large small huge great growing unknown unspecified undetermined undisclosed vast significant high record good "
    "considerable substantial whole certain similar"
)
_CHANGES = words(
    "rose rise rises risen rising climbed climbs climbing increased increases increasing jumped grew grown went gone "
    "up raised revised updated fell dropped lowered reduced cut down doubled soared surged upped"
)
_MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec"
)
# A number before one of these counts no people.
_MEASURES = words(
    "% percent per-cent pc percentage point points km kms kilometer kilometers kilometre kilometres mile miles "
    "meter meters metre metres m mm cm foot feet ft inch inches yard yards acre acres hectare hectares knots mph "
    "kph hour hours minute minutes second seconds day days night nights week weeks month months year years decade "
    "decades century centuries am pm a.m p.m a.m. p.m. gmt utc bst hrs dollar dollars euro euros pound pounds usd "
    "eur rupees rubles roubles shekels yuan yen dinars lira riyals ton tons tonne tonnes kg kilogram kilograms kilo "
    "kilos gram grams litre litres liter liters barrels times degrees caliber calibre watts volts megawatts st nd "
    "rd th year-old year-olds years-old yearold month-old day-old week-old yo year-long day-long month-long"
)
_SMALL_MEASURE_START = re.compile(
    r"^(?:year|month|day|week|hour|minute|mile|km|kilomet|met|foot|mm|inch|storey|story|point|ton|pound)"
)
_MONEY = words("$ £ € ¥ ₪ ₹ usd us$")
_BEFORE_LABEL = words(
    "no number nos resolution article articles highway route road section chapter page paragraph flight channel "
    "room unit brigade division phase grade version level battalion regiment corps aged age # age: type group "
    "kilometer sector district zone line camp gate hall building street year"
)


def find_quantities(analysis: Analysis) -> list[Quantity]:
    """Every amount that could count people, in text order, none overlapping. Linear in the number of tokens."""
    tokens = analysis.tokens
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        if tokens[index].norm == "from" and (reached := _reached(tokens, index)):
            index = reached
            continue
        quantity = _quantity_at(tokens, index, analysis.text)
        if quantity is None:
            index += 1
            continue
        if quantity.first <= index < quantity.last and not _refused(tokens, quantity, analysis.text):
            found.append(quantity)
            index = quantity.last
        else:
            index = max(index + 1, quantity.last)
    return found


@lru_cache(maxsize=8192)
def _opens(word: str) -> bool:
    """True for a word that may be the first of an amount; nineteen in twenty are not."""
    return word in _OPENERS or word in _FIRST or opens_number(word)


def _quantity_at(tokens: Sequence[Token], index: int, text: str) -> Quantity | None:
    """The longest amount that begins with token `index`."""
    if not _opens(tokens[index].norm):
        return None
    for opener, kind in _OPENERS.get(tokens[index].norm, ()):
        if not words_at(tokens, index, opener):
            continue
        found = _bounded(tokens, index + len(opener), kind)
        if found is not None:
            low, high, approx, last = found
            return _make(tokens, index, last, low, high, approx)._replace(another=opener == ("another",))
    return _range_at(tokens, index) or _plain_at(tokens, index) or _vague_at(tokens, index) or _small_at(tokens, index)


def _reached(tokens: Sequence[Token], index: int) -> int:
    """Of "rose from 12 to 15", "revised up from 12 dead to 15": the token after "to"; 0 elsewhere.

    The figure changed from is superseded, and the two are no range.
    """
    if not any(norm_at(tokens, index - n) in _CHANGES for n in range(1, 4)):
        return 0
    if (low := number_at(tokens, index + 1)) is None:
        return 0
    for at in range(low[1], low[1] + 3):
        if norm_at(tokens, at) == "to" and at + 1 < len(tokens):
            return at + 1
    return 0


def _bounded(
    tokens: Sequence[Token], index: int, kind: str, depth: int = 0
) -> tuple[int | None, int | None, bool, int] | None:
    """Bounds, approximate, and the token after, of the amount at `index` under an opener of this kind.

    "another at least 43" and "at least some 20" nest; two levels are enough for what people write.
    """
    inner = amount_at(tokens, index)
    if inner is None:
        if depth < 2 and index < len(tokens):
            for opener, inside in _OPENERS.get(tokens[index].norm, ()):
                if words_at(tokens, index, opener) and (
                    found := _bounded(tokens, index + len(opener), inside if kind == "plain" else kind, depth + 1)
                ):
                    return found
        return None
    low, high, last = inner
    if kind == "min":
        return low, None, False, last
    if kind == "max":
        return None, high, False, last
    return low, high, kind == "about", last


def _range_at(tokens: Sequence[Token], index: int) -> Quantity | None:
    """ "between 10 and 15", "from 10 to 15"."""
    if tokens[index].norm not in ("between", "from") or (low := number_at(tokens, index + 1)) is None:
        return None
    joins = ("and", "to") if tokens[index].norm == "between" else ("to",)
    value, last = low
    if last < len(tokens) and tokens[last].norm in joins and (high := number_at(tokens, last + 1)) is not None:
        low_scaled = share_scale(tokens, value, last, high)
        if low_scaled is not None and high[0] is not None and low_scaled <= high[0]:
            return _make(tokens, index, high[1], low_scaled, high[0], False)
    return None


def _plain_at(tokens: Sequence[Token], index: int) -> Quantity | None:
    inner = amount_at(tokens, index)
    if inner is None:
        return None
    low, high, last = inner
    start = index
    if last < len(tokens) and tokens[last].text == "+":
        return _make(tokens, start, last + 1, low, None, False)
    if words_at(tokens, last, ("or", "more")) or words_at(tokens, last, ("and", "more")):
        return _make(tokens, start, last + 2, low, None, False)
    if words_at(tokens, last, ("or", "so")):
        return _make(tokens, start, last + 2, low, high, True)
    if words_at(tokens, last, ("plus",)):
        return _make(tokens, start, last + 1, low, None, False)
    return _make(tokens, start, last, low, high, False)


def _vague_at(tokens: Sequence[Token], index: int) -> Quantity | None:
    """ "dozens", "tens of thousands", "a large number of", "a few", "some", "many"."""
    word = tokens[index].norm
    last = index
    if word in ("tens", "dozens", "scores", "hundreds", "thousands", "millions"):
        last = index + 1
        while words_at(tokens, last, ("of",)) and norm_at(tokens, last + 1) in ("thousands", "hundreds", "millions"):
            last += 2
        if word == "tens" and last == index + 1:
            return None
    elif word in _VAGUE:
        last = index + 1
        if (word == "many" and words_at(tokens, last, ("more",))) or (
            word in ("several", "few", "many") and norm_at(tokens, last) in _COLLECTIVE
        ):
            last += 1
    elif word in ("a", "an", "the", "another", "huge", "large", "unknown", "countless"):
        at = index + (word in ("a", "an", "the", "another"))
        for _ in range(2):
            if norm_at(tokens, at) in _VAGUE_ADJECTIVES:
                at += 1
        if norm_at(tokens, at).rstrip("s") in _VAGUE_COUNTER and word != "the":
            if words_at(tokens, at + 1, ("of",)):
                last = at + 2
            elif norm_at(tokens, at) in ("few", "number", "handful") and at > index:
                last = at + 1 + (norm_at(tokens, at + 1) in _COLLECTIVE)
    elif word == "some" and not words_at(tokens, index + 1, ("of", "the")):
        last = index + 1
    if last == index:
        return None
    end = tokens[last - 1].end
    start = tokens[index].start
    return Quantity(start, end, index, last, None, None, False, _join(tokens, index, last), "vague")


def _small_at(tokens: Sequence[Token], index: int) -> Quantity | None:
    """ "a", "another", "a single", "both", "no", "nobody"."""
    word = tokens[index].norm
    if word in ("a", "an", "another", "single", "lone"):
        last = index + 1
        if word == "a" and norm_at(tokens, last) in ("single", "lone", "second", "third", "fourth", "fifth", "sixth"):
            last += 1
        return Quantity(
            tokens[index].start, tokens[last - 1].end, index, last, 1, 1, kind="singular", another=word == "another"
        )
    if word == "both":
        return Quantity(tokens[index].start, tokens[index].end, index, index + 1, 2, 2)
    if word in ("no", "none", "nobody", "zero", "neither") or (
        word == "without" and norm_at(tokens, index + 1) == "any"
    ):
        last = index + 1
        if word == "no" and norm_at(tokens, last) == "one":
            last += 1
        return Quantity(tokens[index].start, tokens[last - 1].end, index, last, 0, 0, kind="zero")
    return None


def _make(tokens: Sequence[Token], first: int, last: int, low: int | None, high: int | None, approx: bool) -> Quantity:
    start, end = tokens[first].start, tokens[last - 1].end
    if low is None and high is None:
        return Quantity(start, end, first, last, None, None, False, _join(tokens, first, last), "vague")
    kind: QuantityKind = "zero" if high == 0 and low in (0, None) else "count"
    return Quantity(start, end, first, last, low, high, approx, None, kind)


def _join(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(token.norm for token in tokens[first:last])


def _refused(tokens: Sequence[Token], quantity: Quantity, text: str) -> bool:
    """True for a number that is a date, an age, a measure, a sum of money, a label or a list number."""
    if quantity.kind in ("singular", "zero", "vague"):
        return False
    before = norm_at(tokens, quantity.first - 1)
    after = norm_at(tokens, quantity.last)
    bare = quantity.last == quantity.first + 1
    if "^" in (before, after) or "=" in (before, after):
        return True
    figures = tokens[quantity.last - 1].text[0].isdecimal()
    if after in _MEASURES or before in _MONEY or after in ("$", "€"):
        return True
    if after in CONTINUES and touch(tokens, quantity.last - 1):
        return bool(_SMALL_MEASURE_START.match(norm_at(tokens, quantity.last + 1))) or (
            norm_at(tokens, quantity.last + 1)[:1].isalpha() and tokens[quantity.last].text == "-"
        )
    if not figures:
        return False
    digits = tokens[quantity.last - 1].text
    if before.rstrip(".") in _MONTHS or after.rstrip(".") in _MONTHS:
        return before != "may" or after not in ("people", "civilians", "soldiers")
    if bare and before == "at" and norm_at(tokens, quantity.first - 2) in ("died", "dies", "dead", "death"):
        return True  # "died at 43"
    if before in _BEFORE_LABEL or before in ("$", "/") or (after in (":", "/") and touch(tokens, quantity.last - 1)):
        return True
    if before in (":", "/", ".") and quantity.first > 0 and touch(tokens, quantity.first - 1) and bare:
        return True
    if not bare and quantity.last == quantity.first + 3 and _is_year(tokens[quantity.first].text) and _is_year(digits):
        return True
    if bare and _is_year(digits) and not _counts_people(after):
        return True
    if bare and len(digits) <= 2 and before in ("also", "now", "then") and after in (",", ")"):
        return True
    if bare and before in (",", "(") and after in (",", ")", ".", ";", "-") and len(digits) <= 2:
        # ", 25," and "(25)" after a name are ages; a bare figure between commas counts nobody.
        return before == "(" or norm_at(tokens, quantity.first - 2).isalpha()
    return bare and after in (".", ")") and _starts_line(text, tokens[quantity.first].start)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits.isdecimal() and 1700 <= int(digits) <= 2099


_PEOPLE_AFTER = words(
    "people persons civilians soldiers troops refugees men women children dead killed wounded injured victims "
    "others fighters militants missing casualties deaths prisoners detainees families residents lives hostages"
)


def _counts_people(word: str) -> bool:
    return word in _PEOPLE_AFTER


def _starts_line(text: str, start: int) -> bool:
    line = text[max(0, start - 40) : start].rpartition("\n")[2]
    return not line.strip()
