"""Which names of a text name places: candidates from the gazetteer, weighed by how and where they are written.

A candidate is a name of the text, or the part of one left by words that may stand around a place's name ("Kharkiv
Oblast", "Northern Syria", "Baghdad Airport"). One inside a longer name ("Paris Hilton", "Washington Post", "Bank of
England") is not a mention, but tells which countries the text is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from counterclaim.language import Analysis
from counterclaim.language.analysis import Name
from counterclaim.language.lexicon import CALENDAR, ORGANISATIONS, STATES_SHORT, plain_words
from counterclaim.resolving.gazetteer import Bearer, Found, Gazetteer, name_key, prominence
from counterclaim.resolving.places.words import (
    ADMIN1_WORDS,
    AROUND,
    BEFORE,
    DIRECTIONS,
    FACILITY_WORDS,
    GENERIC,
    KIND_AFTER,
    LIST_GAP,
    LOCATIVE,
    NO_PLACES,
    OF_KIND,
    PART_OF,
    SETTLEMENT_WORDS,
    SPEAKS,
    WITHIN_GAP,
    homonyms,
    kind_of,
)

_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ed", "ez", "es", "er"})
_FACILITY_FILL = frozenset(
    {"international", "air", "military", "refugee", "central", "general", "university", "border", "naval"}
)
_DOTTED = re.compile(r"^(?:\w{1,3}\.){2,}$")
_WORD = re.compile(r"[^\W_]+")
MOST_BEARERS: Final = 60
"""Places of one name that are weighed: the most prominent; the rest of a San Antonio are hamlets."""

MOST_WORDS: Final = 40
"""Words in a name that is still looked into; more is a table or noise."""

FAMOUS: Final = 5.7
"""Prominence (a city of half a million) from which a name needs no help."""

ACCEPTED: Final = 0.0
"""Evidence from which a candidate is a mention. The scale is log odds: the weights below are those of a logistic
regression on the training part of CoNLL++ without sports and the even-numbered half of LGL, rounded; "type", "dateline"
and "acronym", which those texts hardly show, are set by hand."""

WEIGHTS: Final = {
    "base": -0.1,
    "large": 2.6,
    "population": 0.9,
    "locative": 1.7,
    "type": 2.0,
    "container": 1.5,
    "list": 1.3,
    "dateline": 4.0,
    "country": 0.5,
    "word": -2.5,
    "person": -2.1,
    "surname": -2.6,
    "verb": -1.2,
    "short": -1.7,
    "acronym": -2.0,
    "shouted": -0.9,
    "words": 0.9,
    "other": -0.5,
}


@dataclass(slots=True)
class Mention:
    """A place's name in the text. `kind` is what the words around call it: "", "settlement", "admin1", "admin2",
    "facility"; `near` where the text says beside it; `part` where it says "northern", "central" of it. `core` is the
    end of the gazetteer's name inside that of a facility; `why` has the features that speak for and against."""

    start: int
    end: int
    key: str
    bearers: list[Bearer]
    kind: str = ""
    near: bool = False
    part: bool = False
    evidence: float = 0.0
    why: dict[str, float] = field(default_factory=dict)
    container: Mention | None = None
    core: int = 0
    capital_of: str | None = None


@dataclass(slots=True)
class Surroundings:
    """What a text says beside its mentions: how often each country is named, and people's last names."""

    countries: Counter[str] = field(default_factory=Counter)
    surnames: set[str] = field(default_factory=set)


def find_mentions(analysis: Analysis, gazetteer: Gazetteer) -> tuple[list[Mention], Surroundings]:
    """Candidates with their evidence, in text order, those too weak included; and what the text is about."""
    finder = _Finder(analysis, gazetteer)
    for name in analysis.names:
        finder.read(name)
    finder.weigh()
    return finder.mentions, finder.around


class _Finder:
    """Reads the names of one text."""

    def __init__(self, analysis: Analysis, gazetteer: Gazetteer) -> None:
        self.analysis = analysis
        self.text = analysis.text
        self.gazetteer = gazetteer
        self.mentions: list[Mention] = []
        self.around = Surroundings()
        self.known: dict[str, list[Bearer]] = {}
        self.datelines = [line.place for line in analysis.datelines if line.place]
        self.shouted = [_shouted(self.text[s.start : s.end]) for s in analysis.sentences]
        self.louds = [_loud(self.text[s.start : s.end]) for s in analysis.sentences]

    def bearers(self, key: str) -> list[Bearer]:
        if key not in self.known:
            self.known[key] = self.gazetteer.bearers(key)[:MOST_BEARERS]
        return self.known[key]

    def read(self, name: Name) -> None:
        """Take the candidates out of one name, and count the countries it names."""
        units = [match.span() for match in _WORD.finditer(self.text, name.start, name.end)]
        if len(units) > MOST_WORDS:
            return
        words = [self.text[start:end] for start, end in units]
        taken: list[Found] = []
        index = 0
        while index < len(units):
            found = self.match(units, words, index)
            if found is None:
                self.count_demonym(words, index)
                index += 1
            else:
                taken.append(found)
                index = found.last
        for found in taken:
            mention = self.candidate(units, words, found)
            if mention is not None:
                self.mentions.append(mention)
            else:
                country = self.gazetteer.countries.by_name(" ".join(words[found.first : found.last]))
                self.around.countries.update({country: 1} if country else {})
        placed = any(mention.start >= name.start for mention in self.mentions[-1:])
        if not placed and 2 <= len(words) <= 4 and not any(word.lower() in ORGANISATIONS for word in words):
            self.around.surnames.add(name_key(words[-1]))

    def match(self, units: Sequence[tuple[int, int]], words: Sequence[str], index: int) -> Found | None:
        """The longest name of the gazetteer that begins with this word, demonyms and words of other use left out."""
        word = words[index]
        if not word[0].isupper() and word.lower() not in _ARTICLES:
            return None
        best = None
        for found in self.gazetteer.names_at(self.text, units, index):
            last = words[found.last - 1]
            if not (last[0].isupper() or last[0].isdigit()) or not self.known_as_place(words, found):
                continue
            best = found
        return best

    def known_as_place(self, words: Sequence[str], found: Found) -> bool:
        written = words[found.first : found.last]
        if len(written) > 1:
            if self.gazetteer.countries.by_other_seat(" ".join(written)):
                return False
            return any(word[0].isupper() and word.lower() not in GENERIC for word in written)
        word, lower = written[0], written[0].lower()
        if lower in NO_PLACES or self.gazetteer.countries.by_other_seat(word):
            return False
        if lower in CALENDAR or lower in GENERIC or lower in DIRECTIONS or len(word) < 2:
            return False
        bearers = self.bearers(found.key)
        if not bearers:
            return False
        if self.gazetteer.demonym(word):
            return bearers[0].entry.kind == "country"
        if self.gazetteer.demonym_of_region(word):
            return any(b.entry.kind in ("region", "admin1") and b.how != "other" for b in bearers)
        if any(b.entry.kind == "country" for b in bearers) and len(word) <= 3:
            return word.isupper()
        return True

    def candidate(self, units: Sequence[tuple[int, int]], words: Sequence[str], found: Found) -> Mention | None:
        """A mention where the words of the name around it may stand around a place's name, else None."""
        left = [word.lower() for word in words[: found.first]]
        right = [word.lower() for word in words[found.last :]]
        mention = Mention(units[found.first][0], units[found.last - 1][1], found.key, self.bearers(found.key))
        written = self.text[mention.start : mention.end + 1]
        if _DOTTED.match(written) or (written[-1:] == "." and written[:-1].lower() in STATES_SHORT):
            mention.end += 1
        mention.core = mention.end
        if len(mention.key) <= 3 and any(bearer.entry.kind == "country" for bearer in mention.bearers):
            mention.bearers = [bearer for bearer in mention.bearers if bearer.entry.kind == "country"]
        mention.capital_of = self.gazetteer.country_of_seat(written)
        if right and not self.read_right(mention, right, units, found):
            if not self.loud(mention.start) or prominence(mention.bearers[0]) <= FAMOUS or right[0] in ORGANISATIONS:
                return None
            right = []
        while left and (left[-1] in DIRECTIONS or self.is_demonym(words[len(left) - 1])):
            mention.part = mention.part or left[-1] in DIRECTIONS
            left.pop()
        if left and left[-1] in ("of", "the"):
            head = [word for word in left if word not in ("of", "the")]
            if not self.leaves_place(head):
                return None
            mention.kind = mention.kind or kind_of(head[-1])
            left = []
        if self.loud(mention.start) and not right and prominence(mention.bearers[0]) > FAMOUS:
            return mention  # "Rebels Shell Aleppo": a capital says nothing here
        # "Colonial Baghdad" is a longer name, "Village Tatev" is not.
        return mention if all(word in SETTLEMENT_WORDS or word in ADMIN1_WORDS for word in left) else None

    def leaves_place(self, head: Sequence[str]) -> bool:
        """True where words before "of" leave what follows a place: "Siege of", a person's two names; not "Bank of"."""
        if not head or any(word in ORGANISATIONS for word in head):
            return False
        return head[-1] in BEFORE or (len(head) > 1 and head[-1] not in plain_words())

    def read_right(self, mention: Mention, right: list[str], units: Sequence[tuple[int, int]], found: Found) -> bool:
        """Take the words after the candidate in its name as its kind; False where they make it another name."""
        if right[0] in ("of", "in"):
            return True
        facility = next((number for number, word in enumerate(right) if word in FACILITY_WORDS), None)
        if facility is not None and all(word in _FACILITY_FILL for word in right[:facility]):
            mention.kind = "facility"
            mention.end = units[found.last + facility][1]
            return True
        mention.kind = kind_of(right[0])
        return bool(mention.kind)

    def loud(self, offset: int) -> bool:
        """True in a line of title case or capitals."""
        return bool(self.louds) and self.louds[self.analysis.sentence_at(offset)]

    def is_demonym(self, word: str) -> bool:
        return bool(self.gazetteer.demonym(word) or self.gazetteer.demonym_of_region(word))

    def count_demonym(self, words: Sequence[str], index: int) -> None:
        pair = " ".join(words[max(0, index - 1) : index + 1])
        for written in (pair, words[index]):
            country = self.gazetteer.demonym(written)
            if country is None:
                region = self.gazetteer.demonym_of_region(written)
                country = region.country if region else None
            if country:
                self.around.countries[country] += 1
                return

    def weigh(self) -> None:
        """Give every candidate its evidence, then a second time with what the accepted ones tell."""
        for mention in self.mentions:
            best = mention.bearers[0].entry
            if best.kind == "country" and best.country:
                self.around.countries[best.country] += 1
        for previous, mention in zip([None, *self.mentions], self.mentions, strict=False):
            self.look_around(previous, mention)
        for _ in range(2):
            accepted: Mention | None = None
            for mention in self.mentions:
                listed = (
                    accepted is not None and LIST_GAP.fullmatch(self.text[accepted.end : mention.start]) is not None
                )
                mention.why["list"] = float(listed)
                mention.evidence = sum(WEIGHTS[name] * value for name, value in mention.why.items())
                if mention.evidence >= ACCEPTED:
                    accepted = mention

    def look_around(self, previous: Mention | None, mention: Mention) -> None:
        """What speaks for and against a candidate."""
        text, why = self.text, mention.why
        sentence = self.analysis.sentence_at(mention.start)
        opening = self.analysis.sentences[sentence].start if self.analysis.sentences else 0
        before = text[max(opening, mention.start - 60) : mention.start]
        after = text[mention.end : mention.end + 40]
        written = text[mention.start : mention.core or mention.end]
        self.read_left(mention, before)
        follow = KIND_AFTER.match(after)
        if follow and not mention.kind:
            mention.kind = kind_of(follow.group(1).lower())
        best = mention.bearers[0]
        weight = prominence(best)
        why["base"] = 1.0
        large = best.entry.kind in ("country", "region", "water")
        why["large" if large else "population"] = 1.0 if large else max(-1.5, min(2.0, weight - 4.0))
        if best.how == "other":
            why["other"] = 1.0
        if LOCATIVE.search(before):
            why["locative"] = 1.0
        if mention.kind:
            why["type"] = 1.0
        if any(start <= mention.start and mention.end <= end + 1 for start, end in self.datelines):
            why["dateline"] = 1.0
        if previous is not None and 0 <= mention.start - previous.end <= 12:
            self.read_container(previous, mention)
        if any(b.entry.country in self.around.countries for b in mention.bearers if b.entry.kind != "country"):
            why["country"] = 1.0
        self.read_word(mention, written, after)
        if self.shouted and self.shouted[sentence]:
            why["shouted"] = 1.0

    def read_word(self, mention: Mention, written: str, after: str) -> None:
        why = mention.why
        words = _WORD.findall(written)
        if len(words) > 1 and "." not in written:
            why["words"] = 1.0
            return
        lower = words[0].lower()
        homonym = "word" if lower in plain_words() else homonyms().get(lower)
        if homonym:
            why[homonym] = 1.0
        famous = prominence(mention.bearers[0]) > FAMOUS
        if mention.key in self.around.surnames and not mention.kind and (homonym == "person" or not famous):
            why["surname"] = 1.0
        if SPEAKS.match(after) and mention.bearers[0].entry.kind != "country":
            why["verb"] = 1.0
        if mention.bearers[0].entry.kind != "country":
            if len(lower) <= 3:
                why["short"] = 1.0
            sentence = self.analysis.sentence_at(mention.start)
            if written.isupper() and 1 < len(written) < 6 and not self.shouted[sentence] and "dateline" not in why:
                why["acronym"] = 0.5 if famous else 1.0

    def read_left(self, mention: Mention, before: str) -> None:
        if AROUND.search(before):
            mention.near = True
        match = OF_KIND.search(before)
        if match and not mention.kind:
            kind = kind_of(match.group(1).lower().removesuffix("s"))
            mention.kind = kind or mention.kind
        if PART_OF.search(before):
            mention.part = True

    def read_container(self, inner: Mention, outer: Mention) -> None:
        """ "Goris, Armenia", "Goris in Syunik province": the second holds the first where some bearer lies in some."""
        gap = self.text[inner.end : outer.start]
        if not WITHIN_GAP.fullmatch(gap):
            return
        if holding(inner.bearers, outer.bearers):
            inner.container = outer
            inner.why["container"] = outer.why["container"] = 1.0


def holding(inner: Sequence[Bearer], outer: Sequence[Bearer]) -> bool:
    """True where some bearer of the inner name lies in the state or division that some bearer of the outer name is."""
    countries = {b.entry.country for b in outer if b.entry.kind == "country"}
    divisions = {b.entry.number for b in outer if b.entry.kind in ("admin1", "admin2")}
    return any(
        (b.entry.country in countries and b.entry.kind != "country")
        or (b.entry.admin1_number in divisions and b.entry.kind != "admin1")
        or (b.entry.admin2_number in divisions and b.entry.kind == "settlement")
        for b in inner
    )


def _loud(line: str) -> bool:
    long = [word for word in _WORD.findall(line) if len(word) > 3]
    if line.rstrip()[-1:] in '.!?”"':  # headlines have no full stop
        return _shouted(line)
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _shouted(line: str) -> bool:
    letters = list(filter(str.isalpha, line))
    return len(letters) > 12 and sum(map(str.isupper, letters)) > 0.7 * len(letters)
