"""Where an act happens: of the place names around it, the one at which the words put it.

A name is where something happens by the words before it ("in Ibb", "the city of Ibb"), is what the act is done to
("shelled Ibb", "the siege of Ibb"), or only says whose something is ("the US strike", "Baghdad-based"): no scene.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from counterclaim.coding.context import clause
from counterclaim.coding.events.draft import Draft
from counterclaim.coding.events.words import DETERMINER, PREPOSITION
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Place
from counterclaim.schemes import plover

Standing = Literal["scene", "target", "weak", "none"]

FINENESS: Final = {
    "facility": 0,
    "settlement": 1,
    "unresolved": 1,
    "admin2": 2,
    "admin1": 3,
    "water": 4,
    "region": 4,
    "country": 5,
}
"""The finer the kind of a place, the lower."""

_AT = words("in at near outside inside around across through throughout within into between amid")
_ONTO = words("on onto over along toward towards")
_AREAS = words(
    "city town village province district capital neighbourhood neighborhood area suburb suburbs camp region "
    "governorate part parts north south east west northeast northwest southeast southwest northeast north-east "
    "north-west south-east south-west outskirts side centre center port state island kms km kilometers kilometres "
    "miles countryside stronghold enclave headquarters streets mosque hospital university valley peninsula border "
    "edge towns villages cities provinces suburbs districts regions areas republic county department base airport "
    "township heart middle station school church cathedral monastery market bazaar bridge barracks stadium square "
    "slum ghetto hamlet oasis island farm quarter quarters municipality commune settlement"
)
_HEADS = words(
    "city town village province district camp airport border coast region valley strip area neighborhood "
    "neighbourhood suburb governorate prison hospital university square street bridge island peninsula county "
    "state mosque refugee port base enclave countryside capital frontier"
)
_MORE = words(
    "the a an northern southern eastern western central north south east west northeast northwest north-east "
    "north-west northeastern northwestern southeastern southwestern nearby city town village province district "
    "capital volatile restive remote border coastal mountainous besieged disputed occupied downtown upper lower "
    "neighbouring neighboring largest its their his both main mainly old ancient port war-torn strategic key"
)
_HITS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "RETREAT", "CONSULT"})
_HELD = ("-held", "-controlled", "-run", "-occupied", "-administered", "-dominated", "-ruled", "-majority")
_DONE_TO = words("of on against at over into for")
_ORIGIN = words("from by with to via than like")
_TO = frozenset({"AID", "CONSULT", "MOBILIZE"})
_OUT = frozenset({"abduct", "deport", "withdraw", "evacuate", "expel", "offensive"})
_GOES_ON = frozenset((",", ".", ";", ":", "!", "?", '"', "(", ")", "-", "--", "—", "–", "", "'s", "'", "...", "/"))
_REACH = 6
"""Tokens walked to the left of a name: "in the rebel-held northern Ruritanian city of"."""


class Scenes:
    """The places of one report, judged by the words around them."""

    def __init__(self, analysis: Analysis, places: Sequence[Place]) -> None:
        self._tokens = analysis.tokens
        self._analysis = analysis
        self._by_token = {analysis.token_at(place.end - 1): place for place in places if place.end > place.start}

    def best(self, draft: Draft, here: Sequence[Place]) -> Place | None:
        """The place of the act among those of its sentence: in its clause before outside it, finer before coarser.

        Names that only help to find another ("north of Baghdad", "Baghdad's ... Sadr City") come after that other.
        """
        start, end = draft.clause
        left, right = clause(self._analysis, start, end)
        trigger = draft.trigger[0]
        ranked = []
        for place in here:
            standing = self.standing(place, draft)
            if standing == "none":
                continue
            first = self._range(place)[0]
            attached = standing == "target" or (
                standing == "scene" and self._scene(first, draft) in (draft.last, draft.hit.last)
            )
            outside = 0 if attached or start <= place.start < end else 1
            if outside and not left <= place.start < right:
                outside = 2
            if outside and standing == "weak":
                continue
            rank = (
                outside,
                standing == "weak",
                self._locates(place),
                FINENESS.get(place.kind, 3),
                abs(place.start - trigger),
            )
            ranked.append((rank, place))
        return min(ranked, key=lambda item: item[0])[1] if ranked else None

    def standing(self, place: Place, draft: Draft) -> Standing:
        """What a place name is to an act of its sentence."""
        first, last = self._range(place)
        if self._tokens[last - 1].end > place.end:
            return "none"
        if last == draft.hit.first and draft.hit.form == "noun":
            return "none" if place.kind == "country" else "scene"
        if self._modifies(place, last, draft):
            return "none"
        if self._scene(first, draft) >= 0:
            return "scene"
        if self._is_target(place, first, last, draft):
            return "target"
        return "weak" if self._is_weak(place, first, last, draft) else "none"

    def _range(self, place: Place) -> tuple[int, int]:
        return self._analysis.token_at(place.start), self._analysis.token_at(place.end - 1) + 1

    def _word(self, i: int) -> str:
        return self._tokens[i].norm if 0 <= i < len(self._tokens) else ""

    def _locates(self, place: Place) -> bool:
        """True where the name only helps to find another: "70 km north of Baghdad", "Baghdad's Sadr City"."""
        first, last = self._range(place)
        before, earlier = self._word(first - 1), self._word(first - 2)
        return (
            self._word(last) == "'s"
            or before in ("near", "between", "outside")
            or (before == "of" and earlier.startswith(("north", "south", "east", "west", "kilomet", "mile", "km")))
            or (before in ("and", "or") and first - 2 in self._by_token)
        )

    def _modifies(self, place: Place, last: int, draft: Draft) -> bool:
        """True for a country name before a noun that it says the owner of: "US strike", "UK citizens"."""
        after = self._word(last)
        if place.kind != "country" or after in _GOES_ON or after in PREPOSITION | _AT | _HEADS | _AFTER:
            return False
        return after[:1].isalpha() and last not in draft.view.hit_at and not draft.view.is_verb(last)

    def _scene(self, first: int, draft: Draft) -> int:
        """The token before the name at token `first` that puts something there ("in"); -1 where there is none."""
        index, unknown = first, 0
        kind = plover.CODES[draft.act].type
        for _ in range(_REACH):
            at = index - 1
            before, earlier = self._word(at), self._word(at - 1)
            if before in _AT or before == "of" or before in _ONTO or before in ("from", "to", "with"):
                holds = (
                    before in _AT
                    or (before in _ONTO and (at > draft.hit.last or at < draft.first))
                    or (before == "of" and earlier in _AREAS)
                    or (before == "from" and (kind == "RETREAT" or draft.act in _OUT))
                    or (before == "to" and (kind in _TO or earlier in ("close", "next")))
                    or (before == "with" and earlier == "border")
                )
                return at if holds else -1
            if before in (",", "(", "and", "or") and at - 1 in self._by_token:
                index = self._analysis.token_at(self._by_token[at - 1].start)
            elif before in (",", "("):
                return at if earlier in _AREAS else -1
            elif before == "'s" and self._tokens[at - 1].text[:1].isupper():
                index -= 2
            elif at in self._by_token:
                index = self._analysis.token_at(self._by_token[at].start)
            else:
                if before not in _MORE and not before.endswith(_HELD):
                    unknown += 1
                    if unknown > 1 or not before.isalpha() or not self._tokens[at].text.islower():
                        return -1
                index -= 1
        return -1

    def _is_target(self, place: Place, first: int, last: int, draft: Draft) -> bool:
        """True for what the act is done to: "bombed Ibb", "the siege of Ibb", "an attack on Ibb", "Ibb was shelled"."""
        if plover.CODES[draft.act].type not in _HITS or self._word(last) == "'s":
            return False
        if draft.passive and draft.clause_first <= first < draft.first:
            return place.kind != "country"
        index = first
        for _ in range(_REACH):
            before = self._word(index - 1)
            if index in (draft.last, draft.hit.last):
                return draft.hit.form != "noun"
            if before in _DONE_TO:
                return index - 1 in (draft.last, draft.hit.last)
            if before in ("and", ",") and index - 2 in self._by_token:
                index = self._analysis.token_at(self._by_token[index - 2].start)
                continue
            if before not in _MORE and before not in DETERMINER:
                return False
            index -= 1
        return False

    def _is_weak(self, place: Place, first: int, last: int, draft: Draft) -> bool:
        """True for a town of the clause that is no party and not where somebody is from: "at his Moscow flat"."""
        if place.kind not in ("settlement", "facility", "unresolved", "admin2", "admin1"):
            return False
        if any(j in draft.view.mention_at for j in range(first, last)):
            return False
        return self._word(first - 1) not in _ORIGIN and self._word(last) not in ("-", "'s")


_AFTER = words(
    "and or but who which that where when while as because although if so then after before since until on monday "
    "tuesday wednesday thursday friday saturday sunday last this earlier late early yesterday today tomorrow "
    "overnight have has had is are was were be been will would could should may might must not also said says i "
    "we he she it they"
)
"""Words after a country's name that show it to stand alone, not before the noun it says the owner of."""
