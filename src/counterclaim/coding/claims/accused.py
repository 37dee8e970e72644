"""Who is accused, tried or wanted for a harm: "convicted of the deaths of", "accused the guards of killing"."""

from __future__ import annotations

from collections.abc import Sequence

from counterclaim.coding.claims.doers import Doer
from counterclaim.coding.claims.groups import PREPOSITIONS
from counterclaim.coding.words import words
from counterclaim.language import Token

_BLAMED = words(
    "convicted accused charged sentenced jailed suspected blamed wanted indicted guilty responsible responsibility "
    "confessed admitted accuses accusing accuse blames blaming arrested tried imprisoned"
)
_FOR = words("of for with over in to on")
_KINDS = ("person", "actor", "armed", "people", "force")
_ENDS = words("; said which but")
_OTHERS = words("said says and")
_NEAR = 10
"""Tokens from the first of the accused to the word that accuses them, at most."""


def accused(tokens: Sequence[Token], doers: Sequence[Doer], harm: int, least: int) -> Doer | None:
    """The doer that tokens `[least, harm)` accuse of what follows: named after the word that accuses, else before it.

    On the annotated training and dev claims eight of ten so read are right.
    """
    for verb in range(harm - 1, least - 1, -1):
        if tokens[verb].norm in _ENDS:
            return None
        if tokens[verb].norm not in _BLAMED:
            continue
        link = next((at for at in range(verb + 1, harm) if tokens[at].norm in _FOR), -1)
        near = [
            doer
            for doer in doers
            if max(least, verb - _NEAR) <= doer.first < link
            and doer.kind in _KINDS
            and tokens[doer.first].norm not in ("he", "she", "they", "it")
        ]
        after = [doer for doer in near if doer.first > verb]
        before = [
            doer
            for doer in near
            if doer.last <= verb
            and (doer.first == 0 or tokens[doer.first - 1].norm not in PREPOSITIONS)
            and not any(tokens[at].norm in _OTHERS for at in range(doer.last, verb))
        ]
        return after[0] if after else before[-1] if before else None
    return None
