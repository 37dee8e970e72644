"""What is worth a person's look first: how much in doubt it is, times how much hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10
from typing import Final, Literal

from counterclaim.linking.incident import Incident
from counterclaim.records import Claim, CodedReport, Record

DoubtKind = Literal["claim", "incident", "link"]

LEAST: Final = 0.05
"""Below this a claim's chance to be wrong is not worth a line in the queue: one in twenty."""
CONTESTED: Final = 0.6
"""The doubt of an incident whose sources contradict each other, whatever its range: it comes before a claim that is
likelier right than wrong."""
NARROW: Final = 0.3
"""Nothing below this is asked of an incident that nobody contests: its range is half a doubt, so one of which low and
high differ by less than six tenths of the high is left alone."""


class Doubt(Record, frozen=True, kw_only=True):
    """Something for the queue: a claim, an incident, or the offer that two incidents are one.

    `doubt` is 0-1, `weight` 1 + log10(1 + persons) of the highest figure told; they multiply to `priority`. `other` is
    the incident of an offered link.
    """

    kind: DoubtKind
    incident: str
    doubt: float
    weight: float
    why: str
    report: str = ""
    record: str = ""
    other: str = ""

    @property
    def priority(self) -> float:
        """The order of the queue, the highest first."""
        return self.doubt * self.weight


def doubts(incident: Incident, reports: Mapping[str, CodedReport]) -> Iterator[Doubt]:
    """What is in doubt of an incident that is estimated, without what a reviewer has accepted, corrected or graded."""
    own = [
        (id, claim)
        for id in incident.reports
        if id in reports
        for claim in _of(incident, reports[id])
        if (id, claim.id) not in _seen(reports[id])
    ]
    for id, claim in own:
        doubt = 1 - claim.confidence
        if doubt >= LEAST:
            yield Doubt(
                kind="claim",
                incident=incident.id,
                doubt=round(doubt, 3),
                weight=_weight(_most(claim)),
                why=f"confidence {claim.confidence:.2f}",
                report=id,
                record=claim.id,
            )
    killed = [one for by in incident.estimates.values() for harm, one in by.items() if harm == "killed"]
    high = max((one.high or one.best or one.low or 0 for one in killed), default=0)
    if not any(one.kind in ("accept", "grade") for one in incident.decided):
        doubt, why = _of_incident(incident)
        if doubt >= NARROW:
            yield Doubt(kind="incident", incident=incident.id, doubt=round(doubt, 3), weight=_weight(high), why=why)
    for one in incident.candidates:
        # Offered from both sides: asked once.
        if incident.id < one.incident:
            yield Doubt(
                kind="link",
                incident=incident.id,
                doubt=round(1 - abs(2 * one.score - 1), 3),
                weight=_weight(high),
                why=f"one incident with probability {one.score:.2f}: {one.reason}",
                other=one.incident,
            )


def _seen(report: CodedReport) -> set[tuple[str, str]]:
    return {(report.id, one.record) for one in report.decided if one.layer == "claims"}


def _of(incident: Incident, report: CodedReport) -> Iterator[Claim]:
    wanted = {claim for owner, claim in incident.claims if owner == report.id}
    return (claim for claim in report.claims if claim.id in wanted)


def _most(claim: Claim) -> int:
    return claim.max if claim.max is not None else claim.min or 0


def _weight(persons: int) -> float:
    return round(1 + log10(1 + persons), 3)


def _of_incident(incident: Incident) -> tuple[float, str]:
    """How much an incident is in doubt, and why: contradicted, denied, or told by rules as far apart."""
    against = [one.why for one in incident.relations if one.kind in ("contradicts", "denies")]
    ranges = [one for by in incident.estimates.values() if (one := by.get("killed")) and one.high]
    low = min((one.low or 0 for one in ranges), default=0)
    high = max((one.high or 0 for one in ranges), default=0)
    wide = (high - low) / high if high else 0.0
    if against:
        return max(CONTESTED, wide), against[0]
    return wide / 2, f"between {low:,} and {high:,} killed"
