"""`incidents`: many reports, one occurrence, who claims what of it, and the ranges that rules make of that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from counterclaim.casebook import AsOf, Casebook
from counterclaim.casebook.asof import Clock
from counterclaim.cli import options
from counterclaim.cli.incident_text import incident_view
from counterclaim.cli.text import console, counted, stdout
from counterclaim.errors import UsageError
from counterclaim.estimating import RULES, Rule, copy_groups, rules
from counterclaim.linking import Incident
from counterclaim.records import CodedReport
from counterclaim.reviewing import Decision, linked, settled


@click.command(epilog="\b\nRules:\n" + "\n".join(f"  {rule.name:8} {rule.about}" for rule in RULES))
@options.casebook_or_run
@click.option(
    "--as-of",
    "moment",
    metavar="TIME",
    help="Answer as the casebook could have then: 2022-09-14 (to its end) or 2022-09-14T12:00, in UTC.",
)
@click.option(
    "--clock",
    type=click.Choice(["both", "published", "recorded"]),
    default="both",
    show_default=True,
    help="What must have happened by --as-of: the report was published, it was recorded here, or both.",
)
@click.option(
    "--rule",
    "wanted",
    metavar="NAME|FILE",
    multiple=True,
    help="Only this rule, by name, or a rule of your own as a .py file; may be given again.",
)
@click.option("--incident", "ids", metavar="ID", multiple=True, help="Only this incident; may be given again.")
@click.option("--trace", is_flag=True, help="Show what every claim counted for under each rule, or why it did not.")
@options.table_or_lines
def incidents(
    casebook_path: Path | None,
    runs: tuple[str, ...],
    moment: str | None,
    clock: Clock,
    wanted: tuple[str, ...],
    ids: tuple[str, ...],
    trace: bool,
    form: str,
) -> None:
    """One occurrence told by many reports: who claims what, what is contested, and an honest range.

    Reports are linked into incidents each time, so the answer is always that of the reports held. A range never
    replaces the claims: each rule says how it settled them, and --trace what became of every one.

    \b
    Examples:
      counterclaim incidents --casebook my.db
      counterclaim incidents --casebook my.db --rule ucdp --rule my_rule.py --trace
      counterclaim incidents --casebook my.db --as-of 2022-09-14T12:00 --clock published
      counterclaim incidents --run coded/ --rule range
      counterclaim incidents --casebook my.db --format jsonl | jq '[.title, .estimates.range.killed.low]'
    """
    chosen = rules(wanted)
    if clock != "both" and moment is None:
        raise UsageError("--clock says how to read --as-of: give that too")
    as_of = AsOf.parse(moment, clock) if moment else None
    shown = console()
    watched = console(stderr=True)
    # A line that says what goes on, where somebody is there to see it.
    busy = watched.status("reading and linking reports") if watched.is_terminal else nullcontext()
    with busy:
        reports, decisions = _of_runs(runs, as_of) if runs else _of_casebook(casebook_path, as_of)
        made = linked(reports, decisions)
    found = _chosen(made, ids)
    readable = form == "text" or (form == "auto" and shown.is_terminal)
    told = 0
    for incident in _estimated(found, reports, chosen):
        if not readable:
            stdout().write(incident.to_json().encode() + b"\n")
        elif any(incident.estimates.values()) or ids:
            told += 1
            shown.print(incident_view(incident, reports, chosen, shown.width, trace=trace))
    if readable:
        until = f" as of {moment}" if moment else ""
        click.echo(f"{counted(told, 'incident')} with a toll, from {counted(len(reports), 'report')}{until}")
        if not ids and len(found) > told:
            click.echo(f"{counted(len(found) - told, 'incident')} more without a figure: --format jsonl has them")


def _of_casebook(path: Path | None, as_of: AsOf | None) -> tuple[dict[str, CodedReport], list[Decision]]:
    if path is None:
        raise UsageError("give --casebook, or --run")
    with Casebook.open(path) as book:
        reports = {report.id: report for report in book.coded_reports(as_of=as_of)}
        return reports, list(book.decisions(incidents=True, as_of=as_of))


def _of_runs(folders: Sequence[str], as_of: AsOf | None) -> tuple[dict[str, CodedReport], list[Decision]]:
    """The coded reports of runs, of several with one id the last; nobody has decided on them yet."""
    from counterclaim.cli.run import of_runs

    if as_of is not None:
        raise UsageError("a run keeps no history: --as-of asks a casebook")
    outcomes = (outcome for _, outcome in of_runs(folders))
    return {report.id: report for report in outcomes if isinstance(report, CodedReport)}, []


def _chosen(linked: Sequence[Incident], ids: Sequence[str]) -> list[Incident]:
    unknown = sorted(set(ids) - {incident.id for incident in linked})
    if unknown:
        raise UsageError(f"no incident {', '.join(unknown)} among the {len(linked)} of these reports")
    return [incident for incident in linked if not ids or incident.id in ids]


def _estimated(
    found: Sequence[Incident], reports: dict[str, CodedReport], chosen: Sequence[Rule]
) -> Iterator[Incident]:
    one_text = copy_groups(reports.values())
    for incident in found:
        yield settled(incident, reports, chosen, one_text=one_text)
