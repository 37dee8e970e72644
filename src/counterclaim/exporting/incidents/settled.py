"""What an exporter of incidents is given, and how it tells what its scheme could not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

from counterclaim.exporting.csv_table import csv_line, guarded
from counterclaim.linking.beside import Beside
from counterclaim.linking.incident import Estimate, Incident
from counterclaim.records import Actor, Claim, CodedReport, Event, Place
from counterclaim.schemes.ucdp import party_of


class Loss(NamedTuple):
    """Something that the scheme has no room for, or that was not known: in which incident ("" all), what, why."""

    incident: str
    what: str
    why: str


Losses = list[Loss]


class Settled:
    """An incident, the reports it tells of, and the rule whose estimate fills the single numbers of a scheme."""

    def __init__(
        self,
        incident: Incident,
        reports: Mapping[str, CodedReport],
        rule: str,
        *,
        beside: Sequence[Beside] = (),
        hide: Callable[[str], str] = str,
        veil: Callable[[CodedReport], CodedReport] | None = None,
    ) -> None:
        self.incident = incident
        self.rule = rule
        self.hide = hide
        """Puts something else for the names of victims, in what a dossier prints."""
        self._veil = veil
        self.beside = beside
        """Records of other data sets that may be of the same occurrence."""
        self.reports = [reports[id_] for id_ in incident.reports if id_ in reports]
        self._by_id = {report.id: report for report in self.reports}

    def shown(self, report: CodedReport) -> CodedReport:
        """A report as a dossier may quote it: with the same records and offsets, names of victims hidden."""
        return self._veil(report) if self._veil else report

    def estimate(self, harm: str) -> Estimate | None:
        """The rule's estimate of a harm, or None."""
        return self.incident.estimates.get(self.rule, {}).get(harm)

    @cached_property
    def claims(self) -> list[tuple[CodedReport, Claim]]:
        """The incident's claims, with their reports."""
        tables = {id_: {claim.id: claim for claim in report.claims} for id_, report in self._by_id.items()}
        return [
            (self._by_id[report], tables[report][claim])
            for report, claim in self.incident.claims
            if claim in tables.get(report, {})
        ]

    @cached_property
    def events(self) -> list[tuple[CodedReport, Event]]:
        """The incident's events, with their reports."""
        tables = {id_: {event.id: event for event in report.events} for id_, report in self._by_id.items()}
        return [
            (self._by_id[report], tables[report][event])
            for report, event in self.incident.events
            if event in tables.get(report, {})
        ]

    @cached_property
    def sources(self) -> list[str]:
        """Whom the claims are according to, the outlet where its author tells, each once."""
        return list(dict.fromkeys(claim.source or report.outlet or "author" for report, claim in self.claims))

    @cached_property
    def place(self) -> Place | None:
        """The place of the incident as a report resolved it, which has more than the incident keeps."""
        held = self.incident.place
        if held is None:
            return None
        same = (
            place
            for report in self.reports
            for place in report.places
            if (place.name, place.lat, place.lon) == (held.name, held.lat, held.lon)
        )
        return next(same, None)

    @property
    def outlets(self) -> list[str]:
        """Who published its reports, each once."""
        return list(dict.fromkeys(report.outlet for report in self.reports if report.outlet))

    def dyads(self) -> list[tuple[Actor, Actor | None]]:
        """Who against whom, the pair told of most first; None where only the doer is told.

        A claim's own perpetrator counts as much as three acts: it is the answer to who did this harm. Denied, planned
        and earlier acts count nothing. A pair and its reverse are one, in the order told more often; all civilians are
        one party. Actors are compared by name and country.
        """
        weights: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], tuple[Actor, Actor | None]] = {}
        for doer, target, weight in self._pairs():
            if party_of(doer) in ("state", "group"):
                key = (_key(doer), _key(target) if target else "")
                if key[0] != key[1]:
                    weights[key] += weight
                    first.setdefault(key, (doer, target))
        both = {key: weights[key] + weights.get((key[1], key[0]), 0) for key in weights}
        kept = [key for key in weights if weights[key] >= weights.get((key[1], key[0]), 0)]
        kept = [key for key in kept if (key[1], key[0]) not in kept or key < (key[1], key[0])]
        whole = [key for key in kept if key[1]]
        return [first[key] for key in sorted(whole or kept, key=lambda key: (-both[key], key[1] == _CIVILIANS, key))]

    def _pairs(self) -> Iterator[tuple[Actor, Actor | None, int]]:
        for report, claim in self.claims:
            actors = {actor.id: actor for actor in report.actors}
            doer = actors.get(claim.links.perpetrator_actor or "")
            if doer is not None and claim.stance == "asserts" and not claim.background:
                yield doer, actors.get(claim.links.victim_actor or ""), 3
        for report, event in self.events:
            if event.plover.type != "ASSAULT" or event.background or event.reality not in ("actual", "ongoing"):
                continue
            actors = {actor.id: actor for actor in report.actors}
            targets: list[Actor | None] = [actors[id_] for id_ in event.recipient if id_ in actors]
            for id_ in event.actor:
                if id_ in actors:
                    yield from ((actors[id_], target, 1) for target in targets or [None])


class IncidentExporter(Protocol):
    """One format of incidents."""

    @property
    def name(self) -> str:
        """How the format is asked for: `ucdp-ged`."""

    @property
    def extension(self) -> str:
        """The ending of its files, with the dot."""

    @property
    def description(self) -> str:
        """One line for the list of formats."""

    @property
    def media_type(self) -> str:
        """What a server calls it."""

    def chunks(self, settled: Iterable[Settled], losses: Losses) -> Iterator[bytes]:
        """The file, piece by piece; what the format could not hold is added to `losses` on the way.

        Raises MissingExtra, before the first piece, where a library is not installed.
        """

    def dictionary(self) -> str:
        """What each column or field means, as CSV: column, type, unit, meaning."""


def losses_csv(losses: Iterable[Loss]) -> bytes:
    """The report of losses as CSV: incident, what, why."""
    return b"".join([csv_line(("incident", "what", "why")), *(csv_line(map(guarded, loss)) for loss in losses)])


_CIVILIANS = "civilians"


def _key(actor: Actor) -> str:
    party = party_of(actor)
    if party == "civilians":
        return _CIVILIANS
    return f"{actor.country or ''} {'state' if party == 'state' and actor.country else actor.name.casefold()}"
