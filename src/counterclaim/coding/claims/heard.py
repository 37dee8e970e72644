"""What the trained analyser hears of harm, beside the rules: where both agree, and what it alone sees."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final, cast

from counterclaim.coding.claims import cues
from counterclaim.coding.claims.groups import Group
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.claims.harms import ILLNESS
from counterclaim.coding.quantities import Quantity
from counterclaim.coding.words import words
from counterclaim.language import Analysis, HarmSpan, Token
from counterclaim.records import Harm

CERTAIN: Final = 0.9
"""Probability from which the analyser's class of a claim outvotes the rules: it was then right 34 times of 43 where the
two differed on claims-dev over background and kind of victim, and below no better than they."""

_SICKNESS: Final = words("virus viruses infection infected outbreak epidemic pandemic flu influenza")


def checked(analysis: Analysis, stated: Sequence[Stated]) -> list[Stated]:
    """The statements, each with the analyser's span of the same harm there, or marked as seen by the rules alone."""
    if not analysis.harms:
        return list(stated)
    runs: dict[str, list[tuple[int, int, HarmSpan]]] = {}
    for harm in analysis.harms:
        runs.setdefault(harm.harm, []).append((*_tokens(harm, analysis), harm))
    made = []
    for one in stated:
        near = runs.get(one.harm, [])
        at = bisect_left(near, one.last, key=lambda run: run[0])
        shared = [(min(last, one.last) - max(first, one.first), h) for first, last, h in near[max(0, at - 8) : at]]
        most = max(shared, key=lambda pair: pair[0], default=(0, None))
        made.append(one._replace(heard=most[1]) if most[0] > 0 else one._replace(silent=True))
    return made


def sure(stated: Stated, name: str) -> str:
    """The value of one of the analyser's classes where it is all but certain; "" where it is not or is silent."""
    value, chance = stated.heard.about.get(name, ("", 0.0)) if stated.heard is not None else ("", 0.0)
    return value if chance >= CERTAIN else ""


def added(
    analysis: Analysis,
    stated: Sequence[Stated],
    quantities: Mapping[int, Quantity],
    groups: Mapping[int, Sequence[Group]],
) -> list[Stated]:
    """The analyser's harms that no other statement touches; `groups` by sentence."""
    runs = sorted((one.first, one.last) for one in stated)
    found = []
    for harm in analysis.harms:
        first, last = _tokens(harm, analysis)
        if first >= last or touches(runs, first, last):
            continue
        near = groups.get(analysis.sentence_at(harm.start), ())
        one = _stated(harm, first, last, analysis, quantities, near)
        if one is not None and not is_of_illness(analysis.tokens, first, last):
            found.append(one)
    return found


def _tokens(harm: HarmSpan, analysis: Analysis) -> tuple[int, int]:
    return analysis.token_at(harm.start), min(analysis.token_at(harm.end - 1) + 1, len(analysis.tokens))


def touches(taken: Sequence[tuple[int, int]], first: int, last: int) -> bool:
    """True where one of the runs, in order of their starts, shares a token with `[first, last)`."""
    at = bisect_left(taken, last, key=lambda run: run[0])
    return any(run[1] > first for run in taken[max(0, at - 8) : at])


def _stated(
    harm: HarmSpan,
    first: int,
    last: int,
    analysis: Analysis,
    quantities: Mapping[int, Quantity],
    groups: Sequence[Group],
) -> Stated | None:
    tokens = analysis.tokens
    amount = amount_of(harm)
    inside = tuple(group for group in groups if group.first < last and group.last > first)
    quantity = _quantity(harm, first, last, quantities)
    if quantity is not None:
        group = next((one for one in inside if one.quantity == quantity), None)
    else:
        group = next((one for one in inside if one.person and one.quantity is None), None)
    if group is None or not first <= max(group.head, group.first) < last:
        return None  # no people in the words
    if quantity is None and group.kind != "name" and amount.isdigit():
        count = int(amount)
        quantity = Quantity(harm.start, harm.start, first, first, count, count)
    if quantity is None and amount == "stated" and first >= group.first and last <= group.last:
        return None  # "troops", with a number that stands elsewhere: a piece of another claim
    cue = _cue(tokens, first, last)
    return Stated(
        first, last, (cue, cue + 1), cast(Harm, harm.harm), (group,), "model", quantity=quantity, heard=harm, alone=True
    )


def _quantity(harm: HarmSpan, first: int, last: int, quantities: Mapping[int, Quantity]) -> Quantity | None:
    inside = [one for at in range(first, last) if (one := quantities.get(at)) is not None]
    if harm.number is not None:
        start, end = harm.number
        marked = [one for one in inside if one.start < end and start < one.end]
        if marked:
            return marked[0]
    if amount_of(harm) == "stated":
        return next(iter(inside), None)
    return None


def _cue(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token that names the harm, the last one where none is known."""
    for at in range(first, last):
        norm = tokens[at].norm
        if norm in cues.VERBS or norm in cues.INTRANSITIVE or norm in cues.PREDICATES or norm in cues.COUNT_NOUNS:
            return at
    return last - 1


def is_of_illness(tokens: Sequence[Token], first: int, last: int) -> bool:
    """True where the words or the few after them put the harm down to illness."""
    return any(token.norm in ILLNESS or token.norm in _SICKNESS for token in tokens[first : last + 6])


def amount_of(harm: HarmSpan) -> str:
    """The class of a harm's amount, `open` where none is given."""
    return harm.about.get("amount", ("open", 0.0))[0]
