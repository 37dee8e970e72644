"""An incident as a person reads it on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from counterclaim.cli.text import HARM_STYLE, counted
from counterclaim.estimating import Rule, told
from counterclaim.linking.incident import Estimate, Incident, Range
from counterclaim.linking.tellers import side_name
from counterclaim.linking.tolls import Told
from counterclaim.records import CodedReport

ROWS = 14
"""Claims shown at most; JSON lines have all."""
CONTESTED = 6


def incident_view(
    incident: Incident, reports: Mapping[str, CodedReport], rules: Sequence[Rule], width: int, *, trace: bool = False
) -> RenderableType:
    """Title, place and dates; who claims what; what is contested; the ranges, each with its reason."""
    found = told(incident, reports)
    days = incident.from_ or "undated"
    if incident.to and incident.to != incident.from_:
        days += f" to {incident.to}"
    place = incident.place
    where = ", ".join(filter(None, (place.name, place.admin1, place.country))) if place else "place unknown"
    facts = (where, days, counted(len(incident.reports), "report"), incident.id)
    parts: list[RenderableType] = [Text(incident.title or incident.id, "bold"), Text(" · ".join(facts), "dim")]
    parts += [Padding(part, (0, 0, 0, 2)) for part in (_claims(found, width), *_denials(incident, reports))]
    parts += _contested(incident)
    parts.append(_estimates(incident, rules))
    if incident.grade:
        parts.append(Text(f"  civilian harm, as Airwars grades it: {incident.grade}"))
    if trace:
        parts += _traces(incident, {one.ref: one for one in found})
    return Group(*parts, Text())


def _claims(found: Sequence[Told], width: int) -> RenderableType:
    """A row for each figure that stands, the sources of one side together, then the earlier figures of each."""
    standing = [one for one in found if one.state in ("stands", "part", "denied", "doubted") and _says_something(one)]
    order = {"stands": 0, "denied": 1, "doubted": 1, "part": 2}
    standing.sort(key=lambda one: (one.harm != "killed", one.harm, order[one.state], one.teller.side, one.published))
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("harm", no_wrap=True)
    table.add_column("figure", justify="right", no_wrap=True)
    table.add_column("of whom", overflow="fold")
    table.add_column("according to", overflow="fold")
    table.add_column("about", overflow="fold")
    table.add_column("published", no_wrap=True)
    for one in standing[:ROWS]:
        style = "dim" if one.state == "part" else ""
        stance = f" {one.claim.stance}" if one.claim.stance != "asserts" else ""
        speaks = f" (for {side_name(one.teller.side)})" if one.teller.side else ""
        victims = ("of whom " if one.state == "part" else "") + one.claim.victims
        figure = Text(one.claim.figure, "bold" if one.state == "stands" else "")
        harm = Text(one.harm, HARM_STYLE.get(one.harm, ""))
        about = ", ".join(filter(None, (_interest(one), _before(one, found))))
        table.add_row(harm, figure, victims, one.teller.name + speaks + stance, about, one.published, style=style)
    if len(standing) > ROWS:
        return Group(table, Text(f"and {counted(len(standing) - ROWS, 'claim')} more: --format jsonl has all", "dim"))
    return table


def _says_something(one: Told) -> bool:
    return not one.scope.named and not (one.vague and not one.claim.vague)


def _interest(one: Told) -> str:
    """Own losses and the enemy's apart: what a side says of itself and of the other is not of one kind."""
    side = one.teller.side
    if side and side == one.scope.side:
        return "its own losses"
    if side and one.scope.of_country:
        return "the other side's losses"
    return f"blames {one.claim.perpetrator}" if one.claim.perpetrator else ""


def _before(one: Told, found: Sequence[Told]) -> str:
    """What the same source said earlier: `before: 50, 39`."""
    earlier = []
    newer = [one.ref]
    for other in reversed(found):
        if other.state == "superseded" and other.by in newer:
            newer.append(other.ref)
            earlier.append(f"{other.claim.figure} on {other.published}" if other.published else other.claim.figure)
    return f"before: {', '.join(earlier)}" if earlier else ""


def _denials(incident: Incident, reports: Mapping[str, CodedReport]) -> Sequence[RenderableType]:
    """Who rejects what is told, in the report's own words, though no figure is denied."""
    lines: dict[str, Text] = {}
    for report_id in incident.reports:
        report = reports.get(report_id)
        if report is None:
            continue
        mine = {id_ for owner, id_ in incident.events if owner == report_id}
        spans = [(event.start, event.end) for event in report.events if event.id in mine]
        actors = {actor.id: actor.name for actor in report.actors}
        for attribution in report.attributions:
            if attribution.stance != "denies" or not attribution.content:
                continue
            start, end = attribution.content[0][0], attribution.content[-1][1]
            if not any(first < end and start < last for first, last in spans):
                continue
            who = actors.get(attribution.actor or "") or (
                report.text[slice(*attribution.source)] if attribution.source else ""
            )
            words = " ".join(report.text[start:end].split())
            if who and words:
                lines.setdefault(who, Text.assemble((who, "bold red"), " denies: ", (words[:110], "italic")))
    return list(lines.values())[:3]


def _contested(incident: Incident) -> list[RenderableType]:
    against = [relation for relation in incident.relations if relation.kind in ("contradicts", "denies")]
    if not against:
        return []
    lines: list[RenderableType] = [Text("  Contested", "underline")]
    whys = list(dict.fromkeys(relation.why for relation in against))
    lines += [Padding(Text(f"{why}", "yellow"), (0, 0, 0, 4)) for why in whys[:CONTESTED]]
    if len(whys) > CONTESTED:
        lines.append(Text(f"    and {len(whys) - CONTESTED} more", "dim"))
    return lines


def _estimates(incident: Incident, rules: Sequence[Rule]) -> RenderableType:
    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for column in ("harm", "rule"):
        table.add_column(column, no_wrap=True)
    for column in ("low", "best", "high"):
        table.add_column(column, justify="right", no_wrap=True)
    table.add_column("by side and kind, and why", overflow="fold")
    harms = dict.fromkeys(harm for settled in incident.estimates.values() for harm in settled)
    for harm in harms:
        for at, rule in enumerate(rule for rule in rules if harm in incident.estimates.get(rule.name, {})):
            settled = incident.estimates[rule.name][harm]
            shown = [Text(_number(end)) for end in (settled.low, settled.best, settled.high)]
            shown[1].stylize("bold")
            told_of = "; ".join(filter(None, (_by(settled), settled.why)))
            table.add_row(Text(harm if not at else "", HARM_STYLE.get(harm, "")), rule.name, *shown, told_of)
    return Padding(table, (0, 0, 0, 2))


def _number(end: int | None) -> str:
    return "–" if end is None else f"{end:,}"


def _by(settled: Estimate) -> str:
    """`Armenia 49, Azerbaijan 50`: each side's and kind's toll, where it is not just the total again."""
    parts = {name: _span(part) for name, part in settled.by.items() if name != "unknown"}
    return ", ".join(f"{name} {shown}" for name, shown in parts.items() if shown)


def _span(part: Range) -> str:
    if part.best is not None and part.low == part.high == part.best:
        return f"{part.best:,}"
    if part.high is None:
        return f"≥{part.low:,}" if part.low is not None else ""
    middle = f" ({part.best:,})" if part.best is not None else ""
    return f"{_number(part.low)}–{_number(part.high)}{middle}"


def _traces(incident: Incident, found: Mapping[tuple[str, str], Told]) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for settled in incident.estimates.values():
        for harm, estimate in settled.items():
            lines.append(Text(f"  {estimate.rule}, {harm}: {estimate.why}", "underline"))
            table = Table(box=None, pad_edge=False, show_header=False)
            for weighed in estimate.trace:
                one = found.get(weighed.claim)
                weight = "" if weighed.weight is None else f"{weighed.weight:g}"
                says = f"{one.claim.figure} {one.claim.victims}".rstrip() if one else ""
                who = one.teller.name if one else ""
                table.add_row("/".join(weighed.claim), weight, says, who, weighed.reason)
            lines.append(Padding(table, (0, 0, 0, 4)))
    return lines
