"""`demo`: the whole on the bundled reports, understood at a glance."""

from __future__ import annotations

import sys
import tempfile
import webbrowser
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path

import click

from counterclaim.casebook import Casebook
from counterclaim.cli.text import claims_table, console, totals
from counterclaim.exporting.atomic import replacing
from counterclaim.exporting.page import render_page
from counterclaim.reading import Reject, read_inputs
from counterclaim.records import Claim, CodedReport


@click.command()
@click.option(
    "--casebook",
    "casebook_path",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the demo's casebook here instead of in a temporary folder.",
)
@click.option("--open/--no-open", "open_it", default=None, help="Open the page in a browser (default: at a terminal).")
def demo(casebook_path: Path | None, open_it: bool | None) -> None:
    """Code the bundled reports, keep them in a casebook, and show who says how many.

    Fourteen short reports by opposed sources about four occurrences, with tolls that are revised and denied.

    \b
    Examples:
      counterclaim demo
      counterclaim demo --casebook demo.db --no-open
    """
    from counterclaim.pipeline import default_coder

    folder = casebook_path.parent if casebook_path else Path(tempfile.mkdtemp(prefix="counterclaim-demo-"))
    path = casebook_path or folder / "demo.db"
    coder = default_coder()
    with as_file(files("counterclaim") / "data" / "reports") as bundled, Casebook(path) as book:
        coded: list[CodedReport] = []
        for outcome in coder.code_all(read_inputs([str(bundled)])):
            if isinstance(outcome, Reject):
                raise outcome.error
            book.add(outcome)
            coded.append(outcome)
    shown = console()
    for title, reports in _occurrences(coded):
        rows = [
            (report.published or "", claim) for report in reports for claim in _stated_once(report) if _tells(claim)
        ]
        shown.print(claims_table(rows, first="published", title=title))
        shown.print()
    page = folder / "demo.html"
    with replacing(page) as stream:
        stream.write(render_page(coded, "The bundled reports").encode())
    shown.print(totals(coded))
    shown.print("≥ at least   ≤ at most   ~ about   dim: an earlier event told as background")
    shown.print()
    shown.print(
        f"casebook: {path}\npage:     {page}\n"
        f"next:     counterclaim incidents --casebook {path}\n"
        "          counterclaim code YOUR_REPORT.txt --published 2022-09-13"
    )
    if open_it if open_it is not None else sys.stdout.isatty():
        webbrowser.open(page.resolve().as_uri())


def _occurrences(coded: list[CodedReport]) -> list[tuple[str, list[CodedReport]]]:
    """The bundled reports by the word their file names begin with, each in the order of publication."""

    def occurrence(report: CodedReport) -> str:
        return report.id.rpartition("-")[0]

    ordered = sorted(coded, key=lambda report: (occurrence(report), report.published or "", report.id))
    return [(name.capitalize(), list(group)) for name, group in groupby(ordered, key=occurrence)]


def _stated_once(report: CodedReport) -> list[Claim]:
    """Claims without the headline's repetition of what the story itself states with more detail."""
    kept: list[Claim] = []
    for claim in report.claims:
        repeated = any(
            (other.harm, other.min, other.max) == (claim.harm, claim.min, claim.max) and other.start > claim.start
            for other in report.claims
        )
        if claim.sentence > 0 or not repeated:
            kept.append(claim)
    return kept


def _tells(claim: Claim) -> bool:
    """True where a figure, or a vague word for one, is given."""
    return claim.min is not None or claim.max is not None or claim.vague is not None
