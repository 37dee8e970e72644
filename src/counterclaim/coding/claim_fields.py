"""The fields of a claim: amount, victims, sides, source and stance, place and date, background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from counterclaim.coding.context import clause, is_background, is_period
from counterclaim.coding.groups import Group
from counterclaim.coding.harms import Stated
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Claim, ClaimLinks, Place, Time, VictimKind
from counterclaim.resolving.actors import ActorIndex


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
    ) -> None:
        self._analysis = analysis
        self._attributions = attributions
        self._actors = actors
        self._places = places
        self._times = times
        self._published = published

    def claim(self, stated: Stated, claim_id: str, kind: VictimKind) -> Claim:
        """The claim of one statement."""
        tokens = self._analysis.tokens
        text = self._analysis.text
        start, end = tokens[stated.first].start, tokens[stated.last - 1].end
        low, high, approx, vague, quantity = self._amount(stated)
        victims = self._victims(stated.groups)
        left, right = clause(self._analysis, start, end)
        attribution = self._attribution(start, end)
        source = text[slice(*attribution.source)] if attribution is not None and attribution.source else ""
        background = is_background(self._analysis, start, end, times=self._times, published=self._published)
        stance = "asserts"
        if stated.modal in ("could", "may", "might", "would"):
            stance = "hypothetical"
        return Claim(
            id=claim_id,
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
            cumulative=is_period(text[left:right]),
            victims=victims,
            victim_kind=kind,
            source=source,
            source_kind="author" if attribution is None or not source else attribution.kind,
            stance=stance,  # type: ignore[arg-type]
            background=background,
            links=ClaimLinks(attribution=attribution.id if attribution is not None else None),
            confidence=0.5,
        )

    def _amount(self, stated: Stated) -> tuple[int | None, int | None, bool, str | None, str]:
        quantity = stated.quantity
        text = self._analysis.text
        if quantity is not None:
            return quantity.min, quantity.max, quantity.approx, quantity.vague, text[quantity.start : quantity.end]
        names = [group for group in stated.groups if group.kind == "name"]
        if names:
            return len(names), len(names), False, None, ""
        group = stated.groups[0] if stated.groups else None
        if group is None or group.plural:
            return None, None, False, None, ""
        return 1, 1, False, None, ""

    def _victims(self, groups: Sequence[Group]) -> str:
        if not groups or groups[0].head < 0:
            return ""
        first, last = groups[0], groups[-1]
        begin = first.noun_first if first is last or first.kind != "name" else first.first
        tokens = self._analysis.tokens
        if begin >= last.last:
            return ""
        return self._analysis.text[tokens[begin].start : tokens[last.last - 1].end]

    def _attribution(self, start: int, end: int) -> Attribution | None:
        best: Attribution | None = None
        size = 0
        for attribution in self._attributions:
            for left, right in attribution.content:
                if left <= start and end <= right and (best is None or right - left < size):
                    best, size = attribution, right - left
        return best
