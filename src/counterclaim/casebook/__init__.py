"""The store: append-only, one SQLite file.

`Casebook` is all a caller needs; `Entry`, `Filter` go in, the other records come out.
"""

from counterclaim.casebook.asof import AsOf
from counterclaim.casebook.casebook import Casebook
from counterclaim.casebook.entries import (
    AddResult,
    ClaimEntry,
    CodingEntry,
    Entry,
    EventEntry,
    Filter,
    Hit,
    Outcome,
    Reject,
    ReportEntry,
    RevisionEntry,
    Stats,
)

__all__ = [
    "AddResult",
    "AsOf",
    "Casebook",
    "ClaimEntry",
    "CodingEntry",
    "Entry",
    "EventEntry",
    "Filter",
    "Hit",
    "Outcome",
    "Reject",
    "ReportEntry",
    "RevisionEntry",
    "Stats",
]
