"""Those who do violence, as a sentence names them: actors, phrases headed by a word for armed people, named attacks.

A doer is never a place, an adjective or a verb: it is an actor of the report, a noun phrase whose head is a word for
people who use force, or whoever's name stands before an attack ("an Israeli airstrike").
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from counterclaim.coding.claims.groups import DETERMINERS, PREPOSITIONS, STOPS
from counterclaim.coding.nations import country_of
from counterclaim.coding.numbers import number_at
from counterclaim.coding.people import is_plural
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.resolving.actors import ActorIndex

FORCES = words(
    "forces force troops soldiers soldier army military police policeman policemen officers officer guards guard "
    "navy marines marine commandos commando warplanes warplane jets jet aircraft aircrafts planes plane helicopters "
    "helicopter drone drones gunboat gunboats tanks tank artillery regime government coalition peacekeepers militia "
    "militias authorities gunship gunships choppers chopper"
)
ARMED = words(
    "gunman gunmen attacker attackers assailant assailants bomber bombers militant militants insurgent insurgents "
    "rebel rebels guerrilla guerrillas fighter fighters extremist extremists terrorist terrorists islamist islamists "
    "jihadi jihadis jihadist jihadists kidnapper kidnappers robber robbers sniper snipers gang gangs killer killers "
    "murderer murderers mob mobs rioter rioters settler settlers separatist separatists loyalist loyalists mercenary "
    "mercenaries bandit bandits militiaman militiamen paramilitary paramilitaries hijacker hijackers pirate pirates "
    "warlord warlords cartel cartels vigilante vigilantes herdsmen raiders rustlers shooter shooters arsonist "
    "arsonists plotters captors hostage-takers radicals protesters protestors demonstrators tribesmen traffickers "
    "smugglers youths"
)
ACTS = words(
    "attack attacks strike strikes airstrike airstrikes air-strike air-strikes raid raids bombing bombings shelling "
    "bombardment bombardments fire gunfire offensive operation operations ambush ambushes assault assaults rocket "
    "rockets missile missiles shell shells mortar mortars drone drones grenade grenades barrage massacre incursion "
    "crackdown invasion bomb bombs bullets mine mines sniper air campaign onslaught"
)
VIOLENT = words(
    "attacked attack attacking attacks opened open opens opening fired fire fires firing stormed storm storming raided "
    "raid bombed bombing bomb struck strike strikes striking hit hits hitting shelled shelling shell shot shoot "
    "shooting detonated detonates detonating blew blow blowing threw throw throwing lobbed hurled ambushed ambush "
    "burst targeted targeting launched launch launching rammed exploded invaded clashed sprayed burned burnt torched "
    "stabbed killed killing kill kills massacred wounded injured executed abducted kidnapped seized snatched captured "
    "overran assaulted beat razed dropped"
)
CLASHES = words(
    "fight fights clash clashes clashed fighting battle battles battled gunfight firefight gunbattle shootout "
    "shoot-out skirmish skirmishes"
)
_MODIFIER_STOPS = words("said says told killed killing wounded wounding injured injuring dead s 's")
_LONGEST = 5
"""Words before the head of a phrase that still belong to it, at most."""
_KINDS = ("armed_group", "military", "state", "person")
_ALLIANCES = ("NATO", "ISAF", "African Union", "AU", "ECOMOG", "Nato")
_OF_STATE = words(
    "troops soldiers soldier army military warplanes warplane jets jet aircraft aircrafts planes plane helicopters "
    "helicopter drone drones gunboat gunboats tanks tank artillery navy marines marine commandos government regime "
    "police"
)
WEAPONS = words(
    "drone drones helicopter helicopters plane planes jet jets tank tanks artillery aircraft aircrafts warplane "
    "warplanes gunboat gunboats gunship gunships choppers chopper"
)
GENERIC = words("forces troops soldiers soldier army military guards government regime aircraft warplanes planes jets")
"""Forces that, named bare, mean those named before."""


class Doer(NamedTuple):
    """Tokens `[first, last)`; `kind` is how they are named: force, armed, actor, state, person or act."""

    first: int
    last: int
    kind: str
    name: str
    actor: str | None
    head: int


class DoerReader:
    """Finds the doers of a report, sentence by sentence; every sentence is read once."""

    def __init__(self, analysis: Analysis, actors: ActorIndex) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._actors = actors
        self._read: dict[int, list[Doer]] = {}

    def doers(self, sentence: int) -> list[Doer]:
        """Doers of a sentence in text order, the longest where several share a word."""
        if sentence not in self._read:
            self._read[sentence] = self._find(sentence)
        return self._read[sentence]

    def between(self, sentence: int, first: int, last: int) -> list[Doer]:
        """Those doers of a sentence that begin at tokens `[first, last)`."""
        doers = self.doers(sentence)
        low = bisect_left(doers, first, key=lambda doer: doer.first)
        return doers[low : bisect_left(doers, last, low, key=lambda doer: doer.first)]

    def _find(self, number: int) -> list[Doer]:
        sentence = self._analysis.sentences[number]
        found = [*self._mentioned(sentence.start, sentence.end)]
        for index in range(sentence.first, sentence.last):
            word = self._norm(index)
            if word in ARMED or word in FORCES:
                doer = self._phrase(index, sentence.first)
                if doer is not None:
                    found.append(doer)
            if word in ACTS:
                doer = self._behind(index, sentence.first)
                if doer is not None:
                    found.append(doer)
        found.sort(key=lambda doer: (doer.first, -(doer.kind == "act"), -doer.last))
        kept: list[Doer] = []
        for doer in found:
            if kept and doer.first < kept[-1].last:
                if kept[-1].kind != "act" and doer.last - doer.first > kept[-1].last - kept[-1].first:
                    kept[-1] = doer
                continue
            kept.append(doer)
        return kept

    def _mentioned(self, start: int, end: int) -> list[Doer]:
        """Armed groups, forces, states and named persons of the report, where it mentions them."""
        found = []
        read: list[tuple[int, int]] = []
        for (left, right), actor in self._actors.within(start, end):
            text = self._analysis.text[left:right]
            if actor.kind not in _KINDS and not (
                # Police and the soldiers of NATO do violence; a court, an agency or a hospital by that name does not.
                actor.sector == "COP" or (actor.kind == "igo" and text in _ALLIANCES)
            ):
                continue
            first, last = self._analysis.token_at(left), self._analysis.token_at(right - 1) + 1
            if actor.kind == "person" and not text[:1].isupper():
                continue
            if self._is_modifier(last - 1):
                continue
            read.append((left, right))
            kind = "state" if actor.kind == "state" else "person" if actor.kind == "person" else "actor"
            name = self.country(text) if kind == "state" else self._short(first, last)
            found.append(Doer(first, last, kind, name, actor.id, last - 1))
        for left, right in self._persons(start, end):
            first, last = self._analysis.token_at(left), self._analysis.token_at(right - 1) + 1
            if not any(begun < right and left < ended for begun, ended in read) and not self._is_modifier(last - 1):
                found.append(Doer(first, last, "person", self._short(first, last), None, last - 1))
        return found

    def _persons(self, start: int, end: int) -> list[tuple[int, int]]:
        """Persons that the trained analyser sees in `[start, end)`, by name alone: "Jack the Ripper"."""
        entities = self._analysis.spans.get("entity", ())
        low = bisect_left(entities, start, key=lambda span: span.start)
        high = bisect_left(entities, end, low, key=lambda span: span.start)
        return [(one.start, min(one.end, end)) for one in entities[low:high] if one.label == "PER"]

    def _phrase(self, head: int, least: int) -> Doer | None:
        """The phrase that ends with the word for armed people at `head`."""
        if self._norm(head + 1) == "'s" or self._is_modifier(head):
            return None
        first = head
        while first > least and first > head - _LONGEST and self._modifies(first - 1):
            first -= 1
            if number_at(self._tokens, first) is not None:  # "jailed three soldiers": the count opens the phrase
                break
        start, end = self._tokens[first].start, self._tokens[head].end
        actor = self._actors.at(start, end)
        if first == head and self._norm(head) in WEAPONS:
            return None
        kind = "armed" if self._norm(head) in ARMED else "force"
        return Doer(first, head + 1, kind, self._short(first, head + 1), actor.id if actor else None, head)

    def _is_modifier(self, index: int) -> bool:
        """True for the first noun of "separatist violence", "police patrol", "rebel leader"."""
        word, after = self._norm(index), self._norm(index + 1)
        if word == "gunmen" or (word.endswith("s") and (word in FORCES or word in ARMED)):
            return False
        if after in ACTS and not is_plural(word):  # "a terrorist attack"; "gunmen attack" tells who did it
            return True
        return (
            after[:1].isalpha()
            and after not in STOPS
            and after not in VIOLENT
            and not after.endswith(("ed", "ing", "ly"))
            and after not in ("who", "then", "later", "had", "broke", "drove", "ran")
        )

    def _short(self, first: int, last: int) -> str:
        """ "Israeli soldiers" are Israel; a group named in the phrase ("Islamic Jihad bomber") gives its name.

        "Syrian forces" keep their words: they may be the state's or its enemies'.
        """
        head = self._norm(last - 1)
        if head in _OF_STATE:
            for index in range(first, last - 1):
                text = self._tokens[index].text
                name = self.country(text) if text[:1].isupper() and "-" not in text else ""
                if name and self._norm(index + 1) != "-":
                    return name
        for (left, right), actor in self._actors.within(self._tokens[first].start, self._tokens[last - 1].end):
            text = self._analysis.text[left:right]
            if actor.kind == "armed_group" and text[:1].isupper() and head in ARMED:
                return text
        return self._named(first, last)

    def _modifies(self, index: int) -> bool:
        token = self._tokens[index]
        if token.text in ("US", "U.S.", "U.S", "UK"):
            return True
        if token.norm in STOPS or token.norm in _MODIFIER_STOPS or token.norm in VIOLENT:
            return False
        return token.text[0].isalpha() or token.text == "-"

    def _named(self, first: int, last: int) -> str:
        """The words of a phrase without a count before them."""
        count = number_at(self._tokens, first)
        if count is not None and count[1] < last:
            first = count[1]
        return self._analysis.text[self._tokens[first].start : self._tokens[last - 1].end]

    def _behind(self, act: int, least: int) -> Doer | None:
        """ "an Israeli airstrike", "Hamas rockets", "Israel's 17-day offensive": whose attack it is."""
        back = act - 1
        while back >= max(least, act - 7):
            token = self._tokens[back]
            if token.norm in ("on", "against", "in", "at", "near", "to"):
                return None
            if token.text[:1].isupper() and token.norm not in DETERMINERS:
                name = self.country(token.text)
                if name:
                    led = self._norm(back + 1) == "-" or "-" in token.text
                    if not led:
                        return Doer(back, act + 1, "act", name, self._actor_at(back), back)
                found = self._actors.at(token.start, token.end)
                if found is not None and found.kind in ("armed_group", "military", "igo", "government", "state"):
                    if "-" in token.text and self._norm(back + 1) in ("coalition", "forces", "troops", "alliance"):
                        return Doer(back, act + 1, "act", self._named(back, back + 2), found.id, back)
                    return Doer(back, act + 1, "act", token.text, found.id, back)
            elif (token.norm in STOPS and token.norm not in ("'s", "its")) or token.text in ",;:.()":
                return None
            back -= 1
        return None

    def people(self, first: int, last: int) -> Doer | None:
        """The people of tokens `[first, last)`, without an article; None where nothing is left."""
        while first < last and (self._norm(first) in DETERMINERS or self._norm(first) in ("a", "an", "another")):
            first += 1
        if first >= last:
            return None
        actor = self._actors.at(self._tokens[first].start, self._tokens[last - 1].end)
        return Doer(first, last, "people", self._named(first, last), actor.id if actor else None, last - 1)

    def before(self, doer: Doer) -> str:
        """The word before the doer's phrase, past its articles, figures and adjectives."""
        at = doer.first - 1
        while self._norm(at) in DETERMINERS or self._norm(at) in ("a", "an", "alleged", "suspected", "two", "three"):
            at -= 1
        return self._norm(at)

    def attacks(self, doer: Doer, last: int) -> bool:
        """True where a verb of violence follows, before token `last`, a doer that no preposition governs."""
        if self.before(doer) in PREPOSITIONS - {"when", "as", "after", "while", "before", "since"}:
            return False
        if self._norm(doer.last) == "'s":
            return False
        for index in range(doer.last, min(last, doer.last + 8)):
            word = self._norm(index)
            if word in (",", ";", "said", "were", "was", "been"):
                return False
            if word in VIOLENT:
                # "in bombed houses", "the besieged town": a participle beside its noun is no deed of the doer.
                return self._norm(index - 1) not in PREPOSITIONS | DETERMINERS
        return False

    def country(self, word: str) -> str:
        """The country that a name or demonym stands for, as this text writes it; "" where it is neither."""
        name = country_of(word)
        if name == "United States":
            for short in ("US", "U.S.", "United States", "USA"):
                if short in self._analysis.text:
                    return short
        if name == "United Kingdom":
            for short in ("UK", "Britain", "United Kingdom"):
                if short in self._analysis.text:
                    return short
        return name

    def _actor_at(self, index: int) -> str | None:
        actor = self._actors.at(self._tokens[index].start, self._tokens[index].end)
        return actor.id if actor is not None else None

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""
