"""Harm said by pointing at another harm: rival figures, "as did her sons", the dead by name, an unknown fate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.coding.claims import cues
from counterclaim.coding.claims.clauses import INCLUDING, Aux
from counterclaim.coding.claims.groups import Group
from counterclaim.coding.claims.harm_nouns import NounReader, Stated
from counterclaim.coding.words import words
from counterclaim.records import Harm

_TOLD = words("said say says reported report reports claimed claim claims counted estimated recorded")
_LEADS = (("it", "was"), ("it", "at"), ("the", "figure", "was"), ("the", "number", "was"), ("the", "figure", "at"),
          ("the", "toll", "at"), ("that",), ("there", "were"))  # fmt: skip
_ENDS = words(". , ; ) and but while had were was have died have")
_LIKE = (("as", "did"), ("as", "were"), ("as", "was"), ("and", "so", "did"), ("so", "did"))
_VICTIMS: dict[str, Harm] = {
    "victims": "killed",
    "victim": "killed",
    "deceased": "killed",
    "dead": "killed",
    "slain": "killed",
    "killed": "killed",
    "injured": "injured",
    "wounded": "injured",
    "missing": "missing",
    "hostages": "captured",
    "hostage": "captured",
}
NAMED = words("identified named")
_UNKNOWN = words("unknown unclear uncertain")
_WOUNDS = words("wound wounds injury injuries burns")
_WOUNDS_AWAY = 6
"""Tokens between "suffered" and the wounds, at most."""
_AWAY = 12
"""Tokens between "the victims" and "were identified as", and between "fate of" and "unknown", at most."""


class EchoReader(NounReader):
    """Reads the harms of one sentence that lean on another's words."""

    def _rivals(self, found: Sequence[Stated]) -> Iterator[Stated]:
        """ "The toll is 12, while police say 14": a bare figure told by another counts the same harm."""
        used = {group.first for one in found for group in one.groups}
        spans = [(one.first, one.last) for one in found]
        for index in range(self._first, self._last):
            if self._norm(index) not in _TOLD:
                continue
            before = [one for one in found if one.last <= index and one.quantity is not None and not one.part]
            at = index + 1
            for lead in _LEADS:
                if self._stands(at, lead):
                    at += len(lead)
                    break
            group = self._starts.get(at)
            if not before or group is None or group.kind != "counted" or group.head >= 0 or group.first in used:
                continue
            if any(first <= at < last for first, last in spans) or self._norm(group.last) not in _ENDS | {""}:
                continue
            one = before[-1]
            if any(self._norm(step) == ";" for step in range(one.last, index)):
                continue
            yield Stated(
                at, group.last, one.cue, one.harm, (group,), "toll", quantity=group.quantity, active=one.active
            )

    def _summed(self, found: list[Stated]) -> Iterator[Stated]:
        """The parts listed after a colon, where they add up: "Ten died: six soldiers and four drivers"."""
        used = {group.first for one in found for group in one.groups}
        for one in found:
            total = one.quantity.min if one.quantity is not None and one.quantity.min == one.quantity.max else None
            colon = next((at for at in range(one.last, min(self._last, one.last + 8)) if self._norm(at) == ":"), -1)
            if total is None or colon < 0:
                continue
            parts: list[Group] = []
            rest = total
            for at in range(colon + 1, min(self._last, colon + 60)):
                group = self._starts.get(at)
                if group is None or group.quantity is None or group.quantity.min is None or group.first in used:
                    continue
                within = any(self._norm(group.first - n) in INCLUDING for n in (1, 2))
                if not group.person or (rest <= 0 and not within):
                    break
                rest -= 0 if within else group.quantity.min
                parts.append(group)
            if rest != 0 or len(parts) < 2:
                continue
            for part in parts:
                yield Stated(
                    part.first, part.last, one.cue, one.harm, (part,), one.pattern, True, one.negated, one.modal,
                    part.quantity, one.active,
                )  # fmt: skip
            used.update(part.first for part in parts)

    def _alike(self, found: Sequence[Stated]) -> Iterator[Stated]:
        """ "Her husband died, as did two sons"."""
        used = {group.first for one in found for group in one.groups}
        for index in range(self._first, self._last):
            for phrase in _LIKE:
                before = (
                    [one for one in found if one.last <= index and one.groups] if self._stands(index, phrase) else []
                )
                if not before or index - before[-1].last > _AWAY:
                    continue
                objects = [g for g in self._objects(index + len(phrase), True) if g.first not in used]
                aux = Aux(index, False, False, "", False, False)
                yield from self._emit(index, index + len(phrase), before[-1].harm, objects, "active", aux)
                break

    def _by_name(self, index: int) -> Iterator[Stated]:
        """ "The victims were identified as Ana Sol and Bo Lind"."""
        at = index + 1
        while at < self._last and at < index + _AWAY and self._norm(at) != "as" and self._norm(at) != ":":
            at += 1
        if self._norm(at) not in ("as", ":"):
            return
        harm = next(
            (
                _VICTIMS[self._norm(back)]
                for back in range(index - 1, max(self._first, index - _AWAY) - 1, -1)
                if self._norm(back) in _VICTIMS and self._passive(back, index)
            ),
            None,
        )
        objects = [group for group in self._objects(at + 1, False) if group.kind in ("name", "definite")]
        if harm is None or not any(group.kind == "name" for group in objects):
            return
        aux = Aux(index, False, False, "", False, False)
        for one in self._emit(index, at + 1, harm, objects, "active", aux):
            yield one._replace(first=next(b for b in range(index, -1, -1) if self._norm(b) in _VICTIMS))

    def _passive(self, noun: int, verb: int) -> bool:
        return any(self._norm(at) in cues.BE for at in range(noun + 1, verb))

    def _wounds(self, index: int) -> Iterator[tuple[int, int]]:
        """ "suffered non-life-threatening injuries": the verb and the token after the wounds."""
        for at in range(index + 1, min(self._last, index + _WOUNDS_AWAY)):
            if self._norm(at) in _WOUNDS:
                yield index, at + 1
                return
            if self._norm(at) in cues.BE or self._norm(at) in (",", "and", "from", "by"):
                return

    def _fate(self, index: int) -> Iterator[Stated]:
        """ "The fate of the other 15 is unknown"."""
        if self._norm(index + 1) != "of":
            return
        end = next((at for at in range(index + 2, min(self._last, index + _AWAY)) if self._norm(at) in _UNKNOWN), -1)
        objects = self._objects(index + 2, False) if end > 0 else []
        aux = Aux(index, False, False, "", False, False)
        yield from self._emit(index, end + 1, "missing", [g for g in objects if g.counted], "of", aux)
