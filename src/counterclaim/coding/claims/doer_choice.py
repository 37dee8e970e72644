"""Who did a harm: all whom the report names as doers are candidates, and nobody is one too.

A candidate is a mention; mentions of one party share their chance (`coding.ranking`). Weights: `training.rankers`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final, NamedTuple

from counterclaim.coding.claims.doer_mentions import PRONOUNS, Mention, MentionReader
from counterclaim.coding.claims.doers import ACTS, ARMED, CLASHES, GENERIC, WEAPONS, Doer, DoerReader
from counterclaim.coding.claims.harm_nouns import Stated
from counterclaim.coding.context import period_clause
from counterclaim.coding.nations import country_of
from counterclaim.coding.people import is_plural
from counterclaim.coding.ranking import binned, choose, weights
from counterclaim.coding.trees import above, path, top
from counterclaim.coding.words import words
from counterclaim.language import Analysis
from counterclaim.resolving.actors import ActorIndex

_NEAREST: Final = 24
"""Mentions before and after a harm that are candidates, at most."""
_OFTEN: Final = 3
"""Parties that are candidates everywhere: those that strike, and those that are read as doers, most often."""
_CLOSE: Final = 3
"""Sentences about a harm in which people who do not strike are candidates."""
_TELLING: Final = 3
"""The least figure by which two tellings of one harm are known for the same: ones and twos are everywhere."""
_LOOK: Final = 12
"""Harms before and after that are asked whom the rules read there."""
_WIDE: Final = 40
"""Tokens each side of a harm in which a clash is looked for."""
_LONGEST: Final = 7
"""Words of the victims' phrase that are asked whose people they are."""
_SENTENCE: Final = 120
"""Tokens of a sentence that say what it tells of."""
_ACCIDENT: Final = words(
    "accident crash crashed collision collided collapse collapsed earthquake quake flood floods flooding storm typhoon "
    "cyclone hurricane tornado landslide avalanche derailed capsized sank drowned fire blaze stampede tsunami wildfire"
)
_AGAIN: Final = words("meanwhile separately elsewhere another separate earlier previous previously last")
_INCIDENTS: Final = words(
    "attack attacks incident blast explosion bombing bombings strike airstrike raid raids shooting operation clash "
    "clashes ambush assault offensive violence fighting massacre shelling killings siege kidnapping abduction"
)
_WARS: Final = words("war wars conflict conflicts insurgency uprising rebellion")
_WAR: Final = 5
"""Tokens before a verb of harm in which a war is its subject."""
_OF_STATE: Final = words("soldier soldiers troops police policeman policemen officer officers guards army serviceman")


class Chosen(NamedTuple):
    """The mention chosen, its party's name in this report, and its chance (0-1)."""

    mention: Mention
    name: str
    chance: float


class DoerChooser:
    """Chooses the doers of one report's harms.

    `read` are whom the rules read as the doer in each harm's own sentence: tokens (None for nobody) and the rule.
    """

    def __init__(
        self,
        analysis: Analysis,
        actors: ActorIndex,
        doers: DoerReader,
        stated: Sequence[Stated],
        background: Sequence[bool],
        sources: Collection[int],
        read: Sequence[tuple[tuple[int, int] | None, str]],
    ) -> None:
        self._analysis = analysis
        self._tokens = analysis.tokens
        self._actors = actors
        self._stated = stated
        self._background = background
        victims = {i for one in stated for group in one.groups for i in range(group.noun_first, group.last)}
        reader = MentionReader(analysis, actors, doers, sources, victims)
        self._sentences = [self._sentence(one.first) for one in stated]
        self._mentions = reader.mentions()
        self._starts = [mention.doer.first for mention in self._mentions]
        self._firsts = {mention.party: mention for mention in reversed(self._mentions)}
        self._count = Counter(mention.party for mention in self._mentions)
        self._strikes = Counter(mention.party for mention in self._mentions if mention.strikes)
        self._total = sum(self._strikes.values())
        self._first_strike = next((mention.party for mention in self._mentions if mention.strikes), "")
        self._read = [self._party_read(span) for span, _ in read]
        self._rules = [rule for _, rule in read]
        self._votes = Counter(party for party in self._read if party)
        self._everywhere = [
            *dict.fromkeys(party for counts in (self._strikes, self._votes) for party, _ in counts.most_common(_OFTEN))
        ]
        self._suffer = Counter(side for one in stated for side in self._sides(one))
        self._figures: dict[tuple[str, int], set[str]] = {}
        for one, party in zip(stated, self._read, strict=True):
            if party and _size(one) >= _TELLING:
                self._figures.setdefault((one.harm, _size(one)), set()).add(party)
        self._names: dict[str, dict[str, None]] = {}
        self._known: dict[str, Counter[str]] = {}
        for mention in self._mentions:
            self._names.setdefault(mention.party, {}).update(dict.fromkeys(reader.names(mention.doer)))
            known = self._known.setdefault(mention.party, Counter())
            if _is_fit(mention.doer.name):
                known[mention.doer.name] += 1

    def chosen(self, number: int, least: float) -> Chosen | None:
        """The doer of harm `number`; None where nobody's chance reaches `least`."""
        mentions, options = self.options(number)
        # Whom a court tries for a harm is seldom wrong, and too seldom met to be learned.
        least = least / 2 if self._rules[number] == "tried" else least
        choice = choose(weights("doer"), options, [mention.party for mention in mentions], least)
        if choice.option < 0:
            return None
        chosen = mentions[choice.option]
        if self._rules[number] == "subject people" and self._read[number]:
            # Its own subject did it ("a gunman who killed five"), whoever did what was done to him.
            chosen = next((one for one in mentions if one.party == self._read[number]), chosen)
        return Chosen(chosen, self.name(chosen), choice.chance)

    def name(self, mention: Mention) -> str:
        """The mention's own name; the party's commonest where the own only points at it ("they", "the troops")."""
        known = self._known[mention.party]
        own = mention.doer.name
        return own if own in known or not known else max(known, key=lambda name: known[name])

    def names(self, mention: Mention) -> list[str]:
        """All names of the mention's party in the report."""
        return list(self._names[mention.party])

    def options(self, number: int) -> tuple[list[Mention], list[list[str]]]:
        """The candidates of harm `number` and the signs of each, those of nobody last."""
        one = self._stated[number]
        at = self._sentences[number]
        mentions = self._candidates(number)
        head = top(self._analysis, one.cue[0], max(one.cue[0] + 1, one.cue[1]))
        ancestors = above(self._analysis, head)
        scene = self._scene(at)
        own = [mention for mention in mentions if mention.sentence == at]
        struck = any(mention.strikes for mention in own)
        state = "read" if self._read[number] else "strikes" if struck else "named" if own else "bare"
        sides, owners, victims = set(self._sides(one)), self._owners(one), _victims(one, self._norm)
        clash = self._in_clash(one)
        back, ahead = self._neighbour(number, -1), self._neighbour(number, 1)
        last = next((m.party for m in reversed(mentions) if m.strikes and m.sentence < at), "")
        same = self._figures.get((one.harm, _size(one)), set())
        options = []
        for mention in mentions:
            kind, strikes, here = mention.doer.kind, mention.strikes, mention.sentence == at
            away = "own" if here else state
            signs = [*mention.signs, f"kind {kind}", f"harm {one.harm} {kind}", f"victims {victims} {kind}"]
            signs.append(f"victims {victims} {mention.arm} {here}")
            if mention.party in owners:
                signs.append("owns the victims")
            if clash and mention.arm != "other":
                against = "same" if mention.party in sides else "victim" if self._suffer[mention.party] else "other"
                signs.append(f"clash {against} {here} {strikes}")
            if here:
                signs += self._beside(mention, one, state)
                signs += [f"{sign} {one.active}" for sign in path(self._analysis, mention.doer.head, ancestors)]
            else:
                far = mention.sentence - at
                step = f"{'back' if far < 0 else 'on'} {binned(abs(far), (1, 2, 3, 6, 12))}"
                signs += [f"away {state}", f"away {kind} {state}", f"{step} {strikes}", f"{step} {state} {strikes}"]
                signs += [f"away {self._background[number]} {strikes}", f"away {scene}", f"away {one.harm} {strikes}"]
                if mention.party == last:
                    signs += ["last strike", f"last strike {state}", f"last strike {scene}"]
                    signs += [f"last strike {step}", f"last strike {step} {scene}"]
                if strikes:
                    signs.append(f"alone {binned(len(self._strikes), (1, 2, 4))} {scene}")
            if mention.party == self._read[number]:
                signs += ["read", f"read {self._rules[number]}", f"read {here}"]
            for way, (party, steps) in (("back", back), ("ahead", ahead)):
                if party == mention.party:
                    near = f"read {way} {binned(steps, (0, 1, 2, 5))}"
                    signs += [f"{near} {away}", f"read {way} {scene} {away}"]
                    signs.append(f"read {way} {self._background[number]} {away}")
            if mention.party in same:
                signs.append(f"same figure {away}")
            signs += self._standing(mention, away, self._background[number])
            if mention.party in sides:
                signs += ["same side", f"same side {kind}", f"same side {away}"]
            elif self._suffer[mention.party]:
                more = self._suffer[mention.party] > self._strikes[mention.party]
                signs.append(f"suffers {binned(self._suffer[mention.party], (1, 3))} {more} {away}")
            options.append(signs)
        is_read = state == "read"
        options.append(
            [
                "none",
                f"none {state}",
                f"none {self._background[number]} {state}",
                f"none harm {one.harm}",
                f"none harm {one.harm} {state}",
                f"none {scene}",
                f"none {scene} {state}",
                f"none pattern {one.pattern} {one.active} {is_read}",
                f"none votes {binned(len(self._votes), (0, 1, 2, 4))} {is_read}",
                f"none struck {binned(self._total, (0, 1, 3, 8))} {state}",
                f"none back {binned(back[1], (0, 1, 2, 5))} {is_read}",
                f"none zero {one.quantity is not None and one.quantity.kind == 'zero'}",
                f"none victims {victims}",
            ]
        )
        return mentions, options

    def _beside(self, mention: Mention, one: Stated, state: str) -> list[str]:
        """Signs of a mention in the harm's own sentence."""
        doer = mention.doer
        gap = doer.first - one.cue[1] if doer.first >= one.cue[1] else one.cue[0] - doer.last
        side = "after" if doer.first >= one.cue[0] else "before"
        found = [
            "own",
            f"own {doer.kind} {state}",
            f"{side} {one.active} {one.pattern}",
            f"{side} {one.active} {doer.kind}",
            f"{side} gap {binned(gap, (1, 3, 6, 10, 16, 30))}",
        ]
        if one.cue[0] <= self._tokens[doer.head].head < one.cue[1]:
            found.append(f"governed {self._tokens[doer.head].relation.split(':')[0]} {one.active}")
        return found

    def _since(self, one: Stated) -> int:
        return period_clause(self._analysis, self._tokens[one.first].start, self._tokens[one.last - 1].end)

    def _standing(self, mention: Mention, away: str, background: bool) -> list[str]:
        """Signs of the mention's party in the report."""
        party = mention.party
        found = [f"count {binned(self._count[party], (1, 2, 4, 8))} {away}"]
        votes, strikes = self._votes[party], self._strikes[party]
        if votes:
            found.append(f"votes {binned(votes, (1, 2, 4))} {away}")
            if votes == max(self._votes.values()):
                share = binned(10 * votes // self._votes.total(), (3, 5, 7, 9))
                found += [f"most votes {share} {away}", f"most votes {background} {away}"]
        found.append(f"strikes {binned(strikes, (0, 1, 3, 6))} {away}")
        if strikes and party == self._everywhere[0]:
            found += [f"top {binned(10 * strikes // self._total, (3, 5, 7, 9))} {away}", f"top {background} {away}"]
        if party == self._first_strike:
            found.append(f"first strike {away}")
        return found

    def _candidates(self, number: int) -> list[Mention]:
        """The mentions near a harm but for its victims, and of the parties that are candidates everywhere the first."""
        one, here = self._stated[number], self._sentences[number]
        if self._by_war(one):
            return []
        harmed = {i for group in one.groups for i in range(group.noun_first, group.last)}
        at = bisect_right(self._starts, one.first)
        near = [
            mention
            for mention in self._mentions[max(0, at - _NEAREST) : at + _NEAREST]
            if mention.doer.kind != "people" or mention.strikes or abs(mention.sentence - here) <= _CLOSE
        ]
        have = {mention.party for mention in near}
        near += [self._firsts[party] for party in self._everywhere if party not in have]
        # Nobody strikes his own, unless the sentence says so.
        own = {side for side in self._sides(one) if not side.startswith("word:")} - {self._read[number]}
        since, accident = self._since(one), self._scene(here) == "accident"
        return [
            mention
            for mention in near
            if mention.party not in own
            and (mention.doer.kind == "act" or harmed.isdisjoint(range(mention.doer.first, mention.doer.last)))
            and not (accident if mention.sentence != here else self._told_apart(mention.doer, one, since))
        ]

    def _by_war(self, one: Stated) -> bool:
        """True for "the war killed 6,600", "a conflict that has killed 300": no one party did."""
        before = range(max(0, one.cue[0] - _WAR), one.cue[0])
        return one.active and any(self._norm(index) in _WARS for index in before)

    def _told_apart(self, doer: Doer, one: Stated, since: int) -> bool:
        """True for who is named before the clause of a period's sum, and for a lone gunman before "he was shot"."""
        if self._tokens[doer.first].start < since:
            return True
        lone = not one.active and len(one.groups) == 1 and self._norm(one.groups[0].head) in ("he", "she")
        return lone and doer.last <= one.first and doer.kind != "act" and not is_plural(self._norm(doer.head))

    def _neighbour(self, number: int, way: int) -> tuple[str, int]:
        """Whom the rules read at the nearest harm before or after ("-" for nobody), and how many sentences away."""
        other = number + way
        while 0 <= other < len(self._stated) and abs(other - number) <= _LOOK:
            if self._read[other]:
                return self._read[other], abs(self._sentences[other] - self._sentences[number])
            other += way
        return "-", 99

    def _scene(self, number: int) -> str:
        """What a sentence tells of: an accident, another incident, the known one, an incident, nothing of these."""
        sentence = self._analysis.sentences[number]
        found = "plain"
        for index in range(sentence.first, min(sentence.last, sentence.first + _SENTENCE)):
            word = self._norm(index)
            if word in _ACCIDENT:
                return "accident"
            if word in _AGAIN:
                found = "again"
            elif word in _INCIDENTS and found == "plain":
                found = "the" if self._norm(index - 1) in ("the", "this", "that") else "incident"
        return found

    def _in_clash(self, one: Stated) -> bool:
        sentence = self._analysis.sentences[self._sentence(one.first)]
        first, last = max(sentence.first, one.first - _WIDE), min(sentence.last, one.last + _WIDE)
        return any(self._norm(index) in CLASHES for index in range(first, last))

    def _sides(self, one: Stated) -> list[str]:
        """The parties that the victims belong to."""
        found = []
        for group in one.groups:
            for index in range(group.noun_first, min(group.last, group.noun_first + _LONGEST)):
                token = self._tokens[index]
                if not token.text[:1].isupper():
                    continue
                land = country_of(token.text)
                actor = self._actors.at(token.start, token.end)
                found += [f"land:{land}"] if land else []
                found += [actor.id] if actor is not None else []
            if group.head >= 0:
                found.append(f"word:{self._norm(group.head).removesuffix('s')}")
        return list(dict.fromkeys(found))

    def _owners(self, one: Stated) -> set[str]:
        """The parties whose people the victims are by a possessive: "its soldiers", "their leader"."""
        found = set()
        for group in one.groups:
            for index in range(max(0, group.first - 2), max(group.head, group.first)):
                if self._norm(index) in ("its", "their", "his", "her", "'s"):
                    before = bisect_left(self._starts, index + 1) - 1
                    if before >= 0 and self._mentions[before].sentence == self._sentence(index):
                        found.add(self._mentions[before].party)
        return found

    def _party_read(self, span: tuple[int, int] | None) -> str:
        """The party of the mention at tokens that the rules have read, "" where there is none."""
        if span is None:
            return ""
        at = bisect_left(self._starts, span[0])
        for mention in self._mentions[max(0, at - 1) : at + 3]:
            if mention.doer.first < span[1] and span[0] < mention.doer.last:
                return mention.party
        return ""

    def _sentence(self, index: int) -> int:
        return self._analysis.sentence_at(self._tokens[index].start)

    def _norm(self, index: int) -> str:
        return self._tokens[index].norm if 0 <= index < len(self._tokens) else ""


def _victims(one: Stated, norm: Callable[[int], str]) -> str:
    """What sort of people the victims are."""
    if not one.groups or one.groups[0].head < 0:
        return "bare"
    head, kind = norm(one.groups[0].head), one.groups[0].kind
    if head in _OF_STATE:
        return "state"
    return "armed" if head in ARMED else kind if kind in ("name", "pronoun") else "people"


def _is_fit(name: str) -> bool:
    """False for what only points at a party or is its weapon: "it", "the troops", "jets"."""
    last = name.rpartition(" ")[2].lower()
    return name.lower() not in GENERIC | PRONOUNS and last not in WEAPONS | ACTS


def _size(one: Stated) -> int:
    """The figure that a statement gives, 0 where it gives none."""
    return max(one.quantity.min or 0, one.quantity.max or 0) if one.quantity is not None else 0
