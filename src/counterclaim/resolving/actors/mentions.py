"""Reads mentions of parties from a text: names, titled persons, offices, bodies and groups of people."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import cast

from counterclaim.language import Analysis
from counterclaim.records import Place
from counterclaim.resolving.actors.kinds import kind_and_sector
from counterclaim.resolving.actors.phrases import Countries, Item, Mention, Phrases
from counterclaim.resolving.actors.tables import Body, Head
from counterclaim.resolving.actors.words import GENERIC_AFTER_NAME, LOCATIVES, MACHINES, base


class Reader:
    """Reads the mentions of one text."""

    def __init__(self, analysis: Analysis, places: Sequence[Place], countries: Countries) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.tokens = analysis.tokens
        self.phrases = Phrases(analysis, countries)
        self.norm = self.phrases.norm
        self.name_end = self.phrases.name_end
        self.countries = countries
        self.phrases.mentioned |= {place.country for place in places if place.country}
        for place in places:
            if place.kind not in ("unresolved", "facility"):
                first, last = analysis.token_at(place.start), analysis.token_at(place.end - 1)
                self.phrases.place_tokens.update(range(first, last + 1))
        self.places = {(place.start, place.end): place for place in places}

    def mentions(self) -> list[Mention]:
        """All mentions in text order."""
        found: list[Mention] = []
        for sentence in self.analysis.sentences:
            index = sentence.first
            while index < sentence.last:
                items, end = self.phrases.run(index, sentence.last)
                if items:
                    found.extend(self._interpret(items, end, sentence.last))
                index = max(end, index + 1)
        return found

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
        elif self._only_says_what(items, head_at):
            owner = next(item for item in reversed(items[:head_at]) if item.type == "body")
            return [self._body(owner._replace(last=items[head_at].last))]
        elif self._names_no_party(items, head_at, head):
            return [self._body(item) for item in items if item.type == "body"]
        else:
            found.append(self._headed(items, head_at, high))
        inner = [self._body(item) for item in items if item.type == "body"]
        if found[0].form == "people":  # the fighters are counted with their group, which must stand first
            return inner + found
        return found + inner

    def _only_says_what(self, items: list[Item], head_at: int) -> bool:
        """True for "Xinhua news agency" and "the Taliban movement": the head only says what the body is."""
        head = cast(Head, items[head_at].value)
        if base(head.word) not in GENERIC_AFTER_NAME:
            return False
        k = head_at - 1
        while k > 0 and self.norm[items[k].first] in ("news", "daily", "official"):
            k -= 1
        return k >= 0 and items[k].type == "body"

    def _names_no_party(self, items: list[Item], head_at: int, head: Head) -> bool:
        """True for words that head a party only in company: "a group of men", "drones", "Kurdish People's ..."."""
        at = items[head_at].last
        word = base(head.word)
        after = self.norm[at] if at < len(self.norm) else ""
        plain = not any(item.type in ("country", "demonym", "body") for item in items)
        if word in MACHINES and plain:
            return True
        if word in ("member", "head", "deputy") and head_at == 0 and after != "of":
            return True
        if (
            word in ("group", "gang", "number", "committee")
            and after == "of"
            and items[head_at].last - items[0].first <= 2
        ):
            return not self.name_end[items[head_at].first]
        if word == "fighter" and items[0].first > 0 and any(char.isdigit() for char in self.norm[items[0].first - 1]):
            return True
        capital = self.tokens[at - 1].text[:1].isupper() and self.tokens[items[0].first].text[:1].isupper()
        return (
            capital
            and head.form == "people"
            and after == "'s"
            and at + 1 < len(self.norm)
            and bool(self.name_end[at + 1])
        )

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
            if items[k].type in ("body", "country") and items[k - 1].type == "cap" and k > 1:
                return k
            heads_after = any(item.type in ("head", "body") for item in items[k + 1 :])
            if self.norm[items[k].first] == "of" and items[0].type == "cap" and heads_after:
                return k + 1
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
        joined = next((k for k, item in enumerate(items) if self.norm[item.first] == "of"), -1)
        if (not ends_in_body and not 0 <= first_head < joined) or (0 <= joined < first_head and items[0].type == "cap"):
            return None  # "Clinic Entrances Act"; "Ana Sol of the Red Committee"
        if not ends_in_body:
            head = cast(Head, [item for item in items[:joined] if item.type == "head"][-1].value)
        country = self._country(items)
        kind, sector = kind_and_sector(
            head, self._words_before(items), None, of_state=country is not None, in_name=len(items) > 1
        )
        return Mention(
            items[0].first,
            items[-1].last,
            "body",
            self._written(items[0].first, items[-1].last),
            kind,
            sector,
            None if kind == "ngo" else country,
            head=base(head.word),
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
        owned = cast(Body, owner.value) if owner is not None else None
        kind, sector = kind_and_sector(
            head,
            self._words_before(items[:head_at]),
            owned,
            of_state=country is not None,
            in_name=bool(self.name_end[items[head_at].first]) and head_at > 0,
        )
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
            owner=owned.name if owned is not None else "",
        )
        if items[0].type == "country":
            mention.definite = True
        if "ethnic" in modifiers:  # "ethnic Armenian forces" are not those of the state
            mention.country = None
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
        items, _ = self.phrases.run(start, high)
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

    def _words_before(self, items: list[Item]) -> list[str]:
        return [self.norm[k] for item in items if item.type != "body" for k in range(item.first, item.last)]

    def _modifiers(self, items: list[Item]) -> frozenset[str]:
        skip = ("country", "demonym", "poss", "of")
        return frozenset(
            base(self.norm[k]) for item in items if item.type not in skip for k in range(item.first, item.last)
        ) - frozenset(("former", "senior", "top", "acting"))

    def _country(self, items: list[Item]) -> str | None:
        states = [item for item in items if item.type in ("country", "demonym")]
        if states:
            last = states[-1]
            two = len(states) > 1 and states[-2].last == last.first and last.value != "CY"
            return cast(
                str, (states[-2] if two else last).value
            )  # "Bosnian Serb" is of Bosnia, "Turkish Cypriot" of Cyprus
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
