"""Whether a time lies behind or ahead, by the words around it: "will meet on Friday", "met on Friday"."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.resolving.times.values import Direction
from counterclaim.resolving.times.words import LETTERS, Word, words

_LEFT, _RIGHT = 28, 8
"""Tokens to each side of a time in which a verb may tell its tense."""
_PLANS = frozenset(("plan", "plans", "hope", "hopes"))
"""Verbs of the future only before "to"; "the plan" tells no time."""
_BEFORE_BE = frozenset(("to", "will", "would", "shall", "should", "must"))
"""What makes "be" speak of the future; "could be found" does not."""
_AT_EARLIEST = (["as", "early", "as"], ["as", "soon", "as"])
_REPORTING = frozenset(("said", "says", "told"))
_REPORTING_NEAR = 3
"""Tokens within which "said" tells when; farther off it tells only who."""
_BEFORE_ADJECTIVE = frozenset(words("a an the its his her their this that these those our my your"))
_IS = frozenset(words("is are was were be been"))
"""What makes "due to" a plan; alone it is a cause."""
_SCHEDULED = frozenset(words("scheduled due set expected planned plans ready likely supposed"))
_MEANT = _SCHEDULED | frozenset(
    words(
        """agree agreed agreement decided decides decision want wants wanted intend intends intended vowed vows promised
        promises supposed pledged offered proposed preparing prepared aims aim threatened deal seek seeks seeking
        hopes hoping"""
    )
)
"""Words that put "to" and a verb ahead. Before a weekday only the first few: "vowed to fight on Monday" vowed then."""
_MEANT_NEAR = 2
_TO_BE = _IS | _SCHEDULED
"""What "to be" needs before it, or a verb in -ed after it, to speak of the future."""
_LASTED = frozenset(
    words(
        """was were did had remained stayed lasted continued held fought worked lived served kept ruled waited raged
        stretched"""
    )
)
"""Verbs that reach a past end: "lasted until May", unlike "postponed until May"."""
_AHEAD = frozenset(
    words(
        """election elections vote referendum poll polls meeting talks summit deadline hearing conference session
        ceremony visit trial"""
    )
)
"""What may lie ahead with a day of its own: "Sunday's vote"; "Sunday's attack" is past whatever verb stands by."""


def direction(
    tokens: Sequence[Word], classes: str, span: tuple[int, int], sentence: tuple[int, int], of_week: bool
) -> Direction:
    """Past or future of the time at tokens `span` within the characters `sentence`.

    By the nearest verb that shows it, first to the left, then to the right; "" where none does. `of_week` is true of
    a bare weekday.
    """
    first, last = span
    owns = of_week and _low(tokens, last) in ("'", "’") and _low(tokens, last + 1) == "s"
    if owns and not {_low(tokens, last + 2), _low(tokens, last + 3)} & _AHEAD:
        return "past"
    if [_low(tokens, first - back) for back in (3, 2, 1)] in _AT_EARLIEST:
        return "future"
    left = range(first - 1, max(-1, first - 1 - _LEFT), -1)
    until = _low(tokens, first - 1) in ("until", "till")
    for index in left:
        if tokens[index].start < sentence[0]:
            break
        if until and classes[index] == LETTERS["did"]:
            return "past" if tokens[index].low in _LASTED else "future"
        if found := _shown(tokens, classes, index, first - index, of_week):
            return found
    for index in range(last, min(len(tokens), last + _RIGHT)):
        if tokens[index].start >= sentence[1]:
            break
        if found := _shown(tokens, classes, index, index - first, of_week):
            return found
    return "future" if until else ""


def _shown(tokens: Sequence[Word], classes: str, index: int, away: int, of_week: bool) -> Direction:
    """What the token at `index`, so many tokens away, tells of the time."""
    low, kind = tokens[index].low, classes[index]
    before, after = _low(tokens, index - 1), _low(tokens, index + 1)
    if low == "to":
        meant = _SCHEDULED if of_week else _MEANT
        near = {_low(tokens, index - back) for back in range(1, _MEANT_NEAR + 1)}
        verb = index + 1 < len(tokens) and classes[index + 1] in (LETTERS["word"], LETTERS["edge"])
        return "future" if verb and (before in _IS or near & meant) and before != "due" else ""
    if kind == LETTERS["did"] and not (low == "set" and after in ("for", "to")):
        adjective = low.endswith("ed") and (before in _BEFORE_ADJECTIVE or low.startswith("un"))
        told = low in _REPORTING and away > _REPORTING_NEAR
        return "" if adjective or told or before in ("is", "are", "be") else "past"
    if kind not in (LETTERS["will"], LETTERS["did"]) or (low == "due" and before not in _IS):
        return ""
    if (low in _PLANS and after != "to") or (low == "be" and before not in _BEFORE_BE):
        return ""
    if low == "be" and before == "to" and not (_low(tokens, index - 2) in _TO_BE or after.endswith("ed")):
        return ""  # "unfit to be commander"
    return "future"


def _low(tokens: Sequence[Word], index: int) -> str:
    return tokens[index].low if 0 <= index < len(tokens) else ""
