"""The side of those a harm was done to, as a short name in the text's own words."""

from __future__ import annotations

from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.nations import country_of
from counterclaim.language import Analysis

_REACH = 8
"""Tokens before a statement in which "its own" is looked for."""


class PartyReader:
    """Victims' sides in one text."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens

    def side(self, stated: Stated) -> str:
        """The country or group the victims belong to, "" where the group's words do not say."""
        for group in stated.groups:
            last = min(group.last + 6, len(self._tokens)) if self._norm(group.last) in ("of", "from") else group.last
            for index in range(group.noun_first, last):
                token = self._tokens[index]
                name = country_of(token.text)
                if name:
                    return name
                if index < group.last and index != group.head and token.text[:1].isupper() and token.text.isupper():
                    return token.text
                if index > group.last and token.text[:1].isupper():
                    return self._text(index, self._name_end(index))
        return ""

    def own(self, stated: Stated, source: str) -> str:
        """The side of a source that tells of "its own" dead or losses; "" where it does not, or has no country."""
        first = self._analysis.sentences[self._analysis.sentence_at(self._tokens[stated.first].start)].first
        for index in range(max(first, stated.first - _REACH), stated.last):
            if self._norm(index) == "own" and self._norm(index - 1) in ("its", "their"):
                return next((land for land in map(country_of, source.split()) if land), "")
        return ""

    def _name_end(self, index: int) -> int:
        end = index
        while end < len(self._tokens) and self._tokens[end].text[:1].isupper() and end < index + 4:
            end += 1
        return end

    def _text(self, first: int, last: int) -> str:
        return self._analysis.text[self._tokens[first].start : self._tokens[last - 1].end]

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""
