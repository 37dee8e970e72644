"""Objects and auxiliaries without a parser: the people after an active verb, their lists, and what stands before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from counterclaim.coding.claims import cues
from counterclaim.coding.claims.groups import ACRONYMS, DAYS, PREPOSITIONS, STOPS, Group
from counterclaim.coding.quantities import Quantity
from counterclaim.coding.words import words
from counterclaim.language import Token

JOINS = words("and or , & plus nor but")
INCLUDING = words("including among included namely")
_NEGATIONS = words("not n't never no without neither nor")
_DASHES = words("- -- — – _ :")
_SAYING = words("said say says told reported report added")
_ORDINALS = words("second third fourth fifth sixth")


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
        self._norms = tuple([token.text if token.text in ACRONYMS else token.norm for token in tokens[first:last]])
        self._starts = {group.first: group for group in groups}
        self._covering: dict[int, Group] = {}
        for group in groups:
            for index in range(group.first, group.last):
                self._covering[index] = group

    def _objects(self, index: int, strict: bool, governed: bool = False) -> list[Group]:
        """The victims that begin at token `index` and those joined to them.

        After a gerund that a preposition governs ("accused of killing two men and a boy went ...") the next verb is
        the sentence's own and takes no subject from the list.
        """
        at = index
        while at < self._last and at < index + 4 and at not in self._starts and self._skippable(at):
            at += 1
        group = self._starts.get(at)
        if group is None or not self._victim(group, strict):
            return []
        found = [group]
        self._join_after(found, strict, governed)
        return found

    def _join_after(self, found: list[Group], strict: bool, governed: bool = False) -> None:
        """Add to `found` the groups coordinated after its last: "two women and a child", "including five"."""
        at = found[-1].last
        for _ in range(30):
            at = self._after_phrases(at)
            joined = False
            begun = at
            while at < self._last and (
                self._norm(at) in JOINS
                or self._norm(at) in _DASHES
                or self._norm(at) in ("as", "well", "along", "together", "with", "alongside")
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
            apposed = group is not None and at == begun + 1 and self._norm(begun) == "," and found[-1].kind == "name"
            if group is not None and apposed and group.kind in ("singular", "definite"):
                after = self._after_phrases(group.last)
                if self._norm(after) != "," or self._norm(after + 1) not in ("along", "together", "alongside", "as"):
                    return
                at = after  # "Lena Sol, a veteran of the service, along with the envoy and 20 others"
                continue
            if group is None or group.kind in ("pronoun", "zero") or not self._listed(group, strict, governed):
                return
            if at == begun + 1 and self._norm(begun) == "," and not self._goes_on(group):
                return
            if at == begun + 1 and self._norm(begun) in _DASHES and not group.counted:
                return
            listed = at == begun + 1 and group.kind == "name" and found[-1].counted and found[-1].plural
            if listed:  # "two men, Omar Hadi and Lena Sol": the names are those of the counted
                return
            found.append(group)
            at = group.last

    def _listed(self, group: Group, strict: bool, governed: bool = False) -> bool:
        """True where a group after "and" continues the list and does not open a clause of its own."""
        if not (group.person or group.named or (group.counted and group.head < 0 and group.kind == "counted")):
            return False
        if not self._victim(group, strict) or (group.kind == "name" and not group.named):
            return False
        if governed:
            return True
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
        after = self._after_phrases(group.last)
        if self._norm(after) == "and" and self._starts.get(after + 1) is not None:
            # "30 others, witnesses and officials said": they are no victims but the source.
            after = self._after_phrases(self._starts[after + 1].last)
            return self._norm(after) not in _SAYING
        return group.kind == "counted" or self._norm(after) in (",", "and")

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

    def _open_bracket(self, at: int, stop: int) -> int:
        for index in range(at, max(stop - 1, at - 40), -1):
            if self._norm(index) == "(":
                return index
        return at

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
            return self._norm(group.last - 1) in _ORDINALS or self._norm(group.first) == "another"
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
            elif (word == "as" and be) or (word == "on" and self._norm(at + 1) in DAYS):
                pass
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
        at = index - self._first
        return at >= 0 and self._norms[at : at + len(phrase)] == phrase

    def _norm(self, index: int) -> str:
        return self._norms[index - self._first] if self._first <= index < self._last else ""
