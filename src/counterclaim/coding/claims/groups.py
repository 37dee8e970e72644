"""Groups of people named in a sentence: "at least 49 Armenian soldiers", "a teacher", "the two drivers", "he".

Without a parser, a group is a run of words that may stand inside a noun phrase, cut at its last word for people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from counterclaim.coding.claims.cues import INTRANSITIVE, PREDICATES, VERBS
from counterclaim.coding.nations import is_compatriot
from counterclaim.coding.people import is_person, is_plural, is_thing
from counterclaim.coding.quantities import Quantity
from counterclaim.coding.words import words
from counterclaim.language import Token

GroupKind = Literal["counted", "singular", "vague", "zero", "definite", "bare", "name", "pronoun"]

PREPOSITIONS = words(
    "of in on at by with from to for near into against between among amid during outside inside around over under "
    "through across about after before since until till towards toward beside beneath above below within without "
    "throughout despite because including like upon off per via along behind beyond following amongst aboard "
    "alongside"
)
SUBORDINATORS = words(
    "when while as because if that after before since until although though where whereas once so but than"
)
RELATIVES = words("who which whom whose that")
DETERMINERS = words("the his her their its our my your these those this such whose all most")
PRONOUNS = words("he she him they them we us i me himself herself themselves")
_SINGULAR_PRONOUNS = words("he she him i me himself herself")
_OTHER_STOPS = words(
    "and or nor but yet , ; : ( ) [ ] was were are is been being be am has have had having do does did may might "
    "could would can should will must shall not n't also then there it its there's they're he's she's it's what how "
    "why who here now today yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january "
    "february march april june july august september october november december said says say told tells according "
    "reported reports reportedly allegedly apparently later earlier meanwhile however therefore thus just only "
    "still even very too much left leaving leave leaves went go goes came come comes became become took take takes "
    "taken took taking made make makes making put puts brought bring brings bringing rose rise rises risen stood "
    "stands remain remained remains claimed claims claiming fired fire began begin begins started start including "
    "included includes another a an no none both either neither each every some any many several few more most ago "
    "away back up down out again while found find finds suffered suffering sustained caused causing cause causes "
    "feared presumed lost lose losing loses ended armed working living travelling traveling riding trying using being "
    "opened hit "
    "struck strike detonated exploded attacked carried carrying held hold holding belonging living described "
    "identified named called accused seen treated last next this that since until when where soon once never ever "
    "always often today's & / \\ = + * # @ | < > ^ _ ~ % $"
)
STOPS = PREPOSITIONS | SUBORDINATORS | RELATIVES | DETERMINERS | PRONOUNS | _OTHER_STOPS
DAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov "
    "dec"
)
_OF_BODIES = words("bag bags armour armor count counts parts camera cameras search searches language")
_SETS = words("family group crowd crew team gang band couple convoy")
_YEARS = words("year years month months")
_MORE = words("other more further additional new")
_ADJECTIVE_ENDINGS = ("ed", "ing", "ly")
ACRONYMS = frozenset(("US", "WHO", "IT", "IS"))
"""Upper-case names that are pronouns or verbs in lower case."""
_LONGEST = 9
"""Words in the longest group read: "the former Bosnian Serb army chief of staff's bodyguard" needs no more."""


@dataclass(frozen=True, slots=True)
class Group:
    """People named by tokens `[first, last)`. `head` is the token of the noun, -1 where a figure stands alone."""

    first: int
    last: int
    kind: GroupKind
    head: int
    quantity: Quantity | None
    person: bool
    thing: bool
    plural: bool
    noun_first: int
    attribute: int = -1
    named: bool = False
    whole: Quantity | None = None

    @property
    def counted(self) -> bool:
        """True where the words state an amount."""
        return self.quantity is not None


class GroupReader:
    """Reads the groups of one text.

    `persons` maps the first token of a person's mention to the token after it; `names` does so for names that may be a
    person's or a body's; `nobody` holds the tokens of names of places and bodies.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        quantities: Mapping[int, Quantity],
        persons: Mapping[int, int],
        names: Mapping[int, int] | None = None,
        nobody: Collection[int] = (),
    ) -> None:
        self._tokens = tokens
        self._quantities = quantities
        self._persons = persons
        self._names = names or {}
        self._nobody = nobody

    def read(self, first: int, last: int) -> list[Group]:
        """The groups between two tokens, in order, not overlapping."""
        groups: list[Group] = []
        index = first
        while index < last:
            group = self._group_at(index, last)
            if group is not None and group.kind == "name":
                group = self._possessed(group, last)
            if group is None:
                index += 1
            else:
                groups.append(group)
                index = max(group.last, index + 1)
        return groups

    def _group_at(self, index: int, last: int) -> Group | None:
        token = self._tokens[index]
        aged = self._aged(index, last)
        if aged:
            group = self._group_at(aged, last)
            return replace(group, first=index) if group is not None and group.kind in ("name", "bare") else None
        quantity = self._quantities.get(index)
        if quantity is not None and quantity.last <= last:
            return self._counted(index, quantity, last)
        if token.norm in PRONOUNS and not _acronym(token):
            plural = token.norm not in _SINGULAR_PRONOUNS
            return Group(index, index + 1, "pronoun", index, None, True, False, plural, index)
        if token.norm in DETERMINERS:
            return self._definite(index, last)
        if index in self._persons and self._persons[index] <= last:
            end = self._persons[index]
            return Group(index, end, "name", end - 1, None, True, False, False, index, named=True)
        if (token.norm in STOPS and not _acronym(token)) or not token.text[0].isalpha():
            return None
        return self._bare(index, last) or self._some_name(index, last)

    def _aged(self, index: int, last: int) -> int:
        """The token after an age before a name, "54-year-old Lena", "8 year old Omar"; 0 where none stands here."""
        text = self._tokens[index].norm
        if not text[:1].isdigit():
            return 0
        if text.endswith(("-year-old", "-month-old", "-week-old", "-day-old")):
            return index + 1 if index + 1 < last else 0
        if index + 3 < last and self._tokens[index + 2].norm == "old" and self._tokens[index + 1].norm in _YEARS:
            return index + 3
        return 0

    def _possessed(self, group: Group, last: int) -> Group:
        """ "Hadi's brother" is the brother."""
        at = group.last + 1
        if at >= last or self._tokens[group.last].norm != "'s":
            return group
        quantity = self._quantities.get(at)
        if quantity is not None and quantity.kind == "count" and quantity.last <= last:
            return replace(self._counted(at, quantity, last), first=group.first)
        attribute, end, head = self._run(at, last, counted=False)
        if head < 0 or attribute >= 0 or not is_person(self._tokens[head].norm):
            return group
        return self._build(group.first, end, "definite", head, None, is_plural(self._tokens[head].norm), at, -1)

    def _some_name(self, index: int, last: int) -> Group | None:
        """A name of whom or what is not known: enough for "Hadi was shot dead", too little for "captured Hadi"."""
        end = self._names.get(index, 0)
        if not index < end <= last:
            return None
        return Group(index, end, "name", end - 1, None, False, False, False, index, named=True)

    def _counted(self, index: int, quantity: Quantity, last: int) -> Group:
        kinds: dict[str, GroupKind] = {"count": "counted", "singular": "singular", "vague": "vague", "zero": "zero"}
        kind = kinds[quantity.kind]
        at = quantity.last
        whole: Quantity | None = None
        if at < last and self._tokens[at].norm == "of" and kind != "singular":
            at += 1
            if at < last and self._tokens[at].norm in DETERMINERS | PRONOUNS:
                at += 1
            if at < last and at in self._quantities and self._quantities[at].kind == "count":
                whole = self._quantities[at]
                at = whole.last
        while at < last and self._tokens[at].norm in _MORE:
            at += 1
        attribute, end, head = self._run(at, last, counted=True)
        if head < 0 and end == at and at > quantity.last and self._tokens[at - 1].norm in ("of",):
            at = end = quantity.last
        if kind == "singular" and head >= 0 and self._tokens[head].norm in _SETS and end + 1 < last:
            inner = self._quantities.get(end + 1)
            if self._tokens[end].norm == "of" and inner is not None and inner.kind == "count" and inner.last <= last:
                group = self._counted(end + 1, inner, last)
                return replace(group, first=index)
        plural = kind not in ("singular",) and not (quantity.min == quantity.max == 1)
        group = self._build(index, end, kind, head, quantity, plural, at, attribute)
        return replace(group, whole=whole) if whole is not None else group

    def _definite(self, index: int, last: int) -> Group | None:
        at = index + 1
        while at < last and self._tokens[at].norm in DETERMINERS:
            at += 1
        beyond = at
        while beyond < last and self._tokens[beyond].norm in _MORE:  # "the other 15 miners"
            beyond += 1
        quantity = self._quantities.get(beyond)
        if quantity is not None and quantity.last <= last and quantity.kind in ("count", "vague"):
            group = self._counted(beyond, quantity, last)
            return Group(
                index, group.last, group.kind, group.head, quantity, group.person, group.thing, group.plural,
                group.noun_first, group.attribute,
            )  # fmt: skip
        while at < last and self._tokens[at].norm in _MORE:
            at += 1
        attribute, end, head = self._run(at, last, counted=False)
        if head < 0:
            return None
        if self._names_somebody(at, end):
            return self._build(index, end, "name", head, None, False, at, attribute, named=True)
        noun = self._tokens[head].norm
        return self._build(index, end, "definite", head, None, is_plural(noun) or noun in _SETS, at, attribute)

    def _bare(self, index: int, last: int) -> Group | None:
        attribute, end, head = self._run(index, last, counted=False, introduced=False)
        if head < 0:
            return None
        noun = self._tokens[head].norm
        named = self._ends_in_name(index, end)
        if not is_person(noun) and not named:
            return None
        if named:
            return self._build(index, end, "name", head, None, False, index, attribute, named=True)
        return self._build(index, end, "bare", head, None, is_plural(noun), index, attribute)

    def _build(
        self, first: int, last: int, kind: GroupKind, head: int, quantity: Quantity | None, plural: bool,
        noun_first: int, attribute: int, named: bool = False,
    ) -> Group:  # fmt: skip
        noun = self._tokens[head].norm if head >= 0 else ""
        person = named or (head >= 0 and (is_person(noun) or self._is_demonym(head)))
        return Group(
            first, max(last, first + 1), kind, head, quantity, person, head >= 0 and not person and is_thing(noun),
            plural, noun_first, attribute, named or (head >= 0 and self._ends_in_name(noun_first, last)),
        )  # fmt: skip

    def _is_demonym(self, index: int) -> bool:
        """A capitalised plural in a counted group names people: "nine Afghans"."""
        text = self._tokens[index].text
        if not text[:1].isupper() or text.isupper():
            return False
        return text.endswith(("s", "ese", "ish", "men")) or is_compatriot(text)

    def _ends_in_name(self, first: int, last: int) -> bool:
        """True where two capitalised words end the run, or a title and one: a person or a body, by name."""
        if last - first < 2:
            return False
        tail = self._tokens[last - 1]
        before = self._tokens[last - 2]
        if not _capital(tail) or last - 1 in self._nobody or is_person(tail.norm) or tail.norm in DAYS:
            return False
        return _capital(before) or before.text in ("-", ".") or is_person(before.norm)

    def _names_somebody(self, first: int, last: int) -> bool:
        """True for "(her) Iraqi guide Hussein Hanun": a noun for a person, then a name."""
        at = last - 1
        while at > first and _capital(self._tokens[at]) and not is_person(self._tokens[at].norm):
            at -= 1
        return first < last - 1 and at < last - 1 and is_person(self._tokens[at].norm)

    def _run(self, at: int, last: int, counted: bool, introduced: bool = True) -> tuple[int, int, int]:
        """From token `at`: (token of a harm adjective or -1, token after the group, head token or -1)."""
        attribute = -1
        person = -1
        index = at
        limit = min(last, at + _LONGEST)
        while index < limit:
            token = self._tokens[index]
            word = token.norm
            if index in self._persons and self._persons[index] <= last and index > at:
                return attribute, self._persons[index], self._persons[index] - 1
            if index > at and index in self._quantities:
                break
            if word in VERBS or word in PREDICATES or word in INTRANSITIVE:
                if introduced and attribute < 0 and person < 0 and self._noun_follows(index + 1, limit):
                    attribute = index
                    index += 1
                    continue
                break
            if not self._inside(index, limit) and not (
                counted and index == at and word.endswith("ed") and self._noun_follows(index + 1, limit)
            ):
                break
            if is_person(word) and not (index + 1 < limit and self._tokens[index + 1].norm in _OF_BODIES):
                person = index
            index += 1
        if person >= 0:
            end = person + 1
            while end < index and _capital(self._tokens[end]) and self._tokens[end].norm not in DAYS:
                end += 1
            return attribute, end, (person if end == person + 1 else end - 1)
        if index == at:
            return attribute, at, -1
        return attribute, *self._unknown_head(at, index, counted)

    def _unknown_head(self, at: int, index: int, counted: bool) -> tuple[int, int]:
        """(after, head) of a run without a word for people: its capitals, or its words up to a plural."""
        end = at
        if _capital(self._tokens[at]):
            while end < index and (_capital(self._tokens[end]) or not self._tokens[end].text[0].isalnum()):
                end += 1
            if end == index or not counted:
                return end, end - 1
        end = at
        while end < index:
            word = self._tokens[end].norm
            if end > at and word.endswith(_ADJECTIVE_ENDINGS) and not word.endswith("being"):
                break
            end += 1
            if counted and is_plural(word):
                break
        return end, end - 1

    def _inside(self, index: int, last: int) -> bool:
        """True where the token may stand inside a noun phrase."""
        token = self._tokens[index]
        first = token.text[0]
        if token.norm in STOPS and not _acronym(token):
            return False
        if first.isalpha():
            return True
        follows = index + 1 < last
        if first in "-‑" or (first in "'’" and len(token.text) <= 2):
            return follows
        if first == ".":
            return follows and len(self._tokens[index - 1].text) == 1 and self._tokens[index - 1].text.isupper()
        if first in '"“”‘':
            return follows and self._tokens[index + 1].text[0].isalpha() and self._tokens[index + 1].norm not in STOPS
        if first.isdigit() and "-" in token.norm:
            return follows
        return first.isdigit() and follows and self._tokens[index + 1].text in ("-", "‑")

    def _noun_follows(self, index: int, last: int) -> bool:
        """True where a word for people stands in the next few words of the run (a harm adjective stands before it)."""
        for at in range(index, min(index + 4, last)):
            if is_person(self._tokens[at].norm):
                return True
            if at in self._quantities or not self._inside(at, last) or self._tokens[at].norm in VERBS:
                return False
        return False


def _acronym(token: Token) -> bool:
    """True for "US" and the like: no pronoun, no verb."""
    return token.text in ACRONYMS


def _capital(token: Token) -> bool:
    return token.text[:1].isupper() or (token.text[:3].lower() in ("al-", "el-") and token.text[3:4].isupper())
