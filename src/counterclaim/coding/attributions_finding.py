"""Finds the statements of a text: cue first, then its source, then what is stated. One method a construction."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from counterclaim.coding.attributions_grammar import Grammar, Phrase
from counterclaim.coding.attributions_verbs import CueVerb, cue_verbs
from counterclaim.coding.attributions_words import BE, CHECKS, CONTRASTS, REPORT_NOUNS, SPEAKERS
from counterclaim.language import Analysis, Sentence
from counterclaim.language.wordclasses import ADVERBS, AUXILIARIES, DETERMINERS, NEGATIONS, PREPOSITIONS, PRONOUNS
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


class Finder:
    """One pass over the tokens of one text."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.grammar = Grammar(analysis)
        self.tokens = analysis.tokens
        self.verbs = cue_verbs()
        self.drafts: list[Draft] = []
        self._datelines = {analysis.sentence_at(line.start): line.end for line in analysis.datelines}
        self._sentence_drafts: list[Draft] = []

    def find(self) -> list[Draft]:
        """All attributions, in the order of their cues."""
        before: list[Draft] = []
        for number, sentence in enumerate(self.analysis.sentences):
            if sentence.last <= sentence.first:
                continue
            self._sentence_drafts = []
            low = self._low(number, sentence)
            self._headline(sentence, low)
            index = low
            while index < sentence.last:
                index = max(index + 1, self._at(index, low, sentence.last))
            if not self._sentence_drafts:
                before = self._carry_on(number, sentence, before)
            else:
                self.drafts.extend(self._sentence_drafts)
                before = self._sentence_drafts
        self._keep_carried()
        return [draft for draft in self.drafts if draft.content]

    def _keep_carried(self) -> None:
        """Give a carried quotation to the speaker before it, unless an attribution of its own takes it."""
        taken = sorted(span for draft in self.drafts for span in draft.content)
        for draft in self.drafts:
            for start, end in draft.carried:
                index = bisect_left(taken, (end, 0))
                if not any(s < end and start < e for s, e in taken[max(0, index - 8) : index]):
                    draft.content.append((start, end))

    def _low(self, number: int, sentence: Sentence) -> int:
        """First token of the sentence proper, past a dateline."""
        end = self._datelines.get(number)
        return sentence.first if end is None else min(self.analysis.token_at(end), sentence.last)

    def _at(self, index: int, low: int, high: int) -> int:
        """Try every construction at one token; returns the token to go on from."""
        grammar = self.grammar
        if grammar.quote[index] >= 0:
            return index + 1
        norm = grammar.norm[index]
        if norm == "according" and grammar.word(index + 1) == "to":
            return self._according(index, index + 2, low, high)
        if norm in REPORT_NOUNS and grammar.word(index + 1) in ("that", "of"):
            return self._report_noun(index, low, high)
        verb = self.verbs.get(norm)
        if verb is None or (grammar.tokens[index].text.istitle() and index > low):
            return index + 1
        return self._verb(index, verb, low, high)

    # -- cue verbs ----------------------------------------------------------------------------------------------------

    def _verb(self, index: int, verb: CueVerb, low: int, high: int) -> int:
        grammar = self.grammar
        norm = grammar.norm[index]
        before = grammar.word(index - 1) if index > low else ""
        if before in DETERMINERS or before in ("of", "for", "in", "with", "by", "from"):
            return index + 1
        start, negated, passive = self._verb_group(index, low)
        if before == "to" and not (start < index - 1):
            return index + 1
        bare = norm == verb.lemma or norm == verb.lemma + "s"
        if norm.endswith("ing") and start == index and norm != verb.lemma:
            return self._participle(index, verb, low, high)
        if passive:
            return self._passive(start, index, verb, low, high, negated)
        inverted = self._inverted(start, index, verb, low, high)
        if inverted:
            return inverted
        source = grammar.subject_before(start, low)
        if source is None:
            source = self._shared_subject(start, low)
            if source is None:
                return index + 1
            if bare and start == index and verb.noun_like:
                return index + 1
        elif verb.noun_like and bare and start == index and not self._verbal(index, source):
            return index + 1
        stance = verb.stance
        if negated and stance == "asserts":
            stance = "doubts"
        return self._statement(source, start, index, verb, stance, low, high)

    def _verbal(self, index: int, source: Phrase) -> bool:
        """True where a form that could be a noun ("reports") is a verb: a name or pronoun before, a clause after."""
        last = source[1] - 1
        after = self.grammar.word(index + 1)
        return (self.grammar.is_capital(last) or self.grammar.norm[last] in PRONOUNS) and (
            after in ("that", '"', "“", "for", "on") or after in DETERMINERS or after in PRONOUNS
        )

    def _verb_group(self, index: int, low: int) -> tuple[int, bool, bool]:
        """Where the verb group starts, whether it is negated, whether it is passive."""
        grammar = self.grammar
        start = index
        negated = passive = False
        while start > low:
            norm = grammar.norm[start - 1]
            if norm in AUXILIARIES or norm in NEGATIONS:
                negated = negated or norm in NEGATIONS
                passive = passive or norm in BE
            elif not grammar.is_adverb(start - 1) and not grammar.goes_on(start - 1):
                break
            start -= 1
        if grammar.norm[index].endswith("ing"):
            passive = False
        # An adverb that opens the clause belongs to the clause, not to the verb.
        while start < index and grammar.is_adverb(start) and (start == low or grammar.is_break(start - 1)):
            start += 1
        return start, negated, passive

    def _shared_subject(self, start: int, low: int) -> Phrase | None:
        """The subject carried over in "X condemned A and called for B"; None where the sentence has none to carry."""
        before = self.grammar.word(start - 1)
        if before not in ("and", "but", "or", ",", "then") or start - 1 <= low:
            return None
        return self._last_source(start, low)

    def _last_source(self, index: int, low: int) -> Phrase | None:
        for draft in reversed(self._sentence_drafts):
            if draft.source and draft.source[0] < index:
                return draft.source
        return self._first_phrase(low, index)

    def _first_phrase(self, low: int, index: int) -> Phrase | None:
        """The noun phrase before the first verb of the sentence."""
        grammar = self.grammar
        for at in range(low, min(index, low + 30)):
            if grammar.verb[at] and grammar.quote[at] < 0:
                start = at
                while start > low and grammar.is_adverb(start - 1):
                    start -= 1
                return grammar.subject_before(start, low)
        return None

    def _inverted(self, start: int, index: int, verb: CueVerb, low: int, high: int) -> int:
        """`"...", said X` and `..., said X`: the next token to go on from, or 0."""
        grammar = self.grammar
        if "quote" not in verb.frames or start != index or start == low or index + 1 >= high:
            return 0
        before = start - 1
        after_quote = grammar.quote[before] >= 0
        if not after_quote and grammar.norm[before] != ",":
            return 0
        if grammar.norm[index + 1] in ("that", ",", ":") or grammar.quote[index + 1] >= 0:
            return 0
        source = grammar.phrase_after(index + 1, high)
        if source is None or grammar.norm[source[0]] in PREPOSITIONS or grammar.norm[source[0]] in ADVERBS:
            return 0
        last = source[1]
        if last < high and grammar.verb[last] and not grammar.norm[last].endswith("ed"):
            return 0
        if not after_quote and not grammar.has_verb(low, before):
            return 0
        draft = Draft(source, (start, index + 1), stance=verb.stance)
        draft.content.append(self._left(before, low))
        self._after(draft, last, high)
        self._sentence_drafts.append(draft)
        return last

    def _statement(
        self,
        source: Phrase,
        start: int,
        index: int,
        verb: CueVerb,
        stance: AttributionStance,
        low: int,
        high: int,
    ) -> int:
        """`X said C`, `C, X said`, `C1, X said, C2`."""
        grammar = self.grammar
        draft = Draft(source, (start, index + 1), stance=stance)
        at = index + 1
        if "quote" in verb.frames or "clause" in verb.frames:
            medium = grammar.medium_end(at)
            if medium > at:
                draft.cue, at = (start, medium), medium
        addressed = at
        if "addressee" in verb.frames:
            addressed = self._addressee(at, high)
        at = self._to_that(self._skip(addressed, high), high, verb)
        # -- parenthetical: the statement stands before
        opening = source[0] - 1
        ends = at >= high or (grammar.is_break(at) and grammar.quote[at] < 0) or grammar.norm[at] == "."
        if opening > low and ("quote" in verb.frames) and (grammar.norm[opening] == "," or grammar.quote[opening] >= 0):
            quoted = grammar.quote[opening] >= 0
            right_quote = at + 1 < high and grammar.norm[at] in (",", ":") and grammar.quote[at + 1] >= 0
            framed = at < high and grammar.norm[at] == "," and grammar.norm[low] not in PREPOSITIONS
            if quoted or (ends and not right_quote and (framed or grammar.has_verb(low, opening))):
                draft.content.append(self._left(opening, low))
                self._after(draft, at, high)
                self._sentence_drafts.append(draft)
                return at
        if (
            at < high
            and grammar.norm[at] in (",", ":")
            and ((at + 1 < high and grammar.quote[at + 1] >= 0) or grammar.norm[at] == ":")
        ):
            at += 1
        elif ends:
            return index + 1
        first = self._content_start(at, addressed > index + 1, verb)
        if first is None:
            first = at = self._message(at, verb, high)
            if not first:
                return index + 1
        if first >= high:
            return index + 1
        if first > at:
            draft.cue = (start, first)
        self._cut_before(source[0] if source[0] > low and source[1] <= start else start, low)
        draft.right = len(draft.content)
        draft.content.append(self._right(first, high))
        self._sentence_drafts.append(draft)
        return first

    def _content_start(self, at: int, addressed: bool, verb: CueVerb) -> int | None:
        """Where the statement to the right of a cue starts, at `at` or after; None where the verb opens none."""
        grammar = self.grammar
        norm = grammar.word(at)
        quoted = at < grammar.size and grammar.quote[at] >= 0
        if not norm:
            return None
        if norm in verb.prepositions:
            return at + 1
        if quoted and verb.frames:
            return at
        if norm == "that" and verb.frames & {"clause", "that", "addressee", "object"}:
            return at
        if norm == "to" and "infinitive" in verb.frames:
            return at
        if "addressee" in verb.frames:
            return at if addressed else None
        if norm in ("to", "by", "as", "and", "or", "but"):
            return None
        if "clause" in verb.frames:
            if (
                norm in ("in", "on", "at")
                and "object" not in verb.frames
                and not grammar.has_verb(at, min(at + 25, grammar.size))
            ):
                return None
            return at
        if "object" in verb.frames and norm not in PREPOSITIONS and norm not in ADVERBS:
            return None if verb.lemma == "call" and self._phoned(at) else at
        return None

    def _message(self, at: int, verb: CueVerb, high: int) -> int:
        """The quotation in `issued the following statement on Twitter: "..."`; 0 where there is none."""
        grammar = self.grammar
        if "quote" not in verb.frames:
            return 0
        medium = False
        for index in range(at, min(at + 12, high)):
            if grammar.quote[index] >= 0:
                return index if medium else 0
            medium = (
                medium
                or grammar.medium_end(index) > index
                or grammar.norm[index] in ("statement", "message", "following")
            )
            if grammar.verb[index] or grammar.norm[index] == ".":
                break
        return 0

    def _phoned(self, at: int) -> bool:
        """True for "called the president" against "called the president a liar"."""
        grammar = self.grammar
        if not grammar.is_capital(at):
            return False
        for index in range(at + 1, min(at + 12, grammar.size)):
            if grammar.quote[index] >= 0 or grammar.norm[index] in ("a", "an"):
                return False
            if grammar.is_break(index) or grammar.norm[index] in ("to", "and", "on"):
                break
        return True

    def _addressee(self, at: int, high: int) -> int:
        """Past the person told, where one is named; `at` itself where the statement follows at once."""
        grammar = self.grammar
        if at >= high or grammar.quote[at] >= 0 or grammar.norm[at] in ("that", ",", ":"):
            return at
        if grammar.norm[at] in PRONOUNS | {"him", "her", "them", "us", "me"}:
            return at + 1
        index = at
        while index < min(high, at + 12):
            norm = grammar.norm[index]
            if grammar.is_break(index) or grammar.quote[index] >= 0 or norm in ("that", "."):
                break
            if index > at and (norm in PRONOUNS or norm in ("there", "in", "on", "at", "by", "to", "about", "during")):
                break
            if index > at and norm in DETERMINERS and grammar.word(index - 1) not in ("of", "and", "with", "at"):
                break
            if index > at + 1 and grammar.verb[index]:
                break
            index += 1
        return index

    def _to_that(self, at: int, high: int, verb: CueVerb) -> int:
        """Past "after the talks", "for his part" where "that" opens the statement right after."""
        grammar = self.grammar
        if "clause" not in verb.frames or grammar.word(at) not in PREPOSITIONS:
            return at
        for index in range(at + 1, min(at + 15, high)):
            if grammar.norm[index] == "that":
                return index
            if grammar.is_break(index) or grammar.verb[index]:
                break
        return at

    def _skip(self, at: int, high: int) -> int:
        """Past the time and the medium between a cue and its statement."""
        while at < high:
            moved = self.grammar.skip_time(at, high)
            if moved == at:
                moved = self.grammar.medium_end(at)
            if moved == at:
                return at
            at = moved
        return at

    # -- other constructions ------------------------------------------------------------------------------------------

    def _participle(self, index: int, verb: CueVerb, low: int, high: int) -> int:
        """`..., adding that C`: the source is that of the sentence so far."""
        grammar = self.grammar
        before = grammar.word(index - 1) if index > low else ""
        joined = before in (",", "by", "and", "as", "while", "before", "statement", "statements", "message")
        if index == low or not (joined or grammar.quote[index - 1] >= 0):
            return index + 1
        source = self._last_source(index, low)
        at = index + 1
        if "addressee" in verb.frames:
            at = self._addressee(at, high)
        at = self._skip(at, high)
        if source is None or at >= high:
            return index + 1
        if grammar.norm[at] in (",", ":") and at + 1 < high and grammar.quote[at + 1] >= 0:
            at += 1
        elif grammar.is_break(at) and grammar.quote[at] < 0:
            return index + 1
        first = self._content_start(at, at > index + 1, verb)
        if first is None or first >= high:
            return index + 1
        draft = Draft(source, (index, first if first > at else index + 1), stance=verb.stance)
        self._cut_before(index, low)
        draft.right = 0
        draft.content.append(self._right(first, high))
        self._sentence_drafts.append(draft)
        return first

    def _passive(self, start: int, index: int, verb: CueVerb, low: int, high: int, negated: bool) -> int:
        """`X was quoted as saying C`, `C was confirmed by X`, `C could not be verified`."""
        grammar = self.grammar
        at = index + 1
        subject = grammar.subject_before(start, low)
        if grammar.word(at) == "by" and "quote" in verb.frames | verb.frames & {"object"} and subject:
            source = grammar.phrase_after(at + 1, high)
            if source is None or grammar.norm[source[0]].endswith("ing"):
                return index + 1
            draft = Draft(source, (start, at + 1), stance=verb.stance)
            draft.content.append(self._span(*subject))
            self._sentence_drafts.append(draft)
            return source[1]
        if negated and grammar.norm[index] in CHECKS and subject:
            draft = Draft(None, (start, index + 1), [self._span(*subject)], "doubts")
            self._sentence_drafts.append(draft)
            return index + 1
        if verb.lemma in ("tell", "inform") and subject and grammar.word(at) == "that":
            return index + 1
        return index + 1

    def _according(self, index: int, at: int, low: int, high: int) -> int:
        """`according to X, C`, `C, according to X`, `C1, according to X, C2`."""
        grammar = self.grammar
        source = grammar.phrase_after(at, high, opening=index - low <= 1)
        if source is None:
            return at
        draft = Draft(source, (index, at))
        last = source[1]
        opening = index - 1
        if opening < low or (index - low <= 2 and not grammar.has_verb(low, index)):
            if last < high and grammar.norm[last] == ",":
                last += 1
            last = self._skip(last, high)
            if last < high:
                draft.right = 0
                draft.content.append(self._right(last, high))
        else:
            if grammar.norm[opening] not in (",", "-", "–", "—") and grammar.quote[opening] < 0:
                opening += 1
            draft.content.append(self._left(opening, low))
            self._after(draft, self._skip(last, high), high)
        self._sentence_drafts.append(draft)
        return source[1]

    def _report_noun(self, index: int, low: int, high: int) -> int:
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
        draft.content.append(self._right(first, high))
        self._sentence_drafts.append(draft)
        return first

    def _headline(self, sentence: Sentence, low: int) -> None:
        """`Toll rises to 9: ministry`, `Nine dead - police`; `Governor: toll will rise`."""
        grammar = self.grammar
        high = sentence.last
        if high - low < 4 or high - low > 30 or grammar.norm[high - 1] in (".", "?", "!", '"', "”"):
            return
        for index in range(high - 2, max(low + 2, high - 7), -1):
            if grammar.norm[index] == ":" or (grammar.norm[index] in ("-", "–", "—") and grammar.is_break(index)):
                words = range(index + 1, high)
                if all(grammar.text(k)[:1].isupper() or grammar.norm[k] in SPEAKERS for k in words) and any(
                    grammar.norm[k] in SPEAKERS or grammar.text(k).isupper() for k in words
                ):
                    self._sentence_drafts.append(Draft((index + 1, high), (index, index + 1), [self._span(low, index)]))
                return

    # -- content ------------------------------------------------------------------------------------------------------

    def _span(self, first: int, last: int) -> Span:
        return self.tokens[first].start, self.tokens[last - 1].end

    def _left(self, opening: int, low: int) -> Span:
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
        cut = self._contrast(low, opening)
        if cut is not None and quote < 0:
            start = self.tokens[cut].start
        return min(start, end), end

    def _contrast(self, low: int, opening: int) -> int | None:
        """The token after the last ", but" between an earlier attribution of the sentence and `opening`."""
        if not self._sentence_drafts:
            return None
        floor = max(low, self._sentence_drafts[-1].cue[1])
        for index in range(opening - 1, max(floor, opening - 40), -1):
            if self.grammar.norm[index] in CONTRASTS and self.grammar.norm[index - 1] == ",":
                self._cut_before(index + 1, low)
                return index + 1
        return None

    def _right(self, first: int, high: int) -> Span:
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

    def _after(self, draft: Draft, at: int, high: int) -> None:
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
            norm in ("a", "an", "as", "when", "after", "while", "citing", "in", "speaking")
            or norm.endswith("ing")
            or norm in CONTRASTS
        ):
            return
        draft.right = len(draft.content)
        draft.content.append(self._right(first, high))

    def _cut_before(self, index: int, low: int) -> None:
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
        for draft in self._sentence_drafts:
            if draft.right is not None and draft.right < len(draft.content):
                start, stop = draft.content[draft.right]
                if start < limit < stop:
                    draft.content[draft.right] = (start, limit)

    def _carry_on(self, number: int, sentence: Sentence, before: list[Draft]) -> list[Draft]:
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
