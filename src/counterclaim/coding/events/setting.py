"""Where, when, according to whom, and with what stated harm: what surrounds an act."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeVar

from counterclaim.coding.context import clause
from counterclaim.coding.events.draft import Draft
from counterclaim.coding.scene_choice import Act, SceneChooser
from counterclaim.coding.scenes import SceneReader
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, Place, Time
from counterclaim.resolving.actors import ActorIndex
from counterclaim.schemes import plover

SPEECH_TYPES: Final = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE"})
"""Types whose time is that of speaking: taken only from their own clause."""

_DATED: Final = re.compile(r"\d{4}\b")
"""A value with a year: no decade or century."""
_LIKELY: Final = 0.3
"""Chance from which a place is given; by folds over events-train 57 in 100 places given are then right, those of
events that the gold puts nowhere counted as wrong."""

_HARM_TYPES: Final = {
    "killed": ("ASSAULT",),
    "injured": ("ASSAULT",),
    "casualties": ("ASSAULT",),
    "missing": ("ASSAULT",),
    "captured": ("ASSAULT", "COERCE"),
    "displaced": ("COERCE", "ASSAULT"),
}


WEAPONS: Final = words(
    "artillery mortar rocket missile drone tank warplane jet helicopter bomb bomber barrel-bomb grenade mine landmine "
    "explosive ied rifle gun pistol machine-gun shotgun knife machete axe sword rock stone petrol-bomb shell bullet "
    "chlorine sarin gas teargas baton gunship howitzer"
)
"""Words that name a weapon, in the singular."""


WINDOW = 600
"""Characters on each side of a trigger in which its sentence's places, times and claims are looked for: longer than any
sentence of news, so that it only bounds the work on texts without full stops."""

LOOK_BACK = 20
"""Statements that open before a trigger and may hold it: deeper nesting is not met in news."""


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...


_Layer = TypeVar("_Layer", bound=_Spanned)


def _placed(record: _Spanned) -> int:
    return record.start


def _opens(content: tuple[int, int, Attribution]) -> int:
    return content[0]


def _window(layer: Mapping[int, Sequence[_Layer]], draft: Draft) -> Sequence[_Layer]:
    """Records of the draft's sentence within WINDOW characters of its trigger."""
    here = layer.get(draft.view.index, ())
    start, end = draft.trigger
    return here[bisect_left(here, start - WINDOW, key=_placed) : bisect_right(here, end + WINDOW, key=_placed)]


class Setting:
    """The layers of one report, by sentence, so that each event looks only at its own."""

    def __init__(
        self,
        analysis: Analysis,
        attributions: Sequence[Attribution],
        places: Sequence[Place],
        actors: ActorIndex,
        times: Sequence[Time],
        claims: Sequence[Claim],
    ) -> None:
        self._analysis = analysis
        sources = [one.source for one in attributions if one.source is not None]
        self._scenes = SceneReader(analysis, places, actors, sources)
        self._times: dict[int, list[Time]] = {}
        for time in times:
            if time.type in ("DATE", "TIME") and time.value:
                self._times.setdefault(analysis.sentence_at(time.start), []).append(time)
        self._claims: dict[int, list[Claim]] = {}
        for claim in claims:
            self._claims.setdefault(claim.sentence, []).append(claim)
        self._contents: dict[int, list[tuple[int, int, Attribution]]] = {}
        for attribution in attributions:
            for start, end in attribution.content:
                for sentence in range(analysis.sentence_at(start), analysis.sentence_at(max(start, end - 1)) + 1):
                    self._contents.setdefault(sentence, []).append((start, end, attribution))

        for contents in self._contents.values():
            contents.sort(key=_opens)

    def _holding(self, sentence: int, start: int, end: int) -> list[tuple[int, int, Attribution]]:
        """Contents around `[start, end)`, among the last LOOK_BACK that open before it."""
        contents = self._contents.get(sentence, [])
        last = bisect_right(contents, start, key=_opens)
        return [item for item in contents[max(0, last - LOOK_BACK) : last] if end <= item[1]]

    def place(self, drafts: Sequence[Draft]) -> None:
        """Give each draft the likeliest place of the report; a name without a record of its own gives none."""
        acts = [
            Act(*draft.trigger, clause(self._analysis, *draft.clause), draft.background, plover.CODES[draft.act].type)
            for draft in drafts
        ]
        chooser = SceneChooser(self._analysis, self._scenes, acts)
        for draft, act in zip(drafts, acts, strict=True):
            chosen = chooser.scene(act, "event_place", _LIKELY)
            place = chosen.place if chosen is not None else None
            here = place is not None and self._analysis.sentence_at(place.start) == draft.view.index
            draft.place = place if place is None or not here or self._told_with(draft, [place]) else None

    def _told_with(self, draft: Draft, layer: Sequence[_Layer]) -> Sequence[_Layer]:
        """Without what stands outside the statement that tells the act: "Officials said in Ibb on Friday that ..."."""
        start, end = draft.trigger
        holding = self._holding(draft.view.index, start, end)
        if not holding:
            return layer
        said = min(holding, key=lambda item: item[1] - item[0])[2].content
        return [record for record in layer if any(left <= record.start < right for left, right in said)]

    def times_near(self, draft: Draft) -> list[Time]:
        """Dates in the clause or just beside it ("In May 2021, A attacked B")."""
        start, end = draft.clause
        return [time for time in _window(self._times, draft) if start - 20 <= time.start < end + 15]

    def time(self, draft: Draft, kind: str) -> Time | None:
        """The date in the clause, else the nearest in the sentence."""
        here = [time for time in _window(self._times, draft) if _DATED.match(time.value or "")]
        if kind not in SPEECH_TYPES:
            here = list(self._told_with(draft, here))
        start, end = draft.clause
        chosen = [time for time in here if start - 20 <= time.start < end + 15]
        if not chosen and kind not in SPEECH_TYPES:
            chosen = here
        return min(chosen, key=lambda t: abs(t.start - draft.trigger[0]), default=None)

    def attribution(self, draft: Draft, kind: str) -> str | None:
        """The innermost attribution whose content holds the trigger; none where its speaker is the one who acts."""
        start, end = draft.trigger
        holding = self._holding(draft.view.index, start, end)
        for _, _, attribution in sorted(holding, key=lambda item: item[1] - item[0]):
            cue = attribution.cue
            if cue is not None and cue[0] < end and start < cue[1]:
                continue
            if attribution.actor is not None and attribution.actor in draft.actors and kind in SPEECH_TYPES:
                continue
            return attribution.id
        return None

    def speaker(self, draft: Draft) -> Attribution | None:
        """The innermost attribution with a source whose content holds the trigger, whoever that is."""
        start, end = draft.trigger
        holding = self._holding(draft.view.index, start, end)
        named = [item for item in holding if item[2].source is not None]
        return min(named, key=lambda item: item[1] - item[0])[2] if named else None

    def fill(self, draft: Draft) -> None:
        """Parties that the clause's claims of harm know and the words around the trigger did not give."""
        if plover.CODES[draft.act].type != "ASSAULT":
            return
        start, end = draft.clause
        spans = [(start, end), *draft.mentions]
        here = {mention.actor for mention in draft.view.mentions}
        for claim in _window(self._claims, draft):
            if not any(s < claim.end and claim.start < e for s, e in spans):
                continue
            victim, perpetrator = claim.links.victim_actor, claim.links.perpetrator_actor
            if perpetrator in here and not draft.actors and perpetrator not in draft.recipients:
                draft.actors = [perpetrator or ""]
            if victim and victim not in draft.actors and victim not in draft.recipients and not draft.recipients:
                draft.recipients = [victim]

    def weapon(self, draft: Draft, kind: str) -> str | None:
        """The words of the clause that name a weapon of an assault, as the text has them."""
        if kind != "ASSAULT":
            return None
        view = draft.view
        for j in range(draft.clause_first, min(draft.clause_last, draft.clause_first + 60)):
            word = view.tokens[j].norm
            if word in WEAPONS or word.removesuffix("s") in WEAPONS:
                return view.tokens[j].text
        return None

    def claims(self, draft: Draft, kind: str) -> tuple[str, ...]:
        """Claims of harm in the act's clause, else in its sentence, that such an act can have caused."""
        here = [claim for claim in _window(self._claims, draft) if kind in _HARM_TYPES[claim.harm]]
        start, end = draft.clause
        spans = [(start, end), *draft.mentions]
        inside = [claim for claim in here if any(s < claim.end and claim.start < e for s, e in spans)]
        return tuple(claim.id for claim in inside or here)
