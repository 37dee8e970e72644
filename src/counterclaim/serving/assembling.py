"""Incidents of a casebook for the desk: linked, related and estimated, with the names they are found by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from counterclaim.casebook import AsOf, Casebook
from counterclaim.estimating import RULES, Rule, copy_groups, told
from counterclaim.linking import Incident
from counterclaim.linking.tellers import side_key, side_name
from counterclaim.linking.tolls import Told
from counterclaim.records import CodedReport
from counterclaim.reviewing import linked, settled
from counterclaim.reviewing.doubts import doubts
from counterclaim.serving.indexing import Against, Indexed, Said
from counterclaim.serving.ledgers import denials_of
from counterclaim.serving.names import shown, veil, veiled, victim_names

UNNAMED: Final = frozenset({"civilians", "other"})
"""Kinds of actors that no list names: "people", "residents"."""


def assemble(book: Casebook, as_of: str, rules: Sequence[Rule] = RULES) -> Iterator[Indexed]:
    """The incidents of a casebook as it stood at a moment ("" now). Raises UsageError for a moment that is none."""
    moment = AsOf.parse(as_of) if as_of else None
    reports = {report.id: report for report in book.coded_reports(as_of=moment)}
    copies = copy_groups(reports.values())
    for incident in linked(reports, book.decisions(incidents=True, as_of=moment)):
        yield indexed(settled(incident, reports, rules, one_text=copies), reports, copies)


def indexed(incident: Incident, reports: Mapping[str, CodedReport], copies: Mapping[str, str]) -> Indexed:
    """An incident with the acts, sources, actors and claims it is found by. `copies`: report id -> group of copies."""
    members = {id: _Member(reports[id]) for id in incident.reports if id in reports}
    acts, actors, sources = dict[str, None](), dict[str, None](), dict[str, None]()
    for report, event_id in incident.events:
        member = members.get(report)
        event = member.events.get(event_id) if member else None
        if member is None or event is None:
            continue
        acts |= dict.fromkeys((event.plover.type, *([event.acled.sub_event_type] if event.acled else ())))
        actors |= dict.fromkeys(member.named(*event.actor, *event.recipient))
    said = []
    claims = told(incident, reports, copies)
    for one in claims:
        member = members[one.ref[0]]
        links = one.claim.links
        blamed = [one.claim.perpetrator, *member.named(links.perpetrator_actor)]
        if one.claim.perpetrator:
            blamed.append(side_name(side_key(one.claim.perpetrator)))
        suffers = [one.claim.victim_side, *member.named(links.victim_actor)]
        says = [one.teller.name, *member.named(links.source_actor)]
        if one.teller.side:
            says.append(side_name(one.teller.side))
        if one.scope.side:
            suffers.append(side_name(one.scope.side))
        if one.teller.kind != "author" or member.report.outlet:
            sources[one.teller.name] = None
        actors |= dict.fromkeys(
            name for name in (*blamed, *suffers, *says[1:]) if name and name != one.claim.perpetrator
        )
        roles = {"source": [one.teller.name], "says": says, "blamed": blamed, "suffers": suffers}
        said.append((_said(one, member), tuple((role, name) for role, names in roles.items() for name in names)))
    by_ref = {one.ref: one.teller.name for one in claims}
    against = tuple(
        Against(by_ref[first], by_ref[second], relation.kind, relation.why)
        for relation in incident.relations
        if relation.kind in ("contradicts", "denies")
        for first, second in [relation.claims]
        if first in by_ref and second in by_ref
    )
    asked = tuple(doubts(incident, reports))
    denied = bool(denials_of(incident, {id: member.report for id, member in members.items()}))
    return Indexed(incident, tuple(acts), tuple(sources), tuple(actors), tuple(said), against, asked, denied)


def _said(one: Told, member: _Member) -> Said:
    claim = one.claim
    return Said(
        report=one.ref[0],
        claim=one.ref[1],
        day=one.published,
        harm=claim.harm,
        figure=claim.figure,
        low=one.low,
        high=one.high,
        victims=shown(member.victims[claim.id]),
        stance=claim.stance,
        state=one.state,
        teller=one.teller.name,
        side=side_name(one.teller.side) if one.teller.side else "",
        of=side_name(one.scope.side) if one.scope.side else "",
        blamed=claim.perpetrator,
        outlet=member.report.outlet or "",
    )


class _Member:
    """A report's records by id, and the names that no list may show."""

    def __init__(self, report: CodedReport) -> None:
        self.report = report
        self.private = victim_names(report)
        self.victims = {claim.id: claim.victims for claim in veil(report, self.private).claims}
        self.actors = {actor.id: actor for actor in report.actors}
        self.events = {event.id: event for event in report.events}

    def named(self, *ids: str | None) -> list[str]:
        """Names of actors, without private persons and those who have no name."""
        found = (self.actors.get(id) for id in ids if id)
        named = [actor.name for actor in found if actor and actor.kind not in UNNAMED]
        return [name for name in named if veiled(name, self.private) == name]
