"""Whether an act happened, goes on, is meant, supposed, denied or tried in vain: from the words around its verb.

Follows the annotation guide: planned is announced, intended, ordered or asked for; hypothetical is if, could, feared.
"""

from __future__ import annotations

from counterclaim.coding.events.lexicon import Hit
from counterclaim.coding.events.syntax import SentenceView
from counterclaim.coding.events.words import ADVERB, BE, CHAIN, DETERMINER, HAVE, NOT, inflected
from counterclaim.coding.words import words
from counterclaim.records import Reality

_WILL = words("will shall 'll wo would must")
_MAY = words("could may might can ca cannot should 'd")
_CONDITION = words("if unless whether")
_PLANNED_NOUN = words("planned upcoming scheduled proposed forthcoming impending expected future promised")
_POSSIBLE_NOUN = words("possible potential feared threatened imminent further any suspected-planned hypothetical")
_FAILED_NOUN = words("attempted failed foiled thwarted abortive botched unsuccessful aborted")
_ONGOING_NOUN = words("ongoing continuing continued persistent constant continuous sustained ceaseless relentless")
_FORMER = words("last latest previous earlier first second third past former old two three four five world")
_BEGAN = words("erupted broke began started ended unfolded flared")
_FEAR = words(
    "fear fears feared prevent preventing avert averting avoid avoiding risk threat danger possibility "
    "prospect likelihood possible"
)
_HELD_TO_BE = words("believed known reported said thought alleged found considered shown suspected understood feared")
_STATES = frozenset({"imprison", "besiege", "occupy", "blockade", "patrol", "support", "cooperate", "war"})


def of_verb(view: SentenceView, verb: int, form: str, act: str) -> Reality:
    """Reality of an act whose verb group ends at token `verb`."""
    group = view.group(verb)
    left = [view.tokens[j].norm for j in range(group, verb)]
    chain = inflected("chain")
    links = [CHAIN[chain[word]] for word in left if word in chain and word not in HAVE]
    before = view.word(group - 1)
    if before in NOT or any(word in NOT for word in left):
        return "negated"
    if "negated" in links or before == "without":
        return "negated"
    if _conditional(view, group):
        return "hypothetical"
    modal = [word for word in left if word in _WILL or word in _MAY]
    if modal:
        if any(word in _MAY for word in modal) or ("would" in modal and any(word in HAVE for word in left)):
            return "hypothetical"
        return "planned"
    if "failed" in links:
        return "failed"
    if "failed?" in links:
        tried = next(word for word in left if word in chain and CHAIN[chain[word]] == "failed?")
        return "ongoing" if tried.endswith("ing") or tried in CHAIN else "failed"
    if "planned" in links or any(word in ("set", "ready", "due", "about") for word in left):
        return "planned"
    if "ongoing" in links:
        return "ongoing"
    if "able" in left or ("to" in left and "have" in left[left.index("to") :]):
        return "actual"
    if "unable" in left:
        return "negated"
    if "to" in left and before in _HELD_TO_BE:
        return "ongoing" if "being" in left else "actual"
    if "to" in left and not links:
        if view.word(group - 1) in ("able", "unable", "managed", "helped"):
            return "actual"
        return "hypothetical" if view.word(group - 1) in _FEAR else "planned"
    if (form == "base" and not left) or (form == "base" and all(word in ADVERB for word in left)):
        joined = next(
            (j for j in range(group - 1, max(view.first, group - 16), -1) if view.word(j) in _WILL | {"to"}), 0
        )
        if joined and view.word(group - 1) in ("and", "or"):
            return "planned"
    if "currently" in left or ("being" in left and any(word in ("is", "are") for word in left)):
        return "ongoing"
    if form == "ing" and any(word in BE and word not in ("been", "being") for word in left):
        return "ongoing"
    if act in _STATES and (form in ("base", "s") or any(word in ("is", "are", "remain", "remains") for word in left)):
        return "ongoing"
    if act == "imprison" and not left:
        return "ongoing"
    return "actual"


def of_noun(view: SentenceView, hit: Hit, start: int, light: int | None, form: str, act: str) -> Reality:
    """Reality of an act that a noun names; `light` is the verb it hangs on, if any."""
    inside = {view.tokens[j].norm for j in range(start, hit.first)}
    if "no" in inside or view.word(start - 1) in NOT or view.word(start - 1) == "without":
        return "negated"
    if inside & _FAILED_NOUN or view.word(hit.last) in ("attempt", "attempts", "plot", "plots"):
        return "failed"
    if inside & _PLANNED_NOUN:
        return "planned"
    if inside & _POSSIBLE_NOUN or any(view.word(start - k) in _FEAR for k in (1, 2, 3)):
        return "hypothetical"
    if light is not None:
        word = view.word(light)
        base = inflected("light").get(word, "")
        if base in ("plan", "order", "announce"):
            return "planned"
        if base == "attempt":
            return "failed"
        of_light = of_verb(view, light, form, act)
        return "ongoing" if of_light == "actual" and base in ("continue", "resume") else of_light
    if inside & _ONGOING_NOUN or view.word(hit.last) in ("continued", "continues", "continue", "raged", "rages"):
        return "ongoing"
    if _conditional(view, start):
        return "hypothetical"
    return "ongoing" if act == "war" and not _closed(view, inside, hit.last) else "actual"


def _closed(view: SentenceView, inside: set[str], after: int) -> bool:
    """True for a war told of as a whole: "the last war", "three wars", "the 2008 war", "a conflict erupted"."""
    if inside & _FORMER or any(word.isdigit() for word in inside):
        return True
    return view.word(after) in _BEGAN


def _conditional(view: SentenceView, i: int) -> bool:
    """True where an "if" opens the clause that token `i` stands in."""
    for j in range(i - 1, max(view.first, i - 12) - 1, -1):
        word = view.tokens[j].norm
        if word in _CONDITION:
            return view.word(j - 1) != "as" and view.word(j - 1) != "even"
        if word in (",", ";", ":", ".", "that", "and", "but", "when", "while"):
            return False
    return False


def determiner(view: SentenceView, start: int) -> str:
    """The determiner that opens the noun phrase at token `start`, "" where there is none."""
    word = view.word(start)
    return word if word in DETERMINER else ""
