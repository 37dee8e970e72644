"""The route a report takes, from text to coded report. Reads like a table of contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from counterclaim._version import __version__
from counterclaim.coding.attributions import find_attributions
from counterclaim.coding.claims import find_claims
from counterclaim.coding.events import find_events, tie_claims
from counterclaim.language import Analyser, Analysis, PatternAnalyser
from counterclaim.records import CodedBy, CodedReport, Report, Warning_
from counterclaim.resolving.actors import find_actors
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places
from counterclaim.resolving.times import find_times

BATCH = 32
"""Reports analysed together: enough to fill an encoder's batches, few enough to keep memory flat."""


class Coder:
    """Codes reports. Holds the analyser and the gazetteer, so that many reports share one start-up."""

    def __init__(self, analyser: Analyser | None = None, gazetteer: Gazetteer | None = None) -> None:
        self.analyser: Analyser = analyser or PatternAnalyser()
        self.gazetteer = gazetteer or Gazetteer.open()
        self.coded_by = CodedBy(program=__version__, analyser=self.analyser.version, gazetteer=self.gazetteer.version)

    def code(self, reports: Iterable[Report]) -> Iterator[CodedReport]:
        """Code reports in their order, a batch at a time."""
        remaining = iter(reports)
        while batch := list(islice(remaining, BATCH)):
            analyses = self.analyser.analyse([report.text for report in batch])
            for report, analysis in zip(batch, analyses, strict=True):
                yield self._code_one(report, analysis)

    def _code_one(self, report: Report, analysis: Analysis) -> CodedReport:
        published = date.fromisoformat(report.published) if report.published else None
        warnings: list[Warning_] = []
        if published is None:
            warnings.append(
                Warning_(code="no-publication-date", message="no publication date, so relative times stay unresolved")
            )
        times = find_times(analysis, published)
        places = find_places(analysis, self.gazetteer)
        actors = find_actors(analysis, places, self.gazetteer, published)
        attributions = find_attributions(analysis, actors)
        claims = find_claims(
            analysis, attributions=attributions, actors=actors, places=places, times=times, published=published
        )
        events = find_events(
            analysis,
            attributions=attributions,
            actors=actors,
            places=places,
            times=times,
            claims=claims,
            published=published,
        )
        claims, events = tie_claims(claims, events)
        return CodedReport(
            id=report.id,
            text=report.text,
            title=report.title,
            url=report.url,
            outlet=report.outlet,
            published=report.published,
            language=report.language,
            sentences=tuple((sentence.start, sentence.end) for sentence in analysis.sentences),
            actors=tuple(actors.actors),
            places=tuple(places),
            times=tuple(times),
            attributions=tuple(attributions),
            claims=tuple(claims),
            events=tuple(events),
            warnings=tuple(warnings),
            coded_by=self.coded_by,
        )
