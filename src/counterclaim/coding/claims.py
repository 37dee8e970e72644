"""Claims: stated figures of human harm, each with its source, stance, place and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from counterclaim.coding.claim_fields import FieldReader
from counterclaim.coding.groups import GroupReader
from counterclaim.coding.harm_nouns import Stated
from counterclaim.coding.harms import SentenceReader
from counterclaim.coding.quantities import find_quantities
from counterclaim.coding.victims import KindReader
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, Place, Time
from counterclaim.resolving.actors import ActorIndex


def find_claims(
    analysis: Analysis,
    *,
    attributions: Sequence[Attribution],
    actors: ActorIndex,
    places: Sequence[Place],
    times: Sequence[Time],
    published: date | None,
) -> list[Claim]:
    """Every stated figure of human harm, in text order."""
    stated = _stated(analysis, actors)
    fields = FieldReader(analysis, attributions, actors, places, times, published)
    kinds = KindReader(analysis, actors, stated)
    return [fields.claim(one, f"c{number + 1}", kinds.kind(number)) for number, one in enumerate(stated)]


def _stated(analysis: Analysis, actors: ActorIndex) -> list[Stated]:
    """The harms of all sentences, each once, in text order."""
    quantities = {quantity.first: quantity for quantity in find_quantities(analysis)}
    reader = GroupReader(analysis.tokens, quantities, _person_mentions(analysis, actors))
    found: list[Stated] = []
    for sentence in analysis.sentences:
        groups = reader.read(sentence.first, sentence.last)
        found.extend(
            _once(list(SentenceReader(analysis.tokens, groups, quantities, sentence.first, sentence.last).read()))
        )
    found.sort(key=lambda one: (one.first, one.last))
    return found


def _person_mentions(analysis: Analysis, actors: ActorIndex) -> dict[int, int]:
    """First token of each name of a person -> the token after it."""
    mentions: dict[int, int] = {}
    for actor in actors.actors:
        if actor.kind != "person":
            continue
        for start, end in actor.mentions:
            first, last = analysis.token_at(start), analysis.token_at(end - 1) + 1
            if analysis.text[start : start + 1].isupper():
                mentions[first] = max(last, mentions.get(first, 0))
    return mentions


def _once(stated: list[Stated]) -> list[Stated]:
    """One statement a group and harm; "shot and killed" is no second harm, an injury of the killed stays."""
    kept: list[Stated] = []
    seen: set[tuple[int, str]] = set()
    killed = {one.groups[0].first for one in stated if one.groups and one.harm in ("killed", "injured")}
    harmed = {one.groups[0].first for one in stated if one.groups and one.pattern not in ("noun",)}
    for one in stated:
        key = (one.groups[0].first, one.harm) if one.groups else (one.first, one.harm)
        if key in seen:
            continue
        shot = one.harm == "casualties" and one.pattern in ("passive", "active", "reduced")
        if one.groups and one.groups[0].first in (killed if shot else harmed if one.pattern == "noun" else ()):
            continue
        seen.add(key)
        kept.append(one)
    return kept
