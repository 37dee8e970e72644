"""Where statements begin and end: to the left of a cue, to its right, and where the next one cuts them short."""

from __future__ import annotations

from dataclasses import dataclass, field

from counterclaim.coding.attributions.grammar import Grammar, Phrase
from counterclaim.coding.attributions.words import CONTRASTS
from counterclaim.language.wordclasses import PREPOSITIONS, RELATIVES
from counterclaim.records import AttributionStance, Span


@dataclass(slots=True)
class Draft:
    """An attribution in the making. `source` and `cue` are token phrases, `content` spans in code points."""

    source: Phrase | None
    cue: Phrase
    content: list[Span] = field(default_factory=list)
    stance: AttributionStance = "asserts"
    carried: list[Span] = field(default_factory=list)
    """Quotations of later sentences that go on from this speaker."""
    right: int | None = None
    """Index in `content` of the part to the right of the cue, which a later attribution may cut short."""


class Contents:
    """The statements of one text; `drafts` are the attributions found so far in the sentence at hand."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.analysis = grammar.analysis
        self.tokens = grammar.tokens
        self.drafts: list[Draft] = []

    def span(self, first: int, last: int) -> Span:
        """The code points of tokens `[first, last)`."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def left(self, opening: int, low: int) -> Span:
        """The statement that ends before token `opening` (a comma outside it, or the closing mark of a quotation)."""
        grammar = self.grammar
        start = self.tokens[low].start
        quote = grammar.quote[opening]
        if quote >= 0:
            begun = self.analysis.quotes[quote].start - 1
            if begun < start:
                sentence = self.analysis.sentences[self.analysis.sentence_at(begun)]
                start = begun if self.analysis.quoted(sentence.start) else max(sentence.start, 0)
            end = self.tokens[opening].end
        else:
            end = self.tokens[opening - 1].end
        cut = self.contrast(low, opening)
        if cut is not None and quote < 0:
            start = self.tokens[cut].start
        return min(start, end), end

    def contrast(self, low: int, opening: int) -> int | None:
        """The token after the last ", but" between an earlier attribution of the sentence and `opening`."""
        if not self.drafts:
            return None
        floor = max(low, self.drafts[-1].cue[1])
        for index in range(opening - 1, max(floor, opening - 40), -1):
            if self.grammar.norm[index] in CONTRASTS and self.grammar.norm[index - 1] == ",":
                self.cut_before(index + 1, low)
                return index + 1
        return None

    def right(self, first: int, high: int) -> Span:
        """The statement that starts at token `first` and runs to the end of its sentence, or of its quotation."""
        grammar = self.grammar
        first = min(first, high - 1)
        start = self.tokens[first].start
        last = high - 1
        while last > first and grammar.norm[last] in (".", "!", "?") and grammar.quote[last] < 0:
            last -= 1
        end = self.tokens[last].end
        quote = grammar.quote[last]
        if quote >= 0:
            span = self.analysis.quotes[quote]
            end = max(end, span.end + 1 if span.closed else span.end)
        return start, min(end, len(self.analysis.text))

    def object(self, first: int, high: int) -> Span:
        """The thing judged ("condemned the raid"); a clause that tells more ("where six died") is the author's."""
        start, end = self.right(first, high)
        for index in range(first + 1, min(high, first + 40)):
            if self.grammar.verb[index]:
                break  # a clause, whose own words these are
            if self.grammar.norm[index] in RELATIVES and self.grammar.quote[index] < 0:
                last = index
                while last - 1 > first and self.grammar.norm[last - 1] in PREPOSITIONS | {","}:
                    last -= 1
                return start, min(end, self.tokens[last - 1].end)
        return start, end

    def after(self, draft: Draft, at: int, high: int) -> None:
        """Add what goes on after a parenthesis: `C1, X said, C2`."""
        grammar = self.grammar
        if at + 1 >= high:
            return
        if grammar.quote[at] >= 0:
            first = at
        elif grammar.norm[at] == "," or grammar.norm[at] == ":":
            first = at + 1
        else:
            return
        norm = grammar.norm[first]
        if grammar.quote[first] < 0 and (
            norm in ("a", "an", "as", "when", "after", "while", "citing", "in", "one", "whose")
            or norm in RELATIVES
            or norm.endswith("ing")
            or norm in CONTRASTS
        ):
            return
        draft.right = len(draft.content)
        draft.content.append(self.right(first, high))

    def cut_before(self, index: int, low: int) -> None:
        """End the open right-hand statements of the sentence where a new attribution is joined on at token `index`."""
        grammar = self.grammar
        before = index - 1
        if before <= low:
            return
        joined = grammar.norm[before] in ("and", "but", "while", "although", "though", "whereas", ",", ";", "by")
        joined = joined or grammar.quote[before] >= 0
        if not joined:
            return
        end = before
        if grammar.quote[before] >= 0:
            end = before + 1
        elif grammar.word(before) not in (",", ";") and grammar.word(before - 1) in (",", ";"):
            end = before - 1
        if grammar.quote[end - 1] < 0 and grammar.norm[end - 1] == ",":
            end -= 1
        limit = self.tokens[end - 1].end
        for draft in self.drafts[-8:]:
            if draft.right is not None and draft.right < len(draft.content):
                start, stop = draft.content[draft.right]
                if start < limit < stop:
                    draft.content[draft.right] = (start, limit)
