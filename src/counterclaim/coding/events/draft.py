"""Drafts of events: an act with its parties and reality as read from one trigger, before merging."""

from __future__ import annotations

from dataclasses import dataclass, field

from counterclaim.coding.events.lexicon import Hit
from counterclaim.coding.events.syntax import SentenceView
from counterclaim.language import ActSpan
from counterclaim.records import Place, Reality, Span, Time


@dataclass(slots=True)
class Draft:
    """One act in the making. Token ranges are `[first, last)` of the report; parties are actor ids."""

    view: SentenceView
    hit: Hit
    act: str
    first: int
    last: int
    clause_first: int
    clause_last: int
    actors: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    reality: Reality = "actual"
    cause: Hit | None = None
    joined: Hit | None = None
    passive: bool = False
    light: bool = False
    bare: bool = False
    mentions: list[Span] = field(default_factory=list)
    place: Place | None = None
    time: Time | None = None
    background: bool = False
    heard: ActSpan | None = None
    chance: float = 0.0

    @property
    def trigger(self) -> Span:
        """The words that name the act, as offsets."""
        tokens = self.view.tokens
        return tokens[self.first].start, tokens[self.last - 1].end

    @property
    def clause(self) -> Span:
        """The clause that states the act, with its trigger, as offsets."""
        tokens = self.view.tokens
        start, end = self.trigger
        return min(start, tokens[self.clause_first].start), max(end, tokens[self.clause_last - 1].end)


def unique(items: list[str]) -> list[str]:
    """The items without repeats, in their order."""
    return list(dict.fromkeys(items))
