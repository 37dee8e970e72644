"""Stretches of words written as names, before anybody says what they stand for.

A name is the longest run of capitalised words in a sentence, with the small words that stand inside names ("of", "al",
"bin"; "for", "and", "the" in names of organisations). Possessive endings, calendar words and the plain word that only
opens its sentence are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from counterclaim.language.analysis import Name, Sentence, Token
from counterclaim.language.lexicon import CALENDAR, MONTHS_SHORT, ORGANISATIONS, SMALL_IN_NAMES, STARTERS

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_PREFIXED = re.compile(r"(?:al|el|as|an|ad|ash|at|ul|ar|az)[-'][A-Z]")
_LONGEST: Final = 16
"""Tokens in one name; longer runs are headlines in capitals."""


def names_of(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[Name]:
    """Names in text order; they do not overlap and none crosses a sentence."""
    plain = _plain_words(tokens, sentences)
    names: list[Name] = []
    for sentence in sentences:
        words = tokens[sentence.first : sentence.last]
        if words:
            loud = _loud(words)
            names.extend(_in_sentence(words, plain, loud))
    return names


def _plain_words(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> frozenset[str]:
    """Words that this very text writes in lower case more often than as a name."""
    lower: dict[str, int] = {}
    upper: dict[str, int] = {}
    openers = {sentence.first for sentence in sentences}
    for index, token in enumerate(tokens):
        initial = token.text[0]
        if initial.islower():
            lower[token.norm] = lower.get(token.norm, 0) + 1
        elif initial.isupper() and index not in openers:
            upper[token.norm] = upper.get(token.norm, 0) + 1
    return frozenset(word for word, count in lower.items() if count > upper.get(word, 0))


def _loud(words: Sequence[Token]) -> bool:
    """True for a line in title case or capitals, where a capital says little."""
    letters = [token for token in words if token.text[0].isalpha() and len(token.text) > 3]
    return len(letters) >= 4 and sum(token.text[0].isupper() for token in letters) >= 0.8 * len(letters)


def _capital(token: Token) -> bool:
    text = token.text
    return text[0].isupper() or _PREFIXED.match(text) is not None


def _usable(words: Sequence[Token], index: int, opener: int, plain: frozenset[str], loud: bool) -> bool:
    """True where the capitalised word at `index` may be part of a name."""
    token = words[index]
    norm = token.norm
    if norm == "i" or (
        norm in CALENDAR and not (norm in ("may", "april", "june", "august") and _after_name(words, index))
    ):
        return False
    if norm.rstrip(".") in MONTHS_SHORT and index + 1 < len(words) and words[index + 1].text[0].isdigit():
        return False
    if norm in STARTERS and (index == opener or loud or not token.text.isupper()):
        return False
    if loud:
        return norm not in plain
    if index == opener and norm in plain:
        # "Police Chief" keeps its first word, "Police said" does not.
        return index + 1 < len(words) and _capital(words[index + 1]) and words[index + 1].norm not in CALENDAR
    return True


def _after_name(words: Sequence[Token], index: int) -> bool:
    return (
        index > 1
        and words[index - 1].text[0].isupper()
        and words[index - 1].norm not in STARTERS
        and not (index + 1 < len(words) and words[index + 1].text[0].isdigit())
    )


def _in_sentence(words: Sequence[Token], plain: frozenset[str], loud: bool) -> list[Name]:
    opener = next((i for i, token in enumerate(words) if token.text[0].isalnum()), 0)
    openers = {opener} | {
        i + 1 for i, token in enumerate(words[:-1]) if token.text[0] in "\"“‘'`«:" or token.text in ("--", "–", "—")
    }
    names: list[Name] = []
    index = 0
    while index < len(words):
        token = words[index]
        first = opener if index == opener else (index if index in openers else opener)
        starts = _capital(token) and _usable(words, index, first, plain, loud)
        if not starts and not (_ORDINAL.match(token.text) and _next_capital(words, index)):
            index += 1
            continue
        end = _extend(words, index, plain, loud)
        names.append(Name(token.start, words[end - 1].end))
        index = end
    return names


def _next_capital(words: Sequence[Token], index: int) -> bool:
    return (
        index + 1 < len(words)
        and words[index + 1].text[0].isupper()
        and words[index + 1].norm not in STARTERS | CALENDAR
    )


def _extend(words: Sequence[Token], start: int, plain: frozenset[str], loud: bool) -> int:
    """Index after the last word of the name that begins at `start`."""
    end = start + 1
    organisation = words[start].norm in ORGANISATIONS
    while end < len(words) and end - start < _LONGEST:
        token = words[end]
        if _capital(token) and _usable(words, end, -1, plain, loud):
            organisation = organisation or token.norm in ORGANISATIONS
            end += 1
            continue
        step = _connector(words, end, organisation, plain, loud)
        if not step:
            break
        end += step
    return end


def _connector(words: Sequence[Token], index: int, organisation: bool, plain: frozenset[str], loud: bool) -> int:
    """How many small words to step over to the next capitalised word of the same name; 0 where the name ends."""
    small = words[index].norm
    if small in SMALL_IN_NAMES or small in ("of", "&", "-") or (organisation and small in ("for", "and", "on", "in")):
        step = 1
    else:
        return 0
    if small == "-" and (words[index].start != words[index - 1].end):
        return 0
    if small in ("in", "on", "and") and not _organisation_goes_on(words, index):
        return 0
    if small in ("of", "for") and index + step < len(words) and words[index + step].norm == "the":
        step += 1
    following = index + step
    if following >= len(words) or not _capital(words[following]):
        return 0
    return step if _usable(words, following, -1, plain, loud) else 0


def _organisation_goes_on(words: Sequence[Token], index: int) -> bool:
    """True where "and", "on" or "in" after an organisation's head likely joins parts of its name.

    "Ministry of Labor and Social Affairs" does, "Defense Ministry and Azerbaijan" does not: the head must come with
    "of", "for" or "on" before the joining word, or be the word just before "on".
    """
    small = words[index].norm
    before = [token.norm for token in words[max(0, index - 6) : index]]
    if small == "on":
        return before[-1:] != [] and before[-1] in ORGANISATIONS
    if small == "in":
        return "for" in before and "and" in before
    return any(before[i] in ORGANISATIONS and before[i + 1] in ("of", "for", "on") for i in range(len(before) - 2))
