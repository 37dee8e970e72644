"""Claims: stated figures of human harm, each with its source, stance, place and time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from counterclaim.coding.claims.confidence import confidence
from counterclaim.coding.claims.fields import FieldReader
from counterclaim.coding.claims.groups import Group, GroupReader
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.claims.harms import SentenceReader
from counterclaim.coding.claims.heard import checked, proposals
from counterclaim.coding.claims.known_names import read_names
from counterclaim.coding.claims.tuned import ALONE, LEAST
from counterclaim.coding.claims.victims import KindReader
from counterclaim.coding.quantities import Quantity, find_quantities
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, Place, Time
from counterclaim.resolving.actors import ActorIndex

_TELLING = 3
"""The least figure by which two tellings of one harm are known for the same: ones and twos are everywhere."""


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
    stated = stated_harms(analysis, actors, places)
    fields = FieldReader(analysis, attributions, actors, places, times, published, stated)
    kinds = KindReader(analysis, actors, stated)
    return _restated([fields.claim(one, number, kinds.kind(number)) for number, one in enumerate(stated)])


def _restated(claims: list[Claim]) -> list[Claim]:
    """A figure told again is of the same harm: it takes place and perpetrator from the only telling that has them."""
    tellings: dict[tuple[str, int | None, int | None], list[Claim]] = {}
    for claim in claims:
        if max(claim.min or 0, claim.max or 0) >= _TELLING and not claim.background:
            tellings.setdefault((claim.harm, claim.min, claim.max), []).append(claim)
    filled: dict[str, Claim] = {}
    for same in tellings.values():
        places = {claim.place: claim for claim in same if claim.place}
        by = {claim.perpetrator: claim for claim in same if claim.perpetrator}
        for claim in same:
            links = claim.links
            place, perpetrator = claim.place, claim.perpetrator
            if not place and len(places) == 1:
                [(place, other)] = places.items()
                links = msgspec.structs.replace(links, place_id=other.links.place_id)
            if not perpetrator and len(by) == 1:
                [(perpetrator, other)] = by.items()
                links = msgspec.structs.replace(links, perpetrator_actor=other.links.perpetrator_actor)
            if links is not claim.links or place != claim.place or perpetrator != claim.perpetrator:
                filled[claim.id] = msgspec.structs.replace(claim, place=place, perpetrator=perpetrator, links=links)
    return [filled.get(claim.id, claim) for claim in claims]


def stated_harms(analysis: Analysis, actors: ActorIndex, places: Sequence[Place] = ()) -> list[Stated]:
    """The harms of a text that are likelier claims than not worth keeping, each once, in text order."""
    ruled, groups, quantities = ruled_harms(analysis, actors, places)
    found = [one for one in ruled if confidence(one) >= LEAST]
    found += [one for one in proposals(analysis, found, groups, quantities) if confidence(one) >= ALONE]
    return sorted(found, key=lambda one: (one.first, one.last))


def ruled_harms(
    analysis: Analysis, actors: ActorIndex, places: Sequence[Place]
) -> tuple[list[Stated], list[Group], dict[int, Quantity]]:
    """The harms that the rules find, doubtful ones among them, in text order; all groups; quantities by first token."""
    quantities = {quantity.first: quantity for quantity in find_quantities(analysis)}
    names = read_names(analysis, actors, places)
    reader = GroupReader(analysis.tokens, quantities, names.persons, names.unknown, names.nobody)
    found: list[Stated] = []
    groups: list[Group] = []
    for sentence in analysis.sentences:
        near = reader.read(sentence.first, sentence.last)
        groups.extend(near)
        found.extend(
            _once(list(SentenceReader(analysis.tokens, near, quantities, sentence.first, sentence.last).read()))
        )
    found.sort(key=lambda one: (one.first, one.last))
    return checked(analysis, found), groups, quantities


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
