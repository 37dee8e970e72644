"""Phrases that may name a party: runs of name words, demonyms, titles, head nouns and the words between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from counterclaim.language import Analysis
from counterclaim.language.wordclasses import is_function_or_verb
from counterclaim.records import ActorKind
from counterclaim.resolving.actors.tables import BodyTable, Head, Word, heads
from counterclaim.resolving.actors.words import ADJECTIVAL, MODIFIERS
from counterclaim.resolving.gazetteer import Country, Entry, name_key

_SHOUTED_WORDS = frozenset({"CAR"})
"""Abbreviations of countries that are also words which a wire in capitals writes."""


class Countries(Protocol):
    """What the reading needs of a gazetteer."""

    def country_of_name(self, name: str) -> str | None:
        """ISO2 of a country named or called by its demonym."""

    def demonym(self, word: str) -> str | None:
        """ISO2 of the country whose people or things are called so."""

    def country(self, iso2: str) -> Country | None:
        """The country with this code."""

    def country_of_seat(self, name: str) -> str | None:
        """ISO2 of the country for whose government a capital or seat may stand."""

    def lookup(self, name: str) -> Sequence[Entry]:
        """The places of this name."""


class Item(NamedTuple):
    """A token run of one class inside a phrase: body, country, demonym, head, mod, cap, of, poss."""

    type: str
    first: int
    last: int
    value: object = None


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
    possessor: str = ""
    """Whose they are: "Ola Berg" in "Ola Berg's government" and "the Berg regime"."""
    abroad: bool = False
    """True of those whose office or owner is of no one country: "U.N. spokesman", "Minister for Europe"."""
    sure: bool = False
    """True where the words around prove a person: a title, an age, a role, a verb of speech."""


_LONGEST_COUNTRY = 6
_LONGEST_RUN = 24
_COMPOUND = re.compile(r"[\w.]-([a-z]{3,})$")
_LINKS = frozenset(("of", "for", "the", "and", "in", "on", "&", "-"))
_TIES = frozenset(
    ("led", "backed", "affiliated", "controlled", "allied", "aligned", "linked", "supported", "trained", "run")
)


class Phrases:
    """The phrases of one text."""

    def __init__(self, analysis: Analysis, countries: Countries, bodies: BodyTable) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.tokens = analysis.tokens
        self.norm = [token.norm for token in analysis.tokens]
        self.countries = countries
        self.heads = heads()
        self.bodies = bodies
        self.name_end = self._name_ends()
        self._words: list[Word] = []
        self._word_of_token: list[int] = []
        self._token_of_word: list[int] = []
        self._read_words()
        self.mentioned = self._states()
        self.place_tokens: set[int] = set()
        """Tokens of place names, whose words head no party ("West Bank")."""

    def _states(self) -> frozenset[str]:
        """The states that the report names, or whose people it does."""
        found = set()
        for name in self.analysis.names:
            words = self.text[name.start : name.end].split()[:_LONGEST_COUNTRY]
            for last in range(len(words), 0, -1):
                if iso := self.countries.country_of_name(" ".join(words[:last])):
                    found.add(iso)
                    break
        return frozenset(found)

    def _read_words(self) -> None:
        """The text as words of names: "al-Shabaab" is two; "People's" is one, with and without its ending."""
        for index, token in enumerate(self.tokens):
            if token.norm == "'s" and self._words:
                last = self._words[-1]
                self._words[-1] = Word(last.key, last.key + "s", last.written)
                self._word_of_token.append(len(self._words))
                continue
            self._word_of_token.append(len(self._words))
            for part in name_key(token.text).split() or [""]:
                self._words.append(Word(part, part, token.text))
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
            if index - start > _LONGEST_RUN:
                break
        while items and items[-1].type in ("mod", "poss", "of"):
            last = items[-1]
            if last.type == "mod" and self.name_end[last.first] and len(items) > 1:
                break  # "Ministry of Health"
            index = items.pop().first
        return items, index

    def _item(self, index: int, high: int, before: list[Item]) -> Item | None:
        norm = self.norm[index]
        end = self.name_end[index]
        body = self.bodies.match(self._words, self._word_of_token[index])
        if body is not None and body[1].listed and body[1].country and body[1].country not in self.mentioned:
            body = None
        if (
            body is not None
            and body[1].listed
            and before
            and before[-1].type == "cap"
            and self.name_end[index - 1] == end
        ):
            body = None  # "New People's Army" is another than "People's Army"
        if (
            body is not None
            and body[0] == 1
            and before
            and before[-1].type == "cap"
            and self.name_end[index - 1] == end
        ):
            body = None  # "Abdel Fatah al-Sisi"
        if body is not None and (end or norm.startswith(("al-", "anti-"))):
            word = self._word_of_token[index] + body[0] - 1
            last = self._token_of_word[word] + 1
            whole = word + 1 >= len(self._words) or self._token_of_word[word + 1] >= last
            if last <= high and whole:
                return Item("body", index, last, body[1])
        compound = _COMPOUND.search(self.tokens[index].text)
        if compound:
            return Item("mod", index, index + 1) if compound.group(1) in _TIES else None
        if norm == "'s" and before and before[-1].type in ("country", "body", "demonym", "cap"):
            return Item("poss", index, index + 1)
        if end:
            return self._named(index, min(end, high), before)
        head = self.heads.get(norm) if self.tokens[index].tag != "VERB" else None
        if head is not None and norm == "secretary" and self.norm[index + 1 : index + 2] == ["general"]:
            return Item("head", index, index + 2, head)
        if head is not None and not head.capital and head.form != "title" and not self._adjectival(index, head, before):
            return Item("head", index, index + 1, head)
        if norm in MODIFIERS or self._trade(index, before):
            return Item("mod", index, index + 1)
        return None

    def _trade(self, index: int, before: list[Item]) -> bool:
        """True for "taxi" in "Iraqi taxi driver" and "rafter" in "Cuban rafter Ana Sol", by the parse."""
        if not before or before[-1].type not in ("demonym", "mod", "poss"):
            return False
        if not any(item.type in ("demonym", "country", "body") for item in before[-3:]):
            return False
        for at in range(index, min(index + 3, len(self.norm))):
            token = self.tokens[at]
            if at > index and (token.norm in self.heads or (self.name_end[at] and token.tag == "PROPN")):
                return True
            if token.tag != "NOUN" or not token.text.islower() or self.name_end[at]:
                return False
        return False

    def _adjectival(self, index: int, head: Head, before: list[Item]) -> bool:
        """True for "military" in "military aid" and "rebel" in "rebel towns": a noun follows that heads no party."""
        parsed = self.tokens[index].relation in ("compound", "amod")
        if not (parsed or head.word in ADJECTIVAL) or index + 1 >= len(self.norm):
            return False
        after = self.norm[index + 1]
        if not after.isalpha() or not self.tokens[index + 1].text.islower():
            return False
        if self.tokens[index + 1].tag in ("VERB", "AUX"):
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
                if last - index <= 2 and (iso := self.countries.demonym(written)) and not self._own_name(written, iso):
                    return Item("demonym", index, last, iso)
                iso = self.countries.country_of_name(written)
                if iso and written in _SHOUTED_WORDS and self._in_capitals(index):
                    continue
                if iso and (len(written) > 4 or written[1:].isupper() or self._so_called(written, iso)):
                    return Item("country", index, last, iso)
        if norm in _LINKS and before:
            return Item("of", index, index + 1)
        head = None if index in self.place_tokens else self.heads.get(norm)
        if head is not None and norm in ("secretary", "chief") and self._follows(index, "of", ("state", "staff")):
            return Item("head", index, index + 3, head)
        if head is not None and self.tokens[index].text[:1].isupper():
            return Item("head", index, index + 1, head)
        if head is not None and before and not head.capital:
            return Item("head", index, index + 1, head)
        if norm in MODIFIERS:
            return Item("mod", index, index + 1)
        return Item("cap", index, index + 1)

    def _own_name(self, written: str, iso2: str) -> bool:
        """True of "Philippines", which names the country and not its people."""
        known = self.countries.country(iso2)
        return known is not None and known.name.lower() == written.lower()

    def _in_capitals(self, index: int) -> bool:
        """True where a word beside this one is in capitals too, so that capitals tell nothing: "A CAR BOMB"."""
        beside = [self.tokens[at].text for at in (index - 1, index + 1) if 0 <= at < len(self.tokens)]
        return any(len(word) > 2 and word.isupper() for word in beside)

    def _so_called(self, written: str, iso2: str) -> bool:
        """False for "Sadr", which is no way to write "SADR": a short name in small letters must be the state's own."""
        known = self.countries.country(iso2)
        return known is not None and known.name.lower().startswith(written.lower()[:3])

    def _follows(self, index: int, first: str, second: tuple[str, ...]) -> bool:
        return index + 2 < len(self.norm) and self.norm[index + 1] == first and self.norm[index + 2] in second
