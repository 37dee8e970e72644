"""Who stands where around a trigger, by word order: a shallow reading of one sentence, until there are parses.

Every walk is bounded by REACH tokens, so that a sentence of any length takes time in proportion to its length.
"""

from __future__ import annotations

from typing import NamedTuple

from counterclaim.coding.events.lexicon import Hit
from counterclaim.coding.events.sentence import QUOTES, STOPS, Mention, SentenceWords
from counterclaim.coding.events.words import (
    ADVERB,
    BE,
    CONJUNCTION,
    DETERMINER,
    DO,
    HAVE,
    MODAL,
    NOT,
    PREPOSITION,
    RELATIVE,
    SPEECH,
    SUBORDINATOR,
)
from counterclaim.coding.words import words

REACH = 45
"""Tokens that any walk goes at most: longer than nine in ten news sentences."""


_NUMBERS = words(
    "a one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty dozen "
    "dozens half hundred hundreds thousand thousands"
)


class Argument(NamedTuple):
    """A mention after a trigger, with the preposition it stands after (`obj` for none)."""

    slot: str
    mention: Mention


class SentenceView(SentenceWords):
    """A sentence with the walks that find subjects, objects and clauses."""

    def oblique(self, mention: Mention) -> str:
        """The preposition that governs a mention, "" for none."""
        j = mention.first - 1
        if self.word(j) == "," and self.word(mention.last) in (",", ")", "and") and j - 1 not in self.mention_at:
            # "in Ibb, Yemen, killed": the country only says in which country the town lies.
            for _ in range(9):
                if not (self.word(j) == "," or (self.first <= j and self.tokens[j].text[:1].isupper())):
                    break
                j -= 1
            return self.word(j) if self.word(j) in ("in", "at", "near", "of", "from", "outside") else ""
        for _ in range(7):
            word = self.word(j)
            if word in PREPOSITION:
                return word
            if word == "" or word in CONJUNCTION or word in STOPS or word == "," or self.is_verb(j):
                return ""
            if word in RELATIVE or (word in DETERMINER and self.word(j - 1) not in PREPOSITION):
                return ""
            if j in self.mention_at:
                return ""
            j -= 1
        return ""

    def coordinated(self, mention: Mention) -> list[Mention]:
        """The mention and those joined to it on its left: "A, B and C"."""
        joined = [mention]
        here = mention
        for _ in range(8):
            j = here.first - 1
            while self.word(j) in DETERMINER and self.word(j) != "'s":
                j -= 1
            if self.word(j) not in ("and", "&", ",", "or"):
                break
            while self.word(j) in ("and", "&", ",", "or"):
                j -= 1
            before = self.mention_at.get(j)
            comma = self.word(j + 1) == ","
            headline = before is not None and before.first == self.first and self.word(here.last) != ","
            if before is None or (
                comma and self.word(here.first - 1) == "," and not self._listed(here) and not headline
            ):
                break
            joined.append(before)
            here = before
        return joined[::-1]

    def _listed(self, mention: Mention) -> bool:
        """True where an "and" follows further on, so that a comma before the mention is that of a list."""
        return any(self.word(mention.last + k) in ("and", "&") for k in range(3))

    def subject(self, i: int, depth: int = 0) -> tuple[list[Mention], Hit | None]:
        """Parties, or the noun trigger, that stand as subject of the verb whose group ends at token `i`."""
        if i in self._inherited:
            return self._inherited[i]
        found = self._subject(i, depth)
        self._inherited[i] = found
        return found

    def _subject(self, i: int, depth: int) -> tuple[list[Mention], Hit | None]:
        group = self.group(i)
        infinitive = self.word(group) == "to" and group < i
        participle = group == i and self.word(i).endswith("ing")
        j = group - 1
        if self.word(j) in ADVERB:
            j -= 1
        nearest: Mention | None = None
        for step in range(REACH):
            word = self.word(j)
            if word == "":
                break
            mention = self.mention_at.get(j)
            if mention is not None:
                if not self.oblique(mention) or (infinitive and step < 6):
                    return self.coordinated(mention), None
                nearest = nearest or mention
                j = mention.first - 1
                continue
            if step <= 1 and word in ("it", "he", "she", "they") and depth < 4:
                k = j - 2 if self.word(j - 1) == "that" else j - 1
                if self.word(k) in SPEECH:
                    # "The ministry said it would ...": the pronoun of reported speech is the speaker.
                    said_by, what = self.subject(k, depth + 1)
                    return [m for m in said_by if word not in ("he", "she") or self.kind(m) == "person"], what
            hit = self.hit_at.get(j)
            if hit is not None and hit.form == "noun" and not self._governed(hit):
                return [], hit
            if word in STOPS:
                break
            if word == "that" and self.is_verb(j - 1):
                break
            if word in RELATIVE:
                return self._antecedent(j), None
            if word in SUBORDINATOR:
                break
            if word in CONJUNCTION and step <= 1:
                return self._previous(j, depth)
            if word == ",":
                if participle and step <= 1:
                    return self._previous(j, depth)
                opening = self._opening(j)
                if opening is None:
                    if step <= 1:
                        return self._previous(j, depth)
                    j -= 1
                    continue
                j = opening - 1
                continue
            if self.is_verb(j) and not infinitive:
                break
            if infinitive and self.is_verb(j) and depth < 4:
                return self.subject(j, depth + 1)
            if word in QUOTES and step > 0:
                break
            j -= 1
        return ([nearest] if nearest and not infinitive else []), None

    def _governed(self, hit: Hit) -> bool:
        return self.word(self.np_start(hit.first) - 1) in PREPOSITION

    def _opening(self, comma: int) -> int | None:
        """The comma that opens the aside which `comma` closes; None where there is no aside."""
        for j in range(comma - 1, max(self.first, comma - 25) - 1, -1):
            word = self.word(j)
            if word in STOPS:
                return None
            if word == ",":
                if self.word(j + 1) in CONJUNCTION:
                    return None
                return j
        return None

    def _antecedent(self, relative: int) -> list[Mention]:
        j = relative - 1
        for _ in range(8):
            mention = self.mention_at.get(j)
            if mention is not None:
                outer = self.mention_at.get(mention.first - 2) if self.word(mention.first - 1) == "of" else None
                return [outer or mention]
            if self.word(j) in STOPS or self.word(j) in CONJUNCTION or self.is_verb(j):
                break
            j -= 1
        return []

    def _previous(self, j: int, depth: int) -> tuple[list[Mention], Hit | None]:
        """The subject of the verb before token `j`, which a joined or hanging verb shares."""
        if depth >= 6:
            return [], None
        for _ in range(REACH):
            word = self.word(j)
            if word == "" or word in STOPS:
                break
            hit = self.hit_at.get(j)
            if hit is not None and hit.form != "noun":
                return self.subject(hit.first, depth + 1)
            if self.is_verb(j) and word not in MODAL | HAVE | DO and not (word in BE and self.is_verb(j + 1)):
                if word in SPEECH and any(self.word(k) in ("that",) for k in (j + 1, j + 2)):
                    break
                return self.subject(j, depth + 1)
            j -= 1
        return [], None

    def arguments(self, i: int) -> tuple[list[Argument], int]:
        """Mentions after token `i - 1` up to the end of the clause, each with its slot; and the clause's last token."""
        found: list[Argument] = []
        slot = "obj"
        between = ""
        j = i
        after_mention = False
        while j < min(self.last, i + REACH):
            word = self.word(j)
            mention = self.mention_at.get(j)
            if mention is not None and mention.first >= i:
                found.append(Argument(f"between{len(between)}" if between else slot, mention))
                j = mention.last
                after_mention = True
                continue
            if word in STOPS or word in RELATIVE or (word in QUOTES and j > i + 1):
                break
            if word in SUBORDINATOR and (word not in PREPOSITION or self._clause_follows(j)):
                break
            if skipped := self._amount(j):
                j += skipped
                continue
            if word in PREPOSITION:
                slot = slot if word == "of" and j > i else word
                if word == "of" and self.word(j - 1) == "hands":
                    slot = "by"
                between = "1" if word == "between" else ""
            elif word == "and":
                if between:
                    between += "1"
                elif (not self._mention_near(j + 1) and (self._verb_near(j + 1))) or self._clause_follows(j):
                    break
            elif word == "but":
                break
            elif word == ",":
                listed = after_mention and self._mention_near(j + 1)
                if not listed or self._clause_follows(j) or self._speech_follows(j):
                    break
            elif (
                (word == "to" and self.word(j + 1) not in DETERMINER and j + 1 not in self.mention_at)
                or (self.is_verb(j) and word not in NOT and not (j == i and word in BE))
                or (
                    self.hit_at.get(j)
                    and self.hit_at[j].form not in ("noun",)
                    and self.hit_at[j].first > i
                    and self.word(j - 1) not in DETERMINER
                )
            ):
                break
            if word not in ADVERB and word not in (",",):
                after_mention = after_mention and word in ("and", "'s", ")", "(")
            j += 1
        return found, min(j, self.last)

    def _amount(self, j: int) -> int:
        """Tokens of an opener of an amount at `j`, 0 where there is none: "at least", "more than 30", "up to 20"."""
        word, after = self.word(j), self.word(j + 1)
        if word == "at" and after in ("least", "most"):
            return 2
        if word in ("up", "close") and after == "to" and self._number(j + 2):
            return 2
        if word in ("as", "no") and after in ("many", "fewer", "less", "more") and self.word(j + 2) in ("as", "than"):
            return 3
        return 1 if word in ("over", "about", "around", "under", "than", "some") and self._number(j + 1) else 0

    def _number(self, j: int) -> bool:
        return self.word(j)[:1].isdigit() or self.word(j) in _NUMBERS

    def _mention_near(self, j: int) -> bool:
        for k in range(j, j + 4):
            if k in self.mention_at:
                return True
            if self.word(k) not in DETERMINER and self.word(k) != "and" and not self.word(k).isdigit():
                return False
        return False

    def _verb_near(self, j: int) -> bool:
        for k in range(j, j + 3):
            if self.is_verb(k) or (self.hit_at.get(k) and self.hit_at[k].form != "noun"):
                return True
            if self.word(k) not in ADVERB and not self.word(k).endswith("ly"):
                return False
        return False

    def _speech_follows(self, j: int) -> bool:
        """True where the words after the comma at token `j` name who says so: "..., the Ministry of Peace said"."""
        for k in range(j + 2, j + 12):
            word = self.word(k)
            if word in SPEECH:
                return True
            if word in STOPS or word in (",", "") or word in CONJUNCTION or self.is_verb(k):
                return False
        return False

    def _clause_follows(self, j: int) -> bool:
        """True where a subject and a verb follow within a few words, so that a new clause begins."""
        for k in range(j + 1, j + 9):
            word = self.word(k)
            if word in STOPS or word == "," or word == "":
                return False
            if word in PREPOSITION and k > j + 1:
                return False
            if k > j + 1 and self.is_verb(k):
                return True
        return False
