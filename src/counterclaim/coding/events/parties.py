"""Parties that only the trained analyser sees: named or described where the actor layer has no mention.

They join a report's actors only where an event needs them, so that the list of actors stays short.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from counterclaim.coding.events.draft import Draft
from counterclaim.coding.events.sentence import listens
from counterclaim.coding.events.setting import WEAPONS
from counterclaim.coding.words import words
from counterclaim.language import Analysis, Token
from counterclaim.records import Actor, ActorKind
from counterclaim.resolving.actors import ActorIndex

SURE: Final = 0.35
"""Least score of a party span; `python -m bench.events --tune` says what others would bring."""

ACTOR_LINK: Final = -0.5
RECIPIENT_LINK: Final = 1.5
"""Least log-odds by which an act without a party takes the one that the analyser ties to it."""

NEAR: Final = 40
"""Tokens on each side of a verb in which its subject is looked for."""

AGENTS: Final = words(
    "military army navy police family families villagers residents locals world community council parliament senate "
    "cabinet government regime administration opposition ministry court judges jury union unions group "
    "groups side sides coalition alliance junta faction factions tribe tribes crowd crowds mob party parties "
    "men people parents relatives activists lawyers doctors officials authorities leaders leadership ministers "
    "commanders gunman gunmen attackers militants rebels fighters insurgents separatists guerrillas troops soldiers"
)
"""Nouns that describe a party that acts."""

_PRONOUNS = words("he she it they we i you who whom which that this these those him her them us me his its their our")
_FORCES = words(
    "army military troops soldiers forces force navy police officers paramilitaries guards coalition airmen"
)
_FIGHTERS = words("militants rebels gunmen fighters insurgents guerrillas jihadists terrorists militia extremists gang")
_OPENING = words("the a an this that these those some several many his her its their our more most all both , '")


class Parties:
    """The analyser's parties of one report that the actor layer lacks, by provisional id."""

    def __init__(self, analysis: Analysis, actors: ActorIndex) -> None:
        self._analysis = analysis
        self._actors = actors
        self.provisional: dict[str, Actor] = {}
        self._ids: dict[str, str] = {}
        self._known: dict[str, str] = {}
        self.spans: list[tuple[int, int, str]] = []
        entities = [
            (s.start, s.end, "person" if s.label == "PER" else "")
            for s in analysis.spans.get("entity", ())
            if s.label in ("PER", "ORG")
        ]
        parties = [(s.start, s.end, "") for s in analysis.spans.get("party", ()) if s.score >= SURE]
        for start, end, kind in sorted([*entities, *parties]):
            self._add(start, end, kind)
        self.spans.sort()

    def _add(self, start: int, end: int, kind: str) -> None:
        tokens = self._analysis.tokens
        first, last = self._analysis.token_at(start), self._analysis.token_at(end - 1) + 1
        while first < last and tokens[first].norm in _OPENING:
            first += 1
        if first >= last or tokens[last - 1].norm in _PRONOUNS:
            return
        start, end = tokens[first].start, tokens[last - 1].end
        if self._analysis.sentences[self._analysis.sentence_at(start)].kind == "byline":
            return  # who only wrote the report
        if tokens[last - 1].norm.endswith("'s"):
            end -= 2
        name = self._analysis.text[start:end]
        if not name[:1].isalnum() or "\n" in name or len(name) > 90:
            return
        head = tokens[head_of(tokens, first, last)]
        inside = self._actors.within(start, end)
        covering = self._actors.at(start, end)
        if any(s <= head.start < e for (s, e), _ in inside) or (covering is not None and not inside):
            return
        key = " ".join(token.norm for token in tokens[first:last])
        if key not in self._ids:
            self._ids[key] = f"x{len(self._ids) + 1}"
            self.provisional[self._ids[key]] = Actor(id=self._ids[key], name=name, kind=_kind(key, kind))
        self.spans.append((start, end, self._ids[key]))

    def within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Spans and provisional ids inside `[start, end)`."""
        first = bisect_left(self.spans, (start, 0, ""))
        return [span for span in self.spans[first : bisect_right(self.spans, (end, 0, ""))] if span[1] <= end]

    def at(self, start: int, end: int) -> str | None:
        """The party, known or provisional, that the words `[start, end)` name."""
        named = self.within(start, end)
        if named:
            return named[0][2]
        found = self._actors.at(start, end)
        return found.id if found is not None else None

    def lend(self, draft: Draft, hurt: AbstractSet[str] = frozenset()) -> None:
        """Give an act without a doer, or without a party it is done to, the one that the analyser ties to it.

        `hurt` are those to whom, as the text has just said, force was done: they are not taken for doers.
        """
        if draft.heard is None:
            return
        named = _subject(draft) if not draft.actors and not draft.passive else None
        if named is not None:
            # The sentence has a subject that is no party yet: it is the doer, or something that does nothing itself.
            party = self._described(named) if named.norm in AGENTS else None
            draft.actors += [party] if party is not None and party not in draft.recipients else []
        for spans, own, other, least in (
            (draft.heard.actors, draft.actors, draft.recipients, ACTOR_LINK),
            (draft.heard.recipients, draft.recipients, draft.actors, RECIPIENT_LINK),
        ):
            if own or (own is draft.actors and named is not None and named.norm.removesuffix("s") not in WEAPONS):
                continue
            for span in spans:
                party = self.at(span.start, span.end) if span.score >= least else None
                if party is None or party in other or _company(draft, span.start):
                    continue
                if own is draft.recipients or party not in hurt:
                    own.append(party)
                    break

    def _described(self, head: Token) -> str | None:
        """The provisional party of a noun that describes one: "the military", "the villagers"."""
        self._add(head.start, head.end, "")
        return self._ids.get(head.norm)

    def known(self, party: str) -> str:
        """The id of the actor that a party is, with a provisional one joined to the report's actors."""
        if party not in self.provisional:
            return party
        if party not in self._known:
            spans = tuple((start, end) for start, end, other in self.spans if other == party)
            found = self.provisional[party]
            self._known[party] = self._actors.add(found.name, found.kind, spans).id
        return self._known[party]


def _subject(draft: Draft) -> Token | None:
    """The noun that the tree makes the subject of an act's verb, where it is in no mention of a party."""
    view, head = draft.view, draft.hit.first
    if draft.hit.form in ("noun", "phrase"):
        return None
    for j in range(max(view.first, head - NEAR), min(view.last, head + NEAR)):
        token = view.tokens[j]
        if token.head == head and token.relation == "nsubj" and token.tag in ("NOUN", "PROPN"):
            return token if j not in view.mention_at else None
    return None


def _company(draft: Draft, start: int) -> bool:
    """True for a party that only stands by, or is told: "will look into it together with Iran"."""
    view = draft.view
    if not view.start <= start < view.end:
        return False
    first = bisect_right(view.tokens, start, key=lambda token: token.end)
    beside = any(view.word(j) in ("together", "along", "jointly", "alongside") for j in range(first - 4, first))
    return beside or listens(view.tokens, first)


def head_of(tokens: Sequence[Token], first: int, last: int) -> int:
    """The token of `[first, last)` that the others hang on; the last where the tree does not say."""
    for j in range(first, last):
        if not first <= tokens[j].head < last and tokens[j].relation not in ("punct", ""):
            return j
    return last - 1


def _kind(key: str, kind: str) -> ActorKind:
    if kind == "person":
        return "person"
    inside = set(key.split())
    if inside & _FIGHTERS:
        return "armed_group"
    if inside & _FORCES:
        return "military"
    return "other" if kind else "civilians" if inside & _CIVILIANS else "other"


_CIVILIANS = words(
    "people civilians residents villagers families family men women children protesters students worshippers"
)
