"""`claims`, `events`, `report`, `search`, `rejects`, `export`: what a casebook holds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from counterclaim.casebook import Casebook, Filter
from counterclaim.cli import options
from counterclaim.cli.text import claims_view, console, counted, events_view, stdout, summary
from counterclaim.errors import UsageError
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.page import render_page
from counterclaim.records import Record


@click.command()
@options.casebook
@options.filters
@options.table_or_lines
def claims(casebook_path: Path, wanted: Filter, form: str) -> None:
    """Who says how many: the claims of a casebook, from the newest coding of each report.

    \b
    Examples:
      counterclaim claims --casebook my.db --harm killed --news
      counterclaim claims --casebook my.db --source ministry --country AM
      counterclaim claims --casebook my.db --since 2022-09-12 --until 2022-09-14 --format jsonl
    """
    with Casebook.open(casebook_path) as book:
        found = book.claims(wanted)
    if _as_lines(found, form):
        return
    shown = console()
    shown.print(claims_view(((entry.report, entry.claim) for entry in found), shown.width))
    click.echo(f"\n{counted(len(found), 'claim')}")


@click.command()
@options.casebook
@options.filters
@options.table_or_lines
def events(casebook_path: Path, wanted: Filter, form: str) -> None:
    """Who did what to whom: the events of a casebook, from the newest coding of each report.

    \b
    Examples:
      counterclaim events --casebook my.db --actor Azerbaijan
      counterclaim events --casebook my.db --place Kunduz --news --format jsonl
    """
    with Casebook.open(casebook_path) as book:
        found = book.events(wanted)
    if _as_lines(found, form):
        return
    shown = console()
    shown.print(events_view(found, shown.width))
    click.echo(f"\n{counted(len(found), 'event')}")


@click.command()
@click.argument("report_id", metavar="[ID]", required=False)
@options.casebook
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "text", "jsonl", "html"]),
    default="auto",
    show_default=True,
    help="A summary, the coded report as a JSON line, or a page with the text marked up (needs -o).",
)
@options.output
def report(report_id: str | None, casebook_path: Path, form: str, out: Path | None) -> None:
    """One report as the casebook holds it, with its revisions and codings; without ID, the list of reports.

    \b
    Examples:
      counterclaim report --casebook my.db
      counterclaim report kunduz-1 --casebook my.db
      counterclaim report kunduz-1 --casebook my.db --format html -o kunduz-1.html
    """
    with Casebook.open(casebook_path) as book:
        if report_id is None:
            _list_reports(book, form)
            return
        coded = book.report(report_id)
        revisions, codings = book.revisions(report_id), book.codings(report_id)
    if form == "html":
        if out is None:
            raise UsageError("a page needs a file: add -o page.html")
        with replacing(out) as stream:
            stream.write(render_page([coded]).encode())
        click.echo(f"{out}: {report_id}")
        return
    shown = console()
    if form == "jsonl" or (form == "auto" and (out is not None or not shown.is_terminal)):
        _write(coded.to_json() + "\n", out)
        return
    with shown.capture() as captured:
        shown.print(summary(coded, shown.width))
        for revision in revisions:
            read = f" from {', '.join(revision.sources)}" if revision.sources else ""
            shown.print(Text(f"revision {revision.number} recorded {revision.recorded_at}{read}", "dim"))
        for coding in codings:
            by = coding.coded_by
            versions = f"counterclaim {by.program}, {by.analyser}, gazetteer {by.gazetteer}"
            current = " (current)" if coding.current else ""
            shown.print(Text(f"coding {coding.coding} of revision {coding.revision} by {versions}{current}", "dim"))
    _write(captured.get(), out)


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@options.casebook
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most this many reports.")
@options.table_or_lines
def search(words: tuple[str, ...], casebook_path: Path, limit: int, form: str) -> None:
    """Reports that hold all these words, best first.

    \b
    Examples:
      counterclaim search hospital strike --casebook my.db
      counterclaim search '"funeral hall" OR mourners' --casebook my.db
      counterclaim search 'cease* -truce' --casebook my.db
    """
    with Casebook.open(casebook_path) as book:
        found = book.search(" ".join(words), limit=limit)
    if _as_lines(found, form):
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("report", "published", "title", "words"):
        table.add_column(column)
    for hit in found:
        table.add_row(hit.report, hit.published or "", hit.title or "", " ".join(hit.snippet.split()))
    console().print(table)
    click.echo(f"\n{counted(len(found), 'report')}")


@click.command()
@options.casebook
@options.table_or_lines
def rejects(casebook_path: Path, form: str) -> None:
    """What could not be read or coded, and why.

    \b
    Examples:
      counterclaim rejects --casebook my.db
      counterclaim rejects --casebook my.db --format jsonl | jq -r .source
    """
    with Casebook.open(casebook_path) as book:
        found = book.rejects()
    if _as_lines(found, form):
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("input", "reason", "what is wrong, and the mend", "recorded"):
        table.add_column(column)
    for reject in found:
        table.add_row(reject.source, reject.code, reject.message, reject.recorded_at)
    console().print(table)
    click.echo(f"\n{counted(len(found), 'reject')}")


def _as_lines(found: Sequence[Record], form: str) -> bool:
    """Print records as JSON lines where that is asked for, or nobody reads along; say whether it was done."""
    if form == "text" or (form == "auto" and console().is_terminal):
        return False
    out = stdout()
    for record in found:
        out.write(record.to_json().encode() + b"\n")
    return True


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    with replacing(out) as stream:
        stream.write(text.encode("utf-8", "replace"))


def _list_reports(book: Casebook, form: str) -> None:
    found = book.reports()
    if _as_lines(found, form):
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("report", no_wrap=True)
    table.add_column("published", no_wrap=True)
    table.add_column("outlet")
    table.add_column("title")
    for column in ("claims", "events", "revisions"):
        table.add_column(column, justify="right")
    for entry in found:
        counts = (str(entry.claims), str(entry.events), str(entry.revisions))
        table.add_row(entry.id, entry.published or "", entry.outlet or "", entry.title or "", *counts)
    console().print(table)
    click.echo(f"\n{counted(len(found), 'report')}")
