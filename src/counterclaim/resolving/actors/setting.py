"""The country of a party whose own words name none: that of the places it is told of, or of the whole report.

"Three policemen were shot in Kathmandu": they are Nepal's. What the report itself tells of a party comes before this,
and bodies that work across borders get nothing from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from counterclaim.language import Analysis
from counterclaim.records import Place
from counterclaim.resolving.actors.pronouns import Party
from counterclaim.resolving.actors.tables import english_given_names
from counterclaim.resolving.actors.words import (
    ABROAD,
    ABROAD_HEADS,
    ENGLISH_SPEAKING,
    NOT_ENGLISH,
    OFFICES_OF,
)

_LOCAL = frozenset(("government", "civilians", "military", "person", "armed_group", "media"))
_HOUSES = frozenset(("MED", "EDU", "REL"))
"""Sectors of hospitals, schools and churches, which are where the report plays unless known by name."""
_ELSEWHERE = frozenset(("media", "igo", "ngo"))
"""Kinds whose country says nothing of where a report plays: an agency writes of others."""
_MAIN = 0.5
"""A country has at least this share of the report's places and parties to be its own. Chosen by hand on news text."""
_MINISTRIES = frozenset(("minister", "ministry", "office", "affairs"))
"""Heads of which "foreign" tells the trade."""
_READ = 4
"""Mentions of a party whose sentences are read for places: those that introduce it."""


class Setting:
    """Where a report plays."""

    def __init__(self, analysis: Analysis, places: Sequence[Place], parties: Sequence[Party]) -> None:
        self.analysis = analysis
        self._by_sentence: dict[int, dict[str, None]] = {}  # countries in the order of the text, which breaks ties
        counted: Counter[str] = Counter()
        for place in places:
            if place.country:
                counted[place.country] += 1
                self._by_sentence.setdefault(analysis.sentence_at(place.start), {})[place.country] = None
        for party in parties:
            if party.country and party.country.isalpha() and party.kind not in _ELSEWHERE:
                counted[party.country] += len(party.spans)
        self._counted = counted
        self.main: str | None = None
        if counted:
            country, count = counted.most_common(1)[0]
            self.main = country if count >= _MAIN * counted.total() else None

    def _foreign_name(self, party: Party) -> bool:
        """True of "Scott" in Iraq: an English given name where such are rare."""
        return self.main in NOT_ENGLISH and " " in party.name and party.name.split()[0] in english_given_names()

    def _english(self, party: Party) -> str | None:
        """The English-speaking country that the report tells of most, for an English name where such are rare."""
        if not self._foreign_name(party) or (party.abroad and party.sector != "GOV"):
            return None  # the latter: of the United Nations, not "Minister for Europe"
        told = [(count, country) for country, count in self._counted.items() if country in ENGLISH_SPEAKING]
        return max(told)[1] if told else None

    def country(self, party: Party) -> str | None:
        """The country of a party, worked out from where it is told of; None where the report leaves it open."""
        offices = {OFFICES_OF.get((party.head, word)) for word in party.modifiers | frozenset(party.role_words())}
        if offices - {None}:
            return next(iter(offices - {None}))
        if party.kind == "person" and (english := self._english(party)):
            return english
        abroad = party.modifiers & ABROAD - ({"foreign"} if party.head in _MINISTRIES else frozenset())
        house = party.kind == "other" and (party.sector in _HOUSES or not party.named)
        if (party.kind not in _LOCAL and not house) or abroad or party.head in ABROAD_HEADS or party.abroad:
            return None
        if party.head in ("pope", "pontiff"):
            return "VA"
        if party.head == "representative" and "high" in party.modifiers:
            return None  # of the European Union, or of the United Nations
        if party.head == "marine":
            return "US"  # those of others are told with their country
        if party.kind in ("armed_group", "military") and party.named and party.head.startswith("="):
            return None  # known by name, and known to be of no one country
        near: Counter[str] = Counter()
        for start, _ in sorted(party.spans)[:_READ]:
            near.update(list(self._by_sentence.get(self.analysis.sentence_at(start), ())))
        if party.kind == "person" and self.main:
            return None if self._foreign_name(party) else self.main
        if len(near) == 1 or (near and self.main not in near and near.most_common(1)[0][1] > 1):
            return near.most_common(1)[0][0]
        return self.main
