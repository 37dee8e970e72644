"""Where and when: the place name and the day that the text gives for a harm, nearest words first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

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
_LEAD = 2
"""Sentences of the lead: they say where and when the news is from."""


class SettingReader:
    """Places and days of one report's claims."""

    def __init__(
        self,
        analysis: Analysis,
        places: Sequence[Place],
        times: Sequence[Time],
        published: date | None,
        not_scenes: Sequence[tuple[int, int]],
    ) -> None:
        self._analysis = analysis
        sources = sorted(not_scenes)
        self._places = [place for place in places if not _within(place.start, sources)]
        self._times = [time for time in times if time.type in ("DATE", "TIME") and time.value]
        self._published = published

    def place(self, start: int, end: int, clause: tuple[int, int], background: bool) -> Place | None:
        """The most specific place of the clause, the sentence, the sentence before, or the lead.

        Names that the words put something at ("in Ibb") come first; names that only stand there ("Armenia says") last.
        """
        stretches = self._around(start, end, clause, background)
        for scenes in (True, False):
            for left, right in stretches:
                found = [place for place in self._between(left, right) if not scenes or self._is_scene(place)]
                if found:
                    return min(found, key=lambda place: (_FINE.get(place.kind, 3), abs(place.start - start)))
        return None

    def time(self, start: int, end: int, clause: tuple[int, int], background: bool) -> Time | None:
        """The day or period nearest to the words at `[start, end)`."""
        for left, right in self._around(start, end, clause, background):
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
        lead = [sentence for sentence in sentences[: _LEAD + 2] if sentence.kind == "body"][:_LEAD]
        stretches.extend((sentence.start, min(sentence.end, sentence.start + 600)) for sentence in lead)
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
