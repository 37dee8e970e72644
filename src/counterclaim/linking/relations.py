"""How the claims of an incident stand to one another, and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from counterclaim.linking.incident import Relation, RelationKind
from counterclaim.linking.tellers import side_key, side_name
from counterclaim.linking.tolls import Told

CLOSE: Final = 0.1
"""Figures within a tenth of each other corroborate: nobody counts the dead of a night to the last man."""


def relations(told: Sequence[Told]) -> tuple[Relation, ...]:
    """The relations among an incident's claims, in the order of publication.

    A repetition is tied to the first telling, which stands for it towards the others. `updates` and `repeats` go from
    the newer claim to the older, `denies` from the denial, `subsumes` from the whole to its part.
    """
    by_ref = {one.ref: one for one in told}
    found = [
        _tied(one, by_ref[one.by])
        for one in told
        if one.by in by_ref and one.state in ("superseded", "repeated", "echo")
    ]
    live = [one for one in told if one.state in ("stands", "part", "superseded", "denied", "doubted")]
    for older, newer in combinations(live, 2):
        if (older.harm == newer.harm and older.by != newer.ref and newer.by != older.ref) or _whole_and_part(
            older, newer
        ):
            relation = _between(older, newer, by_ref)
            if relation is not None:
                found.append(relation)
    return tuple(found)


def _whole_and_part(one: Told, other: Told) -> bool:
    return (one.state == "part" and one.by == other.ref) or (other.state == "part" and other.by == one.ref)


def _made(first: Told, second: Told, kind: RelationKind, why: str) -> Relation:
    return Relation(claims=(first.ref, second.ref), kind=kind, why=why)


def _tied(one: Told, by: Told) -> Relation:
    if one.state == "superseded":
        return _made(by, one, "updates", f"{by.teller.name}: {one.claim.figure}, {one.why}")
    return _made(one, by, "repeats", one.why)


def _between(older: Told, newer: Told, by_ref: dict[tuple[str, str], Told]) -> Relation | None:
    if older.state in ("denied", "doubted") or newer.state in ("denied", "doubted"):
        return _denial(older, newer)
    if _whole_and_part(older, newer):
        whole, part = (older, newer) if newer.by == older.ref else (newer, older)
        return _made(whole, part, "subsumes", part.why)
    if "part" in (older.state, newer.state) or older.scope.named or newer.scope.named:
        return None
    if older.scope.apart(newer.scope) or older.scope.group != newer.scope.group:
        return None
    # What a source had taken back before the other spoke is history, not an opinion held against it.
    later = by_ref.get(older.by) if older.state == "superseded" and older.by else None
    if later is not None and later.published <= newer.published:
        return None
    if newer.state == "superseded" or (older.state == "superseded" and older.ref[0] == newer.ref[0]):
        return None
    if older.teller.key == newer.teller.key:
        return None
    if older.scope.within(newer.scope) or newer.scope.within(older.scope):
        return _narrower(older, newer)
    return _compared(older, newer)


def _denial(older: Told, newer: Told) -> Relation | None:
    denial, told = (newer, older) if newer.state in ("denied", "doubted") else (older, newer)
    if told.state in ("denied", "doubted") or denial.scope.apart(told.scope):
        return None
    if denial.low is not None and told.low is not None and not _overlap(denial, told):
        return None
    word = "denies" if denial.state == "denied" else "doubts"
    if denial.teller.key == told.teller.key:
        return _made(denial, told, "updates", f"{denial.teller.name} takes the figure back")
    return _made(denial, told, "denies", f"{denial.teller.name} {word} what {told.teller.name} says")


def _narrower(older: Told, newer: Told) -> Relation | None:
    """One tells of civilians or of a side, the other of everybody."""
    whole, part = (newer, older) if older.scope.within(newer.scope) else (older, newer)
    if part.low is not None and whole.high is not None and part.low > whole.high * (1 + CLOSE):
        why = f"{_says(part)} of a part alone, more than the {whole.claim.figure} that {whole.teller.name} gives in all"
        return _made(newer, older, "contradicts", why)
    if _agree(older, newer):
        return _compared(older, newer)
    if part.low is None or (whole.low is not None and part.low > whole.low):
        return None
    kind = part.scope.kind or (side_name(part.scope.side) if part.scope.side else "some")
    return _made(whole, part, "subsumes", f"{kind} victims are among all those that {whole.teller.name} counts")


def _compared(older: Told, newer: Told) -> Relation | None:
    blame = _blame(older, newer)
    if blame:
        return _made(newer, older, "contradicts", blame)
    if (older.low is None and older.high is None) or (newer.low is None and newer.high is None):
        return None
    if _agree(older, newer):
        if (newer.teller.root and newer.teller.root == older.teller.key) or older.teller.root == newer.teller.key != "":
            return _made(newer, older, "repeats", f"{newer.teller.name} and {older.teller.name}: one cites the other")
        if older.teller.side and older.teller.side == newer.teller.side:
            return _made(newer, older, "repeats", f"both speak for {side_name(newer.teller.side)}")
        why = f"independent of each other, {_says(newer)} and {_says(older)}"
        return _made(newer, older, "corroborates", why)
    if not _overlap(older, newer):
        return _made(newer, older, "contradicts", f"{_says(newer)}, {_says(older)}{_between_days(older, newer)}")
    return None


def _says(one: Told) -> str:
    return f"{one.teller.name} says {one.claim.figure}"


def _between_days(older: Told, newer: Told) -> str:
    if older.published and newer.published and older.published != newer.published:
        return f" (on {newer.published} and {older.published}: the count may have gone on)"
    return ""


def _bounds(one: Told) -> tuple[float, float]:
    low = 0.0 if one.low is None else float(one.low)
    high = float("inf") if one.high is None else float(one.high)
    return (low * (1 - CLOSE), high * (1 + CLOSE)) if one.claim.approx else (low, high)


def _overlap(one: Told, other: Told) -> bool:
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return low <= most and least <= high


def _agree(one: Told, other: Told) -> bool:
    """The same figure, or nearly: bounds that merely allow each other ("at least 5" and "12") say nothing."""
    if one.vague or other.vague:
        return bool(one.claim.vague and one.claim.vague == other.claim.vague)
    first = one.low if one.low is not None else one.high
    second = other.low if other.low is not None else other.high
    if first is None or second is None:
        return False
    return abs(first - second) <= CLOSE * max(first, second) and _overlap_about(one, other)


def _overlap_about(one: Told, other: Told) -> bool:
    (low, high), (least, most) = _bounds(one), _bounds(other)
    return low <= most * (1 + CLOSE) and least <= high * (1 + CLOSE)


def _blame(older: Told, newer: Told) -> str:
    """Two sources lay the same harm at different doors."""
    doers = [side_key(one.claim.perpetrator) if one.claim.perpetrator else "" for one in (older, newer)]
    if not all(doers) or doers[0] == doers[1]:
        return ""
    if older.scope.side or newer.scope.side:
        return ""
    return f"{newer.teller.name} blames {newer.claim.perpetrator}, {older.teller.name} {older.claim.perpetrator}"


def count(found: Iterable[Relation], kind: RelationKind) -> int:
    """How many relations are of a kind."""
    return sum(relation.kind == kind for relation in found)
