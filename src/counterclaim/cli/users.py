"""`users`: who may read and write where a casebook is served to several."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from counterclaim.cli import options
from counterclaim.errors import UsageError

ROLES = ["reader", "coder", "editor"]


@click.group()
def users() -> None:
    """Manage the accounts of `counterclaim serve --users FILE`.

    A reader reads; a coder also decides in review and posts reports; an editor also merges, splits, grades, undoes what
    others decided, and manages users. Passwords are kept as scrypt hashes; there is no default one.

    \b
    Examples:
      counterclaim users add Ada --role editor --users users.db
      counterclaim users add Ben --role coder --users users.db --password-stdin < secret.txt
      counterclaim users disable Ben --users users.db
      counterclaim users token Ada --days 30 --users users.db
      counterclaim users journal --users users.db
    """


_password = click.option(
    "--password-stdin", "from_stdin", is_flag=True, help="Read the password from the standard input, one line."
)
_role = click.option("--role", type=click.Choice(ROLES), required=True, help="What the user may do.")
_name = click.argument("name")


@users.command()
@_name
@_role
@_password
@options.users_file
def add(name: str, role: str, from_stdin: bool, users_path: Path) -> None:
    """Add a user; the file is made where there is none. The password is asked for.

    \b
    Examples:
      counterclaim users add Ada --role editor --users users.db
    """
    from counterclaim.serving.accounts.passwords import checked
    from counterclaim.serving.accounts.store import Users

    password = checked(_asked(from_stdin), name)
    Users(users_path, create=True).add(name, role, password, by=options.this_user())  # type: ignore[arg-type]
    click.echo(f"{name} is added as {role}")


@users.command("list")
@options.users_file
def list_users(users_path: Path) -> None:
    """Who there is: name, role, whether disabled, when added.

    \b
    Examples:
      counterclaim users list --users users.db
    """
    from counterclaim.serving.accounts.store import Users

    for one in Users(users_path).all():
        click.echo(f"{one.name}\t{one.role}\t{'disabled' if one.disabled else 'open'}\t{one.added_at}")


@users.command()
@_name
@_password
@options.users_file
def password(name: str, from_stdin: bool, users_path: Path) -> None:
    """Set a user's password; their sessions end.

    \b
    Examples:
      counterclaim users password Ada --users users.db
    """
    from counterclaim.serving.accounts.store import Users

    given = _asked(from_stdin)
    Users(users_path).set_password(name, given, by=options.this_user())
    click.echo(f"{name} has a new password")


@users.command()
@_name
@_role
@options.users_file
def role(name: str, role: str, users_path: Path) -> None:
    """Give a user another role.

    \b
    Examples:
      counterclaim users role Ben --role editor --users users.db
    """
    from counterclaim.serving.accounts.store import Users

    Users(users_path).set_role(name, role, by=options.this_user())  # type: ignore[arg-type]
    click.echo(f"{name} is {role}")


@users.command()
@_name
@options.users_file
def disable(name: str, users_path: Path) -> None:
    """Shut an account; its sessions and tokens end. Its name stays in what was decided.

    \b
    Examples:
      counterclaim users disable Ben --users users.db
    """
    from counterclaim.serving.accounts.store import Users

    Users(users_path).set_disabled(name, True, by=options.this_user())
    click.echo(f"{name} is disabled")


@users.command()
@_name
@options.users_file
def enable(name: str, users_path: Path) -> None:
    """Open an account again.

    \b
    Examples:
      counterclaim users enable Ben --users users.db
    """
    from counterclaim.serving.accounts.store import Users

    Users(users_path).set_disabled(name, False, by=options.this_user())
    click.echo(f"{name} is enabled")


@users.command()
@_name
@click.option("--label", default="", help="What it is for; shown in the journal.")
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 366), help="How long it holds.")
@click.option("--drop", is_flag=True, help="End every token of the user instead.")
@options.users_file
def token(name: str, label: str, days: int, drop: bool, users_path: Path) -> None:
    """Make a token with which a program calls the API as this user: `Authorization: Bearer TOKEN`. Shown this once.

    \b
    Examples:
      counterclaim users token Ada --days 30 --label "weekly upload" --users users.db
    """
    from counterclaim.serving.accounts.store import Users

    file = Users(users_path)
    if drop:
        click.echo(f"{file.drop_tokens(name, by=options.this_user())} tokens of {name} have ended")
        return
    click.echo(file.add_token(name, label, days, by=options.this_user()))


@users.command()
@click.option("--last", default=50, show_default=True, type=click.IntRange(1), help="How many lines.")
@options.users_file
def journal(last: int, users_path: Path) -> None:
    """Sign-ins, refusals and changes of accounts, the newest first: when (UTC), what, account, address, by whom.

    \b
    Examples:
      counterclaim users journal --last 20 --users users.db
    """
    from counterclaim.serving.accounts.store import Users

    for one in Users(users_path).journal(last):
        click.echo("\t".join((one.at, one.event, one.name or "unknown name", one.address, one.by)))


def _asked(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("no terminal to ask for the password at: give it with --password-stdin")
    given: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return given
