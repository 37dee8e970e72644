"""One self-contained HTML page: the text with every record marked in it, and each record's walk from words to value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from textwrap import shorten
from typing import BinaryIO, NamedTuple

import jinja2

from counterclaim.records import Actor, Attribution, Claim, CodedReport, Event, Place, Time

Row = tuple[str, str, str]
"""A line of a card: field, value, id of the linked record or \"\"."""


class Mark(NamedTuple):
    """A stretch of text that belongs to a record, in one layer of the page."""

    start: int
    end: int
    layer: str
    record: str


class Segment(NamedTuple):
    """A stretch of text over which the same marks hold; `opens` are the records that begin here."""

    text: str
    layers: tuple[str, ...]
    records: tuple[str, ...]
    opens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A record as the page shows it: its key fact, and rows of (field, value, id of a linked record or "")."""

    id: str
    layer: str
    heading: str
    rows: Sequence[Row]
    words: str = ""


LAYERS = {
    "claim": "claims",
    "event": "events (trigger words)",
    "source": "sources",
    "content": "what is attributed",
    "actor": "actors",
    "place": "places",
    "time": "times",
}
"""Layer to its label in the legend, in the order in which the legend shows them."""


class HtmlPage:
    """The exporter of the page: every report in one file, so it takes them all before it writes."""

    name = "html"
    extension = ".html"
    description = "one self-contained page: the claims, and each text with every record marked in it"

    def write(self, codings: Iterable[CodedReport], out: BinaryIO) -> None:
        """Write the page."""
        # A lone surrogate, which no UTF-8 file can hold, is shown as "?".
        out.write(render_page(list(codings)).encode("utf-8", "replace"))


def marks_of(coded: CodedReport) -> list[Mark]:
    """Every marked stretch of a report, in text order."""
    marks: list[Mark] = []
    for claim in coded.claims:
        marks.append(Mark(claim.start, claim.end, "claim", claim.id))
    for event in coded.events:
        marks.append(Mark(*event.trigger, "event", event.id))
        marks.extend(Mark(*span, "event", event.id) for span in event.mentions)
    for attribution in coded.attributions:
        if attribution.source:
            marks.append(Mark(*attribution.source, "source", attribution.id))
        if attribution.cue:
            marks.append(Mark(*attribution.cue, "source", attribution.id))
        marks.extend(Mark(*span, "content", attribution.id) for span in attribution.content)
    for actor in coded.actors:
        marks.extend(Mark(*span, "actor", actor.id) for span in actor.mentions)
    marks.extend(Mark(place.start, place.end, "place", place.id) for place in coded.places)
    marks.extend(Mark(time.start, time.end, "time", time.id) for time in coded.times)
    return sorted(marks)


def segments_of(text: str, marks: Sequence[Mark]) -> Iterator[Segment]:
    """Cut the text wherever a mark begins or ends, so that marks may overlap in any way."""
    bounds = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    active: list[Mark] = []
    coming = iter(marks)
    upcoming = next(coming, None)
    order = list(LAYERS)
    for start, end in pairwise(bounds):
        active = [mark for mark in active if mark.end > start]
        opens: list[str] = []
        while upcoming is not None and upcoming.start <= start:
            if upcoming.end > start:
                active.append(upcoming)
                opens.append(upcoming.record)
            upcoming = next(coming, None)
        layers = tuple(sorted({mark.layer for mark in active}, key=order.index))
        # A reader who points at a word wants what begins there, then what lies closest around it.
        active.sort(key=lambda mark: (mark.start != start, mark.end - mark.start if mark.start != start else 0))
        closest = sorted(active, key=lambda mark: order.index(mark.layer) if mark.start == start else len(order))
        records = tuple(dict.fromkeys(mark.record for mark in closest))
        yield Segment(text[start:end], layers, records, tuple(dict.fromkeys(opens)))


def render_page(coded: Sequence[CodedReport], title: str | None = None) -> str:
    """One page over one or more reports, oldest first, as HTML text.

    The page opens from disk and fetches nothing; with scripts off its tables still tell all.
    """
    ordered = sorted(coded, key=lambda report: report.published or "")
    sections = [
        {
            "key": f"r{number}",
            "report": report,
            "title": report.title or shorten(report.text.strip().split("\n", 1)[0], 120, placeholder=" …"),
            "segments": list(segments_of(report.text, marks_of(report))),
            "cards": list(cards_of(report)),
        }
        for number, report in enumerate(ordered)
    ]
    return _template("page.html.j2").render(
        title=title or (sections[0]["title"] if len(sections) == 1 else f"{len(sections)} reports"),
        layers=LAYERS,
        sections=sections,
    )


@cache
def _template(name: str) -> jinja2.Template:
    folder = files("counterclaim") / "data" / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda wanted: (folder / wanted).read_text("utf-8")),
        autoescape=True,  # report texts are hostile until shown otherwise
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def cards_of(coded: CodedReport) -> Iterator[Card]:
    """A card for each record of a report, layer by layer."""
    text = coded.text
    for claim in coded.claims:
        yield Card(claim.id, "claim", f"{claim.figure} {claim.harm}", _claim_rows(claim), claim.evidence)
    for event in coded.events:
        mode = f" / {event.plover.mode}" if event.plover.mode else ""
        heading = f"{event.plover.type}{mode}"
        yield Card(event.id, "event", heading, _event_rows(event, coded), text[event.start : event.end])
    for attribution in coded.attributions:
        source = text[slice(*attribution.source)] if attribution.source else "source not in the text"
        words = " … ".join(text[start:end] for start, end in attribution.content)
        yield Card(attribution.id, "source", source, _attribution_rows(attribution, coded), words)
    for actor in coded.actors:
        yield Card(actor.id, "actor", actor.name, _actor_rows(actor))
    for place in coded.places:
        yield Card(place.id, "place", place.name, _place_rows(place), place.text)
    for time in coded.times:
        yield Card(time.id, "time", time.value or "not resolved", _time_rows(time), time.text)


def _attribution_rows(attribution: Attribution, coded: CodedReport) -> list[Row]:
    cue = coded.text[slice(*attribution.cue)] if attribution.cue else ""
    speaker = attribution.actor or ""
    rows: list[Row] = [
        ("cue", cue, ""),
        ("stance", attribution.stance, ""),
        ("source is", attribution.kind, ""),
        ("stands for", _name(speaker, coded), speaker),
    ]
    return [row for row in rows if row[1]]


def _place_rows(place: Place) -> list[Row]:
    at = "" if place.lat is None or place.lon is None else f"{place.lat:.3f}, {place.lon:.3f}"
    rows: list[Row] = [
        ("kind", place.kind, ""),
        ("at", at, ""),
        ("in", ", ".join(part for part in (place.admin2, place.admin1, place.country) if part), ""),
        ("precision", _blank(place.precision, "UCDP where_prec {}"), ""),
        ("confidence", f"{place.confidence:.2f}", ""),
        ("GeoNames", _blank(place.geonames_id), ""),
    ]
    return [row for row in rows if row[1]]


def _time_rows(time: Time) -> list[Row]:
    span = f"{time.from_} to {time.to}" if time.from_ and time.from_ != time.to else ""
    rows: list[Row] = [
        ("type", time.type, ""),
        ("from – to", span, ""),
        ("precision", _blank(time.precision, "UCDP date_prec {}"), ""),
    ]
    return [row for row in rows if row[1]]


def _claim_rows(claim: Claim) -> list[Row]:
    links = claim.links
    minimum, maximum = _blank(claim.min), _blank(claim.max)
    rows: list[Row] = [
        ("words for the number", claim.quantity, ""),
        ("min – max", f"{minimum or 'open'} – {maximum or 'open'}" if minimum or maximum else "", ""),
        ("victims", claim.victims, links.victim_actor or ""),
        ("victims are", claim.victim_kind, ""),
        ("victims' side", claim.victim_side, ""),
        ("perpetrator", claim.perpetrator, links.perpetrator_actor or ""),
        ("according to", claim.source or "the author", links.attribution or links.source_actor or ""),
        ("stance", claim.stance, ""),
        ("place", claim.place, links.place_id or ""),
        ("date", claim.date, links.time_id or ""),
        ("act", "the act that caused it" if links.event else "", links.event or ""),
        ("told as", "background" if claim.background else "the news", ""),
        ("running total", "yes" if claim.cumulative else "", ""),
        ("confidence", f"{claim.confidence:.2f}", ""),
    ]
    return [row for row in rows if row[1]]


def _event_rows(event: Event, coded: CodedReport) -> list[Row]:
    rows: list[Row] = [("who", _name(actor, coded), actor) for actor in event.actor]
    rows += [("to whom", _name(actor, coded), actor) for actor in event.recipient]
    rows += [
        ("weapon", event.weapon or "", ""),
        ("where", _place_name(event.place, coded), event.place or ""),
        ("when", _time_value(event.time, coded), event.time or ""),
        ("reality", event.reality, ""),
        ("told as", "background" if event.background else "the news", ""),
        ("attributed", "to a source" if event.attribution else "", event.attribution or ""),
        ("CAMEO", event.cameo or "", ""),
        ("ACLED", event.acled.sub_event_type if event.acled else "", ""),
        ("UCDP violence", _blank(event.ucdp_violence), ""),
    ]
    rows += [("harm", "a claimed toll", claim) for claim in event.claims]
    return [row for row in [*rows, ("confidence", f"{event.confidence:.2f}", "")] if row[1]]


def _actor_rows(actor: Actor) -> list[Row]:
    rows: list[Row] = [
        ("kind", actor.kind, ""),
        ("role", actor.role or "", ""),
        ("country", actor.country_name or actor.country or "", ""),
        ("sector", actor.sector or "", ""),
        ("mentions", str(len(actor.mentions)), ""),
    ]
    return [row for row in rows if row[1]]


def _blank(value: int | None, form: str = "{}") -> str:
    return "" if value is None else form.format(value)


def _name(actor_id: str, coded: CodedReport) -> str:
    return next((actor.name for actor in coded.actors if actor.id == actor_id), "")


def _place_name(place_id: str | None, coded: CodedReport) -> str:
    return next((place.name for place in coded.places if place.id == place_id), "")


def _time_value(time_id: str | None, coded: CodedReport) -> str:
    return next((time.value or time.text for time in coded.times if time.id == time_id), "")
