"""Which place belongs to a harm or an act: every place name of the report is a candidate, and none of them is one too.

The signs say how a name stands to the words that tell the act (clause, sentence, tree, distance, what stands before it)
and in the report (how often, how early, at how many harms). Weights: `coding.ranking`, from `training.rankers`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from counterclaim.coding.context import is_period
from counterclaim.coding.ranking import binned, choose, weights
from counterclaim.coding.scenes import FINENESS, Scene, SceneReader
from counterclaim.coding.trees import above, path, top
from counterclaim.coding.words import words
from counterclaim.language import Analysis

NEAREST: Final = 24
"""Names before and after an act that are candidates: of the right places of claims-train one in 200 stands farther."""
FIRST: Final = 8
"""Names at the head of a report that are candidates everywhere."""
TELLING: Final = 3
"""The least figure by which two tellings of one harm are known for the same: ones and twos are everywhere."""
TOWN: Final = frozenset(("settlement", "facility", "unresolved"))
_PREPOSITIONS: Final = words(
    "in at near of on from to by with for against into outside between around across through over"
)
_NO_SCENE: Final = frozenset(("source", "aside"))
"""Names in a source's words and where somebody only spoke or was treated are no candidates."""
_OWNER: Final = frozenset(("whose", "at other", "free"))
_REFERENCE: Final = re.compile(
    r"\b(?:the|this|that|his|her|their)\s+(?:\w+\s+)?(city|town|village|capital|province|district|region|camp|area|country|"
    r"neighbou?rhood|mosque|school|hotel|hospital|market|site|scene|building)\b(?!\s+of\b)"
)
_REFERS: Final = re.compile(
    r"\b(?:his|her|their|the|this|that)\s+(region|province|district|village|town|city|camp)\b(?!\s+of\b)"
)
_ADMIN: Final = frozenset(("admin1", "admin2", "region"))
_NAMED: Final = {
    "region": _ADMIN,
    "province": _ADMIN,
    "district": frozenset(("admin2", "settlement", "unresolved")),
    "village": TOWN,
    "town": TOWN,
    "city": frozenset(("settlement",)),
    "camp": TOWN,
}
_DEMONYM: Final = ("ian", "ish", "ese", "i", "ean", "can")
_HERE: Final = re.compile(r"\bhere\b")


class Act(NamedTuple):
    """Words `[start, end)` that tell a harm or an act, and its clause; `sort` is the harm or PLOVER type.

    `size` is the number of people harmed, 0 where none is stated.
    """

    start: int
    end: int
    clause: tuple[int, int]
    background: bool = False
    sort: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class _Name:
    """One place name as a candidate, with what holds of it for every act.

    `land` is its country, "-" where it has no record; `standing` keeps the signs of it in the report, once worked out.
    """

    scene: Scene
    key: str
    head: int
    sentence: int
    signs: tuple[str, ...]
    is_put: bool
    land: str | None
    rank: int
    standing: dict[tuple[str, bool], list[str]] = field(default_factory=dict, compare=False)


class SceneChooser:
    """Chooses the scene of each act of one report. `acts` are all its acts, in text order."""

    def __init__(self, analysis: Analysis, scenes: SceneReader, acts: Sequence[Act]) -> None:
        self._analysis = analysis
        self._scenes = scenes
        self._acts = acts
        self._at = sorted({analysis.sentence_at(act.start) for act in acts})
        self._names = [name for name in map(self._name, scenes.candidates) if _NO_SCENE.isdisjoint(name.signs)]
        self._starts = [name.scene.start for name in self._names]
        self._count = Counter(name.key for name in self._names)
        self._towns = {name.key for name in self._names if name.scene.kind in TOWN and "line" not in name.signs}
        acted = set(self._at)
        votes = Counter(
            key for key, _ in {(n.key, n.sentence) for n in self._names if n.is_put and n.sentence in acted}
        )
        self._votes = votes
        self._most = max(votes.values(), default=0)
        self._early = next((name.key for name in self._names if name.scene.kind in TOWN and name.is_put), "")
        lands = Counter(name.scene.place.country for name in self._names if name.scene.place is not None)
        self._land = lands.most_common(1)[0][0] if lands else None
        self._first_told = self._told_first()
        news = {analysis.sentence_at(act.start) for act in acts if not act.background}
        told = [name for name in self._names if name.is_put and name.sentence in news]
        self._news_told = {name.key: name.rank for name in reversed(told)}
        self._figures: dict[tuple[str, int], set[str]] = {}
        for act in acts:
            if act.size >= TELLING:
                found = {name.key for name in self._of_sentence(analysis.sentence_at(act.start)) if name.is_put}
                self._figures.setdefault((act.sort, act.size), set()).update(found)
        self._finest = min((name.rank for name in told), default=9)
        self._first_finest = next((n.key for n in told if n.rank == self._finest), "")

    def scene(self, act: Act, table: str, least: float) -> Scene | None:
        """The scene of an act: told outright ("his region", the same figure again), or of a chance of `least`."""
        referred = self._referred(act)
        if referred is not None:
            return referred
        names, options = self.options(act)
        told = self._figures.get((act.sort, act.size), set()) if not act.background else set()
        here = self._analysis.sentence_at(act.start)
        if len(told) == 1 and not any(name.is_put and name.sentence == here for name in names):
            same = [name.scene for name in names if name.key in told]
            if same:  # the same figure is told of one place only
                return same[0]
        choice = choose(weights(table), options, [name.key for name in names], least)
        chosen = names[choice.option].scene if choice.option >= 0 else None
        return None if chosen is not None and self._scenes.only_sent_from(chosen) else chosen

    def _referred(self, act: Act) -> Scene | None:
        """ "in his region", "the village": the last name before of that kind, where the clause has none of its own."""
        known = _REFERS.search(self._analysis.text, *act.clause)
        if known is None or self._scenes.best(*act.clause, act.start) is not None:
            return None
        return self._scenes.named_before(act.start, _NAMED[known[1]])

    def options(self, act: Act) -> tuple[list[_Name], list[list[str]]]:
        """The candidates of an act, and the signs of each, those of "none of them" last."""
        number = self._analysis.sentence_at(act.start)
        # One of several towns side by side is not the one of what is told elsewhere; "a US strike" fell anywhere.
        names = [
            name
            for name in self._candidates(act)
            if ("listed" not in name.signs if name.sentence != number else not _OWNER.issubset(name.signs))
        ]
        head = self._head(act)
        ancestors = above(self._analysis, head)
        own = [name for name in names if name.sentence == number]
        put = [name for name in own if name.is_put]
        text = self._analysis.text
        left, right = act.clause
        reference = _REFERENCE.search(text, left, right)
        here = _HERE.search(text, left, right) is not None
        clause_best = self._scenes.best(left, right, act.start)
        sentence = self._analysis.sentences[number] if self._analysis.sentences else None
        whole = (max(sentence.start, act.start - 600), min(sentence.end, act.end + 600)) if sentence else act.clause
        own_best = self._scenes.best(*whole, act.start)
        state = "put" if put else "named" if own else "bare"
        before = [name for name in names if name.scene.start < act.start and name.sentence < number and name.is_put]
        last = before[-1].key if before else ""
        last_town = next((name.key for name in reversed(before) if name.scene.kind in TOWN), "")
        told = self._told_before(number)
        same = self._figures.get((act.sort, act.size), set())
        size = binned(act.size, (0, 1, 5, 20, 60, 300))
        period = is_period(text[left:right])
        options = []
        for name in names:
            scene = name.scene
            kind = scene.kind
            signs = [*name.signs, f"kind {kind}"]
            if name.sentence == number:
                inside = left <= scene.start < right
                after = scene.start >= act.start
                gap = abs(name.head - head)
                signs += [
                    "own",
                    f"own {kind}",
                    "in clause" if inside else "off clause",
                    f"after {inside}" if after else f"before {inside}",
                    f"gap {binned(gap, (2, 4, 7, 12, 20))}",
                    *(f"own {sign}" for sign in name.signs),
                    *path(self._analysis, name.head, ancestors),
                ]
                if clause_best is not None and scene.start == clause_best.start:
                    signs.append("best of clause")
                if own_best is not None and scene.start == own_best.start:
                    signs.append("best of sentence")
                    signs.append(f"best of {len({n.key for n in put}) > 1} {act.background}")
            else:
                far = name.sentence - number
                step = f"back {binned(-far, (1, 2, 3, 5, 10))}" if far < 0 else f"on {binned(far, (1, 2, 3, 5, 10))}"
                signs += [
                    f"away {state}",
                    f"away {kind} {state}",
                    f"away {act.background} {'line' in name.signs}",
                    step,
                    f"{step} {'put' if name.is_put else 'not put'}",
                    f"{step} {state}",
                    f"away towns {binned(len(self._towns), (1, 2, 4))} {kind in TOWN}",
                ]
                if name.key == last:
                    signs += ["last put", f"last put {state}"]
                if name.key == last_town:
                    signs += ["last town", f"last town {state}", f"last town {act.background}"]
                if name.key in told:
                    signs += ["told before", f"told before {state} {kind in TOWN}"]
                if reference is not None and far <= 0:
                    word = reference[1]
                    signs.append(f"the {word} {kind}")
                    if name.key in (last, last_town):
                        signs.append(f"last the {word}")
            signs.append(f"size {size} {name.rank}")
            if period:
                signs.append(f"period {kind}")
            if name.key in same:
                signs += ["same figure", f"same figure {name.rank} {state}"]
            if here:
                signs.append(f"here {'line' in name.signs}")
            signs += self._standing(name, state, act.background)
            signs += self._within(name, own_best, number, act.background)
            signs += self._finer(name, names, number)
            options.append(signs)
        options.append(
            [
                "none",
                f"none {state}",
                f"none {act.background}",
                f"none {act.background} {state}",
                f"none sort {act.sort}",
                f"none sort {act.sort} {state}",
                f"none towns {binned(len(self._towns), (0, 1, 2, 4))}",
                f"none here {here}",
                f"none best {own_best is not None}",
                f"none size {size}",
                f"none period {period}",
            ]
        )
        return names, options

    def _standing(self, name: _Name, state: str, background: bool) -> list[str]:
        """Signs of the name in the report."""
        away = "bare" if state == "bare" else "else"
        if (away, background) not in name.standing:
            name.standing[away, background] = self._stands(name, away, background)
        return name.standing[away, background]

    def _stands(self, name: _Name, away: str, background: bool) -> list[str]:
        found = [f"count {binned(self._count[name.key], (1, 2, 4))} {away}"]
        votes = self._votes[name.key]
        if votes and votes == self._most:
            found += [f"most told {away}", f"most told {away} {background}"]
        found.append(f"votes {binned(votes, (0, 1, 2, 4))} {away}")
        if name.key == self._early:
            found.append(f"early {away} {background}")
        if name.key in self._news_told:
            found.append(f"news told {away} {background}")
            if self._news_told[name.key] == self._finest:
                found.append(f"finest told {away} {background}")
        if name.key == self._first_finest:
            found.append(f"first finest {away} {background}")
        if name.key == self._first_told:
            found += [f"first told {away} {background}"]
        if name.scene.place is not None and name.scene.place.country == self._land:
            found.append(f"main land {away}")
        return found

    def _within(self, name: _Name, best: Scene | None, number: int, background: bool) -> list[str]:
        """Signs of a name inside the coarser one of the act's own sentence: "killed in Sinai", later "El-Arish"."""
        if best is None or name.key == key_of(best) or name.sentence == number:
            return []
        rank, own = name.rank, FINENESS.get(best.kind, 3)
        if rank >= own:
            return [f"no finer than own {background}"]
        place = name.scene.place
        if place is None or best.place is None or place.country is None:
            inside = "perhaps"
        elif place.country != best.place.country:
            inside = "no"
        elif best.kind == "country":
            inside = "land"
        else:
            inside = "state" if place.admin1 == best.place.admin1 else "no"
        found = [f"inside own {inside}", f"inside own {inside} {background}", f"inside {best.kind} {inside}"]
        if name.key in self._news_told:
            found.append(f"inside told {inside} {best.kind} {background}")
        if name.key == self._first_finest:
            found.append(f"inside finest {inside} {best.kind} {background}")
        return found

    def _finer(self, name: _Name, names: Sequence[_Name], number: int) -> list[str]:
        """Signs of a country or province of which a town is named too: in this sentence, or in the report."""
        if name.land == "-" or name.scene.kind not in ("country", "admin1", "admin2", "region"):
            return []
        found = "no"
        for other in names:
            if other.rank < name.rank and other.land == name.land and other.key != name.key:
                found = "there"
                if other.sentence == number and other.is_put:
                    found = "here"
                    break
        return [f"finer {name.scene.kind} {found} {name.sentence == number}"]

    def _told_first(self) -> str:
        """The key that the first sentence with an act is put at."""
        for number in self._at[:3]:
            sentence = self._analysis.sentences[number]
            best = self._scenes.best(sentence.start, min(sentence.end, sentence.start + 600), sentence.start)
            if best is not None:
                return key_of(best)
        return ""

    def _told_before(self, number: int) -> set[str]:
        """The keys that the nearest sentence before with an act names and puts something at."""
        low = bisect_left(self._at, number)
        for earlier in reversed(self._at[max(0, low - 3) : low]):
            found = {name.key for name in self._of_sentence(earlier) if name.is_put}
            if found:
                return found
        return set()

    def _of_sentence(self, number: int) -> list[_Name]:
        sentence = self._analysis.sentences[number]
        low = bisect_left(self._starts, sentence.start)
        return self._names[low : min(bisect_left(self._starts, sentence.end, low), low + NEAREST)]

    def _candidates(self, act: Act) -> list[_Name]:
        at = bisect_right(self._starts, act.start)
        low, high = max(0, at - NEAREST), min(len(self._names), at + NEAREST)
        head = self._names[: min(FIRST, low)]
        return [*head, *self._names[low:high]]

    def _name(self, scene: Scene) -> _Name:
        analysis = self._analysis
        tokens = analysis.tokens
        first = analysis.token_at(scene.start)
        last = min(analysis.token_at(scene.end - 1), len(tokens) - 1)
        head = top(analysis, first, last + 1)
        number = analysis.sentence_at(scene.start)
        at = first - 1
        while at >= 0 and tokens[at].norm in ("the", "a", "an"):
            at -= 1
        before = tokens[at].norm if at >= 0 else ""
        after = tokens[last + 1].norm if last + 1 < len(tokens) else ""
        signs = [f"at {before}" if before in _PREPOSITIONS else "at comma" if before == "," else "at other"]
        standing = self._scenes.standing(scene)
        signs += standing
        is_put = "put" in standing and not ({"locates", "contains", "line"} & set(standing))
        if scene.place is not None and scene.kind == "country" and scene.text.lower().endswith(_DEMONYM):
            signs.append("demonym")
        signs.append("possessive" if after == "'s" else "hyphen" if after == "-" else "free")
        if analysis.sentences and analysis.sentences[number].kind != "body":
            signs.append("heading")
        land = "-" if scene.place is None else scene.place.country
        rank = FINENESS.get(scene.kind, 3)
        return _Name(scene, key_of(scene), head, number, tuple(signs), is_put, land, rank)

    def _head(self, act: Act) -> int:
        analysis = self._analysis
        first = min(analysis.token_at(act.start), max(0, len(analysis.tokens) - 1))
        return top(analysis, first, max(first + 1, analysis.token_at(act.end - 1) + 1))


def key_of(scene: Scene) -> str:
    """Names with one key stand for one place."""
    if scene.place is not None and scene.place.geonames_id is not None:
        return str(scene.place.geonames_id)
    return scene.text.lower()
