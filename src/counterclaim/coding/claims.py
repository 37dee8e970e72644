"""Claims: stated figures of human harm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, Place, Time
from counterclaim.resolving.actors import ActorIndex


def find_claims(
    analysis: Analysis,
    *,
    attributions: Sequence[Attribution],
    actors: ActorIndex,
    places: Sequence[Place],
    times: Sequence[Time],
    published: date | None,
) -> list[Claim]:
    """Every stated figure of human harm, in text order."""
    return []
