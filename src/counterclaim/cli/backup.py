"""`backup` and `restore`: a casebook's copy, and a copy in its place."""

from __future__ import annotations

from pathlib import Path

import click

from counterclaim.casebook import copying
from counterclaim.cli import options


@click.command()
@options.casebook
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The backup to write."
)
@click.option("--force", is_flag=True, help="Put the new backup in the place of the file that is there.")
def backup(casebook_path: Path, out: Path, force: bool) -> None:
    """Copy a casebook into one file, while others read and write it; the copy is verified before it gets its name.

    \b
    Examples:
      counterclaim backup --casebook my.db -o my-2022-09-14.db
      counterclaim backup --casebook my.db -o /mnt/backup/my.db --force
    """
    copying.backup(casebook_path, out, force=force)
    click.echo(f"{out}: a copy of {casebook_path}, verified, {out.stat().st_size:,} bytes")


@click.command()
@click.argument("saved", metavar="BACKUP", type=click.Path(dir_okay=False, path_type=Path))
@options.casebook
@click.option("--force", is_flag=True, help="Put the backup in the place of the casebook that is there, which is kept.")
def restore(saved: Path, casebook_path: Path, force: bool) -> None:
    """Put a backup in a casebook's place. It is verified first, and what was there is kept beside it.

    Pages that `counterclaim serve` shows change at once; a command that is writing to the casebook must end first.

    \b
    Examples:
      counterclaim restore my-2022-09-14.db --casebook my.db
      counterclaim restore my-2022-09-14.db --casebook my.db --force
    """
    aside = copying.restore(saved, casebook_path, force=force)
    click.echo(f"{casebook_path}: restored from {saved}, verified")
    if aside is not None:
        click.echo(f"{aside}: what was there before; delete it once it is not wanted")
