"""The command line: `counterclaim COMMAND --help` teaches each command by example."""

from __future__ import annotations

import sys
from typing import Any

import click

from counterclaim._version import __version__
from counterclaim.errors import CounterclaimError, UsageError

EXIT_OK, EXIT_ERROR, EXIT_USAGE, EXIT_SOME_REJECTED, EXIT_ALL_REJECTED = range(5)
"""Exit codes, told in the help of the program: scripts rely on them."""

COMMANDS = {
    "code": "counterclaim.cli.code:code",
    "add": "counterclaim.cli.code:add",
    "show": "counterclaim.cli.code:show",
    "demo": "counterclaim.cli.demo:demo",
    "claims": "counterclaim.cli.readback:claims",
    "events": "counterclaim.cli.readback:events",
    "report": "counterclaim.cli.readback:report",
    "search": "counterclaim.cli.readback:search",
    "rejects": "counterclaim.cli.readback:rejects",
    "export": "counterclaim.cli.readback:export",
    "gazetteer": "counterclaim.cli.gazetteer:gazetteer",
}
"""Command to where it stands; a command's module is loaded only when it runs, so `--help` is instant."""


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

        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error raised on purpose prints its message, never a traceback."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            click.echo(f"counterclaim: {error}", err=True)
            ctx.exit(EXIT_USAGE)
        except CounterclaimError as error:
            click.echo(f"counterclaim: {error}", err=True)
            ctx.exit(EXIT_ERROR)
        except BrokenPipeError:
            # `counterclaim claims ... | head` ends quietly.
            sys.stderr.close()
            ctx.exit(EXIT_OK)


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
    Exit codes: 0 all done; 1 an error; 2 wrong usage; 3 some inputs rejected; 4 every input rejected.
    """
