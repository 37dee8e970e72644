"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def inputs(command: Command) -> Command:
    """`INPUT...`, `--from`, `--published`."""
    command = click.option(
        "--published",
        metavar="DATE",
        help="Publication date (YYYY-MM-DD) of inputs that carry none of their own.",
    )(command)
    command = click.option(
        "--from",
        "kind",
        type=click.Choice(["auto", "text", "html", "jsonl"]),
        default="auto",
        show_default=True,
        help="What the inputs are.",
    )(command)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(command)


def casebook(command: Command) -> Command:
    """`--casebook PATH`, or the environment's COUNTERCLAIM_CASEBOOK."""
    return click.option(
        "--casebook",
        "casebook_path",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="COUNTERCLAIM_CASEBOOK",
        required=True,
        help="The casebook file (or set COUNTERCLAIM_CASEBOOK).",
    )(command)


def output(command: Command) -> Command:
    """`-o FILE`."""
    return click.option(
        "-o",
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write here instead of to the terminal; a file appears whole or not at all.",
    )(command)


def filters(command: Command) -> Command:
    """The filters of `claims`, `events` and `export`."""
    for option in (
        click.option("--limit", type=click.IntRange(min=1), help="At most this many rows."),
        click.option("--background/--news", default=None, help="Only earlier events told as context / only the news."),
        click.option("--until", metavar="DATE", help="Harm or act on or before this day (YYYY-MM-DD)."),
        click.option("--since", metavar="DATE", help="Harm or act on or after this day (YYYY-MM-DD)."),
        click.option("--place", metavar="TEXT", help="Place name contains TEXT."),
        click.option("--country", metavar="ISO2", help="Resolved place lies in this country, such as AM."),
        click.option("--report", "report_id", metavar="ID", help="Only this report."),
    ):
        command = option(command)
    return command
