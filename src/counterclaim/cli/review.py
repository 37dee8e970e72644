"""`review`: what to look at first, what was decided, how far reviewers agree, and their decisions as annotation."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import click
from rich.table import Table

from counterclaim.casebook import Casebook
from counterclaim.cli import options
from counterclaim.cli.text import console, counted, stdout
from counterclaim.estimating import copy_groups
from counterclaim.exporting.atomic import replacing
from counterclaim.reviewing import linked, settled, undoing, undone


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def review() -> None:
    """What people decide of what the program read. Deciding is done in the browser (`counterclaim serve`, Review).

    \b
    Examples:
      counterclaim review list --casebook my.db
      counterclaim review log --casebook my.db
      counterclaim review undo 17 --casebook my.db --why "wrong report"
      counterclaim review agreement --casebook my.db
      counterclaim review annotations --casebook my.db -o claims.jsonl
    """


@review.command("list")
@options.casebook
@click.option("--kind", type=click.Choice(["claim", "incident", "link"]), help="Only these.")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="So many lines.")
@options.table_or_lines
def list_(casebook_path: Path, kind: str | None, limit: int, form: str) -> None:
    """What is most in doubt and what most hangs on, first.

    \b
    Examples:
      counterclaim review list --casebook my.db --kind link
      counterclaim review list --casebook my.db --format jsonl --limit 1000 | jq .why
    """
    from counterclaim.reviewing.doubts import doubts

    with Casebook.open(casebook_path) as book:
        reports = {report.id: report for report in book.coded_reports()}
        incidents = linked(reports, book.decisions(incidents=True))
    one_text = copy_groups(reports.values())
    titles = {one.id: one.title for one in incidents}
    found = [
        doubt
        for one in incidents
        for doubt in doubts(settled(one, reports, one_text=one_text), reports)
        if kind in (None, doubt.kind)
    ]
    found.sort(key=lambda one: -one.priority)
    shown = console()
    if form == "jsonl" or (form == "auto" and not shown.is_terminal):
        for one in found[:limit]:
            stdout().write(one.to_json().encode() + b"\n")
        return
    table = Table("what", "of", "doubt", "why", box=None, header_style="bold")
    for one in found[:limit]:
        what = f"claim {one.record} of {one.report}" if one.kind == "claim" else one.kind
        table.add_row(what, titles[one.incident] or one.incident, f"{one.doubt:.2f}", one.why)
    shown.print(table)
    click.echo(f"\n{counted(len(found), 'thing')} to review")


@review.command()
@options.casebook
@click.option("--by", metavar="NAME", help="Only what this reviewer decided.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="So many, the newest.")
@options.table_or_lines
def log(casebook_path: Path, by: str | None, limit: int, form: str) -> None:
    """Every decision with who, when and why, the newest first; also those undone.

    \b
    Examples:
      counterclaim review log --casebook my.db --by ana
      counterclaim review log --casebook my.db --format jsonl > decisions.jsonl
    """
    with Casebook.open(casebook_path) as book:
        found = book.decisions(reviewer=by, limit=limit)
        gone = undone(book.decisions(kind="undo"))
    shown = console()
    if form == "jsonl" or (form == "auto" and not shown.is_terminal):
        for one in found:
            stdout().write(one.to_json().encode() + b"\n")
        return
    table = Table("no.", "when (UTC)", "who", "what", "of", "why", box=None, header_style="bold")
    for one in found:
        what = f"undid {one.undoes}" if one.kind == "undo" else f"{one.kind} {one.field}".strip()
        value = f": {one.value}" if one.kind in ("correct", "grade") else ""
        mark = " (undone)" if one.number in gone else ""
        of = f"{one.record} of {one.report}" if one.report else one.incident
        table.add_row(str(one.number), one.at[:16], one.by, f"{what}{value}{mark}", of, one.why)
    shown.print(table)
    click.echo(f"\n{counted(len(found), 'decision')}")


@review.command()
@click.argument("number", type=click.IntRange(min=1))
@options.casebook
@options.reviewer
@click.option("--why", default="", help="The reason, kept with it.")
def undo(number: int, casebook_path: Path, reviewer: str, why: str) -> None:
    """Undo a decision: a decision too, which can be undone.

    \b
    Examples:
      counterclaim review undo 17 --casebook my.db --why "wrong report"
    """
    with Casebook.open(casebook_path) as book:
        [made] = book.decide([undoing(reviewer, book.decision(number), book.decisions(kind="undo"), why)])
    click.echo(f"decision {made.number}: {made.by} undid decision {number}")


@review.command()
@options.casebook
@options.table_or_lines
def agreement(casebook_path: Path, form: str) -> None:
    """How far reviewers who decided on the same records agree: Krippendorff's alpha, field by field.

    \b
    Examples:
      counterclaim review agreement --casebook my.db
    """
    from counterclaim.reviewing.agreement import agreement as measured

    with Casebook.open(casebook_path) as book:
        found = measured(book.decisions())
    shown = console()
    if form == "jsonl" or (form == "auto" and not shown.is_terminal):
        for one in found:
            stdout().write(one.to_json().encode() + b"\n")
        return
    if not found:
        click.echo("no record was decided on by two reviewers yet")
        return
    table = Table("layer", "field", "records", "readings", "agree", "alpha", box=None, header_style="bold")
    for one in found:
        alpha = "all the same" if one.alpha is None else f"{one.alpha:.2f}"
        table.add_row(one.layer, one.field, str(one.records), str(one.readings), f"{one.observed:.0%}", alpha)
    shown.print(table)


@review.command("annotations")
@options.casebook
@click.option("--layer", type=click.Choice(["claims", "events"]), default="claims", show_default=True)
@options.output
def annotation(casebook_path: Path, layer: Literal["claims", "events"], out: Path | None) -> None:
    """Decisions as training annotation: a sentence a line, with document id, offsets and labels, and no text.

    Only sentences of which every claim (or act) was accepted, corrected or rejected: their list is an answer.

    \b
    Examples:
      counterclaim review annotations --casebook my.db -o claims.jsonl
      counterclaim review annotations --casebook my.db --layer events > events.jsonl
    """
    from counterclaim.reviewing.annotating import lines_of

    with Casebook.open(casebook_path) as book:
        decided = sorted({one.report for one in book.decisions(incidents=False) if one.report})
        lines = [line for id in decided for line in lines_of(book.under_review(id), layer)]
    data = "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
    if out is None:
        stdout().write(data)
        return
    with replacing(out) as stream:
        stream.write(data)
    click.echo(f"{out}: {counted(len(lines), 'sentence')}")
