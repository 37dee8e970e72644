"""Events: who did what to whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, Event, Place, Time
from counterclaim.resolving.actors import ActorIndex


def find_events(
    analysis: Analysis,
    *,
    attributions: Sequence[Attribution],
    actors: ActorIndex,
    places: Sequence[Place],
    times: Sequence[Time],
    claims: Sequence[Claim],
    published: date | None,
) -> list[Event]:
    """Every act the text states, in text order."""
    return []
