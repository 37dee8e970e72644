"""What the mentions of a report tell of one another: a state said once for two, private persons, kin."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.resolving.actors.mentions import Reader
from counterclaim.resolving.actors.phrases import Mention
from counterclaim.resolving.actors.pronouns import Occurrence, Party
from counterclaim.resolving.actors.words import KIN

_ELDERS = frozenset(("father", "mother", "parents"))
"""Kin by whom a child is told of."""


def inherit(mentions: Sequence[Mention], reader: Reader) -> None:
    """ "Turkish Foreign Minister X ... and Defense Minister Y": Y is of the same state, said once for both."""
    country, sentence = None, -1
    for mention in mentions:
        number = reader.sentence_of(mention.first)
        if number != sentence:
            country, sentence = None, number
        if mention.form not in ("person", "post") or mention.sector != "GOV" or not mention.modifiers:
            continue
        if mention.country:
            country = mention.country
        elif mention.head in ("minister", "secretary", "prime minister") and mention.form == "person":
            mention.country = country


def private(mentions: Sequence[Mention], norm: Sequence[str]) -> None:
    """A name without an office beside words of kin or an age is that of a private person."""
    for mention in mentions:
        if mention.form != "person" or mention.sector or mention.role:
            continue
        first, last = mention.first, mention.last
        before = norm[max(0, first - 3) : first]
        after = norm[last : last + 3]
        aged = after[:1] == [","] and len(after) > 2 and after[1].isdigit() and after[2] == ","
        owns = after[:1] == ["'s"] and _ELDERS.intersection(after)
        if aged or owns or KIN.intersection(before) or any(word.endswith("year-old") for word in before):
            mention.sector = "CVL"


def kin(parties: Sequence[Party], history: Sequence[Occurrence], reader: Reader) -> None:
    """ "Ana's father, Ola Sol", "her father, Ola Sol": of one country, as far as the report tells it of either."""
    ends = {last: party for _, last, party in history}
    owning = {span[0]: party.final() for party in parties for span in party.owning}
    for first, _, party in history:
        person = party.final()
        at = first - 1 - (reader.norm[first - 1 : first] == [","])
        if person.kind != "person" or at < 1 or reader.norm[at] not in KIN:
            continue
        before = at - 1
        other = ends.get(before) if reader.norm[before] == "'s" else owning.get(reader.tokens[before].start)
        if other is None or other.final().kind != "person":
            continue
        relative = other.final()
        person.country = relative.country = person.country or relative.country
