"""Coded reports as a person reads them on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from counterclaim.casebook import EventEntry
from counterclaim.records import Claim, CodedReport

HARM_STYLE = {"killed": "bold red", "injured": "yellow", "missing": "magenta", "captured": "cyan"}
STANCE_STYLE = {"denies": "bold red", "doubts": "yellow", "hypothetical": "dim"}


def console(stderr: bool = False) -> Console:
    """A console that keeps tables readable when the output is a file or a pipe."""
    made = Console(stderr=stderr, highlight=False, emoji=False, markup=False)
    if not made.is_terminal:
        made.width = 140
    return made


def stdout() -> BinaryIO:
    """The standard output for bytes, so that what is written is UTF-8 whatever the terminal's locale."""
    return sys.stdout.buffer


NARROW = 76
"""Columns of a terminal below which the table of claims would break words; one record a paragraph then."""
NARROW_FOR_EVENTS = 100
"""The same for events, whose cells hold longer words."""


def claims_view(rows: Iterable[tuple[str, Claim]], width: int, *, first: str = "report") -> RenderableType:
    """Claims as a table, or as paragraphs on a narrow terminal: (report or claim id, claim) a row."""
    if width >= NARROW:
        return claims_table(rows, first=first)
    parts: list[RenderableType] = []
    for lead, claim in rows:
        told = " · ".join(
            filter(None, ("" if claim.stance == "asserts" else claim.stance, background(claim.background)))
        )
        by = f" by {claim.perpetrator}" if claim.perpetrator else ""
        figure = Text.assemble((f"{claim.figure} {claim.harm}", "bold"), f" {claim.victims}".rstrip(), by)
        about = " · ".join(filter(None, (lead, claim.place, claim.date, told)))
        parts += [figure, Padding(f"according to {claim.source or 'the author'}\n{about}", (0, 0, 1, 2))]
    return Group(*parts)


def background(told: bool) -> str:
    """The word for what is told as earlier context."""
    return "background" if told else ""


def claims_table(rows: Iterable[tuple[str, Claim]], *, first: str = "report", title: str | None = None) -> Table:
    """A table of claims: (what goes in the first column, claim) a row."""
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False, header_style="dim")
    table.add_column(first, no_wrap=True)
    table.add_column("figure", justify="right", no_wrap=True)
    table.add_column("harm", no_wrap=True)
    table.add_column("victims", ratio=2, overflow="fold")
    table.add_column("by", ratio=2, overflow="fold")
    table.add_column("according to", ratio=3, overflow="fold")
    table.add_column("where", ratio=2, overflow="fold")
    table.add_column("when", no_wrap=True)
    for lead, claim in rows:
        style = "dim" if claim.background else ""
        source = claim.source or "(the author)"
        if claim.stance != "asserts":
            source += f" · {claim.stance}"
        if claim.background:
            source += " · background"
        table.add_row(
            lead,
            Text(claim.figure, "bold" if not claim.background else ""),
            Text(claim.harm, HARM_STYLE.get(claim.harm, "")),
            claim.victims,
            claim.perpetrator,
            Text(source, STANCE_STYLE.get(claim.stance, "")),
            claim.place,
            claim.date,
            style=style,
        )
    return table


def summary(coded: CodedReport, width: int) -> RenderableType:
    """One coded report for a terminal of `width` columns: heading, claims, storyline, and what was not worked out."""
    title = coded.title or coded.text.strip().split("\n", 1)[0]
    heading = Text(title[:160], "bold")
    facts = [coded.id, coded.published or "undated", coded.outlet or ""]
    about = Text(" · ".join(fact for fact in facts if fact), "dim")
    parts: list[RenderableType] = [heading, about, Text()]
    if coded.claims:
        table = claims_view([(claim.id, claim) for claim in coded.claims], width, first="claim")
        parts += [Text("Claims of harm", "underline"), Padding(table, (0, 0, 1, 2))]
    else:
        parts.append(Text("No claim of human harm found.", "dim"))
    if coded.events:
        parts += [Text("Who did what to whom", "underline"), Padding(storyline(coded), (0, 0, 1, 2))]
    parts += [Text(f"! {warning.message}", "yellow") for warning in coded.warnings]
    parts.append(Text())
    return Group(*parts)


def storyline(coded: CodedReport) -> Table:
    """The events of one report in text order, the background of the story dimmed."""
    names = {actor.id: actor.name for actor in coded.actors}
    places = {place.id: place.name for place in coded.places}
    times = {time.id: time.value or "" for time in coded.times}
    speakers = {
        attribution.id: names.get(attribution.actor or "")
        or (coded.text[slice(*attribution.source)] if attribution.source else "")
        for attribution in coded.attributions
    }
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(5):
        table.add_column()
    for event in coded.events:
        who = ", ".join(names.get(actor, "?") for actor in event.actor) or "(not said)"
        whom = ", ".join(names.get(actor, "?") for actor in event.recipient)
        speaker = speakers.get(event.attribution or "", "")
        told = [
            "" if event.reality == "actual" else event.reality,
            "background" if event.background else "",
            f"according to {speaker}" if speaker else "",
        ]
        where = " ".join(part for part in (places.get(event.place or "", ""), times.get(event.time or "", "")) if part)
        act = f"{event.plover.type}{'/' + event.plover.mode if event.plover.mode else ''}"
        deed = Text.assemble((act, "bold"), "  ", (" ".join(coded.text[slice(*event.trigger)].split()), "italic"))
        table.add_row(
            who,
            deed,
            f"→ {whom}" if whom else "",
            where,
            " · ".join(filter(None, told)),
            style="dim" if event.background else "",
        )
    return table


def events_view(rows: Iterable[EventEntry], width: int) -> RenderableType:
    """Events across reports as a table, or as paragraphs on a narrow terminal."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("report", no_wrap=True)
    for column in ("act", "who", "to whom", "where", "when", "according to", "words"):
        table.add_column(column, overflow="fold")
    parts: list[RenderableType] = []
    for entry in rows:
        event = entry.event
        act = " ".join(filter(None, (event.plover.type, event.plover.mode)))
        who, whom = (", ".join(actor.name for actor in side) for side in (entry.actors, entry.recipients))
        where = entry.place.name if entry.place else ""
        when = (entry.time.value or "") if entry.time else ""
        reality = "" if event.reality == "actual" else event.reality
        source = " ".join(entry.source.split()) or "(the author)"
        told = " · ".join(filter(None, (source, reality, background(event.background))))
        words = " ".join(_trigger(entry).split())
        style = "dim" if event.background else ""
        table.add_row(entry.report, Text(act, "bold"), who, whom, where, when, told, Text(words, "italic"), style=style)
        if width < NARROW_FOR_EVENTS:
            deed = Text.assemble(f"{who or '(not said)'}: ", (act, "bold"), " ", (words, "italic"))
            about = " · ".join(filter(None, (entry.report, where, when)))
            lines = (f"→ {whom}" if whom else "", f"according to {told}", about)
            parts += [deed, Padding("\n".join(filter(None, lines)), (0, 0, 1, 2))]
    return Group(*parts) if width < NARROW_FOR_EVENTS else table


def _trigger(entry: EventEntry) -> str:
    """The words that tell the act, out of its clause; the clause itself where they stand outside it."""
    start, end = (at - entry.event.start for at in entry.event.trigger)
    return entry.evidence[start:end] if 0 <= start < end <= len(entry.evidence) else entry.evidence


def counted(number: int, noun: str) -> str:
    """`1 report`, `3 reports`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def totals(coded: Sequence[CodedReport]) -> str:
    """How much was found over several reports, in one line."""
    claims = sum(len(report.claims) for report in coded)
    events = sum(len(report.events) for report in coded)
    attributed = sum(1 for report in coded for claim in report.claims if claim.source_kind != "author")
    return (
        f"{counted(len(coded), 'report')}: {counted(claims, 'claim')} of harm "
        f"({attributed:,} handed to a source), {counted(events, 'event')}"
    )
