"""Toll chains: what each source says of one harm over time, and which of its figures stands.

A source's latest figure rules and its history is kept. What is a part is never added to the whole it is part of, a
running total never to the toll of a day, and nothing is counted twice because it was told twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final, Literal

from msgspec.structs import replace

from counterclaim.linking.incident import Incident, Ref
from counterclaim.linking.scopes import Scope, scope
from counterclaim.linking.tellers import Teller, tellers
from counterclaim.records import Claim, CodedReport, Harm, Record

State = Literal[
    "stands", "part", "echo", "repeated", "superseded", "denied", "doubted", "hypothetical", "background", "wider"
]

VAGUE: Final = {
    "couple": 2,
    "few": 3,
    "several": 3,
    "many": 3,
    "tens": 10,
    "dozen": 12,
    "dozens": 12,
    "score": 20,
    "scores": 20,
    "hundreds": 100,
    "thousands": 1000,
}
"""The least a vague word may mean. ACLED's own numbers (few, several and many 3, tens 10, dozens 12, hundreds 100);
the others by the same measure: the least of the unit that the word names."""

_EARLIER: Final = re.compile(
    r"(?:(?:up|down|rose|raised?|raising|revised?|revising|increased?|increasing|climbed|jumped|corrected|correcting)\b"
    r"[^.;]{0,30}\bfrom\b|\b(?:earlier|previous(?:ly)?|initial(?:ly)?|first|preliminary)\b|\bhad\s+(?:reported|said|put|"
    r"given|counted|announced)\b)[^.;]{0,40}$",
    re.IGNORECASE,
)
"""Words before a figure that make it the earlier one: "up from 105", "an earlier count of 39", "had reported 52"."""
_PART: Final = re.compile(
    r"\b(?:includ\w+|among\s+(?:them|those|the\s+\w+)(?:\s+(?:were|was|are))?|of\s+(?:whom|them|these)|comprising)"
    r"[\s:,]*(?:(?:at\s+least|up\s+to|about|some|around|more\s+than)\s+)?$",
    re.IGNORECASE,
)
_OF_THEM: Final = re.compile(r"\s+of\s+(?:them|those|these|the)\b", re.IGNORECASE)
_REACH: Final = 2
"""Sentences after a total within which its parts are looked for."""
_MONTH: Final = 31
_RUNNING: Final = 2
"""A "running total" up to twice what is told of the occurrence is the toll so far of that occurrence."""
_NEVER: Final = 10**12


class Told(Record, frozen=True, kw_only=True):
    """One claim of an incident and its place in the toll. `low`/`high` are persons, None where open."""

    ref: Ref
    claim: Claim
    teller: Teller
    scope: Scope
    published: str = ""
    low: int | None = None
    high: int | None = None
    state: State = "stands"
    why: str = ""
    by: Ref | None = None
    """The claim on whose account it does not stand: the later figure, the whole, the first telling."""

    @property
    def vague(self) -> bool:
        """Whether no number is told: a plural, or a word such as "dozens"."""
        return self.claim.min is None and self.claim.max is None

    @property
    def harm(self) -> Harm:
        """The harm counted."""
        return self.claim.harm


def told_of(incident: Incident, reports: Mapping[str, CodedReport], copies: Mapping[str, str]) -> list[Told]:
    """Every claim of the incident with its teller, scope and standing, by publication and place in the text."""
    pairs = _claims(incident, reports)
    who = tellers(pairs, copies)
    made = [
        Told(
            ref=(report.id, claim.id),
            claim=claim,
            teller=who[report.id, claim.id],
            scope=scope(claim, report),
            published=report.published or "",
            low=claim.min if claim.min is not None or claim.max is not None else _least(claim.vague),
            high=claim.max,
        )
        for report, claim in pairs
    ]
    running = _most_told(made)
    made = [_aside(one, incident, running) for one in made]
    placed: list[Told] = []
    for _, same in groupby(
        sorted(made, key=lambda one: (one.harm, one.ref[0])), key=lambda one: (one.harm, one.ref[0])
    ):
        group = list(same)
        placed += _within_report(group, reports[group[0].ref[0]])
    return _over_time(sorted(placed, key=_order))


def _most_told(made: Iterable[Told]) -> dict[Harm, int]:
    """For each harm the highest figure that is no running total: what is told of the occurrence itself."""
    most: dict[Harm, int] = {}
    for one in made:
        if not (one.claim.cumulative or one.claim.background or one.scope.group or one.scope.named):
            most[one.harm] = max(most.get(one.harm, 0), one.low or one.high or 0)
    return {harm: figure for harm, figure in most.items() if figure}


def _claims(incident: Incident, reports: Mapping[str, CodedReport]) -> list[tuple[CodedReport, Claim]]:
    wanted: dict[str, set[str]] = {}
    for report, claim in incident.claims:
        wanted.setdefault(report, set()).add(claim)
    found = [
        (reports[report], claim)
        for report, ids in wanted.items()
        if report in reports
        for claim in reports[report].claims
        if claim.id in ids
    ]
    return sorted(found, key=lambda pair: (pair[0].published or "", pair[0].id, pair[1].start))


def _order(one: Told) -> tuple[str, str, int, str]:
    return (one.published, one.ref[0], one.claim.start, one.ref[1])


def _least(vague: str | None) -> int:
    """The least that a claim without a number tells of: a plural is two."""
    words = (vague or "").lower().split()
    return next((VAGUE[word] for word in reversed(words) if word in VAGUE), 2)


def _aside(one: Told, incident: Incident, running: Mapping[Harm, int]) -> Told:
    """Set aside what tells nothing of this incident's toll: refused, supposed, of another time, a wider total."""
    claim = one.claim
    if claim.stance != "asserts":
        states: dict[str, State] = {"denies": "denied", "doubts": "doubted", "hypothetical": "hypothetical"}
        return replace(
            one,
            state=states[claim.stance],
            why=f"its source {claim.stance.replace('hypothetical', 'only supposes')} it",
        )
    days = _days(claim.date)
    here = _days("/".join(filter(None, (incident.from_, incident.to))))
    if days and here and days[0][:4] > here[1][:4]:
        days = None  # No harm is told before it is done: the date was misread.
    outside = days and here and (days[0] < here[0][:7] or days[1] > here[1][:7] + "-32")
    if days and here and outside and _span(days) > _span(here) + _MONTH:
        return replace(one, state="wider", why="a total of a longer time")
    if claim.cumulative and (one.low or one.high or 0) > _RUNNING * running.get(one.harm, _NEVER):
        return replace(one, state="wider", why="a running total; it is not added to the toll of one occurrence")
    if claim.background and not (days and here and days[0][:7] <= here[1][:7] and here[0][:7] <= days[1][:7]):
        return replace(one, state="background", why="told as background, and not dated to this incident")
    return one


def _days(written: str) -> tuple[str, str] | None:
    """First and last of `2022-04`, `2022-04-08` or an interval of two, as written."""
    first, _, last = written.partition("/")
    return (first, last or first) if first else None


def _span(days: tuple[str, str]) -> int:
    """About how many days lie between two dates of any precision."""

    def ordinal(day: str, last: bool) -> int:
        year, month, date = [*day.split("-"), "", ""][:3]
        return int(year) * 365 + int(month or (12 if last else 1)) * _MONTH + int(date or (_MONTH if last else 1))

    try:
        return ordinal(days[1], True) - ordinal(days[0], False)
    except ValueError:
        return 0


# --- within one report ------------------------------------------------------------------------------------------------


def _within_report(group: list[Told], report: CodedReport) -> list[Told]:
    """Earlier figures, parts of a total, and repetitions within one report's claims of one harm, in text order."""
    group = sorted(group, key=_order)
    kinds = {one.scope.kind for one in group if one.state == "stands" and one.scope.kind and not one.scope.named}
    sides = {one.scope.side for one in group if one.state == "stands" and one.scope.side}
    split = len(kinds) > 1 or len(sides) > 1
    for at, one in enumerate(group):
        if one.state != "stands":
            continue
        before = _before(one.claim, report)
        whole = _whole(group, at)
        told_as_part = bool(_PART.search(before) or _OF_THEM.match(_after(one.claim)))
        if one.scope.group is None and _EARLIER.search(before) and (later := _other(group, at)):
            group[at] = replace(one, state="superseded", why="told as the earlier figure", by=later.ref)
        elif told_as_part and not whole:
            group[at] = replace(one, scope=replace(one.scope, group=one.scope.group or "some"))
        elif whole and (
            told_as_part or one.scope.group or one.scope.named or (split and one.scope.within(whole.scope))
        ):
            group[at] = replace(one, state="part", why=f"a part of the {whole.claim.figure}", by=whole.ref)
    for at, whole in enumerate(group):
        if whole.state == "stands" and whole.scope.group is None and whole.low is not None:
            for place in _summands(group, at):
                why = f"a part: these add up to the {whole.claim.figure}"
                group[place] = replace(group[place], state="part", why=why, by=whole.ref)
    # "12 killed and 30 others injured": where no total of that harm is told, the others are the total.
    group = [
        replace(one, scope=replace(one.scope, group=None))
        if one.scope.group == "others" and one.state == "stands"
        else one
        for one in group
    ]
    return _repeated(group)


def _before(claim: Claim, report: CodedReport) -> str:
    """The sixty characters before the claim's number, no further back than its sentence."""
    start = claim.start + max(claim.evidence.find(claim.quantity), 0)
    begin = report.sentences[claim.sentence][0] if claim.sentence < len(report.sentences) else 0
    return report.text[max(begin, start - 80) : start]


def _after(claim: Claim) -> str:
    """The evidence after the claim's number."""
    at = claim.evidence.find(claim.quantity)
    return claim.evidence[at + len(claim.quantity) :] if claim.quantity and at >= 0 else ""


def _whole(group: Sequence[Told], at: int) -> Told | None:
    """A standing figure of everybody, in the same voice or the report's own, that this one can be a part of."""
    one = group[at]
    for other in group:
        if (
            other is not one
            and other.state == "stands"
            and other.scope.group is None
            and not other.scope.named
            and other.teller.key == one.teller.key
            and not one.scope.apart(other.scope)
            and (one.low or 0) <= (other.high or other.low or 0)
            and (one.scope.group or one.scope.named or one.claim.sentence >= other.claim.sentence)
        ):
            return other
    return None


def _other(group: Sequence[Told], at: int) -> Told | None:
    """Another figure of the same source in the report, which this one is earlier than."""
    one = group[at]
    for other in group:
        if (
            other is not one
            and other.state == "stands"
            and other.scope.group is None
            and (other.low, other.high) != (one.low, one.high)
            and not one.scope.apart(other.scope)
            and (other.teller.key == one.teller.key or one.teller.kind == "author" or other.teller.kind == "author")
        ):
            return other
    return None


def _summands(group: Sequence[Told], at: int) -> list[int]:
    """Places of two or more neighbouring figures after a total that add up to it exactly."""
    whole = group[at]
    run = [
        place
        for place, one in enumerate(group)
        if place != at
        and one.low is not None
        and one.state in ("stands", "part")
        and 0 <= one.claim.sentence - whole.claim.sentence <= _REACH
        and (not one.scope.apart(whole.scope) or not one.scope.of_country)
    ]
    for first in range(len(run)):
        total = 0
        for last in range(first, len(run)):
            total += group[run[last]].low or 0
            if total >= (whole.low or 0):
                if total == whole.low and last > first:
                    return [place for place in run[first : last + 1] if group[place].state == "stands"]
                break
    return []


def _repeated(group: list[Told]) -> list[Told]:
    """In one report a voice's figure counts once, and the author's echo of a source is marked as one."""
    kept: dict[tuple[object, ...], int] = {}
    for at, one in enumerate(group):
        if one.state not in ("stands", "part"):
            continue
        key = (one.state, one.teller.key, one.low, one.high, one.scope.group, one.scope.named and one.claim.victims)
        if one.state == "part" and (one.scope.group is None or one.scope.named):
            continue
        first = kept.get(key)
        if first is None:
            kept[key] = at
        elif not group[first].scope.apart(one.scope):
            group[at] = replace(one, state="repeated", why="told again in the report", by=group[first].ref)
    for at, one in enumerate(group):
        if one.state != "stands" or one.teller.kind != "author" or one.scope.named:
            continue
        for other in group:
            if (
                other.state == "stands"
                and other.teller.kind != "author"
                and not other.scope.apart(one.scope)
                and other.scope.group == one.scope.group
                and one.low == other.low
                and (one.high in (None, other.high) or other.high is None)
            ):
                why = f"the report's own words for what {other.teller.name} says"
                group[at] = replace(one, state="echo", why=why, by=other.ref)
                break
    return group


# --- over time --------------------------------------------------------------------------------------------------------


def _over_time(told: list[Told]) -> list[Told]:
    """A source's figures of the same victims over several reports: the latest rules."""
    latest: dict[tuple[object, ...], int] = {}
    for at, one in enumerate(told):
        if one.state not in ("stands", "part", "echo") or (one.low is None and one.high is None):
            continue
        # "49 Armenian soldiers", then "135 Armenians": one toll, of the side.
        whose = replace(one.scope, kind=None) if one.scope.side else one.scope
        key = (one.teller.key, one.harm, whose, one.state == "part", one.scope.named and one.claim.victims)
        before = latest.get(key)
        if before is not None and told[before].ref[0] != one.ref[0]:
            old = told[before]
            if (old.low, old.high) == (one.low, one.high):
                told[at] = replace(one, state="repeated", why=f"said before, {_on(old)}", by=old.ref)
                continue
            if one.vague and not old.vague:
                continue
            told[before] = replace(old, state="superseded", why=_change(old, one), by=one.ref)
        latest[key] = at
    return told


def _on(one: Told) -> str:
    return f"on {one.published}" if one.published else "in an undated report"


def _change(old: Told, new: Told) -> str:
    was, now = old.low if old.low is not None else old.high, new.low if new.low is not None else new.high
    word = "raised" if (now or 0) > (was or 0) else "revised down" if (now or 0) < (was or 0) else "made more exact"
    return f"{word} to {new.claim.figure} by the same source, {_on(new)}"


def chains(told: Iterable[Told]) -> list[list[Told]]:
    """Each source's figures for one harm and the same victims, the earliest first; chains of one figure too."""
    found: dict[tuple[object, ...], list[Told]] = {}
    for one in told:
        if one.state in ("stands", "echo", "superseded", "repeated") and not one.scope.named:
            found.setdefault((one.harm, one.teller.key, one.scope), []).append(one)
    return list(found.values())
