"""What tells two strikes on one town on one day apart: the hour, the kind of place hit, "a separate attack"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from typing import Final

from counterclaim.records import Time

_SITES: Final = {
    "teaching": "school schools kindergarten college university classroom classrooms campus",
    "trade": "market marketplace bazaar shop shops store supermarket mall grocery",
    "worship": "mosque church synagogue temple shrine cathedral seminary",
    "transport": "station depot terminal airport airfield train",
    "guarding": "checkpoint roadblock barracks base outpost headquarters",
    "court": "court courthouse tribunal",
    "lodging": "hotel guesthouse",
    "eating": "restaurant cafe café bar nightclub club pub bakery",
    "crossing": "bridge tunnel",
    "prison": "prison jail",
    "mission": "embassy consulate",
    "works": "factory plant refinery mine warehouse",
    "gathering": "funeral wedding stadium theatre theater cinema",
}
"""Kind of place hit -> its words. Hospitals are left out: the wounded of every attack are brought to one."""
_SITE_OF: Final = {word: kind for kind, words in _SITES.items() for word in words.split()}
_WORD: Final = re.compile(r"[^\W\d_]+")

_ATTACK: Final = (
    "attacks?|strikes?|airstrikes?|bombings?|bombs?|blasts?|explosions?|shootings?|incidents?|ambush|raids?|assaults?|"
    "missiles?|drones?|mines?|clash|clashes"
)
_SEPARATE: Final = re.compile(
    rf"\b(?:separate|another|second|third|unrelated)(?: \w+)? (?:{_ATTACK})\b|\bthe (?:second|third|other) killed\b",
    re.IGNORECASE,
)
_TOGETHER: Final = re.compile(r"\b(?:minutes|moments|seconds) (?:later|after)|\bsame\b|\btotal\b", re.IGNORECASE)

_CLOCK: Final = re.compile(r"T(\d\d)(?::(\d\d))?")
_PARTS: Final = {"TMO": (3.0, 12.5), "TAF": (11.5, 18.5), "TEV": (16.5, 24.0)}
"""Hours of the day, with half an hour to spare. A night belongs to two days and tells nothing."""
ABOUT: Final = 1.5
"""Hours by which two reports of one attack may differ."""


@dataclass(frozen=True, slots=True)
class Marks:
    """`hours`: first and last hour of the day (0..24), where told; `sites`: kinds of place; `separate`: told as one
    more attack beside another.
    """

    hours: tuple[float, float] | None = None
    sites: frozenset[str] = frozenset()
    separate: bool = False

    def joined(self, other: Marks, *, hours: bool) -> Marks:
        """The marks of the two told as one; `hours`: those of the other are of the same day, and may be taken."""
        return replace(self, hours=self.hours or (other.hours if hours else None), sites=self.sites | other.sites)


UNMARKED: Final = Marks()


def marks(sentence: str, times: Iterable[Time]) -> Marks:
    """The marks of an act or a claim: of its sentence, and of the times on its day that it is tied to."""
    sites = frozenset(_SITE_OF[word] for word in _WORD.findall(sentence.lower()) if word in _SITE_OF)
    hours = next((found for time in times if (found := _hours(time.value))), None)
    return Marks(hours, sites, bool(_SEPARATE.search(sentence)) and not _TOGETHER.search(sentence))


def _hours(value: str | None) -> tuple[float, float] | None:
    if not value:
        return None
    if value[-3:] in _PARTS:
        return _PARTS[value[-3:]]
    clock = _CLOCK.search(value)
    if clock is None:
        return None
    hour = int(clock[1]) + int(clock[2] or 0) / 60
    return (hour - ABOUT, hour + ABOUT)


def hours_differ(one: Marks, other: Marks) -> bool:
    """Whether the two are told of hours apart, at places that may not be one."""
    if one.hours is None or other.hours is None or one.sites & other.sites:
        return False
    return one.hours[1] < other.hours[0] or other.hours[1] < one.hours[0]


def sites_differ(one: Marks, other: Marks) -> bool:
    """Whether both name the kind of place that was hit, and no kind is shared."""
    return bool(one.sites and other.sites and not one.sites & other.sites)


def counted_apart(one: Set[int], other: Set[int]) -> bool:
    """Whether both give numbers of dead, and share none."""
    return bool(one and other and not one & other)


def one_more(one: Marks, other: Marks) -> bool:
    """Whether one of the two is told as a further attack, at places that may not be one."""
    return (one.separate or other.separate) and not one.sites & other.sites
