"""Where and when: the place name and the day that the text gives for a harm, nearest words first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date

from counterclaim.coding.context import is_period
from counterclaim.coding.scene_choice import Act, SceneChooser
from counterclaim.coding.scenes import Scene, SceneReader
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Place, Span, Time
from counterclaim.resolving.actors import ActorIndex
from counterclaim.resolving.times.intervals import interval

_DAY = re.compile(r"\d{4}(?:-\d\d){2}")
_LEAD = 4
"""Sentences of the lead, and of harm told early: they say where and when the news is from."""
_WINDOW = 600
"""Characters of a long sentence that are read, each side."""
_SINCE = re.compile(r"\bsince (?:the |early |late |mid-|last )*$", re.IGNORECASE)
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
_LIKELY = 0.3
"""Chance from which a place is given; by folds over claims-train 63 in 100 places given are then right."""


class SettingReader:
    """Places and days of one report's claims. `harms` are the words that state them, in text order."""

    def __init__(
        self,
        analysis: Analysis,
        places: Sequence[Place],
        actors: ActorIndex,
        times: Sequence[Time],
        published: date | None,
        sources: Sequence[Span],
        harms: Sequence[Act],
    ) -> None:
        self._analysis = analysis
        self._harms = harms
        self._scenes = SceneChooser(analysis, SceneReader(analysis, places, actors, sources), harms)
        self._times = [
            time for time in times if time.type in ("DATE", "TIME") and time.value and not time.value.endswith("_REF")
        ]
        self._published = published
        self._spoken = spoken_days(analysis, times)
        told = sorted({analysis.sentence_at(harm.start) for harm in harms})
        early = [analysis.sentences[number] for number in told if number < _EARLY][:_LEAD]
        self._told = [(one.start, min(one.end, one.start + _WINDOW)) for one in early]
        body = [sentence for sentence in analysis.sentences[: 2 * _LEAD] if sentence.kind == "body"]
        self._lead = [(one.start, min(one.end, one.start + _WINDOW)) for one in body[:_LEAD]]

    def place(self, number: int) -> Scene | None:
        """The place of harm `number`; None where no name is likely enough."""
        return self._scenes.scene(self._harms[number], "claim_place", _LIKELY)

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
    alone = interval(value) if time.from_ != time.to and "T" not in value else None
    if alone and (time.from_, time.to) != tuple(day.isoformat() for day in alone):
        one = ""  # one end of a stretch, "from 10 to 12 May"
    if one:
        return f"{one}/{since.isoformat()}" if since is not None and since.isoformat() > one else one
    if time.from_ and time.to:
        left, right = time.from_[:10], time.to[:10]
        if left.endswith("-01-01") and right.endswith("-12-31"):
            left, right = left[:4], right[:4]
        return left if left == right else f"{left}/{right}"
    return ""
