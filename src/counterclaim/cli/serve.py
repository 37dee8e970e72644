"""`serve`: the casebook in a browser."""

from __future__ import annotations

import ipaddress
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
@click.option(
    "--users",
    "users_path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="COUNTERCLAIM_USERS",
    help="Let only those in who sign in, each in their role; `counterclaim users` makes the file.",
)
@click.option(
    "--allow-anyone", is_flag=True, help="Listen beyond this machine without --users: whoever reaches it may write."
)
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Serve over https with this certificate (PEM); give --key too.",
)
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The certificate's private key (PEM)."
)
@click.option(
    "--proxy",
    metavar="ADDRESS",
    help="A proxy that speaks https for this server: its word on who asks (X-Forwarded-For, -Proto) is taken.",
)
@click.option("--rule", default="ucdp", show_default=True, help="The rule whose estimates the table shows.")
@options.reviewer
@click.option("--open/--no-open", "show", default=None, help="Open a browser (by default: at a terminal).")
def serve(
    casebook_path: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    users_path: Path | None,
    allow_anyone: bool,
    certificate: Path | None,
    key: Path | None,
    proxy: str | None,
    rule: str,
    reviewer: str,
    show: bool | None,
) -> None:
    """Open a casebook in a browser: map, timeline, incidents, reports, review; an API beside. Works without a network.

    Without --users there is one user, whoever sits at this machine, who decides in review as --reviewer, and the server
    listens nowhere else. With --users people sign in, and read or write as their role allows. The API is described at
    /api/openapi.json.

    \b
    Examples:
      counterclaim serve --casebook my.db
      counterclaim serve --casebook my.db --port 9000 --no-open
      counterclaim serve --casebook my.db --users users.db --host 0.0.0.0 --name casebook.example.org \\
        --certificate cert.pem --key key.pem
      curl -s localhost:8300/api/v1/incidents?country=AM | jq '.rows[].title'
    """
    try:
        import uvicorn

        from counterclaim.serving.app import create_app
    except ModuleNotFoundError as error:
        raise UsageError(f"serving needs more packages ({error.name}): pip install 'counterclaim[serve]'") from error
    from counterclaim.estimating import RULES, rules
    from counterclaim.serving.accounts.access import Access, SignedIn, Sole
    from counterclaim.serving.accounts.store import Users
    from counterclaim.serving.assembling import assemble
    from counterclaim.serving.desk import Desk
    from counterclaim.serving.security import HOSTS

    if (certificate is None) != (key is None):
        raise UsageError("--certificate and --key go together")
    if users_path is None and not allow_anyone and not _is_this_machine(host):
        raise UsageError(
            f"--host {host} lets others write to the casebook: give --users FILE, or --allow-anyone if that is meant"
        )
    access: Access = SignedIn(Users(users_path)) if users_path else Sole(reviewer)
    if users_path and not (certificate or proxy or _is_this_machine(host)):
        click.echo(
            "Without https, passwords can be read on the way: give --certificate and --key, or a --proxy.", err=True
        )
    [shown] = rules([rule])
    used = RULES if any(one.name == shown.name for one in RULES) else (*RULES, shown)
    with Casebook.open(casebook_path):
        pass  # Brings an older file up to date, and says at once where it is no casebook.
    address = f"http{'s' if certificate else ''}://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}/"
    click.echo(f"{casebook_path} at {address}  (Ctrl-C ends)")
    if show if show is not None else sys.stdout.isatty():
        threading.Timer(1.0, lambda: webbrowser.open(address)).start()
    desk = Desk(casebook_path, lambda book, as_of: assemble(book, as_of, used), rule=shown.name, rules=used)
    uvicorn.run(
        create_app(desk, hosts=(*HOSTS, host, *names), access=access),
        host=host,
        port=port,
        log_level="warning",
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        server_header=False,
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
