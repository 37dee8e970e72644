"""Airwars assessments of 2023: rival tolls in one text, and what its coders made of them: `python -m bench.airwars`.

Each assessment is coded as one report with Airwars as its outlet, its claims are taken as one incident of its day, and
the rule `range` is asked for civilians killed. Measure only: no text leaves this module.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from typing import Any, Final

from bench import data
from counterclaim.estimating import RULES, Question, estimate, told
from counterclaim.estimating.airwars import MinMax
from counterclaim.linking.accounts import accounts
from counterclaim.linking.incident import Incident
from counterclaim.records import CodedReport, Report

EVERY: Final = 3
"""Which assessments are measured unless all are asked for: every third, so that it takes minutes."""


def assessments(every: int = EVERY) -> list[dict[str, Any]]:
    """Every so-manieth assessment."""
    path = data.root() / "corpora" / "airwars-2023" / "assessments.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return list({row["code"]: row for row in rows}.values())[::every]


def as_report(row: dict[str, Any]) -> Report:
    """An assessment's prose, dated to its incident."""
    first = re.match(r"(\w+ \d+).*?(\d{4})", row["date"])  # "October 9–10, 2023" begins on the 9th.
    day = data.iso_date(f"{first[1]}, {first[2]}") if first else None
    return Report(id=row["code"], text="\n\n".join(row["assessment"]), published=day, outlet="Airwars")


def coded_range(row: dict[str, Any]) -> tuple[int, int] | None:
    """Minimum and maximum of civilians killed as Airwars coded them; None where unknown."""
    found = re.match(r"([\d,]+)(?:\s*–\s*([\d,]+))?", row["fields"]["Civilians reported killed"])
    if found is None:
        return None
    low = int(found[1].replace(",", ""))
    return low, int(found[2].replace(",", "")) if found[2] else low


def one_incident(report: CodedReport) -> Incident:
    """All that an assessment tells, as one incident of its day."""
    return Incident(
        id=report.id,
        from_=report.published,
        to=report.published,
        reports=(report.id,),
        claims=tuple((report.id, claim.id) for claim in report.claims if not claim.background),
        events=tuple((report.id, event.id) for event in report.events if not event.background),
    )


def ranged(report: CodedReport) -> tuple[Incident, tuple[int | None, int | None]]:
    """The incident estimated by `range`, and its minimum and maximum of civilians killed."""
    incident = estimate(one_incident(report), {report.id: report}, [rule for rule in RULES if rule.name == "range"])
    settled = incident.estimates["range"].get("killed")
    if settled is None:
        return incident, (None, None)
    civilian, combatant = settled.by.get("civilian"), settled.by.get("combatant")
    if combatant and civilian and civilian.high is not None:
        return incident, (civilian.low, civilian.high)
    return incident, (settled.low, settled.high)


def own_total(report: CodedReport) -> tuple[int | None, int | None]:
    """What the assessment states in its own voice, read by the rule `range`."""
    found = accounts(told(one_incident(report), {report.id: report}), "killed")
    for account in found:
        if account.teller.kind == "author":
            verdict = MinMax().weigh([account], Question(harm="killed"))
            return verdict.low, verdict.high
    return None, None


def measure(codings: Iterable[CodedReport] | None = None, every: int = EVERY) -> dict[str, float]:
    """Shares of the assessments with a coded toll: range equal, its ends equal, the ends found among the claims."""
    rows = {row["code"]: row for row in assessments(every)}
    tally = dict.fromkeys(("range", "range_min", "range_max", "own_total", "min_claimed", "max_claimed"), 0)
    number = graded = 0
    for report in codings if codings is not None else data.coded(as_report(row) for row in rows.values()):
        row = rows[report.id]
        incident, found = ranged(report)
        graded += row["fields"]["Airwars civilian harm grading"].split()[0] == incident.grade
        gold = coded_range(row)
        if gold is None:
            continue
        number += 1
        figures = {end for claim in report.claims if claim.harm == "killed" for end in (claim.min, claim.max)}
        tally["range"] += found == gold
        tally["range_min"] += found[0] == gold[0]
        tally["range_max"] += found[1] == gold[1]
        tally["own_total"] += own_total(report) == gold
        tally["min_claimed"] += gold[0] in figures
        tally["max_claimed"] += gold[1] in figures
    return {
        "documents": float(number),
        **{name: count / number for name, count in tally.items()},
        "grade": graded / len(rows),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="every assessment and not every third")
    for name, value in measure(every=1 if parser.parse_args().all else EVERY).items():
        print(f"{name:20} {value:.3f}")


if __name__ == "__main__":
    main()
