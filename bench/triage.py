"""Triage: the share of texts with a claim or an event that it passes, and what it saves of a mixed stream.

Recall by corpus, at the score for a recall of .99, and of an anchor, ten stems that any newsroom would search for. The
stream: one in five texts from the conflict corpora, the others quiet ones from general corpora (PolNeAR, LGL, Wikigold,
UD English EWT, GUM: their dev parts, or a half by a stable draw), in which the coder finds no claim and no event of
force; and, as `mixed`, general texts as they come, of which many tell of a crime or a war. Speed-up is processor time
of coding all over that of triage and of coding what passes.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Sequence
from itertools import chain
from typing import Final, NamedTuple

from bench import triage_texts
from counterclaim.pipeline import Coder
from counterclaim.records import Report
from counterclaim.triage import least_score, score

RECALL: Final = 0.99
ANCHOR: Final = re.compile(r"\b(?:kill|dead|death|died|injur|wound|attack|bomb|shot|shoot)", re.IGNORECASE)
CONFLICT: Final = 100
"""Texts of the conflict corpora whose coding is timed."""


class Timed(NamedTuple):
    """A text, seconds of a processor that coding and triage took, whether it passes, and whether it is quiet."""

    coding: float
    triage: float
    passes: bool
    quiet: bool


def measure() -> dict[str, float]:
    least = least_score(RECALL)
    coder = Coder()
    positives = triage_texts.positives("dev")
    figures: dict[str, float] = {}
    for name, reports in positives.items():
        figures[f"{name}.texts"] = len(reports)
        figures[f"{name}.passed"] = sum(score(report) >= least for report in reports) / len(reports)
        figures[f"{name}.anchor.passed"] = sum(map(_anchored, reports)) / len(reports)
    candidates = list(chain(*triage_texts.candidates("dev").values()))
    general = [_timed(coder, report, least) for report in candidates]
    conflict = random.Random(1).sample(list(chain(*positives.values())), CONFLICT)
    told = [_timed(coder, report, least) for report in conflict]
    quiet = [one for one in general if one.quiet]
    figures["quiet.texts"] = len(quiet)
    figures["quiet.passed"] = sum(one.passes for one in quiet) / len(quiet)
    figures["quiet.anchor.passed"] = sum(
        _anchored(report) for report, one in zip(candidates, general, strict=True) if one.quiet
    ) / len(quiet)
    figures["mixed.texts"] = len(general)
    figures["mixed.passed"] = sum(one.passes for one in general) / len(general)
    figures["mixed.told_of_force.passed"] = sum(one.passes for one in general if not one.quiet) / (
        len(general) - len(quiet)
    )
    figures["triage_milliseconds_a_text"] = 1000 * sum(one.triage for one in general) / len(general)
    figures["coding_milliseconds_a_text"] = 1000 * sum(one.coding for one in general) / len(general)
    figures["stream.speed_up"] = _speed_up(told, quiet)
    figures["stream_with_mixed.speed_up"] = _speed_up(told, general)
    return figures


def _speed_up(conflict: Sequence[Timed], rest: Sequence[Timed]) -> float:
    """For a stream of which a fifth is of conflict: mean seconds a text without triage over those with it."""

    def mean(seconds: Sequence[float]) -> float:
        return sum(seconds) / len(seconds)

    parts = ((0.2, conflict), (0.8, rest))
    without = sum(share * mean([one.coding for one in part]) for share, part in parts)
    with_it = sum(share * mean([one.triage + one.coding * one.passes for one in part]) for share, part in parts)
    return without / with_it


def _timed(coder: Coder, report: Report, least: float) -> Timed:
    begun = time.process_time()
    passes = score(report) >= least
    looked = time.process_time()
    quiet = bool(triage_texts.quiet(coder, [report]))
    return Timed(time.process_time() - looked, looked - begun, passes, quiet)


def _anchored(report: Report) -> bool:
    return ANCHOR.search(f"{report.title or ''}\n{report.text}") is not None


def main() -> None:
    print(json.dumps(measure(), indent=1))


if __name__ == "__main__":
    main()
