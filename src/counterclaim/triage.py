"""A cheap first look, asked for by the user: which reports may hold a claim or an event, and which need no coding.

The title and every sentence are scored by their words alone, triggers and names alike: a logistic regression over the
words' presence, learnt by `python -m training.triage`. A report's score (log-odds) is that of its likeliest sentence,
so that one sentence of harm far down in a long text is enough. What stays below the chosen score is set aside with its
reason, never dropped (`python -m bench.triage` measures what that loses and saves).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from counterclaim.errors import DataError, SetAside, UsageError
from counterclaim.reading import Reject
from counterclaim.records import Recorded, Report

FILE: Final = "triage.json"
_WORD: Final = re.compile(r"[^\W\d_]+")
_END: Final = re.compile(r"(?<=[.!?])\s+|\n+")


class Weights(NamedTuple):
    """The log-odds of a sentence without known words, what each word adds, and the score that keeps a recall (0-1)."""

    bias: float
    words: Mapping[str, float]
    recalls: Mapping[float, float]


def score(report: Report) -> float:
    """The log-odds that the report's likeliest sentence tells of a claim or an event; linear in its length."""
    bias, known, _ = _weights()
    return max(
        (bias + sum(known.get(word, 0.0) for word in words(each)) for each in sentences(report.title, report.text)),
        default=bias,
    )


def least_score(recall: float) -> float:
    """The score from which reports are coded, so that of those with a claim or an event this share (0-1) passes.

    Raises UsageError for a recall that has not been measured.
    """
    recalls = _weights().recalls
    enough = [least for known, least in recalls.items() if known >= recall]
    if recall <= 0 or not enough:
        raise UsageError(f"triage keeps a recall of up to {max(recalls)}, not {recall:g}; without triage all is coded")
    return max(enough)


def triaged(items: Iterable[Report | Reject], least: float) -> Iterator[Report | Reject]:
    """The items in their order; a report that scores below `least` becomes a reject with the error SetAside.

    Records of other data sets, which come coded, pass.
    """
    for item in items:
        if isinstance(item, Report) and not isinstance(item, Recorded) and (found := score(item)) < least:
            told = f"triage: score {found:.2f}, {least:.2f} asked; code it without triage, or with a lower threshold"
            yield Reject(item.source or item.id, SetAside(told))
        else:
            yield item


def sentences(title: str | None, text: str) -> list[str]:
    """The title and the sentences, cut at every end of a line and mark that may end one."""
    return [*([title] if title else ()), *_END.split(text)]


def words(sentence: str) -> set[str]:
    """The words of a sentence in lower case, each once; figures left out."""
    return set(_WORD.findall(sentence.lower()))


@cache
def _weights() -> Weights:
    """Read once, on first use. Raises DataError where the file is missing or damaged."""
    try:
        table = json.loads(files("counterclaim").joinpath("data", FILE).read_text("utf-8"))
        recalls = {float(recall): least for recall, least in table["recalls"].items()}
        return Weights(table["bias"], table["words"], recalls)
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"the table data/{FILE} is missing or damaged ({error}): reinstall the package") from error
