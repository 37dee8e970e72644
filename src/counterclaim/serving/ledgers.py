"""Who says how many: the ledger of an incident, the accounts of an actor and of a source, ready to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Final, NamedTuple

from counterclaim.estimating import told
from counterclaim.linking.incident import Incident, Ref
from counterclaim.linking.tellers import side_name
from counterclaim.linking.tolls import Told
from counterclaim.records import Claim, CodedReport
from counterclaim.serving.charts import NOBODY, Mark, Pair, Whisker, ledger
from counterclaim.serving.index import IncidentIndex, Tied
from counterclaim.serving.names import shown

HARMS: Final = ("killed", "injured", "missing", "captured", "displaced", "casualties")
DRAWN: Final = frozenset({"stands", "superseded", "denied", "doubted"})
"""States of claims in the chart. Repetitions, parts of a total and what tells of another time are in the table."""


class Line(NamedTuple):
    """A claim in the ledger; `side` is the number of the side that its source speaks for."""

    number: int
    report: CodedReport
    claim: Claim
    told: Told
    side: int


class Denial(NamedTuple):
    """Who rejects what is told of an incident, in the report's words; `record` is the attribution, `side` the country
    for which `who` speaks, "" where that is not known.
    """

    who: str
    side: str
    words: str
    report: CodedReport
    record: str


class Ledger(NamedTuple):
    """The ledger of an incident: its lines in the order of publication, the sides' names, a chart a harm, denials."""

    lines: list[Line]
    sides: dict[int, str]
    charts: dict[str, str]
    by_ref: Mapping[Ref, Line]
    denials: list[Denial]


def ledger_of(
    incident: Incident, reports: Mapping[str, CodedReport], shown_as: Mapping[str, CodedReport], rule: str
) -> Ledger:
    """The ledger of an incident. `shown_as`: the same reports with names hidden, whose claims are the ones shown.

    `rule` comes first among the estimates beside the charts.
    """
    lines = []
    numbers: dict[str, int] = {}
    found = told(incident, reports)
    # The sides that speak most have a shape of their own; the rest share the last.
    for side, _ in Counter(one.teller.side for one in found if one.teller.side).most_common(NOBODY):
        numbers[side] = len(numbers)
    for number, one in enumerate(found):
        report = shown_as[one.ref[0]]
        claim = next(claim for claim in report.claims if claim.id == one.ref[1])
        lines.append(Line(number, report, claim, one, numbers.get(one.teller.side, NOBODY)))
    denials = denials_of(incident, shown_as)
    for denial in denials:
        if denial.side and denial.side not in numbers and len(numbers) < NOBODY:
            numbers[denial.side] = len(numbers)
    charts: dict[str, str] = {}
    for harm in HARMS:
        marks = [_mark(line) for line in lines if line.claim.harm == harm and line.told.state in DRAWN]
        if marks and not charts:
            # Whoever denies the act denies it of every harm: the first chart tells it.
            told_by = {(denial.report.id, denial.side or denial.who): denial for denial in denials}
            sided = {report for report, side in told_by if side in numbers}
            marks += [
                _denied(denial, numbers.get(denial.side, NOBODY))
                for (report, _), denial in told_by.items()
                if denial.side or report not in sided
            ]
            marks.sort(key=lambda mark: mark.day)
        drawn = ledger(marks, _whiskers(incident, harm, rule))
        if drawn:
            charts[harm] = drawn
    sides = {number: side_name(side) for side, number in numbers.items()}
    if any(line.side == NOBODY for line in lines):
        sides[NOBODY] = "no side known"
    return Ledger(lines, sides, charts, {line.told.ref: line for line in lines}, denials)


def denials_of(incident: Incident, reports: Mapping[str, CodedReport]) -> list[Denial]:
    """Attributions that deny what the incident's own events tell, though they deny no figure."""
    found: dict[tuple[str, str], Denial] = {}
    for report in reports.values():
        mine = {id for owner, id in incident.events if owner == report.id}
        spans = [(event.start, event.end) for event in report.events if event.id in mine]
        actors = {actor.id: actor for actor in report.actors}
        for one in report.attributions:
            if one.stance != "denies" or not one.content:
                continue
            start, end = one.content[0][0], one.content[-1][1]
            if not any(first < end and start < last for first, last in spans):
                continue
            actor = actors.get(one.actor or "")
            who = actor.name if actor else report.text[slice(*one.source)] if one.source else ""
            side = (actor.country or "") if actor else ""
            words = shorten(report.text[start:end], 240, placeholder=" …")
            if who and words:
                found.setdefault((who, words), Denial(who, side, words, report, one.id))
    return list(found.values())


def _mark(line: Line) -> Mark:
    one, claim = line.told, line.claim
    verb = {"denies": "denies", "doubts": "doubts"}.get(claim.stance, "says")
    label = f"{one.teller.name} {verb} {claim.figure} {claim.harm}"
    if claim.victims:
        label += f" ({shown(claim.victims)})"
    if one.why:
        label += f"; {one.why}"
    return Mark(
        one.published,
        one.low,
        one.high,
        claim.figure,
        one.teller.name,
        line.side,
        one.teller.key,
        one.state in ("denied", "doubted"),
        one.state not in ("stands", "denied", "doubted"),
        f"#claim-{line.number}",
        f"{label}. {one.published or 'undated'}",
    )


def _denied(denial: Denial, side: int) -> Mark:
    day = denial.report.published or ""
    label = f"{denial.who} denies: {denial.words}. {day or 'undated'}"
    return Mark(day, None, None, "denies it", denial.who, side, denial.record, True, False, "#contested", label)


def _whiskers(incident: Incident, harm: str, rule: str) -> list[Whisker]:
    order = sorted(incident.estimates, key=lambda name: name != rule)
    found = ((name, incident.estimates[name].get(harm)) for name in order)
    return [
        Whisker(name, one.low, one.best, one.high, f"#estimate-{name}-{harm}")
        for name, one in found
        if one is not None and not one.low is one.best is one.high is None
    ]


class Account(NamedTuple):
    """How a source is quoted: in how many incidents and reports, by whom, of whose losses it tells."""

    incidents: int
    reports: int
    outlets: list[tuple[str, int]]
    sides: list[str]
    denials: int
    own: int
    others: int


def account_of(told: Sequence[Tied]) -> Account:
    """The account of a source from its claims."""
    outlets = Counter(one.said.outlet or "outlet unknown" for one in told)
    return Account(
        incidents=len({one.incident for one in told}),
        reports=len({one.said.report for one in told}),
        outlets=outlets.most_common(20),
        sides=sorted({one.said.side for one in told if one.said.side}),
        denials=sum(one.said.stance in ("denies", "doubts") for one in told),
        own=sum(bool(one.said.of) and one.said.of == one.said.side for one in told),
        others=sum(bool(one.said.of and one.said.side) and one.said.of != one.said.side for one in told),
    )


def balances(index: IncidentIndex, name: str, lists: Sequence[Sequence[Tied]]) -> tuple[list[Pair], list[Pair]]:
    """An actor's own losses and those of others, each as told by it and as told by others, an incident a row.

    Only killed, only figures that stand, only incidents of which both accounts or at least the actor's own is known.
    """
    side = next((one.said.side for tied in lists[:1] for one in tied if one.said.side), name)
    titles = {one.incident: one.title for tied in lists for one in tied}
    own: list[Pair] = []
    enemy: list[Pair] = []
    for incident, title in list(titles.items())[:60]:
        said = [one for one in index.of_incident(incident) if one.harm == "killed" and one.state == "stands" and one.of]
        losses: dict[bool, dict[bool, list[tuple[int, int]]]] = {mine: {True: [], False: []} for mine in (True, False)}
        for one in said:
            low, high = one.low if one.low is not None else one.high, one.high if one.high is not None else one.low
            if low is not None and high is not None:
                losses[one.of == side][one.side == side].append((low, high))
        for mine, rows in ((True, own), (False, enemy)):
            if losses[mine][True]:
                href = f"/incidents/{incident}"
                rows.append(Pair(title or incident, href, losses[mine][True], losses[mine][False]))
    return own, enemy
