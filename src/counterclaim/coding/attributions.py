"""Attributions: what the text hands to a source."""

from __future__ import annotations

from counterclaim.language import Analysis
from counterclaim.records import Attribution
from counterclaim.resolving.actors import ActorIndex


def find_attributions(analysis: Analysis, actors: ActorIndex) -> list[Attribution]:
    """Every statement the text hands to somebody, in text order."""
    return []
