"""An incident as it stands by the last decision, where the index is of a moment before it.

A large casebook is linked anew in minutes; whoever decides sees what follows at once. Only an undo of a merge or split
that is in the index already waits for that.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from counterclaim.linking.incident import Incident
from counterclaim.records import CodedReport
from counterclaim.reviewing import Decision, settled, standing
from counterclaim.reviewing.regrouping import regrouped
from counterclaim.serving.desk import Desk
from counterclaim.serving.index import IncidentIndex


def incident_as_decided(desk: Desk, index: IncidentIndex, id: str) -> Incident | None:
    """An incident of the present by id, with what was decided since the index was built; None where there is none."""
    found = index.get(id)
    with desk.book() as book:
        since = book.decisions(after=index.decided)
    if not since:
        return found
    reported = set(found.reports) if found else set()
    concerned = [one for one in standing(since) if one.incident]
    if not any(one.report in reported for one in since) and not any(_names(one, id, reported) for one in concerned):
        return found
    ids = {member.report for one in concerned for member in (*one.members, *one.others)} if concerned else set()
    about = {row.id for report in sorted(ids) for row in index.of_report(report)} | ({id} if found else set())
    incidents = [one for one in map(index.get, sorted(about)) if one is not None]
    with desk.book() as book:
        wanted = sorted({report for one in incidents for report in one.reports})
        reports = {report.id: report for report in book.coded_reports(wanted)}
    made = regrouped([_left(one, reports) for one in incidents], reports, concerned)
    now = next((one for one in made if one.id == id), None)
    if now is None:
        return None
    return settled(now, reports, desk.rules)


def _names(one: Decision, id: str, reports: set[str]) -> bool:
    return id in (one.incident, one.other) or any(member.report in reports for member in (*one.members, *one.others))


def _left(incident: Incident, reports: Mapping[str, CodedReport]) -> Incident:
    """The incident without claims and acts that were rejected since."""
    claims = {(id, claim.id) for id, report in reports.items() for claim in report.claims}
    events = {(id, event.id) for id, report in reports.items() for event in report.events}
    return replace(
        incident,
        claims=tuple(ref for ref in incident.claims if ref in claims),
        events=tuple(ref for ref in incident.events if ref in events),
    )
