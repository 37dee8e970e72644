"""The columns of the tables of claims and events: one list each, for the CSV, its dictionary and the GeoJSON.

A claimed number is called `claimed_...`, so that it is never taken for an estimated one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from counterclaim.casebook.entries import ClaimEntry, EventEntry

Cell = str | int | float | bool | tuple[str, ...] | None
Type = Literal["text", "list", "integer", "number", "yes/no", "date"]

WHERE_PRECISION: Final = {
    1: "exact place",
    2: "around a place, about 25 km",
    3: "second-order division",
    4: "first-order division",
    5: "larger area, or between two places",
    6: "country",
    7: "water or international airspace",
}
"""UCDP where_prec, from the UCDP GED codebook."""

DATE_PRECISION: Final = {1: "day", 2: "2-6 days", 3: "week", 4: "month", 5: "year"}
"""UCDP date_prec, from the UCDP GED codebook."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type, meaning, unit ("" for none), and where in a ClaimEntry or EventEntry its value is.

    `path` is a way of attributes, `place.lat`; through a list it gives a list, `actors.name`.
    """

    name: str
    type: Type
    meaning: str
    path: str
    unit: str = ""

    def of(self, entry: ClaimEntry | EventEntry) -> Cell:
        """The value in an entry; None where any step of the way is unknown."""
        value: Cell = _follow(entry, self.path.split("."))
        return value


def _follow(value: Any, steps: Sequence[str]) -> Any:
    for number, step in enumerate(steps):
        if isinstance(value, tuple):
            return tuple(_follow(one, steps[number:]) or "" for one in value)
        if value is None:
            return None
        value = getattr(value, step)
    return value


_ISO = "ISO 3166-1 alpha-2"
_TEXT_OFFSET = "code points of the text"

_REPORT: Final[tuple[Column, ...]] = (
    Column("published", "date", "day the report was published", "published", "YYYY-MM-DD"),
    Column("outlet", "text", "who published it", "outlet"),
    Column("title", "text", "the report's title", "title"),
    Column("url", "text", "the report's address", "url"),
)

_PLACE: Final[tuple[Column, ...]] = (
    Column("place_name", "text", "the place they stand for", "place.name"),
    Column(
        "place_kind",
        "text",
        "settlement, admin1, admin2, country, region, facility, water or unresolved",
        "place.kind",
    ),
    Column("place_lat", "number", "latitude", "place.lat", "degrees, WGS84"),
    Column("place_lon", "number", "longitude", "place.lon", "degrees, WGS84"),
    Column("place_country", "text", "country of the place", "place.country", _ISO),
    Column("place_admin1", "text", "first-order division", "place.admin1"),
    Column("place_admin2", "text", "second-order division", "place.admin2"),
    Column(
        "place_precision",
        "integer",
        "how exactly the coordinates tell the place: "
        + ", ".join(f"{n} {meaning}" for n, meaning in WHERE_PRECISION.items()),
        "place.precision",
        "UCDP where_prec 1-7",
    ),
    Column("place_geonames_id", "integer", "GeoNames id", "place.geonames_id"),
)

_DATE: Final[tuple[Column, ...]] = (
    Column("date_from", "date", "first day they stand for", "time.from_", "YYYY-MM-DD"),
    Column("date_to", "date", "last day they stand for", "time.to", "YYYY-MM-DD"),
    Column(
        "date_precision",
        "integer",
        "how exactly: " + ", ".join(f"{n} {meaning}" for n, meaning in DATE_PRECISION.items()),
        "time.precision",
        "UCDP date_prec 1-5",
    ),
)

CLAIM_COLUMNS: Final[tuple[Column, ...]] = (
    Column("report", "text", "the report's id", "report"),
    Column("claim", "text", "the claim's id within the report", "claim.id"),
    *_REPORT,
    Column("harm", "text", "killed, injured, missing, captured, displaced or casualties", "claim.harm"),
    Column("claimed_figure", "text", "the claimed number as one reads it: 49, ≥49, ~30, dozens", "claim.figure"),
    Column("quantity", "text", "the words of the number", "claim.quantity"),
    Column(
        "claimed_min",
        "integer",
        "lowest number that the words claim; empty where they set none, 0 only where they say that nobody was harmed",
        "claim.min",
        "persons",
    ),
    Column(
        "claimed_max",
        "integer",
        "highest number that the words claim; empty where they set none ('at least 49')",
        "claim.max",
        "persons",
    ),
    Column("approx", "yes/no", "the number is said to be about right ('some 30')", "claim.approx"),
    Column("vague", "text", "the word for a number that names none: dozens, several", "claim.vague"),
    Column("cumulative", "yes/no", "a total over a longer time, not one occurrence", "claim.cumulative"),
    Column("victims", "text", "the words for those harmed", "claim.victims"),
    Column("victim_kind", "text", "civilian, combatant, mixed or unknown", "claim.victim_kind"),
    Column("victim_side", "text", "the side for which those harmed act", "claim.victim_side"),
    Column("perpetrator", "text", "the words for who is said to have done it", "claim.perpetrator"),
    Column("source", "text", "the words for whom the claim is according to; empty: the author", "claim.source"),
    Column("source_kind", "text", "named, unnamed or author", "claim.source_kind"),
    Column("source_chain", "list", "nested sources, innermost first", "claim.source_chain"),
    Column(
        "stance",
        "text",
        "what the source does with the claim: asserts, denies, doubts; or hypothetical",
        "claim.stance",
    ),
    Column("background", "yes/no", "told as earlier context, not as the news", "claim.background"),
    Column("place", "text", "the words for the place", "claim.place"),
    *_PLACE,
    Column("date", "text", "the words for the time", "claim.date"),
    *_DATE,
    Column("source_actor", "text", "the actor that the source is", "source_actor.name"),
    Column("source_country", "text", "country of the source", "source_actor.country", _ISO),
    Column("source_sector", "text", "sector of the source", "source_actor.sector", "PLOVER"),
    Column(
        "perpetrator_actor",
        "text",
        "the actor that the perpetrator is",
        "perpetrator_actor.name",
    ),
    Column(
        "perpetrator_country",
        "text",
        "country of the perpetrator",
        "perpetrator_actor.country",
        _ISO,
    ),
    Column("victim_actor", "text", "the actor that the victims are", "victim_actor.name"),
    Column("victim_country", "text", "country of the victims", "victim_actor.country", _ISO),
    Column("event", "text", "id of the event in which it happened, within the report", "claim.links.event"),
    Column("confidence", "number", "how sure the coder is", "claim.confidence", "0-1"),
    Column("sentence", "integer", "number of the sentence, from 0", "claim.sentence"),
    Column("evidence_start", "integer", "where the evidence begins", "claim.start", _TEXT_OFFSET),
    Column("evidence_end", "integer", "where it ends", "claim.end", _TEXT_OFFSET),
    Column("evidence", "text", "the words of the report that state the claim", "claim.evidence"),
)

EVENT_COLUMNS: Final[tuple[Column, ...]] = (
    Column("report", "text", "the report's id", "report"),
    Column("event", "text", "the event's id within the report", "event.id"),
    *_REPORT,
    Column("plover_type", "text", "the act", "event.plover.type", "PLOVER type"),
    Column("plover_mode", "text", "how", "event.plover.mode", "PLOVER mode"),
    Column("plover_contexts", "list", "in what matters", "event.plover.contexts", "PLOVER contexts"),
    Column("cameo", "text", "the act", "event.cameo", "CAMEO code"),
    Column("acled_event_type", "text", "the act", "event.acled.event_type", "ACLED"),
    Column("acled_sub_event_type", "text", "the act", "event.acled.sub_event_type", "ACLED"),
    Column(
        "ucdp_violence",
        "integer",
        "1 state-based, 2 non-state, 3 one-sided; empty: no organised violence",
        "event.ucdp_violence",
        "UCDP type_of_violence",
    ),
    Column("actors", "list", "who did it", "actors.name"),
    Column("actor_countries", "list", "their countries, in the same order", "actors.country", _ISO),
    Column("actor_sectors", "list", "their sectors, in the same order", "actors.sector", "PLOVER"),
    Column("recipients", "list", "to whom", "recipients.name"),
    Column("recipient_countries", "list", "their countries, in the same order", "recipients.country", _ISO),
    Column("recipient_sectors", "list", "their sectors, in the same order", "recipients.sector", "PLOVER"),
    Column("weapon", "text", "with what", "event.weapon"),
    Column("reality", "text", "actual, ongoing, planned, hypothetical, negated or failed", "event.reality"),
    Column("background", "yes/no", "told as earlier context, not as the news", "event.background"),
    Column("source", "text", "the words for whom it is according to; empty: the author", "source"),
    Column(
        "stance",
        "text",
        "what the source does with it: asserts, denies, doubts; empty: the author tells it",
        "attribution.stance",
    ),
    Column("place", "text", "the words for the place", "place.text"),
    *_PLACE,
    Column("date", "text", "the words for the time", "time.text"),
    *_DATE,
    Column("claims", "list", "ids of the claims of harm in it, within the report", "event.claims"),
    Column("confidence", "number", "how sure the coder is", "event.confidence", "0-1"),
    Column("sentence", "integer", "number of the sentence, from 0", "event.sentence"),
    Column("evidence_start", "integer", "where the clause begins", "event.start", _TEXT_OFFSET),
    Column("evidence_end", "integer", "where it ends", "event.end", _TEXT_OFFSET),
    Column("evidence", "text", "the clause of the report that tells the event", "evidence"),
)
