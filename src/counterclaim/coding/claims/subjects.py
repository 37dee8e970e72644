"""Subjects without a parser: the people before a passive or a verb of dying, and those named beside them."""

from __future__ import annotations

from bisect import bisect_left

from counterclaim.coding.claims import cues
from counterclaim.coding.claims.clauses import INCLUDING, JOINS, Clause
from counterclaim.coding.claims.groups import DAYS, PREPOSITIONS, RELATIVES, SUBORDINATORS, Group
from counterclaim.coding.words import words

_WITH = tuple(
    tuple(line.split())
    for line in ("along with", "together with", "alongside", "as well as", "with", "as were", "as was")
)
_STYLED = words("known named described identified serving working")
_WALK = 60
"""Tokens walked back for the subject of a passive, at most: longer stretches hold other clauses."""


class SubjectReader(Clause):
    """The walks back from a verb within one sentence."""

    def _subjects(self, index: int, strict: bool) -> tuple[list[Group], list[Group]]:
        """The victims before a passive or a verb of dying whose verb group begins at `index`, and their named parts."""
        parts: list[Group] = []
        antecedent = self._antecedent(index, strict) or self._all_of_them(index)
        if antecedent is not None:
            return [antecedent], parts
        at = index - 1
        if self._norm(at) in ("--", "—", "–"):
            opening = next((back for back in range(at - 1, at - 30, -1) if self._norm(back) == self._norm(at)), at)
            at = opening - 1
        stop = max(self._first, index - _WALK)
        while at >= stop:
            word = self._norm(at)
            group = self._covering.get(at)
            if group is not None and group.kind == "pronoun" and word in RELATIVES:
                group = None
            if group is not None:
                before = self._norm(group.first - 1)
                if before in PREPOSITIONS and before not in SUBORDINATORS and before not in ("including", "except"):
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
                if self._norm(index - 1) == "," and group.kind in ("bare", "definite", "singular"):
                    relative = self._relative_before(group.first, stop)
                    if relative >= 0 and self._ending_at(relative - (self._norm(relative - 1) == ",")) is not None:
                        at = relative - 1
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

    def _can_be_subject(self, group: Group) -> bool:
        """ "37 people, who attended a ceremony, were killed": one thing unknown before the verb is no victim."""
        return group.person or group.named or group.plural or group.head < 0 or group.kind == "zero"

    def _antecedent(self, index: int, strict: bool) -> Group | None:
        """ "the names of 10 villagers who were killed": the group right before "who", whatever governs it."""
        if self._norm(index - 1) not in ("who", "which", "that"):
            return None
        back = index - 1
        while self._norm(back - 1) in (",", ")") and back > index - 4:
            back -= 1
        group = self._ending_at(back)
        if group is None or not group.counted or not group.person or not self._victim(group, strict):
            return None
        return group

    def _all_of_them(self, index: int) -> Group | None:
        """ "Ten rebels hid there and all of them were killed": the last people counted before "all"."""
        at = index
        if self._norm(index - 1) in ("them", "whom") and self._norm(index - 2) == "of":
            at = index - 3
        if self._norm(at) not in ("all", "both") or (at == index and self._norm(at - 1) not in ("and", ",")):
            return None
        near = bisect_left(self._groups, at, key=lambda group: group.first)
        for group in reversed(self._groups[max(0, near - _WALK) : near]):
            if at - group.last > _WALK:
                return None
            if group.counted and group.person and group.plural:
                return group
        return None

    def _of_names(self, group: Group) -> bool:
        """ "two daughters of Omar and Lena were killed": the names stand under the preposition."""
        if self._norm(group.first - 1) != "and":
            return False
        before = self._covering.get(group.first - 2)
        return before is not None and before.kind == "name" and self._norm(before.first - 1) == "of"

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
            while back >= self._first and self._norm(back) in JOINS:
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
                comma = self._norm(before.first - 2) == ","
                before = self._covering.get(before.first - (3 if comma else 2))
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
            if before.counted and before.plural and len(found) > 2 and self._lists(before, found[1:]):
                return [before], at
        return found, at

    def _lists(self, counted: Group, names: list[Group]) -> bool:
        """ "their three sons, A, B and C, were killed": the names are those of the counted."""
        amount = counted.quantity.min if counted.quantity is not None else None
        return amount == len(names) and all(group.kind == "name" for group in names)

    def _apposed_to(self, group: Group) -> Group | None:
        """The person whom "a former village chief" explains in "a man, a former village chief, was shot"; else None."""
        if self._norm(group.first - 1) != "," or group.plural:
            return None
        if group.kind == "name":
            return self._explained(group)
        if group.kind not in ("singular", "definite", "bare"):
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

    def _explained(self, name: Group) -> Group | None:
        """The name itself in "the general, Omar Hadi, was captured": one person said twice."""
        before = self._ending_at(name.first - 1)
        if before is None or before.kind not in ("singular", "definite") or before.plural or not before.person:
            return None
        opens = self._norm(before.first - 1) not in JOINS
        return name if opens and self._norm(self._after_phrases(name.last)) == "," else None

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

    def _companions(self, at: int, strict: bool) -> list[Group]:
        """ "was killed along with three guards"."""
        while self._norm(at) in ("yesterday", "today") or self._norm(at) in DAYS:
            at += 1
        if not self._stands(at, ("with",)) and not self._stands(at, ("along",)):
            at = self._after_phrases(at)
        if self._norm(at) == ",":
            at += 1
        for words_ in _WITH:
            if self._stands(at, words_):
                group = self._starts.get(at + len(words_))
                if group is None or not self._victim(group, True) or (words_ == ("with",) and group.kind == "singular"):
                    return []
                found = [group]
                self._join_after(found, strict)
                return found
        return []
