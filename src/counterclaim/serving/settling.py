"""Incidents made ready for an exporter: estimated, with the records beside them, and names of victims hidden or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from counterclaim.exporting.incidents import Settled
from counterclaim.linking.beside import Beside
from counterclaim.linking.incident import Incident
from counterclaim.records import CodedReport
from counterclaim.serving.names import shown, veil, veiled, victim_names


def ready(
    incidents: Iterable[Incident],
    reports: Mapping[str, CodedReport],
    rule: str,
    *,
    named: bool,
    laid: Mapping[str, Sequence[Beside]] | None = None,
) -> Iterator[Settled]:
    """Each incident with its reports and records. `named`: a dossier may print the names of victims."""
    for incident in incidents:
        beside = (laid or {}).get(incident.id, ())
        if named:
            yield Settled(incident, reports, rule, beside=beside)
            continue
        hidden = frozenset[str]().union(*(victim_names(reports[id]) for id in incident.reports if id in reports))

        def hide(text: str, hidden: frozenset[str] = hidden) -> str:
            return shown(veiled(text, hidden))

        def covered(report: CodedReport, hidden: frozenset[str] = hidden) -> CodedReport:
            return veil(report, hidden)

        yield Settled(incident, reports, rule, beside=beside, hide=hide, veil=covered)
