"""Every mention of whoever may have done a harm in one report, and the party that it is counted to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from counterclaim.coding.claims.doers import ACTS, ARMED, FORCES, GENERIC, VIOLENT, Doer, DoerReader
from counterclaim.coding.claims.groups import PREPOSITIONS, STOPS
from counterclaim.coding.nations import country_of
from counterclaim.coding.people import is_person, is_plural
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Actor
from counterclaim.resolving.actors import ActorIndex

_ASKS: Final = words("request ask seek demand urge appeal need want")
_SPEECH: Final = words("say tell announce report add claim confirm state speak condemn urge warn call deny")
_NOT_BLAMED: Final = words("pass passing shift shifting deny denied denies denying evade no not")
"""Before a word of blame, what takes the blame from whom it names: "denied responsibility", "not responsible"."""
_RESPONSIBLE: Final = words(
    "responsibility responsible behind blame blamed blames blaming accuse accused accuses accusing suspect suspected "
    "suspects convicted charged arrested guilty perpetrators culprits"
)
_ANYBODY: Final = words(
    "people person dead others one victims victim casualties survivors officials official doctors medics witnesses "
    "residents family families wounded injured head heads hands life lives body bodies spokesman spokeswoman minister "
    "president"
)
PRONOUNS: Final = words("they he she them him it i we you who himself themselves itself her his their its")
_MIXED: Final = words("militia militias coalition peacekeepers")
"""Forces that are no state's, whichever country stands before them."""
_LONGEST: Final = 7
"""Words of the longest phrase taken for people."""
_BLAME: Final = 8
"""Tokens each side of a mention in which words of blame count for it."""
_FARTHEST, _EARLIER = 300, 6
"""Tokens and sentences back in which "the troops" finds whose troops they are."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: its party's key, its sentence, whether it strikes there, whose `arm` it is, signs for every harm."""

    doer: Doer
    party: str
    sentence: int
    strikes: bool
    arm: str
    signs: tuple[str, ...]


class MentionReader:
    """Reads the mentions of one report. `sources` and `victims` are tokens of those who tell and who suffer."""

    def __init__(
        self,
        analysis: Analysis,
        actors: ActorIndex,
        doers: DoerReader,
        sources: Collection[int],
        victims: Collection[int],
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._actors = actors
        self._doers = doers
        self._sources = sources
        self._victims = victims

    def mentions(self) -> list[Mention]:
        """All of them, in text order."""
        found = []
        for number, sentence in enumerate(self._analysis.sentences):
            blamed = [
                i
                for i in range(sentence.first, sentence.last)
                if self._norm(i) in _RESPONSIBLE and self._norm(i - 1) not in _NOT_BLAMED
            ]
            found += [self._mention(doer, number, blamed) for doer in self._doers_of(number) if self.names(doer)]
        return found

    def names(self, doer: Doer) -> list[str]:
        """The names that a mention gives its party: as read, in its own words, its actor's and its country's."""
        found = [doer.name]
        if doer.kind in ("force", "actor"):
            found.append(self._analysis.text[self._tokens[doer.first].start : self._tokens[doer.last - 1].end])
        actor = self._actor(doer)
        if actor is not None:
            found.append(actor.name)
        land = self._land(doer)
        if land:
            found.append(self._doers.country(land) or land)
        return list(dict.fromkeys(name for name in found if name and name.lower() not in PRONOUNS))

    def _doers_of(self, number: int) -> list[Doer]:
        """The doers of a sentence, and beside them any people and the pronouns that stand for an actor."""
        sentence = self._analysis.sentences[number]
        found = list(self._doers.doers(number))
        taken = {i for doer in found for i in range(doer.first, doer.last)}
        for index in range(sentence.first, sentence.last):
            token = self._tokens[index]
            if index in taken:
                continue
            if token.norm in PRONOUNS:
                actor = self._actors.at(token.start, token.end)
                if actor is not None:
                    found.append(Doer(index, index + 1, "pronoun", actor.name, actor.id, index))
            elif is_person(token.norm) and token.norm not in _ANYBODY and index not in self._victims:
                people = self._people(index, sentence.first)
                if people is not None:
                    found.append(people)
        return sorted(found, key=lambda doer: (doer.first, doer.last))

    def _people(self, head: int, least: int) -> Doer | None:
        """The phrase that ends with a word for people which is no modifier."""
        token = self._tokens[head]
        if self._norm(head + 1) == "'s" or token.tag not in ("", "NOUN", "PROPN"):
            return None
        if token.relation.split(":")[0] in ("compound", "amod"):
            return None
        first = head
        while first > max(least, head - _LONGEST):
            word = self._norm(first - 1)
            if word in STOPS or not word[:1].isalnum():
                break
            first -= 1
        return self._doers.people(first, head + 1)

    def _mention(self, doer: Doer, number: int, blamed: list[int]) -> Mention:
        sentence = self._analysis.sentences[number]
        before = self._doers.before(doer)
        relation, sort = self._governor(doer)
        signs = [f"at {before}" if before in PREPOSITIONS else "at comma" if before == "," else "at other"]
        signs += [f"rel {relation} {sort}", f"rel {relation} {doer.kind}"]
        if self._norm(doer.last) == "'s":
            signs.append("possessive")
        tells = doer.first in self._sources or self._asks(doer)
        suffers = doer.first in self._victims and doer.kind != "act"
        signs += ["source"] * tells + ["victim"] * suffers
        if doer.name.lower() in GENERIC:
            signs.append("generic")
        head = self._norm(doer.last - 1)
        if head in FORCES or head in ARMED:
            signs.append(f"many {is_plural(head)}")
        if sentence.kind != "body":
            signs.append("heading")
        signs += self._blame(doer, blamed)
        actor = self._actor(doer)
        if actor is not None:
            signs.append(f"actor {actor.kind} {actor.sector}")
        by = relation == "nsubj" or (relation == "obl" and before == "by")
        strikes = doer.kind == "act" or (sort == "violent" and by) or self._doers.attacks(doer, sentence.last)
        strikes = strikes and not tells and not suffers
        arm = self._arm(doer, actor)
        signs += [f"strikes {strikes} {doer.kind}", f"arm {arm}", f"arm {arm} {strikes}"]
        return Mention(doer, self._party(doer, number), number, strikes, arm, tuple(signs))

    def _asks(self, doer: Doer) -> bool:
        """True where the mention only asked for what somebody else did: "the police requested the air strike"."""
        token = self._tokens[doer.head]
        above = self._tokens[token.head] if 0 <= token.head < len(self._tokens) else token
        return token.relation == "nsubj" and above.lemma in _ASKS

    def _governor(self, doer: Doer) -> tuple[str, str]:
        """The relation of the mention's head in the syntax tree, and what sort of word it hangs on."""
        token = self._tokens[doer.head]
        relation = token.relation.split(":")[0]
        if relation == "conj" and 0 <= token.head < len(self._tokens):
            token = self._tokens[token.head]
            relation = token.relation.split(":")[0]
        if not 0 <= token.head < len(self._tokens):
            return relation, "none"
        verb = self._tokens[token.head]
        if verb.norm in VIOLENT:
            return relation, "violent"
        if verb.norm in ACTS:
            return relation, "act"
        if verb.lemma in _SPEECH:
            return relation, "speech"
        return relation, "responsible" if verb.norm in _RESPONSIBLE else "other"

    def _blame(self, doer: Doer, blamed: list[int]) -> list[str]:
        """Signs of words that blame: those near the mention, or that there are some in the sentence."""
        if not blamed:
            return []
        near = {self._norm(i) for i in blamed if doer.first - _BLAME <= i < doer.last + _BLAME}
        return ["blamed", *(f"blamed {word}" for word in sorted(near))] if near else ["blame in sentence"]

    def _arm(self, doer: Doer, actor: Actor | None) -> str:
        """Whose side a doer fights on: a state's, its enemies', nobody's."""
        if doer.kind in ("state", "force") or self._land(doer):
            return "state"
        if doer.kind == "armed" or (actor is not None and actor.kind == "armed_group"):
            return "armed"
        if actor is not None and actor.kind in ("military", "government", "state"):
            return "state"
        return "person" if doer.kind in ("person", "pronoun") else "other"

    def _party(self, doer: Doer, number: int) -> str:
        """Mentions with one key are of one party; "the troops" are of the force last named."""
        land = self._land(doer)
        if land:
            return f"land:{land}"
        named = self._named_before(doer, number) if doer.name.lower() in GENERIC else None
        if named is not None:
            return self._party(named, number)
        actor = self._actor(doer)
        if actor is not None:
            land = country_of(actor.name) or country_of(actor.name.partition(" ")[0])
            if actor.kind == "state" or (actor.kind in ("military", "government") and land):
                return f"land:{land or actor.name}"
            return actor.id
        if doer.kind == "person":
            return f"name:{self._norm(doer.last - 1)}"
        if any(self._tokens[i].text[:1].isupper() for i in range(doer.first, doer.last - 1)):
            return f"phrase:{doer.name.lower()}"
        return f"word:{self._norm(doer.last - 1).removesuffix('s')}"

    def _named_before(self, doer: Doer, number: int) -> Doer | None:
        """The force last named before "the troops"."""
        for earlier in range(number, max(-1, number - _EARLIER), -1):
            for other in reversed(self._doers.between(earlier, doer.first - _FARTHEST, doer.first)):
                force = other.kind in ("force", "act") or (other.kind == "actor" and self._norm(other.head) in FORCES)
                if other.last <= doer.first and force and other.name.lower() not in GENERIC:
                    return other
        return None

    def _land(self, doer: Doer) -> str:
        """The state whose forces a phrase names: "Israel", "Israeli soldiers", "an Israeli strike"."""
        if doer.kind in ("people", "armed", "person", "pronoun"):
            return ""
        if doer.kind == "force" and self._norm(doer.last - 1) in _MIXED:
            return ""
        actor = self._actor(doer)
        if actor is not None and actor.kind == "armed_group":  # "the Free Syrian Army"
            return ""
        for index in range(doer.first, doer.last if doer.kind == "state" else doer.last - 1):
            token = self._tokens[index]
            if token.text[:1].isupper() and "-" not in token.text and self._norm(index + 1) != "-":
                land = country_of(token.text)
                if land:
                    return land
        return country_of(doer.name)

    def _actor(self, doer: Doer) -> Actor | None:
        return self._actors.get(doer.actor) if doer.actor is not None else None

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""
