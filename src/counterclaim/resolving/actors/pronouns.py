"""Parties in the making, and the pronouns that stand for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from counterclaim.language.wordclasses import AUXILIARIES, is_function_or_verb
from counterclaim.records import ActorKind, Span
from counterclaim.resolving.actors.mentions import Reader
from counterclaim.resolving.actors.words import FEMININE, MASCULINE, SPEECH


@dataclass(slots=True, eq=False)
class Party:
    """An actor in the making; merging leaves the other party empty."""

    kind: ActorKind
    name: str
    sector: str | None = None
    country: str | None = None
    role: str | None = None
    head: str = ""
    modifiers: frozenset[str] = frozenset()
    named: bool = False
    spans: set[Span] = field(default_factory=set)
    owning: set[Span] = field(default_factory=set)
    """Those of the spans that are possessive pronouns: mentions of the party, but not what the words around are of."""
    gender: str = ""
    certain: bool = True
    abroad: bool = False
    """Of no one country, as officers of the United Nations are: the report's own country says nothing of it."""
    merged: Party | None = None
    """The party that took this one in."""

    def role_words(self) -> list[str]:
        """The words of the role, in lower case."""
        return (self.role or "").lower().split()

    def final(self) -> Party:
        """This party, or the one that it was merged into."""
        party = self
        while party.merged is not None:
            party = party.merged
        return party


Occurrence = tuple[int, int, Party]
"""First token, the token after the last, and the party mentioned there."""

_SAID_THAT = tuple([word, "that"] for word in SPEECH)
_OBLIQUE = (MASCULINE | FEMININE) - {"he", "she"}
_OWNED = 5
"""Tokens of "'s air defence command" at most, between an owner and the verb of speech."""
_KEPT = 24
"""Subjects remembered: more than two sentences have, and few enough to keep the work linear."""


class Pronouns:
    """Ties pronouns to parties, where the report leaves no doubt."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.norm = reader.norm
        self.tokens = reader.tokens
        self.analysis = reader.analysis

    def tie(self, history: Sequence[Occurrence]) -> None:
        """Tie he, she, it and they to the subject of the sentence before, where only one party will do."""
        history = sorted(history, key=lambda entry: (entry[0], -entry[1]))
        subjects: list[tuple[int, Party]] = []
        at = 0
        for number, sentence in enumerate(self.analysis.sentences):
            local: list[Occurrence] = []
            while at < len(history) and history[at][0] < sentence.last:
                if history[at][0] >= sentence.first:
                    local.append(history[at])
                at += 1
            new: list[tuple[int, Party]] = []
            position = 0
            for index in range(sentence.first, sentence.last):
                while position < len(local) and local[position][0] <= index:
                    if self._subject(local[position]):
                        new.append((number, local[position][2]))
                    position += 1
                office = self.norm[index] in ("his", "her") and self.norm[index + 1 : index + 2] == ["office"]
                if not office and self.norm[index] in _OBLIQUE:
                    self._tie_oblique(index, number, new, subjects, local)
                elif office or self.norm[index] in ("he", "she", "it", "they"):
                    party = self._antecedent(index, number, new, subjects, local)
                    if party is not None:
                        party.spans.add((self.tokens[index].start, self.tokens[index + office].end))
                        if self.norm[index] in ("he", "she"):
                            party.gender = self.norm[index]
                        new.append((number, party))
            subjects = ([entry for entry in subjects if entry[0] >= number - 2] + new)[-_KEPT:]

    def _tie_oblique(
        self,
        index: int,
        number: int,
        new: Sequence[tuple[int, Party]],
        subjects: Sequence[tuple[int, Party]],
        local: Sequence[Occurrence],
    ) -> None:
        """Tie "his", "him" and "himself"; a possessive is the subject's or an earlier party's, an object never is."""
        word = self.norm[index]
        follows = self.norm[index + 1] if index + 1 < len(self.norm) else ""
        owns = word == "his" or (word == "her" and self._owns(index, follows))
        if owns or word.endswith("self"):
            party = self._antecedent(index, number, new, subjects, local)
        else:
            nearest = new[-1][1] if new else None
            before = [one for sentence, one in subjects if sentence == number - 1]
            said = [one for first, _, one in local[:_KEPT] if first < index]
            fitting = {id(one): one for one in (*before, *said) if one is not nearest and _fits(word, one)}
            party = next(iter(fitting.values())) if len(fitting) == 1 else None
        if party is not None:
            span = (self.tokens[index].start, self.tokens[index].end)
            party.spans.add(span)
            if owns:
                party.owning.add(span)

    def _owns(self, index: int, follows: str) -> bool:
        relation = self.tokens[index].relation
        return "poss" in relation if relation else follows.isalpha() and not is_function_or_verb(follows)

    def _subject(self, entry: Occurrence) -> bool:
        """True where a mention is likely a subject: a verb or an apposition follows, or it follows a verb."""
        first, last, party = entry
        if any(token.relation.startswith("nsubj") for token in self.tokens[first:last]):
            return True
        after = self.norm[last] if last < len(self.norm) else ""
        while after.endswith("ly") and last + 1 < len(self.norm):
            last += 1
            after = self.norm[last]
        before = self.norm[first - 1] if first else ""
        if before == "the" and first > 1:
            before = self.norm[first - 2]
        speaks = before in SPEECH or (before == "to" and self.norm[first - 2 : first - 1] == ["according"])
        if party.kind == "person" and (after == "," or self.norm[last : last + 1] == ["("]):
            return first == 0 or before in (".", ",", '"', "") or self._opens(first)
        return speaks or after in SPEECH or after in AUXILIARIES or (after.endswith("ed") and len(after) > 4)

    def _opens(self, index: int) -> bool:
        sentence = self.analysis.sentences[self.reader.sentence_of(index)]
        return index - sentence.first <= 1

    def _antecedent(
        self,
        index: int,
        number: int,
        new: Sequence[tuple[int, Party]],
        subjects: Sequence[tuple[int, Party]],
        local: Sequence[Occurrence],
    ) -> Party | None:
        """The party a pronoun stands for; None where two would do."""
        word = self.norm[index]
        if self.analysis.quoted(self.tokens[index].start):
            return None
        if word in ("it", "they"):
            follows = self.norm[index + 1] if index + 1 < len(self.norm) else ""
            told = index > 1 and (self.norm[index - 1] in SPEECH or self.norm[index - 2 : index] in _SAID_THAT)
            if follows not in SPEECH and not told:
                return None
            speaker = self._speaker(index, local) if told else None
            if speaker is not None:
                return speaker if _fits(word, speaker) else None
        for pool in (
            new[-_KEPT:],
            [e for e in subjects if e[0] == number - 1],
            [e for e in subjects if e[0] == number - 2],
        ):
            fitting = [party for _, party in pool if _fits(word, party)]
            if fitting:
                alone = len({id(party) for party in fitting}) == 1
                return fitting[-1] if alone or word in ("it", "they") or pool[-1][0] < number else None
        if word in MASCULINE | FEMININE:
            persons = {id(party): party for first, _, party in local[:_KEPT] if first < index and _fits(word, party)}
            if len(persons) == 1:
                return next(iter(persons.values()))
        return None

    def _speaker(self, index: int, local: Sequence[Occurrence]) -> Party | None:
        """The owner of the body that has just spoken: "Freedonia's air force said it ...", where nobody else is."""
        verb = index - 2 if self.norm[index - 1] == "that" else index - 1
        for _, last, party in reversed(local):
            if last < verb and self.norm[last] == "'s" and verb - last <= _OWNED:
                return party if all(word.isalpha() for word in self.norm[last + 1 : verb]) else None
            if last <= verb:
                return None
        return None


def _fits(word: str, party: Party) -> bool:
    if word in MASCULINE | FEMININE:
        return party.kind == "person" and party.gender in ("", "he" if word in MASCULINE else "she")
    if word == "it":
        many = not party.named and party.name.endswith("s")
        return party.kind not in ("person", "civilians") and not many
    return party.kind != "person" and party.kind != "state"
