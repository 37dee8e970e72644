"""Deciding over HTTP: the one place that every decision from a page or the API passes.

That the visitor may write, and means it, is held before by `accounts.access.gate` and `security.Guard`.
"""

from __future__ import annotations

from typing import Any, Final

from litestar import Request
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException

from counterclaim.casebook import Casebook
from counterclaim.errors import UsageError
from counterclaim.linking.incident import Incident
from counterclaim.records import Record, Span
from counterclaim.reviewing import Decision, Proposal, on_incident, on_record, undoing
from counterclaim.reviewing.decisions import Kind, Layer
from counterclaim.serving.accounts.access import Visitor
from counterclaim.serving.desk import Desk
from counterclaim.serving.freshening import incident_as_decided

EDITORIAL: Final = frozenset({"merge", "split", "apart", "grade"})
"""Kinds of decisions for editors: they change which incidents there are, and how sure they are said to be."""


class Reviewer(Record, frozen=True, kw_only=True):
    """Whoever decides; `name` stands in every decision. `edits`: may do all, also undo what others decided."""

    name: str
    edits: bool


def reviewer_of(request: Request[Any, Any, Any]) -> Reviewer:
    """The visitor whom the gate let in (`accounts.access`), as a reviewer."""
    visitor: Visitor | None = request.scope["state"].get("visitor")
    if visitor is None:
        raise NotAuthorizedException("sign in first")
    return Reviewer(name=visitor.name, edits=visitor.may("editor"))


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
            if made.by != reviewer.name and not reviewer.edits:
                raise PermissionDeniedException("only an editor undoes what others decided")
            return book.decide([undoing(reviewer.name, made, book.decisions(kind="undo"), given.why)])
        if given.kind in EDITORIAL and not reviewer.edits:
            raise PermissionDeniedException("only an editor merges, splits and grades incidents")
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
