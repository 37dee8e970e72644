"""Quick coders for the tests of runs: no model, no gazetteer, and words in a text that make a worker die."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from counterclaim.reading import Reject
from counterclaim.records import Claim, CodedBy, CodedReport, Report

MARKS = "COUNTERCLAIM_TEST_MARKS"
"""The environment names a folder in which a worker leaves a mark before it dies, so that it dies once a report."""


@dataclass(frozen=True, slots=True)
class Quick:
    """Each figure of a text is one claim. "killer" ends the worker, "stumble" the first worker that meets it."""

    coded_by: CodedBy
    seconds: float = 0.0

    def code_all(self, items: Iterable[Report | Reject]) -> Iterator[CodedReport | Reject]:
        for item in items:
            yield item if isinstance(item, Reject) else self._coded(item)

    def _coded(self, report: Report) -> CodedReport:
        time.sleep(self.seconds)
        mark = Path(os.environ.get(MARKS, ".")) / f"{report.id}.mark"
        if "killer" in report.text:
            os._exit(9)
        if "stumble" in report.text and not mark.exists():
            mark.touch()
            os._exit(9)
        claims: list[Claim] = []
        at = 0
        for word in report.text.split():
            at = report.text.index(word, at)
            if word.isdigit():
                told = {"start": at, "end": at + len(word), "evidence": word, "sentence": 0, "harm": "killed"}
                figures = {"min": int(word), "max": int(word), "quantity": word}
                claims.append(Claim.from_dict({"id": f"c{len(claims) + 1}", **told, **figures}))
        return CodedReport(
            id=report.id,
            text=report.text,
            title=report.title,
            url=report.url,
            outlet=report.outlet,
            published=report.published,
            sentences=((0, len(report.text)),),
            claims=tuple(claims),
            coded_by=self.coded_by,
        )


def quick() -> Quick:
    return Quick(CodedBy(program="1", analyser="quick", gazetteer="none"))


def newer() -> Quick:
    return Quick(CodedBy(program="2", analyser="quick", gazetteer="none"))


def slow() -> Quick:
    return Quick(CodedBy(program="1", analyser="quick", gazetteer="none"), seconds=0.2)


def stillborn() -> Quick:
    if "COUNTERCLAIM_TEST_DRIVER" in os.environ and os.environ["COUNTERCLAIM_TEST_DRIVER"] != str(os.getpid()):
        os._exit(7)
    return quick()
