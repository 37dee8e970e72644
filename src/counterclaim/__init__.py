"""Counterclaim: an attributed record of armed conflict. Who did what to whom, with what harm, according to whom.

import counterclaim as cc

coded = cc.code(text, published="2022-09-13")
for claim in coded.claims:
    print(claim)
with cc.Casebook("my.db") as book:
    book.add(coded)
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from counterclaim._version import __version__

if TYPE_CHECKING:
    from counterclaim import errors
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

_HOMES = {
    "Casebook": "casebook",
    "Coder": "pipeline",
    "CounterclaimError": "errors",
    "code": "pipeline",
    "read_inputs": "reading",
}
"""Where what is no record stands. Each is imported when it is asked for, so that `counterclaim --help` is instant."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "errors":
        return import_module("counterclaim.errors")
    found = globals()[name] = getattr(import_module(f"counterclaim.{_HOMES.get(name, 'records')}"), name)
    return found


def __dir__() -> list[str]:
    return [*globals(), *__all__]
