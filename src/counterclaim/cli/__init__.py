"""The command line: `counterclaim COMMAND --help` teaches each command by example."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import Any

import click

from counterclaim._version import __version__
from counterclaim.errors import CounterclaimError, UsageError

EXIT_OK, EXIT_ERROR, EXIT_USAGE, EXIT_SOME_REJECTED, EXIT_ALL_REJECTED = range(5)
EXIT_STOPPED = 130
"""Exit codes, told in the help of the program: scripts rely on them. 130 is what a shell gives a command that Ctrl-C
ended."""

COMMANDS = {
    "code": ("counterclaim.cli.code:code", "Code reports without keeping them."),
    "add": ("counterclaim.cli.code:add", "Code reports and keep them in a casebook."),
    "run": ("counterclaim.cli.run:run", "Code many inputs on many cores into a folder of Parquet."),
    "watch": ("counterclaim.cli.watch:watch", "Watch feeds and articles; keep what is new or changed."),
    "show": ("counterclaim.cli.code:show", "Write a page with the text of reports marked up."),
    "demo": ("counterclaim.cli.demo:demo", "Code the bundled reports; see who says how many."),
    "claims": ("counterclaim.cli.readback:claims", "Who says how many: the claims of a casebook."),
    "events": ("counterclaim.cli.readback:events", "Who did what to whom: the events of a casebook."),
    "incidents": ("counterclaim.cli.incidents:incidents", "Many reports, one occurrence: who claims what, and ranges."),
    "report": ("counterclaim.cli.readback:report", "One report of a casebook, or the list of them."),
    "search": ("counterclaim.cli.readback:search", "Find reports of a casebook by their words."),
    "rejects": ("counterclaim.cli.readback:rejects", "What could not be read or coded, and why."),
    "export": (
        "counterclaim.cli.export:export",
        "Write a casebook for other tools: UCDP GED, ACLED, HXL, CSV, GeoJSON ...",
    ),
    "serve": ("counterclaim.cli.serve:serve", "Open a casebook in a browser."),
    "users": ("counterclaim.cli.users:users", "Manage who may read and write where a casebook is served."),
    "verify": ("counterclaim.cli.verify:verify", "Check that a casebook is what was written to it."),
    "backup": ("counterclaim.cli.backup:backup", "Copy a casebook, also while it is in use."),
    "restore": ("counterclaim.cli.backup:restore", "Put a backup in a casebook's place; what was there is kept."),
    "review": ("counterclaim.cli.review:review", "What people decided: the queue, the log, agreement, annotation."),
    "gazetteer": ("counterclaim.cli.gazetteer:gazetteer", "Look names up in the gazetteer, or build one."),
}
"""Command to where it stands and what it does; its module is loaded only when it runs, so `--help` is instant."""


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for, and turns our errors into one line and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, whole, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, does) for name, (_, does) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error raised on purpose prints its message, never a traceback."""
        for stream in (sys.stdout, sys.stderr):
            # A terminal that cannot show a character ("≥" in an old locale) shows "?" and not a traceback.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except UsageError as error:
            click.echo(f"counterclaim: {error}", err=True)
            ctx.exit(EXIT_USAGE)
        except CounterclaimError as error:
            click.echo(f"counterclaim: {error}", err=True)
            ctx.exit(EXIT_ERROR)
        except BrokenPipeError:
            # `counterclaim claims ... | head` ends quietly.
            _drop_output()
            ctx.exit(EXIT_OK)
        except OSError as error:
            _drop_output()
            click.echo(f"counterclaim: cannot write the output: {error.strerror or error}", err=True)
            ctx.exit(EXIT_ERROR)
        except KeyboardInterrupt:
            click.echo("counterclaim: stopped", err=True)
            ctx.exit(EXIT_STOPPED)


def _drop_output() -> None:
    """Point the standard output nowhere, so that Python does not fail on what it still holds when it exits."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "-V", "--version", prog_name="counterclaim")
def main() -> None:
    """Read reports of armed conflict; keep who did what to whom, with what harm, according to whom.

    \b
    A first look:
      counterclaim demo                                  code the bundled reports and show the claims
      counterclaim code story.txt --published 2022-09-13 code one report, keep nothing
      counterclaim show story.txt --html story.html      a page with every record marked in the text
    \b
    A casebook:
      counterclaim add reports/*.txt --casebook my.db    code and keep
      counterclaim claims --casebook my.db --harm killed read back
      counterclaim export claims-csv --casebook my.db -o claims.csv
    \b
    Exit codes: 0 all done; 1 an error; 2 wrong usage; 3 some inputs rejected; 4 every input rejected;
    130 stopped by Ctrl-C.
    """
