"""What the trained analyser hears of harm, beside the rules: agreement, and harms that it alone hears."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from counterclaim.coding.claims import cues
from counterclaim.coding.claims.confidence import log_odds
from counterclaim.coding.claims.groups import Group
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.claims.harms import EPIDEMIC, ILLNESS, OF_MARKETS_AND_MATCHES, VIOLENCE
from counterclaim.coding.quantities import Quantity
from counterclaim.language import Analysis, HarmSpan
from counterclaim.records import Harm

_HARMS: Mapping[str, Harm] = {
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "captured": "captured",
    "displaced": "displaced",
    "casualties": "casualties",
}
SURE_AMOUNT: Final = 0.8
"""Probability from which the analyser is believed that one, two, three or four people are named or pointed at."""


def checked(analysis: Analysis, stated: Sequence[Stated]) -> list[Stated]:
    """The statements, each with the analyser's span of the same harm there, or marked as seen by the rules alone."""
    if not analysis.spans:  # no trained analyser has read the text
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


def proposals(
    analysis: Analysis, stated: Sequence[Stated], groups: Sequence[Group], quantities: Mapping[int, Quantity]
) -> Iterator[Stated]:
    """The harms that the analyser alone hears, as statements that carry the signs for and against.

    `stated` and `groups` are in text order; a harm is heard alone where no statement of it shares a word with it.
    """
    ends = {harm: [one.last for one in stated if one.harm == harm] for harm in _HARMS}
    own = {harm: [one for one in stated if one.harm == harm] for harm in _HARMS}
    taken = {group.first for one in stated for group in one.groups}
    for heard in analysis.harms:
        first, last = _tokens(heard, analysis)
        rivals = own[heard.harm][max(0, bisect_left(ends[heard.harm], first) - 2) :][:6]
        if last <= first or any(min(one.last, last) > max(one.first, first) for one in rivals):
            continue
        one = _proposed(analysis, heard, first, last, groups, quantities)
        if any(group.first in taken for group in one.groups):
            continue  # the rules know what they suffered
        signs = _signs(analysis, one, stated)
        if signs["harm word"] or signs["violent"]:
            yield one._replace(signs=signs)


def _proposed(
    analysis: Analysis,
    heard: HarmSpan,
    first: int,
    last: int,
    groups: Sequence[Group],
    quantities: Mapping[int, Quantity],
) -> Stated:
    """A statement of what is heard: its people are the counted group inside, else the first named or said."""
    at = bisect_left(groups, first, key=lambda group: group.first)
    inside = []
    for group in groups[at : at + 12]:
        if group.first >= last:
            break
        if not group.thing:
            inside.append(group)
    counted = [group for group in inside if group.counted and (group.person or group.head < 0)]
    if counted:
        quantity = counted[0].quantity
        return Stated(
            first, max(last, counted[0].last), (first, last), _HARMS[heard.harm], (counted[0],), "heard",
            negated=counted[0].kind == "zero", quantity=quantity, heard=heard,
        )  # fmt: skip
    if heard.number is not None:
        marked = quantities.get(analysis.token_at(heard.number[0]))
        if marked is not None and marked.kind != "singular":
            end = max(last, marked.last)
            return Stated(first, end, (first, last), _HARMS[heard.harm], (), "heard", quantity=marked, heard=heard)
    names = tuple(group for group in inside if group.kind == "name")
    people = tuple(group for group in inside if group.person)
    chosen = names or people[:1]
    return Stated(first, last, (first, last), _HARMS[heard.harm], chosen, "heard", heard=heard)


def _signs(analysis: Analysis, one: Stated, stated: Sequence[Stated]) -> dict[str, float]:
    """What speaks for and against a claim that the analyser alone hears."""
    assert one.heard is not None
    words = [token.norm for token in analysis.tokens[one.first : one.last]]
    sentence = analysis.sentences[analysis.sentence_at(one.heard.start)]
    around = [token.norm for token in analysis.tokens[sentence.first : sentence.last]]
    amount, chance = one.heard.about.get("amount", ("", 0.0))
    group = one.groups[0] if one.groups else None
    found = {"always": 1.0, "score": log_odds(one.heard.score)}
    found["harm word"] = float(any(harm_of(word) == one.harm for word in words))
    found["figure"] = float(one.quantity is not None and one.quantity.kind in ("count", "zero", "vague"))
    found["person"] = float(group is not None and (group.person or group.named))
    found["one"] = float(amount == "1" and chance >= SURE_AMOUNT and group is not None and group.kind != "counted")
    found["sick"] = float(any(word in ILLNESS or word.startswith(EPIDEMIC) for word in around))
    # Without a word of harm or violence near ("four soldiers fell asleep") or in a tale of markets, nothing is claimed.
    played = any(word in OF_MARKETS_AND_MATCHES for word in around)
    found["violent"] = float(not played and any(word.startswith(VIOLENCE) for word in around))
    found["harm word"] *= not played
    found["short"] = float(one.last - one.first < 2)
    found["beside"] = float(
        any(each.harm == one.harm and sentence.first <= each.first < sentence.last for each in stated)
    )
    return found


def harm_of(word: str) -> Harm | None:
    """The harm a word states by itself."""
    if word in cues.VERBS:
        return cues.VERBS[word].harm
    return (
        cues.INTRANSITIVE.get(word)
        or cues.PREDICATES.get(word)
        or cues.OF_NOUNS.get(word)
        or cues.COUNT_NOUNS.get(word)
    )


def _tokens(harm: HarmSpan, analysis: Analysis) -> tuple[int, int]:
    return analysis.token_at(harm.start), min(analysis.token_at(harm.end - 1) + 1, len(analysis.tokens))
