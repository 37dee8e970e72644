"""Who is said to have done a harm, and the side of those it was done to, as short names in the text's own words."""

from __future__ import annotations

from counterclaim.coding.groups import DAYS, DETERMINERS, PREPOSITIONS, STOPS
from counterclaim.coding.harm_nouns import Stated
from counterclaim.coding.nations import country_of
from counterclaim.coding.people import is_person
from counterclaim.coding.words import words
from counterclaim.language import Analysis

_ACTS = words(
    "attack attacks strike strikes airstrike airstrikes air-strike raid raids bombing bombings shelling blast "
    "blasts fire explosion explosions bomb bombs car mine landmine rocket rockets missile missiles shell shells "
    "mortar mortars drone drones gunfire clash clashes fighting battle war offensive operation ambush assault "
    "bombardment device shooting crash accident flood fire earthquake storm collapse bullet bullets grenade "
    "grenades violence incident shrapnel helicopter helicopters warplanes jets aircraft gunship plane artillery "
    "barrage massacre incursion crackdown"
)
_FAR = 14
"""Tokens after the harm in which "by" names who did it, at most."""
_WIDE = 40
"""Tokens each side of a harm within which its sentence may name who did it."""
_OPENS = words("when as while who which that where after before because ; : said")
_CLASHES = words(
    "clash clashes clashed fighting battle battles gunfight firefight attack attacks ambush ambushed hit attacked"
)
_STOP_AT = words("when after while as who which that where said , . ; and but whose because")


class PartyReader:
    """Perpetrators and victims' sides in one text."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._named = {
            index
            for name in analysis.names
            for index in range(analysis.token_at(name.start), analysis.token_at(name.end - 1) + 1)
        }

    def perpetrator(self, stated: Stated) -> tuple[str, tuple[int, int] | None]:
        """Short name of who did it, and its span; ("", None) where the sentence does not say."""
        sentence = self._analysis.sentences[self._analysis.sentence_at(self._tokens[stated.first].start)]
        after = max(stated.cue[1], stated.last)
        found = self._by(stated.cue[1], sentence.last)
        if found is None and stated.active and stated.pattern in ("active", "ing", "base"):
            found = self._subject(stated.cue[0], max(sentence.first, stated.cue[0] - _WIDE))
        if found is None and stated.pattern != "of":
            found = self._around(after, min(sentence.last, after + _WIDE))
        if found is None and not stated.active:
            found = self._act_of(max(sentence.first, stated.first - _WIDE), stated.first)
        if found is None:
            return "", None
        return self._short(*found)

    def side(self, stated: Stated) -> str:
        """The country or group the victims belong to, "" where the group's words do not say."""
        for group in stated.groups:
            last = min(group.last + 6, len(self._tokens)) if self._norm(group.last) in ("of", "from") else group.last
            for index in range(group.noun_first, last):
                token = self._tokens[index]
                name = country_of(token.text)
                if name:
                    return name
                if index < group.last and index != group.head and token.text[:1].isupper() and token.text.isupper():
                    return token.text
                if index > group.last and token.text[:1].isupper():
                    return self._text(index, self._name_end(index))
        return ""

    def _by(self, first: int, last: int) -> tuple[int, int] | None:
        """ "killed by Sudanese soldiers", "killed in attacks by Azerbaijan"."""
        for index in range(first, min(last, first + _FAR)):
            word = self._norm(index)
            if word == "by":
                return self._agent(index + 1, last) or self._act_of(index + 1, min(last, index + 8))
            if word in _STOP_AT and index > first:
                return None
        return None

    def _subject(self, verb: int, first: int) -> tuple[int, int] | None:
        """The first agent of the verb's clause; before "who" or "that killed", what the word stands for."""
        start = verb - 1
        while start > first and self._norm(start) not in _OPENS:
            start -= 1
        opened = self._norm(start) in _OPENS
        for index in range(start + opened, verb):
            if self._norm(index - 1) in PREPOSITIONS or self._norm(index) in STOPS - DETERMINERS - {"a", "an"}:
                continue
            found = self._agent(index, verb)
            if found is not None:
                return found
        found = self._act_of(start, verb)
        if found is not None or self._norm(start) not in ("who", "which", "that"):
            return found
        for index in range(max(first, start - 6), start):
            found = self._agent(index, start)
            if found is not None and self._norm(index - 1) not in PREPOSITIONS:
                return found
        return self._act_of(max(first, start - 6), start)

    def _around(self, first: int, last: int) -> tuple[int, int] | None:
        """ "when gunmen stormed ...", "in clashes with the militia", "after an Israeli airstrike"."""
        for index in range(first, last):
            word = self._norm(index)
            if word in ("when", "as", "after") or (word in ("with", "by") and self._norm(index - 1) in _CLASHES):
                found = self._agent(index + 1, min(last, index + 10))
                if found is not None:
                    return found
            if word in (";", "said", "told"):
                break
        return self._act_of(first, last)

    def _agent(self, first: int, last: int) -> tuple[int, int] | None:
        """The phrase that begins at `first`, cut after its last word for people; None where it names nobody."""
        span = self._phrase(first, last)
        if span is None:
            return None
        if any(self._norm(index) in _ACTS for index in range(*span)):
            return None
        people = [
            index
            for index in range(*span)
            if is_person(self._norm(index)) and self._norm(index) not in ("people", "dead", "others", "one")
        ]
        if people:
            return span[0], people[-1] + 1
        end = span[0]
        while end < span[1] and end in self._named and self._norm(end) not in DAYS:
            end += 1
        return (span[0], end) if end > span[0] else None

    def _act_of(self, first: int, last: int) -> tuple[int, int] | None:
        """ "an Israeli airstrike", "attacks by Azerbaijan": who stands behind a named act."""
        for index in range(first, last):
            if self._norm(index) not in _ACTS:
                continue
            back = index - 1
            while back >= first - 6 and back >= 0 and self._norm(back) not in STOPS and self._norm(back) != ",":
                word = self._tokens[back].text
                if country_of(word) or (word.isupper() and len(word) > 1):
                    return back, back + 1
                back -= 1
            if self._norm(index + 1) == "by":
                return self._phrase(index + 2, last + 6)
        return None

    def _phrase(self, first: int, last: int) -> tuple[int, int] | None:
        """Words of a noun phrase from `first` on, without its article."""
        index = first
        while index < last and self._norm(index) in DETERMINERS | {"a", "an"}:
            index += 1
        end = index
        while end < min(last, index + 7) and end < len(self._tokens):
            token = self._tokens[end]
            if token.norm in STOPS and token.text not in ("US", "IS"):
                break
            if not (token.text[0].isalnum() or token.text in "-’'.&"):
                break
            end += 1
        if end == index or not self._tokens[index].text[0].isalpha():
            return None
        return index, end

    def _short(self, first: int, last: int) -> tuple[str, tuple[int, int] | None]:
        span = self._tokens[first].start, self._tokens[last - 1].end
        text = self._analysis.text[span[0] : span[1]]
        if last - first == 1:
            return country_of(text) or text, span
        return text, span

    def _name_end(self, index: int) -> int:
        end = index
        while end < len(self._tokens) and self._tokens[end].text[:1].isupper() and end < index + 4:
            end += 1
        return end

    def _text(self, first: int, last: int) -> str:
        return self._analysis.text[self._tokens[first].start : self._tokens[last - 1].end]

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""
