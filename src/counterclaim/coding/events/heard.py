"""What the trained analyser hears of acts, beside the lexicon: triggers of its own, and an opinion on the lexicon's.

Everything chosen by measurement stands at the head of this file; `python -m bench.events --tune` measures it again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import exp, log
from typing import Final

from counterclaim.coding.events.draft import Draft
from counterclaim.coding.events.inflection import Form
from counterclaim.coding.events.lexicon import Entry, Hit
from counterclaim.coding.events.sentence import STOPS
from counterclaim.coding.events.syntax import SentenceView
from counterclaim.coding.events.words import BLAMELESS, CHAIN, inflected
from counterclaim.language import ActSpan, Analysis, Token
from counterclaim.records import Reality
from counterclaim.schemes import plover

FEATURES: Final = (
    "one",
    "rule",
    "heard",
    "score",
    "typed",
    "torn",
    "link",
    "actor",
    "recipient",
    "needs",
    "bare",
    "noun",
)
"""What the chance of a draft is read from, in the order of WEIGHTS."""

WEIGHTS: Final = (-1.05, 1.82, -0.31, 0.39, 0.01, -0.62, 0.01, 0.26, 0.52, -0.14, -0.79, 0.42)
"""Of a logistic regression on events-dev."""

LEAST: Final = 0.42
"""Chance from which a draft is an event; chosen on events-dev."""

OUTVOTED: Final = 0.004
"""Probability of the lexicon's type below which the analyser's own type is taken."""

OLD: Final = 0.55
NEWS: Final = 0.76
"""Probabilities from which the analyser's word that an act is earlier context, or that it is not, is taken over what
the rules read. These and the next two were chosen on events-dev."""

REAL: Final = 0.4
"""The same for reality, ..."""

LASTING: Final = 0.98
"""... and where the question is only whether an act goes on, which the words tell better."""

MEANT: Final = 24
"""Tokens before an act in which the verb that says it is meant may stand."""

UNHEARD: Final = 0.04
"""Score of a trigger that the analyser does not hear at all."""


class Ear:
    """The acts that the analyser hears in a report, found again by where they stand."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self.acts = analysis.acts
        self._starts = [act.start for act in self.acts]
        self.silent = not analysis.acts and not any(token.tag for token in analysis.tokens[:50])
        self._ends = [act.end for act in self.acts]

    def within(self, start: int, end: int) -> Sequence[ActSpan]:
        """Acts that begin in `[start, end)`."""
        return self.acts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def at(self, start: int, end: int) -> ActSpan | None:
        """The act that shares letters with `[start, end)`, the surest where there are several."""
        first = bisect_right(self._ends, start)
        found = []
        for act in self.acts[first : first + 8]:
            if act.start >= end:
                break
            found.append(act)
        return max(found, key=lambda act: act.score, default=None)

    def hits(self, view: SentenceView) -> list[Hit]:
        """Triggers that only the analyser hears in a sentence, as hits that the rules read on from."""
        made = []
        tokens = view.tokens
        for act in self.within(view.start, view.end):
            first = self._analysis.token_at(act.start)
            stop = min(view.last, self._analysis.token_at(act.end - 1) + 1)
            while first < stop - 1 and tokens[first].tag in ("AUX", "ADV", "PART", "DET", "ADP"):
                first += 1
            if first >= stop or tokens[stop - 1].norm in BLAMELESS:
                continue  # an earthquake is nobody's act, however much it sounds like one
            kind = max(act.types, key=lambda name: act.types[name])
            dead = tokens[first].norm in _DEAD
            form = "part" if dead else _form(tokens[first])
            if form == "noun":
                while stop - first > 1 and any(tokens[j].tag in ("ADP", "PUNCT") for j in range(first + 1, stop)):
                    stop -= 1
            entry = Entry(
                kind="n" if form == "noun" else "v",
                pattern=" ".join(token.norm for token in tokens[first:stop]),
                act="kill" if dead else plover.plain_act(kind, act.about["mode"][0]),
                to=_TO[form == "noun"],
                precision=0.0,
            )
            made.append(Hit(first, stop, entry, form))
        return made


_DEAD: Final = frozenset({"dead", "died", "dies", "dying", "perished"})
_TO: Final = (
    ("obj", "against", "on", "at", "with", "to", "from"),
    ("on", "against", "at", "targeting", "upon", "over", "into", "of", "to", "with", "for", "from"),
)


def _form(token: Token) -> Form:
    word = token.norm
    if token.tag == "ADJ":
        return "part"
    if token.tag not in ("VERB", "AUX"):
        return "noun"
    if word.endswith("ing"):
        return "ing"
    if word == token.lemma.lower():
        return "base"
    return "s" if word.endswith("s") else "ed"


def evidence(draft: Draft, *, needs: bool) -> tuple[float, ...]:
    """The values of FEATURES for a draft; `needs` is True where the lexicon asks for what the clause does not have."""
    heard = draft.heard
    types = heard.types if heard is not None else {}
    links = [party.score for party in (*heard.actors[:1], *heard.recipients[:1])] if heard is not None else []
    return (
        1.0,
        float(draft.hit.entry.precision > 0),
        float(heard is not None),
        _logit(heard.score if heard is not None else UNHEARD),
        _logit(types.get(plover.CODES[draft.act].type, 0.0)) if types else 0.0,
        -sum(share * log(share + 1e-9) for share in types.values()) if types else 1.0,
        max(links, default=-4.0),
        float(bool(draft.actors)),
        float(bool(draft.recipients)),
        float(needs),
        float(draft.bare),
        float(draft.hit.form == "noun"),
    )


def chance(values: Sequence[float]) -> float:
    """The chance (0-1) that a draft with this evidence is an event."""
    return 1 / (1 + exp(-sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))))


def settle_type(draft: Draft) -> None:
    """Take the analyser's type and mode where it is all but certain that the lexicon's is wrong."""
    act = draft.heard
    if act is None or not draft.hit.entry.precision:
        return
    if act.types.get(plover.CODES[draft.act].type, 0.0) < OUTVOTED:
        kind = max(act.types, key=lambda name: act.types[name])
        draft.act = plover.plain_act(kind, act.about["mode"][0])


def settle_reality(draft: Draft) -> None:
    """Take the analyser's reality where it is all but certain; an "if", a "could" or a failure it hears badly."""
    if draft.heard is None or draft.reality in ("hypothetical", "failed"):
        return
    value, sure = draft.heard.about["reality"]
    least = LASTING if {value, draft.reality} == {"actual", "ongoing"} else REAL
    if sure >= least and not (draft.reality == "planned" and _meant(draft)):
        draft.reality = _REALITY[value]


def _meant(draft: Draft) -> bool:
    """True where the words before an act say that it is still to come: "decided to ask A and appeal to B"."""
    view, chain = draft.view, inflected("chain")
    for j in range(draft.first - 1, max(view.first, draft.first - MEANT) - 1, -1):
        word = view.tokens[j].norm
        if word in STOPS:
            return False
        if word in ("will", "would", "shall", "'ll") or (
            view.word(j + 1) == "to" and CHAIN.get(chain.get(word, "")) == "planned"
        ):
            return True
    return False


def old(draft: Draft) -> bool | None:
    """Whether the act is earlier context, where the analyser is all but certain of it; None where it is not."""
    if draft.heard is None:
        return None
    value, sure = draft.heard.about["event_background"]
    if value == "true":
        return True if sure >= OLD else None
    return False if sure >= NEWS else None


_REALITY: Final[dict[str, Reality]] = {
    "actual": "actual",
    "ongoing": "ongoing",
    "planned": "planned",
    "hypothetical": "hypothetical",
    "negated": "negated",
    "failed": "failed",
}


def _logit(share: float) -> float:
    share = min(0.99, max(0.01, share))
    return log(share / (1 - share))
