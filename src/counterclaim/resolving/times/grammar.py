"""How rules over token classes are written and matched: the machinery of the grammar, and one pass over a text.

A rule is a regular expression whose words are class names of `words`; `name=` before one captures it. At each
place the longest match wins, the earlier rule where two are as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from counterclaim.resolving.times.meanings import Meaning, Mention
from counterclaim.resolving.times.words import LETTERS, Word

MACROS: Mapping[str, str] = {
    "a_month": "(month|weak_month)",
    "a_weekday": "(weekday|weekday_short)",
    "a_year": "(year_number|short_year)",
    "a_day": "(day_number|day_ordinal)",
    "nth": "(ordinal|second|ordinal_number|day_ordinal)",
    "a_unit": "(unit|units|second|night)",
    "day_part": "(part|night)",
    "any_number": "(number|many|day_number|year_number|other_number|clock_number)",
    "roughly": "(about|at least|at about|more than)",
    "counted": "(any_number(hyphen? any_number){0,2}(hyphen? and? hyphen? a? hyphen?(fraction|half))?"
    "|fraction|a some_of of? number?|half a many|a many?(and any_number)?|some_of of?)",
}
"""Names that stand for several classes, or for a small pattern."""

_NAME = re.compile(r"[a-z_]+")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of class names as one over class letters."""
    for _ in range(2):
        pattern = re.sub(r"\b[a-z_]+\b(?!=)", lambda match: MACROS.get(match[0], match[0]), pattern)
    pattern = re.sub(r"(?<!=)\(", "(?:", pattern)
    pattern = re.sub(r"\b([a-z_]+)=\(", r"(?P<\1>", pattern)
    pattern = re.sub(r"\b([a-z_]+)=([a-z_]+)", lambda match: f"(?P<{match[1]}>{LETTERS[match[2]]})", pattern)
    pattern = re.sub(r"(?<!<)\b[a-z_]+\b(?!>)", lambda match: LETTERS[match[0]], pattern)
    return re.compile(pattern.replace(" ", ""))


class Captured:
    """What a rule matched: its tokens by the name they were captured under, and the tokens around it."""

    def __init__(self, tokens: Sequence[Word], match: re.Match[str], day_first: bool | None) -> None:
        self._tokens = tokens
        self._match = match
        self.first, self.last = match.span()
        self.day_first = day_first

    def has(self, name: str) -> bool:
        """Whether a capture took part."""
        return self._match.groupdict().get(name) is not None

    @property
    def original(self) -> str:
        """The first token matched, as written."""
        return self._tokens[self.first].text

    @property
    def final(self) -> str:
        """The last token matched, as written."""
        return self._tokens[self.last - 1].text

    def words(self, name: str = "") -> list[str]:
        """The lower-case tokens of a capture, or of the whole match."""
        if name and not self.has(name):
            return []
        start, end = self._match.span(name or 0)
        return [token.low for token in self._tokens[start:end]]

    def text(self, name: str) -> str:
        """The first lower-case token of a capture, "" where it is not there."""
        return next(iter(self.words(name)), "")

    def before(self, back: int = 1) -> Word:
        """The token so many before the match, an empty one past the start."""
        return self._at(self.first - back)

    def after(self, ahead: int = 0) -> Word:
        """The token so many after the match, an empty one past the end."""
        return self._at(self.last + ahead)

    def _at(self, index: int) -> Word:
        return self._tokens[index] if 0 <= index < len(self._tokens) else Word(0, 0, "", "", "")


class Rule(NamedTuple):
    """A named pattern and what makes a meaning of its captures (None where it is no time after all)."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[Captured], Meaning | None]


def rule(name: str, pattern: str, build: Callable[[Captured], Meaning | None]) -> Rule:
    """A rule from its written pattern."""
    return Rule(name, compiled(pattern), build)


def mentions(tokens: Sequence[Word], classes: str, rules: Sequence[Rule], day_first: bool | None) -> list[Mention]:
    """All that the rules find, in text order and without overlap, the longest first where they compete."""
    found = [
        (match.start(), -match.end(), order, match)
        for order, each in enumerate(rules)
        for match in each.pattern.finditer(classes)
    ]
    found.sort(key=lambda candidate: candidate[:3])
    chosen = []
    reached = 0
    for start, minus_end, order, match in found:
        if start < reached:
            continue
        meaning = rules[order].build(Captured(tokens, match, day_first))
        if meaning is not None:
            reached = -minus_end
            chosen.append(Mention(start, reached, meaning, rules[order].name))
    return chosen
