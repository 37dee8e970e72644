"""Statements without a verb of speech: "according to", "reports that", headlines with a colon, signed quotations."""

from __future__ import annotations

from bisect import bisect_left

from counterclaim.coding.attributions.content import Contents, Draft
from counterclaim.coding.attributions.grammar import Grammar, Phrase
from counterclaim.coding.attributions.words import SPEAKERS
from counterclaim.language import Analysis, Sentence


class Forms:
    """The constructions that need no cue verb, and the quotations that go on from the speaker before."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.grammar = Grammar(analysis)
        self.contents = Contents(self.grammar)
        self.drafts: list[Draft] = []

    def according(self, index: int, at: int, low: int, high: int) -> int:
        """`according to X, C`, `C, according to X`, `C1, according to X, C2`."""
        grammar = self.grammar
        source = grammar.phrase_after(at, high, opening=index - low <= 1)
        if source is None:
            return at
        draft = Draft(source, (index, at))
        last = source[1]
        opening = index - 1
        joined = opening >= low and grammar.norm[opening] in ("and", "but")
        if joined or opening < low or (index - low <= 2 and not grammar.has_verb(low, index)):
            while last < high and grammar.norm[last] == ",":
                last += 1
            last = self.skip(last, high)
            if last < high:
                draft.right = 0
                draft.content.append(self.contents.right(last, high))
        else:
            if grammar.norm[opening] not in (",", "-", "–", "—") and grammar.quote[opening] < 0:
                opening += 1
            draft.content.append(self.contents.left(opening, low))
            self.contents.after(draft, self.skip(last, high), high)
        self.contents.drafts.append(draft)
        return source[1]

    def report_noun(self, index: int, low: int, high: int) -> int:
        """`reports that C`, `the ministry's claim that C`: the source is the owner, if one is named."""
        grammar = self.grammar
        first = index + 1 if grammar.norm[index + 1] == "that" else index + 2
        if first >= high or (
            grammar.norm[index + 1] == "of" and grammar.norm[index] not in ("reports", "allegations", "claims")
        ):
            return index + 1
        source: Phrase | None = None
        owner = index - 1
        if owner >= low and grammar.norm[owner].endswith("'s"):
            source = grammar.phrase_before(index, low)
            source = None if source is None else (source[0], index)
        elif owner > low and grammar.is_capital(owner):
            source = (owner, index)
        draft = Draft(source, (index, first), right=0)
        draft.content.append(self.contents.right(first, high))
        self.contents.drafts.append(draft)
        return first

    def headline(self, sentence: Sentence, low: int) -> None:
        """`Toll rises to 9: ministry`, `Nine dead - police`; `Governor: toll will rise`."""
        grammar = self.grammar
        high = sentence.last
        if high - low < 4 or high - low > 30 or grammar.norm[high - 1] in (".", "?", "!", '"', "”"):
            return
        if self.speaker_first(low, high):
            return
        for index in range(high - 2, max(low + 2, high - 7), -1):
            if grammar.norm[index] == ":" or (grammar.norm[index] in ("-", "–", "—") and grammar.is_break(index)):
                words = range(index + 1, high)
                if all(grammar.text(k)[:1].isupper() or grammar.norm[k] in SPEAKERS for k in words) and any(
                    grammar.norm[k] in SPEAKERS or grammar.text(k).isupper() for k in words
                ):
                    self.contents.drafts.append(
                        Draft((index + 1, high), (index, index + 1), [self.contents.span(low, index)])
                    )
                return

    def speaker_first(self, low: int, high: int) -> bool:
        """`Governor: toll will rise`, `Sol: "It was late"`: a short name, a colon, the statement."""
        grammar = self.grammar
        for index in range(low + 1, min(low + 6, high - 2)):
            if grammar.norm[index] != ":":
                continue
            words = range(low, index)
            named = all(
                grammar.is_capital(k) or grammar.norm[k] in SPEAKERS or grammar.norm[k] in ("of", "'s") for k in words
            )
            if named and (grammar.norm[index - 1] in SPEAKERS or index - low <= 3) and not grammar.has_verb(low, index):
                draft = Draft((low, index), (index, index + 1), right=0)
                draft.content.append(self.contents.right(index + 1, high))
                self.contents.drafts.append(draft)
                return True
        return False

    def signature(self, number: int, sentence: Sentence) -> None:
        """`"It was late." ― Ana Sol`: a quotation, a dash, a name and nothing more."""
        grammar = self.grammar
        dash = sentence.first
        if grammar.norm[dash] not in ("―", "—", "–", "--") or not 1 < sentence.last - dash < 9 or dash == 0:
            return
        quote = grammar.quote[dash - 1]
        words = [k for k in range(dash + 1, sentence.last) if grammar.norm[k] not in (".", ",")]
        if quote < 0 or not words or not all(grammar.is_capital(k) for k in words):
            return
        span = self.analysis.quotes[quote]
        draft = Draft(
            (words[0], words[-1] + 1), (dash, dash + 1), [(max(0, span.start - 1), self.tokens[dash - 1].end)]
        )
        self.contents.drafts.append(draft)

    def carry_on(self, number: int, sentence: Sentence, before: list[Draft]) -> list[Draft]:
        """A sentence all in quotation marks without a cue goes on from the speaker before it."""
        grammar = self.grammar
        first, last = sentence.first, sentence.last - 1
        if not before or grammar.quote[first] < 0 or (grammar.quote[last] < 0 and grammar.quote[last - 1] < 0):
            return []
        quote = self.analysis.quotes[grammar.quote[first]]
        if quote.start > sentence.start + 1:
            return before
        draft = before[-1]
        start, end = quote.start - 1, quote.end + (1 if quote.closed else 0)
        if draft.content and draft.content[-1][1] < start and (start, end) not in draft.carried[-1:]:
            draft.carried.append((start, end))
        return before

    def skip(self, at: int, high: int) -> int:
        """Past the time and the medium between a cue and its statement."""
        while at < high:
            moved = self.grammar.skip_time(at, high)
            if moved == at:
                moved = self.grammar.medium_end(at)
            if moved == at:
                return at
            at = moved
        return at

    def keep_carried(self) -> None:
        """Give a carried quotation to the speaker before it, unless an attribution of its own takes it."""
        taken = sorted(span for draft in self.drafts for span in draft.content)
        for draft in self.drafts:
            for start, end in draft.carried:
                index = bisect_left(taken, (end, 0))
                if not any(s < end and start < e for s, e in taken[max(0, index - 8) : index]):
                    draft.content.append((start, end))
