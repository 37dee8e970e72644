"""Reads mentions of parties from a text: names, titled persons, offices, bodies and groups of people."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, cast

from counterclaim.language import Analysis
from counterclaim.language.wordclasses import is_function_or_verb
from counterclaim.records import ActorKind, Place
from counterclaim.resolving.actors_tables import Body, Head, bodies, heads
from counterclaim.resolving.actors_words import ADJECTIVAL, KIND_OF_SECTOR, LOCATIVES, MODIFIERS, SECTOR_OF, base
from counterclaim.resolving.names import name_key


class Countries(Protocol):
    """What the reading needs of a gazetteer."""

    def country_of_name(self, name: str) -> str | None:
        """ISO2 of a country named or called by its demonym."""

    def demonym(self, word: str) -> str | None:
        """ISO2 of the country whose people or things are called so."""

    def country_of_seat(self, name: str) -> str | None:
        """ISO2 of the country for whose government a capital or seat may stand."""


@dataclass(slots=True)
class Mention:
    """One mention: token span `[first, last)`, and all that its own words say of the party.

    `form`: person (a personal name), post (an office without a name), body, people, state, seat, unknown (a name and no
    more). `keys` are what identifies it; `name` is the personal name or the words themselves.
    """

    first: int
    last: int
    form: str
    name: str
    kind: ActorKind
    sector: str | None = None
    country: str | None = None
    role: str | None = None
    head: str = ""
    modifiers: frozenset[str] = frozenset()
    definite: bool = False
    plain: bool = False
    """True where nothing but the head (and an article) is written: "the ministry", "officials"."""
    owner: str = ""
    """The body whose people these are: "Hezbollah" in "Hezbollah fighters"."""
    sure: bool = False
    """True where the words around prove a person: a title, an age, a role, a verb of speech."""


class Item(NamedTuple):
    """A token run of one class inside a phrase."""

    type: str
    first: int
    last: int
    value: object = None


_LONGEST_COUNTRY = 6
_COMPOUND = re.compile(r"\w-([a-z]{3,})$")
_LINKS = frozenset(("of", "for", "the", "and", "in", "on", "&", "-"))
_TIES = frozenset(
    ("led", "backed", "affiliated", "controlled", "allied", "aligned", "linked", "supported", "trained", "run")
)


class Reader:
    """Reads the mentions of one text."""

    def __init__(self, analysis: Analysis, places: Sequence[Place], countries: Countries) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.tokens = analysis.tokens
        self.norm = [token.norm for token in analysis.tokens]
        self.countries = countries
        self.heads = heads()
        self.bodies = bodies()
        self.places = {(place.start, place.end): place for place in places}
        self.name_end = self._name_ends()
        self._words: list[tuple[str, str]] = []
        self._word_of_token: list[int] = []
        self._token_of_word: list[int] = []
        for index, token in enumerate(self.tokens):
            self._word_of_token.append(len(self._words))
            for part in name_key(token.text).split() or [""]:
                self._words.append((part, token.text))
                self._token_of_word.append(index)

    def _name_ends(self) -> list[int]:
        """For each token inside a name, the token after that name; 0 elsewhere."""
        ends = [0] * len(self.tokens)
        for name in self.analysis.names:
            first = self.analysis.token_at(name.start)
            last = first
            while last < len(self.tokens) and self.tokens[last].start < name.end:
                last += 1
            for index in range(first, last):
                ends[index] = last
        return ends

    def mentions(self) -> list[Mention]:
        """All mentions in text order."""
        found: list[Mention] = []
        for sentence in self.analysis.sentences:
            index = sentence.first
            while index < sentence.last:
                items, end = self.run(index, sentence.last)
                if items:
                    found.extend(self._interpret(items, end, sentence.last))
                index = max(end, index + 1)
        return found

    # -- runs of items ---------------------------------------------------------------------------------------

    def run(self, start: int, high: int) -> tuple[list[Item], int]:
        """The items of the phrase that starts at `start`, and the token after it. No items where none starts there."""
        items: list[Item] = []
        index = start
        while index < high:
            item = self._item(index, high, items)
            if item is None:
                break
            items.append(item)
            index = item.last
            if index - start > 24:
                break
        while items and items[-1].type in ("mod", "poss", "of"):
            index = items.pop().first
        return items, index

    def _item(self, index: int, high: int, before: list[Item]) -> Item | None:
        norm = self.norm[index]
        end = self.name_end[index]
        compound = _COMPOUND.search(self.tokens[index].text)
        if compound:
            return Item("mod", index, index + 1) if compound.group(1) in _TIES else None
        body = self.bodies.match(self._words, self._word_of_token[index])
        if body is not None and (end or norm.startswith(("al-", "anti-"))):
            word = self._word_of_token[index] + body[0] - 1
            last = self._token_of_word[word] + 1
            whole = word + 1 >= len(self._words) or self._token_of_word[word + 1] >= last
            if last <= high and whole:
                return Item("body", index, last, body[1])
        if norm == "'s" and before and before[-1].type in ("country", "body", "demonym", "cap"):
            return Item("poss", index, index + 1)
        if end:
            return self._named(index, min(end, high), before)
        text = self.tokens[index].text
        head = self.heads.get(norm)
        if head is not None and not head.capital and head.form != "title" and not self._adjectival(index, head, before):
            return Item("head", index, index + 1, head)
        if norm in MODIFIERS or (
            text.islower() and norm.endswith(("-led", "-backed", "-run", "-affiliated", "-controlled"))
        ):
            return Item("mod", index, index + 1)
        return None

    def _adjectival(self, index: int, head: Head, before: list[Item]) -> bool:
        """True for "military" in "military aid" and "rebel" in "rebel towns": a noun follows that heads no party."""
        if head.word not in ADJECTIVAL or index + 1 >= len(self.norm):
            return False
        after = self.norm[index + 1]
        if not after.isalpha() or not self.tokens[index + 1].text.islower():
            return False
        if after in MODIFIERS and after not in self.heads and index + 2 < len(self.norm):
            after = self.norm[index + 2]
            return not (after in self.heads or after in MODIFIERS)
        if after in self.heads:
            return False
        return not is_function_or_verb(after)

    def _named(self, index: int, end: int, before: list[Item]) -> Item:
        """An item inside a name that ends before token `end`."""
        norm = self.norm[index]
        if norm not in _LINKS and (
            not before or before[-1].type in ("of", "poss", "demonym", "country", "head", "mod", "body")
        ):
            for last in range(min(end, index + _LONGEST_COUNTRY), index, -1):
                written = self.text[self.tokens[index].start : self.tokens[last - 1].end]
                if last - index <= 2 and (iso := self.countries.demonym(written)):
                    return Item("demonym", index, last, iso)
                if iso := self.countries.country_of_name(written):
                    return Item("country", index, last, iso)
        if norm in _LINKS and before:
            return Item("of", index, index + 1)
        head = self.heads.get(norm)
        if head is not None and norm in ("secretary", "chief") and self._follows(index, "of", ("state", "staff")):
            return Item("head", index, index + 3, head)
        if head is not None and self.tokens[index].text[:1].isupper():
            return Item("head", index, index + 1, head)
        if head is not None and before and not head.capital:
            return Item("head", index, index + 1, head)
        if norm in MODIFIERS:
            return Item("mod", index, index + 1)
        return Item("cap", index, index + 1)

    def _follows(self, index: int, first: str, second: tuple[str, ...]) -> bool:
        return index + 2 < len(self.norm) and self.norm[index + 1] == first and self.norm[index + 2] in second

    # -- what a run stands for -------------------------------------------------------------------------------

    def _interpret(self, items: list[Item], end: int, high: int) -> list[Mention]:
        """The mentions in one run: its bodies and states, and the party that the whole of it names."""
        found: list[Mention] = []
        whole = self._organisation(items)
        if whole is not None:
            return [whole]
        post = next((k for k in range(len(items) - 1) if self._governs(items, k)), -1)
        if post >= 0:
            return self._governed(items, post, end, high)
        cut = self._split(items)
        if cut:
            return self._interpret(items[:cut], items[cut].first, high) + self._interpret(items[cut:], end, high)
        head_at = max((k for k, item in enumerate(items) if item.type == "head"), default=-1)
        caps = [item for item in items[head_at + 1 :] if item.type == "cap"]
        if head_at < 0:
            return self._without_head(items, end, high)
        head = cast(Head, items[head_at].value)
        if (head.form == "title" or (head.capital and head.form == "post")) and not caps:
            return []
        if caps and head.form in ("post", "title"):
            found.append(self._person(items, head_at, caps))
        elif caps:
            first = caps[0].first
            split = next(k for k, item in enumerate(items) if item.first == first)
            return self._interpret(items[:split], first, high) + self._interpret(items[split:], end, high)
        else:
            found.append(self._headed(items, head_at, high))
        inner = [self._body(item) for item in items if item.type == "body"]
        if found[0].form == "people":  # the fighters are counted with their group, which must stand first
            return inner + found
        return found + inner

    def _governs(self, items: list[Item], k: int) -> bool:
        """True where item `k` is a post and "of" follows: "Director of the Red Committee"."""
        return items[k].type == "head" and cast(Head, items[k].value).form == "post" and items[k + 1].type == "of"

    def _governed(self, items: list[Item], post: int, end: int, high: int) -> list[Mention]:
        """A post with its "of ..." inside one name, and the bodies named there."""
        mention = self._headed(items[: post + 1], post, 0)
        rest = items[post + 1 :]
        while rest and rest[0].type == "of":
            rest = rest[1:]
        found = [mention]
        if rest:
            inner = self._interpret(rest, end, high)
            mention.last = rest[-1].last
            mention.country = mention.country or self._country(rest)
            mention.name = self._written(mention.first, mention.last)
            mention.role = mention.name
            mention.plain = False
            mention.definite = True
            bodies_named = [one for one in inner if one.form == "body"]
            if bodies_named:
                mention.sector = bodies_named[0].sector
                mention.country = bodies_named[0].country
            found += [one for one in inner if one.form in ("body", "person")]
        return found

    def _split(self, items: list[Item]) -> int:
        """Where a second party starts inside one run: after a possessive name, or a post after a full personal name."""
        for k in range(1, len(items)):
            if items[k].type in ("body", "country") and items[k - 1].type in ("cap",) and k > 1:
                return k
        return 0

    def _organisation(self, items: list[Item]) -> Mention | None:
        """A name that as a whole names a body: "Armenian National Committee of America", "Ministry of Defence"."""
        names = [item for item in items if self.name_end[item.first]]
        if len(names) != len(items) or not items:
            return None
        first_head = next((k for k, item in enumerate(items) if item.type == "head"), -1)
        if first_head < 0:
            return None
        head = cast(Head, items[first_head].value)
        ends_in_body = items[-1].type == "head" and cast(Head, items[-1].value).form == "body"
        if not ends_in_body and any(
            item.type == "head" and cast(Head, item.value).form in ("post", "title", "people") for item in items
        ):
            return None
        if ends_in_body:
            head = cast(Head, items[-1].value)
        if head.form != "body":
            return None
        last_head = cast(Head, [item for item in items if item.type == "head"][-1].value)
        chosen = head if any(item.type == "of" for item in items) else last_head
        country = self._country(items)
        kind: ActorKind = chosen.kind
        sector = chosen.sector
        if kind == "government" and any(self.norm[item.first] in ("news", "press") for item in items):
            kind, sector = "media", "JRN"
        return Mention(
            items[0].first,
            items[-1].last,
            "body",
            self._written(items[0].first, items[-1].last),
            kind,
            sector,
            None if kind == "ngo" else country,
            head=base(chosen.word),
            modifiers=self._modifiers(items),
            definite=True,
            plain=len(items) == 1,
        )

    def _without_head(self, items: list[Item], end: int, high: int) -> list[Mention]:
        found: list[Mention] = []
        caps: list[Item] = []
        for item in [*items, Item("end", end, end)]:
            if item.type == "cap" or (item.type in ("of", "mod") and caps):
                caps.append(item)
                continue
            while caps and caps[-1].type != "cap":
                caps.pop()
            if caps:
                found.append(self._unknown(caps))
                caps = []
            if item.type == "body":
                found.append(self._body(item))
            elif item.type == "country" and not self.locative(item.first):
                found.append(self._state(item, "state"))
            elif item.type == "demonym" and self._people_of(item, items):
                found.append(self._nation(item))
        return found

    def _people_of(self, item: Item, items: list[Item]) -> bool:
        """True where a demonym stands for people ("Syrians", "the British") and is no adjective."""
        word = self.norm[item.last - 1]
        after = self.norm[item.last] if item.last < len(self.norm) else ""
        if items[-1] is not item:
            return False
        if word.endswith(("ese", "sh", "ch")):
            return self.norm[item.first - 1] == "the" and not after.isalpha()
        return word.endswith("s") and not after.startswith("'")

    def _nation(self, item: Item) -> Mention:
        words = self._written(item.first, item.last)
        definite = item.first > 0 and self.norm[item.first - 1] == "the"
        return Mention(
            item.first,
            item.last,
            "people",
            words,
            "civilians",
            "CVL",
            cast(str, item.value),
            head="nation",
            definite=definite,
        )

    def _state(self, item: Item, form: str) -> Mention:
        return Mention(
            item.first,
            item.last,
            form,
            self._written(item.first, item.last),
            "state",
            "GOV",
            cast(str, item.value),
            definite=True,
        )

    def _body(self, item: Item) -> Mention:
        body = cast(Body, item.value)
        return Mention(
            item.first,
            item.last,
            "body",
            body.name,
            body.kind,
            body.sector,
            body.country,
            head="=" + body.name,
            definite=True,
        )

    def _unknown(self, caps: list[Item]) -> Mention:
        first, last = caps[0].first, caps[-1].last
        return Mention(first, last, "unknown", self._written(first, last), "other", definite=True)

    def _person(self, items: list[Item], head_at: int, caps: list[Item]) -> Mention:
        """A titled personal name: "Armenian Prime Minister Nikol Pashinyan", "police spokesman Olu Bram"."""
        head = cast(Head, items[head_at].value)
        last = head_at
        while last + 1 < len(items) and items[last + 1].type in ("cap", "of"):
            last += 1
        while items[last].type == "of":
            last -= 1
        tail = items[last + 1 :]
        name = self._written(caps[0].first, items[last].last)
        mention = self._headed(items[: head_at + 1], head_at, 0)
        mention.form = "person"
        mention.kind = "person"
        mention.name = name
        mention.last = items[last].last
        mention.plain = False
        mention.sure = True
        mention.definite = True
        if tail and tail[-1].type == "country":
            mention.country = mention.country or cast(str, tail[-1].value)
            mention.last = tail[-1].last
        if head.form == "title" and head.sector is None:
            mention.role = None
            mention.head = ""
            mention.sector = None
        if self.norm[items[head_at].first] in ("rep.", "sen.", "congressman", "congresswoman"):
            mention.country = mention.country or "US?"
        return mention

    def _headed(self, items: list[Item], head_at: int, high: int) -> Mention:
        """A post, a body or people told by a head noun: "Armenia's prime minister", "US military officials"."""
        head = cast(Head, items[head_at].value)
        first, last = items[0].first, items[head_at].last
        country = self._country(items[: head_at + 1])
        owner = next((item for item in items[:head_at] if item.type == "body"), None)
        sector = head.sector
        kind: ActorKind = head.kind
        for item in items[:head_at]:
            if head.yields and item.type in ("mod", "head") and (given := SECTOR_OF.get(self.norm[item.first])):
                sector = given
        owned = ""
        if owner is not None:
            body = cast(Body, owner.value)
            owned = body.name
            if head.yields or head.form == "people":
                sector = body.sector if head.yields or body.kind == "armed_group" else sector
                kind = kind if kind == "person" else body.kind
        if head.form == "people" and kind == "government" and sector in KIND_OF_SECTOR and sector != "GOV":
            kind = cast(ActorKind, "government" if sector == "COP" else KIND_OF_SECTOR[sector])
        if head.form == "post" and sector in KIND_OF_SECTOR and head.sector not in ("COP",) and not head.yields:
            kind = cast(ActorKind, KIND_OF_SECTOR[sector])
        role_from = next(
            (item.first for item in items[: head_at + 1] if item.type not in ("country", "demonym", "poss")), first
        )
        head_word = base(head.word)
        modifiers = self._modifiers(items[:head_at])
        if head_word == "minister" and "prime" in modifiers:
            head_word = "prime minister"
        mention = Mention(
            first,
            last,
            head.form if head.form != "title" else "person",
            self._written(first, last),
            kind,
            sector,
            country,
            role=self._written(role_from, last) if head.form == "post" else None,
            head=head_word,
            modifiers=modifiers,
            definite=first > 0 and self.norm[first - 1] in ("the", "its", "his", "her", "their", "that", "this"),
            plain=head_at == 0,
            owner=owned,
        )
        if items[0].type in ("country", "body") and items[0].type == "country":
            mention.definite = True
        if high:
            self._complement(mention, high)
        return mention

    def _complement(self, mention: Mention, high: int) -> None:
        """Take in "of Gegharkunik province", "for the Defence Ministry" after a post or a body."""
        at = mention.last
        if at + 1 >= high or self.norm[at] not in ("of", "for", "in", "at") or mention.form == "people":
            return
        start = at + 1 + (self.norm[at + 1] == "the")
        if start >= high:
            return
        items, _ = self.run(start, high)
        if self.norm[at] == "of" and self.norm[start] == "state" and mention.head == "secretary":
            mention.last = start + 1
        elif items and (self.name_end[items[0].first] or items[-1].type == "head"):
            country = self._country(items) or self._country_of_place(items[0].first, items[-1].last)
            mention.country = mention.country or country
            owner = next((item for item in items if item.type == "body"), None)
            if owner is not None:
                mention.sector = cast(Body, owner.value).sector or mention.sector
            if self.norm[at] in ("of", "for"):
                mention.last = items[-1].last
                while mention.last < high and self.norm[mention.last] in (
                    "province",
                    "region",
                    "district",
                    "state",
                    "city",
                ):
                    mention.last += 1
                mention.definite = True
                mention.plain = False
        if mention.form == "post":
            mention.role = self._written(self._role_start(mention), mention.last)
        mention.name = self._written(mention.first, mention.last)

    def _role_start(self, mention: Mention) -> int:
        return self.analysis.token_at(
            self.tokens[mention.first].start + mention.name.find(mention.role or mention.name)
        )

    def written(self, mention: Mention) -> str:
        """The words of a mention."""
        return self._written(mention.first, mention.last)

    # -- helpers ---------------------------------------------------------------------------------------------

    def _written(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def _modifiers(self, items: list[Item]) -> frozenset[str]:
        skip = ("country", "demonym", "poss", "of")
        return frozenset(
            base(self.norm[k]) for item in items if item.type not in skip for k in range(item.first, item.last)
        ) - frozenset(("former", "senior", "top", "acting"))

    def _country(self, items: list[Item]) -> str | None:
        for item in reversed(items):
            if item.type in ("country", "demonym"):
                return cast(str, item.value)
        for item in items:
            if item.type == "body" and cast(Body, item.value).country:
                return cast(Body, item.value).country
        for item in items:
            if item.type == "cap" and (seat := self.countries.country_of_seat(self.tokens[item.first].text)):
                return seat
        return None

    def _country_of_place(self, first: int, last: int) -> str | None:
        for start in range(first, last):
            for end in range(last, start, -1):
                place = self.places.get((self.tokens[start].start, self.tokens[end - 1].end))
                if place is not None:
                    return place.country
        return None

    def locative(self, index: int) -> bool:
        """True where a country named at `index` is told as a place: "in Chile"."""
        before = index - 1
        while before >= 0 and self.norm[before] in ("the", "northern", "southern", "eastern", "western", "central"):
            before -= 1
        return before >= 0 and self.norm[before] in LOCATIVES

    def sentence_of(self, index: int) -> int:
        """The number of the sentence in which a token stands."""
        return max(0, bisect_right(self.analysis.sentences, index, key=lambda sentence: sentence.first) - 1)
