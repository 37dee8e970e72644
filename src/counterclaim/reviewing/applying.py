"""Decisions into a coded report: what stands after review, beside what the program read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from msgspec.structs import replace

from counterclaim.errors import UsageError
from counterclaim.records import Claim, CodedReport, Decided
from counterclaim.reviewing.decisions import Decision, found_again, standing
from counterclaim.reviewing.draft import Draft
from counterclaim.reviewing.fields import correct, value_of

_TAKES_EFFECT: Final = frozenset({"accept", "correct", "reject"})


def reviewed(machine: CodedReport, decisions: Iterable[Decision], coding: int) -> CodedReport:
    """The program's coding with every decision that stands; `decided` tells of each what the program had read.

    `coding` is the number of the program's coding: a decision made on another is applied where its record is found
    again by its words, and waits where it is not.
    """
    draft = Draft(machine)
    machine_draft = Draft(machine)
    noted: list[Decided] = []
    for one in standing(decisions):
        if one.kind not in _TAKES_EFFECT or not one.layer:
            continue
        found = found_again(machine, one, coding)
        if found is None:
            continue
        before: Any = None
        if one.kind == "correct":
            before = value_of(found, one.field, machine_draft)
        if not _apply(draft, one, found.id):
            continue
        if one.kind == "reject":
            before = found.to_dict()
        value = None
        if one.kind == "correct":
            now = (draft.claims if one.layer == "claims" else draft.events)[found.id]
            value = value_of(now, one.field, draft)
        noted.append(_note(one, found.id, before, value))
    crossed = _uncrossed(draft, machine_draft)
    kept = [one for one in noted if not (one.record in crossed and one.field in ("min", "max"))]
    return replace(draft.finished(), decided=tuple(_last_words(kept, draft)))


def _uncrossed(draft: Draft, machine: Draft) -> set[str]:
    """Claims whose bounds do not fit each other, since one of two corrections was undone, get the program's back."""
    crossed = {c.id for c in draft.claims.values() if c.min is not None and c.max is not None and c.min > c.max}
    for id in crossed:
        read = machine.claims[id]
        draft.claims[id] = replace(draft.claims[id], min=read.min, max=read.max, vague=read.vague)
    return crossed


def _apply(draft: Draft, one: Decision, id: str) -> bool:
    """Whether the decision could take effect: a record rejected since is not corrected any more."""
    records: dict[str, Any] = draft.claims if one.layer == "claims" else draft.events
    if id not in records:
        return False
    if one.kind == "reject":
        del records[id]
        if one.layer == "claims":
            for event in list(draft.events.values()):
                if id in event.claims:
                    kept = tuple(claim for claim in event.claims if claim != id)
                    draft.events[event.id] = replace(event, claims=kept)
        else:
            for claim in list(draft.claims.values()):
                if claim.links.event == id:
                    draft.claims[claim.id] = replace(claim, links=replace(claim.links, event=None))
    elif one.kind == "correct":
        try:
            correct(draft, records[id], one.field, one.value, one.span)
        except UsageError:
            return False  # Another coding of the text, or an undone decision before it, leaves no room for it.
    return True


def _last_words(noted: list[Decided], draft: Draft) -> Iterable[Decided]:
    """One note a record and field, the last; a record that was rejected has no other."""
    last: dict[tuple[str, str, str], Decided] = {}
    for one in noted:
        key = (one.layer, one.record, "" if one.kind != "correct" else one.field)
        last.pop(key, None)
        last[key] = one
    for one in last.values():
        held: dict[str, Any] = draft.claims if one.layer == "claims" else draft.events
        if one.kind == "reject" or one.record in held:
            yield one


def _note(one: Decision, id: str, before: Any, value: Any) -> Decided:
    assert one.layer
    return Decided(
        decision=one.number,
        kind=one.kind,  # type: ignore[arg-type]
        by=one.by,
        at=one.at,
        layer=one.layer,
        record=id,
        why=one.why,
        field=one.field,
        machine=before,
        value=value,
        span=one.span,
    )


def claim_as_decided(report: CodedReport, claim: str) -> tuple[Claim | None, tuple[Decided, ...]]:
    """A claim as it stands, None where it was rejected, and what was decided of it."""
    found = next((one for one in report.claims if one.id == claim), None)
    return found, tuple(one for one in report.decided if one.layer == "claims" and one.record == claim)
