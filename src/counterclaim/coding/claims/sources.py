"""According to whom: the innermost statement a claim stands in, its source by the fullest name near, and the stance."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from counterclaim.coding.attributions.sources import source_kind
from counterclaim.coding.claims import tuned
from counterclaim.coding.words import words
from counterclaim.language import Analysis, HarmSpan
from counterclaim.records import Actor, Attribution, SourceKind, Span, Stance
from counterclaim.resolving.actors import ActorIndex

TRUE = (
    r"(?:(?:all|also|simply|entirely|completely|totally|absolutely|categorically) )?"
    r"(?:false|untrue|not true|fabricated|baseless|unfounded|groundless|fake|incorrect|a lie|lies|an invention)"
)
SCORNED = re.compile(
    rf"(?P<who>(?:[\w'’.-]+ ){{1,8}}?)(?:(?:has|have|had|also) )?"
    rf"(?:reject|dismiss|describ|denounc|brand|condemn)\w+ as {TRUE} "
    r"(?:\w+ ){0,3}?(?:reports?|claims?|rumou?rs?|allegations?) (?:that|of)\b[^.;,\"”]*$",
    re.IGNORECASE,
)
"""Who scorns a report: "The ministry dismissed as lies claims that"."""
_PRONOUNS = words("he she it they we i who him her them")
_GENERIC = words(
    "source sources official officials spokesman spokeswoman spokesperson statement officer ministry agency "
    "department office group organization organisation commander general minister president police report newspaper "
    "witness military army government governor mayor doctor source diplomat activist resident man woman"
)
_STAND_INS = words("source sources official officials spokesman spokeswoman spokesperson statement officer report")
"""Bare nouns that mean whoever was quoted before; "the mayor" needs a mayor named."""
_NOT_TOLD = words(
    "condemned condemn condemns condemning deplored deplores denounced denounces blamed "
    "blames blaming praised urged urges criticized criticised hailed welcomed vowed threatened lamented "
    "regretted called demanded warned celebrated marked agreed agree implored"
)
"""Cues that pass judgement on a harm and so leave its telling to the author."""
_NEAR = 3
"""Sentences back in which a fuller name of a source is looked for; the guide says the same or the previous one, and a
spokesman quoted in turns is named two or three sentences up."""


_NO_SOURCE = words("killing injuring wounding killed injured wounded")
"""Words that no source's name has: a phrase with one is a clause misread for a name."""
_CLOSES = re.compile(
    r"(?: (?:here|there|on|late|early|earlier|in|a|statement|report|today|yesterday|at|the|time|\w{3,6}day))*"
    r"(?: without (?:giving|providing) \w+ ?\w* details)?[,.]"
)
"""What may stand between "he said" and the end of the statement it closes."""
_OWN_DEAD = re.compile(r"\b(?:his|her|their|my|our)\b", re.IGNORECASE)
_CLOSE = 40
"""Characters after "mourned" in which the mourner's own are named: "the loss of his sister" is told by him."""
_MARKED = 8
"""Sources marked in a sentence that are looked at, at most."""
_MARKED_SURELY = 0.5
_STATED_SURELY = 0.9
"""Scores from which a marked source and a trained analyser's statement are heard."""
_LONG = 250
"""Characters from a claim to the ", he said," that closes its sentence, at most."""


class Told(NamedTuple):
    """The source of a claim as the record wants it."""

    source: str
    kind: SourceKind
    stance: Stance
    chain: tuple[str, ...]
    attribution: str | None
    actor: str | None


_AUTHOR = Told("", "author", "asserts", (), None, None)


class SourceReader:
    """Finds the statement around a claim. Ask in text order: the walk over the statements goes forward only."""

    def __init__(self, analysis: Analysis, attributions: Sequence[Attribution], actors: ActorIndex) -> None:
        self._analysis = analysis
        self._actors = actors
        self._contents = sorted(
            ((left, right, number) for number, one in enumerate(attributions) for left, right in one.content),
        )
        self._attributions = attributions
        self._by_source = sorted(
            (one.source[0], number) for number, one in enumerate(attributions) if one.source is not None
        )
        self._next = 0
        self._open: list[tuple[int, int, int]] = []

    def told(self, start: int, end: int, heard: HarmSpan | None = None) -> Told:
        """Who states the words at `[start, end)`; `heard` is asked where the rules find nobody."""
        told = self._read(start, end)
        return told if told.source or heard is None else self._heard(start, end, heard) or told

    def _heard(self, start: int, end: int, heard: HarmSpan) -> Told | None:
        """The source that the trained analyser marks in the sentence, where it is sure that the author is not it."""
        kind, chance = heard.about.get("source_kind", ("author", 0.0))
        if kind not in ("named", "unnamed") or chance < tuned.SOURCE:
            return None
        sentence = self._analysis.sentences[self._analysis.sentence_at(start)]
        marked = self._analysis.spans.get("claim_source", ())
        first = bisect_left(marked, sentence.start, key=lambda span: span.start)
        near = [span for span in marked[first : first + _MARKED] if span.start < sentence.end]
        near = [span for span in near if span.score >= _MARKED_SURELY and (span.end <= start or span.start >= end)]
        if near:
            best = min(near, key=lambda span: max(start - span.end, span.start - end))
            source: Span | None = (best.start, best.end)
        else:
            stated = [
                one.source
                for one in self._analysis.statements
                if one.score >= _STATED_SURELY and any(left <= start and end <= right for left, right in one.content)
            ]
            source = stated[-1] if stated else None
        if source is None:
            return None
        name = self._analysis.text[slice(*source)]
        actor = self._actors.at(*source)
        return _AUTHOR._replace(
            source=name,
            kind="named" if kind == "named" else "unnamed",
            chain=(name,),
            actor=actor.id if actor else None,
        )

    def _read(self, start: int, end: int) -> Told:
        """Who states the words by the rules' own statements."""
        while self._next < len(self._contents) and self._contents[self._next][0] < end:
            self._open.append(self._contents[self._next])
            self._next += 1
        self._open = [content for content in self._open if content[1] > start]
        half = (end - start) / 2
        around = sorted(
            (right - left, number)
            for left, right, number in self._open
            if min(right, end) - max(left, start) >= half and self._tells(number)
        )
        if not around:
            closing = self._closing(end)
            if closing is None:
                return _AUTHOR
            around = [(0, closing)]
        chain = []
        for _, number in around:
            name = self._name(number)
            if name and name not in chain:
                chain.append(name)
        # "The army denied reports that ...": nobody is named for the reports, so the army's denial is what is told.
        teller = next((number for _, number in around if self._name(number)), around[0][1])
        inner = self._attributions[teller]
        name = self._name(teller)
        if not name:
            return _AUTHOR._replace(stance=inner.stance, attribution=inner.id)
        return Told(name, inner.kind, inner.stance, tuple(chain), inner.id, inner.actor)

    def scorner(self, start: int) -> Told | None:
        """Who calls the report that ends at `start` untrue: it is his denial, whoever reported it."""
        if not self._analysis.sentences:
            return None
        low = max(self._analysis.sentences[self._analysis.sentence_at(start)].start, start - _LONG)
        found = SCORNED.search(self._analysis.text, low, start)
        if found is None:
            return None
        who = found["who"].strip()
        actor = self._actors.at(found.start("who"), found.start("who") + len(who))
        return _AUTHOR._replace(
            source=who,
            kind="named" if source_kind(who, actor) == "named" else "unnamed",
            stance="denies",
            chain=(who,),
            actor=actor.id if actor else None,
        )

    def _closing(self, end: int) -> int | None:
        """The statement that ", the minister said," closes: it is told by him whatever its content was cut to."""
        if not self._analysis.sentences:
            return None
        sentence = self._analysis.sentences[self._analysis.sentence_at(end - 1)]
        text = self._analysis.text
        first = bisect_left(self._by_source, (end, -1))
        for start, number in self._by_source[first : first + 2]:
            one = self._attributions[number]
            if start >= sentence.end or one.source is None or one.cue is None or one.cue[0] < one.source[1]:
                return None
            bare = text[one.source[1] : one.cue[0]].strip() == ""
            comma = text[max(0, start - 8) : start].rstrip(" \n\t\"”’'")[-1:] == "," if start - end < _LONG else False
            if bare and comma and _CLOSES.match(text, one.cue[1]) and self._tells(number):
                return number
        return None

    def _tells(self, number: int) -> bool:
        source = self._attributions[number].source
        if source is not None:
            named = self._analysis.text[source[0] : source[1]].lower().split()
            if named == ["all"] or any(word in _NO_SOURCE for word in named):
                return False
        cue = self._attributions[number].cue
        if cue is None:
            return True
        said = self._analysis.text[cue[0] : cue[1]].lower().split()
        if any(word.startswith("mourn") for word in said):
            return _OWN_DEAD.search(self._analysis.text, cue[1], cue[1] + _CLOSE) is not None
        return not any(word in _NOT_TOLD for word in said)

    def _name(self, number: int) -> str:
        """The source's fullest name: its own words, or for a pronoun or "the source" those of whom it stands for."""
        one = self._attributions[number]
        if one.source is None:
            return ""
        text = self._analysis.text[one.source[0] : one.source[1]]
        lowered = text.lower().split()
        pronoun = len(lowered) == 1 and lowered[0] in _PRONOUNS
        generic = len(lowered) <= 2 and lowered[-1] in _GENERIC and lowered[0] in ("the", "this", "that")
        if one.actor is not None and (pronoun or generic):
            name = self._actor_name(self._actors.get(one.actor), lowered[-1] if generic else "")
            fuller = self._before(one.source, lowered[-1] if generic else "")
            if name and fuller.startswith(f"{name}, "):
                return fuller  # "Ana Lind, a nurse"
            if name:
                return name
        if pronoun or generic:
            fuller = self._before(one.source, lowered[-1] if generic else "")
            if fuller:
                return fuller
        return text

    def _actor_name(self, actor: Actor, noun: str) -> str:
        """The actor's name as the text has it: its name, else its longest mention; "the military" is no soldiers."""
        mentions = [self._analysis.text[start:end] for start, end in actor.mentions]
        mentions = [mention for mention in mentions if mention.lower() not in _PRONOUNS]
        if actor.name in self._analysis.text:
            mentions.insert(0, actor.name)
        named = [
            mention
            for mention in mentions
            if any(word[:1].isupper() for word in mention.split())
            and (not noun or actor.kind == "person" or noun in mention.lower().split())
        ]
        if named and named[0] == actor.name:
            return actor.name
        # Behind a pronoun, an uncapitalised name ("the aid group") is better than the pronoun.
        return max(named, key=len, default="" if noun or not mentions else mentions[0])

    def _before(self, source: Span, noun: str) -> str:
        """The nearest earlier source that is neither pronoun nor bare noun, best one with the same noun."""
        sentence = self._analysis.sentence_at(source[0])
        fallback = ""
        low, high = 0, len(self._by_source)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self._by_source[middle][0] < source[0] else (low, middle)
        for start, number in reversed(self._by_source[max(0, low - 8) : low]):
            if sentence - self._analysis.sentence_at(start) > _NEAR:
                break
            span = self._attributions[number].source
            if span is None or (noun and self._analysis.sentence_at(start) == sentence):
                continue
            text = self._analysis.text[span[0] : span[1]]
            lowered = text.lower().split()
            if (len(lowered) == 1 and lowered[0] in _PRONOUNS) or (
                len(lowered) <= 2 and lowered[-1] in _GENERIC and lowered[0] in ("the", "this", "that")
            ):
                continue
            if not noun or noun in lowered:
                return text
            fallback = fallback or (text if noun in _STAND_INS else "")
        return fallback
