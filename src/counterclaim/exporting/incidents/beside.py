"""Ours beside theirs: incidents and the imported records that may be of the same occurrence, a pair a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import IncidentTable, Row, fields
from counterclaim.linking.beside import Beside

_COLUMNS: Final = fields(
    (
        ("incident", "our incident's id; empty: none lies beside the record"),
        ("title", "act, place, day"),
        ("date_start", "first day of ours"),
        ("date_end", "last day of ours"),
        ("place", "our place"),
        ("country", "ISO 3166-1 alpha-2"),
        ("reports", "reports that tell of ours"),
        ("killed_estimate_low", "ours, by the rule"),
        ("killed_estimate_best", "ours, by the rule"),
        ("killed_estimate_high", "ours, by the rule"),
        ("rule", "the rule"),
        ("dataset", "whose record; empty: none lies beside"),
        ("record", "the record's id in the casebook"),
        ("record_title", "its data set, number, parties or act, place"),
        ("record_date_start", "first day of theirs"),
        ("record_date_end", "last day of theirs"),
        ("record_place", "their place"),
        ("record_country", "ISO 3166-1 alpha-2"),
        ("killed_record_low", "theirs"),
        ("killed_record_best", "theirs"),
        ("killed_record_high", "theirs"),
        ("days_apart", "days between ours and theirs"),
        ("km_apart", "kilometres between the two points"),
        ("points", "how near they are, 0.6 to 1; no probability"),
        ("why", "why they are laid side by side"),
    ),
    integer="reports killed_estimate_low killed_estimate_best killed_estimate_high killed_record_low "
    "killed_record_best killed_record_high days_apart",
    number="km_apart points",
    date="date_start date_end record_date_start record_date_end",
)


def _rows(settled: Settled, losses: Losses) -> list[Row]:
    incident, place = settled.incident, settled.incident.place
    killed = settled.estimate("killed")
    ours: Row = {
        "incident": incident.id,
        "title": incident.title,
        "date_start": incident.from_,
        "date_end": incident.to,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "reports": len(incident.reports),
        "rule": settled.rule,
    }
    if killed:
        ours |= {f"killed_estimate_{end}": getattr(killed, end) for end in ("low", "best", "high")}
    return [
        ours
        | _theirs(one)
        | {
            "days_apart": one.days,
            "km_apart": one.km,
            "points": one.score,
            "why": one.reason,
        }
        for one in settled.beside
    ] or [ours]


_TABLE: Final = IncidentTable(
    "beside",
    "ours beside imported records of UCDP and ACLED: a pair a row, and what stands alone on either side",
    _COLUMNS,
    _rows,
    [Loss("", "harms but killed", "UCDP and ACLED count the dead only")],
)


@dataclass(frozen=True, slots=True)
class BesideTable:
    """The table of pairs. `alone`: the records that lie beside no incident, each a row of its own at the end."""

    alone: Sequence[Beside] = ()
    name: str = _TABLE.name
    extension: str = _TABLE.extension
    description: str = _TABLE.description
    media_type: str = _TABLE.media_type

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """The header, a line a pair or an incident without one, and a line a record without one."""
        yield from _TABLE.chunks(settled, losses)
        for one in self.alone:
            yield _TABLE.line(_theirs(one))

    def dictionary(self) -> str:
        """Column, type, unit and meaning, as CSV."""
        return _TABLE.dictionary()


def _theirs(one: Beside) -> Row:
    return {
        "dataset": one.dataset,
        "record": one.report,
        "record_title": one.title,
        "record_date_start": one.first,
        "record_date_end": one.last,
        "record_place": one.place,
        "record_country": one.country,
        "killed_record_low": one.low,
        "killed_record_best": one.best,
        "killed_record_high": one.high,
    }
