"""The pages of review: the queue, a record with its words, the log. Forms that work without scripts; keys with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlencode

from litestar import get, post
from litestar.concurrency import sync_to_thread
from litestar.datastructures import FormMultiDict
from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from litestar.types import ControllerRouterHandler

from counterclaim.errors import UsageError
from counterclaim.records import Claim, CodedReport, Event, Span
from counterclaim.reviewing import Decision, UnderReview
from counterclaim.reviewing.agreement import agreement
from counterclaim.reviewing.amounts import bounds_in
from counterclaim.reviewing.decisions import found_again, standing, undone
from counterclaim.reviewing.fields import FIELDS
from counterclaim.reviewing.proposing import record_of
from counterclaim.serving.api import Query, Served
from counterclaim.serving.desk import Desk
from counterclaim.serving.names import shown, veil, veiled, victim_names
from counterclaim.serving.review_api import By, QueueKind, decision_page, place_of, queue_page
from counterclaim.serving.review_texts import passage, pieces, read_back, rows_of
from counterclaim.serving.writing import Correction, NewDecision, decide

ROWS: Final = 30
KINDS: Final[tuple[QueueKind, ...]] = ("", "claim", "incident", "link")


def kind_of(given: str) -> QueueKind:
    """A kind of the queue as an address gives it; anything else is all."""
    return next((kind for kind in KINDS if kind == given), "")


@get("/review", sync_to_thread=True, include_in_schema=False)
def queue(request: Query, desk: Served) -> Template:
    """What to review first."""
    kind = kind_of(request.query_params.get("kind", ""))
    cursor = request.query_params.get("cursor", "")
    page = queue_page(desk, kind, ROWS, cursor)
    return Template(
        "review.html.j2",
        context={
            "title": "Review",
            "kind": kind,
            "page": page,
            "entries": [(one, _address(one.report, "claims", one.record, kind, place_of(one))) for one in page.items],
            "next": f"/review?{urlencode({'kind': kind, 'cursor': page.next})}" if page.next else "",
            "cursor": cursor,
            "done": _done(desk, request),
            "here": _here(request),
        },
    )


# Two handlers of one path: each calls the thread itself, as in `api`.
@get("/review/record", include_in_schema=False)
async def record(request: Query, desk: Served, reviewer: By) -> Template:
    """One claim or event: its words, every field, and what was decided of it."""
    return await sync_to_thread(_record, request, desk, reviewer)


def _record(request: Query, desk: Desk, reviewer: By) -> Template:
    asked = request.query_params
    layer, id, named = asked.get("layer", "claims"), asked.get("record", ""), asked.get("names") == "1"
    under = _under(desk, asked.get("report", ""))
    blind = asked.get("blind") == "1"
    if blind:
        under = under.by(reviewer.name)
    try:
        machine = under.machine_record(layer, id)
    except UsageError as error:
        raise NotFoundException(str(error)) from error
    report = under.report
    hidden = frozenset[str]() if named else victim_names(report)
    held = _held(report, layer, id)
    rows = rows_of(report, held or machine, hidden)
    within = passage(report, held or machine, whole=asked.get("whole") == "1")
    text = veiled(report.text, hidden) if named else veil(report, hidden).text
    kind = kind_of(asked.get("kind", ""))
    following = _next(desk, kind, asked.get("at", ""))
    own = [one for one in under.decisions if _about(under, one, layer, id)]
    return Template(
        "record.html.j2",
        context={
            "title": f"Review {id}",
            "report": report,
            "heading": shown(veiled(report.title or report.id, hidden)),
            "layer": layer,
            "record": held,
            "id": id,
            "rows": rows,
            "pieces": pieces(text, within, ((held or machine).start, (held or machine).end), rows),
            "whole": within == (0, len(report.text)),
            "decisions": own[::-1],
            "standing": {one.number for one in standing(under.decisions)},
            "hidden": hidden,
            "any_hidden": bool(victim_names(report)),
            "named": named,
            "confidence": machine.confidence,
            "next": following,
            "address": _address(report.id, layer, id, kind, asked.get("at", "")) + ("&blind=1" if blind else ""),
            "blind": blind,
            "incidents": desk.index().of_report(report.id),
            "done": _done(desk, request),
            "here": _here(request),
        },
    )


def _held(report: CodedReport, layer: str, id: str) -> Claim | Event | None:
    try:
        return record_of(report, layer, id)
    except UsageError:
        return None


def _about(under: UnderReview, one: Decision, layer: str, id: str) -> bool:
    if one.layer != layer:
        return False
    found = found_again(under.machine, one, under.coding)
    return found is not None and found.id == id


def _under(desk: Desk, report: str) -> UnderReview:
    with desk.book() as book:
        try:
            return book.under_review(report)
        except (UsageError, UnicodeEncodeError) as error:
            raise NotFoundException(f"there is no report {report!r}") from error


def _address(report: str, layer: str, id: str, kind: str, at: str) -> str:
    given = {"report": report, "layer": layer, "record": id, "kind": kind, "at": at}
    return "/review/record?" + urlencode({name: value for name, value in given.items() if value})


def _next(desk: Desk, kind: QueueKind, at: str) -> str:
    """The page of the next claim in the queue; the queue itself where another kind of thing comes next."""
    if not at:
        return ""
    page = queue_page(desk, kind, 1, at)
    if page.items and page.items[0].kind == "claim":
        one = page.items[0]
        return _address(one.report, "claims", one.record, kind, place_of(one))
    return f"/review?{urlencode({'kind': kind, 'cursor': at})}"


def _done(desk: Desk, request: Query) -> Decision | None:
    """The decision just made, which the page offers to undo."""
    number = request.query_params.get("done", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    with desk.book() as book:
        try:
            return book.decision(int(number))
        except UsageError:
            return None


def _here(request: Query) -> str:
    """The address of this page, without the decision it told of."""
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "done"]
    return request.url.path + (f"?{urlencode(kept)}" if kept else "")


@get("/review/log", sync_to_thread=True, include_in_schema=False)
def log(request: Query, desk: Served) -> Template:
    """Every decision, the newest first."""
    reviewer = request.query_params.get("reviewer", "")[:100]
    cursor = request.query_params.get("cursor", "")[:20]
    page = decision_page(desk, ROWS, cursor, reviewer)
    with desk.book() as book:
        gone = undone(book.decisions(kind="undo"))
    hidden = {id: _names(desk, id) for id in {one.report for one in page.decisions if one.report}}
    return Template(
        "log.html.j2",
        context={
            "title": "Decisions",
            "decisions": page.decisions,
            "standing": {one.number for one in page.decisions if one.kind != "undo"} - gone,
            "hidden": hidden,
            "reviewer": reviewer,
            "next": f"/review/log?{urlencode({'reviewer': reviewer, 'cursor': page.next})}" if page.next else "",
            "done": _done(desk, request),
            "here": _here(request),
        },
    )


@get("/review/agreement", sync_to_thread=True, include_in_schema=False)
def agreements(desk: Served, reviewer: By) -> Template:
    """How far reviewers agree, field by field."""
    with desk.book() as book:
        decisions = book.decisions(incidents=False)
    return Template(
        "agreement.html.j2",
        context={
            "title": "Agreement",
            "found": agreement(decisions),
            "again": len(_unread(decisions, reviewer.name)),
        },
    )


@get("/review/again", sync_to_thread=True, include_in_schema=False)
def again(desk: Served, reviewer: By) -> Template:
    """What others decided, to be read without seeing what they did."""
    with desk.book() as book:
        units = _unread(book.decisions(incidents=False), reviewer.name)[:ROWS]
    listed = [
        (report, layer, record, _address(report, layer, record, "", "") + "&blind=1") for report, layer, record in units
    ]
    return Template("again.html.j2", context={"title": "To read again", "reviewer": reviewer.name, "units": listed})


def _unread(decisions: list[Decision], reviewer: str) -> list[tuple[str, str, str]]:
    """(report, layer, record) of what others decided and this reviewer did not, the latest first."""
    left = [one for one in standing(decisions) if one.kind in ("accept", "correct", "reject")]
    mine = {(one.report, one.layer, one.record) for one in left if one.by == reviewer}
    others = dict.fromkeys((one.report, one.layer, one.record) for one in reversed(left) if one.by != reviewer)
    return [unit for unit in others if unit not in mine]


def _names(desk: Desk, report: str) -> frozenset[str]:
    with desk.book() as book:
        return victim_names(book.report(report))


# --- forms ------------------------------------------------------------------------------------------------------------


@post("/review/record", include_in_schema=False, role="coder")
async def decide_record(request: Query, desk: Served, reviewer: By) -> Redirect:
    """A decision on a claim or event, from its page or from the queue."""
    form = await request.form()
    return await sync_to_thread(lambda: _decided(desk, reviewer, _of_record(desk, form), form))


def _of_record(desk: Desk, form: FormMultiDict) -> NewDecision:
    action, layer = _text(form, "action"), _text(form, "layer")
    if action not in ("accept", "reject", "correct", "comment") or layer not in FIELDS:
        raise UsageError("action: accept, correct, reject or comment")
    return NewDecision(
        kind=action,  # type: ignore[arg-type]
        report=_text(form, "report"),
        layer=layer,  # type: ignore[arg-type]
        record=_text(form, "record"),
        why=_text(form, "why"),
        blind=_text(form, "blind") == "1",
        corrections=tuple(_corrections(desk, form, layer)) if action == "correct" else (),
    )


def _corrections(desk: Desk, form: FormMultiDict, layer: str) -> Iterator[Correction]:
    """The fields that were changed; with words for a number that were marked, the number they say."""
    changed: dict[str, Correction] = {}
    for field in FIELDS[layer]:
        given, span = _text(form, f"f-{field.name}"), _span(_text(form, f"s-{field.name}"))
        if span is not None or given.strip() != _text(form, f"was-{field.name}").strip():
            changed[field.name] = Correction(field=field.name, value=read_back(field, given), span=span)
    quantity = changed.get("quantity")
    if quantity and not changed.keys() & {"min", "max", "approx", "vague"}:
        under = _under(desk, _text(form, "report"))
        held = _held(under.report, layer, _text(form, "record"))
        words = under.machine.text[slice(*quantity.span)] if quantity.span else str(quantity.value or "")
        for one in bounds_in(words):
            before = getattr(held, one.field, None)
            if one.value != (before or "" if one.field == "vague" else before):
                changed[one.field] = Correction(field=one.field, value=one.value)
    yield from changed.values()


@post("/review/incident", include_in_schema=False, role="coder")
async def decide_incident(request: Query, desk: Served, reviewer: By) -> Redirect:
    """A decision on an incident, from its page or from the queue."""
    form = await request.form()
    return await sync_to_thread(lambda: _decided(desk, reviewer, _of_incident(form), form))


def _of_incident(form: FormMultiDict) -> NewDecision:
    action = _text(form, "action")
    if action not in ("accept", "grade", "merge", "split", "apart", "comment"):
        raise UsageError("action: accept, grade, merge, split, apart or comment")
    taken = [str(one).partition(" ") for one in form.getall("taken", [])]
    return NewDecision(
        kind=action,  # type: ignore[arg-type]
        incident=_text(form, "incident"),
        other=_text(form, "other").rstrip("/").rpartition("/")[2],
        grade=_text(form, "grade"),
        why=_text(form, "why"),
        # A claim's id has no space in it; a report's may.
        taken=tuple((report, claim) for claim, _, report in taken),
    )


@post("/review/undo", include_in_schema=False, role="coder")
async def undo(request: Query, desk: Served, reviewer: By) -> Redirect:
    """The undoing of a decision, which is a decision too."""
    form = await request.form()
    number = _text(form, "number")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise UsageError("number: of the decision to undo")
    given = NewDecision(kind="undo", undoes=int(number), why=_text(form, "why"))
    return await sync_to_thread(lambda: _decided(desk, reviewer, given, form))


def _decided(desk: Desk, reviewer: By, given: NewDecision, form: FormMultiDict) -> Redirect:
    """Record, and go on to where the form says: a page of ours, told which decision was made."""
    made = decide(desk, reviewer, given)
    back = _text(form, "back")
    if not back.startswith("/") or back.startswith(("//", "/\\")) or any(ord(letter) < 33 for letter in back):
        back = "/review/log"
    path, hash_, fragment = back.partition("#")
    return Redirect(f"{path}{'&' if '?' in path else '?'}done={made[-1].number}{hash_}{fragment}", status_code=303)


def _text(form: FormMultiDict, name: str) -> str:
    value: Any = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def _span(given: str) -> Span | None:
    if not given:
        return None
    start, _, end = given.partition(",")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit() and len(given) < 30):
        raise UsageError("mark words of the text")
    return int(start), int(end)


ROUTES: Final[list[ControllerRouterHandler]] = [
    queue,
    record,
    log,
    agreements,
    again,
    decide_record,
    decide_incident,
    undo,
]
