"""Harm stated by nouns and figures: "the death toll rose to 105", "the deaths of two", "no casualties"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from counterclaim.coding.claims import cues
from counterclaim.coding.claims.clauses import INCLUDING, Aux
from counterclaim.coding.claims.groups import Group
from counterclaim.coding.claims.subjects import SubjectReader
from counterclaim.coding.quantities import Quantity
from counterclaim.coding.words import words
from counterclaim.language import HarmSpan
from counterclaim.records import Harm

_LIFE_TAKERS = words(
    "claim claimed claims claiming cost costing costs took take taken takes taking loss lost lose losing"
)
_BASES: dict[str, Harm] = {
    **cues.OF_NOUNS,
    "kidnap": "captured",
    "murder": "killed",
}
_REACHES = words("to at is was were of as stands stood reached exceeds : number")
_WHOSE = words("his her their my our")
_SIDELINED = words("injury injuries suspension suspensions retirement transfer transfers rivals resignation illness")
_TAG_WORDS = words("reports report word information news confirmation indication details")


class Stated(NamedTuple):
    """One harm stated of one group, before its fields are filled. Tokens `[first, last)` are the evidence.

    `heard` is the trained analyser's span of the same harm here; `silent`: it sees none. `signs` speak for
    and against a harm that it alone hears.
    """

    first: int
    last: int
    cue: tuple[int, int]
    harm: Harm
    groups: tuple[Group, ...]
    pattern: str
    part: bool = False
    negated: bool = False
    modal: str = ""
    quantity: Quantity | None = None
    active: bool = False
    heard: HarmSpan | None = None
    silent: bool = False
    signs: Mapping[str, float] | None = None


class NounReader(SubjectReader):
    """Reads the harms that nouns state in one sentence."""

    def _attribute(self, group: Group, index: int) -> Iterator[Stated]:
        word = self._norm(index)
        harm = cues.VERBS[word].harm if word in cues.VERBS else cues.PREDICATES.get(word)
        if harm is None or not group.counted or (word in cues.VERBS and cues.VERBS[word].form in ("base", "ing")):
            return
        if word == "dead" and group.kind == "singular":
            return
        harm = "killed" if self._norm(group.head) in ("bodies", "corpses", "remains") else harm
        yield Stated(group.first, group.last, (index, index + 1), harm, (group,), "attribute", quantity=group.quantity)

    def _count_noun(self, group: Group, word: str) -> Iterator[Stated]:
        quantity = group.quantity
        if quantity is None or (word in ("victims", "hostages") and self._refers_back(group)):
            return
        if quantity.min == quantity.max == 1 and word not in ("casualty", "fatality", "death"):
            return
        if word in ("death", "body", "killed", "injury") and group.kind not in ("singular", "zero", "counted"):
            return
        harm = cues.COUNT_NOUNS[word]
        last = group.last
        if self._norm(last) in ("and", "or") and self._norm(last + 1) in ("injuries", "wounded", "injured", "wounds"):
            harm = "casualties"
            last += 2
        negated = group.kind == "zero"
        yield Stated(
            group.first, last, (group.head, last), harm, (group,), "noun", negated=negated, quantity=group.quantity
        )

    def _refers_back(self, group: Group) -> bool:
        """ "the four victims", "one of the hostages": people told of before."""
        return self._norm(group.first) == "the" or self._norm(group.noun_first - 1) in ("the", "these", "those")

    def _of_noun(self, index: int, word: str) -> Iterator[Stated]:
        harm = cues.OF_NOUNS[word]
        at = index + 1
        if self._norm(at) == "by":
            at = self._after_phrases(at)
        if self._norm(at) != "of" and not (self._norm(at) == "to" and harm == "injured"):
            return
        if word == "lives" and self._norm(index - 2) not in _LIFE_TAKERS and self._norm(index - 1) not in _LIFE_TAKERS:
            return
        objects = self._objects(at + 1, harm in ("captured", "displaced", "casualties"))
        objects = [group for group in objects if group.person or group.named or group.quantity is not None]
        first = index
        covering = self._covering.get(index)
        if covering is not None and covering.counted and covering.kind in ("counted", "vague"):
            return
        aux = Aux(first, False, False, "", False, False)
        yield from self._emit(first, at, harm, objects, "of", aux)
        before = self._norm(index - 2)
        if self._norm(index - 1) == "and" and before in _BASES:
            yield from self._emit(index - 2, at, _BASES[before], objects, "of", aux)

    def _toll(self, index: int) -> Iterator[Stated]:
        """ "the death toll rose to 105", "put the toll at three", "bringing the toll since May to 40"."""
        best: Quantity | None = None
        for at in range(index + 1, min(self._last, index + 30)):
            if self._norm(at) in (";", ":") and at > index + 1:
                break
            quantity = self._quantities.get(at)
            if quantity is None or quantity.kind not in ("count", "vague") or quantity.last > self._last:
                continue
            before = self._norm(at - 1)
            if quantity.kind == "vague" and before not in ("to", "at", "of", "in"):
                continue
            if best is None or before in ("to", "at"):
                best = quantity
            if before in ("to", "at"):
                break
        if best is None:
            return
        harm: Harm = "casualties" if self._norm(index - 1) in ("casualty", "casualties") else "killed"
        if self._norm(index - 1) == "injury":
            harm = "injured"
        first = index - 1 if self._norm(index - 1) in ("death", "casualty", "injury", "overall") else index
        group = self._starts.get(best.first)
        if group is not None and group.thing:
            return
        groups = (group,) if group is not None and group.person else ()
        last = groups[-1].last if groups else best.last
        if self._norm(last) in cues.PREDICATES or self._norm(last) in cues.VERBS:
            return
        yield Stated(first, last, (first, index + 1), harm, groups, "toll", quantity=best)

    def _number_of(self, index: int) -> Iterator[Stated]:
        """ "the number of dead has risen to 30"."""
        at = index + 2
        while at < self._last and at < index + 6 and self._norm(at) not in cues.COUNT_NOUNS:
            at += 1
        harm = cues.COUNT_NOUNS.get(self._norm(at)) or cues.PREDICATES.get(self._norm(at))
        if harm is None:
            return
        back = index - 1 if self._norm(index - 1) == "the" else index
        raised = self._ending_at(back)
        if raised is not None and raised.quantity is not None and self._norm(raised.first - 1) == "to":
            yield Stated(raised.first, at + 1, (index, at + 1), harm, (), "toll", quantity=raised.quantity)
            return
        for step in range(at + 1, min(self._last, at + 14)):
            quantity = self._quantities.get(step)
            if quantity is not None and quantity.kind == "count" and self._norm(step - 1) in _REACHES:
                yield Stated(index, quantity.last, (index, at + 1), harm, (), "toll", quantity=quantity)
                return

    def _lost(self, index: int) -> Iterator[Stated]:
        group = self._starts.get(index + 1)
        if (
            group is not None
            and group.kind in ("counted", "vague")
            and group.person
            and self._norm(group.head) != "lives"
            and not (self._norm(group.last) in ("to", "through") and self._norm(group.last + 1) in _SIDELINED)
        ):
            aux = self._aux(index)
            yield from self._emit(index, index + 1, "killed", [group], "lost", aux)

    def _lives(self, group: Group) -> Iterator[Stated]:
        before = {self._norm(group.first - n) for n in (1, 2)}
        if group.counted and before & _LIFE_TAKERS:
            at = group.first - 1 if self._norm(group.first - 1) in _LIFE_TAKERS else group.first - 2
            yield Stated(at, group.last, (at, at + 1), "killed", (group,), "lives", quantity=group.quantity)

    def _no_reports(self, index: int) -> Iterator[Stated]:
        """ "no immediate reports of casualties" says none are known: 0."""
        at = index + 1
        while at < self._last and at < index + 4 and self._norm(at) not in _TAG_WORDS:
            at += 1
        if self._norm(at) not in _TAG_WORDS or self._norm(at + 1) not in ("of", "on", "about"):
            return
        for step in range(at + 2, min(at + 6, self._last)):
            harm = cues.COUNT_NOUNS.get(self._norm(step))
            if harm is not None and self._norm(step).endswith("s") and self._norm(step) != "victims":
                quantity = self._quantities.get(index)
                yield Stated(index, step + 1, (step, step + 1), harm, (), "noun", negated=True, quantity=quantity)
                return

    def _named(self, groups: Sequence[Group]) -> list[Group]:
        """The persons named one by one: names, and beside them "his wife"; "his wife, Lena" is one person."""
        if not any(group.kind == "name" for group in groups):
            return []
        named: list[Group] = []
        for group in groups:
            relative = group.kind == "definite" and not group.plural and self._norm(group.first) in _WHOSE
            if group.kind != "name" and not relative:
                continue
            last = named[-1] if named else None
            if (
                last is not None
                and self._norm(group.first - 1) == ","
                and group.first - 1 - last.last <= 1
                and (last.kind == "definite") != relative
                and self._norm(group.last) != "and"
            ):
                continue
            named.append(group)
        return named

    def _emit(
        self, first: int, last: int, harm: Harm, groups: Sequence[Group], pattern: str, aux: Aux, part: bool = False,
        after: bool = False,
    ) -> Iterator[Stated]:  # fmt: skip
        """One statement a counted group, one for all the names together, one for each person or kind of people."""
        if pattern in ("active", "ing") and groups and harm in ("casualties", "injured"):
            ahead = groups[-1].last
            if any(self._norm(at) == "to" and self._norm(at + 1) == "death" for at in range(ahead, ahead + 5)):
                harm = "killed"
        active = after or pattern in ("active", "ing", "base", "of", "lost")
        names = self._named(groups)
        done_names = False
        for number, group in enumerate(groups):
            is_part = part or (number > 0 and any(self._norm(group.first - n) in INCLUDING for n in (1, 2, 3)))
            if group in names or group.kind == "name":
                if done_names:
                    continue
                done_names = True
                members: tuple[Group, ...] = tuple(names)
            else:
                members = (group,)
            start = (
                min(aux.first if aux.be else first, members[0].first) if not active else min(first, members[0].first)
            )
            if members[0].first < first and not active:
                start = members[0].first
            end = max(last, members[-1].last)
            yield Stated(
                first=start,
                last=end,
                cue=(first, last),
                harm=harm,
                groups=members,
                pattern=pattern,
                part=is_part,
                negated=aux.negated,
                modal=aux.modal,
                quantity=group.quantity,
                active=active,
            )
