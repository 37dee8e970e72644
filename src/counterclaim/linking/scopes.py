"""Of whom a toll is told: everybody, a side, civilians or combatants, or a group among them such as children."""

from __future__ import annotations

import re
from typing import Final

from counterclaim.coding.words import words
from counterclaim.linking.tellers import side_key
from counterclaim.records import Claim, CodedReport, Record

GROUPS: Final = {
    "children": "child children infant infants baby babies toddler toddlers boy boys girl girls minor minors kid kids "
    "schoolchildren pupils newborn newborns teenager teenagers",
    "women": "woman women female females",
    "men": "man men male males",
    "elderly": "elderly",
    "kin": "son sons daughter daughters wife wives husband mother mothers father fathers brother brothers sister "
    "sisters cousin cousins uncle uncles aunt aunts nephew niece grandmother grandfather grandson granddaughter "
    "grandchildren grandchild siblings parents relative friend",
    "staff": "staff employee employees worker workers doctor doctors nurse nurses medic medics paramedic paramedics "
    "caretaker caretakers volunteer volunteers personnel",
    "patients": "patient patients",
    "journalists": "journalist journalists reporter reporters cameraman photographer",
    "teachers": "teacher teachers",
    "students": "student students",
    "police": "police policeman policemen officers officer",
    "leaders": "commander commanders leader leaders general colonel mayor",
    "others": "other others another",
}
"""Group -> the words for it. A group's toll is a part of the toll of everybody, unless nothing else is counted."""

_GROUP_OF: Final = {word: group for group, words in GROUPS.items() for word in words.split()}
_GENERIC: Final = words(
    "people person persons victim victims dead death deaths fatality fatalities life lives body bodies civilian "
    "civilians resident residents member members individual individuals martyr martyrs human humans citizen citizens "
    "villager villagers local locals inhabitants casualty casualties they them those toll families family"
)
_CIVILIAN: Final = words("civilian civilians resident residents villager villagers non-combatants")
_COMBATANT: Final = words(
    "soldier soldiers troops servicemen serviceman fighter fighters militant militants insurgent insurgents rebel "
    "rebels gunman gunmen guerrilla guerrillas terrorist terrorists militiaman militiamen combatants jihadists"
)
_CUT: Final = re.compile(r"\s+(?:of|from|who|whom|in|at|on|near|inside|with)\b|[,(–—]")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")


class Scope(Record, frozen=True, kw_only=True):
    """Whose harm is counted. None/"" where the claim does not narrow it. `named`: a person or persons by name."""

    kind: str | None = None
    side: str = ""
    group: str | None = None
    named: bool = False

    @property
    def of_country(self) -> bool:
        """Whether the side is a state, under its code; "the border service" is a side by its words alone."""
        return len(self.side) == 2 and self.side.isupper()

    def within(self, other: Scope) -> bool:
        """Whether every victim counted here is counted there too, and there may be more."""
        if self == other:
            return False
        return (
            (other.kind in (None, self.kind))
            and (other.side in ("", self.side))
            and (other.group in (None, self.group))
            and not (other.named and not self.named)
        )

    def apart(self, other: Scope) -> bool:
        """Whether nobody can be counted in both: two sides, or civilians and combatants."""
        return bool(
            (self.kind and other.kind and self.kind != other.kind)
            or (self.side and other.side and self.side != other.side)
        )


def scope(claim: Claim, report: CodedReport) -> Scope:
    """The scope of a claim, from its victims' words, kind and side."""
    actor = next((one for one in report.actors if one.id == claim.links.victim_actor), None)
    side = side_key(claim.victim_side, actor.country if actor else None) if claim.victim_side else ""
    kind = claim.victim_kind if claim.victim_kind in ("civilian", "combatant") else None
    spoken = _WORD.findall(_CUT.split(claim.victims, maxsplit=1)[0])
    lowered = [word.lower() for word in spoken]
    group = next((_GROUP_OF[word] for word in reversed(lowered) if word in _GROUP_OF), None)
    generic = any(word in _GENERIC for word in lowered)
    named = not claim.quantity and not generic and any(word[:1].isupper() for word in spoken) and claim.min is not None
    if not _COMBATANT.isdisjoint(lowered):
        kind = "combatant"
    elif kind == "civilian" and (group == "leaders" or (not group and _CIVILIAN.isdisjoint(lowered))):
        kind = None  # "12 people": that they were civilians is known from the story; the figure counts everybody.
    return Scope(kind=kind, side=side, group=group, named=named)
