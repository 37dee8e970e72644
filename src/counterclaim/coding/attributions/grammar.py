"""Where noun phrases and clauses begin and end, by word classes alone: what attributions need until a parser is there.

Positions here are token indexes; a phrase is `(first, last)` with `last` left out, like a slice.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from counterclaim.coding.attributions.verbs import cue_verbs
from counterclaim.coding.attributions.words import (
    AMOUNTS,
    MEDIA,
    NOT_ADVERBS,
    NOT_APPOSED,
    NOT_PAST,
    ROLES,
    TIME_WORDS,
    WEEKDAYS,
)
from counterclaim.language import Analysis
from counterclaim.language.wordclasses import (
    ADVERBS,
    AUXILIARIES,
    CONNECTIVES,
    DETERMINERS,
    IRREGULAR_PAST,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
)

Phrase = tuple[int, int]

_BREAKS = frozenset(",;:.!?\"“”‘’'()[]–—…")
_REACH = 40
"""Longest phrase looked for, in tokens: long titles with appositions stay under it, and it keeps the work linear."""


class Grammar:
    """Word classes and boundaries of one analysis."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.norm = [token.norm for token in analysis.tokens]
        self.size = len(self.norm)
        self.quote = self._quotes()
        verbs = cue_verbs()
        self._cue_forms = {form for form, verb in verbs.items() if not verb.noun_like and form != verb.lemma}
        self.verb = [self._is_verb(index) for index in range(self.size)]
        self._verbs_before = [0, *accumulate(self.verb)]

    def _quotes(self) -> list[int]:
        """For each token, the number of the quotation it stands inside, marks included; -1 outside."""
        inside = [-1] * self.size
        for number, quote in enumerate(self.analysis.quotes):
            index = self.analysis.token_at(quote.start - 1)
            while index < self.size and self.tokens[index].start <= quote.end:
                if self.tokens[index].start >= quote.start - 1 and (
                    self.tokens[index].start < quote.end or self.norm[index] in ('"', "''", "'")
                ):
                    inside[index] = number
                index += 1
        return inside

    def _is_verb(self, index: int) -> bool:
        norm = self.norm[index]
        if norm in AUXILIARIES or norm in IRREGULAR_PAST:
            # "Theresa May", "Will Smith"
            return not (norm in ("may", "will") and index > 0 and self.is_capital(index))
        if not self.tokens[index].text.islower():
            return False
        before = self.norm[index - 1] if index else ""
        if before in DETERMINERS and before != "that":
            return False
        if norm in self._cue_forms and not norm.endswith("ing"):
            return True
        return (
            norm.endswith("ed")
            and len(norm) > 4
            and "-" not in norm
            and norm not in NOT_PAST
            and not norm.endswith("eed")
            and before not in PREPOSITIONS
            and not before.endswith("'s")
        )

    def text(self, index: int) -> str:
        """The token as written; empty beyond either end."""
        return self.tokens[index].text if 0 <= index < self.size else ""

    def word(self, index: int) -> str:
        """The token in lower case; empty beyond either end."""
        return self.norm[index] if 0 <= index < self.size else ""

    def has_verb(self, first: int, last: int) -> bool:
        """True where a word that must be a verb stands in `[first, last)`."""
        return last > first and self._verbs_before[last] > self._verbs_before[first]

    def is_adverb(self, index: int) -> bool:
        """True for words that may stand between a subject and its verb."""
        norm = self.word(index)
        return norm in ADVERBS or (norm.endswith("ly") and len(norm) > 4 and norm not in NOT_ADVERBS and norm.islower())

    def is_adjective(self, index: int, before: Phrase) -> bool:
        """True for "two suspected rebels": a number, then a form in -ed with no clause after it."""
        after = self.word(index + 1)
        return (
            before[1] - before[0] == 1
            and (self.norm[before[0]] in AMOUNTS or self.norm[before[0]].isdigit())
            and self.norm[index].endswith("ed")
            and not (after in ("that", '"', "“") or after in DETERMINERS or after in PRONOUNS)
        )

    def goes_on(self, index: int) -> bool:
        """True for the words of "went on to" and "continued to" before a verb."""
        norm, after = self.word(index), self.word(index + 1)
        if norm == "to":
            return self.word(index - 1) in ("on", "continued", "continues", "went")
        return norm in ("on", "went", "goes", "continued", "continues") and after in ("to", "on")

    def is_capital(self, index: int) -> bool:
        """True where the word is written with a capital."""
        return self.text(index)[:1].isupper()

    def sentence_number(self, index: int) -> int:
        """The sentence a token stands in."""
        return self.analysis.sentence_of(index)

    def is_break(self, index: int) -> bool:
        """True for marks at which a noun phrase ends; a full stop inside a sentence belongs to an abbreviation."""
        norm = self.word(index)
        if norm in ("-", "--"):
            return index > 0 and self.tokens[index].start > self.tokens[index - 1].end
        return (norm in _BREAKS and norm != ".") or norm == "''"

    def skip_time_back(self, index: int, low: int) -> int:
        """Step back over "on Tuesday", "Monday", "late Friday" that ends at `index`."""
        start = index
        if index - 1 >= low and self.norm[index] in ("year", "month", "week", "night", "weekend"):
            return index - 2 if self.norm[index - 1] in ("last", "this") else start
        if index >= low and self.norm[index] in WEEKDAYS:
            index -= 1
            while index >= low and self.norm[index] in ("on", "early", "late", "last", "night"):
                index -= 1
            return index
        return start

    def skip_time(self, index: int, high: int) -> int:
        """Step over "on Tuesday", "Monday night", "late Friday", "on May 3" that starts at `index`."""
        at = index
        while at < high and self.norm[at] in ("on", "early", "late", "last", "earlier", "this", "in", "later", "the"):
            at += 1
        if at < high and self.norm[at] in TIME_WORDS:
            at += 1
            while at < high and (self.norm[at] in TIME_WORDS or self.norm[at].isdigit()):
                at += 1
            return at
        return index

    def phrase_before(self, end: int, low: int) -> Phrase | None:
        """The noun phrase that ends just before token `end`, not reaching before `low`; None where there is none."""
        low = max(low, end - _REACH)
        index = end - 1
        if index < low:
            return None
        quote = self.quote[index]
        while index >= low:
            norm = self.norm[index]
            if norm == ")":
                opening = self._find_back(index, low, lambda k: self.norm[k] == "(")
                if opening is None:
                    break
                index = opening - 1
                continue
            if self.quote[index] != quote or self.is_break(index) or self.verb[index]:
                break
            if norm in ("who", "which") and low < index < end - 1:
                outer = self.phrase_before(index - (self.norm[index - 1] == ","), low)
                return (outer[0], end) if outer is not None and self.norm[index - 1] != "," else outer
            if norm in RELATIVES or norm in CONNECTIVES or norm == ".":
                break
            if norm in ("he", "she", "they", "it", "we", "i", "you"):
                return (index, end) if index == end - 1 else self._trim_left(index + 1, end)
            index -= 1
        return self._trim_left(index + 1, end)

    def _trim_left(self, first: int, end: int) -> Phrase | None:
        while first < end:
            moved = self.skip_time(first, end)
            norm = self.norm[first]
            if moved > first:
                first = moved
            elif norm in ("and", "or", "but", "yet", "so", "nor", "although", "though") or (
                self.is_adverb(first) and first + 1 < end
            ):
                first += 1
            elif norm in PREPOSITIONS:
                start = self._after_opening_phrase(first, end)
                if start is None:
                    return None
                first = start
            else:
                break
        if first >= end or self.norm[end - 1] in DETERMINERS or self.norm[end - 1] in PREPOSITIONS:
            return None
        return first, end

    def _after_opening_phrase(self, first: int, end: int) -> int | None:
        """Where the subject starts after an opening "in Kabul", "for his part"."""
        for index in range(first + 2, end):
            before = self.norm[index - 1]
            if before in PREPOSITIONS or before in ("and", "or") or before in DETERMINERS:
                continue
            if self.norm[index] in DETERMINERS or self.norm[index] in PRONOUNS:
                return index
        return None

    def _find_back(self, index: int, low: int, wanted: Callable[[int], bool]) -> int | None:
        for k in range(index, low - 1, -1):
            if wanted(k):
                return k
        return None

    def subject_before(self, verb: int, low: int) -> Phrase | None:
        """The subject of the verb group that starts at token `verb`, with its apposition; None where none is seen."""
        end = self.skip_time_back(verb - 1, low) + 1
        if end <= low:
            return None
        if self.norm[end - 1] in ("and", "but", "or"):
            return None
        if self.norm[end - 1] != ",":
            if self.norm[end - 1] in ("who", "which") and end - 1 > low:
                stop = end - 1 - (self.norm[end - 2] == ",")
                return self.phrase_before(stop, low)
            return self._with_name_before(self.phrase_before(end, low), low)
        return self._before_comma(end, low)

    def _before_comma(self, end: int, low: int) -> Phrase | None:
        """The subject of a verb that follows a comma: "X, head of Y, said", "X, speaking in Y, on the border, said"."""
        floor = max(low, end - _REACH)
        closing = end - 1
        opening = self._find_back(closing - 1, floor, self._outer_comma)
        while opening is not None and low < opening < closing - 1:
            inner = self.norm[opening + 1]
            aside = inner in RELATIVES or inner.endswith("ing") or inner in CONNECTIVES or inner in PREPOSITIONS
            subject = self.phrase_before(opening, low)
            aside_before = subject is not None and self.norm[subject[0]].endswith("ing") and aside
            if subject is not None and not aside_before:
                if aside:
                    return subject
                verbal = self.has_verb(opening + 1, closing) and not self._relative(opening + 1, closing)
                return None if verbal or inner in ("and", "or") else (subject[0], closing)
            if not aside:
                return None
            opening = self._find_back(opening - 1, floor, self._outer_comma)
        return None

    def _outer_comma(self, index: int) -> bool:
        return self.norm[index] == "," and self.quote[index] < 0

    def _relative(self, first: int, last: int) -> bool:
        """True where the first verb of a phrase stands in a relative clause: "one of the towns that fell"."""
        for index in range(first, last):
            if self.norm[index] in ("that", "who", "which", "where"):
                return index > first
            if self.verb[index]:
                return False
        return False

    def _with_name_before(self, phrase: Phrase | None, low: int) -> Phrase | None:
        """`"...," Ana Sol, head of the clinic said`: the name before an apposition that no comma closes."""
        if phrase is None or phrase[0] - 2 < low or self.norm[phrase[0] - 1] != ",":
            return phrase
        first = phrase[0] - 1
        while first > low and self.is_capital(first - 1) and self.quote[first - 1] < 0:
            first -= 1
        length = phrase[0] - 1 - first
        after_quote = first > low and self.quote[first - 1] >= 0
        opens = self.norm[first]
        aside = first > low and self.norm[first - 1] == "," and any(self.norm[k] in ROLES for k in range(*phrase))
        named = opens not in PREPOSITIONS and opens not in TIME_WORDS and opens not in DETERMINERS and length > 1
        if named and length <= 4 and (after_quote or aside or first == low) and self.quote[first] < 0:
            return first, phrase[1]
        return phrase

    def phrase_after(self, start: int, high: int, *, opening: bool = False) -> Phrase | None:
        """The noun phrase that starts at token `start`, with an apposition; None where no phrase starts there.

        With `opening` the phrase opens a sentence ("According to X, ..."), so only a role is taken for an apposition.
        """
        high = min(high, start + _REACH)
        end = self._run(start, high)
        if end == start:
            return None
        if self.word(end) == "," and end + 1 < high:
            stop = self._run(end + 1, high)
            closes = stop >= high or self.word(stop) in (",", ".", ";", "") or self.is_break(stop)
            opens = self.norm[end + 1]
            nominal = opens in ("a", "an", "the") or (
                opens not in PRONOUNS
                and opens not in DETERMINERS
                and opens not in PREPOSITIONS
                and not opens.endswith("ing")
                and not self.is_adverb(end + 1)
                and opens not in CONNECTIVES
                and opens not in ("and", "but", "or", "citing")
            )
            if opening:
                nominal = opens in ("a", "an") or any(self.norm[k] in ROLES for k in range(end + 1, min(end + 4, stop)))
                closes = self.word(stop) == ","
            if (
                stop > end + 1
                and closes
                and nominal
                and opens not in NOT_APPOSED
                and not self.verb[min(stop, self.size - 1)]
            ):
                end = stop
        return start, end

    def _run(self, start: int, high: int) -> int:
        index = start
        while index < high:
            norm = self.norm[index]
            if norm == "(" and index > start:
                closing = index
                while closing < high and self.norm[closing] != ")":
                    closing += 1
                if closing < high and closing - index <= 4:
                    index = closing + 1
                    continue
                break
            if self.quote[index] != self.quote[start] or self.is_break(index) or self.verb[index]:
                break
            if norm == "." and index + 1 >= high:
                break
            if norm in RELATIVES or (norm in CONNECTIVES and index > start and norm != "as"):
                break
            if norm == "as" or (
                self.skip_time(index, high) > index > start and norm != "the" and not self._in_name(index)
            ):
                break
            if index > start and norm in ("in", "on", "during", "at") and self._is_medium(index):
                break
            if index > start and (norm in PRONOUNS or norm.isdigit() or norm in AMOUNTS):
                break
            index += 1
        while index > start and (
            self.norm[index - 1] in PREPOSITIONS or self.norm[index - 1] in DETERMINERS or self.is_adverb(index - 1)
        ):
            index -= 1
        return index

    def _is_medium(self, index: int) -> bool:
        return self.medium_end(index) > index

    def _in_name(self, index: int) -> bool:
        """True for "Today" in "USA Today"."""
        return self.norm[index] in ("today", "week", "times") and self.is_capital(index) and self.is_capital(index - 1)

    def medium_end(self, index: int) -> int:
        """Past the end of "in a statement", "on Twitter", "during a news conference" that starts at `index`."""
        if self.word(index) not in ("in", "on", "during", "at", "to", "via", "by"):
            return index
        for at in range(index + 1, min(index + 6, self.size)):
            if self.norm[at] in MEDIA:
                at += 1
                while self.word(at) in ("call", "conference") or (
                    self.word(at) == "with" and self.word(at + 1) == "reporters"
                ):
                    at += 1 + (self.norm[at] == "with")
                return at
            if self.is_break(at) or self.verb[at]:
                break
        return index
