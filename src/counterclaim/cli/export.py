"""`export`: a casebook in the formats of other tools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from counterclaim.casebook import AsOf, Casebook
from counterclaim.cli import options
from counterclaim.cli.text import counted, stdout
from counterclaim.errors import UsageError
from counterclaim.estimating import copy_groups, rules
from counterclaim.exporting import EXPORTERS, CsvTable, data_dictionary, export_to, exporter
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.incidents import (
    INCIDENT_EXPORTERS,
    Losses,
    Settled,
    export_incidents,
    incident_exporter,
    losses_csv,
)
from counterclaim.reviewing import linked, settled

_OF_REPORTS = [one.name for one in EXPORTERS]
_OF_INCIDENTS = [one.name for one in INCIDENT_EXPORTERS]
_EPILOG = "\b\nOf reports:\n{}\n\n\b\nOf incidents:\n{}".format(
    "\n".join(f"  {one.name:18} {one.description}" for one in EXPORTERS),
    "\n".join(f"  {one.name:18} {one.description}" for one in INCIDENT_EXPORTERS),
)


@click.command(epilog=_EPILOG)
@click.argument("form", metavar="FORMAT", type=click.Choice(_OF_REPORTS + _OF_INCIDENTS))
@options.casebook
@click.option("--report", "ids", metavar="ID", multiple=True, help="Only this report; may be given again.")
@click.option(
    "--rule", default="ucdp", show_default=True, metavar="NAME|FILE", help="Whose estimates the incidents' numbers are."
)
@click.option("--as-of", "moment", metavar="TIME", help="Incidents as the casebook could have told them then (UTC).")
@options.output
def export(
    form: str, casebook_path: Path, ids: tuple[str, ...], rule: str, moment: str | None, out: Path | None
) -> None:
    """Write a casebook for other tools: its reports, a record a row, or its incidents with their estimates.

    Beside a CSV file stands what its columns mean (ged.dictionary.csv), and beside an export of incidents what its
    scheme could not hold (ged.losses.csv).

    \b
    Examples:
      counterclaim export claims-csv --casebook my.db -o claims.csv
      counterclaim export ucdp-ged --casebook my.db -o ged.csv
      counterclaim export acled --casebook my.db --rule lowest -o acled.csv
      counterclaim export hxl --casebook my.db --rule range -o incidents.csv
      counterclaim export jsonl --casebook my.db > coded.jsonl
    """
    if form in _OF_INCIDENTS:
        _export_incidents(form, casebook_path, ids, rule, moment, out)
        return
    if moment:
        raise UsageError("--as-of is for formats of incidents: " + ", ".join(_OF_INCIDENTS))
    with Casebook.open(casebook_path) as book:
        written = export_to(out or stdout(), form, book.coded_reports(ids or None))
    if out is None:
        return
    click.echo(f"{out}: {counted(written, 'report')}")
    table = exporter(form)
    if isinstance(table, CsvTable):
        _beside(out, "dictionary", data_dictionary(table).encode(), "what its columns mean")


def _export_incidents(
    form: str, casebook_path: Path, ids: Sequence[str], rule: str, moment: str | None, out: Path | None
) -> None:
    (chosen,) = rules((rule,))
    as_of = AsOf.parse(moment) if moment else None
    with Casebook.open(casebook_path) as book:
        reports = {report.id: report for report in book.coded_reports(ids or None, as_of=as_of)}
        incidents = linked(reports, book.decisions(incidents=True, as_of=as_of))
    count = 0

    def found() -> Iterator[Settled]:
        nonlocal count
        one_text = copy_groups(reports.values())
        for incident in incidents:
            count += 1
            yield Settled(settled(incident, reports, (chosen,), one_text=one_text), reports, chosen.name)

    losses = export_incidents(out or stdout(), form, found())
    if out is None:
        return
    click.echo(f"{out}: from {counted(count, 'incident')}, by the rule {chosen.name}")
    dictionary = incident_exporter(form).dictionary()
    if dictionary:
        _beside(out, "dictionary", dictionary.encode(), "what its columns mean")
    if losses:
        _beside(out, "losses", losses_csv(losses), _told(losses))


def _told(losses: Losses) -> str:
    left_out = sum(loss.what == "incident" for loss in losses)
    return f"what {len(losses)} times it could not hold" + (f"; {left_out} incidents left out" if left_out else "")


def _beside(out: Path, kind: str, data: bytes, says: str) -> None:
    if not out.is_file():
        return
    path = out.with_suffix(f".{kind}.csv")
    with replacing(path) as stream:
        stream.write(data)
    click.echo(f"{path}: {says}")
