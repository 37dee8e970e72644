"""An incident with its relations, its estimates by every rule asked for, and its grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from counterclaim.estimating.grades import grade
from counterclaim.estimating.registry import RULES
from counterclaim.estimating.rule import Question, Rule, Verdict
from counterclaim.linking.accounts import EVERYBODY, Account, Share, accounts, shares
from counterclaim.linking.copies import copies
from counterclaim.linking.incident import Estimate, Incident, Range, Ref, Weighed
from counterclaim.linking.relations import relations
from counterclaim.linking.tellers import side_key, side_name
from counterclaim.linking.tolls import Told, told_of
from counterclaim.records import CodedReport, Harm
from counterclaim.resolving.gazetteer import name_key

HARMS: Final[tuple[Harm, ...]] = ("killed", "injured", "missing", "captured", "displaced", "casualties")


def estimate(
    incident: Incident,
    reports: Mapping[str, CodedReport],
    rules: Iterable[Rule] = RULES,
    *,
    one_text: Mapping[str, str] | None = None,
) -> Incident:
    """The incident with `relations`, `estimates` (rule -> harm -> estimate) and `grade` filled.

    `reports`: report id -> coded report, at least those of the incident. `one_text`: report id -> a name shared by all
    copies of one agency text; worked out from the incident's own reports where not given.
    """
    found = told(incident, reports, one_text)
    blamed = blame(incident, found)
    harms = [harm for harm in HARMS if any(one.harm == harm for one in found)]
    settled = {
        rule.name: {harm: settle(rule, found, harm, blamed) for harm in harms if _counted(found, harm)}
        for rule in rules
    }
    everybody = [account for harm in ("killed", "injured") for account in accounts(found, harm)]
    graded = grade(found, everybody, blamed, witnesses(incident, reports))
    return replace(incident, relations=relations(found), estimates=settled, grade=graded)


def told(
    incident: Incident, reports: Mapping[str, CodedReport], one_text: Mapping[str, str] | None = None
) -> list[Told]:
    """The incident's claims, each with its source, its victims and what became of it, in the order of publication."""
    if one_text is None:
        one_text = copy_groups(reports[id_] for id_ in incident.reports if id_ in reports)
    return told_of(incident, reports, one_text)


def witnesses(incident: Incident, reports: Mapping[str, CodedReport]) -> set[str]:
    """Names of those to whom the reports hand an act of the incident, with a figure or without, and who assert it."""
    names = set()
    for id_ in incident.reports:
        report = reports.get(id_)
        if report is None:
            continue
        mine = {event for owner, event in incident.events if owner == id_}
        handed = {event.attribution for event in report.events if event.id in mine}
        actors = {actor.id: actor.name for actor in report.actors}
        for attribution in report.attributions:
            if attribution.id in handed and attribution.stance == "asserts":
                span = report.text[slice(*attribution.source)] if attribution.source else ""
                names.add(name_key(actors.get(attribution.actor or "") or span))
    return names - {""}


def copy_groups(reports: Iterable[CodedReport]) -> dict[str, str]:
    """Report id -> the first id of the copies of its text, for those of which there are copies."""
    return {id_: group[0] for group in copies(reports) if len(group) > 1 for id_ in group}


def blame(incident: Incident, told: Sequence[Told]) -> tuple[str, ...]:
    """Keys of the sides that somebody holds responsible, by the incident's claims and events."""
    named = {side_key(one.claim.perpetrator) for one in told if one.claim.perpetrator}
    acting = {side_key(party.name, party.country) for party in incident.parties if party.role == "perpetrator"}
    return tuple(sorted(named | acting))


def settle(rule: Rule, told: Sequence[Told], harm: Harm, blamed: tuple[str, ...] = ()) -> Estimate:
    """One harm under one rule: everybody's toll, each side's and kind's, and what became of every claim."""
    sides, kinds = shares(told, harm)
    parties = tuple(sorted({*blamed, *(one.scope.side for one in told if one.scope.side)}))

    def ask(share: Share) -> tuple[Verdict, list[Account]]:
        if share.kind and not share.side and len(sides) > 1:
            asked_of = [ask(Share(side=side, kind=share.kind)) for side in sides]
            given = [(verdict, found) for verdict, found in asked_of if found]
            if len(given) > 1:
                return _sum([verdict for verdict, _ in given]), [account for _, found in given for account in found]
        found = accounts(told, harm, share)
        question = Question(harm=harm, side=share.side, kind=share.kind or "", perpetrators=blamed, parties=parties)
        return (rule.weigh(found, question) if found else Verdict(why="nobody gives a number")), found

    by: dict[str, Range] = {}
    asked: list[tuple[Verdict, list[Account]]] = []
    parts: dict[str, list[Verdict]] = {"side": [], "kind": []}
    for what, share, name in (
        *(("side", Share(side=side), side_name(side)) for side in sides),
        *(("kind", Share(kind=kind), kind) for kind in kinds),
    ):
        verdict, found = ask(share)
        if found:
            # Children alone are counted: there are at least so many civilians, and nobody says how many in all.
            few = share.kind is not None and all(account.partial for account in found)
            by[name] = Range(low=verdict.low) if few else _range(verdict)
            asked.append((verdict, found))
            parts[what].append(verdict)
    total, found = ask(EVERYBODY)
    asked.insert(0, (total, found))
    apart = next((verdicts for verdicts in parts.values() if len(verdicts) > 1), [])
    if apart and not found:
        total = _sum(apart)
    elif apart and total.best is not None:
        total = _at_least(total, _sum(apart))
    known = [by[kind] for kind in kinds if kind in by]
    if found and not any(part.best for part in known) and _all_civilian(told, harm):
        by["civilian"] = _range(total)
    elif found and (rest := _rest(total, known)) is not None:
        by["unknown"] = rest
    return Estimate(
        low=total.low,
        best=total.best,
        high=total.high,
        by=by,
        trace=_trace(told, harm, asked),
        rule=f"{rule.name}/{rule.version}",
        why=total.why,
    )


def _all_civilian(told: Sequence[Told], harm: Harm) -> bool:
    """Whether the story makes every victim told of a civilian, though the figures only speak of people."""
    counted = [one for one in told if one.harm == harm and one.state in ("stands", "echo")]
    return bool(counted) and all(one.claim.victim_kind == "civilian" for one in counted)


def _counted(told: Sequence[Told], harm: Harm) -> bool:
    return any(one.harm == harm and (one.low is not None or one.high is not None) for one in told)


def _range(verdict: Verdict) -> Range:
    return Range(low=verdict.low, best=verdict.best, high=verdict.high)


def _sum(verdicts: Sequence[Verdict]) -> Verdict:
    """Parts of which nobody is in two, added; an end that one of them leaves open is open."""

    def added(ends: Sequence[int | None]) -> int | None:
        return None if any(end is None for end in ends) else sum(end or 0 for end in ends)

    return Verdict(
        low=added([verdict.low for verdict in verdicts]),
        best=added([verdict.best for verdict in verdicts]),
        high=added([verdict.high for verdict in verdicts]),
        why="the sum of its parts, for which alone tolls are told",
    )


def _at_least(total: Verdict, parts: Verdict) -> Verdict:
    """A total that is no less than its parts are together."""
    if parts.low is None or total.best is None or parts.low <= total.best:
        return total
    return replace(
        total,
        best=parts.best if parts.best is not None else parts.low,
        high=max(total.high or 0, parts.high or parts.best or parts.low),
        why=f"{total.why}; raised to the sum of its parts",
    )


def _rest(total: Verdict, known: Sequence[Range]) -> Range | None:
    """Those of whom nothing says whether they were civilians or combatants."""
    if not known:
        return _range(total)
    if total.best is None or any(part.best is None for part in known):
        return None
    left = total.best - sum(part.best or 0 for part in known)
    return Range(best=left) if left > 0 else None


def _trace(told: Sequence[Told], harm: Harm, asked: Sequence[tuple[Verdict, list[Account]]]) -> tuple[Weighed, ...]:
    """Every claim of the harm: what it counted for in the first sum it had a part in, or why it was set aside."""
    weighed: dict[Ref, Weighed] = {}
    for verdict, found in asked:
        for account in found:
            weight, reason = verdict.weights.get(account.teller.key, (None, "counted"))
            for one in account.told:
                part = f" ({one.why})" if one.state == "echo" else ""
                weighed.setdefault(one.ref, Weighed(claim=one.ref, weight=weight, reason=reason + part))
    words = {"part": "a part of a total", "stands": "another figure of the same source stands for it"}
    trace = []
    for one in told:
        if one.harm != harm:
            continue
        if one.ref in weighed and one.state in ("stands", "echo", "part"):
            trace.append(weighed[one.ref])
        else:
            no_number = one.low is None and one.high is None
            reason = "gives no number" if no_number and not one.why else one.why or words.get(one.state, one.state)
            label = one.state if one.state != "stands" else "set aside"
            trace.append(Weighed(claim=one.ref, weight=0.0, reason=f"{label}: {reason}"))
    return tuple(trace)
