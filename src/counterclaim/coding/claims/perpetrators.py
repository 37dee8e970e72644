"""Who is said to have done a harm: the agent, the subject, whose attack it was, or who attacked just before.

Rules are tried in the order of how often each was right on the annotated training claims; what none of them reads
stays open. A report's harms that name nobody take over from the harm before them in the same telling.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.coding.claims.accused import accused
from counterclaim.coding.claims.doers import ACTS, FORCES, GENERIC, VIOLENT, Doer, DoerReader
from counterclaim.coding.claims.groups import DETERMINERS, PREPOSITIONS, STOPS
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.context import period_clause
from counterclaim.coding.people import is_person, is_plural
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.records import Attribution, Span
from counterclaim.resolving.actors import ActorIndex

_FAR = 16
"""Tokens after the harm in which "by" names who did it, at most."""
_FARTHEST = 300
"""Tokens back in which "the troops" finds whose troops they are."""
_WIDE = 45
"""Tokens each side of a harm within which its sentence may name who did it."""
_OPENS = words("when as while who which that where after before because ; : said although though if whose")
_STOP_AT = words("when after while as who which that where said ; but whose because .")
_CLASHES = words(
    "fight fights clash clashes clashed fighting battle battles gunfight firefight gunbattle shootout shoot-out"
)
_ACCIDENT = words(
    "accident crash crashed collision collided collapse collapsed earthquake quake flood floods flooding storm typhoon "
    "cyclone hurricane tornado landslide avalanche derailed capsized sank drowned colliery mine fire blaze stampede "
    "tsunami wildfire"
)
_INCIDENTS = words(
    "attack attacks incident blast explosion bombing bombings strike airstrike raid raids shooting operation clash "
    "clashes ambush assault offensive violence fighting massacre shelling killings siege kidnapping abduction"
)
_ANYBODY = words(
    "people person dead others one victims victim casualties survivors officials official doctors medics witnesses "
    "residents residents' children child families family wounded injured head heads hands life lives"
)
_AUXILIARY = words("had has have also then and shot allegedly reportedly")
_LONGEST = 6
"""Words of the longest phrase taken for who did it."""
_AGENTED = ("passive", "reduced", "of")
_BY_PEOPLE = ("passive", "reduced")
_SCENES = words("in by during from of to after as when while since that which amid where")
_OTHER = words("another separate separately elsewhere")
_MEANWHILE = words("meanwhile separately elsewhere earlier further also")
_BARE = GENERIC | words(
    "force organisation organization group groups bomber insurgent attacker militant police authorities soldier "
    "officer officers guard gang fire coalition rebel terrorists youths man men protesters demonstrators"
)
_ONLY = 0.75
"""Share of the attacks of a report by one party from which on that party alone is meant where none is named."""


class Perpetrator(NamedTuple):
    """The short name, its span where it stands at the harm, its actor, and the rule that read it ("" for nobody)."""

    name: str = ""
    span: Span | None = None
    actor: str | None = None
    rule: str = ""
    act: str = ""


NOBODY = Perpetrator()


class _Scene(NamedTuple):
    """Of one sentence: whether it tells of something apart, and the attacks it speaks of as known ("the shelling")."""

    apart: bool
    attacks: frozenset[str]


class PerpetratorReader:
    """Perpetrators of one report's statements."""

    def __init__(
        self,
        analysis: Analysis,
        actors: ActorIndex,
        attributions: Sequence[Attribution],
        stated: Sequence[Stated],
        background: Sequence[bool],
    ) -> None:
        self._background = background
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._doers = DoerReader(analysis, actors)
        self._sources = {
            index
            for one in attributions
            if one.source is not None
            for index in range(analysis.token_at(one.source[0]), analysis.token_at(one.source[1] - 1) + 1)
        }
        self._disowned = sorted(span for one in attributions if one.stance != "asserts" for span in one.content)
        self._victims = {
            index for one in stated for group in one.groups for index in range(group.noun_first, group.last)
        }
        self._sentences = [analysis.sentence_at(self._tokens[one.first].start) for one in stated]
        self._scenes: dict[int, _Scene] = {}
        self._told = self._attacks_told()
        top = Counter(who.name for _, who in self._told).most_common(1)
        self._only = top[0][0] if top and top[0][1] >= _ONLY * len(self._told) else ""
        self._found = self._carried(stated, [self._own(one) for one in stated])

    def perpetrator(self, number: int) -> Perpetrator:
        """Who did the harm of statement `number`."""
        return self._found[number]

    def _own(self, one: Stated) -> Perpetrator:
        """What the statement's own sentence says."""
        number = self._analysis.sentence_at(self._tokens[one.first].start)
        sentence = self._analysis.sentences[number]
        doers = [
            doer
            for doer in self._doers.between(number, one.first - 2 * _WIDE, one.last + 2 * _WIDE)
            if not any(index in self._victims for index in range(doer.first, doer.last))
            or (doer.kind == "act" and doer.first not in self._victims)
        ]
        told = self._by(one, doers, sentence.last)
        if told is not None:
            return _as(told, "by")
        if one.active and one.pattern in ("active", "ing", "base"):
            told = self._subject(one, doers, max(sentence.first, one.cue[0] - _WIDE))
            if told is not None:
                return _as(told, f"subject {told.kind}")
        after = max(one.cue[1], one.last)
        doers = [doer for doer in doers if doer.first not in self._sources]
        near = [doer for doer in doers if after <= doer.first < after + _WIDE]
        for doer in near:
            if doer.kind == "act" and self._before(doer) in _SCENES:
                return _as(doer, "act after")
        for doer in near:
            if self._delivers(doer, after):
                return _as(doer, "act from")
        for doer in near:
            if doer.kind in ("force", "armed", "actor", "state", "person") and self._attacks(doer, sentence.last):
                return _as(doer, f"attacker after {doer.kind}")
        for doer in near:
            if self._before(doer) in ("with", "between", "fighting") and any(
                self._norm(index) in _CLASHES for index in range(max(after - 1, doer.first - 6), doer.first)
            ):
                return _as(doer, "clash")
        if not one.active or one.pattern in ("of", "lost"):
            since = self._since(one)
            far = [doer for doer in doers if one.first - _WIDE <= doer.first and doer.last <= one.first]
            far = [doer for doer in far if self._tokens[doer.first].start >= since]
            for doer in reversed(far):
                if doer.kind == "act":
                    return _as(doer, "act before")
            for doer in reversed(far):
                if doer.kind != "act" and self._attacks(doer, one.first):
                    return _as(doer, f"attacker before {doer.kind}")
        tried = accused(self._tokens, self._doers.doers(number), one.first, max(sentence.first, one.first - _WIDE))
        return _as(tried, "tried") if tried is not None else NOBODY

    def _by(self, one: Stated, doers: Sequence[Doer], last: int) -> Doer | None:
        """ "killed by Sudanese soldiers", "killed in attacks by Azerbaijan"."""
        for index in range(one.cue[1], min(last, one.cue[1] + _FAR)):
            word = self._norm(index)
            if word in _STOP_AT or (one.active and word in ("was", "were")):
                return None
            if word == "by" and not self._norm(index + 1).endswith("ing"):
                for doer in doers:
                    if doer.first in self._sources or (doer.kind == "person" and one.pattern not in _AGENTED):
                        continue
                    if index < doer.first <= index + 8 and self._joined(index + 1, doer.first):
                        return doer
                return self._people_after(index + 1, min(last, index + 7)) if one.pattern in _BY_PEOPLE else None
        return None

    def _people_after(self, first: int, last: int) -> Doer | None:
        """ "by two neighbours", "by tribal rivals": a phrase that ends in a word for people."""
        end = -1
        for index in range(first, last):
            word = self._norm(index)
            if word in STOPS and word not in DETERMINERS and word not in ("a", "an", "two", "three", "another"):
                break
            if is_person(word) and word not in _ANYBODY:
                end = index + 1
        return self._doers.people(first, end) if end > first else None

    def _people_before(self, verb: int, least: int, harmed: bool = False) -> Doer | None:
        """ "A neighbour shot two men": the people right before the verb, themselves harmed elsewhere if so asked."""
        last = verb
        while last - 1 > least and (self._norm(last - 1) in _AUXILIARY or self._norm(last - 1).endswith("ly")):
            last -= 1
        if (
            not is_person(self._norm(last - 1))
            or self._norm(last - 1) in _ANYBODY
            or (last - 1 in self._victims and not harmed)
        ):
            return None
        first = last - 1
        while first - 1 >= least and self._norm(first - 1) not in STOPS and self._tokens[first - 1].text[0].isalnum():
            first -= 1
        if self._norm(first - 1) in PREPOSITIONS or first < last - _LONGEST:
            return None
        return self._doers.people(first, last)

    def _joined(self, first: int, last: int) -> bool:
        """True where only articles, adjectives and nouns stand between two tokens."""
        return not any(
            self._norm(index) in PREPOSITIONS | _STOP_AT and self._norm(index) not in ("of",)
            for index in range(first, last)
        )

    def _subject(self, one: Stated, doers: Sequence[Doer], first: int) -> Doer | None:
        """The first doer of the verb's clause that no preposition governs; before "who killed", whom it stands for."""
        verb = one.cue[0]
        start = verb - 1
        while start > first and self._norm(start) not in _OPENS:
            start -= 1
        for doer in doers:
            if start <= doer.first and doer.last <= verb and self._is_free(doer, one):
                if doer.kind in ("state", "person") and not self._governs(doer, verb):
                    continue
                return doer
            if doer.first == start + 1 and doer.last == verb and doer.kind != "act":
                return doer
        people = self._people_before(verb, max(first, start))
        if people is not None:
            return people
        opener = self._norm(start)
        if opener == "who" and (people := self._people_before(start, max(0, start - _LONGEST), True)) is not None:
            return people
        if opener in ("who", "which", "that"):
            for doer in reversed([doer for doer in doers if start - 8 <= doer.first and doer.last <= start]):
                touching = doer.last >= start - 1
                if doer.kind == "state" or ((opener == "that" or doer.kind == "person") and not touching):
                    continue
                if doer.kind == "act" or self._before(doer) not in PREPOSITIONS:
                    return doer
        return None

    def _is_free(self, doer: Doer, one: Stated) -> bool:
        before = self._before(doer)
        if doer.kind == "act":
            return before not in ("on", "against", "to") or one.pattern == "ing"
        if doer.first in self._sources and one.pattern == "ing":
            return False
        if before == "by":
            return doer.kind != "person"
        return before not in PREPOSITIONS and self._norm(doer.last) != "'s"

    def _governs(self, doer: Doer, verb: int) -> bool:
        """True where a name stands right before the verb, or a verb of violence follows it: no name of a place."""
        if self._norm(doer.first - 1) in (",", "and"):
            return False
        return verb - doer.last <= 3 or any(self._norm(index) in VIOLENT for index in range(doer.last, doer.last + 3))

    def _attacks(self, doer: Doer, last: int) -> bool:
        """True where a verb of violence follows a doer that no preposition governs."""
        if self._before(doer) in PREPOSITIONS - {"when", "as", "after", "while", "before", "since"}:
            return False
        if self._norm(doer.last) == "'s":
            return False
        for index in range(doer.last, min(last, doer.last + 8)):
            word = self._norm(index)
            if word in (",", ";", "said", "were", "was", "been", "who", "and") and word not in ("who", "and"):
                return False
            if word in VIOLENT:
                # "in bombed houses", "the besieged town": a participle beside its noun is no deed of the doer.
                return self._norm(index - 1) not in PREPOSITIONS | DETERMINERS
        return False

    def _delivers(self, doer: Doer, least: int) -> bool:
        """True for "missiles from an aircraft of theirs", "bombed by their jets"."""
        return self._before(doer) in ("from", "by") and any(
            self._norm(index) in ACTS or (self._norm(index) in VIOLENT and self._norm(index + 1) == "by")
            for index in range(max(least, doer.first - 7), doer.first)
        )

    def _before(self, doer: Doer) -> str:
        """The word before the doer's phrase, past its articles, figures and adjectives."""
        at = doer.first - 1
        while self._norm(at) in DETERMINERS or self._norm(at) in ("a", "an", "alleged", "suspected", "two", "three"):
            at -= 1
        return self._norm(at)

    def _carried(self, stated: Sequence[Stated], own: list[Perpetrator]) -> list[Perpetrator]:
        """Fill harms that name nobody from those beside them in the sentence, then from the telling before them."""
        found = list(own)
        for number, one in enumerate(stated):
            if self._is_himself(one, found[number]):
                found[number] = NOBODY
            if found[number].name:
                found[number] = self._specific(found[number])
                continue
            for near in (number - 1, number + 1):
                if (
                    0 <= near < len(found)
                    and self._sentences[near] == self._sentences[number]
                    and found[near].name
                    and self._since(one) == self._since(stated[near])
                    and self._can_be_by(one, found[near])
                ):
                    found[number] = found[near]._replace(rule=f"beside {found[near].rule}")
                    break
            if not found[number].name:
                found[number] = self._before_it(number, one)
        return found

    def _before_it(self, number: int, one: Stated) -> Perpetrator:
        """Whoever the report has attacking before: the only one it names, or the last one where "the attack" is told.

        Nobody for an accident, for none harmed, and where the telling has moved on ("meanwhile", "another blast").
        """
        at = self._sentences[number]
        if (
            self._background[number]
            or one.harm in ("displaced", "missing", "captured")
            or (one.quantity is not None and one.quantity.kind == "zero")
        ):
            return NOBODY
        scene = self._scene(at)
        if scene.apart:
            return NOBODY
        last = bisect_left(self._told, at, key=lambda told: told[0])
        who = NOBODY
        if self._only and last and self._told[0][0] < at:
            who = next(
                (who for _, who in reversed(self._told[max(0, last - 20) : last]) if who.name == self._only), who
            )
            who = who._replace(rule="carried")
        if not who.name:
            for where, before in reversed(self._told[max(0, last - 20) : last]):
                if at - where <= 1 or before.act in scene.attacks:
                    who = before._replace(rule="carried near" if at - where <= 1 else "carried same")
                    break
        return who if self._can_be_by(one, who) else NOBODY

    def _scene(self, number: int) -> _Scene:
        """What a sentence says of attacks already told; read once a sentence."""
        if number not in self._scenes:
            sentence = self._analysis.sentences[number]
            apart = self._norm(sentence.first) in _MEANWHILE
            attacks = set()
            for index in range(sentence.first, sentence.last):
                word = self._norm(index)
                if word in _ACCIDENT:
                    apart = True
                if (word in ACTS or word in _INCIDENTS) and index > sentence.first:
                    if self._norm(index - 1) in ("the", "this", "that"):
                        attacks.add(word)
                    apart = apart or any(self._norm(index - n) in _OTHER for n in (1, 2, 3))
            self._scenes[number] = _Scene(apart, frozenset(attacks))
        return self._scenes[number]

    def _attacks_told(self) -> list[tuple[int, Perpetrator]]:
        """Who attacks, sentence by sentence, whether or not a harm is stated there."""
        told = []
        for number, sentence in enumerate(self._analysis.sentences):
            for doer in self._doers.doers(number):
                if doer.first in self._sources or doer.first in self._victims or self._is_disowned(doer):
                    continue
                strikes = self._attacks(doer, sentence.last) or self._delivers(doer, sentence.first)
                if doer.kind == "act" or (strikes and doer.kind not in ("state", "person")):
                    who = self._specific(_as(doer, ""))
                    if who.name.lower() not in _BARE:
                        told.append((number, who._replace(act=self._norm(doer.last - 1))))
                        break
        return told

    def _is_disowned(self, doer: Doer) -> bool:
        """True where the words stand in what a source denies or doubts: that names nobody as the doer."""
        at = self._tokens[doer.first].start
        return any(start <= at < end for start, end in self._disowned)

    def _can_be_by(self, one: Stated, who: Perpetrator) -> bool:
        """False where the victims are the attacker's own people, or the attacker: "before he was shot"."""
        if self._is_himself(one, who):
            return False
        for group in one.groups:
            for index in range(group.noun_first, group.last):
                token = self._tokens[index]
                if token.text[:1].isupper() and (
                    token.text in who.name or (self._doers.country(token.text) or "-") == who.name
                ):
                    return False
        return True

    def _is_himself(self, one: Stated, who: Perpetrator) -> bool:
        """True for "he was shot dead" in the sentence that has one gunman shooting before."""
        if one.active or who.rule == "by" or who.span is None or len(one.groups) != 1 or who.span[1] > one.first:
            return False
        head = self._norm(who.span[1] - 1)
        return (
            self._norm(one.groups[0].head) in ("he", "she")
            and is_person(head)
            and not is_plural(head)
            and self._sentence(one.first) == self._sentence(who.span[0])
        )

    def _sentence(self, index: int) -> int:
        return self._analysis.sentence_at(self._tokens[index].start)

    def _since(self, one: Stated) -> int:
        return period_clause(self._analysis, self._tokens[one.first].start, self._tokens[one.last - 1].end)

    def _specific(self, who: Perpetrator) -> Perpetrator:
        """ "the troops" are those of the state whose troops were last named."""
        if who.span is None or who.span[1] - who.span[0] > 1 or who.name.lower() not in GENERIC:
            return who
        number = self._analysis.sentence_at(self._tokens[who.span[0]].start)
        for earlier in range(number, max(-1, number - 6), -1):
            for doer in reversed(self._doers.between(earlier, who.span[0] - _FARTHEST, who.span[0])):
                if (
                    doer.last <= who.span[0]
                    and doer.name.lower() not in GENERIC
                    and doer.name[:1].isupper()
                    and (doer.kind in ("force", "act") or (doer.kind == "actor" and self._norm(doer.head) in FORCES))
                ):
                    return who._replace(name=doer.name, actor=doer.actor or who.actor)
        return who

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""


def _as(doer: Doer, rule: str) -> Perpetrator:
    return Perpetrator(doer.name, (doer.first, doer.last), doer.actor, rule)
