"""What a reviewer proposes, checked and made into decisions before anything is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from counterclaim.checking import violations
from counterclaim.errors import UsageError
from counterclaim.linking.incident import Grade, Incident
from counterclaim.records import Claim, CodedReport, Event, Record, Span
from counterclaim.reviewing.applying import reviewed
from counterclaim.reviewing.decisions import OF_INCIDENTS, OF_RECORDS, Decision, Kind, Layer, Member, label_of, undone
from counterclaim.reviewing.draft import Draft
from counterclaim.reviewing.fields import correct, field_of

LONGEST: Final = 4000
"""Characters of a reason or a comment."""
_GRADES: Final[tuple[Grade, ...]] = ("Confirmed", "Fair", "Weak", "Contested", "Discounted")


class Proposal(Record, frozen=True, kw_only=True):
    """One value that a reviewer gives a field: the words marked as `span`, or `words` to be looked for in the text."""

    field: str
    value: Any = None
    span: Span | None = None


class UnderReview(Record, frozen=True, kw_only=True):
    """A report as a reviewer meets it: the program's coding and its number, the number of the text, what was decided
    of it so far, and the report as that leaves it.
    """

    machine: CodedReport
    coding: int
    revision: int
    decisions: tuple[Decision, ...]

    @property
    def report(self) -> CodedReport:
        """The report as it stands."""
        return reviewed(self.machine, self.decisions, self.coding)

    def by(self, reviewer: str) -> UnderReview:
        """The same as this reviewer alone left it: for an independent reading."""
        return replace(self, decisions=tuple(one for one in self.decisions if one.by == reviewer))

    def machine_record(self, layer: str, id: str) -> Claim | Event:
        """A record as the program read it. Raises UsageError where there is none."""
        return record_of(self.machine, layer, id)


def record_of(report: CodedReport, layer: str, id: str) -> Claim | Event:
    """A claim or event by id. Raises UsageError where there is none."""
    records: Sequence[Claim] | Sequence[Event]
    records = report.claims if layer == "claims" else report.events if layer == "events" else ()
    for record in records:
        if record.id == id:
            return record
    raise UsageError(f"report {report.id!r} has no {layer.removesuffix('s') or 'record'} {id!r}")


def on_record(
    kind: Kind,
    by: str,
    under: UnderReview,
    layer: Layer,
    record: str,
    proposals: Iterable[Proposal] = (),
    why: str = "",
) -> list[Decision]:
    """Decisions on a claim or event: to accept, reject or comment on it, or to correct fields of it, one each.

    Words without a span are looked for in the text, the nearest to the record. Raises UsageError where there is no such
    record, nothing is changed, or what is given cannot stand.
    """
    if kind not in OF_RECORDS:
        raise UsageError(f"{kind}: a claim or event is accepted, corrected, rejected or commented on")
    machine = under.machine_record(layer, record)
    now = under.report
    held = next((one for one in (now.claims if layer == "claims" else now.events) if one.id == record), None)
    if held is None and kind != "comment":
        raise UsageError(f"{record} of {now.id!r} was rejected: undo that first")
    base = Decision(
        kind=kind,
        by=_named(by),
        why=_told(why, needed=kind == "comment"),
        report=now.id,
        revision=under.revision,
        coding=under.coding,
        layer=layer,
        record=record,
        start=machine.start,
        end=machine.end,
        label=label_of(machine),
        seen=held.to_dict() if held else None,
    )
    if kind != "correct":
        return [base]
    made = [_corrected(base, one, now) for one in proposals]
    if not made:
        raise UsageError("correct: name a field and its value")
    _must_stand(now, made)
    return made


def _corrected(base: Decision, one: Proposal, report: CodedReport) -> Decision:
    field = field_of(base.layer, one.field)
    span, value = one.span, one.value
    if field.kind in ("words", "name") and span is None and isinstance(value, str) and value.strip():
        span = nearest(report.text, value.strip(), base.start)
        if span is None and field.kind == "words":
            raise UsageError(f"{one.field}: the report does not say {value!r}: mark words of its text")
    if field.kind in ("words", "name") and span is not None and 0 <= span[0] < span[1] <= len(report.text):
        value = report.text[slice(*span)]
    return replace(base, field=one.field, value=value, span=span)


def nearest(text: str, words: str, near: int) -> Span | None:
    """Where words stand in a text, nearest to an offset; None where they do not."""
    before = text.rfind(words, 0, near + len(words))
    after = text.find(words, near)
    found = [at for at in (before, after) if at >= 0]
    at = min(found, key=lambda at: abs(at - near), default=None)
    return None if at is None else (at, at + len(words))


def _must_stand(now: CodedReport, made: Iterable[Decision]) -> None:
    """Raise UsageError where corrections break what must hold of every report."""
    draft = Draft(now)
    for one in made:
        record = draft.claims[one.record] if one.layer == "claims" else draft.events[one.record]
        correct(draft, record, one.field, one.value, one.span)
    wrong = set(violations(draft.finished())) - set(violations(now))
    if wrong:
        raise UsageError(min(wrong))


def on_incident(
    kind: Kind,
    by: str,
    incident: Incident,
    reports: Mapping[str, CodedReport],
    *,
    other: Incident | None = None,
    taken: Iterable[tuple[str, str]] = (),
    grade: str = "",
    why: str = "",
) -> Decision:
    """A decision on an incident, as it is at the moment.

    `other`: the incident that is the same (merge) or surely not the same (apart). `taken`: what a split takes out, as
    (report, claim id) or (report, "") for all that a report tells of it. Raises UsageError where that is nothing or
    everything.
    """
    if kind not in OF_INCIDENTS:
        raise UsageError(f"{kind}: an incident is accepted, graded, merged, split, held apart or commented on")
    members = members_of(incident, reports)
    others: tuple[Member, ...] = ()
    if kind in ("merge", "apart"):
        if other is None or other.id == incident.id:
            raise UsageError(f"{kind}: name another incident")
        others = members_of(other, reports)
    elif kind == "split":
        wanted = set(taken)
        # An act goes with its claims.
        tied = {
            (id, event.id)
            for id, report in reports.items()
            for event in report.events
            if event.claims and all((id, claim) in wanted for claim in event.claims)
        }
        others = tuple(
            one for one in members if (one.report, "") in wanted or (one.report, one.record) in wanted | tied
        )
        if not others or len(others) == len(members):
            raise UsageError("split: name what is to leave the incident: something, and not everything")
    elif kind == "grade" and grade not in _GRADES:
        raise UsageError(f"grade: one of {', '.join(_GRADES)}")
    return Decision(
        kind=kind,
        by=_named(by),
        why=_told(why, needed=kind == "comment"),
        incident=incident.id,
        members=members,
        value=grade if kind == "grade" else None,
        other=other.id if other is not None and kind in ("merge", "apart") else "",
        others=others,
    )


def members_of(incident: Incident, reports: Mapping[str, CodedReport]) -> tuple[Member, ...]:
    """The claims and events of an incident with the words they stand on, and reports that have none of either."""
    made = []
    for id in incident.reports:
        report = reports.get(id)
        if report is None:
            continue
        claims = {claim for owner, claim in incident.claims if owner == id}
        events = {event for owner, event in incident.events if owner == id}
        own = [
            Member(report=id, layer="claims", record=claim.id, start=claim.start, end=claim.end)
            for claim in report.claims
            if claim.id in claims
        ]
        own += [
            Member(report=id, layer="events", record=event.id, start=event.start, end=event.end)
            for event in report.events
            if event.id in events
        ]
        made += own or [Member(report=id, layer="reports")]
    return tuple(made)


def undoing(by: str, decision: Decision, decisions: Iterable[Decision], why: str = "") -> Decision:
    """The decision that undoes another. Raises UsageError where that is undone already.

    `decisions` are all undos of the casebook, or of the same record or incident.
    """
    if decision.number in undone(decisions):
        raise UsageError(f"decision {decision.number} is undone already")
    return Decision(
        kind="undo",
        by=_named(by),
        why=_told(why),
        report=decision.report,
        revision=decision.revision,
        coding=decision.coding,
        layer=decision.layer,
        record=decision.record,
        start=decision.start,
        end=decision.end,
        label=decision.label,
        incident=decision.incident,
        undoes=decision.number,
    )


def _named(by: str) -> str:
    name = " ".join(by.split())
    if not name or len(name) > 100:
        raise UsageError("reviewer: a name of at most 100 characters")
    return name


def _told(why: str, *, needed: bool = False) -> str:
    text = why.strip()
    if needed and not text:
        raise UsageError("comment: write something")
    if len(text) > LONGEST:
        raise UsageError(f"why: at most {LONGEST} characters")
    return text
