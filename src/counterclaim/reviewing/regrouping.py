"""Merges, splits and grades of reviewers, put over what linking and estimating found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from counterclaim.estimating import RULES, Rule, estimate
from counterclaim.linking import Incident, link
from counterclaim.linking.building import incident_id, incidents
from counterclaim.linking.incident import Candidate, Grade, Link, Ref
from counterclaim.linking.occurrences import Occurrence, occurrences
from counterclaim.records import CodedReport, Decided
from counterclaim.reviewing.decisions import ALIKE, Decision, Member, overlap, standing

Key = tuple[str, str, str]
"""(report, layer, record) of a member."""

_LAYERS: Final = ("claims", "events")


def linked(reports: Mapping[str, CodedReport], decisions: Iterable[Decision]) -> list[Incident]:
    """The incidents of these reports, as linking and the decisions that stand make them; not yet estimated."""
    return regrouped(link(reports.values()), reports, decisions)


def settled(
    incident: Incident,
    reports: Mapping[str, CodedReport],
    rules: Iterable[Rule] = RULES,
    *,
    one_text: Mapping[str, str] | None = None,
) -> Incident:
    """The incident estimated by every rule, with the grade that a reviewer gave it, where one did."""
    found = estimate(incident, reports, rules, one_text=one_text)
    given = [one for one in found.decided if one.kind == "grade"]
    if not given:
        return found
    grade: Grade = given[-1].value
    noted = tuple(replace(one, machine=found.grade) if one.kind == "grade" else one for one in found.decided)
    return replace(found, grade=grade, decided=noted)


def regrouped(
    found: Sequence[Incident], reports: Mapping[str, CodedReport], decisions: Iterable[Decision]
) -> list[Incident]:
    """The incidents after the merges, splits, grades and held-apart pairs that stand, in the order they were made.

    A decision is about the incident that holds most of the members it had when it was made; where none does, or no
    report of it is here, it waits.
    """
    wanted = [one for one in standing(decisions) if one.incident and one.kind != "comment"]
    if not wanted:
        return list(found)
    table = _Table(found, reports)
    for one in wanted:
        table.decide(one)
    return table.finished()


class _Table:
    """The incidents while decisions move their members about."""

    def __init__(self, found: Sequence[Incident], reports: Mapping[str, CodedReport]) -> None:
        self._reports = reports
        self._held: dict[str, Incident] = {one.id: one for one in found}
        self._home: dict[str, dict[Key, str]] = defaultdict(dict)
        self._renamed: dict[str, str] = {}
        for one in found:
            self._place(one)

    def _place(self, incident: Incident) -> None:
        told = {report for report, _ in (*incident.claims, *incident.events)}
        for report, claim in incident.claims:
            self._home[report][report, "claims", claim] = incident.id
        for report, event in incident.events:
            self._home[report][report, "events", event] = incident.id
        for report in incident.reports:
            if report not in told:
                self._home[report][report, "reports", ""] = incident.id

    def decide(self, one: Decision) -> None:
        """Put one decision into effect, if what it is about is here."""
        incident = self._most(one.members)
        if incident is None:
            return
        if one.kind in ("accept", "grade"):
            self._put(_noted(incident, one, one.value))
        elif one.kind in ("merge", "apart"):
            other = self._most(one.others)
            if other is None or other.id == incident.id:
                return
            if one.kind == "merge":
                self._merge(incident, other, one)
            else:
                self._put(_noted(_without(incident, other.id), one, other.id))
                self._put(_noted(_without(other, incident.id), one, incident.id))
        elif one.kind == "split":
            self._split(incident, one)

    def finished(self) -> list[Incident]:
        """What stands, earliest first, every mention of an incident by the id it has now."""
        if not self._renamed:
            return list(self._held.values())
        return sorted(
            (self._named(one) for one in self._held.values()), key=lambda one: (one.from_ or "", one.reports, one.id)
        )

    def _named(self, one: Incident) -> Incident:
        stale = one.part_of in self._renamed or any(other.incident in self._renamed for other in one.candidates)
        if not stale:
            return one
        best: dict[str, Candidate] = {}
        for other in one.candidates:
            now = self._now(other.incident)
            if now in self._held and now != one.id and now not in best:
                best[now] = replace(other, incident=now)
        part_of = self._now(one.part_of) if one.part_of else None
        kept = part_of if part_of in self._held and part_of != one.id else None
        return replace(one, candidates=tuple(best.values()), part_of=kept)

    def _now(self, id: str) -> str:
        while id in self._renamed and id not in self._held:
            id = self._renamed[id]
        return id

    def _put(self, incident: Incident) -> None:
        self._held[incident.id] = incident

    def _most(self, members: Iterable[Member]) -> Incident | None:
        """The incident that holds most of these members."""
        counts = Counter(home for one in members for home in (self._where(one),) if home)
        return self._held[counts.most_common(1)[0][0]] if counts else None

    def _where(self, member: Member) -> str | None:
        home = self._home.get(member.report)
        key = self._key(member)
        return home.get(key) if home and key else None

    def _key(self, member: Member) -> Key | None:
        """The record that a member is now: by id where it still stands on its words, else by its words."""
        report = self._reports.get(member.report)
        if report is None:
            return None
        if member.layer == "reports":
            return member.report, "reports", ""
        alike = [
            (shared, one.id == member.record, one.id)
            for one in (report.claims if member.layer == "claims" else report.events)
            if (shared := overlap((one.start, one.end), (member.start, member.end))) >= ALIKE
        ]
        return (member.report, member.layer, max(alike)[2]) if alike else None

    def _merge(self, one: Incident, other: Incident, by: Decision) -> None:
        links = Link(
            reports=(one.reports[0], other.reports[0]),
            score=1.0,
            reason=f"merged by {by.by}" + (f": {by.why}" if by.why else ""),
        )
        made = self._built(
            (*one.claims, *other.claims), (*one.events, *other.events), (*one.reports, *other.reports), one
        )
        candidates = {two.incident: two for two in (*other.candidates, *one.candidates)}
        made = replace(
            made,
            links=(*one.links, *other.links, links),
            candidates=tuple(two for id, two in candidates.items() if id not in (one.id, other.id)),
            part_of=next((id for id in (one.part_of, other.part_of) if id and id not in (one.id, other.id)), None),
            decided=(*one.decided, *other.decided),
        )
        self._replace((one, other), (_noted(made, by, other.id),))

    def _split(self, incident: Incident, by: Decision) -> None:
        keys = {self._key(member) for member in by.others}

        def leaves(ref: Ref, layer: str) -> bool:
            return (*ref[:1], layer, ref[1]) in keys

        told = {report for report, _ in (*incident.claims, *incident.events)}
        bare = [report for report in incident.reports if report not in told]
        parts = []
        for out in (False, True):
            claims = tuple(ref for ref in incident.claims if leaves(ref, "claims") is out)
            events = tuple(ref for ref in incident.events if leaves(ref, "events") is out)
            own = {report for report, _ in (*claims, *events)}
            own |= {report for report in bare if ((report, "reports", "") in keys) is out}
            reports = tuple(report for report in incident.reports if report in own)
            if not reports:
                return
            made = self._built(claims, events, reports, incident)
            links = tuple(one for one in incident.links if own.issuperset(one.reports))
            parts.append(replace(made, links=links, decided=() if out else incident.decided))
        left, taken = parts
        if taken.id == left.id:
            taken = replace(taken, id=incident_id((0, repr(by.others[0]), -1)))
        candidates = tuple(one for one in incident.candidates if one.incident != taken.id)
        left = replace(left, candidates=candidates, part_of=incident.part_of)
        self._replace((incident,), (_noted(left, by, taken.id), _noted(taken, by, left.id)))

    def _replace(self, gone: Sequence[Incident], made: Sequence[Incident]) -> None:
        for one in gone:
            del self._held[one.id]
        for one in made:
            self._held[one.id] = one
            self._place(one)
        for one in gone:
            if one.id not in self._held:
                self._renamed[one.id] = made[0].id

    def _built(
        self, claims: tuple[Ref, ...], events: tuple[Ref, ...], reports: Iterable[str], was: Incident
    ) -> Incident:
        """An incident of these members, as linking would tell it."""
        wanted = {report: (_of(claims, report), _of(events, report)) for report in dict.fromkeys(reports)}
        cluster = sorted(
            (
                each
                for report, own in wanted.items()
                if report in self._reports
                for each in _occurrences(self._reports[report], *own)
            ),
            key=lambda each: each.key,
        )
        order = list(dict.fromkeys(each.story.report for each in cluster))
        built = incidents([cluster], defaultdict(dict), lambda *_: 0.0) if cluster else []
        base = built[0] if built else replace(was, id=incident_id(cluster[0].key) if cluster else was.id, links=())
        listed = [*order, *(report for report in wanted if report not in order)]
        return replace(
            base,
            reports=tuple(listed),
            claims=tuple(dict.fromkeys(claims)),
            events=tuple(dict.fromkeys(events)),
            candidates=(),
            links=(),
        )


def _of(refs: Iterable[Ref], report: str) -> frozenset[str]:
    return frozenset(record for owner, record in refs if owner == report)


def _occurrences(report: CodedReport, claims: frozenset[str], events: frozenset[str]) -> list[Occurrence]:
    """What a report tells of these records; of an occurrence that they are only a part of, that part alone."""
    whole, torn = [], False
    for each in occurrences(report):
        own = {claim.id for claim in each.claims}, {event.id for event in each.events}
        if each.told == "story" or (own[0] <= claims and own[1] <= events):
            whole.append(each)
        elif own[0] & claims or own[1] & events:
            torn = True
    if not torn:
        return whole
    kept = [replace(one, claims=tuple(c for c in one.claims if c in claims)) for one in report.events]
    return occurrences(
        replace(
            report,
            claims=tuple(claim for claim in report.claims if claim.id in claims),
            events=tuple(event for event in kept if event.id in events),
        )
    )


def _noted(incident: Incident, one: Decision, value: object) -> Incident:
    """The incident with a decision told in it; of accepting and grading the last counts."""
    note = Decided(
        decision=one.number,
        kind=one.kind,  # type: ignore[arg-type]
        by=one.by,
        at=one.at,
        layer="incidents",
        record=incident.id,
        why=one.why,
        value=value,
    )
    once = one.kind in ("accept", "grade")
    return replace(incident, decided=(*(two for two in incident.decided if not (once and two.kind == one.kind)), note))


def _without(incident: Incident, other: str) -> Incident:
    return replace(incident, candidates=tuple(one for one in incident.candidates if one.incident != other))
