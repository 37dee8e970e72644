"""Who the victims are: civilians, combatants, both, or not said; and the side they belong to.

The nouns of the group speak first ("soldiers", "children"), then what they are members of, then who is named with them,
then the kind of place that was struck, and last what the report calls all its other victims.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from counterclaim.coding.claims import tuned
from counterclaim.coding.claims.groups import Group
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.people import kind_of
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import VictimKind
from counterclaim.resolving.actors import ActorIndex

_ARMED = words(
    "isis is isil daesh sdf ypg ypj pkk ltte farc taliban taleban hamas hezbollah hizbullah hizbollah al-qaeda "
    "al-qaida al-nusra nusra al-shabaab shabaab boko haram jihad guard guards army police military militia forces "
    "force brigade brigades battalion unit regiment navy marines squad patrol front guerrilla guerrillas resistance "
    "combatant infantry platoon security service commando armed peshmerga rebels troops corps coalition monuc isaf "
    "nato lashkar"
)
_HOUSEHOLD = words("family household families village tribe clan community congregation staff public crew tour school")
_CIVIL_BODIES = words("civil defence defense red crescent cross agency parliament council ministry")
_CIVIL_SITES = re.compile(
    r"\b(?:civilian(?! (?:infrastructure|objects|facilit|aircraft|plane))|"
    r"stabbing|accident|market|marketplace|school|restaurant|cafe|hotel|"
    r"pilgrim|wedding|funeral|residential|colliery|coal mine|miners?|factory|shoppers?|nightclub|bakery|"
    r"refugee camp|passengers?|worshipp?ers|students?|gas blast|mall|festival|playground)",
    re.IGNORECASE,
)
_SAME_AS_BEFORE = words("others other more another wounded injured dead killed missing")
_VAGUE_NOUNS = words("people person persons man men others other")
_ONCE = words("former ex retired one-time")
_TITLES = {"dr": "civilian", "prof": "civilian", "sgt": "combatant", "lt": "combatant", "gen": "combatant",
           "col": "combatant", "capt": "combatant", "cpl": "combatant", "maj": "combatant", "rep": "civilian",
           "sen": "civilian", "rev": "civilian", "cmdr": "combatant"}  # fmt: skip
_BACK = 60
"""Tokens back within which a pronoun's person is looked for."""
_MOST = 0.8
"""Share of the report's other victims that must be civilians before they speak for those left open."""
_ENOUGH = 3
"""Civilian claims needed for that."""


_KINDS: Mapping[str, VictimKind] = {
    "civilian": "civilian",
    "combatant": "combatant",
    "mixed": "mixed",
    "unknown": "unknown",
}
"""The kinds a trained analyser may name."""


class KindReader:
    """Kinds of victims over one report's statements, in text order."""

    def __init__(
        self,
        analysis: Analysis,
        actors: ActorIndex,
        stated: Sequence[Stated],
        hearing: tuple[float, float, float] = tuned.KIND,
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._actors = actors
        self._names: dict[str, VictimKind] = {}
        self._learn_names(stated)
        self._kinds = self._read(stated, hearing)

    def kind(self, number: int) -> VictimKind:
        """The kind of the victims of statement `number`."""
        return self._kinds[number]

    def _read(self, stated: Sequence[Stated], hearing: tuple[float, float, float]) -> list[VictimKind]:
        kinds: list[VictimKind] = []
        for number, one in enumerate(stated):
            kind = self._own(one)
            if kind == "unknown" and number and self._takes_over(stated[number - 1], one):
                kind = kinds[number - 1]
            if kind == "unknown":
                kind = self._around(one)
            kinds.append(kind)
        self._mix(stated, kinds)
        known = Counter(kind for kind in kinds if kind in ("civilian", "combatant"))
        # Only civilians: among fighters' dead, those left open are as often passers-by.
        spread = known["civilian"] >= max(_ENOUGH, _MOST * sum(known.values()))
        return [_settled(one, kind, spread, hearing) for one, kind in zip(stated, kinds, strict=True)]

    def _mix(self, stated: Sequence[Stated], kinds: list[VictimKind]) -> None:
        """ "Six people, including a soldier": people of no kind of whom a part were fighters are mixed."""
        for number, one in enumerate(stated):
            if not one.groups or one.part or self._own(one) != "unknown":
                continue
            for other in stated[number + 1 : number + 4]:
                same = other.part and other.harm == one.harm and other.first <= one.last
                if same and self._own(other) == "combatant":
                    kinds[number] = "mixed"

    def _own(self, one: Stated) -> VictimKind:
        """From the group's own words, and what it is a part of."""
        for group in one.groups:
            if group.kind == "name":
                kind = self._of_name(group)
                if kind != "unknown":
                    return kind
            if group.kind == "pronoun":
                return self._of_pronoun(group)
            for index in range(group.last - 1, group.noun_first - 1, -1):
                kind = kind_of(self._tokens[index].norm)
                if kind == "civilian" and self._norm(index - 1) in _ARMED:
                    return "combatant"
                if kind == "combatant" and not _ONCE.isdisjoint(self._norm(at) for at in range(group.first, index)):
                    return "civilian"
                if kind != "unknown":
                    return kind
            if self._norm(group.last) == "of" and self._norm(group.last + 1) == "war":
                return "combatant"
            kind = self._of_body(group.noun_first, group.last)
            if kind == "unknown" and self._norm(group.last) in ("of", "from", "in"):
                kind = self._of_body(group.last + 1, group.last + 7)
            if kind != "unknown":
                return kind
            start, end = self._tokens[group.first].start, self._tokens[group.last - 1].end
            for _, actor in self._actors.within(start, end):
                if actor.kind in ("armed_group", "military"):
                    return "combatant"
        if one.pattern == "toll":
            return self._of_body(one.first - 5, one.first)
        return "unknown"

    def _of_body(self, first: int, last: int) -> VictimKind:
        for index in range(max(first, 0), min(last, len(self._tokens))):
            word = self._norm(index)
            if word in (",", ".", ";", "and", "were", "was", "when", "in", "by") and word != "and":
                break
            if word in _CIVIL_BODIES and self._norm(index - 1) + word != "securityagency":
                return "civilian"
            if word in _ARMED and (word != "is" or self._tokens[index].text == "IS"):
                return "combatant"
            if word in _HOUSEHOLD or word.startswith("civilian"):
                return "civilian"
        return "unknown"

    def _of_name(self, group: Group) -> VictimKind:
        for index in range(group.first, group.last):
            title = _TITLES.get(self._norm(index).rstrip("."))
            if title == "combatant":
                return "combatant"
            if title == "civilian":
                return "civilian"
        return self._names.get(self._norm(group.last - 1), "unknown")

    def _of_pronoun(self, group: Group) -> VictimKind:
        """ "he" is of the kind of the last person named whose kind is known."""
        for index in range(group.first - 1, max(-1, group.first - _BACK), -1):
            token = self._tokens[index]
            if token.text[:1].isupper() and token.norm in self._names:
                return self._names[token.norm]
        return "unknown"

    def _learn_names(self, stated: Sequence[Stated]) -> None:
        """ "Omar Hadi, a teacher", "the journalist Lena Okoro": what is said once of a name holds throughout."""
        wanted = {self._norm(group.last - 1) for one in stated for group in one.groups if group.kind == "name"}
        for position, token in enumerate(self._tokens):
            if token.norm not in wanted or token.norm in self._names or not token.text[:1].isupper():
                continue
            kind = self._before_name(position)
            if kind == "unknown":
                kind = self._after_name(position + 1)
            if kind != "unknown":
                self._names[token.norm] = kind

    def _before_name(self, position: int) -> VictimKind:
        """From the words of the same phrase before a name."""
        for index in range(position - 1, max(-1, position - 6), -1):
            word = self._norm(index)
            title = _TITLES.get(word.rstrip("."))
            if title is not None:
                return "combatant" if title == "combatant" else "civilian"
            if not word[:1].isalpha() or word in (
                "by",
                "and",
                "of",
                "in",
                "said",
                "that",
                "was",
                "with",
                "to",
                "killed",
            ):
                return "unknown"
            kind = kind_of(word)
            if kind != "unknown":
                return "combatant" if self._norm(index - 1) in _ARMED else kind
        return "unknown"

    def _after_name(self, position: int) -> VictimKind:
        """From the apposition after a name, past an age."""
        if self._norm(position) not in (",", "("):
            return "unknown"
        if self._norm(position + 1)[:1].isdigit() and self._norm(position + 2) in (",", ")"):
            position += 2
        if self._norm(position + 1) not in ("a", "an", "the", "one", "his", "her", "who"):
            return "unknown"
        for index in range(position + 1, position + 9):
            word = self._norm(index)
            kind = kind_of(word)
            if kind == "unknown" and word in ("leader", "commander", "chief", "member"):
                kind = self._of_body(index + 1, index + 6)
            if kind != "unknown":
                return kind
            if word in ("was", "were", "in", "by", ".", ",", "said"):
                break
        return "unknown"

    def _takes_over(self, before: Stated, one: Stated) -> bool:
        """ "killed nine soldiers and wounded 30 others": the second amount is of the same people."""
        if self._analysis.sentence_at(self._tokens[before.first].start) != self._analysis.sentence_at(
            self._tokens[one.first].start
        ):
            return False
        if not one.groups:
            return one.pattern == "toll"
        head = one.groups[0].head
        return one.groups[0].quantity is not None and (head < 0 or self._norm(head) in _SAME_AS_BEFORE)

    def _around(self, one: Stated) -> VictimKind:
        """From what is done to them, who is among them, and where."""
        if one.harm == "displaced":
            return "civilian"
        cue = self._norm(one.cue[0])
        if one.harm == "captured" and (
            cue.startswith(("kidnap", "abduct", "hostage")) or "hostage" in self._evidence(one)
        ):
            return "civilian"
        head = self._norm(one.groups[0].head) if one.groups and one.groups[0].head >= 0 else ""
        after = self._text(one.last, one.last + 8)
        if re.match(r",? ?(?:mostly|mainly|including|all|many|most of them) (?:women|civilians?|children)", after):
            return "civilian"
        if head in _VAGUE_NOUNS or not head:
            sentence = self._analysis.sentences[self._analysis.sentence_at(self._tokens[one.first].start)]
            start = max(sentence.start, self._tokens[one.first].start - 300)
            if _CIVIL_SITES.search(self._analysis.text, start, min(sentence.end, start + 700)):
                return "civilian"
        return "unknown"

    def _evidence(self, one: Stated) -> str:
        return self._text(one.first, one.last)

    def _text(self, first: int, last: int) -> str:
        chosen = self._tokens[first : min(last, len(self._tokens))]
        return self._analysis.text[chosen[0].start : chosen[-1].end] if chosen else ""

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""


def _settled(one: Stated, kind: VictimKind, spread: bool, hearing: tuple[float, float, float]) -> VictimKind:
    """The kind after the trained analyser is heard; `spread`: the report's other victims are civilians."""
    heard, chance = one.heard.about.get("victim_kind", ("", 0.0)) if one.heard is not None else ("", 0.0)
    if_open, against, if_spread = hearing
    if kind == "mixed":
        return kind
    if kind == "unknown":
        if heard in ("civilian", "combatant") and chance >= if_open:
            return _KINDS[heard]
        return "civilian" if spread and not (heard == "unknown" and chance >= if_spread) else "unknown"
    return _KINDS.get(heard, kind) if chance >= against else kind
