"""Subjects and objects without a parser: the people before a passive, after an active verb, and in their lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from counterclaim.coding import cues
from counterclaim.coding.groups import ACRONYMS, DAYS, PREPOSITIONS, RELATIVES, STOPS, SUBORDINATORS, Group
from counterclaim.coding.quantities import Quantity
from counterclaim.coding.words import words
from counterclaim.language import Token

_JOINS = words("and or , & plus nor but")
INCLUDING = words("including among included namely")
_NEGATIONS = words("not n't never no without neither nor")
_DASHES = words("- -- — – _ :")
_STYLED = words("known named described identified serving working")
_ORDINALS = words("second third fourth fifth sixth")
_WALK = 60
"""Tokens walked back for the subject of a passive, at most: longer stretches hold other clauses."""


class Aux(NamedTuple):
    """What stands before a verb: its first token, forms of be and have, modal, negation, "to"."""

    first: int
    be: bool
    have: bool
    modal: str
    negated: bool
    to: bool


class Clause:
    """The walks within one sentence: tokens `[first, last)` and its groups."""

    def __init__(
        self,
        tokens: Sequence[Token],
        groups: Sequence[Group],
        quantities: Mapping[int, Quantity],
        first: int,
        last: int,
    ) -> None:
        self._tokens = tokens
        self._groups = groups
        self._quantities = quantities
        self._first = first
        self._last = last
        self._starts = {group.first: group for group in groups}
        self._covering: dict[int, Group] = {}
        for group in groups:
            for index in range(group.first, group.last):
                self._covering[index] = group

    def _objects(self, index: int, strict: bool) -> list[Group]:
        """The victims that begin at token `index` and those joined to them."""
        at = index
        while at < self._last and at < index + 4 and at not in self._starts and self._skippable(at):
            at += 1
        group = self._starts.get(at)
        if group is None or not self._victim(group, strict):
            return []
        found = [group]
        self._join_after(found, strict)
        return found

    def _join_after(self, found: list[Group], strict: bool) -> None:
        """Add to `found` the groups coordinated after its last: "two women and a child", "including five"."""
        at = found[-1].last
        for _ in range(30):
            at = self._after_phrases(at)
            joined = False
            begun = at
            while at < self._last and (
                self._norm(at) in _JOINS
                or self._norm(at) in _DASHES
                or self._norm(at) in ("as", "well", "along", "together", "with")
            ):
                joined = True
                at += 1
            if at < self._last and self._norm(at) in INCLUDING:
                joined = True
                at += 1
                if self._norm(at) in ("them", "those", "whom"):
                    at += 1
            while joined and self._norm(at) in ("also", "at", "possibly", "probably") and at not in self._starts:
                at += 1
            group = self._starts.get(at) if joined else None
            if group is None or group.kind in ("pronoun", "zero") or not self._listed(group, strict):
                return
            if at == begun + 1 and self._norm(begun) == "," and not self._goes_on(group):
                return
            if at == begun + 1 and self._norm(begun) in _DASHES and not group.counted:
                return
            apposed = at == begun + 1 and self._norm(begun) == "," and found[-1].kind == "name"
            if apposed and group.kind in ("singular", "definite"):
                return
            found.append(group)
            at = group.last

    def _listed(self, group: Group, strict: bool) -> bool:
        """True where a group after "and" continues the list and does not open a clause of its own."""
        if not (group.person or group.named or (group.counted and group.head < 0 and group.kind == "counted")):
            return False
        if not self._victim(group, strict) or (group.kind == "name" and not group.named):
            return False
        after = self._after_phrases(group.last)
        if self._norm(after) in ("said", "told", "says", "added"):
            return False
        while after < self._last and (self._norm(after) in cues.REPORTED or self._norm(after).endswith("ly")):
            after += 1
        word = self._norm(after)
        if (
            word in cues.BE
            or word in cues.HAVE
            or word in cues.MODALS
            or word in cues.INTRANSITIVE
            or word in cues.PREDICATES
        ):
            return False
        if word in cues.VERBS or word in (
            "said",
            "told",
            "says",
            "was",
            "left",
            "took",
            "went",
            "came",
            "fired",
            "lost",
        ):
            return False
        return not (word.endswith("ed") and after == group.last)

    def _goes_on(self, group: Group) -> bool:
        """True where a group after a bare comma belongs to the list: it is counted, or the list goes on after it."""
        return group.kind == "counted" or self._norm(self._after_phrases(group.last)) in (",", "and")

    def _after_phrases(self, at: int) -> int:
        """The token after the prepositional phrases, ages and brackets that begin at `at`."""
        for _ in range(4):
            word = self._norm(at)
            if word == "(":
                end = at + 1
                while end < self._last and end < at + 15 and self._norm(end) != ")":
                    end += 1
                if self._norm(end) != ")":
                    return at
                at = end + 1
            elif word == "," and self._tokens_digit(at + 1) and self._norm(at + 2) in (",", "and"):
                at += 2
            elif word in PREPOSITIONS and word not in ("including", "after", "before", "since", "until", "among"):
                step = at + 1
                while (
                    step < self._last and step < at + 3 and step not in self._starts and self._norm(step) not in STOPS
                ):
                    step += 1
                group = self._starts.get(step) or self._starts.get(at + 1)
                if group is None and step == at + 1:
                    return at
                at = group.last if group is not None else step
            else:
                return at
        if self._norm(at).endswith("ing") and at not in self._starts:
            end = at + 1
            while end < at + 4 and end < self._last and self._norm(end) not in ("and", ",", "."):
                end += 1
            if self._norm(end) == "and":
                return end
        return at

    def _subjects(self, index: int, strict: bool) -> tuple[list[Group], list[Group]]:
        """The victims before a passive or a verb of dying whose verb group begins at `index`, and their named parts."""
        parts: list[Group] = []
        at = index - 1
        stop = max(self._first, index - _WALK)
        while at >= stop:
            word = self._norm(at)
            group = self._covering.get(at)
            if group is not None and group.kind == "pronoun" and word in RELATIVES:
                group = None
            if group is not None:
                before = self._norm(group.first - 1)
                if before in PREPOSITIONS and before not in ("including", "but", "except"):
                    if before in INCLUDING and group.person:
                        parts.append(group)
                    at = group.first - 2
                    continue
                if before in INCLUDING:
                    part, start = self._list_back(group, strict)
                    parts.extend(part)
                    at = start - 2
                    continue
                if before == "as" and self._norm(group.first - 2) in _STYLED:
                    at = group.first - 3
                    continue
                if group.kind == "name" and self._of_names(group):
                    at = group.first - 2
                    continue
                if self._victim(group, strict) and self._can_be_subject(group):
                    found, start = self._list_back(group, strict)
                    if self._norm(start - 1) in INCLUDING:
                        parts.extend(found)
                        at = start - 2
                        continue
                    return self._named_first(found), parts
                at = group.first - 1
                continue
            if word == ")":
                at = self._open_bracket(at, stop) - 1
                continue
            if word in SUBORDINATORS or word in (";", ":") or (word == "that" and at < index - 1):
                if word in PREPOSITIONS:
                    at -= 1
                    continue
                return [], parts
            if (
                word in cues.BE or word in cues.HAVE or word in cues.VERBS or word in cues.INTRANSITIVE
            ) and at < index - 1:
                relative = self._relative_before(at, stop)
                if relative < 0:
                    return [], parts
                at = relative - 1
                continue
            at -= 1
        return [], parts

    def _of_names(self, group: Group) -> bool:
        """ "two daughters of Omar and Lena were killed": the names stand under the preposition."""
        if self._norm(group.first - 1) != "and":
            return False
        before = self._covering.get(group.first - 2)
        return before is not None and before.kind == "name" and self._norm(before.first - 1) == "of"

    def _can_be_subject(self, group: Group) -> bool:
        """ "37 people, who attended a ceremony, were killed": one thing unknown before the verb is no victim."""
        return group.person or group.named or group.plural or group.head < 0 or group.kind == "zero"

    def _named_first(self, groups: list[Group]) -> list[Group]:
        """ "Omar Hadi, the leader of ..." is one person: an apposition after a name adds nobody."""
        if len(groups) > 1 and groups[0].kind == "name":
            kept = [groups[0]]
            for group in groups[1:]:
                comma = self._norm(group.first - 1) == ","
                if comma and group.kind in ("definite", "singular", "bare") and not group.plural:
                    continue
                kept.append(group)
            return kept
        return groups

    def _list_back(self, group: Group, strict: bool) -> tuple[list[Group], int]:
        """The group and those coordinated before it, in text order, and the first token of the first."""
        found = [group]
        at = group.first
        apposed = self._apposed_to(group)
        if apposed is not None and self._victim(apposed, strict):
            return [apposed], apposed.first
        for _ in range(30):
            back = at - 1
            seen = False
            while back >= self._first and self._norm(back) in _JOINS:
                seen = True
                back -= 1
            if not seen:
                break
            if self._tokens_digit(back) and self._norm(back - 1) == ",":
                back -= 2
            if self._norm(back) == ")":
                back = self._open_bracket(back, self._first) - 1
            before = self._covering.get(back)
            if before is not None and self._norm(before.first - 1) in ("of", "from"):
                before = self._covering.get(before.first - 2)
            if before is None or before.kind in ("pronoun", "zero") or not self._victim(before, strict):
                break
            if not (before.person or before.named) and before.head >= 0:
                break
            if self._norm(before.first - 1) in PREPOSITIONS and self._norm(before.first - 1) != "including":
                break
            if self._norm(before.first - 1) in cues.VERBS:
                break
            if self._norm(before.first - 1) in INCLUDING and self._norm(at - 2) == ",":
                break
            found.insert(0, before)
            at = before.first
        return found, at

    def _apposed_to(self, group: Group) -> Group | None:
        """The person whom "a former village chief" explains in "a man, a former village chief, was shot"; else None."""
        if self._norm(group.first - 1) != "," or group.plural or group.kind not in ("singular", "definite", "bare"):
            return None
        if self._norm(self._after_phrases(group.last)) != ",":
            return None
        back = group.first - 2
        if self._tokens_digit(back) and self._norm(back - 1) == ",":
            back -= 2
        before = self._covering.get(back)
        if before is not None and self._norm(before.first - 1) in ("of", "from"):
            before = self._covering.get(before.first - 2)
        if before is None or before.plural or before.kind not in ("singular", "definite", "name"):
            return None
        return before if self._norm(before.first - 1) not in PREPOSITIONS and self._norm(back + 1) == "," else None

    def _joined_before(self, group: Group, strict: bool) -> list[Group]:
        found, _ = self._list_back(group, strict)
        kept = [group]
        for before in reversed(found[:-1]):
            if before.kind not in ("counted", "singular", "vague", "name") or self._followed_by_cue(before):
                break
            kept.insert(0, before)
        return self._named_first(kept)

    def _followed_by_cue(self, group: Group) -> bool:
        return self._norm(group.last) in cues.PREDICATES or self._norm(group.last) in cues.VERBS

    def _relative_before(self, at: int, stop: int) -> int:
        """The token of the "who", "which" or "whose" that opens the clause of the verb at `at`; -1 where none does."""
        for index in range(at - 1, max(stop - 1, at - 25), -1):
            word = self._norm(index)
            if word in ("who", "which", "whose", "whom") or (word == "that" and self._covering.get(index - 1)):
                return index
            if word in (";", ":") or word in ("when", "after", "because", "if", "said", "while"):
                return -1
        return -1

    def _open_bracket(self, at: int, stop: int) -> int:
        for index in range(at, max(stop - 1, at - 40), -1):
            if self._norm(index) == "(":
                return index
        return at

    def _companions(self, at: int, strict: bool) -> list[Group]:
        """ "was killed along with three guards"."""
        while self._norm(at) in ("on", "in", "yesterday", "today") and at + 2 < self._last and self._norm(at) != "in":
            at += 2
        for words_ in (("along", "with"), ("together", "with"), ("alongside",), ("as", "well", "as"), ("with",)):
            if self._stands(at, words_):
                group = self._starts.get(at + len(words_))
                if group is None or not self._victim(group, True) or (words_ == ("with",) and group.kind == "singular"):
                    return []
                found = [group]
                self._join_after(found, strict)
                return found
        return []

    def _victim(self, group: Group, strict: bool) -> bool:
        """True where the group can be people harmed."""
        if group.thing or self._norm(group.head) in ("suspect", "suspects", "i", "me"):
            return False
        if group.kind == "name" and self._norm(group.last) == "'s":
            return False
        if group.person:
            return True
        if group.kind == "zero" or (group.kind in ("counted", "vague") and group.head < 0):
            return True
        if group.kind == "singular" and group.head < 0:
            return self._norm(group.last - 1) in _ORDINALS
        if strict:
            return False
        return group.kind in ("counted", "singular", "vague", "name") and group.head >= 0

    def _aux(self, index: int) -> Aux:
        """What stands before the verb: forms of be and have, modals, negation, adverbs."""
        be = have = negated = to = False
        modal = ""
        at = index - 1
        while at >= self._first:
            word = self._norm(at)
            if at in self._covering and word not in ("all", "both", "each", "most"):
                break
            if word in cues.BE:
                be = True
            elif word in cues.HAVE:
                have = True
            elif word in cues.MODALS:
                modal = word
            elif word in _NEGATIONS:
                negated = True
            elif word == "to" and at == index - 1:
                to = True
            elif word in ("to", "and", "or") and (be or word == "to"):
                to = to or word == "to"
            elif word in ("and", "or", ",") and self._chained(at):
                at = self._chained(at)
                continue
            elif not (word in cues.REPORTED or word in DAYS or word.endswith("ly") or word in ('"', "'", "''", "``")):
                break
            at -= 1
        return Aux(at + 1, be, have, modal, negated, to)

    def _chained(self, at: int) -> int:
        """Where "were shot and killed" or "were beaten, tortured and killed" chains verbs: the earlier verb's token."""
        back = at - 1
        while back >= self._first and self._norm(back) in (",", "and", "or", "then"):
            back -= 1
        if (
            self._norm(back) in cues.VERBS
            and back not in self._covering
            and cues.VERBS[self._norm(back)].form in ("past", "participle")
        ):
            return back - 1
        return 0

    def _ending_at(self, index: int) -> Group | None:
        group = self._covering.get(index - 1)
        return group if group is not None and group.last == index else None

    def _skippable(self, index: int) -> bool:
        word = self._norm(index)
        return word in ('"', "``", "''", "“", "”", "also", "dead") or word.endswith("ly")

    def _tokens_digit(self, index: int) -> bool:
        return self._norm(index)[:1].isdigit()

    def _stands(self, index: int, phrase: tuple[str, ...]) -> bool:
        return all(self._norm(index + n) == word for n, word in enumerate(phrase))

    def _norm(self, index: int) -> str:
        if not self._first <= index < self._last:
            return ""
        token = self._tokens[index]
        return token.text if token.text in ACRONYMS else token.norm
