"""The numbers that words say, so that a reviewer who marks "two dozen" need not count."""

from __future__ import annotations

from counterclaim.reviewing.proposing import Proposal


def bounds_in(words: str) -> list[Proposal]:
    """Least, most, approximation and vague word as the program reads them from words; empty where it reads none."""
    from counterclaim.coding.quantities import find_quantities
    from counterclaim.language.patterns import PatternAnalyser

    # What is counted must follow, since a number alone may be a year or an age.
    [analysis] = PatternAnalyser().analyse([f"{words} people were killed."])
    found = [one for one in find_quantities(analysis) if one.start < len(words)]
    if len(found) != 1:
        return []
    [one] = found
    return [
        Proposal(field="min", value=one.min),
        Proposal(field="max", value=one.max),
        Proposal(field="approx", value=one.approx),
        Proposal(field="vague", value=one.vague or ""),
    ]
