"""The incident, version 1: the one occurrence that several reports' claims and events tell of.

`counterclaim incidents --format jsonl` prints one of these a line. Linking fills what happened where and when and which
records tell of it; the relations compare its claims; estimating fills `estimates` and `grade`.
"""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from counterclaim.records import Decided, Record

SCHEMA: Final = "counterclaim/incident/1"

Ref = tuple[str, str]
"""(report id, id of a claim or an event in that report)."""

RelationKind = Literal["contradicts", "denies", "corroborates", "updates", "subsumes", "repeats"]
Grade = Literal["Confirmed", "Fair", "Weak", "Contested", "Discounted"]
Role = Literal["perpetrator", "target", "party"]


class IncidentPlace(Record, frozen=True, kw_only=True):
    """Where it happened: WGS84 degrees, ISO 3166-1 alpha-2, UCDP where_prec 1-7; None where the reports do not say."""

    name: str
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    where_prec: int | None = None


class Party(Record, frozen=True, kw_only=True):
    """A side in the incident, as the claims and events name it."""

    name: str
    country: str | None = None
    role: Role = "party"


class Relation(Record, frozen=True, kw_only=True):
    """How the first claim stands to the second (`updates`: the first is the newer), and why."""

    claims: tuple[Ref, Ref]
    kind: RelationKind
    why: str


class Link(Record, frozen=True, kw_only=True):
    """Why two reports are held to tell of this incident: a probability in 0..1 and its reason in words."""

    reports: tuple[str, str]
    score: float
    reason: str


class Candidate(Record, frozen=True, kw_only=True):
    """Another incident that may be the same occurrence, for a person to decide."""

    incident: str
    score: float
    reason: str


class Weighed(Record, frozen=True, kw_only=True):
    """One claim in an estimate's trace: what it counted for (None where the rule has no weights) and why."""

    claim: Ref
    weight: float | None = None
    reason: str = ""


class Range(Record, frozen=True, kw_only=True):
    """Persons: low, best, high; None where the claims leave it open."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


class Estimate(Record, frozen=True, kw_only=True):
    """One harm under one rule. `by` has civilian, combatant, unknown and each side by name."""

    low: int | None = None
    best: int | None = None
    high: int | None = None
    by: dict[str, Range] = msgspec.field(default_factory=dict)
    trace: tuple[Weighed, ...] = ()
    rule: str = ""
    """The rule and its version: `ucdp/1`."""
    why: str = ""
    """How the numbers came about, in words."""


class Incident(Record, frozen=True, kw_only=True):
    """One occurrence. `from`/`to` are ISO dates, `date_prec` UCDP 1-5; `estimates` is rule -> harm -> estimate."""

    id: str
    schema: Literal["counterclaim/incident/1"] = SCHEMA
    title: str = ""
    from_: str | None = None
    to: str | None = None
    date_prec: int | None = None
    place: IncidentPlace | None = None
    reports: tuple[str, ...] = ()
    claims: tuple[Ref, ...] = ()
    events: tuple[Ref, ...] = ()
    parties: tuple[Party, ...] = ()
    estimates: dict[str, dict[str, Estimate]] = msgspec.field(default_factory=dict)
    grade: Grade | None = None
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    part_of: str | None = None
    decided: tuple[Decided, ...] = ()
    """What reviewers decided of it: merges, splits, its grade. What they decided of its claims is in the reports."""

    def __repr__(self) -> str:
        return f"<Incident {self.id} {self.title!r} {len(self.reports)} reports {len(self.claims)} claims>"
