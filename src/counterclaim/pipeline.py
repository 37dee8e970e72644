"""The route a report takes, from text to coded report. Reads like a table of contents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import islice
from pathlib import Path

from counterclaim._version import __version__
from counterclaim.coding.attributions import read_attributions
from counterclaim.coding.claims import find_claims
from counterclaim.coding.events import find_events, tie_claims
from counterclaim.errors import CodingFailed, InputError, MalformedRecord, UsageError
from counterclaim.language import Analyser, Analysis, PatternAnalyser
from counterclaim.language.model import WEIGHTS, ModelAnalyser
from counterclaim.reading import Reject, Source, finished
from counterclaim.records import Claim, CodedBy, CodedReport, Place, Recorded, Report, Time, Warning_
from counterclaim.resolving.actors import KnownActors, find_actors, shipped
from counterclaim.resolving.gazetteer import Gazetteer
from counterclaim.resolving.places import find_places
from counterclaim.resolving.times import find_times

BATCH = 32
"""Reports analysed together: enough to fill an encoder's batches, few enough to keep memory flat."""


class Coder:
    """Codes reports. Holds analyser, gazetteer and known actors, so that many reports share one start-up."""

    def __init__(
        self,
        analyser: Analyser | None = None,
        gazetteer: Gazetteer | None = None,
        actors: KnownActors | None = None,
    ) -> None:
        self.analyser: Analyser = analyser or default_analyser()
        self.gazetteer = gazetteer or Gazetteer.open()
        self.actors = actors or shipped()
        lists = f"{self.gazetteer.version}{self.actors.version}"
        self.coded_by = CodedBy(program=__version__, analyser=self.analyser.version, gazetteer=lists)

    def code(self, report: Report) -> CodedReport:
        """Code one report. Raises InputError where it cannot be coded."""
        [outcome] = self.code_all([report])
        if isinstance(outcome, Reject):
            raise outcome.error
        return outcome

    def code_all(self, items: Iterable[Report | Reject]) -> Iterator[CodedReport | Reject]:
        """Code reports in their order, a batch at a time. Rejects pass through; a report that fails becomes one."""
        remaining = iter(items)
        while batch := list(islice(remaining, BATCH)):
            reports = [item for item in batch if isinstance(item, Report) and not isinstance(item, Recorded)]
            analyses = iter(self._analyses(reports))
            for item in batch:
                if isinstance(item, Recorded):
                    yield item.coded
                else:
                    yield self._outcome(item, next(analyses)) if isinstance(item, Report) else item

    def _analyses(self, reports: Sequence[Report]) -> Sequence[Analysis | Exception]:
        """One analysis a report; a text on which the analyser fails gives its error, and the others are analysed."""
        try:
            return self.analyser.analyse([report.text for report in reports])
        except Exception as error:
            if len(reports) == 1:
                return [error]
            return [self._analyses([report])[0] for report in reports]

    def _outcome(self, report: Report, analysis: Analysis | Exception) -> CodedReport | Reject:
        try:
            if isinstance(analysis, Exception):
                raise analysis
            return self._code(report, analysis)
        except InputError as error:
            return Reject(source=report.source or report.id, error=error)
        except Exception as error:
            # A fault of ours in one report must not cost the user the other nine thousand.
            failure = CodingFailed(f"{type(error).__name__}: {error}; please report this text's case")
            failure.__cause__ = error
            return Reject(source=report.source or report.id, error=failure)

    def _code(self, report: Report, analysis: Analysis) -> CodedReport:
        published = _published(report)
        times = find_times(analysis, published)
        places = find_places(analysis, self.gazetteer)
        actors = find_actors(analysis, places, self.gazetteer, published, self.actors)
        attributions = read_attributions(analysis, actors)
        claims = find_claims(
            analysis, attributions=attributions.read, actors=actors, places=places, times=times, published=published
        )
        events = find_events(
            analysis,
            attributions=attributions.read,
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
            attributions=tuple(attributions.found),
            claims=tuple(claims),
            events=tuple(events),
            warnings=tuple(_warnings(published, places, times, claims)),
            coded_by=self.coded_by,
        )


def code(
    text: str,
    *,
    published: str | date | None = None,
    id: str = "",
    title: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
) -> CodedReport:
    """Code one text with the shipped analyser and gazetteer.

    `published` is `YYYY-MM-DD` or a date; without it "Tuesday" stays unresolved. Raises InputError (EmptyReport,
    ReportTooLong, NotText, UnsupportedLanguage, MalformedRecord) where the text cannot be coded, and UsageError for
    what is no text or no date at all.
    """
    if not isinstance(text, str):
        raise UsageError(f"a text is a str, not {type(text).__name__}; read_inputs() reads files and bytes")
    if not isinstance(published, str | date | None):
        raise UsageError(f"published is a date or 'YYYY-MM-DD', not {type(published).__name__}")
    day = published.isoformat() if isinstance(published, date) else published
    report = Report(text=text, id=id, title=title, url=url, outlet=outlet, published=day)
    return default_coder().code(finished(report, Source("text")))


@cache
def default_coder(actors: str | Path | None = None) -> Coder:
    """The shipped analyser, gazetteer and actors, opened once a process and only when first asked for.

    `actors` is a CSV of further actors (see `KnownActors.extended`); where it is None, COUNTERCLAIM_ACTORS names it.
    COUNTERCLAIM_GAZETTEER names a gazetteer file of the user's own. Raises DataError where one is missing or damaged.
    """
    gazetteer = os.environ.get("COUNTERCLAIM_GAZETTEER")
    own = actors or os.environ.get("COUNTERCLAIM_ACTORS")
    return Coder(
        default_analyser(),
        Gazetteer.open(Path(gazetteer)) if gazetteer else None,
        shipped().extended(own) if own else None,
    )


def default_analyser() -> Analyser:
    """The trained analyser where its weights are in the package, else the patterns."""
    return ModelAnalyser() if files("counterclaim").joinpath("data", WEIGHTS).is_file() else PatternAnalyser()


def _published(report: Report) -> date | None:
    if not report.published:
        return None
    try:
        return date.fromisoformat(report.published)
    except ValueError as error:
        raise MalformedRecord(f"published {report.published!r} is not a date; write it as YYYY-MM-DD") from error


def _warnings(
    published: date | None, places: Iterable[Place], times: Iterable[Time], claims: Iterable[Claim]
) -> Iterator[Warning_]:
    if published is None:
        yield Warning_(
            code="no-publication-date",
            message="no publication date: relative times have a value only where the dateline gives a date",
        )
    unresolved = sorted({place.text for place in places if place.kind == "unresolved"})
    if unresolved:
        yield Warning_(code="unresolved-place", message=f"not found in the gazetteer: {', '.join(unresolved)}")
    unread = [
        claim.quantity for claim in claims if claim.min is claim.max is None and any(map(str.isdigit, claim.quantity))
    ]
    if unread:
        yield Warning_(code="unread-figure", message=f"not read as a number of persons: {', '.join(unread)}")
    undated = sorted({time.text for time in times if time.value is None})
    if undated:
        yield Warning_(code="unresolved-time", message=f"no value worked out for: {', '.join(undated)}")
