"""Ours beside theirs: incidents and the imported records that may be of the same occurrence, a pair a row."""

from __future__ import annotations

from typing import Final

from counterclaim.exporting.incidents.settled import Loss, Losses, Settled
from counterclaim.exporting.incidents.table import IncidentTable, Row, fields

_COLUMNS: Final = fields(
    (
        ("incident", "our incident's id"),
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
    date="date_start date_end",
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
        | {
            "dataset": one.dataset,
            "record": one.report,
            "killed_record_low": one.low,
            "killed_record_best": one.best,
            "killed_record_high": one.high,
            "days_apart": one.days,
            "km_apart": one.km,
            "points": one.score,
            "why": one.reason,
        }
        for one in settled.beside
    ] or [ours]


BESIDE: Final = IncidentTable(
    "beside",
    "ours beside imported records of UCDP and ACLED: a pair a row, and incidents without one",
    _COLUMNS,
    _rows,
    [
        Loss("", "harms but killed", "UCDP and ACLED count the dead only"),
        Loss("", "records beside no incident", "not in this table; `counterclaim report` lists them"),
    ],
)
