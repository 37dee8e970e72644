"""Harm stated in a sentence: which group of people each word of harm falls on.

A verb of harm takes its victims from its object ("killed 49 soldiers") or, in the passive, from its subject
("49 soldiers were killed"); a noun from the words after "of"; a bare figure from the
adjective after it ("13 dead, 27 injured").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from counterclaim.coding.claims import cues
from counterclaim.coding.claims.clauses import INCLUDING, Aux
from counterclaim.coding.claims.echoes import NAMED, EchoReader
from counterclaim.coding.claims.groups import PREPOSITIONS, STOPS, Group
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.people import kind_of
from counterclaim.coding.words import words
from counterclaim.records import Harm

_PHRASES: dict[str, list[tuple[tuple[str, ...], Harm, cues.Form]]] = {}
for _text, _harm, _form in cues.PHRASES:
    _PHRASES.setdefault(_text.split()[0], []).append((tuple(_text.split()), _harm, _form))
_INTRANSITIVE_PHRASES: dict[str, list[tuple[tuple[str, ...], Harm]]] = {}
for _text, _harm in cues.INTRANSITIVE_PHRASES:
    _INTRANSITIVE_PHRASES.setdefault(_text.split()[0], []).append((tuple(_text.split()), _harm))

ILLNESS = words(
    "cancer illness disease natural cholera aids malaria hunger starvation heart stroke pneumonia old overdose "
    "ebola covid-19 coronavirus covid hiv diabetes leukemia leukaemia"
)
VIOLENCE = tuple(
    sorted(
        words(
            "attack blast bomb explo fire fight clash shot shoot strike airstrike crash war battle combat "
            "wound injur kill murder gun accident quake earthquake flood storm collaps drown riot violen "
            "rocket missile shell poison capsiz ambush stab tortur massacre execut assault beat raid grenade "
            "landmine disaster trampl custody suicide"
        )
    )
)
_LAWFUL = words("arrest arrested arresting arrests detain detained detaining detains")
_TRIED = words("accused suspected convicted guilty charged jailed sentenced wanted blamed acquitted trial prison")
_POLICE = words("police policeman policemen officer officers agent agents detective detectives commissioner")
_AMONG: dict[str, Harm] = {"victims": "killed", "fatalities": "killed", "hostages": "captured"}
EPIDEMIC = ("virus", "coronavirus", "covid", "pandemic", "epidemic", "overdose", "opioid", "cholera", "ebola")
_FELL = words("fell fallen")
_FALLEN = frozenset(("", ",", ".", ";", '"', "”", "''", "during", "defending", "fighting"))
_FRAY = words("line battle combat action fighting clashes war")
_MEN = words("men women")
_DROVE = words("driven drove drive driving forced forcing chased")
OF_MARKETS_AND_MATCHES = words(
    "fund funds investors shares stocks bondholders lenders startups playoffs league goalkeeper striker innings "
    "championship players squad midfielder"
)
_FIGURES_OF_SPEECH = ("kill", "crash", "collaps", "war", "fire", "battle", "fight", "bat")
_PARTS_WITHIN = 25
"""Tokens between a toll and the parts named after it, at most."""


class SentenceReader(EchoReader):
    """Reads the harms of one sentence: tokens `[first, last)` and its groups."""

    def read(self) -> Iterator[Stated]:
        """Every harm stated: by cue, then the parts named after them ("..., including two children")."""
        found = list(self._by_cue())
        if not found:  # All but the last of what follows leans on a harm already told.
            yield from self._among()
            return
        if any(self._norm(index).startswith(EPIDEMIC) for index in range(self._first, self._last)):
            found = [one for one in found if one.harm not in ("killed", "injured")]
        if any(self._norm(index) in OF_MARKETS_AND_MATCHES for index in range(self._first, self._last)) and not any(
            self._norm(index).startswith(VIOLENCE) and not self._norm(index).startswith(_FIGURES_OF_SPEECH)
            for index in range(self._first, self._last)
        ):
            # "The rout claimed its first victims among hedge funds, killing three": nobody is named as harmed.
            found = [one for one in found if any(g.person and g.kind != "pronoun" for g in one.groups)]
        yield from found
        listed = list(self._summed(found))
        yield from listed
        yield from self._parts_after(found)
        yield from self._rivals(found)
        yield from self._alike(found)
        yield from self._among()

    def _by_cue(self) -> Iterator[Stated]:
        index = self._first
        while index < self._last:
            step = 1
            word = self._norm(index)
            if (
                self._norm(index + 1) == "to"
                and self._norm(index + 2) == "death"
                and index not in self._covering
                and word not in ("sentenced", "condemned", "due", "close", "led", "leading", "comes")
            ):
                form: cues.Form = "ing" if word.endswith("ing") else "past"
                yield from self._verb(index, index + 3, "killed", form, False)
                index += 3
                continue
            for phrase, harm, shape in _PHRASES.get(word, ()):
                if self._stands(index, phrase):
                    yield from self._verb(index, index + len(phrase), harm, shape, harm in ("captured", "displaced"))
                    step = len(phrase)
                    break
            else:
                for words_, harm in _INTRANSITIVE_PHRASES.get(word, ()):
                    if self._stands(index, words_):
                        yield from self._subjects_of(index, index + len(words_), harm, "intransitive")
                        step = len(words_)
                        break
                else:
                    yield from self._single(index)
            index += step

    def _among(self) -> Iterator[Stated]:
        """ "Among the dead was Omar Hadi", "also killed were two drivers", "a chief was among the injured"."""
        for index in range(self._first, self._last):
            if self._norm(index) not in ("among", "amongst", "also"):
                continue
            at = index + 1
            while self._norm(at) in ("the", "those", "who", "were", "was"):
                at += 1
            word = self._norm(at)
            harm = cues.PREDICATES.get(word) or _AMONG.get(word)
            if harm is None and word in cues.VERBS and cues.VERBS[word].form in ("past", "participle"):
                harm = cues.VERBS[word].harm
            if harm is None or harm == "casualties":
                continue
            if self._norm(index) != "also" and self._norm(index - 1) in cues.BE:
                yield from self._subjects_of(index, at + 1, harm, "predicate", True)
                continue
            be = at + 1
            while be < self._last and be < at + 14 and self._norm(be) not in ("was", "were", "is", "are"):
                be += 1
            if self._norm(be) in ("was", "were", "is", "are") and self._norm(be - 1) not in ("who", "that"):
                objects = [group for group in self._objects(be + 1, True) if group.kind != "pronoun"]
                yield from self._emit(index, be + 1, harm, objects, "active", self._aux(index))

    def _parts_after(self, found: list[Stated]) -> Iterator[Stated]:
        """The parts of a toll named after its verb: "were killed in the raid, including two children"."""
        used = {group.first for one in found for group in one.groups}
        for index in range(self._first, self._last):
            if self._norm(index) not in INCLUDING or (
                self._norm(index) == "among" and self._norm(index + 1) not in ("them", "whom")
            ):
                continue
            whole = [one for one in found if one.groups and one.cue[1] <= index and index - one.last <= _PARTS_WITHIN]
            if not whole or self._breaks(whole[-1].last, index):
                continue
            before = self._covering.get(index - 1) or self._covering.get(index - 2)
            if before is not None and before.counted and before.first not in used and before.person:
                continue
            first = index + 1
            while self._norm(first) in ("them", "also", ":", ",", "at"):
                if first in self._starts and self._norm(first) == "at":
                    break
                first += 1
            group = self._starts.get(first)
            if group is None or group.first in used or not self._victim(group, False) or group.kind == "pronoun":
                continue
            one = whole[-1]
            parts = [group]
            self._join_after(parts, False)
            names = tuple(part for part in parts if part.kind == "name")
            for part in parts:
                if part.first in used or (part.kind == "name" and part is not names[0]):
                    continue
                members = names if part.kind == "name" else (part,)
                yield Stated(
                    one.first, members[-1].last, one.cue, one.harm, members, one.pattern, True, one.negated, one.modal,
                    part.quantity, one.active,
                )  # fmt: skip

    def _breaks(self, first: int, last: int) -> bool:
        """True where another clause's verb stands between two tokens."""
        return any(
            self._norm(index) in cues.BE or self._norm(index) in (";", "said", "told") for index in range(first, last)
        )

    def _single(self, index: int) -> Iterator[Stated]:
        word = self._norm(index)
        group = self._covering.get(index)
        if group is not None and group.attribute == index:
            yield from self._attribute(group, index)
            return
        if group is not None and index == group.head and word in cues.COUNT_NOUNS:
            yield from self._count_noun(group, word)
        if group is None and word in _FELL and self._in_battle(index):
            yield from self._subjects_of(index, index + 1, "killed", "intransitive")
        elif group is None and word in _DROVE and not self._aux(index).be:
            objects = self._objects(index + 1, True)
            if objects and self._from_homes(objects[-1].last):
                yield from self._emit(index, index + 1, "displaced", objects, "active", self._aux(index))
        elif group is None and word in cues.VERBS:
            verb = cues.VERBS[word]
            yield from self._verb(index, index + 1, verb.harm, verb.form, verb.strict)
        elif group is None and word in cues.INTRANSITIVE:
            if self._of_violence(index, word):
                yield from self._subjects_of(index, index + 1, cues.INTRANSITIVE[word], "intransitive")
        elif group is None and word in cues.PREDICATES:
            yield from self._predicate(index, word)
        if word in cues.OF_NOUNS and not (group is not None and group.quantity is not None and word in ("lives",)):
            yield from self._of_noun(index, word)
        if word in ("toll", "tolls"):
            yield from self._toll(index)
        elif word == "number" and self._norm(index + 1) == "of":
            yield from self._number_of(index)
        elif word in ("lost", "losing", "lose") and group is None:
            yield from self._lost(index)
        elif word in ("life", "lives") and group is not None and group.head == index:
            yield from self._lives(group)
        elif word == "no":
            yield from self._no_reports(index)
        elif word in ("suffered", "sustained", "suffering", "sustaining", "received") and group is None:
            for first, last in self._wounds(index):
                yield from self._subjects_of(first, last, "injured", "intransitive", True)
        elif word in NAMED:
            yield from self._by_name(index)
        elif word == "fate":
            yield from self._fate(index)

    def _in_battle(self, index: int) -> bool:
        """True where men under arms are counted as fallen: "nine soldiers fell in battle", not "fell from a roof"."""
        after = self._norm(index + 1)
        if after == "in":
            if not any(self._norm(index + n) in _FRAY for n in (2, 3)):
                return False
        elif after not in _FALLEN:
            return False
        subjects, _ = self._subjects(self._aux(index).first, True)
        return bool(subjects) and all(
            group.counted and (kind_of(self._norm(group.head)) == "combatant" or self._norm(group.head) in _MEN)
            for group in subjects
        )

    def _from_homes(self, at: int) -> bool:
        """True for "from their homes", "out of their houses" at token `at`."""
        return self._norm(at) in ("from", "out", "off") and any(
            self._norm(at + n) in ("home", "homes", "houses", "villages", "land", "lands") for n in (1, 2, 3)
        )

    # verbs

    def _verb(self, first: int, last: int, harm: Harm, form: cues.Form, strict: bool) -> Iterator[Stated]:
        aux = self._aux(first)
        if self._norm(first) in _LAWFUL and not self._by_fighters(first):
            return
        if form in ("base", "ing"):
            if form == "ing" and self._norm(last) == "of":
                return
            pattern = "ing" if form == "ing" else "base"
            yield from self._objects_of(first, last, harm, strict, pattern, aux)
            return
        if harm == "casualties" and self._norm(first - 1) in ("fatally", "fatal"):
            harm = "killed"
        if aux.be:
            # Towns are captured, only people are shot.
            strict = strict and harm != "casualties"
            yield from self._subjects_of(first, last, harm, "passive", strict, aux)
            return
        objects = self._objects(last, strict)
        if objects and not (self._is_reduced(first, objects)):
            yield from self._emit(first, last, harm, objects, "active", aux)
        elif self._norm(first) in cues.INTRANSITIVE and (aux.have or aux.modal):
            yield from self._subjects_of(first, last, harm, "intransitive", aux=aux)  # "may have drowned"
        elif not aux.have:
            yield from self._reduced(first, last, harm, strict, aux)

    def _by_fighters(self, first: int) -> bool:
        """True where an arrest is of fighters or by them; what the police do to suspects is no claim."""
        near = range(max(self._first, first - 25), min(self._last, first + 25))
        return any(
            (kind_of(self._norm(at)) == "combatant" and self._norm(at) not in _POLICE)
            or self._tokens[at].text in ("ISIS", "IS", "Isis", "Taliban", "Hamas", "Jihad", "Hezbollah", "SDF", "PKK")
            for at in near
        )

    def _is_reduced(self, first: int, objects: Sequence[Group]) -> bool:
        """True for "49 soldiers killed Tuesday ..." where what follows cannot be the object."""
        before = self._ending_at(first)
        own = objects[0].person and self._norm(objects[0].first) in ("his", "her", "their")
        return (
            before is not None
            and before.quantity is not None
            and objects[0].kind in ("definite", "pronoun", "bare")
            and not own  # "a boy shot his brother"
        )

    def _objects_of(self, first: int, last: int, harm: Harm, strict: bool, pattern: str, aux: Aux) -> Iterator[Stated]:
        governed = pattern == "ing" and self._norm(first - 1) in ("of", "for") and self._norm(first - 2) in _TRIED
        objects = self._objects(last, strict, governed)
        if pattern == "base":
            objects = [group for group in objects if group.counted and group.kind != "zero"]
            if not (aux.modal or aux.to):
                objects = [group for group in objects if group.kind == "counted"]
        yield from self._emit(first, last, harm, objects, pattern, aux)

    def _subjects_of(
        self, first: int, last: int, harm: Harm, pattern: str, strict: bool = False, aux: Aux | None = None
    ) -> Iterator[Stated]:
        aux = aux or self._aux(first)
        if harm == "displaced" and pattern == "intransitive":
            subjects, parts = self._subjects(aux.first, True)
            # Fighters who flee are beaten, not displaced.
            subjects = [
                group
                for group in subjects
                if group.plural and group.kind != "pronoun" and kind_of(self._norm(group.head)) != "combatant"
            ]
            yield from self._emit(first, last, harm, subjects, pattern, aux)
            return
        subjects, parts = self._subjects(aux.first, strict or (pattern == "intransitive" and harm != "killed"))
        companions = self._companions(last, strict) if subjects else []
        if any(group.kind == "name" for group in subjects):
            beside = self._named([*subjects, *companions])
            subjects = [*subjects, *(group for group in companions if group in beside or group.kind == "name")]
            companions = [group for group in companions if group not in subjects]
        yield from self._emit(first, last, harm, subjects, pattern, aux)
        yield from self._emit(first, last, harm, parts, pattern, aux, part=True)
        yield from self._emit(first, last, harm, companions, pattern, aux, after=True)

    def _reduced(self, first: int, last: int, harm: Harm, strict: bool, aux: Aux) -> Iterator[Stated]:
        """ "49 soldiers killed in attacks": the group right before the participle."""
        group = self._ending_at(aux.first)
        if (
            group is None
            and self._norm(aux.first - 1) == ","
            and self._norm(last) in ("by", "in", "on", "when", "during")
        ):
            group = self._ending_at(aux.first - 1)
            if group is not None and not group.named:
                group = None
        if group is None and self._norm(aux.first - 1) not in STOPS:
            group = None
        if group is None:
            group = self._before_phrase(aux.first)
        if group is None or not self._victim(group, strict):
            return
        if group.whole is not None:
            yield from self._emit(first, last, harm, [replace(group, quantity=group.whole)], "reduced", aux)
            return
        if group.kind in ("bare", "definite", "name") and not self._reduced_ok(group, last):
            return
        yield from self._emit(first, last, harm, self._joined_before(group, strict), "reduced", aux)

    def _reduced_ok(self, group: Group, last: int) -> bool:
        if group.kind == "definite" and not group.plural and self._norm(group.first - 1) in ("and", ","):
            return group.person and self._norm(group.first) in ("his", "her", "their")
        return group.kind == "name" and self._norm(last) in ("by", "in", "on", "when", "during", "near", "at")

    def _before_phrase(self, index: int) -> Group | None:
        """The counted group before one prepositional phrase: "5 fighters from the brigade (killed)"."""
        inner = self._ending_at(index)
        if inner is None or inner.counted or self._norm(inner.first - 1) not in PREPOSITIONS:
            return None
        group = self._ending_at(inner.first - 1)
        return group if group is not None and group.kind in ("counted", "vague", "singular") else None

    # other patterns

    def _predicate(self, index: int, word: str) -> Iterator[Stated]:
        harm = cues.PREDICATES[word]
        aux = self._aux(index)
        if self._norm(index - 1) in ("the", "of", "seven") and self._norm(index - 1) != "seven":
            return
        if aux.be:
            yield from self._subjects_of(index, index + 1, harm, "predicate", True, aux)
        else:
            yield from self._reduced(index, index + 1, harm, False, aux)

    def _of_violence(self, index: int, word: str) -> bool:
        """True unless a death is put down to illness, or one person dies with no word of violence nearby."""
        if self._of_illness(index + 1):
            return False
        if word not in ("died", "die", "dies", "dying"):
            return True
        subjects, _ = self._subjects(self._aux(index).first, True)
        if any(self._norm(group.first) == "we" for group in subjects):
            return False
        if any(group.plural or group.quantity is not None for group in subjects):
            return True
        return any(self._norm(at).startswith(VIOLENCE) for at in range(self._first, self._last))

    def _of_illness(self, at: int) -> bool:
        return self._norm(at) in ("of", "from") and any(self._norm(at + n) in ILLNESS for n in (1, 2, 3))
