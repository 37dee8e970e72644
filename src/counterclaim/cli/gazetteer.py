"""`gazetteer`: look into the gazetteer, or build another."""

from __future__ import annotations

import click


@click.group()
def gazetteer() -> None:
    """Look names up in the gazetteer, or build one from a full GeoNames dump."""
