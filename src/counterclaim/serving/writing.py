"""Who writes, and whether they may: the one place that every decision made over HTTP passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import BaseRouteHandler

from counterclaim.casebook import Casebook
from counterclaim.errors import UsageError
from counterclaim.linking.incident import Incident
from counterclaim.records import Record, Span
from counterclaim.reviewing import Decision, Proposal, on_incident, on_record, undoing
from counterclaim.reviewing.decisions import Kind, Layer
from counterclaim.serving.desk import Desk
from counterclaim.serving.freshening import incident_as_decided

Connection = ASGIConnection[Any, Any, Any, Any]


class Reviewer(Record, frozen=True, kw_only=True):
    """Whoever decides; `name` stands in every decision."""

    name: str


Identify = Callable[[Connection], Reviewer | None]
"""Who a request is from; None for somebody who may only read."""


def sole(name: str) -> Identify:
    """Everybody is the one user of this machine."""
    reviewer = Reviewer(name=name)
    return lambda connection: reviewer


ANYBODY: Final = sole("reviewer")
"""The one user, where nobody gave a name."""


def may_decide(connection: Connection, handler: BaseRouteHandler) -> None:
    """The guard of every handler that writes a decision. Raises PermissionDeniedException.

    That the request is of our own origin is held by `security.Guard`, for every method that writes.
    """
    identify: Identify = connection.app.state.identify
    if identify(connection) is None:
        raise PermissionDeniedException("only a reviewer may decide: sign in")


class Correction(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field and its value; `span` are the words marked, in code points of the report's text."""

    field: str
    value: str | int | bool | None = None
    span: Span | None = None


class NewDecision(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision to make.

    On a claim or event: `report`, `layer`, `record` and `kind` accept, reject, comment, or correct with `corrections`;
    words without a span are looked for in the text; `blind`: made without seeing what others decided. On an
    `incident`: accept, comment, grade with `grade`, merge or apart with the `other` incident, split with what is
    `taken`: [report, claim] or [report, ""]. To undo: `undoes`.
    """

    kind: Kind
    why: str = ""
    report: str = ""
    layer: Layer = "claims"
    record: str = ""
    corrections: tuple[Correction, ...] = ()
    blind: bool = False
    incident: str = ""
    other: str = ""
    taken: tuple[tuple[str, str], ...] = ()
    grade: str = ""
    undoes: int | None = None


def decide(desk: Desk, reviewer: Reviewer, given: NewDecision) -> list[Decision]:
    """Check and record a decision. Raises UsageError where it cannot stand."""
    with desk.book(writing=True) as book:
        if given.kind == "undo":
            made = book.decision(given.undoes or 0)
            return book.decide([undoing(reviewer.name, made, book.decisions(kind="undo"), given.why)])
        if given.incident:
            return book.decide([_of_incident(desk, book, reviewer, given)])
        if not given.report:
            raise UsageError("decide on what? give a report and a record of it, or an incident")
        under = book.under_review(given.report)
        if given.blind:
            under = under.by(reviewer.name)
        proposals = [Proposal(field=one.field, value=one.value, span=one.span) for one in given.corrections]
        return book.decide(on_record(given.kind, reviewer.name, under, given.layer, given.record, proposals, given.why))


def _of_incident(desk: Desk, book: Casebook, reviewer: Reviewer, given: NewDecision) -> Decision:
    index = desk.index()

    def known(id: str) -> Incident:
        found = incident_as_decided(desk, index, id)
        if found is None:
            raise UsageError(f"there is no incident {id!r}; it may have been merged or split since")
        return found

    incident = known(given.incident)
    other = known(given.other) if given.other else None
    ids = {*incident.reports, *(other.reports if other else ())}
    reports = {report.id: report for report in book.coded_reports(sorted(ids))}
    return on_incident(
        given.kind,
        reviewer.name,
        incident,
        reports,
        other=other,
        taken=given.taken,
        grade=given.grade,
        why=given.why,
    )
