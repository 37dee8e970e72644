"""`claims`, `events`, `report`, `search`, `rejects`, `export`: what a casebook holds."""

from __future__ import annotations

import click

HARMS = ["killed", "injured", "missing", "captured", "displaced", "casualties"]

table_or_lines = click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "text", "jsonl"]),
    default="auto",
    show_default=True,
    help="A table to read, or JSON lines; auto: a table on a terminal, JSON lines otherwise.",
)
