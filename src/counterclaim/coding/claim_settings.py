"""Where and when: the place name and the day that the text gives for a harm, nearest words first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from counterclaim.coding.groups import STOPS
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Place, Time

_FINE = {
    "facility": 0,
    "settlement": 1,
    "admin2": 2,
    "admin1": 3,
    "unresolved": 1,
    "region": 4,
    "water": 4,
    "country": 5,
}
_AT = words("in at near outside inside around on into over across through throughout within between entering")
_AREAS = words(
    "city town village province district capital neighbourhood neighborhood area suburb camp region governorate "
    "part north south east west northeast northwest southeast southwest outskirts side centre center port state "
    "island kms km kilometers kilometres miles countryside stronghold enclave headquarters streets mosque hospital "
    "university"
)
_BETWEEN = words(
    "the a northern southern eastern western central north south east west northeast northwest northeastern "
    "northwestern southeastern southwestern nearby city town village province district capital volatile restive "
    "remote border coastal mountainous rebel-held besieged disputed occupied downtown upper lower"
)
_DAY = re.compile(r"\d{4}(?:-\d\d){2}")
_AHEAD = 2
"""Sentences ahead in which a finer place is looked for."""
_LEAD = 4
"""Sentences of the lead, and of harm told early: they say where and when the news is from."""
_EARLY = 12
"""Sentences that may belong to the lead."""


class SettingReader:
    """Places and days of one report's claims."""

    def __init__(
        self,
        analysis: Analysis,
        places: Sequence[Place],
        times: Sequence[Time],
        published: date | None,
        not_scenes: Sequence[tuple[int, int]],
        harms: Sequence[int] = (),
    ) -> None:
        self._analysis = analysis
        sources = sorted(not_scenes)
        self._places = [place for place in places if not _within(place.start, sources)]
        self._times = [time for time in times if time.type in ("DATE", "TIME") and time.value]
        self._published = published
        told = sorted({analysis.sentence_at(offset) for offset in harms})
        self._told = [number for number in told if number < _EARLY][:_LEAD]
        self._harmed = frozenset(told)
        body = [sentence for sentence in analysis.sentences[: 2 * _LEAD] if sentence.kind == "body"]
        self._lead = [(one.start, min(one.end, one.start + 600)) for one in body[:_LEAD]]

    def place(self, start: int, end: int, clause: tuple[int, int], background: bool) -> Place | None:
        """The most specific place of the clause, the sentence, the sentence before, or the lead.

        Names that the words put something at ("in Ibb") come first; names that only stand there ("Armenia says") last.
        """
        if re.search(r"\bhere\b", self._analysis.text[clause[0] : clause[1]]):
            home = self._dateline()
            if home is not None:
                return home
        near = self._around(start, end, clause, background)
        lead = [] if background else self._lead
        for stretches, scenes in ((near, True), (near[:2], False), (lead, True), ([*near, *lead], False)):
            for left, right in stretches:
                best = self._best(left, right, start, scenes)
                if best is not None:
                    return best if background else self._finer(best, end)
        return None

    def _best(self, left: int, right: int, start: int, scenes: bool) -> Place | None:
        """The best place of one stretch: no mere bearing ("south of Baghdad"), the most specific, the nearest."""
        found = [
            place
            for place in self._between(left, right)
            if (self._is_scene(place) if scenes else not self._is_modifier(place))
        ]
        return min(
            found,
            key=lambda place: (self._is_bearing(place), _FINE.get(place.kind, 3), abs(place.start - start)),
            default=None,
        )

    def _finer(self, place: Place, end: int) -> Place:
        """For news told of a country, the town that the next sentences put it in."""
        if place.kind not in ("country", "region"):
            return place
        number = self._analysis.sentence_at(end)
        for sentence in self._analysis.sentences[number + 1 : number + 1 + _AHEAD]:
            if self._analysis.sentence_at(sentence.start) not in self._harmed:
                continue
            finer = self._best(sentence.start, min(sentence.end, sentence.start + 600), sentence.start, True)
            if finer is not None and _FINE.get(finer.kind, 3) <= _FINE["admin2"]:
                return finer
        return place

    def _dateline(self) -> Place | None:
        """The place a report was filed from, which "here" stands for."""
        for line in self._analysis.datelines:
            if line.place is not None:
                found = self._between(*line.place)
                return found[0] if found else None
        return None

    def _is_bearing(self, place: Place) -> bool:
        """True for the second place of "90 km south of Baghdad", "outside Baghdad", "near Baghdad"."""
        index = self._analysis.token_at(place.start)
        before = [self._analysis.tokens[at].norm for at in range(max(0, index - 2), index)]
        return before[-1:] in (["near"], ["outside"], ["from"]) or (
            before[-1:] == ["of"] and before[0].startswith(("north", "south", "east", "west", "kilomet", "mile", "km"))
        )

    def _is_modifier(self, place: Place) -> bool:
        """True for "US strike", "attacks by Ruritania": the name says whose, not where."""
        index = self._analysis.token_at(place.start)
        if index and self._analysis.tokens[index - 1].norm == "by":
            return True
        index = self._analysis.token_at(place.end - 1) + 1
        if place.kind != "country" or index >= len(self._analysis.tokens):
            return False
        after = self._analysis.tokens[index]
        return after.text[:1].isalpha() and after.norm not in STOPS and after.start <= place.end + 1

    def time(self, start: int, end: int, clause: tuple[int, int], background: bool) -> Time | None:
        """The day or period nearest to the words at `[start, end)`."""
        near = self._around(start, end, clause, background)
        for left, right in near if background else [*near, *self._lead]:
            first = bisect_left(self._times, left, key=lambda time: time.start)
            found = []
            for time in self._times[first:]:
                if time.start >= right:
                    break
                found.append(time)
            if found:
                return min(found, key=lambda time: (not _DAY.match(time.value or ""), abs(time.start - start)))
        return None

    def _around(self, start: int, end: int, clause: tuple[int, int], background: bool) -> list[tuple[int, int]]:
        """Stretches to look in, nearest first. Context told from another time has no scene outside its sentence."""
        sentences = self._analysis.sentences
        number = self._analysis.sentence_at(start)
        own = sentences[number]
        stretches = [clause, (max(own.start, start - 600), min(own.end, end + 600))]
        if background:
            return stretches
        if number and sentences[number - 1].paragraph >= own.paragraph - 1:
            before = sentences[number - 1]
            stretches.append((max(before.start, before.end - 600), before.end))
        for number in self._told:
            sentence = sentences[number]
            stretches.append((sentence.start, min(sentence.end, sentence.start + 600)))
        return stretches

    def _between(self, left: int, right: int) -> list[Place]:
        first = bisect_left(self._places, left, key=lambda place: place.start)
        found = []
        for place in self._places[first:]:
            if place.start >= right:
                break
            found.append(place)
        return found

    def _is_scene(self, place: Place) -> bool:
        """True where the words before the name put something there, or a scene stands before its comma."""
        tokens = self._analysis.tokens
        index = self._analysis.token_at(place.start)
        for _ in range(4):
            before = tokens[index - 1].norm if 0 < index <= len(tokens) else ""
            if before in _AT:
                return True
            if before == "of":
                return index > 1 and tokens[index - 2].norm in _AREAS
            if before in (",", "(") and index > 1:
                return tokens[index - 2].text[:1].isupper() or tokens[index - 2].norm in _AREAS
            if before not in _BETWEEN:
                return False
            index -= 1
        return False


def day_of(time: Time | None) -> str:
    """The date of a claim as the annotation guide writes it: a day, a month, a year, or START/END."""
    if time is None or not time.value:
        return ""
    value = time.value
    if _DAY.match(value):
        return value[:10]
    if re.fullmatch(r"\d{4}(?:-\d\d)?", value):
        return value
    if time.from_ and time.to:
        return time.from_[:10] if time.from_[:10] == time.to[:10] else f"{time.from_[:10]}/{time.to[:10]}"
    return ""


def _within(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_left(spans, offset + 1, key=lambda span: span[0]) - 1
    return index >= 0 and offset < spans[index][1]
