"""`serve`: the casebook in a browser."""

from __future__ import annotations

import sys
import threading
import webbrowser
from pathlib import Path

import click

from counterclaim.casebook import Casebook
from counterclaim.cli import options
from counterclaim.errors import UsageError


@click.command()
@options.casebook
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on; by default only this machine."
)
@click.option("--port", default=8300, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="Answer under this host name too, such as casebook.example.org; may be given again.",
)
@click.option("--rule", default="ucdp", show_default=True, help="The rule whose estimates the table shows.")
@click.option("--open/--no-open", "show", default=None, help="Open a browser (by default: at a terminal).")
def serve(casebook_path: Path, host: str, port: int, names: tuple[str, ...], rule: str, show: bool | None) -> None:
    """Open a casebook in a browser: map, timeline, incidents, reports; an API beside. Works without a network.

    Whoever reaches the address reads the casebook and may add reports: listen elsewhere than on this machine only where
    that is meant. The API is described at /api/openapi.json.

    \b
    Examples:
      counterclaim serve --casebook my.db
      counterclaim serve --casebook my.db --port 9000 --no-open
      curl -s localhost:8300/api/v1/incidents?country=AM | jq '.rows[].title'
    """
    try:
        import uvicorn

        from counterclaim.serving.app import create_app
    except ModuleNotFoundError as error:
        raise UsageError(f"serving needs more packages ({error.name}): pip install 'counterclaim[serve]'") from error
    from counterclaim.estimating import RULES, rules
    from counterclaim.serving.assembling import assemble
    from counterclaim.serving.desk import Desk
    from counterclaim.serving.security import HOSTS

    [shown] = rules([rule])
    used = RULES if any(one.name == shown.name for one in RULES) else (*RULES, shown)
    with Casebook.open(casebook_path):
        pass  # Brings an older file up to date, and says at once where it is no casebook.
    address = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}/"
    click.echo(f"{casebook_path} at {address}  (Ctrl-C ends)")
    if show if show is not None else sys.stdout.isatty():
        threading.Timer(1.0, lambda: webbrowser.open(address)).start()
    desk = Desk(casebook_path, lambda book, as_of: assemble(book, as_of, used), rule=shown.name)
    uvicorn.run(create_app(desk, hosts=(*HOSTS, host, *names)), host=host, port=port, log_level="warning")
