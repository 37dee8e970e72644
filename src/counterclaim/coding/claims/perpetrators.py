"""Who is said to have done a harm: what the harm's own sentence says by rule, and the ranker's choice among all doers.

The rules are tried in the order of how often each was right on the annotated training claims. Which of them reads
somebody is a sign to the ranker (`doer_choice`), which also looks beyond the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.coding.claims.accused import accused
from counterclaim.coding.claims.doer_choice import DoerChooser
from counterclaim.coding.claims.doers import ACTS, CLASHES, VIOLENT, Doer, DoerReader
from counterclaim.coding.claims.groups import DETERMINERS, PREPOSITIONS, STOPS
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.context import period_clause
from counterclaim.coding.people import is_person
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Attribution
from counterclaim.resolving.actors import ActorIndex

_FAR = 16
"""Tokens after the harm in which "by" names who did it, at most."""
_WIDE = 45
"""Tokens each side of a harm within which its sentence may name who did it."""
_OPENS = words("when as while who which that where after before because ; : said although though if whose")
_STOP_AT = words("when after while as who which that where said ; but whose because .")
_ANYBODY = words(
    "people person dead others one victims victim casualties survivors officials official doctors medics witnesses "
    "residents residents' children child families family wounded injured head heads hands life lives"
)
_AUXILIARY = words("had has have also then and shot allegedly reportedly")
_LONGEST = 6
"""Words of the longest phrase taken for who did it."""
_AGENTED = ("passive", "reduced", "of")
_BY_PEOPLE = ("passive", "reduced")
_SCENES = words("in by during from of to after as when while since that which amid where")
_LIKELY = 0.35
"""Chance from which a doer is given; by folds over claims-train 71 in 100 given are then of the right party. A lower
one would find more (on claims-dev .52 at .3, .51 here), but a wrong name costs a reader more than a missing one."""


class Perpetrator(NamedTuple):
    """The short name and the actor where it is one; "" for nobody."""

    name: str = ""
    actor: str | None = None


class _Read(NamedTuple):
    """Whom a rule reads, and which one."""

    doer: Doer | None = None
    rule: str = ""


class PerpetratorReader:
    """Perpetrators of one report's statements."""

    def __init__(
        self,
        analysis: Analysis,
        actors: ActorIndex,
        attributions: Sequence[Attribution],
        stated: Sequence[Stated],
        background: Sequence[bool],
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._doers = DoerReader(analysis, actors)
        self._sources = {
            index
            for one in attributions
            if one.source is not None
            for index in range(analysis.token_at(one.source[0]), analysis.token_at(one.source[1] - 1) + 1)
        }
        self._victims = {
            index for one in stated for group in one.groups for index in range(group.noun_first, group.last)
        }
        read = [self._own(one) for one in stated]
        spans = [((doer.first, doer.last) if doer is not None else None, rule) for doer, rule in read]
        self.chooser = DoerChooser(analysis, actors, self._doers, stated, background, self._sources, spans)

    def perpetrator(self, number: int) -> Perpetrator:
        """Who did the harm of statement `number`."""
        chosen = self.chooser.chosen(number, _LIKELY)
        return Perpetrator() if chosen is None else Perpetrator(chosen.name, chosen.mention.doer.actor)

    def _own(self, one: Stated) -> _Read:
        """What the statement's own sentence says."""
        number = self._analysis.sentence_at(self._tokens[one.first].start)
        sentence = self._analysis.sentences[number]
        doers = [
            doer
            for doer in self._doers.between(number, one.first - 2 * _WIDE, one.last + 2 * _WIDE)
            if not any(index in self._victims for index in range(doer.first, doer.last))
            or (doer.kind == "act" and doer.first not in self._victims)
        ]
        told = self._by(one, doers, sentence.last)
        if told is not None:
            return _Read(told, "by")
        if one.active and one.pattern in ("active", "ing", "base"):
            told = self._subject(one, doers, max(sentence.first, one.cue[0] - _WIDE))
            if told is not None:
                return _Read(told, f"subject {told.kind}")
        after = max(one.cue[1], one.last)
        doers = [doer for doer in doers if doer.first not in self._sources]
        near = [doer for doer in doers if after <= doer.first < after + _WIDE]
        for doer in near:
            if doer.kind == "act" and self._doers.before(doer) in _SCENES:
                return _Read(doer, "act after")
        for doer in near:
            if self._delivers(doer, after):
                return _Read(doer, "act from")
        for doer in near:
            if doer.kind in ("force", "armed", "actor", "state", "person") and self._doers.attacks(doer, sentence.last):
                return _Read(doer, f"attacker after {doer.kind}")
        for doer in near:
            if self._doers.before(doer) in ("with", "between", "fighting") and any(
                self._norm(index) in CLASHES for index in range(max(after - 1, doer.first - 6), doer.first)
            ):
                return _Read(doer, "clash")
        if not one.active or one.pattern in ("of", "lost"):
            since = self._since(one)
            far = [doer for doer in doers if one.first - _WIDE <= doer.first and doer.last <= one.first]
            far = [doer for doer in far if self._tokens[doer.first].start >= since]
            for doer in reversed(far):
                if doer.kind == "act":
                    return _Read(doer, "act before")
            for doer in reversed(far):
                if doer.kind != "act" and self._doers.attacks(doer, one.first):
                    return _Read(doer, f"attacker before {doer.kind}")
        tried = accused(self._tokens, self._doers.doers(number), one.first, max(sentence.first, one.first - _WIDE))
        return _Read(tried, "tried") if tried is not None else _Read()

    def _by(self, one: Stated, doers: Sequence[Doer], last: int) -> Doer | None:
        """ "killed by Sudanese soldiers", "killed in attacks by Azerbaijan"."""
        for index in range(one.cue[1], min(last, one.cue[1] + _FAR)):
            word = self._norm(index)
            if word in _STOP_AT or (one.active and word in ("was", "were")):
                return None
            if word == "by" and not self._norm(index + 1).endswith("ing"):
                for doer in doers:
                    if doer.first in self._sources or (doer.kind == "person" and one.pattern not in _AGENTED):
                        continue
                    if index < doer.first <= index + 8 and self._joined(index + 1, doer.first):
                        return doer
                return self._people_after(index + 1, min(last, index + 7)) if one.pattern in _BY_PEOPLE else None
        return None

    def _people_after(self, first: int, last: int) -> Doer | None:
        """ "by two neighbours", "by tribal rivals": a phrase that ends in a word for people."""
        end = -1
        for index in range(first, last):
            word = self._norm(index)
            if word in STOPS and word not in DETERMINERS and word not in ("a", "an", "two", "three", "another"):
                break
            if is_person(word) and word not in _ANYBODY:
                end = index + 1
        return self._doers.people(first, end) if end > first else None

    def _people_before(self, verb: int, least: int, harmed: bool = False) -> Doer | None:
        """ "A neighbour shot two men": the people right before the verb, themselves harmed elsewhere if so asked."""
        last = verb
        while last - 1 > least and (self._norm(last - 1) in _AUXILIARY or self._norm(last - 1).endswith("ly")):
            last -= 1
        if (
            not is_person(self._norm(last - 1))
            or self._norm(last - 1) in _ANYBODY
            or (last - 1 in self._victims and not harmed)
        ):
            return None
        first = last - 1
        while first - 1 >= least and self._norm(first - 1) not in STOPS and self._tokens[first - 1].text[0].isalnum():
            first -= 1
        if self._norm(first - 1) in PREPOSITIONS or first < last - _LONGEST:
            return None
        return self._doers.people(first, last)

    def _joined(self, first: int, last: int) -> bool:
        """True where only articles, adjectives and nouns stand between two tokens."""
        return not any(
            self._norm(index) in PREPOSITIONS | _STOP_AT and self._norm(index) not in ("of",)
            for index in range(first, last)
        )

    def _subject(self, one: Stated, doers: Sequence[Doer], first: int) -> Doer | None:
        """The first doer of the verb's clause that no preposition governs; before "who killed", whom it stands for."""
        verb = one.cue[0]
        start = verb - 1
        while start > first and self._norm(start) not in _OPENS:
            start -= 1
        for doer in doers:
            if start <= doer.first and doer.last <= verb and self._is_free(doer, one):
                if doer.kind in ("state", "person") and not self._governs(doer, verb):
                    continue
                return doer
            if doer.first == start + 1 and doer.last == verb and doer.kind != "act":
                return doer
        people = self._people_before(verb, max(first, start))
        if people is not None:
            return people
        opener = self._norm(start)
        if opener == "who" and (people := self._people_before(start, max(0, start - _LONGEST), True)) is not None:
            return people
        if opener in ("who", "which", "that"):
            for doer in reversed([doer for doer in doers if start - 8 <= doer.first and doer.last <= start]):
                touching = doer.last >= start - 1
                if doer.kind == "state" or ((opener == "that" or doer.kind == "person") and not touching):
                    continue
                if doer.kind == "act" or self._doers.before(doer) not in PREPOSITIONS:
                    return doer
        return None

    def _is_free(self, doer: Doer, one: Stated) -> bool:
        before = self._doers.before(doer)
        if doer.kind == "act":
            return before not in ("on", "against", "to") or one.pattern == "ing"
        if doer.first in self._sources and one.pattern == "ing":
            return False
        if before == "by":
            return doer.kind != "person"
        return before not in PREPOSITIONS and self._norm(doer.last) != "'s"

    def _governs(self, doer: Doer, verb: int) -> bool:
        """True where a name stands right before the verb, or a verb of violence follows it: no name of a place."""
        if self._norm(doer.first - 1) in (",", "and"):
            return False
        return verb - doer.last <= 3 or any(self._norm(index) in VIOLENT for index in range(doer.last, doer.last + 3))

    def _delivers(self, doer: Doer, least: int) -> bool:
        """True for "missiles from an aircraft of theirs", "bombed by their jets"."""
        return self._doers.before(doer) in ("from", "by") and any(
            self._norm(index) in ACTS or (self._norm(index) in VIOLENT and self._norm(index + 1) == "by")
            for index in range(max(least, doer.first - 7), doer.first)
        )

    def _since(self, one: Stated) -> int:
        return period_clause(self._analysis, self._tokens[one.first].start, self._tokens[one.last - 1].end)

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""
