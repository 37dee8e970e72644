"""Text to tokens: words, numbers and marks with exact offsets, in one pass.

What is one token: a hyphenated word ("six-week", "U.S.-led"), a number with its separators ("6,600", "1.5"), a dotted
acronym or a short form with its period ("U.S.", "Gen."), an ordinal, an ISO or slashed date, a run of one mark ("...").
What is split: clitics ("Armenia" + "’s", "did" + "n't"), number ranges ("10" + "-" + "15"), units ("5" + "pm").
Zero-width characters, soft hyphens and direction marks between words belong to no token; inside a word they stay in
`text` and are left out of `norm`.
"""

from __future__ import annotations

import re
from typing import Final

from counterclaim.language.analysis import Token
from counterclaim.language.lexicon import (
    BEFORE_NUMBER,
    LOWER_SHORT,
    MONTHS_SHORT,
    OTHER_SHORT,
    SITES,
    STATES_SHORT,
    TITLES,
)

IGNORABLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u202a-\u202e\u2066-\u2069"
"""Characters that print nothing, as the inside of a regular expression's class."""

# Combining marks that Python's \w leaves out: Latin, Hebrew, Arabic; and joiners that may stand inside a word.
_JOINERS = "\u00ad\u200c\u200d\u2060\ufeff"
_MARKS = "\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0670\u1dc0-\u1dff\ufe00-\ufe0f"
_WORD = rf"(?:[^\W_][{_MARKS}]*[{_JOINERS}]*)"
_LETTER = r"[^\W\d_]"
_HYPHEN = "[-\u2010\u2011]"

# Quantifiers that could meet again at every start (e-mail, host) are bounded, so that no text takes quadratic time.
_TOKEN = re.compile(
    rf"""
      (?P<link>(?:https?://|www\.)[^\s<>"“”{IGNORABLE}]{{1,2000}}|[\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.\w[\w-]{{0,63}}){{1,4}})
    | (?P<number>\d{{4}}-\d\d-\d\d(?!\d)|\d{{1,4}}/\d{{1,4}}(?:/\d{{1,4}})?(?![\d/])
        |(?:(?<!\w)\.)?\d+(?:[.,:]\d+)*(?:(?:st|nd|rd|th|s)(?!{_WORD}))?(?:{_HYPHEN}(?={_LETTER}){_WORD}+)*)
    | (?P<acronym>Ph\.\s?D\b\.?|{_LETTER}(?:\.{_LETTER})+(?!{_WORD})\.?(?:{_HYPHEN}{_WORD}+)*)
    | (?P<clitic>(?<=[\w.)\]%])['’](?:s|S|ll|re|ve|d|m)(?!\w))
    | (?P<word>[@\#](?=\w)(?:{_WORD}|_)+|{_WORD}+(?:(?:['’ʼ`´]|{_HYPHEN}|&(?=[A-Z])){_WORD}+)*
        (?:(?<=-[A-Z])(?:\.[A-Z])+(?!{_WORD})\.?)?)
    | (?P<mark>''|``|\.{{2,}}|[!?]+|([^\w\s{IGNORABLE}])\7*|_+)
    """,
    re.VERBOSE,
)
_CLITIC = re.compile(r"(?:n['’]t|['’](?:s|ll|re|ve|d|m))$", re.IGNORECASE)
_STRAIGHT = str.maketrans("’‘ʼ´“”„‟«»‹›‐‑", "''''\"\"\"\"\"\"''--")
_INVISIBLE = re.compile(f"[{IGNORABLE}]")
_LINK_TAIL = ".,;:!?'\"’”)]}>*…"
_SHORT = (
    frozenset(form.capitalize() for form in TITLES | MONTHS_SHORT | STATES_SHORT | OTHER_SHORT)
    | LOWER_SHORT
    | frozenset(form.upper() for form in TITLES)
)
_SHORT_BEFORE_NUMBER = frozenset(f(form) for form in BEFORE_NUMBER for f in (str.lower, str.capitalize))
_NUMBER_NEXT = re.compile(r"\s{0,3}[#(]?\d")
_NAME_NEXT = re.compile(r"[^\S\n]{0,3}[A-Z]|,")


def normal(text: str) -> str:
    """Lower case, straight quotes, apostrophes and hyphens, nothing invisible."""
    if text.isascii():
        return '"' if text in ("''", "``") else text.lower()
    return _INVISIBLE.sub("", text.lower().translate(_STRAIGHT))


def tokenise(text: str) -> list[Token]:
    """Tokens of a text in order; each is `text[start:end]`; every visible character is in exactly one."""
    tokens: list[Token] = []
    position = 0
    search = _TOKEN.search
    length = len(text)
    while position < length:
        match = search(text, position)
        if match is None:
            break
        start, end = match.span()
        kind = match.lastgroup
        raw = match.group()
        if raw[-1] in _JOINERS:
            raw = raw.rstrip(_JOINERS)
            end = start + len(raw)
        if kind == "word" and ("'" in raw or "’" in raw):
            clitic = _CLITIC.search(raw)
            if clitic is not None and clitic.start():
                end = start + clitic.start()
                tokens.append(_token(text, start, end))
                start, raw = end, clitic.group()
                end = start + len(raw)
        elif kind == "word" and text[start - 1 : start] == "." and raw in SITES and _is_site(tokens, start):
            tokens.pop()
            start = tokens.pop().start
        elif kind == "link":
            raw = raw.rstrip(_LINK_TAIL)
            end = start + len(raw)
        elif raw == "." and tokens and tokens[-1].end == start and _is_short(text, tokens, end):
            start = tokens.pop().start
        tokens.append(_token(text, start, end))
        position = end
    return tokens


def _token(text: str, start: int, end: int) -> Token:
    raw = text[start:end]
    return Token(start, end, raw, normal(raw))


def _is_site(tokens: list[Token], start: int) -> bool:
    """True where ".org" at `start` follows a word without a space."""
    if len(tokens) < 2 or tokens[-1].text != "." or tokens[-1].end != start:
        return False
    return tokens[-2].end == tokens[-1].start and tokens[-2].text[-1].isalnum()


def _is_short(text: str, tokens: list[Token], after: int) -> bool:
    """True where the period before `after` belongs to the token before it."""
    word = tokens[-1].text
    if word in _SHORT or (word[1:2] == "-" and word[2:] in _SHORT):  # also "(D-Calif.)"
        return True
    if word in _SHORT_BEFORE_NUMBER and _NUMBER_NEXT.match(text, after) is not None:
        return True
    if len(word) == 1 and word.isupper():
        # An initial ("J. Smith"); "I." only after another name word, since "so did I." ends a sentence.
        if _NAME_NEXT.match(text, after) is None:
            return False
        return word != "I" or (len(tokens) > 1 and tokens[-2].text[:1].isupper())
    return False
