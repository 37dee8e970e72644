"""Which claims tell earlier context: the signs in the words, what the trained analyser hears, and the paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from counterclaim.coding.claims import tuned
from counterclaim.coding.claims.confidence import log_odds
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.claims.settings import court_days, spoken_days
from counterclaim.coding.context import background_odds
from counterclaim.language import Analysis
from counterclaim.records import Time

_CLOSE = 40
"""Characters before a statement that say whether it is a crime spoken of: "for the murder of"."""
_FIRM = 4.0
"""Log-odds of a crime that only its trial dates: nothing that is heard makes it news."""
_CRIME = re.compile(r"\b(?:for|of|with|over|in|that|which|who) (?:(?:the|a|his|her|their) )?(?:\w+ )?$", re.IGNORECASE)


class EarlierReader:
    """Tells earlier context from news over one report's statements."""

    def __init__(
        self,
        analysis: Analysis,
        times: Sequence[Time],
        published: date | None,
        stated: Sequence[Stated],
        weights: tuple[float, float] = tuned.EARLIER,
    ) -> None:
        self._analysis = analysis
        self._published = published
        self.courts = court_days(analysis, times)
        self._court_sentences = {analysis.sentence_at(time.start) for time in times if time.id in self.courts}
        self._own = _own_times(analysis, times, spoken_days(analysis, times))
        self._uncourted = [time for time in self._own if time.id not in self.courts]
        self._dated = {analysis.sentence_at(time.start) for time in self._uncourted if time.to}
        self.tried = [self._is_tried(analysis.tokens[one.first].start) for one in stated]
        signs = [self._odds(*pair) for pair in zip(stated, self.tried, strict=True)]
        self.background = [
            sign == _FIRM or told for sign, told in zip(signs, self._judged(stated, signs, weights), strict=True)
        ]

    def _odds(self, one: Stated, tried: bool) -> float:
        """Log-odds of earlier context, by the words."""
        start, end = self._analysis.tokens[one.first].start, self._analysis.tokens[one.last - 1].end
        times = self._uncourted if tried else self._own
        odds = background_odds(self._analysis, start, end, times=times, published=self._published)
        if tried and self._analysis.sentence_at(start) not in self._dated:
            return _FIRM
        return odds

    def _judged(self, stated: Sequence[Stated], signs: Sequence[float], weights: tuple[float, float]) -> list[bool]:
        """Signs and hearing added, and to both the mean of the paragraph's other claims: they tell of one time."""
        odds = []
        paragraphs: dict[int, list[int]] = {}
        for number, (one, sign) in enumerate(zip(stated, signs, strict=True)):
            heard = one.heard.about.get("claim_background") if one.heard is not None else None
            hint = 0.0 if heard is None else log_odds(heard[1]) * (1 if heard[0] == "true" else -1)
            odds.append(sign + weights[0] * hint)
            sentence = self._analysis.sentence_at(self._analysis.tokens[one.first].start)
            paragraphs.setdefault(self._analysis.sentences[sentence].paragraph, []).append(number)
        sums = {key: sum(odds[number] for number in members) for key, members in paragraphs.items()}
        judged = [False] * len(odds)
        for key, members in paragraphs.items():
            for number in members:
                others = (sums[key] - odds[number]) / (len(members) - 1) if len(members) > 1 else 0.0
                judged[number] = odds[number] + weights[1] * others > 0
        return judged

    def _is_tried(self, start: int) -> bool:
        """True for a crime that a court deals with, or that is remembered, on a day of its own: "jailed for ..."."""
        return (
            self._analysis.sentence_at(start) in self._court_sentences
            and _CRIME.search(self._analysis.text, max(0, start - _CLOSE), start) is not None
        )


def _own_times(analysis: Analysis, times: Sequence[Time], spoken: frozenset[str]) -> list[Time]:
    """The times without the day of speaking where the sentence has another: "in April 2022, he said Monday"."""
    told = {analysis.sentence_at(time.start) for time in times if time.id not in spoken and time.to}
    return [time for time in times if time.id not in spoken or analysis.sentence_at(time.start) not in told]
