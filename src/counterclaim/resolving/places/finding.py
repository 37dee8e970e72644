"""Place names in a text, and what each stands for.

Names come from `mentions`, the choice among their bearers from `choice`. A demonym is not a place; a
capital that speaks for its government is ("Moscow said"). What reads as a place and is in no gazetteer is unresolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from msgspec.structs import replace

from counterclaim.language import Analysis
from counterclaim.records import Place, PlaceKind
from counterclaim.resolving.gazetteer import Entry, Gazetteer, prominence
from counterclaim.resolving.places.choice import Choice, choose
from counterclaim.resolving.places.confidence import confidence
from counterclaim.resolving.places.mentions import ACCEPTED, FAMOUS, Mention, Surroundings, find_mentions
from counterclaim.resolving.places.words import NO_PLACES

_UNKNOWN_BEFORE = re.compile(
    r"\b(?:towns?|villages?|hamlets?|settlements?|neighbou?rhoods?|suburbs?|city|cities)\s+of\s+$", re.IGNORECASE
)
_UNKNOWN_AFTER = re.compile(
    r"\s+(?:villages?|towns?|neighbou?rhood|suburb|hamlet|refugee camp|area of)\b"
    r"|,\s+a\s+(?:small\s+)?(?:village|town|hamlet|suburb|neighbou?rhood)\b"
)
_OVERRUN_BEFORE = re.compile(
    r"\b(?i:rebels|militants|gunmen|bandits|fighters|insurgents|jihadists|militia|militiamen|troops|soldiers)\s+"
    r"(?:have\s+|had\s+)?(?:raided|stormed|overran|overrun|ransacked|recaptured|besieged)\s+$"
)
_OVERRUN_AFTER = re.compile(
    r"\s+(?:on|in|at|early|late|before|after|overnight|yesterday|near)\s|[.;]|,\s+(?:killing|burning|looting)"
)
"""Ground that fighters take or enter, by the day or the manner that follows: "gunmen raided Xyz on Monday"."""
LONELY: Final = -2.0
"""What evidence loses where nothing else in the report speaks of the country; set by hand on conflict reports."""

_SYNTAX_CONFIDENCE = 0.5
"""That "the village of Xyz" is a place is nearly sure; that the record helps anybody without coordinates is not."""


def find_places(analysis: Analysis, gazetteer: Gazetteer) -> list[Place]:
    """Place names in text order, resolved where they can be.

    `precision` is UCDP where_prec: 1 settlement, 2 near one, 3 and 4 divisions, 5 larger region, 6 country, 7 water.
    `confidence` is the chance that this is a place and lies within 161 km of the point given, as fitted on local news.
    """
    resolved = resolve(analysis, gazetteer)
    found = [_place(analysis.text, mention, choice, gazetteer) for mention, choice in resolved]
    found += _unknown(analysis, [mention for mention, _ in resolved], gazetteer)
    found.sort(key=lambda place: (place.start, place.end))
    return [replace(place, id=f"p{number}") for number, place in enumerate(found, start=1)]


def resolve(analysis: Analysis, gazetteer: Gazetteer) -> list[tuple[Mention, Choice]]:
    """The mentions taken for places, in text order, each with its choice."""
    candidates, around = find_mentions(analysis, gazetteer)
    mentions = [mention for mention in candidates if mention.evidence >= ACCEPTED]
    choices = choose(mentions, around)
    resolved = []
    told: dict[str | None, set[str]] = {}
    for mention, choice in zip(mentions, choices, strict=True):
        told.setdefault(choice.entry.country, set()).add(mention.key)
    for mention, choice in zip(mentions, choices, strict=True):
        if _lonely(mention, choice, told, around):
            mention.evidence += LONELY
            if mention.evidence < ACCEPTED:
                continue
        resolved.append((mention, choice))
    return resolved


def _lonely(mention: Mention, choice: Choice, told: dict[str | None, set[str]], around: Surroundings) -> bool:
    """True for a lesser place in a country of which nothing else in the report speaks: likelier a namesake.

    `told` has the names of places chosen in each country.
    """
    entry = choice.entry
    if entry.kind not in ("settlement", "admin2") or prominence(choice.bearer) > FAMOUS:
        return False
    if entry.country in around.countries or mention.why.get("dateline"):
        return False
    return told[entry.country] == {mention.key}


def _place(text: str, mention: Mention, choice: Choice, gazetteer: Gazetteer) -> Place:
    entry, kind = choice.entry, choice.entry.kind
    if mention.kind in ("admin1", "admin2") and kind == "settlement":
        entry = _division(entry, mention.kind, gazetteer) or entry
    shown: PlaceKind = entry.kind
    precision = entry.where_prec
    if mention.kind == "facility":
        shown, precision = "facility", 2
    elif mention.near and precision == 1:
        precision = 2
    elif mention.part and entry.kind == "country":
        precision = 5
    return Place(
        id="",
        start=mention.start,
        end=mention.end,
        text=text[mention.start : mention.end],
        name=text[mention.start : mention.end] if shown == "facility" else entry.name,
        kind=shown,
        geonames_id=None if shown == "facility" else entry.geonames_id,
        lat=entry.lat,
        lon=entry.lon,
        country=entry.country,
        admin1=entry.admin1,
        admin2=entry.admin2,
        precision=precision,
        confidence=round(confidence(choice.belief, mention.evidence), 3),
    )


def _division(entry: Entry, kind: str, gazetteer: Gazetteer) -> Entry | None:
    """The division a settlement gives its name to: "Kharkiv region" where only the city is known by that name."""
    number = entry.admin1_number if kind == "admin1" else entry.admin2_number
    return None if number is None else gazetteer.entry(number)


def _unknown(analysis: Analysis, mentions: list[Mention], gazetteer: Gazetteer) -> list[Place]:
    """Names that the text calls a village or town and the gazetteer does not know."""
    taken = sorted((mention.start, mention.end) for mention in mentions)
    found = []
    text = analysis.text
    for name in analysis.names:
        following = bisect_left(taken, (name.end, 0))
        if following and taken[following - 1][1] > name.start:
            continue
        before, after = text[max(0, name.start - 40) : name.start], text[name.end : name.end + 24]
        written = text[name.start : name.end]
        overrun = written.isalpha() and written[1:].islower() and _OVERRUN_AFTER.match(after)
        if not (
            _UNKNOWN_BEFORE.search(before)
            or _UNKNOWN_AFTER.match(after)
            or (overrun and _OVERRUN_BEFORE.search(before))
        ):
            continue
        if gazetteer.demonym(written) or gazetteer.demonym_of_region(written) or written.lower() in NO_PLACES:
            continue
        found.append(
            Place(
                id="",
                start=name.start,
                end=name.end,
                text=written,
                name=written,
                kind="unresolved",
                confidence=_SYNTAX_CONFIDENCE,
            )
        )
    return found
