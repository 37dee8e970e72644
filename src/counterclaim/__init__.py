"""Counterclaim: an attributed record of armed conflict. Who did what to whom, with what harm, according to whom.

import counterclaim as cc

coded = cc.code(text, published="2022-09-13")
for claim in coded.claims:
    print(claim)
with cc.Casebook("my.db") as book:
    book.add(coded)
"""

from counterclaim import errors
from counterclaim._version import __version__
from counterclaim.casebook import Casebook
from counterclaim.errors import CounterclaimError
from counterclaim.pipeline import Coder, code
from counterclaim.reading import read_inputs
from counterclaim.records import (
    Acled,
    Actor,
    Attribution,
    Claim,
    ClaimLinks,
    CodedBy,
    CodedReport,
    Event,
    Place,
    Plover,
    Report,
    Time,
)

__all__ = [
    "Acled",
    "Actor",
    "Attribution",
    "Casebook",
    "Claim",
    "ClaimLinks",
    "CodedBy",
    "CodedReport",
    "Coder",
    "CounterclaimError",
    "Event",
    "Place",
    "Plover",
    "Report",
    "Time",
    "__version__",
    "code",
    "errors",
    "read_inputs",
]
