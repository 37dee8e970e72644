"""From a field back to the words it stands on, for whoever reviews it."""

from __future__ import annotations

from counterclaim.records import Claim, CodedReport, Event, Span

_LINKS = {"source": "source_actor", "perpetrator": "perpetrator_actor", "victims": "victim_actor"}


def words_of(report: CodedReport, record: Claim | Event, field: str) -> Span | None:
    """Where the words of a field stand: those a reviewer marked, else those the program read; None where none do."""
    layer = "claims" if isinstance(record, Claim) else "events"
    for one in report.decided:
        if (one.layer, one.record, one.field) == (layer, record.id, field) and one.span:
            return one.span
    if isinstance(record, Claim):
        return _of_claim(report, record, field)
    return _of_event(report, record, field)


def _of_claim(report: CodedReport, claim: Claim, field: str) -> Span | None:
    links = claim.links
    if field == "evidence":
        return claim.start, claim.end
    if field == "place":
        return _at(report, "places", links.place_id)
    if field == "date":
        return _at(report, "times", links.time_id)
    if field == "source":
        spans = [one.source for one in report.attributions if one.id == links.attribution and one.source]
        if spans:
            return spans[0]
    if field == "stance":
        return next((one.cue for one in report.attributions if one.id == links.attribution), None)
    words = getattr(claim, field)
    if not isinstance(words, str) or not words or field not in ("quantity", *_LINKS):
        return None
    begin = report.text.find(words, claim.start, claim.end)
    if begin >= 0:
        return begin, begin + len(words)
    return _mention(report, getattr(links, _LINKS[field]), claim.start) if field in _LINKS else None


def _of_event(report: CodedReport, event: Event, field: str) -> Span | None:
    if field == "type":
        return event.trigger
    if field == "place":
        return _at(report, "places", event.place)
    if field == "time":
        return _at(report, "times", event.time)
    if field in ("actor", "recipient"):
        ids: tuple[str, ...] = getattr(event, field)
        return _mention(report, ids[0], event.start) if ids else None
    return None


def _at(report: CodedReport, table: str, id: str | None) -> Span | None:
    return next(((one.start, one.end) for one in getattr(report, table) if one.id == id), None)


def _mention(report: CodedReport, id: str | None, near: int) -> Span | None:
    """The mention of an actor nearest to an offset."""
    spans = [span for actor in report.actors if actor.id == id for span in actor.mentions]
    return min(spans, key=lambda span: abs(span[0] - near), default=None)
