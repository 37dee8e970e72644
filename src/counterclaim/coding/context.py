"""Earlier context or present news: what a report tells only to explain what it reports now.

Claims and events share this judgement. A clause that dates itself to an earlier time is background. Else signs add up:
how old the dates around are, a war named, a pluperfect, a court's vocabulary, how far down the report it stands, by the
weights of a logistic regression over the annotated training claims, rounded to one decimal (`WEIGHTS`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from counterclaim.language import Analysis
from counterclaim.records import Time

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_OLD = re.compile(
    rf"\b(?:last (?:month|year|summer|winter|autumn|fall|spring|{_MONTHS})|"
    r"(?:years?|months|decades?|weeks) (?:ago|earlier)"
    r"|earlier this (?:year|month)|previously|formerly|back in|anniversary|commemorat\w+|world war|"
    r"holocaust|cold war)\b",
    re.IGNORECASE,
)
_WEEKS = re.compile(r"\b(?:last week|days? (?:ago|earlier|before|after)|earlier this week|this month)\b", re.IGNORECASE)
_PERIOD = re.compile(
    rf"\b(?:since (?:the )?(?:\w+ ){{0,4}}?(?:\d{{4}}|began|start(?:ed)?|erupt(?:ed|ion)|outbreak|beginning|"
    rf"invasion|war|uprising|conflict|{_MONTHS})|so far|to date|"
    r"during (?:the|his|its|their) (?:\w+ ){0,3}?(?:war|rule|regime|reign|conflict|occupation|uprising)|"
    r"(?:\w+-year|decades?-(?:old|long)|years-long|civil|separatist|gulf|world) (?:\w+ )?(?:war|conflict|insurgency|"
    r"rebellion)|(?:over|in) the (?:past|last) (?:\w+ )?(?:years|decades|months)|this year|(?:every|per|a) "
    r"(?:day|year|month))\b",
    re.IGNORECASE,
)
_WAR = re.compile(r"\b(?:war|conflict|uprising|insurgency|genocide|dictatorship|regime)\b", re.IGNORECASE)
_YEAR = re.compile(
    r"(?<![\d,.$£€])(1[5-9]\d\d|20\d\d)(?![\d,]\d|\s*(?:people|troops|soldiers|refugees|civilians|men|women))"
)
_COURT = re.compile(
    r"\b(?:trial|court|charged|accus\w+|convict\w+|sentenced|wanted|suspected of|jail\w*|judge|prosecut\w+|indict\w+|"
    r"tribunal|verdict|inquest|masterminding|responsib\w+ for|blamed for|claimed responsibility)\b",
    re.IGNORECASE,
)
_PLUPERFECT = re.compile(r"\bhad (?:\w+ ){0,2}?(?:been |\w+ed\b|killed|died|taken|fled)", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have) (?:\w+ ){0,2}?(?:been |\w+ed\b|died|fled|taken)", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|that|whose|in which|where)\b(?:\W+\w+){0,4}\W*$", re.IGNORECASE)
_NOUN = re.compile(
    r"^(?:the )?(?:\w+ ){0,2}(?:murder|killing|death|assassination|massacre|abduction|kidnapping|capture|"
    r"slaying)s?\b",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d,\d{3}\b|\d{4,}|thousand|million", re.IGNORECASE)
_THE = re.compile(r"^(?:the|his|her|their|he|she|they|[A-Z][a-z]+ )\b")
_BREAK = re.compile(r";|\.\s|\n|, (?:and|but|while|which|when|after|as)\b|\b(?:while|whereas|but|after|following)\b")

WEIGHTS: Final[dict[str, float]] = {
    "always": -1.2,
    "before fresh": -1.4,
    "before this month": 0.7,
    "before this week": 0.2,
    "before this year": -0.6,
    "before undated": -0.8,
    "before years old": -0.1,
    "clause fresh": -1.2,
    "clause this month": -0.7,
    "clause this week": -0.8,
    "clause this year": 0.3,
    "clause undated": -0.0,
    "clause years old": 1.2,
    "court": 1.5,
    "day of the lead": 0.2,
    "days or weeks": 1.8,
    "earlier year": 2.8,
    "far down": 0.5,
    "lead": -0.8,
    "middle": 0.1,
    "noun": -0.4,
    "old words": 2.4,
    "older than the lead": 1.4,
    "perfect": 0.3,
    "period": 0.6,
    "pluperfect": 1.0,
    "relative": 0.3,
    "sentence fresh": -1.3,
    "sentence this month": 0.2,
    "sentence this week": 0.8,
    "sentence this year": 1.7,
    "sentence years old": 0.6,
    "the victims": 0.3,
    "thousands": 1.1,
    "top": -0.4,
    "war": 1.0,
}
"""What each sign adds to the log-odds of background; from `python -m bench.context_weights`, to be re-run when a sign
changes. A sign never met in training adds nothing."""
NEWS_DAYS: Final = 20
"""An act of one dated day is news up to this many days before publication, where only its own date is asked."""
SELF_DATED: Final = 2.0
"""Least log-odds of a clause that dates itself to an earlier time, whatever else is said of it."""
_TELLING = frozenset(("clause this year", "clause years old", "old words", "earlier year"))
_FRESH = frozenset(("clause fresh", "clause this week"))


def is_background(analysis: Analysis, start: int, end: int, *, times: Sequence[Time], published: date | None) -> bool:
    """True where the words at `[start, end)` tell an earlier event or period as context for the news.

    `times` are the report's time expressions in text order; without a publication date only the words decide.
    """
    return background_odds(analysis, start, end, times=times, published=published) > 0


def background_odds(
    analysis: Analysis, start: int, end: int, *, times: Sequence[Time], published: date | None
) -> float:
    """The log-odds that the words at `[start, end)` tell earlier context, by the signs alone."""
    found = signs(analysis, start, end, times=times, published=published)
    odds = sum(WEIGHTS.get(sign, 0.0) for sign in found)
    if not _TELLING.isdisjoint(found) and _FRESH.isdisjoint(found):
        return max(odds, SELF_DATED)
    return odds


def signs(analysis: Analysis, start: int, end: int, *, times: Sequence[Time], published: date | None) -> list[str]:
    """The signs of background and of news that the text shows around `[start, end)`; "always" is among them."""
    found = ["always"]
    left, right = clause(analysis, start, end)
    number = analysis.sentence_at(start)
    low, high = _sentence(analysis, number, start, end)
    words, whole, inside = analysis.text[left:right], analysis.text[low:high], analysis.text[start:end]
    age, far = newest_age(times, left, right, published), newest_age(times, low, high, published)
    found.append(f"clause {_bin(age)}")
    if age is None and far is not None:
        found.append(f"sentence {_bin(far)}")
    before = _age_before(times, analysis, number, low, published)
    if age is None and far is None:
        found.append(f"before {_bin(before)}")
    news = _news_age(times, analysis, published)
    own = age if age is not None else far if far is not None else before
    if news is not None and own is not None and low > 0:
        found.append("older than the lead" if own > news else "day of the lead")
    year = published.year if published is not None else 0
    if age is None and any(int(written) < year or not year for written in _YEAR.findall(words)):
        found.append("earlier year")
    for sign, pattern, where in (
        ("old words", _OLD, words),
        ("days or weeks", _WEEKS, words),
        ("period", _PERIOD, words),
        ("war", _WAR, words),
        ("court", _COURT, whole),
        ("pluperfect", _PLUPERFECT, words),
        ("perfect", _PERFECT, words),
        ("relative", _RELATIVE, analysis.text[low:start]),
        ("noun", _NOUN, inside),
        ("thousands", _THOUSANDS, inside),
        ("the victims", _THE, inside),
    ):
        if pattern.search(where):
            found.append(sign)
    if published is not None or len(analysis.sentences) > 3:
        found.append("lead" if number <= 1 else "top" if number <= 4 else "middle" if number <= 12 else "far down")
    return found


def _age_before(
    times: Sequence[Time], analysis: Analysis, number: int, start: int, published: date | None
) -> int | None:
    """Age of the last date in the same paragraph before the sentence."""
    if not analysis.sentences:
        return None
    paragraph = analysis.sentences[number].paragraph
    first = number
    while first and number - first < 4 and analysis.sentences[first - 1].paragraph == paragraph:
        first -= 1
    return newest_age(times, analysis.sentences[first].start, start, published) if first < number else None


def _news_age(times: Sequence[Time], analysis: Analysis, published: date | None) -> int | None:
    """Age of the news itself: of the newest day in the first sentences."""
    if published is None or len(analysis.sentences) < 4:
        return None
    return newest_age(times, analysis.sentences[0].start, analysis.sentences[2].end, published)


def _bin(age: int | None) -> str:
    """Days before publication in words: the steps are those between a daily's news, a week's and older matter."""
    if age is None:
        return "undated"
    for limit, name in ((2, "fresh"), (8, "this week"), (31, "this month"), (400, "this year")):
        if age <= limit:
            return name
    return "years old"


@lru_cache(maxsize=256)  # a clause is asked for by everything it tells
def is_period(words: str) -> bool:
    """True where the words name a span of a war or a rule: "since 2011", "during the civil war", "so far"."""
    return _PERIOD.search(words) is not None


def period_clause(analysis: Analysis, start: int, end: int) -> int:
    """Where the clause around `[start, end)` begins if it sums up a whole period; 0 for the harm of one day.

    "Rebels shot three guards; 200 have died since May": the sum is not the doing of those who did the first.
    """
    left, right = clause(analysis, start, end)
    return left if is_period(analysis.text[left:right]) else 0


def newest_age(times: Sequence[Time], start: int, end: int, published: date | None) -> int | None:
    """Days from the latest dated day inside `[start, end)` to publication; None where no date stands there."""
    if published is None:
        return None
    ages = []
    first = bisect_left(times, start, key=lambda time: time.start)
    for time in times[first:]:
        if time.start >= end:
            break
        if time.type not in ("DATE", "TIME") or not time.to:
            continue
        try:
            ages.append((published - date.fromisoformat(time.to[:10])).days)
        except ValueError:
            continue
    return min(ages) if ages else None


def clause(analysis: Analysis, start: int, end: int) -> tuple[int, int]:
    """The stretch of the sentence around `[start, end)` up to the nearest clause breaks, as offsets."""
    left, right = _sentence(analysis, analysis.sentence_at(start), start, end)
    text = analysis.text
    before = [match.end() for match in _BREAK.finditer(text, left, start)]
    after = _BREAK.search(text, end, right)
    return (before[-1] if before else left), (after.start() if after else right)


def _sentence(analysis: Analysis, number: int, start: int, end: int) -> tuple[int, int]:
    """The sentence around, 300 characters each side at most: farther words say nothing of this clause."""
    if not analysis.sentences:
        return start, end
    sentence = analysis.sentences[number]
    left, right = min(sentence.start, start), max(sentence.end, end)
    return max(left, start - 300), min(right, end + 300)
