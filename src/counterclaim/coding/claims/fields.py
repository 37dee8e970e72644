"""The fields of a claim: amount, victims, sides, source and stance, place and date, background."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from counterclaim.coding.claims.confidence import confidence
from counterclaim.coding.claims.earlier import EarlierReader
from counterclaim.coding.claims.groups import Group
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.claims.heard import SURE_AMOUNT
from counterclaim.coding.claims.parties import PartyReader
from counterclaim.coding.claims.perpetrators import PerpetratorReader
from counterclaim.coding.claims.settings import SettingReader
from counterclaim.coding.claims.sources import SCORNED, TRUE, SourceReader, Told
from counterclaim.coding.context import clause, is_period
from counterclaim.coding.scene_choice import Act
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, ClaimLinks, Place, Stance, Time, VictimKind
from counterclaim.resolving.actors import ActorIndex

_FRAME = 120
"""Characters each side of a statement in which the frame that unsays it is looked for."""
_NOT_TRUE = re.compile(
    rf"\b(?:it (?:is|was|'s) {TRUE}|it (?:is|was) not the case|(?:is|was) no truth (?:in|to) (?:\w+ ){{1,3}})"
    r"(?:, (?:\w+ ){1,3}(?:said|told|added|insisted|says),)? ?that\b[^.;,\"”]*$",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"\b(?:reports?|claims?|rumou?rs?|allegations?|assertions?|news|suggestions?|stories|story)"
    r" (?:(?:by|from) (?:\w+ ){1,4})?(?:that|of)\b[^.;,\"”]*$",
    re.IGNORECASE,
)
_WERE_FALSE = re.compile(rf"[^.;,\"”]*\b(?:is|are|was|were) {TRUE}\b", re.IGNORECASE)
_FEARED = re.compile(r"\bfear(?:s|ed)?,? (?:that )?(?:\w+ ){0,3}$", re.IGNORECASE)
_IMAGINE = re.compile(r"^\W*(?:just |now )?(?:imagine|suppose|picture)\b", re.IGNORECASE)


class FieldReader:
    """Fills the fields of the claims of one report."""

    def __init__(
        self,
        analysis: Analysis,
        attributions: Sequence[Attribution],
        actors: ActorIndex,
        places: Sequence[Place],
        times: Sequence[Time],
        published: date | None,
        stated: Sequence[Stated] = (),
    ) -> None:
        self._analysis = analysis
        self._actors = actors
        self._times = times
        self._published = published
        self._sources = SourceReader(analysis, attributions, actors)
        self._parties = PartyReader(analysis)
        self._earlier = EarlierReader(analysis, times, published, stated)
        self._perpetrators = PerpetratorReader(analysis, actors, attributions, stated, self._earlier.background)
        sources = [one.source for one in attributions if one.source is not None]
        self._settings = SettingReader(
            analysis, places, actors, times, published, sources, list(map(self._act, stated, self._earlier.background))
        )

    def _act(self, stated: Stated, background: bool) -> Act:
        tokens = self._analysis.tokens
        start, end = tokens[stated.first].start, tokens[stated.last - 1].end
        low, high, *_ = amount_of(stated, self._analysis.text)
        return Act(start, end, clause(self._analysis, start, end), background, stated.harm, max(low or 0, high or 0))

    def claim(self, stated: Stated, number: int, kind: VictimKind) -> Claim:
        """The claim of statement `number`."""
        tokens = self._analysis.tokens
        text = self._analysis.text
        start, end = tokens[stated.first].start, tokens[stated.last - 1].end
        low, high, approx, vague, quantity = amount_of(stated, text)
        around = clause(self._analysis, start, end)
        told = self._sources.told(start, end, stated.heard)
        background = self._earlier.background[number]
        tried = self._earlier.tried[number]
        place = self._settings.place(number)
        time = self._settings.time(start, end, around, background, self._earlier.courts if tried else ())
        by = self._perpetrators.perpetrator(number)
        if not told.source:
            told = self._sources.scorner(start) or told
        stance = self._stance(stated, told, start, end)
        if stance == "hypothetical" and time is not None and not self._to_come(time):
            time = None
        return Claim(
            id=f"c{number + 1}",
            start=start,
            end=end,
            evidence=text[start:end],
            sentence=self._analysis.sentence_at(start),
            harm=stated.harm,
            quantity=quantity,
            min=low,
            max=high,
            approx=approx,
            vague=vague,
            cumulative=is_period(text[around[0] : around[1]]),
            victims=self._victims(stated.groups),
            victim_kind=kind,
            victim_side=self._parties.side(stated) or self._parties.own(stated, told.source),
            perpetrator=by.name,
            source=told.source,
            source_kind=told.kind,
            stance=stance,
            place=place.text if place is not None else "",
            date=self._settings.day(time),
            background=background,
            source_chain=told.chain,
            links=ClaimLinks(
                attribution=told.attribution,
                source_actor=told.actor,
                perpetrator_actor=by.actor,
                victim_actor=self._actor_in(stated),
                place_id=place.place.id if place is not None and place.place is not None else None,
                time_id=time.id if time is not None else None,
            ),
            confidence=confidence(stated),
        )

    def _stance(self, stated: Stated, told: Told, start: int, end: int) -> Stance:
        if stated.modal in ("could", "may", "might", "would") and told.stance == "asserts":
            return "hypothetical"
        if stated.negated and stated.quantity is not None and stated.quantity.kind != "zero":
            return "denies"
        if told.stance == "asserts" and self._analysis.sentences:
            sentence = self._analysis.sentences[self._analysis.sentence_at(start)]
            before = self._analysis.text[max(sentence.start, start - _FRAME) : start]
            after = self._analysis.text[end : min(sentence.end, end + _FRAME)]
            if (
                _NOT_TRUE.search(before)
                or SCORNED.search(before)
                or (_REPORTS.search(before) and _WERE_FALSE.match(after))
            ):
                return "denies"
            if (
                _IMAGINE.search(before)
                or _FEARED.search(before)
                or " feared " in self._analysis.text[start:end].lower()
            ):
                return "hypothetical"
        return told.stance

    def _to_come(self, time: Time) -> bool:
        """True for a time that reaches past publication: what could happen has no day gone by."""
        return self._published is not None and (time.to or "")[:10] >= self._published.isoformat()

    def _actor_in(self, stated: Stated) -> str | None:
        tokens = self._analysis.tokens
        for group in stated.groups:
            inside = self._actors.within(tokens[group.first].start, tokens[group.last - 1].end)
            if inside:
                return inside[-1][1].id
        return None

    def _victims(self, groups: Sequence[Group]) -> str:
        if not groups or groups[0].head < 0:
            return ""
        first, last = groups[0], groups[-1]
        begin = first.noun_first if first is last or first.kind != "name" else first.first
        tokens = self._analysis.tokens
        if begin >= last.last:
            return ""
        return self._analysis.text[tokens[begin].start : tokens[last.last - 1].end]


def amount_of(stated: Stated, text: str) -> tuple[int | None, int | None, bool, str | None, str]:
    """Least and most, whether about, the vague words, and the words of the amount."""
    quantity = stated.quantity
    if quantity is not None:
        return quantity.min, quantity.max, quantity.approx, quantity.vague, text[quantity.start : quantity.end]
    if any(group.kind == "name" for group in stated.groups):
        # Beside the named stand only persons counted one by one: "Omar Hadi and his wife".
        return len(stated.groups), len(stated.groups), False, None, ""
    amount, chance = stated.heard.about.get("amount", ("", 0.0)) if stated.heard is not None else ("", 0.0)
    if stated.signs is not None and amount.isdecimal() and chance >= SURE_AMOUNT:
        return int(amount), int(amount), False, None, ""
    group = stated.groups[0] if stated.groups else None
    if group is None or group.plural:
        return None, None, False, None, ""
    return 1, 1, False, None, ""
