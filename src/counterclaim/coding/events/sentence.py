"""One sentence as the event coder sees it: tokens, named parties, triggers, verb groups and noun phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from counterclaim.coding.events.lexicon import CLAUSE_MARKS, Hit, lexicon
from counterclaim.coding.events.words import (
    ADVERB,
    AUXILIARY,
    BE,
    CONJUNCTION,
    DETERMINER,
    HAVE,
    MODAL,
    NOT,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SPEECH,
    SUBORDINATOR,
    inflected,
)
from counterclaim.coding.words import words
from counterclaim.language import Analysis, Token
from counterclaim.resolving.actors import ActorIndex
from counterclaim.resolving.gazetteer import CountryTable

STOPS = frozenset({".", ";", ":", "!", "?", "--", "—", "–", "..."})
QUOTES = frozenset({'"', "“", "”", "''", "``"})


class Mention(NamedTuple):
    """A party named at tokens `[first, last)` of the text."""

    first: int
    last: int
    actor: str
    start: int
    end: int


_WHERE = words("in at near from outside around to into toward towards of on over inside across via through")


@cache
def _countries() -> CountryTable:
    return CountryTable.shipped()


def _demonyms(analysis: Analysis, first: int, last: int, states: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Demonyms and capitals that stand for a state the report names: "Freedonian shelling", "urged Moscow to ..."."""
    if not states:
        return []
    found = []
    before = ""
    for token in analysis.tokens[first:last]:
        if token.text[:1].isupper() and len(token.text) > 3:
            code = _countries().by_demonym(token.text)
            if code is None and before not in _WHERE:
                code = _countries().by_seat(token.text)
            if code in states:
                found.append((token.start, token.end, states[code or ""]))
        before = token.norm
    return found


class SentenceWords:
    """Tokens, mentions and triggers of one sentence, and the shape of its verb groups and noun phrases."""

    def __init__(
        self,
        analysis: Analysis,
        sentence: int,
        actors: ActorIndex,
        hits: Sequence[Hit],
        states: Mapping[str, str] | None = None,
        towns: frozenset[int] = frozenset(),
        parties: Sequence[tuple[int, int, str]] = (),
    ) -> None:
        chosen = analysis.sentences[sentence]
        self.index = sentence
        self.tokens: Sequence[Token] = analysis.tokens
        self.first, self.last = chosen.first, chosen.last
        self.start, self.end = chosen.start, chosen.end
        self._verbs = lexicon().verb_forms
        self._nouns = lexicon().nouns
        self._kinds = {actor.id: actor.kind for _, actor in actors.within(self.start, self.end)}
        self._filed = next((line.end for line in analysis.datelines if self.start <= line.start < self.end), 0)
        self.mentions = self._mentions(analysis, actors, states or {}, towns, parties)
        self.mention_at = {i: mention for mention in self.mentions for i in range(mention.first, mention.last)}
        self.hit_at: dict[int, Hit] = {}
        self.hits = [hit for raw in hits if (hit := self._reading(raw)) is not None]
        self.hit_at = {i: hit for hit in self.hits for i in range(hit.first, hit.last)}
        self._inherited: dict[int, tuple[list[Mention], Hit | None]] = {}

    def _reading(self, hit: Hit) -> Hit | None:
        """The hit as verb or noun, whichever its neighbours allow; None where they allow neither."""
        if self.tokens[hit.first].text == "March" and hit.last == hit.first + 1:
            return None
        if hit.form in ("noun", "phrase"):
            return hit
        tag = self.tokens[hit.first].tag
        verb = tag == "VERB" if tag in ("VERB", "NOUN", "PROPN") else stands_as_verb(self, hit)
        return hit if verb else hit.noun

    def _mentions(
        self,
        analysis: Analysis,
        actors: ActorIndex,
        states: Mapping[str, str],
        towns: frozenset[int],
        parties: Sequence[tuple[int, int, str]],
    ) -> list[Mention]:
        """Longest mentions of the sentence past its dateline, none inside another, in text order."""
        found = [(start, end, actor.id) for (start, end), actor in actors.within(self.start, self.end)]
        found += _demonyms(analysis, self.first, self.last, states)
        found += parties
        found.sort(key=lambda item: (item[0], -item[1]))
        mentions: list[Mention] = []
        reached = -1
        for start, end, actor in found:
            if start < max(reached, self._filed):
                continue
            first = analysis.token_at(start)
            last = max(first + 1, analysis.token_at(end - 1) + 1)
            if self._kinds.get(actor) == "state" and self._only_locates(first, last, towns):
                continue
            if self._kinds.get(actor) == "media" and listens(self.tokens, first):
                continue
            if first < self.last:
                mentions.append(Mention(first, min(last, self.last), actor, start, end))
                reached = end
        return mentions

    def _only_locates(self, first: int, last: int, towns: frozenset[int]) -> bool:
        """True for the country of "in Ibb, Yemen, on Friday": it says where the town lies and does nothing itself."""
        if self.word(first - 1) != "," or first - 2 < self.first or self.tokens[first - 2].end not in towns:
            return False
        after = self.word(last)
        return after == "" or after in CLAUSE_MARKS or after in PREPOSITION or after in ("-", "--")

    def kind(self, mention: Mention) -> str:
        """The kind of the party that a mention names."""
        return self._kinds.get(mention.actor, "state")

    def word(self, i: int) -> str:
        """The token's normal form, "" outside the sentence."""
        return self.tokens[i].norm if self.first <= i < self.last else ""

    def is_verb(self, i: int) -> bool:
        """True where the token can head a clause: an auxiliary, a speech verb, a known verb's past form."""
        word = self.word(i)
        if word in AUXILIARY:
            return word != "'s" or self.word(i + 1) in NOT
        if word in SPEECH or word in inflected("chain"):
            return not (self.word(i - 1) in DETERMINER and word.endswith(("s", "ed")) is False)
        form = self._verbs.get(word)
        if form in ("ed", "past", "part", "s"):
            return word not in self._nouns and self.word(i - 1) not in DETERMINER
        return False

    def group(self, i: int) -> int:
        """First token of the verb group that ends at token `i`: auxiliaries, adverbs, "to", verbs like "try to"."""
        j = i
        chain = inflected("chain")
        for _ in range(12):
            word = self.word(j - 1)
            if word == "":
                break
            if (
                (word in AUXILIARY and word != "'s")
                or word in ADVERB
                or (word.endswith("ly") and len(word) > 4)
                or (word == "since" and self.word(j - 2) in HAVE)
            ):
                j -= 1
            elif word == "to" and (
                self.word(j - 2) in chain
                or self.word(j - 2) in words("set ready due able unable going able about had has have")
            ):
                j -= 2
            elif word == "to":
                j -= 1
                break
            elif (word in chain and self.tokens[j].norm.endswith("ing")) or (
                word == "'s" and self.tokens[j].norm.endswith(("ing", "ed", "en")) and self.word(j - 2) in PRONOUN
            ):
                j -= 1
            else:
                break
        return j

    def left_words(self, i: int) -> list[str]:
        """The words of the verb group before token `i`."""
        return [self.tokens[j].norm for j in range(self.group(i), i)]

    def np_start(self, i: int) -> int:
        """First token of the noun phrase whose head stands at token `i`, determiner and possessor included."""
        j = i
        for _ in range(9):
            mention = self.mention_at.get(j - 1)
            if mention is not None:
                j = mention.first
                continue
            word = self.word(j - 1)
            if word == "" or word in STOPS or word in CONJUNCTION or word in PREPOSITION or word in PRONOUN:
                break
            if word in RELATIVE or word in QUOTES or word in (",", "(", ")") or word in SUBORDINATOR or word == "to":
                break
            if word in NOT or (word in AUXILIARY and word != "'s"):
                break
            if word == "'s":
                j -= 1
                continue
            if word in DETERMINER:
                j -= 1
                if self.word(j - 1) != "'s" and j - 1 not in self.mention_at:
                    break
                continue
            if self.is_verb(j - 1) or (self.hit_at.get(j - 1) and self.hit_at[j - 1].form != "noun"):
                break
            j -= 1
        return j


def listens(tokens: Sequence[Token], first: int) -> bool:
    """True for the outlet that is only told something: "witnesses told the Herald"."""
    return any(token.norm in ("told", "tell", "tells", "telling") for token in tokens[max(0, first - 2) : first])


def stands_as_verb(view: SentenceWords, hit: Hit) -> bool:
    """True where the form stands as a verb: judged from its neighbours, since there are no tags yet."""
    word, before, after = view.word(hit.first), view.word(hit.first - 1), view.word(hit.last)
    if hit.form == "base":
        group = view.left_words(hit.first)
        if group and (group[-1] == "to" or any(w in MODAL or w in ("do", "does", "did") for w in group)):
            return True
        if any(w in HAVE or w in BE for w in group):
            return False
        if before in PRONOUN:
            return True
        if before in DETERMINER or before in PREPOSITION or before in ("'s", "."):
            return False
        if view.word(hit.first) not in view._nouns and before not in AUXILIARY and _takes_plural_verb(view, hit.first):
            return True
        k = hit.first - 1
        while view.word(k) in ADVERB:
            k -= 1
        if view.word(k) in ("and", "or") and any(view.word(k - n) in ("to", "will", "would") for n in range(1, 16)):
            return np_follows(view, hit.last) or view.word(hit.last) in hit.entry.to
        return np_follows(view, hit.last) and hit.first - 1 in view.mention_at
    if hit.form == "s":
        if before in DETERMINER or before in PREPOSITION or before in ("and", ","):
            return False
        if after in PREPOSITION and hit.entry.to[0] == "obj":
            return False
        return (
            hit.first - 1 in view.mention_at
            or before in PRONOUN
            or before in ("which", "that", "who")
            or before in ADVERB
        )
    if hit.form == "ing":
        return not (before in DETERMINER or before == "'s") and not (
            hit.first - 1 in view.mention_at and after in ("of", "by", "in", "on")
        )
    if hit.form in ("ed", "part"):
        if (
            before in DETERMINER
            and after
            and after not in PREPOSITION
            and after not in ADVERB
            and after not in BE
            and after not in CLAUSE_MARKS
        ):
            return False
        return not (
            before in ("of", "in", "with", "for", "from", "by", "against", "among")
            and hit.form != "part"
            and word != ""
        )
    return True


def _takes_plural_verb(view: SentenceWords, i: int) -> bool:
    """True where a verb in its base form can stand at token `i`: "rebels denounce", not "a radio host"."""
    before = view.word(i - 1)
    return (
        i - 1 in view.mention_at
        or before.endswith("s")
        or before in ADVERB | CONJUNCTION | RELATIVE
        or before in ("", ",", ":", "people", "men", "women", "children", "police", "that", ")", "n't")
        or not before[:1].isalpha()
    )


def np_follows(view: SentenceWords, j: int) -> bool:
    """True where a noun phrase begins at token `j`."""
    word = view.word(j)
    return (
        word in DETERMINER or j in view.mention_at or word in PRONOUN or word[:1].isdigit() or word in ("at", "least")
    )
