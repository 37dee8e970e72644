"""The decision: who decided what of which record, when and why. Appended, never changed; undone by another decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal

from counterclaim.records import Claim, CodedReport, Event, Record, Span

Kind = Literal["accept", "correct", "reject", "comment", "grade", "merge", "split", "apart", "undo"]
Layer = Literal["claims", "events"]

OF_RECORDS: Final = frozenset({"accept", "correct", "reject", "comment"})
OF_INCIDENTS: Final = frozenset({"accept", "grade", "merge", "split", "apart", "comment"})

ALIKE: Final = 0.5
"""Share of their joint length that two readings of one text must have in common to be held for one record."""


class Member(Record, frozen=True, kw_only=True):
    """A claim or event by its id and the words it stood on; with `layer` "reports" a report that has neither."""

    report: str
    layer: Literal["claims", "events", "reports"]
    record: str = ""
    start: int = 0
    end: int = 0


class Decision(Record, frozen=True, kw_only=True):
    """One decision. `number` and `at` (UTC) are the casebook's; 0 and "" before it is recorded.

    Of a record: `report`, the number of its text (`revision`), the program's coding that was looked at, `layer`,
    `record`; `start`, `end`, `label` are the record's words and its harm or PLOVER type, by which it is found again in
    another coding; `seen` is the record as the reviewer saw it. A correction has `field`, `value` and the `span` of the
    words marked. Of an incident: its id and `members`; a merge or an "apart" has the `other` incident and its members
    in `others`, a split those taken out in `others`. An undo names the decision it undoes.
    """

    kind: Kind
    by: str
    number: int = 0
    at: str = ""
    why: str = ""
    report: str = ""
    revision: int = 0
    coding: int = 0
    layer: Layer | Literal[""] = ""
    record: str = ""
    start: int = 0
    end: int = 0
    label: str = ""
    seen: dict[str, Any] | None = None
    field: str = ""
    value: Any = None
    span: Span | None = None
    incident: str = ""
    members: tuple[Member, ...] = ()
    other: str = ""
    others: tuple[Member, ...] = ()
    undoes: int | None = None


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that are neither undone nor undos, in the order they were made. An undo can be undone too."""
    found = sorted(decisions, key=lambda one: one.number)
    gone = undone(found)
    return [one for one in found if one.kind != "undo" and one.number not in gone]


def undone(decisions: Iterable[Decision]) -> set[int]:
    """The numbers of those that are undone; only undos are looked at."""
    gone: set[int] = set()
    for one in sorted((one for one in decisions if one.kind == "undo"), key=lambda one: -one.number):
        if one.number not in gone:
            gone.add(one.undoes or 0)
    return gone


def label_of(record: Claim | Event) -> str:
    """What sort of record it is: the harm of a claim, the PLOVER type of an event."""
    return record.harm if isinstance(record, Claim) else record.plover.type


def found_again(report: CodedReport, decision: Decision, coding: int) -> Claim | Event | None:
    """The record of a coding that a decision is about: by id in the coding it was made on, else by its words.

    None where no record, or more than one, stands on much the same words.
    """
    records: tuple[Claim, ...] | tuple[Event, ...] = report.claims if decision.layer == "claims" else report.events
    if coding == decision.coding:
        return next((one for one in records if one.id == decision.record), None)
    alike = [
        (shared, one.harm if isinstance(one, Claim) else one.plover.type, one)
        for one in records
        if (shared := overlap((one.start, one.end), (decision.start, decision.end))) >= ALIKE
    ]
    same = [entry for entry in alike if entry[1] == decision.label] or alike
    best = max((shared for shared, _, _ in same), default=0.0)
    at_best = [one for shared, _, one in same if shared == best]
    return at_best[0] if len(at_best) == 1 else None


def overlap(one: Span, other: Span) -> float:
    """The share of two spans' joint length that both cover, 0-1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    joint = max(one[1], other[1]) - min(one[0], other[0])
    return max(0, common) / joint if joint > 0 else float(one == other)
