"""Stretches of words written as names, before anybody says what they stand for.

A name is the longest run of capitalised words in a sentence, with the small words that stand inside names ("of", "al",
"bin"; "for", "and", "the" in names of organisations). Possessive endings, calendar words and the plain word that only
opens its sentence are left out; "Moscow-backed" gives "Moscow".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from counterclaim.language.analysis import Name, Sentence, Token
from counterclaim.language.lexicon import (
    CALENDAR,
    DESCRIBERS,
    JOINING,
    MONTHS_SHORT,
    ORGANISATIONS,
    SMALL_IN_NAMES,
    STARTERS,
    plain_words,
)

LONGEST: Final = 16
"""Tokens in one name; longer runs are lines in capitals."""

_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)$")
_PREFIXED = re.compile(r"(?:al|el|as|an|ad|ash|at|ul|ar|az)[-'][A-Z]")
_COMPOUND = re.compile(r"(?<=..)(?<!^Al)(?<!^El)[-‐‑][a-z]{2,}$")
_PERSONAL_MONTHS = frozenset(("may", "april", "june", "august"))


def names_of(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[Name]:
    """Names in text order; they do not overlap and none crosses a sentence."""
    plain, named = _habits(tokens, [s for s in sentences if not _loud(tokens[s.first : s.last])])
    names: list[Name] = []
    for sentence in sentences:
        names.extend(_Line(tokens[sentence.first : sentence.last], plain, named).names())
    return names


def _habits(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> tuple[frozenset[str], frozenset[str]]:
    """Words that this very text mostly writes in lower case, and those it mostly writes as names."""
    lower: dict[str, int] = {}
    upper: dict[str, int] = {}
    for sentence in sentences:
        for index in range(sentence.first, sentence.last):
            token = tokens[index]
            if token.text[0].islower():
                lower[token.norm] = lower.get(token.norm, 0) + 1
            elif token.text[0].isupper() and index != sentence.first:
                upper[token.norm] = upper.get(token.norm, 0) + 1
    plain = frozenset(word for word, count in lower.items() if count > upper.get(word, 0))
    return plain, frozenset(word for word, count in upper.items() if count > lower.get(word, 0))


def _loud(words: Sequence[Token]) -> bool:
    """True for a line in title case or in capitals, where a capital says little."""
    long = [token.text for token in words if token.text[0].isalpha() and len(token.text) > 3]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.9 * len(long)


class _Line:
    """The words of one sentence, with what is known of how it is written."""

    def __init__(self, words: Sequence[Token], plain: frozenset[str], named: frozenset[str]) -> None:
        self.words = words
        self.plain = plain
        self.named = named
        opener = next((i for i, token in enumerate(words) if token.text[0].isalnum()), 0)
        self.openers = {opener} | {
            i + 1
            for i, token in enumerate(words)
            if token.text[0] in "\"“‘'`«:•" or token.text in ("--", "–", "—", "...", "…")
        }
        self.loud = _loud(words)
        self.shouted = self.loud and sum(token.text.isupper() for token in words) >= 0.7 * len(words)

    def names(self) -> list[Name]:
        """The names of the line."""
        found: list[Name] = []
        index = 0
        while index < len(self.words):
            if not (self._capital(index) and self._usable(index, index in self.openers)) and not self._ordinal(index):
                index += 1
                continue
            end = self._extend(index)
            last = self.words[end - 1]
            tail = _COMPOUND.search(last.text)
            found.append(Name(self.words[index].start, last.end if tail is None else last.start + tail.start()))
            index = end
        return found

    def _capital(self, index: int) -> bool:
        if index >= len(self.words):
            return False
        text = self.words[index].text
        return text[0].isupper() or (text[0] in "aeu" and _PREFIXED.match(text) is not None)

    def _usable(self, index: int, opens: bool) -> bool:
        """True where the capitalised word at `index` may be part of a name."""
        token = self.words[index]
        norm = token.norm
        acronym = token.text.isupper() and len(token.text) > 1 and not self.shouted
        if norm == "i" or not self._no_date(index, norm):
            return False
        if acronym:
            return norm not in ("the", "not", "a", "and", "no", "is", "are", "all", "never", "will")
        if norm in CALENDAR:
            return True
        if norm in STARTERS:
            return norm == "will" and not opens and not self.loud and self._capital(index + 1)
        if norm in self.named and not self.loud:
            return True
        if self.loud:
            return norm in self.named or norm not in plain_words()
        if opens and (norm in self.plain or norm in plain_words() or norm in DESCRIBERS):
            # "Police Chief" keeps its first word, "Police said" does not.
            return self._capital(index + 1) and self._usable(index + 1, False)
        return True

    def _no_date(self, index: int, norm: str) -> bool:
        """False for a weekday or a month, unless it reads as a person's name ("Theresa May")."""
        before_number = index + 1 < len(self.words) and self.words[index + 1].text[0].isdigit()
        if norm.rstrip(".") in MONTHS_SHORT:
            return not before_number
        if norm not in CALENDAR:
            return True
        person = norm in _PERSONAL_MONTHS and index > 0 and not before_number
        return person and self._capital(index - 1) and self.words[index - 1].norm not in STARTERS

    def _ordinal(self, index: int) -> bool:
        """True for "25th" before a capitalised word: "25th Division"."""
        text = self.words[index].text
        if not text[0].isdigit() or not _ORDINAL.match(text) or not self._capital(index + 1):
            return False
        return self._usable(index + 1, False)

    def _extend(self, start: int) -> int:
        """Index after the last word of the name that begins at `start`."""
        end = start + 1
        organisation = self.words[start].norm in ORGANISATIONS
        while end < len(self.words) and end - start < LONGEST and not _COMPOUND.search(self.words[end - 1].text):
            if self._capital(end) and self._usable(end, False):
                organisation = organisation or self.words[end].norm in ORGANISATIONS
                end += 1
                continue
            step = self._connector(end, organisation)
            if not step:
                break
            end += step
        return end

    def _connector(self, index: int, organisation: bool) -> int:
        """How many small words to step over to the next word of the same name; 0 where the name ends."""
        small = self.words[index].norm
        joins = small in SMALL_IN_NAMES or small in ("of", "&", "-")
        if not joins and not (organisation and small in ("for", "and", "on", "in")):
            return 0
        if small == "-" and self.words[index].start != self.words[index - 1].end:
            return 0
        if small in ("in", "on", "and") and not self._organisation_goes_on(index):
            return 0
        step = 1
        if small in ("of", "for") and index + 1 < len(self.words) and self.words[index + 1].norm == "the":
            step = 2
        return step if self._capital(index + step) and self._usable(index + step, False) else 0

    def _organisation_goes_on(self, index: int) -> bool:
        """True where "and", "on" or "in" after an organisation's head likely joins parts of its name.

        "Ministry of Labour and Social Affairs" does, "Defence Ministry and Norland" does not: the head must come with
        "of" before "and", or be the word just before "on"; and the bodies that join two fields so are few.
        """
        small = self.words[index].norm
        before = [token.norm for token in self.words[max(0, index - 6) : index]]
        if small == "on":
            return bool(before) and before[-1] in ORGANISATIONS
        if small == "in":
            return "for" in before and "and" in before
        return any(before[i] in JOINING and before[i + 1] in ("of", "for", "on") for i in range(len(before) - 2))
