"""Who is said to have done a harm, and the side of those it was done to, as short names in the text's own words."""

from __future__ import annotations

from counterclaim.coding.groups import DETERMINERS, PREPOSITIONS, STOPS
from counterclaim.coding.harm_nouns import Stated
from counterclaim.coding.nations import country_of
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
_STOP_AT = words("when after while as who which that where said , . ; and but whose because")


class PartyReader:
    """Perpetrators and victims' sides in one text."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens

    def perpetrator(self, stated: Stated) -> tuple[str, tuple[int, int] | None]:
        """Short name of who did it, and its span; ("", None) where the text does not say."""
        sentence = self._analysis.sentences[self._analysis.sentence_at(self._tokens[stated.first].start)]
        found = self._by(stated.cue[1], sentence.last)
        if found is None and stated.active and stated.pattern != "of":
            found = self._subject(stated.cue[0], sentence.first, stated.pattern == "ing")
        if found is None and stated.pattern in ("passive", "reduced", "predicate", "intransitive"):
            found = self._act_of(stated.cue[1], min(sentence.last, stated.cue[1] + _FAR))
        if found is None:
            return "", None
        first, last = found
        return self._short(first, last)

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
        for index in range(first, min(last, first + _FAR)):
            word = self._norm(index)
            if word == "by":
                found = self._phrase(index + 1, last)
                if found is not None and self._norm(found[1] - 1) not in _ACTS:
                    return found
                if found is not None:
                    return self._act_of(index + 1, min(last, found[1] + 6))
            if word in _STOP_AT and index > first:
                return None
        return None

    def _subject(self, verb: int, first: int, participle: bool) -> tuple[int, int] | None:
        """The phrase before an active verb; before a participle, the one that opens the clause."""
        start = verb - 1
        low = max(first, verb - 40)
        spans: list[tuple[int, int]] = []
        index = low
        while index <= start:
            if self._norm(index) in STOPS and self._norm(index) not in DETERMINERS | {"a", "an"}:
                index += 1
                continue
            found = self._phrase(index, verb)
            if found is None:
                index += 1
                continue
            if self._norm(found[0] - 1) not in PREPOSITIONS:
                spans.append(found)
            index = max(found[1], index + 1)
        if not spans:
            return None
        chosen = spans[0] if participle else spans[-1]
        if self._norm(chosen[1] - 1) in _ACTS:
            return self._act_of(chosen[0], min(verb, chosen[1] + 6))
        return chosen

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
