"""Options that several commands share."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from counterclaim.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])

HARMS = ["killed", "injured", "missing", "captured", "displaced", "casualties"]

FORMATS = [
    "jsonl", "feed", "html", "pdf", "docx", "eml", "warc", "wacz", "parquet", "zip", "compressed", "ucdp-ged",
    "acled", "text",
]  # fmt: skip
"""The names of `counterclaim.reading.READERS`, which `--help` must not load; a test holds them equal."""


def inputs_or_run(command: Command) -> Command:
    """As `inputs`, where the folder of a run is an input too."""
    return inputs(command, also=("run",))


def inputs(command: Command, also: Sequence[str] = ()) -> Command:
    """`INPUT...`, `--from`, `--published`."""
    command = click.option(
        "--published",
        metavar="DATE",
        help="Publication date (YYYY-MM-DD) of the inputs, whatever date they carry themselves.",
    )(command)
    command = click.option(
        "--from",
        "kind",
        type=click.Choice(["auto", *FORMATS, *also]),
        default="auto",
        show_default=True,
        help="What the inputs are; auto: known by their content, then by their ending.",
    )(command)
    return click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")(command)


def triage(command: Command) -> Command:
    """`--triage RECALL` or `--triage-threshold SCORE`, as `least`: None where neither is given."""

    @wraps(command)
    def with_least(*args: Any, recall: float | None, least: float | None, **options: Any) -> Any:
        if recall is not None and least is not None:
            raise UsageError("--triage and --triage-threshold say the same in two ways: give one")
        if recall is not None:
            from counterclaim.triage import least_score

            least = least_score(recall)
        return command(*args, least=least, **options)

    looked: Command = click.option(
        "--triage",
        "recall",
        type=click.FloatRange(0, 1, min_open=True),
        metavar="RECALL",
        help="Look first, by words alone, and set aside what hardly tells of a claim or event: 0.99 is to pass 99 of "
        "100 that do. Without it, everything is coded.",
    )(with_least)  # type: ignore[assignment]  # the same command, with the option taken off
    return click.option(
        "--triage-threshold",
        "least",
        type=float,
        metavar="SCORE",
        help="The same, by the least score (log-odds) of a report that is coded.",
    )(looked)


def actors(command: Command) -> Command:
    """`--actors FILE`, or the environment's COUNTERCLAIM_ACTORS."""
    return click.option(
        "--actors",
        "own_actors",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        envvar="COUNTERCLAIM_ACTORS",
        help="A CSV of actors to know besides the shipped ones: name, aliases, country, sector, kind, from, to "
        "(or set COUNTERCLAIM_ACTORS).",
    )(command)


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


def casebook_or_run(command: Command) -> Command:
    """`--casebook PATH` (or the environment's), or `--run DIR`, as often as there are runs."""
    command = click.option(
        "--run",
        "runs",
        type=click.Path(exists=True, file_okay=False),
        multiple=True,
        help="The folder of a run in place of a casebook; may be given again.",
    )(command)
    return click.option(
        "--casebook",
        "casebook_path",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="COUNTERCLAIM_CASEBOOK",
        help="The casebook file (or set COUNTERCLAIM_CASEBOOK).",
    )(command)


def users_file(command: Command) -> Command:
    """`--users FILE`, or the environment's COUNTERCLAIM_USERS."""
    return click.option(
        "--users",
        "users_path",
        type=click.Path(dir_okay=False, path_type=Path),
        envvar="COUNTERCLAIM_USERS",
        required=True,
        help="The file of users (or set COUNTERCLAIM_USERS).",
    )(command)


def reviewer(command: Command) -> Command:
    """`--reviewer NAME`, or the environment's COUNTERCLAIM_REVIEWER, or the user of this machine."""
    return click.option(
        "--reviewer",
        metavar="NAME",
        envvar="COUNTERCLAIM_REVIEWER",
        default=this_user,
        help="Who decides in review (or set COUNTERCLAIM_REVIEWER); by default the user of this machine.",
    )(command)


def this_user() -> str:
    """Who runs the command on this machine, for journals and decisions."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "command line"


def output(command: Command) -> Command:
    """`-o FILE`."""
    return click.option(
        "-o",
        "--out",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write here instead of to the terminal; a file appears whole or not at all.",
    )(command)


def fetching(command: Command) -> Command:
    """`--allow-host HOST` and `--contact WHOM`, for what is fetched."""
    command = click.option(
        "--contact",
        metavar="WHOM",
        envvar="COUNTERCLAIM_CONTACT",
        help="A mail address or URL that the user agent names, so that a site's owner can write to you "
        "(or set COUNTERCLAIM_CONTACT).",
    )(command)
    return click.option(
        "--allow-host",
        "allowed_hosts",
        multiple=True,
        metavar="HOST[:PORT]",
        help="A host that may be fetched though its address is private, or its port unusual; may be given again.",
    )(command)


def table_or_lines(command: Command) -> Command:
    """`--format auto|text|jsonl`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["auto", "text", "jsonl"]),
        default="auto",
        show_default=True,
        help="A table to read, or JSON lines; auto: a table on a terminal, JSON lines otherwise.",
    )(command)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The filters of a read-back; the command gets them as one `Filter` named `wanted`."""

    @wraps(command)
    def with_filter(**given: Any) -> Any:
        from counterclaim.casebook import Filter

        chosen = {name: given.pop(name) for name, _, _ in _FILTERS}
        try:
            wanted = Filter(**chosen)
        except UsageError as error:
            # The record speaks of its fields; whoever typed the command knows its options.
            message = str(error)
            for name, flag, _ in _FILTERS:
                message = re.sub(rf"^{name}\b|\b{name}(?= \d)", flag, message)
            raise UsageError(message) from error
        return command(wanted=wanted, **given)

    decorated: Callable[..., Any] = with_filter
    for name, flag, settings in reversed(_FILTERS):
        decorated = click.option(flag, name, **settings)(decorated)
    return decorated


_FILTERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("report", "--report", {"metavar": "ID", "help": "Only this report."}),
    ("harm", "--harm", {"type": click.Choice(HARMS), "help": "Only this harm."}),
    ("source", "--source", {"metavar": "NAME", "help": "According to a source of this name."}),
    (
        "stance",
        "--stance",
        {
            "type": click.Choice(["asserts", "denies", "doubts", "hypothetical"]),
            "help": "Only this stance of the source.",
        },
    ),
    ("actor", "--actor", {"metavar": "NAME", "help": "Done by, done to or told by an actor of this name."}),
    ("place", "--place", {"metavar": "NAME", "help": "At a place of this name."}),
    ("country", "--country", {"metavar": "ISO2", "help": "At a place in this country, such as AM."}),
    ("date_from", "--since", {"metavar": "DATE", "help": "Happened on or after this day (YYYY-MM-DD)."}),
    ("date_to", "--until", {"metavar": "DATE", "help": "Happened on or before this day (YYYY-MM-DD)."}),
    ("published_from", "--published-since", {"metavar": "DATE", "help": "In reports published since."}),
    ("published_to", "--published-until", {"metavar": "DATE", "help": "In reports published until."}),
    (
        "background",
        "--background/--news",
        {"default": None, "help": "Only what is told as earlier context / only the news."},
    ),
    ("limit", "--limit", {"type": click.IntRange(min=1), "metavar": "N", "help": "At most N rows."}),
)
