"""`verify`: whether a casebook is what was written."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import click
from rich.text import Text

from counterclaim.casebook.verifying import CHECKS
from counterclaim.casebook.verifying import verify as findings
from counterclaim.cli import EXIT_ERROR, EXIT_OK, options
from counterclaim.cli.text import console, counted, stdout

SHOWN = 20
"""Findings of one check that a reader is shown; --format jsonl has all."""


@click.command()
@options.casebook
@click.option(
    "--check",
    "chosen",
    type=click.Choice(list(CHECKS)),
    multiple=True,
    help="Only this check; may be given again.",
)
@options.table_or_lines
@click.pass_context
def verify(ctx: click.Context, casebook_path: Path, chosen: tuple[str, ...], form: str) -> None:
    """Check that a casebook is what was written: nothing lost, nothing changed, every number traced.

    Reads only, while others may write. Checks the file's pages and schema, its foreign keys and times, each text
    against its digest, each coding against the contract, its text and its rows, the search index, and each estimate
    against its trace. Exit code 0 where all is as it was written, 1 where something is not; a note is no fault.

    \b
    Examples:
      counterclaim verify --casebook my.db
      counterclaim verify --casebook my.db --check texts --check codings
      counterclaim verify --casebook my.db --format jsonl | jq -r .report | sort -u
    """
    shown = console()
    readable = form == "text" or (form == "auto" and shown.is_terminal)
    watched = console(stderr=True)
    busy = watched.status("opening") if watched.is_terminal else None
    seen: Counter[str] = Counter()
    weights: Counter[str] = Counter()

    def tell(check: str) -> None:
        if busy is not None:
            busy.update(f"checking {check}")

    with busy or nullcontext():
        for found in findings(casebook_path, chosen or tuple(CHECKS), on_check=tell):
            seen[found.check] += 1
            weights[found.weight] += 1
            if not readable:
                stdout().write(found.to_json().encode() + b"\n")
            elif seen[found.check] <= SHOWN:
                where = " of ".join(filter(None, (found.where, found.report and f"report {found.report}")))
                style = "bold red" if found.weight == "fault" else "yellow"
                shown.print(Text.assemble((f"{found.check}: ", style), f"{where}: " if where else "", found.message))
                shown.print(Text(f"  mend: {found.mend}", "dim"))
    if readable:
        for check, count in seen.items():
            if count > SHOWN:
                shown.print(f"{check}: {count - SHOWN:,} more; --format jsonl has them")
        notes = f", {counted(weights['note'], 'note')}" if weights["note"] else ""
        told = "is as it was written" if not weights["fault"] else counted(weights["fault"], "fault")
        click.echo(f"{casebook_path}: {told} ({counted(len(chosen or CHECKS), 'check')}{notes})")
    ctx.exit(EXIT_ERROR if weights["fault"] else EXIT_OK)
