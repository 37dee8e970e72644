"""Estimates against their traces: worked out again, every claim accounted for, no end out of order."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from counterclaim.casebook.queries import decode
from counterclaim.casebook.verifying.finding import Finding
from counterclaim.errors import CasebookDamaged
from counterclaim.estimating import RULES, estimate
from counterclaim.linking import Incident, link
from counterclaim.linking.incident import Estimate, Range, Ref
from counterclaim.records import CodedReport, Harm

WINDOW: Final = 500
"""Reports linked together, by publication. Estimates are worked out, not stored, so any incidents show whether rules
and traces agree; in windows, memory does not grow with the casebook."""

MEND: Final = "a fault of the program, or of a damaged coding told of above; please report it"


def estimates(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every estimate of the reports' incidents by the package's rules, from two readings in opposite orders."""
    rows = connection.execute(
        """SELECT c.text, c.report_id, c.json FROM (
               SELECT k.json, k.pk, v.text, v.report_id, v.published, v.report
               FROM current_revisions v JOIN codings k ON k.revision = v.pk
               WHERE NOT EXISTS (SELECT 1 FROM codings later WHERE later.revision = k.revision AND later.pk > k.pk)
           ) c ORDER BY c.published IS NULL, c.published, c.report"""
    )
    while window := list(islice(rows, WINDOW)):
        reports: dict[str, CodedReport] = {}
        for row in window:
            try:
                coded = decode(*row)
            except CasebookDamaged:
                continue  # `codings` tells of it.
            reports[coded.id] = coded
        backwards = dict(reversed(reports.items()))
        again = {incident.id: incident for incident in link(backwards.values())}
        for incident in link(reports.values()):
            told = estimate(incident, reports)
            for message in _at_odds(told, again.get(incident.id), reports, backwards):
                yield Finding(check="estimates", where=f"incident {incident.id}", message=message, mend=MEND)


def _at_odds(
    told: Incident, again: Incident | None, reports: Mapping[str, CodedReport], backwards: Mapping[str, CodedReport]
) -> Iterator[str]:
    harms: dict[Ref, Harm] = {}
    for id_, claim in told.claims:
        held = next((one for one in reports[id_].claims if one.id == claim), None) if id_ in reports else None
        if held is None:
            yield f"leads to claim {claim} of report {id_}, which is not there"
        else:
            harms[id_, claim] = held.harm
    for rule in RULES:
        for harm, one in told.estimates[rule.name].items():
            of = f"{rule.name}, {harm}"
            yield from (f"{of}: {message}" for message in _trace_at_odds(one, harm, harms))
    if again is None or estimate(again, backwards) != told:
        yield "is not the same when it is worked out again from the same reports in another order"


def _trace_at_odds(estimate: Estimate, harm: str, harms: Mapping[Ref, Harm]) -> Iterator[str]:
    told = Counter(weighed.claim for weighed in estimate.trace)
    wanted = {ref for ref, of in harms.items() if of == harm}
    for ref in sorted(wanted - told.keys()):
        yield f"claim {ref[1]} of report {ref[0]} is not in the trace"
    for ref in sorted(told.keys() - wanted):
        yield f"the trace names claim {ref[1]} of report {ref[0]}, which is none of this harm"
    if any(count > 1 for count in told.values()):
        yield "a claim stands twice in the trace"
    for name, ends in (("", Range(low=estimate.low, best=estimate.best, high=estimate.high)), *estimate.by.items()):
        known = [end for end in (ends.low, ends.best, ends.high) if end is not None]
        if known != sorted(known) or any(end < 0 for end in known):
            yield f"{name or 'everybody'}: low {ends.low}, best {ends.best}, high {ends.high} are not in order"
    if estimate.best is not None and not any(weighed.weight != 0.0 for weighed in estimate.trace):
        yield "gives a best number for which no claim in the trace counts"
