"""Makes a mention of the items of a phrase: a body, a state, a titled person, a post, people of some sort."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import cast

from counterclaim.language import Analysis
from counterclaim.records import Place
from counterclaim.resolving.actors.kinds import kind_and_sector
from counterclaim.resolving.actors.phrases import Countries, Item, Mention, Phrases
from counterclaim.resolving.actors.tables import Body, BodyTable, Head
from counterclaim.resolving.actors.words import ABROAD_HEADS, LOCATIVES, base

_LONGEST_PLACE = 4
"""Tokens of a place name looked up before a head: "Miami police", "New South Wales police"."""
_SURE = 0.85
"""A trained analyser's label of a name counts from this score on: below it, it is right in fewer than nine of ten."""


class Describer:
    """Makes mentions of one text."""

    def __init__(self, analysis: Analysis, places: Sequence[Place], countries: Countries, bodies: BodyTable) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.tokens = analysis.tokens
        self.phrases = Phrases(analysis, countries, bodies)
        self.norm = self.phrases.norm
        self.name_end = self.phrases.name_end
        self.countries = countries
        self.phrases.mentioned |= {place.country for place in places if place.country}
        for place in places:
            if place.kind not in ("unresolved", "facility"):
                first, last = analysis.token_at(place.start), analysis.token_at(place.end - 1)
                self.phrases.place_tokens.update(range(first, last + 1))
        self.places = {(place.start, place.end): place for place in places}
        self._labels = [span for span in analysis.spans.get("entity", ()) if span.score >= _SURE]

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
        if self.norm[items[head_at].first] == "secretary" and not mention.modifiers and not mention.owner:
            mention.country = mention.country or "US"  # "Secretary X": elsewhere the office is told with its trade
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
            abroad=owned is not None and owned.kind == "igo",
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
        if at + 1 >= high or self.norm[at] not in ("of", "for", "in", "at", "to"):
            return
        start = at + 1 + (self.norm[at + 1] == "the")
        if start >= high:
            return
        if mention.form == "people":
            self._people_of_body(mention, start, high)
            return
        if self.norm[at] == "to":
            if mention.head in ("ambassador", "envoy") and self.name_end[start]:
                mention.last = min(high, self.name_end[start])
            return
        items, _ = self.phrases.run(start, self._person_from(start, high))
        if self.norm[at] == "of" and self.norm[start] == "state" and mention.head == "secretary":
            mention.last = start + 1
        elif items and (self.name_end[items[0].first] or items[-1].type == "head"):
            country = self._country(items) or self._country_of_place(items[0].first, items[-1].last)
            if self.norm[at] == "for" and mention.form == "post" and not any(i.type in ("head", "body") for i in items):
                mention.abroad = True  # "Minister for Europe", "envoy for Syria"
            elif mention.head not in ABROAD_HEADS:
                mention.country = mention.country or country
            owner = next((item for item in items if item.type == "body"), None)
            inner = next((cast(Head, item.value) for item in reversed(items) if item.type == "head"), None)
            if owner is not None:
                mention.sector = cast(Body, owner.value).sector or mention.sector
            elif inner is not None and mention.sector is None:
                mention.sector = inner.sector
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

    def _person_from(self, start: int, high: int) -> int:
        """The token where, by the trained analyser, a person's name starts inside the name at `start`; else `high`."""
        end = min(high, self.name_end[start])
        index = bisect_right(self._labels, self.tokens[start].start, key=lambda span: span.start)
        if index < len(self._labels) and self._labels[index].label == "PER":
            first = self.analysis.token_at(self._labels[index].start)
            return first if start < first < end else high
        return high

    def _people_of_body(self, mention: Mention, start: int, high: int) -> None:
        """ "Members of Hamas", "rebels of the FARC": they are of the body's kind."""
        items, _ = self.phrases.run(start, high)
        if not items or items[0].type != "body" or self.norm[start - 1] not in ("of", "the"):
            return
        body = cast(Body, items[0].value)
        if body.kind in ("armed_group", "military") or mention.sector == "CVL":
            mention.kind, mention.sector, mention.country = body.kind, body.sector, body.country
            mention.owner = body.name

    def _role_start(self, mention: Mention) -> int:
        return self.analysis.token_at(
            self.tokens[mention.first].start + mention.name.find(mention.role or mention.name)
        )

    def written(self, mention: Mention) -> str:
        """The words of a mention."""
        return self._written(mention.first, mention.last)

    def label(self, mention: Mention) -> str:
        """What a trained analyser says of the last word of a mention: PER, ORG, LOC, MISC; "" where it is unsure."""
        at = self.tokens[mention.last - 1].start
        index = bisect_right(self._labels, at, key=lambda span: span.start) - 1
        return self._labels[index].label if index >= 0 and at < self._labels[index].end else ""

    def trim(self, mention: Mention) -> None:
        """Leave out words that a trained analyser has before a personal name: "Certainly Ola Berg"."""
        at = self.tokens[mention.last - 1].start
        index = bisect_right(self._labels, at, key=lambda span: span.start) - 1
        if index >= 0 and at < self._labels[index].end:
            first = self.analysis.token_at(self._labels[index].start)
            if mention.first < first < mention.last:
                mention.first = first
                mention.name = self._written(first, mention.last)

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
            two = two and states[-2].type == "demonym"  # not "U.S.-allied Afghan forces"
            return cast(
                str, (states[-2] if two else last).value
            )  # "Bosnian Serb" is of Bosnia, "Turkish Cypriot" of Cyprus
        for item in items:
            if item.type == "body" and cast(Body, item.value).country:
                return cast(Body, item.value).country
        for item in items:
            if item.type == "cap":
                place = self._place_from(item.first)
                seat = self.countries.country_of_seat(self.tokens[item.first].text)
                if place is not None or seat:
                    return place.country if place is not None else seat
        return None

    def _place_from(self, first: int) -> Place | None:
        """The longest place name that starts at a token."""
        start = self.tokens[first].start
        for last in range(min(first + _LONGEST_PLACE, len(self.tokens)), first, -1):
            place = self.places.get((start, self.tokens[last - 1].end))
            if place is not None and place.kind != "unresolved":
                return place
        return None

    def _country_of_place(self, first: int, last: int) -> str | None:
        for start in range(first, last):
            for end in range(last, start, -1):
                place = self.places.get((self.tokens[start].start, self.tokens[end - 1].end))
                if place is not None:
                    return place.country
        # An office of a place says itself that the name is one, though nothing else in the text does.
        bearers = {entry.country for entry in self.countries.lookup(self._written(first, last))}
        return bearers.pop() if len(bearers) == 1 else None

    def locative(self, index: int) -> bool:
        """True where a country named at `index` is told as a place: "in Chile"."""
        before = index - 1
        while before >= 0 and self.norm[before] in ("the", "northern", "southern", "eastern", "western", "central"):
            before -= 1
        if self.tokens[index].relation == "nsubj" and self.norm[before] == "in":
            return False  # "resulted in Chile withdrawing"
        return before >= 0 and self.norm[before] in LOCATIVES

    def sentence_of(self, index: int) -> int:
        """The number of the sentence in which a token stands."""
        return self.analysis.sentence_of(index)
