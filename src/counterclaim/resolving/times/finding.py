"""Time expressions (TIMEX3) of a text, with their values.

The route: tokens and classes (`words`), mentions by rule (`grammar`, `rules`, with the builders and
guards beside them), neighbours joined (`join`), values (`values`), ranges made one (`ranges`).
Every step takes time linear in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from counterclaim.language import Analysis
from counterclaim.records import Time
from counterclaim.resolving.times.grammar import mentions
from counterclaim.resolving.times.intervals import interval, precision
from counterclaim.resolving.times.join import joined
from counterclaim.resolving.times.meanings import Calendar, Mention, Shift
from counterclaim.resolving.times.ranges import spanned
from counterclaim.resolving.times.rules import rules
from counterclaim.resolving.times.tense import direction
from counterclaim.resolving.times.values import Direction, Narrative, Told, evaluate, rolled
from counterclaim.resolving.times.words import LETTERS, Word, split

_BESIDE = 3
"""Tokens between a day and the noun of what happened on it, at most."""
_EVENTS_BACK = 20
"""Dated places looked through for the event that "three days after the truce" counts from."""


def find_times(analysis: Analysis, published: date | None) -> list[Time]:
    """Time expressions in text order, valued against the publication date.

    Values are TIMEX3; a range is an ISO 8601 interval `first/last`. `from_`/`to` are the first and last day the value
    covers and `precision` the UCDP date_prec of that span; all three are None for durations, sets and values that name
    no days. Without a publication date a full date in the dateline stands in for it; without both, what is relative
    to publication has value None.
    """
    tokens, classes = split(analysis.text)
    found = joined(mentions(tokens, classes, rules(), _day_first(tokens)), tokens, classes)
    narrative = Narrative(published or _dateline_date(analysis, found, tokens))
    reader = _Reader(analysis, tokens, classes, narrative)
    times = spanned([reader.read(mention) for mention in found], analysis.text)
    return [
        Time(
            id=f"t{index}",
            start=time.start,
            end=time.end,
            text=time.text,
            type=time.type,
            value=time.value,
            from_=time.from_,
            to=time.to,
            precision=time.precision,
        )
        for index, time in enumerate(times, 1)
    ]


class _Reader:
    """Reads mentions in text order, so that each may lean on those before it."""

    def __init__(self, analysis: Analysis, tokens: Sequence[Word], classes: str, narrative: Narrative) -> None:
        self._analysis = analysis
        self._tokens = tokens
        self._classes = classes
        self._narrative = narrative
        self._days: list[tuple[tuple[int, int], date]] = []

    def read(self, mention: Mention) -> Time:
        """The time that a mention stands for."""
        start, end = self._tokens[mention.first].start, self._tokens[mention.last - 1].end
        sentence = self._analysis.sentence_at(start)
        meaning = mention.meaning
        event = meaning.event if isinstance(meaning, Shift) else ""
        kind, value = evaluate(
            meaning, self._narrative, sentence, self._direction(mention, sentence), self._event_date(event)
        )
        days = interval(value) if value and kind in ("DATE", "TIME") else None
        if days and value and value.endswith("TNI") and isinstance(meaning, Shift) and meaning.overnight:
            days = (days[0], days[1] + timedelta(1))
        if days and isinstance(meaning, Shift) and meaning.rolling and self._narrative.published:
            days = rolled(self._narrative.published, meaning.unit, meaning.count) or days
        if days and value:
            explicit = isinstance(meaning, Calendar) and meaning.year is not None
            if days[0] == days[1]:
                self._days.append(((mention.first, mention.last), days[0]))
            self._narrative.add(
                Told(sentence, value.split("T")[0], days, explicit, isinstance(meaning, Shift) and meaning.period)
            )
        return Time(
            id="",
            start=start,
            end=end,
            text=self._analysis.text[start:end],
            type=kind,
            value=value,
            from_=days[0].isoformat() if days else None,
            to=days[1].isoformat() if days else None,
            precision=precision(*days) if days else None,
        )

    def _direction(self, mention: Mention, sentence: int) -> Direction:
        meaning = mention.meaning
        if not isinstance(meaning, Calendar | Shift):
            return ""
        bounds = self._analysis.sentences[sentence] if self._analysis.sentences else None
        limits = (bounds.start, bounds.end) if bounds else (0, len(self._analysis.text))
        of_week = isinstance(meaning, Calendar) and meaning.weekday is not None and meaning.month is None
        return direction(self._tokens, self._classes, (mention.first, mention.last), limits, of_week)

    def _low(self, index: int) -> str:
        return self._tokens[index].low if 0 <= index < len(self._tokens) else ""

    def _event_date(self, event: str) -> date | None:
        """The last day told beside the event's noun: "the 12 May truce", "a truce on 12 May"."""
        if not event:
            return None
        for (first, last), told in reversed(self._days[-_EVENTS_BACK:]):
            near = (*range(first - _BESIDE, first), *range(last, last + _BESIDE))
            if any(self._low(index) == event for index in near):
                return told
        return None


def _day_first(tokens: Sequence[Word]) -> bool | None:
    """Whether dates like 05/09/2022 have the day first, by those of the text where only one reading is possible."""
    votes = 0
    for token in tokens:
        if token.kind == LETTERS["date_number"] and "/" in token.low:
            parts = token.low.split("/")
            if len(parts[0]) <= 2:
                votes += (int(parts[0]) > 12) - (int(parts[1]) > 12)
    return None if votes == 0 else votes > 0


def _dateline_date(analysis: Analysis, found: Sequence[Mention], tokens: Sequence[Word]) -> date | None:
    """The day a dateline gives in full, for want of a publication date."""
    for dateline in analysis.datelines:
        for mention in found:
            start = tokens[mention.first].start
            if dateline.start <= start < dateline.end and isinstance(mention.meaning, Calendar):
                day = mention.meaning
                if day.year and day.month and day.day:
                    days = interval(f"{day.year:04d}-{day.month:02d}-{day.day:02d}")
                    return days[0] if days else None
            if start >= dateline.end:
                break
    return None
