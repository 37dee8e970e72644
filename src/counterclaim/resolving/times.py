"""Time expressions (TIMEX3) and their values."""

from __future__ import annotations

from datetime import date

from counterclaim.language import Analysis
from counterclaim.records import Time


def find_times(analysis: Analysis, published: date | None) -> list[Time]:
    """Time expressions in text order, valued against the publication date."""
    return []
