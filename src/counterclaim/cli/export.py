"""`export`: a casebook in the formats of other tools."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from counterclaim.casebook import AsOf, Casebook
from counterclaim.cli import options
from counterclaim.cli.text import counted, stdout
from counterclaim.errors import UsageError
from counterclaim.estimating import RULES, copy_groups, rules
from counterclaim.exporting import EXPORTERS, export_to
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.dictionaries import dictionary_of, left_out_of
from counterclaim.exporting.incidents import (
    INCIDENT_EXPORTERS,
    BesideTable,
    Dossier,
    DossierPdf,
    IncidentExporter,
    Losses,
    export_incidents,
    incident_exporter,
    losses_csv,
)
from counterclaim.linking.beside import ALONE, Beside, beside
from counterclaim.reviewing import linked, settled
from counterclaim.serving.settling import ready

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
    "--incident", "only", metavar="ID", multiple=True, help="Only this incident; may be given again (incidents)."
)
@click.option(
    "--rule", default="ucdp", show_default=True, metavar="NAME|FILE", help="Whose estimates the incidents' numbers are."
)
@click.option("--as-of", "moment", metavar="TIME", help="Incidents as the casebook could have told them then (UTC).")
@click.option("--names", "named", is_flag=True, help="Print the names of victims in a dossier; hidden by default.")
@options.output
def export(
    form: str,
    casebook_path: Path,
    ids: tuple[str, ...],
    only: tuple[str, ...],
    rule: str,
    moment: str | None,
    named: bool,
    out: Path | None,
) -> None:
    """Write a casebook for other tools: its reports, a record a row, or its incidents with their estimates.

    Beside the file stands what its columns mean (ged.dictionary.csv), and what its scheme could not hold
    (ged.losses.csv). A spreadsheet takes no text in a table for a formula.

    \b
    Examples:
      counterclaim export claims-csv --casebook my.db -o claims.csv
      counterclaim export ucdp-ged --casebook my.db -o ged.csv
      counterclaim export acled --casebook my.db --rule lowest -o acled.csv
      counterclaim export dossier --casebook my.db --incident i0123456789ab -o dossier.html
      counterclaim export beside --casebook my.db -o beside.csv      ours beside what `add --from ucdp-ged` imported
      counterclaim export jsonl --casebook my.db > coded.jsonl
    """
    if form in _OF_INCIDENTS:
        _export_incidents(form, casebook_path, ids, only, rule, moment, named, out)
        return
    if moment or only:
        raise UsageError(f"--as-of and --incident are for formats of incidents: {', '.join(_OF_INCIDENTS)}")
    with Casebook.open(casebook_path) as book:
        written = export_to(out or stdout(), form, book.coded_reports(ids or None))
    if out is None:
        return
    click.echo(f"{out}: {counted(written, 'report')}")
    _beside(out, "dictionary", dictionary_of(form).encode(), "what its columns mean")
    if losses := left_out_of(form):
        _beside(out, "losses", losses_csv(losses), _told(losses))


def _export_incidents(
    form: str,
    casebook_path: Path,
    ids: Sequence[str],
    only: Sequence[str],
    rule: str,
    moment: str | None,
    named: bool,
    out: Path | None,
) -> None:
    (chosen,) = rules((rule,))
    # A dossier shows every rule beside the one asked for.
    used = (chosen, *(one for one in RULES if one.name != chosen.name)) if form.startswith("dossier") else (chosen,)
    as_of = AsOf.parse(moment) if moment else None
    with Casebook.open(casebook_path) as book:
        reports = {report.id: report for report in book.coded_reports(ids or None, as_of=as_of)}
        incidents = linked(reports, book.decisions(incidents=True, as_of=as_of))
    if unknown := sorted(set(only) - {incident.id for incident in incidents}):
        raise UsageError(f"no incident {', '.join(unknown)} among the {len(incidents)} of these reports")
    one_text = copy_groups(reports.values())
    laid: dict[str, list[Beside]] = {}
    if any(report.is_record for report in reports.values()):
        incidents = [settled(incident, reports, used, one_text=one_text) for incident in incidents]
        laid = beside(incidents, reports, chosen.name)
    found = [incident for incident in incidents if not only or incident.id in only]
    estimated = (
        incident if incident.estimates else settled(incident, reports, used, one_text=one_text) for incident in found
    )
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    page = Dossier(made=made, of=f"{moment} (UTC)" if moment else "")
    target: IncidentExporter = incident_exporter(form)
    if form.startswith("dossier"):
        target = page if form == "dossier" else DossierPdf(page)
    elif form == "beside":
        target = BesideTable(laid.get(ALONE, ()) if not only else ())
    losses = export_incidents(out or stdout(), target, ready(estimated, reports, chosen.name, named=named, laid=laid))
    if out is None:
        return
    click.echo(f"{out}: from {counted(len(found), 'incident')}, by the rule {chosen.name}")
    _beside(out, "dictionary", target.dictionary().encode(), "what its columns mean")
    if losses:
        _beside(out, "losses", losses_csv(losses), _told(losses))


def _told(losses: Losses) -> str:
    left_out = sum(loss.what == "incident" for loss in losses)
    return f"what it could not hold, {counted(len(losses), 'line')}" + (
        f"; {left_out} incidents left out" if left_out else ""
    )


def _beside(out: Path, kind: str, data: bytes, says: str) -> None:
    if not out.is_file():
        return
    path = out.with_suffix(f".{kind}.csv")
    with replacing(path) as stream:
        stream.write(data)
    click.echo(f"{path}: {says}")
