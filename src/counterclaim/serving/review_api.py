"""The API of review: what to look at first, what was decided, and deciding."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from litestar import Response, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from counterclaim.errors import UsageError
from counterclaim.records import Record
from counterclaim.reviewing import Decision
from counterclaim.serving.api import BAD, BUSY, REFUSED, Limit, Query, Served, tagged
from counterclaim.serving.desk import Desk
from counterclaim.serving.index import Item
from counterclaim.serving.writing import NewDecision, Reviewer, decide

By = NamedDependency[Reviewer]
QueueKind = Literal["", "claim", "incident", "link"]
Place = Annotated[str, QueryParameter(max_length=60, description="`next` of the page before")]


class QueuePage(Record, frozen=True, kw_only=True):
    """Some of what is to be reviewed, how many of each kind there are, and the cursor of the next page or null."""

    items: tuple[Item, ...]
    counts: dict[str, int]
    next: str | None


class DecisionPage(Record, frozen=True, kw_only=True):
    """Some decisions, the newest first, and the cursor of the next page or null."""

    decisions: tuple[Decision, ...]
    next: str | None


def queue_page(desk: Desk, kind: QueueKind, limit: int, cursor: str) -> QueuePage:
    """The queue after `cursor` (priority:id), without what was decided since the index was built."""
    index = desk.index()
    after = read_place(cursor)
    decided = desk.decided_since(index)
    items: list[Item] = []
    while len(items) <= limit:
        found = index.queue(kind, limit=limit + 1, after=after)
        items += [one for one in found if key_of(one) not in decided]
        if len(found) <= limit:
            break
        after = (found[-1].priority, found[-1].id)
    more = len(items) > limit
    items = items[:limit]
    return QueuePage(items=tuple(items), counts=index.in_doubt(), next=place_of(items[-1]) if more else None)


def key_of(item: Item) -> tuple[str, str]:
    """What an item is about, as `Desk.decided_since` names it."""
    return (item.report, item.record) if item.kind == "claim" else (item.incident, item.other)


def place_of(item: Item) -> str:
    """Where an item stands in the queue."""
    return f"{item.priority!r}:{item.id}"


def read_place(cursor: str) -> tuple[float, int] | None:
    """The place that a cursor names; None for "". Raises UsageError where no page gave it."""
    if not cursor:
        return None
    priority, _, number = cursor.partition(":")
    try:
        place = float(priority), int(number)
    except ValueError:
        raise UsageError("cursor: take it from the `next` of the page before") from None
    if not (0 <= place[0] < 1e6 and abs(place[1]) < 2**62):
        raise UsageError("cursor: take it from the `next` of the page before")
    return place


@get(
    "/api/v1/review/queue",
    sync_to_thread=True,
    summary="What to review first",
    tags=["review"],
    responses=BAD | BUSY,
)
def queue(
    request: Query,
    desk: Served,
    kind: Annotated[QueueKind, QueryParameter(description="only claims, incidents or offered links")] = "",
    limit: Limit = 50,
    cursor: Place = "",
) -> Response[QueuePage]:
    """By doubt times weight: low confidence, contested incidents, unsure links; what has high tolls comes first."""
    stamp = f"{desk.index().stamp} {desk.stamp()}"
    return tagged(request, stamp, lambda: queue_page(desk, kind, limit, cursor))


@get(
    "/api/v1/review/decisions",
    summary="What was decided",
    tags=["review"],
    responses=BAD | BUSY,
)
async def decisions(
    request: Query,
    desk: Served,
    limit: Limit = 50,
    cursor: Annotated[str, QueryParameter(max_length=20)] = "",
    by: Annotated[str, QueryParameter(max_length=100, description="only those of this reviewer")] = "",
) -> Response[DecisionPage]:
    """Every decision, also those undone and the undos, the newest first."""
    return await sync_to_thread(lambda: tagged(request, desk.stamp(), lambda: decision_page(desk, limit, cursor, by)))


def decision_page(desk: Desk, limit: int, cursor: str, reviewer: str) -> DecisionPage:
    """The newest decisions before a number."""
    if cursor and not (cursor.isascii() and cursor.isdigit() and len(cursor) < 19):
        raise UsageError("cursor: take it from the `next` of the page before")
    before = int(cursor) if cursor else None
    with desk.book() as book:
        found = book.decisions(reviewer=reviewer or None, before=before, limit=limit + 1)
    more = len(found) > limit
    return DecisionPage(decisions=tuple(found[:limit]), next=str(found[limit - 1].number) if more else None)


@post(
    "/api/v1/review/decisions",
    status_code=201,
    summary="Decide",
    tags=["review"],
    role="coder",
    responses=BAD | REFUSED | BUSY,
)
async def add_decision(request: Query, desk: Served, reviewer: By, data: JSONBody[NewDecision]) -> tuple[Decision, ...]:
    """Appends the decision, or several where fields are corrected, and gives them with number, time and reviewer."""
    if request.content_type[0] != "application/json":
        raise ClientException("send the decision as application/json", status_code=415)
    return tuple(await sync_to_thread(decide, desk, reviewer, data))


ROUTES: Final[list[ControllerRouterHandler]] = [queue, decisions, add_decision]
