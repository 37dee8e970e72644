"""Where and when: the place name and the day that the text gives for a harm, nearest words first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date

from counterclaim.coding.claims.places import Scene, SceneReader
from counterclaim.coding.context import is_period
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Place, Time
from counterclaim.resolving.actors import ActorIndex

_DAY = re.compile(r"\d{4}(?:-\d\d){2}")
_LEAD = 4
"""Sentences of the lead, and of harm told early: they say where and when the news is from."""
_BACK = 2
"""Sentences back from which the scene of a harm is taken, and ahead in which a finer one is looked for."""
_FEW = 2
"""Towns named in a report whose lead may stand for the scene of any of its harms."""
_WINDOW = 600
"""Characters of a long sentence that are read, each side."""
_SINCE = re.compile(r"\bsince (?:the |early |late |mid-|last )*$", re.IGNORECASE)
_HERE = re.compile(r"\bhere\b")
_SPEAKS = words(
    "said says say told announced reported confirmed added claimed stated declared acknowledged admitted quoted wrote "
    "tweeted posted condemned denied reiterated insisted warned"
)
_JUDGES = words(
    "sentenced convicted jailed charged indicted acquitted arraigned imprisoned extradited trial court guilty prison"
)
"""Words of the courts: a day beside them is the trial's, not that of the crime tried."""
_MARKS = words("anniversary commemorated remembered arraigned")
_MAY_STAND = words("on late early here also in a the statement reporters afp reuters xinhua earlier by press him them")
_VERDICT = 2
"""Tokens after a day within which a verdict makes it the court's: "on Thursday sentenced", "Thursday has jailed"."""
_EARLY = 12
"""Sentences that may belong to the lead."""
_REFERS = re.compile(
    r"\b(?:his|her|their|the|this|that)\s+(region|province|district|village|town|city|camp)\b(?!\s+of\b)"
)
_ADMIN = frozenset(("admin1", "admin2", "region"))
_TOWN = frozenset(("settlement", "unresolved", "facility"))
_NAMED = {
    "region": _ADMIN,
    "province": _ADMIN,
    "district": frozenset(("admin2", "settlement", "unresolved")),
    "village": _TOWN,
    "town": _TOWN,
    "city": frozenset(("settlement",)),
    "camp": _TOWN,
}
_TOWNS = frozenset(("settlement", "facility", "unresolved"))


class SettingReader:
    """Places and days of one report's claims."""

    def __init__(
        self,
        analysis: Analysis,
        places: Sequence[Place],
        actors: ActorIndex,
        times: Sequence[Time],
        published: date | None,
        not_scenes: Sequence[tuple[int, int]],
        harms: Sequence[int] = (),
    ) -> None:
        self._analysis = analysis
        self._scenes = SceneReader(analysis, places, actors, not_scenes)
        self._towns = {place.text for place in places if place.kind in _TOWNS}
        self._last: tuple[int, Scene] | None = None
        self._times = [time for time in times if time.type in ("DATE", "TIME") and time.value]
        self._published = published
        self._spoken = spoken_days(analysis, times)
        told = sorted({analysis.sentence_at(offset) for offset in harms})
        early = [analysis.sentences[number] for number in told if number < _EARLY][:_LEAD]
        self._told = [(one.start, min(one.end, one.start + _WINDOW)) for one in early]
        body = [sentence for sentence in analysis.sentences[: 2 * _LEAD] if sentence.kind == "body"]
        self._lead = [(one.start, min(one.end, one.start + _WINDOW)) for one in body[:_LEAD]]

    def place(self, start: int, end: int, clause: tuple[int, int], background: bool) -> Scene | None:
        """The most specific place of the clause, the sentence, the harm before, the sentence before, or the lead.

        Ask in text order. Names that the words put something at ("in Ibb") come first; towns that only stand there
        ("the Ibb blast") last. Context told from another time has no scene outside its sentence.
        """
        if _HERE.search(self._analysis.text, *clause):
            home = self._dateline()
            if home is not None:
                return home
        number = self._analysis.sentence_at(start)
        own = self._analysis.sentences[number]
        found = self._own(start, clause, (max(own.start, start - _WINDOW), min(own.end, end + _WINDOW)))
        if background:
            return found
        if found is not None:
            found = self._finer(found, number) or found
            self._last = (number, found)
            return found
        if self._last is not None and number - self._last[0] <= _BACK and self._last[1].kind in (*_TOWNS, "admin1"):
            return None if self._scenes.is_listed(self._last[1]) else self._last[1]
        return self._outside(number)

    def _own(self, start: int, clause: tuple[int, int], whole: tuple[int, int]) -> Scene | None:
        """The scene in the harm's own sentence."""
        best = self._scenes.best(*clause, start)
        if best is None and (known := _REFERS.search(self._analysis.text, *clause)):
            best = self._scenes.named_before(start, _NAMED[known[1]])
        if best is None:
            best = self._scenes.best(*whole, start)
        for left, right in (clause, whole):
            if best is None:
                best = self._scenes.best(left, right, start, strict=False)
                best = None if best is not None and best.kind == "country" else best
        return best

    def _outside(self, number: int) -> Scene | None:
        """The town of the sentences before; of the lead, where the report names two towns at most.

        Of three towns or more the lead's was right one time in five (claims-train), of one or two five in six.
        """
        for sentence in reversed(self._analysis.sentences[max(0, number - _BACK) : number]):
            best = self._scenes.best(max(sentence.start, sentence.end - _WINDOW), sentence.end, sentence.end)
            if best is not None and best.kind in _TOWNS and self._scenes.is_listed(best):
                return None
            if best is not None and best.kind == "settlement":
                return best
        if len(self._towns) > _FEW:
            return self._country_told() if number < _LEAD else None
        for stretches, strict in ((self._told, True), (self._lead, True), (self._lead, False)):
            for left, right in stretches:
                best = self._scenes.best(left, right, left, strict)
                if best is not None and best.kind in _TOWNS:
                    return None if self._scenes.is_listed(best) else best
        return None

    def _country_told(self) -> Scene | None:
        """For a headline, the country that the first harm told is put in."""
        for left, right in self._told:
            best = self._scenes.best(left, right, left)
            if best is not None:
                return best if best.kind == "country" else None
        return None

    def _finer(self, best: Scene, number: int) -> Scene | None:
        """For news that the lead tells of a province, the town where the next sentences put it."""
        if best.kind != "admin1" or number >= _LEAD:
            return None
        for sentence in self._analysis.sentences[number + 1 : number + 1 + _BACK]:
            finer = self._scenes.best(sentence.start, min(sentence.end, sentence.start + _WINDOW), sentence.start)
            if finer is not None and finer.kind in _TOWNS:
                if finer.place is not None and best.place is not None and finer.place.country != best.place.country:
                    return None
                return finer
        return None

    def _dateline(self) -> Scene | None:
        """The place a report was filed from, which "here" stands for."""
        for line in self._analysis.datelines:
            if line.place is not None:
                return self._scenes.named_at(*line.place)
        return None

    def time(
        self, start: int, end: int, clause: tuple[int, int], background: bool, barred: Collection[str] = ()
    ) -> Time | None:
        """The day or period nearest to the words at `[start, end)`; the day somebody spoke only where no other is.

        Times whose ids are barred give none: those of the trial for a crime. The sum of a period has no one day.
        """
        near = self._around(start, end, clause, background)
        summed = is_period(self._analysis.text[slice(*clause)])
        for spoken in (False, True):
            for left, right in near if background else [*near, *self._lead]:
                found = [
                    time
                    for time in self._times_between(left, right)
                    if (time.id in self._spoken) == spoken
                    and time.id not in barred
                    and ((left, right) == clause or not self._opens(time))
                    and not (summed and _DAY.match(time.value or "") and not self._opens(time))
                ]
                if found:
                    return min(found, key=lambda time: (not _DAY.match(time.value or ""), abs(time.start - start)))
        return None

    def day(self, time: Time | None) -> str:
        """The date that a time gives a harm; "since April 2022" runs to the day of publication."""
        if time is not None and self._opens(time):
            return day_of(time, self._published)
        return day_of(time)

    def _opens(self, time: Time) -> bool:
        """True for "since April 2022", which opens a period: it dates the sum told in its own clause alone."""
        return _SINCE.search(self._analysis.text, max(0, time.start - 30), time.start) is not None

    def _times_between(self, left: int, right: int) -> list[Time]:
        low = bisect_left(self._times, left, key=lambda time: time.start)
        return self._times[low : bisect_left(self._times, right, low, key=lambda time: time.start)]

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
        stretches.extend(self._told)
        return stretches


def court_days(analysis: Analysis, times: Sequence[Time]) -> frozenset[str]:
    """Ids of the times that say when somebody was tried or a day was marked: "went on trial on Monday"."""
    return frozenset(
        time.id for time in times if _stands_by(analysis, time, _JUDGES | _MARKS) or _ruled(analysis, time)
    )


def spoken_days(analysis: Analysis, times: Sequence[Time]) -> frozenset[str]:
    """Ids of the times that say when somebody spoke or judged: "said on Monday", "judges on Thursday sentenced"."""
    return frozenset(
        time.id for time in times if _stands_by(analysis, time, _SPEAKS | _JUDGES) or _ruled(analysis, time)
    )


def _stands_by(analysis: Analysis, time: Time, verbs: frozenset[str]) -> bool:
    """True where one of the verbs stands before the time, a few words that say where or to whom between."""
    index = analysis.token_at(time.start) - 1
    for _ in range(5):
        word = analysis.tokens[index].norm if index >= 0 else ""
        if word in verbs:
            return True
        if word not in _MAY_STAND:
            return False
        index -= 1
    return False


def _ruled(analysis: Analysis, time: Time) -> bool:
    """True where a verdict follows: "judges on Thursday sentenced"."""
    after = analysis.token_at(time.end - 1) + 1
    return any(token.norm in _JUDGES for token in analysis.tokens[after : after + _VERDICT])


def day_of(time: Time | None, since: date | None = None) -> str:
    """The date of a claim as the annotation guide writes it: a day, a month, a year, or START/END.

    With `since`, the day of publication, the time opens an interval that ends there: "since April 2022".
    """
    if time is None or not time.value:
        return ""
    value = time.value
    one = value[:10] if _DAY.match(value) else value if re.fullmatch(r"\d{4}(?:-\d\d)?", value) else ""
    if one:
        return f"{one}/{since.isoformat()}" if since is not None and since.isoformat() > one else one
    if time.from_ and time.to:
        left, right = time.from_[:10], time.to[:10]
        if left.endswith("-01-01") and right.endswith("-12-31"):
            left, right = left[:4], right[:4]
        return left if left == right else f"{left}/{right}"
    return ""
    value = time.value
    if _DAY.match(value):
        return value[:10]
    if re.fullmatch(r"\d{4}(?:-\d\d)?", value):
        return value
    if time.from_ and time.to:
        return time.from_[:10] if time.from_[:10] == time.to[:10] else f"{time.from_[:10]}/{time.to[:10]}"
    return ""
