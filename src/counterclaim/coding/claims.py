"""Claims: stated figures of human harm, each with its source, stance, place and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from counterclaim.coding.claim_fields import FieldReader
from counterclaim.coding.confidence import LEAST, confidence
from counterclaim.coding.groups import GroupReader
from counterclaim.coding.harm_nouns import Stated
from counterclaim.coding.harms import SentenceReader
from counterclaim.coding.known_names import read_names
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
    stated = [one for one in _stated(analysis, actors, places) if confidence(one) >= LEAST]
    fields = FieldReader(analysis, attributions, actors, places, times, published, stated)
    kinds = KindReader(analysis, actors, stated)
    return [fields.claim(one, number, kinds.kind(number)) for number, one in enumerate(stated)]


def _stated(analysis: Analysis, actors: ActorIndex, places: Sequence[Place] = ()) -> list[Stated]:
    """The harms of all sentences, each once, in text order."""
    quantities = {quantity.first: quantity for quantity in find_quantities(analysis)}
    names = read_names(analysis, actors, places)
    reader = GroupReader(analysis.tokens, quantities, names.persons, names.unknown, names.nobody)
    found: list[Stated] = []
    for sentence in analysis.sentences:
        groups = reader.read(sentence.first, sentence.last)
        found.extend(
            _once(list(SentenceReader(analysis.tokens, groups, quantities, sentence.first, sentence.last).read()))
        )
    found.sort(key=lambda one: (one.first, one.last))
    return found


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
