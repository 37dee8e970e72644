"""Finds the statements of a text: cue first, then its source, then what is stated. One method a construction."""

from __future__ import annotations

from counterclaim.coding.attributions.content import Draft
from counterclaim.coding.attributions.forms import Forms
from counterclaim.coding.attributions.grammar import Phrase
from counterclaim.coding.attributions.verbs import CueVerb, cue_verbs
from counterclaim.coding.attributions.words import BE, CHECKED, CHECKS, PUTS, REPORT_NOUNS, SPEAKERS, TOLLS
from counterclaim.language import Analysis, Sentence
from counterclaim.language.wordclasses import ADVERBS, AUXILIARIES, DETERMINERS, NEGATIONS, PREPOSITIONS, PRONOUNS
from counterclaim.records import AttributionStance

_OPENERS = PUTS | {"according", "as"}
_LIVES = ("lives", "life", "victims", "prisoners", "casualties", "asylum")


class Finder(Forms):
    """One pass over the tokens of one text."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self.verbs = cue_verbs()
        self._datelines = {analysis.sentence_at(line.start): line.end for line in analysis.datelines}

    def find(self) -> list[Draft]:
        """All attributions, in the order of their cues."""
        before: list[Draft] = []
        for number, sentence in enumerate(self.analysis.sentences):
            if sentence.last <= sentence.first:
                continue
            self.contents.drafts = []
            low = self._low(number, sentence)
            self.headline(sentence, low)
            self.signature(number, sentence)
            index = low
            while index < sentence.last:
                index = max(index + 1, self._at(index, low, sentence.last))
            if not self.contents.drafts:
                before = self.carry_on(number, sentence, before)
            else:
                self.drafts.extend(self.contents.drafts)
                before = self.contents.drafts
        self.keep_carried()
        return [draft for draft in self.drafts if draft.content]

    def _low(self, number: int, sentence: Sentence) -> int:
        """First token of the sentence proper, past a dateline ("LUND, Sweden: ...")."""
        words = range(sentence.first, min(sentence.first + 6, sentence.last - 8))
        first = self.tokens[sentence.first].text
        if len(first) > 3 and first.isupper():
            for index in words:
                if self.grammar.norm[index] == ":":
                    return index + 1
        end = self._datelines.get(number)
        return sentence.first if end is None else min(self.analysis.token_at(end), sentence.last)

    def _at(self, index: int, low: int, high: int) -> int:
        """Try every construction at one token; returns the token to go on from."""
        grammar = self.grammar
        if grammar.quote[index] >= 0:
            return index + 1
        norm = grammar.norm[index]
        verb = self.verbs.get(norm)
        if verb is None and norm not in _OPENERS and norm not in REPORT_NOUNS:
            return index + 1
        if norm in ("according", "as") and grammar.word(index + 1) == ("to" if norm == "according" else "per"):
            return self.according(index, index + 2, low, high)
        if norm in REPORT_NOUNS and grammar.word(index + 1) in ("that", "of"):
            return self.report_noun(index, low, high)
        if norm in PUTS:
            return self._put_at(index, low, high)
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
        elif start == index and (
            (verb.noun_like and bare and not self._verbal(index, source)) or grammar.is_adjective(index, source)
        ):
            return index + 1
        stance = verb.stance
        if grammar.norm[source[0]] in ("no", "nobody", "none", "neither"):
            return index + 1
        if negated and stance == "asserts":
            if "clause" not in verb.frames:
                return index + 1
            stance = "doubts"
        elif negated or (verb.lemma in ("decline", "refuse") and grammar.word(index + 2) in CHECKED):
            stance = "doubts"  # "did not deny", "declined to confirm"
        return self._statement(source, start, index, verb, stance, low, high)

    def _put_at(self, index: int, low: int, high: int) -> int:
        """`X put the death toll at 41 (and said C)`, `X raised its count to 41`: the figure is told by X."""
        grammar = self.grammar
        words = [grammar.word(at) for at in range(index + 1, min(high, index + 14))]
        changed = grammar.norm[index] not in ("put", "puts")
        goal = next((at for at, word in enumerate(words) if word == "at" or (changed and word == "to")), None)
        if goal is None or TOLLS.isdisjoint(words[:goal]):
            return index + 1
        start, negated, passive = self._verb_group(index, low)
        source = grammar.subject_before(start, low) or self._shared_subject(start, low)
        if source is None or negated or passive or (changed and not self._may_speak(source)):
            return index + 1
        at = index + 2 + goal
        last = at
        while last < high and not (grammar.norm[last] in ("and", "but", "while") and grammar.has_verb(last, last + 3)):
            last += 1
        if last < high and grammar.norm[last - 1] == ",":
            last -= 1
        draft = Draft(source, (start, index + 1))
        draft.content.append(self.contents.right(index + 1, last))
        self.contents.drafts.append(draft)
        return at

    def _may_speak(self, source: Phrase) -> bool:
        """A name, an office or a body: a second blast, too, raises the toll to 41."""
        last = source[1] - 1
        return self.grammar.is_capital(last) or self.grammar.norm[last] in SPEAKERS

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
            if (norm in AUXILIARIES and grammar.verb[start - 1]) or norm in NEGATIONS:
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
        alternative = self.verbs.get(self.grammar.word(start - 2))
        if before == "or" and alternative is not None:
            return None  # "to confirm or deny"
        joined = before in ("and", "or") and self.grammar.word(start - 2) != ","
        last = self.contents.drafts[-1] if self.contents.drafts else None
        if joined and last is not None and self.grammar.has_verb(last.cue[1], start):
            return None  # "said that he was beaten and threatened": what is joined is told, not telling
        return self._last_source(start, low)

    def _last_source(self, index: int, low: int) -> Phrase | None:
        for draft in reversed(self.contents.drafts):
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
        if "addressee" in verb.frames and verb.lemma != "warn":
            return 0  # "..., told reporters" has its subject before
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
        if last < high and grammar.verb[last]:
            return 0
        if not after_quote:
            subject = grammar.subject_before(start, low)
            if not grammar.has_verb(low, before) or grammar.norm[source[0]] in PRONOUNS:
                return 0
            if subject is not None and not grammar.has_verb(low, subject[0]):
                return 0  # "Ana Sol, the mayor, said ...": her name and office stand before, and no statement
        draft = Draft(source, (start, index + 1), stance=verb.stance)
        draft.content.append(self.contents.left(before, low))
        self.contents.after(draft, last, high)
        self.contents.drafts.append(draft)
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
        if "addressee" in verb.frames and not ("clause" in verb.frames and grammar.word(at) in DETERMINERS):
            addressed = self._addressee(at, high)
        at = self._to_that(self.skip(addressed, high), high, verb)
        # -- parenthetical: the statement stands before
        opening = source[0] - 1
        at = self._place_after(at, high) if opening > low else at
        ends = at >= high or (grammar.is_break(at) and grammar.quote[at] < 0) or grammar.norm[at] == "."
        if opening > low and ("quote" in verb.frames) and (grammar.norm[opening] == "," or grammar.quote[opening] >= 0):
            quoted = grammar.quote[opening] >= 0 and (ends or self._closes(opening))
            closes = at >= high or grammar.norm[at] == "."
            right_quote = at + 1 < high and grammar.norm[at] in (",", ":") and grammar.quote[at + 1] >= 0
            framed = at < high and grammar.norm[at] == "," and grammar.norm[low] not in PREPOSITIONS
            if quoted or (ends and not right_quote and (framed or closes or grammar.has_verb(low, opening))):
                draft.content.append(self.contents.left(opening, low))
                self.contents.after(draft, at, high)
                self.contents.drafts.append(draft)
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
        if verb.lemma in ("post", "release", "publish", "issue", "write", "tweet"):
            first = self._message(at, verb, high) or first
        if first is None:
            first = at = self._message(at, verb, high)
            if not first:
                return index + 1
        if first >= high:
            return index + 1
        if first >= high:
            return index + 1
        if first > at:
            draft.cue = (start, first)
        self.contents.cut_before(source[0] if source[0] > low and source[1] <= start else start, low)
        draft.right = len(draft.content)
        judged = verb.judges and grammar.norm[first] not in ("that", "to")
        told = self.contents.object if judged and grammar.quote[first] < 0 else self.contents.right
        draft.content.append(told(first, high))
        self.contents.drafts.append(draft)
        return first

    def _content_start(self, at: int, addressed: bool, verb: CueVerb) -> int | None:
        """Where the statement to the right of a cue starts, at `at` or after; None where the verb opens none."""
        grammar = self.grammar
        norm = grammar.word(at)
        quoted = at < grammar.size and grammar.quote[at] >= 0
        if not norm:
            return None
        if verb.lemma == "claim" and any(grammar.word(k) in _LIVES for k in range(at, at + 6)):
            return None  # "the blast claimed 20 lives"
        if norm in verb.prepositions:
            return at + 1
        if quoted and verb.lemma in ("call", "dub", "label", "term", "brand"):
            return None  # "a plan called "New Dawn""
        if quoted and verb.frames:
            return at
        if norm == "that" and verb.frames & {"clause", "that", "addressee", "object"}:
            return at
        if norm == "to" and "infinitive" in verb.frames:
            return at
        if "addressee" in verb.frames and (addressed or "clause" not in verb.frames):
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
        if "object" in verb.frames and norm not in PREPOSITIONS and norm not in ADVERBS and not grammar.verb[at]:
            return None if verb.lemma == "call" and self._phoned(at) else at
        return None

    def _closes(self, index: int) -> bool:
        """True where the quotation that ends at token `index` is a statement and no "so-called" word."""
        return any(self.grammar.word(k) in (",", ".", "?", "!", "...", "…") for k in (index - 1, index, index - 2))

    def _place_after(self, at: int, high: int) -> int:
        """Past "in Nairobi", "after the talks" where nothing but a mark or the end of the sentence follows."""
        grammar = self.grammar
        if at >= high or grammar.norm[at] not in ("in", "at", "on", "after", "during", "by", "from", "of", "before"):
            return at
        for index in range(at + 1, min(at + 14, high)):
            if grammar.norm[index] == "." or grammar.norm[index] == ",":
                return index
            if grammar.verb[index] or grammar.is_break(index) or grammar.norm[index] == "that":
                return at
        return at

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
        opens_with_article = grammar.norm[at] in ("a", "an")
        if not grammar.is_capital(at) and not opens_with_article:
            return False
        for index in range(at + 1, min(at + 12, grammar.size)):
            if grammar.quote[index] >= 0 or (grammar.norm[index] in ("a", "an") and not opens_with_article):
                return False
            if grammar.is_break(index) or grammar.norm[index] in ("to", "and", "on"):
                break
        return True

    def _addressee(self, at: int, high: int) -> int:
        """Past the person told, where one is named; `at` itself where the statement follows at once."""
        grammar = self.grammar
        if at >= high or grammar.quote[at] >= 0 or grammar.norm[at] in {"that", ",", ":"} | PREPOSITIONS:
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
        if not verb.frames & {"clause", "addressee"} or not (
            grammar.word(at) in PREPOSITIONS or grammar.is_adverb(at) or grammar.word(at) == ","
        ):
            return at
        if grammar.word(at) == "to":
            return at
        told = "addressee" in verb.frames
        for index in range(at + 1, min(at + 15, high)):
            if grammar.norm[index] == "that" or (told and grammar.norm[index] == "to"):
                return index
            if (grammar.is_break(index) and grammar.norm[index] != ",") or grammar.verb[index]:
                break
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
        at = self.skip(at, high)
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
        self.contents.cut_before(index, low)
        draft.right = 0
        draft.content.append(self.contents.right(first, high))
        self.contents.drafts.append(draft)
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
            draft.content.append(self.contents.span(*subject))
            self.contents.drafts.append(draft)
            return source[1]
        if negated and grammar.norm[index] in CHECKS and subject:
            draft = Draft(None, (start, index + 1), [self.contents.span(*subject)], "doubts")
            self.contents.drafts.append(draft)
            return index + 1
        if verb.lemma in ("tell", "inform") and subject and grammar.word(at) == "that":
            return index + 1
        return index + 1
