"""Which names in a text are persons, which are places or bodies, and which may be either."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.coding.nations import country_of
from counterclaim.coding.people import is_person
from counterclaim.coding.words import words
from counterclaim.language import Analysis, Token
from counterclaim.records import Place
from counterclaim.resolving.actors import ActorIndex

_BODY_WORDS = words(
    "army ministry party force forces council agency news university hospital school brigade brigades front "
    "movement union committee court parliament government police office department organization organisation group "
    "league company times post network radio television tv front nations city province district street road river "
    "lake camp village square airport center centre house palace islands island region valley mountains desert sea "
    "bank strip east west north south war state states club cup church mosque day week month authority commission "
    "congress federation monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december islamic christian muslim jewish jewish sunni shiite shia "
    "shi'ite arab kurdish god allah bible koran quran internet twitter facebook"
)


class Names(NamedTuple):
    """First token -> token after, of persons' names and of unknown names; and the tokens of places and bodies."""

    persons: dict[int, int]
    unknown: dict[int, int]
    nobody: frozenset[int]


def read_names(analysis: Analysis, actors: ActorIndex, places: Sequence[Place]) -> Names:
    """Sort the names of a text. A name is a person's where an actor says so, or where it ends a longer name."""
    persons: dict[int, int] = {}
    nobody: set[int] = set()
    for actor in actors.actors:
        for start, end in actor.mentions:
            first, last = analysis.token_at(start), analysis.token_at(end - 1) + 1
            if actor.kind == "person":
                if analysis.text[start : start + 1].isupper():
                    persons[first] = max(last, persons.get(first, 0))
            elif actor.kind not in ("civilians", "other"):
                nobody.update(range(first, last))
    for place in places:
        nobody.update(range(analysis.token_at(place.start), analysis.token_at(place.end - 1) + 1))
    unknown: dict[int, int] = {}
    surnames: set[str] = set()
    for name in analysis.names:
        first, last = analysis.token_at(name.start), analysis.token_at(name.end - 1) + 1
        span = analysis.tokens[first:last]
        if not span or any(index in nobody for index in range(first, last)) or not _may_be_person(span):
            continue
        unknown[first] = last
        if len(span) > 1 and all(token.text[:1].isalpha() for token in span):
            surnames.add(span[-1].norm)
    for first, last in unknown.items():
        if last - first == 1 and analysis.tokens[first].norm in surnames:
            persons.setdefault(first, last)
    return Names(persons, unknown, frozenset(nobody))


def _may_be_person(span: Sequence[Token]) -> bool:
    """False for acronyms, countries and peoples, words for people, and names with a word for a body or a place."""
    if len(span) == 1 and (span[0].text.isupper() or is_person(span[0].norm) or len(span[0].text) < 3):
        return False
    if any(token.norm in _BODY_WORDS for token in span):
        return False
    return not any(country_of(token.text) for token in (span[0], span[-1]))
