"""Earlier context or present news: what a report tells only to explain what it reports now.

Claims and events share this judgement. It is made from what the clause says itself (an old date, "the 2020 war", "since
2011", a pluperfect), weighed by hand rules read off annotated reports; where nothing speaks, the words are news.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from counterclaim.language import Analysis
from counterclaim.records import Time

NEWS_DAYS = 20
"""A dated act at most this many days before publication is news. Reports of the training set code what is a month old
as background and what is a week old as news; 20 splits them best."""

_OLD_WORDS = re.compile(
    r"\b(?:last (?:month|year|summer|winter|autumn|fall|spring|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|(?:years?|months|decades?) (?:ago|earlier|before)|earlier this year|"
    r"in the past|previous(?:ly)?|once|formerly|back in|at the time|in recent (?:years|months)|over the years|"
    r"the (?:first|second) world war|world war (?:i|ii|two|one)|the holocaust|cold war|historic(?:al)?(?:ly)?|"
    r"anniversary|commemorat\w+|the late \w+)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:since (?:the )?(?:\w+ ){0,4}?(?:\d{4}|began|start(?:ed)?|erupt(?:ed|ion)|outbreak|beginning|invasion|war|"
    r"uprising|conflict|january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"so far|to date|during (?:the|his|its|their) (?:\w+ ){0,3}?(?:war|rule|regime|reign|conflict|occupation|uprising)|"
    r"(?:\w+-year|decades?-(?:old|long)|years-long|civil|separatist|gulf|world) (?:\w+ )?(?:war|conflict|"
    r"insurgency|rebellion)|over the (?:past|last) (?:\w+ )?(?:years|decades|months)|"
    r"in the (?:past|last) (?:\w+ )?(?:years|decades|months)|"
    r"this year|every (?:day|year|month)|a (?:day|year|month))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<![\d,.$£€])(1[5-9]\d\d|20\d\d)(?![\d,]\d|\s*(?:people|troops|soldiers|refugees|civilians|men|women))"
)
_BREAK = re.compile(r";|\.\s|\n|, (?:and|but|while|which|when|after|as)\b|\b(?:while|whereas|but|after|following)\b")


def is_background(analysis: Analysis, start: int, end: int, *, times: Sequence[Time], published: date | None) -> bool:
    """True where the words at `[start, end)` tell an earlier event or period as context for the news.

    `times` are the report's time expressions in text order; without a publication date only the words decide.
    """
    left, right = clause(analysis, start, end)
    words = analysis.text[left:right]
    age = newest_age(times, left, right, published)
    if age is not None:
        return age > NEWS_DAYS
    if published is not None and (years := _YEAR.findall(words)):
        return max(map(int, years)) < published.year
    return _OLD_WORDS.search(words) is not None or is_period(words)


def is_period(words: str) -> bool:
    """True where the words name a span of a war or a rule: "since 2011", "during the civil war", "so far"."""
    return _PERIOD.search(words) is not None


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
    sentence = analysis.sentences[analysis.sentence_at(start)] if analysis.sentences else None
    left, right = (sentence.start, max(sentence.end, end)) if sentence else (start, end)
    text = analysis.text
    # Far words of a very long line say nothing about this clause, and would cost quadratic time.
    left, right = max(left, start - 300), min(right, end + 300)
    before = [match.end() for match in _BREAK.finditer(text, left, start)]
    after = _BREAK.search(text, end, right)
    return (before[-1] if before else left), (after.start() if after else right)
